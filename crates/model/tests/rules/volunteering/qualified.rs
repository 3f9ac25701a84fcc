//! Who has what a post asks for, and who says so.

use super::*;
use xinmei_model::Qualified;

#[test]
fn who_lacks_what_a_post_asks_is_told_what_and_until_when() {
    let mut scene = scene();
    let health = scene.qualification("健康证", true);
    let training = scene.qualification("护学岗培训", false);
    let requires = vec![training, health];
    let post = scene.post(&[("08:00", "09:00", 3)], PostTerms { requires, ..PostTerms::default() });
    let shift = post.shifts[0].id;
    let who = guardian(scene.people[0]);
    let missing = |qualification: Id<Qualification>, name: &str, until| Refusal::MissingQualification {
        qualification: qualification.uuid(),
        name: name.into(),
        until,
    };
    assert_eq!(scene.world.refuses(who, &take(shift)), missing(training, "护学岗培训", None));
    let confirm = |qualification, people: &[Id<Person>], until| VolunteerAct::ConfirmQualification {
        qualification,
        people: people.to_vec(),
        until,
        seen: None,
    };
    let both = [scene.people[0], scene.people[1]];
    assert_eq!(scene.desk_refused(confirm(training, &[], None)), malformed("people"));
    assert_eq!(scene.desk_refused(confirm(training, &both, Some(date(2026, 12, 1)))), malformed("until"));
    assert_eq!(scene.desk_refused(confirm(health, &both, None)), malformed("until"));
    assert_eq!(
        scene.desk_refused(confirm(health, &both, Some(date(2026, 10, 1)))),
        malformed("until"),
        "in the past"
    );
    let crowd = vec![scene.people[0]; limits::CONFIRMED_AT_ONCE + 1];
    assert!(matches!(scene.desk_refused(confirm(training, &crowd, None)), Refusal::TooMany { .. }));
    scene.desk_does(confirm(training, &both, None));
    let day_before = Some(date(2026, 10, 12));
    scene.desk_does(confirm(health, &both, day_before));
    assert_eq!(scene.world.refuses(who, &take(shift)), missing(health, "健康证", day_before));
    scene.desk_does(confirm(health, &both[..1], Some(date(2026, 10, 13))));
    scene.world.does(who, &take(shift));

    let rows: Vec<Qualified> = scene.world.list(List::QualificationsOf(scene.people[0]));
    assert_eq!(rows.len(), 2, "one row for one person and qualification");
    let row = rows.iter().find(|row| row.qualification == health).unwrap();
    assert_eq!((row.person_name.as_str(), row.by_name.as_str()), ("王芳", "周协调"));
    let feeds = [Feed::Person(scene.people[0]), Feed::Desk(health.uuid())].into();
    assert_eq!(scene.world.feeds(row.id), feeds);
    assert!(scene.world.feeds_of(scene.desk.person).contains(&Feed::Desk(health.uuid())));
    assert!(!scene.world.feeds_of(scene.people[1]).contains(&Feed::Desk(health.uuid())));

    let withdraw = VolunteerAct::WithdrawQualification {
        qualification: training,
        person: scene.people[1],
        reason: "录错了人".into(),
    };
    scene.desk_does(withdraw.clone());
    assert_eq!(scene.desk_refused(withdraw), Refusal::NotFound { what: "qualified".into() });
    let second = guardian(scene.people[1]);
    assert_eq!(scene.world.refuses(second, &take(shift)), missing(training, "护学岗培训", None));
    // The desk decides no differently for who phoned.
    let phoned = Act::TakeShift { shift, on_behalf_of: Some(Proxy::new(scene.people[1], "来电")) };
    assert_eq!(scene.world.refuses(scene.desk.actor(), &phoned), missing(training, "护学岗培训", None));
    // What no post asks for any more keeps nobody out.
    for qualification in [training, health] {
        scene.desk_does(VolunteerAct::DropQualification { qualification });
    }
    scene.world.does(second, &take(shift));
}

#[test]
fn qualifications_are_confirmed_by_desks_of_volunteers_near_them_and_nobody_else() {
    let mut scene = scene();
    let class = scene.world.class(2024, 3);
    let health = scene.qualification("健康证", false);
    let act = |person| {
        Act::Volunteer(VolunteerAct::ConfirmQualification {
            qualification: health,
            people: vec![person],
            until: None,
            seen: None,
        })
    };
    let no_power = Refusal::NoPower { power: Power::ManageShifts };
    let teacher = scene.world.teacher("张晓梅", class);
    assert_eq!(scene.world.refuses(teacher.actor(), &act(scene.people[0])), no_power);
    assert_eq!(scene.world.refuses(guardian(scene.people[0]), &act(scene.people[0])), no_power);
    let elsewhere = scene.world.fresh();
    let child = scene.world.child("江北的孩子", class);
    scene.world.edit(child, |child| child.path = vec![elsewhere]);
    let parent = scene.world.guardian("江北的家长").of(child, xinmei_model::Relation::Mother, PARENT).id();
    let hidden = Refusal::NotFound { what: "person".into() };
    assert_eq!(scene.world.refuses(scene.desk.actor(), &act(parent)), hidden, "out of the desk's reach");
    let whole = scene.world.coordinator(scene.world.root);
    scene.world.does(whole.actor(), &act(scene.people[0]));
    assert!(scene.world.feeds_of(whole.person).contains(&Feed::Desk(health.uuid())));
    let place = scene.world.campus;
    let other = QualificationDraft {
        place,
        name: "健康证".into(),
        about: String::new(),
        expires: true,
        training: false,
    };
    let put = VolunteerAct::PutQualification { qualification: health, draft: other, version: 0 };
    assert_eq!(scene.desk_refused(put), malformed("expires"));
}
