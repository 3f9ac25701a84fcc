//! Volunteers: shifts that are taken, asked for and offered, duty that is marked on two desks, hours that are approved and
//! corrected by a chain; and what must hold of them.

use jiff::SignedDuration;
use xinmei_client::Snapshot;
use xinmei_model::{
    Act, Actor, Allotment, DutySaid, DutyWish, Hat, HoursAct, HoursCorrection, HoursDraft, HoursEntry, Id,
    Kind, Link, List, OnDuty, Person, Place, Post, PostEntry, PostTerms, Proxy, Qualification,
    QualificationDraft, Shift, Take, TakeState, VolunteerAct, decide,
};
use xinmei_server::verify::{Verified, verify};

use super::{
    acts::Pen,
    cast::{Cast, Part},
    computer::Computer,
    history::History,
    server::Server,
    swaps,
};

/// What a computer shows of volunteering.
struct Shown {
    posts: Vec<Post>,
    shifts: Vec<Shift>,
    takes: Vec<Take>,
    qualifications: Vec<Qualification>,
    entries: Vec<HoursEntry>,
    duty: Vec<OnDuty>,
}

/// The same, as the school has it.
fn shown_to_school(server: &Server) -> Shown {
    let posts = server.list::<Post>(List::All(Kind::Post));
    let shifts: Vec<Shift> = posts.iter().flat_map(|post| server.list(List::ShiftsOf(post.id))).collect();
    let takes = shifts.iter().flat_map(|shift| server.list(List::TakesOf(shift.id))).collect();
    let duty = shifts.iter().flat_map(|shift| server.list(List::DutyOf(shift.id))).collect();
    let qualifications = server.list(List::All(Kind::Qualification));
    let entries = server.list(List::All(Kind::HoursEntry));
    Shown { posts, shifts, takes, qualifications, entries, duty }
}

fn shown(computer: &Computer) -> Shown {
    let read = |s: &Snapshot<'_>| {
        let posts = s.list::<Post>(List::All(Kind::Post))?;
        let (mut shifts, mut takes, mut duty) = (Vec::new(), Vec::new(), Vec::new());
        for post in &posts {
            shifts.extend(s.list::<Shift>(List::ShiftsOf(post.id))?);
        }
        for shift in &shifts {
            takes.extend(s.list::<Take>(List::TakesOf(shift.id))?);
            duty.extend(s.list::<OnDuty>(List::DutyOf(shift.id))?);
        }
        let qualifications = s.list(List::All(Kind::Qualification))?;
        let entries = s.list(List::All(Kind::HoursEntry))?;
        Ok(Shown { posts, shifts, takes, qualifications, entries, duty })
    };
    computer.replica().read(read).unwrap()
}

fn step(step: VolunteerAct) -> Option<Act> {
    Some(Act::Volunteer(step))
}

