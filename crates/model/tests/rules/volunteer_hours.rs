//! Hours of volunteers: that somebody else approves them, and that what was approved is corrected by a new entry.

mod chain;
mod duty;
mod evidence;
mod report;
mod supervised;

use jiff::Timestamp;
use xinmei_model::{
    Act, ChainFaultIs, DutySaid, DutyWish, FileHash, HoursAct, HoursCheckpoint, HoursCorrection, HoursDraft,
    HoursEntry, HoursHead, HoursProof, HoursState, Id, Kind, Level, List, OnDuty, Person, Place, Power,
    ProofFault, ProofWish, Proxy, Refusal, Relation, Right, RoleKind, Row, Shift, StarHours, Stop,
    VolunteerAct, decide, hours_minutes, limits, read_proof, verify_chain, verify_part,
};

use crate::world::{World, people::*, plans::*};

/// A shift from 8 to 9:30 tomorrow with two people, its desk, and another desk that approves.
struct Scene {
    world: World,
    desk: Staff,
    other: Staff,
    wang: Id<Person>,
    liu: Id<Person>,
    shift: Id<Shift>,
}

fn scene() -> Scene {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let other = world.staff("何静", RoleKind::Coordinator, world.root);
    let class = world.class(2024, 2);
    let mut people = vec![];
    for name in ["王芳", "刘强"] {
        let child = world.child("孩子", class);
        people.push(world.guardian(name).of(child, Relation::Other, &[Right::PickUp]).id());
    }
    let (_, shifts) = world.post(desk, &[("2026-10-13T08:00", "2026-10-13T09:30", 5)]);
    let (wang, liu, shift) = (people[0], people[1], shifts[0]);
    for who in [wang, liu] {
        world.does(guardian(who), &take(shift));
    }
    world.now = at("2026-10-13T09:40").timestamp();
    Scene { world, desk, other, wang, liu, shift }
}

fn time(text: &str) -> Timestamp {
    at(&format!("2026-10-13T{text}")).timestamp()
}

fn came(from: &str, until: Option<&str>) -> DutySaid {
    DutySaid::Came { from: time(from), until: until.map(time) }
}

fn missed(excuse: &str) -> DutySaid {
    DutySaid::Missed { excuse: excuse.into() }
}

fn step(act: HoursAct) -> Act {
    Act::Hours(act)
}

fn mark(shift: Id<Shift>, people: &[(Id<Person>, DutySaid, u32)]) -> Act {
    let wish = |(person, said, seen): &(Id<Person>, DutySaid, u32)| DutyWish {
        person: *person,
        said: said.clone(),
        seen: *seen,
    };
    step(HoursAct::MarkDuty { shift, people: people.iter().map(wish).collect() })
}

fn approve(entry: Id<HoursEntry>, minutes: u32) -> Act {
    step(HoursAct::ApproveHours { entry, minutes })
}

fn malformed(field: &str) -> Refusal {
    Refusal::Malformed { field: field.into() }
}

impl Scene {
    fn entry(&self, who: Id<Person>) -> HoursEntry {
        self.world.get(HoursEntry::of_shift(self.shift, who))
    }

    fn both_came(&mut self) {
        let said =
            [(self.wang, came("07:50", Some("09:30")), 0), (self.liu, came("08:00", Some("09:30")), 0)];
        self.world.does(self.desk.actor(), &mark(self.shift, &said));
    }

    fn draft(&mut self, minutes: u32) -> HoursDraft {
        HoursDraft {
            id: self.world.fresh(),
            place: self.world.campus,
            title: "整理图书".into(),
            programme: "“绿书签”".into(),
            day: "2026-10-10".parse().unwrap(),
            minutes,
            evidence: "张老师在场".into(),
            files: Vec::new(),
            on_behalf_of: None,
        }
    }
}

#[test]
fn somebody_else_approves_whoever_they_are() {
    let mut scene = scene();
    scene.both_came();
    let id = scene.entry(scene.wang).id;
    assert_eq!(
        scene.world.refuses(scene.desk.actor(), &approve(id, 100)),
        Refusal::HoursOwn,
        "who entered it"
    );
    let no = Refusal::NoPower { power: Power::ManageShifts };
    assert_eq!(scene.world.refuses(guardian(scene.wang), &approve(id, 100)), no);
    assert_eq!(
        scene.world.refuses(scene.other.actor(), &approve(id, 99)),
        Refusal::HoursSettled,
        "not as seen"
    );
    scene.world.does(scene.other.actor(), &approve(id, 100));
    assert_eq!(scene.world.refuses(scene.other.actor(), &approve(id, 100)), Refusal::HoursSettled);
    // A volunteer who is a desk too approves nobody's own.
    let draft = scene.draft(30);
    scene.world.does(scene.other.actor(), &step(HoursAct::RequestHours(draft.clone())));
    assert_eq!(scene.world.refuses(scene.other.actor(), &approve(draft.id, 30)), Refusal::HoursOwn);
    let refuse = step(HoursAct::RefuseHours { entry: draft.id, reason: "不是志愿服务".into() });
    assert_eq!(scene.world.refuses(scene.other.actor(), &refuse), Refusal::HoursOwn);
    scene.world.does(scene.desk.actor(), &refuse);
    assert!(matches!(scene.world.get(draft.id).state, HoursState::Refused { .. }));
    // Where the chain ends no device knows.
    let waits = scene.entry(scene.liu).id;
    let actor = scene.other.actor();
    let on_device =
        scene.world.ask_on_device_of(scene.other.person, |facts| decide(facts, &actor, &approve(waits, 90)));
    assert_eq!(on_device, Err(Stop::Unknown));
    assert!(!scene.world.sees(scene.other.person, HoursHead::of(scene.world.school)));
}

