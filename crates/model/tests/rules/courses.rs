//! Courses: lessons that belong together, their materials, which parents took part, and the count of a term.

use xinmei_model::{
    Act, Attachment, Child, Course, CourseAct, CourseDraft, CourseKind, CourseState, EndedRight, Event, Feed,
    FileKind, Giving, Id, Kind, Lesson, List, MaterialDraft, Participation, ParticipationMark, Person, Place,
    Power, Refusal, Relation, Right, Session, limits,
};

use crate::world::{World, people::*, plans::*};

pub struct Scene {
    pub world: World,
    pub desk: Staff,
    pub class: Id<Place>,
    pub course: Id<Course>,
    pub event: Id<Event>,
    pub session: Id<Session>,
}

pub fn draft(place: Id<Place>) -> CourseDraft {
    CourseDraft {
        place,
        title: " 做智慧家长 ".into(),
        about: "每月一课".into(),
        programme: "新美家长发展中心".into(),
        for_whom: "一至三年级家长".into(),
        kind: CourseKind::Parents,
        published: true,
    }
}

pub fn put(course: Id<Course>, draft: CourseDraft, version: u32) -> Act {
    Act::Course(CourseAct::PutCourse { course, draft, version })
}

fn end(course: Id<Course>) -> Act {
    Act::Course(CourseAct::EndCourse { course })
}

pub fn lesson(course: Id<Course>) -> Option<Lesson> {
    Some(Lesson { course, speakers: " 心理老师周敏 ".into() })
}

/// A parents' course with one lesson tomorrow from nine to ten.
pub fn scene() -> Scene {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let desk = world.coordinator(world.campus);
    let course = world.fresh();
    world.does(desk.actor(), &put(course, draft(world.campus), 0));
    let (event, sessions) = world.event_with(desk, &[30], |event| event.lesson = lesson(course));
    Scene { world, desk, class, course, event, session: sessions[0] }
}

pub fn malformed(field: &str) -> Refusal {
    Refusal::Malformed { field: field.into() }
}

pub fn missing(kind: Kind) -> Refusal {
    Refusal::NotFound { what: kind.name().into() }
}

impl Scene {
    pub fn family(&mut self, child: &str, guardian: &str) -> (Id<Child>, Id<Person>) {
        let child = self.world.child(child, self.class);
        (child, self.world.guardian(guardian).of(child, Relation::Mother, PARENT).id())
    }

    pub fn mark(&self, guardian: Id<Person>, child: Id<Child>, came: bool, seen: u32) -> Act {
        let marks = vec![ParticipationMark { guardian, child, came, seen }];
        Act::Course(CourseAct::MarkParticipation { session: self.session, marks })
    }

    fn row(&self, guardian: Id<Person>) -> Participation {
        self.world.get(Participation::of(self.session, guardian))
    }

    pub fn begins(&mut self) {
        self.world.now = at("2026-10-13T09:00").timestamp();
    }
}

#[test]
fn a_course_is_its_desks_until_it_is_published_and_never_hidden_again() {
    let mut s = scene();
    let (_, mother) = s.family("雨桐", "王芳");
    let (id, hidden) = (s.world.fresh(), CourseDraft { published: false, ..draft(s.world.campus) });
    s.world.does(s.desk.actor(), &put(id, hidden.clone(), 0));
    let desk = s.desk.person;
    assert_eq!([desk, mother].map(|who| s.world.sees(who, id)), [true, false]);
    assert_eq!(s.world.refuses(s.desk.actor(), &put(id, hidden.clone(), 0)), Refusal::ChangedMeanwhile);
    s.world.does(s.desk.actor(), &put(id, draft(s.world.campus), 1));
    assert!(s.world.sees(mother, id));
    assert_eq!(s.world.get(id).title, "做智慧家长", "without blanks around it");
    s.world.does(s.desk.actor(), &put(id, hidden, 2));
    assert!(s.world.sees(mother, id), "what families saw stays");
    s.world.does(s.desk.actor(), &end(id));
    assert!(s.world.sees(mother, id), "what was held is not forgotten");
    assert_eq!(s.world.refuses(s.desk.actor(), &put(id, draft(s.world.campus), 4)), missing(Kind::Course));
}

