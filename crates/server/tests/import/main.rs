//! Importing the rosters of `crates/roster/data`: what is shown, what is written, what is put back, and what an import
//! must never do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod families;
mod files;
mod rights;
mod staff;
mod undo;
mod world;
mod years;

use std::collections::BTreeSet;

use xinmei_model::*;
use xinmei_server::import::{self, shown};

use crate::world::*;

#[tokio::test]
async fn an_empty_school_is_filled() {
    let world = World::new().await;
    let preview = world.preview("roster.xlsx", ROSTER).await;
    let counts = shown::Counts { new: 2_400, staff: 128, ..Default::default() };
    assert_eq!(preview.counts, counts);
    assert_eq!(preview.faults, []);
    assert_eq!(preview.changes.len(), 500 + 128);
    assert_eq!(preview.remarks.iter().map(|remark| remark.children).sum::<u32>(), 139);
    assert_eq!(world.count(), 2, "a preview writes no row");

    world.confirm(&preview, STAY).await.unwrap();
    assert_eq!(code(world.confirm(&preview, STAY).await.unwrap_err()), "import-done");

    let classes = world.all::<Place>().into_iter().filter(|place| place.level == Level::Class);
    let classes: Vec<Place> = classes.collect();
    assert_eq!(classes.len(), 48);
    assert!(classes.iter().all(|class| class.path.len() == 4 && class.path.last() == Some(&class.id)));
    assert_eq!(world.all::<Child>().len(), 2_400);
    // 3,549 guardians and 128 staff, of whom six are both.
    assert_eq!(world.all::<Person>().len(), 3_549 + 128 - 6);
    assert_eq!(world.all::<Year>()[0].terms.len(), 2);

    let guardians = |number| world.links_of(number).iter().map(|l| l.guardian).collect::<BTreeSet<_>>();
    assert_eq!(guardians(TONG), guardians(CHEN));
    let father = world.father_of(TONG);
    assert_eq!(father.guardian_name, "李建国");
    assert!(Right::ALL.iter().all(|right| father.allows(*right, TODAY)) && father.may_be_invited(TODAY));
    assert_eq!(father.rights.decide.unwrap().by, "仲慧 · roster.xlsx");

    let roles = world.all::<Role>();
    let of = |kind| roles.iter().filter(|role| role.kind == kind).count();
    let kinds = [RoleKind::ClassTeacher, RoleKind::Coordinator, RoleKind::Head, RoleKind::Administrator];
    assert_eq!(kinds.map(of), [48, 3, 2, 1]);
    assert_eq!(of(RoleKind::Counsellor), 2);
    let history = world.ledger.look(import::history).unwrap();
    assert_eq!(history.imports.len(), 1);
    assert_eq!((history.imports[0].counts, history.imports[0].undone), (counts, false));
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing() {
    let world = World::new().await;
    world.import("staff.csv", STAFF, false).await;
    world.import("pupils.csv", PUPILS, false).await;
    let before = world.bytes();
    let preview = world.preview("roster.xlsx", ROSTER).await;
    assert_eq!(preview.counts, shown::Counts { unchanged: 2_400, ..Default::default() });
    assert_eq!(preview.changes, []);
    let outcome = world.confirm(&preview, PUPILS_LEAVE).await.unwrap();
    assert_eq!((outcome.rows, world.bytes()), (0, before));
    assert_eq!(world.all::<Person>().len(), 3_549 + 128 - 6);
}

#[tokio::test]
async fn pupils_before_staff_are_the_same_accounts() {
    let world = World::new().await;
    world.import("pupils.csv", PUPILS, false).await;
    world.import("staff.csv", STAFF, false).await;
    assert_eq!(world.all::<Person>().len(), 3_549 + 128 - 6);
    let teacher =
        world.all::<Person>().into_iter().find(|p| p.staff_number.as_deref() == Some("T0014")).unwrap();
    let links = world.all::<Link>();
    assert!(links.iter().any(|link| link.guardian == teacher.id), "one account, two hats");
    assert_eq!(world.preview("roster.xlsx", ROSTER).await.counts.unchanged, 2_400);
}

#[tokio::test]
async fn faults_are_shown_with_their_lines() {
    for known in [false, true] {
        let world = World::new().await;
        if known {
            world.import("roster.xlsx", ROSTER, false).await;
        }
        let preview = world.preview("pupils-with-faults.csv", FAULTS).await;
        let found: Vec<_> =
            preview.faults.iter().map(|f| (f.line, f.code.as_str(), f.value.as_str(), f.hint)).collect();
        let expected = [
            (5, "duplicate-number", "4", false),
            (10, "missing", "", false),
            (14, "unknown-class", "东校区 一年级99班", false),
            (23, "unknown-relation", "舅妈的表弟", true),
            (27, "bad-phone", "1280001", false),
            (35, "too-few-columns", "6 / 13", false),
            (38, "scientific-notation", "2.02601E+08", false),
        ];
        assert_eq!(found, expected);
        assert_eq!(preview.faults[0].column, "学号");
        assert!(preview.faults.iter().all(|fault| fault.sheet.is_empty()));
        assert_eq!((preview.counts.faulty, preview.counts.unidentified), (6, 2));
        let sum =
            preview.counts.new + preview.counts.changed + preview.counts.moved + preview.counts.unchanged;
        assert_eq!(sum, 114);
    }
}

#[tokio::test]
async fn what_is_no_roster_is_refused_with_a_reason() {
    let world = World::new().await;
    let fail = world.preview_all(&[("x.xls", &[0xD0, 0xCF, 0x11, 0xE0])], None).await.unwrap_err();
    assert_eq!(code(fail), "roster-unreadable");
    let fail = world.preview_all(&[("x.csv", &[])], None).await.unwrap_err();
    assert!(fail.to_string().contains("empty: "));
    let unknown = uuid::Uuid::nil();
    assert_eq!(code(import::confirm(&world.ledger, unknown, "仲慧", STAY).await.unwrap_err()), "not-found");
    assert_eq!(code(import::undo(&world.ledger, unknown, "仲慧").await.unwrap_err()), "not-found");
}

#[tokio::test]
async fn the_next_year() {
    let world = World::new().await;
    world.import("roster.xlsx", ROSTER, false).await;
    let before = world.bytes();
    let persons = world.all::<Person>().len();
    world.set("2027-08-28T02:00:00Z");
    let preview = world.preview("roster-next-year.xlsx", NEXT_YEAR).await;
    assert_eq!(preview.faults, []);
    let counts = shown::Counts {
        new: 400,
        changed: 47,
        moved: 25,
        left: 18 + 388,
        unchanged: 1_922,
        ..Default::default()
    };
    assert_eq!(preview.counts, counts);
    let outcome = world.confirm(&preview, PUPILS_LEAVE).await.unwrap();

    // New phones are the phones of people who were there.
    let new: BTreeSet<_> =
        world.all::<Child>().into_iter().filter(|c| c.number.starts_with("2027")).map(|c| c.id).collect();
    assert_eq!(new.len(), 400);
    let of_new: BTreeSet<_> = world
        .all::<Link>()
        .into_iter()
        .filter(|link| new.contains(&link.child))
        .map(|link| link.guardian)
        .collect();
    assert!(world.all::<Person>().len() - persons <= of_new.len());
    for child in world.all::<Child>() {
        let open = child.enrolments.iter().filter(|enrolment| enrolment.to.is_none()).count();
        assert_eq!(open, usize::from(!child.path.is_empty()));
        if child.path.is_empty() {
            let links = world
                .ledger
                .look(|s| xinmei_server::ledger::read_list(s, List::LinksOf(child.id), 9))
                .unwrap();
            let today = jiff::civil::date(2027, 8, 28);
            assert!(links.iter().filter_map(Link::of).all(|link| !link.holds(today)));
        }
    }
    let left = world.all::<Child>().into_iter().filter(|child| child.path.is_empty()).count();
    assert_eq!(left, 406);
    let again = world.preview("roster-next-year.xlsx", NEXT_YEAR).await;
    assert_eq!(again.counts, shown::Counts { unchanged: 2_394, ..Default::default() });
    assert_eq!(again.changes, []);

    let undone = import::undo(&world.ledger, outcome.id, "仲慧").await.unwrap();
    assert_eq!((undone.rows, undone.kept), (outcome.rows, 0));
    assert_eq!(world.bytes(), before);
    assert_eq!(code(import::undo(&world.ledger, outcome.id, "仲慧").await.unwrap_err()), "import-undone");
    assert!(world.ledger.look(import::history).unwrap().imports[0].undone);
}

#[tokio::test]
async fn undo_keeps_who_joined_and_what_they_need() {
    let world = World::new().await;
    let before = world.bytes();
    let outcome = world.import("roster.xlsx", ROSTER, false).await;
    let father = world.father_of(TONG).guardian;
    world.join(father).await;
    let undone = import::undo(&world.ledger, outcome.id, "仲慧").await.unwrap();
    assert_eq!(undone.rows + undone.kept, outcome.rows);
    let kept = world.all::<Child>().into_iter().map(|child| child.number).collect::<Vec<_>>();
    assert_eq!(kept.into_iter().collect::<BTreeSet<_>>(), BTreeSet::from([TONG.into(), CHEN.into()]));
    assert_eq!(world.all::<Link>().len(), 2);
    assert_eq!(world.all::<Person>().len(), 1);
    let classes: Vec<_> = world.all::<Place>();
    for child in world.all::<Child>() {
        assert!(child.path.iter().all(|place| classes.iter().any(|held| held.id == *place)));
    }
    assert_eq!((classes.len(), world.all::<Year>().len()), (1 + 2 + 2 + 2, 1));

    let other = World::new().await;
    let empty = other.bytes();
    let outcome = other.import("roster.xlsx", ROSTER, false).await;
    let undone = import::undo(&other.ledger, outcome.id, "仲慧").await.unwrap();
    assert_eq!((undone.rows, undone.kept), (outcome.rows, 0));
    assert_eq!(other.bytes(), empty);
    assert_eq!(empty.len(), before.len());
    assert_eq!(other.import("roster.xlsx", ROSTER, false).await.rows, outcome.rows);
}

#[tokio::test]
async fn a_stale_preview_is_refused() {
    let world = World::new().await;
    let first = world.preview("roster.xlsx", ROSTER).await;
    world.import("staff.csv", STAFF, false).await;
    let fail = world.confirm(&first, STAY).await.unwrap_err();
    assert_eq!(code(fail), "preview-stale");
    assert_eq!(world.all::<Child>().len(), 0);
}
