//! Wishes: the outbox, read by what each item is about. The newest about a thing is the one that counts.

use xinmei_model::{
    Act, Booking, Child, Conversation, ConversationDraft, CourseAct, Event, FamilyRequest,
    FamilyRequestDraft, Gate, Giving, GuestDraft, Hat, Id, Material, MaterialDraft, Meeting, MeetingBooking,
    Message, MessageText, MutationId, Notice, NoticeDraft, ParticipationMark, Report, Session, Shift, SignUp,
    VolunteerAct,
};

use crate::{
    OutboxEntry,
    api::{
        alert::PendingMark,
        event::{Party, PendingWish, SessionFill},
        sync::{ItemState, act_name},
    },
};

/// What waits to be sent or decided, and what was refused and not seen.
pub(crate) struct Wishes(Vec<OutboxEntry>);

/// A wish about one's own part in a shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ShiftWish {
    /// To take it; else to give it back.
    pub(crate) takes: bool,
    /// How the wish stands.
    pub(crate) state: ItemState,
}

/// What stands in the outbox when a button of a booking is pressed.
pub(crate) struct Pressed {
    /// The sign-up itself, not sent yet.
    pub(crate) unsent: Option<MutationId>,
    /// The same wish, made before and still open.
    pub(crate) before: Option<MutationId>,
}

/// Whether a wish is still open.
pub(crate) fn waits(state: &ItemState) -> bool {
    matches!(state, ItemState::Saved | ItemState::Sent | ItemState::Unreadable)
}

impl Wishes {
    /// Without what was parked: it is on its way nowhere, and only the outbox shows it.
    pub(crate) fn new(mut entries: Vec<OutboxEntry>) -> Self {
        entries.retain(|entry| !matches!(entry.state, ItemState::Parked { .. }));
        Self(entries)
    }

    /// The newest item for which `look` finds something.
    pub(crate) fn newest<R>(&self, look: impl Fn(&Act) -> Option<R>) -> Option<(R, &OutboxEntry)> {
        self.0.iter().rev().find_map(|entry| look(&entry.mutation.act).map(|found| (found, entry)))
    }

    /// Sign-ups in the guardian's hat or 代办.
    pub(crate) fn sign_ups(&self, own: bool) -> impl Iterator<Item = (&SignUp, &OutboxEntry)> {
        self.0.iter().filter_map(move |entry| match &entry.mutation.act {
            Act::SignUp(wish) if (entry.mutation.hat == Hat::Guardian) == own => Some((wish, entry)),
            _ => None,
        })
    }

    /// To give back, accept, decline or change a booking.
    pub(crate) fn about_booking(&self, id: Id<Booking>) -> Option<PendingWish> {
        let ((act, party), entry) = self.newest(|act| match act {
            Act::Withdraw { booking, .. }
            | Act::AcceptOffer { booking, .. }
            | Act::DeclineOffer { booking, .. }
                if *booking == id =>
            {
                Some((act_name(act), None))
            }
            Act::ChangeBooking(wish) if wish.booking == id => {
                let party = Party { children: wish.children.clone(), adults: wish.adults };
                Some((act_name(act), Some(party)))
            }
            _ => None,
        })?;
        Some(PendingWish { act, state: entry.state.clone(), party })
    }

    /// To change an event or one of its sessions, still open.
    pub(crate) fn about_event(&self, id: Id<Event>, sessions: &[SessionFill]) -> Option<PendingWish> {
        let own = |session: &Id<Session>| sessions.iter().any(|one| one.id == *session);
        let (act, entry) = self.newest(|act| match act {
            Act::ChangeEvent { event, .. } if event.id == id => Some(act_name(act)),
            Act::CancelEvent { event, .. } | Act::Draw { event, .. } if *event == id => Some(act_name(act)),
            Act::CancelSession { session, .. } | Act::SetCapacity { session, .. } if own(session) => {
                Some(act_name(act))
            }
            _ => None,
        })?;
        waits(&entry.state).then(|| PendingWish { act, state: entry.state.clone(), party: None })
    }

