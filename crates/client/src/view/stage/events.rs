//! Events on the stage.

use xinmei_model::{Event, EventState, Fill, Id, SeatRule, Session, SessionDraft};

use super::{SCHOOL, Stage, at, id};

impl Stage {
    /// An open event for the whole school with two sessions of ten, `used` of them taken.
    pub(crate) fn event(&self, event: u128, used: [u32; 2]) {
        self.put(Event {
            id: id(event),
            place: id(SCHOOL),
            held_at: vec![id(SCHOOL)],
            title: "家长开放日".into(),
            about: String::new(),
            venue: "校史馆".into(),
            held_in: None,
            programme: String::new(),
            tags: Vec::new(),
            eligible: Vec::new(),
            seat_rule: SeatRule::Adults,
            family_limit: 4,
            child_limit: 1,
            child_seats: None,
            questions: Vec::new(),
            look: Default::default(),
            waitlist: true,
            theme: None,
            lesson: None,
            draw: None,
            opens: at("11-20T08:00"),
            closes: at("11-23T20:00"),
            withdraw_until: at("11-25T20:00"),
            state: EventState::Published,
            version: 0,
            venues: Vec::new(),
            partner: None,
            trip: None,
        });
        for (number, used) in (1..).zip(used) {
            let session: Id<Session> = id(event + number);
            let draft = SessionDraft {
                id: session,
                name: format!("第 {number} 场"),
                starts: at(&format!("11-26T{:02}:00", 8 + number)),
                ends: at(&format!("11-26T{:02}:50", 8 + number)),
                capacity: 10,
                pool: None,
                held_in: None,
                eligible: Vec::new(),
                first_timers: false,
                holds: Vec::new(),
            };
            self.put(draft.session(id(event)));
            self.put(Fill { used, ..Fill::empty(session.uuid(), 10) });
        }
    }
}
