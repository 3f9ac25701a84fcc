//! Pull: what a device has not seen of the feeds it may hold, in bounded pages, from one snapshot.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use uuid::Uuid;
use xinmei_model::{
    Feed, Id, Kind, Notice, Person, Recall, Rev, feeds_of, limits,
    wire::{Ended, Page, Pull, RowUpdate, ended_message},
};

use crate::{
    Fail, Result,
    device::Caller,
    ledger::{parse_feeds, read_row, rev_of, settle},
    push::verdicts_from,
    school::Identity,
    store::{Arg, Session},
};

/// The feeds a person may hold at this moment. Nobody else asks or decides this.
///
/// # Errors
/// If the store fails.
pub fn entitled(
    session: &mut dyn Session,
    identity: &Identity,
    now: Timestamp,
    person: Id<Person>,
) -> Result<BTreeSet<Feed>> {
    settle(session, identity.school, now, |facts| feeds_of(facts, person))?
        .map_err(|refusal| Fail::broken(format!("feeds: {refusal}")))
}

/// One page.
///
/// # Errors
/// If the store fails.
pub fn pull(
    session: &mut dyn Session,
    identity: &Identity,
    now: Timestamp,
    caller: Caller,
    ask: &Pull,
    may: &BTreeSet<Feed>,
) -> Result<Page> {
    let head = rev_of(session)?;
    // A cursor from the future belongs to another incarnation: begin again.
    let begin = ask.cursor > head;
    let held: Vec<Feed> = ask.feeds.iter().copied().filter(|feed| !begin && may.contains(feed)).collect();
    let asked: BTreeSet<Feed> = ask.feeds.iter().chain(ask.arriving.keys()).copied().collect();
    let ended: Vec<Feed> = asked.difference(may).copied().collect();

    let mut book = Updates::new(may);
    let mut budget = limits::ROWS_PER_PAGE;
    // With nothing held there is nothing to be behind on.
    let mut cursor = if held.is_empty() { head } else { ask.cursor };
    let mut more = false;
    if !held.is_empty() {
        let (rows, through) = changed(session, &held, ask.cursor, head, budget)?;
        more |= through < head;
        cursor = through;
        budget = budget.saturating_sub(u32::try_from(rows.len()).unwrap_or(budget));
        rows.iter().for_each(|row| book.note(row));
    }

    let joined = match read_row(session, caller.person.uuid())? {
        Some(xinmei_model::Row::Person(person)) => person.joined,
        _ => None,
    };
    let (mut arrived, mut arriving) = (Vec::new(), BTreeMap::new());
    for feed in may.iter().filter(|feed| !held.contains(feed)) {
        let from = if begin { 0 } else { ask.arriving.get(feed).copied().unwrap_or_default() };
        if budget == 0 {
            arriving.insert(*feed, from);
            more = true;
            continue;
        }
        let (rows, through) = changed(session, &[*feed], from, head, budget)?;
        budget = budget.saturating_sub(u32::try_from(rows.len()).unwrap_or(budget));
        rows.iter().for_each(|row| book.note(row));
        if through < head {
            arriving.insert(*feed, through);
            more = true;
        } else {
            arrived.push(*feed);
        }
    }
    let rows = book.finish(session, &arrived, &arriving, joined, now)?;
    let device = session
        .one("SELECT last_number FROM device WHERE id = $1", &[Arg::Bytes(caller.device.as_bytes())])?
        .ok_or_else(|| identity.removed(caller.device))?;
    Ok(Page {
        epoch: identity.epoch,
        now,
        cursor,
        rows,
        arrived,
        arriving,
        ended: (!ended.is_empty()).then(|| {
            let signature = identity.sign(&ended_message(caller.device, &ended));
            Ended { feeds: ended, signature: BASE64URL_NOPAD.encode(&signature) }
        }),
        last_number: u64::try_from(device.int(0)).unwrap_or_default(),
        verdicts: verdicts_from(session, caller.device, ask.outbox_from)?,
        more,
    })
}

/// A row that changed in a feed.
struct Changed {
    feed: Feed,
    row: Uuid,
    rev: Rev,
    present: bool,
}

