//! Problem details (RFC 9457). What is our own fault is logged once, here; the caller learns only that it
//! was.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use data_encoding::BASE64URL_NOPAD;
use xinmei_model::wire::Problem;

use crate::Fail;

impl IntoResponse for Fail {
    fn into_response(self) -> Response {
        let (status, code, detail) = match &self {
            Self::Caller { status, code, detail } => (*status, (*code).to_owned(), detail.clone()),
            Self::Removed { .. } => {
                (401, "device-removed".into(), "Join this computer again with a new strip.".into())
            }
            Self::Stopping => (503, "stopping".into(), "Try again in a moment.".into()),
            Self::Store(error) if is_full(error) => disk_full(),
            Self::File(error) if error.kind() == std::io::ErrorKind::StorageFull => disk_full(),
            Self::Store(_) | Self::File(_) | Self::Row { .. } | Self::Broken(_) => {
                tracing::error!(error = %self, "a request failed");
                (500, "broken".into(), "Something went wrong on the server; it is in its log.".into())
            }
        };
        let signature = match &self {
            Self::Removed { signature, .. } => Some(signature.clone()),
            _ => None,
        };
        let problem = Problem {
            kind: "about:blank".into(),
            title: StatusCode::from_u16(status)
                .ok()
                .and_then(|status| status.canonical_reason())
                .unwrap_or("")
                .into(),
            status,
            code,
            detail,
            signature: signature.map(|bytes| BASE64URL_NOPAD.encode(&bytes)),
        };
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, body).into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }
}

fn disk_full() -> (u16, String, String) {
    (507, "disk-full".into(), "The server's disk is full; nothing was saved.".into())
}

fn is_full(error: &rusqlite::Error) -> bool {
    matches!(error, rusqlite::Error::SqliteFailure(code, _) if code.code == rusqlite::ErrorCode::DiskFull)
}
