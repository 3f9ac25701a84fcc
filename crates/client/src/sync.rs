//! Sync: the engine decides, the driver does, and the door shows how it stands.

pub(crate) mod driver;
pub mod engine;
pub(crate) mod files;
pub(crate) mod session;
pub(crate) mod transport;

use rusqlite::{OptionalExtension, params};

use crate::{
    Client,
    api::{
        Ask, Done, Fault,
        sync::{Draft, GetDraft, Line, Now, PutDraft, Seen, Status, TakeBack},
    },
    fault::invalid,
    replica::meta,
};
use engine::Input;

/// A draft is what one screen needs; more is not typed by hand.
const DRAFT_BYTES: usize = 256 * 1024;
/// Drafts are kept by screen and row.
const KEY_BYTES: usize = 200;

impl Client {
    /// The sync line.
    ///
    /// # Errors
    /// [`Fault::Locked`], [`Fault::Invalid`] where nobody joined.
    pub async fn sync_line(&self) -> Result<Line, Fault> {
        let state = self.line_state();
        self.on_replica(move |replica| {
            let (waiting, failed) = replica.waiting_and_failed()?;
            let clock = replica.edge().now();
            let (contact, now) =
                replica.read_raw(|conn| Ok((meta::heard(conn)?, meta::school_time(conn, clock)?)))?;
            let address = replica.enrolment()?.map(|me| me.address).unwrap_or_default();
            Ok(Line { state, contact, waiting, failed, address, now })
        })
        .await
    }

    /// Tries at once instead of waiting for the next attempt.
    pub fn sync_now(&self) {
        self.tell(Input::Now);
    }
}

impl Ask for Status {
    type Reply = Line;
    async fn answer(self, client: &Client) -> Result<Line, Fault> {
        client.sync_line().await
    }
}

impl Ask for Now {
    type Reply = Done;
    async fn answer(self, client: &Client) -> Result<Done, Fault> {
        client.sync_now();
        Ok(Done {})
    }
}

impl Ask for Seen {
    type Reply = Done;
    async fn answer(self, client: &Client) -> Result<Done, Fault> {
        client.on_replica(move |replica| replica.seen(self.mutation)).await?;
        client.emit(["outbox", "sync", "event", "conference", "shift", "notice", "today"]);
        Ok(Done {})
    }
}

impl Ask for TakeBack {
    type Reply = Done;
    async fn answer(self, client: &Client) -> Result<Done, Fault> {
        // While a push is on its way its wishes are sent, even if the answer is not here yet.
        let topics = client.on_replica(move |replica| replica.take_back(self.mutation)).await?;
        client.emit(topics);
        Ok(Done {})
    }
}

impl Ask for GetDraft {
    type Reply = Draft;
    async fn answer(self, client: &Client) -> Result<Draft, Fault> {
        client
            .on_replica(move |replica| {
                replica.read_raw(|conn| {
                    let mut select = conn.prepare_cached("SELECT body FROM draft WHERE key = ?1")?;
                    let body = select.query_row([&self.key], |row| row.get(0)).optional()?;
                    Ok(Draft { body: body.unwrap_or_default() })
                })
            })
            .await
    }
}

impl Ask for PutDraft {
    type Reply = Done;
    async fn answer(self, client: &Client) -> Result<Done, Fault> {
        if self.key.is_empty() || self.key.len() > KEY_BYTES {
            return Err(invalid("key"));
        }
        if self.body.len() > DRAFT_BYTES {
            return Err(invalid("body"));
        }
        client
            .write(move |conn| {
                if self.body.is_empty() {
                    conn.execute("DELETE FROM draft WHERE key = ?1", [&self.key])?;
                } else {
                    conn.execute(
                        "INSERT OR REPLACE INTO draft (key, body) VALUES (?1, ?2)",
                        params![self.key, self.body],
                    )?;
                }
                Ok(Done {})
            })
            .await
    }
}
