//! What can be wished of posts, campaigns and qualifications; one act of its own ([`Act::Volunteer`](crate::Act::Volunteer))
//! with a step each. Taking a shift and giving it back are acts by themselves.

use jiff::{Timestamp, Zoned, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Actor, Campaign, CampaignDraft, DayPart, Decision, Facts, Guest, GuestDraft, Id, Person, Place, Post,
    PostDraft, Proxy, PupilMark, PupilWish, Qualification, QualificationDraft, Shift, ShiftTurns, SwapAct,
    campaign, class_contact, guest, guest_end, post_change, pupil_mark, pupil_take, qualification,
    shift_change, shift_offer, stand_in, still_coming, swap_act, turn_act,
};

/// A step of volunteering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum VolunteerAct {
    /// Keep a campaign: a new one, or one that is there as it reads now.
    PutCampaign {
        /// Which; made by the planner's device for a new one.
        campaign: Id<Campaign>,
        /// What it is.
        draft: CampaignDraft,
        /// The version that was looked at; 0 for a new one.
        version: u32,
    },
    /// Let no new posts belong to a campaign.
    EndCampaign {
        /// Which.
        campaign: Id<Campaign>,
    },
    /// Change a post that was published, and add shifts to it.
    ChangePost {
        /// As it is to be; its id and place are the post's, its shifts are new ones.
        post: Box<PostDraft>,
        /// The version that was looked at.
        version: u32,
    },
    /// Look for nobody new at a post.
    EndPost {
        /// Which.
        post: Id<Post>,
    },
    /// Call a shift off.
    CallOffShift {
        /// Which.
        shift: Id<Shift>,
        /// For whoever comes to read.
        reason: String,
    },
    /// Give a shift that stands other times or other numbers.
    ChangeShift {
        /// Which.
        shift: Id<Shift>,
        /// From when; wall time and zone.
        #[schemars(with = "String")]
        starts: Zoned,
        /// Until when; wall time and zone.
        #[schemars(with = "String")]
        ends: Zoned,
        /// People needed: not fewer than come.
        needed: u32,
        /// The version that was looked at.
        version: u32,
    },
    /// Answer somebody who asked to come.
    AnswerVolunteer {
        /// To which shift.
        shift: Id<Shift>,
        /// Who asked.
        person: Id<Person>,
        /// Yes or no.
        agrees: bool,
        /// Why not, for that person to read; may be empty where it is yes.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// Ask people to come to a shift. It holds no place: whoever says yes first has it.
    OfferShift {
        /// To which.
        shift: Id<Shift>,
        /// Whom: at most [`limits::OFFERED_AT_ONCE`](crate::limits::OFFERED_AT_ONCE).
        people: Vec<Id<Person>>,
        /// For them to read; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
        /// Until when an answer is hoped for; until the shift begins, if `None`. A later yes counts while there is a place.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<String>")]
        until: Option<Timestamp>,
    },
    /// Say whether one comes to a shift one was asked to come to.
    AnswerOffer {
        /// To which.
        shift: Id<Shift>,
        /// Yes or no.
        agrees: bool,
        /// Said with a no; may be empty: nobody has to say why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// 代办: who telephoned.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<Proxy>,
    },
    /// Ask somebody no longer to come to a shift; they have not answered yet.
    ReleaseOffer {
        /// To which.
        shift: Id<Shift>,
        /// Whom.
        person: Id<Person>,
    },
    /// Say of shifts of one post whose turn it is; what is said of each replaces what stood.
    SetTurns {
        /// Which post.
        post: Id<Post>,
        /// At most [`limits::SHIFTS_PER_POST`](crate::limits::SHIFTS_PER_POST).
        turns: Vec<ShiftTurns>,
    },
    /// Name a parent of a class its contact until the school year ends.
    AppointContact {
        /// Of which class.
        class: Id<Place>,
        /// Whom.
        person: Id<Person>,
    },
    /// End that somebody is the contact of a class; by the contact, too.
    EndContact {
        /// Of which class.
        class: Id<Place>,
        /// Who.
        person: Id<Person>,
    },
    /// Say that one may be asked to fill places of one's class until the school year ends, or no longer.
    SayReady {
        /// Which class.
        class: Id<Place>,
        /// Yes or no more.
        ready: bool,
        /// 代办: who telephoned.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<Proxy>,
    },
    /// Ask a family of the class whose turn it is. It holds no place.
    AskFamily {
        /// To which shift.
        shift: Id<Shift>,
        /// Of which class.
        class: Id<Place>,
        /// Whom: the contact somebody who is ready, its teacher and the desk anybody of the class.
        person: Id<Person>,
        /// For them to read; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
        /// Until when an answer is hoped for; as long as places are kept, if `None`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<String>")]
        until: Option<Timestamp>,
    },
    /// Say that one still comes.
    ConfirmShift {
        /// To which.
        shift: Id<Shift>,
        /// 代办: who telephoned.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<Proxy>,
    },
    /// Look for a stand-in for the places of a shift that are free: a few people at a time.
    SearchStandIn {
        /// For which.
        shift: Id<Shift>,
    },
    /// Look for a stand-in no longer; whoever is still asked is released with thanks.
    StopStandIn {
        /// For which.
        shift: Id<Shift>,
    },
    /// Say whether and when one wants to be asked to stand in.
    WishStandIn {
        /// Whether; nobody is asked who said no.
        asks: bool,
        /// On which days of the week, 1 for Monday to 7; on all, if there are none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        days: Vec<i8>,
        /// At which part of the day.
        #[serde(default)]
        part: DayPart,
    },
    /// Put a child down for a shift, under an adult: the guardian's act is the consent.
    EnterPupil(PupilWish),
    /// Take a child out of a shift again.
    WithdrawPupil(PupilWish),
    /// Say which pupils of a shift came.
    MarkPupils {
        /// Of which shift.
        shift: Id<Shift>,
        /// What of each: at most [`limits::MARKS_PER_ACT`](crate::limits::MARKS_PER_ACT).
        pupils: Vec<PupilMark>,
    },
    /// Write a guest from outside down for shifts of one day.
    AddGuest {
        /// Who, and who receives them.
        guest: Box<GuestDraft>,
    },
    /// Let somebody else receive a guest.
    ChangeSponsor {
        /// Which guest.
        guest: Id<Guest>,
        /// Who works here.
        sponsor: Id<Person>,
    },
    /// Take a guest out again, as far as their shifts have not begun.
    RemoveGuest {
        /// Which.
        guest: Id<Guest>,
    },
    /// Keep a qualification: a new one, or one that is there as it reads now; one that was dropped is used again.
    PutQualification {
        /// Which; made by the keeper's device for a new one.
        qualification: Id<Qualification>,
        /// What it is.
        draft: QualificationDraft,
        /// The version that was looked at; 0 for a new one.
        #[serde(default)]
        version: u32,
    },
    /// Let no post ask for a qualification any more.
    DropQualification {
        /// Which.
        qualification: Id<Qualification>,
    },
    /// Confirm that people have a qualification, or have it until another day.
    ConfirmQualification {
        /// Which.
        qualification: Id<Qualification>,
        /// Who has it: at most [`limits::CONFIRMED_AT_ONCE`](crate::limits::CONFIRMED_AT_ONCE).
        people: Vec<Id<Person>>,
        /// The last day on which it counts; exactly where it expires.
        #[schemars(with = "Option<String>")]
        until: Option<Date>,
        /// When the newest word about it that was looked at was said; whoever it is about since is not overwritten.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<String>")]
        seen: Option<Timestamp>,
    },
    /// Take back that somebody has a qualification.
    WithdrawQualification {
        /// Which.
        qualification: Id<Qualification>,
        /// Whose.
        person: Id<Person>,
        /// Why, for that person to read.
        reason: String,
    },
    /// A step of a swap.
    #[serde(untagged)]
    Swap(SwapAct),
}

