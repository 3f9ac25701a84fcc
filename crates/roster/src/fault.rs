//! What can be wrong: with the whole file ([`ReadFault`]) or with one line of it ([`Fault`]).

use serde::{Deserialize, Serialize};

use crate::columns::Column;

/// Why a file could not be read at all. The text says what, why and what now; the window words it by `code`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum ReadFault {
    /// The file holds no byte, or only blank cells.
    #[error("the file is empty: nothing was written into it; save it again and choose it again")]
    Empty,
    /// More bytes than [`crate::MAX_FILE_BYTES`].
    #[error(
        "the file is {bytes} bytes and at most {limit} are read; remove pictures and other sheets, or split it"
    )]
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// A workbook of Excel 97–2003.
    #[error("this is an old Excel workbook (.xls), which is not read; save it as .xlsx")]
    OldExcel,
    /// A workbook which needs a password.
    #[error("this workbook is encrypted, so it cannot be read; save a copy without its password")]
    Encrypted,
    /// A ZIP archive without a workbook: another Office document, an OpenDocument, an archive of files.
    #[error("this is an archive but no Excel workbook; save the roster as .xlsx or CSV")]
    NotAWorkbook,
    /// Neither a workbook nor text.
    #[error("this is neither an Excel workbook nor text; save the roster as .xlsx or CSV")]
    UnknownFormat,
    /// A web page with the ending of a spreadsheet, as some school systems export.
    #[error("this is a web page, whatever its name ends in; open it in Excel and save it as .xlsx")]
    WebPage,
    /// The workbook's parts do not fit together or are not well formed.
    #[error("the workbook is damaged ({detail}); open it in Excel and save it again")]
    Damaged {
        /// What the reader met, in technical words, for the log.
        detail: String,
    },
    /// The archive unpacks to more than [`crate::MAX_UNPACKED_BYTES`].
    #[error("the workbook unpacks to more than {limit} bytes; copy the roster alone into a new workbook")]
    UnpacksTooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The archive has more than [`crate::MAX_PARTS`] parts.
    #[error("the workbook has more than {limit} parts; copy the roster alone into a new workbook")]
    TooManyParts {
        /// The limit.
        limit: usize,
    },
    /// More visible sheets than [`crate::MAX_SHEETS`].
    #[error("the workbook has {found} sheets and at most {limit} are read; keep only the roster's")]
    TooManySheets {
        /// How many there are.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// More rows than [`crate::MAX_ROWS`].
    #[error("the file has more than {limit} rows; import one campus or one grade at a time")]
    TooManyRows {
        /// The limit.
        limit: usize,
    },
    /// A cell to the right of column number [`crate::MAX_COLUMNS`].
    #[error(
        "sheet {sheet}, line {line} goes beyond column {limit}; clear what stands to the right of the table"
    )]
    TooManyColumns {
        /// The sheet.
        sheet: String,
        /// The line, counted from 1.
        line: u32,
        /// The limit.
        limit: usize,
    },
    /// More text than [`crate::MAX_TEXT_BYTES`].
    #[error("the cells hold more than {limit} bytes of text; copy the roster alone into a new file")]
    TooMuchText {
        /// The limit in bytes of UTF-8.
        limit: usize,
    },
    /// Text which is neither Unicode nor GB18030.
    #[error("the text is neither UTF-8 nor GB18030; save it from Excel as .xlsx, or as CSV in UTF-8")]
    UnknownEncoding,
}

/// How much a fault matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The row (or sheet) is not imported until it is put right.
    Error,
    /// The row is imported; somebody should look at it.
    Hint,
}

/// One thing wrong in one place. Codes and data only: the window words it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The sheet's name; for text the file's name without its ending.
    pub sheet: String,
    /// The line, counted from 1 as Excel and editors show it; 0 speaks of the whole sheet or file.
    pub line: u32,
    /// The column, if one is at fault.
    pub column: Option<Column>,
    /// What is wrong.
    pub code: FaultCode,
    /// Whether the row is imported all the same.
    pub severity: Severity,
}

/// What is wrong with a line, with the data a sentence needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FaultCode {
    /// No sheet holds a roster.
    NoRoster,
    /// This sheet has cells but no header row was recognised; it was not read.
    NoHeader,
    /// This sheet is hidden in the workbook; it was not read.
    HiddenSheet,
    /// The header row lacks columns which every row needs; the sheet was not read.
    MissingColumns {
        /// The columns that are missing.
        columns: Vec<Column>,
    },
    /// The line ends before a column that every row needs.
    TooFewColumns {
        /// Cells in the line.
        found: usize,
        /// Columns in the header.
        expected: usize,
    },
    /// The line has text beyond the header's last column: most often a comma nobody quoted.
    ExtraCells {
        /// Cells in the line.
        found: usize,
        /// Columns in the header.
        expected: usize,
    },
    /// The cell is longer than [`crate::MAX_CELL_CHARS`], or the campus than 40.
    CellTooLong {
        /// The limit in Unicode scalar values.
        limit: usize,
    },
    /// The cell holds a line break; in a CSV perhaps an unclosed quotation mark that swallowed lines.
    LineBreak,
    /// The cell is empty and should not be.
    Missing,
    /// The number already stands on an earlier line.
    DuplicateNumber {
        /// The number.
        number: String,
        /// The earlier line's sheet.
        first_sheet: String,
        /// The earlier line, counted from 1.
        first_line: u32,
    },
    /// A spreadsheet rounded the number (`2.02601E+08`): its digits are lost and are not guessed.
    ScientificNotation {
        /// The text as it stands.
        found: String,
    },
    /// The number is not 1 to 32 ASCII letters, digits or hyphens.
    BadNumber {
        /// The text as it stands.
        found: String,
    },
    /// The phone is not 11 digits beginning with 1.
    BadPhone {
        /// The text as it stands.
        found: String,
        /// How many digits it has.
        digits: usize,
    },
    /// The grade is not one of the six.
    BadGrade {
        /// The text as it stands.
        found: String,
    },
    /// The class cannot be read as a number, or names another grade than the grade column.
    BadClass {
        /// The text as it stands.
        found: String,
    },
    /// There is no such class in the school.
    UnknownClass {
        /// The campus; empty if the roster has no such column.
        campus: String,
        /// The grade, 1 to 6.
        grade: u8,
        /// The class number.
        class: u8,
    },
    /// The sex is neither of GB/T 2261.1's 男 and 女; left open.
    UnknownSex {
        /// The text as it stands.
        found: String,
    },
    /// The relation is not in the table; kept in its own words.
    UnknownRelation {
        /// The text as it stands.
        found: String,
    },
    /// The pupil has no guardian in the roster.
    NoGuardian,
    /// The same name and phone stand twice in the row; taken once.
    GuardianTwice,
    /// Part of the list of classes taught cannot be read, or the list has more than 32; that part is left out.
    UnreadTeachingClass {
        /// That part, joined with 、.
        found: String,
    },
    /// A 班主任 teaches several classes; the first is taken for their own.
    OwnClassAssumed {
        /// The grade, 1 to 6.
        grade: u8,
        /// The class number.
        class: u8,
    },
}