impl Pen<'_> {
    /// What this person does about shifts and hours, if there is anything to do.
    pub(super) fn volunteer(&mut self, computer: &Computer, cast: &Cast, links: &[Link]) -> Option<Act> {
        if let Some(act) = self.accept_swap(computer) {
            return Some(act);
        }
        let swaps = if computer.part == Part::Coordinator { 30 } else { 50 };
        if self.chance.odds(swaps)
            && let Some(act) = self.swap(computer, links)
        {
            return Some(act);
        }
        if self.chance.odds(25)
            && let Some(act) = self.keep(computer, cast, links)
        {
            return Some(act);
        }
        let shown = shown(computer);
        match computer.part {
            Part::Coordinator => self.desk(&shown, cast, links),
            Part::Guardian | Part::Teacher => self.own_part(&shown, computer.caller.person, cast.campus),
            Part::Head => None,
        }
    }

    /// A volunteer answers what they were asked, gives back what they took, and asks for hours.
    fn own_part(&mut self, shown: &Shown, me: Id<Person>, place: Id<Place>) -> Option<Act> {
        let mine = |state: TakeState| {
            let of = shown.takes.iter().filter(|take| take.person == me && take.state == state);
            of.map(|take| take.shift).collect::<Vec<_>>()
        };
        if let Some(shift) = self.chance.pick(&mine(TakeState::Offered))
            && self.chance.odds(70)
        {
            let agrees = self.chance.odds(70);
            return step(VolunteerAct::AnswerOffer {
                shift,
                agrees,
                reason: String::new(),
                on_behalf_of: None,
            });
        }
        match self.chance.weighted(&[40, 25, 20, 15]) {
            0 => Some(Act::TakeShift { shift: self.chance.pick(&shown.shifts)?.id, on_behalf_of: None }),
            1 => {
                let held = [mine(TakeState::Taken), mine(TakeState::Asked)].concat();
                Some(Act::DropShift { shift: self.chance.pick(&held)?, on_behalf_of: None })
            }
            2 => Some(Act::Hours(HoursAct::RequestHours(HoursDraft {
                id: self.id(),
                place,
                title: "整理图书".into(),
                programme: String::new(),
                day: self.at(0).date(),
                minutes: u32::try_from(self.chance.between(1, 120)).unwrap(),
                evidence: "图书馆周老师在".into(),
                files: Vec::new(),
                on_behalf_of: None,
            }))),
            _ => self.correct_or_withdraw(shown),
        }
    }

    fn correct_or_withdraw(&mut self, shown: &Shown) -> Option<Act> {
        let entry = self.chance.pick(&shown.entries)?;
        Some(Act::Hours(if entry.approval().is_none() {
            HoursAct::WithdrawHours { entry: entry.id }
        } else {
            HoursAct::CorrectHours(HoursCorrection {
                id: self.id(),
                corrects: entry.id,
                minutes: u32::try_from(self.chance.between(0, 90)).unwrap(),
                reason: "记错了时间".into(),
            })
        }))
    }

    fn desk(&mut self, shown: &Shown, cast: &Cast, links: &[Link]) -> Option<Act> {
        let asked: Vec<Take> =
            shown.takes.iter().filter(|take| take.state == TakeState::Asked).cloned().collect();
        // What can be done only on the day goes first.
        if self.chance.odds(50)
            && let Some(act) = self.mark_duty(shown)
        {
            return Some(act);
        }
        match self.chance.weighted(&[14, 22, 18, 4, 6, 4, 8, 6, 18]) {
            0 if shown.posts.len() < 4 => self.post_with_terms(shown, cast.campus),
            0 => None,
            1 => {
                let take = self.chance.pick(&asked)?;
                let (agrees, reason) = (self.chance.odds(75), "这一班够了".into());
                step(VolunteerAct::AnswerVolunteer { shift: take.shift, person: take.person, agrees, reason })
            }
            2 => {
                let mut people: Vec<_> = links.iter().map(|link| link.guardian).collect();
                people.sort_unstable();
                people.dedup();
                people.truncate(1 + self.chance.below(3));
                let shift = self.chance.pick(&shown.shifts)?.id;
                step(VolunteerAct::OfferShift { shift, people, words: "周三缺人".into(), until: None })
            }
            3 => {
                let offered = shown.takes.iter().filter(|take| take.state == TakeState::Offered);
                let take = self.chance.pick(&offered.cloned().collect::<Vec<_>>())?;
                step(VolunteerAct::ReleaseOffer { shift: take.shift, person: take.person })
            }
            4 => {
                let (shift, reason) = (self.chance.pick(&shown.shifts)?.id, "下雨".into());
                step(VolunteerAct::CallOffShift { shift, reason })
            }
            5 => step(VolunteerAct::EndPost { post: self.chance.pick(&shown.posts)?.id }),
            6 => self.qualify(shown, cast.campus, links),
            7 if self.chance.odds(40) => self.telephoned(&shown.takes, cast, links),
            7 => {
                let proxy = Proxy::new(self.chance.pick(links)?.guardian, "妈妈来电");
                let shift = self.chance.pick(&shown.shifts)?.id;
                let (agrees, on_behalf_of) = (self.chance.odds(70), Some(proxy));
                step(VolunteerAct::AnswerOffer { shift, agrees, reason: String::new(), on_behalf_of })
            }
            _ => self.settle_hours(shown),
        }
    }

    /// A post whose shifts begin soon, asks for something, or lets in who asks.
    fn post_with_terms(&mut self, shown: &Shown, place: Id<Place>) -> Option<Act> {
        let Act::PostShifts { mut post } = self.post(place) else { return None };
        let asked = self.chance.odds(40);
        let required = self.chance.pick(&shown.qualifications).filter(|row| !row.dropped);
        let required = required.filter(|_| self.chance.odds(40));
        post.terms = PostTerms {
            entry: if asked { PostEntry::Asked } else { PostEntry::Open },
            requires: required.into_iter().map(|row| row.id).collect(),
            rest_min: if self.chance.odds(30) { 60 } else { 0 },
            ..swaps::terms(self)
        };
        Some(Act::PostShifts { post })
    }

    fn qualify(&mut self, shown: &Shown, place: Id<Place>, links: &[Link]) -> Option<Act> {
        let Some(row) = self.chance.pick(&shown.qualifications) else {
            let draft = QualificationDraft {
                place,
                name: "护学岗培训".into(),
                about: String::new(),
                expires: false,
                training: true,
            };
            return step(VolunteerAct::PutQualification { qualification: self.id(), draft, version: 0 });
        };
        let (qualification, person) = (row.id, self.chance.pick(links)?.guardian);
        step(if self.chance.odds(75) {
            VolunteerAct::ConfirmQualification {
                qualification,
                people: vec![person],
                until: None,
                seen: None,
            }
        } else {
            VolunteerAct::WithdrawQualification { qualification, person, reason: "没有来".into() }
        })
    }

    /// Says of one or two people of a shift whether they came, having seen what stands or not.
    fn mark_duty(&mut self, shown: &Shown) -> Option<Act> {
        let comes = |take: &&Take| take.state == TakeState::Taken;
        let open = shown.shifts.iter().filter(|shift| {
            let taken = shown.takes.iter().filter(comes).any(|take| take.shift == shift.id);
            taken && shift.takes_marks_at(self.now).is_ok()
        });
        let shift = self.chance.pick(&open.cloned().collect::<Vec<_>>())?;
        let coming = |take: &&Take| take.shift == shift.id && comes(take);
        let mut people: Vec<_> = shown.takes.iter().filter(coming).map(|take| take.person).collect();
        people.truncate(1 + self.chance.below(2));
        let wishes = people.into_iter().map(|person| {
            let row = shown.duty.iter().find(|row| row.id == OnDuty::of(shift.id, person));
            let seen = if self.chance.odds(85) { row.map_or(0, |row| row.count) } else { 0 };
            let from = self.now - SignedDuration::from_mins(self.chance.between(0, 20));
            let said = match self.chance.weighted(&[60, 30, 10]) {
                0 => DutySaid::Came { from, until: None },
                1 => DutySaid::Came {
                    from,
                    until: Some(from + SignedDuration::from_mins(self.chance.between(1, 60))),
                },
                _ => DutySaid::Missed { excuse: "发烧".into() },
            };
            DutyWish { person, said, seen }
        });
        let people: Vec<_> = wishes.collect();
        (!people.is_empty()).then_some(Act::Hours(HoursAct::MarkDuty { shift: shift.id, people }))
    }

    fn settle_hours(&mut self, shown: &Shown) -> Option<Act> {
        if self.chance.odds(20) {
            return self.correct_or_withdraw(shown);
        }
        let waiting: Vec<HoursEntry> = shown.entries.iter().filter(|entry| entry.waits()).cloned().collect();
        let entry = self.chance.pick(&waiting)?;
        // Now and then somebody looked at other minutes.
        let minutes = if self.chance.odds(95) { entry.minutes } else { entry.minutes + 1 };
        Some(Act::Hours(if self.chance.odds(85) {
            HoursAct::ApproveHours { entry: entry.id, minutes }
        } else {
            HoursAct::RefuseHours { entry: entry.id, reason: "那天没有开馆".into() }
        }))
    }
}

