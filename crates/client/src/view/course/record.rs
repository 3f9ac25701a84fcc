//! In what a parent took part: their own record, and nobody else's.

use xinmei_model::{Course, Event, List, Participation, Person, Session};

use crate::{
    Client,
    api::{
        Ask, Fault,
        participation::{Record, RecordLesson, RecordView},
    },
    view::{
        ask::read,
        reading::{Reading, count},
    },
};

impl Ask for Record {
    type Reply = RecordView;

    async fn answer(self, client: &Client) -> Result<RecordView, Fault> {
        read(client, record).await
    }
}

pub(super) fn record(reading: &Reading<'_>) -> Result<RecordView, Fault> {
    let rows: Vec<Participation> = reading.snapshot.list(List::ParticipationsBy(reading.me))?;
    let mut lessons = Vec::new();
    // A desk's list holds others' rows too: the list is of whoever sits here.
    for row in rows.iter().filter(|row| row.guardian == reading.me) {
        lessons.extend(line(reading, row)?);
    }
    lessons.sort_by_key(|lesson| std::cmp::Reverse(lesson.starts.timestamp()));
    let me: Option<Person> = reading.snapshot.get(reading.me)?;
    let name = me.map(|person| person.name).or_else(|| rows.first().map(|row| row.guardian_name.clone()));
    Ok(RecordView {
        school: reading.school.as_ref().map(|school| school.name.clone()).unwrap_or_default(),
        name: name.unwrap_or_default(),
        took_part: count(lessons.iter().filter(|lesson| lesson.came)),
        lessons,
        made: reading.now,
    })
}

fn line(reading: &Reading<'_>, row: &Participation) -> Result<Option<RecordLesson>, Fault> {
    let session: Option<Session> = reading.snapshot.get(row.session)?;
    let event: Option<Event> = reading.snapshot.get(row.event)?;
    let (Some(session), Some(event)) = (session, event) else { return Ok(None) };
    // Called off or moved after it was marked: it was not held.
    if !session.takes_place(&event) || !session.has_begun(reading.now) {
        return Ok(None);
    }
    let course: Option<Course> = match &event.lesson {
        Some(lesson) => reading.snapshot.get(lesson.course)?,
        None => None,
    };
    let venue = reading.venue_words(&event, &session)?;
    Ok(Some(RecordLesson {
        course: course.as_ref().map(|course| course.id),
        course_title: course.as_ref().map(|course| course.title.clone()).unwrap_or_default(),
        programme: course.map(|course| course.programme).unwrap_or_default(),
        title: event.title,
        speakers: event.lesson.map(|lesson| lesson.speakers).unwrap_or_default(),
        venue,
        starts: session.starts,
        ends: session.ends,
        came: row.came(),
        corrected: row.marks.iter().any(|mark| mark.came != row.came()),
    }))
}
