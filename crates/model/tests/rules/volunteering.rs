//! Campaigns, what posts ask for, who has it, and how one gets in: nobody is dropped silently and nothing is anybody's duty.

mod changed_shift;
mod guests;
mod matching;
mod meanwhile;
mod offers;
mod pupils;
mod qualified;
mod swaps;

use std::collections::BTreeMap;

use jiff::{SignedDuration, civil::date};
use proptest::{prelude::*, test_runner::FileFailurePersistence};
use xinmei_model::{
    Act, Allotment, Campaign, CampaignDraft, Feed, Id, List, Person, Population, Post, PostDraft, PostEntry,
    PostTerms, Power, Proxy, Qualification, QualificationDraft, Refusal, Shift, Take, TakeState,
    VolunteerAct, limits,
};

use crate::world::{World, people::*, plans::*};

const DAY: &str = "2026-10-13T";

struct Scene {
    world: World,
    desk: Staff,
    people: Vec<Id<Person>>,
}

fn scene() -> Scene {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let class = world.class(2024, 2);
    let people = ["王芳", "王强", "刘强"].map(|name| {
        let child = world.child("孩子", class);
        world.guardian(name).of(child, xinmei_model::Relation::Other, PARENT).id()
    });
    Scene { world, desk, people: people.to_vec() }
}

fn malformed(field: &str) -> Refusal {
    Refusal::Malformed { field: field.into() }
}

impl Scene {
    fn desk_does(&mut self, step: VolunteerAct) {
        self.world.does(self.desk.actor(), &Act::Volunteer(step));
    }

    fn desk_refused(&self, step: VolunteerAct) -> Refusal {
        self.world.refuses(self.desk.actor(), &Act::Volunteer(step))
    }

    /// A post with shifts at these hours of one day.
    fn post(&mut self, hours: &[(&str, &str, u32)], terms: PostTerms) -> PostDraft {
        let times: Vec<_> = hours
            .iter()
            .map(|(from, to, needed)| (format!("{DAY}{from}"), format!("{DAY}{to}"), *needed))
            .collect();
        let times: Vec<_> =
            times.iter().map(|(from, to, needed)| (from.as_str(), to.as_str(), *needed)).collect();
        let draft = PostDraft { terms, ..self.world.post_draft(self.world.campus, &times) };
        self.world.does(self.desk.actor(), &Act::PostShifts { post: draft.clone() });
        draft
    }

    fn qualification(&mut self, name: &str, expires: bool) -> Id<Qualification> {
        let qualification = self.world.fresh();
        let draft = QualificationDraft {
            place: self.world.campus,
            name: name.into(),
            about: String::new(),
            expires,
            training: false,
        };
        self.desk_does(VolunteerAct::PutQualification { qualification, draft, version: 0 });
        qualification
    }

    fn state(&self, who: usize, shift: Id<Shift>) -> Option<TakeState> {
        let takes: Vec<Take> = self.world.list(List::TakesOf(shift));
        takes.iter().find(|take| take.person == self.people[who]).map(|take| take.state)
    }
}

fn asking() -> PostTerms {
    PostTerms { entry: PostEntry::Asked, ..PostTerms::default() }
}

fn green_bookmark(scene: &Scene) -> CampaignDraft {
    CampaignDraft {
        place: scene.world.campus,
        name: " “绿书签”志愿者实践活动 ".into(),
        about: "整理图书角。".into(),
        tags: vec!["六大工程".into(), " 六大工程".into()],
        from: date(2026, 10, 12),
        to: date(2026, 11, 30),
    }
}

