//! What may happen to an event: the steps, and the school in which they happen.

use std::collections::BTreeSet;

use proptest::prelude::*;
use xinmei_model::{
    Act, Actor, Booking, BookingChange, BookingState, Child, Cut, Event, EventDraft, HeldFor, Hold, Id, Link,
    List, Person, Proxy, Relation, SeatRule, Session, SessionDraft, SignUp, losing,
};

use crate::world::{World, people::*, plans::*};

/// One thing that happens; numbers are taken modulo what there is.
#[derive(Clone, Debug)]
pub enum Step {
    SignUp {
        who: usize,
        children: u8,
        adults: u32,
        session: usize,
        by_phone: bool,
    },
    Withdraw {
        booking: usize,
        who: usize,
        by_phone: bool,
    },
    Accept {
        booking: usize,
        who: usize,
    },
    Decline {
        booking: usize,
        who: usize,
    },
    Change {
        booking: usize,
        who: usize,
        children: u8,
        adults: u32,
    },
    Capacity {
        session: usize,
        seats: u32,
    },
    /// Fewer seats, meant.
    Cut {
        session: usize,
        seats: u32,
    },
    Move {
        session: usize,
        minutes: i64,
    },
    CancelSession {
        session: usize,
    },
    Cancel,
    Wait {
        minutes: i64,
    },
    FireDue,
    /// Any timer that was ever set: too early, on time, late, again.
    FireAny {
        timer: usize,
    },
    Repeat,
}

pub fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        10 => (any::<usize>(), 1..8_u8, 0..4_u32, 0..2_usize, prop::bool::weighted(0.2)).prop_map(
            |(who, children, adults, session, by_phone)| Step::SignUp { who, children, adults, session, by_phone }
        ),
        4 => (any::<usize>(), any::<usize>(), any::<bool>())
            .prop_map(|(booking, who, by_phone)| Step::Withdraw { booking, who, by_phone }),
        3 => (any::<usize>(), any::<usize>()).prop_map(|(booking, who)| Step::Accept { booking, who }),
        2 => (any::<usize>(), any::<usize>()).prop_map(|(booking, who)| Step::Decline { booking, who }),
        4 => (any::<usize>(), any::<usize>(), 1..8_u8, 0..4_u32)
            .prop_map(|(booking, who, children, adults)| Step::Change { booking, who, children, adults }),
        3 => (0..2_usize, 0..9_u32).prop_map(|(session, seats)| Step::Capacity { session, seats }),
        2 => (0..2_usize, 1..5_u32).prop_map(|(session, seats)| Step::Cut { session, seats }),
        1 => (0..2_usize, -300..300_i64).prop_map(|(session, minutes)| Step::Move { session, minutes }),
        1 => prop::option::weighted(0.3, 0..2_usize)
            .prop_map(|really| really.map_or(Step::FireDue, |session| Step::CancelSession { session })),
        2 => prop_oneof![4 => 1..90_i64, 1 => 90..900_i64].prop_map(|minutes| Step::Wait { minutes }),
        2 => Just(Step::FireDue),
        2 => any::<usize>().prop_map(|timer| Step::FireAny { timer }),
        3 => Just(Step::Repeat),
        1 => prop::bool::weighted(0.25).prop_map(|really| if really { Step::Cancel } else { Step::FireDue }),
    ]
}

#[derive(Clone, Debug)]
pub struct Plan {
    pub capacities: [u32; 2],
    pub family_limit: u32,
    pub child_limit: u32,
    pub rule: SeatRule,
    pub waitlist: bool,
    /// Seats of the first session that are kept: for families of two children, and for who telephoned.
    pub held: [u32; 2],
    /// Both sessions share the seats of the first, and none is kept.
    pub shared: bool,
}

pub fn plan() -> impl Strategy<Value = Plan> {
    let rule = prop_oneof![Just(SeatRule::Adults), Just(SeatRule::Children), Just(SeatRule::Everyone)];
    let held = prop_oneof![Just([0, 0]), [0..4_u32, 0..3_u32]];
    let shared = prop::bool::weighted(0.4);
    ([1..7_u32, 1..5_u32], 1..9_u32, 1..3_u32, rule, prop::bool::weighted(0.85), held, shared).prop_map(
        |(capacities, family_limit, child_limit, rule, waitlist, held, shared)| Plan {
            capacities: if shared { [capacities[0]; 2] } else { capacities },
            family_limit,
            child_limit,
            rule,
            waitlist,
            held: if shared { [0, 0] } else { held },
            shared,
        },
    )
}

