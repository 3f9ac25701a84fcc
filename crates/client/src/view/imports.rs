//! The administrator's roster import, remarks and rights. Imports are the server's work; the rest is a wish like any
//! other.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::BASE64;
use serde::Serialize;
use xinmei_model::{Act, Hat, Kind, Link, List, Power, Refusal, Remark, limits};

use super::{
    ask::{read, save},
    reading::Reading,
};
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        imports::{
            Confirm, DecideRemarks, History, Imports, ListRemarks, Outcome, Preview, Previewed, RemarkView,
            Remarks, SetRights, Undo, Wording,
        },
    },
    fault::invalid,
};

/// A roster on its way to the server: `content` stays base64.
#[derive(Serialize)]
struct Upload<'a> {
    hat: Hat,
    name: &'a str,
    content: &'a str,
    year: Option<i16>,
}

#[derive(Serialize)]
struct Confirmed {
    hat: Hat,
    let_leave: bool,
    let_staff_leave: bool,
}

#[derive(Serialize)]
struct Undone {
    hat: Hat,
}

async fn hat_of(client: &Client) -> Result<Hat, Fault> {
    client.read(|snapshot| snapshot.hat()).await
}

impl Ask for Preview {
    type Reply = Previewed;

    async fn answer(self, client: &Client) -> Result<Previewed, Fault> {
        check_file(&self.content)?;
        let (hat, year) = (hat_of(client).await?, self.year);
        let upload = Upload { hat, name: &self.name, content: &self.content, year };
        client.post("/v1/imports", &upload).await
    }
}

/// Says no before anything is sent to a file that cannot be read or is too large.
fn check_file(content: &str) -> Result<(), Fault> {
    let bytes = BASE64.decode(content.as_bytes()).map_err(|_| invalid("content"))?;
    if bytes.len() > limits::ROSTER_BYTES {
        let limit = u32::try_from(limits::ROSTER_BYTES).unwrap_or(u32::MAX);
        return Err(Fault::Refused { refusal: Refusal::TooMany { field: "content".into(), limit } });
    }
    Ok(())
}

impl Ask for Confirm {
    type Reply = Outcome;

    async fn answer(self, client: &Client) -> Result<Outcome, Fault> {
        let Self { let_leave, let_staff_leave, .. } = self;
        let confirmed = Confirmed { hat: hat_of(client).await?, let_leave, let_staff_leave };
        client.post(&format!("/v1/imports/{}/confirm", self.id), &confirmed).await
    }
}

impl Ask for Undo {
    type Reply = Outcome;

    async fn answer(self, client: &Client) -> Result<Outcome, Fault> {
        let undone = Undone { hat: hat_of(client).await? };
        client.post(&format!("/v1/imports/{}/undo", self.id), &undone).await
    }
}

impl Ask for History {
    type Reply = Imports;

    async fn answer(self, client: &Client) -> Result<Imports, Fault> {
        client.get("/v1/imports").await
    }
}

impl Ask for ListRemarks {
    type Reply = Remarks;

    async fn answer(self, client: &Client) -> Result<Remarks, Fault> {
        read(client, remarks).await
    }
}

impl Ask for DecideRemarks {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::DecideRemarks { remarks: self.remarks, grants: self.grants }).await
    }
}

impl Ask for SetRights {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::SetRights { link: self.link, rights: self.rights, barred: self.barred }).await
    }
}

impl Reading<'_> {
    /// Remarks that wait for a decision, by wording; none unless the hat decides them.
    pub(crate) fn undecided(&self) -> Result<BTreeMap<String, Vec<Remark>>, Fault> {
        let mut wordings: BTreeMap<String, Vec<Remark>> = BTreeMap::new();
        if !self.has(Power::Administer) {
            return Ok(wordings);
        }
        let remarks: Vec<Remark> = self.snapshot.list(List::All(Kind::Remark))?;
        for remark in remarks.into_iter().filter(|remark| remark.decided.is_none()) {
            wordings.entry(remark.text.clone()).or_default().push(remark);
        }
        Ok(wordings)
    }
}

fn remarks(reading: &Reading<'_>) -> Result<Remarks, Fault> {
    let mut wordings = Vec::new();
    for (text, remarks) in reading.undecided()? {
        wordings.push(wording(reading, text, &remarks)?);
    }
    // Stable: equally frequent ones stay by their text.
    wordings.sort_by_key(|wording| std::cmp::Reverse(wording.remarks.len()));
    Ok(Remarks { wordings })
}

fn wording(reading: &Reading<'_>, text: String, remarks: &[Remark]) -> Result<Wording, Fault> {
    let mut relations = BTreeSet::new();
    let mut views = Vec::new();
    for remark in remarks {
        let Some(child) = reading.snapshot.get(remark.child)? else { continue };
        let mut links: Vec<Link> = reading.snapshot.list(List::LinksOf(child.id))?;
        links.retain(|link| link.holds(reading.day));
        links.sort_by_key(|link| link.relation);
        relations.extend(links.iter().map(|link| link.relation));
        let guardians = links.iter().map(|link| reading.guardian_name(link)).collect();
        let view = RemarkView { id: remark.id, child: reading.child_name(&child)?, guardians };
        views.push((reading.child_order(&child), view));
    }
    views.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(Wording {
        text,
        relations: relations.into_iter().collect(),
        remarks: views.into_iter().map(|(_, view)| view).collect(),
    })
}
