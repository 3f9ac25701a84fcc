//! What a volunteer is told: that somebody asks them to come, what the desk said, and that a shift was called off or moved.

use jiff::Timestamp;
use xinmei_model::{
    Guest, Kind, List, Post, PostEntry, Power, Shift, StandInSearch, StandInState, Take, TakeState,
};

use super::{Note, NoteKind, OpensAt, swap};
use crate::{
    api::{Fault, notification::ShiftNews},
    view::{reading::Reading, wishes::waits},
};

pub(super) fn news(reading: &Reading<'_>, notes: &mut Vec<Note>) -> Result<(), Fault> {
    let takes: Vec<Take> = reading.snapshot.list(List::TakesBy(reading.me))?;
    for take in takes {
        let Some(shift): Option<Shift> = reading.snapshot.get(take.shift)? else { continue };
        let Some(post): Option<Post> = reading.snapshot.get(take.post)? else { continue };
        // An offer says when the shift is now.
        let concerned = matches!(take.state, TakeState::Taken | TakeState::Asked);
        let moved =
            shift.moved.as_ref().filter(|moved| concerned && take.at < moved.at).map(|moved| moved.at);
        let told = moved.filter(|_| reading.now < shift.starts.timestamp());
        if let Some(at) = told
            && reading.is_news(shift.id.uuid(), at)?
        {
            notes.push(note(reading, (&post, &shift), &take, (ShiftNews::Moved, at)));
        }
        let news = match take.state {
            TakeState::Offered => ShiftNews::Offered,
            TakeState::Released => ShiftNews::Released,
            TakeState::CalledOff => ShiftNews::CalledOff,
            TakeState::Declined => ShiftNews::Declined,
            TakeState::Taken if take.is_unconfirmed() => ShiftNews::StillComing,
            TakeState::Taken if moved.is_some() => continue,
            // Whoever takes what is open knows of it; whoever asked waits for the answer.
            TakeState::Taken if post.terms.entry == PostEntry::Asked && !said_yes(&take) => {
                ShiftNews::Confirmed
            }
            TakeState::Taken | TakeState::Dropped | TakeState::Asked | TakeState::SaidNo => continue,
        };
        let at = take.reminded.filter(|_| news == ShiftNews::StillComing).unwrap_or(take.at);
        if shift.starts.timestamp() <= reading.now || !reading.is_news(take.id.uuid(), at)? {
            continue;
        }
        let answered = reading.wishes.about_shift(shift.id, true).is_some_and(|wish| waits(&wish.state));
        if news == ShiftNews::Offered && answered {
            continue;
        }
        notes.push(note(reading, (&post, &shift), &take, (news, at)));
    }
    guests(reading, notes)?;
    swap::news(reading, notes)?;
    notes.extend(crate::view::guest::news(reading)?);
    nobody_left(reading, notes)
}

/// Whether they come because they said yes to being asked: that is no news to them. An offer of before is none of it.
fn said_yes(take: &Take) -> bool {
    take.offer.as_ref().is_some_and(|offer| !offer.past) && take.entered.is_none()
}

fn note(
    reading: &Reading<'_>,
    (post, shift): (&Post, &Shift),
    take: &Take,
    (news, at): (ShiftNews, Timestamp),
) -> Note {
    let until = take.offer.as_ref().map(|offer| reading.zoned(offer.until));
    // That it moved, and whether they still come, may be asked in one moment.
    let what = if news == ShiftNews::Moved { "shift-moved" } else { "shift" };
    Note {
        keys: vec![format!("{what}/{}/{}", take.id, at.as_millisecond())],
        what: NoteKind::Shift { news },
        title: post.title.clone(),
        children: Vec::new(),
        at,
        due: until.filter(|_| news == ShiftNews::Offered).or_else(|| Some(shift.starts.clone())),
        to_do: matches!(news, ShiftNews::StillComing | ShiftNews::Offered),
        urgent: false,
        opens: reading.opens(OpensAt::Shifts),
    }
}

/// For a desk: nobody is left to ask to stand in, and a place is still free.
fn nobody_left(reading: &Reading<'_>, notes: &mut Vec<Note>) -> Result<(), Fault> {
    let posts: Vec<Post> = reading.snapshot.list(List::All(Kind::Post))?;
    for post in posts.iter().filter(|post| reading.may(Power::ManageShifts, &post.held_at)) {
        let shifts: Vec<Shift> = reading.snapshot.list(List::ShiftsOf(post.id))?;
        for shift in
            shifts.into_iter().filter(|shift| shift.is_on() && reading.now < shift.starts.timestamp())
        {
            let search: Option<StandInSearch> = reading.snapshot.get(StandInSearch::of(shift.id))?;
            let left = search.filter(|search| search.state == StandInState::NobodyLeft);
            let Some(search) = left else { continue };
            if !reading.is_news(search.id.uuid(), search.changed)? {
                continue;
            }
            notes.push(Note {
                keys: vec![format!("stand-in/{}/{}", search.id, search.changed.as_millisecond())],
                what: NoteKind::Shift { news: ShiftNews::NobodyLeft },
                title: post.title.clone(),
                children: Vec::new(),
                at: search.changed,
                due: Some(shift.starts),
                to_do: true,
                urgent: false,
                opens: reading.opens(OpensAt::Shifts),
            });
        }
    }
    Ok(())
}

/// For whoever receives a guest: that they do, and that the guest is there.
fn guests(reading: &Reading<'_>, notes: &mut Vec<Note>) -> Result<(), Fault> {
    let guests: Vec<Guest> = reading.snapshot.list(List::ReceivedBy(reading.me))?;
    for guest in guests.into_iter().filter(|one| !one.gone && reading.day <= one.day) {
        let (news, at) = match guest.came {
            Some(came) => (ShiftNews::GuestCame, came),
            None => (ShiftNews::GuestComes, guest.at),
        };
        if !reading.is_news(guest.id.uuid(), at)? {
            continue;
        }
        let mut starts = None;
        for id in &guest.shifts {
            let shift: Option<Shift> = reading.snapshot.get(*id)?;
            starts = starts.into_iter().chain(shift.map(|shift| shift.starts)).min();
        }
        notes.push(Note {
            keys: vec![format!("guest/{}/{}", guest.id, at.as_millisecond())],
            what: NoteKind::Shift { news },
            title: guest.name,
            children: Vec::new(),
            at,
            due: starts,
            to_do: news == ShiftNews::GuestComes,
            urgent: false,
            opens: reading.opens(OpensAt::Today),
        });
    }
    Ok(())
}