/// A school with separated, blended and plain families, one event of two sessions, and what happened so far.
pub struct History {
    pub world: World,
    pub desk: Staff,
    pub event: Id<Event>,
    pub sessions: Vec<Id<Session>>,
    pub people: Vec<Id<Person>>,
    pub bookings: Vec<Id<Booking>>,
    pub last: Option<(Actor, Act)>,
    /// States that were reached and refusals that were given.
    pub reached: BTreeSet<String>,
}

impl History {
    pub fn new(plan: &Plan) -> Self {
        let mut world = World::school();
        let desk = world.coordinator(world.campus);
        let class = world.class(2024, 2);
        let kids: Vec<_> = ["雨桐", "雨泽", "子涵", "一诺", "梓轩", "欣怡", "浩然"]
            .map(|name| world.child(name, class))
            .into();
        let mut people = vec![];
        let mut family = |name: &str, relation, children: &[usize]| {
            let id = world.person(name);
            for child in children {
                world.link(id, kids[*child], relation, PARENT);
            }
            people.push(id);
        };
        // Two guardians of the same children.
        family("雨桐妈妈", Relation::Mother, &[0, 1]);
        family("雨桐爸爸", Relation::Father, &[0, 1]);
        // A blended family: 子涵 lives with her mother and 一诺, whose father has 一诺 and 梓轩.
        family("子涵妈妈", Relation::Mother, &[2, 3]);
        family("一诺爸爸", Relation::Father, &[3, 4]);
        family("欣怡妈妈", Relation::Mother, &[5]);
        family("浩然外婆", Relation::MaternalGrandmother, &[6]);
        let kept = [HeldFor::Siblings, HeldFor::Phoned].into_iter().zip(plan.held);
        let kept = kept.filter(|(_, seats)| *seats > 0 && *seats <= plan.capacities[0] / 2);
        let holds: Vec<_> = kept
            .map(|(of, seats)| Hold { id: world.fresh(), of, seats, until: at("2026-10-12T15:00") })
            .collect();
        let (event, sessions) = world.event_with(desk, &plan.capacities, |event| {
            event.sessions[0].holds = holds;
            let first = plan.shared.then_some(event.sessions[0].id);
            event.sessions.iter_mut().for_each(|session| session.pool = first);
            event.family_limit = plan.family_limit;
            event.child_limit = plan.child_limit;
            event.seat_rule = plan.rule;
            event.waitlist = plan.waitlist;
        });
        Self { world, desk, event, sessions, people, bookings: vec![], last: None, reached: BTreeSet::new() }
    }

    pub fn children_of(&self, person: Id<Person>) -> Vec<Id<Child>> {
        self.world.list::<Link>(List::LinksBy(person)).iter().map(|link| link.child).collect()
    }

    /// The bookings whose seats are counted with those of a session, in the order of acceptance.
    pub fn together(&self, id: Id<Session>) -> Vec<Booking> {
        let of = self.world.get(id);
        let members = self.sessions.iter().map(|id| self.world.get(*id));
        let members: Vec<_> = members.filter(|session| session.shares_seats_with(&of)).collect();
        let counted = |session: &Session| {
            let bookings = self.world.bookings(session.id).into_iter();
            bookings.filter(|booking| booking.is_counted(session, self.world.now)).collect::<Vec<_>>()
        };
        let mut found: Vec<_> = members.iter().flat_map(counted).collect();
        found.sort_by_key(|booking| booking.seq);
        found
    }

    /// Mostly a booking that is not over.
    pub fn booking(&self, index: usize) -> Option<Id<Booking>> {
        let live = |id: &&Id<Booking>| self.world.find(**id).is_some_and(|b| !b.state.is_over());
        let live: Vec<_> = self.bookings.iter().filter(live).collect();
        if index.is_multiple_of(5) || live.is_empty() {
            return (!self.bookings.is_empty()).then(|| self.bookings[index % self.bookings.len()]);
        }
        live.get(index % live.len()).map(|id| **id)
    }

    /// Mostly a booking that was offered a seat.
    fn offered(&self, index: usize) -> Option<Id<Booking>> {
        let offered = |id: &&Id<Booking>| {
            self.world.find(**id).is_some_and(|b| matches!(b.state, BookingState::Offered { .. }))
        };
        let offers: Vec<_> = self.bookings.iter().filter(offered).collect();
        if index.is_multiple_of(5) || offers.is_empty() {
            return self.booking(index);
        }
        offers.get(index % offers.len()).map(|id| **id)
    }

