//! Importing the rosters of `crates/roster/data`: what is shown, what is written, what is put back, and what an import
//! must never do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use jiff::Timestamp;
use xinmei_model::*;
use xinmei_server::{
    Fail,
    edge::{Clock, Edge},
    import::{self, shown},
    ledger::Ledger,
    school,
};

const ROSTER: &[u8] = include_bytes!("../../roster/data/roster.xlsx");
const NEXT_YEAR: &[u8] = include_bytes!("../../roster/data/roster-next-year.xlsx");
const PUPILS: &[u8] = include_bytes!("../../roster/data/pupils-gb18030.csv");
const STAFF: &[u8] = include_bytes!("../../roster/data/staff-gb18030.csv");
const FAULTS: &[u8] = include_bytes!("../../roster/data/pupils-with-faults.csv");

/// A clock that a test sets.
struct Hand(AtomicI64);

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

struct World {
    ledger: Ledger,
    clock: Arc<Hand>,
    dir: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

impl World {
    async fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("xinmei-import-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
        let dir = std::env::temp_dir().join(name);
        let clock = Arc::new(Hand(AtomicI64::new(ms("2026-11-23T02:00:00Z"))));
        let edge = Edge { clock: clock.clone(), ..Edge::of_machine() };
        let (store, writer, identity) = school::create(&dir, &edge).unwrap();
        let rows = school::first_rows(&identity, "江畔实验小学", "Asia/Shanghai", 120, 120);
        let ledger = Ledger::start(store, writer, identity, edge, |_| {}).unwrap();
        ledger.write(move |tx| tx.apply(rows.clone())).await.unwrap();
        Self { ledger, clock, dir }
    }

    fn set(&self, at: &str) {
        self.clock.0.store(ms(at), Ordering::SeqCst);
    }

    async fn preview(&self, name: &str, bytes: &[u8]) -> shown::Previewed {
        import::preview(&self.ledger, "仲慧", name, bytes.to_vec()).await.unwrap()
    }

    async fn import(&self, name: &str, bytes: &[u8], let_leave: bool) -> shown::Outcome {
        let preview = self.preview(name, bytes).await;
        import::confirm(&self.ledger, preview.id, "仲慧", let_leave).await.unwrap()
    }

    fn rows(&self) -> Vec<Row> {
        let cells = self
            .ledger
            .look(|session| session.rows("SELECT kind, body FROM row ORDER BY id", &[]))
            .unwrap();
        cells
            .iter()
            .map(|cells| Row::parse(Kind::named(cells.text(0)).unwrap(), cells.text(1)).unwrap())
            .collect()
    }

    fn all<T: Noun + Clone>(&self) -> Vec<T> {
        self.rows().iter().filter_map(|row| T::of(row).cloned()).collect()
    }

    fn child(&self, number: &str) -> Child {
        self.all::<Child>().into_iter().find(|child| child.number == number).unwrap()
    }

    fn links_of(&self, number: &str) -> Vec<Link> {
        let child = self.child(number).id;
        self.all::<Link>().into_iter().filter(|link| link.child == child).collect()
    }

    fn father_of(&self, number: &str) -> Link {
        self.links_of(number).into_iter().find(|link| link.relation == Relation::Father).unwrap()
    }

    /// Everything that is kept of rows, byte for byte, but for revs.
    fn bytes(&self) -> Vec<String> {
        self.ledger
            .look(|session| {
                let mut all = Vec::new();
                for cells in session.rows("SELECT hex(id), kind, feeds, body FROM row ORDER BY id", &[])? {
                    all.push((0..4).map(|n| cells.text(n).to_owned()).collect::<Vec<_>>().join("|"));
                }
                for cells in session.rows("SELECT list, ord, hex(row) FROM row_list ORDER BY 1, 2, 3", &[])? {
                    all.push(format!("{}|{}|{}", cells.text(0), cells.int(1), cells.text(2)));
                }
                let standing = "SELECT feed, hex(row) FROM feed_row WHERE present = 1 ORDER BY 1, 2";
                for cells in session.rows(standing, &[])? {
                    all.push(format!("{}|{}", cells.text(0), cells.text(1)));
                }
                Ok(all)
            })
            .unwrap()
    }

    /// A wish of the member of staff in whose name a role of this kind stands.
    async fn act(&self, kind: RoleKind, act: Act) -> Decision {
        let role = self.all::<Role>().into_iter().find(|role| role.kind == kind).unwrap();
        let actor = Actor::Person { person: role.person, hat: Hat::Staff { role: role.id } };
        self.ledger
            .write(move |tx| {
                let decision = tx.settle(|facts| decide(facts, &actor, &act))?;
                if let Decision::Changes(changes) = decision.clone() {
                    tx.apply(changes)?;
                }
                Ok(decision)
            })
            .await
            .unwrap()
    }

