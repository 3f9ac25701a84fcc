//! The day of a shift: its supervisor and the desk read codes on two computers without a network, a volunteer says when they left,
//! and the report of the term sums what was approved.

use jiff::SignedDuration;
use xinmei_client::api::{
    Fault,
    duty::{CheckOut, Own, Scan, Scanned, ShowCode},
    hours::{Approve, Desk, HoursIs, Mine, Roll, SeenHours, Shifts},
    hours_report::{Report, ReportOf, ReportView},
    shift,
};
use xinmei_model::{DutySaid, DutyScan, Id, OnDuty, PostTerms, RoleKind, Shift};
use xinmei_tests::{Device, World, at};

struct Day {
    world: World,
    desk: Device,
    other: Device,
    teacher: Device,
    li: Device,
    wang: Device,
    /// Two shifts of the post: of today, and of tomorrow.
    shifts: [Id<Shift>; 2],
}

impl Day {
    async fn begin() -> Self {
        let world = World::new().await;
        let (second, third) = (world.class("本部", 2024, 2).await, world.class("本部", 2024, 3).await);
        let campus = world.campus("本部").await;
        let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
        let other = world.staff("何静", RoleKind::Coordinator, "志愿服务协调员", world.root()).await;
        let teacher = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", second).await;
        let (li, _) = world.family("李建国", &[("李雨桐", second), ("李雨辰", third)]).await;
        let (wang, _) = world.family("王芳", &[("王明", second)]).await;
        teacher.sync().await;
        desk.sync().await;
        let supervisor = teacher.ask(Mine {}).await.person;
        let planned = |day: &str| shift::PlannedShift {
            starts: at(&format!("{day}T07:30")),
            ends: at(&format!("{day}T08:10")),
            needed: 3,
        };
        let post = shift::Post {
            place: campus,
            title: "护学岗，东门".into(),
            about: String::new(),
            meeting_point: "东门".into(),
            programme: "“我是小交警”".into(),
            terms: PostTerms { supervisor: Some(supervisor), ..PostTerms::default() },
            shifts: vec![planned("2026-11-24"), planned("2026-11-25")],
        };
        desk.ask(post).await;
        desk.sync().await;
        let mut shifts = Vec::new();
        for (parent, takes) in [(&li, 2), (&wang, 1)] {
            parent.sync().await;
            shifts = parent.ask(shift::List {}).await.shifts.iter().map(|line| line.id).collect();
            for id in shifts.iter().take(takes) {
                parent.ask(shift::Take { shift: *id, on_behalf_of: None }).await;
            }
            parent.sync().await;
        }
        let shifts = [shifts[0], shifts[1]];
        let day = Self { world, desk, other, teacher, li, wang, shifts };
        day.until("2026-11-24T07:25").await;
        day.all_sync().await;
        day
    }

    async fn until(&self, wall: &str) {
        self.world.advance(at(wall).timestamp().duration_since(self.world.now())).await;
    }

    async fn all_sync(&self) {
        for device in [&self.desk, &self.other, &self.teacher, &self.li, &self.wang] {
            device.sync().await;
        }
    }

    async fn read(&self, kiosk: &Device, code: &str) -> Scanned {
        kiosk.ask(Scan { shift: self.shifts[0], code: code.into() }).await
    }

    async fn end(self) {
        self.world.end(&[&self.desk, &self.other, &self.teacher, &self.li, &self.wang]).await;
    }
}

fn what(scanned: &Scanned) -> DutyScan {
    match scanned {
        Scanned::Person { what, .. } => what.clone(),
        other => panic!("{other:?}"),
    }
}

