//! A guest comes on one day, is received by somebody who works here, and is known no longer than what they did is proven.

mod room;

use super::*;
use xinmei_model::{
    DutySaid, DutyWish, Guest, GuestDraft, Hat, HoursAct, HoursEntry, OnDuty, RoleKind, may_join,
};

const NEXT: &str = "2026-10-14T";

struct Visit {
    scene: Scene,
    supervisor: Staff,
    sponsor: Staff,
    post: PostDraft,
}

impl Visit {
    fn shift(&self, which: usize) -> Id<Shift> {
        self.post.shifts[which].id
    }

    fn draft(&mut self, shifts: &[usize]) -> GuestDraft {
        GuestDraft {
            person: self.scene.world.fresh(),
            name: " 何读书 ".into(),
            organisation: "青禾社区图书馆".into(),
            phone: "000 5550 0101".into(),
            agreed: "本人在电话里同意".into(),
            sponsor: self.sponsor.person,
            shifts: shifts.iter().map(|one| self.shift(*one)).collect(),
        }
    }

    fn comes(&mut self, shifts: &[usize]) -> Id<Person> {
        let draft = self.draft(shifts);
        let person = draft.person;
        self.scene.desk_does(add(draft));
        person
    }

    fn guest(&self, person: Id<Person>) -> Guest {
        self.scene.world.get(Guest::of(person))
    }

    fn takes(&self, person: Id<Person>) -> Vec<Take> {
        self.scene.world.list(List::TakesBy(person))
    }

    fn mark(&self, shift: Id<Shift>, person: Id<Person>) -> Act {
        let from = at(&format!("{DAY}08:00")).timestamp();
        let said = DutySaid::Came { from, until: Some(at(&format!("{DAY}09:00")).timestamp()) };
        Act::Hours(HoursAct::MarkDuty { shift, people: vec![DutyWish { person, said, seen: 0 }] })
    }

    fn now(&mut self, when: &str) {
        self.scene.world.now = at(when).timestamp();
    }
}

fn add(draft: GuestDraft) -> VolunteerAct {
    VolunteerAct::AddGuest { guest: Box::new(draft) }
}

/// Three shifts of one day and one of the next.
fn visit() -> Visit {
    let mut scene = scene();
    let class = scene.world.class(2024, 5);
    let supervisor = scene.world.teacher("张晓梅", class);
    let sponsor = scene.world.staff("周雅琴", RoleKind::SubjectTeacher, class);
    let terms = PostTerms { guests: true, supervisor: Some(supervisor.person), ..PostTerms::default() };
    let times = [
        (format!("{DAY}08:00"), format!("{DAY}09:00"), 2),
        (format!("{DAY}10:00"), format!("{DAY}11:00"), 1),
        (format!("{DAY}10:30"), format!("{DAY}11:30"), 9),
        (format!("{NEXT}08:00"), format!("{NEXT}09:00"), 2),
    ];
    let times: Vec<_> = times.iter().map(|(from, to, needed)| (&**from, &**to, *needed)).collect();
    let post = PostDraft { terms, ..scene.world.post_draft(scene.world.campus, &times) };
    scene.world.does(scene.desk.actor(), &Act::PostShifts { post: post.clone() });
    Visit { scene, supervisor, sponsor, post }
}

