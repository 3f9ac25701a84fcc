//! A guest from a library helps on one morning: the desk writes them down, the sponsor reads it, the kiosk reads the pass without a
//! network, and what they did is proven like anybody's.

use jiff::civil::date;
use xinmei_client::api::{
    Fault,
    duty::{Scan, Scanned},
    guest::{AddGuest, Guests, ShowPass},
    hours::{Approve, Checkpoints, Desk, Issue, SeenHours, ShowProof},
    notification::{Note, NoteKind, ShiftNews},
    shift,
    today::{DutyKind, Open, Today},
    volunteer::Step,
};
use xinmei_model::{
    Change, DutyScan, Feed, HoursEntry, HoursProof, Id, List, Person, PostTerms, Role, RoleKind, Shift,
    VolunteerAct,
};
use xinmei_tests::{Device, World, at, program};

struct Morning {
    world: World,
    desk: Device,
    other: Device,
    supervisor: Device,
    sponsor: Device,
    parent: Device,
    sponsor_id: Id<Person>,
    shifts: [Id<Shift>; 2],
}

impl Morning {
    async fn begin() -> Self {
        let world = World::new().await;
        let class = world.class("本部", 2024, 2).await;
        let campus = world.campus("本部").await;
        let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
        let other = world.staff("何静", RoleKind::Coordinator, "志愿服务协调员", world.root()).await;
        let supervisor = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
        let sponsor = world.staff("周雅琴", RoleKind::SubjectTeacher, "任课教师", class).await;
        let (parent, _) = world.family("李建国", &[("李雨桐", class)]).await;
        let (by, sponsor_id) = (world.person("张晓梅").await, world.person("周雅琴").await);
        let planned = |day: &str| shift::PlannedShift {
            starts: at(&format!("{day}T09:00")),
            ends: at(&format!("{day}T10:00")),
            needed: 3,
        };
        let post = shift::Post {
            place: campus,
            title: "图书角".into(),
            about: String::new(),
            meeting_point: "图书角".into(),
            programme: String::new(),
            terms: PostTerms { supervisor: Some(by), guests: true, ..PostTerms::default() },
            shifts: vec![planned("2026-11-24"), planned("2026-11-25")],
        };
        desk.sync().await;
        desk.ask(post).await;
        desk.sync().await;
        parent.sync().await;
        let listed = parent.ask(shift::List {}).await.shifts;
        let shifts = [listed[0].id, listed[1].id];
        let morning = Self { world, desk, other, supervisor, sponsor, parent, sponsor_id, shifts };
        morning.all_sync().await;
        morning
    }

    async fn all_sync(&self) {
        for device in [&self.desk, &self.other, &self.supervisor, &self.sponsor, &self.parent] {
            device.sync().await;
        }
    }

    fn guest(&self, name: &str, shifts: &[Id<Shift>]) -> AddGuest {
        AddGuest {
            name: name.into(),
            organisation: "青禾社区图书馆".into(),
            phone: "000 5550 0101".into(),
            agreed: "本人在电话里同意".into(),
            sponsor: self.sponsor_id,
            shifts: shifts.to_vec(),
        }
    }

    async fn until(&self, wall: &str) {
        self.world.advance(at(wall).timestamp().duration_since(self.world.now())).await;
    }

    async fn end(self) {
        let all = [&self.desk, &self.other, &self.supervisor, &self.sponsor, &self.parent];
        self.world.end(&all).await;
    }
}

