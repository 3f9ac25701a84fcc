//! Conference days and the guidance station: slots follow from offers, families book all or none, and advice stays with the two
//! who meet.

mod phoned;

use jiff::SignedDuration;
use xinmei_model::{
    Act, Actor, Break, CalendarLanguage, CalendarStatus, ConferenceDraft, ConferenceKind, Cut, Feed,
    MeetingBooking, MeetingNote, MeetingState, MeetingWish, PleaseCome, Power, Proxy, Refusal, Relation,
    Right, Rights, RoleKind, Stop, calendar_of, decide, slots_of,
};

use crate::world::{World, conference_day::*, people::*, plans::at};

#[test]
fn slots_keep_the_buffer_and_the_breaks() {
    let mut scene = Scene::new();
    let mut draft = scene.draft("2026-10-13T14:00", "2026-10-13T15:00");
    draft.buffer = 5;
    draft.breaks = vec![Break { from: at("2026-10-13T14:20"), until: at("2026-10-13T14:30") }];
    let id = draft.id;
    scene.world.does(scene.teacher.actor(), &Act::OfferSlots { offer: draft, cut: None });
    let slots = slots_of(&scene.world.get(id));
    let times: Vec<_> = slots.iter().map(|slot| slot.starts.strftime("%H:%M").to_string()).collect();
    assert_eq!(times, ["14:00", "14:30", "14:45"], "14:15 would run into the break, 15:00 over the end");
}

#[test]
fn a_slot_is_one_family_s_and_the_next_is_told_which_was_taken() {
    let mut scene = Scene::new();
    let offer = scene.offer(scene.teacher, "2026-10-13T14:00", "2026-10-13T15:00");
    scene.world.does(guardian(scene.mother), &book(scene.day, &[(offer, "14:10", scene.yutong)]));
    let refusal =
        scene.world.refuses(guardian(scene.neighbour), &book(scene.day, &[(offer, "14:10", scene.haoran)]));
    assert_eq!(refusal, Refusal::SlotTaken { offer: offer.uuid(), starts: at("2026-10-13T14:10") });
    let meeting = scene.meetings_of(scene.mother).remove(0);
    scene
        .world
        .does(guardian(scene.mother), &Act::WithdrawMeeting { meeting: meeting.id, on_behalf_of: None });
    assert_eq!(scene.taken(offer), 0);
    scene.world.does(guardian(scene.neighbour), &book(scene.day, &[(offer, "14:10", scene.haoran)]));
    assert_eq!(scene.booked(scene.neighbour), ["14:10"]);
}

#[test]
fn a_family_books_all_or_none() {
    let mut scene = Scene::new();
    let first = scene.offer(scene.teacher, "2026-10-13T14:00", "2026-10-13T15:00");
    let second = scene.offer(scene.maths, "2026-10-13T14:00", "2026-10-13T15:00");
    scene.world.does(guardian(scene.neighbour), &book(scene.day, &[(second, "14:10", scene.haoran)]));
    let both = [(first, "14:00", scene.yutong), (second, "14:10", scene.yutong)];
    let before = scene.world.contents();
    let refusal = scene.world.refuses(guardian(scene.mother), &book(scene.day, &both));
    assert!(matches!(refusal, Refusal::SlotTaken { .. }));
    assert_eq!(scene.world.contents(), before);
    scene.world.does(
        guardian(scene.mother),
        &book(scene.day, &[(first, "14:00", scene.yutong), (second, "14:20", scene.yutong)]),
    );
    assert_eq!(scene.booked(scene.mother), ["14:00", "14:20"]);
}

#[test]
fn nobody_is_at_two_tables_and_the_way_to_the_other_campus_counts() {
    let mut scene = Scene::new();
    let here = scene.offer(scene.teacher, "2026-10-13T14:00", "2026-10-13T15:00");
    let mut draft = scene.draft("2026-10-13T14:00", "2026-10-13T16:00");
    draft.place = scene.east;
    let there = draft.id;
    scene.world.does(scene.maths.actor(), &Act::OfferSlots { offer: draft, cut: None });
    let at_once = [(here, "14:00", scene.yutong), (there, "14:00", scene.yutong)];
    let clash = Refusal::MeetingClash { at: at("2026-10-13T14:00"), too_far: false };
    assert_eq!(scene.world.refuses(guardian(scene.mother), &book(scene.day, &at_once)), clash);
    scene.world.does(guardian(scene.mother), &book(scene.day, &[(here, "14:00", scene.yutong)]));
    let too_far = Refusal::MeetingClash { at: at("2026-10-13T14:00"), too_far: true };
    let soon = book(scene.day, &[(there, "14:30", scene.yutong)]);
    assert_eq!(
        scene.world.refuses(guardian(scene.mother), &soon),
        too_far,
        "20 minutes, and the way takes 30"
    );
    scene.world.does(guardian(scene.mother), &book(scene.day, &[(there, "14:40", scene.yutong)]));
    assert_eq!(scene.booked(scene.mother), ["14:00", "14:40"]);
}

