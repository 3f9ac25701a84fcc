//! Pupils in shifts, under an adult's care: who consents, who waits for an adult, and who came.

mod calendar;
mod desk;

use xinmei_model::{
    Child, DutySaid, PupilFill, PupilMark, PupilState, PupilTake, PupilTerms, PupilWish, Relation, Right,
    RoleKind, Year, put_year, with_adult,
};

use super::*;

struct Care {
    scene: Scene,
    children: Vec<Id<Child>>,
    /// Of each child in turn.
    parents: Vec<Id<Person>>,
    post: PostDraft,
}

fn pupils(places: u32, per_adult: u32) -> PostTerms {
    let pupils = Some(PupilTerms { places, per_adult, from_grade: None });
    PostTerms { pupils, ..PostTerms::default() }
}

/// Four children with a guardian each, and three adults who have other children.
fn care(hours: &[(&str, &str, u32)], terms: PostTerms) -> Care {
    let mut scene = scene();
    let year = Year::usual(scene.world.fresh(), 2026, scene.world.today()).unwrap();
    scene.world.apply(vec![put_year(year)]);
    let (third, fifth) = (scene.world.class(2024, 1), scene.world.class(2022, 1));
    let each = [("李雨桐", third), ("王一诺", third), ("陈子墨", fifth), ("赵一", fifth)];
    let (mut children, mut parents) = (Vec::new(), Vec::new());
    for (name, class) in each {
        let child = scene.world.child(name, class);
        let guardian = scene.world.guardian(&format!("{name}的妈妈"));
        parents.push(guardian.of(child, Relation::Mother, PARENT).id());
        children.push(child);
    }
    let post = scene.post(hours, terms);
    Care { scene, children, parents, post }
}

fn wish(shift: Id<Shift>, child: Id<Child>) -> PupilWish {
    PupilWish { shift, child, on_behalf_of: None }
}

fn enters(shift: Id<Shift>, child: Id<Child>) -> Act {
    Act::Volunteer(VolunteerAct::EnterPupil(wish(shift, child)))
}

fn withdraws(shift: Id<Shift>, child: Id<Child>) -> Act {
    Act::Volunteer(VolunteerAct::WithdrawPupil(wish(shift, child)))
}

impl Care {
    fn shift(&self, which: usize) -> Id<Shift> {
        self.post.shifts[which].id
    }

    fn enter(&mut self, who: usize) {
        let act = enters(self.shift(0), self.children[who]);
        self.scene.world.does(guardian(self.parents[who]), &act);
    }

    fn adult(&mut self, who: usize) {
        let shift = self.shift(0);
        self.scene.world.does(guardian(self.scene.people[who]), &take(shift));
    }

    fn pupil(&self, who: usize) -> PupilTake {
        self.scene.world.get(PupilTake::of(self.shift(0), self.children[who]))
    }

    fn fill(&self) -> PupilFill {
        self.scene.world.get(PupilFill::of(self.shift(0)))
    }

    /// Who has an adult, by what everybody reads.
    fn with_adult(&self) -> Vec<bool> {
        let fill = self.fill();
        (0..4)
            .map(|who| {
                let take = self.scene.world.find(PupilTake::of(self.shift(0), self.children[who]));
                take.is_some_and(|take| take.has_adult(&fill))
            })
            .collect()
    }

    fn change(&self, terms: PostTerms) -> VolunteerAct {
        let version = self.scene.world.get(self.post.id).version;
        let post = PostDraft { terms, shifts: Vec::new(), ..self.post.clone() };
        VolunteerAct::ChangePost { post: Box::new(post), version }
    }
}

