//! Campaigns, qualifications and posts that stand: the catalogue, and what is wished of them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use xinmei_model::{
    Act, Campaign, Id, Kind, List, Post, PostDraft, Power, PupilWish, Qualification, QualificationDraft,
    Qualified, Role, Shift, ShiftDraft, VolunteerAct,
};

use super::{
    ask::{read, save},
    reading::{Reading, count},
    shift::children_of,
    swap,
    wishes::waits,
};
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        profile::StaffName,
        shift,
        today::{Duty, DutyKind},
        volunteer::{
            CampaignView, Catalogue, Catalogued, ChangePost, PutCampaign, PutQualification,
            QualificationView, QualifiedView, Step,
        },
    },
};

/// So many days before it ends somebody is told that a qualification does.
pub(crate) const ENDS_SOON: i32 = 30;

impl Ask for Catalogue {
    type Reply = Catalogued;

    async fn answer(self, client: &Client) -> Result<Catalogued, Fault> {
        read(client, catalogue).await
    }
}

impl Ask for PutCampaign {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let campaign = self.campaign.unwrap_or_else(|| client.new_id());
        let (draft, version) = (self.draft, self.version);
        save(client, Act::Volunteer(VolunteerAct::PutCampaign { campaign, draft, version })).await
    }
}

impl Ask for PutQualification {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let qualification = self.qualification.unwrap_or_else(|| client.new_id());
        let (draft, version) = (self.draft, self.version);
        save(client, Act::Volunteer(VolunteerAct::PutQualification { qualification, draft, version })).await
    }
}

impl Ask for ChangePost {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let post = Box::new(drafted(client, self.post, self.plan));
        save(client, Act::Volunteer(VolunteerAct::ChangePost { post, version: self.version })).await
    }
}

impl Ask for Step {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::Volunteer(self.step)).await
    }
}

/// A post as it is planned, with shifts of this computer's making.
pub(crate) fn drafted(client: &Client, id: Id<Post>, plan: shift::Post) -> PostDraft {
    let shift = |one: shift::PlannedShift| ShiftDraft {
        id: client.new_id(),
        starts: one.starts,
        ends: one.ends,
        needed: one.needed,
    };
    PostDraft {
        id,
        place: plan.place,
        title: plan.title,
        about: plan.about,
        meeting_point: plan.meeting_point,
        programme: plan.programme,
        shifts: plan.shifts.into_iter().map(shift).collect(),
        terms: plan.terms,
    }
}

pub(super) fn catalogue(reading: &Reading<'_>) -> Result<Catalogued, Fault> {
    let plans = reading.has(Power::ManageShifts);
    Ok(Catalogued {
        campaigns: campaigns(reading)?,
        qualifications: qualifications(reading)?,
        places: reading.place_names_with(Power::ManageShifts),
        staff: if plans { staff(reading)? } else { Vec::new() },
    })
}

fn campaigns(reading: &Reading<'_>) -> Result<Vec<CampaignView>, Fault> {
    let posts: Vec<Post> = reading.snapshot.list(List::All(Kind::Post))?;
    let mut rows: Vec<Campaign> = reading.snapshot.list(List::All(Kind::Campaign))?;
    rows.sort_by(|a, b| {
        let order = |one: &Campaign| (one.ended.is_some(), one.draft.from, one.draft.name.clone());
        order(a).cmp(&order(b))
    });
    let mut campaigns = Vec::with_capacity(rows.len());
    for row in rows {
        let own: Vec<_> = posts.iter().filter(|post| post.terms.campaign == Some(row.id)).collect();
        let (mut needed, mut taken) = (0_u32, 0_u32);
        for post in own.iter().filter(|post| post.ended.is_none()) {
            let shifts: Vec<Shift> = reading.snapshot.list(List::ShiftsOf(post.id))?;
            let ahead = |shift: &&Shift| shift.is_on() && reading.now < shift.starts.timestamp();
            for shift in shifts.iter().filter(ahead) {
                needed = needed.saturating_add(shift.needed);
                taken = taken.saturating_add(reading.people_at(shift)?.min(shift.needed));
            }
        }
        campaigns.push(CampaignView {
            place: reading.place_name(row.draft.place),
            version: row.version,
            ended: row.ended.is_some(),
            keeps: reading.may(Power::ManageShifts, &row.held_at),
            posts: count(&own),
            needed,
            taken,
            pending: reading.wishes.volunteering(|step| match step {
                VolunteerAct::PutCampaign { campaign, .. } | VolunteerAct::EndCampaign { campaign } => {
                    *campaign == row.id
                }
                _ => false,
            }),
            id: row.id,
            draft: row.draft,
        });
    }
    Ok(campaigns)
}