impl VolunteerAct {
    /// The rows it names. Not those it makes, and not people.
    #[must_use]
    pub fn names(&self) -> Vec<Uuid> {
        match self {
            Self::PutCampaign { draft, .. } => vec![draft.place.uuid()],
            Self::PutQualification { draft, .. } => vec![draft.place.uuid()],
            Self::EndCampaign { campaign } => vec![campaign.uuid()],
            Self::ChangePost { post, .. } => post.terms.names().chain([post.id.uuid()]).collect(),
            Self::EndPost { post } => vec![post.uuid()],
            Self::SetTurns { post, turns } => {
                let shifts = turns.iter().map(|one| one.shift.uuid());
                let classes = turns.iter().flat_map(|one| &one.turns).map(|turn| turn.class.uuid());
                std::iter::once(post.uuid()).chain(shifts).chain(classes).collect()
            }
            Self::AppointContact { class, .. }
            | Self::EndContact { class, .. }
            | Self::SayReady { class, .. } => vec![class.uuid()],
            Self::AskFamily { shift, class, .. } => vec![shift.uuid(), class.uuid()],
            Self::CallOffShift { shift, .. }
            | Self::ChangeShift { shift, .. }
            | Self::AnswerVolunteer { shift, .. }
            | Self::OfferShift { shift, .. }
            | Self::AnswerOffer { shift, .. }
            | Self::ReleaseOffer { shift, .. }
            | Self::ConfirmShift { shift, .. }
            | Self::MarkPupils { shift, .. }
            | Self::SearchStandIn { shift }
            | Self::StopStandIn { shift } => vec![shift.uuid()],
            Self::EnterPupil(wish) | Self::WithdrawPupil(wish) => vec![wish.shift.uuid(), wish.child.uuid()],
            Self::AddGuest { guest } => guest.shifts.iter().map(|shift| shift.uuid()).collect(),
            Self::ChangeSponsor { guest, .. } | Self::RemoveGuest { guest } => vec![guest.uuid()],
            Self::WishStandIn { .. } => Vec::new(),
            Self::Swap(act) => act.names(),
            Self::DropQualification { qualification }
            | Self::ConfirmQualification { qualification, .. }
            | Self::WithdrawQualification { qualification, .. } => vec![qualification.uuid()],
        }
    }

