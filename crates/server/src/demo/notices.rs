//! Notices and the answers to them.

use std::sync::Arc;

use jiff::SignedDuration;
use xinmei_model::{
    Act, Actor, AnsweredBy, Answering, Ask, Audience, FieldKind, Id, Notice, NoticeDraft, Person, Place,
    Reply, RoleKind, SeriesDraft, Target, file_names, recipients,
};

use super::{
    calendar::Chance,
    cast::{Cast, Family, guardian},
    files::upload,
    plan::{Keeper, Kept, Repeated, Said},
    stage::{Stage, act, between, composed, must},
};
use crate::{Fail, Result, files::Files, ledger::Tx};

/// Puts a notice on the stage: sent, released after the hold window, answered in two waves.
pub(super) fn stage(stage: &mut Stage, cast: &Arc<Cast>, said: &Said, files: &Files) -> Result<()> {
    let place = place(cast, said)?;
    let kind = if said.class.is_some() { RoleKind::ClassTeacher } else { RoleKind::Coordinator };
    let author = match (&said.by, &said.grade) {
        (Some(title), _) => cast.titled(title)?,
        (None, Some((campus, _))) => cast.staff(kind, Some(cast.campus(campus)?))?,
        (None, None) => cast.staff(kind, Some(place))?,
    };
    let identity = Arc::clone(&stage.ledger.identity);
    let named = |key: &str| composed::<Notice>(&identity, &format!("demo/notice/{key}"));
    let id = named(&said.key);
    let now = stage.days.now();
    let late = now.saturating_sub(SignedDuration::from_mins(12)).map_err(Fail::broken)?;
    let sent = stage.days.when(&said.sent)?.timestamp().min(late).max(stage.begins);
    // In a school that is younger than its plan nothing is due before it was sent.
    let soon = sent.saturating_add(SignedDuration::from_mins(12)).map_err(Fail::broken)?;
    let due = said.due.as_deref().map(|due| stage.days.when(due)).transpose()?;
    let due = due.filter(|due| due.timestamp() > soon);
    let comes = said.event.as_ref().map(|title| composed(&identity, &format!("demo/event/{title}")));
    let target = comes.map_or(Target::Place(place), Target::Event);
    let draft = NoticeDraft {
        id,
        audience: Audience { include: vec![target], except: Vec::new() },
        families_seen: 0,
        title: said.title.clone(),
        body: said.body.clone(),
        ask: said.ask.clone(),
        answered_by: AnsweredBy::AnyGuardian,
        class_reads: said.grade.is_some(),
        reminds: said.reminds && due.is_some(),
        due,
        send_at: None,
        keeps_answers: false,
        asks_again: Default::default(),
        supersedes: said.supersedes.as_deref().map(named),
        changed: said.changed.clone(),
        alert: None,
        files: Vec::new(),
    };
    let (names, kept) = (said.files.clone(), files.clone());
    stage.at(sent, move |tx| {
        let families_seen = families(tx, &draft.audience)?;
        // In a school that is younger than its plan nobody has signed up yet.
        if families_seen == 0 && comes.is_some() {
            return Ok(());
        }
        let Actor::Person { person, .. } = author else { return Err(Fail::broken("a notice has an author")) };
        let files = names.iter().map(|name| upload(tx, &kept, person, name)).collect::<Result<_>>()?;
        must(tx, author, &Act::SendNotice { notice: NoticeDraft { families_seen, files, ..draft.clone() } })
    });
    if let Some(title) = &said.approved_by {
        let head = cast.titled(title)?;
        let agreed = sent.saturating_add(SignedDuration::from_mins(9)).map_err(Fail::broken)?;
        stage.at(agreed, move |tx| must(tx, head, &Act::ApproveNotice { notice: id }));
    } else if said.by.is_some() {
        // It waits.
        return Ok(());
    }
    // The hold window is over.
    let out = sent
        .saturating_add(SignedDuration::from_mins(if said.by.is_some() { 12 } else { 3 }))
        .map_err(Fail::broken)?;
    stage.at(out, |_| Ok(()));
    if let Some((at, words)) = &said.recalled {
        let soon = out.saturating_add(SignedDuration::from_mins(1)).map_err(Fail::broken)?;
        let back = Act::RecallNotice { notice: id, words: words.clone() };
        stage.at(stage.days.when(at)?.timestamp().max(soon), move |tx| must(tx, author, &back));
    }
    if !said.ask.is_duty() {
        return Ok(());
    }
    let day = sent.saturating_add(SignedDuration::from_hours(22)).map_err(Fail::broken)?;
    let end = day.min(now);
    let replies = said.replies.clone();
    let families: Vec<_> = (0..).zip(answering(cast, said, place)?).collect();
    let first = families.len() / 3 * 2;
    for (hundredths, wave) in [(40, families.get(..first)), (90, families.get(first..))] {
        let (wave, replies) = (wave.unwrap_or_default().to_vec(), replies.clone());
        let kept = files.clone();
        stage.at(between(out, end, hundredths), move |tx| answer(tx, &kept, id, &wave, &replies));
    }
    Ok(())
}

