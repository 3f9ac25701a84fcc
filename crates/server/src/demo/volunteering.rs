//! Campaigns, and qualifications with who has them.

use std::{collections::BTreeSet, sync::Arc};

use jiff::ToSpan;
use serde::Deserialize;
use xinmei_model::{
    Act, Actor, CampaignDraft, Id, Person, Place, Population, PostEntry, PostTerms, QualificationDraft,
    RoleKind, StandInRule, SwapRule, Venue, VolunteerAct,
};

use super::{
    cast::{self, Cast},
    stage::{Stage, composed, must},
};
use crate::{Fail, Result};

/// A campaign, in school days around today.
#[derive(Clone, Deserialize)]
pub(super) struct Campaigned {
    campus: String,
    name: String,
    about: String,
    #[serde(default)]
    tags: Vec<String>,
    from: String,
    to: String,
    kept: String,
}

/// A qualification.
#[derive(Clone, Deserialize)]
pub(super) struct Qualifies {
    campus: String,
    name: String,
    about: String,
    kept: String,
    /// Days from today on which it ends; none where it does not.
    #[serde(default)]
    lasts: Option<i64>,
    /// 学号 of children whose fathers have it, and days from today on which theirs ends.
    #[serde(default)]
    fathers: Vec<(String, Option<i64>)>,
}

/// What a post says beside its times.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Says {
    campaign: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    population: Population,
    #[serde(default)]
    pub(super) entry: PostEntry,
    #[serde(default)]
    handbook: String,
    /// The coordinator of its campus is there.
    #[serde(default)]
    supervised: bool,
    /// A teacher of its campus is there, who is no coordinator.
    #[serde(default)]
    teacher_supervises: bool,
    venue: Option<String>,
    #[serde(default)]
    pub(super) requires: Vec<String>,
    #[serde(default)]
    rest_min: u32,
    #[serde(default)]
    stand_in: StandInRule,
    #[serde(default)]
    swap: SwapRule,
    /// Shifts, counted over all series from 0, at which somebody gave their place back this morning.
    #[serde(default)]
    pub(super) given_back: Vec<usize>,
    /// On what terms it takes pupils.
    pupils: Option<xinmei_model::PupilTerms>,
    /// Children who are put down.
    #[serde(default)]
    pub(super) put_down: Vec<super::pupils::PutDown>,
    /// People who ask and wait for an answer, on its first day to come.
    #[serde(default)]
    pub(super) asking: usize,
    /// Guests from outside who are written down.
    #[serde(default)]
    pub(super) guests: Vec<super::guests::Guesting>,
}

/// Puts a campaign on the stage.
pub(super) fn campaign(stage: &mut Stage, cast: &Cast, said: &Campaigned) -> Result<()> {
    let place = cast.campus(&said.campus)?;
    let author = cast.staff(RoleKind::Coordinator, Some(place))?;
    let campaign = composed(&stage.ledger.identity, &format!("demo/campaign/{}", said.name));
    let draft = CampaignDraft {
        place,
        name: said.name.clone(),
        about: said.about.clone(),
        tags: said.tags.clone(),
        from: stage.days.when(&said.from)?.date(),
        to: stage.days.when(&said.to)?.date(),
    };
    let wish = Act::Volunteer(VolunteerAct::PutCampaign { campaign, draft, version: 0 });
    stage.at(stage.days.when(&said.kept)?.timestamp(), move |tx| must(tx, author, &wish));
    Ok(())
}

/// Puts a qualification on the stage.
pub(super) fn qualification(stage: &mut Stage, cast: &Arc<Cast>, said: &Qualifies) -> Result<()> {
    let place = cast.campus(&said.campus)?;
    let author = cast.staff(RoleKind::Coordinator, Some(place))?;
    let qualification = composed(&stage.ledger.identity, &format!("demo/qualification/{}", said.name));
    let (name, about, expires) = (said.name.clone(), said.about.clone(), said.lasts.is_some());
    let training = said.name.contains("培训");
    let draft = QualificationDraft { place, name, about, expires, training };
    let wish = Act::Volunteer(VolunteerAct::PutQualification { qualification, draft, version: 0 });
    let kept = stage.days.when(&said.kept)?.timestamp();
    stage.at(kept, move |tx| must(tx, author, &wish));
    for (number, lasts) in &said.fathers {
        let xinmei_model::Actor::Person { person, .. } = cast.father(number)? else { continue };
        confirm(stage, cast, said, vec![person], *lasts)?;
    }
    Ok(())
}

/// The desk confirms that people have it.
fn confirm(
    stage: &mut Stage,
    cast: &Cast,
    said: &Qualifies,
    people: Vec<Id<Person>>,
    lasts: Option<i64>,
) -> Result<()> {
    let author = cast.staff(RoleKind::Coordinator, Some(cast.campus(&said.campus)?))?;
    let qualification = composed(&stage.ledger.identity, &format!("demo/qualification/{}", said.name));
    let today = stage.days.when("now 0")?.date();
    let until = lasts.map(|days| today.checked_add(days.days())).transpose().map_err(Fail::broken)?;
    let wish =
        Act::Volunteer(VolunteerAct::ConfirmQualification { qualification, people, until, seen: None });
    let kept = stage.days.when(&said.kept)?.checked_add(30.minutes()).map_err(Fail::broken)?;
    stage.at(kept.timestamp(), move |tx| must(tx, author, &wish));
    Ok(())
}

/// Whoever takes shifts of a post has what it asks for.
pub(super) fn confirm_all(
    stage: &mut Stage,
    cast: &Cast,
    all: &[Qualifies],
    required: &[String],
    people: &[Id<Person>],
) -> Result<()> {
    for said in all.iter().filter(|one| required.contains(&one.name)) {
        let fathers = said.fathers.iter().filter_map(|(number, _)| cast.father(number).ok());
        let known: BTreeSet<_> = fathers.filter_map(cast::person).collect();
        let others = people.iter().copied().filter(|person| !known.contains(person)).collect();
        confirm(stage, cast, said, others, said.lasts)?;
    }
    Ok(())
}

/// Who is there for the volunteers of a post, if the plan names anybody.
pub(super) fn supervisor(cast: &Cast, campus: Id<Place>, says: &Says) -> Result<Option<Actor>> {
    if says.supervised {
        return cast.staff(RoleKind::Coordinator, Some(campus)).map(Some);
    }
    Ok(cast.teachers(campus).last().copied().filter(|_| says.teacher_supervises))
}

/// What a post of a campus says.
pub(super) fn terms(stage: &Stage, cast: &Cast, campus: &str, says: &Says) -> Result<PostTerms> {
    let identity = &stage.ledger.identity;
    let supervisor = supervisor(cast, cast.campus(campus)?, says)?.and_then(cast::person);
    let held_in: Option<Id<Venue>> = match &says.venue {
        Some(name) => stage.venues.get(&(campus.to_owned(), name.clone())).copied(),
        None => None,
    };
    Ok(PostTerms {
        campaign: says.campaign.as_ref().map(|name| composed(identity, &format!("demo/campaign/{name}"))),
        tags: says.tags.clone(),
        population: says.population,
        entry: says.entry,
        handbook: says.handbook.clone(),
        supervisor,
        held_in,
        requires: says
            .requires
            .iter()
            .map(|name| composed(identity, &format!("demo/qualification/{name}")))
            .collect(),
        rest_min: says.rest_min,
        stand_in: says.stand_in,
        swap: says.swap,
        pupils: says.pupils.clone(),
        guests: !says.guests.is_empty(),
    })
}
