//! Questions about what was said that a replica cannot answer: what a family had in its hands, a reported conversation, and
//! how much there is to hand over.

use std::sync::Arc;

use axum::{Json, Router, extract::State, routing::post};
use xinmei_model::{Actor, Id, Refusal, history, open_with, read_reported as rule, wire};

use super::{App, Ask, PathId, School, settle};
use crate::{Fail, Result, device::Caller};

/// The routes of these questions.
pub(super) fn routes() -> Router<Arc<School>> {
    Router::new()
        .route("/v1/history", post(told_then))
        .route("/v1/reports/{id}/read", post(read_reported))
        .route("/v1/inboxes/{id}/count", post(count_open))
}

/// What a family had in its hands. What is not the caller's is not there.
async fn told_then(
    State(school): App,
    caller: Caller,
    Ask(ask): Ask<wire::AskHistory>,
) -> Result<Json<wire::ToldThen>> {
    let actor = Actor::Person { person: caller.person, hat: ask.hat };
    let (identity, now) = (Arc::clone(&school.ledger.identity), school.ledger.now());
    let read = school.ledger.read(move |session| {
        settle(session, identity.school, now, |facts| history(facts, &actor, ask.child, ask.at))
    });
    let history = read.await?.map_err(|_| Fail::not_found())?;
    Ok(Json(wire::ToldThen { history }))
}

/// A reported conversation. The line in its access log is committed before anything leaves.
async fn read_reported(
    State(school): App,
    caller: Caller,
    PathId(id): PathId,
    Ask(ask): Ask<wire::ReadReported>,
) -> Result<Json<wire::ReportedThread>> {
    let actor = Actor::Person { person: caller.person, hat: ask.hat };
    let write = school.ledger.write(move |tx| {
        Ok(match tx.settle(|facts| rule(facts, &actor, Id::new(id)))? {
            Ok(mut reported) => {
                tx.apply(std::mem::take(&mut reported.changes))?;
                Ok(reported)
            }
            Err(refusal) => Err(refusal),
        })
    });
    let reported = write.await?.map_err(|refusal| told(&refusal))?;
    Ok(Json(wire::ReportedThread { conversation: reported.conversation, messages: reported.messages }))
}

/// Why an administrator may not read: only what is decided after the right to know of the report is told.
fn told(refusal: &Refusal) -> Fail {
    match refusal {
        Refusal::ReportClosed => Fail::caller(409, "report-closed", "The report was closed meanwhile."),
        Refusal::Concerned => {
            Fail::caller(409, "concerned", "Somebody who is not concerned has to settle this.")
        }
        Refusal::TooMany { .. } => {
            Fail::caller(409, "read-too-often", "This conversation was read too often; talk to the people.")
        }
        _ => Fail::not_found(),
    }
}

/// How many open conversations a hat would hand over.
async fn count_open(
    State(school): App,
    caller: Caller,
    PathId(id): PathId,
    Ask(ask): Ask<wire::CountOpen>,
) -> Result<Json<wire::OpenCount>> {
    let actor = Actor::Person { person: caller.person, hat: ask.hat };
    let (identity, now) = (Arc::clone(&school.ledger.identity), school.ledger.now());
    let read = school.ledger.read(move |session| {
        settle(session, identity.school, now, |facts| open_with(facts, &actor, Id::new(id)))
    });
    let open = read.await?.map_err(|_| Fail::not_found())?;
    Ok(Json(wire::OpenCount { open }))
}