/// Lets a notice repeat.
pub(super) fn series(stage: &mut Stage, cast: &Cast, repeated: &Repeated) -> Result<()> {
    let (campus, grade, number) = &repeated.class;
    let class = cast.cohort(campus, *grade, Some(*number))?;
    let author = cast.staff(RoleKind::ClassTeacher, Some(class))?;
    let identity = Arc::clone(&stage.ledger.identity);
    let named = format!("demo/series/{}", repeated.title);
    let notice = NoticeDraft {
        id: composed(&identity, &format!("{named}/first")),
        audience: Audience { include: vec![Target::Place(class)], except: Vec::new() },
        families_seen: 0,
        title: repeated.title.clone(),
        body: repeated.body.clone(),
        ask: Ask::Nothing,
        answered_by: AnsweredBy::AnyGuardian,
        due: None,
        send_at: Some(stage.days.when(&repeated.first)?),
        keeps_answers: false,
        asks_again: Default::default(),
        supersedes: None,
        changed: None,
        class_reads: false,
        reminds: false,
        alert: None,
        files: Vec::new(),
    };
    let series = SeriesDraft {
        id: composed(&identity, &named),
        notice,
        rule: repeated.rule.clone(),
        skip_holidays: repeated.skip_holidays,
    };
    stage.at(stage.days.now(), move |tx| {
        let families_seen = families(tx, &series.notice.audience)?;
        let notice = NoticeDraft { families_seen, ..series.notice.clone() };
        must(tx, author, &Act::RepeatNotice { series: SeriesDraft { notice, ..series.clone() } })
    });
    Ok(())
}

/// As many as an author would be shown.
pub(super) fn families(tx: &mut Tx<'_>, audience: &Audience) -> Result<u32> {
    let seen = tx.settle(|facts| recipients(facts, audience))?;
    Ok(u32::try_from(seen.map_or(0, |seen| seen.families.len())).unwrap_or(u32::MAX))
}

/// Puts a template there from the beginning.
pub(super) fn template(stage: &mut Stage, cast: &Cast, kept: &Kept) -> Result<()> {
    let school = kept.by == Keeper::School;
    let keeper = if school {
        cast.staff(RoleKind::Administrator, None)?
    } else {
        let class = cast.family(super::CHILD)?.path.last().copied();
        cast.staff(RoleKind::ClassTeacher, class)?
    };
    let name = format!("demo/template/{}", kept.draft.name);
    let template = composed(&stage.ledger.identity, &name);
    let put = Act::PutTemplate { template, draft: kept.draft.clone(), school };
    stage.at(stage.begins, move |tx| must(tx, keeper, &put));
    Ok(())
}

fn place(cast: &Cast, said: &Said) -> Result<Id<Place>> {
    match (&said.class, &said.grade, &said.campus) {
        (Some((campus, grade, number)), ..) => cast.cohort(campus, *grade, Some(*number)),
        (None, Some((campus, grade)), _) => cast.cohort(campus, *grade, None),
        (None, None, Some(campus)) => cast.campus(campus),
        (None, None, None) if said.by.is_some() => cast.root(),
        (None, None, None) => Err(Fail::broken(format!("to whom is {}?", said.key))),
    }
}

/// Who answers; the family of the pictures only where the plan says so.
fn answering(cast: &Cast, said: &Said, place: Id<Place>) -> Result<Vec<Family>> {
    let mut chance = Chance::of(&said.key);
    let own = &cast.family(super::CHILD)?.deciding;
    let mut families = Vec::new();
    for family in cast.families.iter().filter(|family| family.path.contains(&place)) {
        let happens = chance.percent(said.answered_percent);
        let own = family.deciding.iter().any(|person| own.contains(person));
        let named = said.answered.contains(&family.number);
        if named || happens && !own {
            families.push(family.clone());
        }
    }
    chance.shuffle(&mut families);
    Ok(families)
}

/// A reply with the files that it names.
fn with_files(tx: &mut Tx<'_>, kept: &Files, by: Id<Person>, ask: &Ask, reply: Reply) -> Result<Reply> {
    let (Ask::FillIn { fields }, Reply::FillIn { values, .. }) = (ask, &reply) else { return Ok(reply) };
    let of_files = fields.iter().zip(values).filter(|(field, _)| field.value == FieldKind::File);
    let names = of_files.flat_map(|(_, value)| file_names(value));
    let files = names.map(|name| upload(tx, kept, by, name)).collect::<Result<_>>()?;
    Ok(Reply::FillIn { values: values.clone(), files })
}

fn answer(
    tx: &mut Tx<'_>,
    kept: &Files,
    notice: Id<Notice>,
    families: &[(usize, Family)],
    replies: &[Reply],
) -> Result<()> {
    let Ok(sent) = tx.settle(|facts| facts.get(notice).cloned())? else { return Ok(()) };
    for (turn, family) in families {
        let Some(person) = family.deciding.first() else { continue };
        let reply = match &sent.ask {
            Ask::Read => Reply::Read,
            Ask::Sign => Reply::Sign { agrees: true, sha256: sent.text_sha256() },
            Ask::Choose { .. } | Ask::FillIn { .. } => {
                let turns = replies.len().max(1);
                let reply = replies.get(turn % turns).cloned();
                reply.ok_or_else(|| Fail::broken(format!("what do families reply to {}?", sent.title)))?
            }
            _ => Reply::Acknowledge,
        };
        let reply = with_files(tx, kept, *person, &sent.ask, reply)?;
        act(tx, guardian(*person), &Act::Answer(Answering::new(notice, family.child, reply)))?;
    }
    Ok(())
}
