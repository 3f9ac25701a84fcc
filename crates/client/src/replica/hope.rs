//! Hopes: what a wish would change, kept beside the rows and never mixed with them.

use jiff::Timestamp;
use rusqlite::{Connection, params};
use uuid::Uuid;
use xinmei_model::{
    Act, Actor, Addressee, Change, ContestAct, Decision, Feed, Hat, Mutation, MutationId, Row, decide, limits,
};

use super::{Enrolment, Topics, meta, topics_of};
use crate::{Snapshot, api::Fault};

/// What the school would say, as far as this replica knows.
pub(crate) fn foresee(conn: &Connection, clock: Timestamp, mutation: &Mutation) -> Result<Decision, Fault> {
    let snapshot = Snapshot::new(conn, clock)?;
    let actor = Actor::Person { person: snapshot.person(), hat: mutation.hat };
    let load = |keys: &[_], facts: &mut _| snapshot.load(keys, facts);
    snapshot.facts().settle(|facts| decide(facts, &actor, &mutation.act), load)
}

/// Keeps the rows a wish would change, as far as this person would see them.
pub(crate) fn keep(
    conn: &Connection,
    number: u64,
    changes: &[Change],
    topics: &mut Topics,
) -> Result<(), Fault> {
    let mut insert = conn
        .prepare_cached("INSERT OR REPLACE INTO overlay (number, row, kind, body) VALUES (?1, ?2, ?3, ?4)")?;
    let mut list = conn.prepare_cached(
        "INSERT OR REPLACE INTO overlay_list (list, ord, number, row) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for change in changes {
        let Change::Put { row, feeds } = change else { continue };
        if !visible(conn, feeds)? {
            continue;
        }
        let id = row.id();
        insert.execute(params![number, id.as_bytes().as_slice(), row.kind().name(), row.body()?])?;
        for (name, ord) in row.lists() {
            list.execute(params![name.key(), ord, number, id.as_bytes().as_slice()])?;
        }
        topics_of(row.kind().name(), topics);
    }
    Ok(())
}

/// Takes a wish's predictions away.
pub(crate) fn drop(conn: &Connection, number: u64, topics: &mut Topics) -> Result<(), Fault> {
    let mut kinds = conn.prepare_cached("SELECT DISTINCT kind FROM overlay WHERE number = ?1")?;
    let mut rows = kinds.query([number])?;
    while let Some(row) = rows.next()? {
        topics_of(row.get_ref(0)?.as_str().unwrap_or_default(), topics);
    }
    conn.prepare_cached("DELETE FROM overlay WHERE number = ?1")?.execute([number])?;
    conn.prepare_cached("DELETE FROM overlay_list WHERE number = ?1")?.execute([number])?;
    Ok(())
}

/// Works out again, in order, what every wish without a verdict would change. `clock` is `None` at opening, when the
/// last known time will do.
pub(crate) fn foresee_all(conn: &Connection, clock: Option<Timestamp>) -> Result<Topics, Fault> {
    let mut topics = Topics::new();
    if Enrolment::load(conn)?.is_none() {
        return Ok(topics);
    }
    let clock = clock.unwrap_or(Timestamp::UNIX_EPOCH);
    let waiting = waiting(conn)?;
    for (number, _) in &waiting {
        drop(conn, *number, &mut topics)?;
    }
    for (number, mutation) in &waiting {
        if let Some(mutation) = mutation
            && let Ok(changes) = foresee(conn, clock, mutation)?
        {
            keep(conn, *number, &changes, &mut topics)?;
        }
    }
    Ok(topics)
}

/// Wishes without a verdict; `None` for one this version cannot read.
fn waiting(conn: &Connection) -> Result<Vec<(u64, Option<Mutation>)>, Fault> {
    let mut select =
        conn.prepare_cached("SELECT number, mutation FROM outbox WHERE verdict IS NULL ORDER BY number")?;
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| {
        let (number, text) = row?;
        Ok((number, serde_json::from_str(&text).ok()))
    })
    .collect()
}