#[test]
fn a_campaign_is_kept_by_its_desk_and_the_second_of_two_is_told() {
    let mut scene = scene();
    let (campaign, draft) = (scene.world.fresh::<Campaign>(), green_bookmark(&scene));
    let put = |draft: &CampaignDraft, version| VolunteerAct::PutCampaign {
        campaign,
        draft: draft.clone(),
        version,
    };
    scene.desk_does(put(&draft, 0));
    let row = scene.world.get(campaign);
    assert_eq!((row.draft.name.as_str(), row.draft.tags.len()), ("“绿书签”志愿者实践活动", 1));
    assert_eq!(scene.world.feeds(campaign), [Feed::School].into());
    scene.desk_does(put(&draft, 0));
    assert_eq!(scene.desk_refused(put(&draft, 0)), Refusal::ChangedMeanwhile);
    let other_way = CampaignDraft { from: draft.to, to: draft.from, ..draft.clone() };
    assert_eq!(scene.desk_refused(put(&other_way, 1)), malformed("to"));
    let elsewhere = CampaignDraft { place: scene.world.root, ..draft.clone() };
    let no_power = Refusal::NoPower { power: Power::ManageShifts };
    assert_eq!(scene.desk_refused(put(&elsewhere, 1)), no_power);
    let parent = guardian(scene.people[0]);
    assert_eq!(scene.world.refuses(parent, &Act::Volunteer(put(&draft, 1))), no_power);

    let terms = PostTerms { campaign: Some(campaign), ..PostTerms::default() };
    let post = scene.post(&[("08:00", "09:00", 1)], terms.clone());
    scene.desk_does(VolunteerAct::EndCampaign { campaign });
    assert_eq!(scene.desk_refused(VolunteerAct::EndCampaign { campaign }), Refusal::PostEnded);
    let late = PostDraft { terms, ..scene.world.post_draft(scene.world.campus, &[]) };
    let times = [("2026-10-14T08:00", "2026-10-14T09:00", 1)];
    let late = PostDraft { shifts: scene.world.post_draft(scene.world.campus, &times).shifts, ..late };
    let gone = Refusal::NotFound { what: "campaign".into() };
    assert_eq!(scene.world.refuses(scene.desk.actor(), &Act::PostShifts { post: late }), gone);
    // Its posts stay, and may be changed.
    let post = PostDraft { shifts: Vec::new(), ..post };
    scene.desk_does(VolunteerAct::ChangePost { post: Box::new(post), version: 0 });
}

#[test]
fn a_post_is_changed_by_who_looked_at_what_stands_and_gets_more_shifts() {
    let mut scene = scene();
    let post = scene.post(&[("08:00", "09:00", 1)], PostTerms::default());
    let more =
        scene.world.post_draft(scene.world.campus, &[("2026-10-14T08:00", "2026-10-14T09:00", 2)]).shifts;
    let supervisor = Some(scene.desk.person);
    let terms = PostTerms { supervisor, handbook: " 一、签到 ".into(), ..PostTerms::default() };
    let draft = PostDraft { title: "护学岗，西门".into(), shifts: more, terms, ..post.clone() };
    let change =
        |post: &PostDraft, version| VolunteerAct::ChangePost { post: Box::new(post.clone()), version };
    scene.desk_does(change(&draft, 0));
    let row: Post = scene.world.get(post.id);
    assert_eq!(
        (row.title.as_str(), row.supervisor_name.as_str(), row.version),
        ("护学岗，西门", "周协调", 1)
    );
    assert_eq!(row.terms.handbook, "一、签到");
    assert_eq!(scene.world.list::<Shift>(List::ShiftsOf(post.id)).len(), 2, "those that stood stay");
    let plain = PostDraft { shifts: Vec::new(), ..draft.clone() };
    assert_eq!(scene.desk_refused(change(&plain, 0)), Refusal::ChangedMeanwhile);
    assert_eq!(scene.desk_refused(change(&draft, 1)), malformed("shifts.id"), "a shift is made once");
    let elsewhere = PostDraft { place: scene.world.root, ..plain.clone() };
    assert_eq!(scene.desk_refused(change(&elsewhere, 1)), malformed("place"));
    let parent = PostTerms { supervisor: Some(scene.people[0]), ..PostTerms::default() };
    let parent = PostDraft { terms: parent, ..plain.clone() };
    assert_eq!(scene.desk_refused(change(&parent, 1)), Refusal::NotFound { what: "person".into() });
    let long = PostTerms { rest_min: limits::REST_MINUTES + 1, ..PostTerms::default() };
    let long = PostDraft { terms: long, ..plain.clone() };
    let too_many = Refusal::TooMany { field: "rest_min".into(), limit: limits::REST_MINUTES };
    assert_eq!(scene.desk_refused(change(&long, 1)), too_many);

    scene.world.does(guardian(scene.people[0]), &take(post.shifts[0].id));
    scene.desk_does(VolunteerAct::EndPost { post: post.id });
    assert_eq!(scene.desk_refused(change(&plain, 2)), Refusal::PostEnded);
    let refused = scene.world.refuses(guardian(scene.people[1]), &take(draft.shifts[0].id));
    assert_eq!(refused, Refusal::PostEnded);
    assert_eq!(scene.state(0, post.shifts[0].id), Some(TakeState::Taken), "who has taken one still comes");
    scene.world.does(guardian(scene.people[0]), &drop_shift(post.shifts[0].id));
}

