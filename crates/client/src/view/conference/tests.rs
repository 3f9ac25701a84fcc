//! What a family sees of a conference day at 张晓梅's table and at 廖芳's, on the other campus.

use jiff::civil::date;
use xinmei_model::{
    BookingState, Conference, ConferenceKind, ConferenceState, Id, Meeting, MeetingOffer, MeetingState, Role,
    RoleKind,
};

use super::{family, list, plan};
use crate::{
    api::{
        conference::{MeetingIs, SlotIs},
        meeting_plan::{Plan, Planned, Talk},
    },
    view::{
        event,
        stage::{
            CLASS, EAST_CAMPUS, EAST_CLASS, FATHER, MAIN_CAMPUS, SCHOOL, Stage, TEACHER, TEACHER_ROLE,
            YUCHEN, YUTONG, at, id,
        },
    },
};

const DAY: u128 = 900;
const OFFER: u128 = 910;
const EAST_OFFER: u128 = 911;
const LIAO: u128 = 50;

fn role(stage: &Stage, role: u128, person: u128, name: &str, place: u128) {
    stage.put(Role {
        id: id(role),
        person: id(person),
        person_name: name.into(),
        kind: RoleKind::ClassTeacher,
        title: "班主任".into(),
        subject: None,
        place: id(place),
        from: date(2026, 9, 1),
        to: None,
        office_hours: None,
    });
}

fn offer(stage: &Stage, offer: u128, person: u128, campus: u128, from: &str, taken: &[&str]) {
    stage.put(MeetingOffer {
        id: id(offer),
        conference: id(DAY),
        role: id(TEACHER_ROLE),
        person: id(person),
        person_name: if person == TEACHER { "张晓梅" } else { "廖芳" }.into(),
        role_kind: RoleKind::ClassTeacher,
        place: id(campus),
        campus: Some(id(campus)),
        room: "203".into(),
        from: at(from),
        until: at(from).checked_add(jiff::SignedDuration::from_mins(60)).unwrap(),
        minutes: 10,
        buffer: 5,
        breaks: Vec::new(),
        taken: taken.iter().map(|time| at(time).timestamp()).collect(),
        withdrawn: false,
    });
}

/// On Thursday, 26 November: 张晓梅 from nine on the first campus, 廖芳 from ten on the other.
fn stage() -> Stage {
    let stage = Stage::family();
    role(&stage, TEACHER_ROLE, TEACHER, "张晓梅", CLASS);
    role(&stage, LIAO + 1, LIAO, "廖芳", EAST_CLASS);
    stage.put(Conference {
        id: id(DAY),
        kind: ConferenceKind::ConferenceDay,
        place: id(MAIN_CAMPUS),
        held_at: vec![id(SCHOOL), id(MAIN_CAMPUS)],
        opened_by: id(1),
        title: "家长会面谈日".into(),
        about: String::new(),
        opens: at("11-20T08:00"),
        closes: at("11-25T20:00"),
        minutes: 10,
        state: ConferenceState::Planned,
        version: 0,
    });
    offer(&stage, OFFER, TEACHER, MAIN_CAMPUS, "11-26T09:00", &["11-26T09:15"]);
    offer(&stage, EAST_OFFER, LIAO, EAST_CAMPUS, "11-26T10:00", &[]);
    stage
}

fn meeting(stage: &Stage, time: &str) -> Id<Meeting> {
    let offer: MeetingOffer = stage.read(|reading| reading.snapshot.get(id(OFFER))).unwrap();
    let starts = at(time);
    let meeting = Meeting::id_in(&offer, starts.timestamp(), id(FATHER));
    stage.put(Meeting {
        id: meeting,
        conference: id(DAY),
        kind: ConferenceKind::ConferenceDay,
        offer: id(OFFER),
        role: id(TEACHER_ROLE),
        person: id(TEACHER),
        person_name: "张晓梅".into(),
        child: id(YUTONG),
        child_name: "李雨桐".into(),
        guardian: id(FATHER),
        guardian_name: "李建国".into(),
        ends: starts.checked_add(jiff::SignedDuration::from_mins(10)).unwrap(),
        starts,
        campus: Some(id(MAIN_CAMPUS)),
        entered: None,
        state: MeetingState::Booked,
        at: at("11-23T09:00").timestamp(),
        version: 0,
        seen_by: Vec::new(),
    });
    meeting
}

fn both() -> Vec<Talk> {
    [(YUTONG, TEACHER), (YUCHEN, LIAO)]
        .map(|(child, person)| Talk { child: id(child), person: id(person) })
        .into()
}

fn proposal(stage: &Stage) -> Vec<String> {
    let ask = Plan { conference: id(DAY), wishes: both(), from: None, until: None, locked: vec![] };
    match stage.read(|reading| plan::proposed(reading, &ask)) {
        Planned::Plan { meetings, .. } => {
            meetings.iter().map(|one| one.starts.strftime("%H:%M").to_string()).collect()
        }
        Planned::Conflict { wishes } => wishes.iter().map(|one| one.free.to_string()).collect(),
    }
}

#[test]
fn a_family_sees_who_is_there_for_each_child() {
    let stage = stage();
    let opened = stage.read(|reading| family::open(reading, id(DAY), &[]));
    let who: Vec<_> = opened.children.iter().map(|it| (it.child.id, it.teachers[0].name.as_str())).collect();
    assert_eq!(who, [(id(YUTONG), "张晓梅"), (id(YUCHEN), "廖芳")]);
    let slots: Vec<_> = opened.children[0].teachers[0].slots.iter().map(|slot| slot.state).collect();
    assert_eq!(slots, [SlotIs::Free, SlotIs::Taken, SlotIs::Free, SlotIs::Free]);
    let line = stage.read(list).conferences.remove(0);
    assert_eq!((line.people, line.free, line.open_now), (2, 7, true));
}

#[test]
fn the_plan_keeps_the_way_and_what_the_family_has_else() {
    let stage = stage();
    assert_eq!(proposal(&stage), ["09:30", "10:15"], "the least time that leaves half an hour for the way");
    // An open day from nine to 9:50, on no campus in particular: only a quarter to ten is left, and that is in it.
    stage.event(700, [1, 0]);
    stage.booking(720, 700, BookingState::Confirmed);
    assert_eq!(proposal(&stage), ["0"], "张晓梅 is there at no other time");
}

#[test]
fn a_meeting_counts_where_the_family_looks_at_events_and_slots() {
    let stage = stage();
    let booked = meeting(&stage, "11-26T09:30");
    stage.event(700, [1, 0]);
    let clashes = stage.read(|reading| event::open(reading, id(700))).clashes;
    assert_eq!(clashes.iter().map(|clash| clash.with.as_str()).collect::<Vec<_>>(), ["家长会面谈日"]);
    let opened = stage.read(|reading| family::open(reading, id(DAY), &[]));
    let [yutong, yuchen] = [0, 1].map(|n| &opened.children[n].teachers[0]);
    assert_eq!(
        yutong.meeting.as_ref().map(|one| (one.id, one.state.clone())),
        Some((booked, MeetingIs::Booked))
    );
    assert_eq!(yutong.slots[2].state, SlotIs::Mine);
    assert!(yutong.slots[3].clash.is_none(), "the same talk would move");
    let far = yuchen.slots[0].clash.as_ref().unwrap();
    assert!(far.too_far, "twenty minutes to the other campus");
    assert_eq!(proposal(&stage), ["09:30", "10:15"], "what is booked may stay");
}
