//! HTTPS to the school's server, and to nobody else.

use std::{net::IpAddr, sync::Once, time::Duration};

use futures_util::StreamExt;
use reqwest::{Certificate, Method, Response, StatusCode, header, redirect, tls};
use xinmei_model::wire::Problem;

use crate::{
    api::Fault,
    fault::{broken, denied, invalid},
    replica::Trouble,
};

/// Bytes of one answer, unpacked: a full page of long notices is a third of it. A larger one is not our server's.
const ANSWER_BYTES: usize = 24 * 1024 * 1024;
/// A connection that takes longer is no connection.
const CONNECT: Duration = Duration::from_secs(10);
/// Silence that means the line is dead; the live stream says something every 25 s.
const SILENCE: Duration = Duration::from_secs(45);
/// A busy school is asked again after so many seconds, unless it names another time, and a longer one than the second
/// is no answer to a person.
const RETRY_S: u64 = 5;
const RETRY_MAX_S: u64 = 600;
/// One question with its answer: a full page over 16 kbit/s. A dead line is noticed by its silence.
const WHOLE: Duration = Duration::from_secs(30 * 60);

/// What the server said, known to be ours by its form.
pub(crate) enum Answer {
    /// JSON.
    Body(Vec<u8>),
    /// RFC 9457, and after how long the server wants to be asked again.
    Problem(Problem, Option<Duration>),
}

/// A question without an answer.
pub(crate) struct Lost {
    /// What a person is told.
    pub(crate) fault: Fault,
    /// Whether it may have arrived all the same.
    pub(crate) left: bool,
    /// The problem the school answered with, where it did answer.
    pub(crate) problem: Option<Problem>,
}

impl Lost {
    /// What the school makes of a push it did not take, where waiting alone will not help: the code of its answer, and
    /// whether it may still change its mind.
    pub(crate) fn trouble(&self) -> Option<Trouble> {
        let problem = self.problem.as_ref()?;
        let may_pass = match (problem.status, problem.code.as_str()) {
            // Numbers that never reached the school are given anew at the next pull.
            (_, "number-gap") => return None,
            (400 | 409 | 413 | 422, _) => false,
            (500, _) => true,
            _ => return None,
        };
        Some(Trouble { code: problem.code.clone(), may_pass })
    }
}

impl Lost {
    /// The code of the school's answer, where it did answer.
    pub(crate) fn code(&self) -> Option<&str> {
        self.problem.as_ref().map(|problem| problem.code.as_str())
    }
}

/// A part of a file that is on its way.
pub(crate) struct Fetched {
    /// From which byte on.
    pub(crate) begins: u64,
    /// Its bytes.
    pub(crate) response: Response,
}

/// What is asked.
#[derive(Clone)]
pub(crate) enum Asked {
    /// JSON, or nothing.
    Json(Method, Option<Vec<u8>>),
    /// The next bytes of an upload (tus 1.0).
    Part(u32, Vec<u8>),
}

impl From<Fault> for Lost {
    fn from(fault: Fault) -> Self {
        Self { fault, left: true, problem: None }
    }
}

impl From<Lost> for Fault {
    fn from(lost: Lost) -> Self {
        lost.fault
    }
}

/// A line to one server.
#[derive(Clone)]
pub(crate) struct Line {
    base: String,
    http: reqwest::Client,
}

/// `school.example:8443` or `https://school.example:8443/` as `school.example:8443`.
pub(crate) fn address_of(typed: &str) -> Result<String, Fault> {
    let text = typed.trim();
    let text = text.strip_prefix("https://").unwrap_or(text).trim_end_matches('/');
    let fits = |c: char| c.is_ascii_alphanumeric() || "-.:[]_".contains(c);
    if text.is_empty() || text.len() > 255 || !text.chars().all(fits) {
        return Err(invalid("address"));
    }
    Ok(text.to_ascii_lowercase())
}

impl Line {
    /// Trusts only this certificate authority (DER), or the public ones where there is none.
    pub(crate) fn trusting(address: &str, ca: Option<&[u8]>) -> Result<Self, Fault> {
        let builder = match ca {
            Some(ca) => {
                let ca = Certificate::from_der(ca)
                    .map_err(|_| denied("authority-unreadable", "not a certificate"))?;
                builder(address).tls_certs_only([ca])
            }
            None => builder(address),
        };
        Self::build(address, builder)
    }

    /// Trusts nobody and proves nothing: only for questions that hold no secret.
    pub(crate) fn blind(address: &str) -> Result<Self, Fault> {
        Self::build(address, builder(address).tls_danger_accept_invalid_certs(true))
    }

    fn build(address: &str, builder: reqwest::ClientBuilder) -> Result<Self, Fault> {
        let http = builder.build().map_err(|error| broken(&error))?;
        Ok(Self { base: format!("https://{address}"), http })
    }

    /// Asks. Anything that does not look like our server is as good as no answer.
    pub(crate) async fn ask(&self, asked: Asked, path: &str, token: Option<&str>) -> Result<Answer, Lost> {
        let url = format!("{}{path}", self.base);
        let mut request = match asked {
            Asked::Json(method, None) => self.http.request(method, url),
            Asked::Json(method, Some(body)) => {
                self.http.request(method, url).header(header::CONTENT_TYPE, "application/json").body(body)
            }
            Asked::Part(offset, part) => self
                .http
                .patch(url)
                .header(header::CONTENT_TYPE, "application/offset+octet-stream")
                .header("Upload-Offset", offset)
                .header("Tus-Resumable", "1.0.0")
                .body(part),
        };
        request = request.timeout(WHOLE);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let response = request.send().await.map_err(|error| {
            let left = !error.is_connect();
            Lost { fault: unreached(&error), left, problem: None }
        })?;
        let (status, kind) = (response.status(), content_type(&response));
        let retry = retry_after(&response);
        let bytes = read(response).await?;
        if status == StatusCode::NO_CONTENT {
            return Ok(Answer::Body(b"null".to_vec()));
        }
        match kind.as_str() {
            "application/json" if status.is_success() => Ok(Answer::Body(bytes)),
            "application/problem+json" => {
                let problem = serde_json::from_slice(&bytes).map_err(|error| away(&error))?;
                Ok(Answer::Problem(problem, retry))
            }
            _ => Err(away(&format!("{status} {kind}")).into()),
        }
    }

