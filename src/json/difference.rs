//! What differs between two values, place by place. Nothing differs silently: whatever is not the same is
//! among the differences, under the names of the keys and entries it is in.

use super::{Value, text::unhidden};

/// One step to a place in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The member of an object.
    Key(String),
    /// The entry of a list, by what it is and not by its position.
    Entry {
        /// Its name: "dose 3".
        name: String,
        /// Its number among entries of its kind, where they have numbers.
        numbered: Option<Numbered>,
    },
    /// The order of the entries of a list.
    Order,
}

impl Step {
    /// The key of a member.
    pub fn key(&self) -> Option<&str> {
        if let Self::Key(key) = self { Some(key) } else { None }
    }

    /// The name of an entry.
    pub fn entry(&self) -> Option<&str> {
        if let Self::Entry { name, .. } = self { Some(name) } else { None }
    }

    /// The number of an entry among those of its kind.
    pub fn numbered(&self) -> Option<&Numbered> {
        if let Self::Entry { numbered, .. } = self { numbered.as_ref() } else { None }
    }
}

/// The number of an entry among those of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// What several of them are called: "doses".
    pub plural: String,
    /// The number.
    pub number: u64,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where.
    pub path: Vec<Step>,
    /// What stood there; nothing where it is new.
    pub was: Value,
    /// What is there now; nothing if it was removed.
    pub now: Value,
}

impl Difference {
    /// The place as programs name it: `schedule.entries[dose 3].date`.
    pub fn place(&self) -> String {
        self.path.iter().fold(String::new(), |place, step| match step {
            Step::Key(key) if place.is_empty() => unhidden(key),
            Step::Key(key) => format!("{place}.{}", unhidden(key)),
            Step::Entry { name, .. } => format!("{place}[{}]", unhidden(name)),
            Step::Order => format!("{place}[order]"),
        })
    }
}

/// How an entry of a list is known again in the other document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its name.
    pub name: String,
    /// Whether an entry of another name is always another entry; otherwise one that is much alike is taken
    /// for the same under another name.
    pub is_firm: bool,
    /// Its number among entries of its kind, where they have numbers.
    pub numbered: Option<Numbered>,
}

impl Identity {
    /// An entry of which one of another name is always another entry.
    pub fn firm(name: String) -> Self {
        Self { name, is_firm: true, numbered: None }
    }

    /// An entry that may be known under another name.
    pub fn loose(name: String) -> Self {
        Self { name, is_firm: false, numbered: None }
    }

    fn step(&self) -> Step {
        Step::Entry { name: self.name.clone(), numbered: self.numbered.clone() }
    }
}

/// Tells the name of an entry of a list, by the place of the list.
pub type Names<'a> = &'a dyn Fn(&[Step], &Value) -> Identity;

/// All that differs, in the order of the documents.
pub fn differences(was: &Value, now: &Value, names: Names<'_>) -> Vec<Difference> {
    let mut found = Vec::new();
    Walk { names, path: Vec::new(), found: &mut found }.compare(was, now);
    found
}

struct Walk<'a> {
    names: Names<'a>,
    path: Vec<Step>,
    found: &'a mut Vec<Difference>,
}

impl Walk<'_> {
    fn compare(&mut self, was: &Value, now: &Value) {
        match (was, now) {
            _ if was == now => {}
            (Value::Object(before), Value::Object(after)) => self.members(before, after),
            (Value::List(before), Value::List(after)) if is_table(before) && is_table(after) => {
                self.entries(before, after);
            }
            // A list that is new or removed is reported entry by entry.
            (Value::Null, Value::List(after)) if is_table(after) && !after.is_empty() => self.entries(&[], after),
            (Value::List(before), Value::Null) if is_table(before) && !before.is_empty() => self.entries(before, &[]),
            _ => self.found.push(Difference { path: self.path.clone(), was: was.clone(), now: now.clone() }),
        }
    }

    fn below(&mut self, step: Step, was: &Value, now: &Value) {
        self.path.push(step);
        self.compare(was, now);
        self.path.pop();
    }

    fn members(&mut self, before: &[(String, Value)], after: &[(String, Value)]) {
        // A key that appears twice is compared with its own counterpart, so that neither is passed over.
        let mut rest: Vec<&(String, Value)> = after.iter().collect();
        for (key, was) in before {
            let at = rest.iter().position(|(other, _)| other == key);
            let now = at.map_or(&Value::Null, |at| &rest.remove(at).1);
            self.below(Step::Key(key.clone()), was, now);
        }
        for (key, now) in rest {
            self.below(Step::Key(key.clone()), &Value::Null, now);
        }
    }

    fn entries(&mut self, before: &[Value], after: &[Value]) {
        let (before, after) = (self.named(before), self.named(after));
        let matches = matched(&before, &after);
        for ((name, was), at) in before.iter().zip(&matches) {
            let now = at.map_or(&Value::Null, |at| after[at].1);
            self.below(name.step(), was, now);
        }
        for (at, (name, now)) in after.iter().enumerate() {
            if !matches.contains(&Some(at)) {
                self.below(name.step(), &Value::Null, now);
            }
        }
        self.order(&before, &after, &matches);
    }

    /// The entries with their names; a second entry of the same name gets a number.
    fn named<'v>(&self, entries: &'v [Value]) -> Vec<(Identity, &'v Value)> {
        let mut named: Vec<(Identity, &Value)> = Vec::with_capacity(entries.len());
        let mut firsts: Vec<String> = Vec::with_capacity(entries.len());
        for entry in entries {
            let mut identity = (self.names)(&self.path, entry);
            firsts.push(identity.name.clone());
            let count = firsts.iter().filter(|name| **name == identity.name).count();
            if count > 1 {
                identity.name = format!("{}, number {count}", identity.name);
                identity.numbered = None;
            }
            named.push((identity, entry));
        }
        named
    }

    /// Whether the entries that stayed are in another order.
    fn order(&mut self, before: &[(Identity, &Value)], after: &[(Identity, &Value)], matches: &[Option<usize>]) {
        let stayed: Vec<usize> = matches.iter().copied().flatten().collect();
        if stayed.is_sorted() {
            return;
        }
        let list = |names: Vec<&str>| Value::List(names.into_iter().map(|it| Value::Text(it.to_owned())).collect());
        let was = before.iter().zip(matches).filter(|(_, at)| at.is_some()).map(|((it, _), _)| it.name.as_str());
        let now = after.iter().enumerate().filter(|(at, _)| stayed.contains(at)).map(|(_, (it, _))| it.name.as_str());
        let (was, now) = (list(was.collect()), list(now.collect()));
        let mut path = self.path.clone();
        path.push(Step::Order);
        self.found.push(Difference { path, was, now });
    }
}

