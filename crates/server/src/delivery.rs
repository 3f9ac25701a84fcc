//! On which devices a notice has arrived. A device that asks for what comes after a rev has everything before it: one line
//! for each device that passed a notice tells it of every notice it passed.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;
use uuid::Uuid;
use xinmei_model::{
    Child, Facts, Feed, Id, Kind, List, Notice, Person, Place, Rev, Stop, limits,
    wire::{Delivered, Delivery, Pull},
};

use crate::{
    Fail, Result,
    device::Caller,
    ledger::{Ledger, Pokes, settle},
    pull,
    school::Identity,
    store::{Arg, Session},
};

/// Lines kept for one device: some months of notices. What is older is known to have arrived, not when.
const LINES: i64 = 64;

/// What the server remembers to write no line in vain.
#[derive(Default)]
pub struct Passed(Mutex<Marks>);

#[derive(Default)]
struct Marks {
    /// Where notices went out or changed.
    notices: BTreeSet<Rev>,
    /// How far each device was when its last line was written.
    devices: HashMap<Uuid, Rev>,
}

impl Passed {
    /// As the store has it.
    ///
    /// # Errors
    /// If the store fails.
    pub fn load(session: &mut dyn Session) -> Result<Self> {
        let notices = session.rows(
            "SELECT since FROM feed_row WHERE feed >= 'audience/' AND feed < 'audience0' AND present = 1",
            &[],
        )?;
        let devices = session.rows("SELECT device, max(rev) FROM held GROUP BY device", &[])?;
        Ok(Self(Mutex::new(Marks {
            notices: notices.iter().map(|row| rev(row.int(0))).collect(),
            devices: devices.iter().map(|row| (row.uuid(0), rev(row.int(1)))).collect(),
        })))
    }

    /// Something was told to feeds.
    pub fn told(&self, pokes: &Pokes) {
        let audiences = pokes.iter().filter(|(feed, _)| matches!(feed, Feed::Audience(_)));
        let mut audiences = audiences.peekable();
        if audiences.peek().is_some() {
            let mut marks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            marks.notices.extend(audiences.map(|(_, rev)| *rev));
        }
    }

    /// Whether a device that holds everything up to `cursor` passed a notice since its last line.
    fn passes(&self, device: Uuid, cursor: Rev) -> bool {
        let mut marks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = marks.devices.get(&device).copied().unwrap_or_default();
        let passes = last < cursor && marks.notices.range(last.saturating_add(1)..=cursor).next().is_some();
        if passes {
            marks.devices.insert(device, cursor);
        }
        passes
    }
}

/// Up to which rev a device said that it has everything; `None` where feeds are still arriving.
#[must_use]
pub fn confirmed(ask: &Pull, may: &BTreeSet<Feed>, page_cursor: Rev) -> Option<Rev> {
    let held: BTreeSet<_> = ask.feeds.iter().collect();
    // A cursor from the future belongs to another incarnation of the school.
    (ask.cursor <= page_cursor && may.iter().all(|feed| held.contains(feed))).then_some(ask.cursor)
}

/// Writes a line where a device passed a notice. What a crash loses the device says again the next time it asks.
pub fn note(ledger: &Ledger, passed: &Passed, device: Uuid, cursor: Rev) {
    if !passed.passes(device, cursor) {
        return;
    }
    let ledger = ledger.clone();
    tokio::spawn(async move {
        let written = ledger.write(move |tx| write(tx.now(), tx.session(), device, cursor)).await;
        if let Err(error) = written {
            tracing::warn!(%error, "what a device holds was not noted");
        }
    });
}

fn write(now: Timestamp, session: &mut dyn Session, device: Uuid, cursor: Rev) -> Result<()> {
    let of = Arg::Bytes(device.as_bytes());
    session.execute(
        "INSERT INTO held (device, rev, at) VALUES ($1, $2, $3) ON CONFLICT (device, rev) DO NOTHING",
        &[of, Arg::Int(signed(cursor)), Arg::Int(now.as_millisecond())],
    )?;
    session.execute(
        "DELETE FROM held WHERE device = $1 AND rev <=
           (SELECT rev FROM held WHERE device = $1 ORDER BY rev DESC LIMIT 1 OFFSET $2)",
        &[of, Arg::Int(LINES)],
    )?;
    Ok(())
}