/// What changed in feeds after `from`, by rev, and up to which rev that is everything. Each change has its own rev,
/// so a page can be cut anywhere.
fn changed(
    session: &mut dyn Session,
    feeds: &[Feed],
    from: Rev,
    head: Rev,
    limit: u32,
) -> Result<(Vec<Changed>, Rev)> {
    let mut found = Vec::new();
    let mut through = head;
    for feed in feeds {
        let rows = session.rows(
            "SELECT row, rev, present FROM feed_row WHERE feed = $1 AND rev > $2 ORDER BY rev LIMIT $3",
            &[
                Arg::Text(&feed.to_string()),
                Arg::Int(i64::try_from(from).unwrap_or(i64::MAX)),
                Arg::Int(i64::from(limit)),
            ],
        )?;
        let full = rows.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
        found.extend(rows.iter().map(|row| Changed {
            feed: *feed,
            row: row.uuid(0),
            rev: u64::try_from(row.int(1)).unwrap_or_default(),
            present: row.int(2) != 0,
        }));
        if let (true, Some(last)) = (full, found.last()) {
            through = through.min(last.rev);
        }
    }
    found.sort_by_key(|change| (change.rev, change.feed));
    // Several feeds together may hold more than a page; the same change in two of them is one row.
    let mut revs = 0;
    let mut last = 0;
    for change in &found {
        if change.rev != last {
            revs += 1;
            if revs > limit {
                through = through.min(last);
                break;
            }
            last = change.rev;
        }
    }
    found.retain(|change| change.rev <= through);
    Ok((found, through))
}

/// Changes grouped by row.
struct Updates<'m> {
    may: &'m BTreeSet<Feed>,
    left: HashMap<Uuid, (Rev, Vec<Feed>)>,
}

impl<'m> Updates<'m> {
    fn new(may: &'m BTreeSet<Feed>) -> Self {
        Self { may, left: HashMap::new() }
    }

    fn note(&mut self, change: &Changed) {
        let (rev, left) = self.left.entry(change.row).or_default();
        *rev = change.rev.max(*rev);
        if !change.present {
            left.push(change.feed);
        }
    }

    fn finish(
        self,
        session: &mut dyn Session,
        arrived: &[Feed],
        arriving: &BTreeMap<Feed, Rev>,
        joined: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<Vec<RowUpdate>> {
        let mut rows = Vec::with_capacity(self.left.len());
        for (id, (rev, left)) in self.left {
            let cells = session
                .one("SELECT kind, feeds, body FROM row WHERE id = $1", &[Arg::Bytes(id.as_bytes())])?;
            let Some(cells) = cells else {
                // Removed altogether; the kind no longer matters.
                rows.push(RowUpdate { kind: String::new(), id, rev, feeds: Vec::new(), left, body: None });
                continue;
            };
            let feeds: Vec<Feed> =
                parse_feeds(cells.text(1)).into_iter().filter(|feed| self.may.contains(feed)).collect();
            let new = feeds.iter().all(|feed| arrived.contains(feed) || arriving.contains_key(feed));
            if new && is_past(cells.text(0), cells.text(2), joined, now) {
                continue;
            }
            let body = if feeds.is_empty() { None } else { Some(json(cells.text(0), cells.text(2))?) };
            rows.push(RowUpdate { kind: cells.text(0).into(), id, rev, feeds, left, body });
        }
        rows.sort_unstable_by_key(|row| row.rev);
        Ok(rows)
    }
}

/// Whether a notice that arrives with a newly gained feed, or the trace of one, is past for this person.
fn is_past(kind: &str, body: &str, joined: Option<Timestamp>, now: Timestamp) -> bool {
    match Kind::named(kind) {
        Some(Kind::Notice) => {
            serde_json::from_str::<Notice>(body).is_ok_and(|notice| !notice.concerns(joined, now))
        }
        Some(Kind::Recall) => {
            serde_json::from_str::<Recall>(body).is_ok_and(|recall| !recall.concerns(joined))
        }
        _ => false,
    }
}

fn json(kind: &str, body: &str) -> Result<serde_json::Value> {
    serde_json::from_str(body).map_err(|error| Fail::Row { kind: kind.into(), error })
}
