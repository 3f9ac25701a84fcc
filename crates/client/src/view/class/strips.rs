//! Strips to print: the codes come from the school's server and are shown once.

use std::collections::HashMap;

use qrcode::{Color, QrCode};
use xinmei_model::{
    Id, Person,
    wire::{Invite, IssueInvites},
};

use crate::{
    Client,
    api::{
        Ask, Fault,
        class::{Invites, Strip, Strips},
    },
    fault::invalid,
    view::{ask::read, reading::Reading},
};

impl Ask for Invites {
    type Reply = Strips;

    async fn answer(self, client: &Client) -> Result<Strips, Fault> {
        let Self { persons, replace_devices } = self;
        if persons.is_empty() {
            return Err(invalid("persons"));
        }
        let hat = client.read(|snapshot| snapshot.hat()).await?;
        let ask = IssueInvites { hat, persons, replace_devices };
        let invites: Vec<Invite> = client.post("/v1/invites", &ask).await?;
        let invites = read(client, move |reading| in_order(reading, invites)).await?;
        let strips = invites.into_iter().map(strip).collect::<Result<_, _>>();
        Ok(Strips { strips: strips.map_err(|error| client.broken(&error))? })
    }
}

fn strip(invite: Invite) -> Result<Strip, qrcode::types::QrError> {
    let qr = qr_of(&invite.link)?;
    Ok(Strip { invite, qr })
}

/// By class and 学号 of the first child, as strips are handed out.
fn in_order(reading: &Reading<'_>, mut invites: Vec<Invite>) -> Result<Vec<Invite>, Fault> {
    let mut orders: HashMap<Id<Person>, _> = HashMap::new();
    for invite in &invites {
        let mut children = Vec::new();
        for invited in &invite.children {
            children.extend(reading.snapshot.get(invited.child)?.map(|child| reading.child_order(&child)));
        }
        orders.insert(invite.person, children.into_iter().min());
    }
    invites.sort_by(|a, b| {
        let order = |invite: &Invite| orders.get(&invite.person);
        order(a).cmp(&order(b)).then_with(|| a.person_name.cmp(&b.person_name))
    });
    Ok(invites)
}

/// The modules of a QR code, row by row; `true` is dark.
pub(crate) fn qr_of(link: &str) -> Result<Vec<Vec<bool>>, qrcode::types::QrError> {
    let code = QrCode::new(link.as_bytes())?;
    let width = code.width().max(1);
    let dark: Vec<bool> = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
    Ok(dark.chunks(width).map(<[bool]>::to_vec).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_qr_code_is_a_square_with_its_three_corners() {
        let qr = qr_of("xinmei://join?at=school.example:8443&pin=abc&code=7K2M-QXRT-9ABC").unwrap();
        assert!(qr.iter().all(|row| row.len() == qr.len()));
        let last = qr.len() - 1;
        assert!(qr[0][0] && qr[0][last] && qr[last][0], "the finder patterns are dark at their corners");
    }
}
