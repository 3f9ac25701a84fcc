//! A term of 90 school days, lived twice: once places that are given back are looked for by waves, once everybody is asked at
//! once. Both arms are driven through the rules themselves, and the same people give back the same places at the same times.
//!
//! What is assumed of people stands here and nowhere else: on which days of the week they can come at all, that four in
//! ten asks they could follow are followed, that each further ask within four weeks takes a share of that away, and how long
//! they take to read. `cargo nextest run -p xinmei-model -E 'test(simulated_term)' --no-capture` prints the figures.

use jiff::{SignedDuration, Timestamp, ToSpan, Zoned, civil::Weekday};
use xinmei_model::{
    Act, DayPart, Id, List, Person, PostDraft, PostTerms, QuietHours, Shift, ShiftDraft, StandInRule, Take,
    TakeState, VolunteerAct,
};

use super::{answer, at, drop_shift, guardian, take, wish};
use crate::world::{World, people::*};
use xinmei_model::Relation;

const PEOPLE: usize = 40;
const DAYS: usize = 90;
const NEEDED: u32 = 3;
const SEEDS: u64 = 20;
/// How many of the places that were taken are given back.
const GIVEN_BACK: f64 = 0.12;
/// How many of those who can come that day say yes when nobody asked them lately.
const YES: f64 = 0.4;
/// What is left of that after each further ask within four weeks.
const TIRED: f64 = 0.85;
/// How long a message lies there, on average, in hours by day.
const READS_AFTER: f64 = 1.0;

#[derive(Clone, Copy, PartialEq, Debug)]
enum By {
    Waves,
    Broadcast,
}

/// A number from 0 to 1 that follows from what it is drawn for: both arms draw the same.
fn chance(seed: u64, what: u64, one: usize, other: usize) -> f64 {
    let mut x = seed
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .wrapping_add(what << 48)
        .wrapping_add((one as u64) << 24)
        .wrapping_add(other as u64);
    for _ in 0..2 {
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^= x >> 31;
    }
    (x >> 11) as f64 / (1_u64 << 53) as f64
}

/// What happens to somebody at a shift: they give it back, or they answer.
#[derive(Clone, Copy)]
enum Happens {
    GivesBack,
    Answers(bool),
}

struct Term {
    seed: u64,
    tired: f64,
    by: By,
    world: World,
    desk: Staff,
    people: Vec<Id<Person>>,
    shifts: Vec<(Id<Shift>, Zoned)>,
    to_come: Vec<(Timestamp, usize, usize, Happens)>,
    /// When each person was asked.
    asked: Vec<Vec<Timestamp>>,
    seen: std::collections::BTreeSet<(usize, usize, Timestamp)>,
    /// Shifts at which a place was given back.
    open: std::collections::BTreeSet<usize>,
}

/// How many shifts began short, and how often somebody was asked, on average.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Lived {
    uncovered: usize,
    asks: f64,
    most_asked: usize,
}

