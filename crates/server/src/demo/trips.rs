//! Partners, and trips: planned, with slips that are signed in part, and one whose roll is being called.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use xinmei_model::{
    Act, Actor, AnsweredBy, Answering, Ask, Audience, Booking, BookingState, Event, Id, List, Notice,
    NoticeDraft, PartnerOrg, Reply, RoleKind, Row, Seat, Session, Target, TripChild, TripMarking, limits,
};

use super::{
    calendar::Chance,
    cast::{Cast, guardian},
    events, notices,
    stage::{Stage, act, composed, must},
    trip_data::{Planned, data},
};
use crate::{Fail, Result, files::Files, ledger::Tx};

/// Puts partners and trips on the stage.
pub(super) fn stage(stage: &mut Stage, cast: &Arc<Cast>, files: &Files) -> Result<()> {
    let data = data()?;
    for held in &data.events {
        events::stage(stage, cast, held, files)?;
    }
    let identity = Arc::clone(&stage.ledger.identity);
    let partner = |name: &str| composed::<PartnerOrg>(&identity, &format!("demo/partner/{name}"));
    for draft in data.partners {
        let by = cast.staff(RoleKind::Coordinator, None)?;
        let put = Act::PutPartner { partner: partner(&draft.name), draft };
        stage.at(stage.begins, move |tx| must(tx, by, &put));
    }
    for trip in data.trips {
        let with = partner(&trip.partner);
        self::trip(stage, cast, &trip, with)?;
    }
    Ok(())
}

fn trip(stage: &mut Stage, cast: &Cast, trip: &Planned, with: Id<PartnerOrg>) -> Result<()> {
    let by = cast.staff(RoleKind::Coordinator, Some(cast.campus(&trip.campus)?))?;
    let identity = Arc::clone(&stage.ledger.identity);
    let event: Id<Event> = composed(&identity, &format!("demo/event/{}", trip.event));
    let session: Id<Session> = composed(&identity, &format!("demo/session/{}/{}", trip.event, trip.session));
    let notice: Id<Notice> = composed(&identity, &format!("demo/slip/{}", trip.event));
    let now = stage.days.now();
    let ago = |minutes| now.saturating_sub(SignedDuration::from_mins(minutes)).map_err(Fail::broken);
    // In a school that is younger than its plan it all happens in its last hour.
    let planned = stage.days.when(&trip.planned)?.timestamp().max(stage.begins).min(ago(50)?);
    let sent = stage.days.when(&trip.slip.sent)?.timestamp().max(planned).min(ago(45)?);
    let due = stage.days.when(&trip.slip.due)?;
    let plan = Act::PlanTrip { event, plan: trip.plan.clone() };
    let name = Act::NamePartner { event, partner: Some(with) };
    stage.at(planned, move |tx| {
        act(tx, by, &plan)?;
        act(tx, by, &name).map(|_| ())
    });
    let draft = NoticeDraft {
        id: notice,
        audience: Audience { include: vec![Target::Event(event)], except: Vec::new() },
        families_seen: 0,
        title: trip.slip.title.clone(),
        body: trip.slip.body.clone(),
        ask: Ask::Sign,
        answered_by: AnsweredBy::AnyGuardian,
        due: Some(due),
        send_at: None,
        supersedes: None,
        keeps_answers: false,
        asks_again: Default::default(),
        changed: None,
        class_reads: false,
        reminds: false,
        alert: None,
        files: Vec::new(),
    };
    stage.at(sent, move |tx| {
        let families_seen = notices::families(tx, &draft.audience)?;
        // In a school that is younger than its plan nobody has signed up yet.
        if families_seen == 0 {
            return Ok(());
        }
        must(tx, by, &Act::SendNotice { notice: NoticeDraft { families_seen, ..draft.clone() } })
    });
    let (signed, title) = (trip.signed, trip.slip.title.clone());
    stage.at(ago(20)?, move |tx| sign(tx, session, (notice, &title), signed));
    let (called, away, at) = (trip.called, trip.away.clone(), ago(4)?);
    stage.at(ago(3)?, move |tx| call(tx, by, session, called, &away, at));
    Ok(())
}

/// So many of a hundred families sign, and one of them says no.
fn sign(
    tx: &mut Tx<'_>,
    session: Id<Session>,
    (id, title): (Id<Notice>, &str),
    hundredths: u64,
) -> Result<()> {
    let found = tx.row(id.uuid())?.map(|(row, _, _)| row);
    let Some(Row::Notice(notice)) = found.as_deref() else { return Ok(()) };
    let sha256 = notice.text_sha256();
    let mut chance = Chance::of(title);
    let mut no = true;
    for row in tx.list(List::BookingsOf(session), limits::ROWS_PER_LIST)? {
        let Row::Booking(Booking { id: booking, guardian: who, state: BookingState::Confirmed, .. }) = &*row
        else {
            continue;
        };
        for row in tx.list(List::SeatsOf(*booking), limits::ROWS_PER_LIST)? {
            let Row::Seat(Seat { child, .. }) = &*row else { continue };
            if !chance.percent(hundredths) {
                continue;
            }
            let reply = Reply::Sign { agrees: !std::mem::take(&mut no), sha256: sha256.clone() };
            // Who joined after it went out was not asked.
            act(tx, guardian(*who), &Act::Answer(Answering::new(id, *child, reply)))?;
        }
    }
    Ok(())
}

/// So many of a hundred children are called before they leave; one is not there.
fn call(
    tx: &mut Tx<'_>,
    by: Actor,
    session: Id<Session>,
    hundredths: u64,
    away: &str,
    at: Timestamp,
) -> Result<()> {
    let mut chance = Chance::of(&format!("roll/{session}"));
    let mut missing = !away.is_empty();
    for row in tx.list(List::TripChildrenOf(session), limits::ROWS_PER_LIST)? {
        let Row::TripChild(TripChild { child, .. }) = &*row else { continue };
        if !chance.percent(hundredths) {
            continue;
        }
        let here = !std::mem::take(&mut missing);
        let note = if here { String::new() } else { away.to_owned() };
        let wish = TripMarking { session, stop: 0, child: *child, here, note, replaces: 0, at };
        act(tx, by, &Act::MarkTrip(wish))?;
    }
    Ok(())
}
