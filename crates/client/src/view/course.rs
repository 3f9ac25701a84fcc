//! Courses: the list, one course whole, and what its desk does.

mod attend;
mod book;
mod count;
mod record;
#[cfg(test)]
mod tests;

use xinmei_model::{
    Act, Course, CourseAct, CourseKind, CourseState, Event, EventState, Id, Kind, List, Material,
    MaterialDraft, Participation, Power, Session, limits,
};

use super::{
    ask::{read, save},
    booking::Booked,
    family::Family,
    reading::{Reading, count},
    wishes,
};
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        course::{
            self, CourseLine, Courses, DeskSession, End, Give, LessonView, MaterialView, NextLesson, Open,
            Opened, OwnIs, OwnSession, Put, SetGiving, SignUp, SignedUp, SignedUpFor, TakeBack,
        },
        event::{BookingIs, EventLine},
        sync::ItemState,
    },
    fault::invalid,
};

/// Families of a session of whom nobody said whether a parent came.
pub(in crate::view) fn unmarked_at(
    reading: &Reading<'_>,
    event: &Event,
    session: &Session,
) -> Result<u32, Fault> {
    Ok(attend::unmarked(&attend::roll(reading, event, session)?))
}

impl Ask for course::List {
    type Reply = Courses;

    async fn answer(self, client: &Client) -> Result<Courses, Fault> {
        read(client, list).await
    }
}

impl Ask for Open {
    type Reply = Opened;

    async fn answer(self, client: &Client) -> Result<Opened, Fault> {
        read(client, move |reading| open(reading, self.course)).await
    }
}

impl Ask for Put {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { course, draft, version } = self;
        let course = course.unwrap_or_else(|| client.new_id());
        save(client, Act::Course(CourseAct::PutCourse { course, draft, version })).await
    }
}

impl Ask for End {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::Course(CourseAct::EndCourse { course: self.course })).await
    }
}

impl Ask for Give {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { event, file, giving } = self;
        let material = MaterialDraft { id: client.new_id(), event, file, giving };
        save(client, Act::Course(CourseAct::PutMaterial { material })).await
    }
}

impl Ask for SetGiving {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { material, giving } = self;
        save(client, Act::Course(CourseAct::SetGiving { material, giving })).await
    }
}

impl Ask for TakeBack {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::Course(CourseAct::DropMaterial { material: self.material })).await
    }
}

impl Ask for SignUp {
    type Reply = SignedUp;

    async fn answer(self, client: &Client) -> Result<SignedUp, Fault> {
        if self.sessions.is_empty() || self.sessions.len() > limits::LESSONS_PER_COURSE {
            return Err(invalid("sessions"));
        }
        let mut lessons = Vec::with_capacity(self.sessions.len());
        for session in self.sessions {
            // As if each had been pressed: one that cannot be is no reason to leave the others.
            let one = crate::api::event::SignUp {
                session,
                children: self.children.clone(),
                adults: self.adults,
                answers: Vec::new(),
                others: Vec::new(),
                on_behalf_of: None,
            };
            lessons.push(SignedUpFor { session, fault: one.answer(client).await.err() });
        }
        Ok(SignedUp { lessons })
    }
}

fn list(reading: &Reading<'_>) -> Result<Courses, Fault> {
    let courses: Vec<Course> = reading.snapshot.list(List::All(Kind::Course))?;
    let mut lines = Vec::new();
    for course in courses.iter().filter(|course| is_seen(reading, course)) {
        let lessons = reading.lessons_of(course)?;
        lines.push(reading.course_line(course, &lessons)?);
    }
    lines.sort_by(|one, other| {
        let ended = |line: &CourseLine| line.state == CourseState::Ended;
        (ended(one), &one.title, one.id).cmp(&(ended(other), &other.title, other.id))
    });
    Ok(Courses { courses: lines, places: reading.place_names_with(Power::ManageEvents) })
}

/// Families see what was published, the desk also what was not; what was dropped is in no list.
fn is_seen(reading: &Reading<'_>, course: &Course) -> bool {
    match course.state {
        CourseState::Draft => reading.may(Power::ManageEvents, &course.held_at),
        CourseState::Published | CourseState::Ended => true,
        CourseState::Dropped => false,
    }
}

/// A lesson with its sessions by time.
struct Held {
    event: Event,
    sessions: Vec<Session>,
}

impl Held {
    fn takes_place(&self) -> impl Iterator<Item = &Session> {
        self.sessions.iter().filter(|session| session.takes_place(&self.event))
    }

    fn is_over(&self, reading: &Reading<'_>) -> bool {
        self.takes_place().all(|session| session.ends.timestamp() <= reading.now)
    }

    /// The first session that has not ended.
    fn next(&self, reading: &Reading<'_>) -> Option<&Session> {
        self.takes_place().find(|session| reading.now < session.ends.timestamp())
    }
}

