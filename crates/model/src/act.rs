//! What an act names, carries, and is done for.

use uuid::Uuid;

use crate::{
    Act, Answering, Appointing, BookingChange, BusMove, ChildFileDraft, EventDraft, FamilyRequestDraft, Id,
    MeetingBooking, NoticeDraft, Proxy, SeriesDraft, SignUp, Stop, Target, TripChild, TripMarking, limits,
    limits::check_text,
};

impl EventDraft {
    /// The venues it names.
    fn venues(&self) -> impl Iterator<Item = Uuid> {
        let sessions = self.sessions.iter().filter_map(|session| session.held_in);
        self.held_in.into_iter().chain(sessions).map(Id::uuid)
    }
}

impl Act {
    /// The rows it names. Not those it makes, and not people: whom a wish is for stands in links.
    #[must_use]
    pub fn names(&self) -> Vec<Uuid> {
        match self {
            Self::SendNotice { notice }
            | Self::SendChildFiles { notice, .. }
            | Self::RepeatNotice { series: SeriesDraft { notice, .. } } => {
                let own = self.child_files();
                let children = own.iter().map(|one| one.child.uuid());
                let targets = notice.audience.include.iter().chain(&notice.audience.except);
                targets.map(Target::uuid).chain(notice.supersedes.map(Id::uuid)).chain(children).collect()
            }
            Self::RecallNotice { notice, .. }
            | Self::RemindNotice { notice }
            | Self::MarkSeen { notice }
            | Self::ApproveNotice { notice }
            | Self::DeclineNotice { notice, .. } => vec![notice.uuid()],
            // The incident is not hidden from whoever sees the child: it was told to its class.
            Self::MarkRollCall(wish) => vec![wish.child.uuid()],
            Self::EndSeries { series } => vec![series.uuid()],
            Self::Answer(wish) => vec![wish.notice.uuid(), wish.child.uuid()],
            Self::PublishEvent { event } => {
                let lesson = event.lesson.as_ref().map(|lesson| lesson.course.uuid());
                let named = event.theme.map(Id::uuid).into_iter().chain(event.venues()).chain(lesson);
                let named = named.chain(event.partner.map(Id::uuid));
                [event.place.uuid()].into_iter().chain(named).collect()
            }
            Self::ChangeEvent { event, .. } => [event.id.uuid()].into_iter().chain(event.venues()).collect(),
            Self::CancelEvent { event, .. } | Self::Draw { event, .. } => vec![event.uuid()],
            Self::SetCapacity { session, .. } | Self::CancelSession { session, .. } => vec![session.uuid()],
            Self::ChangeBooking(wish) => {
                let wishes = wish.wishes.iter().map(|session| session.uuid());
                let children = wish.children.iter().map(|child| child.uuid());
                children.chain([wish.booking.uuid()]).chain(wishes).collect()
            }
            Self::SignUp(wish) => {
                let others = wish.others.iter().map(|session| session.uuid());
                let children = wish.children.iter().map(|child| child.uuid());
                children.chain([wish.session.uuid()]).chain(others).collect()
            }
            Self::Withdraw { booking, .. }
            | Self::AcceptOffer { booking, .. }
            | Self::DeclineOffer { booking, .. } => vec![booking.uuid()],
            Self::OpenCheckIn { event } => vec![event.uuid()],
            Self::AppointSteward(Appointing { event, role, .. }) => vec![event.uuid(), role.uuid()],
            Self::OpenGate { gate } => vec![gate.event.uuid()],
            Self::LeaseSeats { gate, session, .. } => vec![gate.uuid(), session.uuid()],
            Self::ReleaseNoShows { session, .. } => vec![session.uuid()],
            Self::AgreeRelease { gate, .. } | Self::CloseGate { gate } | Self::RevokeGate { gate } => {
                vec![gate.uuid()]
            }
            Self::Arrive(wish) => {
                let booking = wish.booking.map(Id::uuid);
                [wish.gate.uuid(), wish.session.uuid()].into_iter().chain(booking).collect()
            }
            Self::CorrectArrival { arrival, .. } => vec![arrival.uuid()],
            Self::PostShifts { post } => post.terms.names().chain([post.place.uuid()]).collect(),
            Self::TakeShift { shift, .. } | Self::DropShift { shift, .. } => vec![shift.uuid()],
            Self::OpenConference { conference } => vec![conference.place.uuid()],
            Self::ChangeConference { conference, .. } => vec![conference.id.uuid()],
            Self::CancelConference { conference, .. } => vec![conference.uuid()],
            Self::OfferSlots { offer, .. } => vec![offer.conference.uuid(), offer.place.uuid()],
            Self::WithdrawSlots { offer, .. } => vec![offer.uuid()],
            Self::PleaseCome { conference, child, .. } => vec![conference.uuid(), child.uuid()],
            Self::BookMeetings(wish) => {
                let slots = wish.meetings.iter().flat_map(|one| [one.offer.uuid(), one.child.uuid()]);
                slots.chain([wish.conference.uuid()]).collect()
            }
            Self::WithdrawMeeting { meeting, .. }
            | Self::CancelMeeting { meeting, .. }
            | Self::WriteMeetingNote { meeting, .. } => vec![meeting.uuid()],
            Self::MakeRequest { request } => vec![request.child.uuid()],
            Self::AnswerRequest { request, .. } | Self::WithdrawRequest { request, .. } => {
                vec![request.uuid()]
            }
            Self::OpenConversation { conversation } => {
                vec![conversation.child.uuid(), conversation.with.uuid()]
            }
            Self::SayMessage { conversation, child, message } => {
                let quoted = message.quotes.map(Id::uuid);
                [conversation.uuid(), child.uuid()].into_iter().chain(quoted).collect()
            }
            Self::EditMessage { message, child, .. } => vec![message.uuid(), child.uuid()],
            Self::DeleteMessage { message } | Self::ReceiveMessage { message } => vec![message.uuid()],
            Self::MarkRead { conversation, .. } | Self::EndConversation { conversation } => {
                vec![conversation.uuid()]
            }
            Self::BringIn { conversation, who, .. } | Self::TakeOut { conversation, who } => {
                vec![conversation.uuid(), who.uuid()]
            }
            Self::KeepInbox { inbox } => {
                inbox.readers.iter().map(|role| role.uuid()).chain([inbox.place.uuid()]).collect()
            }
            Self::CloseInbox { inbox } => vec![inbox.uuid()],
            Self::HandOver { from, to } => vec![from.uuid(), to.uuid()],
            Self::ReportMessage(draft) => vec![draft.message.uuid(), draft.child.uuid()],
            Self::AppointReader { report, who, .. } => vec![report.uuid(), who.uuid()],
            Self::CloseReport { report, .. }
            | Self::StopWriting { report, .. }
            | Self::LetWrite { report, .. } => vec![report.uuid()],
            Self::DecideRemarks { remarks, .. } => remarks.iter().map(|remark| remark.uuid()).collect(),
            Self::SetRights { link, .. } | Self::SetOnPaper { link, .. } => vec![link.uuid()],
            Self::PutTemplate { template, .. } | Self::DropTemplate { template } => vec![template.uuid()],
            Self::PutVenue(wish) => vec![wish.venue.uuid(), wish.draft.place.uuid()],
            Self::DropVenue(wish) => vec![wish.venue.uuid()],
            Self::PutPartner { partner, .. } | Self::DropPartner { partner } => vec![partner.uuid()],
            Self::NamePartner { event, partner } => {
                [event.uuid()].into_iter().chain(partner.map(Id::uuid)).collect()
            }
            Self::PlanTrip { event, .. } => vec![event.uuid()],
            Self::MoveBus(BusMove { session, child, .. }) => {
                vec![session.uuid(), TripChild::of(*session, *child).uuid()]
            }
            Self::MarkTrip(TripMarking { session, child, .. }) => {
                vec![session.uuid(), TripChild::of(*session, *child).uuid()]
            }
            Self::EndTrip(wish) => vec![wish.session.uuid()],
            Self::Course(act) => act.names(),
            Self::PutTheme { theme, draft } => {
                [theme.uuid()].into_iter().chain(draft.event.partner.map(Id::uuid)).collect()
            }
            Self::DropTheme { theme } => vec![theme.uuid()],
            Self::Contest(step) => step.names(),
            Self::Volunteer(step) => step.names(),
            Self::Hours(step) => step.names(),
            Self::SetOfficeHours { .. }
            | Self::SetQuietHours { .. }
            | Self::SetHoldWindow { .. }
            | Self::SetTravelTime { .. }
            | Self::SetHolidays { .. }
            | Self::SetPreferences { .. }
            | Self::MakeCalendarLink { .. }
            | Self::EndCalendarLink => Vec::new(),
        }
    }

