//! Labels as scanners type them, and texts that are none.

use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()
}

fn said(text: &str) -> [Option<String>; 4] {
    let label = read(text, today()).unwrap_or_else(|why| panic!("{text:?}: {why:?}"));
    let Label { gtin, batch, expires, serial } = label;
    let text = |it: Option<Text>| it.map(|it| it.to_string());
    [gtin.map(|it| it.to_string()), text(batch), expires.map(|it| it.to_string()), text(serial)]
}

fn some(texts: [&str; 4]) -> [Option<String>; 4] {
    texts.map(|it| (!it.is_empty()).then(|| it.to_owned()))
}

#[test]
fn a_label_is_read_in_every_form_in_which_scanners_type_it() {
    let all = some(["07612345678900", "SX4417", "2028-04-30", "A1B2C3"]);
    for text in [
        "(01)07612345678900(17)280430(10)SX4417(21)A1B2C3",
        "(01) 07612345678900 (21) A1B2C3 (10) SX4417 (17) 280430",
        "]d201076123456789001728043010SX4417\u{1D}21A1B2C3",
        "]C101076123456789001728043021A1B2C3\u{1D}10SX4417\r\n",
        "]Q3\u{1D}010761234567890010SX4417\u{1D}1728043021A1B2C3",
        "\u{1D}01076123456789001728043010SX4417\u{1D}21A1B2C3\u{1D}",
        "01076123456789001728043010SX4417\u{1D}21A1B2C3",
    ] {
        assert_eq!(said(text), all, "{text:?}");
    }
    assert_eq!(said("01076123456789001728043010SX4417"), some(["07612345678900", "SX4417", "2028-04-30", ""]));
    assert_eq!(said("(10)SX-44/17_B"), some(["", "SX-44/17_B", "", ""]));
    // What is not needed is passed over: a national number, a best-before date, an amount.
    let others = "]d20107612345678900712ABC\u{1D}152801013012\u{1D}10X1";
    assert_eq!(said(others), some(["07612345678900", "X1", "", ""]));
    assert_eq!(said("]d210X1\u{1D}10X1"), some(["", "X1", "", ""]));
}

#[test]
fn an_expiry_is_a_month_or_a_day_of_the_right_century() {
    let expires = |six: &str, year: i32| {
        let today = NaiveDate::from_ymd_opt(year, 6, 1).unwrap();
        read(&format!("(17){six}"), today).map(|it| it.expires.unwrap().to_string())
    };
    assert_eq!(expires("280400", 2026).unwrap(), "2028-04");
    assert_eq!(expires("280229", 2026).unwrap(), "2028-02-29");
    assert_eq!([expires("760101", 2026), expires("770101", 2026)].map(Result::unwrap), ["2076-01-01", "1977-01-01"]);
    assert_eq!([expires("490101", 2099), expires("500101", 2099)].map(Result::unwrap), ["2149-01-01", "2050-01-01"]);
    for wrong in ["270229", "281301", "280031", "280000"] {
        assert_eq!(expires(wrong, 2026), Err(Unread::NoSuchDay { found: wrong.to_owned() }));
    }
    let label = read("(17)280200", today()).unwrap();
    assert_eq!(label.expires.unwrap().last_day(), NaiveDate::from_ymd_opt(2028, 2, 29).unwrap());
}