    async fn join(&self, person: Id<Person>) {
        self.ledger
            .write(move |tx| {
                let changes = tx.settle(|facts| {
                    joined(facts, person).map_err(|stop| match stop {
                        Stop::Needs(keys) => keys,
                        other => panic!("{other:?}"),
                    })
                })?;
                tx.apply(changes)
            })
            .await
            .unwrap();
    }
}

fn ms(text: &str) -> i64 {
    text.parse::<Timestamp>().unwrap().as_millisecond()
}

fn code(fail: Fail) -> &'static str {
    match fail {
        Fail::Caller { code, .. } => code,
        other => panic!("{other}"),
    }
}

/// The roster's pupils as CSV, each line as the test wants it.
fn edited(mut edit: impl FnMut(&mut Vec<String>)) -> Vec<u8> {
    let roster = xinmei_roster::read(PUPILS, "p.csv").unwrap();
    let mut text = String::new();
    for row in &roster.sheets[0].rows {
        let mut cells = row.cells.clone();
        edit(&mut cells);
        if !cells.is_empty() {
            text.push_str(&cells.join(","));
            text.push('\n');
        }
    }
    text.into_bytes()
}

const TONG: &str = "202600006";
const CHEN: &str = "202600007";
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 23);

#[tokio::test]
async fn an_empty_school_is_filled() {
    let world = World::new().await;
    let preview = world.preview("roster.xlsx", ROSTER).await;
    let counts = shown::Counts { new: 2_400, staff: 128, ..Default::default() };
    assert_eq!(preview.counts, counts);
    assert_eq!(preview.faults, []);
    assert_eq!(preview.changes.len(), 500 + 128);
    assert_eq!(preview.remarks.iter().map(|remark| remark.children).sum::<u32>(), 139);
    assert_eq!(world.rows().len(), 2, "a preview writes no row");

    let begun = std::time::Instant::now();
    let outcome = import::confirm(&world.ledger, preview.id, "仲慧", false).await.unwrap();
    eprintln!("confirmed {} rows in {:?}", outcome.rows, begun.elapsed());
    assert_eq!(code(import::confirm(&world.ledger, preview.id, "仲慧", false).await.unwrap_err()), "import-done");

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
    let outcome = import::confirm(&world.ledger, preview.id, "仲慧", true).await.unwrap();
    assert_eq!((outcome.rows, world.bytes()), (0, before));
    assert_eq!(world.all::<Person>().len(), 3_549 + 128 - 6);
}

#[tokio::test]
async fn pupils_before_staff_are_the_same_accounts() {
    let world = World::new().await;
    world.import("pupils.csv", PUPILS, false).await;
    world.import("staff.csv", STAFF, false).await;
    assert_eq!(world.all::<Person>().len(), 3_549 + 128 - 6);
    let teacher = world.all::<Person>().into_iter().find(|p| p.staff_number.as_deref() == Some("T0014")).unwrap();
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
        assert_eq!(preview.counts.faulty, 6);
        let sum = preview.counts.new + preview.counts.changed + preview.counts.moved + preview.counts.unchanged;
        assert_eq!(sum, 114);
    }
}

