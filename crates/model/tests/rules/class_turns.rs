//! 护学岗: classes in turn, their contact, who is asked and who comes. Every shift is voluntary, and what is kept is a floor.

mod laid;

use jiff::ToSpan;
use xinmei_model::{
    Act, ClassContact, ClassReady, ClassTurn, Feed, Id, List, OfferFrom, Person, Place, Population, Post,
    PostTerms, Power, Proxy, Refusal, Relation, Right, RoleKind, Shift, ShiftTurns, TakeState, TurnPart,
    VolunteerAct, Year, class_moved, put_year,
};

use crate::world::{World, people::*, plans::*};

struct Scene {
    world: World,
    desk: Staff,
    teacher: Staff,
    class: Id<Place>,
    other: Id<Place>,
    /// Three of the class, two of the other.
    people: Vec<Id<Person>>,
    post: Id<Post>,
    shift: Id<Shift>,
}

const STARTS: &str = "2026-10-13T07:30";
const OPENS: &str = "2026-10-12T12:00";

fn scene(needed: u32) -> Scene {
    let mut world = World::school();
    let year = Year::usual(world.fresh(), 2026, world.today()).unwrap();
    world.apply(vec![put_year(year)]);
    let desk = world.coordinator(world.campus);
    let (class, other) = (world.class(2024, 2), world.class(2024, 1));
    let teacher = world.teacher("张晓梅", class);
    let people = [("李雨桐", class), ("王一诺", class), ("陈子墨", class), ("赵一", other), ("钱二", other)];
    let people = people.map(|(name, class)| {
        let child = world.child(name, class);
        world.guardian(&format!("{name}的妈妈")).of(child, Relation::Mother, PARENT).id()
    });
    let (post, shifts) = world.post(desk, &[(STARTS, "2026-10-13T08:10", needed)]);
    Scene { world, desk, teacher, class, other, people: people.to_vec(), post, shift: shifts[0] }
}

impl Scene {
    fn turn(&self, class: Id<Place>, places: u32) -> ClassTurn {
        ClassTurn { class, places, until: at(OPENS) }
    }

    fn set(&self, turns: Vec<ClassTurn>) -> Act {
        let turns = vec![ShiftTurns { shift: self.shift, turns }];
        Act::Volunteer(VolunteerAct::SetTurns { post: self.post, turns })
    }

    fn keep(&mut self, places: u32) {
        let act = self.set(vec![self.turn(self.class, places)]);
        self.world.does(self.desk.actor(), &act);
    }

    fn parent(&self, who: usize) -> xinmei_model::Actor {
        guardian(self.people[who])
    }

    fn appoint(&mut self, who: usize) {
        let act = appoint(self.class, self.people[who]);
        self.world.does(self.teacher.actor(), &act);
    }

    fn ready(&mut self, who: usize) {
        let act = ready(self.class, true);
        self.world.does(self.parent(who), &act);
    }

    fn ask(&self, who: usize) -> Act {
        ask(self.shift, self.class, self.people[who])
    }

    fn part(&self, who: usize) -> Option<TurnPart> {
        let parts: Vec<TurnPart> = self.world.list(List::TurnPartsOf(self.shift));
        parts.into_iter().find(|part| part.person == self.people[who])
    }

    fn state(&self, who: usize) -> Option<TakeState> {
        let takes: Vec<xinmei_model::Take> = self.world.list(List::TakesOf(self.shift));
        takes.into_iter().find(|take| take.person == self.people[who]).map(|take| take.state)
    }
}

fn appoint(class: Id<Place>, person: Id<Person>) -> Act {
    Act::Volunteer(VolunteerAct::AppointContact { class, person })
}

fn ready(class: Id<Place>, ready: bool) -> Act {
    Act::Volunteer(VolunteerAct::SayReady { class, ready, on_behalf_of: None })
}

fn ask(shift: Id<Shift>, class: Id<Place>, person: Id<Person>) -> Act {
    Act::Volunteer(VolunteerAct::AskFamily {
        shift, class, person, words: "明早东门".into(), until: None
    })
}

