//! How an answer names something of a list, and a measured value with its unit.

use crate::form::Choice;

/// Why an answer names nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotPicked {
    /// Nothing of the list is meant by it.
    Unknown(String),
    /// More than one can be meant.
    Ambiguous(String, Vec<String>),
    /// "None of these" and something else.
    NoneAndOthers,
}

/// The place of what an answer names: by its number, its letter, its words, or how they begin.
pub(super) fn one(answer: &str, choices: &[Choice]) -> Result<usize, NotPicked> {
    let number: Option<usize> = answer.parse().ok();
    let by_number = number.and_then(|number| number.checked_sub(1)).filter(|at| *at < choices.len());
    named(answer, by_number, choices)
}

/// The place of what an answer names in a list whose lines have digits and letters.
fn marked(answer: &str, choices: &[Choice]) -> Result<usize, NotPicked> {
    named(answer, None, choices)
}

/// The place of what a letter, words or their beginning name, beside a number.
fn named(answer: &str, by_number: Option<usize>, choices: &[Choice]) -> Result<usize, NotPicked> {
    let number: Option<usize> = answer.parse().ok();
    let answer = answer.to_lowercase();
    let by_key = choices.iter().position(|it| it.key != ' ' && answer == it.key.to_string());
    let is = |choice: &Choice| choice.word == answer || choice.label.to_lowercase() == answer;
    let by_words = by_key.or_else(|| choices.iter().position(is));
    match (by_number, by_words) {
        // "4" may be the fourth line and the four weeks of another.
        (Some(at), Some(other)) if at != other => return Err(ambiguous(&answer, choices, &[at, other])),
        (Some(at), _) | (None, Some(at)) => return Ok(at),
        (None, None) => {}
    }
    let begins = |choice: &Choice| choice.label.to_lowercase().starts_with(&answer) || choice.word.starts_with(&answer);
    let begin: Vec<usize> = (0..choices.len()).filter(|at| number.is_none() && begins(&choices[*at])).collect();
    match begin[..] {
        [] => Err(NotPicked::Unknown(answer)),
        [at] => Ok(at),
        _ => Err(ambiguous(&answer, choices, &begin)),
    }
}

fn ambiguous(answer: &str, choices: &[Choice], places: &[usize]) -> NotPicked {
    let line = |at: &usize| choices[*at].label.to_string();
    NotPicked::Ambiguous(answer.to_owned(), places.iter().map(line).collect())
}

/// The places of what an answer names, with commas or blanks between.
pub(super) fn several(answer: &str, choices: &[Choice], none: Option<&str>) -> Result<Vec<usize>, NotPicked> {
    let mut places = Vec::new();
    for part in answer.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        match marked(part, choices) {
            Ok(at) => places.push(at),
            Err(_) if part.contains(char::is_whitespace) => {
                for word in part.split_whitespace() {
                    places.push(marked(word, choices)?);
                }
            }
            Err(why) => return Err(why),
        }
    }
    places.sort_unstable();
    places.dedup();
    let has_none = none.is_some_and(|none| places.iter().any(|at| choices[*at].word == none));
    match places.len() {
        0 => Err(NotPicked::Unknown(answer.to_owned())),
        2.. if has_none => Err(NotPicked::NoneAndOthers),
        _ => Ok(places),
    }
}

/// The place of a unit as people write it: "umol/L", "µmol/l", with either sign for micro.
pub(super) fn unit(written: &str, units: &[Choice]) -> Option<usize> {
    let plain = |unit: &str| unit.to_lowercase().replace(['µ', 'μ'], "u").replace(' ', "");
    let written = plain(written);
    units.iter().position(|it| plain(&it.label) == written || plain(&it.word) == written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(pairs: &[(&str, &str)]) -> Vec<Choice> {
        let choice = |(word, label): &(&str, &str)| Choice {
            word: (*word).to_owned().into(),
            label: (*label).to_owned().into(),
            key: ' ',
        };
        pairs.iter().map(choice).collect()
    }

    #[test]
    fn numbers_words_and_first_letters_name_the_same() {
        let list = choices(&[
            ("none", "none of these"),
            ("heart-failure", "heart failure"),
            ("poor", "poor teeth"),
            ("port", "port"),
        ]);
        for answer in ["2", "heart failure", "HEART-FAILURE", "hea", "h"] {
            assert_eq!(one(answer, &list), Ok(1), "{answer}");
        }
        for answer in ["0", "5", "x", "hearts"] {
            assert_eq!(one(answer, &list), Err(NotPicked::Unknown(answer.to_owned())), "{answer}");
        }
        let both = vec!["poor teeth".to_owned(), "port".to_owned()];
        assert_eq!(one("po", &list), Err(NotPicked::Ambiguous("po".to_owned(), both)));
        assert_eq!(one("port", &list), Ok(3));
    }

    #[test]
    fn a_number_that_is_also_a_word_is_asked_again() {
        let weeks = choices(&[("3", "every 3 weeks"), ("4", "every 4 weeks"), ("12", "every 12 weeks")]);
        assert!(matches!(one("3", &weeks), Err(NotPicked::Ambiguous(..))));
        assert_eq!((one("4", &weeks), one("12", &weeks), one("every 3", &weeks)), (Ok(1), Ok(2), Ok(0)));
    }

    #[test]
    fn a_letter_of_the_list_is_more_than_the_beginning_of_words() {
        let mut list = choices(&[("other-solid", "other solid tumour"), ("other-blood", "other blood cancer")]);
        (list[0].key, list[1].key) = ('o', 'b');
        assert_eq!((one("o", &list), one("b", &list), one("B", &list)), (Ok(0), Ok(1), Ok(1)));
        assert!(matches!(one("ot", &list), Err(NotPicked::Ambiguous(..))));
    }

    #[test]
    fn several_have_commas_or_blanks_between() {
        let mut list = choices(&[("none", "none of these"), ("a", "loop diuretic"), ("b", "calcitonin")]);
        for (choice, key) in list.iter_mut().zip("n12".chars()) {
            choice.key = key;
        }
        for answer in ["1,2", "2 1", "1, 2,", "calc; loop diuretic", "loop calc"] {
            assert_eq!(several(answer, &list, Some("none")), Ok(vec![1, 2]), "{answer}");
        }
        assert_eq!(several("n 2", &list, Some("none")), Err(NotPicked::NoneAndOthers));
        assert_eq!(several("n", &list, Some("none")), Ok(vec![0]));
        assert!(several(",", &list, None).is_err());
        assert!(several("2, 3", &list, None).is_err());
    }

    #[test]
    fn units_are_read_as_people_write_them() {
        let units = choices(&[("umol/L", "µmol/L"), ("mg/dL", "mg/dL")]);
        for answer in ["umol/L", "µmol/L", "μmol/l", "µmol / L"] {
            assert_eq!(unit(answer, &units), Some(0), "{answer}");
        }
        assert_eq!(unit("mmol/L", &units), None);
    }
}
