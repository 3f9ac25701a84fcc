//! The outbox in a few facts about each item, which the window makes sentences of.

use jiff::civil::Time;
use xinmei_model::{
    Act, Answering, Appointing, Booking, BookingChange, BusMove, Child, Conference, Conversation, CourseAct,
    Cut, Event, FamilyRequestDraft, HolidayKey, Id, List, Notice, OfferDraft, PersonalQuiet, Reply, Seat,
    SeriesDraft, Session, Shift, SignUp, TripMarking, Wanted, open_holidays,
};

use super::{
    ask::read,
    check_in, contest, course, hours, inbox,
    names::in_text,
    reading::{Reading, count},
    volunteer, wishes,
};
use crate::{
    Client,
    api::{
        Ask, Fault,
        sync::{About, ListOutbox, Outbox, OutboxItem, act_name},
    },
};

/// Children one item names: a decision may be about a thousand.
const NAMED: usize = 12;

impl Ask for ListOutbox {
    type Reply = Outbox;

    async fn answer(self, client: &Client) -> Result<Outbox, Fault> {
        read(client, list).await
    }
}

pub(super) fn list(reading: &Reading<'_>) -> Result<Outbox, Fault> {
    let mut items = Vec::new();
    for entry in reading.snapshot.outbox()? {
        let upload = if wishes::waits(&entry.state) { reading.upload(&entry.mutation.act)? } else { None };
        items.push(OutboxItem {
            upload,
            mutation: entry.mutation.id,
            about: about(reading, &entry.mutation.act)?,
            state: entry.state,
            composed: entry.composed,
        });
    }
    for item in reading.snapshot.unreadable()? {
        let about = About {
            act: String::new(),
            title: String::new(),
            text: item.text,
            children: Vec::new(),
            people: 0,
        };
        items.push(OutboxItem {
            mutation: item.id,
            about,
            state: item.state,
            composed: item.composed,
            upload: None,
        });
    }
    // Stable: what waits stays oldest first, then comes what was refused or parked.
    items.sort_by_key(|item| !wishes::waits(&item.state));
    Ok(Outbox { items })
}

