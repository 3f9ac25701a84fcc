//! What an import must never do: give a right that a person took away, or one that nobody has decided.

use std::collections::BTreeMap;

use xinmei_model::*;

use crate::world::*;

fn remark_of(world: &World, number: &str) -> Remark {
    let child = world.child(number).id;
    world.all::<Remark>().into_iter().find(|remark| remark.child == child).unwrap()
}

/// A child about whom a court has spoken.
fn court(bytes: &[u8]) -> String {
    let roster = xinmei_roster::parse(&xinmei_roster::read(bytes, "p.csv").unwrap(), None);
    let row = roster.pupils.into_iter().find(|row| row.remark.starts_with("法院文书")).unwrap();
    row.number
}

#[tokio::test]
async fn remarks_wait_for_a_person_and_a_bar_outlives_every_import() {
    let world = World::new().await;
    world.import("roster.xlsx", ROSTER, false).await;
    let with_remark: BTreeMap<_, _> = world.all::<Remark>().into_iter().map(|r| (r.child, r)).collect();
    assert_eq!(with_remark.len(), 139);
    for link in world.all::<Link>() {
        let waits = with_remark.contains_key(&link.child);
        assert_eq!((link.undecided, link.may_be_invited(TODAY)), (waits, !waits));
        assert_eq!(link.rights == Rights::default(), waits);
    }

    let number = court(PUPILS);
    let remark = remark_of(&world, &number);
    let grants = vec![
        RelationGrants { relation: Relation::Mother, rights: Right::ALL.to_vec(), barred: false },
        RelationGrants { relation: Relation::Father, rights: Vec::new(), barred: true },
    ];
    let act = Act::DecideRemarks { remarks: vec![remark.id], grants };
    assert!(world.act(RoleKind::Administrator, act).await.is_ok());
    let decided = world.links_of(&number);
    assert!(
        decided.iter().any(|link| world.barred(link))
            && decided.iter().any(|link| link.may_be_invited(TODAY))
    );

    // The same file; a file without the remark; a file with the father under another phone; one with a new spelling.
    let same = world.import("roster.xlsx", ROSTER, true).await;
    assert_eq!((same.rows, world.links_of(&number)), (0, decided.clone()));
    assert!(remark_of(&world, &number).decided.is_some());
    let silent = edited(|cells| {
        if cells[3] == number {
            cells[12] = String::new()
        }
    });
    world.import("silent.csv", &silent, true).await;
    assert_eq!(world.links_of(&number), decided);
    let phone = edited(|cells| {
        if cells[3] == number {
            cells[8] = "12899999999".into();
            cells[12] = String::new()
        }
    });
    let persons = world.all::<Person>().len();
    world.import("phone.csv", &phone, true).await;
    assert_eq!((world.links_of(&number), world.all::<Person>().len()), (decided.clone(), persons));
    let spelt = edited(|cells| {
        if cells[3] == number {
            cells[6].push('二');
            cells[12] = String::new()
        }
    });
    world.import("spelt.csv", &spelt, true).await;
    let links = world.links_of(&number);
    let new: Vec<_> = links.iter().filter(|link| !decided.contains(link)).collect();
    assert_eq!(new.len(), 1);
    assert!(new[0].undecided && !new[0].may_be_invited(TODAY) && new[0].rights == Rights::default());
    assert!(decided.iter().all(|link| links.contains(link)));
}