#[test]
fn the_same_talk_at_another_time_moves() {
    let mut scene = Scene::new();
    let offer = scene.offer(scene.teacher, "2026-10-13T14:00", "2026-10-13T15:00");
    let mother = guardian(scene.mother);
    scene.world.does(mother, &book(scene.day, &[(offer, "14:00", scene.yutong)]));
    scene.world.does(mother, &book(scene.day, &[(offer, "14:30", scene.yutong)]));
    assert_eq!((scene.booked(scene.mother), scene.taken(offer)), (vec!["14:30".to_owned()], 1));
    let again = scene.world.does(mother, &book(scene.day, &[(offer, "14:30", scene.yutong)]));
    assert!(again.is_empty(), "what the family has already is not booked again");
}

#[test]
fn two_children_of_a_family_change_their_times() {
    let mut scene = Scene::new();
    scene.world.link(scene.mother, scene.haoran, Relation::Other, PARENT);
    let offer = scene.offer(scene.teacher, "2026-10-13T14:00", "2026-10-13T15:00");
    let mother = guardian(scene.mother);
    let one = [(offer, "14:00", scene.yutong), (offer, "14:10", scene.haoran)];
    scene.world.does(mother, &book(scene.day, &one));
    let other = [(offer, "14:10", scene.yutong), (offer, "14:00", scene.haoran)];
    scene.world.does(mother, &book(scene.day, &other));
    let of = |child| {
        let all = scene.meetings_of(scene.mother).into_iter();
        let own = all.filter(|meeting| meeting.child == child && meeting.state == MeetingState::Booked);
        own.map(|meeting| meeting.starts.strftime("%H:%M").to_string()).collect::<Vec<_>>()
    };
    assert_eq!((of(scene.yutong), of(scene.haoran)), (vec!["14:10".into()], vec!["14:00".into()]));
    assert_eq!(scene.taken(offer), 2);
}

#[test]
fn separated_parents_each_have_their_meeting_and_see_only_their_own() {
    let mut scene = Scene::new();
    let offer = scene.offer(scene.teacher, "2026-10-13T14:00", "2026-10-13T15:00");
    scene.world.does(guardian(scene.mother), &book(scene.day, &[(offer, "14:00", scene.yutong)]));
    scene.world.does(guardian(scene.father), &book(scene.day, &[(offer, "14:40", scene.yutong)]));
    let [hers, his] = [scene.mother, scene.father].map(|who| scene.meetings_of(who).remove(0).id);
    assert!(scene.world.sees(scene.mother, hers) && !scene.world.sees(scene.mother, his));
    assert!(scene.world.sees(scene.father, his) && !scene.world.sees(scene.father, hers));
    assert!(scene.world.sees(scene.teacher.person, hers) && scene.world.sees(scene.teacher.person, his));
    assert!(scene.world.sees(scene.desk.person, hers), "the desk of a conference day");
    assert!(!scene.world.sees(scene.maths.person, hers), "a colleague");
    let theft = Act::WithdrawMeeting { meeting: hers, on_behalf_of: None };
    let refusal = scene.world.refuses(guardian(scene.father), &theft);
    assert_eq!(refusal, Refusal::NotFound { what: "meeting".into() });
    scene.world.edit_link(scene.father, scene.yutong, |link| {
        link.rights = Rights::granted(&[Right::PickUp], YEAR_BEGINS, "法院");
    });
    assert!(!scene.world.sees(scene.father, his), "it goes with the right to messages");
}

