use xinmei_model::{
    Act, Answering, ClassReady, FamilyName, Kind, List, OfferFrom, Population, Post, ProposalReason, Refusal,
    Relation, Reply, Role, RoleKind, Take, TakeOffer, TakeState, VolunteerAct,
};

use super::{board, duties, list, roster::roster};
use crate::{
    api::{
        Fault,
        sync::ItemState,
        today::{Duty, DutyKind},
        volunteer::{Fits, Propose},
    },
    view::{
        outbox,
        reading::Reading,
        stage::{FATHER, SCHOOL, Stage, YUTONG, at, id},
        today::coordinator,
    },
};

const SHIFT: u128 = 600;

fn taken(stage: &Stage) {
    part(stage, TakeState::Taken);
}

fn part(stage: &Stage, state: TakeState) {
    stage.put(Take {
        state,
        came: state == TakeState::Taken,
        ..crate::view::stage::take(SHIFT, FATHER, "李建国")
    });
}

#[test]
fn a_wish_for_a_shift_is_told_from_a_wish_to_give_it_back() {
    let stage = Stage::family();
    stage.shift(SHIFT, "护学岗", ["11-24T07:30", "11-24T08:10"], 0);
    stage.shift(SHIFT + 10, "陪餐", ["11-24T08:00", "11-24T09:00"], 0);
    stage.wish(Act::TakeShift { shift: id(SHIFT), on_behalf_of: None });
    let lines = stage.read(list).shifts;
    assert!(!lines[0].mine && lines[0].pending == Some(ItemState::Saved));
    assert_eq!(lines[0].clash, None, "a shift is no clash with itself");
    assert_eq!(lines[1].clash.as_deref(), Some("护学岗"));

    let stage = Stage::family();
    stage.shift(SHIFT, "护学岗", ["11-24T07:30", "11-24T08:10"], 1);
    taken(&stage);
    stage.wish(Act::DropShift { shift: id(SHIFT), on_behalf_of: None });
    let line = &stage.read(list).shifts[0];
    assert!(line.mine && line.pending == Some(ItemState::Saved), "still one's own until the school has it");
}

#[test]
fn a_question_is_nobodys_time_asked_or_being_taken_back() {
    let stage = Stage::family();
    stage.shift(SHIFT, "讲解员", ["11-24T07:30", "11-24T08:10"], 0);
    stage.asks(SHIFT);
    stage.shift(SHIFT + 10, "陪餐", ["11-24T08:00", "11-24T09:00"], 0);
    stage.wish(Act::TakeShift { shift: id(SHIFT), on_behalf_of: None });
    let shown = stage.read(list).shifts;
    assert!(!shown[0].mine && shown[0].own == Some(TakeState::Asked));
    assert_eq!(shown[1].clash, None, "who asks has no time taken by it");

    let stage = Stage::family();
    stage.shift(SHIFT, "讲解员", ["11-24T07:30", "11-24T08:10"], 0);
    stage.asks(SHIFT);
    part(&stage, TakeState::Asked);
    stage.wish(Act::DropShift { shift: id(SHIFT), on_behalf_of: None });
    let line = &stage.read(list).shifts[0];
    assert!(!line.mine && line.own != Some(TakeState::Taken), "{:?}", line.own);
    assert_eq!(line.pending, Some(ItemState::Saved));
}

#[test]
fn the_roster_says_who_comes_and_where_people_are_missing() {
    let stage = Stage::staff(RoleKind::Coordinator, "志愿服务协调员", SCHOOL);
    stage.shift(SHIFT, "护学岗", ["11-24T07:30", "11-24T08:10"], 1);
    stage.shift(SHIFT + 10, "陪餐", ["11-24T08:00", "11-24T09:00"], 2);
    stage.child(YUTONG, "李雨桐", "20240412", crate::view::stage::CLASS);
    stage.link(40, FATHER, "李建国", YUTONG, true);
    taken(&stage);
    let posts = stage.read(roster).posts;
    assert_eq!(posts.iter().map(|post| post.title.as_str()).collect::<Vec<_>>(), ["护学岗", "陪餐"]);
    let people = &posts[0].shifts[0].people;
    assert_eq!(
        (people[0].name.as_str(), people[0].of.as_slice()),
        ("李建国", ["李雨桐".to_owned()].as_slice())
    );
    let missing = stage.read(coordinator::today).missing;
    assert_eq!(
        missing.iter().map(|one| (one.title.as_str(), one.taken)).collect::<Vec<_>>(),
        [("护学岗", 1)]
    );
}

