//! Who we are to the server: a session bound to this device, renewed by the device's key.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signer, SigningKey};
use reqwest::Method;
use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::Mutex;
use xinmei_model::wire::{Challenge, OpenSession, Problem, Token};

use super::{
    engine::Input,
    transport::{Answer, Asked, Fetched, Line, Lost, away, fault_of},
};
use crate::{
    Client, TOPICS,
    api::{Fault, sync::LineState},
    fault::{broken, invalid},
    replica::meta,
};

/// The line of this profile and its token.
#[derive(Default)]
pub(crate) struct Session {
    line: Mutex<Option<Line>>,
    token: Mutex<Option<String>>,
}

impl Session {
    /// Forgets both; the next call makes them anew.
    pub(crate) async fn forget(&self) {
        *self.line.lock().await = None;
        *self.token.lock().await = None;
    }
}

impl Client {
    /// An authenticated question to the school's server.
    ///
    /// # Errors
    /// [`Fault::Offline`], [`Fault::SignedOut`], [`Fault::UpdateNeeded`], [`Fault::Denied`] with the server's code.
    pub async fn post<Q: Serialize + Sync, A: DeserializeOwned>(
        &self,
        path: &str,
        ask: &Q,
    ) -> Result<A, Fault> {
        Ok(self.try_post(path, ask).await?)
    }

    /// As [`Client::post`], without a body.
    ///
    /// # Errors
    /// As [`Client::post`].
    pub async fn get<A: DeserializeOwned>(&self, path: &str) -> Result<A, Fault> {
        Ok(self.call(Asked::Json(Method::GET, None), path).await?)
    }

    /// As [`Client::post`]; tells whether a question without an answer may have arrived.
    pub(crate) async fn try_post<Q: Serialize + Sync, A: DeserializeOwned>(
        &self,
        path: &str,
        ask: &Q,
    ) -> Result<A, Lost> {
        let body = serde_json::to_vec(ask).map_err(Fault::from)?;
        self.call(Asked::Json(Method::POST, Some(body)), path).await
    }

    /// Sends the next bytes of an upload.
    pub(crate) async fn try_part(&self, path: &str, offset: u32, part: Vec<u8>) -> Result<(), Lost> {
        self.call(Asked::Part(offset, part), path).await
    }

    /// Asks for a file from a byte on.
    pub(crate) async fn try_fetch(&self, path: &str, from: u32) -> Result<Fetched, Lost> {
        let line = self.school_line().await?;
        let mut token = self.token().await?;
        let mut renewed = false;
        loop {
            match line.fetch(path, from, &token).await? {
                Ok(fetched) => return Ok(fetched),
                Err(Answer::Problem(problem, _)) if session_ended(&problem) && !renewed => {
                    renewed = true;
                    token = self.renew(None).await?;
                }
                Err(Answer::Problem(problem, retry)) => {
                    let fault = self.meet(&problem, retry).await?;
                    return Err(Lost { fault, left: true, problem: Some(problem) });
                }
                Err(Answer::Body(_)) => return Err(away(&"a file is no JSON").into()),
            }
        }
    }

    /// Ends the session at the server, where it can be reached; its token ends by itself otherwise.
    pub(crate) async fn end_session(&self) {
        let ended: Result<(), Lost> =
            self.call(Asked::Json(Method::DELETE, None), "/v1/sessions/current").await;
        if let Err(lost) = ended {
            tracing::info!(fault = %lost.fault, "the session was ended on this computer only");
        }
    }

    async fn call<A: DeserializeOwned>(&self, asked: Asked, path: &str) -> Result<A, Lost> {
        let stays = |fault| Lost { fault, left: false, problem: None };
        let line = self.school_line().await.map_err(stays)?;
        let mut token = self.token().await.map_err(stays)?;
        let mut renewed = false;
        loop {
            match line.ask(asked.clone(), path, Some(&token)).await? {
                // An answer we cannot read is not our server's, or a newer one's: nothing changes.
                Answer::Body(bytes) => {
                    return Ok(serde_json::from_slice(&bytes).map_err(|error| away(&error))?);
                }
                Answer::Problem(problem, _) if session_ended(&problem) && !renewed => {
                    renewed = true;
                    // The server took nothing without a session.
                    token = self.renew(None).await.map_err(stays)?;
                }
                Answer::Problem(problem, retry) => {
                    let fault = self.meet(&problem, retry).await?;
                    return Err(Lost { fault, left: true, problem: Some(problem) });
                }
            }
        }
    }

