//! Roster imports over HTTP.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use xinmei_model::{Actor, Hat, Power};

use super::{App, Ask, Office, PathId, School};
use crate::{Fail, Result, device::Caller, import, ledger::settle, pull};

/// The administrator's name, or "not found": whoever may not import does not learn that there is such a thing.
fn administrator(school: &School, caller: Caller, hat: Hat) -> Result<String> {
    let actor = Actor::Person { person: caller.person, hat };
    let (id, now) = (school.ledger.identity.school, school.ledger.now());
    let root = crate::school::root(&school.ledger.identity);
    school.ledger.look(|session| {
        settle(session, id, now, |facts| {
            xinmei_model::name_with_power(facts, &actor, Power::Administer, &[root])
        })?
        .map_err(|_| Fail::not_found())
    })
}

/// A roster file.
#[derive(Deserialize, schemars::JsonSchema)]
pub struct ImportFile {
    /// The hat it is imported in.
    pub hat: Hat,
    /// Its name.
    pub name: String,
    /// Base64 (RFC 4648 §4).
    pub content: String,
    /// The school year it is of, where its title does not say it or says it wrong: 2026 for 2026—2027.
    #[serde(default)]
    pub year: Option<i16>,
}

/// A confirmation.
#[derive(Deserialize, schemars::JsonSchema)]
pub struct ImportConfirm {
    /// The hat it is confirmed in.
    pub hat: Hat,
    /// Pupils absent from the file leave.
    pub let_leave: bool,
    /// Staff absent from the file take their hats off.
    #[serde(default)]
    pub let_staff_leave: bool,
}

/// Undoing.
#[derive(Deserialize, Serialize, schemars::JsonSchema)]
pub struct ImportUndo {
    /// The hat it is undone in.
    pub hat: Hat,
}

pub(super) async fn import_preview(
    State(school): App,
    Office(caller): Office,
    Ask(ask): Ask<ImportFile>,
) -> Result<Json<import::shown::Previewed>> {
    let by = administrator(&school, caller, ask.hat)?;
    let content = data_encoding::BASE64
        .decode(ask.content.as_bytes())
        .map_err(|_| Fail::caller(422, "malformed", "The field content is not base64."))?;
    let file = import::File { name: ask.name, content };
    import::preview(&school.ledger, &by, vec![file], ask.year).await.map(Json)
}

pub(super) async fn import_confirm(
    State(school): App,
    caller: Caller,
    PathId(id): PathId,
    Ask(ask): Ask<ImportConfirm>,
) -> Result<Json<import::shown::Outcome>> {
    let by = administrator(&school, caller, ask.hat)?;
    let leave = import::Leave { pupils: ask.let_leave, staff: ask.let_staff_leave };
    import::confirm(&school.ledger, id, &by, leave).await.map(Json)
}

pub(super) async fn import_undo(
    State(school): App,
    caller: Caller,
    PathId(id): PathId,
    Ask(ask): Ask<ImportUndo>,
) -> Result<Json<import::shown::Outcome>> {
    let by = administrator(&school, caller, ask.hat)?;
    import::undo(&school.ledger, id, &by).await.map(Json)
}

pub(super) async fn import_history(
    State(school): App,
    caller: Caller,
) -> Result<Json<import::shown::Imports>> {
    let (identity, now) = (Arc::clone(&school.ledger.identity), school.ledger.now());
    school
        .ledger
        .read(move |session| {
            // Whoever holds the office's feed may see what was imported.
            let may = pull::entitled(session, &identity, now, caller.person)?;
            if !may.contains(&xinmei_model::Feed::Office) {
                return Err(Fail::not_found());
            }
            import::history(session)
        })
        .await
        .map(Json)
}
