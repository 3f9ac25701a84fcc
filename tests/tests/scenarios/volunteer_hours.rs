//! Hours of volunteers: marked by a desk that was cut off, approved by another, held by the volunteer, certified, corrected, and found
//! out where the school's store was changed.

use rusqlite::Connection;
use xinmei_client::api::{
    hours::{
        Approve, Checkpoints, Correct, Desk, DutyLine, HoursIs, Issue, Mark, Mine, Roll, SeenHours, Shifts,
        ShowProof,
    },
    shift,
};
use xinmei_model::{
    ChainFaultIs, DutySaid, DutyWish, HoursEntry, HoursState, Id, Refusal, RoleKind, Shift, read_proof,
};
use xinmei_server::verify::{Verified, verify};
use xinmei_tests::{Device, World, at, program};

struct Story {
    world: World,
    desk: Device,
    other: Device,
    li: Device,
    wang: Device,
    shift: Id<Shift>,
}

impl Story {
    async fn begin() -> Self {
        let world = World::new().await;
        let class = world.class("本部", 2024, 2).await;
        let campus = world.campus("本部").await;
        let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
        let other = world.staff("何静", RoleKind::Coordinator, "志愿服务协调员", world.root()).await;
        let (li, _) = world.family("李建国", &[("李雨桐", class)]).await;
        let (wang, _) = world.family("王芳", &[("王明", class)]).await;
        let post = shift::Post {
            place: campus,
            title: "护学岗，东门".into(),
            about: String::new(),
            meeting_point: "东门".into(),
            programme: "“我是小交警”".into(),
            terms: Default::default(),
            shifts: vec![shift::PlannedShift {
                starts: at("2026-11-24T07:30"),
                ends: at("2026-11-24T08:10"),
                needed: 2,
            }],
        };
        desk.ask(post).await;
        desk.sync().await;
        for parent in [&li, &wang] {
            parent.sync().await;
            let open = parent.ask(shift::List {}).await.shifts.remove(0);
            parent.ask(shift::Take { shift: open.id, on_behalf_of: None }).await;
            parent.sync().await;
        }
        desk.sync().await;
        other.sync().await;
        let by = at("2026-11-24T08:15").timestamp().duration_since(world.now());
        world.advance(by).await;
        let shift = desk.ask(Shifts {}).await.shifts[0].id;
        Self { world, desk, other, li, wang, shift }
    }

    async fn roll(&self, find: &str) -> Vec<DutyLine> {
        self.desk.ask(Roll { shift: self.shift, find: find.into(), class: None }).await.people
    }

    async fn all_sync(&self) {
        for device in [&self.desk, &self.other, &self.li, &self.wang] {
            device.sync().await;
        }
    }

    /// A whole list at once, by a desk that has no network.
    async fn all_came(&self) {
        let said = DutySaid::Came {
            from: at("2026-11-24T07:30").timestamp(),
            until: Some(at("2026-11-24T08:10").timestamp()),
        };
        let wish = |line: &DutyLine| DutyWish { person: line.person, said: said.clone(), seen: line.seen };
        let people = self.roll("").await.iter().map(wish).collect();
        self.desk.ask(Mark { shift: self.shift, people }).await;
    }
}

