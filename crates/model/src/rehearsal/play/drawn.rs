//! Families enter until the close; then it is drawn, and the line is served.

use std::collections::BTreeMap;

use super::{Going, Opening, Press, RehearsalStep, Turn};
use crate::{
    Allotment, BookingState, DRAW_RULES, DrawRoll, DrawnEntry, Id, RollEntry, RollSession, Secret, Session,
    draw, drawing::misses, limits,
};

/// An entry on the roll, and which booking it is.
type Entered = (RollEntry, usize);

/// A value of a draw, written with so many decimals. The secret is another in each run, so one value does.
fn value(decimals: u32) -> String {
    let zeros = "0".repeat(usize::try_from(decimals).unwrap_or_default());
    if zeros.is_empty() { "0".into() } else { format!("0.{zeros}") }
}

impl Opening<'_> {
    /// Plays it to the end; `None` where it could not be drawn.
    pub(in crate::rehearsal) fn drawn(&mut self, run: u32) -> Option<(Secret, DrawRoll, String)> {
        if !self.stage.may_draw() {
            return None;
        }
        let mut places = Allotment::new(self.stage.event.id.uuid(), limits::DRAW_ENTRIES);
        let mut entries = Vec::new();
        for press in self.presses() {
            self.enter(press, &mut places, &mut entries);
        }
        entries.sort_unstable_by_key(|(entry, _)| entry.id);
        let numbers: BTreeMap<_, _> = entries.iter().map(|(entry, number)| (entry.id, *number)).collect();
        let secret = self.stage.secret(run);
        let roll = self.roll(&secret, entries.into_iter().map(|(entry, _)| entry).collect());
        let value = value(roll.decimals);
        self.seated(&roll, &draw(&roll, &secret, &value), &numbers);
        self.until(None);
        Some((secret, roll, value))
    }

    /// The roll as the close would publish it.
    fn roll(&self, secret: &Secret, entries: Vec<RollEntry>) -> DrawRoll {
        let event = &self.stage.event;
        let plan = event.draw.as_ref();
        let sessions = self.stage.sessions.iter().zip(self.seats);
        let mut roll = DrawRoll {
            id: DrawRoll::of(event.id),
            event: event.id,
            rules: DRAW_RULES,
            commitment: secret.commitment(),
            public_value: plan.map(|plan| plan.public_value.clone()).unwrap_or_default(),
            decimals: plan.map_or(0, |plan| plan.decimals),
            sessions: sessions
                .map(|(session, seats)| RollSession { id: session.id, seats: *seats })
                .collect(),
            entries,
            sha256: secret.commitment(),
        };
        roll.sha256 = roll.hash();
        roll
    }

    /// A family enters with the sessions all of a party can come to. Children who cannot come together enter apart.
    fn enter(&mut self, press: Press, places: &mut Allotment, entries: &mut Vec<Entered>) {
        let Some(turn) = self.comes(press) else { return };
        let mut todo: Vec<_> = turn.member.guests.clone().collect();
        let mut liked_best = true;
        while let Some((first, group)) = self.first_of(&turn, &todo) {
            todo.retain(|guest| !group.contains(guest));
            let Some((adults, size)) = self.party(&turn, &group) else {
                if let Some(trouble) = self.trouble.get_mut(turn.wish.home) {
                    trouble.too_large = true;
                }
                continue;
            };
            if std::mem::take(&mut liked_best)
                && let Some(room) = self.rooms.get_mut(first)
            {
                room.first = room.first.saturating_add(size);
            }
            let all_join = |at: &usize| self.joining(&group, *at).len() == group.len();
            let wishes: Vec<_> =
                turn.wish.order.iter().copied().filter(all_join).take(limits::WISHES).collect();
            let holds = |at: &usize| self.seats.get(*at).is_some_and(|seats| size <= *seats);
            if !wishes.iter().any(holds) || places.free() == 0 {
                self.short = self.short.saturating_add(1);
                continue;
            }
            places.seat(None, 1);
            let missed = turn.member.guests.clone().zip(&turn.member.party.children);
            let missed = missed.filter(|(at, _)| group.contains(at)).flat_map(|(_, guest)| &guest.missed);
            let misses = misses(&missed.copied().collect());
            let going = Going { session: first, group, adults, size, hold: None };
            let number = self.book(&turn, going, BookingState::Entered);
            let others = wishes.iter().skip(1).filter_map(|at| self.stage.sessions.get(*at));
            let others = others.map(|session| session.id).collect();
            self.signs_up(&turn, number, adults, others);
            let Some(id) = self.booked.get(number).map(|one| RollEntry::of(one.id)) else { continue };
            let wishes = wishes.into_iter().filter_map(|at| u32::try_from(at).ok()).collect();
            entries.push((RollEntry { id, size, misses, wishes }, number));
        }
    }

    /// The best session for any of these children, and who of them can come to it.
    fn first_of(&self, turn: &Turn<'_>, todo: &[usize]) -> Option<(usize, Vec<usize>)> {
        let mut found = turn.wish.order.iter().map(|at| (*at, self.joining(todo, *at)));
        found.find(|(_, group)| !group.is_empty())
    }

    /// Everybody has what was drawn, or stands in the line of the first wish that could hold the party.
    fn seated(&mut self, roll: &DrawRoll, outcome: &[DrawnEntry], numbers: &BTreeMap<Id<RollEntry>, usize>) {
        let now = self.stage.drawn_at();
        let at = self.stage.after(now);
        let mut became = Vec::new();
        for drawn in outcome {
            let Some(number) = numbers.get(&drawn.entry).copied() else { continue };
            let entry = roll.entries.binary_search_by_key(&drawn.entry, |entry| entry.id).ok();
            let Some(entry) = entry.and_then(|at| roll.entries.get(at)) else { continue };
            self.came_out(number, entry, drawn.session);
            let Some(one) = self.booked.get(number) else { continue };
            let seated = one.state == BookingState::Confirmed;
            if let Some(session) = self.stage.sessions.get(one.session).filter(|_| self.steps.is_some()) {
                became.push((one.id, session.id, one.state));
            }
            self.short = self.short.saturating_add(u32::from(!seated));
            if seated {
                self.may_return(at, number);
            }
        }
        self.note(|| RehearsalStep::Drawn { at: now, became });
        for index in 0..self.rooms.len() {
            self.serve(at, index);
        }
    }

    fn came_out(&mut self, number: usize, entry: &RollEntry, got: Option<Id<Session>>) {
        let Some(one) = self.booked.get_mut(number) else { return };
        let got = got.and_then(|got| self.stage.sessions.iter().position(|session| session.id == got));
        let mut wishes = entry.wishes.iter().filter_map(|at| usize::try_from(*at).ok());
        let holds = |at: &usize| self.rooms.get(*at).is_some_and(|it| it.allotment.could_hold(entry.size));
        let line = wishes.find(holds).filter(|_| self.stage.event.waitlist);
        one.state = BookingState::NotDrawn;
        let Some(index) = got.or(line) else { return };
        let Some(room) = self.rooms.get_mut(index) else { return };
        one.session = index;
        if got.is_some() {
            one.state = BookingState::Confirmed;
            room.allotment.seat(None, entry.size);
        } else {
            one.state = BookingState::Waiting;
            room.allotment.line_up(None);
            room.line.push_back(number);
        }
    }
}