    /// What it carries for one child each.
    #[must_use]
    pub fn child_files(&self) -> &[ChildFileDraft] {
        if let Self::SendChildFiles { child_files, .. } = self { &child_files.files } else { &[] }
    }

    /// Whether it writes down what happens at a gate or on a trip: nobody stops at the door because of what waits to be sent.
    #[must_use]
    pub fn is_at_gate(&self) -> bool {
        matches!(
            self,
            Self::Arrive(_)
                | Self::CorrectArrival { .. }
                | Self::AgreeRelease { .. }
                | Self::LeaseSeats { .. }
                | Self::CloseGate { .. }
                | Self::MarkTrip(_)
                | Self::EndTrip(_)
        )
    }

    /// Whether it only notes what happened on a screen. Nobody wished it: where it is refused, nobody has to look.
    #[must_use]
    pub fn is_note(&self) -> bool {
        matches!(self, Self::MarkSeen { .. } | Self::MarkRead { .. })
    }

    /// The notice it would send.
    #[must_use]
    pub fn notice(&self) -> Option<&NoticeDraft> {
        match self {
            Self::SendNotice { notice }
            | Self::SendChildFiles { notice, .. }
            | Self::RepeatNotice { series: SeriesDraft { notice, .. } } => Some(notice),
            _ => None,
        }
    }

    /// Refuses a note of 代办 that is too long.
    pub(crate) fn check_note(&self) -> Result<(), Stop> {
        self.proxy().map_or(Ok(()), |proxy| check_text("note", &proxy.note, 0, limits::NOTE_CHARS))
    }

    /// 代办: for whom and why.
    #[must_use]
    pub fn proxy(&self) -> Option<&Proxy> {
        match self {
            Self::Answer(Answering { on_behalf_of, .. })
            | Self::SignUp(SignUp { on_behalf_of, .. })
            | Self::ChangeBooking(BookingChange { on_behalf_of, .. })
            | Self::Withdraw { on_behalf_of, .. }
            | Self::AcceptOffer { on_behalf_of, .. }
            | Self::DeclineOffer { on_behalf_of, .. }
            | Self::BookMeetings(MeetingBooking { on_behalf_of, .. })
            | Self::WithdrawMeeting { on_behalf_of, .. }
            | Self::TakeShift { on_behalf_of, .. }
            | Self::DropShift { on_behalf_of, .. }
            | Self::MakeRequest { request: FamilyRequestDraft { on_behalf_of, .. } }
            | Self::WithdrawRequest { on_behalf_of, .. } => on_behalf_of.as_ref(),
            Self::Contest(step) => step.proxy(),
            Self::Hours(step) => step.proxy(),
            _ => None,
        }
    }
}
