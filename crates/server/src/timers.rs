//! Time is an actor: due timers become decisions, in due order, in the same queue as everybody's wishes.

use std::time::Duration;

use xinmei_model::{Due, DueKind, Id};

use crate::{
    Fail, Result,
    ledger::{Ledger, Tx},
    store::{Arg, Cells},
};

/// How often the clock is compared with the next timer. A rule judges by `now`, so being late changes nothing.
const LOOK: Duration = Duration::from_millis(100);
/// Timers fired in one write.
const AT_ONCE: i64 = 50;
/// `due.done` of a timer that was fired.
const DONE: i64 = 1;
/// `due.done` of one that could not be, and waits for somebody to look.
const FAILED: i64 = 2;

/// Fires timers until the server stops.
pub async fn run(ledger: Ledger) {
    loop {
        tokio::time::sleep(LOOK).await;
        if ledger.next_due().is_some_and(|due| due <= ledger.now()) {
            match ledger.write(fire).await {
                Ok(_) => {}
                Err(Fail::Stopping) => return,
                Err(error) => {
                    tracing::error!(%error, "a timer could not be fired");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    }
}

/// Fires what is due now, in due order; how many. Any node may, any number of times. A timer that cannot be fired is
/// logged and set aside, so that it does not stop the others.
///
/// # Errors
/// If the store fails.
pub fn fire(tx: &mut Tx<'_>) -> Result<usize> {
    let now_ns = i64::try_from(tx.now().as_nanosecond()).unwrap_or(i64::MAX);
    let rows = tx.session().rows(
        "SELECT id, kind, subject, at_ns, generation FROM due WHERE done = 0 AND at_ns <= $1
         ORDER BY at_ns, id LIMIT $2",
        &[Arg::Int(now_ns), Arg::Int(AT_ONCE)],
    )?;
    for row in &rows {
        let id = row.uuid(0);
        let done = match tx.savepoint(|tx| one(tx, &read(row)?))? {
            Ok(()) => DONE,
            // A full disk is not the timer's fault: it is tried again.
            Err(error @ Fail::Store(_)) => return Err(error),
            Err(error) => {
                tracing::error!(%error, %id, kind = row.text(1), "a timer could not be fired; it is set aside");
                FAILED
            }
        };
        tx.session()
            .execute("UPDATE due SET done = $1 WHERE id = $2", &[Arg::Int(done), Arg::Bytes(row.bytes(0))])?;
    }
    Ok(rows.len())
}

fn read(row: &Cells) -> Result<Due> {
    let kind = DueKind::named(row.text(1)).ok_or_else(|| Fail::broken("a timer of an unknown kind"))?;
    let at = jiff::Timestamp::from_nanosecond(i128::from(row.int(3))).map_err(Fail::broken)?;
    let generation = u32::try_from(row.int(4)).map_err(Fail::broken)?;
    Ok(Due { id: Id::new(row.uuid(0)), kind, subject: row.uuid(2), at, generation })
}

fn one(tx: &mut Tx<'_>, due: &Due) -> Result<()> {
    match tx.settle(|facts| due.decide(facts))? {
        Ok(changes) => {
            tx.apply(changes)?;
        }
        // The subject is gone (an undone import): the timer has nothing left to do.
        Err(refusal) => tracing::info!(%refusal, "a timer was refused"),
    }
    Ok(())
}
