//! Notices: a duty with an end, to an audience that the author saw before it went out.

use std::collections::BTreeSet;

use data_encoding::HEXLOWER;
use jiff::{Timestamp, Zoned};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    Alert, AnsweredBy, Approved, Ask, AskAgain, Attachment, Audience, Child, Facts, Feed, Id, Person, Place,
    Power, Refusal, Right, Stop, Target, membership::membership_id,
};

/// The fact that a new version changes: the old one is shown struck out, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct Changed {
    /// "15:00"
    pub was: String,
    /// "15:40"; occurs in the title.
    pub now: String,
}

/// Where a notice is in its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum NoticeState {
    /// Waits for a second person to agree; only its author and those who may agree see it.
    Proposed {
        /// Since when.
        since: Timestamp,
    },
    /// A second person said no; it never went out.
    Declined {
        /// That person's name.
        by: String,
        /// The hat: 校长.
        title: String,
        /// Why, for the author.
        reason: String,
        /// When.
        at: Timestamp,
    },
    /// In the author's hands until then; only the author sees it.
    Held {
        /// When it goes out.
        until: Timestamp,
    },
    /// With the families.
    Sent {
        /// Since when.
        at: Timestamp,
    },
    /// Taken back; families no longer have it.
    Recalled {
        /// When.
        at: Timestamp,
        /// What its author said about that; may be empty.
        #[serde(default)]
        words: String,
    },
    /// Replaced; families have the new one instead.
    Superseded {
        /// By which notice.
        by: Id<Notice>,
        /// When.
        at: Timestamp,
    },
}

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Identity.
    pub id: Id<Notice>,
    /// Who wrote it.
    pub author: Id<Person>,
    /// The author's name.
    pub author_name: String,
    /// The hat it was written in: 班主任.
    pub author_title: String,
    /// To whom.
    pub audience: Audience,
    /// Children whose families were reached when it went out.
    pub children: u32,
    /// Families reached: siblings of one household count once.
    pub families: u32,
    /// One line.
    pub title: String,
    /// Plain text.
    pub body: String,
    /// What is asked.
    pub ask: Ask,
    /// Who has to answer.
    pub answered_by: AnsweredBy,
    /// By when.
    pub due: Option<Zoned>,
    /// Where it is in its life.
    pub state: NoticeState,
    /// The notice this one replaces.
    pub supersedes: Option<Id<Notice>>,
    /// What was answered to that one stands for this one too.
    pub keeps_answers: bool,
    /// But not of these.
    #[serde(default)]
    pub asks_again: AskAgain,
    /// The fact that changed.
    pub changed: Option<Changed>,
    /// Whoever answers for families of a class reads what its families answer, beside the author.
    #[serde(default)]
    pub class_reads: bool,
    /// Those who have not answered are reminded before the deadline.
    #[serde(default)]
    pub reminds: bool,
    /// The last reminder that went out, by when it was due to.
    #[serde(default)]
    pub reminded: Option<Timestamp>,
    /// Not before this instant.
    #[serde(default)]
    pub send_at: Option<Zoned>,
    /// Who else agreed to it, where that was needed.
    #[serde(default)]
    pub approved: Option<Approved>,
    /// What makes it an alert.
    #[serde(default)]
    pub alert: Option<Alert>,
    /// The first alert of its incident; alerts only.
    #[serde(default)]
    pub incident: Option<Id<Notice>>,
    /// When its reminders went out, in their order: one for each of [`limits::REMIND_BEFORE`] and
    /// [`limits::REMINDS_BY_HAND`] at most.
    #[serde(default)]
    pub reminded_at: Vec<Timestamp>,
    /// When it went out to the families; it stays written after the notice was taken back or replaced.
    #[serde(default)]
    pub went_out: Option<Timestamp>,
    /// When the server took it.
    pub composed: Timestamp,
    /// What it carries, in this order.
    #[serde(default)]
    pub files: Vec<Attachment>,
}

impl Notice {
    /// Whether the notice is addressed to this child's family: a family answers what it was sent.
    pub(crate) fn is_for(&self, facts: &Facts, guardian: Id<Person>, child: Id<Child>) -> Result<bool, Stop> {
        let places = self.stands_at();
        if !places.is_empty() && facts.get(child)?.path.iter().any(|place| places.contains(place))
            || facts.find(membership_id(self.id, guardian, child))?.is_some()
        {
            return Ok(true);
        }
        // Somebody without a device is answered for on paper: being included is enough.
        Ok(places.is_empty() && self.audience.children(facts)?.contains(&child))
    }

    /// Refuses where it was recalled or replaced.
    pub(crate) fn still_there(&self) -> Result<(), Stop> {
        match self.state {
            NoticeState::Proposed { .. } | NoticeState::Held { .. } | NoticeState::Sent { .. } => Ok(()),
            NoticeState::Superseded { by, .. } => Err(Refusal::NoticeGone { by: Some(by.uuid()) }.into()),
            NoticeState::Declined { .. } | NoticeState::Recalled { .. } => {
                Err(Refusal::NoticeGone { by: None }.into())
            }
        }
    }

    /// Whether what was answered to `old` stands for this one: asked again as it was, and nothing signed.
    pub(crate) fn carries_from(&self, old: &Self) -> bool {
        self.keeps_answers && (&old.ask, &old.answered_by) == (&self.ask, &self.answered_by)
    }

