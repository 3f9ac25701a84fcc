//! How a draw goes: families enter, the roll is closed, the desk enters the value, and the seats are what was drawn.

mod amiss;

use xinmei_model::{
    Act, Booking, BookingChange, BookingState, CalendarLanguage, Change, Child, DrawDraft, DrawFault,
    DrawResult, DrawRoll, DrawSecret, DrawnEntry, Event, EventDraft, Feed, Id, Person, Refusal, Relation,
    RollEntry, Secret, Session, SignUp, Stop, calendar_of, decide, verify,
};

use crate::world::{World, people::*, plans::*};

const VALUE: &str = "3902.81";

struct Scene {
    world: World,
    desk: Staff,
    event: Id<Event>,
    sessions: Vec<Id<Session>>,
}

/// A museum trip with two sessions of two seats, drawn tonight at eight; sign-up closes at six.
fn scene(change: impl FnOnce(&mut EventDraft)) -> Scene {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let (event, sessions) = world.event_with(desk, &[2, 2], |draft| {
        draft.draw = Some(plan());
        change(draft);
    });
    Scene { world, desk, event, sessions }
}

fn plan() -> DrawDraft {
    DrawDraft {
        secret: Secret::new([7; 32]),
        public_value: "2026-10-12 上证指数收盘价".into(),
        decimals: 2,
        known: at("2026-10-12T20:00"),
    }
}

impl World {
    /// Whose entry it is.
    fn entry(&self, drawn: DrawnEntry) -> Id<Booking> {
        let mut bookings = self.all::<Booking>().into_iter().map(|booking| booking.id);
        bookings.find(|id| RollEntry::of(*id) == drawn.entry).expect("an entry of a family")
    }
}

impl Scene {
    fn family(&mut self, name: &str) -> (Id<Person>, Id<Child>) {
        let class = self.world.class(2024, 2);
        let child = self.world.child(&format!("{name}的孩子"), class);
        (self.world.guardian(name).of(child, Relation::Mother, PARENT).id(), child)
    }

    /// A family of one child that comes with so many adults, to these sessions by preference.
    fn enters(&mut self, name: &str, adults: u32, wishes: &[usize]) -> (Id<Person>, Id<Booking>) {
        let (who, child) = self.family(name);
        (who, self.enters_again(who, child, adults, wishes))
    }

    fn enters_again(
        &mut self,
        who: Id<Person>,
        child: Id<Child>,
        adults: u32,
        wishes: &[usize],
    ) -> Id<Booking> {
        let wish = self.wish(child, adults, wishes);
        let booking = wish.booking;
        self.world.does(guardian(who), &Act::SignUp(wish));
        booking
    }

    fn wish(&mut self, child: Id<Child>, adults: u32, wishes: &[usize]) -> SignUp {
        let others = wishes[1..].iter().map(|wish| self.sessions[*wish]).collect();
        SignUp { others, ..self.world.wish(self.sessions[wishes[0]], &[child], adults) }
    }

    /// The plan of the event, without its draw.
    fn as_it_is(&mut self) -> EventDraft {
        let mut draft = self.world.event_draft(self.world.campus, &[2, 2]);
        draft.id = self.event;
        for (session, id) in draft.sessions.iter_mut().zip(&self.sessions) {
            session.id = *id;
            session.capacity = self.world.get(*id).capacity;
        }
        draft
    }

    fn closes(&mut self) {
        self.world.now = at("2026-10-12T18:00").timestamp();
        self.world.fire_due();
    }

    fn value_is_known(&mut self) {
        self.world.now = at("2026-10-12T20:00").timestamp();
    }

    fn draw(&self) -> Act {
        Act::Draw { event: self.event, value: VALUE.into() }
    }

    fn is_drawn(&mut self) -> Vec<Change> {
        self.closes();
        self.value_is_known();
        self.world.does(self.desk.actor(), &self.draw())
    }

    fn roll(&self) -> DrawRoll {
        self.world.get(DrawRoll::of(self.event))
    }

    fn result(&self) -> DrawResult {
        self.world.get(DrawResult::of(self.event))
    }

    fn verify(&self) -> Result<(), DrawFault> {
        let plan = self.world.get(self.event).draw.unwrap();
        verify(&plan, &self.roll(), &self.result(), Some(self.roll().sha256))
    }
}

