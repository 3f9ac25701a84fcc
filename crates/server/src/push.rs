//! Push: a device's mutations, in order. Each is taken with its effects, its verdict and the device's last number
//! in one transaction; refused counts as processed, and a repeated one gets its first verdict.

use uuid::Uuid;
use xinmei_model::{
    Act, Actor, Id, Mutation, MutationId, Refusal, Verdict, decide, feeds_of, limits,
    wire::{Push, Pushed, Settled, read_mutation},
};

use crate::{
    Fail, Result,
    device::{Caller, check_protocol},
    ledger::{Ledger, Tx},
    store::{Arg, Session},
};

/// Takes a push.
///
/// # Errors
/// If the numbers leave a gap, belong to another device's history, or the store fails; then nothing was taken.
pub async fn push(ledger: &Ledger, caller: Caller, push: Push) -> Result<Pushed> {
    check_protocol(push.protocol)?;
    if push.mutations.len() > limits::MUTATIONS_PER_PUSH {
        let detail = format!("A push carries at most {} mutations.", limits::MUTATIONS_PER_PUSH);
        return Err(Fail::caller(413, "push-too-long", detail));
    }
    ledger.write(move |tx| take(tx, caller, &push)).await
}

/// Takes a push inside a write. The simulation calls this without sockets.
///
/// # Errors
/// As [`push`].
pub fn take(tx: &mut Tx<'_>, caller: Caller, push: &Push) -> Result<Pushed> {
    let mut last = last_number(tx, caller.device)?;
    if push.first > last + 1 {
        let detail = format!("The next number of this device is {}, not {}.", last + 1, push.first);
        return Err(Fail::caller(409, "number-gap", detail));
    }
    let mut verdicts = Vec::with_capacity(push.mutations.len());
    for (number, value) in (push.first..).zip(&push.mutations) {
        let settled = if number <= last {
            repeated(tx, caller.device, number, value)?
        } else {
            last = number;
            one(tx, caller, number, value)?
        };
        verdicts.push(settled);
    }
    Ok(Pushed { epoch: tx.identity().epoch, rev: tx.rev(), last_number: last, verdicts })
}

fn last_number(tx: &mut Tx<'_>, device: Uuid) -> Result<u64> {
    let row = tx
        .session()
        .one(
            "SELECT last_number FROM device WHERE id = $1 AND removed IS NULL",
            &[Arg::Bytes(device.as_bytes())],
        )?
        .map(|row| row.int(0));
    let last = row.ok_or_else(|| tx.identity().removed(device))?;
    Ok(u64::try_from(last).unwrap_or_default())
}

/// A number that was processed before: its first verdict. Under another mutation's id it marks a cloned device.
fn repeated(tx: &mut Tx<'_>, device: Uuid, number: u64, value: &serde_json::Value) -> Result<Settled> {
    let row = tx.session().one(
        "SELECT coalesce(again, id), verdict FROM mutation WHERE device = $1 AND number = $2",
        &[Arg::Bytes(device.as_bytes()), Arg::Int(signed(number))],
    )?;
    let settled = row.map(|row| settled(row.uuid(0), number, row.text(1))).transpose()?;
    let claimed = claimed_id(value).map(Id::uuid);
    match settled {
        Some(settled) if claimed.is_none_or(|claimed| claimed == settled.id.uuid()) => Ok(settled),
        // Numbers of one device were used twice: two copies of one profile are talking.
        _ => Err(Fail::caller(
            409,
            "number-reused",
            "This computer was copied; join it again with a new strip.",
        )),
    }
}

/// The id a mutation gives itself, readable or not.
fn claimed_id(value: &serde_json::Value) -> Option<MutationId> {
    value.get("id")?.as_str()?.parse().ok()
}

fn one(tx: &mut Tx<'_>, caller: Caller, number: u64, value: &serde_json::Value) -> Result<Settled> {
    let id = claimed_id(value);
    // Looked up before it is read: an older server may have read what this one cannot, or the other way round.
    if let Some((id, verdict)) = id.map(|id| first_verdict(tx, caller, id)).transpose()?.flatten() {
        // The same wish under a new number (a restored device): it is not done twice.
        let name = xinmei_model::derived(&format!("again/{number}"), caller.device, id.uuid());
        record(tx, caller, Entry { number, id: name, again: Some(id), act: "again" }, &verdict)?;
        return Ok(Settled { id, number, verdict });
    }
    let (id, act, verdict) = match read_mutation(value) {
        Some(mutation) => (mutation.id, act_name(&mutation.act), judge(tx, caller, &mutation)?),
        None => {
            let named =
                || xinmei_model::derived(&format!("unreadable/{number}"), caller.device, caller.device);
            let verdict = Verdict::Refused { refusal: Refusal::Unreadable };
            (id.unwrap_or_else(named), "unreadable".into(), verdict)
        }
    };
    record(tx, caller, Entry { number, id, again: None, act: &act }, &verdict)?;
    Ok(Settled { id, number, verdict })
}

/// What was said of an id before. Somebody else's is not told: to this person the id cannot be used.
fn first_verdict(tx: &mut Tx<'_>, caller: Caller, id: MutationId) -> Result<Option<(MutationId, Verdict)>> {
    let row = tx.session().one(
        "SELECT mutation.verdict, device.person FROM mutation JOIN device ON device.id = mutation.device
         WHERE mutation.id = $1",
        &[Arg::Bytes(id.uuid().as_bytes())],
    )?;
    let Some(row) = row else { return Ok(None) };
    if row.uuid(1) != caller.person.uuid() {
        return Ok(Some((id, Verdict::Refused { refusal: Refusal::Malformed { field: "id".into() } })));
    }
    Ok(Some((id, settled(id.uuid(), 0, row.text(0))?.verdict)))
}

