//! What a volunteer is told: that somebody asks them to come, what the desk said, and that a shift was called off or moved.

use xinmei_model::{Kind, List, Post, PostEntry, Power, Shift, StandInSearch, StandInState, Take, TakeState};

use super::{Note, NoteKind, OpensAt};
use crate::{
    api::{Fault, notification::ShiftNews},
    view::{reading::Reading, wishes::waits},
};

pub(super) fn news(reading: &Reading<'_>, notes: &mut Vec<Note>) -> Result<(), Fault> {
    let takes: Vec<Take> = reading.snapshot.list(List::TakesBy(reading.me))?;
    for take in takes {
        let Some(shift): Option<Shift> = reading.snapshot.get(take.shift)? else { continue };
        let Some(post): Option<Post> = reading.snapshot.get(take.post)? else { continue };
        let concerned = matches!(take.state, TakeState::Taken | TakeState::Asked | TakeState::Offered);
        let moved =
            shift.moved.as_ref().filter(|moved| concerned && take.at < moved.at).map(|moved| moved.at);
        let news = match take.state {
            _ if moved.is_some() => ShiftNews::Moved,
            TakeState::Offered => ShiftNews::Offered,
            TakeState::Released => ShiftNews::Released,
            TakeState::CalledOff => ShiftNews::CalledOff,
            TakeState::Declined => ShiftNews::Declined,
            TakeState::Taken if take.is_unconfirmed() => ShiftNews::StillComing,
            // Whoever takes what is open knows of it; whoever asked waits for the answer.
            TakeState::Taken if post.terms.entry == PostEntry::Asked => ShiftNews::Confirmed,
            TakeState::Taken | TakeState::Dropped | TakeState::Asked | TakeState::SaidNo => continue,
        };
        let still = news == ShiftNews::StillComing;
        let asked = take.reminded.filter(|_| still).unwrap_or(take.at);
        let (row, at) = moved.map_or((take.id.uuid(), asked), |at| (shift.id.uuid(), at));
        if shift.starts.timestamp() <= reading.now || !reading.is_news(row, at)? {
            continue;
        }
        let answered = reading.wishes.about_shift(shift.id, true).is_some_and(|wish| waits(&wish.state));
        if news == ShiftNews::Offered && answered {
            continue;
        }
        let until = take.offer.as_ref().map(|offer| reading.zoned(offer.until));
        notes.push(Note {
            keys: vec![format!("shift/{}/{}", take.id, at.as_millisecond())],
            what: NoteKind::Shift { news },
            title: post.title,
            children: Vec::new(),
            at,
            due: until.filter(|_| news == ShiftNews::Offered).or(Some(shift.starts)),
            to_do: still || news == ShiftNews::Offered,
            urgent: false,
            opens: reading.opens(OpensAt::Shifts),
        });
    }
    nobody_left(reading, notes)
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
