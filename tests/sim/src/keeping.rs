//! Turns of classes and who fills them, shifts that change, people who say that they still come, and stand-ins who are looked for;
//! and what must hold of them.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use xinmei_client::Snapshot;
use xinmei_model::{
    Act, Allotment, ClassContact, ClassReady, ClassTurn, DayPart, Id, Kind, Link, List, OfferFrom, Person,
    Place, Post, PostDraft, Proxy, Shift, ShiftTurns, StandInSearch, StandInState, Take, TakeState, TurnPart,
    VolunteerAct,
};

use super::{
    acts::Pen,
    cast::{Cast, Part},
    computer::Computer,
    server::Server,
};

/// What a computer shows of it.
struct Shown {
    posts: Vec<Post>,
    /// Those that have not begun.
    shifts: Vec<Shift>,
    /// Shifts whoever sits there comes to.
    held: Vec<Id<Shift>>,
    searches: Vec<StandInSearch>,
    contacts: Vec<ClassContact>,
    ready: Vec<ClassReady>,
}

fn shown(computer: &Computer, now: jiff::Timestamp, classes: &[Id<Place>]) -> Shown {
    let me = computer.caller.person;
    let read = |s: &Snapshot<'_>| {
        let posts = s.list::<Post>(List::All(Kind::Post))?;
        let (mut shifts, mut searches) = (Vec::new(), Vec::new());
        for post in &posts {
            shifts.extend(s.list::<Shift>(List::ShiftsOf(post.id))?);
        }
        shifts.retain(|shift| shift.starts.timestamp() > now);
        for shift in &shifts {
            searches.extend(s.get(StandInSearch::of(shift.id))?);
        }
        let (mut contacts, mut ready) = (Vec::new(), Vec::new());
        for class in classes {
            contacts.extend(s.list::<ClassContact>(List::ContactsOf(*class))?);
            ready.extend(s.list::<ClassReady>(List::ReadyIn(*class))?);
        }
        let takes = s.list::<Take>(List::TakesBy(me))?;
        let comes = takes.into_iter().filter(|take| take.state == TakeState::Taken);
        let held = comes.map(|take| take.shift).collect();
        Ok(Shown { posts, shifts, held, searches, contacts, ready })
    };
    computer.replica().read(read).unwrap()
}

