//! Joining: from a strip of paper to a device of the school, trusting nobody before they proved that they know the code.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::SigningKey;
use reqwest::Method;
use serde::{Serialize, de::DeserializeOwned};
use xinmei_model::{
    invite::{CodeKeys, InviteLink, check_server_proof, device_proof, pin_of},
    wire::{Enrol, Enrolled, Face, InviteProof, PROTOCOL, ProveInvite},
};

use crate::{
    Client,
    api::{
        Ask, Fault,
        profile::{Join, Look, Looked, Standing},
    },
    client::blocking,
    fault::denied,
    keys,
    replica::{Enrolment, meta},
    sync::{
        engine::Input,
        transport::{Answer, Line, address_of, away, fault_of},
    },
};

/// Fewer characters are guessed; the server asks staff for more.
const PASSWORD_CHARS: usize = 10;

/// An invite as it was typed or pasted.
struct Strip {
    address: String,
    /// Empty where the strip names none.
    pin: String,
    code: String,
}

impl Strip {
    fn read(address: &str, code: &str) -> Result<Self, Fault> {
        let (address, pin, typed) = match InviteLink::read(address) {
            Some(link) => (link.address, link.pin, link.code),
            None => (address.to_owned(), String::new(), code.to_owned()),
        };
        Ok(Self { address: address_of(&address)?, pin, code: typed })
    }
}

/// A school that proved itself.
struct Proved {
    address: String,
    face: Face,
    ca: Option<Vec<u8>>,
    keys: CodeKeys,
}

impl Client {
    /// Asks whether this is the school that printed the code. Nothing secret is sent, nothing is trusted before.
    async fn prove(&self, address: &str, code: &str) -> Result<Proved, Fault> {
        let strip = Strip::read(address, code)?;
        let code = strip.code.clone();
        let keys = blocking(move || {
            CodeKeys::of(&code)
                .ok_or_else(|| denied("code-unreadable", "twelve letters and digits are needed"))
        })
        .await?;
        let blind = Line::blind(&strip.address)?;
        let face: Face = ask(&blind, Method::GET, "/v1/school", None::<&()>).await?;
        if face.protocol > PROTOCOL {
            return Err(Fault::UpdateNeeded);
        }
        let nonce: [u8; 16] = self.core.options.edge.bytes();
        let question = ProveInvite { lookup: keys.lookup_text(), nonce: BASE64URL_NOPAD.encode(&nonce) };
        let proof: InviteProof = ask(&blind, Method::POST, "/v1/invites/prove", Some(&question)).await?;
        let strange = || denied("school-unproved", "this is not the school that printed the code");
        let ca = proof.face.ca.as_deref().map(|ca| BASE64URL_NOPAD.decode(ca.as_bytes()));
        let ca = ca.transpose().map_err(|_| strange())?;
        let said = BASE64URL_NOPAD.decode(proof.proof.as_bytes()).map_err(|_| strange())?;
        if !check_server_proof(&keys.proof, &nonce, ca.as_deref().unwrap_or_default(), &said) {
            return Err(strange());
        }
        if !strip.pin.is_empty() && ca.as_deref().map(pin_of).as_deref() != Some(strip.pin.as_str()) {
            return Err(strange());
        }
        Ok(Proved { address: strip.address, face: proof.face, ca, keys })
    }

    async fn enrol(&self, join: Join) -> Result<Standing, Fault> {
        if let Standing::Ready { .. } = self.standing().await? {
            return Err(denied("already-joined", "this profile belongs to somebody"));
        }
        if join.password.chars().count() < PASSWORD_CHARS {
            return Err(denied("password-short", "at least ten characters are needed"));
        }
        let proved = self.prove(&join.address, &join.code).await?;
        let device_key = SigningKey::from_bytes(&self.core.options.edge.bytes());
        let public = device_key.verifying_key().to_bytes();
        let ask_for = Enrol {
            protocol: PROTOCOL,
            lookup: proved.keys.lookup_text(),
            proof: BASE64URL_NOPAD.encode(&device_proof(&proved.keys.proof, &public)),
            device_key: BASE64URL_NOPAD.encode(&public),
            device_name: join.device_name,
            password: join.password.clone(),
        };
        // The room is made first: a full disk must not cost an invite.
        let client = self.clone();
        let password = join.password;
        blocking(move || client.make_store(&password)).await?;
        let line = Line::trusting(&proved.address, proved.ca.as_deref())?;
        let enrolled: Enrolled = ask(&line, Method::POST, "/v1/enrol", Some(&ask_for)).await?;
        self.settle_in(&proved, &device_key, enrolled).await?;
        self.core.session.forget().await;
        self.tell(Input::SignedIn);
        self.emit(["profile", "notice", "event", "shift", "class", "today", "sync", "outbox"]);
        self.standing().await
    }

    /// A fresh store under a fresh key. An earlier one that is locked for good, or was removed, is kept aside.
    fn make_store(&self, password: &str) -> Result<(), Fault> {
        let (profile, options) = (&self.core.profile, &self.core.options);
        self.close_store();
        if profile.store().exists() {
            crate::replica::open::set_aside(&profile.store(), &options.edge)?;
        }
        let key = keys::fresh(&options.edge);
        keys::wrap(&profile.keys(), &key, password, &options.edge)?;
        if options.keyring {
            keys::to_keyring(&profile.keyring_name(), &key);
        }
        self.open_store(key)
    }

    async fn settle_in(&self, proved: &Proved, key: &SigningKey, enrolled: Enrolled) -> Result<(), Fault> {
        let me = Enrolment {
            school: enrolled.school,
            school_key: enrolled.school_key,
            person: enrolled.person,
            device: enrolled.device,
            address: proved.address.clone(),
            ca: proved.ca.as_deref().map(|ca| BASE64URL_NOPAD.encode(ca)),
        };
        let key = BASE64URL_NOPAD.encode(key.as_bytes());
        let token = serde_json::to_string(&enrolled.session)?;
        let epoch = enrolled.epoch.to_string();
        self.write(move |conn| {
            me.store(conn)?;
            meta::put(conn, "device_key", &key)?;
            meta::put(conn, "token", &token)?;
            meta::put(conn, "epoch", &epoch)
        })
        .await
    }
}

async fn ask<A: DeserializeOwned>(
    line: &Line,
    method: Method,
    path: &str,
    body: Option<&impl Serialize>,
) -> Result<A, Fault> {
    let body = body.map(serde_json::to_vec).transpose()?;
    match line.ask(method, path, body, None).await? {
        Answer::Body(bytes) => serde_json::from_slice(&bytes).map_err(|error| away(&error)),
        Answer::Problem(problem) => Err(fault_of(&problem)),
    }
}

impl Ask for Look {
    type Reply = Looked;
    async fn answer(self, client: &Client) -> Result<Looked, Fault> {
        let proved = client.prove(&self.address, &self.code).await?;
        Ok(Looked { school: proved.face.name, address: proved.address })
    }
}

impl Ask for Join {
    type Reply = Standing;
    async fn answer(self, client: &Client) -> Result<Standing, Fault> {
        client.enrol(self).await
    }
}