fn open(reading: &Reading<'_>, id: Id<Course>) -> Result<Opened, Fault> {
    let course = reading.course(id)?;
    let lessons = reading.lessons_of(&course)?;
    let line = reading.course_line(&course, &lessons)?;
    let family = Family::of_hat(reading)?;
    let booked = reading.bookings_of(&family)?;
    let views = lessons.iter().map(|held| lesson(reading, &course, held, &family, &booked));
    let views: Vec<LessonView> = views.collect::<Result<_, _>>()?;
    let sessions = lessons.iter().flat_map(|held| &held.sessions);
    let edges = sessions.flat_map(|one| [one.doors_open(), one.starts.clone(), one.ends.clone()]);
    let turns = lessons.iter().filter_map(|held| held.event.turns_after(reading.now));
    let turns = edges.map(|at| at.timestamp()).chain(turns).filter(|at| *at > reading.now).min();
    Ok(Opened { line, lessons: views, most_adults: limits::ADULTS_PER_BOOKING, turns })
}

fn lesson(
    reading: &Reading<'_>,
    course: &Course,
    held: &Held,
    family: &Family,
    booked: &[Booked],
) -> Result<LessonView, Fault> {
    let Held { event, sessions } = held;
    let over = held.is_over(reading);
    let (line, may_join, clashes) = if over {
        (reading.event_line(event, family, booked)?, Vec::new(), Vec::new())
    } else {
        let whole = reading.event_whole(event, family, booked)?;
        (whole.line, whole.may_join, whole.clashes)
    };
    let desk = course.kind == CourseKind::Parents && line.desk;
    Ok(LessonView {
        speakers: event.lesson.as_ref().map(|lesson| lesson.speakers.clone()).unwrap_or_default(),
        over,
        own: own(reading, course, held, &line)?,
        on_its_page: !event.questions.is_empty() || event.draw.is_some(),
        materials: reading.materials_of(event.id)?,
        desk: if desk { desk_sessions(reading, event, sessions)? } else { Vec::new() },
        line,
        may_join,
        clashes,
    })
}

/// How a family stands in sessions that have begun: of a parents' course by what the desk said, else by the gates.
fn own(
    reading: &Reading<'_>,
    course: &Course,
    held: &Held,
    line: &EventLine,
) -> Result<Vec<OwnSession>, Fault> {
    let mut own = Vec::new();
    for session in held.takes_place().filter(|session| session.has_begun(reading.now)) {
        let row: Option<Participation> = if course.kind == CourseKind::Parents && reading.role().is_none() {
            reading.snapshot.get(Participation::of(session.id, reading.me))?
        } else {
            None
        };
        let over = session.ends.timestamp() <= reading.now;
        let mut with_seats = line.mine.iter().filter(|one| {
            one.session.id == session.id && matches!(one.state, BookingIs::Confirmed | BookingIs::Released)
        });
        let is = match row {
            Some(row) if row.came() => OwnIs::TookPart,
            Some(_) => OwnIs::Missed,
            None if course.kind == CourseKind::Everybody && with_seats.clone().any(|one| one.certificate) => {
                OwnIs::TookPart
            }
            None if over && with_seats.next().is_some() => OwnIs::Unknown,
            None => continue,
        };
        own.push(OwnSession { session: session.id, is });
    }
    Ok(own)
}

fn desk_sessions(
    reading: &Reading<'_>,
    event: &Event,
    sessions: &[Session],
) -> Result<Vec<DeskSession>, Fault> {
    let mut views = Vec::new();
    for session in sessions.iter().filter(|session| session.takes_place(event)) {
        let roll = attend::roll(reading, event, session)?;
        let may_mark = attend::may_mark(reading, session);
        views.push(DeskSession {
            session: session.id,
            came: attend::came(&roll),
            unmarked: attend::unmarked(&roll),
            may_mark,
        });
    }
    Ok(views)
}

/// What a wish of a course is about: the course, the lesson, or the file.
pub(super) fn title_of(reading: &Reading<'_>, act: &CourseAct) -> Result<String, Fault> {
    let of_event = |id: Id<Event>| -> Result<String, Fault> {
        Ok(reading.snapshot.get(id)?.map(|event: Event| event.title).unwrap_or_default())
    };
    Ok(match act {
        CourseAct::PutCourse { draft, .. } => draft.title.clone(),
        CourseAct::EndCourse { course } => {
            reading.snapshot.get(*course)?.map(|course| course.title).unwrap_or_default()
        }
        CourseAct::PutMaterial { material } => material.file.name.clone(),
        CourseAct::SetGiving { material, .. } | CourseAct::DropMaterial { material } => {
            reading.snapshot.get(*material)?.map(|material| material.file.name).unwrap_or_default()
        }
        CourseAct::MarkParticipation { session, .. } => match reading.snapshot.get(*session)? {
            Some(session) => of_event(session.event)?,
            None => String::new(),
        },
    })
}

