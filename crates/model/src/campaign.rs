//! 主题活动: what gathers posts under one name for some weeks or a day (绿书签, 学雷锋).

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Decision, Facts, Feed, Id, Kind, List, Place, Power, Refusal, Stop, limits,
    limits::check_text, rights, tag,
};

/// A campaign as its desk keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct CampaignDraft {
    /// The place whose desk runs it. Settled as it is made.
    pub place: Id<Place>,
    /// “绿书签”志愿者实践活动
    pub name: String,
    /// What it is for; plain text, may be empty.
    pub about: String,
    /// Programme tags its posts count for: 六大工程, 五项创新.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Its first day, in the school's calendar.
    #[schemars(with = "String")]
    pub from: Date,
    /// Its last day; the same for a campaign of one day.
    #[schemars(with = "String")]
    pub to: Date,
}

/// A campaign. Public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Campaign {
    /// Identity.
    pub id: Id<Campaign>,
    /// What it is.
    #[serde(flatten)]
    pub draft: CampaignDraft,
    /// The path of its place.
    pub held_at: Vec<Id<Place>>,
    /// Counts its changes, so that two who change it at once notice.
    pub version: u32,
    /// Since when it takes no new posts.
    #[serde(default)]
    pub ended: Option<Timestamp>,
}

impl CampaignDraft {
    fn check(&self) -> Result<(), Stop> {
        check_text("name", &self.name, 1, limits::TITLE_CHARS)?;
        check_text("about", &self.about, 0, limits::BODY_CHARS)?;
        tag::check("tags", &self.tags)?;
        if self.from > self.to {
            return Err(Refusal::Malformed { field: "to".into() }.into());
        }
        Ok(())
    }

    fn tidy(&self) -> Self {
        let (name, about) = (self.name.trim().to_owned(), self.about.trim().to_owned());
        Self { name, about, tags: tag::tidy_tags(&self.tags), ..self.clone() }
    }
}

impl Campaign {
    /// Whether new posts may belong to it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.ended.is_none()
    }
}

/// Keeps a campaign: a new one, or one that is there as it reads now.
pub(crate) fn put(
    facts: &Facts,
    actor: &Actor,
    id: Id<Campaign>,
    draft: &CampaignDraft,
    version: u32,
) -> Decision {
    let path = facts.get(draft.place)?.path.clone();
    rights::require_power(facts, actor, Power::ManageShifts, &path)?;
    draft.check()?;
    let campaign = if let Some(before) = facts.find(id)? {
        if before.draft.place != draft.place {
            return Err(Refusal::Malformed { field: "place".into() }.into());
        }
        if before.version != version {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        if !before.is_open() {
            return Err(Refusal::PostEnded.into());
        }
        Campaign { draft: draft.tidy(), version: version.saturating_add(1), ..before.clone() }
    } else {
        if facts.taken(id)? || version != 0 {
            return Err(Refusal::Malformed { field: "id".into() }.into());
        }
        let kept = facts.list::<Campaign>(List::All(Kind::Campaign), limits::ROWS_PER_LIST)?;
        if kept.iter().filter(|one| one.is_open()).count() >= limits::CAMPAIGNS {
            let limit = u32::try_from(limits::CAMPAIGNS).unwrap_or(u32::MAX);
            return Err(Refusal::TooMany { field: "campaigns".into(), limit }.into());
        }
        Campaign { id, draft: draft.tidy(), held_at: path, version: 0, ended: None }
    };
    Ok(vec![Change::put(campaign, [Feed::School])])
}

/// Lets no new posts belong to a campaign. Its posts stay as they are.
pub(crate) fn end(facts: &Facts, actor: &Actor, id: Id<Campaign>) -> Decision {
    let campaign = facts.get(id)?;
    rights::require_power(facts, actor, Power::ManageShifts, &campaign.held_at)?;
    if !campaign.is_open() {
        return Err(Refusal::PostEnded.into());
    }
    let (version, ended) = (campaign.version.saturating_add(1), Some(facts.now()));
    Ok(vec![Change::put(Campaign { version, ended, ..campaign.clone() }, [Feed::School])])
}
