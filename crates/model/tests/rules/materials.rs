//! Materials of lessons: who has them, and since when.

use xinmei_model::{
    Act, Attachment, CourseAct, CourseDraft, CourseKind, FileHash, FileKind, Giving, Id, Kind, List,
    Material, MaterialDraft, Participation, Refusal, Relation, Upload, limits,
};

use crate::{
    courses::*,
    world::{people::*, plans::*},
};

impl Scene {
    fn file(&mut self, name: &str) -> Attachment {
        let sha256 = FileHash::of(name.as_bytes());
        let person = self.desk.person;
        let (id, at) = (Upload::of(person, sha256), self.world.now);
        self.world.put(Upload { id, person, sha256, bytes: 9, at }, []);
        Attachment { sha256, name: name.into(), kind: FileKind::Pdf, bytes: 9, picture: None }
    }

    fn material(&mut self, giving: Giving) -> MaterialDraft {
        let id = self.world.fresh();
        let file = self.file(&format!("{id}.pdf"));
        MaterialDraft { id, event: self.event, file, giving }
    }

    fn gives(&mut self, giving: Giving) -> Id<Material> {
        let material = self.material(giving);
        let id = material.id;
        self.world.does(self.desk.actor(), &give(material));
        id
    }
}

fn give(material: MaterialDraft) -> Act {
    Act::Course(CourseAct::PutMaterial { material })
}

#[test]
fn what_is_given_afterwards_is_hidden_until_the_lesson_is_over_also_when_that_is_put_off() {
    let mut s = scene();
    let (_, mother) = s.family("雨桐", "王芳");
    let (now, later) = (s.gives(Giving::Now), s.gives(Giving::Afterwards));
    let sees = |s: &Scene| [now, later].map(|id| s.world.sees(mother, id));
    assert_eq!(sees(&s), [true, false]);
    // Put off by a day, after the timer was set.
    s.world.edit(s.session, |session| {
        session.starts = at("2026-10-14T09:00");
        session.ends = at("2026-10-14T10:00");
    });
    s.world.now = at("2026-10-13T10:00").timestamp();
    s.world.fire_due();
    assert_eq!(sees(&s), [true, false], "it waits on");
    s.world.now = at("2026-10-14T10:00").timestamp();
    s.world.fire_due();
    assert_eq!(sees(&s), [true, true]);
    let drop = Act::Course(CourseAct::DropMaterial { material: now });
    s.world.does(s.desk.actor(), &drop);
    assert!(!s.world.sees(mother, now));
    assert!(s.world.list::<Material>(List::WithFile(s.world.get(now).file.sha256)).is_empty());
    assert_eq!(s.world.refuses(s.desk.actor(), &drop), missing(Kind::Material));
}

#[test]
fn a_lesson_that_was_called_off_gives_nothing() {
    let mut s = scene();
    let (_, mother) = s.family("雨桐", "王芳");
    let later = s.gives(Giving::Afterwards);
    s.world.does(s.desk.actor(), &Act::CancelEvent { event: s.event, reason: "台风".into() });
    s.world.now = at("2026-10-13T10:00").timestamp();
    s.world.fire_due();
    assert!(!s.world.sees(mother, later));
}

#[test]
fn what_waits_is_given_after_a_date_that_was_set_once_all_were_called_off() {
    let mut s = scene();
    let (_, mother) = s.family("雨桐", "王芳");
    let before = s.gives(Giving::Afterwards);
    s.world.does(s.desk.actor(), &Act::CancelSession { session: s.session, reason: "台风".into() });
    let meanwhile = s.gives(Giving::Afterwards);
    let mut again = s.world.event_draft(s.world.campus, &[30]);
    again.id = s.event;
    again.lesson = lesson(s.course);
    again.sessions[0].starts = at("2026-10-20T09:00");
    again.sessions[0].ends = at("2026-10-20T10:00");
    s.world.now = at("2026-10-12T12:00").timestamp();
    s.world.does(s.desk.actor(), &Act::change_event(again, 0));
    s.world.now = at("2026-10-13T10:00").timestamp();
    s.world.fire_due();
    let sees = |s: &Scene| [before, meanwhile].map(|id| s.world.sees(mother, id));
    assert_eq!(sees(&s), [false, false]);
    s.world.now = at("2026-10-20T10:00").timestamp();
    s.world.fire_due();
    assert_eq!(sees(&s), [true, true]);
}