fn seen(entries: &[xinmei_client::api::hours::HoursLine]) -> Vec<SeenHours> {
    entries.iter().map(|line| SeenHours { entry: line.id, minutes: line.minutes }).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn hours_are_marked_offline_approved_by_somebody_else_certified_and_corrected() {
    let story = Story::begin().await;
    assert_eq!(story.roll("ljg").await.len(), 1, "by initials");
    story.all_came().await;
    let roll = story.desk.ask(Roll { shift: story.shift, find: String::new(), class: None }).await;
    assert_eq!((roll.waiting, roll.shift.came, roll.shift.unmarked), (2, 2, 0));
    assert!(roll.people.iter().all(|line| line.waits.is_some() && line.entry == Some(HoursIs::Waiting)));
    story.all_sync().await;
    assert!(story.roll("").await.iter().all(|line| line.waits.is_none() && line.minutes == Some(40)));
    let mine = story.li.ask(Mine {}).await;
    assert_eq!((mine.minutes, mine.waiting, mine.entries.len()), (0, 40, 1));

    // Who entered them may not; another does, all at once.
    let waiting = story.desk.ask(Desk::default()).await.waiting;
    assert!(waiting.iter().all(|line| line.others && !line.may_answer));
    let own = story.desk.refused(Approve { entries: seen(&waiting) }).await;
    assert_eq!(own, xinmei_client::api::Fault::Refused { refusal: Refusal::HoursOwn });
    let waiting = story.other.ask(Desk::default()).await.waiting;
    assert_eq!(waiting.len(), 2);
    story.other.ask(Approve { entries: seen(&waiting) }).await;
    let there = story.other.ask(Desk::default()).await.waiting;
    assert!(there.iter().all(|line| line.pending.is_some()), "no device knows where the chain ends");
    story.all_sync().await;
    let mine = story.li.ask(Mine {}).await;
    assert_eq!((mine.minutes, mine.waiting, mine.copy.fault.clone()), (40, 0, None));
    assert_eq!(mine.terms.iter().map(|term| term.minutes).sum::<u32>(), 40);
    let entry = mine.entries[0].id;
    assert_eq!(story.wang.ask(Mine {}).await.entries.len(), 1, "each their own");

    // The volunteer's own certificate is read by whoever has the school's key.
    let days = ("2026-09-01".parse().unwrap(), "2026-11-30".parse().unwrap());
    let issue = |person| Issue {
        person,
        from: days.0,
        to: days.1,
        training: String::new(),
        awards: String::new(),
        evaluation: String::new(),
    };
    story.li.ask(issue(None)).await;
    story.li.sync().await;
    let line = story.li.ask(Mine {}).await.proofs.remove(0);
    let proof = story.li.ask(ShowProof { proof: line.id }).await;
    let kept = story.li.ask(Checkpoints {}).await;
    let key = |text: &str| <[u8; 32]>::try_from(data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap());
    let says = read_proof(&proof.text, &key(&kept.school_key).unwrap()).unwrap();
    assert!(says.lines.contains(&("minutes".into(), "40".into())));
    let another = World::new().await;
    let foreign: [u8; 32] = another.ledger().identity.public_key().try_into().unwrap();
    assert!(read_proof(&proof.text, &foreign).is_err(), "another school's key");
    another.end(&[]).await;
    let file = |name: &str, text: &str| {
        let path = story.world.dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let (paper, keys) = (file("proof.txt", &proof.text), file("key.txt", &kept.school_key));
    let mut command = program::command("xinmei");
    command.args(["verify-certificate", &paper, "--school-key", &keys]);
    let said = program::said(command).await;
    assert!(said.out.starts_with("valid: "), "{said:?}");

    // What was approved is corrected by a new entry, which somebody else approves.
    story.li.ask(Correct { entry, minutes: 30, reason: "提前离开".into() }).await;
    story.all_sync().await;
    story.all_sync().await;
    assert_eq!(story.li.ask(Mine {}).await.minutes, 40);
    let waiting = story.desk.ask(Desk::default()).await.waiting;
    story.desk.ask(Approve { entries: seen(&waiting) }).await;
    story.all_sync().await;
    let mine = story.li.ask(Mine {}).await;
    assert_eq!((mine.minutes, mine.copy.fault), (30, None));
    let old = mine.entries.iter().find(|line| line.id == entry).unwrap();
    assert_eq!(old.state, HoursIs::Corrected { minutes: 30 });
    let whole = story
        .world
        .ledger()
        .look(|session| verify(session, &story.world.ledger().identity, &kept.checkpoints));
    assert!(matches!(whole.unwrap(), Verified::Whole { count: 3, .. }));
    story.world.end(&[&story.desk, &story.other, &story.li, &story.wang]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_changes_the_store_is_found_by_the_school_and_by_the_volunteers_own_computer() {
    let story = Story::begin().await;
    story.all_came().await;
    story.all_sync().await;
    let waiting = story.other.ask(Desk::default()).await.waiting;
    story.other.ask(Approve { entries: seen(&waiting) }).await;
    story.all_sync().await;
    let line = story.li.ask(Mine {}).await.entries.remove(0);
    let entry: HoursEntry = story.world.row(line.id).unwrap();
    let HoursState::Approved(approval) = entry.state.clone() else { panic!("it was approved") };
    let write = |entry: &HoursEntry| {
        let conn = Connection::open(story.world.data().join("school.db")).unwrap();
        let (body, id) = (serde_json::to_string(entry).unwrap(), entry.id.uuid());
        conn.execute("UPDATE row SET body = ?2 WHERE id = ?1", (id.as_bytes().as_slice(), body)).unwrap();
    };
    write(&HoursEntry { minutes: 400, ..entry.clone() });
    let found = story.world.ledger().look(|session| verify(session, &story.world.ledger().identity, &[]));
    let Verified::Broken(fault) = found.unwrap() else { panic!("nothing was found") };
    assert_eq!((fault.seq, fault.entry, fault.is), (approval.seq, Some(entry.id), ChainFaultIs::Altered));
    // A new computer is sent what the store says now, and finds it out by itself.
    let fresh = story.world.join("李建国").await;
    fresh.sync().await;
    let copy = fresh.ask(Mine {}).await.copy;
    assert_eq!(copy.fault.map(|fault| (fault.seq, fault.is)), Some((approval.seq, ChainFaultIs::Altered)));
    write(&entry);
    drop(fresh);
    story.world.end(&[&story.desk, &story.other, &story.li, &story.wang]).await;
}
