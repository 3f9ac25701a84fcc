//! 出行: slips, who goes along, buses, and the roll-call at each stop.

use xinmei_model::{
    Act, AnsweredBy, Answering, Ask, Audience, Booking, Bus, BusMove, Child, Event, Feed, Id, List, Notice,
    NoticeDraft, Person, Power, Refusal, Relation, Reply, Right, SeatRule, Session, SlipState, Target, Trip,
    TripChild, TripEnding, TripMark, TripMarking, TripPlan, TripWhere,
};

use crate::world::{World, people::*, plans::*};

mod buses;
mod called;
mod ended;
mod moved;
mod slips;

/// A museum trip, two classes, three children of two families.
struct Scene {
    world: World,
    desk: Staff,
    teacher: Staff,
    next_door: Staff,
    event: Id<Event>,
    session: Id<Session>,
    child: Id<Child>,
    sibling: Id<Child>,
    mother: Id<Person>,
    father: Id<Person>,
    other: Id<Child>,
    aunt: Id<Person>,
}

fn plan() -> TripPlan {
    let bus = |name: &str, seats| Bus { name: name.into(), seats };
    TripPlan {
        from: "东门".into(),
        to: "重庆科技馆".into(),
        meeting_point: "东门内侧".into(),
        children_per_adult: 10,
        buses: vec![bus("1 号车", 2), bus("2 号车", 45)],
        slip: true,
        stops: ["出发前", "到馆", "返校"].map(Into::into).into(),
    }
}

fn scene() -> Scene {
    let mut world = World::school();
    let (class, next) = (world.class(2024, 2), world.class(2024, 3));
    let (teacher, next_door) = (world.teacher("张晓梅", class), world.teacher("何军", next));
    let campus = world.campus;
    let desk = world.coordinator(campus);
    let (child, sibling, other) =
        (world.child("李雨桐", class), world.child("李雨泽", next), world.child("王梓轩", next));
    let mother =
        world.guardian("王芳").of(child, Relation::Mother, PARENT).of(sibling, Relation::Mother, PARENT).id();
    let father = world.guardian("李强").of(child, Relation::Father, PARENT).id();
    let aunt = world.guardian("王敏").of(other, Relation::Mother, PARENT).id();
    let (event, sessions) = world.event_with(desk, &[40], |draft| draft.seat_rule = SeatRule::Everyone);
    let session = sessions[0];
    Scene { world, desk, teacher, next_door, event, session, child, sibling, mother, father, other, aunt }
}

impl Scene {
    fn plans(&mut self, plan: TripPlan) {
        self.world.does(self.desk.actor(), &Act::PlanTrip { event: self.event, plan });
    }

    fn trip(&self) -> Trip {
        self.world.get(self.event).trip.unwrap()
    }

    fn line(&self, child: Id<Child>) -> Option<TripChild> {
        self.world.find(TripChild::of(self.session, child)).filter(|line| !line.gone)
    }

    fn books(&mut self) -> [Id<Booking>; 2] {
        let (mother, aunt, session) = (self.mother, self.aunt, self.session);
        [
            self.world.signs_up(mother, session, &[self.child, self.sibling], 1),
            self.world.signs_up(aunt, session, &[self.other], 0),
        ]
    }

    fn slip(&mut self, answered_by: AnsweredBy) -> Id<Notice> {
        let audience = Audience { include: vec![Target::Event(self.event)], except: vec![] };
        let draft = self.world.notice_draft(audience);
        let notice = NoticeDraft { ask: Ask::Sign, answered_by, ..draft };
        let id = notice.id;
        self.world.does(self.desk.actor(), &Act::SendNotice { notice });
        self.world.release();
        id
    }

    fn signs(&mut self, who: Id<Person>, notice: Id<Notice>, child: Id<Child>, agrees: bool, replaces: u32) {
        let sha256 = self.world.get(notice).text_sha256();
        let wish = Answering { replaces, ..Answering::new(notice, child, Reply::Sign { agrees, sha256 }) };
        self.world.does(guardian(who), &Act::Answer(wish));
    }

    fn state(&self, child: Id<Child>) -> Option<SlipState> {
        self.line(child).and_then(|line| line.said(&self.trip()).map(|said| said.state))
    }

    fn marking(&self, stop: u32, child: Id<Child>, here: bool, replaces: u32) -> Act {
        let (session, note, at) = (self.session, String::new(), self.world.now);
        Act::MarkTrip(TripMarking { session, stop, child, here, note, replaces, at })
    }

