//! Hours in the demo school: who of past shifts came, what another coordinator approved, what waits, and a certificate.

use jiff::{SignedDuration, Timestamp};
use xinmei_model::{
    Act, Actor, DutySaid, DutyWish, HoursAct, HoursDraft, HoursEntry, HoursState, Id, Kind, List, Place,
    ProofWish, RoleKind, Row, Shift, Take, TakeState, Year, limits, put_year,
};

use super::{
    cast::{self, Cast, guardian},
    stage::{Stage, act, composed, must},
};
use crate::{
    Fail, Result,
    ledger::{Ledger, Tx},
};

/// Who of a shift that is over came: all but one of each full one, who had excused themself; the last one is still open.
pub(super) fn came(
    stage: &mut Stage,
    cast: &Cast,
    (marker, desk): (Actor, Actor),
    shift: Id<Shift>,
    times: (Timestamp, Timestamp),
) -> Result<()> {
    let (starts, ends) = times;
    let after = |minutes| ends.saturating_add(SignedDuration::from_mins(minutes)).map_err(Fail::broken);
    if after(30)? >= stage.days.now() {
        return Ok(());
    }
    stage.at(after(5)?, move |tx| {
        let mut people = takes(tx, shift)?;
        // Nobody marks themselves.
        people.retain(|take| cast::person(marker) != Some(take.person));
        let excused = people.len() > 3;
        let wishes: Vec<_> = people
            .iter()
            .enumerate()
            .map(|(n, take)| DutyWish { person: take.person, said: said(n, excused, starts, ends), seen: 0 })
            .collect();
        if wishes.is_empty() {
            return Ok(());
        }
        must(tx, marker, &Act::Hours(HoursAct::MarkDuty { shift, people: wishes }))
    });
    // What was marked the day before yesterday or earlier was looked at since, by somebody else.
    let other = if marker == desk { another(cast, marker) } else { Ok(desk) };
    let Ok(other) = other else { return Ok(()) };
    if after(26 * 60)? < stage.days.now() {
        stage.at(after(24 * 60)?, move |tx| {
            for take in takes(tx, shift)? {
                approve(tx, other, HoursEntry::of_shift(shift, take.person))?;
            }
            Ok(())
        });
    }
    Ok(())
}

fn said(n: usize, excused: bool, starts: Timestamp, ends: Timestamp) -> DutySaid {
    if n == 0 && excused {
        return DutySaid::Missed { excuse: "孩子发烧，来电请假".into() };
    }
    let early = SignedDuration::from_mins(i64::try_from(n % 3).unwrap_or_default() * 4);
    DutySaid::Came { from: starts.saturating_sub(early).unwrap_or(starts), until: Some(ends) }
}

/// People of a shift by name: nothing follows from ids.
pub(super) fn takes(tx: &mut Tx<'_>, shift: Id<Shift>) -> Result<Vec<Take>> {
    let rows = tx.list(List::TakesOf(shift), limits::ROWS_PER_LIST)?;
    let mut takes: Vec<_> = rows
        .iter()
        .filter_map(|row| if let Row::Take(take) = &**row { Some(take.clone()) } else { None })
        .filter(|take| take.state == TakeState::Taken)
        .collect();
    takes.sort_by(|one, other| (&one.person_name, one.at).cmp(&(&other.person_name, other.at)));
    Ok(takes)
}

/// Another coordinator, by name.
fn another(cast: &Cast, not: Actor) -> Result<Actor> {
    cast.other(RoleKind::Coordinator, not)
}

fn approve(tx: &mut Tx<'_>, by: Actor, entry: Id<HoursEntry>) -> Result<()> {
    let minutes = match tx.row(entry.uuid())? {
        Some((row, ..)) => match &*row {
            Row::HoursEntry(entry) if entry.state == HoursState::Waiting => entry.minutes,
            _ => return Ok(()),
        },
        None => return Ok(()),
    };
    // A coordinator of another campus may not.
    act(tx, by, &Act::Hours(HoursAct::ApproveHours { entry, minutes })).map(|_| ())
}

