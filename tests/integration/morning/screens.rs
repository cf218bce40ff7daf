//! Every screen of a ward, at 80 by 24, at 120 by 40 and at 200 by 50, in all four depths of colour.

use std::fmt::Write as _;

use osteodose::tui::{Depth, Form};

use super::{Ward, find, over};
use crate::{
    screen::{assert_picture, drawn, text_part},
    screens::no_two_numbers,
    walks::events,
};

const DEPTHS: [(Depth, &str); 4] =
    [(Depth::None, "none"), (Depth::Sixteen, "16"), (Depth::Indexed, "256"), (Depth::Full, "full")];
const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (120, 40);
const WIDE: (u16, u16) = (200, 50);
const TWO: [(u16, u16); 2] = [SMALL, LARGE];
const ALL: [(u16, u16); 3] = [SMALL, LARGE, WIDE];

/// The screens after keys, at these sizes and in every depth: the text is the same in all of them.
fn shows(name: &str, keys: &str, sizes: &[(u16, u16)]) {
    let wards = DEPTHS.map(|(depth, name)| {
        let mut ward = Ward::new(depth);
        ward.press(keys);
        (name, ward)
    });
    for (columns, rows) in sizes {
        let pictures = wards.each_ref().map(|(name, ward)| (*name, ward.shown(*columns, *rows)));
        assert_picture(&format!("{name}-{columns}x{rows}"), &in_depths(&pictures));
    }
}

fn in_depths(pictures: &[(&str, String)]) -> String {
    let text = text_part(&pictures[0].1);
    no_two_numbers(text);
    let mut all = text.to_owned();
    for (name, picture) in pictures {
        assert_eq!(text_part(picture), text, "the text is another with {name} colours");
        write!(all, "colours: {name}\n{}", &picture[text.len()..]).unwrap();
    }
    all
}

#[test]
fn home() {
    shows("home", "", &ALL);
    shows("home-held", "\x1b[C\x1b[C", &[SMALL]);
    shows("home-found", "/holm 195", &TWO);
    let empty = DEPTHS.map(|(depth, name)| {
        let morning = over(None, depth);
        (name, drawn(80, 24, |frame| morning.view(frame)))
    });
    assert_picture("home-empty-80x24", &in_depths(&empty));
}

#[test]
fn the_page_of_a_patient() {
    shows("patient", &find("holm, anna"), &ALL);
    shows("patient-values", &(find("holm, anna") + "2"), &[SMALL]);
    shows("patient-entries", &(find("holm, anna") + "3"), &TWO);
    shows("patient-on-hold", &find("olsen"), &TWO);
}

/// The keys from Home to the visit of a patient.
fn visit(name: &str) -> String {
    find(name) + "v"
}

#[test]
fn the_visit() {
    shows("visit", &visit("holm, anna"), &ALL);
    shows("visit-wrong", &(visit("holm, anna") + "18/11\r1.04u\r"), &[SMALL]);
    shows("visit-go", &(visit("holm, anna") + "t\r98u\r68,5\rn"), &ALL);
    shows("visit-hold", &(visit("holm, anna") + "t\r140u\r68,5\rn"), &ALL);
    shows("visit-recorded-go", &visit("dahl"), &TWO);
    shows("visit-to-confirm", &visit("jensen"), &TWO);
    shows("visit-resume", &(visit("olsen") + "t\r80u\r70\rn"), &TWO);
    shows("visit-why", &(visit("holm, anna") + "t\r140u\r68,5\rny"), &[SMALL]);
}

#[test]
fn what_is_recorded() {
    let go = visit("holm, anna") + "t\r98u\r68,5\rn";
    shows("act-give", &(go.clone() + "g"), &TWO);
    shows("act-give-last-row", &(go.clone() + "gZometa\rBX4471A\r03.2028\r9:10\r9:27\r\r\r\rK. Lund\rB. Lind\r"), &TWO);
    shows("act-another-day", &(go + "d7.1.\r"), &TWO);
    shows("act-hold", &(visit("holm, anna") + "t\r140u\r68,5\rnh"), &TWO);
    shows("act-resume", &(visit("olsen") + "t\r80u\r70\rnr"), &TWO);
    shows("act-leave-out", &(find("holm, anna") + "o"), &[SMALL]);
    shows("act-end", &(find("holm, anna") + "x"), &[SMALL]);
    shows("act-strike", &(find("holm, anna") + "3k"), &[SMALL]);
    shows("act-confirm", &(visit("jensen") + "c"), &TWO);
}

#[test]
fn help_and_leaving() {
    shows("home-help", "?", &TWO);
    shows("visit-help", &(visit("holm, anna") + "\x1bOP"), &[SMALL]);
    shows("home-leave", "q", &[SMALL]);
    shows("round", "r", &TWO);
}

#[test]
fn too_small_a_window_says_so_and_keeps_everything() {
    let ward = Ward::after(&(visit("holm, anna") + "t\r98u"));
    assert!(ward.shown(70, 20).contains("80"), "{}", ward.shown(70, 20));
    assert!(ward.shown(80, 24).contains("98u"));
    let mut empty = over(None, Depth::None);
    for event in events("v\r/x\x1br") {
        empty.update(&event);
    }
    assert!(drawn(80, 24, |frame| empty.view(frame)).contains("No patient is in this register yet"));
}
