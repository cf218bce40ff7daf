//! The log of a ward: who recorded what, and when.

use crate::{
    ward::{
        event::{Body, What},
        store::Stored,
    },
    words::{date, register as said, store as words},
};

/// An entry in a line. The name of the patient in the register stands for an identifier that nobody has any more.
pub fn log_line(entry: &Stored, patient: Option<&str>) -> String {
    let header = &entry.header;
    let what = entry.event().map_or_else(|| crate::words::spoken(&header.kind), |event| what(&event.what));
    let recorded = words::moment(entry);
    let patient = patient.map(|it| format!(" {it}")).unwrap_or_default();
    let who = format!("{} ({}@{})", header.by, header.os_user, header.host);
    format!("{:>8} {recorded}{patient} {}: {what}, {who}", said::number(header.number), date(header.on))
}

/// What an entry records; of a supply with how many were handed out.
fn what(what: &What) -> String {
    match what {
        What::Body(Body::Supplied(it)) => format!("{}, {}", said::what(what), said::handed_out(it.units, it.days)),
        _ => said::what(what),
    }
}
