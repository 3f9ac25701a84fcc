//! The draw itself, as anybody can work it out: entries, a secret and a public value come to one order and one outcome.
//! What stands in the texts that are hashed is told in `docs/draw.md`, precisely enough to be written anew by a stranger.

use std::collections::BTreeMap;

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use crate::{Booking, Event, FileHash, Id, Secret, Session, derived, limits};

/// The rules of `docs/draw.md` by which a roll is drawn. Other rules would be another number.
pub const DRAW_RULES: u32 = 1;

/// How the seats of an event are drawn, as published with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// SHA-256 of the secret.
    pub commitment: FileHash,
    /// Which public value decides, in words: 2026-12-04 上证指数收盘价.
    pub public_value: String,
    /// With how many decimals it is written; see [`is_value`].
    pub decimals: u32,
    /// When it will be known; after sign-up has closed.
    pub known: Zoned,
    /// What the roll hashes to, once it is published.
    pub rolled: Option<FileHash>,
    /// When it was drawn.
    pub drawn: Option<Timestamp>,
}

/// The secret of a draw until it is drawn. Server only: whoever had it could work the outcome out before the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawSecret {
    /// Follows from the event.
    pub id: Id<DrawSecret>,
    /// Of which event.
    pub event: Id<Event>,
    /// The secret.
    pub secret: Secret,
}

impl DrawSecret {
    /// Where an event's is kept.
    #[must_use]
    pub fn of(event: Id<Event>) -> Id<Self> {
        derived("draw-secret", event.uuid(), event.uuid())
    }
}

/// Everything that is drawn, fixed when sign-up closes. It names nobody: what stands for a booking is known to its family and the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawRoll {
    /// Follows from the event.
    pub id: Id<DrawRoll>,
    /// Of which event.
    pub event: Id<Event>,
    /// [`DRAW_RULES`] when it was closed.
    pub rules: u32,
    /// As [`Draw::commitment`].
    pub commitment: FileHash,
    /// As [`Draw::public_value`].
    pub public_value: String,
    /// As [`Draw::decimals`].
    pub decimals: u32,
    /// The sessions by start, with their seats; one that was called off has none.
    pub sessions: Vec<RollSession>,
    /// The entries, in the order of their ids.
    pub entries: Vec<RollEntry>,
    /// What the roll hashes to.
    pub sha256: FileHash,
}

/// A session in a roll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollSession {
    /// Which.
    pub id: Id<Session>,
    /// Seats that are drawn.
    pub seats: u32,
}

/// A family's entry in a roll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollEntry {
    /// Follows from the booking and leads nowhere: who has a booking's own id may show it at the gate.
    pub id: Id<RollEntry>,
    /// Seats the party takes, all or none.
    pub size: u32,
    /// Earlier draws in which it got nothing: as many tickets more.
    pub misses: u32,
    /// The sessions it wishes for, the best first: places in [`DrawRoll::sessions`], from 0.
    pub wishes: Vec<u32>,
}

impl RollEntry {
    /// What stands on the roll for a booking.
    #[must_use]
    pub fn of(booking: Id<Booking>) -> Id<Self> {
        derived("draw-entry", booking.uuid(), booking.uuid())
    }
}

impl DrawRoll {
    /// Where an event's is kept.
    #[must_use]
    pub fn of(event: Id<Event>) -> Id<Self> {
        derived("draw-roll", event.uuid(), event.uuid())
    }

    /// What its content hashes to: [`DrawRoll::sha256`], if nobody has touched it.
    #[must_use]
    pub fn hash(&self) -> FileHash {
        let mut text = format!("xinmei-draw-roll {}\nevent {}\n", self.rules, self.event);
        text.push_str(&format!("commitment {}\n", self.commitment));
        text.push_str(&measured(&self.public_value));
        text.push_str(&format!("decimals {}\n", self.decimals));
        for session in &self.sessions {
            text.push_str(&format!("session {} {}\n", session.id, session.seats));
        }
        for entry in &self.entries {
            let wishes: Vec<_> = entry.wishes.iter().map(u32::to_string).collect();
            let RollEntry { id, size, misses, .. } = entry;
            text.push_str(&format!("entry {id} {size} {misses} {}\n", wishes.join(",")));
        }
        FileHash::of(text.as_bytes())
    }

    /// What secret, value and roll come to.
    #[must_use]
    pub fn seed(&self, secret: &Secret, value: &str) -> FileHash {
        let (rules, value) = (self.rules, measured(value));
        let text = format!("xinmei-draw-seed {rules}\nsecret {secret}\n{value}roll {}\n", self.sha256);
        FileHash::of(text.as_bytes())
    }

    /// The order in which entries are served: by the smallest of each one's tickets.
    #[must_use]
    pub fn tickets(&self, seed: FileHash) -> Vec<(FileHash, &RollEntry)> {
        let ticket = |entry: &RollEntry, nth: u32| {
            let (rules, id) = (self.rules, entry.id);
            let text = format!("xinmei-draw-ticket {rules}\nseed {seed}\nentry {id} {nth}\n");
            FileHash::of(text.as_bytes())
        };
        let best = |entry: &RollEntry| (0..=entry.misses).map(|nth| ticket(entry, nth)).min().unwrap_or(seed);
        let mut order: Vec<_> = self.entries.iter().map(|entry| (best(entry), entry)).collect();
        order.sort_by_key(|(ticket, entry)| (*ticket, entry.id));
        order
    }