#[test]
fn the_outbox_says_what_each_item_is_about() {
    let stage = Stage::family();
    stage.shift(SHIFT, "护学岗", ["11-24T07:30", "11-24T08:10"], 0);
    stage.notice(100, SCHOOL, "秋游", None);
    stage.wish(Act::TakeShift { shift: id(SHIFT), on_behalf_of: None });
    stage.wish(Act::Answer(Answering::new(id(100), id(YUTONG), Reply::Acknowledge)));
    let items = stage.read(outbox::list).items;
    let said: Vec<_> =
        items.iter().map(|item| (item.about.act.as_str(), item.about.title.as_str())).collect();
    assert_eq!(said, [("take-shift", "护学岗"), ("answer", "秋游")]);
    assert_eq!(items[1].about.children, ["李雨桐"]);
}

#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method is not general enough over the reading"
)]
fn own(stage: &Stage) -> usize {
    stage.read(|reading| reading.own_shifts()).len()
}

fn asked(stage: &Stage, state: TakeState) {
    let offer = TakeOffer {
        source: OfferFrom::Desk,
        by: Some(id(99)),
        by_name: "周敏".into(),
        words: "周二早上缺人".into(),
        at: at("11-21T09:00").timestamp(),
        until: at("11-23T18:00").timestamp(),
        past: false,
    };
    stage.put(Take {
        state,
        came: false,
        offer: Some(offer),
        ..crate::view::stage::take(SHIFT, FATHER, "李建国")
    });
}

#[test]
fn who_is_asked_to_come_reads_by_whom_and_until_when_and_a_word_is_enough() {
    let stage = Stage::family();
    stage.shift(SHIFT, "护学岗", ["11-24T07:30", "11-24T08:10"], 0);
    asked(&stage, TakeState::Offered);
    let line = &stage.read(list).shifts[0];
    let offer = line.offer.as_ref().unwrap();
    assert_eq!((offer.by.as_str(), offer.words.as_str()), ("周敏", "周二早上缺人"));
    assert_eq!((line.own, line.mine, &line.why_not), (Some(TakeState::Offered), false, &None));
    let duties = stage.read(duties_of);
    let DutyKind::Come { title, .. } = &duties[0].what else { panic!("{duties:?}") };
    assert_eq!((title.as_str(), duties[0].due.as_ref()), ("护学岗", Some(&at("11-23T18:00"))));
    assert_eq!(own(&stage), 0, "nothing in the calendar before one said yes");

    let says = |agrees| {
        let (shift, reason, on_behalf_of) = (id(SHIFT), String::new(), None);
        Act::Volunteer(VolunteerAct::AnswerOffer { shift, agrees, reason, on_behalf_of })
    };
    stage.wish(says(true));
    assert!(stage.read(duties_of).is_empty(), "what one said waits, and is no duty any more");
    let line = &stage.read(list).shifts[0];
    assert_eq!((line.own, &line.pending), (Some(TakeState::Offered), &Some(ItemState::Saved)));
    assert_eq!(own(&stage), 1);

    let stage = Stage::family();
    stage.shift(SHIFT, "护学岗", ["11-24T07:30", "11-24T08:10"], 0);
    asked(&stage, TakeState::Offered);
    stage.wish(says(false));
    let line = &stage.read(list).shifts[0];
    assert_eq!((line.own, &line.pending), (Some(TakeState::SaidNo), &Some(ItemState::Saved)));
}

fn duties_of(reading: &Reading<'_>) -> Result<Vec<Duty>, Fault> {
    duties(reading)
}

#[test]
fn the_desk_sees_who_is_asked_whether_they_fit_and_whom_it_could_ask() {
    let stage = Stage::staff(RoleKind::Coordinator, "志愿服务协调员", SCHOOL);
    stage.shift(SHIFT, "护学岗", ["11-24T07:30", "11-24T08:10"], 0);
    stage.shift(SHIFT + 10, "陪餐", ["11-24T08:00", "11-24T09:00"], 0);
    stage.child(YUTONG, "李雨桐", "20240412", crate::view::stage::CLASS);
    stage.link(40, FATHER, "李建国", YUTONG, true);
    asked(&stage, TakeState::Offered);
    let posts = stage.read(roster).posts;
    let shift = &posts[0].shifts[0];
    assert!(shift.people.is_empty());
    assert_eq!(shift.offered[0].offer.as_ref().map(|offer| offer.by.as_str()), Some("周敏"));

    let called = |text: &'static str| stage.read(move |reading| board::people(reading, text)).people.len();
    assert_eq!((called(""), called("ljg"), called("雨桐"), called("王")), (1, 1, 1, 0));
    let ask = Fits { person: id(FATHER), shifts: vec![id(SHIFT), id(SHIFT + 10)] };
    let fits = stage.read(|reading| board::fits(reading, &ask)).fits;
    assert_eq!((fits[0].part, &fits[0].why_not), (Some(TakeState::Offered), &None));
    assert!(fits[1].reasons.contains(&ProposalReason::AskedLately { times: 1 }), "{:?}", fits[1].reasons);

    // Who comes at that hour fits no other shift of it, and is not proposed.
    let ask = Propose { shifts: vec![id(SHIFT), id(SHIFT + 10)] };
    let proposed = stage.read(|reading| board::proposal(reading, &ask)).shifts;
    let whom = |at: usize| proposed[at].people.iter().map(|one| one.name.as_str()).collect::<Vec<_>>();
    assert_eq!((proposed[0].missing, whom(0), whom(1)), (1, vec![], vec!["李建国"]));
    taken(&stage);
    let fits = Fits { person: id(FATHER), shifts: vec![id(SHIFT + 10)] };
    let fits = stage.read(|reading| board::fits(reading, &fits)).fits;
    assert!(matches!(fits[0].why_not, Some(Refusal::ShiftClash { .. })));
    let proposed = stage.read(|reading| board::proposal(reading, &ask)).shifts;
    assert!(proposed.iter().all(|one| one.people.is_empty()));
}

