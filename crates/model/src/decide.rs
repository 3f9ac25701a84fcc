//! The one match over acts.

use crate::{
    Act, Actor, Decision, Facts, answer, approval, arrival, booking_change, calendar_link, capacity,
    check_in, circle, class_turn, conference, contest_act, drawing, event_change, event_draft,
    family_request, gate, giving_back, holidays, inbox, link, meeting, meeting_booking, meeting_note,
    meeting_offer, message, office_hours, partner, pass, person, please_come, preference, pupil_count, quiet,
    recall, release, reminder, report, roll_call, seen, sending, series, shift, sign_up, swap_end, template,
    theme, trip_child, trip_end, trip_mark, trip_plan, venue, volunteer_act,
};

/// The school's answer to a mutation, from facts alone.
///
/// Asked with too few facts it says which are missing ([`Stop::Needs`](crate::Stop::Needs)); load them and ask again. It never returns
/// changes and then fails: a decision is whole.
///
/// # Errors
/// [`Stop`](crate::Stop).
pub fn decide(facts: &Facts, actor: &Actor, act: &Act) -> Decision {
    act.check_note()?;
    let judged = judge(facts, actor, act)?;
    let followed = trip_plan::follow(facts, pass::follow(facts, judged)?)?;
    let followed = class_turn::follow(facts, swap_end::follow(facts, followed)?)?;
    pupil_count::follow(facts, followed)
}