#[test]
fn a_draft_that_is_ended_is_shown_to_nobody_by_that() {
    let mut s = scene();
    let (_, mother) = s.family("雨桐", "王芳");
    let (id, hidden) = (s.world.fresh(), CourseDraft { published: false, ..draft(s.world.campus) });
    s.world.does(s.desk.actor(), &put(id, hidden, 0));
    s.world.does(s.desk.actor(), &end(id));
    assert_eq!([s.desk.person, mother].map(|who| s.world.sees(who, id)), [true, false]);
    assert_eq!(s.world.get(id).state, CourseState::Dropped);
    assert!(s.world.does(s.desk.actor(), &end(id)).is_empty(), "said once more");
    assert_eq!(s.world.refuses(s.desk.actor(), &put(id, draft(s.world.campus), 2)), missing(Kind::Course));
    let mut more = s.world.event_draft(s.world.campus, &[30]);
    more.lesson = lesson(id);
    assert_eq!(s.world.refuses(s.desk.actor(), &Act::PublishEvent { event: more }), missing(Kind::Course));
}

#[test]
fn only_the_desk_of_its_place_keeps_it_and_what_it_is_stays() {
    let mut s = scene();
    let east = s.world.campus("东校区");
    let other = s.world.coordinator(east);
    let teacher = s.world.teacher("张老师", s.class);
    let no_power = Refusal::NoPower { power: Power::ManageEvents };
    for who in [other, teacher] {
        assert_eq!(s.world.refuses(who.actor(), &put(s.course, draft(s.world.campus), 1)), no_power);
        assert_eq!(s.world.refuses(who.actor(), &end(s.course)), no_power);
    }
    let moved = put(s.course, draft(east), 1);
    assert_eq!(s.world.refuses(other.actor(), &moved), malformed("place"));
    let otherwise = CourseDraft { kind: CourseKind::Everybody, ..draft(s.world.campus) };
    assert_eq!(s.world.refuses(s.desk.actor(), &put(s.course, otherwise, 1)), malformed("kind"));
    let long = CourseDraft { title: "字".repeat(limits::TITLE_CHARS + 1), ..draft(s.world.campus) };
    assert!(matches!(s.world.refuses(s.desk.actor(), &put(s.course, long, 1)), Refusal::TooMany { .. }));
    let unnamed = CourseDraft { title: " ".into(), ..draft(s.world.campus) };
    assert_eq!(s.world.refuses(s.desk.actor(), &put(s.course, unnamed, 1)), malformed("title"));
}

#[test]
fn lessons_are_events_of_the_same_desk_and_stay_when_the_course_has_ended() {
    let mut s = scene();
    assert_eq!(s.world.get(s.event).lesson.unwrap().speakers, "心理老师周敏");
    assert_eq!(s.world.list::<Event>(List::LessonsOf(s.course)).len(), 1);
    let east = s.world.campus("东校区");
    let other = s.world.coordinator(east);
    let mut far = s.world.event_draft(east, &[5]);
    far.lesson = lesson(s.course);
    let refused = s.world.refuses(other.actor(), &Act::PublishEvent { event: far });
    assert_eq!(refused, missing(Kind::Course), "a course of another campus");
    s.world.does(s.desk.actor(), &end(s.course));
    let mut more = s.world.event_draft(s.world.campus, &[30]);
    more.lesson = lesson(s.course);
    assert_eq!(
        s.world.refuses(s.desk.actor(), &Act::PublishEvent { event: more.clone() }),
        missing(Kind::Course)
    );
    let known = s.world.list::<Session>(List::SessionsOf(s.event));
    let mut same = more;
    same.id = s.event;
    same.sessions[0].id = known[0].id;
    same.lesson = Some(Lesson { course: s.course, speakers: "校长".into() });
    s.world.does(s.desk.actor(), &Act::change_event(same, 0));
    assert_eq!(s.world.get(s.event).lesson.unwrap().speakers, "校长");
}

