//! Hours of volunteers, and certificates.

use std::{io::Read as _, path::PathBuf, process::ExitCode};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};
use jiff::{Timestamp, civil::Date};
use xinmei_client::api::{Request, duty, hours as ask};
use xinmei_model::{DutySaid, DutyWish, HoursEntry, HoursProof, Id, Shift, read_proof};

use super::{
    file, hours_missing,
    hours_report::{self, Report},
    names::{self, Proxy},
    terminal::{Terminal, line, row},
};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// One's own hours.
    Mine,
    /// Hours of your own that were here before the school was restored from a backup, and are not with it now.
    Missing(hours_missing::Missing),
    /// What waits for approval at your places.
    Desk {
        /// Of whom: a name or its initials.
        #[arg(long, default_value = "")]
        find: String,
    },
    /// Shifts at which people come or came lately.
    Shifts,
    /// Who of a shift came.
    Roll {
        /// Which.
        shift: Id<Shift>,
        /// Only whoever is called so: a name, pinyin, initials.
        #[arg(long, default_value = "")]
        find: String,
    },
    /// Say of people of a shift that they came, or not.
    Mark {
        /// Which.
        shift: Id<Shift>,
        /// Whom, by name; everybody of whom nothing was said yet if none is named.
        people: Vec<String>,
        /// Checked in: 2026-10-13T08:00:00+08:00; the beginning of the shift if not given.
        #[arg(long)]
        from: Option<Timestamp>,
        /// Checked out; the end of the shift, or now where it goes on.
        #[arg(long)]
        until: Option<Timestamp>,
        /// Checked in, and still there.
        #[arg(long, conflicts_with = "until")]
        stays: bool,
        /// Did not come.
        #[arg(long, conflicts_with_all = ["from", "until", "stays"])]
        missed: bool,
        /// With `--missed`: the excuse.
        #[arg(long, default_value = "", requires = "missed")]
        excuse: String,
    },
    /// Your own shifts that are near: what was said of you, and whether there is a code to show.
    Duty,
    /// The code you show at the meeting point of a shift, as its QR code carries it.
    Code {
        /// Which.
        shift: Id<Shift>,
    },
    /// Say that you left a shift at which you were checked in.
    CheckOut {
        /// Which.
        shift: Id<Shift>,
        /// When; now if not given.
        #[arg(long)]
        until: Option<Timestamp>,
    },
    /// Read codes at the meeting point of a shift: whoever shows one is checked in, and out the second time.
    Scan {
        /// Which.
        shift: Id<Shift>,
        /// What was read; each line of standard input if none is given, as a scanner types them.
        codes: Vec<String>,
    },
    /// A term of volunteering in figures.
    Report(Report),
    /// Ask for hours that no shift tells of, from a JSON file: place, title, programme, day, minutes, evidence.
    Request {
        /// The file.
        file: PathBuf,
        /// Photographs or documents that show it; at most four.
        #[arg(long = "file")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        proxy: Proxy,
    },
    /// Save the files of an entry, never over another file.
    Files {
        /// Which entry.
        entry: Id<HoursEntry>,
        /// Into which folder; that of downloads if left out.
        #[arg(long)]
        to: Option<PathBuf>,
    },
    /// Approve entries as they are listed.
    Approve {
        /// Which.
        #[arg(required = true)]
        entries: Vec<Id<HoursEntry>>,
    },
    /// Refuse entries for one reason.
    Refuse {
        /// Which.
        #[arg(required = true)]
        entries: Vec<Id<HoursEntry>>,
        /// For the volunteer to read.
        #[arg(long)]
        reason: String,
    },
    /// Take an entry of one's own back that nobody has answered.
    Withdraw {
        /// Which.
        entry: Id<HoursEntry>,
    },
    /// Enter what holds instead of an approved entry.
    Correct {
        /// Which.
        entry: Id<HoursEntry>,
        /// What holds, in minutes.
        #[arg(long)]
        minutes: u32,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Have a certificate issued: one's own, or for somebody of the desk's places.
    Issue {
        #[arg(long)]
        from: Date,
        #[arg(long)]
        to: Date,
        /// Of whom, by name or id; one's own if not given.
        #[arg(long = "for")]
        person: Option<String>,
        #[arg(long, default_value = "", requires = "person")]
        training: String,
        #[arg(long, default_value = "", requires = "person")]
        awards: String,
        #[arg(long, default_value = "", requires = "person")]
        evaluation: String,
    },
    /// Certificates that were issued: one's own, or those of the desk's places.
    Certificates {
        /// Those of the desk's places, and of whom: a name or its initials.
        #[arg(long, num_args = 0..=1, default_missing_value = "")]
        desk: Option<String>,
    },
    /// The text of a certificate, as its QR code carries it.
    Certificate {
        /// Which.
        proof: Id<HoursProof>,
    },
    /// What this computer kept of the chain: for `xinmei-server verify --checkpoint`.
    Checkpoints,
    /// The school's public key: for `xinmei verify-certificate --school-key`.
    SchoolKey,
    /// From how many hours on the school gives stars; with hours, settles it.
    Stars {
        /// Of the first star, of the second, and so on.
        hours: Vec<u32>,
        /// No stars any more.
        #[arg(long, conflicts_with = "hours")]
        none: bool,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::Mine => {
                let columns = ["/id", "/day", "/minutes", "/title", "/state/is", "/pending"];
                terminal.show(Request::HoursMine(ask::Mine {}), "/entries", &columns).await
            }
            Self::Missing(asked) => asked.run(terminal).await,
            Self::Desk { find } => {
                let columns = ["/id", "/day", "/minutes", "/name", "/title", "/entered_by", "/may_answer"];
                terminal.show(Request::HoursDesk(ask::Desk { find }), "/waiting", &columns).await
            }
            Self::Shifts => {
                let columns = ["/id", "/starts", "/title", "/people", "/came", "/unmarked", "/overstays"];
                terminal.show(Request::HoursShifts(ask::Shifts {}), "/shifts", &columns).await
            }
            Self::Duty => {
                let columns =
                    ["/shift", "/starts", "/title", "/said/is", "/may_leave", "/has_code", "/waits"];
                terminal.show(Request::HoursOwnDuty(duty::Own {}), "/duties", &columns).await
            }
            Self::Code { shift } => {
                let shown: duty::DutyCode =
                    terminal.ask(Request::HoursCode(duty::ShowCode { shift })).await?;
                line(&shown.code);
                Ok(ExitCode::SUCCESS)
            }
            Self::CheckOut { shift, until } => {
                terminal.save(Request::HoursCheckOut(duty::CheckOut { shift, until })).await
            }
            Self::Scan { shift, codes } => hours_report::scan(terminal, shift, codes).await,
            Self::Report(asked) => asked.run(terminal).await,
            Self::Roll { shift, find } => {
                let columns = ["/person", "/name", "/said", "/minutes", "/waits"];
                terminal
                    .show(Request::HoursRoll(ask::Roll { shift, find, class: None }), "/people", &columns)
                    .await
            }
            Self::Mark { shift, people, from, until, stays, missed, excuse } => {
                let find = String::new();
                let roll: ask::DutyRoll =
                    terminal.ask(Request::HoursRoll(ask::Roll { shift, find, class: None })).await?;
                let said = if missed {
                    DutySaid::Missed { excuse }
                } else {
                    let end = roll.shift.ends.timestamp().min(roll.now);
                    let from = from.unwrap_or(roll.shift.starts.timestamp());
                    DutySaid::Came { from, until: (!stays).then(|| until.unwrap_or(end)) }
                };
                let people = marked(&roll, &people, &said)?;
                terminal.save(Request::HoursMark(ask::Mark { shift, people })).await
            }
            Self::Files { entry, to } => {
                let line = entry_here(terminal, entry).await?;
                file::save(terminal, entry.uuid(), &line.files, file::its_name, to).await
            }
            Self::Request { file, files, proxy } => {
                let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
                let mut value: serde_json::Map<String, serde_json::Value> =
                    serde_json::from_str(&text).context("not a request")?;
                value.insert("on_behalf_of".into(), serde_json::to_value(proxy.find(terminal).await?)?);
                let mut wish: ask::Request = serde_json::from_value(value.into()).context("not a request")?;
                wish.files = file::give(terminal, &files).await?;
                terminal.save(Request::HoursRequest(wish)).await
            }
            Self::Approve { entries } => {
                let desk: ask::HoursDeskView = terminal.ask(Request::HoursDesk(ask::Desk::default())).await?;
                let seen = |entry: &Id<HoursEntry>| {
                    let found = desk.waiting.iter().find(|one| one.id == *entry);
                    let found = found.with_context(|| format!("{entry} does not wait for approval here"))?;
                    Ok(ask::SeenHours { entry: *entry, minutes: found.minutes })
                };
                let entries = entries.iter().map(seen).collect::<anyhow::Result<_>>()?;
                terminal.save(Request::HoursApprove(ask::Approve { entries })).await
            }
            Self::Refuse { entries, reason } => {
                terminal.save(Request::HoursRefuse(ask::Refuse { entries, reason })).await
            }
            Self::Withdraw { entry } => terminal.save(Request::HoursWithdraw(ask::Withdraw { entry })).await,
            Self::Correct { entry, minutes, reason } => {
                terminal.save(Request::HoursCorrect(ask::Correct { entry, minutes, reason })).await
            }
            Self::Issue { from, to, person, training, awards, evaluation } => {
                let person = match person {
                    Some(text) => Some(names::person(terminal, &text).await?),
                    None => None,
                };
                let wish = ask::Issue { person, from, to, training, awards, evaluation };
                terminal.save(Request::HoursIssue(wish)).await
            }
            Self::Certificates { desk: None } => {
                let columns = ["/id", "/number", "/from", "/to", "/minutes"];
                terminal.show(Request::HoursMine(ask::Mine {}), "/proofs", &columns).await
            }
            Self::Certificates { desk: Some(find) } => {
                let columns =
                    ["/line/id", "/line/number", "/line/from", "/line/to", "/line/minutes", "/name"];
                terminal.show(Request::HoursDesk(ask::Desk { find }), "/proofs", &columns).await
            }
            Self::Certificate { proof } => {
                let view: ask::ProofView =
                    terminal.ask(Request::HoursShowProof(ask::ShowProof { proof })).await?;
                line(&view.text);
                Ok(ExitCode::SUCCESS)
            }
            Self::Checkpoints => {
                let kept: ask::KeptCheckpoints =
                    terminal.ask(Request::HoursCheckpoints(ask::Checkpoints {})).await?;
                for one in &kept.checkpoints {
                    line(&serde_json::to_string(one)?);
                }
                Ok(ExitCode::SUCCESS)
            }
            Self::SchoolKey => {
                let kept: ask::KeptCheckpoints =
                    terminal.ask(Request::HoursCheckpoints(ask::Checkpoints {})).await?;
                line(&kept.school_key);
                Ok(ExitCode::SUCCESS)
            }
            Self::Stars { hours, none } if !hours.is_empty() || none => {
                terminal.save(Request::HoursSetStars(ask::SetStars { hours })).await
            }
            Self::Stars { .. } => terminal.show(Request::HoursStars(ask::LookStars {}), "", &[]).await,
        }
    }
}