#[test]
fn advice_is_known_to_the_two_who_meet() {
    let mut scene = Scene::new();
    let campus = scene.world.campus;
    scene.day = open(&mut scene.world, scene.counsellor, ConferenceKind::Guidance, campus);
    let offer = scene.offer(scene.counsellor, "2026-10-13T14:00", "2026-10-13T15:00");
    scene.world.does(guardian(scene.mother), &book(scene.day, &[(offer, "14:00", scene.yutong)]));
    let meeting = scene.meetings_of(scene.mother).remove(0).id;
    let write = Act::WriteMeetingNote { meeting, text: "先每天一起散步二十分钟".into() };
    scene.world.does(scene.counsellor.actor(), &write);
    let note = MeetingNote::id_of(meeting);
    for who in [scene.mother, scene.counsellor.person] {
        assert!(scene.world.sees(who, meeting) && scene.world.sees(who, note));
    }
    let administrator = scene.world.administrator().person;
    for who in [scene.father, scene.desk.person, scene.teacher.person, scene.neighbour, administrator] {
        assert!(!scene.world.sees(who, meeting) && !scene.world.sees(who, note));
    }
    let refused = |who: Staff| scene.world.refuses(who.actor(), &write);
    assert_eq!(refused(scene.teacher), Refusal::NotFound { what: "meeting".into() });
    assert_eq!(refused(scene.desk), Refusal::NotFound { what: "meeting".into() });
    let entries =
        scene.world.ask(|facts| calendar_of(facts, scene.mother, CalendarLanguage::Chinese)).unwrap();
    assert_eq!((entries[0].title.as_str(), entries[0].place.as_str()), ("学校预约", ""));
}

#[test]
fn a_note_is_of_advice_only() {
    let mut scene = Scene::new();
    let offer = scene.offer(scene.teacher, "2026-10-13T14:00", "2026-10-13T15:00");
    scene.world.does(guardian(scene.mother), &book(scene.day, &[(offer, "14:00", scene.yutong)]));
    let meeting = scene.meetings_of(scene.mother).remove(0).id;
    let write = Act::WriteMeetingNote { meeting, text: "谈了数学".into() };
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &write), Refusal::NothingAsked);
}

#[test]
fn what_is_offered_shrinks_only_with_a_reason_for_those_it_costs_a_meeting() {
    let mut scene = Scene::new();
    let offer = scene.offer(scene.teacher, "2026-10-13T14:00", "2026-10-13T15:00");
    scene.world.does(guardian(scene.mother), &book(scene.day, &[(offer, "14:00", scene.yutong)]));
    scene.world.does(guardian(scene.neighbour), &book(scene.day, &[(offer, "14:40", scene.haoran)]));
    let mut later = scene.draft("2026-10-13T14:20", "2026-10-13T15:00");
    later.id = offer;
    let teacher = scene.teacher.actor();
    let change = |cut| Act::OfferSlots { offer: later.clone(), cut };
    let cut = |families| Some(Cut { reason: "上午有课".into(), families });
    assert_eq!(scene.world.refuses(teacher, &change(None)), Refusal::SeatsHeld { used: 1 });
    assert_eq!(scene.world.refuses(teacher, &change(cut(2))), Refusal::AudienceChanged { seen: 2, now: 1 });
    scene.world.does(teacher, &change(cut(1)));
    assert_eq!(scene.booked(scene.neighbour), ["14:40"], "whose time stands keeps it");
    let lost = scene.meetings_of(scene.mother).remove(0);
    assert!(matches!(lost.state, MeetingState::Cancelled { ref reason, .. } if reason == "上午有课"));
    let gone = Act::WithdrawSlots { offer, cut: cut(1) };
    scene.world.does(scene.desk.actor(), &gone);
    assert!(scene.booked(scene.neighbour).is_empty() && slots_of(&scene.world.get(offer)).is_empty());
}

#[test]
fn a_meeting_that_is_cancelled_leaves_its_time_taken() {
    let mut scene = Scene::new();
    let offer = scene.offer(scene.teacher, "2026-10-13T14:00", "2026-10-13T15:00");
    scene.world.does(guardian(scene.mother), &book(scene.day, &[(offer, "14:00", scene.yutong)]));
    let meeting = scene.meetings_of(scene.mother).remove(0).id;
    let cancel = Act::CancelMeeting { meeting, reason: "临时开会".into() };
    assert_eq!(
        scene.world.refuses(scene.maths.actor(), &cancel),
        Refusal::NotFound { what: "meeting".into() }
    );
    scene.world.does(scene.teacher.actor(), &cancel);
    assert_eq!(scene.taken(offer), 1);
    let entries =
        scene.world.ask(|facts| calendar_of(facts, scene.mother, CalendarLanguage::Chinese)).unwrap();
    assert_eq!((entries[0].status, entries[0].sequence), (CalendarStatus::Cancelled, 3));
    scene.world.does(guardian(scene.mother), &book(scene.day, &[(offer, "14:30", scene.yutong)]));
}

