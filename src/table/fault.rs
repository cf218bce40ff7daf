//! What can be wrong with a table. The sentences are in [`super::words`].

use crate::json::Problem as FormProblem;

pub use super::rows::Broken;

/// A fault of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellFault {
    /// The path of the field.
    pub path: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a cell. The texts are shortened and without hidden characters.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are what the sentence repeats")]
pub enum Problem {
    /// `<10`: not a value.
    Bound { found: String },
    /// A comma or a point that may part thousands or decimals.
    Ambiguous { found: String, whole: String, decimal: String },
    /// A comma and a point in the same number.
    TwoSigns { found: String, instead: String },
    /// A number with another unit than its column has.
    OtherUnit { found: String, unit: String },
    /// No number.
    NotANumber { found: String },
    /// Neither true nor false.
    NotAFlag { found: String },
    /// No date in the order that the columns file states.
    NotADate { found: String, order: &'static str },
    /// An identifier that a spreadsheet turned into a number and shortened.
    Damaged { found: String },
}

/// Why a row is no request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are what the sentence repeats")]
pub enum RowFault {
    /// Its cells cannot be told apart.
    Broken(Broken),
    /// It has another number of cells than the first row.
    Cells { found: usize, needed: usize, begins: String },
    /// Something is in a column without a name.
    Nameless(HeadFault),
}

/// Why the first row cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are what the sentence repeats")]
pub enum HeadFault {
    /// A column that is no field of a request.
    Unknown { column: usize, name: String, nearest: Option<&'static str>, holds: Holds },
    /// A column without a name, which is not empty.
    Nameless { column: usize, line: u64, found: String },
    /// A field with more than one column.
    Doubled { name: String, columns: Vec<usize> },
    /// A field that every request needs, or that another column needs beside it, and the words that it may be.
    Missing { path: String, allowed: Vec<String> },
    /// A column that the columns file names, and the table does not have.
    NoSuchColumn { path: String, column: String },
    /// Its quotation marks are not closed.
    Unreadable,
    /// There is none.
    Empty,
}

/// What is in the cells of a column, as far as rows were read ahead. A columns file says what each of them means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holds {
    /// Different texts in the order in which they come, without hidden characters.
    pub texts: Vec<String>,
    /// Whether there are others.
    pub more: bool,
}

/// What is wrong with a columns file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnsFlaw {
    /// Its form.
    Form(FormProblem),
    /// Its meaning.
    Meaning(ColumnsDefect),
}

/// What can be wrong with the meaning of a columns file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are what the sentence repeats")]
pub enum ColumnsDefect {
    /// Both a column and a value for every row.
    TwoSources,
    /// A column that is to be left out too.
    LeftOut,
    /// An order of dates for a field that is no date.
    NoDateField,
    /// A word or value that the field does not know.
    UnknownWord { found: String, nearest: Option<String>, allowed: Vec<String> },
    /// A number that is none, for a field that is a number.
    NoNumber { found: String },
    /// The same word twice in different spellings.
    Twice { word: String },
}
