//! Meetings in the fixed words: what the school has, and what waits on this computer.

use xinmei_model::{
    Act, Child, Conference, ConferenceState, Hat, Id, List, Meeting, MeetingNote, MeetingOffer, MeetingState,
    MeetingWish, Power, slots_of,
};

use crate::{
    api::{
        Fault,
        conference::{FreeSlot, MeetingIs, MeetingView, NoteView},
        profile::ChildName,
        sync::ItemState,
    },
    view::{commitment::Commitment, reading::Reading, wishes},
};

/// Free slots named where one could not be had.
const INSTEAD: usize = 6;

/// Whether the family still counts on it.
pub(crate) fn is_live(state: &MeetingIs) -> bool {
    matches!(state, MeetingIs::Saved | MeetingIs::Sent | MeetingIs::Booked)
}

/// When, and that the guardian comes; `None` where nobody counts on it.
pub(crate) fn commitment(meeting: &MeetingView, offer: Option<&MeetingOffer>) -> Option<Commitment> {
    is_live(&meeting.state).then(|| Commitment {
        of: meeting.id.uuid(),
        starts: meeting.starts.clone(),
        ends: meeting.ends.clone(),
        title: meeting.title.clone(),
        // The child need not come along.
        children: Vec::new(),
        mine: true,
        campus: offer.and_then(|offer| offer.campus),
    })
}