impl Pen<'_> {
    /// What keeps shifts filled, if there is anything of that to do.
    pub(super) fn keep(&mut self, computer: &Computer, cast: &Cast, links: &[Link]) -> Option<Act> {
        let shown = shown(computer, self.now, &cast.classes);
        let me = computer.caller.person;
        let step = match computer.part {
            Part::Coordinator => match self.chance.weighted(&[25, 20, 12, 8, 25, 10]) {
                0 => self.set_turns(&shown, cast),
                1 => self.look_for_stand_in(&shown),
                2 => self.change_shift(&shown),
                3 => self.change_post(&shown),
                4 => self.ask_family(&shown, cast, links),
                _ => self.name_contact(&shown, cast, links),
            },
            Part::Teacher => match self.chance.weighted(&[25, 50, 25]) {
                0 => self.name_contact(&shown, cast, links),
                1 => self.ask_family(&shown, cast, links),
                _ => self.still_comes(&shown),
            },
            Part::Guardian => match self.chance.weighted(&[30, 25, 20, 25]) {
                0 => self.say_ready(&shown, me, cast),
                1 => self.fill_turn(&shown, me),
                2 => Some(VolunteerAct::WishStandIn {
                    asks: self.chance.odds(85),
                    days: Vec::new(),
                    part: DayPart::WholeDay,
                }),
                _ => self.still_comes(&shown),
            },
            Part::Head => None,
        };
        step.map(Act::Volunteer)
    }

    fn set_turns(&mut self, shown: &Shown, cast: &Cast) -> Option<VolunteerAct> {
        let shift = self.chance.pick(&shown.shifts)?;
        let mut left = shift.needed;
        let mut turns = Vec::new();
        for class in cast.classes {
            if left == 0 || self.chance.odds(40) {
                continue;
            }
            let places = 1 + u32::try_from(self.chance.below(left as usize)).unwrap();
            left -= places;
            let before = SignedDuration::from_mins(self.chance.between(0, 180));
            let until = (&shift.starts - before).max(self.at(1)).min(shift.starts.clone());
            turns.push(ClassTurn { class, places, until });
        }
        let turns = vec![ShiftTurns { shift: shift.id, turns }];
        Some(VolunteerAct::SetTurns { post: shift.post, turns })
    }

    fn look_for_stand_in(&mut self, shown: &Shown) -> Option<VolunteerAct> {
        let on = shown.searches.iter().filter(|one| one.state == StandInState::Searching);
        let on: Vec<_> = on.map(|one| one.shift).collect();
        if self.chance.odds(25)
            && let Some(shift) = self.chance.pick(&on)
        {
            return Some(VolunteerAct::StopStandIn { shift });
        }
        let shift = self.chance.pick(&shown.shifts)?.id;
        Some(VolunteerAct::SearchStandIn { shift })
    }

    /// Other times, other numbers, or both; now and then of a shift that somebody changed meanwhile.
    fn change_shift(&mut self, shown: &Shown) -> Option<VolunteerAct> {
        let shift = self.chance.pick(&shown.shifts)?;
        let by = SignedDuration::from_mins([-30, 0, 45, 24 * 60][self.chance.below(4)]);
        let needed = u32::try_from(self.chance.between(1, 3)).unwrap();
        let version = if self.chance.odds(90) { shift.version } else { shift.version + 1 };
        let (starts, ends) = (&shift.starts + by, &shift.ends + by);
        Some(VolunteerAct::ChangeShift { shift: shift.id, starts, ends, needed, version })
    }

    fn change_post(&mut self, shown: &Shown) -> Option<VolunteerAct> {
        let Post { id, place, title, about, programme, mut terms, version, .. } =
            self.chance.pick(&shown.posts)?;
        terms.rest_min = if self.chance.odds(30) { 30 } else { 0 };
        let Act::PostShifts { post: PostDraft { shifts, .. } } = self.post(place) else { return None };
        let shifts = if self.chance.odds(40) { shifts } else { Vec::new() };
        let meeting_point = "西门".into();
        let post = PostDraft { id, place, title, about, meeting_point, programme, shifts, terms };
        Some(VolunteerAct::ChangePost { post: Box::new(post), version })
    }

    fn name_contact(&mut self, shown: &Shown, cast: &Cast, links: &[Link]) -> Option<VolunteerAct> {
        let stand: Vec<_> = shown.contacts.iter().filter(|one| !one.ended).cloned().collect();
        if self.chance.odds(25)
            && let Some(ClassContact { class, person, .. }) = self.chance.pick(&stand)
        {
            return Some(VolunteerAct::EndContact { class, person });
        }
        let (class, person) = (self.chance.pick(&cast.classes)?, self.chance.pick(links)?.guardian);
        Some(VolunteerAct::AppointContact { class, person })
    }

    fn say_ready(&mut self, shown: &Shown, me: Id<Person>, cast: &Cast) -> Option<VolunteerAct> {
        let own = shown.contacts.iter().find(|one| one.person == me && !one.ended);
        if let Some(ClassContact { class, person, .. }) = own.filter(|_| self.chance.odds(10)).cloned() {
            return Some(VolunteerAct::EndContact { class, person });
        }
        let (class, ready) = (self.chance.pick(&cast.classes)?, self.chance.odds(80));
        Some(VolunteerAct::SayReady { class, ready, on_behalf_of: None })
    }

    /// A turn that is to be filled: a shift, and a class whose turn it is.
    fn turn(&mut self, shown: &Shown, of: &[Id<Place>]) -> Option<(Id<Shift>, Id<Place>)> {
        let turns =
            shown.shifts.iter().flat_map(|shift| shift.turns.iter().map(|turn| (shift.id, turn.class)));
        self.chance.pick(&turns.filter(|(_, class)| of.contains(class)).collect::<Vec<_>>())
    }

    /// The contact asks who said that they are ready.
    fn fill_turn(&mut self, shown: &Shown, me: Id<Person>) -> Option<VolunteerAct> {
        let own = shown.contacts.iter().filter(|one| one.person == me && !one.ended);
        let own: Vec<_> = own.map(|one| one.class).collect();
        let (shift, class) = self.turn(shown, &own)?;
        let ready = shown.ready.iter().filter(|one| one.class == class && !one.ended);
        let person = self.chance.pick(&ready.map(|one| one.person).collect::<Vec<_>>())?;
        Some(VolunteerAct::AskFamily { shift, class, person, words: "轮到我们班".into(), until: None })
    }

    /// So does the teacher of the class, or the desk, whoever it is.
    fn ask_family(&mut self, shown: &Shown, cast: &Cast, links: &[Link]) -> Option<VolunteerAct> {
        let (shift, class) = self.turn(shown, &cast.classes)?;
        let person = self.chance.pick(links)?.guardian;
        Some(VolunteerAct::AskFamily { shift, class, person, words: String::new(), until: None })
    }

    fn still_comes(&mut self, shown: &Shown) -> Option<VolunteerAct> {
        let shift = self.chance.pick(&shown.held)?;
        Some(VolunteerAct::ConfirmShift { shift, on_behalf_of: None })
    }

    /// 代办: who telephoned that they still come, or are ready.
    pub(super) fn telephoned(&mut self, of: &[Take], cast: &Cast, links: &[Link]) -> Option<Act> {
        let taken: Vec<_> = of.iter().filter(|take| take.state == TakeState::Taken).cloned().collect();
        let proxy = |person| Some(Proxy::new(person, "妈妈来电"));
        Some(Act::Volunteer(if self.chance.odds(50) {
            let take = self.chance.pick(&taken)?;
            VolunteerAct::ConfirmShift { shift: take.shift, on_behalf_of: proxy(take.person) }
        } else {
            let (class, person) = (self.chance.pick(&cast.classes)?, self.chance.pick(links)?.guardian);
            VolunteerAct::SayReady { class, ready: self.chance.odds(80), on_behalf_of: proxy(person) }
        }))
    }
}