/// What a wish is about.
fn about(reading: &Reading<'_>, act: &Act) -> Result<About, Fault> {
    let mut people = 0;
    let (title, children): (String, Vec<Id<Child>>) = match act {
        Act::SendNotice { notice }
        | Act::SendChildFiles { notice, .. }
        | Act::RepeatNotice { series: SeriesDraft { notice, .. } } => (notice.title.clone(), Vec::new()),
        Act::EndSeries { series } => {
            (reading.snapshot.get(*series)?.map(|it| it.notice.title).unwrap_or_default(), Vec::new())
        }
        Act::RecallNotice { notice, .. }
        | Act::RemindNotice { notice }
        | Act::MarkSeen { notice }
        | Act::ApproveNotice { notice }
        | Act::DeclineNotice { notice, .. } => (title_of_notice(reading, *notice)?, Vec::new()),
        Act::MarkRollCall(wish) => (title_of_notice(reading, wish.incident)?, vec![wish.child]),
        Act::Answer(wish) => (title_of_notice(reading, wish.notice)?, vec![wish.child]),
        Act::PublishEvent { event } => (event.title.clone(), Vec::new()),
        Act::ChangeEvent { event, .. } => (event.title.clone(), Vec::new()),
        Act::CancelEvent { event, .. } | Act::Draw { event, .. } => {
            (title_of_event(reading, *event)?, Vec::new())
        }
        Act::SetCapacity { session, .. } | Act::CancelSession { session, .. } => {
            (title_of_session(reading, *session)?, Vec::new())
        }
        Act::ChangeBooking(wish) => {
            people = count(&wish.children).saturating_add(wish.adults);
            let booking: Option<Booking> = reading.snapshot.get(wish.booking)?;
            (about_booking(reading, booking)?.0, wish.children.clone())
        }
        Act::SignUp(wish) => {
            people = count(&wish.children).saturating_add(wish.adults);
            (title_of_session(reading, wish.session)?, wish.children.clone())
        }
        Act::Withdraw { booking, .. }
        | Act::AcceptOffer { booking, .. }
        | Act::DeclineOffer { booking, .. } => {
            let booking: Option<Booking> = reading.snapshot.get(*booking)?;
            people = booking.as_ref().map_or(0, |it| it.children.saturating_add(it.adults));
            about_booking(reading, booking)?
        }
        Act::OpenCheckIn { event } | Act::AppointSteward(Appointing { event, .. }) => {
            (title_of_event(reading, *event)?, Vec::new())
        }
        Act::OpenGate { gate } => (gate.name.clone(), Vec::new()),
        Act::LeaseSeats { session, .. } | Act::ReleaseNoShows { session, .. } => {
            (title_of_session(reading, *session)?, Vec::new())
        }
        Act::AgreeRelease { gate, .. } | Act::CloseGate { gate } | Act::RevokeGate { gate } => {
            (reading.snapshot.get(*gate)?.map(|gate| gate.name).unwrap_or_default(), Vec::new())
        }
        Act::Arrive(wish) => {
            people = wish.seats.saturating_add(wish.extra);
            check_in::about(reading, wish.booking, &wish.name)?
        }
        Act::CorrectArrival { arrival, .. } => match reading.snapshot.get(*arrival)? {
            Some(arrival) => check_in::about(reading, arrival.booking, &arrival.name)?,
            None => Default::default(),
        },
        Act::OpenConference { conference } | Act::ChangeConference { conference, .. } => {
            (conference.title.clone(), Vec::new())
        }
        Act::CancelConference { conference, .. }
        | Act::OfferSlots { offer: OfferDraft { conference, .. }, .. } => {
            (title_of_conference(reading, *conference)?, Vec::new())
        }
        Act::WithdrawSlots { offer, .. } => match reading.snapshot.get(*offer)? {
            Some(offer) => (title_of_conference(reading, offer.conference)?, Vec::new()),
            None => Default::default(),
        },
        Act::PleaseCome { conference, child, .. } => {
            (title_of_conference(reading, *conference)?, vec![*child])
        }
        Act::BookMeetings(wish) => {
            let mut children: Vec<_> = wish.meetings.iter().map(|one| one.child).collect();
            children.sort_unstable();
            children.dedup();
            (title_of_conference(reading, wish.conference)?, children)
        }
        Act::WithdrawMeeting { meeting, .. }
        | Act::CancelMeeting { meeting, .. }
        | Act::WriteMeetingNote { meeting, .. } => match reading.snapshot.get(*meeting)? {
            Some(meeting) => (title_of_conference(reading, meeting.conference)?, vec![meeting.child]),
            None => Default::default(),
        },
        Act::PostShifts { post } => (post.title.clone(), Vec::new()),
        Act::TakeShift { shift, .. } | Act::DropShift { shift, .. } => {
            (title_of_shift(reading, *shift)?, Vec::new())
        }
        Act::MakeRequest { request } => (title_of_request(&request.wanted), vec![request.child]),
        Act::AnswerRequest { request, .. } | Act::WithdrawRequest { request, .. } => {
            match reading.snapshot.get(*request)? {
                Some(request) => (title_of_request(&request.wanted), vec![request.child]),
                None => Default::default(),
            }
        }
        Act::OpenConversation { conversation } => (conversation.title.clone(), vec![conversation.child]),
        Act::SayMessage { conversation, .. }
        | Act::MarkRead { conversation, .. }
        | Act::BringIn { conversation, .. }
        | Act::TakeOut { conversation, .. }
        | Act::EndConversation { conversation } => about_conversation(reading, *conversation)?,
        Act::EditMessage { message, .. }
        | Act::DeleteMessage { message }
        | Act::ReceiveMessage { message } => match reading.snapshot.get(*message)? {
            Some(message) => about_conversation(reading, message.conversation)?,
            None => Default::default(),
        },
        Act::ReportMessage(draft) => match reading.snapshot.get(draft.message)? {
            Some(message) => about_conversation(reading, message.conversation)?,
            None => (String::new(), vec![draft.child]),
        },
        Act::CloseReport { report, .. }
        | Act::AppointReader { report, .. }
        | Act::StopWriting { report, .. }
        | Act::LetWrite { report, .. } => match reading.snapshot.get(*report)? {
            Some(report) => (report.said_by.name, vec![report.child]),
            None => Default::default(),
        },
        Act::HandOver { to, .. } => {
            (reading.snapshot.get(*to)?.map(|role| role.person_name).unwrap_or_default(), Vec::new())
        }
        Act::KeepInbox { inbox } => (inbox.name.clone(), Vec::new()),
        Act::CloseInbox { inbox } => (inbox::name_of(reading, *inbox)?, Vec::new()),
        Act::SetHoldWindow { seconds } => (seconds.to_string(), Vec::new()),
        // What it is for stands in it; of one that cannot be read nothing is said.
        Act::SetHolidays { file } => {
            let year = open_holidays(file, HolidayKey::trusted()).map(|said| said.year.to_string());
            (year.unwrap_or_default(), Vec::new())
        }
        Act::SetTravelTime { minutes } => (minutes.to_string(), Vec::new()),
        Act::SetQuietHours { quiet, .. } => {
            (quiet.map(|quiet| in_words(quiet.from, quiet.until)).unwrap_or_default(), Vec::new())
        }
        Act::SetOfficeHours { hours } => {
            (hours.map(|hours| in_words(hours.from, hours.until)).unwrap_or_default(), Vec::new())
        }
        Act::SetPreferences { quiet: PersonalQuiet::Own { hours }, .. } => {
            (in_words(hours.from, hours.until), Vec::new())
        }
        Act::SetPreferences { .. } | Act::MakeCalendarLink { .. } | Act::EndCalendarLink => {
            Default::default()
        }
        Act::PutTemplate { draft, .. } => (draft.name.clone(), Vec::new()),
        Act::PutPartner { draft, .. } => (draft.name.clone(), Vec::new()),
        Act::DropPartner { partner } => {
            (reading.snapshot.get(*partner)?.map(|it| it.draft.name).unwrap_or_default(), Vec::new())
        }
        Act::NamePartner { event, .. } | Act::PlanTrip { event, .. } => {
            (title_of_event(reading, *event)?, Vec::new())
        }
        Act::MoveBus(BusMove { session, child, .. }) | Act::MarkTrip(TripMarking { session, child, .. }) => {
            (title_of_session(reading, *session)?, vec![*child])
        }
        Act::EndTrip(wish) => (title_of_session(reading, wish.session)?, Vec::new()),
        Act::Course(act) => {
            people = act.people();
            (course::title_of(reading, act)?, Vec::new())
        }
        Act::PutTheme { draft, .. } => (draft.name.clone(), Vec::new()),
        Act::DropTheme { theme } => {
            (reading.snapshot.get(*theme)?.map(|it| it.draft.name).unwrap_or_default(), Vec::new())
        }
        Act::PutVenue(wish) => (wish.draft.name.clone(), Vec::new()),
        Act::DropVenue(wish) => {
            (reading.snapshot.get(wish.venue)?.map(|it| it.draft.name).unwrap_or_default(), Vec::new())
        }
        Act::Contest(step) => contest::about(reading, step)?,
        Act::Volunteer(step) => (volunteer::title_of(reading, step)?, Vec::new()),
        Act::Hours(step) => {
            people = step.people();
            (hours::title_of(reading, step)?, Vec::new())
        }
        Act::DropTemplate { template } => {
            (reading.snapshot.get(*template)?.map(|it| it.draft.name).unwrap_or_default(), Vec::new())
        }
        Act::DecideRemarks { remarks, .. } => {
            let mut found = Vec::new();
            for remark in remarks.iter().take(NAMED) {
                found.extend(reading.snapshot.get(*remark)?);
            }
            let text = found.first().map(|remark| remark.text.clone()).unwrap_or_default();
            (text, found.into_iter().map(|remark| remark.child).collect())
        }
        Act::SetRights { link, .. } | Act::SetOnPaper { link, .. } => match reading.snapshot.get(*link)? {
            Some(link) => (link.guardian_name, vec![link.child]),
            None => Default::default(),
        },
    };
    let children = reading.child_names(&children)?.iter().map(in_text).collect();
    Ok(About { act: act_name(act), title, text: text_of(act), children, people })
}