#[test]
fn a_guest_is_written_down_by_desk_or_supervisor_and_read_by_them_and_the_sponsor_alone() {
    let mut visit = visit();
    let person = visit.comes(&[0, 1]);
    let row = visit.guest(person);
    assert_eq!((row.name.as_str(), row.sponsor_name.as_str()), ("何读书", "周雅琴"));
    let desk = Feed::Desk(visit.post.id.uuid());
    let readers = [desk, Feed::Duty(visit.post.id), Feed::Person(visit.sponsor.person)];
    assert_eq!(visit.scene.world.feeds(row.id), readers.into());
    assert!(visit.scene.world.feeds(person).is_empty(), "the person leaves the server for nobody");
    assert_eq!(visit.scene.world.allotment(visit.shift(0).uuid()).used, 1);
    let by_supervisor = visit.draft(&[0]);
    let supervisor = visit.supervisor.actor();
    visit.scene.world.does(supervisor, &Act::Volunteer(add(by_supervisor)));
    let full = visit.draft(&[0]);
    assert_eq!(visit.scene.desk_refused(add(full)), Refusal::ShiftFull);
    let no_power = Refusal::NoPower { power: Power::ManageShifts };
    let wish = Act::Volunteer(add(visit.draft(&[2])));
    for actor in [visit.sponsor.actor(), guardian(visit.scene.people[0])] {
        assert_eq!(visit.scene.world.refuses(actor, &wish), no_power);
    }
    // Nobody can give a guest an account, nor do what people of the school do for them.
    let not_found = Refusal::NotFound { what: "person".into() };
    let joins = visit.scene.world.ask(|facts| Ok(may_join(facts, person).is_ok()));
    assert_eq!(joins, Ok(false));
    let taking = Act::TakeShift { shift: visit.shift(3), on_behalf_of: Some(Proxy::new(person, "来电")) };
    assert_eq!(visit.scene.world.refuses(visit.scene.desk.actor(), &taking), not_found);
    let own = xinmei_model::Actor::Person { person, hat: Hat::Guardian };
    assert_eq!(visit.scene.world.refuses(own, &take(visit.shift(3))), not_found);
}

#[test]
fn a_guest_comes_on_one_day_to_a_post_that_takes_guests() {
    let mut visit = visit();
    for (shifts, field) in [(vec![0, 3], "shifts"), (vec![], "shifts"), (vec![0, 0], "shifts")] {
        let draft = visit.draft(&shifts);
        assert_eq!(visit.scene.desk_refused(add(draft)), malformed(field));
    }
    let both_at_once = visit.draft(&[1, 2]);
    assert!(matches!(visit.scene.desk_refused(add(both_at_once)), Refusal::ShiftClash { .. }));
    let closed = visit.scene.post(&[("08:00", "09:00", 1)], PostTerms::default()).shifts[0].id;
    let draft = GuestDraft { shifts: vec![closed], ..visit.draft(&[]) };
    assert_eq!(visit.scene.desk_refused(add(draft)), Refusal::NoGuests);
    for (name, agreed, field) in [("", "同意", "name"), ("何读书", " ", "agreed")] {
        let draft = GuestDraft { name: name.into(), agreed: agreed.into(), ..visit.draft(&[0]) };
        assert_eq!(visit.scene.desk_refused(add(draft)), malformed(field));
    }
    let parent = GuestDraft { sponsor: visit.scene.people[0], ..visit.draft(&[0]) };
    assert_eq!(visit.scene.desk_refused(add(parent)), Refusal::NotFound { what: "person".into() });
    let taken = GuestDraft { person: visit.scene.people[0], ..visit.draft(&[0]) };
    assert_eq!(visit.scene.desk_refused(add(taken)), malformed("person"));
    // Guests and a narrower population do not go together.
    let terms = PostTerms { guests: true, population: Population::Staff, ..PostTerms::default() };
    let times = [("2026-10-13T08:00", "2026-10-13T09:00", 1)];
    let draft = PostDraft { terms, ..visit.scene.world.post_draft(visit.scene.world.campus, &times) };
    let publish = Act::PostShifts { post: draft };
    assert_eq!(visit.scene.world.refuses(visit.scene.desk.actor(), &publish), malformed("guests"));
    // What guests were let in for stays on its day.
    visit.comes(&[0]);
    let shift = visit.scene.world.get(visit.shift(0));
    let change = |day: &str| VolunteerAct::ChangeShift {
        shift: shift.id,
        starts: at(&format!("{day}08:30")),
        ends: at(&format!("{day}09:30")),
        needed: 2,
        version: shift.version,
    };
    assert_eq!(visit.scene.desk_refused(change(NEXT)), Refusal::GuestsCome { guests: 1 });
    visit.scene.desk_does(change(DAY));
    for _ in 1..limits::GUESTS_PER_SHIFT.min(9) {
        visit.comes(&[2]);
    }
}

