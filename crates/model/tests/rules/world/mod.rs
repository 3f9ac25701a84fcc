//! A school in memory: rows by id, lists as the rows themselves say, timers, and a clock that the test moves.
//!
//! It runs `decide` as a server does: load what is asked for, ask again, apply the changes together.

pub mod conference_day;
pub mod open_day;
pub mod people;
pub mod plans;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use xinmei_model::{
    Act, Actor, Allotment, Booking, BookingState, Change, Decision, Due, Facts, Feed, Id, Key, List,
    MutationId, Noun, Person, Place, Refusal, Rev, Row, School, Seat, Session, Stop, decide, feeds_of,
};

#[derive(Clone)]
pub struct World {
    pub school: Id<School>,
    /// The school as a place, and its first campus.
    pub root: Id<Place>,
    pub campus: Id<Place>,
    pub now: Timestamp,
    pub rev: Rev,
    rows: BTreeMap<Uuid, Arc<Row>>,
    feeds: BTreeMap<Uuid, Vec<Feed>>,
    lists: HashMap<String, BTreeSet<(i64, Uuid)>>,
    /// Every timer ever set; firing one does not remove it, because any node may fire it again.
    pub timers: BTreeMap<MutationId, Due>,
    fired: BTreeSet<MutationId>,
    last_id: u128,
}

impl World {
    /// A school on a Monday at nine in the morning, with one campus.
    pub fn school() -> Self {
        let mut world = Self {
            school: Id::new(Uuid::from_u128(1)),
            root: Id::new(Uuid::from_u128(2)),
            campus: Id::new(Uuid::from_u128(3)),
            now: plans::at("2026-10-12T09:00").timestamp(),
            rev: 0,
            rows: BTreeMap::new(),
            feeds: BTreeMap::new(),
            lists: HashMap::new(),
            timers: BTreeMap::new(),
            fired: BTreeSet::new(),
            last_id: 0x1000,
        };
        world.found();
        world
    }

    /// An id that nothing else has.
    pub fn fresh<T>(&mut self) -> Id<T> {
        self.last_id += 1;
        Id::new(Uuid::from_u128(self.last_id))
    }

    // ---- rows ----

    pub fn put(&mut self, row: impl Into<Row>, feeds: impl Into<Vec<Feed>>) {
        self.apply(vec![Change::put(row, feeds)]);
    }

    pub fn apply(&mut self, changes: Vec<Change>) {
        for change in changes {
            self.rev += 1;
            match change {
                Change::Set(due) => {
                    self.timers.insert(due.id, due);
                }
                Change::Put { row, feeds } => self.store(row, feeds),
            }
        }
    }

    fn store(&mut self, row: Row, feeds: Vec<Feed>) {
        let id = row.id();
        if let Some(old) = self.rows.get(&id).cloned() {
            assert_eq!(old.kind(), row.kind(), "a row became another noun");
            for (list, order) in old.lists() {
                self.lists.get_mut(&list.key()).unwrap().remove(&(order, id));
            }
        }
        for (list, order) in row.lists() {
            self.lists.entry(list.key()).or_default().insert((order, id));
        }
        // What is kept is what comes back from the wire.
        let kept = Row::parse(row.kind(), &row.body().unwrap()).unwrap();
        assert_eq!(kept, row, "a row changes when it is written and read");
        self.rows.insert(id, Arc::new(kept));
        self.feeds.insert(id, feeds);
    }

    pub fn find<T: Noun + Clone>(&self, id: Id<T>) -> Option<T> {
        self.rows.get(&id.uuid()).and_then(|row| T::of(row)).cloned()
    }

    pub fn get<T: Noun + Clone>(&self, id: Id<T>) -> T {
        self.find(id).expect("the row is there")
    }

    pub fn list<T: Noun + Clone>(&self, list: List) -> Vec<T> {
        self.load(list, usize::MAX).iter().filter_map(|row| T::of(row)).cloned().collect()
    }

    pub fn all<T: Noun + Clone>(&self) -> Vec<T> {
        self.rows.values().filter_map(|row| T::of(row)).cloned().collect()
    }

    /// Everything that is kept, to compare before and after.
    pub fn contents(&self) -> (BTreeMap<Uuid, Arc<Row>>, BTreeMap<Uuid, Vec<Feed>>) {
        (self.rows.clone(), self.feeds.clone())
    }

    pub fn feeds<T>(&self, id: Id<T>) -> BTreeSet<Feed> {
        self.feeds.get(&id.uuid()).into_iter().flatten().copied().collect()
    }

    fn load(&self, list: List, limit: usize) -> Vec<Arc<Row>> {
        let ids = self.lists.get(&list.key()).into_iter().flatten().take(limit);
        ids.map(|(_, id)| Arc::clone(&self.rows[id])).collect()
    }

    // ---- decisions ----

    /// Loads what is asked for and asks again, until there is an answer.
    pub fn ask<R>(&self, rule: impl FnMut(&Facts) -> Result<R, Stop>) -> Result<R, Stop> {
        self.ask_with(Facts::on_server(self.school, self.now), rule, |_| true)
    }