#[test]
fn an_entry_holds_no_seat_and_stands_in_no_calendar() {
    let mut scene = scene(|_| {});
    let (mother, booking) = scene.enters("甲", 2, &[1, 0]);
    let row = scene.world.get(booking);
    assert_eq!((row.state, row.session), (BookingState::Entered, scene.sessions[1]));
    assert_eq!(row.wishes, [scene.sessions[1], scene.sessions[0]]);
    for session in &scene.sessions {
        assert_eq!(scene.world.allotment(session.uuid()).used, 0);
    }
    assert_eq!(scene.world.allotment(scene.event.uuid()).used, 1, "one place on the roll");
    assert_eq!(scene.world.ask(|facts| calendar_of(facts, mother, CalendarLanguage::Chinese)), Ok(vec![]));
    scene.world.does(guardian(mother), &withdraw(booking));
    assert_eq!(scene.world.allotment(scene.event.uuid()).used, 0);
    assert_eq!(
        scene.world.ask(|facts| calendar_of(facts, mother, CalendarLanguage::Chinese)),
        Ok(vec![]),
        "it never was an appointment"
    );
}

#[test]
fn everybody_sees_the_roll_and_nobody_the_secret() {
    let mut scene = scene(|_| {});
    let (mother, booking) = scene.enters("甲", 2, &[0]);
    let (other, _) = scene.enters("乙", 1, &[1, 0]);
    let secret = DrawSecret::of(scene.event);
    assert!(scene.world.feeds(secret).is_empty());
    assert!(scene.world.find(DrawRoll::of(scene.event)).is_none(), "nothing is fixed before the close");
    scene.closes();
    let roll = scene.roll();
    assert!(scene.world.feeds(roll.id).contains(&Feed::School));
    assert_eq!((roll.entries.len(), roll.hash()), (2, roll.sha256));
    assert_eq!(scene.world.get(scene.event).draw.unwrap().rolled, Some(roll.sha256));
    let text = serde_json::to_string(&roll).unwrap();
    assert!(!text.contains(&mother.to_string()) && !text.contains('甲'), "it names nobody");
    assert!(!scene.world.sees(other, booking), "whose an entry is, is its family's");
    // A timer that fires again changes nothing.
    let due = *scene.world.timers.values().next().unwrap();
    assert_eq!(scene.world.fire(due), vec![]);
}

#[test]
fn seats_go_by_ticket_and_who_is_left_waits_in_that_order() {
    let mut scene = scene(|_| {});
    let entered: Vec<_> =
        ["甲", "乙", "丙", "丁", "戊"].iter().map(|name| scene.enters(name, 2, &[0, 1]).1).collect();
    scene.is_drawn();
    assert_eq!(scene.verify(), Ok(()));
    let outcome = scene.result().outcome;
    let state = |place: usize| scene.world.get(scene.world.entry(outcome[place]));
    assert_eq!((state(0).state, state(0).session), (BookingState::Confirmed, scene.sessions[0]));
    assert_eq!((state(1).state, state(1).session), (BookingState::Confirmed, scene.sessions[1]));
    for place in 2..5 {
        let row = state(place);
        assert_eq!((row.state, row.session), (BookingState::Waiting, scene.sessions[0]));
        assert!(row.missed && row.drawn.is_some());
    }
    assert!(state(2).seq < state(3).seq && state(3).seq < state(4).seq);
    // The child's seat went along to the session that was drawn.
    let seats = scene.world.seats(scene.world.entry(outcome[1]));
    assert_eq!(seats.len(), 1);
    assert_eq!(seats[0].session, scene.sessions[1]);
    for session in &scene.sessions {
        let allotment = scene.world.allotment(session.uuid());
        let held = scene.world.bookings(*session).into_iter().filter(|row| row.state.holds_seats());
        assert_eq!(allotment.used, held.map(|row| row.size).sum::<u32>());
        assert!(allotment.used <= allotment.seats);
    }
    assert_eq!(entered.len(), outcome.len());
    // From here on it is an event like any other: who gives back makes room for the first in line.
    let winner = state(0);
    scene.world.now = at("2026-10-12T19:00").timestamp();
    scene.world.does(guardian(winner.guardian), &withdraw(winner.id));
    let next = scene.world.get(scene.world.entry(outcome[2]));
    assert!(matches!(next.state, BookingState::Offered { .. }));
    assert!(!next.missed, "who was offered a seat missed none");
}

#[test]
fn without_a_waitlist_who_is_left_is_told_so() {
    let mut scene = scene(|draft| draft.waitlist = false);
    for name in ["甲", "乙", "丙"] {
        scene.enters(name, 2, &[0]);
    }
    scene.is_drawn();
    let states: Vec<_> =
        scene.result().outcome.iter().map(|drawn| scene.world.state(scene.world.entry(*drawn))).collect();
    assert_eq!(states, [BookingState::Confirmed, BookingState::NotDrawn, BookingState::NotDrawn]);
}