async fn told(device: &Device) -> Vec<Note> {
    device.client.tell_due().await.unwrap().notes
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_is_received_let_in_and_proven() {
    let morning = Morning::begin().await;
    let [today, tomorrow] = morning.shifts;
    morning.desk.ask(morning.guest("何读书", &[today])).await;
    morning.supervisor.ask(morning.guest("钱读书", &[tomorrow])).await;
    morning.all_sync().await;
    morning.all_sync().await;
    // The desk, the supervisor and whoever receives them read of it, and nobody else.
    for device in [&morning.desk, &morning.supervisor, &morning.sponsor] {
        let guests = device.ask(Guests {}).await.guests;
        assert_eq!(guests.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["何读书", "钱读书"]);
    }
    assert!(morning.parent.ask(Guests {}).await.guests.is_empty());
    let mine = morning.sponsor.ask(Guests {}).await;
    assert!(mine.guests.iter().all(|one| one.mine && !one.may_change) && mine.staff.is_empty());
    let guest = mine.guests[0].guest;
    assert!(matches!(morning.sponsor.refused(ShowPass { guest }).await, Fault::Refused { .. }));

    morning.until("2026-11-24T08:30").await;
    morning.all_sync().await;
    let Today::Teacher(day) = morning.sponsor.ask(Open {}).await else { panic!("a teacher's day") };
    let received = |kind: &DutyKind| matches!(kind, DutyKind::Receive { name, .. } if name == "何读书");
    assert!(day.own.iter().any(|duty| received(&duty.what)));

    // Without a network the kiosk knows the pass, and that it is of one day.
    let pass = morning.desk.ask(ShowPass { guest }).await;
    assert_eq!((pass.name.as_str(), pass.sponsor.as_str(), pass.codes.len()), ("何读书", "周雅琴", 1));
    let code = pass.codes[0].code.clone();
    let other_day = morning.supervisor.ask(Guests {}).await.guests[1].guest;
    let other_day = morning.supervisor.ask(ShowPass { guest: other_day }).await.codes[0].code.clone();
    let wrong = morning.supervisor.ask(Scan { shift: today, code: other_day }).await;
    assert!(matches!(wrong, Scanned::OtherShift { .. }), "{wrong:?}");
    let said = morning.supervisor.ask(Scan { shift: today, code: code.clone() }).await;
    assert!(
        matches!(&said, Scanned::Person { what: DutyScan::In, guest: Some(of), .. } if of.sponsor == "周雅琴"),
        "{said:?}"
    );
    morning.all_sync().await;
    morning.all_sync().await;
    assert!(morning.sponsor.ask(Guests {}).await.guests[0].came.is_some());
    let notes = told(&morning.sponsor).await;
    assert!(notes.iter().any(|note| note.what == NoteKind::Shift { news: ShiftNews::GuestCame }));

    morning.until("2026-11-24T09:50").await;
    morning.supervisor.ask(Scan { shift: today, code }).await;
    morning.all_sync().await;
    morning.all_sync().await;
    let waiting = morning.desk.ask(Desk::default()).await.waiting;
    assert_eq!(waiting.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["何读书"]);
    let seen = SeenHours { entry: waiting[0].id, minutes: waiting[0].minutes };
    morning.other.ask(Approve { entries: vec![seen] }).await;
    morning.all_sync().await;
    morning.all_sync().await;
    let row = morning.world.row(guest).expect("a guest");
    let entry = morning.world.row(HoursEntry::of_shift(today, row.person)).expect("hours");
    assert!(entry.approval().is_some());
    morning.proves(row.person).await;
    morning.end().await;
}

impl Morning {
    /// The desk issues a guest's certificate and prints it; whoever is handed it needs the school's key and nothing else.
    async fn proves(&self, guest: Id<Person>) {
        let issue = Issue {
            person: Some(guest),
            from: date(2026, 11, 1),
            to: date(2026, 11, 30),
            training: String::new(),
            awards: String::new(),
            evaluation: "耐心细致".into(),
        };
        assert!(matches!(self.parent.refused(issue.clone()).await, Fault::Refused { .. }));
        self.other.ask(issue).await;
        self.other.sync().await;
        let proof = self.world.list::<HoursProof>(List::HoursBy(guest)).remove(0);
        let shown = self.other.ask(ShowProof { proof: proof.id }).await;
        let minutes = shown.line.minutes;
        assert!(shown.name == "何读书" && minutes > 0, "{shown:?}");
        let another = World::new().await;
        let foreign = xinmei_server::verify::school_key(&another.ledger().identity);
        another.end(&[]).await;
        let own = self.other.ask(Checkpoints {}).await.school_key;
        let file = |name: &str, text: &str| {
            let path = self.world.dir.path().join(name);
            std::fs::write(&path, text).unwrap();
            path.display().to_string()
        };
        let (own, foreign) = (file("own.key", &own), file("foreign.key", &foreign));
        let check = async |text: &str, key: &str| {
            let mut command = program::command("xinmei");
            command.args(["verify-certificate", &file("proof.txt", text), "--school-key", key]);
            program::said(command).await
        };
        let said = check(&shown.text, &own).await;
        assert!(said.code == 0 && said.out.starts_with("valid: ") && said.out.contains("何读书"), "{said:?}");
        let more = shown.text.replace(&format!("minutes: {minutes}"), &format!("minutes: {minutes}0"));
        assert_ne!(more, shown.text);
        for (text, key) in [(&shown.text, &foreign), (&more, &own)] {
            let said = check(text, key).await;
            assert!(said.code == 1 && said.out.starts_with("not valid: "), "{said:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_receives_a_guest_hears_that_their_shift_is_at_another_time() {
    let morning = Morning::begin().await;
    let [today, _] = morning.shifts;
    morning.desk.ask(morning.guest("何读书", &[today])).await;
    morning.all_sync().await;
    morning.all_sync().await;
    told(&morning.sponsor).await;
    morning.until("2026-11-23T12:00").await;
    let version = morning.world.row(today).unwrap().version;
    let step = VolunteerAct::ChangeShift {
        shift: today,
        starts: at("2026-11-24T10:30"),
        ends: at("2026-11-24T11:30"),
        needed: 3,
        version,
    };
    morning.desk.ask(Step { step }).await;
    morning.all_sync().await;
    morning.all_sync().await;
    let moved = |note: &Note| note.what == NoteKind::Shift { news: ShiftNews::GuestMoved };
    let notes = told(&morning.sponsor).await;
    let note = notes.iter().find(|note| moved(note)).expect("news of the other time");
    assert_eq!((note.title.as_str(), note.due.clone()), ("何读书", Some(at("2026-11-24T10:30"))));
    assert!(!told(&morning.sponsor).await.iter().any(moved), "once");
    assert!(!told(&morning.parent).await.iter().any(moved), "nobody else");
    // Whoever is named afterwards knows the time.
    let late = morning.world.person("张晓梅").await;
    let guest = morning.desk.ask(Guests {}).await.guests[0].guest;
    let step = VolunteerAct::ChangeSponsor { guest, sponsor: late };
    morning.desk.ask(Step { step }).await;
    morning.all_sync().await;
    morning.all_sync().await;
    assert!(!told(&morning.supervisor).await.iter().any(moved));
    morning.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn by_the_command_line_who_waits_for_the_schools_answer_is_listed_too() {
    let mut morning = Morning::begin().await;
    let line = morning.world.terminal("周敏").await;
    line.does(&["sync"]).await;
    let shift = morning.shifts[0].to_string();
    morning.world.kill_server().await;
    let add = ["volunteer", "guest", "add", "何读书", &shift, "--sponsor", "周雅琴", "--agreed", "本人同意"];
    let said = line.run(&add).await;
    assert!(said.after("saved").is_some(), "{said:?}");
    let listed = line.does(&["volunteer", "guest", "list"]).await.cells();
    assert_eq!(listed.len(), 1, "{listed:?}");
    assert!(listed[0][2] == "何读书" && !listed[0].last().unwrap().is_empty(), "{listed:?}");
    morning.world.start().await;
    line.does(&["sync"]).await;
    let listed = line.does(&["volunteer", "guest", "list"]).await.cells();
    assert_eq!((listed.len(), listed[0][2].as_str(), listed[0].last().unwrap().as_str()), (1, "何读书", ""));
    morning.all_sync().await;
    morning.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_nobody_receives_any_more_the_desk_lets_in() {
    let morning = Morning::begin().await;
    let [today, _] = morning.shifts;
    morning.desk.ask(morning.guest("何读书", &[today])).await;
    morning.all_sync().await;
    morning.all_sync().await;
    morning.until("2026-11-24T08:30").await;
    let role = morning.world.list::<Role>(List::RolesOf(morning.sponsor_id)).remove(0);
    let left = Role { to: Some(date(2026, 11, 23)), ..role };
    morning.world.put(vec![Change::put(left, [Feed::School])]).await;
    morning.all_sync().await;
    let found = morning.desk.ask(Guests {}).await.guests.remove(0);
    assert!(!found.received);
    let code = morning.desk.ask(ShowPass { guest: found.guest }).await.codes[0].code.clone();
    let said = morning.supervisor.ask(Scan { shift: today, code: code.clone() }).await;
    assert!(matches!(said, Scanned::NobodyReceives { .. }), "{said:?}");
    let said = morning.desk.ask(Scan { shift: today, code }).await;
    assert!(matches!(said, Scanned::Person { what: DutyScan::In, .. }), "{said:?}");
    morning.all_sync().await;
    assert!(morning.world.row(found.guest).expect("a guest").came.is_some());
    morning.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_receives_a_guest_hears_that_their_shift_was_called_off() {
    let morning = Morning::begin().await;
    let [today, _] = morning.shifts;
    morning.desk.ask(morning.guest("何读书", &[today])).await;
    // What waits for the school is seen, so that nobody writes them down twice.
    let found = morning.desk.ask(Guests {}).await;
    let open = found.guests.iter().filter(|one| one.pending.is_some()).count();
    assert_eq!(open + found.waiting.len(), 1, "{found:?}");
    morning.all_sync().await;
    morning.all_sync().await;
    let found = morning.desk.ask(Guests {}).await;
    assert!(found.waiting.is_empty() && found.guests[0].pending.is_none(), "{found:?}");

    morning.until("2026-11-24T08:00").await;
    morning.all_sync().await;
    let step = VolunteerAct::CallOffShift { shift: today, reason: "当天停课".into() };
    morning.desk.ask(Step { step }).await;
    morning.all_sync().await;
    morning.all_sync().await;
    let notes = told(&morning.sponsor).await;
    let off = |note: &Note| note.what == NoteKind::Shift { news: ShiftNews::GuestOff };
    assert!(notes.iter().any(off), "{notes:?}");
    // The desk can still call them, and takes them out.
    let guest = morning.desk.ask(Guests {}).await.guests.remove(0);
    assert!(guest.shifts[0].off && !guest.phone.is_empty());
    let step = VolunteerAct::RemoveGuest { guest: guest.guest };
    morning.desk.ask(Step { step }).await;
    morning.all_sync().await;
    assert!(morning.desk.ask(Guests {}).await.guests.is_empty());
    morning.end().await;
}
