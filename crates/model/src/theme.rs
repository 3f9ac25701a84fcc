//! 主题: an event kept as it is held every time, with what belongs to it: posts, messages, a survey. Events planned from it are
//! events of their own: a theme that is renamed or dropped changes none of them.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Decision, Draw, EventShape, Facts, Feed, FileHash, FormField, Id, Kind, List, Person,
    Power, Refusal, Stop, Template, TripPlan,
    ask::check_fields,
    drawing, event_draft,
    event_shape::DayTime,
    limits,
    limits::check_text,
    partner, rights, tag,
    template::{check_fields_of, fields_of, fill},
};

/// A theme as its author keeps it. `{届次}` in title and text is a field, filled each time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct ThemeDraft {
    /// What it is called: up to [`limits::TEMPLATE_NAME_CHARS`].
    pub name: String,
    /// The event, without its days.
    pub event: EventShape,
    /// Posts of volunteers it needs.
    pub posts: Vec<ThemePost>,
    /// What families are sent around it.
    pub messages: ThemeMessages,
    /// What whoever came is asked afterwards.
    pub survey: Vec<FormField>,
}

/// A post of volunteers a theme needs: one shift for each session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct ThemePost {
    /// 引导岗
    pub title: String,
    /// Where to meet.
    pub meeting_point: String,
    /// People for each session.
    pub needed: u32,
    /// Minutes they come before a session begins.
    pub before_min: u32,
    /// Minutes they stay after it ends.
    pub after_min: u32,
}

/// The school's templates of notices that are sent around an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct ThemeMessages {
    /// When it is published.
    pub invitation: Option<Id<Template>>,
    /// Before it begins.
    pub reminder: Option<Id<Template>>,
    /// When it is over.
    pub thanks: Option<Id<Template>>,
}

/// A theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    /// Identity.
    pub id: Id<Theme>,
    /// What it plans.
    #[serde(flatten)]
    pub draft: ThemeDraft,
    /// Who kept it last.
    pub by: Id<Person>,
    /// When.
    pub at: Timestamp,
    /// It was dropped.
    #[serde(default)]
    pub dropped: bool,
}

impl ThemeMessages {
    /// All that are named.
    fn templates(&self) -> impl Iterator<Item = Id<Template>> {
        [self.invitation, self.reminder, self.thanks].into_iter().flatten()
    }
}

