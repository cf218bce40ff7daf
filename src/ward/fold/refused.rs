//! Why an entry is not recorded. Its sentence is in the words of the register.

use chrono::NaiveDate;

use crate::{
    json::Text,
    quantity::{Creatinine, Decimal},
    request::DatedCreatinine,
    ward::{
        event::{Event, Kind, Lack},
        fold::OpenHold,
        namesake::{Likeness, Person},
    },
};

/// An entry of the history that stands against a new one.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// Its number.
    pub number: u64,
    /// The day on which it happened.
    pub on: NaiveDate,
    /// Who recorded it.
    pub by: Text,
}

impl Recorded {
    /// What a message says of an entry.
    pub fn of(event: &Event) -> Self {
        Self { number: event.number, on: event.on, by: event.by.clone() }
    }
}

/// Why an entry is not recorded.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// A newer program wrote an entry that this one cannot read.
    ReadOnly,
    /// The patient's entries were erased.
    Erased,
    /// It lacks something by itself.
    Lacking(Lack),
    /// It happened after today.
    InFuture {
        /// The day of the entry.
        on: NaiveDate,
        /// Today.
        today: NaiveDate,
    },
    /// An entry of the ward for a patient.
    OfWard(Kind),
    /// The patient is registered already.
    AlreadyRegistered,
    /// A patient with another identifier is easily taken for this one, and nobody has said that it is another person.
    Alike {
        /// In what they are alike.
        likeness: Likeness,
        /// The patient of the register.
        other: Person,
    },
    /// The patient is not registered.
    NotRegistered,
    /// A correction that corrects nothing.
    NothingCorrected,
    /// The correction says that something else was there before than is there.
    WasNotSo,
    /// It must name a course, and names none or one that has no plan.
    NoCourse {
        /// The course that it names.
        course: Option<u32>,
    },
    /// A new course while another has not ended.
    CourseOpen {
        /// The course.
        course: u32,
        /// The name of its drug.
        drug: Text,
    },
    /// A new course must have the next number.
    NextCourse {
        /// The number that it names.
        course: Option<u32>,
        /// The next one.
        next: u32,
    },
    /// A plan that replaces another is of another drug.
    OtherDrug {
        /// The name of the drug of the course.
        drug: Text,
        /// The name of the drug of the plan.
        planned: Text,
    },
    /// The course that is to be assessed has ended, or was never planned.
    NoOpenCourse {
        /// The course.
        course: u32,
    },
    /// A plan that takes the place of another states a dose that is not recorded.
    DoseNotRecorded {
        /// Its day.
        on: NaiveDate,
    },
    /// A plan that takes the place of another states another number of doses than are recorded.
    OtherCount {
        /// What it states.
        stated: u16,
        /// What is recorded.
        recorded: u16,
    },
    /// The course has reached the day before which its doses are given.
    CourseOver {
        /// The course.
        course: u32,
        /// That day.
        ends: NaiveDate,
    },
    /// Something that happened before the patient was born.
    BeforeBirth {
        /// Its day.
        on: NaiveDate,
        /// The date of birth.
        born: NaiveDate,
    },
    /// Two courses have not ended, so that neither is judged by the doses of the other.
    TwoOpen {
        /// The course that began first.
        first: u32,
        /// The next one.
        second: u32,
    },
    /// The course was planned again as another treatment.
    OtherRegimen {
        /// The course.
        course: u32,
        /// The entry of that plan.
        entry: u64,
    },
    /// A plan may not take the place of another: it is of another regimen, or of one that has no courses.
    NotPlannedAgain {
        /// The course.
        course: u32,
        /// Whether it is of the same regimen.
        is_same: bool,
    },
    /// The plan says another dose than the one in use, which stands in a course under way.
    OtherDose {
        /// The dose of the plan, in mg.
        planned_mg: Decimal,
        /// The dose in use, in mg.
        in_use_mg: Decimal,
    },
    /// Another creatinine before the first dose is entered than the entries have.
    OtherBaseline {
        /// That of the entries.
        known: DatedCreatinine,
        /// What was entered.
        entered: Creatinine,
    },
    /// A plan of a new course does not state the newest dose of the patient, so that nothing kept its first dose away from
    /// that one.
    LastDoseNotStated {
        /// The name of the drug that was given.
        drug: Text,
        /// The day.
        last: NaiveDate,
    },
    /// The plan or the request is of another patient: of another identifier, birth date or sex.
    OtherPatient,
    /// The saved plan of the entry cannot be read.
    NoPlan,
    /// The course has ended.
    CourseEnded(Recorded),
    /// Something that is recorded happened later, and could not have happened after this.
    HappenedAfter(Recorded),
    /// The course is on hold, for each of these.
    OnHold(Vec<OpenHold>),
    /// Several holds are open, and none is named.
    WhichHold(Vec<OpenHold>),
    /// A hold for the creatinine is to be lifted, and no assessment while it is open says that it may be.
    NotAssessed {
        /// Whether the engine can be told of it, so that an assessment can lift it.
        is_told: bool,
        /// The entry of the hold.
        hold: u64,
    },
    /// The hold that is to be lifted is not open.
    HoldNotOpen {
        /// What was named.
        hold: u64,
    },
    /// The dose was answered before.
    Answered {
        /// The dose.
        dose: u16,
        /// Whether it was given; it was omitted otherwise.
        was_given: bool,
        /// The entry.
        entry: Recorded,
    },
    /// The plan has no such dose.
    NoSuchDose {
        /// What was named.
        dose: u16,
        /// The last one of the plan.
        last: Option<u16>,
    },
    /// Brand or batch is missing.
    NoBatch {
        /// The name of the drug.
        drug: Text,
    },
    /// The batch had expired on the day, and no note says that it was given all the same.
    Expired {
        /// The batch, where it is known.
        batch: Option<Text>,
        /// The last day on which it may be used.
        last: NaiveDate,
        /// The day of the entry.
        on: NaiveDate,
    },
    /// It was given without a go of its day, and no reason is there.
    WithoutGo,
    /// The go of the day is for another dose, and no reason is there.
    GoOfAnother {
        /// The assessment.
        assessed: u64,
    },
    /// Something was recorded after the go of the day, and no reason is there.
    PastGo {
        /// The assessment.
        assessed: u64,
        /// What was recorded since.
        since: u64,
    },
    /// Another dose than was planned, and no reason is there.
    AnotherDose {
        /// What was given, in mg.
        given_mg: Decimal,
        /// What was planned, in mg.
        planned_mg: Decimal,
    },
    /// A dose is said to be incomplete, and no less was given than was planned.
    NotIncomplete {
        /// What was given, in mg.
        given_mg: Decimal,
        /// What was planned, in mg.
        planned_mg: Decimal,
    },
    /// A supply in a course of doses that are given, or the other way about.
    OtherUnit {
        /// Whether the course is one of supplies.
        is_supplied: bool,
    },
    /// It was given after a hold verdict, and no prescriber is named.
    NoPrescriber {
        /// The assessment.
        assessed: u64,
    },
    /// A plan or a verdict with other figures than the engine finds.
    Invented(Kind),
    /// A figure that no program could read back.
    NotReadable,
    /// An identifier that begins or ends with a blank.
    OuterBlanks {
        /// The identifier.
        id: Text,
    },
    /// A dose of which it is not known where it was given, and that is not taken over from a plan.
    NoPlace,
    /// It rests on an assessment that is not there, is of another course or was struck.
    NoAssessment {
        /// What was named.
        assessed: u64,
    },
    /// The second person is the first.
    SamePerson {
        /// The name.
        by: Text,
    },
    /// The ward has a second person sign, and none is named.
    NoSecond,
    /// A name of too few letters.
    ShortName {
        /// The name.
        name: Text,
        /// The letters it has at least.
        least: usize,
    },
    /// It happened long before it is recorded, and nobody said that this is meant.
    Late {
        /// The day.
        on: NaiveDate,
        /// The days since.
        days: i64,
    },
    /// A day before the first possible one.
    TooSoon {
        /// The day.
        to: NaiveDate,
        /// The first possible day.
        first: NaiveDate,
        /// The day of the last dose.
        last: NaiveDate,
    },
    /// A day on which the course is over.
    PastEnd {
        /// The day.
        to: NaiveDate,
        /// The day before which doses are given.
        ends: NaiveDate,
    },
    /// A dose is deferred to a day that is past.
    DeferredBack {
        /// The day.
        to: NaiveDate,
        /// The day of the entry.
        on: NaiveDate,
    },
    /// A dose is deferred to a day before the one it is planned for.
    BroughtForward {
        /// The dose.
        dose: u16,
        /// The new day.
        to: NaiveDate,
        /// The day for which it is planned.
        planned: NaiveDate,
    },
    /// The laboratory values are older than those of an assessment that is recorded.
    OlderLabs {
        /// Their day.
        date: NaiveDate,
        /// The day of the newest that are recorded.
        newest: NaiveDate,
        /// The entry of the assessment.
        entry: u64,
    },
    /// The creatinine was taken before the last dose, which it is to judge.
    LabsBeforeDose {
        /// Its day.
        date: NaiveDate,
        /// The day of the last dose.
        last: NaiveDate,
    },
    /// The patient is recorded as having died.
    Died(Recorded),
    /// A dose is deferred so far that those after it cannot keep their dates, and the entry says that they do.
    LongMove {
        /// The dose.
        dose: u16,
        /// The day for which it is planned.
        from: NaiveDate,
        /// The new day.
        to: NaiveDate,
        /// The days of the longest move after which they can.
        most: u16,
    },
    /// A hold is looked at again before its day.
    LookedAtBack {
        /// The day on which it is looked at again.
        look_again: NaiveDate,
        /// The day of the hold.
        on: NaiveDate,
    },
    /// The clinic is closed on the day.
    Closed {
        /// The day.
        to: NaiveDate,
        /// The next open day.
        next: Option<NaiveDate>,
    },
    /// The entry that is to be struck is not one of this patient.
    NoSuchEntry {
        /// What was named.
        entry: u64,
    },
    /// The entry was struck before.
    AlreadyStruck {
        /// The entry.
        entry: u64,
        /// The strike.
        strike: Recorded,
    },
    /// A strike is never struck.
    IsStrike {
        /// The entry.
        entry: u64,
    },
    /// The entry says who the patient is.
    IsRegistration {
        /// The entry.
        entry: u64,
    },
    /// Other entries rest on the entry that is to be struck.
    RestsOnIt {
        /// The entry.
        entry: u64,
        /// Those that must be struck first.
        first: Vec<u64>,
    },
}
