//! The reason of an entry: its word, as it is counted, and how people read it.

use crate::{
    ward::event::{Body, Kind},
    words::register as words,
};

/// A reason from a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::export) struct Reason {
    /// The kind of entry whose list it is from.
    pub(in crate::export) of: Kind,
    /// Its word.
    pub(in crate::export) code: &'static str,
    /// How people read it.
    pub(in crate::export) said: &'static str,
}

/// Why it was deferred, omitted, held, ended or struck, or why not all of it was given.
pub(in crate::export) fn reason(body: &Body) -> Option<Reason> {
    let (code, said) = match body {
        Body::Given(it) => it.because.map(|because| (because.as_str(), words::incomplete(because)))?,
        Body::Deferred(it) => (it.reason.as_str(), words::defer(it.reason)),
        Body::Omitted(it) => (it.reason.as_str(), words::omit(it.reason)),
        Body::Held(it) => (it.because.as_str(), words::hold(it.because)),
        Body::Ended(it) => (it.because.as_str(), words::end(it.because)),
        Body::Struck(it) => (it.reason.as_str(), words::strike(it.reason)),
        _ => return None,
    };
    Some(Reason { of: body.kind(), code, said })
}

/// Why another dose was given, or supplied, than was planned.
pub(in crate::export) fn another(body: &Body) -> Option<Reason> {
    body.drug()?.another_because.map(|it| Reason { of: body.kind(), code: it.as_str(), said: words::another(it) })
}
