use xinmei_model::{
    CalledOff, DutyMark, DutySaid, Post, PupilConsent, PupilFill, PupilState, PupilTake, PupilTerms,
    RoleKind, Shift,
};

use super::{roll::roll, shifts};
use crate::view::stage::{CLASS, FATHER, SCHOOL, Stage, TEACHER, YUCHEN, YUTONG, at, id};

const SHIFT: u128 = 600;

fn takes_pupils(stage: &Stage, hours: [&str; 2]) {
    stage.shift(SHIFT, "我是小交警", hours, 1);
    let post: Option<Post> = stage.read(|reading| reading.snapshot.get(id(SHIFT + 1)));
    let mut post = post.unwrap();
    post.terms.pupils = Some(PupilTerms { places: 4, per_adult: 1, from_grade: None });
    stage.put(post);
}

fn pupil(stage: &Stage, child: u128, name: &str, seq: u32, holds: Option<DutySaid>) {
    stage.put(PupilTake {
        id: PupilTake::of(id(SHIFT), id(child)),
        shift: id(SHIFT),
        post: id(SHIFT + 1),
        child: id(child),
        child_name: name.into(),
        tail: "0412".into(),
        class: Some(id(CLASS)),
        seq,
        state: PupilState::Down,
        consent: PupilConsent {
            by: id(FATHER), by_name: "李建国".into(), at: at("11-20T20:00").timestamp()
        },
        withdrawn: None,
        entered: None,
        marks: holds.iter().map(said_by_teacher).collect(),
        count: u32::from(holds.is_some()),
        holds,
        disputed: false,
    });
}

fn said_by_teacher(said: &DutySaid) -> DutyMark {
    let (by, by_name) = (Some(id(TEACHER)), "张晓梅".into());
    DutyMark { said: said.clone(), by, by_name, at: at("11-23T10:00").timestamp(), blind: false }
}

fn counted(stage: &Stage, pupils: u32, adults: u32, reaches: u32) {
    let id_of = PupilFill::of(id(SHIFT));
    let (shift, post) = (id(SHIFT), id(SHIFT + 1));
    stage.put(PupilFill { id: id_of, shift, post, pupils, adults, reaches, reached: None });
}

fn came() -> DutySaid {
    DutySaid::Came { from: at("11-23T10:00").timestamp(), until: None }
}

#[test]
fn a_family_reads_who_of_its_children_has_an_adult_and_who_waits() {
    let stage = Stage::family();
    takes_pupils(&stage, ["11-25T07:30", "11-25T08:10"]);
    pupil(&stage, YUTONG, "李雨桐", 2, None);
    counted(&stage, 2, 1, 1);
    let shown = stage.read(shifts);
    let shift = &shown.shifts[0];
    assert_eq!((shift.counts.pupils, shift.counts.waiting, shift.counts.adults_wanted), (2, 1, 1));
    assert_eq!(shift.counts.left, 2);
    let own: Vec<_> = shift.children.iter().map(|one| one.own.as_ref().map(|own| own.has_adult)).collect();
    assert!(own.contains(&Some(false)) && own.contains(&None), "one waits, the other is not put down");
    assert!(shift.children.iter().all(|one| one.decides && one.why_not.is_none()));
    counted(&stage, 2, 2, 2);
    let shown = stage.read(shifts);
    assert!(shown.shifts[0].children.iter().any(|one| one.own.as_ref().is_some_and(|own| own.has_adult)));
    assert!(shown.served.is_empty());
}

#[test]
fn before_the_first_pupil_a_family_reads_no_number_of_adults_that_is_not_known() {
    let stage = Stage::family();
    takes_pupils(&stage, ["11-25T07:30", "11-25T08:10"]);
    let adults = |stage: &Stage| stage.read(shifts).shifts[0].counts.adults;
    assert_eq!(adults(&stage), Some(1), "no guest comes to this post");
    let post: Option<Post> = stage.read(|reading| reading.snapshot.get(id(SHIFT + 1)));
    let mut post = post.unwrap();
    post.terms.guests = true;
    stage.put(post);
    assert_eq!(adults(&stage), None, "whoever comes may be a guest");
    counted(&stage, 1, 1, 1);
    assert_eq!(adults(&stage), Some(1), "from the first pupil on the school counts them apart");
}

