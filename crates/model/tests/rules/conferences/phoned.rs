//! Meetings that somebody of the school books for a family that phoned.

use super::*;

#[test]
fn an_offer_is_booked_in_its_own_conference() {
    let mut scene = Scene::new();
    let (day, campus) = (scene.day, scene.world.campus);
    scene.day = open(&mut scene.world, scene.counsellor, ConferenceKind::Guidance, campus);
    let offer = scene.offer(scene.counsellor, "2026-10-13T14:00", "2026-10-13T15:00");
    // Of advice only who gives it may book for a family, and the class teacher may in a conference day.
    let meetings = vec![MeetingWish { offer, starts: tuesday("14:00"), child: scene.yutong }];
    let on_behalf_of = Some(Proxy::new(scene.mother, "妈妈来电"));
    let wish = Act::BookMeetings(MeetingBooking { conference: day, meetings, on_behalf_of });
    let malformed = Refusal::Malformed { field: "offer".into() };
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &wish), malformed);
    let wish = book(day, &[(offer, "14:00", scene.yutong)]);
    assert_eq!(scene.world.refuses(guardian(scene.mother), &wish), malformed);
}

#[test]
fn who_books_for_a_family_learns_of_no_advice_it_takes() {
    let mut scene = Scene::new();
    let (day, campus) = (scene.day, scene.world.campus);
    let station = open(&mut scene.world, scene.counsellor, ConferenceKind::Guidance, campus);
    let maths = scene.offer(scene.maths, "2026-10-13T14:00", "2026-10-13T15:00");
    scene.day = station;
    let advice = scene.offer(scene.counsellor, "2026-10-13T14:00", "2026-10-13T15:00");
    scene.world.does(guardian(scene.mother), &book(station, &[(advice, "14:00", scene.yutong)]));
    let (mother, child) = (scene.mother, scene.yutong);
    let phoned = |conference, offer, starts| {
        let meetings = vec![MeetingWish { offer, starts: tuesday(starts), child }];
        let on_behalf_of = Some(Proxy::new(mother, "妈妈来电"));
        Act::BookMeetings(MeetingBooking { conference, meetings, on_behalf_of })
    };
    let own = book(day, &[(maths, "14:00", child)]);
    assert!(matches!(scene.world.refuses(guardian(mother), &own), Refusal::MeetingClash { .. }));
    scene.world.does(scene.teacher.actor(), &phoned(day, maths, "14:00"));
    // Nor does who advises learn of what the family has on a conference day.
    scene.world.does(guardian(mother), &book(day, &[(maths, "14:20", child)]));
    scene.world.does(scene.counsellor.actor(), &phoned(station, advice, "14:20"));
    assert_eq!(scene.booked(mother), ["14:20", "14:20"]);
}

#[test]
fn staff_book_for_a_family_that_phoned_but_advice_only_who_gives_it() {
    let mut scene = Scene::new();
    let offer = scene.offer(scene.maths, "2026-10-13T14:00", "2026-10-13T15:00");
    let proxy = Some(Proxy::new(scene.mother, "妈妈来电"));
    let wish = |conference, offer, child| {
        let meetings = vec![MeetingWish { offer, starts: tuesday("14:00"), child }];
        Act::BookMeetings(MeetingBooking { conference, meetings, on_behalf_of: proxy.clone() })
    };
    scene.world.does(scene.teacher.actor(), &wish(scene.day, offer, scene.yutong));
    let meeting = scene.meetings_of(scene.mother).remove(0);
    assert_eq!(meeting.entered.unwrap().note, "妈妈来电");
    assert!(scene.world.feeds(meeting.id).contains(&Feed::Author(scene.teacher.person)));
    let campus = scene.world.campus;
    let station = open(&mut scene.world, scene.counsellor, ConferenceKind::Guidance, campus);
    scene.day = station;
    let offer = scene.offer(scene.counsellor, "2026-10-13T16:00", "2026-10-13T17:00");
    let wish = |starts| {
        let meetings = vec![MeetingWish { offer, starts: tuesday(starts), child: scene.yutong }];
        Act::BookMeetings(MeetingBooking { conference: station, meetings, on_behalf_of: proxy.clone() })
    };
    let refusal = scene.world.refuses(scene.teacher.actor(), &wish("16:00"));
    assert_eq!(refusal, Refusal::NoPower { power: Power::ActForFamilies });
    scene.world.does(scene.counsellor.actor(), &wish("16:00"));
    assert_eq!(scene.booked(scene.mother), ["14:00", "16:00"]);
}