impl ThemeDraft {
    /// The names of its fields, each once, in the order in which they are met.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        fields_of(&[&self.event.title, &self.event.about])
    }

    /// Title and text with these values in their fields. A field without one stays as it is, for everybody to see.
    #[must_use]
    pub fn filled(&self, values: &BTreeMap<String, String>) -> (String, String) {
        (fill(&self.event.title, values), fill(&self.event.about, values))
    }

    /// Refuses what no event could be planned from.
    fn check(&self) -> Result<(), Stop> {
        let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
        check_text("name", &self.name, 1, limits::TEMPLATE_NAME_CHARS)?;
        // Lengths first: fields are looked for in what is short.
        check_text("title", &self.event.title, 1, limits::TITLE_CHARS)?;
        check_text("about", &self.event.about, 0, limits::BODY_CHARS)?;
        check_fields_of(&[&self.event.title, &self.event.about])?;
        let far = |time: DayTime| !(-limits::THEME_DAYS..=limits::THEME_DAYS).contains(&time.days);
        if self.event.times().any(far) {
            return malformed("days");
        }
        if self.event.sessions.iter().map(|session| session.starts.days).min().is_some_and(|days| days != 0) {
            return malformed("sessions.days");
        }
        // A day on which no clock changes, in a zone where none does.
        let Some(event) = self.event.sample(date(2026, 3, 2)) else { return malformed("sessions") };
        event_draft::check(&event)?;
        if let Some(draw) = &self.event.draw {
            let known =
                self.event.on(date(2026, 3, 2), &jiff::tz::TimeZone::UTC).and_then(|times| times.draw);
            let Some((public_value, known)) = known else { return malformed("draw.known") };
            let commitment = FileHash::of(&[]);
            let decimals = draw.decimals;
            drawing::check(
                &event,
                &Draw { commitment, public_value, decimals, known, rolled: None, drawn: None },
            )?;
        }
        if self.posts.len() > limits::POSTS_PER_THEME {
            let limit = u32::try_from(limits::POSTS_PER_THEME).unwrap_or(u32::MAX);
            return Err(Refusal::TooMany { field: "posts".into(), limit }.into());
        }
        for post in &self.posts {
            check_text("posts.title", &post.title, 1, limits::TITLE_CHARS)?;
            check_text("posts.meeting_point", &post.meeting_point, 0, limits::TITLE_CHARS)?;
            if post.needed == 0 || post.needed > limits::NEEDED_PER_SHIFT {
                return malformed("posts.needed");
            }
            if post.before_min.max(post.after_min) > limits::AROUND_MINUTES {
                return malformed("posts.minutes");
            }
        }
        check_fields("survey", &self.survey, 0)
    }

    /// As it is kept: texts without blanks around them, tags tidy, nothing of this year's classes.
    fn tidy(&self) -> Self {
        let mut draft = Self { event: self.event.clone().lasting(), ..self.clone() };
        let trim = |text: &mut String| *text = text.trim().to_owned();
        let event = &mut draft.event;
        for text in
            [&mut draft.name, &mut event.title, &mut event.about, &mut event.venue, &mut event.programme]
        {
            trim(text);
        }
        event.tags = tag::tidy_tags(&event.tags);
        event.trip = event.trip.as_ref().map(TripPlan::tidy);
        event.sessions.iter_mut().for_each(|session| trim(&mut session.name));
        for post in &mut draft.posts {
            trim(&mut post.title);
            trim(&mut post.meeting_point);
        }
        draft
    }
}

/// A theme is whoever's who plans events.
fn require_keeper(facts: &Facts, actor: &Actor) -> Result<Id<Person>, Stop> {
    let refused = Refusal::NoPower { power: Power::ManageEvents };
    let role =
        rights::role_worn(facts, actor)?.filter(|role| rights::power_of(role.kind, Power::ManageEvents));
    role.and_then(|_| actor.person()).ok_or_else(|| refused.into())
}

/// Keeps a theme: a new one, or one that is there as it reads now.
pub(crate) fn put(facts: &Facts, actor: &Actor, id: Id<Theme>, draft: &ThemeDraft) -> Decision {
    let by = require_keeper(facts, actor)?;
    draft.check()?;
    for template in Facts::each(draft.messages.templates(), |template| facts.get(template))? {
        // Whoever uses the theme has to have it too.
        if template.dropped || template.owner.is_some() {
            return Err(facts.missing(Kind::Template));
        }
    }
    partner::named(facts, draft.event.partner)?;
    if let Some(before) = facts.find(id)? {
        if before.dropped {
            return Err(facts.missing(Kind::Theme));
        }
    } else {
        if facts.taken(id)? {
            return Err(Refusal::Malformed { field: "id".into() }.into());
        }
        let kept = facts.list::<Theme>(List::All(Kind::Theme), limits::ROWS_PER_LIST)?;
        if kept.len() >= limits::THEMES {
            let limit = u32::try_from(limits::THEMES).unwrap_or(u32::MAX);
            return Err(Refusal::TooMany { field: "themes".into(), limit }.into());
        }
    }
    let theme = Theme { id, draft: draft.tidy(), by, at: facts.now(), dropped: false };
    Ok(vec![Change::put(theme, [Feed::Staff])])
}

/// Drops a theme; events that were planned from it stay as they are.
pub(crate) fn drop(facts: &Facts, actor: &Actor, id: Id<Theme>) -> Decision {
    let by = require_keeper(facts, actor)?;
    let theme = facts.get(id)?;
    if theme.dropped {
        return Err(facts.missing(Kind::Theme));
    }
    let (at, dropped) = (facts.now(), true);
    Ok(vec![Change::put(Theme { by, at, dropped, ..theme.clone() }, [])])
}
