//! HTTP: the routes, problem details, and the OpenAPI document made from the same table.

mod calendar;
mod extract;
mod files;
mod imports;
mod openapi;
mod problem;
mod talk;

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, FromRequestParts, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};
use data_encoding::BASE64URL_NOPAD;
use futures_util::StreamExt;
use jiff::Timestamp;
use xinmei_model::{Id, Power, Row, limits, wears_power, wire};

use extract::{Ask, PathId};
pub use imports::{ImportConfirm, ImportFile, ImportUndo};
pub use openapi::{OPERATIONS, Operation, document};

use crate::{
    Fail, Result, account,
    challenge::Challenges,
    delivery::{self, Passed},
    device::{self, Caller, check_protocol},
    files::Files,
    hub::Hub,
    invite,
    ledger::{Ledger, read_row, settle},
    pull, push,
};

/// What every route reads.
pub struct School {
    /// The book.
    pub ledger: Ledger,
    /// Who is listening.
    pub hub: Hub,
    /// What devices sign.
    pub challenges: Challenges,
    /// Which notices devices have passed.
    pub passed: Arc<Passed>,
    /// Address and authority, for invites.
    pub address: invite::Address,
    /// What rows carry.
    pub files: Files,
}

/// The writer answers within this, or something is wrong with it.
const WRITER: Duration = Duration::from_secs(5);

type App = State<Arc<School>>;

/// A comment line this often keeps proxies from closing a quiet stream.
const HEARTBEAT: Duration = Duration::from_secs(25);

/// The routes. Each stands in [`OPERATIONS`] too; a test compares the two.
pub fn router(school: Arc<School>) -> Router {
    let imports = Router::new()
        .route("/v1/imports", post(imports::import_preview))
        // A roster travels as base64 inside JSON.
        .layer(DefaultBodyLimit::max(limits::ROSTER_BYTES / 3 * 4 + limits::REQUEST_BYTES));
    Router::new()
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/openapi.json", get(openapi_json))
        .route("/calendar/{secret}", get(calendar::feed))
        .route("/v1/school", get(face))
        .route("/v1/invites/prove", post(prove))
        .route("/v1/enrol", post(enrol))
        .route("/v1/challenge", post(challenge))
        .route("/v1/sessions", post(open_session))
        .route("/v1/sessions/current", delete(sign_out))
        .route("/v1/push", post(push_mutations))
        .route("/v1/pull", post(pull_rows))
        .route("/v1/live", get(live))
        .route("/v1/mutations/{id}", get(fate))
        .route("/v1/notices/{id}/delivery", get(notice_delivery))
        .route("/v1/invites", post(issue_invites))
        .merge(talk::routes())
        .route("/v1/imports", get(imports::import_history))
        .route("/v1/imports/{id}/confirm", post(imports::import_confirm))
        .route("/v1/imports/{id}/undo", post(imports::import_undo))
        .layer(DefaultBodyLimit::max(limits::REQUEST_BYTES))
        .merge(imports)
        .merge(files::routes())
        .fallback(|| async { Fail::not_found() })
        .method_not_allowed_fallback(|| async {
            Fail::caller(405, "method", "This address does not take that method.")
        })
        .layer(axum::middleware::map_response(harden))
        .with_state(school)
}

/// Nothing this server says may be cached, unless it says so itself, nor sniffed or framed.
async fn harden(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    response
}

/// A caller, and when the session ends.
struct Session(Caller, Timestamp);

impl FromRequestParts<Arc<School>> for Session {
    type Rejection = Fail;
    async fn from_request_parts(parts: &mut Parts, school: &Arc<School>) -> Result<Self> {
        let token = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or_else(|| Fail::caller(401, "session-ended", "Send a session token."))?;
        let now = school.ledger.now();
        // A look-up by key of some 10 µs: cheaper here than the way to another thread.
        let (caller, ends) =
            school.ledger.look(|session| device::caller(session, &school.ledger.identity, token, now))?;
        Ok(Self(caller, ends))
    }
}

impl FromRequestParts<Arc<School>> for Caller {
    type Rejection = Fail;
    async fn from_request_parts(parts: &mut Parts, school: &Arc<School>) -> Result<Self> {
        Session::from_request_parts(parts, school).await.map(|Session(caller, _)| caller)
    }
}

/// A caller who administers the school in some hat. Stands before the body in a handler, so that nobody else can
/// make the server read 45 MB; which hat is named in the body, and judged then.
struct Office(Caller);

impl FromRequestParts<Arc<School>> for Office {
    type Rejection = Fail;
    async fn from_request_parts(parts: &mut Parts, school: &Arc<School>) -> Result<Self> {
        let caller = Caller::from_request_parts(parts, school).await?;
        let (identity, now) = (&school.ledger.identity, school.ledger.now());
        let root = crate::school::root(identity);
        let wears = school.ledger.look(|session| {
            settle(session, identity.school, now, |facts| {
                wears_power(facts, caller.person, Power::Administer, &[root])
            })
        })?;
        if wears == Ok(true) { Ok(Self(caller)) } else { Err(Fail::not_found()) }
    }
}

async fn healthz() -> &'static str {
    "ok"
}

/// Ready is who can write: a full disk or a writer that hangs is no school.
async fn readyz(State(school): App) -> Result<String> {
    let write = school.ledger.write(|_| Ok(()));
    tokio::time::timeout(WRITER, write).await.map_err(|_| Fail::Stopping)??;
    Ok(match school.ledger.ahead() {
        Some(ahead) => format!("ready\n{ahead}\n"),
        None => "ready".into(),
    })
}

