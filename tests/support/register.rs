//! A register to try things on: its clock, who uses it, and entries for it.

#![allow(dead_code, unreachable_pub, reason = "each who includes it uses a part of it")]

use std::{cell::Cell, path::Path};

use chrono::{NaiveDate, NaiveTime};
use osteodose::{
    dosing,
    json::Text,
    quantity::Sex,
    regimen::Library,
    request::Request,
    saved,
    ward::{
        Settings,
        event::{Body, Draft, Identity, Noted, Planned, Registered},
        store::{Clock, New, Now, Sharing, Sqlite, Who},
    },
};

/// A clock that goes on by a second whenever it is looked at.
pub struct Ticking(Cell<i64>);

impl Ticking {
    /// A clock that shows this day at noon.
    pub fn from(day: &str) -> Self {
        let noon = day.parse::<NaiveDate>().expect("a day").and_time(NaiveTime::MIN).and_utc();
        Self(Cell::new(noon.timestamp_millis() + 12 * 3_600_000))
    }

    /// Sets it back, or on, by so many milliseconds.
    pub fn turn(&self, ms: i64) {
        self.0.set(self.0.get() + ms);
    }
}

impl Clock for Ticking {
    fn now(&self) -> Now {
        self.turn(1000);
        let moment = chrono::DateTime::from_timestamp_millis(self.0.get()).expect("a moment").naive_utc();
        Now { day: moment.date(), time: moment.time(), offset_min: 60, ms: self.0.get() }
    }
}

/// A text.
pub fn text(text: &str) -> Text {
    text.parse().expect("a text")
}

/// Who uses it.
pub fn who() -> Who {
    Who { os_user: "aberg".to_owned(), host: "onco-1".to_owned(), program: "osteodose 0.1.0".to_owned() }
}

/// A new register, for its owner alone.
pub fn new() -> New {
    New { name: text("Day unit"), settings: Settings::default(), sharing: Sharing::Owner, by: text("A. Berg") }
}

/// A register in a folder, and the clock it was made by.
pub fn register(folder: &Path) -> (Sqlite, Ticking) {
    let clock = Ticking::from("2026-12-01");
    let register = Sqlite::create(&folder.join("register.db"), &new(), who(), &clock);
    (register.unwrap_or_else(|error| panic!("{error:?}")), clock)
}

/// An entry of this day.
pub fn on(day: &str, body: impl Into<Body>) -> Draft {
    Draft { on: day.parse().expect("a day"), by: text("A. Berg"), course: None, body: body.into() }
}

/// The entry that begins a history.
pub fn registered(id: &str) -> Draft {
    let birth_date = "1958-03-14".parse().expect("a day");
    let patient = Identity { id: text(id), name: Some(text("HOLM, Anna")), birth_date, sex: Sex::Female };
    on("2026-12-01", Registered { patient })
}

/// A note.
pub fn noted(note: &str) -> Draft {
    on("2026-12-01", Noted { text: text(note) })
}

/// An entry as JSON, of this day, for the first course.
pub fn entry(day: &str, body: &str) -> Draft {
    let body = Body::parse(body.as_bytes()).unwrap_or_else(|faults| panic!("{body}: {faults:?}"));
    Draft { course: Some(1), ..on(day, body) }
}

/// The entry that gives a patient a course of zoledronic acid every 4 weeks, which begins on this day.
pub fn planned(id: &str, start: &str) -> Draft {
    let request = include_str!("../requests/a-request.json").replace("2026-12-01", start).replace("A-1042", id);
    let request = Request::parse(request.as_bytes()).expect("a request");
    let plan = dosing::plan(request, Library::shipped()).expect("a plan");
    let text = saved::file(&plan);
    let planned = Planned::of(&plan, text).expect("a plan with doses");
    Draft { course: Some(1), ..on("2026-12-01", planned) }
}

/// The entry that dose was given on this day.
pub fn given(day: &str, dose: u16) -> Draft {
    let body = r#"{"kind":"given","dose":#,"at":"10:40","dose_mg":3.5,"complete":true,"product":"concentrate-4mg-5ml",
        "containers":[{"brand":"Zometa","batch":"SX4417","expires":"2028-04","count":1}],"second":{"by":"B. Lind"},
        "without_go_because":"entered from paper","prescriber":"Dr K. Holm","where":"ward"}"#;
    entry(day, &body.replace('#', &dose.to_string()))
}
