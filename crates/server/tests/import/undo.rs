//! What undoing puts back, and what it must leave to those who are there by now.

use xinmei_model::*;
use xinmei_server::import;

use crate::world::*;

const PUPIL: &str = "本部,三年级,1班,1001,李一,男,李父,父亲,12800000001,,,,";
const OFFICE: &str = "T1,仲慧,本部,信息管理员,,,12800000009";
const TEACHER: &str = "T2,周二,本部,班主任,语文,三年级1班,12800000008";

fn staff_member(world: &World, number: &str) -> Person {
    let mut people = world.all::<Person>().into_iter();
    people.find(|person| person.staff_number.as_deref() == Some(number)).unwrap()
}

#[tokio::test]
async fn whoever_joined_keeps_the_hats() {
    let world = World::new().await;
    let (children, office) = (pupils(&[PUPIL]), staff(&[OFFICE, TEACHER]));
    let files = [("p.csv", children.as_slice()), ("s.csv", office.as_slice())];
    let preview = world.preview_all(&files, None).await.unwrap();
    let first = world.confirm(&preview, STAY).await.unwrap();
    let administrator = staff_member(&world, "T1").id;
    world.join(administrator).await;

    let undone = import::undo(&world.ledger, first.id, "仲慧").await.unwrap();
    let roles = world.all::<Role>();
    assert_eq!(roles.len(), 1, "{undone:?}");
    assert_eq!((roles[0].person, roles[0].kind, roles[0].to), (administrator, RoleKind::Administrator, None));
    assert_eq!(world.all::<Person>().len(), 1);
    assert_eq!(world.all::<Child>().len(), 0);
    assert_eq!(undone.rows + undone.kept, first.rows);
    // And may import again.
    let act = Act::SetRights { link: Id::new(uuid::Uuid::nil()), rights: Vec::new(), barred: false };
    let decision = world.act(RoleKind::Administrator, act).await;
    assert!(matches!(decision, Err(Refusal::NotFound { .. })), "{decision:?}");
}

#[tokio::test]
async fn a_later_import_takes_its_own_hats_back() {
    let world = World::new().await;
    world.import("s.csv", &staff(&[OFFICE]), false).await;
    let administrator = staff_member(&world, "T1").id;
    world.join(administrator).await;
    let more = staff(&["T1,仲慧,本部,活动协调员,,,12800000009", TEACHER]);
    world.set("2026-11-30T02:00:00Z");
    let second = world.import("s.csv", &more, false).await;
    assert!(world.all::<Role>().iter().any(|role| role.kind == RoleKind::Coordinator));
    import::undo(&world.ledger, second.id, "仲慧").await.unwrap();
    let roles = world.all::<Role>();
    assert_eq!(roles.len(), 1);
    assert_eq!((roles[0].person, roles[0].kind, roles[0].to), (administrator, RoleKind::Administrator, None));
}

#[tokio::test]
async fn a_teacher_who_joined_keeps_class_and_year() {
    let world = World::new().await;
    let first = world.import("p.csv", &pupils(&[PUPIL]), false).await;
    let second = world.import("s.csv", &staff(&[OFFICE, TEACHER]), false).await;
    world.join(staff_member(&world, "T2").id).await;
    import::undo(&world.ledger, second.id, "仲慧").await.unwrap();
    import::undo(&world.ledger, first.id, "仲慧").await.unwrap();
    let roles = world.all::<Role>();
    assert_eq!(roles.len(), 1);
    let class = world.all::<Place>().into_iter().find(|place| place.id == roles[0].place).unwrap();
    assert_eq!((class.number, world.all::<Year>().len()), (Some(1), 1));
    assert_eq!(world.all::<Child>().len(), 0);
}

#[tokio::test]
async fn undoing_writes_in_one_order() {
    let world = World::new().await;
    let line = |n: usize, phone: usize| {
        format!("本部,三年级,1班,{},李{n},男,父{n},父亲,128000000{phone},,,,", 1000 + n)
    };
    let file = |phone: usize| {
        let lines: Vec<String> = (10..50).map(|n| line(n, phone)).collect();
        pupils(&lines.iter().map(String::as_str).collect::<Vec<_>>())
    };
    world.import("p.csv", &file(11), false).await;
    let outcome = world.import("p.csv", &file(22), false).await;
    assert_eq!(outcome.rows, 40);
    let rev = world.rev();
    import::undo(&world.ledger, outcome.id, "仲慧").await.unwrap();
    let ids = world.written_since(rev);
    assert_eq!(ids.len(), 40);
    assert!(ids.is_sorted());
}

#[tokio::test]
async fn what_an_import_replaced_is_not_kept_for_ever() {
    let world = World::new().await;
    let first = world.import("p.csv", &pupils(&[PUPIL]), false).await;
    let kept = |world: &World| {
        let sql = "SELECT coalesce(sum(length(previous)), 0) FROM import WHERE state <> 'done'";
        world.ledger.look(|session| Ok(session.one(sql, &[])?.unwrap().int(0))).unwrap()
    };
    world.set("2027-02-22T02:00:00Z");
    let other = PUPIL.replace("李一", "李壹");
    let second = world.import("p.csv", &pupils(&[&other]), false).await;
    assert_eq!(code(import::undo(&world.ledger, first.id, "仲慧").await.unwrap_err()), "import-settled");
    assert_eq!(kept(&world), 2);
    let lines = world.ledger.look(import::history).unwrap().imports;
    let states: Vec<_> = lines.iter().map(|line| (line.id, line.undone, line.undoable)).collect();
    assert_eq!(states, [(second.id, false, true), (first.id, false, false)]);
    import::undo(&world.ledger, second.id, "仲慧").await.unwrap();
    assert_eq!(world.child("1001").name, "李一");
}
