//! What the window is shown of an import: the JSON of `crates/client/src/api/imports.rs`, from the server's side.

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What an import would change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ImportPreviewed")]
pub struct Previewed {
    /// To confirm it.
    pub id: Uuid,
    /// The file's name.
    pub name: String,
    /// The school year it is read as one of, by the calendar year that begins in: 2026 for 2026—2027.
    pub year: i16,
    /// Counts, pupils and staff together with the lines that are not imported.
    pub counts: Counts,
    /// Every fault, by sheet and line.
    pub faults: Vec<FaultLine>,
    /// What changes, at most 500 lines of each sort.
    pub changes: Vec<ChangeLine>,
    /// Remarks that will wait for a decision: wording and how many children.
    pub remarks: Vec<RemarkCount>,
}

/// 新增 / 变更 / 换班 / 转出 / 无变化
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ImportCounts")]
pub struct Counts {
    /// 新增
    pub new: u32,
    /// 变更
    pub changed: u32,
    /// 换班
    pub moved: u32,
    /// 转出: in the school, absent from the file.
    pub left: u32,
    /// 无变化
    pub unchanged: u32,
    /// Staff added or changed.
    pub staff: u32,
    /// Staff at the school, absent from the file.
    pub staff_left: u32,
    /// Lines with a fault that are not imported.
    pub faulty: u32,
    /// Lines that do not say whose they are, and sheets that were not read: whoever stands there is among those who
    /// left, so nobody may be let go while there are any.
    pub unidentified: u32,
}

impl fmt::Display for Previewed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = &self.counts;
        write!(
            f,
            "{}: new {}, changed {}, moved {}, left {}, unchanged {}, staff {}, staff left {}, not read {}, \
             unidentified {}, school year {}—{}",
            self.name,
            counts.new,
            counts.changed,
            counts.moved,
            counts.left,
            counts.unchanged,
            counts.staff,
            counts.staff_left,
            counts.faulty,
            counts.unidentified,
            self.year,
            self.year.saturating_add(1),
        )?;
        for fault in &self.faults {
            let sort = if fault.hint { "hint" } else { "fault" };
            let FaultLine { sheet, line, code, column, value, .. } = fault;
            write!(f, "\n  {sheet} line {line}: {sort} {code} {column} {value}")?;
        }
        Ok(())
    }
}

/// A fault on a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ImportFault")]
pub struct FaultLine {
    /// Sheet name; empty for CSV.
    pub sheet: String,
    /// 1-based, as the spreadsheet shows it; 0 speaks of the whole sheet.
    pub line: u32,
    /// Column heading, where one cell is at fault.
    pub column: String,
    /// Stable code; the window has its sentence.
    pub code: String,
    /// What stood there, or the earlier line it repeats.
    pub value: String,
    /// The line is imported all the same.
    pub hint: bool,
}

/// One thing that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ImportChange")]
pub struct ChangeLine {
    /// What sort.
    pub sort: ChangeSort,
    /// The pupil's or teacher's name.
    pub name: String,
    /// 学号 or 工号
    pub number: String,
    /// Before; empty for new ones.
    pub was: String,
    /// After; empty for those who left.
    pub now: String,
}

/// What sort of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ImportChangeSort")]
#[serde(rename_all = "kebab-case")]
pub enum ChangeSort {
    /// 新增
    New,
    /// 变更
    Changed,
    /// 换班
    Moved,
    /// 转出
    Left,
    /// A member of staff.
    Staff,
}

/// A wording of remarks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RemarkCount {
    /// Verbatim.
    pub text: String,
    /// Children.
    pub children: u32,
}

/// What an import or its undoing did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ImportOutcome")]
pub struct Outcome {
    /// Which import.
    pub id: Uuid,
    /// Rows written.
    pub rows: u32,
    /// Rows left as they are, because they changed since.
    pub kept: u32,
}

/// Imports, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Imports {
    /// The imports.
    pub imports: Vec<ImportLine>,
}

/// One import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImportLine {
    /// Which.
    pub id: Uuid,
    /// The file's name.
    pub name: String,
    /// When.
    #[schemars(with = "String")]
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// Its counts.
    pub counts: Counts,
    /// Whether it was undone.
    pub undone: bool,
    /// Whether it still can be undone.
    pub undoable: bool,
}
