//! Who has answered: one cell for each child, in 学号 order.

use std::collections::{BTreeSet, HashMap, HashSet};

use xinmei_model::{
    Answer, Audience, Child, Facts, Given, Id, Link, List, Notice, Power, Recipients, Seen, Stop, Target,
    Why, addressed, limits, recipients,
};

use super::received::Received;
use crate::{
    api::{
        Fault,
        notice::{AnswerView, GivenView, SheetCell},
        profile::ChildName,
    },
    fault::invalid,
    view::{family::Own, reading::Reading, wishes::waits},
};

/// Children looked at together when only the first silent ones are wanted.
const AT_ONCE: usize = 32;

/// An audience with everything a screen says about it.
pub(super) struct Addressed {
    /// Its children, by class and 学号.
    pub(super) children: Vec<Child>,
    /// The links of each.
    pub(super) links: HashMap<Id<Child>, Vec<Link>>,
    /// Who receives it, and who does not.
    pub(super) recipients: Recipients,
}

impl Addressed {
    /// Works an audience out, as the school will.
    pub(super) fn load(reading: &Reading<'_>, audience: &Audience) -> Result<Self, Fault> {
        Self::work_out(reading, |facts| Ok((audience.children(facts)?, recipients(facts, audience)?)))
    }

    /// Whom a notice is for, or was told.
    pub(super) fn by(reading: &Reading<'_>, notice: &Notice) -> Result<Self, Fault> {
        Self::work_out(reading, |facts| addressed(facts, notice))
    }

    fn work_out(
        reading: &Reading<'_>,
        whom: impl Fn(&Facts) -> Result<(BTreeSet<Id<Child>>, Recipients), Stop>,
    ) -> Result<Self, Fault> {
        let found = reading.snapshot.settle(|facts| gather(facts, whom(facts)?))?;
        let (recipients, mut children, links) = found.ok_or_else(|| invalid("audience"))?;
        children.sort_by_cached_key(|child| reading.child_order(child));
        Ok(Self { children, links, recipients })
    }

    /// Children somebody is told about.
    pub(super) fn reached(&self) -> HashSet<Id<Child>> {
        self.recipients.families.iter().flat_map(|family| family.children.iter().copied()).collect()
    }

    /// Why nobody is told about a child: what could be mended first.
    pub(super) fn why(&self, child: Id<Child>) -> Why {
        let reasons = self.recipients.left_out.iter().filter(|left| left.child == child);
        reasons.map(|left| left.why).min().unwrap_or(Why::CannotReceive)
    }
}

type Gathered = (Recipients, Vec<Child>, HashMap<Id<Child>, Vec<Link>>);

fn gather(facts: &Facts, (ids, recipients): (BTreeSet<Id<Child>>, Recipients)) -> Result<Gathered, Stop> {
    let children = Facts::each(&ids, |child| facts.get(*child).cloned())?;
    let links = Facts::each(&ids, |child| {
        let links = facts.list::<Link>(List::LinksOf(*child), limits::ROWS_PER_LIST)?;
        Ok((*child, links.into_iter().cloned().collect()))
    })?;
    Ok((recipients, children, links.into_iter().collect()))
}

/// The family's own children.
pub(super) fn of_family(
    reading: &Reading<'_>,
    notice: &Notice,
    received: &Received,
) -> Result<Vec<SheetCell>, Fault> {
    let answers = reading.answers_to(notice)?;
    let complete = reading.complete(notice, &answers)?;
    let asked = notice.ask.is_duty() && notice.is_asked_of(reading.me);
    let may_change = notice.may_change_at(reading.now);
    let cell = |own: &Own| {
        let done = complete.iter().any(|one| one.child == own.child.id);
        Ok(SheetCell {
            child: own.name.clone(),
            number: own.child.number.clone(),
            answers: views(reading, notice, &answers, own.child.id)?,
            done,
            may_answer: own.decides && asked && (!done || may_change),
            pending: reading.wishes.answer(notice.id, own.child.id),
            guardians: Vec::new(),
            may_enter: false,
            seen: false,
            unreached: None,
        })
    };
    received.addressed(reading, notice).into_iter().map(cell).collect()
}

