//! What is planned: events, conference days, posts.

use xinmei_model::*;
use xinmei_tests::at;

use super::school::new;

pub fn event(place: Id<Place>, session: Id<Session>) -> Act {
    let sessions = vec![SessionDraft {
        id: session,
        name: "第 1 场".into(),
        starts: at("2026-11-26T09:30"),
        ends: at("2026-11-26T11:00"),
        capacity: 9,
        pool: None,
        held_in: None,
        eligible: vec![],
        first_timers: false,
        holds: vec![],
    }];
    let event = EventDraft {
        id: new(),
        place,
        title: "开放日".into(),
        about: String::new(),
        venue: String::new(),
        held_in: None,
        programme: String::new(),
        tags: Vec::new(),
        eligible: Vec::new(),
        seat_rule: SeatRule::Adults,
        family_limit: 2,
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
        opens: at("2026-11-23T09:00"),
        closes: at("2026-11-25T20:00"),
        withdraw_until: at("2026-11-25T20:00"),
        sessions,
    };
    Act::PublishEvent { event }
}

pub fn conference(place: Id<Place>) -> Act {
    let conference = ConferenceDraft {
        id: new(),
        kind: ConferenceKind::ConferenceDay,
        place,
        title: "家长会面谈日".into(),
        about: String::new(),
        opens: at("2026-11-23T09:00"),
        closes: at("2026-11-25T20:00"),
        minutes: 10,
    };
    Act::OpenConference { conference }
}

pub fn offered(conference: Id<Conference>, place: Id<Place>) -> Act {
    let offer = OfferDraft {
        id: new(),
        conference,
        place,
        room: "203".into(),
        from: at("2026-11-26T14:00"),
        until: at("2026-11-26T15:00"),
        minutes: 10,
        buffer: 0,
        breaks: Vec::new(),
    };
    Act::OfferSlots { offer, cut: None }
}

pub fn post(place: Id<Place>, shift: Id<Shift>) -> Act {
    let (starts, ends) = (at("2026-11-26T07:30"), at("2026-11-26T08:00"));
    let shifts = vec![ShiftDraft { id: shift, starts, ends, needed: 9 }];
    let text = String::new;
    let post = PostDraft {
        id: new(),
        place,
        title: "护学岗".into(),
        about: text(),
        meeting_point: "东门".into(),
        programme: text(),
        shifts,
        terms: PostTerms::default(),
    };
    Act::PostShifts { post }
}

/// A museum.
pub fn partner(partner: Id<PartnerOrg>) -> Act {
    let contact =
        PartnerContact { name: "罗敏".into(), phone: "023-6330-0192".into(), ..Default::default() };
    let draft =
        PartnerDraft { name: "红岩博物馆".into(), contacts: vec![contact], ..PartnerDraft::default() };
    Act::PutPartner { partner, draft }
}

/// A day there.
pub fn trip(event: Id<Event>) -> Act {
    let plan = TripPlan {
        from: "东门".into(),
        to: "红岩博物馆".into(),
        meeting_point: String::new(),
        children_per_adult: 10,
        buses: vec![Bus { name: "1 号车".into(), seats: 45 }],
        slip: true,
        stops: vec!["出发前".into()],
    };
    Act::PlanTrip { event, plan }
}

pub fn sign_up(session: Id<Session>, child: Id<xinmei_model::Child>) -> Act {
    let children = vec![child];
    Act::SignUp(SignUp {
        booking: new(),
        session,
        children,
        adults: 1,
        answers: vec![],
        others: vec![],
        on_behalf_of: None,
    })
}