    fn session(&self, wish: u32) -> Option<&RollSession> {
        self.sessions.get(usize::try_from(wish).ok()?)
    }
}

/// A text that may hold anything, with its length before it: nothing in it can be taken for what follows.
fn measured(value: &str) -> String {
    format!("value {} {value}\n", value.len())
}

/// Whether a public value is written in the one form there is: ASCII digits with at most one point, no zeros before them that say
/// nothing, and exactly so many decimals. Who could choose among spellings of a number could choose among outcomes.
#[must_use]
pub fn is_value(value: &str, decimals: u32) -> bool {
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    let are_digits = |text: &str| text.bytes().all(|sign| sign.is_ascii_digit());
    value.len() <= limits::VALUE_CHARS
        && !whole.is_empty()
        && (whole == "0" || !whole.starts_with('0'))
        && are_digits(whole)
        && are_digits(part)
        && u32::try_from(part.len()) == Ok(decimals)
        && (decimals > 0 || !value.contains('.'))
}

/// What a draw came to, with what anybody needs to work it out again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawResult {
    /// Follows from the event.
    pub id: Id<DrawResult>,
    /// Of which event.
    pub event: Id<Event>,
    /// The secret, revealed.
    pub secret: Secret,
    /// The public value, as the coordinator entered it.
    pub value: String,
    /// When.
    pub at: Timestamp,
    /// The entries in the order of their tickets.
    pub outcome: Vec<DrawnEntry>,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawnEntry {
    /// Which.
    pub entry: Id<RollEntry>,
    /// The session it got; none if `None`.
    pub session: Option<Id<Session>>,
}

impl DrawResult {
    /// Where an event's is kept.
    #[must_use]
    pub fn of(event: Id<Event>) -> Id<Self> {
        derived("draw-result", event.uuid(), event.uuid())
    }
}

/// Draws: entries are served in the order of their tickets, and each gets the first of its wishes in which the whole party
/// fits.
#[must_use]
pub fn draw(roll: &DrawRoll, secret: &Secret, value: &str) -> Vec<DrawnEntry> {
    let mut left: BTreeMap<Id<Session>, u32> = BTreeMap::new();
    for session in &roll.sessions {
        left.insert(session.id, session.seats);
    }
    let order = roll.tickets(roll.seed(secret, value));
    let serve = |(_, entry): (FileHash, &RollEntry)| {
        let fits = entry.wishes.iter().filter_map(|wish| roll.session(*wish)).find_map(|session| {
            let seats = left.get_mut(&session.id)?;
            *seats = seats.checked_sub(entry.size)?;
            Some(session.id)
        });
        DrawnEntry { entry: entry.id, session: fits }
    };
    order.into_iter().map(serve).collect()
}

/// What of a draw does not agree, in the order in which it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum DrawFault {
    /// The secret does not hash to what was published with the event.
    Commitment,
    /// The roll is of another event, secret or public value than the event says, or of rules nobody here knows; or the value is
    /// not written as was agreed.
    Plan,
    /// The roll does not hash to what it says.
    Roll,
    /// The roll is not the one that was published before the draw.
    Changed,
    /// The entries do not come in the order of their tickets.
    Order,
    /// Somebody got another session than the tickets say.
    Outcome,
}

impl DrawFault {
    /// A stable word, as on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Commitment => "commitment",
            Self::Plan => "plan",
            Self::Roll => "roll",
            Self::Changed => "changed",
            Self::Order => "order",
            Self::Outcome => "outcome",
        }
    }

    /// What is looked at, in this order.
    pub const ALL: [Self; 6] =
        [Self::Commitment, Self::Plan, Self::Roll, Self::Changed, Self::Order, Self::Outcome];
}

/// Works a draw out again. `seen` is the roll's hash as whoever asks saw it before the draw, if they did.
///
/// # Errors
/// The first thing that does not agree.
pub fn verify(
    plan: &Draw,
    roll: &DrawRoll,
    result: &DrawResult,
    seen: Option<FileHash>,
) -> Result<(), DrawFault> {
    let agree = |agrees: bool, fault| if agrees { Ok(()) } else { Err(fault) };
    agree(result.secret.commitment() == plan.commitment, DrawFault::Commitment)?;
    let agreed = (plan.commitment, &plan.public_value, plan.decimals);
    let same = (roll.commitment, &roll.public_value, roll.decimals) == agreed;
    let same = same && is_value(&result.value, plan.decimals);
    agree(same && roll.rules == DRAW_RULES && roll.event == result.event, DrawFault::Plan)?;
    agree(roll.hash() == roll.sha256, DrawFault::Roll)?;
    let as_before = plan.rolled.into_iter().chain(seen).all(|before| before == roll.sha256);
    agree(as_before, DrawFault::Changed)?;
    let again = draw(roll, &result.secret, &result.value);
    let order = |outcome: &[DrawnEntry]| outcome.iter().map(|one| one.entry).collect::<Vec<_>>();
    agree(order(&again) == order(&result.outcome), DrawFault::Order)?;
    agree(again == result.outcome, DrawFault::Outcome)
}
