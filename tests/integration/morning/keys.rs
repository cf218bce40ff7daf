//! How many keys a task takes in a terminal, counted as they are pressed.

use std::fs;

use osteodose::ward::{example, store::Sqlite};

use super::{find, typed_day};
use crate::{
    register::support::who,
    support::LIBRARY,
    terminal::{Key, Session},
};

/// A terminal in which every key is counted.
struct Counted {
    session: Session,
    keys: usize,
    home: tempfile::TempDir,
}

impl Counted {
    /// The program on the made-up ward of today.
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("data/osteodose");
        fs::create_dir_all(&folder).unwrap();
        drop(example::make(&folder.join("register.db"), who(), &typed_day::Computer, &LIBRARY).unwrap());
        let session = Session::osteodose(&[], 24, 80, home.path());
        session.wait_for("Today");
        Self { session, keys: 0, home }
    }

    fn types(&mut self, keys: &str) {
        for key in keys.chars() {
            self.keys += 1;
            match key {
                '\r' => self.session.press(Key::Enter),
                '\t' => self.session.press(Key::Tab),
                _ => self.session.type_keys(&key.to_string()),
            }
        }
    }

    fn marks(&mut self, name: &str) {
        for _ in 0..12 {
            if self.session.becomes(|screen| screen.contents().lines().any(|line| line.starts_with('>') && line.contains(name))) {
                return;
            }
            self.keys += 1;
            self.session.press(Key::Down);
        }
        panic!("{name} is not in the list:\n{}", self.session.screen());
    }
}

#[test]
fn a_creatinine_is_judged_in_ten_keys() {
    let mut ward = Counted::new();
    ward.marks("HOLM, Anna");
    ward.keys = 0;
    ward.types("vt\r98u\rn");
    ward.session.wait_for("GO");
    assert!(ward.keys <= 10, "{} keys", ward.keys);
    drop(find(""));
}

#[test]
fn a_dose_is_written_down_in_45_keys() {
    let mut ward = Counted::new();
    ward.marks("HOLM, Anna");
    ward.types("vt\r98u\rn");
    ward.session.wait_for("GO");
    ward.keys = 0;
    ward.types("g\rBX4471A\r03.2028\r910\r927\r\r\r\rkl\rbl\rg");
    ward.session.wait_for("Recorded as");
    assert!(ward.keys <= 45, "{} keys", ward.keys);
    let register = ward.home.path().join("data/osteodose/register.db");
    assert!(Sqlite::open(&register, who()).is_ok());
}

#[test]
fn a_course_is_resumed_in_20_keys() {
    let mut ward = Counted::new();
    ward.marks("OLSEN, Eva");
    ward.keys = 0;
    ward.types("vt\r80u\rn");
    ward.session.wait_for("GO ON");
    ward.types("rkh\r\rkl\rr");
    ward.session.wait_for("Recorded as");
    assert!(ward.keys <= 20, "{} keys", ward.keys);
}
