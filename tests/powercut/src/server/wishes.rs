//! What families wish for, as their devices push it.

use std::collections::HashMap;

use uuid::Uuid;
use xinmei_model::{
    Act, Booking, Hat, Id, Mutation, MutationId, Person, SignUp,
    wire::{PROTOCOL, Push},
};
use xinmei_server::device::Caller;

use crate::{chance::Chance, people};

/// One wish, numbered, as it is pushed.
#[derive(Clone)]
pub(super) struct Wish {
    pub(super) caller: Caller,
    pub(super) push: Push,
    pub(super) id: MutationId,
    pub(super) what: What,
}

/// What it is about, for the check.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Publish,
    SignUp(Id<Booking>),
    Withdraw(Id<Booking>),
}

/// A person's only device.
pub(super) fn device(person: &Person) -> Caller {
    let device: Id<()> = xinmei_model::derived("device", person.id.uuid(), person.id.uuid());
    Caller { device: device.uuid(), person: person.id }
}

/// Counts the numbers of each device.
#[derive(Default)]
struct Desk(HashMap<Uuid, u64>);

impl Desk {
    fn wish(&mut self, person: &Person, hat: Hat, act: Act, what: What) -> Wish {
        let caller = device(person);
        let first = self.0.entry(caller.device).or_default();
        *first += 1;
        let id = xinmei_model::derived(&format!("wish/{first}"), caller.device, caller.device);
        let mutation = Mutation { id, hat, after: Vec::new(), act };
        let mutations = vec![serde_json::to_value(mutation).expect("a mutation is JSON")];
        Wish { caller, push: Push { protocol: PROTOCOL, first: *first, mutations }, id, what }
    }
}

/// The coordinator publishes the open day.
pub(super) fn coordinators() -> Vec<Wish> {
    let (person, role) = people::coordinator();
    let act = Act::PublishEvent { event: people::open_day(24) };
    vec![Desk::default().wish(&person, Hat::Staff { role: role.id }, act, What::Publish)]
}

/// Families sign up; some do so twice, some give their booking back.
pub(super) fn wishes(families: usize, chance: &mut Chance) -> Vec<Wish> {
    let mut desk = Desk::default();
    let mut all = Vec::new();
    for n in 0..families {
        all.push(sign_up(&mut desk, n, 0, 1 + u32::try_from(chance.below(2)).unwrap_or(0)));
        if n % 7 == 3 {
            // Refused: the child is booked already.
            all.push(sign_up(&mut desk, n - 1, 1, 1));
        }
        if n % 4 == 3 {
            let early = n - 3;
            let parent = people::family(Id::new(Uuid::nil()), early).parent;
            let booking = booking(early, 0);
            let act = Act::Withdraw { booking, on_behalf_of: None };
            all.push(desk.wish(&parent, Hat::Guardian, act, What::Withdraw(booking)));
        }
    }
    all
}

fn booking(family: usize, attempt: usize) -> Id<Booking> {
    people::named("booking", family * 2 + attempt)
}

fn sign_up(desk: &mut Desk, n: usize, attempt: usize, adults: u32) -> Wish {
    let family = people::family(Id::new(Uuid::nil()), n);
    let booking = booking(n, attempt);
    let act = Act::SignUp(SignUp {
        booking,
        session: people::named("session", 0),
        children: vec![family.child.id],
        adults,
        answers: vec![],
        others: vec![],
        on_behalf_of: None,
    });
    desk.wish(&family.parent, Hat::Guardian, act, What::SignUp(booking))
}