impl Reading<'_> {
    /// The title of the course an event is a lesson of, where it may be seen.
    pub(super) fn course_of(&self, event: &Event) -> Result<Option<String>, Fault> {
        let Some(lesson) = &event.lesson else { return Ok(None) };
        let course: Option<Course> = self.snapshot.get(lesson.course)?;
        Ok(course.filter(|course| is_seen(self, course)).map(|course| course.title))
    }

    /// A course that may be seen.
    fn course(&self, id: Id<Course>) -> Result<Course, Fault> {
        let course: Option<Course> = self.snapshot.get(id)?;
        course.filter(|course| is_seen(self, course)).ok_or_else(|| invalid("course"))
    }

    /// The lessons of a course, by time.
    fn lessons_of(&self, course: &Course) -> Result<Vec<Held>, Fault> {
        let events: Vec<Event> = self.snapshot.list(List::LessonsOf(course.id))?;
        let mut lessons = Vec::with_capacity(events.len());
        for event in events.into_iter().filter(|event| event.state != EventState::Draft) {
            let mut sessions: Vec<Session> = self.snapshot.list(List::SessionsOf(event.id))?;
            sessions.sort_by_key(|session| (session.starts.timestamp(), session.id));
            lessons.push(Held { event, sessions });
        }
        lessons.sort_by_key(|held| {
            (held.sessions.first().map(|session| session.starts.timestamp()), held.event.id)
        });
        Ok(lessons)
    }

    fn course_line(&self, course: &Course, lessons: &[Held]) -> Result<CourseLine, Fault> {
        let planned = lessons.iter().filter(|held| held.takes_place().next().is_some());
        let next = planned
            .clone()
            .filter_map(|held| Some((held.next(self)?, held)))
            .min_by_key(|(session, held)| (session.starts.timestamp(), held.event.id));
        let mut took_part = 0;
        if course.kind == CourseKind::Parents && self.role().is_none() {
            let own: Vec<Participation> = self.snapshot.list(List::ParticipationsBy(self.me))?;
            let begun = |held: &Held, row: &Participation| {
                held.takes_place().any(|one| one.id == row.session && one.has_begun(self.now))
            };
            let here = |row: &&Participation| lessons.iter().any(|held| begun(held, row));
            took_part = count(own.iter().filter(here).filter(|row| row.came()));
        }
        Ok(CourseLine {
            id: course.id,
            title: course.title.clone(),
            about: course.about.clone(),
            programme: course.programme.clone(),
            for_whom: course.for_whom.clone(),
            kind: course.kind,
            state: course.state,
            version: course.version,
            place: self.place_name(course.place),
            desk: self.may(Power::ManageEvents, &course.held_at),
            lessons: count(planned.clone()),
            held: count(planned.filter(|held| held.is_over(self))),
            next: next.map(|(session, held)| NextLesson {
                event: held.event.id,
                title: held.event.title.clone(),
                starts: session.starts.clone(),
            }),
            took_part,
        })
    }

    /// Materials of a lesson, with what waits on this computer.
    fn materials_of(&self, event: Id<Event>) -> Result<Vec<MaterialView>, Fault> {
        let mut rows: Vec<Material> = self.snapshot.list(List::MaterialsOf(event))?;
        // As they were composed: one that is given otherwise keeps its place.
        rows.sort_by_key(|row| row.id);
        let mut views = Vec::new();
        for row in &rows {
            let wish = self.wishes.about_material(row.id);
            let waits = wish.as_ref().map(|(_, state)| state.clone());
            // What is to be taken back still stands until the school has heard.
            let giving = wish.and_then(|(giving, _)| giving).unwrap_or(row.giving);
            views.push(self.material(row.id, &row.file, giving, row.given.is_some(), waits)?);
        }
        for (draft, state) in self.wishes.materials(event) {
            if !rows.iter().any(|row| row.id == draft.id) {
                let waits = Some(state.clone());
                views.push(self.material(draft.id, &draft.file, draft.giving, false, waits)?);
            }
        }
        Ok(views)
    }

    fn material(
        &self,
        id: Id<Material>,
        file: &xinmei_model::Attachment,
        giving: xinmei_model::Giving,
        given: bool,
        waits: Option<ItemState>,
    ) -> Result<MaterialView, Fault> {
        let sending = waits.as_ref().is_some_and(wishes::waits);
        let file = self.file_views(std::slice::from_ref(file), sending)?;
        let file = file.into_iter().next().ok_or_else(|| invalid("file"))?;
        Ok(MaterialView { id, file, giving, given, waits })
    }
}