    fn mark(&self, stop: u32, child: Id<Child>) -> TripMark {
        self.world.get(TripMark::of(self.session, stop, child))
    }

    /// An hour before it begins.
    fn morning(&mut self) {
        self.world.now = at("2026-10-13T08:00").timestamp();
    }
}

#[test]
fn a_trip_is_planned_by_its_desk_and_takes_along_who_has_booked() {
    let mut s = scene();
    let [family, _] = s.books();
    let wish = Act::PlanTrip { event: s.event, plan: plan() };
    let no = Refusal::NoPower { power: Power::ManageEvents };
    assert_eq!(s.world.refuses(s.teacher.actor(), &wish), no);
    s.plans(plan());
    assert_eq!(s.world.list::<TripChild>(List::TripChildrenOf(s.session)).len(), 3);
    let line = s.line(s.child).unwrap();
    assert_eq!((line.booking, line.adults, line.child_name.as_str()), (family, 1, "李雨桐"));
    // A row of a trip names one child, and is for those who look after it.
    let class = line.class.unwrap();
    assert_eq!(
        s.world.feeds(line.id),
        [Feed::Desk(s.event.uuid()), Feed::CheckIn(s.event), Feed::Class(class)].into()
    );
    assert!(s.world.sees(s.teacher.person, line.id) && !s.world.sees(s.next_door.person, line.id));
    assert!(!s.world.sees(s.mother, line.id));

    // Bookings that come, change and go are followed.
    s.world.does(guardian(s.mother), &withdraw(family));
    assert!(s.line(s.child).is_none() && s.line(s.other).is_some());
    let again = s.world.signs_up(s.mother, s.session, &[s.child], 2);
    let line = s.line(s.child).unwrap();
    assert_eq!((line.booking, line.adults), (again, 2));

    for (field, change) in [
        ("from", (|plan| plan.from.clear()) as fn(&mut TripPlan)),
        ("children_per_adult", |plan| plan.children_per_adult = 0),
        ("buses.seats", |plan| plan.buses[0].seats = 0),
        ("buses.name", |plan| plan.buses[1].name = " 1 号车".into()),
        ("stops", |plan| plan.stops = vec![]),
        ("stops", |plan| plan.stops[1] = "出发前".into()),
        ("stops", |plan| plan.stops.truncate(2)),
    ] {
        let mut plan = plan();
        change(&mut plan);
        let refused = s.world.refuses(s.desk.actor(), &Act::PlanTrip { event: s.event, plan });
        assert_eq!(refused, Refusal::Malformed { field: field.into() });
    }
    // What is planned outlives a change of the event.
    let before = s.trip();
    let mut event = s.world.event_draft(s.world.campus, &[40]);
    (event.id, event.seat_rule, event.sessions[0].id) = (s.event, SeatRule::Everyone, s.session);
    event.venue = "科技馆东门".into();
    s.world.does(s.desk.actor(), &Act::change_event(event, 0));
    assert_eq!(s.trip(), before);
}

#[test]
fn a_slip_is_a_notice_to_the_trip_that_asks_to_sign() {
    let mut s = scene();
    s.plans(plan());
    let [_, other] = s.books();
    assert!(s.trip().slips.is_empty() && s.state(s.child).is_none());
    let slip = s.slip(AnsweredBy::AnyGuardian);
    assert_eq!(s.trip().slips.iter().map(|sent| sent.notice).collect::<Vec<_>>(), [slip]);
    s.signs(s.mother, slip, s.child, true, 0);
    s.signs(s.mother, slip, s.sibling, false, 0);
    assert_eq!(s.state(s.child), Some(SlipState::Signed));
    assert_eq!(s.state(s.sibling), Some(SlipState::Refused));
    assert_eq!(s.state(s.other), None);
    assert!(!s.line(s.other).unwrap().came_late(&s.trip()));
    s.signs(s.mother, slip, s.sibling, true, 1);
    assert_eq!(s.state(s.sibling), Some(SlipState::Signed));

    // Who gives back and comes again was not asked since, and says so.
    s.world.does(guardian(s.aunt), &withdraw(other));
    s.world.pass_minutes(1);
    s.world.signs_up(s.aunt, s.session, &[s.other], 0);
    assert!(s.line(s.other).unwrap().came_late(&s.trip()));
    // Asked alone, with those left out who have it.
    let except = [s.child, s.sibling].map(Target::Child).into();
    let audience = Audience { include: vec![Target::Event(s.event)], except };
    let draft = s.world.notice_draft(audience);
    let (late, notice) = (draft.id, NoticeDraft { ask: Ask::Sign, ..draft });
    s.world.does(s.desk.actor(), &Act::SendNotice { notice });
    s.world.release();
    assert!(!s.line(s.other).unwrap().came_late(&s.trip()));
    s.signs(s.aunt, late, s.other, true, 0);
    assert_eq!([s.child, s.sibling, s.other].map(|child| s.state(child)), [Some(SlipState::Signed); 3]);

    // What was taken back was signed for nothing.
    s.world.does(s.desk.actor(), &recall(slip));
    assert_eq!([s.child, s.other].map(|child| s.state(child)), [None, Some(SlipState::Signed)]);
}