    /// The line to this profile's school.
    pub(crate) async fn school_line(&self) -> Result<Line, Fault> {
        let mut line = self.core.session.line.lock().await;
        if let Some(line) = line.as_ref() {
            return Ok(line.clone());
        }
        let me = self.on_replica(|replica| replica.enrolment()).await?.ok_or_else(|| invalid("profile"))?;
        let ca = me.ca.as_deref().map(|ca| BASE64URL_NOPAD.decode(ca.as_bytes()));
        let ca = ca.transpose().map_err(|error| broken(&error))?;
        let made = Line::trusting(&me.address, ca.as_deref())?;
        *line = Some(made.clone());
        Ok(made)
    }

    /// The session token; opens a session where there is none.
    pub(crate) async fn token(&self) -> Result<String, Fault> {
        if let Some(token) = self.core.session.token.lock().await.as_ref() {
            return Ok(token.clone());
        }
        let stored = self.on_replica(|replica| replica.read_raw(|conn| meta::get(conn, "token"))).await?;
        match stored.and_then(|text| serde_json::from_str::<Token>(&text).ok()) {
            Some(token) => {
                *self.core.session.token.lock().await = Some(token.token.clone());
                Ok(token.token)
            }
            None => self.renew(None).await,
        }
    }

    /// Opens a session by the device's key, and by the password where the school asks for it.
    pub(crate) async fn renew(&self, password: Option<String>) -> Result<String, Fault> {
        let line = self.school_line().await?;
        let (device, key) = self
            .on_replica(|replica| {
                let me = replica.enrolment()?.ok_or_else(|| invalid("profile"))?;
                let key = replica.read_raw(|conn| meta::get(conn, "device_key"))?.ok_or(Fault::SignedOut)?;
                Ok((me.device, key))
            })
            .await?;
        let challenge: Challenge = self.ask_open(&line, "/v1/challenge", &serde_json::json!({})).await?;
        let message = format!("xinmei session 1\n{}", challenge.challenge);
        let signature = signing_key(&key)?.sign(message.as_bytes());
        let ask = OpenSession {
            device,
            challenge: challenge.challenge,
            signature: BASE64URL_NOPAD.encode(&signature.to_bytes()),
            password,
        };
        let token: Token = self.ask_open(&line, "/v1/sessions", &ask).await?;
        let text = serde_json::to_string(&token)?;
        self.write(move |conn| meta::put(conn, "token", &text)).await?;
        *self.core.session.token.lock().await = Some(token.token.clone());
        Ok(token.token)
    }

    /// A question before there is a session.
    async fn ask_open<A: DeserializeOwned>(
        &self,
        line: &Line,
        path: &str,
        ask: &(impl Serialize + Sync),
    ) -> Result<A, Fault> {
        match line.ask(Asked::Json(Method::POST, Some(serde_json::to_vec(ask)?)), path, None).await? {
            Answer::Body(bytes) => serde_json::from_slice(&bytes).map_err(|error| away(&error)),
            Answer::Problem(problem, retry) => Err(self.meet(&problem, retry).await?),
        }
    }

    /// Takes a problem in: what it means for the session, and for a person.
    async fn meet(&self, problem: &Problem, retry: Option<Duration>) -> Result<Fault, Fault> {
        match problem.code.as_str() {
            "password-needed" => {
                self.set_line(LineState::SignedOut);
                Ok(Fault::SignedOut)
            }
            "device-removed" => {
                let signature = problem.signature.clone().unwrap_or_default();
                if !self.on_replica(move |replica| replica.apply_removed(&signature)).await? {
                    return Ok(Fault::Offline);
                }
                self.core.session.forget().await;
                self.set_line(LineState::SignedOut);
                self.tell(Input::SignedOut);
                self.emit(TOPICS);
                Ok(Fault::SignedOut)
            }
            _ => Ok(fault_of(problem, retry)),
        }
    }
}

/// The device's key, as the store keeps it.
pub(crate) fn signing_key(kept: &str) -> Result<SigningKey, Fault> {
    let key = BASE64URL_NOPAD.decode(kept.as_bytes()).map_err(|error| broken(&error))?;
    let key: [u8; 32] = key.try_into().map_err(|_| broken(&"the device key has another length"))?;
    Ok(SigningKey::from_bytes(&key))
}

fn session_ended(problem: &Problem) -> bool {
    problem.status == 401
        && !matches!(problem.code.as_str(), "password-needed" | "device-removed" | "password-wrong")
}
