//! A guardian's day: duties, what comes, and the week.

use xinmei_model::Notice;

use super::{duties, week};
use crate::{
    api::{
        Fault,
        conference::{MeetingIs, MeetingView},
        today::{Coming, ComingKind, FamilyToday},
    },
    view::{
        booking::Booked,
        commitment::clashes,
        contest,
        family::Family,
        holidays::{marked, worked},
        keeping,
        notice::Received,
        pupil::PupilsShift,
        reading::Reading,
        shift::{self, OwnShift},
        turns, volunteer,
    },
};

pub(super) fn today(reading: &Reading<'_>) -> Result<FamilyToday, Fault> {
    let received = Received::load(reading, Family::load(reading)?)?;
    let booked = reading.bookings_of(&received.family)?;
    let shifts = reading.own_shifts()?;
    let meetings = reading.own_meetings()?;
    let notices = reading.notices()?;
    let told = duties::of_notices(reading, &received, &notices)?;
    let mut duties = told.open;
    duties.extend(duties::offers(reading, &booked));
    duties.extend(duties::choices(reading, &received.family, &booked)?);
    duties.extend(duties::meet(reading, &meetings)?);
    duties.extend(contest::duties(reading)?);
    duties.extend(keeping::duties(reading)?);
    duties.extend(volunteer::renewals(reading)?);
    duties.extend(turns::duties(reading)?);
    duties.extend(shift::duties(reading)?);
    duties::sort(&received.family, &mut duties);
    let mut coming = coming(reading, &received, &booked, &shifts, &notices);
    coming.extend(meetings.iter().filter(|one| is_shown(reading, one)).map(of_meeting));
    coming.extend(contest::coming(reading)?);
    let with_pupils = reading.pupils_shifts(&received.family)?;
    coming.extend(with_pupils.iter().map(|one| one.coming(&received.family)));
    coming
        .sort_by(|a, b| a.starts.timestamp().cmp(&b.starts.timestamp()).then_with(|| a.title.cmp(&b.title)));
    let known = reading.holidays()?;
    let mut busy = worked(&known, reading.day);
    busy.extend(coming.iter().map(|one| reading.zoned(one.starts.timestamp()).date()));
    let week = week::days(reading.day, &busy);
    let ahead = booked.iter().filter(|one| reading.now < one.view.session.ends.timestamp());
    let mut unread = reading.conversations(&received.family)?;
    unread.retain(|line| line.unread > 0);
    let mut committed: Vec<_> =
        ahead.filter_map(Booked::commitment).chain(shifts.iter().map(OwnShift::commitment)).collect();
    committed.extend(reading.meeting_commitments(&meetings)?);
    committed.extend(reading.contest_commitments()?);
    committed.extend(with_pupils.iter().map(PupilsShift::commitment));
    Ok(FamilyToday {
        now: reading.zoned(reading.now),
        children: received.family.names(|_| true),
        duties,
        done: told.done,
        unread,
        clashes: clashes(committed, reading.travel_min()?),
        week: week.iter().map(ToString::to_string).collect(),
        marks: marked(&known, &week),
        coming,
    })
}

/// Bookings, shifts of one's own, and notices whose changed fact is still to come.
fn coming(
    reading: &Reading<'_>,
    received: &Received,
    booked: &[Booked],
    shifts: &[OwnShift],
    notices: &[Notice],
) -> Vec<Coming> {
    let ahead = |one: &&Booked| one.is_shown() && reading.now < one.view.session.ends.timestamp();
    let mut coming: Vec<_> = booked.iter().filter(ahead).map(of_booking).collect();
    coming.extend(shifts.iter().map(of_shift));
    coming.extend(notices.iter().filter_map(|notice| of_change(reading, received, notice)));
    coming
}

fn of_booking(booked: &Booked) -> Coming {
    let view = &booked.view;
    Coming {
        starts: view.session.starts.clone(),
        ends: Some(view.session.ends.clone()),
        children: view.children.clone(),
        title: view.title.clone(),
        place: booked.venue.clone(),
        what: ComingKind::Booking { booking: Box::new(view.clone()) },
    }
}

/// To come, and not given back with the school's word.
fn is_shown(reading: &Reading<'_>, meeting: &MeetingView) -> bool {
    let given_back = meeting.state == MeetingIs::Withdrawn && meeting.pending.is_none();
    !given_back && reading.now < meeting.ends.timestamp()
}

fn of_meeting(meeting: &MeetingView) -> Coming {
    Coming {
        starts: meeting.starts.clone(),
        ends: Some(meeting.ends.clone()),
        children: vec![meeting.child.clone()],
        title: meeting.title.clone(),
        place: meeting.room.clone(),
        what: ComingKind::Meeting { meeting: Box::new(meeting.clone()) },
    }
}

fn of_shift(own: &OwnShift) -> Coming {
    Coming {
        starts: own.shift.starts.clone(),
        ends: Some(own.shift.ends.clone()),
        children: Vec::new(),
        title: own.post.title.clone(),
        place: own.post.meeting_point.clone(),
        what: ComingKind::Shift { shift: own.shift.id, pending: own.pending },
    }
}

fn of_change(reading: &Reading<'_>, received: &Received, notice: &Notice) -> Option<Coming> {
    notice.changed.as_ref()?;
    let starts = notice.due.clone().filter(|due| reading.now < due.timestamp())?;
    let children = received.children(reading, notice);
    (!children.is_empty()).then(|| Coming {
        starts,
        ends: None,
        children,
        title: notice.title.clone(),
        place: String::new(),
        what: ComingKind::Changed { notice: notice.id },
    })
}