#[test]
fn a_shift_that_is_called_off_keeps_its_reason_and_frees_who_came() {
    let mut scene = scene();
    let post = scene.post(&[("08:00", "09:00", 2), ("08:30", "09:30", 1)], PostTerms::default());
    let [first, second] = [post.shifts[0].id, post.shifts[1].id];
    scene.world.does(guardian(scene.people[0]), &take(first));
    scene.world.does(guardian(scene.people[1]), &take(first));
    scene.world.does(guardian(scene.people[1]), &drop_shift(first));
    let off = |reason: &str| VolunteerAct::CallOffShift { shift: first, reason: reason.into() };
    assert_eq!(scene.desk_refused(off(" ")), malformed("reason"));
    scene.desk_does(off(" 当天停课 "));
    assert_eq!(scene.world.get(first).called_off.unwrap().reason, "当天停课");
    assert_eq!(scene.state(0, first), Some(TakeState::CalledOff));
    assert_eq!(scene.state(1, first), Some(TakeState::Dropped), "who had given it back is left alone");
    assert_eq!(scene.world.get(Allotment::of(first.uuid())).used, 0);
    assert_eq!(scene.desk_refused(off("再来一次")), Refusal::ShiftOff);
    assert_eq!(scene.world.refuses(guardian(scene.people[2]), &take(first)), Refusal::ShiftOff);
    // It is no clash any more.
    scene.world.does(guardian(scene.people[0]), &take(second));
    scene.world.now = at("2026-10-13T08:30").timestamp();
    let started = VolunteerAct::CallOffShift { shift: second, reason: "下雨".into() };
    assert_eq!(scene.desk_refused(started), Refusal::Started { since: at("2026-10-13T08:30") });
}

#[test]
fn a_post_for_some_is_not_for_others() {
    let mut scene = scene();
    let for_whom = |population| PostTerms { population, ..PostTerms::default() };
    let staff = scene.post(&[("08:00", "09:00", 3)], for_whom(Population::Staff)).shifts[0].id;
    let parents = scene.post(&[("10:00", "11:00", 3)], for_whom(Population::Parents)).shifts[0].id;
    let parent = guardian(scene.people[0]);
    let others = |population| Refusal::OtherVolunteers { population };
    assert_eq!(scene.world.refuses(parent, &take(staff)), others(Population::Staff));
    assert_eq!(scene.world.refuses(scene.desk.actor(), &take(parents)), others(Population::Parents));
    scene.world.does(parent, &take(parents));
    scene.world.does(scene.desk.actor(), &take(staff));
}

#[test]
fn who_asks_holds_no_place_until_the_desk_says_yes() {
    let mut scene = scene();
    let post = scene.post(&[("08:00", "09:00", 1), ("08:30", "09:30", 1)], asking());
    let [first, second] = [post.shifts[0].id, post.shifts[1].id];
    let [one, two] = [0, 1].map(|who| guardian(scene.people[who]));
    for (who, shift) in [(one, first), (one, second), (two, first)] {
        scene.world.does(who, &take(shift));
    }
    assert_eq!(scene.world.refuses(one, &take(first)), Refusal::ShiftAlready);
    assert_eq!(scene.world.allotment(first.uuid()).used, 0, "a question is no place");
    let answer = |shift, person, agrees, reason: &str| VolunteerAct::AnswerVolunteer {
        shift,
        person,
        agrees,
        reason: reason.into(),
    };
    let [first_person, second_person] = [scene.people[0], scene.people[1]];
    assert_eq!(
        scene.desk_refused(answer(first, scene.people[2], true, "")),
        Refusal::NotFound { what: "take".into() }
    );
    scene.desk_does(answer(first, first_person, true, ""));
    assert_eq!(scene.world.allotment(first.uuid()).used, 1);
    assert_eq!(scene.desk_refused(answer(first, first_person, true, "")), Refusal::ShiftAlready);
    assert_eq!(scene.desk_refused(answer(first, second_person, true, "")), Refusal::ShiftFull);
    let clash = Refusal::ShiftClash { with: first.uuid() };
    assert_eq!(scene.desk_refused(answer(second, first_person, true, "")), clash);
    assert_eq!(scene.desk_refused(answer(first, second_person, false, " ")), malformed("reason"));
    scene.desk_does(answer(first, second_person, false, "名额满了，下周还招"));
    assert_eq!(scene.state(1, first), Some(TakeState::Declined));
    // Taking a question back leaves the places alone; who comes gives theirs back.
    scene.world.does(one, &drop_shift(second));
    scene.world.does(one, &drop_shift(first));
    assert_eq!(scene.world.allotment(first.uuid()).used, 0);
    // Whoever was declined may ask again, and the desk that enters somebody who phoned decides at once.
    scene.world.does(two, &take(first));
    let phoned = Act::TakeShift { shift: first, on_behalf_of: Some(Proxy::new(second_person, "来电")) };
    scene.world.does(scene.desk.actor(), &phoned);
    assert_eq!(scene.state(1, first), Some(TakeState::Taken));
}

