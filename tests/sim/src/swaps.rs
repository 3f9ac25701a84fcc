//! Shifts that two people swap, pupils in shifts, and guests from outside; and what must hold of them.

use xinmei_client::Snapshot;
use xinmei_model::{
    Act, Allotment, Child, Guest, GuestDraft, Id, Kind, Link, List, Person, Post, PostTerms, PupilFill,
    PupilState, PupilTake, PupilTerms, PupilWish, Shift, StandInRule, SwapAct, SwapOffer, SwapPart, SwapRule,
    SwapSide, SwapState, Take, TakeState, VolunteerAct,
};

use super::{acts::Pen, cast::Part, computer::Computer, server::Server};

/// What a computer shows of one post.
struct Shown {
    posts: Vec<Post>,
    shifts: Vec<Shift>,
    offers: Vec<SwapOffer>,
    parts: Vec<SwapPart>,
    /// Shifts whoever sits there comes to.
    held: Vec<Shift>,
    guests: Vec<Guest>,
    /// Who comes where, as far as it is shown.
    coming: Vec<Take>,
}

fn shown(computer: &Computer) -> Shown {
    let me = computer.caller.person;
    let read = |s: &Snapshot<'_>| {
        let posts = s.list::<Post>(List::All(Kind::Post))?;
        let (mut shifts, mut offers, mut parts) = (Vec::new(), Vec::new(), Vec::new());
        let mut guests = Vec::new();
        for post in &posts {
            shifts.extend(s.list::<Shift>(List::ShiftsOf(post.id))?);
            offers.extend(s.list::<SwapOffer>(List::SwapOffersOf(post.id))?);
            guests.extend(s.list::<Guest>(List::GuestsAt(post.id))?);
        }
        let mut coming = Vec::new();
        for shift in &shifts {
            coming.extend(s.list::<Take>(List::TakesOf(shift.id))?);
        }
        coming.retain(|take| take.state == TakeState::Taken);
        for offer in &offers {
            parts.extend(s.list::<SwapPart>(List::SwapPartsOf(offer.id))?);
        }
        let takes = s.list::<Take>(List::TakesBy(me))?;
        let comes = |shift: &&Shift| {
            takes.iter().any(|take| take.shift == shift.id && take.state == TakeState::Taken)
        };
        let held = shifts.iter().filter(comes).cloned().collect();
        Ok(Shown { posts, shifts, offers, parts, held, guests, coming })
    };
    computer.replica().read(read).unwrap()
}

/// What a new post says of swaps, pupils and guests.
pub(super) fn terms(pen: &mut Pen<'_>) -> PostTerms {
    let swap = match pen.chance.weighted(&[60, 30, 10]) {
        0 => SwapRule::Free,
        1 => SwapRule::Confirmed,
        _ => SwapRule::Off,
    };
    let places = 1 + u32::try_from(pen.chance.below(3)).unwrap();
    let pupils = PupilTerms { places, per_adult: 1, from_grade: None };
    let pupils = pen.chance.odds(50).then_some(pupils);
    let stand_in = match pen.chance.weighted(&[50, 40, 10]) {
        0 => StandInRule::ByItself,
        1 => StandInRule::Desk,
        _ => StandInRule::Off,
    };
    PostTerms { swap, stand_in, pupils, guests: pen.chance.odds(40), ..PostTerms::default() }
}