#[test]
fn where_each_guardian_signs_one_is_half_and_one_no_is_no() {
    let mut s = scene();
    s.plans(plan());
    s.books();
    let slip = s.slip(AnsweredBy::EachGuardian);
    s.signs(s.mother, slip, s.child, true, 0);
    assert_eq!(s.state(s.child), Some(SlipState::Half));
    s.signs(s.father, slip, s.child, false, 0);
    assert_eq!(s.state(s.child), Some(SlipState::Refused));
    assert_eq!(s.line(s.child).unwrap().slip.unwrap().by_name, "李强");
    s.signs(s.father, slip, s.child, true, 1);
    assert_eq!(s.state(s.child), Some(SlipState::Signed));
}

#[test]
fn a_child_is_put_on_a_bus_that_has_a_seat() {
    let mut s = scene();
    s.plans(plan());
    s.books();
    let put = |s: &Scene, child, bus| Act::MoveBus(BusMove { session: s.session, child, bus });
    assert_eq!(
        s.world.refuses(s.next_door.actor(), &put(&s, s.other, Some(0))),
        Refusal::NoPower { power: Power::ManageEvents }
    );
    s.world.does(s.desk.actor(), &put(&s, s.child, Some(0)));
    s.world.does(s.desk.actor(), &put(&s, s.sibling, Some(0)));
    let full = Refusal::TooMany { field: "bus".into(), limit: 2 };
    assert_eq!(s.world.refuses(s.desk.actor(), &put(&s, s.other, Some(0))), full);
    assert_eq!(
        s.world.refuses(s.desk.actor(), &put(&s, s.other, Some(2))),
        Refusal::Malformed { field: "bus".into() }
    );
    s.world.does(s.desk.actor(), &put(&s, s.sibling, None));
    s.world.does(s.desk.actor(), &put(&s, s.other, Some(0)));
    assert_eq!(s.line(s.other).unwrap().bus, Some(0));
}

#[test]
fn the_roll_is_called_by_who_goes_along_and_a_family_hears_how_far_its_child_is() {
    let mut s = scene();
    s.plans(plan());
    s.books();
    let early = s.world.refuses(s.desk.actor(), &s.marking(0, s.child, true, 0));
    assert!(matches!(early, Refusal::NotOpenYet { .. }), "{early:?}");
    s.morning();
    let no = Refusal::NoPower { power: Power::ManageEvents };
    assert_eq!(s.world.refuses(guardian(s.mother), &s.marking(0, s.child, true, 0)), no);
    assert_eq!(
        s.world.refuses(s.desk.actor(), &s.marking(3, s.child, true, 0)),
        Refusal::Malformed { field: "stop".into() }
    );
    // The class teacher calls the class; who was asked to calls everybody.
    s.world.does(s.teacher.actor(), &s.marking(0, s.child, true, 0));
    s.world.does(s.teacher.actor(), &s.marking(0, s.child, true, 1));
    assert_eq!(s.world.refuses(s.next_door.actor(), &s.marking(1, s.child, true, 0)), no);
    let role = s.next_door.role;
    let appoint = xinmei_model::Appointing { event: s.event, role, ends: false };
    s.world.does(s.desk.actor(), &Act::AppointSteward(appoint));
    s.world.does(s.next_door.actor(), &s.marking(2, s.child, false, 0));
    s.world.does(s.next_door.actor(), &s.marking(0, s.other, false, 0));
    assert!(!s.mark(0, s.other).said.here && !s.mark(2, s.child).said.here);

    let place = |s: &Scene, child| s.world.find(TripWhere::of(s.session, child)).map(|row| row.stop);
    assert_eq!((place(&s, s.child), place(&s, s.other)), (Some(Some(0)), None));
    s.world.does(s.desk.actor(), &s.marking(1, s.child, true, 0));
    assert_eq!(place(&s, s.child), Some(Some(1)));
    // A slip of the finger is taken back, and the family reads what holds.
    s.world.does(s.desk.actor(), &s.marking(1, s.child, false, 1));
    assert_eq!(place(&s, s.child), Some(Some(0)));
    let row = TripWhere::of(s.session, s.child);
    assert_eq!(s.world.feeds(row), [Feed::ChildRight(s.child, Right::Messages)].into());
    assert!(s.world.sees(s.mother, row) && !s.world.sees(s.aunt, row));
    assert!(!s.world.sees(s.mother, s.mark(0, s.child).id), "who said it, and why, is staff's");
    assert_eq!(s.mark(1, s.child).earlier.len(), 1);
}

