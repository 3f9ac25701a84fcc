//! Mutations and the one match over them.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Answering, Booking, Decision, Event, EventDraft, Facts, FamilyRequest, FamilyRequestDraft, Id, Link,
    MutationId, Notice, NoticeDraft, Person, PostDraft, Refusal, RelationGrants, Remark, Rev, Right, Role,
    Session, Shift, SignUp, Stop, Target, answer, booking, derived, event, family_request, limits, link,
    notice, shift, waitlist,
};

/// The hat a person acts in. Every act names its hat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Hat {
    /// For one's own children.
    Guardian,
    /// In a role.
    Staff {
        /// Which one.
        role: Id<Role>,
    },
}

/// Who acts: a person in a hat, or the school's own clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in person.
    Person {
        /// Who.
        person: Id<Person>,
        /// In which hat.
        hat: Hat,
    },
    /// Time.
    Clock,
}

impl Actor {
    /// Who, if it is a person.
    pub(crate) fn person(&self) -> Option<Id<Person>> {
        match self {
            Self::Person { person, .. } => Some(*person),
            _ => None,
        }
    }

    /// The name of who acts as staff: 张晓梅.
    pub(crate) fn staff_name(&self, facts: &Facts) -> Result<Option<String>, Stop> {
        match self {
            Self::Person { hat: Hat::Staff { role }, .. } => Ok(Some(facts.get(*role)?.person_name.clone())),
            _ => Ok(None),
        }
    }

    /// What to record where staff act for somebody else.
    pub(crate) fn entered(&self, facts: &Facts, proxy: Option<&Proxy>) -> Result<Option<Entered>, Stop> {
        let Some(proxy) = proxy else { return Ok(None) };
        let by = self.staff_name(facts)?;
        Ok(by.map(|by| Entered { by, note: proxy.note.trim().to_owned() }))
    }
}

/// 代办: staff act for somebody who phoned or wrote on paper. The same rules apply, and that person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct Proxy {
    /// Whom for.
    pub person: Id<Person>,
    /// In the words of who enters it, 妈妈来电; up to [`limits::NOTE_CHARS`].
    pub note: String,
}

impl Proxy {
    /// For somebody, who told it in this way.
    pub fn new(person: Id<Person>, note: impl Into<String>) -> Self {
        Self { person, note: note.into() }
    }
}

/// 代办, as it is recorded and as the family sees it: 张晓梅老师代办，妈妈来电.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Entered {
    /// The member of staff who entered what the row says now.
    pub by: String,
    /// In their words; may be empty.
    pub note: String,
}

/// A person's wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mutation {
    /// UUIDv7, made when the wish was composed. The same id is the same wish, however often it arrives.
    pub id: MutationId,
    /// The hat it was made in.
    pub hat: Hat,
    /// Mutations that must be accepted first.
    #[serde(default)]
    pub after: Vec<MutationId>,
    /// What is wished.
    pub act: Act,
}