    /// To set check-in of an event up, or to open a gate of it; the newest.
    pub(crate) fn about_check_in(&self, id: Id<Event>) -> Option<ItemState> {
        let is_it = |act: &Act| match act {
            Act::OpenCheckIn { event } => *event == id,
            Act::OpenGate { gate } => gate.event == id,
            _ => false,
        };
        self.newest(|act| is_it(act).then_some(())).map(|((), entry)| entry.state.clone())
    }

    /// How many wishes of a gate are still open.
    pub(crate) fn at_gate(&self, id: Id<Gate>) -> u32 {
        let own = |entry: &&OutboxEntry| match &entry.mutation.act {
            Act::Arrive(wish) => wish.gate == id,
            Act::LeaseSeats { gate, .. } | Act::AgreeRelease { gate, .. } | Act::CloseGate { gate } => {
                *gate == id
            }
            Act::CorrectArrival { .. } => true,
            _ => false,
        };
        u32::try_from(self.0.iter().filter(|entry| waits(&entry.state)).filter(own).count())
            .unwrap_or(u32::MAX)
    }

    /// The sign-up that would make this booking, and the wish about it that waits, if there is one of this act.
    pub(crate) fn waiting_for(&self, id: Id<Booking>, act: &str) -> Pressed {
        let open = |entry: &&OutboxEntry| waits(&entry.state);
        let about = |entry: &&OutboxEntry| match &entry.mutation.act {
            Act::Withdraw { booking, .. }
            | Act::AcceptOffer { booking, .. }
            | Act::DeclineOffer { booking, .. } => *booking == id && act_name(&entry.mutation.act) == act,
            _ => false,
        };
        let makes =
            |entry: &&OutboxEntry| matches!(&entry.mutation.act, Act::SignUp(wish) if wish.booking == id);
        Pressed {
            unsent: self
                .0
                .iter()
                .find(makes)
                .filter(|entry| entry.state == ItemState::Saved)
                .map(|it| it.mutation.id),
            before: self.0.iter().filter(open).find(about).map(|entry| entry.mutation.id),
        }
    }

    /// To answer a notice for a child.
    pub(crate) fn answer(&self, id: Id<Notice>, whose: Id<Child>) -> Option<ItemState> {
        let is_it = |act: &Act| matches!(act, Act::Answer(wish) if wish.notice == id && wish.child == whose);
        self.newest(|act| is_it(act).then_some(())).map(|((), entry)| entry.state.clone())
    }

    /// To say where a child is.
    pub(crate) fn mark(&self, id: Id<Notice>, whose: Id<Child>) -> Option<PendingMark> {
        let state = |act: &Act| match act {
            Act::MarkRollCall(wish) if wish.incident == id && wish.child == whose => Some(wish.state),
            _ => None,
        };
        self.newest(state).map(|(state, entry)| PendingMark { state, item: entry.state.clone() })
    }

    /// To say whether a child is there, at a stop of a trip.
    pub(crate) fn trip_mark(&self, session: Id<Session>, stop: u32, child: Id<Child>) -> Option<ItemState> {
        let is_it = |act: &Act| matches!(act, Act::MarkTrip(wish) if (wish.session, wish.stop, wish.child) == (session, stop, child));
        self.newest(|act| is_it(act).then_some(())).map(|((), entry)| entry.state.clone())
    }

    /// To send, recall, approve or decline a notice.
    pub(crate) fn about_notice(&self, id: Id<Notice>) -> Option<ItemState> {
        let is_it = |act: &Act| match act {
            Act::RecallNotice { notice, .. }
            | Act::ApproveNotice { notice }
            | Act::DeclineNotice { notice, .. } => *notice == id,
            _ => act.notice().is_some_and(|notice| notice.id == id),
        };
        self.newest(|act| is_it(act).then_some(())).map(|((), entry)| entry.state.clone())
    }

    /// To remind those who have not answered a notice.
    pub(crate) fn remind(&self, id: Id<Notice>) -> Option<ItemState> {
        let is_it = |act: &Act| matches!(act, Act::RemindNotice { notice } if *notice == id);
        self.newest(|act| is_it(act).then_some(())).map(|((), entry)| entry.state.clone())
    }

    /// To send a notice the school has not answered for yet.
    pub(crate) fn to_send(&self, id: Id<Notice>) -> Option<ItemState> {
        let mut waiting = self.notices().filter(|(draft, entry)| draft.id == id && waits(&entry.state));
        waiting.next().map(|(_, entry)| entry.state.clone())
    }