#[test]
fn who_never_came_is_proposed_where_they_said_so_and_staff_for_posts_of_staff_alone() {
    let stage = Stage::staff(RoleKind::Coordinator, "志愿服务协调员", SCHOOL);
    stage.shift(SHIFT, "护学岗", ["11-24T07:30", "11-24T08:10"], 0);
    stage.child(YUTONG, "李雨桐", "20240412", crate::view::stage::CLASS);
    stage.link(40, FATHER, "李建国", YUTONG, true);
    let ask = Propose { shifts: vec![id(SHIFT)] };
    let whom = || {
        let shifts = stage.read(|reading| board::proposal(reading, &ask)).shifts;
        shifts[0].people.iter().map(|one| one.name.clone()).collect::<Vec<_>>()
    };
    assert!(whom().is_empty(), "nobody of whom nothing is known is asked");
    let called = |text: &'static str| stage.read(move |reading| board::people(reading, text)).people.len();
    assert_eq!((called(""), called("hj")), (0, 0));
    stage.put(ClassReady {
        id: ClassReady::of(id(crate::view::stage::CLASS), id(FATHER)),
        class: id(crate::view::stage::CLASS),
        person: id(FATHER),
        family: FamilyName { child: "李雨桐".into(), relation: Relation::Father },
        entered: false,
        until: jiff::civil::date(2027, 7, 10),
        at: at("11-20T09:00").timestamp(),
        ended: false,
    });
    assert_eq!((whom(), called("")), (vec!["李建国".to_owned()], 1));

    let role: Option<Role> = stage.read(|reading| {
        let roles: Vec<Role> = reading.snapshot.list(List::All(Kind::Role))?;
        Ok(roles.into_iter().next())
    });
    let (teacher, name) = (id(78), "何静".to_owned());
    let kind = RoleKind::ClassTeacher;
    stage.put(Role { id: id(77), person: teacher, person_name: name, kind, ..role.unwrap() });
    assert_eq!((whom(), called(""), called("hj")), (vec!["李建国".to_owned()], 1, 1));
    let post: Option<Post> = stage.read(|reading| reading.snapshot.get(id(SHIFT + 1)));
    let mut post = post.unwrap();
    post.terms.population = Population::Staff;
    stage.put(post);
    assert!(whom().contains(&"何静".to_owned()) && !whom().contains(&"李建国".to_owned()));
}

#[test]
fn the_board_looks_at_so_many_shifts_at_once_and_at_no_more() {
    let stage = Stage::staff(RoleKind::Coordinator, "志愿服务协调员", SCHOOL);
    stage.shift(SHIFT, "护学岗", ["11-24T07:30", "11-24T08:10"], 0);
    stage.child(YUTONG, "李雨桐", "20240412", crate::view::stage::CLASS);
    stage.link(40, FATHER, "李建国", YUTONG, true);
    let after = |others: usize| {
        let unknown = (0..others).map(|n| id(10_000 + n as u128));
        unknown.chain([id(SHIFT)]).collect::<Vec<_>>()
    };
    for (others, found) in [(399, 1), (400, 0)] {
        let ask = Fits { person: id(FATHER), shifts: after(others) };
        assert_eq!(stage.read(|reading| board::fits(reading, &ask)).fits.len(), found);
        let ask = Propose { shifts: after(others) };
        assert_eq!(stage.read(|reading| board::proposal(reading, &ask)).shifts.len(), found);
    }
}
