//! Templates of notices.

use xinmei_model::{Act, Hat, Level, List, Power, Template};

use super::{ask::read, ask::save, reading::Reading};
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        template::{self, Drop, Fill, Filled, Put, TemplateView, Templates},
    },
    fault::invalid,
};

impl Ask for template::List {
    type Reply = Templates;

    async fn answer(self, client: &Client) -> Result<Templates, Fault> {
        read(client, list).await
    }
}

impl Ask for Fill {
    type Reply = Filled;

    async fn answer(self, client: &Client) -> Result<Filled, Fault> {
        read(client, move |reading| {
            let found: Option<Template> = reading.snapshot.get(self.template)?;
            let template = found.filter(|template| !template.dropped).ok_or_else(|| invalid("template"))?;
            let (title, body) = template.draft.filled(&self.values);
            let empty = |name: &String| self.values.get(name).is_none_or(|value| value.trim().is_empty());
            let missing = template.draft.fields().into_iter().filter(empty).collect();
            Ok(Filled { title, body, missing })
        })
        .await
    }
}

impl Ask for Put {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { template, draft, school } = self;
        let template = template.unwrap_or_else(|| client.new_id());
        save(client, Act::PutTemplate { template, draft, school }).await
    }
}

impl Ask for Drop {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::DropTemplate { template: self.template }).await
    }
}

pub(super) fn list(reading: &Reading<'_>) -> Result<Templates, Fault> {
    let may_keep = reading.has(Power::SendNotices);
    let may_keep_school = keeps_for_all(reading);
    let mut found: Vec<Template> = Vec::new();
    if reading.hat != Hat::Guardian {
        found.extend(reading.snapshot.list(List::TemplatesOf(Some(reading.me)))?);
        found.extend(reading.snapshot.list(List::TemplatesOf(None))?);
    }
    found.sort_by(|one, other| {
        let order = |it: &Template| (it.owner.is_none(), it.draft.name.clone());
        order(one).cmp(&order(other))
    });
    let view = |template: Template| {
        let school = template.owner.is_none();
        TemplateView {
            id: template.id,
            fields: template.draft.fields(),
            draft: template.draft,
            school,
            may_change: if school { may_keep_school } else { may_keep },
            at: template.at,
        }
    };
    Ok(Templates { templates: found.into_iter().map(view).collect(), may_keep, may_keep_school })
}

/// Whether the hat keeps templates of the whole school.
fn keeps_for_all(reading: &Reading<'_>) -> bool {
    let place = reading.role().and_then(|role| reading.places.get(&role.place));
    reading.has(Power::KeepTemplates) && place.is_some_and(|place| place.level == Level::School)
}