#[test]
fn of_two_phones_that_did_not_know_of_each_other_not_here_stands() {
    for order in [[true, false], [false, true]] {
        let mut s = scene();
        s.plans(plan());
        let appoint = xinmei_model::Appointing { event: s.event, role: s.next_door.role, ends: false };
        s.world.does(s.desk.actor(), &Act::AppointSteward(appoint));
        s.books();
        s.morning();
        for here in order {
            let actor = if here { s.desk } else { s.teacher }.actor();
            s.world.does(actor, &s.marking(1, s.child, here, 0));
        }
        let mark = s.mark(1, s.child);
        assert!(!mark.said.here && mark.said.by_name == "张晓梅");
        assert!(mark.against.as_ref().is_some_and(|other| other.here), "both are shown");
        // A third that says the same as what stands changes nothing; who has read both settles it.
        assert!(s.world.does(s.next_door.actor(), &s.marking(1, s.child, false, 0)).is_empty());
        s.world.does(s.desk.actor(), &s.marking(1, s.child, true, mark.version));
        let mark = s.mark(1, s.child);
        assert!(mark.said.here && mark.against.is_none());
        assert_eq!(mark.earlier.len(), 2);
        // Who was not seen to agree is shown as well.
        s.world.does(s.teacher.actor(), &s.marking(1, s.child, false, 1));
        assert!(s.mark(1, s.child).against.is_some());
    }
}

#[test]
fn acts_of_partners_and_trips_keep_their_json() {
    let id = |n: u128| uuid::Uuid::from_u128(n);
    let json = |act: &Act| serde_json::to_string(act).unwrap();
    let text = |n: u8| format!("00000000-0000-0000-0000-0000000000{n:02x}");
    let (session, child) = (Id::new(id(1)), Id::new(id(2)));
    let marking = TripMarking {
        session,
        stop: 1,
        child,
        here: false,
        note: "奶奶接走了".into(),
        replaces: 1,
        at: at("2026-10-13T09:00").timestamp(),
    };
    let acts = [
        (
            Act::NamePartner { event: Id::new(id(1)), partner: Some(Id::new(id(2))) },
            format!(r#"{{"do":"name-partner","event":"{}","partner":"{}"}}"#, text(1), text(2)),
        ),
        (
            Act::DropPartner { partner: Id::new(id(1)) },
            format!(r#"{{"do":"drop-partner","partner":"{}"}}"#, text(1)),
        ),
        (
            Act::MoveBus(BusMove { session, child, bus: Some(1) }),
            format!(r#"{{"do":"move-bus","session":"{}","child":"{}","bus":1}}"#, text(1), text(2)),
        ),
        (
            Act::MarkTrip(marking),
            format!(
                r#"{{"do":"mark-trip","session":"{}","stop":1,"child":"{}","here":false,"note":"奶奶接走了","replaces":1,"at":"2026-10-13T01:00:00Z"}}"#,
                text(1),
                text(2)
            ),
        ),
        (
            Act::EndTrip(TripEnding { session, reason: "奶奶接走了".into(), goes_on: false }),
            format!(r#"{{"do":"end-trip","session":"{}","reason":"奶奶接走了"}}"#, text(1)),
        ),
        (
            Act::PlanTrip {
                event: Id::new(id(1)),
                plan: TripPlan { stops: vec!["出发前".into()], ..plan() },
            },
            format!(
                r#"{{"do":"plan-trip","event":"{}","plan":{{"from":"东门","to":"重庆科技馆","meeting_point":"东门内侧","children_per_adult":10,"buses":[{{"name":"1 号车","seats":2}},{{"name":"2 号车","seats":45}}],"slip":true,"stops":["出发前"]}}}}"#,
                text(1)
            ),
        ),
    ];
    for (act, expected) in acts {
        assert_eq!(json(&act), expected);
        assert_eq!(serde_json::from_str::<Act>(&expected).unwrap(), act);
    }
}