#[test]
fn who_leaves_after_the_close_stays_on_the_roll_and_the_seats_go_down_the_line() {
    let mut scene = scene(|_| {});
    for name in ["甲", "乙", "丙"] {
        scene.enters(name, 2, &[0]);
    }
    scene.closes();
    // Nobody can know yet that this one will be first.
    let first = {
        let mut drawn = scene.world.clone();
        drawn.now = at("2026-10-12T20:00").timestamp();
        drawn.does(scene.desk.actor(), &scene.draw());
        let result: DrawResult = drawn.get(DrawResult::of(scene.event));
        drawn.entry(result.outcome[0])
    };
    let row = scene.world.get(first);
    scene.world.does(guardian(row.guardian), &withdraw(first));
    scene.value_is_known();
    scene.world.does(scene.desk.actor(), &scene.draw());
    assert_eq!(scene.verify(), Ok(()));
    let outcome = scene.result().outcome;
    assert_eq!((scene.world.entry(outcome[0]), outcome[0].session), (first, Some(scene.sessions[0])));
    assert_eq!(scene.world.state(first), BookingState::Withdrawn);
    assert!(matches!(scene.world.state(scene.world.entry(outcome[1])), BookingState::Offered { .. }));
    assert_eq!(scene.world.state(scene.world.entry(outcome[2])), BookingState::Waiting);
}

#[test]
fn earlier_misses_of_one_of_the_children_weigh() {
    let mut scene = scene(|draft| draft.waitlist = false);
    let (mother, child) = scene.family("甲");
    scene.enters_again(mother, child, 2, &[0]);
    scene.enters("乙", 2, &[0]);
    scene.is_drawn();
    let missed = scene.world.entry(scene.result().outcome[1]);
    let loser = scene.world.get(missed).guardian;
    let child = scene.world.seats(missed)[0].child;
    scene.world.now = at("2026-10-12T09:00").timestamp();
    let (event, sessions) = scene.world.event_with(scene.desk, &[2], |draft| {
        draft.draw = Some(DrawDraft { secret: Secret::new([8; 32]), ..plan() });
        draft.programme = "馆校合作".into();
    });
    (scene.event, scene.sessions) = (event, sessions);
    let again = scene.enters_again(loser, child, 1, &[0]);
    scene.enters("丙", 1, &[0]);
    scene.closes();
    let misses: Vec<_> =
        scene.roll().entries.iter().map(|it| (it.id == RollEntry::of(again), it.misses)).collect();
    assert_eq!(misses, [(true, 1), (false, 0)]);
}

#[test]
fn wishes_are_put_in_another_order_until_the_close() {
    let mut scene = scene(|_| {});
    let (mother, booking) = scene.enters("甲", 2, &[0]);
    let child = scene.world.seats(booking)[0].child;
    let change = |scene: &Scene, wishes: Vec<Id<Session>>, adults| {
        let generation = scene.world.get(booking).generation;
        let (children, answers) = (vec![child], vec![]);
        Act::ChangeBooking(BookingChange {
            booking,
            children,
            adults,
            answers,
            wishes,
            generation,
            on_behalf_of: None,
        })
    };
    let both = vec![scene.sessions[1], scene.sessions[0]];
    scene.world.does(guardian(mother), &change(&scene, both.clone(), 1));
    let row = scene.world.get(booking);
    assert_eq!((row.session, row.wishes, row.size), (scene.sessions[1], both.clone(), 1));
    assert_eq!(scene.world.seats(booking)[0].session, scene.sessions[1]);
    assert_eq!(scene.world.seats(booking).len(), 1);
    let twice = change(&scene, vec![both[0], both[0]], 1);
    let malformed = |field: &str| Refusal::Malformed { field: field.into() };
    assert_eq!(scene.world.refuses(guardian(mother), &twice), malformed("wishes"));
    scene.closes();
    let late = change(&scene, vec![both[1]], 1);
    let since = at("2026-10-12T18:00");
    assert_eq!(scene.world.refuses(guardian(mother), &late), Refusal::Closed { since });
}

