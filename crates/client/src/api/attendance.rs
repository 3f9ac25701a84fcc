//! Afterwards: who came to an event, what a term was, and the certificate of a family that was there.

use jiff::{Timestamp, Zoned, civil::Date};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Booking, Event, Figures, Id, SeatRule, Session, Stand, Year};

use super::{
    profile::{ChildName, PlaceName},
    table::Language,
};

/// `event.report`: who came to an event; for its desk.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventReportAsk")]
pub struct Report {
    /// Which.
    pub event: Id<Event>,
}

/// Figures, and how many families they are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Counted {
    /// The figures; of several rows they sum to the whole.
    pub figures: Figures,
    /// Families who came; where that is not known, who have a seat. One with children in several rows is in each.
    pub families: u32,
}

/// Who came to an event.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventReport")]
pub struct ReportView {
    /// Which.
    pub event: Id<Event>,
    /// Title.
    pub title: String,
    /// Its programme tags.
    pub tags: Vec<String>,
    /// The place whose desk runs it.
    pub place: PlaceName,
    /// Where on the campus.
    pub venue: String,
    /// Whom a seat is for: how a family that came in part is counted follows from it.
    pub seat_rule: SeatRule,
    /// Why it was called off, if it was.
    pub cancelled: Option<String>,
    /// By time.
    pub sessions: Vec<SessionRow>,
    /// All sessions that take place.
    pub whole: Counted,
    /// By campus, as all groupings in the order of the school's tree; whoever is of no known class stands last.
    pub campuses: Vec<PlaceRow>,
    /// By grade.
    pub grades: Vec<PlaceRow>,
    /// By class.
    pub classes: Vec<PlaceRow>,
    /// Whether whoever reads this may write to the families who came, and there are some.
    pub may_ask: bool,
    /// When this was reckoned, by the school's clock.
    pub made: Timestamp,
}

/// One session of a report.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ReportSession")]
pub struct SessionRow {
    /// Which.
    pub id: Id<Session>,
    /// 第 1 场
    pub name: String,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// Seats.
    pub capacity: u32,
    /// What is known of who came.
    pub stand: Stand,
    /// Who.
    pub counted: Counted,
}

/// One place of a report.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ReportPlace")]
pub struct PlaceRow {
    /// Which, as it was called then; `None` for who walked in, and for children whose class is not known.
    pub place: Option<PlaceName>,
    /// Who.
    pub counted: Counted,
}

/// A term of a school year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TermId {
    /// Of which year.
    pub year: Id<Year>,
    /// 0 is its first.
    pub term: u32,
}

/// A term, by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TermName {
    /// Which.
    pub id: TermId,
    /// 2026 秋
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day, inclusive.
    pub to: Date,
}

/// `event.term-report`: all events of a term that the hat's desk runs.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TermReportAsk")]
pub struct TermReport {
    /// Which; the one that has begun last if `None`.
    pub term: Option<TermId>,
}

/// All events of a term. Only sessions that have begun are counted.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TermReport")]
pub struct TermView {
    /// Terms that have begun, the newest first.
    pub terms: Vec<TermName>,
    /// This one; `None` while the school has no terms.
    pub term: Option<TermName>,
    /// Everything.
    pub whole: TermCount,
    /// By programme tag, by name; an event with several is in each, and what has none stands last.
    pub programmes: Vec<TagRow>,
    /// By campus of the children.
    pub campuses: Vec<TermPlace>,
    /// By grade of the children, as it was called in that year.
    pub grades: Vec<TermPlace>,
    /// Each event, by time.
    pub events: Vec<TermEvent>,
    /// Sessions that are still to come.
    pub ahead: u32,
    /// Sessions that are over and at which nobody checked in.
    pub unchecked: u32,
    /// Sessions that were called off.
    pub called_off: u32,
    /// When this was reckoned, by the school's clock.
    pub made: Timestamp,
}

/// One row of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TermCount {
    /// Events; of a place those to which somebody of it signed up.
    pub events: u32,
    /// Sessions, in the same way.
    pub sessions: u32,
    /// Seats the sessions had; a place has none of its own.
    pub capacity: Option<u32>,
    /// Who.
    pub counted: Counted,
}

/// One programme tag of a term.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TermTag")]
pub struct TagRow {
    /// Which; `None` for events without one.
    pub tag: Option<String>,
    /// What.
    pub count: TermCount,
}

/// One place of a term.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TermPlace {
    /// As [`PlaceRow::place`].
    pub place: Option<PlaceName>,
    /// What.
    pub count: TermCount,
}

/// One event of a term.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TermEvent {
    /// Which.
    pub event: Id<Event>,
    /// Title.
    pub title: String,
    /// Its programme tags.
    pub tags: Vec<String>,
    /// Its first session of this term.
    pub starts: Zoned,
    /// What.
    pub count: TermCount,
}

/// Of what a workbook is made.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum ReportOf {
    /// Of one event.
    Event {
        /// Which.
        event: Id<Event>,
    },
    /// Of a term.
    Term {
        /// As [`TermReport::term`].
        term: Option<TermId>,
    },
}

/// `event.report-table`: a report as a workbook of Excel, one sheet for each grouping.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventReportTable")]
pub struct ReportTable {
    /// Of what.
    pub of: ReportOf,
    /// In which language.
    pub language: Language,
}

/// `event.report-export`: the same into the user's folder for downloads, as a new file.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventReportExport")]
pub struct ReportExport {
    /// Of what.
    pub of: ReportOf,
    /// In which language.
    pub language: Language,
}

/// `event.certificate`: that a family's children were at a session that is over; for the family itself.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventCertificateAsk")]
pub struct Certify {
    /// With which booking.
    pub booking: Id<Booking>,
}

/// What a certificate says.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventCertificate")]
pub struct Certificate {
    /// The school's name.
    pub school: String,
    /// Title of the event.
    pub title: String,
    /// Its programme tags.
    pub tags: Vec<String>,
    /// 第 1 场
    pub session: String,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// Where on the campus.
    pub venue: String,
    /// The family's children who were there, each in the class of that day.
    pub children: Vec<ChildName>,
}
