//! Uploads and downloads. An upload is announced in JSON; after that it follows tus 1.0 (<https://tus.io/protocols/resumable-upload>):
//! HEAD tells the offset, PATCH goes on there. A download is a GET with an optional Range (RFC 9110 §14).

use std::sync::Arc;

use axum::{
    Json, Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, FromRequestParts, Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, head, patch, post},
};
use xinmei_model::{FileHash, limits, wire};

use super::{App, Ask, School};
use crate::{
    Fail, Result,
    device::{Caller, malformed},
    files::{Progress, may_read},
};

const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const TUS: (HeaderName, HeaderValue) =
    (HeaderName::from_static("tus-resumable"), HeaderValue::from_static("1.0.0"));
/// What PATCH carries.
const PART: &str = "application/offset+octet-stream";

pub(super) fn routes() -> Router<Arc<School>> {
    Router::new()
        .route("/v1/uploads", post(begin).layer(DefaultBodyLimit::max(4096)))
        .route("/v1/uploads/{sha256}", head(stand))
        .route("/v1/uploads/{sha256}", patch(append))
        .route("/v1/files/{sha256}", get(read))
        .layer(DefaultBodyLimit::max(limits::UPLOAD_PART_BYTES))
}

/// A hash in the path; anything that is none is not found.
struct Hash(FileHash);

impl<S: Send + Sync> FromRequestParts<S> for Hash {
    type Rejection = Fail;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let Path(text) =
            Path::<String>::from_request_parts(parts, state).await.map_err(|_| Fail::not_found())?;
        text.parse().map(Self).map_err(|_| Fail::not_found())
    }
}

async fn begin(
    State(school): App,
    caller: Caller,
    Ask(ask): Ask<wire::BeginUpload>,
) -> Result<Json<wire::UploadStand>> {
    let progress = school.files.begin(&school.ledger, caller.person, ask.sha256, ask.bytes).await?;
    Ok(Json(wire::UploadStand { offset: progress.offset }))
}

async fn stand(State(school): App, caller: Caller, Hash(hash): Hash) -> Result<Response> {
    let progress = school.files.progress(&school.ledger, caller.person, hash)?;
    Ok((StatusCode::OK, told(progress)).into_response())
}

async fn append(
    State(school): App,
    caller: Caller,
    Hash(hash): Hash,
    headers: HeaderMap,
    part: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Result<Response> {
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != PART) {
        return Err(Fail::caller(415, "content-type", format!("A part of an upload is {PART}.")));
    }
    let offset = headers.get(OFFSET).and_then(|value| value.to_str().ok()?.parse().ok());
    let offset = offset.ok_or_else(|| malformed("Upload-Offset"))?;
    let part = part.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            let detail = format!("A part has at most {} bytes.", limits::UPLOAD_PART_BYTES);
            Fail::caller(413, "too-large", detail)
        } else {
            Fail::caller(400, "body", "The part did not arrive whole; none of it was taken.")
        }
    })?;
    // In a task of its own: where the asker hangs up meanwhile, what was begun is finished.
    let task =
        tokio::spawn(
            async move { school.files.append(&school.ledger, caller.person, hash, offset, part).await },
        );
    let progress = task.await.map_err(|_| Fail::Stopping)??;
    Ok((StatusCode::NO_CONTENT, told(progress)).into_response())
}

fn told(progress: Progress) -> [(HeaderName, HeaderValue); 3] {
    [(OFFSET, progress.offset.into()), (LENGTH, progress.bytes.into()), TUS]
}

async fn read(State(school): App, caller: Caller, Hash(hash): Hash, headers: HeaderMap) -> Result<Response> {
    let (identity, now) = (Arc::clone(&school.ledger.identity), school.ledger.now());
    school.ledger.read(move |session| may_read(session, &identity, now, caller.person, hash)).await?;
    let range = headers.get(header::RANGE).and_then(|value| value.to_str().ok()).and_then(range_of);
    let part = school.files.part(hash, range)?;
    let (bytes, whole) = (part.range.clone(), part.whole);
    let mut response = Body::from_stream(part.stream()).into_response();
    let told = response.headers_mut();
    // Never a type that something would show: what it is, is for whoever opens it to find out.
    told.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    told.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    told.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    told.insert(header::CONTENT_LENGTH, (bytes.end - bytes.start).into());
    if range.is_some() {
        let range = format!("bytes {}-{}/{whole}", bytes.start, bytes.end - 1);
        told.insert(header::CONTENT_RANGE, HeaderValue::from_str(&range).map_err(Fail::broken)?);
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
}

/// `bytes=100-` and `bytes=100-199`; what asks otherwise is given everything, as RFC 9110 allows.
fn range_of(value: &str) -> Option<(u64, Option<u64>)> {
    let (from, last) = value.strip_prefix("bytes=")?.split_once('-')?;
    let from = from.parse().ok()?;
    let last = if last.is_empty() { None } else { Some(last.parse().ok()?) };
    last.is_none_or(|last| last >= from).then_some((from, last))
}
