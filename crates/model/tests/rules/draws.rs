//! The draw: two implementations agree on it, nothing in it can be changed unnoticed, and it goes as it was planned.

mod again;
mod going;

use uuid::Uuid;
use xinmei_model::{
    DRAW_RULES, Draw, DrawFault, DrawResult, DrawRoll, FileHash, Id, RollEntry, RollSession, Secret, draw,
    is_value, verify,
};

use crate::world::plans::at;

/// `SplitMix64`: a failing case is its seed.
struct Chance(u64);

impl Chance {
    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u32) -> u32 {
        u32::try_from(self.word() % u64::from(limit)).unwrap()
    }

    fn id<T>(&mut self) -> Id<T> {
        Id::new(Uuid::from_u128(u128::from(self.word()) << 64 | u128::from(self.word())))
    }

    fn secret(&mut self) -> Secret {
        let mut bytes = [0; 32];
        bytes.chunks_mut(8).for_each(|part| part.copy_from_slice(&self.word().to_be_bytes()));
        Secret::new(bytes)
    }

    fn value(&mut self) -> String {
        format!("{}.{:02}", self.below(5_000), self.below(100))
    }

    fn entry(&mut self, sessions: u32) -> RollEntry {
        let mut wishes: Vec<u32> = (0..sessions).collect();
        let picked = 1 + self.below(sessions);
        for i in 0..picked {
            wishes.swap(i as usize, (i + self.below(sessions - i)) as usize);
        }
        wishes.truncate(picked as usize);
        RollEntry { id: self.id(), size: 1 + self.below(4), misses: self.below(6), wishes }
    }
}

/// A draw that was held: what was published before, the roll, and the result.
#[derive(Clone)]
struct Held {
    plan: Draw,
    roll: DrawRoll,
    result: DrawResult,
}

impl Held {
    fn new(chance: &mut Chance, entries: u32) -> Self {
        let (event, secret, value) = (chance.id(), chance.secret(), chance.value());
        let sessions = 1 + chance.below(5);
        let mut roll = DrawRoll {
            id: DrawRoll::of(event),
            event,
            rules: DRAW_RULES,
            commitment: secret.commitment(),
            public_value: "2026-12-04 上证指数收盘价".into(),
            decimals: 2,
            sessions: (0..sessions)
                .map(|_| RollSession { id: chance.id(), seats: chance.below(12) })
                .collect(),
            entries: (0..entries).map(|_| chance.entry(sessions)).collect(),
            sha256: secret.commitment(),
        };
        roll.entries.sort_by_key(|entry| entry.id);
        roll.sha256 = roll.hash();
        let plan = Draw {
            commitment: roll.commitment,
            public_value: roll.public_value.clone(),
            decimals: roll.decimals,
            known: at("2026-10-12T20:00"),
            rolled: Some(roll.sha256),
            drawn: Some(at("2026-10-12T20:05").timestamp()),
        };
        let outcome = draw(&roll, &secret, &value);
        let (id, at) = (DrawResult::of(event), at("2026-10-12T20:05").timestamp());
        Self { plan, roll, result: DrawResult { id, event, secret, value, at, outcome } }
    }

    fn verify(&self, seen: Option<FileHash>) -> Result<(), DrawFault> {
        verify(&self.plan, &self.roll, &self.result, seen)
    }

    /// The school draws anew after it changed something, and puts everything else in order.
    fn put_in_order(&mut self) {
        self.roll.commitment = self.plan.commitment;
        self.roll.sha256 = self.roll.hash();
        self.plan.rolled = Some(self.roll.sha256);
        self.result.outcome = draw(&self.roll, &self.result.secret, &self.result.value);
    }