#[test]
fn a_course_has_so_many_lessons() {
    let mut s = scene();
    for _ in 1..limits::LESSONS_PER_COURSE {
        s.world.event_with(s.desk, &[1], |event| event.lesson = lesson(s.course));
    }
    let mut more = s.world.event_draft(s.world.campus, &[1]);
    more.lesson = lesson(s.course);
    let limit = u32::try_from(limits::LESSONS_PER_COURSE).unwrap();
    let refused = s.world.refuses(s.desk.actor(), &Act::PublishEvent { event: more });
    assert_eq!(refused, Refusal::TooMany { field: "lessons".into(), limit });
}

#[test]
fn who_saw_the_parent_is_right_and_who_knew_what_stood_corrects_it() {
    let mut s = scene();
    let (child, mother) = s.family("雨桐", "王芳");
    s.begins();
    s.world.does(s.desk.actor(), &s.mark(mother, child, false, 0));
    let other = s.world.coordinator(s.world.campus);
    s.world.does(other.actor(), &s.mark(mother, child, true, 0));
    let row = s.row(mother);
    assert!(row.came() && row.is_disputed(), "both are shown");
    assert_eq!(row.marks.iter().map(|mark| mark.came).collect::<Vec<_>>(), [false, true]);
    s.world.does(s.desk.actor(), &s.mark(mother, child, false, 2));
    let row = s.row(mother);
    assert!(!row.came() && !row.is_disputed());
    assert_eq!((row.count, row.marks.len()), (3, 3), "a correction keeps what stood");
    assert!(s.world.does(s.desk.actor(), &s.mark(mother, child, false, 3)).is_empty(), "said once more");
    for seen in 3..20 {
        s.world.does(s.desk.actor(), &s.mark(mother, child, seen % 2 == 1, seen));
    }
    let row = s.row(mother);
    assert_eq!((row.marks.len(), row.count), (limits::PARTICIPATION_MARKS, 20));
}

#[test]
fn parents_of_this_place_are_marked_by_its_desk_while_the_lesson_is_no_memory() {
    let mut s = scene();
    let (child, mother) = s.family("雨桐", "王芳");
    let early = s.world.refuses(s.desk.actor(), &s.mark(mother, child, true, 0));
    assert!(matches!(early, Refusal::NotOpenYet { .. }));
    s.world.now = at("2026-10-13T08:45").timestamp();
    let early = s.world.refuses(s.desk.actor(), &s.mark(mother, child, true, 0));
    assert!(
        matches!(early, Refusal::NotOpenYet { .. }),
        "the doors are open, and it may still be called off"
    );
    s.begins();
    let teacher = s.world.teacher("张老师", s.class);
    let no_power = Refusal::NoPower { power: Power::ManageEvents };
    assert_eq!(s.world.refuses(teacher.actor(), &s.mark(mother, child, true, 0)), no_power);
    assert_eq!(s.world.refuses(guardian(mother), &s.mark(mother, child, true, 0)), no_power);
    let stranger = s.world.person("路人");
    let refused = s.world.refuses(s.desk.actor(), &s.mark(stranger, child, true, 0));
    assert_eq!(refused, missing(Kind::Link));
    let east = s.world.campus("东校区");
    let far = s.world.class_at(east, 2024, 1);
    let away = s.world.child("梓轩", far);
    let aunt = s.world.guardian("王强").of(away, Relation::Father, PARENT).id();
    assert_eq!(s.world.refuses(s.desk.actor(), &s.mark(aunt, away, true, 0)), missing(Kind::Link));
    let twice = ParticipationMark { guardian: mother, child, came: true, seen: 0 };
    let act = |marks| Act::Course(CourseAct::MarkParticipation { session: s.session, marks });
    assert_eq!(s.world.refuses(s.desk.actor(), &act(vec![twice, twice])), malformed("marks"));
    assert_eq!(s.world.refuses(s.desk.actor(), &act(vec![])), malformed("marks"));
    let ends = s.world.get(s.session).ends.timestamp();
    s.world.now = ends + limits::PARTICIPATION_AFTER;
    let late = s.world.refuses(s.desk.actor(), &s.mark(mother, child, true, 0));
    assert!(matches!(late, Refusal::Closed { .. }));
}