/// What can be wished. A released kind never changes its meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Act {
    /// Send a notice, after the hold window.
    SendNotice {
        /// As composed.
        notice: NoticeDraft,
    },
    /// Take a notice back.
    RecallNotice {
        /// Which.
        notice: Id<Notice>,
    },
    /// Answer a notice for one child.
    Answer(Answering),
    /// Publish an event with its sessions.
    PublishEvent {
        /// As planned.
        event: EventDraft,
    },
    /// Call an event off.
    CancelEvent {
        /// Which.
        event: Id<Event>,
        /// For families to read.
        reason: String,
    },
    /// Change the number of seats.
    SetCapacity {
        /// Of which session.
        session: Id<Session>,
        /// Seats.
        capacity: u32,
    },
    /// Sign a family up.
    SignUp(SignUp),
    /// Give a booking back.
    Withdraw {
        /// Which.
        booking: Id<Booking>,
        /// 代办: for which guardian.
        on_behalf_of: Option<Proxy>,
    },
    /// Take an offered seat.
    AcceptOffer {
        /// Which booking.
        booking: Id<Booking>,
        /// 代办: for which guardian.
        on_behalf_of: Option<Proxy>,
    },
    /// Pass an offered seat on.
    DeclineOffer {
        /// Which booking.
        booking: Id<Booking>,
        /// 代办: for which guardian.
        on_behalf_of: Option<Proxy>,
    },
    /// Open a post with its shifts.
    PostShifts {
        /// As planned.
        post: PostDraft,
    },
    /// Take a shift.
    TakeShift {
        /// Which.
        shift: Id<Shift>,
        /// 代办: for whom.
        on_behalf_of: Option<Proxy>,
    },
    /// Give a shift back.
    DropShift {
        /// Which.
        shift: Id<Shift>,
        /// 代办: for whom.
        on_behalf_of: Option<Proxy>,
    },
    /// Ask for a child: 请假, 代接.
    MakeRequest {
        /// As composed.
        request: FamilyRequestDraft,
    },
    /// Answer a family's request.
    AnswerRequest {
        /// Which.
        request: Id<FamilyRequest>,
        /// Yes or no.
        agrees: bool,
        /// For the family to read; may be empty.
        note: String,
    },
    /// Take a request back.
    WithdrawRequest {
        /// Which.
        request: Id<FamilyRequest>,
        /// 代办: for which guardian.
        on_behalf_of: Option<Proxy>,
    },
    /// Turn remarks of one wording into rights.
    DecideRemarks {
        /// Which; identical ones are decided together.
        remarks: Vec<Id<Remark>>,
        /// For guardians of each relation; a relation that is not named keeps nothing.
        grants: Vec<RelationGrants>,
    },
    /// Set one guardian's rights over one child.
    SetRights {
        /// Which link.
        link: Id<Link>,
        /// Exactly these, from today.
        rights: Vec<Right>,
        /// Keep away altogether.
        barred: bool,
    },
}

impl Act {
    /// The rows it names. Not those it makes, and not people: whom a wish is for stands in links.
    #[must_use]
    pub fn names(&self) -> Vec<Uuid> {
        match self {
            Self::SendNotice { notice } => {
                let targets = notice.audience.include.iter().chain(&notice.audience.except);
                let targets = targets.map(|target| match target {
                    Target::Place(place) => place.uuid(),
                    Target::Child(child) => child.uuid(),
                });
                targets.chain(notice.supersedes.map(Id::uuid)).collect()
            }
            Self::RecallNotice { notice } => vec![notice.uuid()],
            Self::Answer(wish) => vec![wish.notice.uuid(), wish.child.uuid()],
            Self::PublishEvent { event } => vec![event.place.uuid()],
            Self::CancelEvent { event, .. } => vec![event.uuid()],
            Self::SetCapacity { session, .. } => vec![session.uuid()],
            Self::SignUp(wish) => {
                wish.children.iter().map(|child| child.uuid()).chain([wish.session.uuid()]).collect()
            }
            Self::Withdraw { booking, .. }
            | Self::AcceptOffer { booking, .. }
            | Self::DeclineOffer { booking, .. } => vec![booking.uuid()],
            Self::PostShifts { post } => vec![post.place.uuid()],
            Self::TakeShift { shift, .. } | Self::DropShift { shift, .. } => vec![shift.uuid()],
            Self::MakeRequest { request } => vec![request.child.uuid()],
            Self::AnswerRequest { request, .. } | Self::WithdrawRequest { request, .. } => {
                vec![request.uuid()]
            }
            Self::DecideRemarks { remarks, .. } => remarks.iter().map(|remark| remark.uuid()).collect(),
            Self::SetRights { link, .. } => vec![link.uuid()],
        }
    }

    /// 代办: for whom and why.
    #[must_use]
    pub fn proxy(&self) -> Option<&Proxy> {
        match self {
            Self::Answer(Answering { on_behalf_of, .. })
            | Self::SignUp(SignUp { on_behalf_of, .. })
            | Self::Withdraw { on_behalf_of, .. }
            | Self::AcceptOffer { on_behalf_of, .. }
            | Self::DeclineOffer { on_behalf_of, .. }
            | Self::TakeShift { on_behalf_of, .. }
            | Self::DropShift { on_behalf_of, .. }
            | Self::MakeRequest { request: FamilyRequestDraft { on_behalf_of, .. } }
            | Self::WithdrawRequest { on_behalf_of, .. } => on_behalf_of.as_ref(),
            _ => None,
        }
    }
}