fn answer(shift: Id<Shift>, agrees: bool) -> Act {
    let reason = String::new();
    Act::Volunteer(VolunteerAct::AnswerOffer { shift, agrees, reason, on_behalf_of: None })
}

fn malformed(field: &str) -> Refusal {
    Refusal::Malformed { field: field.into() }
}

fn not_found(what: &str) -> Refusal {
    Refusal::NotFound { what: what.into() }
}

#[test]
fn what_is_kept_for_a_class_is_taken_by_its_families_and_opens_by_the_clock() {
    let mut scene = scene(2);
    scene.keep(2);
    let opens = Refusal::NotOpenYet { opens: at(OPENS) };
    assert_eq!(scene.world.refuses(scene.parent(3), &take(scene.shift)), opens);
    scene.world.does(scene.parent(0), &take(scene.shift));
    assert_eq!(scene.part(0).unwrap().family.child, "李雨桐");
    assert_eq!(scene.world.refuses(scene.parent(3), &take(scene.shift)), opens);
    // Given back it is the class's again.
    scene.world.does(scene.parent(0), &drop_shift(scene.shift));
    assert_eq!(scene.part(0).unwrap().state, TakeState::Dropped);
    scene.world.does(scene.parent(0), &take(scene.shift));

    scene.world.now = at(OPENS).timestamp();
    scene.world.fire_due();
    let fill = xinmei_model::Fill::of(&scene.world.allotment(scene.shift.uuid()));
    assert!(fill.kept.is_empty() && fill.open_seats() == 1, "{fill:?}");
    scene.world.does(scene.parent(3), &take(scene.shift));
    assert_eq!(scene.part(3), None, "who is of another class is not the class's to see");
    assert_eq!(scene.world.refuses(scene.parent(1), &take(scene.shift)), Refusal::ShiftFull);
}

#[test]
fn what_opens_is_judged_by_the_clock_and_not_by_whether_a_timer_ran() {
    let mut scene = scene(1);
    scene.keep(1);
    scene.world.now = at(OPENS).timestamp();
    scene.world.does(scene.parent(3), &take(scene.shift));
    assert_eq!(scene.state(3), Some(TakeState::Taken));
}

#[test]
fn a_floor_is_no_wall_and_more_of_the_class_may_come_where_there_is_room() {
    let mut scene = scene(3);
    scene.keep(1);
    for who in 0..2 {
        scene.world.does(scene.parent(who), &take(scene.shift));
    }
    scene.world.does(scene.parent(3), &take(scene.shift));
    assert_eq!(scene.world.allotment(scene.shift.uuid()).used, 3);
}

#[test]
fn a_contact_asks_who_is_ready_and_the_last_yes_releases_the_others() {
    let mut scene = scene(3);
    scene.keep(1);
    let contact = scene.parent(2);
    assert_eq!(scene.world.refuses(contact, &scene.ask(0)), not_found("class-contact"));
    scene.appoint(2);
    assert_eq!(scene.world.refuses(contact, &scene.ask(0)), not_found("class-ready"));
    scene.ready(0);
    scene.ready(1);
    for who in 0..2 {
        let act = scene.ask(who);
        scene.world.does(contact, &act);
    }
    let take: xinmei_model::Take = scene.world.list(List::TakesBy(scene.people[0])).remove(0);
    let offer = take.offer.unwrap();
    assert_eq!(
        (offer.source, offer.by_name.as_str()),
        (OfferFrom::Class { class: scene.class }, "陈子墨的妈妈")
    );
    assert_eq!(offer.until, at(OPENS).timestamp());
    assert_eq!(scene.world.refuses(contact, &scene.ask(0)), Refusal::ShiftAlready);
    assert_eq!(scene.world.allotment(scene.shift.uuid()).used, 0, "what is offered holds no place");

    scene.world.does(scene.parent(0), &answer(scene.shift, true));
    assert_eq!((scene.state(0), scene.state(1)), (Some(TakeState::Taken), Some(TakeState::Released)));
    assert_eq!(scene.part(1).unwrap().state, TakeState::Released);
    // The class has its place; whoever it asks now has one of those that are for everybody.
    let again = scene.ask(1);
    scene.world.does(contact, &again);
    let back = VolunteerAct::ReleaseOffer { shift: scene.shift, person: scene.people[1] };
    assert_eq!(
        scene.world.refuses(scene.parent(3), &Act::Volunteer(back.clone())),
        Refusal::NoPower { power: Power::ManageShifts }
    );
    scene.world.does(contact, &Act::Volunteer(back));
    assert_eq!(scene.state(1), Some(TakeState::Released));
}