#[test]
fn a_time_whose_meeting_was_cut_is_offered_anew() {
    let mut scene = Scene::new();
    let offer = scene.offer(scene.teacher, "2026-10-13T14:00", "2026-10-13T15:00");
    scene.world.does(guardian(scene.mother), &book(scene.day, &[(offer, "14:00", scene.yutong)]));
    scene.world.does(guardian(scene.neighbour), &book(scene.day, &[(offer, "14:30", scene.haoran)]));
    let meeting = scene.meetings_of(scene.neighbour).remove(0).id;
    let teacher = scene.teacher.actor();
    scene.world.does(teacher, &Act::CancelMeeting { meeting, reason: "临时开会".into() });
    // The same times on the other campus: the family booked this one.
    let mut elsewhere = scene.draft("2026-10-13T14:00", "2026-10-13T15:00");
    (elsewhere.id, elsewhere.place) = (offer, scene.east);
    let cut = Some(Cut { reason: "换到东校区".into(), families: 1 });
    scene.world.does(teacher, &Act::OfferSlots { offer: elsewhere, cut });
    assert_eq!(scene.world.get(offer).taken, [tuesday("14:30")], "who cancelled it is not there");
    scene.world.does(guardian(scene.mother), &book(scene.day, &[(offer, "14:00", scene.yutong)]));
}

#[test]
fn please_come_is_for_those_who_are_told_of_the_child() {
    let mut scene = Scene::new();
    let (conference, child) = (scene.day, scene.yutong);
    let ask = |ends| Act::PleaseCome { conference, child, words: "想聊聊数学".into(), ends };
    scene.world.does(scene.maths.actor(), &ask(false));
    let id = PleaseCome::id_of(conference, scene.maths.person, child);
    assert!(scene.world.sees(scene.mother, id) && scene.world.sees(scene.father, id));
    assert!(!scene.world.sees(scene.neighbour, id) && !scene.world.sees(scene.teacher.person, id));
    let elsewhere = scene.world.class(2024, 3);
    let stranger = scene.world.teacher("赵敏", elsewhere);
    let refusal = scene.world.refuses(stranger.actor(), &ask(false));
    assert_eq!(refusal, Refusal::NoPower { power: Power::Converse });
    scene.world.does(scene.maths.actor(), &ask(true));
    assert!(scene.world.get(id).ended);
    assert!(matches!(scene.world.refuses(scene.maths.actor(), &ask(true)), Refusal::NotFound { .. }));
}

#[test]
fn one_meets_only_those_who_have_a_hat_for_the_child() {
    let mut scene = Scene::new();
    let elsewhere = scene.world.class(2024, 3);
    let stranger = scene.world.teacher("赵敏", elsewhere);
    let offer = scene.offer(stranger, "2026-10-13T14:00", "2026-10-13T15:00");
    let wish = book(scene.day, &[(offer, "14:00", scene.yutong)]);
    assert_eq!(scene.world.refuses(guardian(scene.mother), &wish), Refusal::NotEligible);
    let class = scene.world.get(scene.yutong).class().unwrap();
    scene.world.role(stranger.person, RoleKind::SubjectTeacher, class);
    scene.world.does(guardian(scene.mother), &wish);
}

#[test]
fn time_opens_and_closes_it_and_a_meeting_can_be_given_back_until_it_begins() {
    let mut scene = Scene::new();
    let offer = scene.offer(scene.teacher, "2026-10-13T14:00", "2026-10-13T15:00");
    let mother = guardian(scene.mother);
    scene.world.does(mother, &book(scene.day, &[(offer, "14:00", scene.yutong)]));
    scene.world.now = tuesday("12:00");
    let late = book(scene.day, &[(offer, "14:10", scene.yutong)]);
    assert!(matches!(scene.world.refuses(mother, &late), Refusal::Closed { .. }));
    let meeting = scene.meetings_of(scene.mother).remove(0).id;
    let back = Act::WithdrawMeeting { meeting, on_behalf_of: None };
    scene.world.now = tuesday("14:00");
    assert!(matches!(scene.world.refuses(mother, &back), Refusal::Started { .. }));
    scene.world.now = tuesday("13:59");
    scene.world.does(mother, &back);
    assert_eq!(scene.world.refuses(mother, &back), Refusal::BookingGone);
}