    /// Mostly the guardian whose booking it is.
    fn somebody(&self, booking: Id<Booking>, who: usize) -> Actor {
        let own = self.world.find(booking).filter(|_| !who.is_multiple_of(4)).map(|booking| booking.guardian);
        guardian(own.unwrap_or(self.people[who % self.people.len()]))
    }

    /// The event with one session earlier or later.
    fn moved(&mut self, id: Id<Session>, minutes: i64) -> (EventDraft, u32) {
        let (event, session) = (self.world.get(self.event), self.world.get(id));
        let by = jiff::SignedDuration::from_mins(minutes);
        let draft = EventDraft {
            id: event.id,
            seat_rule: event.seat_rule,
            family_limit: event.family_limit,
            child_limit: event.child_limit,
            child_seats: event.child_seats,
            waitlist: event.waitlist,
            sessions: vec![SessionDraft {
                id,
                name: session.name,
                starts: &session.starts + by,
                ends: &session.ends + by,
                capacity: session.capacity,
                pool: session.pool,
                held_in: None,
                eligible: vec![],
                first_timers: false,
                holds: session.holds,
            }],
            ..self.world.event_draft(event.place, &[1])
        };
        (draft, event.version)
    }

    pub fn act_of(&mut self, step: &Step) -> Option<(Actor, Act)> {
        Some(match *step {
            Step::SignUp { who, children, adults, session, by_phone } => {
                let person = self.people[who % self.people.len()];
                let own = self.children_of(person);
                let picked = (0..own.len()).filter(|i| children & (1 << i) != 0);
                let children: Vec<_> = picked.map(|i| own[i]).collect();
                let wish = self.world.wish(self.sessions[session], &children, adults);
                self.bookings.push(wish.booking);
                if by_phone {
                    let on_behalf_of = Some(Proxy::new(person, "妈妈来电"));
                    (self.desk.actor(), Act::SignUp(SignUp { on_behalf_of, ..wish }))
                } else {
                    (guardian(person), Act::SignUp(wish))
                }
            }
            Step::Withdraw { booking, by_phone: true, .. } => {
                let booking = self.booking(booking)?;
                let on_behalf_of = Some(Proxy::new(self.world.find(booking)?.guardian, "妈妈来电"));
                (self.desk.actor(), Act::Withdraw { booking, on_behalf_of })
            }
            Step::Withdraw { booking, who, .. } => {
                let booking = self.booking(booking)?;
                (self.somebody(booking, who), withdraw(booking))
            }
            Step::Accept { booking, who } => {
                let booking = self.offered(booking)?;
                (self.somebody(booking, who), accept(booking))
            }
            Step::Decline { booking, who } => {
                let booking = self.offered(booking)?;
                (self.somebody(booking, who), decline(booking))
            }
            Step::Change { booking, who, children, adults } => {
                let booking = self.booking(booking)?;
                let actor = self.somebody(booking, who);
                let Actor::Person { person, .. } = actor else { return None };
                let own = self.children_of(person);
                let picked = (0..own.len()).filter(|i| children & (1 << i) != 0);
                let children = picked.map(|i| own[i]).collect();
                let generation = self.world.find(booking)?.generation;
                let wish = BookingChange {
                    generation,
                    booking,
                    children,
                    adults,
                    answers: vec![],
                    wishes: vec![],
                    on_behalf_of: None,
                };
                (actor, Act::ChangeBooking(wish))
            }
            Step::Cut { session, seats } => {
                let session = self.sessions[session];
                let families = losing(&self.together(session), seats).families();
                let cut = Some(Cut { reason: "改在小会议室".into(), families });
                (self.desk.actor(), Act::SetCapacity { session, capacity: seats, cut })
            }
            Step::Move { session, minutes } => {
                let (event, version) = self.moved(self.sessions[session], minutes);
                (self.desk.actor(), Act::change_event(event, version))
            }
            Step::CancelSession { session } => {
                let session = self.sessions[session];
                (self.desk.actor(), Act::CancelSession { session, reason: "老师外出".into() })
            }
            Step::Capacity { session, seats } => (
                self.desk.actor(),
                Act::SetCapacity { session: self.sessions[session], capacity: seats, cut: None },
            ),
            Step::Cancel => {
                (self.desk.actor(), Act::CancelEvent { event: self.event, reason: "大雨".into() })
            }
            Step::Repeat => self.last.clone()?,
            Step::Wait { .. } | Step::FireDue | Step::FireAny { .. } => return None,
        })
    }
}
