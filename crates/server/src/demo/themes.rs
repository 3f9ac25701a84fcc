//! Themes: events of the demo school that are held again and again, kept before they are published from them.

use xinmei_model::{Act, EventDraft, EventShape, Id, RoleKind, Template, Theme, ThemeDraft, ThemeMessages};

use super::{
    cast::Cast,
    plan,
    stage::{Stage, composed, must},
    trip_data,
};
use crate::{Fail, Result};

/// Which theme an event is planned from.
pub(super) fn of(stage: &Stage, held: &plan::Held) -> Option<Id<Theme>> {
    let name = &held.theme.as_ref()?.name;
    Some(composed(&stage.ledger.identity, &format!("demo/theme/{name}")))
}

/// Keeps the theme of an event from the beginning.
pub(super) fn stage(stage: &mut Stage, cast: &Cast, held: &plan::Held, draft: &EventDraft) -> Result<()> {
    let (Some(kept), Some(theme)) = (&held.theme, draft.theme) else { return Ok(()) };
    let author = cast.staff(RoleKind::Coordinator, Some(cast.campus(&held.campus)?))?;
    let sessions: Vec<_> = draft.sessions.iter().map(|session| session.session(draft.id)).collect();
    let shape = sessions
        .first()
        .and_then(|first| EventShape::of(&draft.event(Vec::new()), &sessions, first.starts.time_zone()));
    let shape = shape.ok_or_else(|| Fail::broken(format!("{} has no session", held.title)))?;
    let template = |name: &Option<String>| -> Option<Id<Template>> {
        let name = name.as_ref()?;
        Some(composed(&stage.ledger.identity, &format!("demo/template/{name}")))
    };
    let draft = ThemeDraft {
        name: kept.name.clone(),
        event: EventShape {
            title: kept.title.clone().unwrap_or_else(|| shape.title.clone()),
            about: kept.about.clone().unwrap_or_else(|| shape.about.clone()),
            trip: trip_data::plan_of(&held.title)?,
            ..shape
        },
        posts: kept.posts.clone(),
        messages: ThemeMessages {
            invitation: template(&kept.invitation),
            reminder: template(&kept.reminder),
            thanks: template(&kept.thanks),
        },
        survey: kept.survey.clone(),
    };
    let put = Act::PutTheme { theme, draft };
    stage.at(stage.begins, move |tx| must(tx, author, &put));
    Ok(())
}