#[test]
fn a_child_has_one_entry_and_a_party_must_fit_somewhere() {
    let mut scene = scene(|_| {});
    let (mother, child) = scene.family("甲");
    let booking = scene.enters_again(mother, child, 1, &[0]);
    let again = Act::SignUp(scene.wish(child, 1, &[1]));
    let refusal = scene.world.refuses(guardian(mother), &again);
    assert_eq!(refusal, Refusal::AlreadyBooked { booking: booking.uuid() });
    let (father, child) = scene.family("乙");
    let large = Act::SignUp(scene.wish(child, 3, &[0, 1]));
    assert_eq!(scene.world.refuses(guardian(father), &large), Refusal::Full);
    let third = scene.world.class(2026, 3);
    scene.world.edit(scene.sessions[1], |session| session.eligible = vec![third]);
    let other = Act::SignUp(scene.wish(child, 1, &[0, 1]));
    assert_eq!(scene.world.refuses(guardian(father), &other), Refusal::NotEligible, "in each wish");
}

#[test]
fn what_is_drawn_is_fixed_from_the_close_until_the_draw() {
    let mut scene = scene(|_| {});
    scene.enters("甲", 2, &[0]);
    let (session, desk) = (scene.sessions[0], scene.desk.actor());
    let seats = |capacity| Act::SetCapacity { session, capacity, cut: None };
    let cancel = Act::CancelSession { session, reason: "台风".into() };
    scene.world.does(desk, &seats(3));
    scene.closes();
    assert_eq!(scene.world.refuses(desk, &seats(4)), Refusal::DrawPending);
    assert_eq!(scene.world.refuses(desk, &cancel), Refusal::DrawPending);
    let mut draft = scene.as_it_is();
    draft.title = "夜里的博物馆".into();
    let refused = |scene: &mut Scene, change: &dyn Fn(&mut EventDraft)| {
        let mut event = draft.clone();
        change(&mut event);
        scene.world.refuses(desk, &Act::change_event(event, 0))
    };
    let opened = scene.world.event_draft(scene.world.campus, &[2]).sessions;
    let changes: [&dyn Fn(&mut EventDraft); 4] = [
        &|event| event.waitlist = false,
        &|event| event.family_limit = 1,
        &|event| event.sessions[1].ends = at("2026-10-13T18:00"),
        &|event| event.sessions.extend(opened.clone()),
    ];
    for change in changes {
        assert_eq!(refused(&mut scene, change), Refusal::DrawPending);
    }
    scene.world.does(desk, &Act::change_event(draft.clone(), 0));
    let not_yet = Refusal::DrawNotYet { from: at("2026-10-12T20:00") };
    assert_eq!(scene.world.refuses(desk, &scene.draw()), not_yet);
    let (mother, _) = scene.family("乙");
    let no_power = Refusal::NoPower { power: xinmei_model::Power::ManageEvents };
    assert_eq!(scene.world.refuses(guardian(mother), &scene.draw()), no_power);
    scene.value_is_known();
    scene.world.does(desk, &scene.draw());
    assert_eq!(scene.world.refuses(desk, &scene.draw()), Refusal::DrawDone, "nobody draws twice");
    scene.world.does(desk, &seats(4));
    scene.world.does(desk, &cancel);
}

#[test]
fn a_draw_stands_as_it_was_published() {
    let mut scene = scene(|_| {});
    let desk = scene.desk.actor();
    let draft = scene.as_it_is();
    let change = |event: &EventDraft, version| Act::change_event(event.clone(), version);
    let other =
        EventDraft { draw: Some(DrawDraft { secret: Secret::new([9; 32]), ..plan() }), ..draft.clone() };
    let malformed = |field: &str| Refusal::Malformed { field: field.into() };
    assert_eq!(scene.world.refuses(desk, &change(&other, 0)), malformed("draw"));
    let late = EventDraft { closes: at("2026-10-12T20:00"), ..draft.clone() };
    assert_eq!(scene.world.refuses(desk, &change(&late, 0)), malformed("draw.known"));
    let rule = EventDraft { seat_rule: xinmei_model::SeatRule::Children, ..draft.clone() };
    assert_eq!(scene.world.refuses(desk, &change(&rule, 0)), Refusal::DrawPending);
    // It may close later, and closes then.
    let later = EventDraft { closes: at("2026-10-12T19:00"), ..draft.clone() };
    let before = scene.world.get(scene.event).draw;
    scene.world.does(desk, &change(&later, 0));
    assert_eq!(scene.world.get(scene.event).draw, before);
    scene.closes();
    assert!(scene.world.find(DrawRoll::of(scene.event)).is_none());
    scene.world.now = at("2026-10-12T19:00").timestamp();
    scene.world.fire_due();
    assert!(scene.world.find(DrawRoll::of(scene.event)).is_some());
    assert_eq!(scene.world.refuses(desk, &change(&draft, 1)), Refusal::DrawPending);
}