    /// Seats ≤ capacity, everybody got a wish or nothing, and nobody was passed over for a later ticket.
    fn check_served(&self) {
        let session = |wish: &u32| &self.roll.sessions[*wish as usize];
        let mut taken = vec![0; self.roll.sessions.len()];
        for drawn in &self.result.outcome {
            let entry = self.roll.entries.iter().find(|entry| entry.id == drawn.entry).unwrap();
            let fits = |wish: &&u32| session(wish).seats - taken[**wish as usize] >= entry.size;
            let best = entry.wishes.iter().find(fits).copied();
            assert_eq!(drawn.session, best.map(|wish| session(&wish).id), "passed over");
            if let Some(wish) = best {
                taken[wish as usize] += entry.size;
            }
        }
        assert_eq!(self.result.outcome.len(), self.roll.entries.len(), "each entry once");
        assert!(self.roll.sessions.iter().zip(&taken).all(|(session, taken)| *taken <= session.seats));
    }
}

#[test]
fn a_second_implementation_agrees_on_ten_thousand_draws() {
    for number in 0..10_000 {
        let mut chance = Chance(number);
        let entries = chance.below(24);
        let held = Held::new(&mut chance, entries);
        let roll = serde_json::to_value(&held.roll).unwrap();
        let result = serde_json::to_value(&held.result).unwrap();
        let again = again::draw(&roll, result["secret"].as_str().unwrap(), &held.result.value);
        let commitment = again::commitment(result["secret"].as_str().unwrap());
        assert_eq!(commitment, held.plan.commitment.to_string(), "draw {number}");
        assert_eq!(again.roll, held.roll.sha256.to_string(), "draw {number}");
        let seed = held.roll.seed(&held.result.secret, &held.result.value);
        assert_eq!(again.seed, seed.to_string(), "draw {number}");
        assert_eq!(again.outcome, result["outcome"], "draw {number}");
        assert_eq!(held.verify(Some(held.roll.sha256)), Ok(()), "draw {number}");
        held.check_served();
    }
}

#[test]
fn what_is_changed_after_the_commitment_is_found_out() {
    for number in 0..2_400 {
        let mut chance = Chance(0x5eed_0000 + number);
        let held = Held::new(&mut chance, 12);
        let seen = Some(held.roll.sha256);
        let mut other = held.clone();
        let one = chance.below(12) as usize;
        let entry = chance.entry(u32::try_from(held.roll.sessions.len()).unwrap());
        let secret = chance.secret();
        let expected = match number % 12 {
            0 => {
                other.roll.entries.push(entry);
                DrawFault::Roll
            }
            1 => {
                other.roll.entries.remove(one);
                DrawFault::Roll
            }
            2 => {
                other.roll.entries[one].size += 1;
                other.put_in_order();
                DrawFault::Changed
            }
            3 => {
                other.roll.entries[one].misses += 1;
                other.roll.sha256 = other.roll.hash();
                DrawFault::Changed
            }
            4 => {
                // Another order of preference, or one wish less.
                if other.roll.entries[one].wishes.len() > 1 {
                    other.roll.entries[one].wishes.swap(0, 1);
                } else {
                    other.roll.entries[one].wishes.clear();
                }
                other.put_in_order();
                DrawFault::Changed
            }
            5 => {
                other.roll.sessions[0].seats += 1;
                other.put_in_order();
                DrawFault::Changed
            }
            6 => {
                other.result.secret = secret;
                DrawFault::Commitment
            }
            7 => {
                // Another secret altogether, and everything redone with it.
                other.result.secret = secret;
                other.plan.commitment = secret.commitment();
                other.put_in_order();
                DrawFault::Changed
            }
            8 => {
                other.result.value.insert(0, '1');
                DrawFault::Order
            }
            9 => {
                let drawn = &mut other.result.outcome[one];
                drawn.session = if drawn.session.is_some() { None } else { Some(held.roll.sessions[0].id) };
                DrawFault::Outcome
            }
            10 => {
                other.result.outcome.swap(one, (one + 1) % 12);
                DrawFault::Order
            }
            _ => {
                other.plan.public_value = "2026-12-05 上证指数收盘价".into();
                DrawFault::Plan
            }
        };
        assert_eq!(other.verify(seen), Err(expected), "tampering {number}");
    }
}

