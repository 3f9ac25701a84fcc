//! Joining: from a strip of paper to a device of the school, trusting nobody before they proved that they know the code.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::SigningKey;
use reqwest::Method;
use rusqlite::Connection;
use serde::{Serialize, de::DeserializeOwned};
use xinmei_model::{
    invite::{CodeKeys, InviteLink, check_server_proof, device_proof, pin_of},
    wire::{Enrol, Enrolled, Face, InviteProof, PROTOCOL, ProveInvite},
};

use crate::{
    Client, TOPICS,
    api::{
        Ask, Fault,
        profile::{Join, Look, Looked, Standing},
    },
    client::blocking,
    edge::Edge,
    fault::denied,
    keys,
    profile::ProfileDir,
    replica::{Enrolment, Replica, StoreKey, meta, open},
    sync::{
        engine::Input,
        session::signing_key,
        transport::{Answer, Asked, Line, address_of, away, fault_of},
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
        let (client, password, lookup) = (self.clone(), join.password.clone(), proved.keys.lookup_text());
        let room =
            blocking(move || Room::make(&client.core.profile, &client.core.options.edge, &password, &lookup))
                .await?;
        let enrolled = match self.ask_to_enrol(&proved, &room, &join).await {
            Ok(enrolled) => enrolled,
            Err(fault) => {
                drop(room);
                // Where the school did not answer it may have taken this device in: it is asked again with the same key.
                if matches!(fault, Fault::Denied { .. } | Fault::UpdateNeeded) {
                    let client = self.clone();
                    blocking(move || client.core.profile.forget_joining()).await?;
                }
                return Err(fault);
            }
        };
        let client = self.clone();
        blocking(move || client.move_in(room, &proved, enrolled, &join.password)).await?;
        self.core.session.forget().await;
        self.tell(Input::SignedIn);
        self.emit(TOPICS);
        self.standing().await
    }

    async fn ask_to_enrol(&self, proved: &Proved, room: &Room, join: &Join) -> Result<Enrolled, Fault> {
        let public = room.device_key.verifying_key().to_bytes();
        let ask_for = Enrol {
            protocol: PROTOCOL,
            lookup: proved.keys.lookup_text(),
            proof: BASE64URL_NOPAD.encode(&device_proof(&proved.keys.proof, &public)),
            device_key: BASE64URL_NOPAD.encode(&public),
            device_name: join.device_name.clone(),
            password: join.password.clone(),
        };
        let line = Line::trusting(&proved.address, proved.ca.as_deref())?;
        ask(&line, Method::POST, "/v1/enrol", Some(&ask_for)).await
    }

    /// The school's answer is kept, what the old store still holds of this person is taken over, and the new store takes
    /// its place.
    fn move_in(&self, room: Room, proved: &Proved, enrolled: Enrolled, password: &str) -> Result<(), Fault> {
        let (profile, options) = (&self.core.profile, &self.core.options);
        let me = Enrolment {
            school: enrolled.school,
            school_key: enrolled.school_key,
            person: enrolled.person,
            device: enrolled.device,
            address: proved.address.clone(),
            ca: proved.ca.as_deref().map(|ca| BASE64URL_NOPAD.encode(ca)),
        };
        let token = serde_json::to_string(&enrolled.session)?;
        let epoch = enrolled.epoch.to_string();
        let old = self.old_store(password);
        room.store.write(|conn| {
            me.store(conn)?;
            meta::put(conn, "token", &token)?;
            meta::put(conn, "epoch", &epoch)
        })?;
        // What is wrong with the old store must not cost the new one: then it is set aside as it is.
        let take_over = |old: &Connection| room.store.write(|conn| open::take_over(conn, old));
        let taken_over = old.as_ref().is_some_and(|old| {
            take_over(old).unwrap_or_else(|fault| {
                tracing::warn!(%fault, "nothing was taken over from the store before");
                false
            })
        });
        let Room { store, key, .. } = room;
        drop((store, old));
        self.close_store();
        let aside = profile.commit_joining(&options.edge)?;
        if options.keyring {
            keys::to_keyring(&profile.keyring_name(), &key);
        }
        self.open_store(key)?;
        if let Some(aside) = aside.filter(|_| taken_over) {
            profile.remove_aside(&aside)?;
        }
        Ok(())
    }

    /// The store this profile had, where it is open or this password opens it.
    fn old_store(&self, password: &str) -> Option<Connection> {
        let profile = &self.core.profile;
        if !profile.store().exists() {
            return None;
        }
        let open = self.replica().ok().and_then(|replica| replica.key().cloned());
        let key = open.or_else(|| keys::unwrap(&profile.keys(), password).ok())?;
        open::reader(&profile.store(), Some(&key)).ok()
    }
}

