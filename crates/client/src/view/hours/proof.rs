//! Certificates, as they are printed, and what shows that the ledger is whole.

use xinmei_model::{HoursProof, Id};

use super::school_key;
use crate::{
    Client,
    api::{
        Ask, Fault,
        hours::{Checkpoints, KeptCheckpoints, ProofLine, ProofView, ShowProof},
    },
    fault::{broken, invalid},
    view::{ask::read, class::qr_of, reading::Reading},
};

impl Ask for ShowProof {
    type Reply = ProofView;

    async fn answer(self, client: &Client) -> Result<ProofView, Fault> {
        read(client, move |reading| proof(reading, self.proof)).await
    }
}

impl Ask for Checkpoints {
    type Reply = KeptCheckpoints;

    async fn answer(self, client: &Client) -> Result<KeptCheckpoints, Fault> {
        read(client, |reading| {
            let checkpoints = reading.snapshot.kept_of_every_life()?.checkpoints;
            let school_key = data_encoding::HEXLOWER.encode(&school_key(reading).unwrap_or_default());
            Ok(KeptCheckpoints { checkpoints, school_key })
        })
        .await
    }
}

fn proof(reading: &Reading<'_>, id: Id<HoursProof>) -> Result<ProofView, Fault> {
    let proof: HoursProof = reading.snapshot.get(id)?.ok_or_else(|| invalid("proof"))?;
    let text = proof.text();
    let key = school_key(reading).map(|key| data_encoding::HEXLOWER.encode(&key)).unwrap_or_default();
    Ok(ProofView {
        line: line(&proof),
        name: proof.name,
        school: proof.school_name,
        entries: proof.entries,
        services: proof.services,
        stars: proof.stars,
        training: proof.training,
        awards: proof.awards,
        evaluation: proof.evaluation,
        qr: qr_of(&text).map_err(|error| broken(&error.to_string()))?,
        text,
        key: key.chars().take(16).collect(),
    })
}

/// As it stands in a list.
pub(super) fn line(proof: &HoursProof) -> ProofLine {
    ProofLine {
        id: proof.id,
        number: proof.number(),
        from: proof.from,
        to: proof.to,
        minutes: proof.minutes,
        issued: proof.issued,
        by_name: proof.by_name.clone(),
    }
}