/// The people that are named, each once, with how many marks were seen of them.
fn marked(roll: &ask::DutyRoll, named: &[String], said: &DutySaid) -> anyhow::Result<Vec<DutyWish>> {
    let wish = |one: &ask::DutyLine| DutyWish { person: one.person, said: said.clone(), seen: one.seen };
    if named.is_empty() {
        return Ok(roll.people.iter().filter(|one| one.said.is_none()).map(wish).collect());
    }
    let mut people = Vec::new();
    for text in named {
        let is_it = |one: &&ask::DutyLine| one.name == *text || one.person.to_string() == *text;
        match roll.people.iter().filter(is_it).collect::<Vec<_>>().as_slice() {
            [one] => people.push(wish(one)),
            [] => bail!("{text} is not in this shift; see `xinmei hours roll`"),
            several => bail!("{} people of this shift are called {text}; give one id", several.len()),
        }
    }
    Ok(people)
}

#[derive(Args)]
pub(crate) struct VerifyCertificate {
    /// What the QR code says, or a file with it; `-` reads standard input
    certificate: String,
    /// A file with the school's public key, as the school tells it: 64 hexadecimal digits
    #[arg(long)]
    school_key: PathBuf,
}

impl VerifyCertificate {
    pub(crate) fn run(self, json: bool) -> anyhow::Result<ExitCode> {
        let mut text = self.certificate;
        if text == "-" {
            text.clear();
            std::io::stdin().read_to_string(&mut text).context("standard input")?;
        } else if !text.contains('\n') {
            text = std::fs::read_to_string(&text).with_context(|| text.clone())?;
        }
        let key = std::fs::read_to_string(&self.school_key)
            .with_context(|| self.school_key.display().to_string())?;
        let key = key.trim();
        let bytes = HEXLOWER_PERMISSIVE.decode(key.as_bytes()).or(BASE64URL_NOPAD.decode(key.as_bytes()));
        let key: Option<[u8; 32]> = bytes.ok().and_then(|bytes| bytes.try_into().ok());
        let key = key.context("the school's key is 64 hexadecimal digits; this file holds something else")?;
        let read = read_proof(&text, &key);
        if json {
            line(&match &read {
                Ok(says) => serde_json::json!({ "valid": true, "says": says.lines }).to_string(),
                Err(fault) => serde_json::json!({ "valid": false, "because": fault }).to_string(),
            });
        }
        match read {
            Ok(says) => {
                if !json {
                    line(&"valid: the school with this key signed it");
                    for (name, value) in &says.lines {
                        row(&[name, value]);
                    }
                }
                Ok(ExitCode::SUCCESS)
            }
            Err(fault) => {
                if !json {
                    line(&format!("not valid: {fault}"));
                }
                Ok(ExitCode::from(1))
            }
        }
    }
}

/// An entry of one's own, or of the desk the hat is.
async fn entry_here(terminal: &Terminal, entry: Id<HoursEntry>) -> anyhow::Result<ask::HoursLine> {
    let mine: ask::MyHours = terminal.ask(Request::HoursMine(ask::Mine {})).await?;
    if let Some(line) = mine.entries.into_iter().find(|one| one.id == entry) {
        return Ok(line);
    }
    let desk: ask::HoursDeskView = terminal.ask(Request::HoursDesk(ask::Desk::default())).await?;
    let found = desk.waiting.into_iter().chain(desk.answered).find(|one| one.id == entry);
    found.with_context(|| format!("there is no entry {entry} here"))
}