    /// Notices to send.
    pub(crate) fn notices(&self) -> impl Iterator<Item = (&NoticeDraft, &OutboxEntry)> {
        self.0.iter().filter_map(|entry| entry.mutation.act.notice().map(|notice| (notice, entry)))
    }

    /// Requests for a child.
    pub(crate) fn requests(&self) -> impl Iterator<Item = (&FamilyRequestDraft, &OutboxEntry)> {
        self.0.iter().filter_map(|entry| match &entry.mutation.act {
            Act::MakeRequest { request } => Some((request, entry)),
            _ => None,
        })
    }

    /// To make, answer or withdraw a request.
    pub(crate) fn about_request(&self, id: Id<FamilyRequest>) -> Option<ItemState> {
        let is_it = |act: &Act| match act {
            Act::MakeRequest { request } => request.id == id,
            Act::AnswerRequest { request, .. } | Act::WithdrawRequest { request, .. } => *request == id,
            _ => false,
        };
        self.newest(|act| is_it(act).then_some(())).map(|((), entry)| entry.state.clone())
    }

    /// Conversations to begin.
    pub(crate) fn conversations(&self) -> impl Iterator<Item = (&ConversationDraft, &OutboxEntry)> {
        self.0.iter().filter_map(|entry| match &entry.mutation.act {
            Act::OpenConversation { conversation } => Some((conversation, entry)),
            _ => None,
        })
    }

    /// To begin, end or enlarge a conversation.
    pub(crate) fn about_conversation(&self, id: Id<Conversation>) -> Option<ItemState> {
        let is_it = |act: &Act| match act {
            Act::OpenConversation { conversation } => conversation.id == id,
            Act::EndConversation { conversation }
            | Act::BringIn { conversation, .. }
            | Act::TakeOut { conversation, .. } => *conversation == id,
            _ => false,
        };
        self.newest(|act| is_it(act).then_some(())).map(|((), entry)| entry.state.clone())
    }

    /// Messages to say in a conversation, the first of it too.
    pub(crate) fn messages(
        &self,
        id: Id<Conversation>,
    ) -> impl Iterator<Item = (&MessageText, &OutboxEntry)> {
        self.0.iter().filter_map(move |entry| match &entry.mutation.act {
            Act::OpenConversation { conversation } if conversation.id == id => {
                Some((&conversation.message, entry))
            }
            Act::SayMessage { conversation, message, .. } if *conversation == id => Some((message, entry)),
            _ => None,
        })
    }

    /// To say, edit or delete a message.
    pub(crate) fn about_message(&self, id: Id<Message>) -> Option<(ItemState, MutationId)> {
        let is_it = |act: &Act| match act {
            Act::OpenConversation { conversation } => conversation.message.id == id,
            Act::SayMessage { message, .. } => message.id == id,
            Act::EditMessage { message, .. } | Act::DeleteMessage { message } => *message == id,
            _ => false,
        };
        let found = self.newest(|act| is_it(act).then_some(()));
        found.map(|((), entry)| (entry.state.clone(), entry.mutation.id))
    }

    /// To report a message.
    pub(crate) fn report_of(&self, id: Id<Message>) -> Option<&OutboxEntry> {
        let is_it = |act: &Act| matches!(act, Act::ReportMessage(draft) if draft.message == id);
        self.newest(|act| is_it(act).then_some(())).map(|((), entry)| entry)
    }

    /// To settle a report, to stop somebody from writing because of it, or to end that.
    pub(crate) fn about_report(&self, id: Id<Report>) -> Option<ItemState> {
        let is_it = |act: &Act| match act {
            Act::CloseReport { report, .. }
            | Act::AppointReader { report, .. }
            | Act::StopWriting { report, .. }
            | Act::LetWrite { report, .. } => *report == id,
            _ => false,
        };
        self.newest(|act| is_it(act).then_some(())).map(|((), entry)| entry.state.clone())
    }

