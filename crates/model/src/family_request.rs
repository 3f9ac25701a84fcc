//! What a family asks of the school for one child: 请假, that it stays away, and 代接, that somebody else fetches it.
//! The class teacher answers; what was agreed stands on the day's list at the gate.

use jiff::{Timestamp, Zoned, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Actor, Change, Child, Contact, DayPart, Entered, Facts, Feed, Id, Link, List, Person, Place, Power,
    Proxy, Refusal, Right, Stop, Wanted, derived, facts::Decision, limits, limits::check_text, rights,
};

/// A request as it was composed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FamilyRequestDraft {
    /// Made by the family's device.
    pub id: Id<FamilyRequest>,
    /// For whom.
    pub child: Id<Child>,
    /// What.
    pub wanted: Wanted,
    /// 代办: for which guardian.
    pub on_behalf_of: Option<Proxy>,
}

/// Where a request is in its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum RequestState {
    /// Waits for the class teacher.
    Open,
    /// The school agrees.
    Agreed {
        /// Who said so.
        by: String,
        /// In their words; may be empty.
        note: String,
        /// When.
        at: Timestamp,
    },
    /// The school does not agree.
    Declined {
        /// Who said so.
        by: String,
        /// In their words; may be empty.
        note: String,
        /// When.
        at: Timestamp,
    },
    /// The family took it back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// It was agreed, and whom it names may no longer fetch the child.
    Revoked {
        /// When.
        at: Timestamp,
    },
}

/// A request of a family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyRequest {
    /// Identity.
    pub id: Id<FamilyRequest>,
    /// For whom.
    pub child: Id<Child>,
    /// What.
    pub wanted: Wanted,
    /// The guardian who asks.
    pub guardian: Id<Person>,
    /// That guardian's name.
    pub guardian_name: String,
    /// 代办: who entered it, and why.
    pub entered: Option<Entered>,
    /// Where it is in its life.
    pub state: RequestState,
    /// What it was before, since it was answered, oldest first.
    #[serde(default)]
    pub earlier: Vec<RequestState>,
    /// When the server took it.
    pub at: Timestamp,
}

/// That a child is away, and nothing more: what every teacher of the class and the gate may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// Follows from the request.
    pub id: Id<Absence>,
    /// Who.
    pub child: Id<Child>,
    /// First day.
    pub from: Date,
    /// Last day, inclusive.
    pub to: Date,
    /// Part of a single day.
    pub part: DayPart,
}

/// Who fetches a child when, as the gate knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickUp {
    /// Follows from the request.
    pub id: Id<PickUp>,
    /// The request that was agreed.
    pub request: Id<FamilyRequest>,
    /// Whom.
    pub child: Id<Child>,
    /// Who fetches.
    pub by: String,
    /// How they are related.
    pub relation: String,
    /// Eleven digits, or empty.
    pub phone: String,
    /// When.
    pub at: Zoned,
    /// Who of the school agreed.
    pub agreed_by: String,
}

impl RequestState {
    /// Since when it is so; a request that waits does so since it was made.
    #[must_use]
    pub fn since(&self) -> Option<Timestamp> {
        match self {
            Self::Open => None,
            Self::Agreed { at, .. }
            | Self::Declined { at, .. }
            | Self::Withdrawn { at }
            | Self::Revoked { at } => Some(*at),
        }
    }
}

impl FamilyRequest {
    /// The same in another state; what was answered before stays written.
    fn turned(&self, state: RequestState) -> Self {
        let mut request = self.clone();
        let was = std::mem::replace(&mut request.state, state);
        if was != RequestState::Open {
            request.earlier.push(was);
        }
        request
    }

    /// Whether the school or the family still has something to do or to look forward to.
    #[must_use]
    pub fn is_live(&self, today: Date, now: Timestamp) -> bool {
        let over = self.wanted.is_over(today, now);
        !over && matches!(self.state, RequestState::Open | RequestState::Agreed { .. })
    }
}