fn judge(facts: &Facts, actor: &Actor, act: &Act) -> Decision {
    match act {
        Act::SendNotice { notice } => sending::send(facts, actor, notice),
        Act::SendChildFiles { notice, child_files } => {
            sending::send_with_files(facts, actor, notice, child_files)
        }
        Act::RecallNotice { notice, words } => recall::recall(facts, actor, *notice, words),
        Act::RemindNotice { notice } => reminder::by_hand(facts, actor, *notice),
        Act::MarkSeen { notice } => seen::mark(facts, actor, *notice),
        Act::ApproveNotice { notice } => approval::approve(facts, actor, *notice),
        Act::DeclineNotice { notice, reason } => approval::decline(facts, actor, *notice, reason),
        Act::MarkRollCall(wish) => roll_call::mark(facts, actor, wish),
        Act::RepeatNotice { series } => series::repeat(facts, actor, series),
        Act::EndSeries { series } => series::end(facts, actor, *series),
        Act::Answer(wish) => answer::answer(facts, actor, wish),
        Act::PublishEvent { event } => event_draft::publish(facts, actor, event),
        Act::ChangeEvent { event, version, clears } => {
            event_change::change(facts, actor, event, *version, clears)
        }
        Act::CancelSession { session, reason } => {
            event_change::cancel_session(facts, actor, *session, reason)
        }
        Act::CancelEvent { event, reason } => event_change::cancel(facts, actor, *event, reason),
        Act::SetCapacity { session, capacity, cut } => {
            capacity::set(facts, actor, *session, *capacity, cut.as_ref())
        }
        Act::Draw { event, value } => drawing::by_hand(facts, actor, *event, value),
        Act::SignUp(wish) => sign_up::sign_up(facts, actor, wish),
        Act::ChangeBooking(wish) => booking_change::change(facts, actor, wish),
        Act::Withdraw { booking, on_behalf_of } => {
            giving_back::withdraw(facts, actor, on_behalf_of.as_ref(), *booking)
        }
        Act::AcceptOffer { booking, on_behalf_of } => {
            giving_back::accept_offer(facts, actor, on_behalf_of.as_ref(), *booking)
        }
        Act::DeclineOffer { booking, on_behalf_of } => {
            giving_back::decline_offer(facts, actor, on_behalf_of.as_ref(), *booking)
        }
        Act::OpenCheckIn { event } => check_in::open(facts, actor, *event),
        Act::AppointSteward(wish) => check_in::appoint(facts, actor, wish),
        Act::OpenGate { gate } => gate::open(facts, actor, gate),
        Act::LeaseSeats { gate, session, seats } => gate::lease(facts, actor, *gate, *session, *seats),
        Act::ReleaseNoShows { session, families } => release::release(facts, actor, *session, *families),
        Act::AgreeRelease { gate, round } => gate::agree(facts, actor, *gate, *round),
        Act::CloseGate { gate } => gate::close(facts, actor, *gate),
        Act::RevokeGate { gate } => gate::revoke(facts, actor, *gate),
        Act::Arrive(wish) => arrival::arrive(facts, actor, wish),
        Act::CorrectArrival { arrival, to } => arrival::correct(facts, actor, *arrival, *to),
        Act::PostShifts { post } => shift::post(facts, actor, post),
        Act::TakeShift { shift, on_behalf_of } => shift::take(facts, actor, *shift, on_behalf_of.as_ref()),
        Act::DropShift { shift, on_behalf_of } => shift::drop(facts, actor, *shift, on_behalf_of.as_ref()),
        Act::OpenConference { conference } => conference::open(facts, actor, conference),
        Act::ChangeConference { conference, version } => {
            conference::change(facts, actor, conference, *version)
        }
        Act::CancelConference { conference, reason } => conference::cancel(facts, actor, *conference, reason),
        Act::OfferSlots { offer, cut } => meeting_offer::offer(facts, actor, offer, cut.as_ref()),
        Act::WithdrawSlots { offer, cut } => meeting_offer::withdraw(facts, actor, *offer, cut.as_ref()),
        Act::PleaseCome { conference, child, words, ends } => {
            please_come::please_come(facts, actor, (*conference, *child), words, *ends)
        }
        Act::BookMeetings(wish) => meeting_booking::book(facts, actor, wish),
        Act::WithdrawMeeting { meeting, on_behalf_of } => {
            meeting::withdraw(facts, actor, *meeting, on_behalf_of.as_ref())
        }
        Act::CancelMeeting { meeting, reason } => meeting::cancel(facts, actor, *meeting, reason),
        Act::WriteMeetingNote { meeting, text } => meeting_note::write(facts, actor, *meeting, text),
        Act::MakeRequest { request } => family_request::make(facts, actor, request),
        Act::AnswerRequest { request, agrees, note } => {
            family_request::answer(facts, actor, *request, *agrees, note)
        }
        Act::WithdrawRequest { request, on_behalf_of } => {
            family_request::withdraw(facts, actor, *request, on_behalf_of.as_ref())
        }
        Act::OpenConversation { conversation: draft } => circle::open(facts, actor, draft),
        Act::SayMessage { conversation, child, message: text } => {
            message::say(facts, actor, *conversation, *child, text)
        }
        Act::EditMessage { message, child, text } => message::edit(facts, actor, *message, *child, text),
        Act::DeleteMessage { message } => message::delete(facts, actor, *message),
        Act::ReceiveMessage { message } => message::receive(facts, actor, *message),
        Act::MarkRead { conversation, up_to, shown } => {
            message::mark_read(facts, actor, *conversation, *up_to, *shown)
        }
        Act::BringIn { conversation, who, reads_only } => {
            circle::bring_in(facts, actor, *conversation, *who, *reads_only)
        }
        Act::TakeOut { conversation, who } => circle::take_out(facts, actor, *conversation, *who),
        Act::KeepInbox { inbox: draft } => inbox::keep(facts, actor, draft),
        Act::CloseInbox { inbox } => inbox::close(facts, actor, *inbox),
        Act::EndConversation { conversation } => circle::end(facts, actor, *conversation),
        Act::HandOver { from, to } => circle::hand_over(facts, actor, *from, *to),
        Act::ReportMessage(draft) => report::report(facts, actor, draft),
        Act::CloseReport { report, to_reporter, to_all } => {
            report::close(facts, actor, *report, to_reporter, to_all)
        }
        Act::AppointReader { report, who, ends } => {
            report::appoint_reader(facts, actor, *report, *who, *ends)
        }
        Act::StopWriting { report, guardian, why, call } => {
            report::stop(facts, actor, *report, *guardian, why, call)
        }
        Act::LetWrite { report, guardian } => report::let_write(facts, actor, *report, *guardian),
        Act::SetOfficeHours { hours } => office_hours::set(facts, actor, *hours),
        Act::SetQuietHours { quiet: hours, staff } => quiet::set(facts, actor, *hours, *staff),
        Act::SetHoldWindow { seconds } => quiet::set_hold(facts, actor, *seconds),
        Act::SetTravelTime { minutes } => quiet::set_travel(facts, actor, *minutes),
        Act::SetHolidays { file } => holidays::set(facts, actor, file),
        Act::SetPreferences { quiet, digest } => preference::set(facts, actor, *quiet, *digest),
        Act::MakeCalendarLink { secret_sha256 } => calendar_link::make(facts, actor, *secret_sha256),
        Act::EndCalendarLink => calendar_link::end(facts, actor),
        Act::PutTemplate { template, draft, school } => {
            template::put(facts, actor, *template, draft, *school)
        }
        Act::DropTemplate { template } => template::drop(facts, actor, *template),
        Act::PutVenue(wish) => venue::put(facts, actor, wish.venue, &wish.draft),
        Act::DropVenue(wish) => venue::drop(facts, actor, wish.venue),
        Act::PutTheme { theme, draft } => theme::put(facts, actor, *theme, draft),
        Act::DropTheme { theme } => theme::drop(facts, actor, *theme),
        Act::Contest(step) => contest_act::decide(facts, actor, step),
        Act::Volunteer(step) => volunteer_act::decide(facts, actor, step),
        Act::Hours(step) => step.decide(facts, actor),
        Act::PutPartner { partner, draft } => partner::put(facts, actor, *partner, draft),
        Act::DropPartner { partner } => partner::drop(facts, actor, *partner),
        Act::NamePartner { event, partner } => partner::name(facts, actor, *event, *partner),
        Act::PlanTrip { event, plan } => trip_plan::plan(facts, actor, *event, plan),
        Act::MoveBus(wish) => trip_child::move_bus(facts, actor, wish),
        Act::MarkTrip(wish) => trip_mark::mark(facts, actor, wish),
        Act::EndTrip(wish) => trip_end::end(facts, actor, wish),
        Act::Course(act) => act.decide(facts, actor),
        Act::DecideRemarks { remarks, grants } => link::decide_remarks(facts, actor, remarks, grants),
        Act::SetRights { link, rights, barred } => link::set_rights(facts, actor, *link, rights, *barred),
        Act::SetOnPaper { link, on_paper } => person::set_on_paper(facts, actor, *link, *on_paper),
    }
}
