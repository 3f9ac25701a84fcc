//! 护学岗 over real HTTPS: a class teacher names a contact, the desk lays turns, the contact asks a family that says yes offline,
//! and a family of another class waits until the places open.

use jiff::{SignedDuration, ToSpan, civil::date};
use xinmei_client::api::{
    notification::{NoteKind, ShiftNews},
    shift,
    sync::{ItemState, ListOutbox},
    today,
    turns::{Classes, Preview},
    volunteer::Step,
};
use xinmei_model::{
    Change, ClassContact, Feed, Id, Place, PostTerms, Refusal, RoleKind, Shift, TakeState, TurnLength,
    TurnPlan, VolunteerAct,
};
use xinmei_tests::{Device, World, at};

fn post(place: Id<Place>) -> shift::Post {
    let one = |from: &str, until: &str| shift::PlannedShift { starts: at(from), ends: at(until), needed: 2 };
    shift::Post {
        place,
        title: "护学岗，东门".into(),
        about: "放学时在东门".into(),
        meeting_point: "东门岗亭".into(),
        programme: String::new(),
        shifts: vec![
            one("2026-11-26T07:30", "2026-11-26T08:10"),
            one("2026-11-30T07:30", "2026-11-30T08:10"),
        ],
        terms: PostTerms::default(),
    }
}

async fn step(device: &Device, step: VolunteerAct) -> Option<ItemState> {
    device.ask(Step { step }).await;
    device.sync().await;
    device.ask(ListOutbox {}).await.items.pop().map(|item| item.state)
}

