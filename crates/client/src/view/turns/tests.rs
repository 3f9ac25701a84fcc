use xinmei_model::{
    Act, ClassContact, ClassReady, ClassTurn, FamilyName, Fill, Kept, Relation, RoleKind, Shift, TakeState,
    TurnLength, TurnPart, TurnPlan, VolunteerAct,
};

use super::{classes, duties, plan::preview};
use crate::{
    api::{sync::ItemState, today::DutyKind},
    view::{
        shift::list,
        stage::{CLASS, EAST_CLASS, FATHER, SCHOOL, Stage, YUTONG, at, id},
    },
};

const SHIFT: u128 = 600;
const OTHER: u128 = 700;

fn turn(class: u128) -> ClassTurn {
    ClassTurn { class: id(class), places: 2, until: at("11-30T12:00") }
}

/// A shift next week with the turn of a class, `left` of its two places not taken.
fn shift(stage: &Stage, class: u128, left: u32) {
    stage.shift(SHIFT, "护学岗", ["12-01T07:30", "12-01T08:10"], 2 - left);
    let shift: Option<Shift> = stage.read(|reading| reading.snapshot.get(id(SHIFT)));
    let shift = Shift { turns: vec![turn(class)], ..shift.unwrap() };
    let hold = shift.hold_of_class(id(class)).unwrap();
    let kept = vec![Kept { hold, seats: left, waiting: 0 }];
    stage.put(Fill { used: 2 - left, kept, ..Fill::empty(shift.id.uuid(), 2) });
    stage.put(shift);
}

fn family(child: &str) -> FamilyName {
    FamilyName { child: child.into(), relation: Relation::Mother }
}

fn contact(stage: &Stage, until: &str) {
    stage.put(ClassContact {
        id: ClassContact::of(id(CLASS), id(FATHER)),
        class: id(CLASS),
        person: id(FATHER),
        person_name: "李建国".into(),
        family: family("李雨桐"),
        until: until.parse().unwrap(),
        by_name: "张晓梅".into(),
        at: at("09-01T09:00").timestamp(),
        ended: false,
    });
}

fn ready(stage: &Stage, person: u128, child: &str) {
    stage.put(ClassReady {
        id: ClassReady::of(id(CLASS), id(person)),
        class: id(CLASS),
        person: id(person),
        family: family(child),
        entered: false,
        until: "2027-08-31".parse().unwrap(),
        at: at("09-02T09:00").timestamp(),
        ended: false,
    });
}

fn asks(stage: &Stage, person: u128) {
    stage.wish(Act::Volunteer(VolunteerAct::AskFamily {
        shift: id(SHIFT),
        class: id(CLASS),
        person: id(person),
        words: String::new(),
        until: None,
    }));
}

#[test]
fn a_shift_says_whose_turn_it_is_and_when_it_opens_to_others() {
    let stage = Stage::family();
    shift(&stage, CLASS, 2);
    let line = &stage.read(list).shifts[0];
    assert!(line.turns[0].mine && line.turns[0].kept && line.turns[0].left == 2);
    assert_eq!(line.opens, None, "kept for one's own class it is open");

    let stage = Stage::family();
    shift(&stage, OTHER, 2);
    let line = &stage.read(list).shifts[0];
    assert!(!line.turns[0].mine);
    assert_eq!(line.opens, Some(at("11-30T12:00")));
}

#[test]
fn a_contact_reads_who_is_ready_and_whom_it_wishes_to_ask() {
    let stage = Stage::family();
    shift(&stage, CLASS, 2);
    ready(&stage, 80, "王一诺");
    let read = stage.read(classes).classes;
    assert_eq!(read.iter().map(|one| one.class.id).collect::<Vec<_>>(), [id(EAST_CLASS), id(CLASS)]);
    assert!(!read[1].contact && read[1].families.is_empty(), "who is no contact reads no names");
    assert_eq!(read[1].ready, Some(false));

    contact(&stage, "2027-08-31");
    let part = |state| TurnPart {
        id: id(900),
        shift: id(SHIFT),
        post: id(SHIFT + 1),
        class: id(CLASS),
        person: id(81),
        family: family("陈子墨"),
        state,
        entered: false,
        asked_by_class: true,
        at: at("11-20T09:00").timestamp(),
    };
    stage.put(part(TakeState::Offered));
    asks(&stage, 80);
    let class = stage.read(classes).classes.remove(1);
    assert!(class.contact && class.contacts[0].me);
    assert_eq!(class.families[0].family.child, "王一诺");
    let parts = &class.days[0].parts;
    assert_eq!((parts[0].state, parts[0].may_take_back), (Some(TakeState::Offered), true));
    assert_eq!((parts[1].state, parts[1].pending.clone()), (None, Some(ItemState::Saved)));
    stage.put(part(TakeState::Taken));
    assert!(!stage.read(classes).classes[1].days[0].parts[0].may_take_back);
}

#[test]
fn a_contact_is_told_how_many_are_missing_and_one_of_last_year_is_not() {
    let stage = Stage::family();
    shift(&stage, CLASS, 2);
    contact(&stage, "2027-08-31");
    let told = stage.read(duties);
    let DutyKind::FillTurns { missing, days, .. } = &told[0].what else { panic!("{told:?}") };
    assert_eq!((*missing, *days, told[0].due.clone()), (2, 1, Some(at("11-30T12:00"))));
    contact(&stage, "2026-08-31");
    assert!(stage.read(duties).is_empty());

    let stage = Stage::family();
    shift(&stage, CLASS, 0);
    contact(&stage, "2027-08-31");
    assert!(stage.read(duties).is_empty(), "nothing is missing");
}

#[test]
fn what_one_says_offline_is_shown_at_once() {
    let stage = Stage::family();
    shift(&stage, CLASS, 2);
    let say = |ready| Act::Volunteer(VolunteerAct::SayReady { class: id(CLASS), ready, on_behalf_of: None });
    stage.wish(say(true));
    let class = stage.read(classes).classes.remove(1);
    assert_eq!((class.ready, class.ready_pending), (Some(true), Some(ItemState::Saved)));
    stage.wish(say(false));
    assert_eq!(stage.read(classes).classes[1].ready, Some(false));
}

#[test]
fn a_teacher_names_parents_of_the_class_list_and_a_desk_reads_how_often_each_class_has_its_turn() {
    let stage = Stage::teacher();
    stage.child(YUTONG, "李雨桐", "20240412", CLASS);
    stage.link(40, FATHER, "李建国", YUTONG, true);
    let class = stage.read(classes).classes.remove(0);
    assert!(class.minds && class.ready.is_none());
    assert_eq!(class.parents[0].name, "李建国");

    let stage = Stage::staff(RoleKind::Coordinator, "志愿服务协调员", SCHOOL);
    shift(&stage, CLASS, 2);
    let plan = TurnPlan {
        from: "2026-11-23".parse().unwrap(),
        to: "2026-12-31".parse().unwrap(),
        classes: vec![id(EAST_CLASS)],
        each: TurnLength::Week,
        places: 1,
        opens_hours: 24,
    };
    let shown = stage.read(|reading| preview(reading, id(SHIFT + 1), Some(&plan)));
    let counts: Vec<_> =
        shown.classes.iter().map(|one| (one.class.id, one.before.shifts, one.after.shifts)).collect();
    assert_eq!(counts, [(id(EAST_CLASS), 0, 1), (id(CLASS), 1, 0)]);
    assert_eq!((shown.shifts[0].was[0].id, shown.shifts[0].places), (id(CLASS), 1));
    assert!(stage.read(classes).classes.iter().all(|one| one.class.id == id(CLASS)));
}