/// What the room remembers beside its device key: the strip it was made for.
const JOINING: &str = "joining";

/// Room for a new device beside the profile's own store. It is made, with the device's key in it, before the school is
/// asked: a full disk must not cost a strip, a refused strip not the store, and a lost answer not the enrolment.
struct Room {
    store: Replica,
    key: StoreKey,
    device_key: SigningKey,
}

impl Room {
    /// Opens the room that an earlier try with this strip and this password left, or makes a fresh one.
    fn make(profile: &ProfileDir, edge: &Edge, password: &str, lookup: &str) -> Result<Self, Fault> {
        let file = profile.joining_keys();
        let key = match keys::unwrap(&file, password) {
            Ok(key) => key,
            Err(_) => {
                profile.forget_joining()?;
                let key = keys::fresh(edge);
                keys::wrap(&file, &key, password, edge)?;
                key
            }
        };
        let store = Replica::open(&profile.joining_store(), key.clone(), edge.clone())?;
        let device_key = store.write(|conn| {
            let kept = meta::get(conn, JOINING)?.filter(|strip| strip == lookup);
            let kept = kept.map(|_| meta::get(conn, "device_key")).transpose()?.flatten();
            if let Some(kept) = kept {
                return signing_key(&kept);
            }
            let fresh = SigningKey::from_bytes(&edge.bytes());
            meta::put(conn, JOINING, lookup)?;
            meta::put(conn, "device_key", &BASE64URL_NOPAD.encode(fresh.as_bytes()))?;
            Ok(fresh)
        })?;
        Ok(Self { store, key, device_key })
    }
}

async fn ask<A: DeserializeOwned>(
    line: &Line,
    method: Method,
    path: &str,
    body: Option<&impl Serialize>,
) -> Result<A, Fault> {
    let body = body.map(serde_json::to_vec).transpose()?;
    match line.ask(Asked::Json(method, body), path, None).await? {
        Answer::Body(bytes) => serde_json::from_slice(&bytes).map_err(|error| away(&error)),
        Answer::Problem(problem, retry) => Err(fault_of(&problem, retry)),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::scratch;

    #[test]
    fn a_strip_that_got_no_answer_is_tried_again_with_the_same_key() {
        let profile = ProfileDir::new(&scratch("room"), "default").unwrap();
        std::fs::create_dir_all(profile.path()).unwrap();
        let edge = Edge::system();
        let key = |password: &str, strip: &str| {
            let room = Room::make(&profile, &edge, password, strip).unwrap();
            room.device_key.to_bytes()
        };
        let first = key("correct horse", "strip 1");
        assert_eq!(key("correct horse", "strip 1"), first, "kept on the disk, not in memory");
        let sealed = std::fs::read(profile.joining_store()).unwrap();
        assert!(!sealed.windows(32).any(|bytes| bytes == first), "sealed like the rest");
        assert_ne!(key("correct horse", "strip 2"), first, "another strip is another device");
        let second = key("correct horse", "strip 2");
        assert_ne!(key("another horse", "strip 2"), second, "nobody without the password has it");
        profile.forget_joining().unwrap();
        assert_eq!(std::fs::read_dir(profile.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_swap_cut_short_is_finished_when_the_profile_is_opened() {
        let edge = Edge::system();
        for cut in 0..3 {
            let profile = ProfileDir::new(&scratch("swap"), "default").unwrap();
            std::fs::create_dir_all(profile.path()).unwrap();
            std::fs::write(profile.store(), "old store").unwrap();
            std::fs::write(profile.keys(), "old keys").unwrap();
            std::fs::write(profile.joining_store(), "new store").unwrap();
            std::fs::write(profile.path().join("joined.json"), "new keys").unwrap();
            if cut > 0 {
                open::set_aside(&profile.keys(), 7).unwrap();
            }
            if cut > 1 {
                open::set_aside(&profile.store(), 7).unwrap();
            }
            profile.finish_joining(&edge).unwrap();
            assert_eq!(std::fs::read_to_string(profile.store()).unwrap(), "new store", "{cut}");
            assert_eq!(std::fs::read_to_string(profile.keys()).unwrap(), "new keys", "{cut}");
            assert_eq!(std::fs::read_dir(profile.path()).unwrap().count(), 4, "{cut}: the old ones are kept");
        }
    }
}
