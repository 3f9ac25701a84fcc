//! What a command has at hand: the door, and how to print.

use std::{fs::File, io::Write, path::Path, process::ExitCode};

use anyhow::Context;
use data_encoding::BASE64;
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use xinmei_client::{
    api::{Fault, Request, Saved, profile, sync, table::MadeFile},
    replica::Fate,
    socket::Door,
};
use xinmei_model::{MutationId, Verdict};

/// A fault in words that say what to do now on a command line.
#[derive(Debug, thiserror::Error)]
#[error("{says}")]
pub(crate) struct Told {
    pub(crate) fault: Fault,
    says: String,
}

impl Told {
    pub(crate) fn new(fault: Fault, says: impl Into<String>) -> Self {
        Self { fault, says: says.into() }
    }
}

/// One run of the command line.
pub(crate) struct Terminal {
    pub(crate) door: Door,
    pub(crate) json: bool,
    pub(crate) wait: bool,
    pub(crate) password_fd: Option<u32>,
}

impl Terminal {
    /// Asks; the answer as its type.
    pub(crate) async fn ask<A: DeserializeOwned>(&self, request: Request) -> anyhow::Result<A> {
        Ok(serde_json::from_value(self.door.ask(request).await?)?)
    }

    /// Opens a locked store with the password.
    pub(crate) async fn unlock(&self) -> anyhow::Result<()> {
        let mut standing: profile::Standing = self.ask(Request::ProfileStatus(profile::Status {})).await?;
        if let profile::Standing::Locked = standing {
            let password = super::password::read(self.password_fd).map_err(|_| {
                let says =
                    "the password is needed to open this profile: give --password-fd or XINMEI_PASSWORD";
                Told::new(Fault::Locked, says)
            })?;
            standing = self.ask(Request::ProfileUnlock(profile::Unlock { password })).await?;
        }
        match standing {
            profile::Standing::Locked => Err(Fault::Locked.into()),
            // Also where a damaged store was set aside and did not tell any more who this device was.
            profile::Standing::New => Err(Told::new(
                Fault::SignedOut,
                "nobody has joined in this profile; join with `xinmei enrol` and the school's strip",
            )
            .into()),
            profile::Standing::Removed | profile::Standing::Ready { .. } => Ok(()),
        }
    }

    /// Asks and prints what came: as JSON, or the named columns of each item of a list.
    pub(crate) async fn show(
        &self,
        request: Request,
        list: &str,
        columns: &[&str],
    ) -> anyhow::Result<ExitCode> {
        let value = self.door.ask(request).await?;
        self.print(&value, list, columns);
        Ok(ExitCode::SUCCESS)
    }

    /// Prints a value: as JSON, or the named columns of each item of a list (JSON pointers both).
    pub(crate) fn print(&self, value: &Value, list: &str, columns: &[&str]) {
        let items = value.pointer(list).and_then(Value::as_array).filter(|_| !list.is_empty());
        match items {
            Some(items) if !self.json => {
                for item in items {
                    let cells =
                        columns.iter().map(|column| cell(item.pointer(column).unwrap_or(&Value::Null)));
                    line(&cells.collect::<Vec<_>>().join("\t"));
                }
            }
            _ if self.json => drop(line(value)),
            _ => drop(line(&serde_json::to_string_pretty(value).unwrap_or_default())),
        }
    }

    /// Saves a wish, says so, and waits for the verdict.
    pub(crate) async fn save(&self, request: Request) -> anyhow::Result<ExitCode> {
        let saved: Saved = self.ask(request).await?;
        self.say("saved", saved.mutation, "");
        if self.wait { self.verdict(saved.mutation).await } else { Ok(ExitCode::SUCCESS) }
    }

    /// What a fault means here: which address does not answer, and what to do.
    pub(crate) async fn told(&self, fault: Fault, asked: Option<&str>) -> Told {
        let address = match asked {
            Some(address) => Some(address.to_owned()),
            None => self
                .ask::<sync::Line>(Request::SyncStatus(sync::Status {}))
                .await
                .ok()
                .map(|line| line.address),
        };
        let says = match (&fault, address) {
            (Fault::Offline, Some(address)) => format!(
                "the school cannot be reached at {address}: look at the network, or ask the school for its address; \
                 what was saved is kept, `xinmei sync` sends it"
            ),
            (Fault::Busy { .. }, _) => format!("{fault}; what was saved is kept, `xinmei sync` sends it"),
            (fault, _) => fault.to_string(),
        };
        Told::new(fault, says)
    }

    async fn verdict(&self, id: MutationId) -> anyhow::Result<ExitCode> {
        let synced = self.door.sync().await;
        match self.door.fate(id).await? {
            Fate::Settled { verdict: Verdict::Accepted { rev } } => {
                self.say("accepted", id, &rev.to_string());
                Ok(ExitCode::SUCCESS)
            }
            Fate::Settled { verdict: Verdict::Refused { refusal } } => {
                self.say("refused", id, &refusal.code());
                if !self.json {
                    eprintln!("xinmei: {refusal}");
                }
                Ok(ExitCode::from(1))
            }
            Fate::Parked { code } => {
                self.say("parked", id, &code);
                Ok(ExitCode::from(1))
            }
            // A sign-up given back before it was sent.
            Fate::Unknown => {
                self.say("taken-back", id, "");
                Ok(ExitCode::SUCCESS)
            }
            Fate::Waiting => {
                synced?;
                Err(Fault::Offline.into())
            }
        }
    }

    /// Writes a file that was made where it is wanted: a new one, and all of it.
    pub(crate) fn keep(&self, made: &MadeFile, out: &Path) -> anyhow::Result<ExitCode> {
        let content = BASE64.decode(made.content.as_bytes())?;
        let mut file = File::create_new(out).with_context(|| format!("{} was not written", out.display()))?;
        file.write_all(&content)?;
        file.sync_all()?;
        line(&format!("written {}", out.display()));
        Ok(ExitCode::SUCCESS)
    }

    fn say(&self, what: &str, id: MutationId, more: &str) {
        if self.json {
            line(&serde_json::json!({ "event": what, "mutation": id, "with": more }));
        } else {
            line(&format!("{what} {id} {more}").trim_end());
        }
    }
}

/// Prints a line; `false` where nobody reads any more, which is no fault of ours: `xinmei class list | head -n 1`.
pub(crate) fn line(text: &dyn std::fmt::Display) -> bool {
    writeln!(std::io::stdout(), "{text}").is_ok()
}

/// Prints cells on one line.
pub(crate) fn row(cells: &[&str]) -> bool {
    line(&cells.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join("\t"))
}

/// Text on one line: control characters of a message must not drive the terminal.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A value that is one word on the wire: `not-joined`; nothing where there is none.
pub(crate) fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

/// An instant on the school's clock, as options take it: `2026-11-27T18:00:00+08:00[Asia/Shanghai]`.
pub(crate) fn on_the_wall(at: Timestamp, zone: &str) -> String {
    at.in_tz(zone).map_or_else(|_| format!("{at:.0}"), |at| format!("{at:.0}"))
}

/// A value on one line.
fn cell(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Object(fields) => match fields.get("is").or_else(|| fields.get("name")) {
            Some(Value::String(word)) => word.clone(),
            _ => value.to_string(),
        },
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    };
    plain(&text)
}
