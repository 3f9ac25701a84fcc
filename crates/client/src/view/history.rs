//! What a family had in its hands at a moment: asked of the school.

use xinmei_model::wire::{AskHistory, ToldThen};

use super::ask::read;
use crate::{
    Client,
    api::{
        Ask, Fault,
        history::{HistoryView, Open},
    },
    fault::invalid,
};

impl Ask for Open {
    type Reply = HistoryView;

    async fn answer(self, client: &Client) -> Result<HistoryView, Fault> {
        let Self { child, at } = self;
        let (hat, name, now) = read(client, move |reading| {
            let row = reading.snapshot.get(child)?.ok_or_else(|| invalid("child"))?;
            Ok((reading.hat, reading.child_name(&row)?, reading.now))
        })
        .await?;
        let ask = AskHistory { hat, child, at: at.unwrap_or(now) };
        let ToldThen { history } = client.post("/v1/history", &ask).await?;
        Ok(HistoryView { child: name, history })
    }
}