#[tokio::test]
async fn a_barred_guardian_is_not_let_in_through_a_new_sibling() {
    let world = World::new().await;
    world.import("roster.xlsx", ROSTER, false).await;
    let father = world.father_of(TONG);
    let act = Act::SetRights { link: father.id, rights: Vec::new(), barred: true };
    assert!(world.act(RoleKind::Administrator, act).await.is_ok());
    let mut sibling = None;
    let mut file = edited(|cells| {
        if cells[3] == TONG {
            sibling = Some(cells.clone())
        }
    });
    let mut sibling = sibling.unwrap();
    sibling[3] = "202699999".into();
    sibling[4] = "李雨桥".into();
    file.extend_from_slice(format!("{}\n", sibling.join(",")).as_bytes());
    let preview = world.preview("sibling.csv", &file).await;
    assert_eq!((preview.counts.new, preview.counts.unchanged), (1, 2_400));
    world.confirm(&preview, STAY).await.unwrap();
    assert!(world.barred(&world.father_of(TONG)));
    let new = world.father_of("202699999");
    assert!(new.guardian == father.guardian && new.undecided && !new.may_be_invited(TODAY));
    let mother =
        world.links_of("202699999").into_iter().find(|link| link.relation == Relation::Mother).unwrap();
    assert!(mother.may_be_invited(TODAY));
}

#[tokio::test]
async fn a_child_who_moves_takes_the_class_feeds_along_and_one_who_comes_back_is_bound_again() {
    let world = World::new().await;
    world.import("pupils.csv", PUPILS, false).await;
    let old = world.child(TONG);
    let told = world.tells(&old).await;
    let asked = world.asks(&old, &world.father_of(TONG)).await;
    let line = world.goes(&old).await;
    let called =
        |child: &Child| world.feeds(line.uuid()).contains(&Feed::Class(child.class().unwrap()).to_string());
    let requests =
        |child: &Child| format!("child/{}/messages\nrequests/{}", child.id, child.class().unwrap());
    assert_eq!(world.feeds(asked.uuid()), requests(&old));
    world.set("2026-11-30T02:00:00Z");
    let moved = edited(|cells| {
        if cells[3] == TONG {
            cells[2] = "3班".into()
        }
    });
    let preview = world.preview("moved.csv", &moved).await;
    assert_eq!(preview.counts.moved, 1);
    assert_eq!(
        (preview.changes[0].was.as_str(), preview.changes[0].now.as_str()),
        ("本部 三年级2班", "本部 三年级3班")
    );
    world.confirm(&preview, STAY).await.unwrap();
    let child = world.child(TONG);
    assert_eq!(child.enrolments.len(), 2);
    assert_eq!(child.enrolments[0].to, Some(jiff::civil::date(2026, 11, 29)));
    let father = world.father_of(TONG);
    let keeps = |person| world.all::<Membership>().iter().any(|m| m.notice == told && m.person == person);
    assert!(keeps(father.guardian), "a family keeps what was sent to the class it leaves");
    assert_eq!(world.feeds(asked.uuid()), requests(&child), "for whoever answers in the new class");
    assert!(called(&child) && !called(&old), "the staff of the new class calls it on a trip");
    let seen = world.feeds(father.id.uuid());
    assert!(seen.contains(&Feed::Class(child.class().unwrap()).to_string()));
    assert!(!seen.contains(&Feed::Class(old.class().unwrap()).to_string()));

    let without = edited(|cells| {
        if cells[3] == TONG {
            cells.clear()
        }
    });
    world.import("without.csv", &without, true).await;
    assert!(world.child(TONG).path.is_empty() && world.father_of(TONG).to.is_some());
    assert!(!called(&child), "and nobody once it has left");
    assert_eq!(world.preview("without.csv", &without).await.changes, []);
    world.set("2026-12-07T02:00:00Z");
    let back = world.preview("back.csv", PUPILS).await;
    assert_eq!((back.counts.new, back.counts.unchanged), (1, 2_399));
    world.confirm(&back, STAY).await.unwrap();
    assert_eq!(world.child(TONG).class(), old.class());
    let again = world.father_of(TONG);
    assert_eq!((again.to, again.guardian, again.rights), (None, father.guardian, father.rights));
}

const FAMILY: &str = "本部,三年级,1班,1001,李一,男,李父,父亲,12800000001,李母,母亲,12800000002,";
const SIBLING: &str = "本部,一年级,1班,1002,李二,男,李父,父亲,12800000001,李母,母亲,12800000002,";
const COURT: &str = "法院文书：父亲不得获取该生信息";