#[test]
fn a_family_reads_what_its_child_did() {
    let stage = Stage::family();
    takes_pupils(&stage, ["11-23T09:30", "11-23T10:30"]);
    pupil(&stage, YUTONG, "李雨桐", 1, Some(came()));
    counted(&stage, 1, 1, 1);
    let served = stage.read(shifts).served;
    assert_eq!(served.len(), 1);
    assert_eq!((served[0].minutes, served[0].services[0].by.as_str()), (30, "张晓梅"));
}

#[test]
fn whoever_marks_is_told_when_there_are_too_few_adults() {
    let stage = Stage::staff(RoleKind::Coordinator, "活动协调员", SCHOOL);
    takes_pupils(&stage, ["11-23T10:00", "11-23T11:30"]);
    pupil(&stage, YUTONG, "李雨桐", 1, Some(came()));
    pupil(&stage, YUCHEN, "李雨桐", 2, None);
    counted(&stage, 2, 1, 1);
    let shown = stage.read(|reading| roll(reading, id(SHIFT)));
    assert_eq!((shown.pupils_in, shown.adults_in, shown.adults_short), (1, 0, 1));
    assert_eq!(shown.pupils.len(), 2);
    assert!(shown.pupils.iter().all(|line| line.child.tail == "0412"), "two of one name are told apart");
    assert!(shown.may_mark && !shown.may_enter && !shown.may_take_out);
    let parent = Stage::family();
    takes_pupils(&parent, ["11-23T10:00", "11-23T11:30"]);
    let asked =
        parent.replica.read(|snapshot| roll(&crate::view::reading::Reading::open(snapshot)?, id(SHIFT)));
    assert!(asked.is_err(), "a family reads no roll");
}

#[test]
fn a_family_reads_that_the_shift_of_its_child_is_called_off() {
    let stage = Stage::family();
    takes_pupils(&stage, ["11-25T07:30", "11-25T08:10"]);
    pupil(&stage, YUTONG, "李雨桐", 1, None);
    let shift: Option<Shift> = stage.read(|reading| reading.snapshot.get(id(SHIFT)));
    let called_off = Some(CalledOff { reason: "停课".into(), at: at("11-22T18:00").timestamp() });
    stage.put(Shift { called_off, ..shift.unwrap() });
    let take: Option<PupilTake> =
        stage.read(|reading| reading.snapshot.get(PupilTake::of(id(SHIFT), id(YUTONG))));
    stage.put(PupilTake { state: PupilState::CalledOff, ..take.unwrap() });
    let lines = stage.read(crate::view::shift::list).shifts;
    assert!(lines.iter().any(|line| line.id == id(SHIFT) && line.called_off.is_some()));
    // A shift nobody of the family comes to is gone with it.
    let other = Stage::family();
    takes_pupils(&other, ["11-25T07:30", "11-25T08:10"]);
    let shift: Option<Shift> = other.read(|reading| reading.snapshot.get(id(SHIFT)));
    let called_off = Some(CalledOff { reason: "停课".into(), at: at("11-22T18:00").timestamp() });
    other.put(Shift { called_off, ..shift.unwrap() });
    assert!(other.read(crate::view::shift::list).shifts.is_empty());
}

#[test]
fn the_time_of_a_child_in_a_shift_is_among_what_the_family_has_agreed_to() {
    let stage = Stage::family();
    takes_pupils(&stage, ["11-25T07:30", "11-25T08:10"]);
    pupil(&stage, YUTONG, "李雨桐", 1, None);
    let (coming, committed) = stage.read(|reading| {
        let family = crate::view::family::Family::load(reading)?;
        let shifts = reading.pupils_shifts(&family)?;
        let coming: Vec<_> = shifts.iter().map(|one| one.coming(&family)).collect();
        Ok((coming, shifts.iter().map(super::PupilsShift::commitment).collect::<Vec<_>>()))
    });
    assert_eq!((coming.len(), coming[0].children[0].name.as_str()), (1, "李雨桐"));
    assert!(!committed[0].mine && committed[0].children == [id(YUTONG)]);
}