impl Term {
    fn begin(seed: u64, by: By, tired: f64) -> Self {
        let mut world = World::school();
        let school = world.school;
        world.edit(school, |school| school.quiet = Some(QuietHours::usual()));
        let desk = world.coordinator(world.campus);
        let class = world.class(2024, 2);
        let people: Vec<_> = (0..PEOPLE)
            .map(|number| {
                let child = world.child("孩子", class);
                world.guardian(&format!("家长{number}")).of(child, Relation::Other, PARENT).id()
            })
            .collect();
        let mut day = at("2026-10-19T07:20");
        let mut drafts = Vec::new();
        while drafts.len() < DAYS {
            if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
                let (id, ends) = (world.fresh(), &day + 40.minutes());
                drafts.push(ShiftDraft { id, starts: day.clone(), ends, needed: NEEDED });
            }
            day = day.checked_add(1.day()).unwrap();
        }
        let shifts: Vec<_> = drafts.iter().map(|draft| (draft.id, draft.starts.clone())).collect();
        let stand_in = if by == By::Waves { StandInRule::ByItself } else { StandInRule::Off };
        let terms = PostTerms { stand_in, ..PostTerms::default() };
        let post = PostDraft { shifts: drafts, terms, ..world.post_draft(world.campus, &[]) };
        world.does(desk.actor(), &Act::PostShifts { post });
        let asked = vec![Vec::new(); PEOPLE];
        let (to_come, seen, open) = (Vec::new(), Default::default(), Default::default());
        let mut term = Self { seed, tired, by, world, desk, people, shifts, to_come, asked, seen, open };
        term.people_say_when();
        term.people_sign_up();
        term
    }

    fn can(&self, who: usize, day: &Zoned) -> bool {
        chance(self.seed, 1, who, day.weekday().to_monday_one_offset() as usize) < 0.5
    }

    /// Every second person has said on which days they want to be asked.
    fn people_say_when(&mut self) {
        for who in (0..PEOPLE).step_by(2) {
            let week = self.shifts[..5].iter().filter(|(_, day)| self.can(who, day));
            let days: Vec<_> = week.map(|(_, day)| day.weekday().to_monday_one_offset()).collect();
            let act = wish(!days.is_empty(), &days, DayPart::WholeDay);
            self.world.does(guardian(self.people[who]), &act);
        }
    }

    /// Each shift is taken by three of those who can, and some of them will give it back: half of those within the last day.
    fn people_sign_up(&mut self) {
        for number in 0..DAYS {
            let (shift, starts) = self.shifts[number].clone();
            let mut order: Vec<_> = (0..PEOPLE).filter(|who| self.can(*who, &starts)).collect();
            order.sort_by(|a, b| {
                let lot = |who: &usize| chance(self.seed, 2, *who, number);
                lot(a).total_cmp(&lot(b))
            });
            for who in order.into_iter().take(NEEDED as usize) {
                self.world.does(guardian(self.people[who]), &take(shift));
                if chance(self.seed, 3, who, number) < GIVEN_BACK {
                    let (when, within) =
                        (chance(self.seed, 4, who, number), chance(self.seed, 5, who, number));
                    let hours = match when {
                        0.0..0.5 => 2.0 + 22.0 * within,
                        0.5..0.8 => 24.0 + 48.0 * within,
                        _ => 72.0 + 72.0 * within,
                    };
                    let at = starts.timestamp() - minutes(hours * 60.0);
                    // Nobody gives a shift back in their sleep.
                    let at = self.world.get(self.world.school).awake_from(at);
                    self.to_come.push((at, number, who, Happens::GivesBack));
                }
            }
        }
    }

    /// Whoever was asked since is going to answer, or lets it lie.
    fn look(&mut self) {
        let now = self.world.now;
        let school = self.world.get(self.world.school);
        for number in self.open.clone() {
            let (shift, starts) = self.shifts[number].clone();
            let ahead = starts.timestamp() > now
                && starts.timestamp().duration_since(now) < SignedDuration::from_hours(24 * 9);
            if !ahead {
                continue;
            }
            let takes: Vec<Take> = self.world.list(List::TakesOf(shift));
            for one in takes.iter().filter(|take| take.state == TakeState::Offered) {
                let who = self.people.iter().position(|person| *person == one.person).unwrap();
                if !self.seen.insert((number, who, one.at)) {
                    continue;
                }
                let lately =
                    |at: &&Timestamp| now.duration_since(**at) <= SignedDuration::from_hours(24 * 28);
                let times = self.asked[who].iter().filter(lately).count();
                self.asked[who].push(now);
                let willing = YES * self.tired.powi(times as i32);
                let yes = self.can(who, &starts) && chance(self.seed, 6, who, number) < willing;
                // Of those who cannot every second one says so.
                if yes || chance(self.seed, 7, who, number) < 0.5 {
                    let late = -(1.0 - chance(self.seed, 8, who, number)).ln() * READS_AFTER;
                    let when = school.awake_for(now, minutes(late * 60.0));
                    self.to_come.push((when, number, who, Happens::Answers(yes)));
                }
            }
        }
    }

    fn all_are_asked(&mut self, number: usize) {
        let (shift, starts) = self.shifts[number].clone();
        let takes: Vec<Take> = self.world.list(List::TakesOf(shift));
        let free = |person: &&Id<Person>| {
            let own = takes.iter().find(|take| take.person == **person);
            own.is_none_or(|take| take.state == TakeState::Released)
        };
        let people: Vec<_> = self.people.iter().filter(free).copied().collect();
        if self.world.now < starts.timestamp() && !people.is_empty() {
            let (words, until) = ("谁能来".into(), None);
            let act = Act::Volunteer(VolunteerAct::OfferShift { shift, people, words, until });
            let _ = self.world.act(self.desk.actor(), &act);
        }
    }

    fn live(mut self) -> Lived {
        let mut uncovered = 0;
        for number in 0..DAYS {
            let begins = self.shifts[number].1.timestamp();
            loop {
                self.to_come.sort_by_key(|(at, number, who, _)| (*at, *number, *who));
                let event = self.to_come.first().map(|one| one.0);
                let now = self.world.now;
                let timer = self.world.timers.values().map(|due| due.at).filter(|at| *at > now).min();
                let next = event.into_iter().chain(timer).min().filter(|at| *at < begins);
                let Some(next) = next else { break };
                self.world.now = next.max(now);
                if event == Some(next) {
                    let (_, number, who, what) = self.to_come.remove(0);
                    self.happens(number, who, what);
                }
                self.world.fire_due();
                self.look();
            }
            self.world.now = begins;
            self.open.remove(&number);
            let free = self.world.allotment(self.shifts[number].0.uuid()).free();
            uncovered += usize::from(free > 0);
        }
        let asks = self.asked.iter().map(Vec::len).sum::<usize>() as f64 / PEOPLE as f64;
        Lived { uncovered, asks, most_asked: self.asked.iter().map(Vec::len).max().unwrap() }
    }

    fn happens(&mut self, number: usize, who: usize, what: Happens) {
        let shift = self.shifts[number].0;
        let actor = guardian(self.people[who]);
        match what {
            Happens::GivesBack => {
                self.open.insert(number);
                let gave = self.world.act(actor, &drop_shift(shift)).is_ok();
                if gave && self.by == By::Broadcast {
                    self.all_are_asked(number);
                }
            }
            // Who said yes too late hears that they are not needed any more.
            Happens::Answers(yes) => drop(self.world.act(actor, &answer(shift, yes))),
        }
    }
}

