//! What the school settles for everybody.

use xinmei_model::Act;

use super::ask::save;
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        school::{SetHold, SetQuiet, SetTravel},
    },
};

impl Ask for SetQuiet {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::SetQuietHours { quiet: self.quiet, staff: self.staff }).await
    }
}

impl Ask for SetTravel {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::SetTravelTime { minutes: self.minutes }).await
    }
}

impl Ask for SetHold {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::SetHoldWindow { seconds: self.seconds }).await
    }
}