#[test]
fn a_contact_does_not_touch_what_the_desk_asked() {
    let mut scene = scene(3);
    scene.keep(1);
    scene.appoint(2);
    let people = vec![scene.people[0]];
    let act = VolunteerAct::OfferShift { shift: scene.shift, people, words: String::new(), until: None };
    scene.world.does(scene.desk.actor(), &Act::Volunteer(act));
    let back = Act::Volunteer(VolunteerAct::ReleaseOffer { shift: scene.shift, person: scene.people[0] });
    let no_power = Refusal::NoPower { power: Power::ManageShifts };
    assert_eq!(scene.world.refuses(scene.parent(2), &back), no_power);
    scene.world.does(scene.desk.actor(), &back);
}

#[test]
fn a_contact_sees_names_of_children_and_no_class_list() {
    let mut scene = scene(2);
    scene.keep(2);
    scene.appoint(2);
    scene.ready(0);
    scene.world.does(scene.parent(0), &take(scene.shift));
    let (contact, class) = (scene.people[2], scene.class);
    let feeds = scene.world.feeds_of(contact);
    assert!(feeds.contains(&Feed::Turns(class)) && !feeds.contains(&Feed::Class(class)));
    assert!(!feeds.contains(&Feed::Desk(scene.post.uuid())));
    let part = scene.part(0).unwrap();
    assert_eq!(scene.world.feeds(part.id), [Feed::Turns(class)].into());
    assert!(!scene.world.sees(scene.people[1], part.id), "other families read numbers only");
    assert!(!scene.world.sees(scene.people[1], ClassReady::of(class, scene.people[0])));
    assert!(scene.world.sees(scene.people[1], ClassContact::of(class, contact)), "they read who it is");
    assert!(!scene.world.sees(scene.people[3], ClassContact::of(class, contact)));
    assert!(scene.world.sees(scene.teacher.person, part.id) && scene.world.sees(scene.desk.person, part.id));
}

#[test]
fn who_names_a_contact_and_how_it_ends() {
    let mut scene = scene(1);
    scene.keep(1);
    let (class, other) = (scene.class, scene.other);
    let act_power = Refusal::NoPower { power: Power::ActForFamilies };
    let stranger = scene.world.teacher("别班班主任", other);
    assert_eq!(scene.world.refuses(stranger.actor(), &appoint(class, scene.people[0])), act_power);
    assert_eq!(scene.world.refuses(scene.parent(0), &appoint(class, scene.people[0])), act_power);
    let subject = scene.world.staff("数学", RoleKind::SubjectTeacher, class);
    assert_eq!(scene.world.refuses(subject.actor(), &appoint(class, scene.people[0])), act_power);
    let of_other = appoint(class, scene.people[3]);
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &of_other), not_found("person"));
    let grade = scene.world.grade_of(class);
    let of_grade = appoint(grade, scene.people[0]);
    assert_eq!(scene.world.refuses(scene.desk.actor(), &of_grade), malformed("class"));
    scene.appoint(0);
    let second = appoint(class, scene.people[1]);
    scene.world.does(scene.desk.actor(), &second);
    let third = appoint(class, scene.people[2]);
    let limit = Refusal::TooMany { field: "contacts".into(), limit: 2 };
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &third), limit);
    // Whoever is it may stop at any time.
    let end = |who: usize| Act::Volunteer(VolunteerAct::EndContact { class, person: scene.people[who] });
    let (own, theirs) = (end(0), end(1));
    assert_eq!(scene.world.refuses(scene.parent(0), &theirs), act_power);
    scene.world.does(scene.parent(0), &own);
    assert!(!scene.world.feeds_of(scene.people[0]).contains(&Feed::Turns(class)));
    scene.world.does(scene.teacher.actor(), &third);
    scene.ready(0);

    // With the school year it is over, as is what families said.
    let until = scene.world.get(ClassContact::of(class, scene.people[1])).until;
    let zone = at(STARTS).time_zone().clone();
    scene.world.now = (until + 1.day()).at(8, 0, 0, 0).to_zoned(zone).unwrap().timestamp();
    assert_eq!(scene.world.refuses(scene.parent(1), &scene.ask(0)), not_found("class-contact"));
    assert!(!scene.world.feeds_of(scene.people[1]).contains(&Feed::Turns(class)));
}