async fn openapi_json() -> Json<serde_json::Value> {
    Json(document())
}

fn school_name(school: &School) -> Result<String> {
    let id = school.ledger.identity.school.uuid();
    match school.ledger.look(|session| read_row(session, id))? {
        Some(Row::School(row)) => Ok(row.name),
        _ => Err(Fail::broken("the school's row is missing")),
    }
}

async fn face(State(school): App) -> Result<Json<wire::Face>> {
    Ok(Json(school.address.face(school_name(&school)?)))
}

async fn prove(State(school): App, Ask(ask): Ask<wire::ProveInvite>) -> Result<Json<wire::InviteProof>> {
    let name = school_name(&school)?;
    school.ledger.look(|session| invite::prove(session, &school.address, name, &ask)).map(Json)
}

async fn enrol(State(school): App, Ask(ask): Ask<wire::Enrol>) -> Result<Json<wire::Enrolled>> {
    // In a task of its own: where the asker hangs up meanwhile, replaced devices are cut off all the same.
    let task = tokio::spawn(async move {
        let joined = account::enrol(&school.ledger, ask).await?;
        joined.removed.into_iter().for_each(|device| school.hub.close(device));
        Ok(joined.enrolled)
    });
    task.await.map_err(|_| Fail::Stopping)?.map(Json)
}

async fn challenge(State(school): App) -> Json<wire::Challenge> {
    let bytes = school.challenges.give(&school.ledger.edge, school.ledger.now());
    Json(wire::Challenge { challenge: BASE64URL_NOPAD.encode(&bytes) })
}

async fn open_session(State(school): App, Ask(ask): Ask<wire::OpenSession>) -> Result<Json<wire::Token>> {
    account::renew(&school.ledger, &school.challenges, ask).await.map(Json)
}

async fn sign_out(State(school): App, caller: Caller) -> Result<StatusCode> {
    device::sign_out(&school.ledger, caller).await?;
    school.hub.close(caller.device);
    Ok(StatusCode::NO_CONTENT)
}

async fn push_mutations(
    State(school): App,
    caller: Caller,
    Ask(ask): Ask<wire::Push>,
) -> Result<Json<wire::Pushed>> {
    push::push(&school.ledger, caller, ask).await.map(Json)
}

async fn pull_rows(
    State(school): App,
    caller: Caller,
    Ask(ask): Ask<wire::Pull>,
) -> Result<Json<wire::Page>> {
    check_protocol(ask.protocol)?;
    if ask.feeds.len() + ask.arriving.len() > limits::FEEDS {
        return Err(Fail::caller(413, "too-many", "A device holds fewer feeds than that."));
    }
    let (identity, now) = (Arc::clone(&school.ledger.identity), school.ledger.now());
    let (page, may, confirmed) = school
        .ledger
        .read(move |session| {
            let may = pull::entitled(session, &identity, now, caller.person)?;
            let page = pull::pull(session, &identity, now, caller, &ask, &may)?;
            let confirmed = delivery::confirmed(&ask, &may, page.cursor);
            Ok((page, may, confirmed))
        })
        .await?;
    school.hub.entitle(caller.person, &may);
    if let Some(cursor) = confirmed {
        delivery::note(&school.ledger, &school.passed, caller.device, cursor);
    }
    Ok(Json(page))
}

async fn live(State(school): App, Session(caller, ends): Session) -> Result<Response> {
    let (identity, now) = (Arc::clone(&school.ledger.identity), school.ledger.now());
    let (may, rev) = school
        .ledger
        .read(move |session| {
            Ok((pull::entitled(session, &identity, now, caller.person)?, crate::ledger::rev_of(session)?))
        })
        .await?;
    let id = school.ledger.edge.id::<()>().uuid();
    let listening = school.hub.listen(id, caller.device, caller.person, may, rev).until(ends);
    // Asked once more now that it listens: from here on whoever removes the device ends this stream.
    school.ledger.look(|session| device::must_stand(session, &school.ledger.identity, caller.device))?;
    let frames = futures_util::stream::unfold(listening, |mut listening| async move {
        let frame = match tokio::time::timeout(HEARTBEAT, listening.frames.recv()).await {
            Ok(Some(frame)) => frame,
            Ok(None) => return None,
            Err(_) => Bytes::from_static(b": still here\n\n"),
        };
        Some((Ok::<_, Infallible>(frame), listening))
    });
    let mut response = Body::from_stream(frames.boxed()).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8"));
    Ok(response)
}

async fn fate(State(school): App, caller: Caller, PathId(id): PathId) -> Result<Json<wire::Settled>> {
    school.ledger.look(|session| push::fate(session, caller, Id::new(id))).map(Json)
}

async fn notice_delivery(
    State(school): App,
    caller: Caller,
    PathId(id): PathId,
) -> Result<Json<wire::Delivery>> {
    let (identity, now) = (Arc::clone(&school.ledger.identity), school.ledger.now());
    let read = move |session: &mut dyn crate::store::Session| {
        delivery::of(session, &identity, now, caller, Id::new(id))
    };
    school.ledger.read(read).await.map(Json)
}

async fn issue_invites(
    State(school): App,
    caller: Caller,
    Ask(ask): Ask<wire::IssueInvites>,
) -> Result<Json<Vec<wire::Invite>>> {
    invite::issue(&school.ledger, caller, school.address.clone(), ask).await.map(Json)
}