#[test]
fn who_saw_no_hash_before_the_draw_has_only_the_schools_word_for_it() {
    let mut chance = Chance(7);
    let held = Held::new(&mut chance, 12);
    let mut other = held.clone();
    other.roll.entries[3].size += 1;
    other.put_in_order();
    assert_eq!(other.verify(None), Ok(()));
    assert_eq!(other.verify(Some(held.roll.sha256)), Err(DrawFault::Changed));
}

#[test]
fn a_value_has_one_spelling() {
    for value in ["0.00", "0.50", "3902.81", "123456789012345678901234567.89"] {
        assert!(is_value(value, 2), "{value}");
    }
    let wrong =
        ["3902.8", "3902.810", "3,902.81", " 3902.81", "03902.81", "00.81", ".81", "3902.", "-3902.81"];
    let odd =
        ["", ".", "3902", "3902.8.1", "３９０２.81", "3.9e3", "+3902.81", "1234567890123456789012345678.90"];
    for value in wrong.into_iter().chain(odd) {
        assert!(!is_value(value, 2), "{value}");
    }
    assert!(is_value("3902", 0) && !is_value("3902.", 0) && !is_value("3902.0", 0));
    let mut held = Held::new(&mut Chance(7), 12);
    held.result.value = format!("{}0", held.result.value);
    held.put_in_order();
    assert_eq!(held.verify(Some(held.roll.sha256)), Err(DrawFault::Plan), "the school chose a spelling");
}

#[test]
fn misses_weigh_as_tickets() {
    // One seat, two entries, one of which missed twice: it should get the seat in three of four draws.
    let mut won = 0;
    for number in 0..4_000 {
        let mut chance = Chance(0xf00d + number);
        let mut held = Held::new(&mut chance, 2);
        held.roll.sessions[0].seats = 1;
        for (entry, misses) in held.roll.entries.iter_mut().zip([2, 0]) {
            (entry.size, entry.misses, entry.wishes) = (1, misses, vec![0]);
        }
        held.roll.sha256 = held.roll.hash();
        let outcome = draw(&held.roll, &held.result.secret, &held.result.value);
        won += u32::from(outcome[0].entry == held.roll.entries[0].id);
    }
    assert!((2_900..3_100).contains(&won), "{won} of 4,000");
}

/// The example of `docs/draw.md`: its hashes are fixed for good.
#[test]
fn the_example_of_the_page_comes_out_as_it_says() {
    let id = |number: u128| Uuid::from_u128(number);
    let secret = Secret::new([7; 32]);
    let entry = |number, size, misses, wishes: &[u32]| RollEntry {
        id: Id::new(id(number)),
        size,
        misses,
        wishes: wishes.to_vec(),
    };
    let sessions = [(1, 1), (2, 2)].map(|(number, seats)| RollSession { id: Id::new(id(number)), seats });
    let event = Id::new(id(0xe));
    let mut roll = DrawRoll {
        id: DrawRoll::of(event),
        event,
        rules: DRAW_RULES,
        commitment: secret.commitment(),
        public_value: "2026-12-04 上证指数收盘价".into(),
        decimals: 2,
        sessions: sessions.to_vec(),
        entries: vec![entry(0x11, 1, 0, &[0]), entry(0x12, 2, 2, &[0, 1]), entry(0x13, 1, 1, &[1, 0])],
        sha256: secret.commitment(),
    };
    roll.sha256 = roll.hash();
    let page = include_str!("../../../../docs/draw.md");
    assert!(page.contains(&format!("roll `{}`", roll.sha256)), "{}", roll.sha256);
    let seed = roll.seed(&secret, "3902.81");
    assert!(page.contains(&format!("seed `{seed}`")), "{seed}");
    for (ticket, _) in roll.tickets(seed) {
        assert!(page.contains(&format!("`{ticket}`")), "{ticket}");
    }
    let outcome = draw(&roll, &secret, "3902.81").into_iter();
    let outcome: Vec<_> = outcome.map(|it| (it.entry.uuid(), it.session.map(Id::uuid))).collect();
    assert_eq!(outcome, [(id(0x12), Some(id(2))), (id(0x13), Some(id(1))), (id(0x11), None)]);
}