/// What was typed, whole: a person may copy it out of what failed.
fn text_of(act: &Act) -> String {
    match act {
        Act::SendNotice { notice }
        | Act::SendChildFiles { notice, .. }
        | Act::RepeatNotice { series: SeriesDraft { notice, .. } } => notice.body.clone(),
        Act::PutTemplate { draft, .. } => draft.body.clone(),
        Act::PutTheme { draft, .. } => draft.event.about.clone(),
        Act::PutVenue(wish) => wish.draft.note.clone(),
        Act::Course(CourseAct::PutCourse { draft, .. }) => draft.about.clone(),
        Act::KeepInbox { inbox } => inbox.about.clone(),
        Act::Contest(step) => contest::text_of(step),
        Act::Volunteer(step) => volunteer::text_of(step),
        Act::Hours(step) => hours::text_of(step),
        Act::PublishEvent { event } | Act::ChangeEvent { event, .. } => event.about.clone(),
        Act::OpenConference { conference } | Act::ChangeConference { conference, .. } => {
            conference.about.clone()
        }
        Act::PleaseCome { words, .. } => words.clone(),
        Act::WriteMeetingNote { text, .. } => text.clone(),
        Act::CancelConference { reason, .. }
        | Act::CancelMeeting { reason, .. }
        | Act::OfferSlots { cut: Some(Cut { reason, .. }), .. }
        | Act::WithdrawSlots { cut: Some(Cut { reason, .. }), .. }
        | Act::CancelEvent { reason, .. }
        | Act::CancelSession { reason, .. }
        | Act::DeclineNotice { reason, .. }
        | Act::SetCapacity { cut: Some(Cut { reason, .. }), .. } => reason.clone(),
        Act::SignUp(SignUp { answers, .. }) | Act::ChangeBooking(BookingChange { answers, .. })
            if !answers.is_empty() =>
        {
            let lines = answers.iter().map(|it| format!("{}：{}", it.question, it.answer));
            lines.collect::<Vec<_>>().join("\n")
        }
        Act::MarkRollCall(wish) => wish.note.clone(),
        Act::MarkTrip(wish) => wish.note.clone(),
        Act::EndTrip(wish) => wish.reason.clone(),
        Act::PutPartner { draft, .. } => draft.note.clone(),
        Act::Draw { value, .. } => value.clone(),
        Act::MakeRequest { request: FamilyRequestDraft { wanted: Wanted::Leave { reason, .. }, .. } } => {
            reason.clone()
        }
        Act::AnswerRequest { note, .. } => note.clone(),
        Act::OpenConversation { conversation } => conversation.message.text.clone(),
        Act::SayMessage { message, .. } => message.text.clone(),
        Act::EditMessage { text, .. } => text.clone(),
        Act::ReportMessage(draft) => draft.words.clone(),
        Act::CloseReport { to_reporter, to_all, .. } => format!("{to_reporter}\n{to_all}"),
        Act::StopWriting { why, call, .. } => format!("{why}\n{call}"),
        Act::PostShifts { post } => post.about.clone(),
        Act::Answer(Answering { reply: Reply::FillIn { values, .. }, .. }) => values.join("\n"),
        other => other.proxy().map(|proxy| proxy.note.clone()).unwrap_or_default(),
    }
}