#[test]
fn a_guardian_puts_a_child_down_and_that_is_the_consent() {
    let mut care = care(&[("08:00", "09:00", 3)], pupils(3, 2));
    let (shift, child) = (care.shift(0), care.children[0]);
    let world = &mut care.scene.world;
    let mother = care.parents[0];
    let father = world.guardian("李建国").of(child, Relation::Father, PARENT).id();
    let grandmother = world.guardian("奶奶").of(child, Relation::Other, GRANDPARENT).id();

    let no_right = Refusal::NoRight { right: Right::Decide };
    assert_eq!(world.refuses(guardian(grandmother), &enters(shift, child)), no_right);
    let gone = Refusal::NotFound { what: "child".into() };
    assert_eq!(world.refuses(guardian(care.parents[1]), &enters(shift, child)), gone);

    let now = world.now;
    world.does(guardian(mother), &enters(shift, child));
    let row = world.get(PupilTake::of(shift, child));
    assert_eq!((row.state, row.consent.by, row.consent.at, row.seq), (PupilState::Down, mother, now, 1));
    assert_eq!(row.consent.by_name, "李雨桐的妈妈");
    // The second of two guardians is told that it is so already, and may take it back.
    assert_eq!(world.refuses(guardian(father), &enters(shift, child)), Refusal::ShiftAlready);
    assert_eq!(world.refuses(guardian(grandmother), &withdraws(shift, child)), no_right);
    world.does(guardian(father), &withdraws(shift, child));
    let row = world.get(PupilTake::of(shift, child));
    assert_eq!((row.state, row.withdrawn.map(|one| one.by)), (PupilState::Withdrawn, Some(father)));
    assert_eq!(world.refuses(guardian(mother), &withdraws(shift, child)), Refusal::ShiftAlready);
    world.does(guardian(mother), &enters(shift, child));
    // From the hour it begins nobody is put down or taken back.
    world.now = at("2026-10-13T08:00").timestamp();
    let started = Refusal::Started { since: at("2026-10-13T08:00") };
    assert_eq!(world.refuses(guardian(mother), &withdraws(shift, child)), started);
    assert_eq!(world.refuses(guardian(care.parents[1]), &enters(shift, care.children[1])), started);
}

#[test]
fn a_family_that_telephoned_is_entered_and_its_right_is_what_counts() {
    let mut care = care(&[("08:00", "09:00", 3)], pupils(3, 2));
    let (shift, child, mother) = (care.shift(0), care.children[0], care.parents[0]);
    let (desk, class) = (care.scene.desk, care.scene.world.get(child).class().unwrap());
    let teacher = care.scene.world.teacher("张晓梅", class);
    let stranger = care.scene.world.class(2023, 9);
    let stranger = care.scene.world.teacher("何老师", stranger);
    let grandmother = care.scene.world.guardian("奶奶").of(child, Relation::Other, GRANDPARENT).id();
    let by = |person| {
        let wish = PupilWish { on_behalf_of: Some(Proxy::new(person, "妈妈来电")), ..wish(shift, child) };
        Act::Volunteer(VolunteerAct::EnterPupil(wish))
    };
    let world = &mut care.scene.world;
    let no_right = Refusal::NoRight { right: Right::Decide };
    assert_eq!(world.refuses(desk.actor(), &by(grandmother)), no_right);
    let no_power = Refusal::NoPower { power: Power::ActForFamilies };
    assert_eq!(world.refuses(stranger.actor(), &by(mother)), no_power);
    assert_eq!(world.refuses(guardian(mother), &by(mother)), malformed("on_behalf_of"));
    world.does(teacher.actor(), &by(mother));
    let row = world.get(PupilTake::of(shift, child));
    assert_eq!((row.consent.by, row.entered.unwrap().note.as_str()), (mother, "妈妈来电"));
}

#[test]
fn who_came_last_waits_for_an_adult_and_nothing_is_taken_away() {
    let mut care = care(&[("08:00", "09:00", 3)], pupils(4, 2));
    care.enter(0);
    assert_eq!(care.with_adult(), [false; 4], "nobody is there yet");
    care.adult(0);
    assert_eq!(care.with_adult(), [true, false, false, false]);
    care.enter(2);
    care.enter(1);
    assert_eq!(care.with_adult(), [true, false, true, false], "in the order in which they were put down");
    let fill = care.fill();
    let terms = care.scene.world.get(care.post.id).terms.pupils.unwrap();
    assert_eq!((fill.pupils, fill.adults, terms.adults_wanted(fill.pupils, fill.adults)), (3, 1, 1));
    care.adult(1);
    assert_eq!(care.with_adult(), [true, true, true, false]);
    // An adult gives the place back: who came last waits, and nobody is dropped.
    let shift = care.shift(0);
    let adult = guardian(care.scene.people[0]);
    care.scene.world.does(adult, &drop_shift(shift));
    assert_eq!(care.with_adult(), [true, false, true, false]);
    assert!(care.pupil(1).is_down());
    // Another ratio costs no place either; fewer places than pupils hold are refused.
    let change = care.change(pupils(4, 1));
    care.scene.desk_does(change);
    assert_eq!(care.with_adult(), [true, false, false, false]);
    assert_eq!(care.scene.desk_refused(care.change(pupils(2, 5))), Refusal::SeatsHeld { used: 3 });
    assert_eq!(care.scene.desk_refused(care.change(PostTerms::default())), Refusal::SeatsHeld { used: 3 });
    // Who comes back stands at the end.
    let (mother, child) = (guardian(care.parents[0]), care.children[0]);
    care.scene.world.does(mother, &withdraws(shift, child));
    care.enter(0);
    assert_eq!(care.with_adult(), [false, false, true, false]);
}

