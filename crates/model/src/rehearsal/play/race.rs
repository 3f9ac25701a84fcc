//! Who comes first is served first.

use super::{Going, Opening, RehearsalStep, Turn};
use crate::{BookingState, Id, Session};

impl Opening<'_> {
    /// Plays it to the end.
    pub(in crate::rehearsal) fn race(&mut self) {
        self.keep();
        for press in self.presses() {
            self.until(Some(press.at));
            self.press(press);
        }
        self.until(None);
    }

    /// A family looks for the best session with room for all of a party; where there is none it stands in the line of the best
    /// that could ever hold it. Children who cannot come together come apart.
    fn press(&mut self, press: super::Press) {
        let Some(turn) = self.comes(press) else { return };
        let (stage, times) = (self.stage, self.stage.times());
        let mut todo: Vec<_> = turn.member.guests.clone().collect();
        let mut first = true;
        while !todo.is_empty() {
            let Some(going) = self.choose(&turn, &todo, &mut first) else { return };
            let (index, adults) = (going.session, going.adults);
            let at = stage.room(index);
            let Some(room) = self.rooms.get_mut(at) else { return };
            let Some(state) = room.allotment.admit(going.size, going.hold, stage.event.waitlist) else {
                return;
            };
            room.most = room.most.max(room.allotment.used);
            if room.allotment.open_seats() == 0 {
                room.full.get_or_insert(turn.at);
            }
            let number = self.book(&turn, going, state);
            if state == BookingState::Confirmed {
                self.may_return(turn.at, number);
            } else if let Some(room) = self.rooms.get_mut(at) {
                room.line.push_back(number);
            }
            self.signs_up(&turn, number, adults, Vec::new());
            todo.retain(|guest| self.has.get(*guest).is_some_and(|has| has.count_ones() < times));
        }
    }

    /// Where some of these children go, who of them, with how many adults, on how many seats.
    fn choose(&mut self, turn: &Turn<'_>, todo: &[usize], first: &mut bool) -> Option<Going> {
        let (stage, now) = (self.stage, self.stage.time(turn.at));
        let (mut line, mut full, mut large) = (None, false, false);
        for index in turn.wish.order.iter().copied() {
            let Some(session) = stage.sessions.get(index).filter(|session| !session.has_begun(now)) else {
                continue;
            };
            let group = self.joining(todo, index);
            if group.is_empty() {
                continue;
            }
            let Some((adults, size)) = self.party(turn, &group) else {
                large = true;
                continue;
            };
            let hold = stage.hold(turn.member, &group, (session, now));
            let going = Going { session: index, group, adults, size, hold };
            if std::mem::take(first) {
                let liked = self.rooms.get_mut(index)?;
                liked.first = liked.first.saturating_add(size);
            }
            let room = self.rooms.get_mut(stage.room(index))?;
            if size <= room.allotment.open_for(hold) {
                return Some(going);
            }
            room.full.get_or_insert(turn.at);
            full = true;
            if line.is_none() && stage.event.waitlist && room.allotment.could_hold(size) {
                line = Some(going);
            }
        }
        self.short = self.short.saturating_add(u32::from(full));
        if let Some(trouble) = self.trouble.get_mut(turn.wish.home) {
            trouble.too_large |= large && !full;
        }
        line
    }

    /// Notes what was pressed.
    pub(super) fn signs_up(&mut self, turn: &Turn<'_>, number: usize, adults: u32, others: Vec<Id<Session>>) {
        let Some(one) = self.booked.get(number).filter(|_| self.steps.is_some()) else { return };
        let Some(session) = self.stage.sessions.get(one.session) else { return };
        let own = turn.member.guests.clone().zip(&turn.member.party.children);
        let children = own.filter(|(at, _)| one.guests.contains(at)).map(|(_, guest)| guest.child).collect();
        let step = RehearsalStep::SignUp {
            at: self.stage.time(turn.at),
            booking: one.id,
            guardian: one.guardian,
            session: session.id,
            others,
            children,
            adults,
            state: one.state,
        };
        self.note(|| step);
    }
}