    /// Asks for a file from a byte on; a problem where the school has one.
    pub(crate) async fn fetch(
        &self,
        path: &str,
        from: u32,
        token: &str,
    ) -> Result<Result<Fetched, Answer>, Lost> {
        let request = self.http.get(format!("{}{path}", self.base)).bearer_auth(token);
        // As it lies there: unpacked bytes have no offsets.
        let request = request
            .header(header::RANGE, format!("bytes={from}-"))
            .header(header::ACCEPT_ENCODING, "identity");
        let response = request.send().await.map_err(|error| unreached(&error))?;
        let (status, kind, retry) = (response.status(), content_type(&response), retry_after(&response));
        match (status, kind.as_str()) {
            (StatusCode::PARTIAL_CONTENT, "application/octet-stream") => {
                let begins = content_begins(&response).ok_or_else(|| away(&"no Content-Range"))?;
                Ok(Ok(Fetched { begins, response }))
            }
            (_, "application/problem+json") => {
                let problem = serde_json::from_slice(&read(response).await?).map_err(|error| away(&error))?;
                Ok(Err(Answer::Problem(problem, retry)))
            }
            _ => Err(away(&format!("{status} {kind}")).into()),
        }
    }

    /// Opens the live stream.
    pub(crate) async fn live(&self, token: &str) -> Result<Response, Fault> {
        let request = self.http.get(format!("{}/v1/live", self.base)).bearer_auth(token);
        let request = request.header(header::ACCEPT, "text/event-stream");
        let response = request.send().await.map_err(|error| unreached(&error))?;
        match content_type(&response).as_str() {
            "text/event-stream" if response.status().is_success() => Ok(response),
            kind => Err(away(&format!("{} {kind}", response.status()))),
        }
    }
}

fn builder(address: &str) -> reqwest::ClientBuilder {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // Another part of the process may have chosen already; then that one serves.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    let builder = reqwest::Client::builder()
        .https_only(true)
        .redirect(redirect::Policy::none())
        .tls_version_min(tls::Version::TLS_1_3)
        .connect_timeout(CONNECT)
        .read_timeout(SILENCE)
        .user_agent(concat!("xinmei/", env!("CARGO_PKG_VERSION")));
    // A proxy cannot reach this computer's own server.
    if is_local(address) { builder.no_proxy() } else { builder }
}

fn is_local(address: &str) -> bool {
    let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn content_type(response: &Response) -> String {
    let value = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = value.unwrap_or_default().split(';').next().unwrap_or_default();
    kind.trim().to_ascii_lowercase()
}

/// Reads an answer, unpacked, up to the limit.
async fn read(response: Response) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let mut chunks = response.bytes_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|error| away(&error))?;
        if bytes.len() + chunk.len() > ANSWER_BYTES {
            return Err(away(&"the answer is too long"));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The world is away. The cause is for a log; it holds no body and no token.
pub(crate) fn away(cause: &dyn std::fmt::Display) -> Fault {
    tracing::info!(%cause, "offline");
    Fault::Offline
}

/// Why a question did not reach the school.
fn unreached(error: &reqwest::Error) -> Fault {
    if error.is_connect() && outside_validity(error) {
        tracing::warn!(%error, "the school's certificate is not valid at this computer's date");
        return Fault::ClockWrong;
    }
    away(error)
}

/// Whether a certificate was not valid at the time this computer shows.
fn outside_validity(error: &(dyn std::error::Error + 'static)) -> bool {
    use rustls::{CertificateError as Why, Error};
    let mut next = Some(error);
    while let Some(error) = next {
        // An IO error hides what it was made of from `source`.
        let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        let tls = inner.map_or_else(|| error.downcast_ref(), |inner| inner.downcast_ref::<Error>());
        if let Some(Error::InvalidCertificate(why)) = tls {
            return matches!(
                why,
                Why::Expired | Why::ExpiredContext { .. } | Why::NotValidYet | Why::NotValidYetContext { .. }
            );
        }
        next = inner.map_or_else(|| error.source(), |inner| Some(inner));
    }
    false
}

/// `Content-Range: bytes 100-199/200`: where it begins.
fn content_begins(response: &Response) -> Option<u64> {
    let value = response.headers().get(header::CONTENT_RANGE)?.to_str().ok()?;
    value.strip_prefix("bytes ")?.split('-').next()?.parse().ok()
}

/// `Retry-After` in seconds; its other form, a date, means a clock, which may be wrong.
fn retry_after(response: &Response) -> Option<Duration> {
    let value = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    value.trim().parse().ok().map(Duration::from_secs)
}

/// What a problem means for a person.
pub(crate) fn fault_of(problem: &Problem, retry: Option<Duration>) -> Fault {
    match (problem.status, problem.code.as_str()) {
        (426, _) | (_, "update-needed") => Fault::UpdateNeeded,
        (429 | 500.., _) => {
            let wait = retry.map_or(RETRY_S, |wait| wait.as_secs()).min(RETRY_MAX_S);
            Fault::Busy { retry_s: u32::try_from(wait).unwrap_or(u32::MAX) }
        }
        (_, code) => denied(code, &problem.detail),
    }
}