#[tokio::test]
async fn what_is_no_roster_is_refused_with_a_reason() {
    let world = World::new().await;
    let fail = import::preview(&world.ledger, "仲慧", "x.xls", vec![0xD0, 0xCF, 0x11, 0xE0]).await.unwrap_err();
    assert_eq!(code(fail), "roster-unreadable");
    let fail = import::preview(&world.ledger, "仲慧", "x.csv", Vec::new()).await.unwrap_err();
    assert!(fail.to_string().contains("empty: "));
    let unknown = uuid::Uuid::nil();
    assert_eq!(code(import::confirm(&world.ledger, unknown, "仲慧", false).await.unwrap_err()), "not-found");
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
    let counts = shown::Counts { new: 400, changed: 47, moved: 25, left: 18 + 388, unchanged: 1_922, ..Default::default() };
    assert_eq!(preview.counts, counts);
    let outcome = import::confirm(&world.ledger, preview.id, "仲慧", true).await.unwrap();

    // New phones are the phones of people who were there.
    let new: BTreeSet<_> = world.all::<Child>().into_iter().filter(|c| c.number.starts_with("2027")).map(|c| c.id).collect();
    assert_eq!(new.len(), 400);
    let of_new: BTreeSet<_> =
        world.all::<Link>().into_iter().filter(|link| new.contains(&link.child)).map(|link| link.guardian).collect();
    assert!(world.all::<Person>().len() - persons <= of_new.len());
    for child in world.all::<Child>() {
        let open = child.enrolments.iter().filter(|enrolment| enrolment.to.is_none()).count();
        assert_eq!(open, usize::from(!child.path.is_empty()));
        if child.path.is_empty() {
            let links = world.ledger.look(|s| xinmei_server::ledger::read_list(s, List::LinksOf(child.id), 9)).unwrap();
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
    let fail = import::confirm(&world.ledger, first.id, "仲慧", false).await.unwrap_err();
    assert_eq!(code(fail), "preview-stale");
    assert_eq!(world.all::<Child>().len(), 0);
}

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
    assert!(matches!(world.act(RoleKind::Administrator, act).await, Decision::Changes(_)));
    let decided = world.links_of(&number);
    assert!(decided.iter().any(|link| link.barred) && decided.iter().any(|link| link.may_be_invited(TODAY)));

    // The same file; a file without the remark; a file with the father under another phone; one with a new spelling.
    let same = world.import("roster.xlsx", ROSTER, true).await;
    assert_eq!((same.rows, world.links_of(&number)), (0, decided.clone()));
    assert!(remark_of(&world, &number).decided.is_some());
    let silent = edited(|cells| if cells[3] == number { cells[12] = String::new() });
    world.import("silent.csv", &silent, true).await;
    assert_eq!(world.links_of(&number), decided);
    let phone = edited(|cells| if cells[3] == number { cells[8] = "12899999999".into(); cells[12] = String::new() });
    let persons = world.all::<Person>().len();
    world.import("phone.csv", &phone, true).await;
    assert_eq!((world.links_of(&number), world.all::<Person>().len()), (decided.clone(), persons));
    let spelt = edited(|cells| if cells[3] == number { cells[6].push('二'); cells[12] = String::new() });
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
    assert!(matches!(world.act(RoleKind::Administrator, act).await, Decision::Changes(_)));
    let mut sibling = None;
    let mut file = edited(|cells| if cells[3] == TONG { sibling = Some(cells.clone()) });
    let mut sibling = sibling.unwrap();
    sibling[3] = "202699999".into();
    sibling[4] = "李雨桥".into();
    file.extend_from_slice(format!("{}\n", sibling.join(",")).as_bytes());
    let preview = world.preview("sibling.csv", &file).await;
    assert_eq!((preview.counts.new, preview.counts.unchanged), (1, 2_400));
    import::confirm(&world.ledger, preview.id, "仲慧", false).await.unwrap();
    assert!(world.father_of(TONG).barred);
    let new = world.father_of("202699999");
    assert!(new.guardian == father.guardian && new.undecided && !new.may_be_invited(TODAY));
    let mother = world.links_of("202699999").into_iter().find(|link| link.relation == Relation::Mother).unwrap();
    assert!(mother.may_be_invited(TODAY));
}

#[tokio::test]
async fn a_child_who_moves_takes_the_class_feeds_along_and_one_who_comes_back_is_bound_again() {
    let world = World::new().await;
    world.import("pupils.csv", PUPILS, false).await;
    let old = world.child(TONG);
    world.set("2026-11-30T02:00:00Z");
    let moved = edited(|cells| if cells[3] == TONG { cells[2] = "3班".into() });
    let preview = world.preview("moved.csv", &moved).await;
    assert_eq!(preview.counts.moved, 1);
    assert_eq!((preview.changes[0].was.as_str(), preview.changes[0].now.as_str()), ("本部 三年级2班", "本部 三年级3班"));
    import::confirm(&world.ledger, preview.id, "仲慧", false).await.unwrap();
    let child = world.child(TONG);
    assert_eq!(child.enrolments.len(), 2);
    assert_eq!(child.enrolments[0].to, Some(jiff::civil::date(2026, 11, 29)));
    let father = world.father_of(TONG);
    let feeds = |id: uuid::Uuid| {
        world.ledger.look(|session| {
            let bytes = xinmei_server::store::Arg::Bytes(id.as_bytes());
            Ok(session.one("SELECT feeds FROM row WHERE id = $1", &[bytes])?.unwrap().text(0).to_owned())
        })
    };
    let seen = feeds(father.id.uuid()).unwrap();
    assert!(seen.contains(&Feed::Class(child.class().unwrap()).to_string()));
    assert!(!seen.contains(&Feed::Class(old.class().unwrap()).to_string()));

    let without = edited(|cells| if cells[3] == TONG { cells.clear() });
    world.import("without.csv", &without, true).await;
    assert!(world.child(TONG).path.is_empty() && world.father_of(TONG).to.is_some());
    assert_eq!(world.preview("without.csv", &without).await.changes, []);
    world.set("2026-12-07T02:00:00Z");
    let back = world.preview("back.csv", PUPILS).await;
    assert_eq!((back.counts.new, back.counts.unchanged), (1, 2_399));
    import::confirm(&world.ledger, back.id, "仲慧", false).await.unwrap();
    assert_eq!(world.child(TONG).class(), old.class());
    let again = world.father_of(TONG);
    assert_eq!((again.to, again.guardian, again.rights), (None, father.guardian, father.rights));
}