impl Absence {
    /// Whether the child is away on `day`.
    #[must_use]
    pub fn is_on(&self, day: Date) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

/// The campus whose gate a child passes: the place below the school.
fn gate_of(child: &Child) -> Option<Id<Place>> {
    child.path.get(1).or(child.path.first()).copied()
}

/// Puts a request where it belongs, and with it what follows from its being agreed, or no longer.
///
/// The reason is for the family and whoever answers; other teachers see that the child is away.
fn put(request: FamilyRequest, child: &Child, was_agreed: bool) -> Vec<Change> {
    let agreed = if let RequestState::Agreed { by, .. } = &request.state { Some(by.clone()) } else { None };
    let mut changes = Vec::new();
    if agreed.is_some() || was_agreed {
        let uuid = request.id.uuid();
        let shown = |feeds: Vec<Feed>| if agreed.is_some() { feeds } else { Vec::new() };
        let gate = gate_of(child).map(Feed::Gate);
        changes.push(match &request.wanted {
            Wanted::Leave { from, to, part, .. } => {
                let id = derived("absence", uuid, uuid);
                let absence = Absence { id, child: child.id, from: *from, to: *to, part: *part };
                Change::put(absence, shown(child.class().map(Feed::Class).into_iter().chain(gate).collect()))
            }
            Wanted::PickUp { by, relation, phone, at } => {
                let pick_up = PickUp {
                    id: PickUp::of(request.id),
                    request: request.id,
                    child: child.id,
                    by: by.trim().to_owned(),
                    relation: relation.trim().to_owned(),
                    phone: phone.clone(),
                    at: at.clone(),
                    agreed_by: agreed.clone().unwrap_or_default(),
                };
                Change::put(pick_up, shown(gate.into_iter().collect()))
            }
        });
    }
    let feeds = [Feed::ChildRight(child.id, Right::Messages)];
    let feeds: Vec<_> = feeds.into_iter().chain(child.class().map(Feed::Requests)).collect();
    changes.push(Change::put(request, feeds));
    changes
}

/// The requests of a child that changed class, for its new class teacher.
#[must_use]
pub fn hand_over(child: &Child, requests: &[FamilyRequest], today: Date, now: Timestamp) -> Vec<Change> {
    let live = requests.iter().filter(|request| request.is_live(today, now));
    live.flat_map(|request| put(request.clone(), child, false)).collect()
}

pub(crate) fn make(facts: &Facts, actor: &Actor, draft: &FamilyRequestDraft) -> Decision {
    let FamilyRequestDraft { id, child, wanted, on_behalf_of } = draft;
    let proxy = on_behalf_of.as_ref();
    let guardian = rights::require_right(facts, actor, proxy, *child, Right::Decide)?;
    wanted.check(facts)?;
    if facts.taken(*id)? {
        return Err(Refusal::Malformed { field: "id".into() }.into());
    }
    let child = facts.get(*child)?;
    let (today, now) = (facts.today()?, facts.now());
    let requests = facts.list::<FamilyRequest>(List::RequestsFor(child.id), limits::ROWS_PER_LIST)?;
    if requests.iter().filter(|request| request.is_live(today, now)).count() >= limits::REQUESTS_PER_CHILD {
        let limit = u32::try_from(limits::REQUESTS_PER_CHILD).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "requests".into(), limit }.into());
    }
    let mut request = FamilyRequest {
        id: *id,
        child: child.id,
        wanted: wanted.clone(),
        guardian,
        guardian_name: facts.get(guardian)?.name.clone(),
        entered: actor.entered(facts, proxy)?,
        state: RequestState::Open,
        earlier: Vec::new(),
        at: now,
    };
    // Who enters it for a family and is who answers it has answered.
    let role = rights::role_worn(facts, actor)?;
    if proxy.is_some() && role.is_some_and(|role| role.may(Power::AnswerRequests, &child.path)) {
        require_may_fetch(facts, &request)?;
        let by = actor.staff_name(facts)?.unwrap_or_default();
        request.state = RequestState::Agreed { by, note: String::new(), at: now };
    }
    Ok(put(request, child, false))
}