impl Pen<'_> {
    /// A swap, a pupil or a guest, if there is one to think of.
    pub(super) fn swap(&mut self, computer: &Computer, links: &[Link]) -> Option<Act> {
        let shown = shown(computer);
        match computer.part {
            Part::Guardian if self.chance.odds(40) => self.pupil(&shown, links),
            Part::Guardian | Part::Teacher => self.own_swap(&shown),
            Part::Coordinator if self.chance.odds(60) => {
                self.answer_swap(&shown).or_else(|| self.swap_two(&shown))
            }
            Part::Coordinator => self.guest(&shown, computer.caller.person),
            Part::Head => None,
        }
    }

    /// Whoever can answer an offer mostly does: two have to hold shifts of one post at the same time, which is seldom.
    pub(super) fn accept_swap(&mut self, computer: &Computer) -> Option<Act> {
        if !matches!(computer.part, Part::Guardian | Part::Teacher) || self.chance.odds(30) {
            return None;
        }
        let shown = shown(computer);
        let fits = |offer: &SwapOffer, give: &Shift| {
            let own = shown.parts.iter().any(|part| part.offer == offer.id);
            offer.open && offer.post == give.post && offer.give != give.id && !own
        };
        let pairs = shown.held.iter().flat_map(|give| {
            let offers = shown.offers.iter().filter(move |offer| fits(offer, give));
            offers.map(move |offer| (offer.id, give.id))
        });
        let (swap, shift) = self.chance.pick(&pairs.collect::<Vec<_>>())?;
        Some(Act::Volunteer(VolunteerAct::Swap(SwapAct::AcceptSwap { swap, shift })))
    }

    fn own_swap(&mut self, shown: &Shown) -> Option<Act> {
        let give = self.chance.pick(&shown.held)?.id;
        let own = self.chance.pick(&shown.parts).filter(|_| self.chance.odds(20));
        let act = match own {
            Some(part) => SwapAct::WithdrawSwap { swap: part.offer },
            None => {
                SwapAct::OfferSwap {
                    swap: self.id(), give, want: Vec::new(), words: "那天要加班".into()
                }
            }
        };
        Some(Act::Volunteer(VolunteerAct::Swap(act)))
    }

    fn answer_swap(&mut self, shown: &Shown) -> Option<Act> {
        let agreed = |part: &&SwapPart| part.state == SwapState::Agreed && !part.began;
        let part = self.chance.pick(&shown.parts.iter().filter(agreed).cloned().collect::<Vec<_>>())?;
        let agrees = self.chance.odds(75);
        let seen = self.chance.odds(80).then_some(part.at);
        let act = SwapAct::AnswerSwap { swap: part.offer, agrees, reason: "那天要老手".into(), seen };
        Some(Act::Volunteer(VolunteerAct::Swap(act)))
    }

    /// 代办: two who telephoned.
    fn swap_two(&mut self, shown: &Shown) -> Option<Act> {
        let one = self.chance.pick(&shown.coming)?;
        let others: Vec<_> = shown
            .coming
            .iter()
            .filter(|take| take.post == one.post && take.shift != one.shift && take.person != one.person)
            .cloned()
            .collect();
        let other = self.chance.pick(&others)?;
        let side = |take: &Take| SwapSide { person: take.person, shift: take.shift };
        let act =
            SwapAct::SwapShifts { one: side(&one), other: side(&other), note: "两位妈妈来电".into() };
        Some(Act::Volunteer(VolunteerAct::Swap(act)))
    }

    fn pupil(&mut self, shown: &Shown, links: &[Link]) -> Option<Act> {
        let taking =
            |shift: &&Shift| shown.posts.iter().any(|p| p.id == shift.post && p.terms.pupils.is_some());
        let shift = self.chance.pick(&shown.shifts.iter().filter(taking).cloned().collect::<Vec<_>>())?.id;
        let child: Id<Child> = self.chance.pick(links)?.child;
        let wish = PupilWish { shift, child, on_behalf_of: None };
        Some(Act::Volunteer(if self.chance.odds(75) {
            VolunteerAct::EnterPupil(wish)
        } else {
            VolunteerAct::WithdrawPupil(wish)
        }))
    }

    fn guest(&mut self, shown: &Shown, sponsor: Id<Person>) -> Option<Act> {
        if let Some(guest) = self.chance.pick(&shown.guests)
            && self.chance.odds(40)
        {
            return Some(Act::Volunteer(VolunteerAct::RemoveGuest { guest: guest.id }));
        }
        let open = |shift: &&Shift| shown.posts.iter().any(|p| p.id == shift.post && p.terms.guests);
        let shift = self.chance.pick(&shown.shifts.iter().filter(open).cloned().collect::<Vec<_>>())?.id;
        let guest = GuestDraft {
            person: self.id(),
            name: "何读书".into(),
            organisation: "青禾社区图书馆".into(),
            phone: "000 5550 0101".into(),
            agreed: "本人在电话里同意".into(),
            sponsor,
            shifts: vec![shift],
        };
        Some(Act::Volunteer(VolunteerAct::AddGuest { guest: Box::new(guest) }))
    }
}

/// A swap makes no place and loses none, pupils have consent, a place and, as far as is said, an adult; a guest stands on their day.
pub(super) fn check_swaps(server: &Server) {
    for post in server.list::<Post>(List::All(Kind::Post)) {
        for shift in server.list::<Shift>(List::ShiftsOf(post.id)) {
            let takes = server.list::<Take>(List::TakesOf(shift.id));
            let comes: Vec<_> = takes.iter().filter(|take| take.state == TakeState::Taken).collect();
            let allotment = server.row(Allotment::of(shift.id.uuid())).expect("a shift has its allotment");
            assert_eq!(allotment.used as usize, comes.len(), "places of {} are not those who come", shift.id);
            check_pupils(server, (&post, &shift), &comes);
        }
        for offer in server.list::<SwapOffer>(List::SwapOffersOf(post.id)) {
            let parts = server.list::<SwapPart>(List::SwapPartsOf(offer.id));
            let live =
                parts.iter().filter(|part| matches!(part.state, SwapState::Open | SwapState::Agreed)).count();
            assert!(live <= 2, "more than two swap: {parts:?}");
            assert!(!offer.open || live == 1, "an offer that can be answered is one person's: {parts:?}");
        }
    }
}

fn check_pupils(server: &Server, (post, shift): (&Post, &Shift), comes: &[&Take]) {
    let pupils = server.list::<PupilTake>(List::PupilTakesOf(shift.id));
    let down: Vec<_> = pupils.iter().filter(|one| one.state == PupilState::Down).collect();
    let Some(terms) = &post.terms.pupils else { return };
    assert!(down.len() <= terms.places as usize, "more pupils than places");
    let adults = comes.iter().filter(|take| server.row(Guest::of(take.person)).is_none()).count();
    let Some(fill) = server.row(PupilFill::of(shift.id)) else {
        assert!(down.is_empty(), "nobody counted the pupils");
        return;
    };
    assert_eq!((fill.pupils as usize, fill.adults as usize), (down.len(), adults), "counted otherwise");
    let with_adult = down.iter().filter(|one| one.seq <= fill.reaches).count();
    assert_eq!(with_adult, down.len().min(terms.per_adult as usize * adults), "the first have the adults");
}