#[test]
fn a_contact_whose_last_child_leaves_the_class_is_none() {
    let mut scene = scene(1);
    scene.keep(1);
    scene.appoint(0);
    scene.ready(0);
    let child = scene.world.list::<xinmei_model::Child>(List::ChildrenIn(scene.class)).into_iter();
    let child = child.into_iter().find(|child| child.name == "李雨桐").unwrap().id;
    scene.world.transfer(child, scene.other);
    assert!(!scene.world.feeds_of(scene.people[0]).contains(&Feed::Turns(scene.class)));
    assert_eq!(scene.world.refuses(scene.parent(0), &scene.ask(1)), not_found("class-contact"));
    let moved = scene.world.get(child);
    let changes = scene.world.ask(|facts| class_moved(facts, &moved)).unwrap();
    scene.world.apply(changes);
    assert!(scene.world.get(ClassContact::of(scene.class, scene.people[0])).ended);
    assert!(scene.world.get(ClassReady::of(scene.class, scene.people[0])).ended);
    assert_eq!(scene.world.ask(|facts| class_moved(facts, &moved)), Ok(vec![]));
}

#[test]
fn a_teacher_enters_a_family_who_telephoned_in_the_turn_of_the_class_only() {
    let mut scene = scene(2);
    let phoned = |who: usize| Act::TakeShift {
        shift: scene.shift,
        on_behalf_of: Some(Proxy::new(scene.people[who], "妈妈来电")),
    };
    let (of_class, of_other) = (phoned(0), phoned(3));
    let no_power = Refusal::NoPower { power: Power::ManageShifts };
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &of_class), no_power);
    scene.keep(2);
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &of_other), no_power);
    scene.world.does(scene.teacher.actor(), &of_class);
    let part = scene.part(0).unwrap();
    assert!(part.entered && part.state == TakeState::Taken);
    // 代办 of readiness, and asking whom nobody had heard of yet.
    let on_behalf_of = Some(Proxy::new(scene.people[1], "妈妈来电"));
    let act = VolunteerAct::SayReady { class: scene.class, ready: true, on_behalf_of };
    scene.world.does(scene.teacher.actor(), &Act::Volunteer(act.clone()));
    assert_eq!(scene.world.refuses(scene.parent(2), &Act::Volunteer(act)), malformed("on_behalf_of"));
    let asked = scene.ask(2);
    scene.world.does(scene.teacher.actor(), &asked);
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &scene.ask(3)), not_found("person"));
}