/// Whether this person sees a row that stands in these feeds.
fn visible(conn: &Connection, feeds: &[Feed]) -> Result<bool, Fault> {
    let Some(me) = Enrolment::load(conn)? else { return Ok(false) };
    let mut held = conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM feed WHERE name = ?1)")?;
    for feed in feeds {
        let own = matches!(feed, Feed::Person(person) | Feed::Author(person) if *person == me.person);
        if own || held.query_row([feed.to_string()], |row| row.get::<_, bool>(0))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Wishes that must be accepted first: those that would make a row this act names and the school does not have yet, and
/// for whoever says something else of a candidate, what was said before; for whoever leaves a conversation, or takes an own inbox out of it, those that bring others in. A question that was
/// not passed on stays.
pub(crate) fn depends_on(conn: &Connection, hat: Hat, act: &Act) -> Result<Vec<MutationId>, Fault> {
    let mut named = Vec::new();
    uuids(&serde_json::to_value(act)?, &mut named);
    let mut select = conn.prepare_cached(
        "SELECT o.id FROM overlay v JOIN outbox o ON o.number = v.number
         WHERE v.row = ?1 AND NOT EXISTS (SELECT 1 FROM row WHERE id = ?1) ORDER BY v.number LIMIT 1",
    )?;
    let mut after = Vec::new();
    for id in named {
        let found = select.query_map([id.as_bytes().as_slice()], |row| row.get::<_, Vec<u8>>(0))?;
        for bytes in found {
            let id = MutationId::new(Uuid::from_slice(&bytes?).unwrap_or_default());
            if !after.contains(&id) && after.len() < limits::AFTER {
                after.push(id);
            }
        }
    }
    if let Act::TakeOut { conversation: left, who } = act
        && !matches!(who, Addressee::Role { role } if hat != (Hat::Staff { role: *role }))
    {
        for (_, mutation) in waiting(conn)? {
            let brings = mutation.filter(
                |wish| matches!(&wish.act, Act::BringIn { conversation, .. } if conversation == left),
            );
            after.extend(brings.map(|wish| wish.id).filter(|id| !after.contains(id)));
        }
        after.truncate(limits::AFTER);
    }
    // What was said of a candidate says more of what was said before: where that is refused, nothing is overwritten unseen.
    if let Act::Contest(ContestAct::EnterCandidate(new)) = act {
        let about = |wish: &Mutation| match &wish.act {
            Act::Contest(ContestAct::EnterCandidate(old)) => {
                (old.contest, old.child) == (new.contest, new.child)
            }
            _ => false,
        };
        let last = waiting(conn)?.into_iter().rev().find_map(|(_, wish)| wish.filter(about));
        let last = last.map(|wish| wish.id).filter(|id| !after.contains(id));
        after.extend(last);
        after.truncate(limits::AFTER);
    }
    Ok(after)
}

fn uuids(value: &serde_json::Value, found: &mut Vec<Uuid>) {
    match value {
        serde_json::Value::String(text) => found.extend(text.parse::<Uuid>().ok()),
        serde_json::Value::Array(items) => items.iter().for_each(|item| uuids(item, found)),
        serde_json::Value::Object(fields) => fields.values().for_each(|field| uuids(field, found)),
        _ => {}
    }
}

/// Whether the row can be read by this version.
pub(crate) fn readable(kind: &str, body: &str) -> Option<Row> {
    Row::parse(xinmei_model::Kind::named(kind)?, body).ok()
}

/// The number the next wish gets. Numbers belong to the device and have no gaps.
pub(crate) fn next_number(conn: &Connection) -> Result<u64, Fault> {
    let number = meta::number(conn, "last_number")? + 1;
    meta::put(conn, "last_number", &number.to_string())?;
    Ok(number)
}