fn qualifications(reading: &Reading<'_>) -> Result<Vec<QualificationView>, Fault> {
    let mut rows: Vec<Qualification> = reading.snapshot.list(List::All(Kind::Qualification))?;
    rows.sort_by(|a, b| a.draft.name.cmp(&b.draft.name).then_with(|| a.id.cmp(&b.id)));
    let mine: Vec<Qualified> = reading.snapshot.list(List::QualificationsOf(reading.me))?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let place = reading.role().and_then(|role| reading.places.get(&role.place));
        let confirms =
            reading.has(Power::ManageShifts) && place.is_some_and(|place| row.is_minded_at(&place.path));
        let mut people: Vec<Qualified> =
            if confirms { reading.snapshot.list(List::QualifiedFor(row.id))? } else { Vec::new() };
        people.sort_by(|a, b| a.person_name.cmp(&b.person_name).then_with(|| a.id.cmp(&b.id)));
        let own = mine.iter().find(|one| one.qualification == row.id);
        if row.dropped && own.is_none() && people.is_empty() {
            continue;
        }
        // What one's own computer foresees has its own clock, and nothing to compare with the school's.
        let waiting = reading.wishes.volunteering(|step| match step {
            VolunteerAct::ConfirmQualification { qualification, .. }
            | VolunteerAct::WithdrawQualification { qualification, .. } => *qualification == row.id,
            _ => false,
        });
        let newest = people.iter().map(|one| one.at).max().unwrap_or(Timestamp::UNIX_EPOCH);
        found.push(QualificationView {
            version: row.version,
            seen: Some(newest).filter(|_| confirms && waiting.is_none_or(|state| !waits(&state))),
            place: reading.place_name(row.draft.place),
            dropped: row.dropped,
            keeps: reading.may(Power::ManageShifts, &row.held_at),
            confirms,
            own: own.map(|own| qualified(reading, own)).transpose()?,
            people: people.iter().map(|one| qualified(reading, one)).collect::<Result<_, _>>()?,
            id: row.id,
            draft: row.draft,
        });
    }
    Ok(found)
}

fn qualified(reading: &Reading<'_>, row: &Qualified) -> Result<QualifiedView, Fault> {
    Ok(QualifiedView {
        person: row.person,
        name: row.person_name.clone(),
        of: children_of(reading, row.person)?,
        until: row.until,
        counts: row.counts_on(reading.day),
        ends_in: reading.ends_in(row),
        by: row.by_name.clone(),
        at: row.at,
        withdrawn: row.withdrawn.clone(),
    })
}

/// Who works here, each once.
pub(super) fn staff(reading: &Reading<'_>) -> Result<Vec<StaffName>, Fault> {
    let roles: Vec<Role> = reading.snapshot.list(List::All(Kind::Role))?;
    let standing = roles.into_iter().filter(|role| role.holds(reading.day));
    let names: BTreeMap<_, _> = standing.map(|role| (role.person, role.person_name)).collect();
    let mut staff: Vec<_> = names.into_iter().map(|(person, name)| StaffName { person, name }).collect();
    staff.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.person.cmp(&b.person)));
    Ok(staff)
}

/// One duty for each qualification of one's own that ends soon, while a post may ask for it.
pub(super) fn renewals(reading: &Reading<'_>) -> Result<Vec<Duty>, Fault> {
    let mine: Vec<Qualified> = reading.snapshot.list(List::QualificationsOf(reading.me))?;
    let mut duties = Vec::new();
    for own in mine.iter().filter(|own| reading.ends_in(own).is_some()) {
        let row: Option<Qualification> = reading.snapshot.get(own.qualification)?;
        let Some(row) = row.filter(|row| !row.dropped) else { continue };
        let QualificationDraft { name, about, .. } = row.draft;
        let due = own.until.and_then(|until| until.at(23, 59, 0, 0).to_zoned(reading.zone.clone()).ok());
        let what = DutyKind::Renew { qualification: row.id, name, about };
        duties.push(Duty { children: Vec::new(), due, what });
    }
    Ok(duties)
}

impl Reading<'_> {
    /// Days until a qualification that counts ends, where that is soon.
    pub(crate) fn ends_in(&self, row: &Qualified) -> Option<u32> {
        let until = row.until.filter(|_| row.counts_on(self.day))?;
        let days = self.day.until(until).ok()?.get_days();
        (days <= ENDS_SOON).then(|| u32::try_from(days).unwrap_or_default())
    }
}