fn came_at(wall: &str) -> DutySaid {
    DutySaid::Came { from: at(&format!("2026-11-24T{wall}")).timestamp(), until: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_kiosks_without_a_network_read_codes_and_come_to_one_arrival() {
    let day = Day::begin().await;
    let [today, tomorrow] = day.shifts;
    // The supervisor has the roll of their post, and nothing of the hours.
    let listed = day.teacher.ask(Shifts {}).await.shifts;
    assert!(listed.iter().any(|shift| shift.id == today && shift.today && shift.supervised));
    assert!(matches!(day.teacher.refused(Desk::default()).await, Fault::Refused { .. }));
    let li = day.li.ask(ShowCode { shift: today }).await.code;
    let wang = day.wang.ask(ShowCode { shift: today }).await.code;
    // Nobody has a network; 李建国 shows the code at one computer, and by mistake at the other one too.
    assert_eq!(what(&day.read(&day.teacher, &li).await), DutyScan::In);
    day.until("2026-11-24T07:26").await;
    assert!(matches!(what(&day.read(&day.teacher, &li).await), DutyScan::AlreadyIn { .. }), "read twice");
    day.until("2026-11-24T07:29").await;
    assert_eq!(what(&day.read(&day.desk, &li).await), DutyScan::In, "it knows nothing of the other");
    assert_eq!(what(&day.read(&day.desk, &wang).await), DutyScan::In);
    let line = day.teacher.ask(Roll { shift: today, find: "ljg".into(), class: None }).await.people.remove(0);
    assert!(line.waits.is_some() && line.entry.is_none(), "saved on this computer; hours are the desk's");
    // What is not of this shift is named.
    let of_tomorrow = day.li.ask(ShowCode { shift: tomorrow }).await.code;
    let other = day.read(&day.teacher, &of_tomorrow).await;
    assert!(
        matches!(&other, Scanned::OtherShift { name, starts, .. } if name == "李建国" && *starts == at("2026-11-25T07:30"))
    );
    let swapped = if &li[60..61] == "0" { "1" } else { "0" };
    let forged = format!("{}{swapped}{}", &li[..60], &li[61..]);
    assert!(matches!(day.read(&day.teacher, &forged).await, Scanned::Forged));
    assert_eq!(day.read(&day.teacher, "6901234567892").await, Scanned::Unreadable);
    assert!(matches!(day.wang.refused(Scan { shift: today, code: li.clone() }).await, Fault::Refused { .. }));
    // Of two arrivals the earlier one holds, whichever arrives first at the school.
    day.desk.sync().await;
    day.teacher.sync().await;
    let rows = day.world.all::<OnDuty>();
    let of = |name: &str| rows.iter().find(|row| row.person_name == name).unwrap();
    assert_eq!((of("李建国").holds.clone(), of("李建国").disputed), (came_at("07:25"), false));
    assert_eq!((of("王芳").holds.clone(), of("王芳").count), (came_at("07:29"), 1));
    // A class at once: two families of it come.
    day.desk.sync().await;
    let roll = day.desk.ask(Roll { shift: today, find: String::new(), class: None }).await;
    assert_eq!(roll.classes.iter().map(|class| class.people).collect::<Vec<_>>(), [2]);
    let class = Some(roll.classes[0].place.id);
    assert_eq!(day.desk.ask(Roll { shift: today, find: String::new(), class }).await.people.len(), 2);
    day.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_volunteer_says_when_they_left_and_the_report_sums_what_was_approved() {
    let day = Day::begin().await;
    let today = day.shifts[0];
    assert!(day.li.ask(Own {}).await.duties.iter().all(|duty| duty.has_code && !duty.may_leave));
    let code = day.li.ask(ShowCode { shift: today }).await.code;
    day.until("2026-11-24T07:30").await;
    day.read(&day.teacher, &code).await;
    day.teacher.sync().await;
    day.li.sync().await;
    day.until("2026-11-24T08:10").await;
    let duty = day.li.ask(Own {}).await.duties.remove(0);
    assert_eq!((duty.may_leave, duty.by.as_str()), (true, "张晓梅"));
    day.li.ask(CheckOut { shift: today, until: None }).await;
    let duty = day.li.ask(Own {}).await.duties.remove(0);
    assert!(!duty.may_leave && duty.waits.is_some(), "shown at once, and that it was not sent yet");
    day.until("2026-11-24T08:30").await;
    day.all_sync().await;
    day.all_sync().await;
    let line = day.desk.ask(Roll { shift: today, find: "ljg".into(), class: None }).await.people.remove(0);
    assert_eq!((line.minutes, line.entry.clone()), (Some(40), Some(HoursIs::Waiting)));
    assert_eq!(
        line.marks.last().map(|mark| mark.by_name.as_str()),
        Some("李建国"),
        "the desk sees who said it"
    );

    let waiting = day.other.ask(Desk::default()).await.waiting;
    assert_eq!(waiting.len(), 1);
    let entries = waiting.iter().map(|line| SeenHours { entry: line.id, minutes: line.minutes }).collect();
    day.other.ask(Approve { entries }).await;
    day.all_sync().await;
    day.all_sync().await;
    let report: ReportView = day.desk.ask(Report { term: None }).await;
    let whole = report.whole;
    assert_eq!((whole.approved, whole.waiting, whole.people, whole.came), (40, 0, 1, 1));
    assert_eq!((whole.shifts, whole.needed, whole.filled, report.ahead), (1, 3, 2, 1));
    // Two classes of one family: in both, and once in the whole.
    let minutes: Vec<_> = report.classes.rows.iter().map(|row| row.figures.approved).collect();
    assert_eq!((minutes, report.classes.twice.approved), (vec![40, 40], 40));
    for group in [&report.grades, &report.campuses, &report.programmes, &report.posts, &report.months] {
        let sum: u32 = group.rows.iter().map(|row| row.figures.approved).sum();
        assert_eq!(sum, whole.approved + group.twice.approved);
    }
    assert_eq!(report.programmes.rows[0].of, ReportOf::Named { name: "“我是小交警”".into() });
    assert!(matches!(day.teacher.refused(Report { term: None }).await, Fault::Refused { .. }));
    // Devices that are never opened are signed out long before.
    for _ in 0..19 {
        day.world.advance(SignedDuration::from_hours(24 * 10)).await;
        day.all_sync().await;
    }
    assert!(day.teacher.ask(Shifts {}).await.shifts.is_empty(), "half a year later it is no roll any more");
    day.end().await;
}