#[test]
fn places_grades_times_and_rest_keep_pupils_out() {
    let terms = PostTerms { rest_min: 60, ..pupils(1, 5) };
    let mut care = care(&[("08:00", "09:00", 1), ("08:30", "09:30", 1), ("09:30", "10:00", 1)], terms);
    let [first, second, third] = [0, 1, 2].map(|one| care.shift(one));
    care.enter(0);
    let (mother, child) = (guardian(care.parents[0]), care.children[0]);
    let other = guardian(care.parents[1]);
    assert_eq!(care.scene.world.refuses(other, &enters(first, care.children[1])), Refusal::ShiftFull);
    let clash = Refusal::ShiftClash { with: first.uuid() };
    assert_eq!(care.scene.world.refuses(mother, &enters(second, child)), clash);
    let rest = Refusal::ShortRest { with: first.uuid(), minutes: 60 };
    assert_eq!(care.scene.world.refuses(mother, &enters(third, child)), rest);

    let from_grade = Some(PupilTerms { places: 2, per_adult: 5, from_grade: Some(4) });
    let older =
        care.scene.post(&[("14:00", "15:00", 1)], PostTerms { pupils: from_grade, ..PostTerms::default() });
    let act = enters(older.shifts[0].id, child);
    assert_eq!(care.scene.world.refuses(mother, &act), Refusal::NotEligible, "a third-grader");
    let act = enters(older.shifts[0].id, care.children[2]);
    care.scene.world.does(guardian(care.parents[2]), &act);

    let adults = care.scene.post(&[("16:00", "17:00", 1)], PostTerms::default());
    let act = enters(adults.shifts[0].id, child);
    assert_eq!(care.scene.world.refuses(mother, &act), Refusal::NoPupils);
    care.scene.desk_does(VolunteerAct::EndPost { post: older.id });
    let act = enters(older.shifts[0].id, care.children[3]);
    assert_eq!(care.scene.world.refuses(guardian(care.parents[3]), &act), Refusal::PostEnded);
    for (places, per_adult, grade, field) in [
        (0, 1, None, "places"),
        (1, 0, None, "per_adult"),
        (501, 1, None, "places"),
        (1, 1, Some(13), "from_grade"),
    ] {
        let pupils = Some(PupilTerms { places, per_adult, from_grade: grade });
        let change = care.change(PostTerms { pupils, ..PostTerms::default() });
        assert_eq!(care.scene.desk_refused(change), malformed(&format!("pupils.{field}")));
    }
}

#[test]
fn a_shift_that_is_called_off_sends_nobody_and_says_so() {
    let mut care = care(&[("08:00", "09:00", 1)], pupils(2, 2));
    care.enter(0);
    let shift = care.shift(0);
    care.scene.desk_does(VolunteerAct::CallOffShift { shift, reason: "停课".into() });
    assert_eq!(care.pupil(0).state, PupilState::CalledOff);
    assert_eq!(care.fill().pupils, 0);
    let again = enters(shift, care.children[0]);
    assert_eq!(care.scene.world.refuses(guardian(care.parents[0]), &again), Refusal::ShiftOff);
}