/// Places of classes are counted as they are filled, a class sees exactly its own part, and a search asks nobody twice.
pub(super) fn check_keeping(server: &Server) {
    for post in server.list::<Post>(List::All(Kind::Post)) {
        for shift in server.list::<Shift>(List::ShiftsOf(post.id)) {
            let takes = server.list::<Take>(List::TakesOf(shift.id));
            check_turns(server, &shift, &takes);
            check_search(server, &shift, &takes);
            for take in &takes {
                assert!(
                    take.confirmed.is_none() || take.reminded.is_some(),
                    "somebody said that they still come whom nobody asked: {take:?}"
                );
            }
        }
    }
}

fn check_turns(server: &Server, shift: &Shift, takes: &[Take]) {
    let places: u32 = shift.turns.iter().map(|turn| turn.places).sum();
    assert!(places <= shift.needed, "more is kept for classes than is needed: {shift:?}");
    assert!(
        shift.turns.iter().all(|turn| turn.until <= shift.starts),
        "kept beyond the beginning: {shift:?}"
    );
    let allotment = server.row(Allotment::of(shift.id.uuid())).expect("a shift has its allotment");
    for turn in &shift.turns {
        let hold = shift.hold_of_class(turn.class).expect("every turn has its hold");
        let Some(held) = allotment.holds.iter().find(|held| held.hold == hold) else { continue };
        let of_class = |take: &&Take| {
            let part = take.class.as_ref();
            take.state == TakeState::Taken && part.is_some_and(|part| part.class == turn.class)
        };
        let come = takes.iter().filter(of_class).count();
        assert_eq!(held.used as usize, come, "a class fills places otherwise than is counted: {shift:?}");
    }
    let parts = server.list::<TurnPart>(List::TurnPartsOf(shift.id));
    for take in takes {
        let Some(class) = take.class.as_ref().map(|part| part.class) else { continue };
        let part = parts.iter().find(|part| part.person == take.person);
        let seen = part.map(|part| (part.class, part.state));
        assert_eq!(seen, Some((class, take.state)), "a class sees something else of {take:?}");
    }
}

fn check_search(server: &Server, shift: &Shift, takes: &[Take]) {
    let Some(search) = server.row(StandInSearch::of(shift.id)) else { return };
    let asked: Vec<_> = search.waves.iter().flat_map(|wave| &wave.people).collect();
    let once: BTreeSet<_> = asked.iter().collect();
    assert_eq!(asked.len(), once.len(), "a search asks somebody twice: {search:?}");
    let searching = search.state == StandInState::Searching;
    assert_eq!(searching, search.next.is_some(), "a search goes on for ever, or stops half-way: {search:?}");
    let by_search = |take: &&Take| {
        let source = take.offer.as_ref().map(|offer| &offer.source);
        take.state == TakeState::Offered && source == Some(&OfferFrom::StandIn)
    };
    let open = takes.iter().filter(by_search).count();
    let still = searching || matches!(search.state, StandInState::NobodyLeft | StandInState::Over);
    assert!(still || open == 0, "nobody is needed, and {open} are asked to stand in: {search:?}");
    assert!(shift.is_on() || !searching, "a stand-in is looked for at a shift that is off: {search:?}");
}
