//! A device that speaks the wire itself: for crowds, retries and lies.

use data_encoding::BASE64URL_NOPAD;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use xinmei_model::{
    Act, FileHash, Hat, Id, Mutation, Person, Verdict,
    wire::{BeginUpload, PROTOCOL, Problem, Push, Pushed, UploadStand},
};
use xinmei_server::store::Arg;

use super::World;

/// A device without a replica.
#[derive(Clone)]
pub struct Raw {
    http: reqwest::Client,
    url: String,
    /// The session token.
    pub token: String,
    /// Whose.
    pub person: Id<Person>,
    /// The next number.
    pub number: u64,
}

impl World {
    /// An HTTPS client that trusts this school.
    pub fn http(&self) -> reqwest::Client {
        let ca = reqwest::Certificate::from_der(&self.server().school.address.ca).unwrap();
        reqwest::Client::builder().tls_certs_only([ca]).build().unwrap()
    }

    /// A device of a person, with an open session; enrolment is tested elsewhere.
    pub async fn raw(&self, name: &str) -> Raw {
        let person = self.person(name).await;
        let (device, token) = (Uuid::new_v4(), Uuid::new_v4().as_bytes().repeat(2));
        let hash = Sha256::digest(&token).to_vec();
        self.ledger()
            .write(move |tx| {
                tx.session().execute(
                    "INSERT INTO device (id, person, name, key, created, contact) VALUES ($1, $2, 'raw', $1, 0, 0)",
                    &[Arg::Bytes(device.as_bytes()), Arg::Bytes(person.uuid().as_bytes())],
                )?;
                tx.session().execute(
                    "INSERT INTO session (token, device, expires) VALUES ($1, $2, $3)",
                    &[Arg::Bytes(&hash), Arg::Bytes(device.as_bytes()), Arg::Int(i64::MAX)],
                )
            })
            .await
            .unwrap();
        let url = self.server().url.clone();
        Raw { http: self.http(), url, token: BASE64URL_NOPAD.encode(&token), person, number: 1 }
    }
}

impl Raw {
    /// The same device at the end of another line.
    #[must_use]
    pub fn through(self, address: &str) -> Self {
        Self { url: format!("https://{address}"), ..self }
    }

    /// A wish with a new id.
    pub fn wish(hat: Hat, act: Act) -> Mutation {
        Mutation { id: Id::new(Uuid::now_v7()), hat, after: Vec::new(), act }
    }

    /// Posts JSON and reads JSON, or the problem.
    pub async fn post<Q: Serialize, A: DeserializeOwned>(&self, path: &str, ask: &Q) -> Result<A, Problem> {
        let response = self
            .http
            .post(format!("{}{path}", self.url))
            .bearer_auth(&self.token)
            .json(ask)
            .send()
            .await
            .unwrap();
        if response.status().is_success() {
            Ok(response.json().await.unwrap())
        } else {
            Err(response.json().await.unwrap())
        }
    }

    /// Pushes one mutation under the next number and waits for its verdict.
    pub async fn push(&mut self, mutation: &Mutation) -> Verdict {
        let verdict = self.push_as(self.number, mutation).await.unwrap();
        self.number += 1;
        verdict
    }

    /// Pushes one mutation under a number.
    pub async fn push_as(&self, number: u64, mutation: &Mutation) -> Result<Verdict, Problem> {
        let push = Push {
            protocol: PROTOCOL,
            first: number,
            mutations: vec![serde_json::to_value(mutation).unwrap()],
        };
        let pushed: Pushed = self.post("/v1/push", &push).await?;
        Ok(pushed.verdicts[0].verdict.clone())
    }
}

impl Raw {
    /// Pushes one mutation under a number; `None` where no whole answer came.
    pub async fn try_push(&self, number: u64, mutation: &Mutation) -> Option<Verdict> {
        let mutations = vec![serde_json::to_value(mutation).unwrap()];
        let push = Push { protocol: PROTOCOL, first: number, mutations };
        let request = self.http.post(format!("{}/v1/push", self.url)).bearer_auth(&self.token).json(&push);
        let response = request.send().await.ok()?;
        if !response.status().is_success() {
            return None;
        }
        let pushed: Pushed = response.json().await.ok()?;
        Some(pushed.verdicts.first()?.verdict.clone())
    }

    /// Sends any request and returns status and body: for probes.
    pub async fn probe(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: Option<String>,
    ) -> (u16, String) {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.http.request(method, format!("{}{path}", self.url));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body);
        }
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap_or_default())
    }
}

impl Raw {
    /// Asks with bytes and headers; status, headers and bytes of the answer.
    pub async fn bytes(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> (u16, reqwest::header::HeaderMap, Vec<u8>) {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.http.request(method, format!("{}{path}", self.url)).bearer_auth(&self.token);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.body(body).send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        (status, headers, response.bytes().await.unwrap().to_vec())
    }

    /// Sends the next bytes of an upload; the status, and the code of a problem.
    pub async fn part(&self, hash: FileHash, offset: usize, part: &[u8]) -> (u16, String) {
        let offset = offset.to_string();
        let headers =
            [("content-type", "application/offset+octet-stream"), ("upload-offset", offset.as_str())];
        let (status, _, body) =
            self.bytes("PATCH", &format!("/v1/uploads/{hash}"), &headers, part.to_vec()).await;
        let problem: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
        (status, problem["code"].as_str().unwrap_or_default().to_owned())
    }

    /// Uploads all of it.
    pub async fn upload(&self, content: &[u8]) -> FileHash {
        let hash = FileHash::of(content);
        let bytes = u32::try_from(content.len()).unwrap();
        let begin = BeginUpload { sha256: hash, bytes };
        let stand: UploadStand = self.post("/v1/uploads", &begin).await.unwrap();
        let mut at = usize::try_from(stand.offset).unwrap();
        while at < content.len() {
            let part = &content[at..content.len().min(at + 256 * 1024)];
            assert_eq!(self.part(hash, at, part).await.0, 204);
            at += part.len();
        }
        hash
    }

    /// Reads a file; the status, and its bytes where there are any.
    pub async fn file(&self, hash: FileHash) -> (u16, Vec<u8>) {
        let (status, _, bytes) = self.bytes("GET", &format!("/v1/files/{hash}"), &[], Vec::new()).await;
        (status, bytes)
    }
}