pub(crate) fn answer(
    facts: &Facts,
    actor: &Actor,
    id: Id<FamilyRequest>,
    agrees: bool,
    note: &str,
) -> Decision {
    check_text("note", note, 0, limits::NOTE_CHARS)?;
    let request = facts.get(id)?;
    let child = facts.get(request.child)?;
    rights::require_power(facts, actor, Power::AnswerRequests, &child.path)?;
    if request.state != RequestState::Open {
        return Err(Refusal::RequestGone.into());
    }
    let (by, note, at) = (actor.staff_name(facts)?.unwrap_or_default(), note.trim().to_owned(), facts.now());
    let state = if agrees {
        if request.wanted.is_missed(facts.now()) {
            request.wanted.still_ahead(facts)?;
        }
        require_may_fetch(facts, request)?;
        RequestState::Agreed { by, note, at }
    } else {
        RequestState::Declined { by, note, at }
    };
    Ok(put(request.turned(state), child, false))
}

pub(crate) fn withdraw(
    facts: &Facts,
    actor: &Actor,
    id: Id<FamilyRequest>,
    on_behalf_of: Option<&Proxy>,
) -> Decision {
    let request = facts.get(id)?;
    rights::require_right(facts, actor, on_behalf_of, request.child, Right::Decide)?;
    let agreed = matches!(request.state, RequestState::Agreed { .. });
    if !agreed && request.state != RequestState::Open {
        return Err(Refusal::RequestGone.into());
    }
    request.wanted.still_ahead(facts)?;
    let child = facts.get(request.child)?;
    let state = RequestState::Withdrawn { at: facts.now() };
    Ok(put(request.turned(state), child, agreed))
}

/// 代接 never overrides a ban: whoever is a guardian without the right to fetch the child is not agreed to.
fn require_may_fetch(facts: &Facts, request: &FamilyRequest) -> Result<(), Stop> {
    let Wanted::PickUp { by, phone, at, .. } = &request.wanted else { return Ok(()) };
    let day = facts.school()?.day(at.timestamp());
    let links = facts.list::<Link>(List::LinksOf(request.child), limits::ROWS_PER_LIST)?;
    let without = links.into_iter().filter(|link| !link.allows(Right::PickUp, day));
    let banned = Facts::each(without, |link| Ok(Theirs::of(facts, link)?.is(by, phone)))?;
    if banned.contains(&true) { Err(Refusal::PickUpBarred.into()) } else { Ok(()) }
}

/// By what a guardian is known at the gate: the name, and the telephone as the roster has it, which another name does not hide.
struct Theirs<'f> {
    name: &'f str,
    phone: Option<&'f str>,
}

impl<'f> Theirs<'f> {
    fn of(facts: &'f Facts, link: &'f Link) -> Result<Self, Stop> {
        // Only the school has telephones.
        let contact = facts.find(Contact::of(link.guardian, link.child.uuid()))?;
        Ok(Self { name: &link.guardian_name, phone: contact.map(|contact| contact.phone.as_str()) })
    }

    fn is(&self, by: &str, phone: &str) -> bool {
        same_name(self.name, by) || !phone.is_empty() && self.phone == Some(phone)
    }
}

/// What was agreed in the name of somebody who may no longer fetch the child.
pub(crate) fn revoke(facts: &Facts, link: &Link, child: &Child) -> Decision {
    let pick_ups = facts.list::<PickUp>(List::PickUpsOf(child.id), limits::ROWS_PER_LIST)?;
    let ahead = pick_ups.into_iter().filter(|one| one.at.timestamp() > facts.now());
    let theirs = Theirs::of(facts, link)?;
    let theirs: Vec<_> = ahead
        .filter(|one| theirs.is(&one.by, &one.phone) && !link.allows(Right::PickUp, one.at.date()))
        .collect();
    let requests = Facts::each(theirs, |one| facts.get(one.request))?;
    let state = RequestState::Revoked { at: facts.now() };
    let agreed = requests.into_iter().filter(|one| matches!(one.state, RequestState::Agreed { .. }));
    Ok(agreed.flat_map(|one| put(one.turned(state.clone()), child, true)).collect())
}

/// Names are compared as people write them: spaces mean nothing.
fn same_name(one: &str, other: &str) -> bool {
    let letters = |name: &str| name.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    letters(one) == letters(other)
}

impl PickUp {
    /// Where the pick-up of an agreed request is kept.
    #[must_use]
    pub fn of(request: Id<FamilyRequest>) -> Id<Self> {
        let uuid: Uuid = request.uuid();
        derived("pick-up", uuid, uuid)
    }
}