impl History {
    /// The second coordinator, who has no computer here, marks who came and answers hours, also what they entered themselves,
    /// which is refused.
    pub(super) fn deputy_acts(&mut self) {
        let Some(server) = &self.server else { return };
        let shown = shown_to_school(server);
        let mut pen = self.pen();
        let marked = if pen.chance.odds(40) { pen.mark_duty(&shown) } else { None };
        let Some(act) = marked.or_else(|| pen.settle_hours(&shown)) else { return };
        let (person, role) = self.cast.deputy;
        let actor = Actor::Person { person, hat: Hat::Staff { role } };
        let Some(server) = &mut self.server else { return };
        let written = server.write(move |tx| {
            let changes = tx.settle(|facts| decide(facts, &actor, &act))?;
            // Their own, disputed, or looked at other minutes.
            changes.map_or(Ok(false), |changes| tx.apply(changes).map(|_| true))
        });
        if written.unwrap() {
            self.fault("marked or answered by a second desk");
        }
        let Some(server) = &self.server else { return };
        self.truth.look(server, &mut self.report);
        self.deliver_pokes();
    }
}

/// Nobody is in two places, nobody is asked to a shift that is full or off, nobody is dropped without a word.
pub(super) fn check_shifts(server: &Server) {
    let mut coming: Vec<(Take, Shift)> = Vec::new();
    for post in server.list::<Post>(List::All(Kind::Post)) {
        for shift in server.list::<Shift>(List::ShiftsOf(post.id)) {
            let takes = server.list::<Take>(List::TakesOf(shift.id));
            let stand = |state: TakeState| takes.iter().filter(move |take| take.state == state);
            let allotment =
                server.row(Allotment::of(shift.id.uuid())).expect("every shift has its allotment");
            let offered = stand(TakeState::Offered).count();
            assert!(allotment.free() > 0 || offered == 0, "somebody is asked to come where nobody is needed");
            if !shift.is_on() {
                let open = [TakeState::Taken, TakeState::Asked, TakeState::Offered];
                assert!(open.into_iter().all(|state| stand(state).count() == 0), "a shift is off for nobody");
            }
            for take in stand(TakeState::Offered) {
                assert!(take.offer.is_some(), "nobody asked: {take:?}");
            }
            coming.extend(stand(TakeState::Taken).map(|take| (take.clone(), shift.clone())));
        }
    }
    for (index, (take, one)) in coming.iter().enumerate() {
        for (beside, other) in
            coming.iter().skip(index + 1).filter(|(beside, _)| beside.person == take.person)
        {
            // Who came to both before one of them was moved keeps them, and reads that they clash.
            let taken = take.at.max(beside.at);
            let moved =
                [one, other].iter().any(|shift| shift.moved.as_ref().is_some_and(|it| it.at >= taken));
            let apart = moved || one.ends <= other.starts || other.ends <= one.starts;
            assert!(apart, "{} is at two posts at once", take.person);
        }
    }
}