/// What a step is about, as the outbox names it.
pub(super) fn title_of(reading: &Reading<'_>, step: &VolunteerAct) -> Result<String, Fault> {
    let post = |id: Id<Post>| -> Result<String, Fault> {
        Ok(reading.snapshot.get(id)?.map(|post| post.title).unwrap_or_default())
    };
    Ok(match step {
        VolunteerAct::PutCampaign { draft, .. } => draft.name.clone(),
        VolunteerAct::EndCampaign { campaign } => {
            reading.snapshot.get(*campaign)?.map(|row| row.draft.name).unwrap_or_default()
        }
        VolunteerAct::ChangePost { post, .. } => post.title.clone(),
        VolunteerAct::EndPost { post: id } | VolunteerAct::SetTurns { post: id, .. } => post(*id)?,
        // The act says itself what it is about.
        VolunteerAct::AppointContact { .. }
        | VolunteerAct::EndContact { .. }
        | VolunteerAct::SayReady { .. } => String::new(),
        VolunteerAct::CallOffShift { shift, .. }
        | VolunteerAct::ChangeShift { shift, .. }
        | VolunteerAct::AnswerVolunteer { shift, .. }
        | VolunteerAct::OfferShift { shift, .. }
        | VolunteerAct::AnswerOffer { shift, .. }
        | VolunteerAct::AskFamily { shift, .. }
        | VolunteerAct::ReleaseOffer { shift, .. }
        | VolunteerAct::ConfirmShift { shift, .. }
        | VolunteerAct::SearchStandIn { shift }
        | VolunteerAct::StopStandIn { shift }
        | VolunteerAct::EnterPupil(PupilWish { shift, .. })
        | VolunteerAct::WithdrawPupil(PupilWish { shift, .. })
        | VolunteerAct::MarkPupils { shift, .. } => match reading.snapshot.get(*shift)? {
            Some(shift) => post(shift.post)?,
            None => String::new(),
        },
        VolunteerAct::WishStandIn { .. } => String::new(),
        VolunteerAct::Swap(act) => match swap::shift_of(reading, act)? {
            Some(id) => match reading.snapshot.get(id)? {
                Some(shift) => post(shift.post)?,
                None => String::new(),
            },
            None => String::new(),
        },
        VolunteerAct::AddGuest { guest } => guest.name.clone(),
        VolunteerAct::ChangeSponsor { guest, .. } | VolunteerAct::RemoveGuest { guest } => {
            reading.snapshot.get(*guest)?.map(|row| row.name).unwrap_or_default()
        }
        VolunteerAct::PutQualification { draft, .. } => draft.name.clone(),
        VolunteerAct::DropQualification { qualification }
        | VolunteerAct::ConfirmQualification { qualification, .. }
        | VolunteerAct::WithdrawQualification { qualification, .. } => {
            reading.snapshot.get(*qualification)?.map(|row| row.draft.name).unwrap_or_default()
        }
    })
}

/// What was typed.
pub(super) fn text_of(step: &VolunteerAct) -> String {
    match step {
        VolunteerAct::PutCampaign { draft, .. } => draft.about.clone(),
        VolunteerAct::ChangePost { post, .. } => {
            format!("{}\n{}", post.about, post.terms.handbook).trim().into()
        }
        VolunteerAct::CallOffShift { reason, .. }
        | VolunteerAct::AnswerVolunteer { reason, .. }
        | VolunteerAct::AnswerOffer { reason, .. }
        | VolunteerAct::WithdrawQualification { reason, .. } => reason.clone(),
        VolunteerAct::Swap(act) => swap::text_of(act),
        VolunteerAct::PutQualification { draft, .. } => draft.about.clone(),
        VolunteerAct::OfferShift { words, .. } | VolunteerAct::AskFamily { words, .. } => words.clone(),
        VolunteerAct::AddGuest { guest } => guest.agreed.clone(),
        VolunteerAct::EndCampaign { .. }
        | VolunteerAct::ChangeSponsor { .. }
        | VolunteerAct::RemoveGuest { .. }
        | VolunteerAct::ReleaseOffer { .. }
        | VolunteerAct::ChangeShift { .. }
        | VolunteerAct::ConfirmShift { .. }
        | VolunteerAct::SearchStandIn { .. }
        | VolunteerAct::StopStandIn { .. }
        | VolunteerAct::WishStandIn { .. }
        | VolunteerAct::EnterPupil(_)
        | VolunteerAct::WithdrawPupil(_)
        | VolunteerAct::MarkPupils { .. }
        | VolunteerAct::EndPost { .. }
        | VolunteerAct::SetTurns { .. }
        | VolunteerAct::AppointContact { .. }
        | VolunteerAct::EndContact { .. }
        | VolunteerAct::SayReady { .. }
        | VolunteerAct::DropQualification { .. }
        | VolunteerAct::ConfirmQualification { .. } => String::new(),
    }
}
