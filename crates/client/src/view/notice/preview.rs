//! The exact audience, before anything is sent: who gets it, who does not, and why.

use std::collections::{BTreeSet, HashMap};

use jiff::{SignedDuration, Timestamp};
use xinmei_model::{
    Audience, Child, Family, Id, LeftOut, Role, School, Why, approvers as model_approvers, goes_out,
    needs_approval,
};

use super::{noise, sheet::Addressed};
use crate::{
    Client,
    api::{
        Ask, Fault,
        notice::{Approver, GuardianName, LeftOutView, Preview, Previewed, RecipientView},
    },
    view::{
        ask::read,
        reading::{Reading, count},
    },
};

/// A list is fresh for this long after the school last answered.
const FRESH: SignedDuration = SignedDuration::from_mins(2);

impl Ask for Preview {
    type Reply = Previewed;

    async fn answer(self, client: &Client) -> Result<Previewed, Fault> {
        read(client, move |reading| preview(reading, &self)).await
    }
}

pub(super) fn preview(reading: &Reading<'_>, asked: &Preview) -> Result<Previewed, Fault> {
    let audience = &asked.audience;
    let addressed = Addressed::load(reading, audience)?;
    let children: HashMap<_, _> =
        addressed.children.iter().enumerate().map(|(order, child)| (child.id, (order, child))).collect();
    let mut list = Vec::with_capacity(addressed.recipients.families.len());
    for family in &addressed.recipients.families {
        list.push(recipient(reading, &addressed, &children, family)?);
    }
    list.sort_by_key(|(order, _)| *order);
    let list: Vec<_> = list.into_iter().map(|(_, view)| view).collect();
    let (unreached, left_out) = left_out(reading, &addressed)?;
    Ok(Previewed {
        families: count(&list),
        children: u32::try_from(addressed.recipients.children()).unwrap_or(u32::MAX),
        both: count(list.iter().filter(|family| family.guardians.len() > 1)),
        list,
        unreached,
        left_out,
        no_family: addressed.recipients.no_family.iter().map(|one| one.name.clone()).collect(),
        noise: noise::of(reading, audience)?,
        goes_out: reading.school.as_ref().map(|school| goes_out(school, asked.send_at.as_ref(), reading.now)),
        quiet_until: reading.school.as_ref().and_then(|school| quiet_until(school, asked, reading.now)),
        approvers: approvers(reading, audience)?,
        as_of: as_of(reading),
    })
}

/// Who else could agree, where somebody has to.
fn approvers(reading: &Reading<'_>, audience: &Audience) -> Result<Option<Vec<Approver>>, Fault> {
    let found = reading.snapshot.settle(|facts| {
        if !needs_approval(facts, audience)? {
            return Ok(None);
        }
        let roles = model_approvers(facts, audience, reading.me)?;
        let name = |role: &Role| Approver { name: role.person_name.clone(), title: role.title.clone() };
        Ok(Some(roles.into_iter().map(name).collect()))
    })?;
    Ok(found.flatten())
}

/// The end of the quiet hours it would wait for.
fn quiet_until(school: &School, asked: &Preview, now: Timestamp) -> Option<Timestamp> {
    let loud = School { quiet: None, ..school.clone() };
    let goes = goes_out(school, asked.send_at.as_ref(), now);
    (goes > goes_out(&loud, asked.send_at.as_ref(), now)).then_some(goes)
}

type Numbered<'a> = HashMap<Id<Child>, (usize, &'a Child)>;

/// A household, its children in order, with the place of the first.
fn recipient(
    reading: &Reading<'_>,
    addressed: &Addressed,
    numbered: &Numbered<'_>,
    family: &Family,
) -> Result<(usize, RecipientView), Fault> {
    let mut children: Vec<_> = family.children.iter().filter_map(|child| numbered.get(child)).collect();
    children.sort_by_key(|(order, _)| *order);
    let first = children.first().map_or(usize::MAX, |(order, _)| *order);
    let children =
        children.into_iter().map(|(_, child)| reading.child_name(child)).collect::<Result<_, _>>()?;
    let mut seen = BTreeSet::new();
    let once = family.guardians.iter().filter(|(guardian, _)| seen.insert(*guardian));
    let guardians = once.filter_map(|(guardian, child)| {
        let links = addressed.links.get(child)?;
        links.iter().find(|link| link.guardian == *guardian).map(|link| reading.guardian_name(link))
    });
    let mut because = Vec::new();
    for reason in &family.because {
        because.extend(reading.because(*reason)?);
    }
    Ok((first, RecipientView { children, guardians: guardians.collect(), because }))
}

/// Children nobody is told about, and other guardians who are left out; by class and 学号.
fn left_out(
    reading: &Reading<'_>,
    addressed: &Addressed,
) -> Result<(Vec<LeftOutView>, Vec<LeftOutView>), Fault> {
    let reached = addressed.reached();
    let mut by_child: HashMap<Id<Child>, Vec<&LeftOut>> = HashMap::new();
    for left in &addressed.recipients.left_out {
        by_child.entry(left.child).or_default().push(left);
    }
    let (mut unreached, mut others) = (Vec::new(), Vec::new());
    for child in &addressed.children {
        let left = by_child.remove(&child.id).unwrap_or_default();
        let reached = reached.contains(&child.id);
        if reached && left.is_empty() {
            continue;
        }
        let name = reading.child_name(child)?;
        if left.is_empty() {
            // Nobody stands for this child: that is for the office to mend.
            unreached.push(LeftOutView { child: name, guardian: None, why: Why::CannotReceive });
            continue;
        }
        let views = left.into_iter().map(|left| LeftOutView {
            child: name.clone(),
            guardian: Some(guardian_of(reading, addressed, left)),
            why: left.why,
        });
        if reached { others.extend(views) } else { unreached.extend(views) }
    }
    Ok((unreached, others))
}

fn guardian_of(reading: &Reading<'_>, addressed: &Addressed, left: &LeftOut) -> GuardianName {
    let links = addressed.links.get(&left.child).map(Vec::as_slice).unwrap_or_default();
    let link = links.iter().find(|link| link.guardian == left.guardian);
    link.map(|link| reading.guardian_name(link)).unwrap_or_else(|| GuardianName {
        id: left.guardian,
        name: left.guardian_name.clone(),
        relation: left.relation,
        decides: false,
    })
}

fn as_of(reading: &Reading<'_>) -> Option<Timestamp> {
    reading.snapshot.contact().filter(|contact| reading.now.duration_since(*contact) > FRESH)
}