#[test]
fn turns_make_sense_or_are_refused_and_laying_them_anew_keeps_who_comes() {
    let mut scene = scene(2);
    let desk = scene.desk.actor();
    let refused = |turns| scene.world.refuses(desk, &scene.set(turns));
    let one = scene.turn(scene.class, 1);
    assert_eq!(refused(vec![scene.turn(scene.class, 3)]), malformed("places"));
    assert_eq!(refused(vec![scene.turn(scene.class, 0)]), malformed("places"));
    assert_eq!(refused(vec![one.clone(), one.clone()]), malformed("turns"));
    let grade = scene.world.grade_of(scene.class);
    assert_eq!(refused(vec![scene.turn(grade, 1)]), malformed("class"));
    assert_eq!(refused(vec![ClassTurn { until: at("2026-10-13T07:31"), ..one.clone() }]), malformed("until"));
    assert_eq!(refused(vec![ClassTurn { until: at("2020-10-13T07:31"), ..one.clone() }]), malformed("until"));
    let no_power = Refusal::NoPower { power: Power::ManageShifts };
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &scene.set(vec![one])), no_power);
    scene.keep(2);
    scene.world.does(scene.parent(0), &take(scene.shift));
    scene.keep(1);
    assert_eq!(
        scene
            .world
            .allotment(scene.shift.uuid())
            .left_of(scene.world.get(scene.shift).hold_of_class(scene.class)),
        0
    );
    scene.ready(1);
    let asked = scene.ask(1);
    scene.world.does(scene.teacher.actor(), &asked);
    let other = scene.set(vec![scene.turn(scene.other, 1)]);
    scene.world.does(desk, &other);
    assert_eq!(scene.state(1), Some(TakeState::Released), "nobody is asked for a class whose turn it is not");
    assert_eq!(scene.state(0), Some(TakeState::Taken));
    assert_eq!(
        scene.world.refuses(scene.parent(1), &take(scene.shift)),
        Refusal::NotOpenYet { opens: at(OPENS) }
    );
    scene.world.does(scene.parent(0), &drop_shift(scene.shift));
    assert_eq!(scene.world.allotment(scene.shift.uuid()).used, 0);

    let staff = PostTerms { population: Population::Staff, ..PostTerms::default() };
    scene.world.edit(scene.post, |post: &mut Post| post.terms = staff);
    assert_eq!(scene.world.refuses(desk, &scene.set(Vec::new())), malformed("turns"));
}

#[test]
fn a_shift_that_is_called_off_keeps_nothing() {
    let mut scene = scene(2);
    scene.keep(2);
    scene.world.does(scene.parent(0), &take(scene.shift));
    let off = VolunteerAct::CallOffShift { shift: scene.shift, reason: "停课".into() };
    scene.world.does(scene.desk.actor(), &Act::Volunteer(off));
    assert_eq!(scene.part(0).unwrap().state, TakeState::CalledOff);
    scene.world.now = at(OPENS).timestamp();
    scene.world.fire_due();
    let allotment = scene.world.allotment(scene.shift.uuid());
    assert!(allotment.used == 0 && allotment.holds.is_empty());
    assert_eq!(scene.world.refuses(scene.desk.actor(), &scene.set(Vec::new())), Refusal::ShiftOff);
}

#[test]
fn what_a_parent_says_of_a_class_that_is_not_theirs_is_refused() {
    let mut scene = scene(1);
    scene.keep(1);
    assert_eq!(scene.world.refuses(scene.parent(3), &ready(scene.class, true)), not_found("place"));
    assert_eq!(scene.world.refuses(scene.parent(3), &ready(scene.class, false)), not_found("class-ready"));
    scene.appoint(2);
    scene.ready(0);
    scene.world.does(scene.parent(0), &ready(scene.class, false));
    assert_eq!(scene.world.refuses(scene.parent(2), &scene.ask(0)), not_found("class-ready"));
}

#[test]
fn a_grandparent_without_messages_of_the_class_is_no_contact_feed() {
    let mut scene = scene(1);
    let child = scene.world.child("周小雨", scene.class);
    let person =
        scene.world.guardian("周奶奶").of(child, Relation::PaternalGrandmother, &[Right::PickUp]).id();
    scene.world.does(scene.teacher.actor(), &appoint(scene.class, person));
    assert!(!scene.world.feeds_of(person).contains(&Feed::Turns(scene.class)));
}
