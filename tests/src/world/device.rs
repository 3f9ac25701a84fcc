//! A person's computer: the real client in a folder of its own. It talks to the school when the test says so.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use xinmei_client::{
    Client, Options, Outside,
    api::{Ask, Fault, profile},
    edge::Edge,
    profile::ProfileDir,
};
use xinmei_model::{Act, Id, MutationId, Person, wire::Invite};
use xinmei_server::invite;

use super::{Hands, World};

/// The password of everybody in these tests.
pub const PASSWORD: &str = "correct horse battery staple";

/// A person's computer.
pub struct Device {
    /// Whose.
    pub name: String,
    /// Who.
    pub person: Id<Person>,
    /// The core of the window and the command line.
    pub client: Client,
    options: Options,
    profile: ProfileDir,
    hands: Hands,
}

struct Random;
impl xinmei_client::edge::Entropy for Random {
    fn fill(&self, bytes: &mut [u8]) {
        xinmei_server::edge::Entropy::fill(&super::Random, bytes);
    }
}

/// The world's clock, as a computer that is wrong by so much shows it.
struct Wrong(Hands, SignedDuration);
impl xinmei_client::edge::Clock for Wrong {
    fn now(&self) -> Timestamp {
        self.0.now().checked_add(self.1).unwrap()
    }
}

fn options(world: &World) -> Options {
    let downloads = Some(world.dir.path().join("downloads"));
    let outside = Outside { downloads, runtime: None, opener: |_| Ok(()) };
    Options { edge: Edge::new(Arc::new(world.hands.clone()), Arc::new(Random)), keyring: false, outside }
}

impl World {
    /// The person joins on a new computer, with a strip, and syncs once.
    pub async fn join(&self, name: &str) -> Device {
        let strip = self.strip(name).await;
        self.join_by(name, &strip.link).await
    }

    /// A strip for a person, as the office prints it.
    pub async fn strip(&self, name: &str) -> Invite {
        let person = self.person(name).await;
        let school = &self.server().school;
        invite::issue_from_console(&school.ledger, school.address.clone(), person, false).await.unwrap()
    }

    /// As [`World::join`], with a link of the test's making: through a proxy.
    pub async fn join_by(&self, name: &str, link: &str) -> Device {
        let person = self.person(name).await;
        let folder = format!("{name}-{}", uuid::Uuid::new_v4());
        let profile = ProfileDir::new(&self.dir.path().join("profiles"), &folder).unwrap();
        let options = options(self);
        let client = Client::open(profile.clone(), options.clone()).await.unwrap().unwrap();
        let join = profile::Join {
            address: link.into(),
            code: String::new(),
            password: PASSWORD.into(),
            device_name: "test".into(),
        };
        join.answer(&client).await.unwrap();
        let device =
            Device { name: name.into(), person, client, options, profile, hands: self.hands.clone() };
        device.sync().await;
        device
    }
}

impl World {
    /// Tries to join on a new computer with a link, or an address and a code.
    pub async fn try_join(&self, address: &str, code: &str) -> Result<(), Fault> {
        let folder = uuid::Uuid::new_v4().to_string();
        let profile = ProfileDir::new(&self.dir.path().join("profiles"), &folder).unwrap();
        let client = Client::open(profile, options(self)).await?.unwrap();
        let join = profile::Join {
            address: address.into(),
            code: code.into(),
            password: PASSWORD.into(),
            device_name: "test".into(),
        };
        join.answer(&client).await.map(|_| ())
    }
}

impl Device {
    /// Talks to the school until nothing is left to say.
    pub async fn sync(&self) {
        self.client.sync_once().await.unwrap();
    }

    /// Asks through the door, as the window does.
    pub async fn ask<A: Ask>(&self, ask: A) -> A::Reply {
        ask.answer(&self.client).await.unwrap()
    }

    /// Asks what must be refused on this computer.
    pub async fn refused<A: Ask>(&self, ask: A) -> Fault
    where
        A::Reply: Serialize,
    {
        match ask.answer(&self.client).await {
            Err(fault) => fault,
            Ok(reply) => panic!("was answered: {}", serde_json::to_string(&reply).unwrap()),
        }
    }

    /// Saves a wish.
    pub async fn save(&self, act: Act) -> MutationId {
        self.client.save(act).await.unwrap()
    }

    /// Closes the profile and opens it again, as after a crash: whatever was not on the disk is gone.
    pub async fn reopen(self) -> Self {
        self.reopen_at(SignedDuration::ZERO).await
    }

    /// As [`Device::reopen`], with the computer's clock wrong by so much.
    pub async fn reopen_at(self, wrong: SignedDuration) -> Self {
        let Self { name, person, client, mut options, profile, hands } = self;
        drop(client);
        options.edge = Edge::new(Arc::new(Wrong(hands.clone(), wrong)), Arc::new(Random));
        let client =
            Client::open(profile.clone(), options.clone()).await.unwrap().expect("the profile is free");
        client.unlock(PASSWORD.into()).await.unwrap();
        Self { name, person, client, options, profile, hands }
    }

    /// What was handed to the system to be opened, by its path.
    pub fn opened(&self) -> Vec<std::path::PathBuf> {
        let Ok(folders) = std::fs::read_dir(self.profile.path().join("opened")) else { return Vec::new() };
        let files = folders.flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap());
        files.map(|file| file.unwrap().path()).collect()
    }

    /// Every byte of the profile's files.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for entry in std::fs::read_dir(self.profile.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                bytes.extend(std::fs::read(path).unwrap());
            }
        }
        bytes
    }
}
