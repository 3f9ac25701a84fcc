//! Templates: a notice that is sent again and again, with fields for what differs each time.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, AnsweredBy, Ask, Change, Decision, Facts, Feed, Id, Kind, Level, List, Person, Power, Refusal,
    Stop, limits, limits::check_text, rights,
};

/// A notice as its author keeps it. `{日期}` in title and text is a field, filled each time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct TemplateDraft {
    /// What it is called: up to [`limits::TEMPLATE_NAME_CHARS`].
    pub name: String,
    /// One line.
    pub title: String,
    /// Plain text.
    pub body: String,
    /// What is asked.
    pub ask: Ask,
    /// Who has to answer; never one person by name.
    pub answered_by: AnsweredBy,
    /// Remind those who have not answered.
    pub reminds: bool,
}

/// A template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Identity.
    pub id: Id<Template>,
    /// Whose it is; everybody's who works here if `None`.
    pub owner: Option<Id<Person>>,
    /// What it says.
    #[serde(flatten)]
    pub draft: TemplateDraft,
    /// When it was changed last.
    pub at: Timestamp,
    /// It was dropped.
    #[serde(default)]
    pub dropped: bool,
}

/// One part of a text.
enum Part<'t> {
    Text(&'t str),
    Field(&'t str),
}

/// A text cut at its fields. A brace without its other half, or around nothing, is a brace.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let field = after.split_once('}').filter(|(name, _)| is_field(name));
        let Some((name, after)) = field else {
            let through = rest.len() - after.len();
            let (brace, after) = rest.split_at(through);
            parts.push(Part::Text(brace));
            rest = after;
            continue;
        };
        parts.extend([Part::Text(before), Part::Field(name.trim())]);
        rest = after;
    }
    parts.push(Part::Text(rest));
    parts
}

fn is_field(name: &str) -> bool {
    let length = name.trim().chars().count();
    (1..=limits::TEMPLATE_FIELD_CHARS).contains(&length) && !name.contains(['{', '\n'])
}

/// The names of the fields in these texts, each once, in the order in which they are met.
pub(crate) fn fields_of(texts: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in texts.iter().flat_map(|text| parts(text)) {
        if let Part::Field(name) = part
            && names.iter().all(|known| known != name)
        {
            names.push(name.to_owned());
        }
    }
    names
}

/// A text with these values in its fields. A field without one stays as it is, for everybody to see.
pub(crate) fn fill(text: &str, values: &BTreeMap<String, String>) -> String {
    let words = parts(text).into_iter().map(|part| match part {
        Part::Text(text) => text.to_owned(),
        Part::Field(name) => {
            let value = values.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
            value.map_or_else(|| format!("{{{name}}}"), str::to_owned)
        }
    });
    words.collect()
}

/// Refuses more fields than a person fills in at once.
pub(crate) fn check_fields_of(texts: &[&str]) -> Result<(), Stop> {
    if fields_of(texts).len() > limits::FIELDS {
        let limit = u32::try_from(limits::FIELDS).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "fields".into(), limit }.into());
    }
    Ok(())
}

impl TemplateDraft {
    /// The names of its fields, each once, in the order in which they are met.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        fields_of(&[&self.title, &self.body])
    }

    /// Title and text with these values in their fields. A field without one stays as it is, for everybody to see.
    #[must_use]
    pub fn filled(&self, values: &BTreeMap<String, String>) -> (String, String) {
        (fill(&self.title, values), fill(&self.body, values))
    }

    fn check(&self) -> Result<(), Stop> {
        check_text("name", &self.name, 1, limits::TEMPLATE_NAME_CHARS)?;
        check_text("title", &self.title, 1, limits::TITLE_CHARS)?;
        check_text("body", &self.body, 0, limits::BODY_CHARS)?;
        self.ask.check()?;
        check_fields_of(&[&self.title, &self.body])?;
        if matches!(self.answered_by, AnsweredBy::Guardian { .. }) {
            return Err(Refusal::Malformed { field: "answered_by".into() }.into());
        }
        if self.reminds && !self.ask.is_duty() {
            return Err(Refusal::Malformed { field: "reminds".into() }.into());
        }
        Ok(())
    }
}

impl Template {
    fn feed(&self) -> Feed {
        self.owner.map_or(Feed::Staff, Feed::Person)
    }
}

/// Refuses unless the hat that is worn keeps templates of this owner.
fn require_keeper(facts: &Facts, actor: &Actor, owner: Option<Id<Person>>) -> Result<(), Stop> {
    let power = if owner.is_some() { Power::SendNotices } else { Power::KeepTemplates };
    let refused = Refusal::NoPower { power };
    let role = rights::role_worn(facts, actor)?.ok_or_else(|| refused.clone())?;
    let whole = owner.is_some() || facts.get(role.place)?.level == Level::School;
    if rights::power_of(role.kind, power) && whole { Ok(()) } else { Err(refused.into()) }
}

/// A template of somebody else's is not there.
fn own<'f>(facts: &'f Facts, actor: &Actor, id: Id<Template>) -> Result<&'f Template, Stop> {
    let template = facts.get(id)?;
    let theirs = template.owner.is_some_and(|owner| actor.person() != Some(owner));
    if theirs || template.dropped { Err(facts.missing(Kind::Template)) } else { Ok(template) }
}

/// Keeps a template: a new one, or one's own as it reads now. `school`: for everybody who works here.
pub(crate) fn put(
    facts: &Facts,
    actor: &Actor,
    id: Id<Template>,
    draft: &TemplateDraft,
    school: bool,
) -> Decision {
    let Some(person) = actor.person() else {
        return Err(Refusal::NoPower { power: Power::SendNotices }.into());
    };
    let owner = (!school).then_some(person);
    require_keeper(facts, actor, owner)?;
    draft.check()?;
    if facts.find(id)?.is_some() {
        let before = own(facts, actor, id)?;
        // One's own and everybody's are two things: the one does not turn into the other unseen.
        if before.owner != owner {
            return Err(Refusal::Malformed { field: "school".into() }.into());
        }
    } else {
        if facts.taken(id)? {
            return Err(Refusal::Malformed { field: "id".into() }.into());
        }
        let most = limits::TEMPLATES;
        let kept = facts.list::<Template>(List::TemplatesOf(owner), limits::ROWS_PER_LIST)?;
        if kept.len() >= most {
            let limit = u32::try_from(most).unwrap_or(u32::MAX);
            return Err(Refusal::TooMany { field: "templates".into(), limit }.into());
        }
    }
    let draft = TemplateDraft {
        name: draft.name.trim().to_owned(),
        title: draft.title.trim().to_owned(),
        body: draft.body.trim().to_owned(),
        ..draft.clone()
    };
    let template = Template { id, owner, draft, at: facts.now(), dropped: false };
    let feed = template.feed();
    Ok(vec![Change::put(template, [feed])])
}

/// Drops a template; notices that were made of it stay as they are.
pub(crate) fn drop(facts: &Facts, actor: &Actor, id: Id<Template>) -> Decision {
    let template = own(facts, actor, id)?;
    require_keeper(facts, actor, template.owner)?;
    Ok(vec![Change::put(Template { dropped: true, ..template.clone() }, [])])
}
