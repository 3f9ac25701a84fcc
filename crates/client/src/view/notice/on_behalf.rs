//! 代办 by whoever acts for the families of a class without reading what they answer: the office takes the call. It knows what is
//! asked of a child, enters what the family says, and reads nothing of what was answered.

use xinmei_model::{Child, Hat, Id, Kind, Link, List, Notice, NoticeState, Power};

use crate::{
    api::{
        Fault,
        notice::{AskedOf, SheetCell},
    },
    fault::invalid,
    view::reading::Reading,
};

/// Notices it looks through: those of all classes, of as many days.
const NOTICES: u32 = 5_000;
/// What is asked of a child leaves the list so many days after it was due, or sent.
const DAYS_BACK: i64 = 30;

/// What is asked of the family of a child, the newest first.
pub(super) fn asked(reading: &Reading<'_>, child: Id<Child>) -> Result<AskedOf, Fault> {
    let child = of(reading, child)?.ok_or_else(|| invalid("child"))?;
    let mut notices = Vec::new();
    let all: Vec<Notice> = reading.snapshot.list_desc(List::All(Kind::Notice), NOTICES)?;
    for notice in all {
        let NoticeState::Sent { at } = notice.state else { continue };
        let since = notice.due.as_ref().map_or(at, jiff::Zoned::timestamp);
        if reading.is_recent(since, DAYS_BACK) && notice.asks_for(&child) {
            notices.push(reading.line_of_staff(&notice, None)?);
        }
    }
    Ok(AskedOf { child: reading.child_name(&child)?, notices })
}

/// The cell of one child, for whoever may enter an answer for it and reads none; `None` where it is not asked of the child, or
/// not for this hat to enter.
pub(super) fn cell(
    reading: &Reading<'_>,
    notice: &Notice,
    child: Id<Child>,
) -> Result<Option<SheetCell>, Fault> {
    let Some(child) = of(reading, child)?.filter(|child| notice.asks_for(child)) else { return Ok(None) };
    let links: Vec<Link> = reading.snapshot.list(List::LinksOf(child.id))?;
    let guardians = links.iter().map(|link| reading.guardian_name(link));
    Ok(Some(SheetCell {
        child: reading.child_name(&child)?,
        number: child.number.clone(),
        answers: Vec::new(),
        done: false,
        may_answer: false,
        pending: reading.wishes.answer(notice.id, child.id),
        guardians: guardians.filter(|guardian| guardian.decides).collect(),
        may_enter: true,
        seen: false,
        unreached: None,
    }))
}

/// The child, where this hat acts for its family.
fn of(reading: &Reading<'_>, child: Id<Child>) -> Result<Option<Child>, Fault> {
    let child: Option<Child> = reading.snapshot.get(child)?;
    let acts =
        |child: &Child| reading.hat != Hat::Guardian && reading.may(Power::ActForFamilies, &child.path);
    Ok(child.filter(acts))
}