#[test]
fn whom_nobody_receives_the_desk_lets_in_and_whoever_receives_reads_that_they_came() {
    let mut visit = visit();
    let person = visit.comes(&[0]);
    let other = visit.comes(&[0]);
    visit.now(&format!("{DAY}08:30"));
    let first = visit.mark(visit.shift(0), person);
    visit.scene.world.does(visit.supervisor.actor(), &first);
    assert!(visit.guest(person).came.is_some() && visit.guest(other).came.is_none());
    let entries: Vec<HoursEntry> = visit.scene.world.list(List::HoursBy(person));
    assert_eq!(entries.len(), 1, "what a guest did counts like anybody's");
    let yesterday = visit.scene.world.yesterday();
    visit.scene.world.edit(visit.sponsor.role, |role| role.to = Some(yesterday));
    let second = visit.mark(visit.shift(0), other);
    let supervisor = visit.supervisor.actor();
    assert_eq!(visit.scene.world.refuses(supervisor, &second), Refusal::NobodyReceives);
    let (guest, sponsor) = (Guest::of(other), visit.supervisor.person);
    let gone = VolunteerAct::ChangeSponsor { guest, sponsor: visit.sponsor.person };
    assert_eq!(visit.scene.desk_refused(gone), Refusal::NotFound { what: "person".into() });
    visit.scene.world.does(visit.scene.desk.actor(), &second);
    visit.scene.desk_does(VolunteerAct::ChangeSponsor { guest, sponsor });
    assert_eq!(visit.guest(other).sponsor_name, "张晓梅");
    assert!(!visit.scene.world.feeds(guest).contains(&Feed::Person(visit.sponsor.person)));
}

#[test]
fn the_telephone_goes_the_day_after_and_the_name_when_nothing_can_be_proven_any_more() {
    let mut visit = visit();
    let (proven, only_came) = (visit.comes(&[0]), visit.comes(&[0]));
    visit.now(&format!("{DAY}09:10"));
    for person in [proven, only_came] {
        let mark = visit.mark(visit.shift(0), person);
        visit.scene.world.does(visit.supervisor.actor(), &mark);
    }
    let entry = HoursEntry::of_shift(visit.shift(0), proven);
    let approve = Act::Hours(HoursAct::ApproveHours { entry, minutes: 60 });
    visit.scene.world.does(visit.scene.desk.actor(), &approve);
    let refuse = HoursAct::RefuseHours {
        entry: HoursEntry::of_shift(visit.shift(0), only_came),
        reason: "走得早".into(),
    };
    visit.scene.world.does(visit.scene.desk.actor(), &Act::Hours(refuse));
    assert!(!visit.guest(proven).phone.is_empty());
    visit.now(&format!("{NEXT}00:00"));
    visit.scene.world.fire_due();
    for person in [proven, only_came] {
        let row = visit.guest(person);
        assert_eq!((row.phone.as_str(), row.name.as_str()), ("", "何读书"));
    }
    visit.scene.world.now += limits::GUEST_KEPT;
    visit.scene.world.fire_due();
    assert_eq!(visit.guest(proven).name, "何读书", "it stands with what was proven");
    let row = visit.guest(only_came);
    assert_eq!((row.name.as_str(), row.organisation.as_str(), row.gone), ("—", "", true));
    assert_eq!(visit.scene.world.get(only_came).name, "—");
    assert!(visit.takes(only_came).iter().all(|take| take.person_name == "—" && take.entered.is_none()));
    let mark = visit.scene.world.get(OnDuty::of(visit.shift(0), only_came));
    assert_eq!(mark.person_name, "—");
}