    /// When families no longer had it: it was taken back or replaced.
    #[must_use]
    pub fn gone_at(&self) -> Option<Timestamp> {
        match self.state {
            NoticeState::Recalled { at, .. } | NoticeState::Superseded { at, .. } => Some(at),
            NoticeState::Proposed { .. }
            | NoticeState::Declined { .. }
            | NoticeState::Held { .. }
            | NoticeState::Sent { .. } => None,
        }
    }

    /// Whether it is with the families.
    #[must_use]
    pub fn is_sent(&self) -> bool {
        matches!(self.state, NoticeState::Sent { .. })
    }

    /// Whether families have it or had it.
    pub(crate) fn was_sent(&self) -> bool {
        use NoticeState::{Declined, Held, Proposed};
        !matches!(self.state, Proposed { .. } | Declined { .. } | Held { .. })
    }

    /// The power it is sent by.
    pub(crate) fn power(alert: Option<&Alert>) -> Power {
        if alert.is_some() { Power::SendAlerts } else { Power::SendNotices }
    }

    /// Whether somebody who joined the school at `joined` is told of it: what was sent since, and earlier duties
    /// that are still open; not the past.
    #[must_use]
    pub fn concerns(&self, joined: Option<Timestamp>, now: Timestamp) -> bool {
        let NoticeState::Sent { at } = self.state else { return true };
        joined.is_some_and(|joined| joined <= at)
            || self.due.as_ref().is_some_and(|due| due.timestamp() > now)
    }
}

/// What a family signs: the title, an empty line and the body, as they stand here; where it carries files, an empty line and
/// for each a line with its SHA-256, two spaces and its name.
#[must_use]
pub fn signed_text(title: &str, body: &str, files: &[Attachment]) -> String {
    let mut text = format!("{title}\n\n{body}");
    if !files.is_empty() {
        text.push('\n');
        text.extend(files.iter().map(|file| format!("\n{}  {}", file.sha256, file.name)));
    }
    text
}

impl Notice {
    /// SHA-256 of what a family signs, [`signed_text`] in UTF-8, in hexadecimal.
    #[must_use]
    pub fn text_sha256(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(signed_text(&self.title, &self.body, &self.files)))
    }

    /// The places in whose own feeds it stands, so that a whole school needs no membership each: the audience where it
    /// is just one place, and all places of an alert, which leaves nobody out.
    #[must_use]
    pub fn stands_at(&self) -> Vec<Id<Place>> {
        if self.alert.is_some() {
            return self.audience.include.iter().filter_map(Target::place).collect();
        }
        self.audience.place().into_iter().collect()
    }

    /// Feeds a sent notice stands in: its own audience's, those of places, and of every place named that of its staff. The
    /// author's feed always keeps it.
    pub(crate) fn feeds_when_sent(&self) -> Vec<Feed> {
        let families = self.stands_at().into_iter().map(|place| Feed::Place(place, Right::Messages));
        let staff = self.audience.include.iter().filter_map(Target::place).map(Feed::Told);
        [Feed::Author(self.author), Feed::Audience(self.id)]
            .into_iter()
            .chain(families)
            .chain(staff)
            .collect()
    }

    /// Whether it asks something of the family of a child, as far as its audience tells without who takes part in what.
    #[must_use]
    pub fn asks_for(&self, child: &Child) -> bool {
        self.is_sent() && self.ask.is_duty() && self.audience.names(child)
    }

    /// Whether it went to the place with this path, or to one above it.
    #[must_use]
    pub fn heard_at(&self, path: &[Id<Place>]) -> bool {
        self.is_sent() && self.audience.tells(path)
    }

    /// As the staff of one class read it, of whose children these are.
    #[must_use]
    pub fn within(&self, class: Id<Place>, children: &BTreeSet<Id<Child>>) -> Self {
        Self { audience: self.audience.within(class, children), ..self.clone() }
    }

    /// Whether the staff of a class read what its families answer: its author lets them, and the class is told as a whole.
    /// Who takes part in something is for its desk to know, and so is who does not.
    #[must_use]
    pub fn is_read_by_class(&self, path: &[Id<Place>]) -> bool {
        self.class_reads && self.ask.is_duty() && !self.audience.takes_part() && self.audience.tells(path)
    }

    /// Whether it is for a place on this path, by that place's own feed.
    pub(crate) fn stands_on(&self, path: &[Id<crate::Place>]) -> bool {
        self.stands_at().iter().any(|place| path.contains(place))
    }
}

/// Where everything lies that an audience names.
pub(crate) fn paths_of(facts: &Facts, audience: &Audience) -> Result<Vec<Vec<Id<Place>>>, Stop> {
    Facts::each(&audience.include, |target| target.path(facts).map(<[_]>::to_vec))
}

/// A power, and the path of the place where it is needed.
type Needed<'f> = (Power, &'f [Id<Place>]);

/// What it takes to tell an audience: the power to send everywhere it lies, and of who takes part in something that of its
/// desk too, also where they are left out: who is missing would tell who comes.
pub(crate) fn powers_for<'f>(
    facts: &'f Facts,
    audience: &Audience,
    send: Power,
) -> Result<Vec<Needed<'f>>, Stop> {
    let sends = Facts::each(&audience.include, |target| Ok((send, target.path(facts)?)))?;
    let desks = audience.include.iter().chain(&audience.except);
    let desks = desks.filter_map(|target| target.desk().map(|power| (power, target)));
    let desks = Facts::each(desks, |(power, target)| Ok((power, target.path(facts)?)))?;
    Ok(sends.into_iter().chain(desks).collect())
}

pub(crate) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
