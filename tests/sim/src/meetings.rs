//! Conferences: hours that are offered, changed and withdrawn, families that race for slots; and never two in one.

use std::collections::BTreeSet;

use xinmei_client::Snapshot;
use xinmei_model::{
    Act, Conference, ConferenceDraft, ConferenceKind, Cut, Id, Kind, Link, List, Meeting, MeetingBooking,
    MeetingOffer, MeetingState, MeetingWish, OfferDraft, Place, clash, slots_of,
};

use super::{
    acts::Pen,
    cast::{Cast, Part},
    computer::Computer,
    server::Server,
};

/// What a computer shows of conferences.
struct Shown {
    conferences: Vec<Conference>,
    offers: Vec<MeetingOffer>,
    meetings: Vec<Meeting>,
}

fn shown(computer: &Computer) -> Shown {
    let read = |s: &Snapshot<'_>| {
        let conferences = s.list::<Conference>(List::All(Kind::Conference))?;
        let (mut offers, mut meetings) = (Vec::new(), Vec::new());
        for conference in &conferences {
            offers.extend(s.list::<MeetingOffer>(List::MeetingOffersOf(conference.id))?);
        }
        for offer in &offers {
            meetings.extend(s.list::<Meeting>(List::MeetingsAt(offer.id))?);
        }
        Ok(Shown { conferences, offers, meetings })
    };
    computer.replica().read(read).unwrap()
}

impl Pen<'_> {
    /// What this person does about a conference, if there is anything to do.
    pub(super) fn meet(&mut self, computer: &Computer, cast: &Cast, links: &[Link]) -> Option<Act> {
        let shown = shown(computer);
        match computer.part {
            Part::Guardian => self.family(&shown, links),
            Part::Teacher => self.hours(&shown, cast, links),
            Part::Coordinator if shown.conferences.len() < 2 => Some(self.conference(cast.campus)),
            Part::Coordinator => {
                let conference = self.chance.pick(&shown.conferences)?.id;
                let off = Act::CancelConference { conference, reason: "台风".into() };
                self.chance.odds(5).then_some(off)
            }
            Part::Head => None,
        }
    }

    fn conference(&mut self, place: Id<Place>) -> Act {
        let conference = ConferenceDraft {
            id: self.id(),
            kind: ConferenceKind::ConferenceDay,
            place,
            title: "家长会面谈日".into(),
            about: String::new(),
            opens: self.at(-60),
            closes: self.at(72 * 60),
            minutes: 10,
        };
        Act::OpenConference { conference }
    }

    fn hours(&mut self, shown: &Shown, cast: &Cast, links: &[Link]) -> Option<Act> {
        let conference = self.chance.pick(&shown.conferences)?.id;
        let meeting = self.chance.pick(&shown.meetings).map(|meeting| meeting.id);
        match self.chance.weighted(&[50, 20, 15, 15]) {
            0 => Some(self.offer(shown, conference, cast.campus)),
            1 => {
                let child = self.chance.pick(links)?.child;
                let ends = self.chance.odds(20);
                Some(Act::PleaseCome { conference, child, words: "聊聊数学".into(), ends })
            }
            2 => Some(Act::CancelMeeting { meeting: meeting?, reason: "临时开会".into() }),
            _ => {
                let offer = self.chance.pick(&shown.offers)?.id;
                Some(Act::WithdrawSlots { offer, cut: self.cut() })
            }
        }
    }

    fn cut(&mut self) -> Option<Cut> {
        let families = u32::try_from(self.chance.below(3)).unwrap();
        self.chance.odds(60).then(|| Cut { reason: "下午有课".into(), families })
    }

    /// New hours, or others than one had.
    fn offer(&mut self, shown: &Shown, conference: Id<Conference>, place: Id<Place>) -> Act {
        let before = self.chance.pick(&shown.offers).filter(|_| self.chance.odds(50));
        let starts = self.chance.between(4, 60) * 60;
        let offer = OfferDraft {
            id: before.as_ref().map_or_else(|| self.id(), |before| before.id),
            conference: before.as_ref().map_or(conference, |before| before.conference),
            place,
            room: "203".into(),
            from: before.as_ref().map_or_else(|| self.at(starts), |before| before.from.clone()),
            until: before.as_ref().map_or_else(
                || self.at(starts + 40),
                |before| {
                    let until = before.until.checked_sub(jiff::SignedDuration::from_mins(10)).unwrap();
                    until.max(before.from.clone())
                },
            ),
            minutes: 10,
            buffer: 0,
            breaks: Vec::new(),
        };
        let cut = self.cut();
        Act::OfferSlots { offer, cut }
    }

    fn family(&mut self, shown: &Shown, links: &[Link]) -> Option<Act> {
        let meeting = self.chance.pick(&shown.meetings).map(|meeting| meeting.id);
        if let (Some(meeting), true) = (meeting, self.chance.odds(25)) {
            return Some(Act::WithdrawMeeting { meeting, on_behalf_of: None });
        }
        let conference = self.chance.pick(&shown.conferences)?.id;
        let wishes = 1 + self.chance.below(2);
        let mut meetings = Vec::new();
        for _ in 0..wishes {
            let offer = self.chance.pick(&shown.offers)?;
            let starts = self.chance.pick(&slots_of(&offer))?.starts.timestamp();
            meetings.push(MeetingWish { offer: offer.id, starts, child: self.chance.pick(links)?.child });
        }
        Some(Act::BookMeetings(MeetingBooking { conference, meetings, on_behalf_of: None }))
    }
}

/// A slot has one family; whoever has one stands in it; and nobody is at two tables at once.
pub(super) fn check(server: &Server) {
    let mut booked: Vec<Meeting> = Vec::new();
    for conference in server.list::<Conference>(List::All(Kind::Conference)) {
        for offer in server.list::<MeetingOffer>(List::MeetingOffersOf(conference.id)) {
            let meetings = server.list::<Meeting>(List::MeetingsAt(offer.id));
            let mut starts = BTreeSet::new();
            for meeting in meetings.into_iter().filter(|it| it.state == MeetingState::Booked) {
                assert!(starts.insert(meeting.starts.timestamp()), "two families in one slot");
                if !offer.withdrawn {
                    assert!(offer.is_taken(meeting.starts.timestamp()), "a booked slot is not free");
                }
                if !conference.is_cancelled() {
                    booked.push(meeting);
                }
            }
        }
    }
    for (index, one) in booked.iter().enumerate() {
        for other in booked.iter().skip(index + 1).filter(|other| other.guardian == one.guardian) {
            assert!(clash(one.stay(), other.stay(), 0).is_none(), "a guardian at two tables");
        }
    }
}
