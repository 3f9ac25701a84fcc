//! On the day: one's own shifts near their time, the code one shows, and what a kiosk reads.

use xinmei_model::{
    Act, DutyCodeFault, DutySaid, DutyScan, DutyWish, HoursAct, Id, List, OnDuty, Post, Power, Shift, Take,
    TakeState, limits,
};

use super::{roll::line, school_key};
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        duty::{CheckOut, DutyCode, Own, OwnDuties, OwnDuty, Scan, Scanned, ShowCode},
    },
    fault::{broken, invalid},
    view::{
        ask::{no_power, read, save},
        class::qr_of,
        reading::Reading,
    },
};

impl Ask for Own {
    type Reply = OwnDuties;

    async fn answer(self, client: &Client) -> Result<OwnDuties, Fault> {
        read(client, own).await
    }
}

impl Ask for ShowCode {
    type Reply = DutyCode;

    async fn answer(self, client: &Client) -> Result<DutyCode, Fault> {
        read(client, move |reading| code(reading, self.shift)).await
    }
}

impl Ask for CheckOut {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { shift, until } = self;
        let now = client.read(|snapshot| Ok(Reading::open(snapshot)?.now)).await?;
        save(client, Act::Hours(HoursAct::CheckOut { shift, until: until.unwrap_or(now) })).await
    }
}

impl Ask for Scan {
    type Reply = Scanned;

    async fn answer(self, client: &Client) -> Result<Scanned, Fault> {
        let shift = self.shift;
        let (scanned, says) = read(client, move |reading| scan(reading, &self)).await?;
        if let Some(wish) = says {
            let mark = HoursAct::MarkDuty { shift, people: vec![wish] };
            save(client, Act::Hours(mark)).await?;
        }
        Ok(scanned)
    }
}

pub(super) fn own(reading: &Reading<'_>) -> Result<OwnDuties, Fault> {
    let takes: Vec<Take> = reading.snapshot.list(List::TakesBy(reading.me))?;
    let (mut duties, mut edges) = (Vec::new(), Vec::new());
    for take in takes {
        let Some(shift): Option<Shift> = reading.snapshot.get(take.shift)? else { continue };
        let Some(post): Option<Post> = reading.snapshot.get(take.post)? else { continue };
        let row: Option<OnDuty> = reading.snapshot.get(OnDuty::of(shift.id, reading.me))?;
        let comes = take.state == TakeState::Taken && shift.is_on();
        let from = shift.starts.saturating_sub(limits::CHECK_IN_BEFORE).timestamp();
        let to = shift.ends.saturating_add(limits::DUTY_CLOSED).timestamp();
        edges.extend([from, to]);
        if !comes && row.is_none() || reading.now < from || to <= reading.now {
            continue;
        }
        let left = |act: &Act| match act {
            Act::Hours(HoursAct::CheckOut { shift: id, .. }) if *id == shift.id => Some(()),
            _ => None,
        };
        let may_leave = row.as_ref().is_some_and(|row| row.may_leave(&shift));
        let gone = matches!(row.as_ref().map(|row| &row.holds), Some(DutySaid::Came { until: Some(_), .. }));
        let by = row.as_ref().and_then(|row| row.marks.last()).map(|mark| mark.by_name.clone());
        duties.push(OwnDuty {
            shift: shift.id,
            title: post.title,
            meeting_point: post.meeting_point,
            handbook: post.terms.handbook,
            starts: shift.starts,
            ends: shift.ends,
            said: row.map(|row| row.holds),
            by: by.unwrap_or_default(),
            may_leave,
            has_code: comes && !gone && take.code().is_some(),
            waits: reading.wishes.newest(left).map(|(_, item)| item.state.clone()),
        });
    }
    duties.sort_by_key(|duty| duty.starts.timestamp());
    Ok(OwnDuties { duties, turns: edges.into_iter().filter(|at| *at > reading.now).min() })
}

fn code(reading: &Reading<'_>, shift: Id<Shift>) -> Result<DutyCode, Fault> {
    let takes: Vec<Take> = reading.snapshot.list(List::TakesBy(reading.me))?;
    let take = takes.into_iter().find(|take| take.shift == shift).ok_or_else(|| invalid("shift"))?;
    let code = take.code().ok_or_else(|| invalid("shift"))?;
    let qr = qr_of(&code).map_err(|error| broken(&error.to_string()))?;
    Ok(DutyCode { name: take.person_name, code, qr })
}

/// What a code comes to, and what is to be said by it.
pub(super) fn scan(reading: &Reading<'_>, asked: &Scan) -> Result<(Scanned, Option<DutyWish>), Fault> {
    let shift: Shift = reading.snapshot.get(asked.shift)?.ok_or_else(|| invalid("shift"))?;
    let post: Post = reading.snapshot.get(shift.post)?.ok_or_else(|| invalid("shift"))?;
    if !reading.marks_duty_of(&post) {
        return Err(no_power(Power::ManageShifts));
    }
    shift.takes_marks_at(reading.now).map_err(|refusal| Fault::Refused { refusal })?;
    let key = school_key(reading).unwrap_or_default();
    let school = reading.school.as_ref().map(|school| school.id).ok_or_else(|| invalid("shift"))?;
    let id = match Take::of_code(&asked.code, school, &key) {
        Ok(id) => id,
        Err(DutyCodeFault::Unreadable) => return Ok((Scanned::Unreadable, None)),
        Err(DutyCodeFault::NotSigned) => return Ok((Scanned::Forged, None)),
    };
    let Some(take): Option<Take> = reading.snapshot.get(id)? else { return Ok((Scanned::NotHere, None)) };
    let name = take.person_name.clone();
    if take.shift != shift.id {
        let there: Option<(Shift, Post)> =
            reading.snapshot.get(take.shift)?.zip(reading.snapshot.get(take.post)?);
        let Some((there, of)) = there else { return Ok((Scanned::NotHere, None)) };
        let Shift { starts, ends, .. } = there;
        return Ok((Scanned::OtherShift { name, title: of.title, starts, ends }, None));
    }
    if take.state != TakeState::Taken {
        return Ok((Scanned::GaveBack { name }, None));
    }
    let guest = reading.guest_of(take.person)?;
    let row: Option<OnDuty> = reading.snapshot.get(OnDuty::of(shift.id, take.person))?;
    // Whoever was let in is let out.
    let is_in = row.as_ref().is_some_and(|row| matches!(row.holds, DutySaid::Came { .. }));
    let alone = !is_in && guest.as_ref().is_some_and(|guest| !guest.received);
    if alone && !reading.may(Power::ManageShifts, &post.held_at) {
        return Ok((Scanned::NobodyReceives { name }, None));
    }
    let known = line(reading, &shift, (take.person, name.clone()), row.as_ref())?;
    let what = DutyScan::of(known.said.as_ref(), reading.now);
    let says = what.says(reading.now);
    let wish = says.map(|said| DutyWish { person: take.person, said, seen: known.seen });
    Ok((Scanned::Person { person: take.person, name, what, guest }, wish))
}
