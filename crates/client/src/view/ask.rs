//! How an answer begins: one reading of the replica, or one wish into the outbox.

use xinmei_model::{Act, Power, Refusal};

use super::reading::Reading;
use crate::{
    Client,
    api::{Fault, Saved},
};

/// Reads one answer in one transaction.
pub(crate) async fn read<R: Send + 'static>(
    client: &Client,
    arrange: impl FnOnce(&Reading<'_>) -> Result<R, Fault> + Send + 'static,
) -> Result<R, Fault> {
    client.read(move |snapshot| arrange(&Reading::open(snapshot)?)).await
}

/// Puts one wish into the outbox.
pub(crate) async fn save(client: &Client, act: Act) -> Result<Saved, Fault> {
    Ok(Saved { mutation: client.save(act).await? })
}

/// The hat that is on does not open this.
pub(crate) fn no_power(power: Power) -> Fault {
    Fault::Refused { refusal: Refusal::NoPower { power } }
}