async fn take(device: &Device, shift: Id<Shift>) -> Option<ItemState> {
    device.ask(shift::Take { shift, on_behalf_of: None }).await;
    device.sync().await;
    device.ask(ListOutbox {}).await.items.pop().map(|item| item.state)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_class_fills_its_turn_by_asking_and_others_wait_until_it_opens() {
    let world = World::new().await;
    let campus = world.campus("本部").await;
    let (class, next) = (world.class("本部", 2024, 2).await, world.class("本部", 2024, 1).await);
    let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
    let teacher = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let (contact, _) = world.family("刘芳", &[("李雨桐", class)]).await;
    let (asked, _) = world.family("王强", &[("王小明", class)]).await;
    let (other, _) = world.family("赵敏", &[("赵一", next)]).await;

    // 班主任 names the contact, whom every family of the class reads and nobody else.
    teacher.sync().await;
    let known = teacher.ask(Classes {}).await.classes.remove(0);
    assert!(known.minds && known.parents.iter().any(|one| one.person == contact.person));
    assert_eq!(step(&teacher, VolunteerAct::AppointContact { class, person: contact.person }).await, None);
    asked.sync().await;
    assert_eq!(asked.ask(Classes {}).await.classes[0].contacts[0].name, "刘芳");
    other.sync().await;
    assert!(other.ask(Classes {}).await.classes[0].contacts.is_empty());

    // What is there before a computer has everything is no news to it.
    contact.sync().await;
    contact.client.tell_due().await.unwrap();
    world.advance(SignedDuration::from_mins(1)).await;

    // The desk sees what it would lay, and how often each class has its turn.
    desk.ask(post(campus)).await;
    desk.sync().await;
    let id = desk.ask(shift::Roster {}).await.posts[0].id;
    let plan = TurnPlan {
        from: date(2026, 11, 23),
        to: date(2026, 12, 4),
        classes: vec![class, next],
        each: TurnLength::Week,
        places: 2,
        opens_hours: 24,
    };
    let shown = desk.ask(Preview { post: id, plan: Some(plan) }).await;
    assert_eq!(
        shown.shifts.iter().map(|one| one.class.as_ref().map(|one| one.id)).collect::<Vec<_>>(),
        [Some(class), Some(next)]
    );
    assert!(shown.classes.iter().all(|one| (one.before.shifts, one.after.shifts) == (0, 1)));
    assert_eq!(step(&desk, VolunteerAct::SetTurns { post: id, turns: shown.turns }).await, None);
    world.count().await;

    // A family says that it may be asked; the contact asks it, without a telephone or a list.
    let ready = VolunteerAct::SayReady { class, ready: true, on_behalf_of: None };
    assert_eq!(step(&asked, ready).await, None);
    contact.sync().await;
    let today::Today::Family(day) = contact.ask(today::Open {}).await else { panic!() };
    let fill = |duty: &today::Duty| matches!(&duty.what, today::DutyKind::FillTurns { missing: 2, .. });
    assert!(day.duties.iter().any(fill), "{:?}", day.duties);
    let laid = NoteKind::Shift { news: ShiftNews::TurnsLaid };
    let told = contact.client.tell_due().await.unwrap().notes;
    assert_eq!(told.iter().filter(|note| note.what == laid).count(), 1, "{told:?}");
    let told = contact.client.tell_due().await.unwrap().notes;
    assert!(told.iter().all(|note| note.what != laid), "told once");
    let mine = contact.ask(Classes {}).await.classes.remove(0);
    assert!(mine.contact && mine.parents.is_empty());
    assert_eq!(mine.families.iter().map(|one| one.family.child.as_str()).collect::<Vec<_>>(), ["王小明"]);
    let shift = mine.days[0].line.id;
    let ask = |class, person| VolunteerAct::AskFamily {
        shift,
        class,
        person,
        words: "周四早上".into(),
        until: None,
    };
    assert_eq!(step(&contact, ask(class, asked.person)).await, None);

    // Said offline, shown at once, settled with the next contact.
    asked.sync().await;
    let reason = String::new();
    let yes = VolunteerAct::AnswerOffer { shift, agrees: true, reason, on_behalf_of: None };
    asked.ask(Step { step: yes }).await;
    assert_eq!(asked.ask(ListOutbox {}).await.items[0].state, ItemState::Saved);
    asked.sync().await;
    assert!(asked.ask(ListOutbox {}).await.items.is_empty());
    desk.sync().await;
    let people = desk.ask(shift::Roster {}).await.posts.remove(0).shifts.remove(0).people;
    assert_eq!(people.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["王强"]);
    for device in [&contact, &teacher] {
        device.sync().await;
        let part = device.ask(Classes {}).await.classes.remove(0).days.remove(0).parts.remove(0);
        assert_eq!((part.state, part.family.child.as_str()), (Some(TakeState::Taken), "王小明"));
    }

    // Another class waits until what is kept opens; a contact asks nobody for a class that is not theirs.
    let opens = at("2026-11-25T07:30");
    let kept = Some(ItemState::Refused { refusal: Refusal::NotOpenYet { opens: opens.clone() } });
    assert_eq!(take(&other, shift).await, kept);
    let refused = step(&contact, ask(next, other.person)).await;
    assert!(matches!(refused, Some(ItemState::Refused { .. })), "{refused:?}");
    world.advance(world.now().duration_until(opens.timestamp()) + SignedDuration::from_mins(1)).await;
    world.count().await;
    other.sync().await;
    assert!(other.ask(shift::List {}).await.shifts[0].opens.is_none());
    take(&other, shift).await;
    assert!(other.ask(shift::List {}).await.shifts[0].mine);

    // The contact of last year is none.
    let row = world.row(ClassContact::of(class, contact.person)).unwrap();
    let until = row.until.checked_sub(1.year()).unwrap();
    world.put(vec![Change::put(ClassContact { until, ..row }, [Feed::Person(contact.person)])]).await;
    let late = step(&contact, ask(class, asked.person)).await;
    assert!(matches!(late, Some(ItemState::Refused { .. })), "{late:?}");
    assert!(!contact.ask(Classes {}).await.classes[0].contact);
    world.end(&[&desk, &teacher, &asked]).await;
}
