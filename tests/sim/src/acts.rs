//! What people wish for, chosen from what their own computer shows them.

use jiff::{SignedDuration, Timestamp, Zoned, tz::TimeZone};
use xinmei_client::Snapshot;
use xinmei_model::{
    Act, Booking, BookingChange, BookingState, Child, Cut, DayPart, Event, FamilyRequest, FamilyRequestDraft,
    Id, Kind, Link, List, Notice, Proxy, Seat, Session, Shift, SignUp, Wanted, losing,
};

use super::{
    cast::{Cast, Part},
    chance::Chance,
    computer::Computer,
    talk::own_role,
};

/// What a computer shows.
pub(super) struct Shown {
    pub(super) events: Vec<Event>,
    pub(super) sessions: Vec<Session>,
    pub(super) bookings: Vec<Booking>,
    pub(super) notices: Vec<Notice>,
    pub(super) shifts: Vec<Shift>,
    /// Children that have a seat already.
    pub(super) seated: Vec<Id<Child>>,
    /// Children and guardians this person knows, as links.
    pub(super) links: Vec<Link>,
    pub(super) requests: Vec<FamilyRequest>,
}

fn shown(computer: &Computer) -> Shown {
    let read = |s: &Snapshot<'_>| {
        let (mut sessions, mut bookings, mut shifts, mut links) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let events = s.list::<Event>(List::All(Kind::Event))?;
        for event in &events {
            sessions.extend(s.list::<Session>(List::SessionsOf(event.id))?);
        }
        for session in &sessions {
            bookings.extend(s.list::<Booking>(List::BookingsOf(session.id))?);
        }
        let mut seated = Vec::new();
        for booking in bookings.iter().filter(|booking| !booking.state.is_over()) {
            let seats = s.list::<Seat>(List::SeatsOf(booking.id))?;
            seated.extend(seats.into_iter().map(|seat| seat.child));
        }
        for post in s.list::<xinmei_model::Post>(List::All(Kind::Post))? {
            shifts.extend(s.list::<Shift>(List::ShiftsOf(post.id))?);
        }
        let own = s.list::<Link>(List::LinksBy(s.person()))?;
        for place in s.list::<xinmei_model::Place>(List::All(Kind::Place))? {
            for child in s.list::<Child>(List::ChildrenIn(place.id))? {
                links.extend(s.list::<Link>(List::LinksOf(child.id))?);
            }
        }
        links.sort_by_key(|link| link.id);
        links.dedup_by_key(|link| link.id);
        let links = if own.is_empty() { links } else { own };
        let (notices, requests) = (s.list(List::All(Kind::Notice))?, s.list(List::All(Kind::FamilyRequest))?);
        Ok(Shown { events, sessions, bookings, notices, shifts, seated, links, requests })
    };
    computer.replica().read(read).unwrap()
}

/// Makes ids and times of the acts.
pub struct Pen<'c> {
    /// Chance.
    pub chance: &'c mut Chance,
    /// The true time.
    pub now: Timestamp,
}