/// How a notice has reached whom it was sent to; for its author, and for the staff of a class who read along the part that
/// lies in it.
///
/// # Errors
/// Not found for everybody else; if the store fails.
pub fn of(
    session: &mut dyn Session,
    identity: &Identity,
    now: Timestamp,
    caller: Caller,
    id: Id<Notice>,
) -> Result<Delivery> {
    let may = pull::entitled(session, identity, now, caller.person)?;
    if !may.contains(&Feed::Author(caller.person)) {
        return Err(Fail::not_found());
    }
    let found = settle(session, identity.school, now, |facts| addressed(facts, caller.person, &may, id))?;
    let (notice, guardians) = found.map_err(|_| Fail::not_found())?;
    let since = session.one(
        "SELECT since FROM feed_row WHERE feed = $1 AND row = $2 AND present = 1",
        &[Arg::Text(&Feed::Audience(id).to_string()), Arg::Bytes(id.uuid().as_bytes())],
    )?;
    // Held back, recalled or replaced: no family has it.
    let Some(since) = since.map(|row| row.int(0)) else { return Ok(Delivery { now, guardians: Vec::new() }) };
    let guardians = guardians
        .into_iter()
        .map(|(person, joined)| {
            Ok(Delivered { person, device: on_device(session, person, since, &notice, joined)? })
        })
        .collect::<Result<_>>()?;
    Ok(Delivery { now, guardians })
}

/// Who receives a notice, and when they joined.
type Reader = (Id<Person>, Option<Timestamp>);

/// The notice, and who receives it with when they joined.
fn addressed(
    facts: &Facts,
    caller: Id<Person>,
    may: &BTreeSet<Feed>,
    id: Id<Notice>,
) -> Result<(Notice, Vec<Reader>), Stop> {
    let notice = facts.get(id)?;
    let parts = if notice.author == caller { vec![notice.clone()] } else { parts_read(facts, may, notice)? };
    if parts.is_empty() {
        return Err(facts.missing(Kind::Notice));
    }
    let recipients = Facts::each(&parts, |part| Ok(xinmei_model::addressed(facts, part)?.1))?;
    let guardians: BTreeSet<_> = recipients
        .iter()
        .flat_map(|recipients| &recipients.families)
        .flat_map(|family| family.guardians.iter().map(|(person, _)| *person))
        .collect();
    let guardians = Facts::each(guardians, |person| Ok((person, facts.get(person)?.joined)))?;
    Ok((notice.clone(), guardians))
}

/// What somebody who holds these feeds reads along of a colleague's notice: a part for each class.
fn parts_read(facts: &Facts, may: &BTreeSet<Feed>, notice: &Notice) -> Result<Vec<Notice>, Stop> {
    let classes =
        may.iter().filter_map(|feed| if let Feed::Answers(class) = feed { Some(*class) } else { None });
    let classes = Facts::each(classes, |class| facts.get(class))?;
    let read = |place: &&&Place| notice.is_sent() && notice.is_read_by_class(&place.path);
    Facts::each(classes.iter().filter(read), |place| {
        let children = facts.list::<Child>(List::ChildrenIn(place.id), limits::ROWS_PER_LIST)?;
        Ok(notice.within(place.id, &children.iter().map(|child| child.id).collect()))
    })
}

/// How it stands with the devices of one person.
fn on_device(
    session: &mut dyn Session,
    person: Id<Person>,
    since: i64,
    notice: &Notice,
    joined: Option<Timestamp>,
) -> Result<xinmei_model::wire::OnDevice> {
    use xinmei_model::wire::OnDevice;
    let devices = session.rows(
        "SELECT id FROM device WHERE person = $1 AND removed IS NULL",
        &[Arg::Bytes(person.uuid().as_bytes())],
    )?;
    let mut found = OnDevice::NotYet;
    for device in &devices {
        let lines = session.one(
            "SELECT min(CASE WHEN rev >= $1 THEN rev END), min(rev), count(*),
                    min(CASE WHEN rev >= $1 THEN at END) FROM held WHERE device = $2",
            &[Arg::Int(since), Arg::Bytes(device.uuid(0).as_bytes())],
        )?;
        let Some(lines) = lines.filter(|lines| !lines.is_null(0)) else { continue };
        let at = Timestamp::from_millisecond(lines.int(3)).unwrap_or(Timestamp::MAX);
        // Of the time before somebody joined a device is sent only what is still open.
        if !notice.concerns(joined, at) {
            continue;
        }
        // Where older lines have given way, the first one that is left says nothing of when.
        let exact = lines.int(0) > lines.int(1) || lines.int(2) < LINES;
        let at = exact.then_some(at);
        found = match found {
            OnDevice::Held { since: Some(before) } => OnDevice::Held { since: at.map(|at| at.min(before)) },
            OnDevice::Held { since: None } => found,
            _ => OnDevice::Held { since: at },
        };
    }
    Ok(if devices.is_empty() { OnDevice::None } else { found })
}

fn rev(number: i64) -> Rev {
    Rev::try_from(number).unwrap_or_default()
}

fn signed(rev: Rev) -> i64 {
    i64::try_from(rev).unwrap_or(i64::MAX)
}
