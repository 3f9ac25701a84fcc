//! What a post says beside its times: to which campaign it belongs, whom it is for, what it asks, how one gets in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Campaign, Facts, Id, Kind, Person, Place, PupilTerms, Qualification, Refusal, Role, Stop, Venue, limits,
    limits::check_text, list::List, tag,
};

/// Whom a post is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Population {
    /// Everybody who belongs to the school.
    #[default]
    Everyone,
    /// Guardians of children here.
    Parents,
    /// Who works here.
    Staff,
}

/// How one gets into a shift.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum PostEntry {
    /// Whoever takes it first has it.
    #[default]
    Open,
    /// One asks, and the desk confirms.
    Asked,
}

/// How a stand-in is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum StandInRule {
    /// By itself, when a place is given back: from a week before the shift.
    #[default]
    ByItself,
    /// When the desk says so.
    Desk,
    /// Not at all.
    Off,
}

/// How people who come to a post swap shifts with one another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum SwapRule {
    /// At once, as two agree.
    #[default]
    Free,
    /// Two agree, and the desk confirms.
    Confirmed,
    /// Not at all; the desk still can for them.
    Off,
}

/// What a post says beside its times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(default)]
pub struct PostTerms {
    /// The campaign it belongs to.
    pub campaign: Option<Id<Campaign>>,
    /// Further programme tags it counts for.
    pub tags: Vec<String>,
    /// Whom it is for.
    pub population: Population,
    /// How one gets in.
    pub entry: PostEntry,
    /// How the work is done, step by step; plain text, read by whoever comes.
    pub handbook: String,
    /// The member of staff who is there for the volunteers.
    pub supervisor: Option<Id<Person>>,
    /// In which venue of the school's.
    pub held_in: Option<Id<Venue>>,
    /// What whoever comes must have: at most [`limits::REQUIRED_PER_POST`].
    pub requires: Vec<Id<Qualification>>,
    /// Minutes between two shifts of one person, at least; up to [`limits::REST_MINUTES`].
    pub rest_min: u32,
    /// How a stand-in is looked for, when somebody gives a place back.
    pub stand_in: StandInRule,
    /// How people swap shifts with one another.
    pub swap: SwapRule,
    /// On what terms it takes pupils; it takes none if `None`.
    pub pupils: Option<PupilTerms>,
    /// 客人也可以来: guests from outside may be written down for its shifts; only of a post that is for everyone.
    pub guests: bool,
}

impl PostTerms {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// How people swap its shifts: where one asks to come and the desk says yes or no, no swap goes round that.
    #[must_use]
    pub fn swap_rule(&self) -> SwapRule {
        match (self.swap, self.entry) {
            (SwapRule::Free, PostEntry::Asked) => SwapRule::Confirmed,
            (rule, _) => rule,
        }
    }

    /// The rows it names; not people.
    pub(crate) fn names(&self) -> impl Iterator<Item = uuid::Uuid> {
        let required = self.requires.iter().map(|one| one.uuid());
        required.chain(self.campaign.map(Id::uuid)).chain(self.held_in.map(Id::uuid))
    }

    pub(crate) fn tidy(&self) -> Self {
        let handbook = self.handbook.trim().to_owned();
        Self { handbook, tags: tag::tidy_tags(&self.tags), ..self.clone() }
    }

    /// Refuses what a post at the place with this path could not say; `before` is what it said until now, which may stay.
    pub(crate) fn check(&self, facts: &Facts, path: &[Id<Place>], before: Option<&Self>) -> Result<(), Stop> {
        let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
        let too_many = |field: &str, limit| Err(Refusal::TooMany { field: field.into(), limit }.into());
        check_text("handbook", &self.handbook, 0, limits::BODY_CHARS)?;
        tag::check("tags", &self.tags)?;
        if self.requires.len() > limits::REQUIRED_PER_POST {
            return too_many("requires", u32::try_from(limits::REQUIRED_PER_POST).unwrap_or(u32::MAX));
        }
        if self.guests && self.population != Population::Everyone {
            return malformed("guests");
        }
        if self.rest_min > limits::REST_MINUTES {
            return too_many("rest_min", limits::REST_MINUTES);
        }
        self.pupils.as_ref().map_or(Ok(()), PupilTerms::check)?;
        if let Some(id) = self.campaign.filter(|id| before.and_then(|one| one.campaign) != Some(*id)) {
            let campaign = facts.get(id)?;
            if !campaign.is_open() {
                return Err(facts.missing(Kind::Campaign));
            }
            if !path.contains(&campaign.draft.place) {
                return malformed("campaign");
            }
        }
        let elsewhere = self.held_in.filter(|id| before.and_then(|one| one.held_in) != Some(*id));
        if let Some(id) = elsewhere
            && facts.get(id)?.dropped
        {
            return Err(facts.missing(Kind::Venue));
        }
        let asked = self.requires.iter().filter(|id| before.is_none_or(|one| !one.requires.contains(*id)));
        for one in Facts::each(asked, |id| facts.get(*id))? {
            if one.dropped {
                return Err(facts.missing(Kind::Qualification));
            }
            // Somebody at the post's desk has to be able to confirm it.
            if !one.is_minded_at(path) {
                return malformed("requires");
            }
        }
        Ok(())
    }

    /// The name of the supervisor, who has to work here.
    pub(crate) fn supervisor_name(&self, facts: &Facts) -> Result<String, Stop> {
        let Some(person) = self.supervisor else { return Ok(String::new()) };
        let today = facts.today()?;
        let roles = facts.list::<Role>(List::RolesOf(person), limits::ROWS_PER_LIST)?;
        let role = roles.into_iter().find(|role| role.holds(today));
        role.map(|role| role.person_name.clone()).ok_or_else(|| facts.missing(Kind::Person))
    }
}
