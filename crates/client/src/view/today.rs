//! Today: home for every hat. Never waits on the network.

mod administrator;
pub(super) mod coordinator;
mod desk;
mod duties;
mod family;
mod soon;
pub(super) mod teacher;
#[cfg(test)]
mod tests;
mod week;

use xinmei_model::{Hat, Power};

use super::{ask::read, reading::Reading};
use crate::{
    Client,
    api::{
        Ask, Fault,
        today::{Open, Today},
    },
};

impl Ask for Open {
    type Reply = Today;

    async fn answer(self, client: &Client) -> Result<Today, Fault> {
        read(client, today).await
    }
}

/// Which day a hat looks at follows from what it may do.
fn today(reading: &Reading<'_>) -> Result<Today, Fault> {
    Ok(match reading.hat {
        Hat::Guardian => Today::Family(Box::new(family::today(reading)?)),
        Hat::Staff { .. } if reading.has(Power::Administer) => {
            Today::Administrator(administrator::today(reading)?)
        }
        Hat::Staff { .. } if reading.has(Power::ManageShifts) || reading.has(Power::ManageEvents) => {
            Today::Coordinator(coordinator::today(reading)?)
        }
        Hat::Staff { .. } => Today::Teacher(teacher::today(reading)?),
    })
}
