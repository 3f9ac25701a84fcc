//! A file of its own for each child: a report card, a 体检单. One row for each child, so that no other family's computer ever
//! learns the name or the bytes of it.
//!
//! Whose a file is stands in its name and nowhere else: it begins with the child's 学号. The school looks at that again, whatever
//! the author's computer says.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Ask, Attachment, Change, Child, Facts, Feed, Id, List, Notice, NoticeDraft, Person, Refusal, Right, Stop,
    attachment::{check_files, require_uploaded},
    child_number::begins_with_number,
    derived,
    facts::Decision,
    limits,
};

/// The file that a notice carries for one child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildFile {
    /// Follows from notice and child.
    pub id: Id<ChildFile>,
    /// With which notice it comes.
    pub notice: Id<Notice>,
    /// Whose.
    pub child: Id<Child>,
    /// The file.
    pub file: Attachment,
}

impl ChildFile {
    /// Where the file of a child is kept.
    #[must_use]
    pub fn of(notice: Id<Notice>, child: Id<Child>) -> Id<Self> {
        derived("child-file", notice.uuid(), child.uuid())
    }
}

/// A file for one child, as its author chose it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct ChildFileDraft {
    /// Whose.
    pub child: Id<Child>,
    /// Its name begins with the child's 学号.
    pub file: Attachment,
}

/// The files of a notice that are each for one child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct ChildFiles {
    /// At most one for each child, and at most [`limits::CHILD_FILES`].
    pub files: Vec<ChildFileDraft>,
    /// Those of the notice it replaces stand, except where a child has a new one here.
    pub keeps: bool,
}

impl ChildFiles {
    fn attachments(&self) -> Vec<Attachment> {
        self.files.iter().map(|one| one.file.clone()).collect()
    }

    pub(crate) fn check(&self, draft: &NoticeDraft) -> Result<(), Stop> {
        let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
        // An alert waits for nothing, and what is signed is one text for all.
        if draft.alert.is_some() || draft.ask == Ask::Sign {
            return malformed("child_files.ask");
        }
        if self.keeps && draft.supersedes.is_none() || self.files.is_empty() && !self.keeps {
            return malformed("child_files");
        }
        check_files(&self.attachments(), limits::CHILD_FILES)?;
        let mut seen = BTreeSet::new();
        if self.files.iter().all(|one| seen.insert(one.child)) { Ok(()) } else { malformed("child_files") }
    }
}

/// The files of a notice that is sent, in its author's hands until it goes out.
pub(crate) fn hold(facts: &Facts, author: Id<Person>, draft: &NoticeDraft, own: &ChildFiles) -> Decision {
    let addressed = draft.audience.children(facts)?;
    let children = Facts::each(&own.files, |one| facts.find(one.child))?;
    for (one, child) in own.files.iter().zip(children) {
        let theirs = child.is_some_and(|child| begins_with_number(&one.file.name, &child.number));
        if !addressed.contains(&one.child) || !theirs {
            return Err(Refusal::FileForNobody { name: one.file.name.clone() }.into());
        }
    }
    require_uploaded(facts, author, &own.attachments())?;
    let new: BTreeSet<_> = own.files.iter().map(|one| one.child).collect();
    let kept = match draft.supersedes.filter(|_| own.keeps) {
        Some(old) => of_notice(facts, old)?,
        None => Vec::new(),
    };
    // What is for a child that is not addressed any more stays behind.
    let kept = kept.into_iter().filter(|old| addressed.contains(&old.child) && !new.contains(&old.child));
    let kept = kept.map(|old| (old.child, &old.file));
    let given = own.files.iter().map(|one| (one.child, &one.file));
    let held = |(child, file): (_, &Attachment)| {
        let id = ChildFile::of(draft.id, child);
        Change::put(ChildFile { id, notice: draft.id, child, file: file.clone() }, [Feed::Author(author)])
    };
    Ok(kept.chain(given).map(held).collect())
}

/// The notice goes out: each family gets the file of its own child, and nobody that of a child who is not addressed any more.
/// Where the staff of a class have the notice, they have the files of its children too: they see the child.
pub(crate) fn go_out(facts: &Facts, notice: &Notice) -> Decision {
    let files = of_notice(facts, notice.id)?;
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let addressed = notice.audience.children(facts)?;
    let changes = Facts::each(files.into_iter().filter(|one| addressed.contains(&one.child)), |one| {
        let child = facts.get(one.child)?;
        let class = child.class().filter(|_| notice.audience.tells(&child.path));
        let family = [Feed::Author(notice.author), Feed::ChildRight(one.child, Right::Messages)];
        let feeds: Vec<_> = family.into_iter().chain(class.map(Feed::Class)).collect();
        Ok(Change::put(one.clone(), feeds))
    })?;
    Ok(changes)
}

/// The notice was taken back or replaced: nobody but its author has its files any more.
pub(crate) fn take_back(facts: &Facts, notice: &Notice) -> Decision {
    let files = of_notice(facts, notice.id)?;
    let back = |one: &ChildFile| Change::put(one.clone(), [Feed::Author(notice.author)]);
    Ok(files.into_iter().map(back).collect())
}

fn of_notice(facts: &Facts, notice: Id<Notice>) -> Result<Vec<&ChildFile>, Stop> {
    facts.list(List::ChildFilesOf(notice), limits::ROWS_PER_LIST)
}
