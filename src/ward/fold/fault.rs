//! What of a patient's entries does not fit. Its sentence is in the words of the register.

use chrono::NaiveDate;

use crate::quantity::Decimal;

/// Something that does not fit. `number` is the entry in which it is seen.
#[derive(Clone, Debug, PartialEq)]
pub enum FoldFault {
    /// A newer program wrote an entry that this one cannot read.
    Unknown {
        /// The entry.
        number: u64,
        /// Its kind, as it is written.
        kind: String,
    },
    /// An entry of the ward among those of a patient.
    OfWard {
        /// The entry.
        number: u64,
    },
    /// An entry that names no course and belongs to one.
    OutsideCourse {
        /// The entry.
        number: u64,
    },
    /// A course has entries and no plan.
    WithoutPlan {
        /// The course.
        course: u32,
    },
    /// A strike of an entry that is not there.
    StruckNothing {
        /// The strike.
        number: u64,
        /// What it names.
        entry: u64,
    },
    /// A strike of a strike, which changes nothing.
    StruckStrike {
        /// The strike.
        number: u64,
        /// The other strike.
        entry: u64,
    },
    /// A second strike of an entry.
    StruckTwice {
        /// The strike.
        number: u64,
        /// The entry.
        entry: u64,
    },
    /// A dose that was given twice; both count.
    Twice {
        /// The dose.
        dose: u16,
        /// The entry that answered it.
        first: u64,
        /// The other one.
        second: u64,
    },
    /// A dose that was answered before is deferred or omitted; it stays as it was answered.
    AlreadyAnswered {
        /// The entry.
        number: u64,
        /// The dose.
        dose: u16,
        /// The entry that answered it.
        first: u64,
    },
    /// A dose that the plan does not have.
    NoSuchDose {
        /// The entry.
        number: u64,
        /// The dose.
        dose: u16,
    },
    /// Another dose was given than was planned, and no note says why.
    AnotherDose {
        /// The entry.
        number: u64,
        /// The dose that was planned.
        dose: Option<u16>,
        /// What was given, in mg.
        given_mg: Decimal,
        /// What was planned, in mg.
        planned_mg: Decimal,
    },
    /// A plan in a course under way says another dose than the one in use, which stands.
    OtherDose {
        /// The entry.
        number: u64,
        /// The dose of the plan, in mg.
        planned_mg: Decimal,
        /// The dose in use, in mg.
        in_use_mg: Decimal,
    },
    /// A dose was given while the course was on hold; it counts.
    GivenOnHold {
        /// The entry.
        number: u64,
        /// The holds that were open.
        holds: Vec<u64>,
    },
    /// A dose followed the one before too soon, and the engine had not said go for it, or could not know of the one
    /// before; both count.
    TooClose {
        /// The entry.
        number: u64,
        /// The entry of the dose before.
        before: u64,
        /// The days between them.
        days: i64,
        /// The least number of days.
        least: i64,
    },
    /// A supply long before what was supplied before it is used up, and no note says why; both count.
    SuppliedEarly {
        /// The entry.
        number: u64,
        /// The entry of the supply before.
        before: u64,
        /// The days for which that lasts still.
        days: i64,
    },
    /// A hold for the creatinine was lifted, and no assessment while it was open says that it may be; it is lifted.
    ResumedUnassessed {
        /// The entry.
        number: u64,
        /// The hold.
        hold: u64,
    },
    /// Something happened after the course had ended. A dose counts.
    AfterEnd {
        /// The entry.
        number: u64,
        /// The entry of the end.
        end: u64,
    },
    /// A hold is lifted that is not open.
    NoOpenHold {
        /// The entry.
        number: u64,
        /// The hold that it names; none where it names none.
        hold: Option<u64>,
    },
    /// An assessment that is named was struck, or is not there.
    WithoutAssessment {
        /// The entry.
        number: u64,
        /// What it names.
        assessed: u64,
    },
    /// Two courses have not ended, so that neither is judged by the doses of the other.
    TwoOpen {
        /// The course that began first.
        first: u32,
        /// The next one.
        second: u32,
    },
    /// A plan of another regimen, or of one without courses, took the place of the one before it.
    OtherRegimen {
        /// The entry.
        number: u64,
        /// The course.
        course: u32,
    },
    /// A plan of another drug in a course under way; it is left out.
    OtherDrug {
        /// The entry.
        number: u64,
    },
    /// The plan that took the place of another does not state the newest dose before it.
    NotStated {
        /// The entry of the plan.
        number: u64,
        /// The day of the dose.
        on: NaiveDate,
        /// What it states as the day of the last dose; none where it states none.
        last: Option<NaiveDate>,
    },
    /// The plan that took the place of another states a dose that is not recorded any more.
    StatedNotRecorded {
        /// The entry of the plan.
        number: u64,
        /// The day of the dose.
        on: NaiveDate,
    },
    /// The plan that took the place of another states another number of doses before it than are recorded now.
    OtherCount {
        /// The entry of the plan.
        number: u64,
        /// What it states.
        stated: u16,
        /// What is recorded.
        recorded: u16,
    },
    /// The creatinine before the first dose judges those after it, and it is not known.
    BaselineUnknown {
        /// The course.
        course: u32,
        /// The day of its first dose.
        first_dose: NaiveDate,
    },
    /// A plan or a verdict was made with another creatinine before the first dose than the entries have now.
    AnotherBaseline {
        /// The entry of the plan or of the assessment.
        number: u64,
        /// The course.
        course: u32,
    },
}