#[tokio::test]
async fn new_words_about_a_known_child_stop_every_invite_until_somebody_decides() {
    let world = World::new().await;
    world.import("s.csv", &staff(&["T1,仲慧,本部,信息管理员,,,12800000009"]), false).await;
    world.import("p.csv", &pupils(&[FAMILY, SIBLING]), false).await;
    let mother =
        world.links_of("1001").into_iter().find(|link| link.relation == Relation::Mother).unwrap().guardian;
    world.join(mother).await;
    let before = world.links_of("1001");
    let sibling = world.links_of("1002");

    // The line names the mother alone: the father waits all the same.
    let said = pupils(&[
        &FAMILY
            .replace("李父,父亲,12800000001", ",,")
            .replace(",12800000002,", ",12800000002,法院文书：父亲不得获取该生信息"),
        SIBLING,
    ]);
    world.import("p.csv", &said, false).await;
    let links = world.links_of("1001");
    let expected: Vec<_> = before.iter().map(|link| Link { undecided: true, ..link.clone() }).collect();
    assert_eq!(links, expected, "rights stay as they were");
    assert!(links.iter().all(|link| !link.may_be_invited(TODAY)));
    assert_eq!(world.links_of("1002"), sibling);
    assert_eq!(remark_of(&world, "1001").decided, None);
    assert_eq!(world.import("p.csv", &said, false).await.rows, 0);

    // Somebody decides by name; the same words come again and change nothing.
    let father = world.father_of("1001");
    let act = Act::SetRights { link: father.id, rights: vec![Right::Messages], barred: false };
    assert!(world.act(RoleKind::Administrator, act).await.is_ok());
    assert!(world.father_of("1001").may_be_invited(TODAY));
    assert_eq!(world.import("p.csv", &said, false).await.rows, 0);

    // Decided words that come again stay decided; other words wait again.
    let grants = vec![
        RelationGrants { relation: Relation::Mother, rights: Right::ALL.to_vec(), barred: false },
        RelationGrants { relation: Relation::Father, rights: Vec::new(), barred: true },
    ];
    let act = Act::DecideRemarks { remarks: vec![remark_of(&world, "1001").id], grants };
    assert!(world.act(RoleKind::Administrator, act).await.is_ok());
    let decided = world.links_of("1001");
    world.import("silent.csv", &pupils(&[FAMILY, SIBLING]), false).await;
    world.import("p.csv", &said, false).await;
    assert_eq!(world.links_of("1001"), decided);
    let other = String::from_utf8(said).unwrap().replace(COURT, "单亲");
    world.import("p.csv", other.as_bytes(), false).await;
    for link in world.links_of("1001") {
        let old = decided.iter().find(|old| old.id == link.id).unwrap();
        assert_eq!(link.rights, old.rights);
        assert_eq!(
            link.undecided,
            link.relation == Relation::Mother,
            "whoever is barred has nothing to wait for"
        );
        assert!(!link.may_be_invited(TODAY));
    }

    // Other words are other words, however alike they look.
    let grants =
        vec![RelationGrants { relation: Relation::Mother, rights: Right::ALL.to_vec(), barred: false }];
    let remarks =
        world.all::<Remark>().into_iter().filter(|remark| remark.text == "单亲").map(|remark| remark.id);
    let act = Act::DecideRemarks { remarks: remarks.collect(), grants };
    assert!(world.act(RoleKind::Administrator, act).await.is_ok());
    let mother = |world: &World| {
        world.links_of("1001").into_iter().find(|link| link.relation == Relation::Mother).unwrap()
    };
    assert!(mother(&world).may_be_invited(TODAY));
    world.import("p.csv", other.replace("单亲", "离异").as_bytes(), false).await;
    assert!(!mother(&world).may_be_invited(TODAY));
}