#[test]
fn what_cannot_be_read_is_refused_and_nothing_is_guessed() {
    let batch = || "10".to_owned();
    let digits = |field, digits, found: &str| Unread::NotDigits { field, digits, found: found.to_owned() };
    for (text, why) in [
        ("", Unread::Empty),
        (" \r\n", Unread::Empty),
        // A batch that was typed by hand, and happens to begin like a number of a value.
        ("10SX4417", Unread::NotALabel),
        ("SX4417", Unread::NotALabel),
        ("4006381333931", Unread::NotALabel),
        ("https://id.example/01/07612345678900/10/SX4417", Unread::NotALabel),
        ("01076123456789011728043010SX4417", Unread::NotALabel),
        ("]E04006381333931", Unread::OtherCode { prefix: "]E0".to_owned() }),
        ("]", Unread::OtherCode { prefix: "]".to_owned() }),
        ("(01)07612345678901", Unread::CheckDigit { found: "07612345678901".to_owned() }),
        ("(01)0761234567890", digits(Field::Gtin, 14, "0761234567890")),
        ("(01)0761234567890O", digits(Field::Gtin, 14, "0761234567890O")),
        ("(01)٠٧٦١٢٣٤٥٦٧٨٩٠٠", digits(Field::Gtin, 14, "٠٧٦١٢٣٤٥٦٧٨٩٠٠")),
        ("]d2172804", digits(Field::Expiry, 6, "2804")),
        ("]d217 28043", digits(Field::Expiry, 6, " 28043")),
        ("(10)", Unread::NoValue { field: batch() }),
        ("]d210\u{1D}17280430", Unread::NoValue { field: batch() }),
        ("(10)SX4417(10)SX4471", Unread::Twice { field: batch() }),
        ("(10)SX(44)17", Unread::UnknownField { found: "44)17".to_owned() }),
        ("(10)SX4417(", Unread::UnknownField { found: String::new() }),
        ("]d2889912", Unread::UnknownField { found: "8899".to_owned() }),
        ("]d2\u{1D}\u{1D}10X1", Unread::UnknownField { found: "\\u{1d}10X".to_owned() }),
        ("(10)ABCDEFGHIJKLMNOPQRSTU", {
            Unread::ValueTooLong { field: batch(), most: 20, found: "ABCDEFGHIJKLMNOPQRSTU".to_owned() }
        }),
        ("(10)SX 4417", Unread::Character { field: batch(), found: "SX 4417".to_owned() }),
        ("(10)SХ4417", Unread::Character { field: batch(), found: "SХ4417".to_owned() }),
        ("(10)\u{202E}SX4417", Unread::Character { field: batch(), found: "\\u{202e}SX4417".to_owned() }),
        ("(10)---", Unread::Character { field: batch(), found: "---".to_owned() }),
        ("(15)2804", Unread::OtherNotDigits { field: "15".to_owned(), digits: 6, found: "2804".to_owned() }),
        // The separator before the serial number was dropped on the way.
        ("]d201076123456789001728043010SX441721A1B2C3", {
            Unread::MayBeTwo { field: batch(), found: "SX441721A1B2C3".to_owned() }
        }),
        ("]d2010761234567890021A1B2C317280430", {
            Unread::MayBeTwo { field: "21".to_owned(), found: "A1B2C317280430".to_owned() }
        }),
    ] {
        assert_eq!(read(text, today()), Err(why), "{text:?}");
    }
    assert_eq!(read(&"(10)A".repeat(100), today()), Err(Unread::TooLong { most: LONGEST }));
}

#[test]
fn no_single_digit_of_a_trade_item_number_can_be_misread_unseen() {
    let right = "07612345678900";
    for at in 0..right.len() {
        for digit in ('0'..='9').filter(|it| right.as_bytes()[at] != *it as u8) {
            let mut wrong = right.to_owned();
            wrong.replace_range(at..=at, &digit.to_string());
            assert_eq!(wrong.parse::<Gtin>(), Err(Unread::CheckDigit { found: wrong }));
        }
    }
}

#[test]
fn no_text_makes_it_fail() {
    let alphabet = ["01", "10", "17", "21", "(", ")", "]d2", "\u{1D}", "A", "280430", "07612345678900", "é", " "];
    let mut seed = 1_u32;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..8 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(alphabet[(seed >> 16) as usize % alphabet.len()]);
        }
        if let Ok(label) = read(&text, today()) {
            assert!(label.batch.is_none_or(|it| it.as_str().len() <= 20), "{text:?}");
        }
    }
}