    /// The same with facts of a device that has been sent everything in its feeds, and nothing else.
    pub fn ask_on_device_of<R>(
        &self,
        person: Id<Person>,
        rule: impl FnMut(&Facts) -> Result<R, Stop>,
    ) -> Result<R, Stop> {
        let held = self.feeds_of(person);
        let sees = |row: &Row| {
            row.id() == self.school.uuid() || self.feeds[&row.id()].iter().any(|feed| held.contains(feed))
        };
        self.ask_with(Facts::on_replica(self.school, self.now), rule, sees)
    }

    /// Asks a rule until it needs nothing more, with the rows that are `seen`.
    fn ask_with<R>(
        &self,
        facts: Facts,
        rule: impl FnMut(&Facts) -> Result<R, Stop>,
        seen: impl Fn(&Row) -> bool,
    ) -> Result<R, Stop> {
        let load = |keys: &[Key], facts: &mut Facts| {
            assert!(!keys.is_empty(), "a rule that needs nothing does not stop for needs");
            for key in keys {
                match *key {
                    Key::Row(_, id) => facts.add_row(id, self.rows.get(&id).filter(|row| seen(row)).cloned()),
                    Key::List(list, limit) => {
                        let rows = self.load(list, usize::MAX).into_iter().filter(|row| seen(row));
                        facts.add_list(list, limit, rows.take(limit as usize).collect());
                    }
                }
            }
            Ok::<_, std::convert::Infallible>(())
        };
        let end = facts.settle(rule, load).unwrap();
        assert!(!matches!(end, Err(Stop::Needs(_))), "the rule goes in circles");
        end
    }

    pub fn decide(&self, actor: Actor, act: &Act) -> Decision {
        self.ask(|facts| decide(facts, &actor, act))
    }

    /// Decides and applies.
    pub fn act(&mut self, actor: Actor, act: &Act) -> Result<Vec<Change>, Refusal> {
        let decision = self.decide(actor, act);
        self.settle(decision)
    }

    /// Decides, applies, and expects a yes.
    #[track_caller]
    pub fn does(&mut self, actor: Actor, act: &Act) -> Vec<Change> {
        self.act(actor, act).unwrap_or_else(|refusal| panic!("refused: {refusal:?} for {act:?}"))
    }

    /// Decides and expects a no, which leaves everything as it is.
    #[track_caller]
    pub fn refuses(&self, actor: Actor, act: &Act) -> Refusal {
        match self.decide(actor, act) {
            Err(Stop::Refused(refusal)) => refusal,
            other => panic!("not refused but {other:?} for {act:?}"),
        }
    }

    /// Fires one timer now, whether it is due or not.
    pub fn fire(&mut self, due: Due) -> Vec<Change> {
        self.fired.insert(due.id);
        let decision = self.ask(|facts| due.decide(facts));
        self.settle(decision).expect("a timer is never refused")
    }

    /// Fires every timer that is due and has not fired, in due order, and those they set.
    pub fn fire_due(&mut self) {
        loop {
            let due = self.timers.values().filter(|due| due.at <= self.now && !self.fired.contains(&due.id));
            let Some(next) = due.min_by_key(|due| (due.at, due.id)).copied() else { return };
            self.fire(next);
        }
    }

    fn settle(&mut self, decision: Decision) -> Result<Vec<Change>, Refusal> {
        match decision {
            Ok(changes) => {
                self.apply(changes.clone());
                Ok(changes)
            }
            Err(Stop::Refused(refusal)) => Err(refusal),
            Err(stop) => panic!("a server always knows: {stop:?}"),
        }
    }

    // ---- the clock ----

    pub fn pass(&mut self, time: SignedDuration) {
        self.now += time;
    }

    pub fn pass_minutes(&mut self, minutes: i64) {
        self.pass(SignedDuration::from_mins(minutes));
    }

    // ---- questions tests ask ----

    pub fn feeds_of(&self, person: Id<Person>) -> BTreeSet<Feed> {
        self.ask(|facts| feeds_of(facts, person)).expect("feeds are never refused")
    }

    /// Whether a row stands in a feed that this person may subscribe to.
    pub fn sees<T>(&self, person: Id<Person>, id: Id<T>) -> bool {
        !self.feeds_of(person).is_disjoint(&self.feeds(id))
    }

    pub fn allotment(&self, of: Uuid) -> Allotment {
        self.get(Allotment::of(of))
    }

    pub fn state(&self, booking: Id<Booking>) -> BookingState {
        self.get(booking).state
    }

    pub fn bookings(&self, session: Id<Session>) -> Vec<Booking> {
        self.list(List::BookingsOf(session))
    }

    pub fn seats(&self, booking: Id<Booking>) -> Vec<Seat> {
        self.list(List::SeatsOf(booking))
    }

    pub fn edit<T: Noun + Clone + Into<Row>>(&mut self, id: Id<T>, change: impl FnOnce(&mut T)) {
        let mut row = self.get(id);
        let feeds: Vec<_> = self.feeds(id).into_iter().collect();
        change(&mut row);
        self.put(row, feeds);
    }
}