    /// Its name on the wire.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::PutCampaign { .. } => "put-campaign",
            Self::EndCampaign { .. } => "end-campaign",
            Self::ChangePost { .. } => "change-post",
            Self::EndPost { .. } => "end-post",
            Self::CallOffShift { .. } => "call-off-shift",
            Self::ChangeShift { .. } => "change-shift",
            Self::AnswerVolunteer { .. } => "answer-volunteer",
            Self::OfferShift { .. } => "offer-shift",
            Self::AnswerOffer { .. } => "answer-offer",
            Self::ReleaseOffer { .. } => "release-offer",
            Self::SetTurns { .. } => "set-turns",
            Self::AppointContact { .. } => "appoint-contact",
            Self::EndContact { .. } => "end-contact",
            Self::SayReady { .. } => "say-ready",
            Self::AskFamily { .. } => "ask-family",
            Self::ConfirmShift { .. } => "confirm-shift",
            Self::SearchStandIn { .. } => "search-stand-in",
            Self::StopStandIn { .. } => "stop-stand-in",
            Self::WishStandIn { .. } => "wish-stand-in",
            Self::Swap(act) => act.name(),
            Self::EnterPupil(_) => "enter-pupil",
            Self::WithdrawPupil(_) => "withdraw-pupil",
            Self::MarkPupils { .. } => "mark-pupils",
            Self::AddGuest { .. } => "add-guest",
            Self::ChangeSponsor { .. } => "change-sponsor",
            Self::RemoveGuest { .. } => "remove-guest",
            Self::PutQualification { .. } => "put-qualification",
            Self::DropQualification { .. } => "drop-qualification",
            Self::ConfirmQualification { .. } => "confirm-qualification",
            Self::WithdrawQualification { .. } => "withdraw-qualification",
        }
    }
}