/// 22:00–06:30
fn in_words(from: Time, until: Time) -> String {
    format!("{}–{}", from.strftime("%H:%M"), until.strftime("%H:%M"))
}

fn about_booking(reading: &Reading<'_>, booking: Option<Booking>) -> Result<(String, Vec<Id<Child>>), Fault> {
    let Some(booking) = booking else { return Ok(Default::default()) };
    let seats: Vec<Seat> = reading.snapshot.list(List::SeatsOf(booking.id))?;
    let children = seats.into_iter().map(|seat| seat.child).collect();
    Ok((title_of_event(reading, booking.event)?, children))
}

fn about_conversation(
    reading: &Reading<'_>,
    id: Id<Conversation>,
) -> Result<(String, Vec<Id<Child>>), Fault> {
    if let Some(row) = reading.snapshot.get(id)? {
        return Ok((row.title, vec![row.child]));
    }
    let mut begun = reading.wishes.conversations();
    let draft = begun.find(|(draft, _)| draft.id == id).map(|(draft, _)| draft);
    Ok(draft.map(|draft| (draft.title.clone(), vec![draft.child])).unwrap_or_default())
}

/// The name of whoever fetches the child; a leave is called by its act.
fn title_of_request(wanted: &Wanted) -> String {
    match wanted {
        Wanted::Leave { from, to, .. } if from == to => from.to_string(),
        Wanted::Leave { from, to, .. } => format!("{from} – {to}"),
        Wanted::PickUp { by, .. } => by.clone(),
    }
}

fn title_of_notice(reading: &Reading<'_>, id: Id<Notice>) -> Result<String, Fault> {
    let mut composed = reading.wishes.notices();
    let here = reading.snapshot.get(id)?.map(|notice| notice.title);
    let here =
        here.or_else(|| composed.find(|(draft, _)| draft.id == id).map(|(draft, _)| draft.title.clone()));
    Ok(here.unwrap_or_default())
}

fn title_of_event(reading: &Reading<'_>, id: Id<Event>) -> Result<String, Fault> {
    Ok(reading.snapshot.get(id)?.map(|event| event.title).unwrap_or_default())
}

fn title_of_conference(reading: &Reading<'_>, id: Id<Conference>) -> Result<String, Fault> {
    Ok(reading.snapshot.get(id)?.map(|conference| conference.title).unwrap_or_default())
}

fn title_of_session(reading: &Reading<'_>, id: Id<Session>) -> Result<String, Fault> {
    match reading.snapshot.get(id)? {
        Some(session) => title_of_event(reading, session.event),
        None => Ok(String::new()),
    }
}

fn title_of_shift(reading: &Reading<'_>, id: Id<Shift>) -> Result<String, Fault> {
    let Some(shift) = reading.snapshot.get(id)? else { return Ok(String::new()) };
    Ok(reading.snapshot.get(shift.post)?.map(|post| post.title).unwrap_or_default())
}