/// A parent asks for hours that no shift tells of: some were approved, some wait; and has a certificate of them.
pub(super) fn asked(stage: &mut Stage, cast: &Cast) -> Result<()> {
    let family = cast.family(super::CHILD)?;
    let person =
        *family.deciding.first().ok_or_else(|| Fail::broken("nobody decides for the demo's child"))?;
    let parent = guardian(person);
    let campus = *family.path.get(1).ok_or_else(|| Fail::broken("the demo's child is on no campus"))?;
    let desk = cast.staff(RoleKind::Coordinator, Some(campus))?;
    let wishes = [
        (-6, "整理班级图书角", "“绿书签”志愿者实践活动", 90, "张老师在场，有照片", true),
        (-1, "运动会摄影", "", 150, "照片已发给班主任", false),
    ];
    for (day, title, programme, minutes, evidence, approved) in wishes {
        let at = stage.days.on(day, "18:30")?;
        let id = composed(&stage.ledger.identity, &format!("demo/hours/{title}"));
        let draft = HoursDraft {
            id,
            place: campus,
            title: title.into(),
            programme: programme.into(),
            day: at.date(),
            minutes,
            evidence: evidence.into(),
            files: Vec::new(),
            on_behalf_of: None,
        };
        let wish = Act::Hours(HoursAct::RequestHours(draft));
        stage.at(at.timestamp(), move |tx| must(tx, parent, &wish));
        if approved {
            let later =
                at.timestamp().saturating_add(SignedDuration::from_hours(15)).map_err(Fail::broken)?;
            stage.at(later, move |tx| {
                must(tx, desk, &Act::Hours(HoursAct::ApproveHours { entry: id, minutes }))
            });
            let issued =
                at.timestamp().saturating_add(SignedDuration::from_hours(40)).map_err(Fail::broken)?;
            let wish = ProofWish {
                id: composed(&stage.ledger.identity, "demo/hours/proof"),
                person,
                from: at.date().first_of_month(),
                to: at.date(),
                training: String::new(),
                awards: String::new(),
                evaluation: String::new(),
            };
            let wish = Act::Hours(HoursAct::IssueProof(wish));
            stage.at(issued, move |tx| must(tx, parent, &wish));
        }
    }
    last_term(stage, parent, desk, campus)?;
    let administrator = cast.staff(RoleKind::Administrator, None)?;
    let stars = Act::Hours(HoursAct::SetStars { hours: vec![1, 10, 50, 100] });
    stage.at(stage.begins, move |tx| must(tx, administrator, &stars));
    Ok(())
}

/// The school year before this one: hours of its last term are reported beside those of this one.
pub(super) async fn year_before(ledger: &Ledger) -> Result<()> {
    ledger
        .write(|tx| {
            let rows = tx.list(List::All(Kind::Year), limits::ROWS_PER_LIST)?;
            let years =
                rows.iter().filter_map(|row| if let Row::Year(year) = &**row { Some(year) } else { None });
            let Some(first) = years.min_by_key(|year| year.from) else { return Ok(()) };
            let (begins_in, to) = (first.begins_in - 1, first.from.yesterday().map_err(Fail::broken)?);
            let id = composed(tx.identity(), "demo/year-before");
            let year = Year::usual(id, begins_in, to).map_err(Fail::broken)?;
            tx.apply(vec![put_year(Year { to, ..year })]).map(drop)
        })
        .await
}

/// What a parent did towards the end of the term before, asked for and approved since.
fn last_term(stage: &mut Stage, parent: Actor, desk: Actor, place: Id<Place>) -> Result<()> {
    let begins = stage.begins.to_zoned(stage.days.on(0, "00:00")?.time_zone().clone());
    let this = Year::for_roster(begins.date());
    let mut ended = Vec::new();
    for begins_in in [this - 1, this] {
        let id = composed(&stage.ledger.identity, "demo/year");
        ended.extend(Year::usual(id, begins_in, begins.date()).map_err(Fail::broken)?.terms);
    }
    ended.retain(|term| term.to < begins.date());
    let Some(term) = ended.last() else { return Ok(()) };
    for (days, title, minutes) in [(40, "运动会引导", 120), (12, "期末整理图书", 60)] {
        let id = composed(&stage.ledger.identity, &format!("demo/hours/{title}"));
        let draft = HoursDraft {
            id,
            place,
            title: title.into(),
            programme: String::new(),
            day: term.to.saturating_sub(jiff::Span::new().days(days)),
            minutes,
            evidence: "当时的班主任在场".into(),
            files: Vec::new(),
            on_behalf_of: None,
        };
        let wish = Act::Hours(HoursAct::RequestHours(draft));
        let after =
            |hours| stage.begins.saturating_add(SignedDuration::from_hours(hours)).map_err(Fail::broken);
        let (asked, approved) = (after(4)?, after(28)?);
        stage.at(asked, move |tx| must(tx, parent, &wish));
        stage.at(approved, move |tx| {
            must(tx, desk, &Act::Hours(HoursAct::ApproveHours { entry: id, minutes }))
        });
    }
    Ok(())
}
