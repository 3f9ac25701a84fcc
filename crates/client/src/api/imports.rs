//! The administrator's roster import, remarks and rights.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;
use xinmei_model::{Id, Link, Relation, RelationGrants, Remark, Right};

use super::profile::ChildName;

/// `import.preview`: the server reads the file and says what would change. Nothing is written.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ImportPreview")]
pub struct Preview {
    /// The file's name, which tells its format.
    pub name: String,
    /// The file, base64 (RFC 4648 §4).
    pub content: String,
    /// The school year it is of, where its title does not say it or says it wrong: 2026 for 2026—2027.
    pub year: Option<i16>,
}

/// What an import would change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[ts(rename = "ImportPreviewed")]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
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
    #[serde(default)]
    pub staff_left: u32,
    /// Lines with a fault that are not imported.
    pub faulty: u32,
    /// Lines that do not say whose they are, and sheets that were not read: nobody may be let go while there are any.
    #[serde(default)]
    pub unidentified: u32,
}

/// A fault on a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RemarkCount {
    /// Verbatim.
    pub text: String,
    /// Children.
    pub children: u32,
}

/// `import.confirm`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ImportConfirm")]
pub struct Confirm {
    /// Which preview.
    pub id: Uuid,
    /// Pupils absent from the file leave; without this they stay.
    pub let_leave: bool,
    /// Staff absent from the file take their hats off; without this they keep them.
    pub let_staff_leave: bool,
}

/// `import.undo`: puts back what one import changed, where nothing changed since.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ImportUndo")]
pub struct Undo {
    /// Which import.
    pub id: Uuid,
}

/// What an import or its undoing did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[ts(rename = "ImportOutcome")]
pub struct Outcome {
    /// Which import.
    pub id: Uuid,
    /// Rows written.
    pub rows: u32,
    /// Rows left as they are, because they changed since.
    pub kept: u32,
}

/// `import.history`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ImportHistory")]
pub struct History {}

/// Imports, newest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Imports {
    /// The imports.
    pub imports: Vec<ImportLine>,
}

/// One import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ImportLine {
    /// Which.
    pub id: Uuid,
    /// The file's name.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// Its counts.
    pub counts: Counts,
    /// Whether it was undone.
    pub undone: bool,
    /// Whether it still can be.
    #[serde(default)]
    pub undoable: bool,
}

/// `remark.list`: remarks to decide, identical ones together.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "RemarkList")]
pub struct ListRemarks {}

/// Wordings, the most frequent first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Remarks {
    /// The wordings.
    pub wordings: Vec<Wording>,
}

/// One wording and the children it stands for.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Wording {
    /// Verbatim.
    pub text: String,
    /// Relations of the guardians concerned.
    pub relations: Vec<Relation>,
    /// The remarks.
    pub remarks: Vec<RemarkView>,
}

/// A child with a remark.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RemarkView {
    /// Which remark.
    pub id: Id<Remark>,
    /// About whom.
    pub child: ChildName,
    /// The guardians: name and relation.
    pub guardians: Vec<super::notice::GuardianName>,
}

/// `remark.decide`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "RemarkDecide")]
pub struct DecideRemarks {
    /// Which; all of one wording, or some.
    pub remarks: Vec<Id<Remark>>,
    /// What guardians of each relation get.
    pub grants: Vec<RelationGrants>,
}

/// `rights.set`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "RightsSet")]
pub struct SetRights {
    /// Which link.
    pub link: Id<Link>,
    /// Exactly these, from today.
    pub rights: Vec<Right>,
    /// Keep away altogether.
    pub barred: bool,
}
