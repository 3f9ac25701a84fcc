//! What families ask for a child, and the day's list that follows from it.

#[cfg(test)]
mod tests;

use jiff::civil::Date;
use xinmei_model::{
    Absence, Act, Child, FamilyRequest, FamilyRequestDraft, Hat, Id, Kind, List, PickUp, Power, RequestState,
};

use super::{
    ask::{read, save},
    family::Family,
    reading::Reading,
    wishes,
};
use crate::{
    Client, OutboxEntry,
    api::{
        self, Ask, Fault, Saved,
        family_request::{AbsentView, DayList, PickUpView, RequestView, Requests},
        sync::ItemState,
    },
};

/// Requests, absences and pick-ups a list goes back to: more than a year of a large campus.
const BACK: u32 = 2_000;

impl Ask for api::family_request::List {
    type Reply = Requests;

    async fn answer(self, client: &Client) -> Result<Requests, Fault> {
        read(client, list).await
    }
}

impl Ask for api::family_request::Day {
    type Reply = DayList;

    async fn answer(self, client: &Client) -> Result<DayList, Fault> {
        read(client, move |reading| day_list(reading, self.day.unwrap_or(reading.day))).await
    }
}

impl Ask for api::family_request::Make {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { child, wanted, on_behalf_of } = self;
        let request = FamilyRequestDraft { id: client.new_id(), child, wanted, on_behalf_of };
        save(client, Act::MakeRequest { request }).await
    }
}

impl Ask for api::family_request::Answer {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { request, agrees, note } = self;
        save(client, Act::AnswerRequest { request, agrees, note }).await
    }
}

impl Ask for api::family_request::Withdraw {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { request, on_behalf_of } = self;
        save(client, Act::WithdrawRequest { request, on_behalf_of }).await
    }
}

fn list(reading: &Reading<'_>) -> Result<Requests, Fault> {
    let family = Family::of_hat(reading)?;
    Ok(Requests { requests: reading.requests(&family)?, children: family.names(|own| own.decides) })
}

impl Reading<'_> {
    /// Requests this hat is concerned with: what waits for an answer first, the oldest first; then the newest first.
    pub(crate) fn requests(&self, family: &Family) -> Result<Vec<RequestView>, Fault> {
        let mut rows: Vec<FamilyRequest> = self.snapshot.list_desc(List::All(Kind::FamilyRequest), BACK)?;
        for (draft, entry) in self.wishes.requests() {
            if rows.iter().all(|row| row.id != draft.id) {
                rows.push(self.request_of(draft, entry));
            }
        }
        let mut views = Vec::new();
        for row in &rows {
            if let Some(child) = self.snapshot.get(row.child)? {
                views.extend(self.request_view(row, &child, family)?);
            }
        }
        let waits = |view: &RequestView| view.state == RequestState::Open && !view.over;
        views.sort_by(|a, b| {
            let newest = b.at.cmp(&a.at);
            waits(b).cmp(&waits(a)).then(if waits(a) { newest.reverse() } else { newest })
        });
        Ok(views)
    }

    /// A request that was refused, or waits where nothing could be foreseen.
    fn request_of(&self, draft: &FamilyRequestDraft, entry: &OutboxEntry) -> FamilyRequest {
        FamilyRequest {
            id: draft.id,
            child: draft.child,
            wanted: draft.wanted.clone(),
            guardian: draft.on_behalf_of.as_ref().map_or(self.me, |proxy| proxy.person),
            guardian_name: String::new(),
            entered: None,
            state: RequestState::Open,
            earlier: Vec::new(),
            at: entry.composed,
        }
    }

    /// `None` where it is another hat's: a teacher's own child is not on the list of the class.
    fn request_view(
        &self,
        row: &FamilyRequest,
        child: &Child,
        family: &Family,
    ) -> Result<Option<RequestView>, Fault> {
        let own = family.children().iter().find(|own| own.child.id == row.child);
        let answers = self.may(Power::AnswerRequests, &child.path);
        if own.is_none() && !answers {
            return Ok(None);
        }
        let over = row.wanted.is_over(self.day, self.now);
        let open = row.state == RequestState::Open;
        let live = open || matches!(row.state, RequestState::Agreed { .. });
        let pending = self.wishes.about_request(row.id);
        let busy = pending.as_ref().is_some_and(wishes::waits);
        Ok(Some(RequestView {
            id: row.id,
            child: self.child_name(child)?,
            wanted: row.wanted.clone(),
            guardian: row.guardian_name.clone(),
            entered: row.entered.clone(),
            state: row.state.clone(),
            at: row.at,
            over,
            may_answer: answers && open && !busy && !row.wanted.is_missed(self.now),
            may_withdraw: own.is_some_and(|own| own.decides) && live && !over && !busy,
            pending: pending.filter(|state| *state != ItemState::Sent || busy),
        }))
    }

    /// Children who are away on a day, by class and 学号, of the classes this hat sees.
    pub(crate) fn absent_on(&self, day: Date) -> Result<Vec<AbsentView>, Fault> {
        let rows: Vec<Absence> = self.snapshot.list_desc(List::All(Kind::Absence), BACK)?;
        let mut found = Vec::new();
        for row in rows.into_iter().filter(|row| row.is_on(day)) {
            found.extend(self.in_sight(row.child)?.map(|child| (child, row)));
        }
        found.sort_by_cached_key(|(child, _)| self.child_order(child));
        let view = |(child, row): (Child, Absence)| {
            Ok(AbsentView { child: self.child_name(&child)?, from: row.from, to: row.to, part: row.part })
        };
        found.into_iter().map(view).collect()
    }

    fn in_sight(&self, child: Id<Child>) -> Result<Option<Child>, Fault> {
        let child: Option<Child> = self.snapshot.get(child)?;
        Ok(child.filter(|child| self.may(Power::SeeClass, &child.path)))
    }
}

fn day_list(reading: &Reading<'_>, day: Date) -> Result<DayList, Fault> {
    let sees_pick_ups = reading.has(Power::RunGate);
    let mut pick_ups = Vec::new();
    if sees_pick_ups {
        let rows: Vec<PickUp> = reading.snapshot.list_desc(List::All(Kind::PickUp), BACK)?;
        for row in rows.into_iter().filter(|row| row.at.date() == day) {
            let Some(child) = reading.in_sight(row.child)? else { continue };
            pick_ups.push(PickUpView {
                child: reading.child_name(&child)?,
                by: row.by,
                relation: row.relation,
                phone: row.phone,
                at: row.at,
                agreed_by: row.agreed_by,
            });
        }
        pick_ups.sort_by_key(|one| one.at.timestamp());
    }
    let absent = if reading.hat == Hat::Guardian { Vec::new() } else { reading.absent_on(day)? };
    Ok(DayList { day, absent, pick_ups, sees_pick_ups })
}