fn judge(tx: &mut Tx<'_>, caller: Caller, mutation: &Mutation) -> Result<Verdict> {
    if mutation.after.len() > limits::AFTER {
        let limit = u32::try_from(limits::AFTER).unwrap_or(u32::MAX);
        return Ok(Verdict::Refused { refusal: Refusal::TooMany { field: "after".into(), limit } });
    }
    for before in &mutation.after {
        let row = tx.session().one(
            "SELECT verdict FROM mutation WHERE id = $1 AND device = $2",
            &[Arg::Bytes(before.uuid().as_bytes()), Arg::Bytes(caller.device.as_bytes())],
        )?;
        let verdict = row.map(|row| settled(before.uuid(), 0, row.text(0))).transpose()?;
        if !verdict.is_some_and(|settled| matches!(settled.verdict, Verdict::Accepted { .. })) {
            return Ok(Verdict::Refused { refusal: Refusal::DependsOn { mutation: before.uuid() } });
        }
    }
    let actor = Actor::Person { person: caller.person, hat: mutation.hat };
    match tx.settle(|facts| decide(facts, &actor, &mutation.act))? {
        Ok(changes) => Ok(Verdict::Accepted { rev: tx.apply(changes)? }),
        Err(refusal) => {
            let refusal = as_seen(tx, caller, &actor, &mutation.act)?.unwrap_or(refusal);
            Ok(Verdict::Refused { refusal })
        }
    }
}

/// Why an act is refused by what the caller may see: what is somebody else's is refused as what is not there, whatever
/// the rules look at first. `None` where the act names nothing hidden.
fn as_seen(tx: &mut Tx<'_>, caller: Caller, actor: &Actor, act: &Act) -> Result<Option<Refusal>> {
    let may = tx.settle(|facts| feeds_of(facts, caller.person))?.unwrap_or_default();
    let mut hidden = Vec::new();
    for id in act.names() {
        let standing = tx.row(id)?;
        if standing.is_some_and(|(_, _, feeds)| feeds.iter().all(|feed| !may.contains(feed))) {
            hidden.push(id);
        }
    }
    if hidden.is_empty() {
        return Ok(None);
    }
    Ok(tx.settle(|facts| decide(&facts.without(&hidden), actor, act))?.err())
}

/// A processed number.
#[derive(Clone, Copy)]
struct Entry<'a> {
    number: u64,
    id: MutationId,
    /// The mutation it repeats.
    again: Option<MutationId>,
    act: &'a str,
}

fn record(tx: &mut Tx<'_>, caller: Caller, entry: Entry<'_>, verdict: &Verdict) -> Result<()> {
    let text = serde_json::to_string(verdict).map_err(Fail::broken)?;
    let at = tx.now().as_millisecond();
    let again = entry.again.map(Id::uuid);
    let session = tx.session();
    session.execute(
        "INSERT INTO mutation (id, device, number, act, at, verdict, again)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[
            Arg::Bytes(entry.id.uuid().as_bytes()),
            Arg::Bytes(caller.device.as_bytes()),
            Arg::Int(signed(entry.number)),
            Arg::Text(entry.act),
            Arg::Int(at),
            Arg::Text(&text),
            again.as_ref().map_or(Arg::Null, |id| Arg::Bytes(id.as_bytes())),
        ],
    )?;
    session.execute(
        "UPDATE device SET last_number = $1 WHERE id = $2",
        &[Arg::Int(signed(entry.number)), Arg::Bytes(caller.device.as_bytes())],
    )?;
    Ok(())
}

/// The fate of one's own mutation.
///
/// # Errors
/// Not found where it was never processed, or is somebody else's.
pub fn fate(session: &mut dyn Session, caller: Caller, id: MutationId) -> Result<Settled> {
    let row = session
        .one(
            "SELECT mutation.number, mutation.verdict FROM mutation JOIN device ON device.id = mutation.device
             WHERE mutation.id = $1 AND device.person = $2",
            &[Arg::Bytes(id.uuid().as_bytes()), Arg::Bytes(caller.person.uuid().as_bytes())],
        )?
        .ok_or_else(Fail::not_found)?;
    settled(id.uuid(), u64::try_from(row.int(0)).unwrap_or_default(), row.text(1))
}

/// Verdicts of a device from a number on.
///
/// # Errors
/// If the store fails.
pub fn verdicts_from(session: &mut dyn Session, device: Uuid, number: u64) -> Result<Vec<Settled>> {
    let rows = session.rows(
        "SELECT coalesce(again, id), number, verdict FROM mutation WHERE device = $1 AND number >= $2
         ORDER BY number LIMIT $3",
        &[
            Arg::Bytes(device.as_bytes()),
            Arg::Int(signed(number)),
            Arg::Int(i64::try_from(limits::OUTBOX_OF_GATE).unwrap_or(i64::MAX)),
        ],
    )?;
    rows.iter()
        .map(|row| settled(row.uuid(0), u64::try_from(row.int(1)).unwrap_or_default(), row.text(2)))
        .collect()
}

fn settled(id: Uuid, number: u64, verdict: &str) -> Result<Settled> {
    let verdict =
        serde_json::from_str(verdict).map_err(|error| Fail::Row { kind: "verdict".into(), error })?;
    Ok(Settled { id: Id::new(id), number, verdict })
}

fn act_name(act: &Act) -> String {
    let value = serde_json::to_value(act).unwrap_or_default();
    value.get("do").and_then(|name| name.as_str()).unwrap_or_default().to_owned()
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