#[test]
fn hours_are_asked_for_with_what_shows_them_and_taken_back_while_they_wait() {
    let mut scene = scene();
    let draft = scene.draft(45);
    let wang = guardian(scene.wang);
    let mut bad = |spoil: fn(&mut HoursDraft, &World)| {
        let mut draft = scene.draft(45);
        spoil(&mut draft, &scene.world);
        scene.world.refuses(wang, &step(HoursAct::RequestHours(draft)))
    };
    assert_eq!(bad(|it, _| it.minutes = 0), malformed("minutes"));
    assert_eq!(bad(|it, _| it.minutes = limits::HOURS_MINUTES + 1), malformed("minutes"));
    assert_eq!(bad(|it, _| it.day = "2026-10-14".parse().unwrap()), malformed("day"));
    assert_eq!(bad(|it, _| it.day = "2025-10-11".parse().unwrap()), malformed("day"));
    assert_eq!(bad(|it, _| it.evidence = " ".into()), malformed("evidence"));
    assert_eq!(bad(|it, _| it.title = String::new()), malformed("title"));
    assert_eq!(
        bad(|it, world| it.place =
            world.all::<Place>().iter().find(|place| place.level == Level::Class).unwrap().id),
        malformed("place")
    );
    assert_eq!(
        bad(|it, _| it.on_behalf_of = Some(Proxy::new(Id::new(uuid::Uuid::nil()), ""))),
        malformed("on_behalf_of")
    );
    let stranger = scene.world.person("陌生人");
    let not_found = Refusal::NotFound { what: "person".into() };
    assert_eq!(
        scene.world.refuses(guardian(stranger), &step(HoursAct::RequestHours(draft.clone()))),
        not_found
    );

    scene.world.does(wang, &step(HoursAct::RequestHours(draft.clone())));
    assert_eq!(scene.world.get(draft.id).entered.name, "王芳");
    let back = step(HoursAct::WithdrawHours { entry: draft.id });
    let missing = Refusal::NotFound { what: "hours-entry".into() };
    assert_eq!(scene.world.refuses(guardian(scene.liu), &back), missing);
    scene.world.does(wang, &back);
    assert_eq!(scene.world.refuses(wang, &back), Refusal::HoursSettled);
    // 代办: the desk enters it, so another desk approves it.
    let phoned = HoursDraft { on_behalf_of: Some(Proxy::new(scene.wang, "来电")), ..scene.draft(45) };
    scene.world.does(scene.desk.actor(), &step(HoursAct::RequestHours(phoned.clone())));
    assert_eq!(
        (scene.world.get(phoned.id).person, scene.world.get(phoned.id).entered.person),
        (scene.wang, scene.desk.person)
    );
    assert_eq!(scene.world.refuses(scene.desk.actor(), &approve(phoned.id, 45)), Refusal::HoursOwn);
    for _ in 1..limits::HOURS_WAITING {
        let more = scene.draft(10);
        scene.world.does(wang, &step(HoursAct::RequestHours(more)));
    }
    let more = scene.draft(10);
    let full = Refusal::TooMany { field: "waiting".into(), limit: limits::HOURS_WAITING as u32 };
    assert_eq!(scene.world.refuses(wang, &step(HoursAct::RequestHours(more))), full);
}