#[test]
fn who_is_taken_out_gives_the_places_back_and_is_forgotten_at_once() {
    let mut visit = visit();
    let person = visit.comes(&[0, 1]);
    let remove = VolunteerAct::RemoveGuest { guest: Guest::of(person) };
    let refused = visit.scene.world.refuses(visit.sponsor.actor(), &Act::Volunteer(remove.clone()));
    assert_eq!(refused, Refusal::NoPower { power: Power::ManageShifts });
    visit.scene.desk_does(remove.clone());
    assert!([0, 1].iter().all(|one| visit.scene.world.allotment(visit.shift(*one).uuid()).used == 0));
    let row = visit.guest(person);
    assert_eq!((row.name.as_str(), row.phone.as_str(), row.gone), ("—", "", true));
    assert!(visit.takes(person).iter().all(|take| take.person_name == "—"));
    assert_eq!(visit.scene.desk_refused(remove), Refusal::NotFound { what: "guest".into() });
    // Of two shifts the one that has begun stays.
    let person = visit.comes(&[0, 1]);
    visit.now(&format!("{DAY}08:30"));
    visit.scene.desk_does(VolunteerAct::RemoveGuest { guest: Guest::of(person) });
    assert_eq!((visit.guest(person).shifts, visit.guest(person).gone), (vec![visit.shift(0)], false));
    let last = VolunteerAct::RemoveGuest { guest: Guest::of(person) };
    assert!(matches!(visit.scene.desk_refused(last), Refusal::Started { .. }));
}

#[test]
fn a_sponsor_works_here_on_the_day_and_whoever_was_let_in_is_let_out() {
    let mut visit = visit();
    let (role, eve) = (visit.sponsor.role, date(2026, 10, 12));
    let stays = visit.scene.world.get(role).to;
    // Today they work here; on the guest's day they do not.
    visit.scene.world.edit(role, |role| role.to = Some(eve));
    let early = visit.draft(&[0]);
    assert_eq!(visit.scene.desk_refused(add(early)), Refusal::NotFound { what: "person".into() });
    visit.scene.world.edit(role, |role| role.to = stays);
    let (inside, outside) = (visit.comes(&[0]), visit.comes(&[0]));
    visit.now(&format!("{DAY}08:30"));
    let (shift, from) = (visit.shift(0), at(&format!("{DAY}08:00")).timestamp());
    let came = |person, until, seen| {
        let said = DutySaid::Came { from, until };
        Act::Hours(HoursAct::MarkDuty { shift, people: vec![DutyWish { person, said, seen }] })
    };
    visit.scene.world.does(visit.supervisor.actor(), &came(inside, None, 0));
    visit.scene.world.edit(role, |role| role.to = Some(eve));
    let left = Some(at(&format!("{DAY}08:20")).timestamp());
    visit.scene.world.does(visit.supervisor.actor(), &came(inside, left, 1));
    let refused = visit.scene.world.refuses(visit.supervisor.actor(), &came(outside, None, 0));
    assert_eq!(refused, Refusal::NobodyReceives);
}

#[test]
fn who_missed_one_shift_came_to_the_other_and_nothing_said_of_them_keeps_their_name() {
    let mut visit = visit();
    let person = visit.comes(&[0, 1]);
    visit.now(&format!("{DAY}08:30"));
    let missed = |shift, person, seen| {
        let said = DutySaid::Missed { excuse: "临时有事".into() };
        Act::Hours(HoursAct::MarkDuty { shift, people: vec![DutyWish { person, said, seen }] })
    };
    let (first, second) = (visit.shift(0), visit.shift(1));
    let came = visit.mark(first, person);
    visit.scene.world.does(visit.supervisor.actor(), &came);
    visit.scene.world.does(visit.supervisor.actor(), &missed(second, person, 0));
    assert!(visit.guest(person).came.is_some(), "they came to the first");
    visit.scene.world.does(visit.supervisor.actor(), &missed(first, person, 1));
    assert!(visit.guest(person).came.is_none(), "they came to none");
    visit.scene.desk_does(VolunteerAct::RemoveGuest { guest: Guest::of(person) });
    assert_eq!(visit.guest(person).shifts, vec![first]);
    // Of whom something was said before it began, that stays; they are taken out once.
    let other = visit.comes(&[1]);
    visit.scene.world.does(visit.supervisor.actor(), &missed(second, other, 0));
    let remove = VolunteerAct::RemoveGuest { guest: Guest::of(other) };
    visit.scene.desk_does(remove.clone());
    assert!(visit.guest(other).shifts.is_empty() && !visit.guest(other).gone);
    assert_eq!(visit.scene.desk_refused(remove), Refusal::NotFound { what: "guest".into() });
    visit.now(&format!("{NEXT}00:00"));
    visit.scene.world.fire_due();
    visit.scene.world.now += limits::GUEST_KEPT;
    visit.scene.world.fire_due();
    for (shift, person) in [(first, person), (second, person), (second, other)] {
        let mark = visit.scene.world.get(OnDuty::of(shift, person));
        assert_eq!(mark.person_name, "—", "also at a shift that was given back");
    }
}