#[test]
fn who_had_rights_on_the_day_of_the_lesson_is_marked_also_when_they_have_ended() {
    let mut s = scene();
    let (child, mother) = s.family("雨桐", "王芳");
    s.begins();
    let none = |link: &mut xinmei_model::Link| link.rights = xinmei_model::Rights::default();
    s.world.edit_link(mother, child, none);
    assert_eq!(s.world.refuses(s.desk.actor(), &s.mark(mother, child, true, 0)), missing(Kind::Link));
    let ended = EndedRight {
        id: s.world.fresh(),
        child,
        guardian: mother,
        right: Right::Messages,
        from: jiff::civil::date(2026, 9, 1),
        at: at("2026-10-15T09:00").timestamp(),
    };
    s.world.put(ended.clone(), []);
    s.world.does(s.desk.actor(), &s.mark(mother, child, true, 0));
    s.world.put(EndedRight { at: at("2026-10-12T09:00").timestamp(), ..ended }, []);
    let refused = s.world.refuses(s.desk.actor(), &s.mark(mother, child, false, 1));
    assert_eq!(refused, missing(Kind::Link), "they ended before the lesson");
}

#[test]
fn nothing_is_kept_of_parents_where_a_course_is_for_everybody() {
    let mut s = scene();
    let (child, mother) = s.family("雨桐", "王芳");
    let hall = s.world.fresh();
    let everybody = CourseDraft { kind: CourseKind::Everybody, ..draft(s.world.campus) };
    s.world.does(s.desk.actor(), &put(hall, everybody, 0));
    let (_, sessions) = s.world.event_with(s.desk, &[5], |event| event.lesson = lesson(hall));
    s.session = sessions[0];
    s.begins();
    assert_eq!(s.world.refuses(s.desk.actor(), &s.mark(mother, child, true, 0)), malformed("session"));
}

#[test]
fn a_desk_without_a_network_marks_by_its_own_rows() {
    let mut s = scene();
    let (child, mother) = s.family("雨桐", "王芳");
    s.begins();
    let (actor, act) = (s.desk.actor(), s.mark(mother, child, true, 0));
    let person = s.desk.person;
    let foreseen = s.world.ask_on_device_of(person, |facts| xinmei_model::decide(facts, &actor, &act));
    assert_eq!(foreseen.unwrap(), s.world.decide(actor, &act).unwrap());
}

/// Two desks that were cut off come to the same, whichever is heard first.
#[test]
fn two_desks_come_to_the_same_in_any_order() {
    let outcome = |first: bool, second: bool| {
        let mut s = scene();
        let (child, mother) = s.family("雨桐", "王芳");
        s.begins();
        s.world.does(s.desk.actor(), &s.mark(mother, child, first, 0));
        s.world.does(s.desk.actor(), &s.mark(mother, child, second, 0));
        let row = s.row(mother);
        (row.came(), row.is_disputed())
    };
    for (one, other) in [(true, true), (true, false), (false, false)] {
        assert_eq!(outcome(one, other), outcome(other, one));
        assert_eq!(outcome(one, other), (one || other, one != other));
    }
}

#[test]
fn who_claims_more_than_there_was_has_not_seen_what_stands() {
    let mut s = scene();
    let (child, mother) = s.family("雨桐", "王芳");
    s.begins();
    s.world.does(s.desk.actor(), &s.mark(mother, child, true, 0));
    let other = s.world.coordinator(s.world.campus);
    s.world.does(other.actor(), &s.mark(mother, child, false, 2));
    let row = s.row(mother);
    assert!(row.came() && row.is_disputed());
}

