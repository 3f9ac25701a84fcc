//! Staff: which hats a line gives, and who takes them off.

use xinmei_model::*;

use crate::world::*;

const PUPIL: &str = "本部,三年级,1班,1001,李一,男,李父,父亲,12800000001,,,,";
const OTHERS: [&str; 2] = [
    "本部,三年级,2班,1002,李二,男,李父,父亲,12800000001,,,,",
    "本部,四年级,1班,1003,李三,男,李父,父亲,12800000001,,,,",
];

async fn school() -> World {
    let world = World::new().await;
    world.import("pupils.csv", &pupils(&[PUPIL, OTHERS[0], OTHERS[1]]), false).await;
    world
}

/// Hats worn, by class: its number and grade in 2026, the kind and what it is called.
fn hats(world: &World) -> Vec<(Option<i16>, Option<u8>, RoleKind, String)> {
    let places = world.all::<Place>();
    let mut hats: Vec<_> = world
        .all::<Role>()
        .into_iter()
        .filter(|role| role.to.is_none())
        .map(|role| {
            let place = places.iter().find(|place| place.id == role.place).unwrap();
            (place.grade_in(2026), place.number, role.kind, role.title)
        })
        .collect();
    hats.sort();
    hats
}

#[tokio::test]
async fn a_class_teacher_answers_for_one_class_only() {
    let world = school().await;
    let file = |classes: &str| staff(&[&format!("T1,周一,本部,班主任,语文,{classes},12800000009")]);
    let first = file("三年级2班、三年级1班、四年级1班");
    let preview = world.preview("staff.csv", &first).await;
    let hint = &preview.faults[0];
    assert_eq!(
        (hint.code.as_str(), hint.value.as_str(), hint.hint),
        ("own-class-assumed", "三年级2班", true)
    );
    world.confirm(&preview, STAY).await.unwrap();
    let (own, other) = (RoleKind::ClassTeacher, RoleKind::SubjectTeacher);
    let hat = |grade, class, kind, title: &str| (Some(grade), Some(class), kind, title.to_owned());
    let expected = [hat(3, 1, other, "任课教师"), hat(3, 2, own, "班主任"), hat(4, 1, other, "任课教师")];
    assert_eq!(hats(&world), expected);

    assert_eq!(world.preview("staff.csv", &first).await.counts.staff, 0);
    let order = file("三年级2班、四年级1班、三年级1班");
    assert_eq!(world.preview("staff.csv", &order).await.counts.staff, 0);
    // Another own class is a change, and takes the powers along.
    let moved = world.preview("staff.csv", &file("三年级1班、三年级2班、四年级1班")).await;
    assert_eq!(moved.counts.staff, 1);
    world.set("2026-11-30T02:00:00Z");
    world.confirm(&moved, STAY).await.unwrap();
    let expected = [hat(3, 1, own, "班主任"), hat(3, 2, other, "任课教师"), hat(4, 1, other, "任课教师")];
    assert_eq!(hats(&world), expected);

    let one = world.preview("staff.csv", &file("三年级1班")).await;
    assert_eq!(one.faults, []);
}

#[tokio::test]
async fn what_a_hat_says_of_itself_outlives_an_import() {
    let world = school().await;
    let file = |subject: &str| staff(&[&format!("T1,周一,本部,班主任,{subject},三年级1班,12800000009")]);
    world.import("staff.csv", &file("语文"), false).await;
    let role = world.all::<Role>().remove(0);
    let (from, until) = (jiff::civil::time(8, 0, 0, 0), jiff::civil::time(17, 30, 0, 0));
    let office_hours = Some(OfficeHours { from, until });
    let told = put_role(Role { office_hours, ..role.clone() });
    world.ledger.write(move |tx| tx.apply(vec![told.clone()])).await.unwrap();
    assert_eq!(
        world.preview("staff.csv", &file("语文")).await.counts.staff,
        0,
        "nothing the roster knows changed"
    );
    world.import("staff.csv", &file("数学"), false).await;
    let now = world.all::<Role>().remove(0);
    assert_eq!((now.id, now.subject.as_deref(), now.office_hours), (role.id, Some("数学"), office_hours));
}

#[tokio::test]
async fn staff_leave_by_a_consent_of_their_own() {
    let world = school().await;
    let all = staff(&["T1,周一,本部,班主任,语文,三年级1班,12800000009", "T2,周二,本部,校长,,,12800000008"]);
    world.import("staff.csv", &all, false).await;
    let fewer = [pupils(&[PUPIL, OTHERS[0]]), staff(&["T1,周一,本部,班主任,语文,三年级1班,12800000009"])];
    let files = [("p.csv", fewer[0].as_slice()), ("s.csv", fewer[1].as_slice())];
    let preview = world.preview_all(&files, None).await.unwrap();
    assert_eq!((preview.counts.left, preview.counts.staff, preview.counts.staff_left), (1, 0, 1));
    assert!(preview.to_string().contains("staff left 1"));
    world.confirm(&preview, PUPILS_LEAVE).await.unwrap();
    assert_eq!(hats(&world).len(), 2, "no hat falls with the pupils");
    assert!(world.child("1003").path.is_empty());

    let preview =
        world.preview_all(&[("p.csv", &pupils(&[PUPIL])), ("s.csv", &fewer[1])], None).await.unwrap();
    assert_eq!((preview.counts.left, preview.counts.staff_left), (1, 1));
    world.confirm(&preview, STAFF_LEAVE).await.unwrap();
    assert_eq!(hats(&world).len(), 1);
    assert!(!world.child("1002").path.is_empty(), "no pupil leaves with the staff");
    // A file without staff says nothing of them.
    assert_eq!(world.preview("p.csv", &fewer[0]).await.counts.staff_left, 0);
}