impl Reading<'_> {
    /// Meetings of whoever sits here as a guardian, those that wait on this computer included; by start.
    pub(crate) fn own_meetings(&self) -> Result<Vec<MeetingView>, Fault> {
        if self.hat != Hat::Guardian {
            return Ok(Vec::new());
        }
        let known: Vec<Meeting> = self.snapshot.list(List::MeetingsBy(self.me))?;
        let mut views = Vec::new();
        for (wish, entry) in self.wishes.meetings() {
            for pick in &wish.meetings {
                let hoped = self.hoped_meeting(wish.conference, pick, &entry.state)?;
                let hoped = hoped.filter(|view| !arrived(&known, view));
                views.retain(|earlier: &MeetingView| hoped.as_ref().is_none_or(|it| it.id != earlier.id));
                views.extend(hoped);
            }
        }
        for meeting in &known {
            if !views.iter().any(|view| view.id == meeting.id) {
                views.push(self.meeting_view(meeting)?);
            }
        }
        views.sort_by_key(|view| (view.starts.timestamp(), view.id));
        Ok(views)
    }

    /// As [`Commitment`]s, those still to come.
    pub(crate) fn meeting_commitments(&self, meetings: &[MeetingView]) -> Result<Vec<Commitment>, Fault> {
        let mut found = Vec::new();
        for meeting in meetings.iter().filter(|meeting| self.now < meeting.ends.timestamp()) {
            let offer: Option<MeetingOffer> = self.snapshot.get(meeting.offer)?;
            found.extend(commitment(meeting, offer.as_ref()));
        }
        Ok(found)
    }

    /// A meeting the school has.
    pub(crate) fn meeting_view(&self, meeting: &Meeting) -> Result<MeetingView, Fault> {
        let conference: Option<Conference> = self.snapshot.get(meeting.conference)?;
        let offer: Option<MeetingOffer> = self.snapshot.get(meeting.offer)?;
        let child: Option<Child> = self.snapshot.get(meeting.child)?;
        let name = match &child {
            Some(child) => self.child_name(child)?,
            None => bare_name(meeting.child, &meeting.child_name),
        };
        let state = self.meeting_is(meeting, conference.as_ref())?;
        let own = self.hat == Hat::Guardian && meeting.guardian == self.me;
        let acts = child.is_some_and(|child| self.may(Power::ActForFamilies, &child.path));
        let ahead = state == MeetingIs::Booked && self.now < meeting.starts.timestamp();
        Ok(MeetingView {
            id: meeting.id,
            conference: meeting.conference,
            kind: meeting.kind,
            title: conference.map(|it| it.title).unwrap_or_default(),
            child: name,
            guardian: meeting.guardian,
            guardian_name: meeting.guardian_name.clone(),
            person: meeting.person,
            person_name: meeting.person_name.clone(),
            offer: meeting.offer,
            starts: meeting.starts.clone(),
            ends: meeting.ends.clone(),
            room: offer.as_ref().map(|offer| offer.room.clone()).unwrap_or_default(),
            place: self.place_name(offer.map_or_else(|| Id::new(uuid::Uuid::nil()), |offer| offer.place)),
            state,
            entered: meeting.entered.clone(),
            may_withdraw: ahead && (own || acts),
            pending: self.wishes.about_meeting(meeting.id),
            note: self.note_of(meeting.id)?,
        })
    }

    fn meeting_is(&self, meeting: &Meeting, conference: Option<&Conference>) -> Result<MeetingIs, Fault> {
        let off = conference.and_then(|conference| match &conference.state {
            ConferenceState::Cancelled { reason, .. } => Some(reason.clone()),
            ConferenceState::Planned => None,
        });
        Ok(match (&meeting.state, off) {
            (MeetingState::Withdrawn, _) => MeetingIs::Withdrawn,
            (MeetingState::Cancelled { reason, .. }, _) => {
                MeetingIs::Cancelled { reason: reason.clone(), instead: self.instead_of(meeting.offer)? }
            }
            (MeetingState::Booked, Some(reason)) => MeetingIs::Cancelled { reason, instead: Vec::new() },
            (MeetingState::Booked, None) => MeetingIs::Booked,
        })
    }

    /// A meeting that was wished for and that the school does not have, or not yet.
    fn hoped_meeting(
        &self,
        conference: Id<Conference>,
        pick: &MeetingWish,
        state: &ItemState,
    ) -> Result<Option<MeetingView>, Fault> {
        let conference: Option<Conference> = self.snapshot.get(conference)?;
        let offer: Option<MeetingOffer> = self.snapshot.get(pick.offer)?;
        let child: Option<Child> = self.snapshot.get(pick.child)?;
        let (Some(conference), Some(offer), Some(child)) = (conference, offer, child) else {
            return Ok(None);
        };
        let minutes = jiff::SignedDuration::from_mins(i64::from(offer.minutes));
        let starts = self.zoned(pick.starts);
        let ends = self.zoned(pick.starts.saturating_add(minutes).unwrap_or(pick.starts));
        let id = Meeting::id_in(&offer, pick.starts, self.me);
        Ok(Some(MeetingView {
            id,
            conference: conference.id,
            kind: conference.kind,
            title: conference.title,
            child: self.child_name(&child)?,
            guardian: self.me,
            guardian_name: String::new(),
            person: offer.person,
            person_name: offer.person_name.clone(),
            offer: offer.id,
            starts,
            ends,
            room: offer.room.clone(),
            place: self.place_name(offer.place),
            state: match state {
                ItemState::Saved => MeetingIs::Saved,
                ItemState::Sent | ItemState::Parked { .. } | ItemState::Unreadable => MeetingIs::Sent,
                ItemState::Refused { refusal } => {
                    MeetingIs::Refused { refusal: refusal.clone(), instead: self.instead_of(offer.id)? }
                }
            },
            entered: None,
            may_withdraw: wishes::waits(state),
            pending: self.wishes.about_meeting(id),
            note: None,
        }))
    }

    /// Free slots of the same person in the same conference, while families may book.
    fn instead_of(&self, id: Id<MeetingOffer>) -> Result<Vec<FreeSlot>, Fault> {
        let Some(offer): Option<MeetingOffer> = self.snapshot.get(id)? else { return Ok(Vec::new()) };
        let conference: Option<Conference> = self.snapshot.get(offer.conference)?;
        if conference.is_none_or(|conference| conference.open_at(self.now).is_err()) {
            return Ok(Vec::new());
        }
        let mut free = Vec::new();
        for other in self.offers_in(offer.conference)?.iter().filter(|other| other.person == offer.person) {
            let slots = slots_of(other).into_iter().filter(|slot| self.is_free(other, slot));
            free.extend(slots.map(|slot| FreeSlot { offer: other.id, starts: slot.starts, ends: slot.ends }));
        }
        free.sort_by_key(|slot| slot.starts.timestamp());
        free.truncate(INSTEAD);
        Ok(free)
    }

    fn note_of(&self, id: Id<Meeting>) -> Result<Option<NoteView>, Fault> {
        let note: Option<MeetingNote> = self.snapshot.get(MeetingNote::id_of(id))?;
        let is_it = |act: &Act| matches!(act, Act::WriteMeetingNote { meeting, .. } if *meeting == id);
        let pending = self.wishes.newest(|act| is_it(act).then_some(()));
        let pending = pending.map(|((), entry)| entry.state.clone());
        Ok(note.map(|note| NoteView { text: note.text, author: note.author_name, at: note.at, pending }))
    }
}

/// Whether the school has it, or something newer about the same talk.
fn arrived(known: &[Meeting], hoped: &MeetingView) -> bool {
    known.iter().filter(|meeting| meeting.state == MeetingState::Booked).any(|meeting| {
        let again = meeting.conference == hoped.conference
            && (meeting.child, meeting.person) == (hoped.child.id, hoped.person);
        meeting.id == hoped.id && meeting.child == hoped.child.id
            || again && matches!(hoped.state, MeetingIs::Refused { .. })
    })
}

/// A child whose own row is not here.
fn bare_name(id: Id<Child>, name: &str) -> ChildName {
    ChildName { id, name: name.to_owned(), tail: String::new(), class: None }
}