#[test]
fn a_guest_is_taken_out_whole_and_a_shift_of_theirs_is_not_given_back_for_them() {
    let mut visit = visit();
    let person = visit.comes(&[0, 1]);
    let on_behalf_of = Some(Proxy::new(person, "来电"));
    let drop = Act::DropShift { shift: visit.shift(0), on_behalf_of };
    let refused = visit.scene.world.refuses(visit.scene.desk.actor(), &drop);
    assert_eq!(refused, malformed("on_behalf_of"));
    visit.scene.desk_does(VolunteerAct::RemoveGuest { guest: Guest::of(person) });
    assert!(visit.guest(person).gone);
}

#[test]
fn whose_shift_goes_on_after_midnight_is_reached_until_it_ends() {
    let mut visit = visit();
    let terms = PostTerms { guests: true, ..PostTerms::default() };
    let times = [("2026-10-13T22:00", "2026-10-14T02:00", 1)];
    let post = PostDraft { terms, ..visit.scene.world.post_draft(visit.scene.world.campus, &times) };
    let shifts = vec![post.shifts[0].id];
    visit.scene.world.does(visit.scene.desk.actor(), &Act::PostShifts { post });
    let draft = GuestDraft { shifts, ..visit.draft(&[]) };
    let person = draft.person;
    visit.scene.desk_does(add(draft));
    visit.now(&format!("{NEXT}01:00"));
    visit.scene.world.fire_due();
    assert!(!visit.guest(person).phone.is_empty());
    visit.now(&format!("{NEXT}02:00"));
    visit.scene.world.fire_due();
    assert!(visit.guest(person).phone.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_guest_ever_stands_in_a_shift_of_another_day(
        steps in prop::collection::vec((0..5_u8, prop::collection::vec(0..4_usize, 1..4), 0..2_u8), 1..24),
    ) {
        let mut visit = visit();
        let mut people = Vec::new();
        for (what, shifts, day) in steps {
            let step = match (what, people.last().copied()) {
                (3, Some(person)) => VolunteerAct::RemoveGuest { guest: Guest::of(person) },
                (4, _) => {
                    let shift = visit.scene.world.get(visit.shift(shifts[0]));
                    let day = if day == 0 { DAY } else { NEXT };
                    let (starts, ends) = (at(&format!("{day}12:00")), at(&format!("{day}13:00")));
                    let (needed, version) = (shift.needed, shift.version);
                    VolunteerAct::ChangeShift { shift: shift.id, starts, ends, needed, version }
                }
                _ => {
                    let draft = visit.draft(&shifts);
                    people.push(draft.person);
                    add(draft)
                }
            };
            let _ = visit.scene.world.act(visit.scene.desk.actor(), &Act::Volunteer(step));
            for person in &people {
                for take in visit.takes(*person).iter().filter(|take| take.state == TakeState::Taken) {
                    let guest = visit.guest(*person);
                    let shift = visit.scene.world.get(take.shift);
                    prop_assert_eq!(shift.starts.date(), guest.day);
                    prop_assert!(guest.shifts.contains(&take.shift) && !guest.gone);
                }
            }
        }
    }
}