/// Whether a list holds entries to be named, and not plain words or figures. An empty one fits both.
fn is_table(entries: &[Value]) -> bool {
    entries.iter().all(|entry| matches!(entry, Value::Object(_)))
}

/// For each entry before, the place of the same entry after.
fn matched(before: &[(Identity, &Value)], after: &[(Identity, &Value)]) -> Vec<Option<usize>> {
    let place = |identity: &Identity| after.iter().position(|(other, _)| other.name == identity.name);
    let mut matches: Vec<Option<usize>> = before.iter().map(|(identity, _)| place(identity)).collect();
    for (at, (identity, was)) in before.iter().enumerate() {
        if matches[at].is_some() || identity.is_firm {
            continue;
        }
        let free = after.iter().enumerate().filter(|(at, (other, _))| !other.is_firm && !matches.contains(&Some(*at)));
        // The first of those that are most alike.
        let alike = free.map(|(at, (_, now))| (likeness(was, now), at)).filter(|(likeness, _)| *likeness > 0);
        matches[at] = alike.max_by_key(|(likeness, at)| (*likeness, usize::MAX - at)).map(|(_, at)| at);
    }
    matches
}

/// The number of members that are the same, where they are at least half of those of the smaller object.
fn likeness(was: &Value, now: &Value) -> usize {
    let (Value::Object(before), Value::Object(after)) = (was, now) else { return 0 };
    let same = before.iter().filter(|member| after.contains(member)).count();
    if same * 2 >= before.len().min(after.len()) { same } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(was: &str, now: &str) -> Vec<String> {
        let parsed = |text: &str| Value::parse(text.as_bytes()).expect("well-formed");
        let names = |_: &[Step], entry: &Value| Identity::loose(entry.member("id").to_string());
        let shown = |it: &Difference| format!("{}: {} would be {}", it.place(), it.was, it.now);
        differences(&parsed(was), &parsed(now), &names).iter().map(shown).collect()
    }

    #[test]
    fn what_is_the_same_is_no_difference() {
        assert!(found(r#"{"a": [1.0, {"b": null}]}"#, r#"{"a":[1,{"b":null}]}"#).is_empty());
        assert!(found(r#"{"a": null}"#, "{}").is_empty());
        assert!(found(r#"{"a": 1, "b": 2}"#, r#"{"b": 2, "a": 1}"#).is_empty());
    }

    #[test]
    fn every_place_is_named() {
        assert_eq!(
            found(r#"{"a": {"b": 1}, "c": 1}"#, r#"{"a": {"b": 2}, "d": 1}"#),
            ["a.b: 1 would be 2", "c: 1 would be nothing", "d: nothing would be 1",]
        );
        assert_eq!(found(r#"{"a": [1, 2]}"#, r#"{"a": [2, 1]}"#), ["a: 1, 2 would be 2, 1"]);
        assert_eq!(found(r#"{"a": 1, "a": 2}"#, r#"{"a": 1}"#), ["a: 2 would be nothing"]);
        assert_eq!(found("{}", "[]"), [":  would be "]);
    }

    #[test]
    fn entries_are_known_by_their_names() {
        let list = r#"[{"id": 1, "x": 1}, {"id": 2, "x": 2}, {"id": 2, "x": 3}]"#;
        assert_eq!(
            found(list, r#"[{"id": 2, "x": 2}, {"id": 2, "x": 4}]"#),
            ["[1]: id 1; x 1 would be nothing", "[2, number 2].x: 3 would be 4",]
        );
        let turned = r#"[{"id": 2, "x": 2}, {"id": 1, "x": 1}, {"id": 2, "x": 3}]"#;
        assert_eq!(found(list, turned), ["[order]: 1, 2, 2, number 2 would be 2, 1, 2, number 2"]);
    }

    #[test]
    fn an_entry_that_is_much_alike_has_only_another_name() {
        assert_eq!(found(r#"[{"id": 1, "x": 1}]"#, r#"[{"id": 3, "x": 1}]"#), ["[1].id: 1 would be 3"]);
        assert_eq!(found(r#"[{"id": 1, "x": 1}]"#, r#"[{"id": 3, "x": 2}]"#).len(), 2);
    }
}