pub(crate) fn decide(facts: &Facts, actor: &Actor, act: &VolunteerAct) -> Decision {
    match act {
        VolunteerAct::PutCampaign { campaign: id, draft, version } => {
            campaign::put(facts, actor, *id, draft, *version)
        }
        VolunteerAct::EndCampaign { campaign: id } => campaign::end(facts, actor, *id),
        VolunteerAct::ChangePost { post, version } => post_change::change(facts, actor, post, *version),
        VolunteerAct::EndPost { post } => post_change::end(facts, actor, *post),
        VolunteerAct::CallOffShift { shift, reason } => post_change::call_off(facts, actor, *shift, reason),
        VolunteerAct::ChangeShift { shift, starts, ends, needed, version } => {
            shift_change::change(facts, actor, *shift, (starts, ends, *needed), *version)
        }
        VolunteerAct::AnswerVolunteer { shift, person, agrees, reason } => {
            post_change::answer(facts, actor, (*shift, *person), *agrees, reason)
        }
        VolunteerAct::OfferShift { shift, people, words, until } => {
            shift_offer::by_desk(facts, actor, *shift, people, (words, *until))
        }
        VolunteerAct::AnswerOffer { shift, agrees, reason, on_behalf_of } => {
            shift_offer::answer(facts, actor, *shift, (*agrees, reason), on_behalf_of.as_ref())
        }
        VolunteerAct::ReleaseOffer { shift, person } => {
            shift_offer::take_back(facts, actor, (*shift, *person))
        }
        VolunteerAct::SetTurns { post, turns } => turn_act::set(facts, actor, *post, turns),
        VolunteerAct::AppointContact { class, person } => {
            class_contact::appoint(facts, actor, *class, *person)
        }
        VolunteerAct::EndContact { class, person } => class_contact::end(facts, actor, *class, *person),
        VolunteerAct::SayReady { class, ready, on_behalf_of } => {
            class_contact::say_ready(facts, actor, *class, *ready, on_behalf_of.as_ref())
        }
        VolunteerAct::AskFamily { shift, class, person, words, until } => {
            turn_act::ask(facts, actor, (*shift, *class, *person), (words, *until))
        }
        VolunteerAct::ConfirmShift { shift, on_behalf_of } => {
            still_coming::confirm(facts, actor, *shift, on_behalf_of.as_ref())
        }
        VolunteerAct::SearchStandIn { shift } => stand_in::by_desk(facts, actor, *shift),
        VolunteerAct::StopStandIn { shift } => stand_in::stop(facts, actor, *shift),
        VolunteerAct::WishStandIn { asks, days, part } => stand_in::wish(facts, actor, *asks, (days, *part)),
        VolunteerAct::Swap(act) => swap_act::decide(facts, actor, act),
        VolunteerAct::EnterPupil(wish) => pupil_take::enter(facts, actor, wish),
        VolunteerAct::WithdrawPupil(wish) => pupil_take::withdraw(facts, actor, wish),
        VolunteerAct::MarkPupils { shift, pupils } => pupil_mark::mark(facts, actor, *shift, pupils),
        VolunteerAct::AddGuest { guest } => guest::add(facts, actor, guest),
        VolunteerAct::ChangeSponsor { guest, sponsor } => {
            guest::change_sponsor(facts, actor, *guest, *sponsor)
        }
        VolunteerAct::RemoveGuest { guest } => guest_end::remove(facts, actor, *guest),
        VolunteerAct::PutQualification { qualification: id, draft, version } => {
            qualification::put(facts, actor, *id, draft, *version)
        }
        VolunteerAct::DropQualification { qualification: id } => qualification::drop(facts, actor, *id),
        VolunteerAct::ConfirmQualification { qualification: id, people, until, seen } => {
            qualification::confirm(facts, actor, *id, people, (*until, *seen))
        }
        VolunteerAct::WithdrawQualification { qualification: id, person, reason } => {
            qualification::withdraw(facts, actor, *id, *person, reason)
        }
    }
}