#[test]
fn the_longer_rest_of_two_posts_counts() {
    let mut scene = scene();
    let rest = |rest_min| PostTerms { rest_min, ..PostTerms::default() };
    let early = scene.post(&[("08:00", "09:00", 3)], rest(60)).shifts[0].id;
    let late = scene.post(&[("09:59", "11:00", 3), ("10:00", "11:00", 3)], rest(0));
    let who = guardian(scene.people[0]);
    scene.world.does(who, &take(early));
    let short = Refusal::ShortRest { with: early.uuid(), minutes: 60 };
    assert_eq!(scene.world.refuses(who, &take(late.shifts[0].id)), short);
    scene.world.does(who, &take(late.shifts[1].id));
}

#[test]
fn each_step_is_read_as_it_is_written_and_names_what_it_is_about() {
    let scene = scene();
    let draft = green_bookmark(&scene);
    let steps = [
        VolunteerAct::PutCampaign { campaign: Id::new(uuid::Uuid::from_u128(1)), draft, version: 0 },
        VolunteerAct::EndPost { post: Id::new(uuid::Uuid::from_u128(2)) },
        VolunteerAct::ConfirmQualification {
            qualification: Id::new(uuid::Uuid::from_u128(3)),
            people: vec![scene.people[0]],
            until: Some(date(2027, 1, 1)),
            seen: None,
        },
    ];
    for step in steps {
        let json = serde_json::to_value(Act::Volunteer(step.clone())).unwrap();
        assert_eq!((json["do"].as_str(), json["step"].as_str()), (Some("volunteer"), Some(step.name())));
        assert_eq!(serde_json::from_value::<Act>(json).unwrap(), Act::Volunteer(step));
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 192,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/seeds/volunteering.txt"),
        ))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn in_whatever_order_nobody_comes_too_often_too_soon_or_too_many(
        steps in prop::collection::vec((0..3_usize, 0..6_usize, 0..6_u8), 1..60),
    ) {
        let mut scene = scene();
        let hours = [("08:00", "09:00", 1), ("09:20", "10:00", 2), ("11:00", "12:00", 1)];
        let open = scene.post(&hours, PostTerms { rest_min: 30, ..PostTerms::default() });
        let asked = scene.post(&hours, asking());
        let shifts: Vec<_> = open.shifts.iter().chain(&asked.shifts).map(|shift| shift.id).collect();
        for (who, shift, what) in steps {
            let (person, id) = (scene.people[who], shifts[shift]);
            let answer = |agrees| Act::Volunteer(VolunteerAct::AnswerVolunteer {
                shift: id, person, agrees, reason: "满了".into(),
            });
            let (actor, act) = match what {
                0 => (guardian(person), take(id)),
                1 => (guardian(person), drop_shift(id)),
                2 => (scene.desk.actor(), answer(true)),
                3 => (scene.desk.actor(), answer(false)),
                4 => (scene.desk.actor(), Act::TakeShift {
                    shift: id, on_behalf_of: Some(Proxy::new(person, "来电")),
                }),
                // Rarely: a shift that is off stays off.
                _ if shift == 5 => {
                    let reason = "停课".into();
                    (scene.desk.actor(), Act::Volunteer(VolunteerAct::CallOffShift { shift: id, reason }))
                }
                _ => continue,
            };
            let before = scene.world.contents();
            let answer = scene.world.act(actor, &act);
            prop_assert!(answer.is_ok() || before == scene.world.contents());
            let mut coming: BTreeMap<_, Vec<(Shift, u32)>> = BTreeMap::new();
            for id in &shifts {
                let row = scene.world.get(*id);
                let rest = scene.world.get(row.post).terms.rest_min;
                let takes: Vec<Take> = scene.world.list(List::TakesOf(*id));
                let taken: Vec<_> = takes.iter().filter(|take| take.state == TakeState::Taken).collect();
                prop_assert_eq!(scene.world.allotment(id.uuid()).used as usize, taken.len());
                prop_assert!(taken.len() <= row.needed as usize);
                prop_assert!(row.is_on() || taken.is_empty());
                for take in taken {
                    coming.entry(take.person).or_default().push((row.clone(), rest));
                }
            }
            for mut own in coming.into_values() {
                own.sort_by_key(|(shift, _)| shift.starts.timestamp());
                for two in own.windows(2) {
                    let rest = SignedDuration::from_mins(i64::from(two[0].1.max(two[1].1)));
                    let between = two[1].0.starts.timestamp().duration_since(two[0].0.ends.timestamp());
                    prop_assert!(between >= rest, "{:?} after {:?}", two[1].0.starts, two[0].0.ends);
                }
            }
        }
    }
}
