//! Pupils in shifts, over real HTTPS: families that consent, adults who come and go, and a supervisor who marks a class.

use xinmei_client::api::{
    Fault,
    hours::Mine,
    hours_report::Report,
    pupil::{Enter, Mark, PupilChild, PupilShift, PupilShifts, Roll, Shifts, Withdraw},
    shift,
    sync::{ItemState, ListOutbox, Seen},
};
use xinmei_model::{
    DutySaid, PostTerms, Proxy, PupilMark, PupilState, PupilTake, PupilTerms, Refusal, RoleKind,
};
use xinmei_tests::{Device, World, at};

async fn looks(device: &Device) -> PupilShifts {
    device.sync().await;
    device.ask(Shifts {}).await
}

async fn first(device: &Device) -> PupilShift {
    looks(device).await.shifts.remove(0)
}

fn own(shift: &PupilShift) -> &PupilChild {
    &shift.children[0]
}

#[tokio::test(flavor = "multi_thread")]
async fn families_consent_adults_carry_pupils_and_the_supervisor_marks_a_class_at_once() {
    let world = World::new().await;
    let campus = world.campus("本部").await;
    let (class, other) = (world.class("本部", 2024, 2).await, world.class("本部", 2024, 3).await);
    let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
    let supervisor = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", other).await;
    let (li, yutong) = world.family("李建国", &[("李雨桐", class)]).await;
    let (wang, wangming) = world.family("王芳", &[("王明", class)]).await;
    let (chen, chenchen) = world.family("陈刚", &[("陈晨", other)]).await;
    let (yutong, wangming, chenchen) = (yutong[0], wangming[0], chenchen[0]);
    supervisor.sync().await;
    let who = supervisor.ask(Mine {}).await.person;
    let pupils = Some(PupilTerms { places: 3, per_adult: 2, from_grade: Some(1) });
    let post = shift::Post {
        place: campus,
        title: "我是小交警".into(),
        about: String::new(),
        meeting_point: "东门".into(),
        programme: "“我是小交警”".into(),
        shifts: vec![shift::PlannedShift {
            starts: at("2026-11-24T07:30"),
            ends: at("2026-11-24T08:10"),
            needed: 3,
        }],
        terms: PostTerms { supervisor: Some(who), pupils, ..PostTerms::default() },
    };
    desk.ask(post).await;
    desk.sync().await;

    // Nobody is put down before the school says so; then an adult is what is missing, and it is said at once.
    let shown = first(&li).await;
    let shift = shown.shift;
    assert!(own(&shown).decides && own(&shown).own.is_none() && own(&shown).why_not.is_none());
    let enter = |child, on_behalf_of| Enter { shift, child, on_behalf_of };
    li.ask(enter(yutong, None)).await;
    assert_eq!(own(&li.ask(Shifts {}).await.shifts[0]).pending, Some(ItemState::Saved));
    let shown = first(&li).await;
    let row = own(&shown).own.clone().unwrap();
    assert_eq!((row.state, row.has_adult, row.consent.by_name.as_str()), (PupilState::Down, false, "李建国"));
    assert_eq!((shown.counts.waiting, shown.counts.adults_wanted), (1, 1));

    // A family telephones; the desk enters it, and the family sees who did.
    desk.sync().await;
    desk.ask(enter(wangming, Some(Proxy::new(wang.person, "妈妈来电")))).await;
    desk.sync().await;
    let row = own(&first(&wang).await).own.clone().unwrap();
    assert_eq!(row.entered.map(|entered| entered.note), Some("妈妈来电".into()));
    // One adult is enough for both, and the third waits.
    wang.ask(shift::Take { shift, on_behalf_of: None }).await;
    wang.sync().await;
    chen.sync().await;
    chen.ask(enter(chenchen, None)).await;
    let has = async |device: &Device| own(&first(device).await).own.clone().unwrap().has_adult;
    assert!(!has(&chen).await);
    assert!(has(&li).await && has(&wang).await);

    // An adult of the shift reads how many come, and of no other family who.
    let counts = first(&wang).await.counts;
    assert_eq!((counts.pupils, counts.adults, counts.left), (3, Some(1), 0));
    let children: Vec<_> = first(&wang).await.children.iter().map(|one| one.child.id).collect();
    assert_eq!(children, [wangming]);
    assert!(matches!(wang.refused(Roll { shift }).await, Fault::Refused { .. }));

    // There is no fourth place, and who was told so reads why.
    let (zhao, zhaoyi) = world.family("赵强", &[("赵一", other)]).await;
    zhao.sync().await;
    zhao.ask(enter(zhaoyi[0], None)).await;
    zhao.sync().await;
    let outbox = zhao.ask(ListOutbox {}).await;
    let refused = ItemState::Refused { refusal: Refusal::ShiftFull };
    assert_eq!(outbox.items[0].state, refused);
    zhao.ask(Seen { mutation: outbox.items[0].mutation }).await;
    // A family that changes its mind makes room, and whoever waits moves up.
    wang.ask(Withdraw { shift, child: wangming, on_behalf_of: None }).await;
    wang.sync().await;
    assert!(has(&chen).await && has(&li).await);
    // Without a network the withdrawal stands at once on the family's own computer.
    wang.ask(enter(wangming, None)).await;
    wang.sync().await;
    assert!(!has(&wang).await, "who comes back stands at the end");

    // The morning: the supervisor marks a class at once, without a network, and is told that adults are missing.
    world.advance(at("2026-11-24T07:25").timestamp().duration_since(world.now())).await;
    supervisor.sync().await;
    let roll = supervisor.ask(Roll { shift }).await;
    assert_eq!(roll.pupils.len(), 3);
    let came = DutySaid::Came { from: at("2026-11-24T07:24").timestamp(), until: None };
    let mark = |child, seen| PupilMark { child, said: came.clone(), seen };
    let of_class =
        roll.pupils.iter().filter(|line| line.child.class.as_ref().map(|one| one.id) == Some(class));
    let all: Vec<_> = of_class.map(|line| mark(line.child.id, line.seen)).collect();
    assert_eq!(all.len(), 2);
    supervisor.ask(Mark { shift, pupils: all }).await;
    let roll = supervisor.ask(Roll { shift }).await;
    assert_eq!((roll.pupils_in, roll.adults_in, roll.adults_short), (2, 0, 1), "a warning, and no bar");
    supervisor.sync().await;
    // The desk saw one of them, too, and did not know: they saw the same thing.
    desk.ask(Mark { shift, pupils: vec![mark(yutong, 0)] }).await;
    desk.sync().await;
    let row = world.row(PupilTake::of(shift, yutong)).unwrap();
    assert_eq!((row.holds, row.disputed), (Some(came.clone()), false));

    // Afterwards the family reads what its child did, and the desk's report counts it.
    world.advance(at("2026-11-24T08:30").timestamp().duration_since(world.now())).await;
    let served = looks(&li).await.served;
    assert_eq!((served[0].minutes, served[0].services[0].title.as_str()), (46, "我是小交警"));
    assert!(looks(&chen).await.served.is_empty());
    desk.sync().await;
    let report = desk.ask(Report { term: None }).await;
    assert_eq!((report.whole.pupils, report.whole.services, report.whole.served), (2, 2, 92));
    let of_pupils = report.classes.rows.iter().filter(|row| row.figures.pupils > 0);
    assert_eq!(of_pupils.count(), 1);
    world.end(&[&desk, &supervisor, &li, &wang, &chen, &zhao]).await;
}
