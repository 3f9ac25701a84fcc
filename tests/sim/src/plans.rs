//! What coordinators plan and change.

use jiff::SignedDuration;
use xinmei_model::{
    Act, EventDraft, HeldFor, Hold, Id, PostDraft, SeatRule, Session, SessionDraft, ShiftDraft,
};

use super::acts::{Pen, Shown};

impl Pen<'_> {
    /// An event with one or two small sessions, today to three days away.
    pub fn event(&mut self, place: Id<xinmei_model::Place>) -> Act {
        let sessions = (0..=self.chance.below(2)).map(|n| {
            // Some begin so soon that their gates open.
            let soon = self.chance.odds(35);
            let starts =
                if soon { self.chance.between(20, 150) } else { self.chance.between(8 * 60, 72 * 60) };
            let capacity = u32::try_from(self.chance.weighted(&[0, 45, 30, 15, 10])).unwrap();
            SessionDraft {
                id: self.id(),
                name: format!("第 {} 场", n + 1),
                starts: self.at(starts),
                ends: self.at(starts + 40),
                capacity,
                pool: None,
                held_in: None,
                eligible: Vec::new(),
                first_timers: false,
                holds: self.holds(starts, capacity),
            }
        });
        let mut sessions: Vec<_> = sessions.collect();
        if self.chance.odds(30) {
            share(&mut sessions);
        }
        let rules = [SeatRule::Adults, SeatRule::Children, SeatRule::Everyone];
        let event = EventDraft {
            id: self.id(),
            place,
            title: "家长开放日".into(),
            about: String::new(),
            venue: "校史馆".into(),
            held_in: None,
            programme: String::new(),
            tags: Vec::new(),
            eligible: Vec::new(),
            seat_rule: self.chance.pick(&rules).unwrap(),
            family_limit: u32::try_from(self.chance.between(1, 6)).unwrap(),
            child_limit: u32::try_from(self.chance.between(1, 2)).unwrap(),
            child_seats: None,
            questions: Vec::new(),
            look: Default::default(),
            waitlist: self.chance.odds(75),
            theme: None,
            lesson: None,
            partner: None,
            trip: None,
            draw: None,
            opens: if self.chance.odds(90) { self.at(-60) } else { self.at(30) },
            closes: {
                let m = self.chance.between(6 * 60, 60 * 60);
                self.at(m)
            },
            withdraw_until: {
                let m = self.chance.between(6 * 60, 60 * 60);
                self.at(m)
            },
            sessions,
        };
        Act::PublishEvent { event }
    }

    /// Now and then a seat is kept for a while.
    fn holds(&mut self, starts: i64, capacity: u32) -> Vec<Hold> {
        if capacity < 2 || !self.chance.odds(30) {
            return Vec::new();
        }
        let of = self.chance.pick(&[HeldFor::Siblings, HeldFor::Phoned, HeldFor::Staff]).unwrap();
        // Before it begins, and before sign-up closes at the earliest.
        let ends = self.chance.between(5, (starts - 1).min(350));
        vec![Hold { id: self.id(), of, seats: 1, until: self.at(ends) }]
    }

    /// A post with one to three shifts, some at the same time.
    pub fn post(&mut self, place: Id<xinmei_model::Place>) -> Act {
        let shifts = (0..=1 + self.chance.below(3)).map(|_| {
            // Half begin so soon that it can be said who came.
            let soon = self.chance.odds(50);
            let starts = if soon { self.chance.between(15, 170) } else { self.chance.between(10, 16) * 60 };
            let needed = u32::try_from(self.chance.between(1, 2)).unwrap();
            ShiftDraft { id: self.id(), starts: self.at(starts), ends: self.at(starts + 90), needed }
        });
        let shifts = shifts.collect();
        let text = String::new;
        let (title, meeting_point) = ("护学岗".into(), "东门".into());
        let post = PostDraft {
            id: self.id(),
            place,
            title,
            about: text(),
            meeting_point,
            programme: text(),
            shifts,
            terms: xinmei_model::PostTerms::default(),
        };
        Act::PostShifts { post }
    }

    /// Another place, and another time for one of its sessions.
    pub(super) fn change_event(&mut self, shown: &Shown) -> Option<Act> {
        let session = self.chance.pick(&shown.sessions)?;
        let by = SignedDuration::from_mins(self.chance.between(-90, 120));
        let event = shown.events.iter().find(|event| event.id == session.event)?.clone();
        let (starts, ends) = (&session.starts + by, &session.ends + by);
        let Session { id, name, capacity, pool, eligible, mut holds, .. } = session;
        for hold in &mut holds {
            hold.until = hold.until.clone().min(&starts - SignedDuration::from_mins(1));
        }
        let draft = EventDraft {
            id: event.id,
            place: event.place,
            title: event.title,
            about: event.about,
            venue: if self.chance.odds(50) { "报告厅".into() } else { event.venue },
            held_in: None,
            programme: event.programme,
            tags: Vec::new(),
            eligible: event.eligible,
            seat_rule: event.seat_rule,
            family_limit: event.family_limit,
            child_limit: event.child_limit,
            child_seats: event.child_seats,
            questions: event.questions,
            look: event.look,
            waitlist: event.waitlist,
            theme: None,
            lesson: None,
            partner: None,
            trip: None,
            draw: None,
            opens: event.opens,
            closes: event.closes,
            withdraw_until: event.withdraw_until,
            sessions: vec![SessionDraft {
                id,
                name,
                starts,
                ends,
                capacity,
                pool,
                held_in: None,
                eligible,
                first_timers: false,
                holds,
            }],
        };
        Some(Act::change_event(draft, event.version))
    }
}

/// All of them share the seats of the first.
fn share(sessions: &mut [SessionDraft]) {
    let Some((first, seats)) = sessions.first().map(|first| (first.id, first.capacity)) else { return };
    for session in sessions {
        (session.pool, session.capacity) = (Some(first), seats);
        session.holds = Vec::new();
    }
}