/// What the server answered, for good. A refused mutation is as processed as an accepted one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Verdict {
    /// Decision; a replica whose cursor has reached `rev` shows it.
    Accepted {
        /// The last change it made, or the school's rev where it changed nothing.
        rev: Rev,
    },
    /// The school says no.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

/// What a timer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DueKind {
    /// The hold window of a notice ends.
    ReleaseNotice,
    /// The time to answer an offer ends.
    ExpireOffer,
}

impl DueKind {
    /// The name in stores.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ReleaseNotice => "release-notice",
            Self::ExpireOffer => "expire-offer",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::ReleaseNotice, Self::ExpireOffer].into_iter().find(|kind| kind.name() == name)
    }
}

/// A timer. Any node may fire it, any number of times, at any time after it is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// Follows from the other four: the same timer is the same mutation.
    pub id: MutationId,
    /// What for.
    pub kind: DueKind,
    /// Of which row.
    pub subject: Uuid,
    /// When.
    pub at: Timestamp,
    /// Tells a timer from an earlier one of the same subject.
    pub generation: u32,
}

impl Due {
    /// A timer; its id is the UUIDv5 of its parts.
    #[must_use]
    pub fn new(kind: DueKind, subject: Uuid, at: Timestamp, generation: u32) -> Self {
        let name = format!("due/{}/{}/{generation}", kind.name(), at.as_nanosecond());
        Self { id: derived(&name, subject, subject), kind, subject, at, generation }
    }
}

/// The school's answer to a mutation, from facts alone.
///
/// Asked with too few facts it says which are missing ([`Stop::Needs`]); load them and ask again. It never returns
/// changes and then fails: a decision is whole.
///
/// # Errors
/// [`Stop`].
pub fn decide(facts: &Facts, actor: &Actor, act: &Act) -> Decision {
    if let Some(proxy) = act.proxy() {
        limits::check_text("note", &proxy.note, 0, limits::NOTE_CHARS)?;
    }
    match act {
        Act::SendNotice { notice } => notice::send(facts, actor, notice),
        Act::RecallNotice { notice } => notice::recall(facts, actor, *notice),
        Act::Answer(wish) => answer::answer(facts, actor, wish),
        Act::PublishEvent { event } => event::publish(facts, actor, event),
        Act::CancelEvent { event, reason } => event::cancel(facts, actor, *event, reason),
        Act::SetCapacity { session, capacity } => event::set_capacity(facts, actor, *session, *capacity),
        Act::SignUp(wish) => booking::sign_up(facts, actor, wish),
        Act::Withdraw { booking, on_behalf_of } => {
            waitlist::withdraw(facts, actor, on_behalf_of.as_ref(), *booking)
        }
        Act::AcceptOffer { booking, on_behalf_of } => {
            waitlist::accept_offer(facts, actor, on_behalf_of.as_ref(), *booking)
        }
        Act::DeclineOffer { booking, on_behalf_of } => {
            waitlist::decline_offer(facts, actor, on_behalf_of.as_ref(), *booking)
        }
        Act::PostShifts { post } => shift::post(facts, actor, post),
        Act::TakeShift { shift, on_behalf_of } => shift::take(facts, actor, *shift, on_behalf_of.as_ref()),
        Act::DropShift { shift, on_behalf_of } => shift::drop(facts, actor, *shift, on_behalf_of.as_ref()),
        Act::MakeRequest { request } => family_request::make(facts, actor, request),
        Act::AnswerRequest { request, agrees, note } => {
            family_request::answer(facts, actor, *request, *agrees, note)
        }
        Act::WithdrawRequest { request, on_behalf_of } => {
            family_request::withdraw(facts, actor, *request, on_behalf_of.as_ref())
        }
        Act::DecideRemarks { remarks, grants } => link::decide_remarks(facts, actor, remarks, grants),
        Act::SetRights { link, rights, barred } => link::set_rights(facts, actor, *link, rights, *barred),
    }
}

impl Due {
    /// What happens when this timer fires now: judged by the facts' `now`, not by whether a timer ran.
    ///
    /// # Errors
    /// [`Stop`].
    pub fn decide(&self, facts: &Facts) -> Decision {
        match self.kind {
            DueKind::ReleaseNotice => notice::release(facts, Id::new(self.subject)),
            DueKind::ExpireOffer => waitlist::expire_offer(facts, Id::new(self.subject), self.generation),
        }
    }
}