#[test]
fn a_slip_of_ones_own_is_corrected_also_by_a_desk_that_knew_of_no_other() {
    let mut s = scene();
    let (child, mother) = s.family("雨桐", "王芳");
    s.begins();
    let other = s.world.coordinator(s.world.campus);
    s.world.does(other.actor(), &s.mark(mother, child, false, 0));
    s.world.does(s.desk.actor(), &s.mark(mother, child, true, 0));
    assert!(s.row(mother).came() && s.row(mother).is_disputed());
    s.world.does(s.desk.actor(), &s.mark(mother, child, false, 1));
    let row = s.row(mother);
    assert!(!row.came() && !row.is_disputed());
    assert_eq!(row.marks.len(), 3, "what stood is kept");
    for seen in [0; limits::PARTICIPATION_MARKS] {
        s.world.does(s.desk.actor(), &s.mark(mother, child, true, seen));
    }
    assert!(s.row(mother).is_disputed(), "what another desk said is not forgotten by it");
}

#[test]
fn its_rows_stand_in_their_own_feeds() {
    let mut s = scene();
    let (child, mother) = s.family("雨桐", "王芳");
    s.begins();
    s.world.does(s.desk.actor(), &s.mark(mother, child, true, 0));
    let row = Participation::of(s.session, mother);
    let expected = [Feed::Desk(s.event.uuid()), Feed::Own(child, mother)];
    assert_eq!(s.world.feeds(row), expected.into_iter().collect());
}

#[test]
fn its_acts_keep_their_form() {
    let id = "00000000-0000-0000-0000-000000000001";
    let one = || id.parse().unwrap();
    let sha256 = "3".repeat(64);
    let (event, file) = (
        id.parse().unwrap(),
        Attachment {
            sha256: sha256.parse().unwrap(),
            name: "提纲.pdf".into(),
            kind: FileKind::Pdf,
            bytes: 9,
            picture: None,
        },
    );
    let material = MaterialDraft { id: id.parse().unwrap(), event, file, giving: Giving::TookPart };
    let marks = vec![ParticipationMark { guardian: id.parse().unwrap(), child: one(), came: true, seen: 2 }];
    let draft = CourseDraft { about: String::new(), published: false, ..draft(id.parse().unwrap()) };
    for (act, json) in [
        (
            CourseAct::PutCourse { course: id.parse().unwrap(), draft, version: 3 },
            format!(
                r#"{{"do":"put-course","course":"{id}","draft":{{"place":"{id}","title":" 做智慧家长 ","about":"","programme":"新美家长发展中心","for_whom":"一至三年级家长","kind":"parents","published":false}},"version":3}}"#
            ),
        ),
        (
            CourseAct::EndCourse { course: id.parse().unwrap() },
            format!(r#"{{"do":"end-course","course":"{id}"}}"#),
        ),
        (
            CourseAct::PutMaterial { material },
            format!(
                r#"{{"do":"put-material","material":{{"id":"{id}","event":"{id}","file":{{"sha256":"{sha256}","name":"提纲.pdf","kind":"pdf","bytes":9,"picture":null}},"giving":"took-part"}}}}"#
            ),
        ),
        (
            CourseAct::SetGiving { material: id.parse().unwrap(), giving: Giving::Afterwards },
            format!(r#"{{"do":"set-giving","material":"{id}","giving":"afterwards"}}"#),
        ),
        (
            CourseAct::DropMaterial { material: id.parse().unwrap() },
            format!(r#"{{"do":"drop-material","material":"{id}"}}"#),
        ),
        (
            CourseAct::MarkParticipation { session: id.parse().unwrap(), marks },
            format!(
                r#"{{"do":"mark-participation","session":"{id}","marks":[{{"guardian":"{id}","child":"{id}","came":true,"seen":2}}]}}"#
            ),
        ),
    ] {
        let act = Act::Course(act);
        assert_eq!(serde_json::to_string(&act).unwrap(), json);
        assert_eq!(serde_json::from_str::<Act>(&json).unwrap(), act);
    }
}