fn minutes(minutes: f64) -> SignedDuration {
    SignedDuration::from_secs((minutes * 60.0) as i64)
}

/// The middle one, or the mean of the two in the middle.
fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    let middle = all.len() / 2;
    if all.len().is_multiple_of(2) { (all[middle - 1] + all[middle]) / 2.0 } else { all[middle] }
}

/// Medians over the seeds: shifts that began short, asks per person, asks of who was asked most.
fn medians(by: By, tired: f64) -> (f64, f64, f64) {
    let lived: Vec<_> = std::thread::scope(|scope| {
        let halves = [0, 1].map(|half| {
            scope.spawn(move || {
                let seeds = (0..SEEDS).filter(move |seed| seed % 2 == half);
                seeds.map(|seed| Term::begin(seed, by, tired).live()).collect::<Vec<_>>()
            })
        });
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    });
    let of = |value: fn(&Lived) -> f64| median(lived.iter().map(value).collect());
    (of(|one| one.uncovered as f64), of(|one| one.asks), of(|one| one.most_asked as f64))
}

/// Both arms, as they are printed.
#[expect(clippy::print_stdout, reason = "what ADR 48 quotes is what this prints")]
fn both(suppose: &str, tired: f64) -> [(f64, f64, f64); 2] {
    println!("{DAYS} school days, {NEEDED} of {PEOPLE} people each, medians of {SEEDS} terms; {suppose}");
    [("waves", By::Waves), ("broadcast", By::Broadcast)].map(|(name, by)| {
        let lived @ (uncovered, asks, most) = medians(by, tired);
        println!("{name:>10}: {uncovered:4.1} shifts short, {asks:5.1} asks per person, {most:4.1} at most");
        lived
    })
}

#[test]
fn a_simulated_term_has_fewer_uncovered_shifts_and_fewer_asks_than_a_broadcast() {
    let [waves, broadcast] = both("people tire of being asked", TIRED);
    assert!(waves.0 < broadcast.0, "fewer shifts begin short");
    assert!(waves.1 < broadcast.1, "fewer asks per person");
    assert!(waves.2 <= xinmei_model::limits::STAND_IN_PER_TERM as f64 + 1.0);
}

/// What the first one rests on is said, and what becomes of it without: asking everybody fills more where nobody minds.
#[test]
fn a_simulated_term_in_which_nobody_tires_still_asks_few() {
    let [waves, broadcast] = both("nobody tires of being asked", 1.0);
    assert!(waves.1 < broadcast.1, "fewer asks per person");
    assert!(waves.2 <= xinmei_model::limits::STAND_IN_PER_TERM as f64 + 1.0);
}
