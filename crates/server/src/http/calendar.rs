//! A person's calendar, for a program that knows nothing of us but an address. No session: the secret in the address is all
//! there is, and one that was ended is as unknown as one that never was.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use data_encoding::BASE64URL_NOPAD;
use xinmei_model::{CalendarLanguage, FileHash, ICalendar, List, calendar_at};

use super::{App, School, settle};
use crate::{Fail, Result, ledger::read_list};

/// The secret in the path: 32 bytes in base64url, and `.ics`, or `.en.ics` for English. Anything else is not found.
pub(super) struct Secret {
    sha256: FileHash,
    text: String,
    language: CalendarLanguage,
}

impl FromRequestParts<Arc<School>> for Secret {
    type Rejection = Fail;
    async fn from_request_parts(parts: &mut Parts, school: &Arc<School>) -> Result<Self> {
        let Path(name) =
            Path::<String>::from_request_parts(parts, school).await.map_err(|_| Fail::not_found())?;
        let text = name.strip_suffix(".ics").ok_or_else(Fail::not_found)?;
        let (text, language) = match text.strip_suffix(".en") {
            Some(text) => (text, CalendarLanguage::English),
            None => (text, CalendarLanguage::Chinese),
        };
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| Fail::not_found())?;
        if bytes.len() != 32 {
            return Err(Fail::not_found());
        }
        Ok(Self { sha256: FileHash::of(&bytes), text: name, language })
    }
}

/// The calendar as it is at this moment.
pub(super) async fn feed(State(school): App, secret: Secret, asked: HeaderMap) -> Result<Response> {
    let Secret { sha256, text, language } = secret;
    let source = format!("https://{}/calendar/{text}", school.address.host);
    let (identity, now) = (Arc::clone(&school.ledger.identity), school.ledger.now());
    // Whoever guesses costs a look-up by key, and no reader.
    let known = school.ledger.look(|session| read_list(session, List::CalendarLinkWith(sha256), 1));
    if known?.is_empty() {
        return Err(Fail::not_found());
    }
    let read = school.ledger.read(move |session| {
        settle(session, identity.school, now, |facts| calendar_at(facts, sha256, language))
    });
    let (of, entries) = read.await?.map_err(|_| Fail::not_found())?;
    let text = ICalendar { school: &of, source: Some(&source), entries: &entries, language }.text();
    let tag = format!("\"{}\"", FileHash::of(text.as_bytes()));
    let mut known = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let is_known = known.any(|tags| tags.contains(&tag));
    let mut response = if is_known { StatusCode::NOT_MODIFIED.into_response() } else { text.into_response() };
    let told = response.headers_mut();
    told.insert(header::ETAG, HeaderValue::from_str(&tag).map_err(Fail::broken)?);
    // It may be kept to be asked for again, by the program of this person alone.
    told.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if !is_known {
        told.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
    }
    Ok(response)
}