#[test]
fn what_has_materials_or_marks_stays_a_lesson_of_its_course() {
    let mut s = scene();
    let (child, mother) = s.family("雨桐", "王芳");
    let change = |s: &mut Scene, lesson| {
        let mut event = s.world.event_draft(s.world.campus, &[30]);
        (event.id, event.lesson) = (s.event, lesson);
        event.sessions[0].id = s.session;
        let version = s.world.get(s.event).version;
        Act::change_event(event, version)
    };
    let material = s.gives(Giving::Now);
    let act = change(&mut s, None);
    assert_eq!(s.world.refuses(s.desk.actor(), &act), malformed("lesson"));
    s.world.does(s.desk.actor(), &Act::Course(CourseAct::DropMaterial { material }));
    s.world.does(s.desk.actor(), &act);
    let same = lesson(s.course);
    let act = change(&mut s, same);
    s.world.does(s.desk.actor(), &act);
    s.begins();
    s.world.does(s.desk.actor(), &s.mark(mother, child, true, 0));
    let other = s.world.fresh();
    s.world.does(s.desk.actor(), &put(other, draft(s.world.campus), 0));
    let act = change(&mut s, lesson(other));
    assert_eq!(s.world.refuses(s.desk.actor(), &act), malformed("lesson"));
}

#[test]
fn what_is_no_lesson_any_more_gives_nothing() {
    let mut s = scene();
    let (_, mother) = s.family("雨桐", "王芳");
    let later = s.gives(Giving::Afterwards);
    s.world.edit(s.event, |event| event.lesson = None);
    s.world.now = at("2026-10-13T10:00").timestamp();
    s.world.fire_due();
    assert!(!s.world.sees(mother, later));
}

#[test]
fn what_is_for_those_who_took_part_is_theirs_and_nobody_elses() {
    let mut s = scene();
    let (child, mother) = s.family("雨桐", "王芳");
    let father = s.world.guardian("李强").of(child, Relation::Father, PARENT).id();
    let material = s.gives(Giving::TookPart);
    s.begins();
    let sees = |s: &Scene| [mother, father].map(|who| s.world.sees(who, material));
    assert_eq!(sees(&s), [false, false]);
    s.world.does(s.desk.actor(), &s.mark(mother, child, true, 0));
    assert_eq!(sees(&s), [true, false], "the two homes of a child are each their own");
    let row = Participation::of(s.session, mother);
    assert_eq!([mother, father].map(|who| s.world.sees(who, row)), [true, false]);
    let teacher = s.world.teacher("张老师", s.class).person;
    assert!(!s.world.sees(teacher, row), "it is no class list");
    s.world.does(s.desk.actor(), &s.mark(mother, child, false, 1));
    assert_eq!(sees(&s), [false, false], "corrected");
    s.world.does(s.desk.actor(), &s.mark(mother, child, true, 2));
    let whole = s.world.get(s.event);
    let off = xinmei_model::EventState::Cancelled { reason: "台风".into(), at: None };
    s.world.edit(s.event, |event| event.state = off);
    assert_eq!(sees(&s), [false, false], "it was not held");
    s.world.edit(s.event, |event| *event = whole);
    assert_eq!(sees(&s), [true, false]);
    let ended = s.world.yesterday();
    s.world.edit_link(mother, child, |link| link.to = Some(ended));
    assert_eq!(sees(&s), [false, false], "rights that ended take it along");
}

#[test]
fn a_material_names_what_was_uploaded_of_a_lesson_and_its_file_stays() {
    let mut s = scene();
    let draft = s.material(Giving::Now);
    let stranger = Attachment { sha256: FileHash::of(b"x"), ..draft.file.clone() };
    let unsent = MaterialDraft { file: stranger.clone(), ..draft.clone() };
    let missing_file = Refusal::FileMissing { name: stranger.name.clone() };
    assert_eq!(s.world.refuses(s.desk.actor(), &give(unsent)), missing_file);
    s.world.does(s.desk.actor(), &give(draft.clone()));
    assert_eq!(s.world.refuses(s.desk.actor(), &give(draft.clone())), malformed("id"), "it is there");
    let later = Act::Course(CourseAct::SetGiving { material: draft.id, giving: Giving::Afterwards });
    s.world.does(s.desk.actor(), &later);
    assert_eq!(s.world.get(draft.id).given, None);
    assert!(s.world.does(s.desk.actor(), &later).is_empty(), "said once more");
    let (event, _) = s.world.event(s.desk, &[5]);
    let alone = MaterialDraft { event, ..s.material(Giving::Now) };
    assert_eq!(s.world.refuses(s.desk.actor(), &give(alone)), malformed("event"), "no lesson of a course");
    for _ in 1..limits::MATERIALS_PER_LESSON {
        s.gives(Giving::Now);
    }
    let limit = u32::try_from(limits::MATERIALS_PER_LESSON).unwrap();
    let more = s.material(Giving::Now);
    let full = Refusal::TooMany { field: "materials".into(), limit };
    assert_eq!(s.world.refuses(s.desk.actor(), &give(more)), full);
    let hall = s.world.fresh();
    let everybody = CourseDraft { kind: CourseKind::Everybody, ..self::draft(s.world.campus) };
    s.world.does(s.desk.actor(), &put(hall, everybody, 0));
    let (event, _) = s.world.event_with(s.desk, &[5], |event| event.lesson = lesson(hall));
    let nobody = MaterialDraft { event, ..s.material(Giving::TookPart) };
    assert_eq!(s.world.refuses(s.desk.actor(), &give(nobody)), malformed("giving"), "nothing is kept of it");
}
