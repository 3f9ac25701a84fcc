//! A guest from a library helps on one morning: the desk writes them down, the sponsor reads it, the kiosk reads the pass without a
//! network, and what they did is proven like anybody's.

use jiff::civil::date;
use xinmei_client::api::{
    Fault,
    duty::{Scan, Scanned},
    guest::{AddGuest, Guests, ShowPass},
    hours::{Approve, Desk, SeenHours},
    notification::{Note, NoteKind, ShiftNews},
    shift,
    today::{DutyKind, Open, Today},
    volunteer::Step,
};
use xinmei_model::{
    Change, DutyScan, Feed, HoursEntry, Id, List, Person, PostTerms, Role, RoleKind, Shift, VolunteerAct,
};
use xinmei_tests::{Device, World, at};

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
    let waiting = morning.desk.ask(Desk {}).await.waiting;
    assert_eq!(waiting.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["何读书"]);
    let seen = SeenHours { entry: waiting[0].id, minutes: waiting[0].minutes };
    morning.other.ask(Approve { entries: vec![seen] }).await;
    morning.all_sync().await;
    morning.all_sync().await;
    let row = morning.world.row(guest).expect("a guest");
    let entry = morning.world.row(HoursEntry::of_shift(today, row.person)).expect("hours");
    assert!(entry.approval().is_some());
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