/// The chain is whole after every step, nobody approved their own, and of what was corrected one thing counts.
pub(super) fn check_hours(server: &Server) {
    let identity = std::sync::Arc::clone(&server.ledger.identity);
    let entries = server.list::<HoursEntry>(List::All(Kind::HoursEntry));
    let approved: Vec<&HoursEntry> = entries.iter().filter(|entry| entry.approval().is_some()).collect();
    let found = server.ledger.look(|session| verify(session, &identity, &[])).unwrap();
    match found {
        Verified::Whole { count, .. } => {
            assert_eq!(usize::try_from(count).unwrap(), approved.len(), "the chain has what was approved");
        }
        Verified::Broken(fault) => panic!("the chain of hours is broken: {fault:?}"),
    }
    for entry in &approved {
        let by = entry.approval().map(|approval| approval.by.person);
        assert!(
            by != Some(entry.person) && by != Some(entry.entered.person),
            "approved by themselves: {entry:?}"
        );
        let instead = approved.iter().filter(|other| other.corrects == Some(entry.id)).count();
        assert!(instead <= 1, "two things count instead of one: {entry:?}");
    }
    for entry in entries.iter().filter(|entry| entry.corrects.is_none() && entry.waits()) {
        let Some(shift) = entry.shift else { continue };
        let row = server.row(OnDuty::of(shift, entry.person)).expect("hours of a shift come from a mark");
        assert_eq!(
            row.holds.minutes(),
            Some(entry.minutes),
            "hours that wait are not those that were marked"
        );
    }
}
