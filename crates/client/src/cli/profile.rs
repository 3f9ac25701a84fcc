//! Joining, hats, and the doctor.

use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;
use serde_json::{Value, json};
use xinmei_client::{
    api::{Request, profile as ask},
    profile::ProfileDir,
};
use xinmei_model::invite::InviteLink;

use super::{names, password, terminal::Terminal};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make this computer a device of the school.
    Enrol {
        /// `xinmei://join?…`
        #[arg(long, conflicts_with_all = ["server", "code"])]
        invite: Option<String>,
        /// The school's address, as printed: `school.example:8443`.
        #[arg(long, requires = "code")]
        server: Option<String>,
        /// The code on the strip.
        #[arg(long, requires = "server")]
        code: Option<String>,
        /// What this computer is called.
        #[arg(long, default_value = "xinmei")]
        device: String,
    },
    /// Is this a school, and does it know the code? Sends nothing secret.
    Look {
        /// As in `enrol`.
        address: String,
        /// As in `enrol`; none where the address is a link.
        #[arg(default_value = "")]
        code: String,
    },
    /// How this profile stands.
    Status,
    /// Put on another hat: `guardian`, a title, or a role's id.
    Wear {
        /// Which.
        hat: String,
    },
    /// Give the school the password once more.
    SignIn,
    /// End the session and lock this profile.
    SignOut,
    /// Ask the door itself: a name such as `notice.list`, and JSON.
    Call {
        /// The name.
        name: String,
        /// What goes with it.
        #[arg(default_value = "{}")]
        with: String,
    },
    /// Look this installation over.
    Doctor,
}

impl Command {
    /// The address this command names.
    pub(crate) fn address(&self) -> Option<String> {
        let typed = match self {
            Self::Enrol { invite, server, .. } => invite.as_ref().or(server.as_ref()),
            Self::Look { address, .. } => Some(address),
            _ => None,
        }?;
        Some(InviteLink::read(typed).map_or_else(|| typed.clone(), |link| link.address))
    }

    pub(crate) async fn run(self, terminal: &Terminal, profile: &ProfileDir) -> anyhow::Result<ExitCode> {
        match self {
            Self::Enrol { invite, server, code, device } => {
                let address = invite.or(server).context("give --invite, or --server and --code")?;
                let password = password::read(terminal.password_fd)?;
                let code = code.unwrap_or_default();
                let join = ask::Join { address, code, password, device_name: device };
                let request = Request::JoinEnrol(join);
                let joined = terminal.door.ask(request).await?;
                if terminal.wait {
                    terminal.door.sync().await?;
                }
                if terminal.json {
                    terminal.print(&joined, "", &[]);
                    return Ok(ExitCode::SUCCESS);
                }
                // The school's name and the person's come with the first sync.
                let standing: ask::Standing = terminal.ask(Request::ProfileStatus(ask::Status {})).await?;
                let names = match standing {
                    ask::Standing::Ready { me } if !me.name.is_empty() => {
                        format!(" {} as {}", me.school, me.name)
                    }
                    _ => String::new(),
                };
                super::terminal::line(&format!("joined{names}"));
                Ok(ExitCode::SUCCESS)
            }
            Self::Look { address, code } => {
                terminal.show(Request::JoinLook(ask::Look { address, code }), "", &[]).await
            }
            Self::Status => {
                // Without a password at hand the answer is "locked", which is an answer.
                let _ = terminal.unlock().await;
                terminal.show(Request::ProfileStatus(ask::Status {}), "", &[]).await
            }
            Self::Wear { hat } => {
                terminal.unlock().await?;
                let hat = names::hat(terminal, &hat).await?;
                terminal.show(Request::ProfileWear(ask::Wear { hat }), "", &[]).await
            }
            Self::SignIn => {
                let password = password::read(terminal.password_fd)?;
                terminal.show(Request::ProfileSignIn(ask::SignIn { password }), "", &[]).await
            }
            Self::SignOut => {
                terminal.unlock().await?;
                terminal.show(Request::ProfileSignOut(ask::SignOut {}), "", &[]).await
            }
            Self::Call { name, with } => {
                terminal.unlock().await?;
                let with: Value = serde_json::from_str(&with).context("not JSON")?;
                let request = serde_json::from_value(json!({ "ask": name, "with": with }));
                terminal.show(request.context("the door does not know this")?, "", &[]).await
            }
            Self::Doctor => doctor(terminal, profile).await,
        }
    }
}

/// Says what is wrong, or that nothing is.
async fn doctor(terminal: &Terminal, profile: &ProfileDir) -> anyhow::Result<ExitCode> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(profile.path())?.flatten();
    let aside = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("replica.db.aside-"));
    let aside = aside.count();
    if aside > 0 {
        found.push(format!("{aside} older stores were set aside in {}", profile.path().display()));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(profile.path())?.permissions().mode() & 0o777;
        if mode != 0o700 {
            found.push(format!("the profile can be read by others (mode {mode:o})"));
        }
    }
    if !profile.path().join("keys.json").exists() {
        found.push("no password opens this profile: sign in once".to_owned());
    }
    let opened = terminal.unlock().await;
    let standing: ask::Standing = terminal.ask(Request::ProfileStatus(ask::Status {})).await?;
    match standing {
        ask::Standing::New => found.push("nobody has joined".to_owned()),
        ask::Standing::Locked => {
            found.push("the keyring gave no key, and the password did not open it".to_owned())
        }
        ask::Standing::Removed => found.push("the school removed this device".to_owned()),
        ask::Standing::Ready { .. } => {
            opened?;
            if let Err(fault) = terminal.door.sync().await {
                found.push(format!("no sync: {fault}"));
            }
        }
    }
    terminal.print(&json!({ "profile": profile.path(), "found": found }), "", &[]);
    if found.is_empty() {
        Ok(ExitCode::SUCCESS)
    } else {
        {
            eprintln!("xinmei: {} things to look at", found.len());
            Ok(ExitCode::from(5))
        }
    }
}