#[test]
fn the_family_the_desk_and_the_supervisor_read_who_comes_and_everybody_how_many() {
    let mut care = care(&[("08:00", "09:00", 3)], pupils(3, 2));
    let class = care.scene.world.class(2023, 4);
    let supervisor = care.scene.world.teacher("张晓梅", class);
    let other = care.scene.world.teacher("何老师", class);
    let change = care.change(PostTerms { supervisor: Some(supervisor.person), ..pupils(3, 2) });
    care.scene.desk_does(change);
    let child = care.children[0];
    let grandmother = care.scene.world.guardian("奶奶").of(child, Relation::Other, GRANDPARENT).id();
    care.adult(0);
    care.enter(0);
    let (row, fill) = (care.pupil(0).id, care.fill().id);
    let sees = |person| care.scene.world.sees(person, row);
    assert!(sees(care.parents[0]) && sees(care.scene.desk.person) && sees(supervisor.person));
    for other in [care.parents[1], care.scene.people[0], care.scene.people[1], other.person, grandmother] {
        assert!(!sees(other), "another family, an adult of the shift, other staff, and who may not decide");
        assert!(care.scene.world.sees(other, fill), "how many come, everybody may know");
    }
    let head = care.scene.world.staff("周校长", RoleKind::Head, care.scene.world.root);
    assert!(!care.scene.world.sees(head.person, row), "nor a head");
}