impl Pen<'_> {
    pub(super) fn id<T>(&mut self) -> Id<T> {
        let [high, low] = [self.chance.word(), self.chance.word()];
        Id::new(
            uuid::Builder::from_random_bytes((u128::from(high) << 64 | u128::from(low)).to_be_bytes())
                .into_uuid(),
        )
    }

    pub(super) fn at(&self, minutes: i64) -> Zoned {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        (self.now + SignedDuration::from_mins(minutes)).to_zoned(zone)
    }

    /// What this person does next, if there is anything to do.
    pub fn wish(&mut self, computer: &Computer, cast: &Cast, strangers: &[Id<Booking>]) -> Option<Act> {
        let shown = shown(computer);
        let sent: Vec<Id<Booking>> = computer
            .wishes
            .iter()
            .filter_map(|wish| if let Act::SignUp(wish) = &wish.act { Some(wish.booking) } else { None })
            .collect();
        if self.chance.odds(10)
            && let Some(act) = self.meet(computer, cast, &shown.links)
        {
            return Some(act);
        }
        let about_shifts = if computer.part == Part::Coordinator { 35 } else { 22 };
        if self.chance.odds(about_shifts)
            && let Some(act) = self.volunteer(computer, cast, &shown.links)
        {
            return Some(act);
        }
        match computer.part {
            Part::Guardian => match self.chance.weighted(&[45, 22, 12, 8, 5, 4, 4, 7, 4, 14, 6, 2]) {
                0 => self.sign_up(&shown, None),
                1 => self.about_booking(&shown, None),
                2 if self.chance.odds(30) => {
                    Some(Act::MarkSeen { notice: self.chance.pick(&shown.notices)?.id })
                }
                2 => self.answer(computer, &shown, None),
                3 => Some(Act::TakeShift { shift: self.shift(&shown)?, on_behalf_of: None }),
                4 => Some(Act::DropShift { shift: self.shift(&shown)?, on_behalf_of: None }),
                5 => Some(Act::Withdraw { booking: self.chance.pick(&sent)?, on_behalf_of: None }),
                7 => self.request(&shown, None),
                8 => {
                    let request = self.chance.pick(&shown.requests)?.id;
                    Some(Act::WithdrawRequest { request, on_behalf_of: None })
                }
                9 => self.talk(computer, &shown.links, None),
                10 => self.mark(computer, &shown.notices, &children_of(&shown)),
                11 => Some(self.preferences()),
                // Somebody else's, as a curious person would try.
                _ => Some(Act::Withdraw { booking: self.chance.pick(strangers)?, on_behalf_of: None }),
            },
            Part::Teacher => match self.chance.weighted(&[50, 20, 20, 10, 12, 3, 30, 10, 14]) {
                0 => self.notice(computer, cast, &shown, cast.classes[0]),
                1 if self.chance.odds(50) => {
                    Some(Act::RemindNotice { notice: self.chance.pick(&shown.notices)?.id })
                }
                1 => self.recall(&shown),
                2 => {
                    let guardian = Proxy::new(self.chance.pick(&shown.links)?.guardian, "妈妈来电");
                    self.answer(computer, &shown, Some(guardian))
                }
                4 => {
                    let request = self.chance.pick(&shown.requests)?.id;
                    Some(Act::AnswerRequest { request, agrees: self.chance.odds(80), note: String::new() })
                }
                5 => {
                    let guardian = Proxy::new(self.chance.pick(&shown.links)?.guardian, "妈妈来电");
                    self.request(&shown, Some(guardian))
                }
                6 => self.talk(computer, &shown.links, own_role(computer)),
                7 => self.mark(computer, &shown.notices, &children_of(&shown)),
                8 => {
                    let notice = self.notice(computer, cast, &shown, cast.classes[0]);
                    self.author(computer, notice)
                }
                _ => Some(Act::TakeShift { shift: self.shift(&shown)?, on_behalf_of: None }),
            },
            Part::Head => match self.chance.weighted(&[50, 20, 20, 10]) {
                0 => self.head(cast, &shown.notices),
                1 => self.mark(computer, &shown.notices, &children_of(&shown)),
                2 => self.notice(computer, cast, &shown, cast.campus),
                _ => self.recall(&shown),
            },
            Part::Coordinator if shown.has_due_draw(self.now) && self.chance.odds(60) => self.draw(&shown),
            Part::Coordinator => match self.chance.weighted(&[30, 12, 4, 20, 12, 12, 10, 10, 40, 12, 4]) {
                0 if self.chance.odds(20) => self.change_event(&shown),
                0 => {
                    let capacity = u32::try_from(self.chance.between(1, 5)).unwrap();
                    let session = self.chance.pick(&shown.sessions)?;
                    let shares = |booking: &&Booking| {
                        let of = shown.sessions.iter().find(|one| one.id == booking.session);
                        let of = of.filter(|of| of.shares_seats_with(&session));
                        of.is_some_and(|of| booking.is_counted(of, self.now))
                    };
                    let families = losing(shown.bookings.iter().filter(shares), capacity).families();
                    let session = session.id;
                    let meant = families > 0 && self.chance.odds(60);
                    let cut = meant.then(|| Cut { reason: "换小会议室".into(), families });
                    Some(Act::SetCapacity { session, capacity, cut })
                }
                1 if shown.sessions.len() >= 5 => None,
                1 if self.chance.odds(40) => self.drawn_event(cast.campus),
                1 => Some(self.event(cast.campus)),
                2 if self.chance.odds(50) => {
                    let session = self.chance.pick(&shown.sessions)?.id;
                    Some(Act::CancelSession { session, reason: "老师外出".into() })
                }
                2 => {
                    let event = self.chance.pick(&shown.sessions)?.event;
                    Some(Act::CancelEvent { event, reason: "下雨".into() })
                }
                3 => {
                    let guardian = Proxy::new(self.chance.pick(&shown.links)?.guardian, "妈妈来电");
                    self.sign_up(&shown, Some(guardian))
                }
                4 => {
                    let guardian = Proxy::new(self.chance.pick(&shown.links)?.guardian, "妈妈来电");
                    self.about_booking(&shown, Some(guardian))
                }
                5 => self.notice(computer, cast, &shown, cast.campus),
                6 => self.talk(computer, &shown.links, own_role(computer)),
                8 => self.door(computer, &shown),
                9 => self.draw(&shown),
                10 => self.theme(computer, &shown),
                _ => {
                    let guardian = Proxy::new(self.chance.pick(&shown.links)?.guardian, "妈妈来电");
                    Some(Act::TakeShift { shift: self.shift(&shown)?, on_behalf_of: Some(guardian) })
                }
            },
        }
    }

    fn recall(&mut self, shown: &Shown) -> Option<Act> {
        let words = if self.chance.odds(50) { "时间写错了".into() } else { String::new() };
        Some(Act::RecallNotice { notice: self.chance.pick(&shown.notices)?.id, words })
    }

    fn shift(&mut self, shown: &Shown) -> Option<Id<Shift>> {
        self.chance.pick(&shown.shifts).map(|shift| shift.id)
    }

    fn sign_up(&mut self, shown: &Shown, on_behalf_of: Option<Proxy>) -> Option<Act> {
        let soon: Vec<Session> =
            shown.sessions.iter().filter(|s| s.starts.timestamp() > self.now).cloned().collect();
        let among = if self.chance.odds(95) { &soon } else { &shown.sessions };
        let first = among.iter().min_by_key(|session| session.id);
        let session = if self.chance.odds(50) { first.cloned() } else { self.chance.pick(among) }?.id;
        let own = shown
            .links
            .iter()
            .filter(|link| on_behalf_of.as_ref().is_none_or(|proxy| proxy.person == link.guardian));
        let again = self.chance.odds(15);
        let own = own.map(|link| link.child).filter(|child| again || !shown.seated.contains(child));
        let own: Vec<Id<Child>> = own.collect();
        let children = if self.chance.odds(30) { own } else { vec![self.chance.pick(&own)?] };
        let adults = u32::try_from(self.chance.weighted(&[10, 60, 30])).unwrap();
        let others = self.others(shown, session);
        Some(Act::SignUp(SignUp {
            booking: self.id(),
            session,
            children,
            adults,
            answers: vec![],
            others,
            on_behalf_of,
        }))
    }

    fn about_booking(&mut self, shown: &Shown, on_behalf_of: Option<Proxy>) -> Option<Act> {
        let offered = shown.bookings.iter().filter(|b| matches!(b.state, BookingState::Offered { .. }));
        let offered: Vec<Booking> = offered.cloned().collect();
        let open: Vec<Booking> = shown.bookings.iter().filter(|b| !b.state.is_over()).cloned().collect();
        let (choice, among) = if !offered.is_empty() && self.chance.odds(70) {
            (self.chance.below(2), offered)
        } else if self.chance.odds(90) {
            (2, open)
        } else {
            (self.chance.below(3), shown.bookings.clone())
        };
        let booking = self.chance.pick(&among)?.id;
        if self.chance.odds(35) {
            return self.change_booking(shown, booking, on_behalf_of);
        }
        Some(match choice {
            0 => Act::AcceptOffer { booking, on_behalf_of },
            1 => Act::DeclineOffer { booking, on_behalf_of },
            _ => Act::Withdraw { booking, on_behalf_of },
        })
    }

    /// More or fewer adults, and now and then other children.
    fn change_booking(
        &mut self,
        shown: &Shown,
        booking: Id<Booking>,
        on_behalf_of: Option<Proxy>,
    ) -> Option<Act> {
        let own = shown
            .links
            .iter()
            .filter(|link| on_behalf_of.as_ref().is_none_or(|proxy| proxy.person == link.guardian));
        let own: Vec<Id<Child>> = own.map(|link| link.child).collect();
        let children = if self.chance.odds(40) { own } else { vec![self.chance.pick(&own)?] };
        let adults = u32::try_from(self.chance.weighted(&[5, 55, 40])).unwrap();
        let answers = Vec::new();
        let known = shown.bookings.iter().find(|one| one.id == booking);
        let generation = known.map_or(0, |one| one.generation);
        let wished = known.filter(|one| one.state == BookingState::Entered && self.chance.odds(60));
        let wishes = wished.map(|one| one.wishes.iter().rev().copied().collect()).unwrap_or_default();
        Some(Act::ChangeBooking(BookingChange {
            booking,
            children,
            adults,
            answers,
            generation,
            wishes,
            on_behalf_of,
        }))
    }

    /// 请假 or 代接, by name of somebody else's guardian now and then.
    fn request(&mut self, shown: &Shown, on_behalf_of: Option<Proxy>) -> Option<Act> {
        let own = shown
            .links
            .iter()
            .filter(|link| on_behalf_of.as_ref().is_none_or(|proxy| proxy.person == link.guardian));
        let own: Vec<Link> = own.cloned().collect();
        let link = self.chance.pick(&own)?;
        let wanted = if self.chance.odds(50) {
            let minutes = self.chance.between(0, 48 * 60);
            let from = self.at(minutes).date();
            Wanted::Leave { from, to: from, part: DayPart::WholeDay, reason: "发烧".into() }
        } else {
            let at = self.chance.between(1, 48 * 60);
            let by = if self.chance.odds(60) { link.guardian_name.clone() } else { "王建军".into() };
            Wanted::PickUp { by, relation: String::new(), phone: String::new(), at: self.at(at) }
        };
        let request = FamilyRequestDraft { id: self.id(), child: link.child, wanted, on_behalf_of };
        Some(Act::MakeRequest { request })
    }
}

/// The children a computer shows.
fn children_of(shown: &Shown) -> Vec<Id<Child>> {
    shown.links.iter().map(|link| link.child).collect()
}

/// The stable name of an act.
pub(super) fn name_of(act: &Act) -> String {
    let value = serde_json::to_value(act).unwrap();
    let step = value["step"].as_str();
    step.or(value["do"].as_str()).unwrap().to_owned()
}