#[test]
fn what_was_approved_is_corrected_by_a_new_entry_and_stays_as_it_is() {
    let mut scene = scene();
    scene.both_came();
    let old = scene.entry(scene.wang).id;
    let id = scene.world.fresh();
    let correct = |id, minutes, corrects| {
        step(HoursAct::CorrectHours(HoursCorrection { id, corrects, minutes, reason: "提前离开".into() }))
    };
    assert_eq!(
        scene.world.refuses(scene.desk.actor(), &correct(id, 60, old)),
        Refusal::HoursSettled,
        "not approved yet"
    );
    scene.world.does(scene.other.actor(), &approve(old, 100));
    let before = scene.world.get(old);
    // The marks say otherwise: what was approved does not follow.
    scene
        .world
        .does(scene.desk.actor(), &mark(scene.shift, &[(scene.wang, came("08:00", Some("09:00")), 1)]));
    assert_eq!(scene.world.get(old), before);
    assert_eq!(scene.world.refuses(scene.desk.actor(), &correct(id, 100, old)), malformed("minutes"));
    scene.world.does(scene.desk.actor(), &correct(id, 60, old));
    let second = scene.world.fresh();
    assert_eq!(
        scene.world.refuses(scene.other.actor(), &correct(second, 30, old)),
        Refusal::HoursSettled,
        "one waits"
    );
    let total =
        |scene: &Scene| hours_minutes(scene.world.list::<HoursEntry>(List::HoursBy(scene.wang)).iter());
    assert_eq!(total(&scene), 100);
    scene.world.does(scene.other.actor(), &approve(id, 60));
    assert_eq!((total(&scene), scene.world.get(old) == before), (60, true));
    assert_eq!(
        scene.world.refuses(scene.desk.actor(), &correct(second, 30, old)),
        Refusal::HoursSettled,
        "the newest is corrected"
    );
    scene.world.does(scene.other.actor(), &correct(second, 0, id));
    scene.world.does(scene.desk.actor(), &approve(second, 0));
    assert_eq!(total(&scene), 0);
    let refuses =
        scene.world.refuses(guardian(scene.liu), &correct(Id::new(uuid::Uuid::from_u128(9)), 5, second));
    assert_eq!(refuses, Refusal::NoPower { power: Power::ManageShifts });
}

#[test]
fn a_desks_correction_is_taken_back_by_whoever_entered_it_and_not_by_the_volunteer() {
    let mut scene = scene();
    scene.both_came();
    let (old, desk, wang) = (scene.entry(scene.wang).id, scene.desk.actor(), guardian(scene.wang));
    scene.world.does(scene.other.actor(), &approve(old, 100));
    let correct = |id| {
        let wish = HoursCorrection { id, corrects: old, minutes: 60, reason: "提前离开".into() };
        step(HoursAct::CorrectHours(wish))
    };
    let back = |entry| step(HoursAct::WithdrawHours { entry });
    let missing = Refusal::NotFound { what: "hours-entry".into() };
    for (by, not) in [(desk, wang), (wang, desk)] {
        let id = scene.world.fresh();
        scene.world.does(by, &correct(id));
        assert_eq!(scene.world.refuses(not, &back(id)), missing);
        scene.world.does(by, &back(id));
        assert_eq!(scene.world.get(id).state, HoursState::Withdrawn);
    }
    // What the marks propose nobody takes back.
    let proposed = scene.entry(scene.liu).id;
    for actor in [guardian(scene.liu), desk] {
        assert_eq!(scene.world.refuses(actor, &back(proposed)), missing);
    }
}

#[test]
fn what_waits_stands_on_a_list_of_its_own_and_marks_take_no_place_of_a_volunteers_wishes() {
    let mut scene = scene();
    scene.both_came();
    let waiting = |scene: &Scene| scene.world.list::<HoursEntry>(List::HoursWaiting).len();
    assert_eq!(waiting(&scene), 2);
    let wang = guardian(scene.wang);
    for _ in 0..limits::HOURS_WAITING {
        let draft = scene.draft(10);
        scene.world.does(wang, &step(HoursAct::RequestHours(draft)));
    }
    let more = scene.draft(10);
    let full = Refusal::TooMany { field: "waiting".into(), limit: limits::HOURS_WAITING as u32 };
    assert_eq!(scene.world.refuses(wang, &step(HoursAct::RequestHours(more))), full);
    assert_eq!(waiting(&scene), 2 + limits::HOURS_WAITING);
    let entry = scene.entry(scene.wang);
    scene.world.does(scene.other.actor(), &approve(entry.id, entry.minutes));
    assert_eq!(waiting(&scene), 1 + limits::HOURS_WAITING);
}

#[test]
fn its_acts_keep_their_form() {
    let one = "00000000-0000-0000-0000-000000000001";
    let id = |text: &str| uuid::Uuid::parse_str(text).unwrap();
    let acts = [
        (
            mark(Id::new(id(one)), &[(Id::new(id(one)), missed("请假"), 2)]),
            format!(
                r#"{{"do":"hours","step":"mark-duty","shift":"{one}","people":[{{"person":"{one}","said":{{"is":"missed","excuse":"请假"}},"seen":2}}]}}"#
            ),
        ),
        (
            mark(Id::new(id(one)), &[(Id::new(id(one)), came("08:00", None), 0)]),
            format!(
                r#"{{"do":"hours","step":"mark-duty","shift":"{one}","people":[{{"person":"{one}","said":{{"is":"came","from":"2026-10-13T00:00:00Z","until":null}},"seen":0}}]}}"#
            ),
        ),
        (
            approve(Id::new(id(one)), 45),
            format!(r#"{{"do":"hours","step":"approve-hours","entry":"{one}","minutes":45}}"#),
        ),
        (
            step(HoursAct::SetStars { hours: vec![10, 50] }),
            r#"{"do":"hours","step":"set-stars","hours":[10,50]}"#.to_owned(),
        ),
    ];
    for (act, json) in acts {
        assert_eq!(serde_json::to_string(&act).unwrap(), json);
        assert_eq!(serde_json::from_str::<Act>(&json).unwrap(), act);
    }
}