#[test]
fn the_supervisor_marks_a_whole_class_and_who_saw_somebody_is_right() {
    let mut care = care(&[("08:00", "09:00", 3)], pupils(4, 1));
    let class = care.scene.world.class(2023, 4);
    let supervisor = care.scene.world.teacher("张晓梅", class);
    let change = care.change(PostTerms { supervisor: Some(supervisor.person), ..pupils(4, 1) });
    care.scene.desk_does(change);
    care.adult(0);
    care.enter(0);
    care.enter(1);
    let (shift, children) = (care.shift(0), care.children.clone());
    let came = DutySaid::Came { from: at("2026-10-13T07:55").timestamp(), until: None };
    let all = |said: &DutySaid, seen: u32| {
        let each = children[..2].iter();
        let pupils = each.map(|child| PupilMark { child: *child, said: said.clone(), seen }).collect();
        Act::Volunteer(VolunteerAct::MarkPupils { shift, pupils })
    };
    assert!(matches!(
        care.scene.world.refuses(supervisor.actor(), &all(&came, 0)),
        Refusal::NotOpenYet { .. }
    ));
    care.scene.world.now = at("2026-10-13T07:56").timestamp();
    let no_power = Refusal::NoPower { power: Power::ManageShifts };
    assert_eq!(care.scene.world.refuses(guardian(care.parents[0]), &all(&came, 0)), no_power);
    // Two pupils to one adult, where one may have one: they stand at the gate, and nobody is turned away by a computer.
    care.scene.world.does(supervisor.actor(), &all(&came, 0));
    assert_eq!(care.pupil(1).holds, Some(came.clone()));
    // The desk that did not know of it says that nobody came: who saw them is right, and it is to be settled.
    let missed = DutySaid::Missed { excuse: "发烧".into() };
    care.scene.world.does(care.scene.desk.actor(), &all(&missed, 0));
    let row = care.pupil(0);
    assert_eq!((row.holds.clone(), row.disputed, row.count), (Some(came.clone()), true, 2));
    care.scene.world.does(care.scene.desk.actor(), &all(&came, 2));
    assert!(!care.pupil(0).disputed);
    let row = care.scene.world.get(shift);
    assert_eq!(care.pupil(0).minutes(&row, row.starts.timestamp()), None, "still there");
    let late = row.ends.timestamp() + limits::DUTY_OVERSTAY;
    let overstays = |at| care.pupil(0).overstays(&row, at);
    assert!(!overstays(row.ends.timestamp()) && overstays(late), "who was not seen to leave is looked for");
    assert_eq!(
        care.pupil(0).minutes(&row, row.ends.timestamp()),
        Some(65),
        "to the end, where nobody said otherwise"
    );
    let nobody = PupilMark { child: children[2], said: came, seen: 0 };
    let act = Act::Volunteer(VolunteerAct::MarkPupils { shift, pupils: vec![nobody.clone()] });
    let gone = Refusal::NotFound { what: "pupil-take".into() };
    assert_eq!(care.scene.world.refuses(supervisor.actor(), &act), gone);
    let twice = Act::Volunteer(VolunteerAct::MarkPupils { shift, pupils: vec![nobody.clone(), nobody] });
    assert_eq!(care.scene.world.refuses(supervisor.actor(), &twice), malformed("pupils"));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 192,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/seeds/pupils.txt"),
        ))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_happens_no_adult_has_more_pupils_than_the_post_says(
        steps in prop::collection::vec((0..4_usize, 0..9_u8, 1..4_u32), 1..50),
    ) {
        let mut care = care(&[("08:00", "09:00", 2)], pupils(3, 1));
        let shift = care.shift(0);
        for (who, what, number) in steps {
            let child = care.children[who];
            let (parent, adult) = (guardian(care.parents[who]), guardian(care.scene.people[who % 3]));
            let terms = care.scene.world.get(care.post.id).terms.pupils.unwrap();
            let change = |places, per_adult| Act::Volunteer(care.change(pupils(places, per_adult)));
            let (actor, act) = match what {
                0 | 1 => (parent, enters(shift, child)),
                2 => (parent, withdraws(shift, child)),
                3 | 4 => (adult, take(shift)),
                5 => (adult, drop_shift(shift)),
                6 => (care.scene.desk.actor(), change(terms.places, number)),
                7 => (care.scene.desk.actor(), change(number, terms.per_adult)),
                // Who may decide may change, and what was consented to stands.
                _ => {
                    let link = care.scene.world.list::<xinmei_model::Link>(List::LinksOf(child))[0].clone();
                    let rights = if number == 1 { xinmei_model::Rights::default() } else {
                        xinmei_model::Rights::granted(PARENT, care.scene.world.yesterday(), "测试")
                    };
                    let child = care.scene.world.get(child);
                    let link = xinmei_model::Link { rights, ..link };
                    care.scene.world.apply(vec![xinmei_model::put_link(link, &child)]);
                    continue;
                }
            };
            let before = care.scene.world.contents();
            let could = care.scene.world.list::<xinmei_model::Link>(List::LinksOf(child))[0]
                .allows(Right::Decide, care.scene.world.today());
            let answer = care.scene.world.act(actor, &act);
            prop_assert!(answer.is_ok() || before == care.scene.world.contents());
            if what < 3 {
                prop_assert!(could || answer.is_err(), "nobody consents without the right");
            }
            let takes: Vec<Take> = care.scene.world.list(List::TakesOf(shift));
            let adults = takes.iter().filter(|take| take.state == TakeState::Taken).count();
            let adults = u32::try_from(adults).unwrap();
            let all: Vec<PupilTake> = care.scene.world.list(List::PupilTakesOf(shift));
            let mut down: Vec<_> = all.iter().filter(|pupil| pupil.is_down()).collect();
            down.sort_by_key(|pupil| pupil.seq);
            let terms = care.scene.world.get(care.post.id).terms.pupils.unwrap();
            prop_assert!(down.len() <= usize::try_from(terms.places).unwrap());
            prop_assert!(down.windows(2).all(|two| two[0].seq < two[1].seq), "no two stand at one place");
            let parents = &care.parents;
            prop_assert!(down.iter().all(|pupil| parents.contains(&pupil.consent.by)));
            let covered = with_adult(&terms, down.clone(), adults);
            prop_assert!(covered.len() <= usize::try_from(terms.per_adult * adults).unwrap());
            prop_assert_eq!(&covered[..], &down[..covered.len()], "always the first of them");
            // What everybody reads says the same.
            if let Some(fill) = care.scene.world.find(PupilFill::of(shift)) {
                prop_assert_eq!((fill.pupils as usize, fill.adults), (down.len(), adults));
                let read: Vec<_> = down.iter().filter(|pupil| pupil.has_adult(&fill)).copied().collect();
                prop_assert_eq!(read, covered.clone());
                let wanted = terms.adults_wanted(fill.pupils, adults);
                prop_assert_eq!(wanted == 0, covered.len() == down.len());
            } else {
                prop_assert!(all.is_empty());
            }
        }
    }
}
