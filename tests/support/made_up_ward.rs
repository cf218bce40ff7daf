//! The made-up ward on the morning of 29 December 2026, and the screens over it.

#![allow(dead_code, unreachable_pub, reason = "each who includes it uses a part of it")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use chrono::{DateTime, NaiveDateTime, NaiveTime};
use osteodose::{
    json::Text,
    morning::{Around, Chart, OpenRegister},
    regimen::Library,
    tui::{App, Depth, Morning, MorningSetting, Setting, Theme},
    ward::{
        Settings, example,
        store::{Clock, Now, Register, Sqlite, Who},
    },
};
use tempfile::TempDir;

/// Who uses the register.
pub fn who() -> Who {
    Who { os_user: "klund".to_owned(), host: "onco-1".to_owned(), program: "osteodose 0.1.0".to_owned() }
}

/// The day of the example.
pub const TODAY: &str = "2026-12-29";

/// A clock that stands still at eight minutes to nine.
pub struct Still;

impl Clock for Still {
    fn now(&self) -> Now {
        let day = TODAY.parse().expect("the example can be made");
        let time = NaiveTime::from_hms_opt(8, 52, 0).expect("the example can be made");
        let ms = NaiveDateTime::new(day, time).and_utc().timestamp_millis();
        Now { day, time, offset_min: 0, ms }
    }
}

/// What the program does for the screens, where nothing of it is tried.
struct Nothing;

impl Around for Nothing {
    fn add(&mut self, _: &mut Option<Register>, _: &[u8], _: bool, _: &Text) -> Result<Vec<String>, String> {
        Err("not here".to_owned())
    }

    fn example(&mut self) -> Result<Register, String> {
        Err("not here".to_owned())
    }
}

/// The made-up ward, made once.
static EXAMPLE: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("the example can be made");
    let path = folder.path().join("example.db");
    drop(example::make(&path, who(), &Still, Library::shipped()).expect("the example can be made"));
    (folder, path)
});

/// A copy of the made-up ward.
pub fn copied(folder: &Path) -> PathBuf {
    let to = folder.join("register.db");
    fs::copy(&EXAMPLE.1, &to).expect("the example can be made");
    to
}

/// The screens over a register; over none where it is none.
pub fn over(store: Option<Sqlite>, depth: Depth) -> Morning {
    by_clock(store, depth, Box::new(Still))
}

/// The screens over a register, with a clock on the wall.
pub fn by_clock(store: Option<Sqlite>, depth: Depth, clock: Box<dyn Clock>) -> Morning {
    let register = OpenRegister {
        store: store.map(Register::from),
        path: "/srv/ward/register.db".into(),
        clock,
        library: Library::shipped(),
        files: Vec::new(),
        no_ward: OpenRegister::ward_to_be("Day unit 4B".parse().expect("a name"), &Settings::default()),
        around: Box::new(Nothing),
    };
    let theme = Theme { depth, ascii: false };
    let form = move |_: Option<&Chart>| {
        let setting = Setting {
            in_register: true,
            ..Setting::new(
                Library::shipped(),
                TODAY.parse().expect("the example can be made"),
                DateTime::default,
                theme,
            )
        };
        (App::new(setting), Vec::new())
    };
    Morning::new(MorningSetting {
        desk: Box::new(register),
        library: Library::shipped(),
        theme,
        mouse: true,
        form: Box::new(form),
        drafts: BTreeMap::new(),
    })
}
