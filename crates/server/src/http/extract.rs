//! What handlers take out of a request.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::{StatusCode, request::Parts},
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::{Fail, Result};

/// A JSON body. What cannot be read is a problem with a code, never axum's plain text.
pub(super) struct Ask<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Ask<T> {
    type Rejection = Fail;
    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                Fail::caller(413, "too-large", "The request is larger than this server reads.")
            } else {
                Fail::caller(400, "body", "The body did not arrive whole.")
            }
        })?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|error| Fail::caller(422, "malformed", format!("The body cannot be read: {error}.")))
    }
}

/// An id in the path; anything that is no id is not found.
pub(super) struct PathId(pub(super) Uuid);

impl<S: Send + Sync> FromRequestParts<S> for PathId {
    type Rejection = Fail;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let Path(text) =
            Path::<String>::from_request_parts(parts, state).await.map_err(|_| Fail::not_found())?;
        text.parse().map(Self).map_err(|_| Fail::not_found())
    }
}