/// Every child of the audience, as far as its answers are read.
pub(super) fn of_staff(reading: &Reading<'_>, notice: &Notice) -> Result<Vec<SheetCell>, Fault> {
    let addressed = Addressed::by(reading, notice)?;
    let reached = addressed.reached();
    let answers = reading.answers_to(notice)?;
    let complete: HashSet<_> = reading.complete(notice, &answers)?.into_iter().map(|one| one.child).collect();
    let seen: Vec<Seen> = reading.snapshot.list(List::SeenOf(notice.id))?;
    let seen: HashSet<_> = seen.into_iter().map(|one| one.person).collect();
    let mut by_child: HashMap<Id<Child>, Vec<Answer>> = HashMap::new();
    for answer in answers {
        by_child.entry(answer.child).or_default().push(answer);
    }
    let mut cells = Vec::with_capacity(addressed.children.len());
    for child in &addressed.children {
        let links = addressed.links.get(&child.id).map(Vec::as_slice).unwrap_or_default();
        let guardians = links.iter().map(|link| reading.guardian_name(link));
        let answers = by_child.remove(&child.id).unwrap_or_default();
        cells.push(SheetCell {
            child: reading.child_name(child)?,
            number: child.number.clone(),
            answers: views(reading, notice, &answers, child.id)?,
            done: complete.contains(&child.id),
            may_answer: false,
            pending: reading.wishes.answer(notice.id, child.id),
            guardians: guardians.filter(|guardian| guardian.decides).collect(),
            seen: complete.contains(&child.id) || links.iter().any(|link| seen.contains(&link.guardian)),
            may_enter: reading.may(Power::ActForFamilies, &child.path),
            unreached: (!reached.contains(&child.id)).then(|| addressed.why(child.id)),
        });
    }
    Ok(cells)
}

/// What was answered for a child, the first guardian first.
fn views(
    reading: &Reading<'_>,
    notice: &Notice,
    answers: &[Answer],
    child: Id<Child>,
) -> Result<Vec<AnswerView>, Fault> {
    let mut own: Vec<_> = answers.iter().filter(|answer| answer.child == child).collect();
    own.sort_by_key(|answer| answer.given.at);
    let view = |given: &Given| GivenView {
        reply: given.reply.clone(),
        guardian: given.guardian_name.clone(),
        guardian_id: given.guardian,
        relation: given.relation,
        entered: given.entered.clone(),
        at: given.at,
        late: notice.due.as_ref().is_some_and(|due| given.at > due.timestamp()),
    };
    let view = |answer: &Answer| {
        Ok(AnswerView {
            id: answer.id.uuid(),
            version: answer.version,
            mine: answer.id == Answer::of(notice, child, reading.me),
            now: view(&answer.given),
            files: reading.file_views(answer.given.reply.files(), on_its_way(reading, answer)?)?,
            earlier: answer.earlier.iter().map(view).collect(),
        })
    };
    own.into_iter().map(view).collect()
}

/// Those of these children somebody is told about.
pub(super) fn reached(reading: &Reading<'_>, children: &[Id<Child>]) -> Result<HashSet<Id<Child>>, Fault> {
    if children.is_empty() {
        return Ok(HashSet::new());
    }
    let audience = Audience {
        include: children.iter().map(|child| Target::Child(*child)).collect(),
        except: Vec::new(),
    };
    let found = reading.snapshot.settle(|facts| recipients(facts, &audience))?;
    let families = found.map(|recipients| recipients.families).unwrap_or_default();
    Ok(families.into_iter().flat_map(|family| family.children).collect())
}

/// The first children, by class and 学号, who were reached and for whom nobody answered. Only as many links are read
/// as it takes to find them.
pub(crate) fn silent(
    reading: &Reading<'_>,
    notice: &Notice,
    answers: &[Answer],
    most: usize,
) -> Result<Vec<ChildName>, Fault> {
    let answered: HashSet<_> = reading.complete(notice, answers)?.into_iter().map(|one| one.child).collect();
    let found = reading.snapshot.settle(|facts| {
        let (ids, _) = addressed(facts, notice)?;
        Facts::each(&ids, |child| facts.get(*child).cloned())
    })?;
    let mut children = found.unwrap_or_default();
    children.retain(|child| !answered.contains(&child.id));
    children.sort_by_cached_key(|child| reading.child_order(child));
    let mut silent = Vec::new();
    for some in children.chunks(AT_ONCE) {
        let ids: Vec<_> = some.iter().map(|child| child.id).collect();
        let reached = reached(reading, &ids)?;
        for child in some.iter().filter(|child| reached.contains(&child.id)) {
            silent.push(reading.child_name(child)?);
            if silent.len() == most {
                return Ok(silent);
            }
        }
    }
    Ok(silent)
}

/// Whether what stands there is this computer's own wish, which the school does not have yet.
fn on_its_way(reading: &Reading<'_>, answer: &Answer) -> Result<bool, Fault> {
    Ok(reading.snapshot.is_pending(answer.id.uuid())?.is_some_and(|state| waits(&state)))
}
