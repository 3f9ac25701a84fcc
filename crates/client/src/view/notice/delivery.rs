//! How a notice has reached its families: what the school knows of devices, beside links and answers that are here.

use std::collections::{HashMap, HashSet};

use xinmei_model::{
    Answer, Hat, Id, Link, List, Notice, Person, Right, Seen, Why,
    wire::{self, OnDevice},
};

use super::{class_reader::ClassReader, sheet::Addressed};
use crate::{
    Client,
    api::{
        Ask, Fault,
        delivery::{self, Acted, ChildDelivery, Delivery, GuardianDelivery, Way},
    },
    fault::invalid,
    replica::heard,
    view::{ask::read, reading::Reading},
};

/// What it is kept under for reading without the school.
const SORT: &str = "delivery";

impl Ask for delivery::Ask {
    type Reply = Delivery;

    async fn answer(self, client: &Client) -> Result<Delivery, Fault> {
        let id = self.notice;
        // Not everybody's question is worth a way to the school.
        read(client, move |reading| own(reading, id).map(drop)).await?;
        let about = id.to_string();
        let heard = client.get::<wire::Delivery>(&format!("/v1/notices/{id}/delivery")).await;
        let (said, last_known) = match heard {
            Ok(said) => {
                let kept = said.clone();
                client.write(move |conn| heard::put(conn, SORT, &about, &kept)).await?;
                (said, false)
            }
            Err(fault @ (Fault::Offline | Fault::Busy { .. } | Fault::SignedOut)) => {
                let kept = client.on_replica(move |replica| {
                    replica.read_raw(|conn| heard::get::<wire::Delivery>(conn, SORT, &about))
                });
                (kept.await?.ok_or(fault)?, true)
            }
            Err(fault) => return Err(fault),
        };
        read(client, move |reading| arrange(reading, id, &said, last_known)).await
    }
}

/// As far as this staff hat reads what is answered to it.
fn own(reading: &Reading<'_>, id: Id<Notice>) -> Result<Notice, Fault> {
    let notice = reading.notice(id)?.filter(|_| reading.hat != Hat::Guardian);
    let read = notice.map(|notice| ClassReader::of(reading).read(reading, &notice)).transpose()?;
    read.flatten().ok_or_else(|| invalid("notice"))
}

pub(super) fn arrange(
    reading: &Reading<'_>,
    id: Id<Notice>,
    said: &wire::Delivery,
    last_known: bool,
) -> Result<Delivery, Fault> {
    let notice = own(reading, id)?;
    let addressed = Addressed::by(reading, &notice)?;
    let answers = reading.answers_to(&notice)?;
    let seen = reading.snapshot.list::<Seen>(List::SeenOf(notice.id))?;
    let seen: HashMap<_, _> = seen.into_iter().map(|one| (one.person, one.at)).collect();
    let devices: HashMap<_, _> = said.guardians.iter().map(|one| (one.person, one.device)).collect();
    let why: HashMap<_, _> =
        addressed.recipients.left_out.iter().map(|left| ((left.child, left.guardian), left.why)).collect();
    let receives: HashSet<_> =
        addressed.recipients.families.iter().flat_map(|family| &family.guardians).copied().collect();
    // A shift is told to who took it: the other guardian is neither reached nor left out.
    let meant = |link: &Link| {
        receives.contains(&(link.guardian, link.child)) || why.contains_key(&(link.child, link.guardian))
    };
    let mut children = Vec::with_capacity(addressed.children.len());
    for child in &addressed.children {
        let links = addressed.links.get(&child.id).map(Vec::as_slice).unwrap_or_default();
        let standing =
            links.iter().filter(|link| link.holds(reading.day) && told_of(reading, link) && meant(link));
        let guardian = |link: &Link| GuardianDelivery {
            guardian: reading.guardian_name(link),
            way: way(why.get(&(child.id, link.guardian)).copied(), devices.get(&link.guardian).copied()),
            seen: seen.get(&link.guardian).copied(),
            acted: acted(&answers, child.id, link.guardian),
        };
        children.push(ChildDelivery {
            child: reading.child_name(child)?,
            guardians: standing.map(guardian).collect(),
        });
    }
    Ok(Delivery { as_of: said.now, last_known, children })
}

/// Somebody without any right to a child is no matter of this list.
fn told_of(reading: &Reading<'_>, link: &Link) -> bool {
    Right::ALL.into_iter().any(|right| link.allows(right, reading.day))
}

fn way(why: Option<Why>, device: Option<OnDevice>) -> Way {
    match (why, device) {
        (Some(Why::NotJoined), _) => Way::NotJoined,
        (Some(Why::OnPaper), _) => Way::OnPaper,
        (Some(Why::CannotReceive), _) => Way::CannotReceive,
        (None, Some(OnDevice::Held { since })) => Way::Held { since },
        (None, Some(OnDevice::NotYet)) => Way::NotYet,
        (None, Some(OnDevice::None)) => Way::NoDevice,
        (None, None) => Way::Unknown,
    }
}

fn acted(answers: &[Answer], child: Id<xinmei_model::Child>, guardian: Id<Person>) -> Option<Acted> {
    let answer = answers.iter().find(|one| one.child == child && one.given.guardian == guardian)?;
    Some(Acted { at: answer.given.at, entered: answer.given.entered.clone() })
}
