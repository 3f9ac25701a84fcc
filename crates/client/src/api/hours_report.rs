//! 志愿报告: a term of volunteering in figures.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::HoursFigures;

use super::{
    attendance::{TermId, TermName},
    profile::PlaceName,
    table::Language,
};

/// `hours.report`: what was done for the posts of the hat's desk, and the hours it approves, in a term.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursReportAsk")]
pub struct Report {
    /// Which; the one that has begun last if `None`.
    pub term: Option<TermId>,
}

/// A report. It names no volunteer and no pupil; only what has begun is counted.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursReport")]
pub struct ReportView {
    /// Terms that have begun, the newest first.
    pub terms: Vec<TermName>,
    /// This one; `None` while the school has no terms.
    pub term: Option<TermName>,
    /// Everything, each once.
    pub whole: HoursFigures,
    /// By class of the volunteers' children; whoever has children in two stands in both. Staff and others apart. Pupils by the class they
    /// were in as they were put down.
    pub classes: ReportGroup,
    /// By grade of those.
    pub grades: ReportGroup,
    /// By campus whose desk it is of.
    pub campuses: ReportGroup,
    /// By programme: the post's own, and its tags.
    pub programmes: ReportGroup,
    /// By campaign.
    pub campaigns: ReportGroup,
    /// By post; hours that were asked for without a shift apart.
    pub posts: ReportGroup,
    /// By month.
    pub months: ReportGroup,
    /// Every term that has begun, the newest first: all of them, whichever is shown.
    pub by_term: ReportGroup,
    /// Shifts of the term that are still to come.
    pub ahead: u32,
    /// Shifts of the term that were called off.
    pub called_off: u32,
    /// When this was reckoned, by the school's clock.
    pub made: Timestamp,
}

/// One grouping.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursReportGroup")]
pub struct ReportGroup {
    /// In the order of what they are.
    pub rows: Vec<ReportRow>,
    /// What the rows count beyond the whole, because somebody or something stands in several.
    pub twice: HoursFigures,
}

/// One row.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursReportRow")]
pub struct ReportRow {
    /// Of what.
    pub of: ReportOf,
    /// The figures.
    pub figures: HoursFigures,
}

/// What a row is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
#[ts(rename = "HoursReportOf")]
pub enum ReportOf {
    /// A campus, a grade, a class.
    Place {
        /// Which.
        place: PlaceName,
    },
    /// A programme, a campaign, a post, a term.
    Named {
        /// What it is called.
        name: String,
    },
    /// A month.
    Month {
        /// 2026
        year: i16,
        /// 1 to 12.
        month: i8,
    },
    /// Who works here, and has no child here.
    Staff,
    /// Guests from outside.
    Guests,
    /// Anybody else; of pupils, who was in no class.
    Other,
    /// In no programme, no campaign, no post, no term.
    Nothing,
}

/// `hours.report-table`: the report as a workbook of Excel.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursReportTable")]
pub struct ReportTable {
    /// As [`Report::term`].
    pub term: Option<TermId>,
    /// In which language.
    pub language: Language,
}

/// `hours.report-export`: the same into the user's folder for downloads, as a new file.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursReportExport")]
pub struct ReportExport {
    /// As [`Report::term`].
    pub term: Option<TermId>,
    /// In which language.
    pub language: Language,
}