    /// To take a shift or give it back: for oneself, or 代办.
    pub(crate) fn about_shift(&self, id: Id<Shift>, own: bool) -> Option<ShiftWish> {
        let (takes, entry) = self.newest(|act| match act {
            Act::TakeShift { shift, on_behalf_of } if *shift == id && on_behalf_of.is_none() == own => {
                Some(true)
            }
            Act::DropShift { shift, on_behalf_of } if *shift == id && on_behalf_of.is_none() == own => {
                Some(false)
            }
            Act::Volunteer(VolunteerAct::AnswerOffer { shift, agrees, on_behalf_of, .. })
                if *shift == id && on_behalf_of.is_none() == own =>
            {
                Some(*agrees)
            }
            _ => None,
        })?;
        Some(ShiftWish { takes, state: entry.state.clone() })
    }

    /// Meetings a family wishes to book, in the guardian's hat.
    pub(crate) fn meetings(&self) -> impl Iterator<Item = (&MeetingBooking, &OutboxEntry)> {
        self.0.iter().filter(|entry| entry.mutation.hat == Hat::Guardian).filter_map(|entry| {
            match &entry.mutation.act {
                Act::BookMeetings(wish) => Some((wish, entry)),
                _ => None,
            }
        })
    }

    /// To give a meeting back or to cancel it.
    pub(crate) fn about_meeting(&self, id: Id<Meeting>) -> Option<ItemState> {
        let is_it = |act: &Act| match act {
            Act::WithdrawMeeting { meeting, .. } | Act::CancelMeeting { meeting, .. } => *meeting == id,
            _ => false,
        };
        self.newest(|act| is_it(act).then_some(())).map(|((), entry)| entry.state.clone())
    }

    /// Materials to give for a lesson.
    pub(crate) fn materials(&self, id: Id<Event>) -> impl Iterator<Item = (&MaterialDraft, &ItemState)> {
        self.0.iter().filter_map(move |entry| match &entry.mutation.act {
            Act::Course(CourseAct::PutMaterial { material }) if material.event == id => {
                Some((material, &entry.state))
            }
            _ => None,
        })
    }

    /// To give a material otherwise, or to take it back; the newest.
    pub(crate) fn about_material(&self, id: Id<Material>) -> Option<(Option<Giving>, ItemState)> {
        let (giving, entry) = self.newest(|act| match act {
            Act::Course(CourseAct::SetGiving { material, giving }) if *material == id => Some(Some(*giving)),
            Act::Course(CourseAct::DropMaterial { material }) if *material == id => Some(None),
            _ => None,
        })?;
        Some((giving, entry.state.clone()))
    }

    /// What was said of parents in a session, in the order in which it was said.
    pub(crate) fn participation(&self, id: Id<Session>) -> Vec<(ParticipationMark, ItemState)> {
        let of = self.0.iter().filter_map(|entry| match &entry.mutation.act {
            Act::Course(CourseAct::MarkParticipation { session, marks }) if *session == id => {
                Some(marks.iter().map(|mark| (*mark, entry.state.clone())))
            }
            _ => None,
        });
        of.flatten().collect()
    }

    /// The newest step of volunteering that is meant: how it stands.
    pub(crate) fn volunteering(&self, is_it: impl Fn(&VolunteerAct) -> bool) -> Option<ItemState> {
        let found = self.newest(|act| match act {
            Act::Volunteer(step) if is_it(step) => Some(()),
            _ => None,
        });
        found.map(|((), entry)| entry.state.clone())
    }

    /// Guests who are to be written down, still open.
    pub(crate) fn guests_to_add(&self) -> impl Iterator<Item = (&GuestDraft, &ItemState)> {
        let open = self.0.iter().filter(|entry| waits(&entry.state));
        open.filter_map(|entry| match &entry.mutation.act {
            Act::Volunteer(VolunteerAct::AddGuest { guest }) => Some((&**guest, &entry.state)),
            _ => None,
        })
    }

    /// Shifts one wishes to take for oneself, still open.
    pub(crate) fn shifts_to_take(&self) -> impl Iterator<Item = Id<Shift>> {
        self.0.iter().filter(|entry| waits(&entry.state)).filter_map(|entry| match &entry.mutation.act {
            Act::TakeShift { shift, on_behalf_of: None }
            | Act::Volunteer(VolunteerAct::AnswerOffer { shift, agrees: true, on_behalf_of: None, .. }) => {
                Some(*shift)
            }
            _ => None,
        })
    }
}
