//! The log of a ward: who recorded what, and when.

use crate::{
    json::unhidden,
    ward::{
        event::{Body, What},
        store::Stored,
    },
    words::{date, register as said, store as words},
};

/// An entry in a line, whatever is in it: an entry that was taken over from a file may hold a line end. The name of the
/// patient in the register stands for an identifier that nobody has any more.
pub fn log_line(entry: &Stored, patient: Option<&str>) -> String {
    let header = &entry.header;
    let what = entry.event().map_or_else(|| crate::words::spoken(&header.kind), |event| what(&event.what));
    let recorded = words::moment(entry);
    let patient = patient.map(|it| format!(" {it}")).unwrap_or_default();
    let who = format!("{} ({}@{})", header.by, header.os_user, header.host);
    let line = format!("{:>8} {recorded}{patient} {}: {what}, {who}", said::number(header.number), date(header.on));
    unhidden(&line)
}

/// What an entry records; of a supply with how many were handed out.
fn what(what: &What) -> String {
    match what {
        What::Body(Body::Supplied(it)) => format!("{}, {}", said::what(what), said::handed_out(it.units, it.days)),
        _ => said::what(what),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::ward::store::{Header, Uid};

    #[test]
    fn an_entry_of_a_file_is_one_line_whatever_is_in_it() {
        let forged = |text: &str| format!("{text}\n     999 forged\u{1b}[2K");
        let header = Header {
            ward: Uid::new([0; 16]),
            number: 4,
            patient: None,
            seq: None,
            course: None,
            kind: forged("kind"),
            on: NaiveDate::MIN,
            recorded_ms: 0,
            offset_min: 0,
            by: forged("by"),
            os_user: forged("user"),
            host: forged("host"),
            program: String::new(),
        };
        let entry = Stored { header, body: None, salt: None, body_hash: [0; 32], hash: [0; 32] };
        let line = log_line(&entry, None);
        assert!(!line.contains(['\n', '\u{1b}']), "{line}");
        assert_eq!(line.matches("forged").count(), 4, "{line}");
    }
}