#[test]
fn a_conference_is_called_off_with_a_reason_and_its_times_are_free_for_others() {
    let mut scene = Scene::new();
    let offer = scene.offer(scene.teacher, "2026-10-13T14:00", "2026-10-13T15:00");
    let mother = guardian(scene.mother);
    scene.world.does(mother, &book(scene.day, &[(offer, "14:00", scene.yutong)]));
    let off = Act::CancelConference { conference: scene.day, reason: "台风".into() };
    assert_eq!(
        scene.world.refuses(scene.teacher.actor(), &off),
        Refusal::NoPower { power: Power::ManageEvents }
    );
    scene.world.does(scene.desk.actor(), &off);
    let wish = book(scene.day, &[(offer, "14:10", scene.yutong)]);
    assert_eq!(scene.world.refuses(mother, &wish), Refusal::EventNotOpen);
    // The same hours in another conference clash with nothing any more, for the teacher and for the family.
    let root = scene.world.root;
    scene.day = open(&mut scene.world, scene.desk, ConferenceKind::ConferenceDay, root);
    let again = scene.offer(scene.teacher, "2026-10-13T14:00", "2026-10-13T15:00");
    scene.world.does(mother, &book(scene.day, &[(again, "14:00", scene.yutong)]));
}

#[test]
fn nobody_offers_to_be_in_two_rooms() {
    let mut scene = Scene::new();
    scene.offer(scene.teacher, "2026-10-13T14:00", "2026-10-13T15:00");
    let offer = scene.draft("2026-10-13T14:50", "2026-10-13T16:00");
    let clash = Refusal::MeetingClash { at: at("2026-10-13T14:00"), too_far: false };
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &Act::OfferSlots { offer, cut: None }), clash);
    let mut offer = scene.draft("2026-10-13T15:20", "2026-10-13T16:00");
    offer.place = scene.east;
    let too_far = Refusal::MeetingClash { at: at("2026-10-13T14:00"), too_far: true };
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &Act::OfferSlots { offer, cut: None }), too_far);
    let offer = scene.draft("2026-10-13T15:00", "2026-10-13T15:05");
    let short = Refusal::Malformed { field: "until".into() };
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &Act::OfferSlots { offer, cut: None }), short);
}

#[test]
fn a_computer_without_a_network_promises_no_slot() {
    let mut scene = Scene::new();
    let offer = scene.offer(scene.teacher, "2026-10-13T14:00", "2026-10-13T15:00");
    let actor = guardian(scene.mother);
    let foresee = |act: &Act| scene.world.ask_on_device_of(scene.mother, |facts| decide(facts, &actor, act));
    assert_eq!(foresee(&book(scene.day, &[(offer, "14:00", scene.yutong)])), Err(Stop::Unknown));
    let twice = [(offer, "14:00", scene.yutong), (offer, "14:10", scene.yutong)];
    let known = Err(Stop::Refused(Refusal::Malformed { field: "meetings".into() }));
    assert_eq!(foresee(&book(scene.day, &twice)), known, "what cannot be is said at once");
}

#[test]
fn only_who_plans_opens_a_day_and_who_advises_a_station() {
    let mut scene = Scene::new();
    let place = scene.world.campus;
    let draft = |world: &mut World, kind| {
        let conference = ConferenceDraft {
            id: world.fresh(),
            kind,
            place,
            title: "咨询".into(),
            about: String::new(),
            opens: at("2026-10-12T08:00"),
            closes: at("2026-12-12T08:00"),
            minutes: 40,
        };
        Act::OpenConference { conference }
    };
    let day = draft(&mut scene.world, ConferenceKind::ConferenceDay);
    let station = draft(&mut scene.world, ConferenceKind::Guidance);
    let refused = Refusal::NoPower { power: Power::ManageEvents };
    assert_eq!(scene.world.refuses(scene.counsellor.actor(), &day), refused);
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &station), refused, "not for the whole campus");
    assert_eq!(scene.world.refuses(guardian(scene.mother), &day), refused);
    assert_eq!(scene.world.refuses(Actor::Clock, &day), refused);
    scene.world.does(scene.counsellor.actor(), &station);
    scene.world.pass(SignedDuration::from_hours(1));
    let Act::OpenConference { conference } = station else { unreachable!() };
    let change = |version| Act::ChangeConference {
        conference: ConferenceDraft { title: "心语咨询".into(), ..conference.clone() },
        version,
    };
    scene.world.does(scene.counsellor.actor(), &change(0));
    assert_eq!(scene.world.refuses(scene.counsellor.actor(), &change(0)), Refusal::ChangedMeanwhile);
    assert_eq!(scene.world.get(conference.id).title, "心语咨询");
    let right = Right::Messages;
    scene.world.edit_link(scene.mother, scene.yutong, |link| {
        link.rights = Rights::granted(&[Right::PickUp], YEAR_BEGINS, "法院");
    });
    let offer = scene.offer(scene.teacher, "2026-10-13T14:00", "2026-10-13T15:00");
    let wish = book(scene.day, &[(offer, "14:00", scene.yutong)]);
    assert_eq!(scene.world.refuses(guardian(scene.mother), &wish), Refusal::NoRight { right });
}
