//! A file of its own for each child: whose it is, and who sees which.

use std::collections::{BTreeSet, HashMap};

use xinmei_model::{
    Act, Child, ChildFile, ChildFileDraft, FileMatch, Hat, Id, List, Notice, Numbered, Power, match_files,
};

use super::{acts::draft_of, sheet::Addressed};
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        child_file::{Match, Matched, MatchedChild, MatchedFile, SendFiles, Stray, StrayWhy},
        file::ChildFileView,
        profile::ChildName,
    },
    view::{
        ask::{read, save},
        reading::Reading,
    },
};

impl Ask for Match {
    type Reply = Matched;

    async fn answer(self, client: &Client) -> Result<Matched, Fault> {
        read(client, move |reading| matched(reading, &self)).await
    }
}

impl Ask for SendFiles {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let notice = draft_of(client, self.notice);
        save(client, Act::SendChildFiles { notice, child_files: self.child_files }).await
    }
}

pub(super) fn matched(reading: &Reading<'_>, asked: &Match) -> Result<Matched, Fault> {
    let addressed = Addressed::load(reading, &asked.audience)?.children;
    let all = reading.children_with(Power::SeeClass)?;
    let ids: BTreeSet<_> = addressed.iter().map(|child| child.id).collect();
    let others = all.iter().filter(|child| !ids.contains(&child.id)).map(|child| (child, false));
    let roll: Vec<_> = addressed.iter().map(|child| (child, true)).chain(others).map(numbered).collect();
    let names: Vec<_> = asked.names.iter().map(String::as_str).collect();

    let mut given = HashMap::new();
    let mut strays = Vec::new();
    let known: HashMap<_, _> = all.iter().chain(&addressed).map(|child| (child.id, child)).collect();
    for (at, found) in (0..).zip(match_files(&roll, &names)) {
        match found {
            FileMatch::Of(child) => {
                given.insert(child, at);
            }
            other => strays.extend(why(reading, &known, other)?.map(|why| Stray { at, why })),
        }
    }
    let kept: Vec<ChildFile> = match asked.keeps {
        Some(old) => reading.snapshot.list(List::ChildFilesOf(old))?,
        None => Vec::new(),
    };
    let kept: HashMap<_, _> = kept.into_iter().map(|row| (row.child, row.file.name)).collect();
    let mut children = Vec::with_capacity(addressed.len());
    for child in &addressed {
        let file = match (given.get(&child.id), kept.get(&child.id)) {
            (Some(at), _) => MatchedFile::Given { at: *at },
            (None, Some(name)) => MatchedFile::Kept { name: name.clone() },
            (None, None) => MatchedFile::None,
        };
        children.push(MatchedChild { child: reading.child_name(child)?, number: child.number.clone(), file });
    }
    Ok(Matched { children, strays })
}

fn numbered((child, addressed): (&Child, bool)) -> Numbered<'_> {
    Numbered { child: child.id, number: &child.number, name: &child.name, addressed }
}

fn why(
    reading: &Reading<'_>,
    known: &HashMap<Id<Child>, &Child>,
    found: FileMatch,
) -> Result<Option<StrayWhy>, Fault> {
    let name = |id: Id<Child>| -> Result<Option<ChildName>, Fault> {
        known.get(&id).map(|child| reading.child_name(child)).transpose()
    };
    Ok(match found {
        FileMatch::Of(_) => None,
        FileMatch::Unknown => Some(StrayWhy::Unknown),
        FileMatch::NotAddressed(child) => name(child)?.map(|child| StrayWhy::NotAddressed { child }),
        FileMatch::Second(child) => name(child)?.map(|child| StrayWhy::Second { child }),
        FileMatch::Several(one, two) => {
            name(one)?.zip(name(two)?).map(|(child, other)| StrayWhy::Several { child, other })
        }
        FileMatch::NamesAnother { number, name: other } => {
            name(number)?.zip(name(other)?).map(|(child, other)| StrayWhy::NamesAnother { child, other })
        }
    })
}

/// The files of a notice that whoever sits here sees in this hat: a family those of its own children, the author all, the staff
/// of a class those of its children.
pub(super) fn seen(
    reading: &Reading<'_>,
    notice: &Notice,
    family: &[ChildName],
    waits: bool,
) -> Result<Vec<ChildFileView>, Fault> {
    let rows: Vec<ChildFile> = reading.snapshot.list(List::ChildFilesOf(notice.id))?;
    let (mut found, mut once) = (Vec::with_capacity(rows.len()), BTreeSet::new());
    for row in rows.into_iter().chain(waiting(reading, notice.id)) {
        let Some(child) = reading.snapshot.get(row.child)? else { continue };
        let sees = match reading.hat {
            Hat::Guardian => family.iter().any(|own| own.id == child.id),
            Hat::Staff { .. } => notice.author == reading.me || reading.may(Power::SeeClass, &child.path),
        };
        if sees && once.insert(row.id) {
            let file = reading.file_views(std::slice::from_ref(&row.file), waits)?;
            let (name, number) = (reading.child_name(&child)?, child.number.clone());
            let views = file.into_iter().map(|file| ChildFileView {
                id: row.id.uuid(),
                child: name.clone(),
                number: number.clone(),
                file,
            });
            let order = reading.child_order(&child);
            found.extend(views.map(|view| (order.clone(), view)));
        }
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(found.into_iter().map(|(_, view)| view).collect())
}

/// Those of a notice that waits here and that the school has not answered for.
fn waiting(reading: &Reading<'_>, notice: Id<Notice>) -> Vec<ChildFile> {
    let mut acts = reading.wishes.notices().filter(|(draft, _)| draft.id == notice);
    let own = acts.next().map(|(_, entry)| entry.mutation.act.child_files()).unwrap_or_default();
    let row = |one: &ChildFileDraft| ChildFile {
        id: ChildFile::of(notice, one.child),
        notice,
        child: one.child,
        file: one.file.clone(),
    };
    own.iter().map(row).collect()
}
