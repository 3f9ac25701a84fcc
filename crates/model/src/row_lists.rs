//! On which lists each row stands.

use crate::{Attachment, BookingState, Kind, List, PassState, Row, wanted::day_number};

impl Row {
    /// The lists this row stands on, each with its place in the order.
    #[must_use]
    pub fn lists(&self) -> Vec<(List, i64)> {
        let first = |list| vec![(list, 0)];
        match self {
            Self::School(_) | Self::Year(_) | Self::Place(_) | Self::Person(_) => {
                first(List::All(self.kind()))
            }
            Self::Role(role) => vec![(List::All(Kind::Role), 0), (List::RolesOf(role.person), 0)],
            Self::Child(child) => child.path.iter().map(|place| (List::ChildrenIn(*place), 0)).collect(),
            Self::Link(link) => {
                vec![(List::LinksOf(link.child), 0), (List::LinksBy(link.guardian), 0)]
            }
            Self::Remark(remark) => {
                vec![(List::All(Kind::Remark), 0), (List::RemarksOn(remark.child), 0)]
            }
            Self::Notice(notice) => {
                let composed = notice.composed.as_millisecond();
                let places = notice.stands_at().into_iter().map(|place| (List::NoticesTo(place), composed));
                std::iter::once((List::All(Kind::Notice), composed))
                    .chain(places)
                    .chain(with_files(&notice.files))
                    .collect()
            }
            Self::ChildFile(own) => std::iter::once((List::ChildFilesOf(own.notice), 0))
                .chain(with_files(std::slice::from_ref(&own.file)))
                .collect(),
            Self::Membership(member) => {
                vec![(List::MembershipsOf(member.person), 0), (List::AudienceOf(member.notice), 0)]
            }
            Self::Answer(answer) => std::iter::once((List::AnswersTo(answer.notice), 0))
                .chain(with_files(answer.given.reply.files()))
                .collect(),
            Self::Seen(seen) => first(List::SeenOf(seen.notice)),
            Self::Recall(recall) => vec![(List::All(Kind::Recall), recall.sent.as_millisecond())],
            Self::EndedRight(ended) => first(List::EndedRightsOf(ended.child)),
            Self::RollMark(mark) => first(List::MarksOf(mark.incident)),
            Self::Event(event) => std::iter::once((List::All(Kind::Event), 0))
                .chain(event.held_at.iter().map(|place| (List::HeldAt(*place), 0)))
                .chain(event.lesson.iter().map(|lesson| (List::LessonsOf(lesson.course), 0)))
                .collect(),
            Self::Course(course) => std::iter::once((List::All(Kind::Course), 0))
                .chain(course.held_at.iter().map(|place| (List::HeldAt(*place), 0)))
                .collect(),
            Self::Material(material) if material.dropped => Vec::new(),
            Self::Material(material) => {
                std::iter::once((List::MaterialsOf(material.event), material.at.as_millisecond()))
                    .chain(with_files(std::slice::from_ref(&material.file)))
                    .collect()
            }
            Self::Participation(row) => {
                vec![(List::ParticipationsAt(row.session), 0), (List::ParticipationsBy(row.guardian), 0)]
            }
            Self::Post(post) => std::iter::once((List::All(Kind::Post), 0))
                .chain(post.held_at.iter().map(|place| (List::HeldAt(*place), 0)))
                .chain(post.terms.supervisor.map(|person| (List::SupervisedBy(person), 0)))
                .collect(),
            Self::Conference(conference) => std::iter::once((List::All(Kind::Conference), 0))
                .chain(conference.held_at.iter().map(|place| (List::HeldAt(*place), 0)))
                .collect(),
            Self::Contest(contest) => std::iter::once((List::All(Kind::Contest), 0))
                .chain(contest.held_at.iter().map(|place| (List::HeldAt(*place), 0)))
                .collect(),
            Self::Candidate(candidate) => {
                let entries = candidate.earlier.iter().chain([&candidate.entry]).chain(&candidate.fine);
                let posters: Vec<_> = entries.filter_map(|entry| entry.poster.clone()).collect();
                std::iter::once((List::OfContest(candidate.contest), candidate.at.as_millisecond()))
                    .chain(with_files(&posters))
                    .collect()
            }
            Self::ShownCandidate(one) => {
                let poster = one.entry.as_ref().and_then(|entry| entry.poster.as_ref());
                let files = poster.map(std::slice::from_ref).unwrap_or_default();
                std::iter::once((List::OfContest(one.contest), 0)).chain(with_files(files)).collect()
            }
            Self::Turn(turn) if turn.gone => Vec::new(),
            Self::Turn(turn) => vec![(List::OfContest(turn.contest), i64::from(turn.number))],
            Self::StageResult(result) if result.dropped => Vec::new(),
            Self::StageResult(result) => first(List::OfContest(result.contest)),
            Self::MeetingOffer(offer) => {
                let at = offer.from.timestamp().as_millisecond();
                vec![(List::MeetingOffersOf(offer.conference), at), (List::MeetingOffersBy(offer.person), at)]
            }
            Self::Meeting(meeting) => {
                let at = meeting.starts.timestamp().as_millisecond();
                vec![(List::MeetingsAt(meeting.offer), at), (List::MeetingsBy(meeting.guardian), at)]
            }
            Self::PleaseCome(asked) => {
                vec![(List::PleaseComeTo(asked.conference), 0), (List::PleaseComeFor(asked.child), 0)]
            }
            Self::Session(session) => {
                let starts = session.starts.timestamp().as_millisecond();
                let last_first = session.ends.timestamp().as_millisecond().saturating_neg();
                let there = session.held_in.map(|venue| (List::SessionsAt(venue), last_first));
                [(List::SessionsOf(session.event), starts)].into_iter().chain(there).collect()
            }
            Self::Booking(booking) => {
                let mut lists = vec![(List::BookingsOf(booking.session), i64::from(booking.seq))];
                if booking.state == BookingState::Waiting {
                    lists.push((List::WaitingFor(booking.counted_with()), i64::from(booking.seq)));
                }
                if booking.state == BookingState::Entered {
                    lists.push((List::EntriesOf(booking.session), i64::from(booking.seq)));
                }
                lists
            }
            Self::Seat(seat) if seat.gone => Vec::new(),
            Self::Seat(seat) => vec![(List::SeatsFor(seat.child), 0), (List::SeatsOf(seat.booking), 0)],
            Self::Pass(pass) => {
                let mut lists =
                    vec![(List::PassesOf(pass.booking), 0), (List::PassesOfSession(pass.session), 0)];
                if let PassState::Releasing { round } = pass.state {
                    lists.push((List::ReleasingAt(pass.event), i64::from(round)));
                }
                lists
            }
            Self::Arrival(arrival) => {
                let at = arrival.at.as_millisecond();
                let booking = arrival.booking.map(List::ArrivalsOf);
                let lists = booking.into_iter().chain([List::ArrivalsAt(arrival.session)]);
                lists.map(|list| (list, at)).collect()
            }
            Self::Gate(gate) => vec![(List::GatesOf(gate.event), gate.opened.as_millisecond())],
            Self::Steward(steward) if steward.ended => Vec::new(),
            Self::Steward(steward) => {
                vec![(List::StewardsOf(steward.event), 0), (List::StewardingBy(steward.person), 0)]
            }
            Self::Shift(shift) => vec![
                (List::ShiftsOf(shift.post), shift.starts.timestamp().as_millisecond()),
                (List::LatestShiftsOf(shift.post), -shift.ends.timestamp().as_millisecond()),
            ],
            Self::Take(take) => vec![(List::TakesOf(take.shift), 0), (List::TakesBy(take.person), 0)],
            Self::SwapOffer(offer) => first(List::SwapOffersOf(offer.post)),
            Self::SwapPart(part) => vec![
                (List::SwapPartsOf(part.offer), 0),
                (List::SwapPartsBy(part.person), 0),
                (List::SwapPartsAt(part.gives), 0),
            ],
            Self::FamilyRequest(request) => vec![
                (List::All(Kind::FamilyRequest), request.at.as_millisecond()),
                (List::RequestsFor(request.child), 0),
            ],
            Self::Absence(absence) => vec![(List::All(Kind::Absence), day_number(absence.to))],
            Self::PickUp(pick_up) => vec![
                (List::All(Kind::PickUp), pick_up.at.timestamp().as_millisecond()),
                (List::PickUpsOf(pick_up.child), 0),
            ],
            Self::Conversation(conversation) => {
                let last = conversation.last.as_millisecond();
                let with = conversation.with.iter().map(|partner| List::ConversationsWith(partner.role));
                let inboxes = conversation.inboxes.iter().map(|one| List::ConversationsIn(one.inbox));
                [(List::All(Kind::Conversation), last), (List::ConversationsAbout(conversation.child), last)]
                    .into_iter()
                    .chain(with.chain(inboxes).map(|list| (list, last)))
                    .collect()
            }
            Self::Message(said) => {
                std::iter::once((List::MessagesOf(said.conversation), i64::from(said.seq)))
                    .chain(with_files(&said.files))
                    .collect()
            }
            Self::Upload(upload) => vec![
                (List::UploadsOf(upload.sha256), 0),
                (List::UploadsBy(upload.person), upload.at.as_millisecond()),
            ],
            Self::ReadMark(mark) => first(List::ReadMarksOf(mark.conversation)),
            Self::Report(report) => {
                let at = report.at.as_millisecond();
                vec![(List::All(Kind::Report), at), (List::ReportsOf(report.conversation), at)]
            }
            Self::Inbox(inbox) => std::iter::once(List::All(Kind::Inbox))
                .chain(inbox.readers.iter().map(|role| List::InboxesOf(*role)))
                .map(|list| (list, 0))
                .collect(),
            Self::StandInWish(_)
            | Self::Series(_)
            | Self::HolidayYear(_)
            | Self::Campaign(_)
            | Self::Qualification(_) => first(List::All(self.kind())),
            Self::Qualified(row) => {
                vec![(List::QualificationsOf(row.person), 0), (List::QualifiedFor(row.qualification), 0)]
            }
            Self::CalendarLink(link) if link.ended.is_some() => Vec::new(),
            Self::CalendarLink(link) => first(List::CalendarLinkWith(link.secret_sha256)),
            Self::Template(template) if template.dropped => Vec::new(),
            Self::Theme(theme) if theme.dropped => Vec::new(),
            Self::Theme(_) => first(List::All(Kind::Theme)),
            Self::Venue(venue) if venue.dropped => Vec::new(),
            Self::Venue(_) => first(List::All(Kind::Venue)),
            Self::PartnerOrg(partner) if partner.dropped => Vec::new(),
            Self::PartnerOrg(_) => first(List::All(Kind::PartnerOrg)),
            Self::TripChild(line) if line.gone => Vec::new(),
            Self::TripChild(line) => first(List::TripChildrenOf(line.session)),
            Self::TripMark(mark) => vec![(List::TripMarksOf(mark.session), i64::from(mark.stop))],
            Self::Template(template) => first(List::TemplatesOf(template.owner)),
            Self::Access(access) => vec![(List::AccessesTo(access.conversation), i64::from(access.seq))],
            Self::ClassContact(row) => {
                vec![(List::ContactsOf(row.class), 0), (List::OfClassesBy(row.person), 0)]
            }
            Self::ClassReady(row) => {
                vec![(List::ReadyIn(row.class), 0), (List::OfClassesBy(row.person), 0)]
            }
            Self::Guest(guest) if guest.gone => Vec::new(),
            Self::Guest(guest) => {
                let day = day_number(guest.day);
                vec![(List::GuestsAt(guest.post), day), (List::ReceivedBy(guest.sponsor), day)]
            }
            Self::TurnPart(row) => first(List::TurnPartsOf(row.shift)),
            Self::OnDuty(row) => first(List::DutyOf(row.shift)),
            Self::PupilTake(row) => {
                vec![(List::PupilTakesOf(row.shift), i64::from(row.seq)), (List::PupilTakesFor(row.child), 0)]
            }
            Self::HoursEntry(entry) => entry.lists().into_iter().chain(with_files(&entry.files)).collect(),
            Self::HoursProof(proof) => vec![(List::HoursBy(proof.person), day_number(proof.issued))],
            Self::HoursHead(_)
            | Self::HoursCheckpoint(_)
            | Self::StarHours(_)
            | Self::StandInSearch(_)
            | Self::PupilFill(_)
            | Self::Contact(_)
            | Self::Bar(_)
            | Self::MeetingNote(_)
            | Self::Allotment(_)
            | Self::Fill(_)
            | Self::Standing(_)
            | Self::Preference(_)
            | Self::CheckIn(_)
            | Self::TripWhere(_)
            | Self::DrawSecret(_)
            | Self::DrawRoll(_)
            | Self::DrawResult(_) => Vec::new(),
        }
    }
}

/// The lists on which a row stands by what it carries.
fn with_files(files: &[Attachment]) -> impl Iterator<Item = (List, i64)> {
    let mut hashes: Vec<_> = files.iter().flat_map(Attachment::parts).map(|(hash, _)| hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.into_iter().map(|hash| (List::WithFile(hash), 0))
}
