//! Builders of what people plan: events, posts, notices, and the acts around them.

use jiff::{Zoned, civil::DateTime, tz::TimeZone};
use xinmei_model::{
    Act, AnsweredBy, Answering, Ask, Audience, Booking, Child, Event, EventDraft, Id, Notice, NoticeDraft,
    Person, Place, Post, PostDraft, Reply, SeatRule, Session, SessionDraft, Shift, ShiftDraft, SignUp,
    Target, recipients,
};

use super::{World, people::Staff};

/// Wall time at the school.
pub fn at(text: &str) -> Zoned {
    let time: DateTime = text.parse().expect("a date and a time");
    time.to_zoned(TimeZone::get("Asia/Shanghai").expect("the zone")).expect("no gap")
}

impl World {
    /// An open day tomorrow, one hour each from nine; sign-up is open now and closes tonight at six.
    pub fn event_draft(&mut self, place: Id<Place>, capacities: &[u32]) -> EventDraft {
        let id = self.fresh();
        let hours = (9..).zip(capacities);
        let sessions = hours
            .map(|(hour, capacity)| SessionDraft {
                id: self.fresh(),
                name: format!("第 {} 场", hour - 8),
                starts: at(&format!("2026-10-13T{hour:02}:00")),
                ends: at(&format!("2026-10-13T{:02}:00", hour + 1)),
                capacity: *capacity,
                pool: None,
                held_in: None,
                eligible: vec![],
                first_timers: false,
                holds: vec![],
            })
            .collect();
        EventDraft {
            id,
            place,
            title: "家长开放日".into(),
            about: "牵手同前行，相遇见美好".into(),
            venue: "校史馆".into(),
            held_in: None,
            programme: "家长开放日".into(),
            tags: Vec::new(),
            eligible: vec![],
            seat_rule: SeatRule::Adults,
            family_limit: 12,
            child_limit: 1,
            child_seats: None,
            questions: vec![],
            look: Default::default(),
            waitlist: true,
            theme: None,
            lesson: None,
            partner: None,
            trip: None,
            draw: None,
            opens: at("2026-10-12T08:00"),
            closes: at("2026-10-12T18:00"),
            withdraw_until: at("2026-10-12T20:00"),
            sessions,
        }
    }

    /// Publishes an event at the first campus with sessions of these capacities.
    pub fn event(&mut self, by: Staff, capacities: &[u32]) -> (Id<Event>, Vec<Id<Session>>) {
        self.event_with(by, capacities, |_| {})
    }

    pub fn event_with(
        &mut self,
        by: Staff,
        capacities: &[u32],
        change: impl FnOnce(&mut EventDraft),
    ) -> (Id<Event>, Vec<Id<Session>>) {
        let mut event = self.event_draft(self.campus, capacities);
        change(&mut event);
        let ids = event.sessions.iter().map(|session| session.id).collect();
        let id = event.id;
        self.does(by.actor(), &Act::PublishEvent { event });
        (id, ids)
    }

    pub fn wish(&mut self, session: Id<Session>, children: &[Id<Child>], adults: u32) -> SignUp {
        let (booking, children) = (self.fresh(), children.to_vec());
        SignUp { booking, session, children, adults, answers: vec![], others: vec![], on_behalf_of: None }
    }

    /// A guardian signs up and is not refused.
    #[track_caller]
    pub fn signs_up(
        &mut self,
        who: Id<Person>,
        session: Id<Session>,
        children: &[Id<Child>],
        adults: u32,
    ) -> Id<Booking> {
        let wish = self.wish(session, children, adults);
        let booking = wish.booking;
        self.does(super::people::guardian(who), &Act::SignUp(wish));
        booking
    }

    pub fn post_draft(&mut self, place: Id<Place>, shifts: &[(&str, &str, u32)]) -> PostDraft {
        let id = self.fresh();
        let shifts = shifts
            .iter()
            .map(|(starts, ends, needed)| ShiftDraft {
                id: self.fresh(),
                starts: at(starts),
                ends: at(ends),
                needed: *needed,
            })
            .collect();
        PostDraft {
            id,
            place,
            title: "护学岗，东门".into(),
            about: "放学时在东门".into(),
            meeting_point: "东门岗亭".into(),
            programme: "新美家长志愿中心".into(),
            shifts,
            terms: Default::default(),
        }
    }

    pub fn post(&mut self, by: Staff, shifts: &[(&str, &str, u32)]) -> (Id<Post>, Vec<Id<Shift>>) {
        let post = self.post_draft(self.campus, shifts);
        let ids = post.shifts.iter().map(|shift| shift.id).collect();
        let id = post.id;
        self.does(by.actor(), &Act::PostShifts { post });
        (id, ids)
    }

    /// A notice that asks for 知道了, with the number of families as the preview shows it.
    pub fn notice_draft(&mut self, audience: Audience) -> NoticeDraft {
        let families_seen = self.recipients(&audience).families.len().try_into().unwrap();
        NoticeDraft {
            id: self.fresh(),
            audience,
            families_seen,
            title: "周五放学时间 15:00".into(),
            body: "请家长按时到东门接孩子。".into(),
            ask: Ask::Acknowledge,
            answered_by: AnsweredBy::AnyGuardian,
            due: Some(at("2026-10-16T12:00")),
            send_at: None,
            supersedes: None,
            keeps_answers: false,
            asks_again: Default::default(),
            changed: None,
            class_reads: false,
            reminds: false,
            alert: None,
            files: Vec::new(),
        }
    }

    /// Sends it and lets the hold window pass.
    pub fn notice(&mut self, by: Staff, audience: Audience) -> Id<Notice> {
        let notice = self.notice_draft(audience);
        let id = notice.id;
        self.does(by.actor(), &Act::SendNotice { notice });
        self.release();
        id
    }

    /// The hold window passes.
    pub fn release(&mut self) {
        self.pass_minutes(2);
        self.fire_due();
    }

    pub fn recipients(&self, audience: &Audience) -> xinmei_model::Recipients {
        self.ask(|facts| recipients(facts, audience)).expect("the audience is known")
    }
}

pub fn to_place(place: Id<Place>) -> Audience {
    Audience { include: vec![Target::Place(place)], except: vec![] }
}

pub fn withdraw(booking: Id<Booking>) -> Act {
    Act::Withdraw { booking, on_behalf_of: None }
}

pub fn accept(booking: Id<Booking>) -> Act {
    Act::AcceptOffer { booking, on_behalf_of: None }
}

pub fn decline(booking: Id<Booking>) -> Act {
    Act::DeclineOffer { booking, on_behalf_of: None }
}

pub fn acknowledge(notice: Id<Notice>, child: Id<Child>) -> Act {
    Act::Answer(Answering::new(notice, child, Reply::Acknowledge))
}

pub fn take(shift: Id<Shift>) -> Act {
    Act::TakeShift { shift, on_behalf_of: None }
}

pub fn drop_shift(shift: Id<Shift>) -> Act {
    Act::DropShift { shift, on_behalf_of: None }
}

/// Takes a notice back without a word.
pub fn recall(notice: Id<Notice>) -> Act {
    Act::RecallNotice { notice, words: String::new() }
}
