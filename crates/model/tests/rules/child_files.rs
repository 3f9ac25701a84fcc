//! A file of its own for each child: whose it is, who may have it, and that it is nobody else's.

use jiff::SignedDuration;
use proptest::prelude::*;
use uuid::Uuid;
use xinmei_model::{
    Act, Ask, Attachment, Audience, Child, ChildFile, ChildFileDraft, ChildFiles, Feed, FileHash, FileKind,
    FileMatch, Id, List, Notice, NoticeDraft, Numbered, Person, Place, Refusal, Relation, Right, Target,
    Upload, extension, feeds_of, match_files,
};

use crate::world::{World, people::*};

// ---- whose a file is ----

fn child(n: u128) -> Id<Child> {
    Id::new(Uuid::from_u128(n))
}

/// 李雨桐, 王明 and 王明远 of the class; 赵子涵 of another.
fn roll() -> Vec<Numbered<'static>> {
    let one = |n, number, name, addressed| Numbered { child: child(n), number, name, addressed };
    vec![
        one(1, "20230217", "李雨桐", true),
        one(2, "20230218", "王明", true),
        one(3, "20230219", "王明远", true),
        one(4, "20230301", "赵子涵", false),
        one(5, "G110-7", "陈一", true),
        one(6, "G110", "陈二", true),
    ]
}

fn whose(name: &str) -> FileMatch {
    match_files(&roll(), &[name])[0]
}

#[test]
fn a_file_is_the_childs_whose_number_its_name_begins_with() {
    for name in [
        "20230217.pdf",
        "20230217-李雨桐.pdf",
        "20230217_期末.PDF",
        "20230217 李雨桐.pdf",
        "20230217李雨桐.pdf",
        "２０２３０２１７－李雨桐.pdf",
        "【20230217】李雨桐.pdf",
        "20230217（三年级）.tar.gz",
        "20230217",
    ] {
        assert_eq!(whose(name), FileMatch::Of(child(1)), "{name}");
    }
    assert_eq!(whose("g110.pdf"), FileMatch::Of(child(6)), "case does not count");
    assert_eq!(whose("Ｇ110-7 体检.pdf"), FileMatch::Of(child(5)), "the longest number that fits");
    assert_eq!(whose("G110-8.pdf"), FileMatch::Of(child(6)), "a sign ends a number");
}

#[test]
fn a_number_that_goes_on_is_another_number() {
    for name in [
        "202302170.pdf",
        "20230217a.pdf",
        "0217.pdf",
        "2023.pdf",
        "李雨桐-20230217.pdf",
        "成绩.pdf",
        ".pdf",
        "",
    ] {
        assert_eq!(whose(name), FileMatch::Unknown, "{name}");
    }
}

#[test]
fn what_could_be_anybody_elses_is_nobodys() {
    assert_eq!(whose("20230301-赵子涵.pdf"), FileMatch::NotAddressed(child(4)));
    let wrong = FileMatch::NamesAnother { number: child(1), name: child(2) };
    assert_eq!(whose("20230217-王明.pdf"), wrong, "the number is one child's, the name another's");
    assert_eq!(
        whose("20230219-王明远.pdf"),
        FileMatch::Of(child(3)),
        "王明 is part of the name, not another"
    );
    let two = ["20230217.pdf", "20230218.pdf", "20230217-李雨桐.pdf"];
    let second = FileMatch::Second(child(1));
    assert_eq!(
        match_files(&roll(), &two),
        [second, FileMatch::Of(child(2)), second],
        "neither of two is taken"
    );
}

#[test]
fn one_number_for_two_children_is_the_one_of_the_audience() {
    let one = |n, addressed| Numbered { child: child(n), number: "17", name: "", addressed };
    let far = [one(1, true), one(2, false)];
    assert_eq!(match_files(&far, &["17.pdf"]), [FileMatch::Of(child(1))]);
    let both = [one(1, true), one(2, true)];
    assert_eq!(match_files(&both, &["17.pdf"]), [FileMatch::Several(child(1), child(2))]);
    let none = [Numbered { child: child(1), number: " ", name: "李雨桐", addressed: true }];
    assert_eq!(match_files(&none, &[" .pdf", "李雨桐.pdf"]), [FileMatch::Unknown, FileMatch::Unknown]);
}

proptest! {
    #[test]
    fn each_child_gets_one_file_at_most_and_it_bears_its_number(
        numbers in proptest::collection::vec("[0-9]{1,3}", 1..12),
        names in proptest::collection::vec("[0-9０-９]{0,4}[-_ a-b王]{0,3}(\\.pdf)?", 0..20),
    ) {
        let roll: Vec<_> = (1..).zip(&numbers)
            .map(|(n, number)| Numbered { child: child(n), number, name: "王", addressed: n % 3 != 0 })
            .collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let found = match_files(&roll, &names);
        prop_assert_eq!(found.len(), names.len());
        let mut seen = std::collections::BTreeSet::new();
        for (name, file) in names.iter().zip(found) {
            if let FileMatch::Of(whose) = file {
                prop_assert!(seen.insert(whose), "two files for one child");
                let one = roll.iter().find(|one| one.child == whose).unwrap();
                prop_assert!(one.addressed);
                let ascii: String = name.chars()
                    .map(|c| char::from_u32(u32::from(c) - if ('０'..='９').contains(&c) { 0xFEE0 } else { 0 }).unwrap())
                    .collect();
                let at = ascii.find(|c: char| c.is_alphanumeric()).unwrap();
                prop_assert!(ascii[at..].starts_with(one.number), "{} for {}", name, one.number);
            }
        }
    }
}

// ---- who may have it ----

/// Two families of one class, its two teachers, and a class beside it.
struct Scene {
    world: World,
    class: Id<Place>,
    teacher: Staff,
    colleague: Staff,
    stranger: Staff,
    li: Id<Child>,
    wang: Id<Child>,
    mother: Id<Person>,
    other: Id<Person>,
}

fn scene() -> Scene {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let beside = world.class(2024, 3);
    let teacher = world.teacher("张晓梅", class);
    let colleague = world.teacher("孙老师", class);
    let stranger = world.teacher("钱老师", beside);
    let (li, wang) = (world.child("李雨桐", class), world.child("王明", class));
    let mother = world.guardian("刘芳").of(li, Relation::Mother, PARENT).id();
    let other = world.guardian("王强").of(wang, Relation::Father, PARENT).id();
    Scene { world, class, teacher, colleague, stranger, li, wang, mother, other }
}

impl Scene {
    fn number(&self, child: Id<Child>) -> String {
        self.world.get(child).number
    }

    fn file(&self, child: Id<Child>, what: &str) -> ChildFileDraft {
        let name = format!("{}-{what}.pdf", self.number(child));
        let file = Attachment {
            sha256: FileHash::of(name.as_bytes()),
            kind: FileKind::of_extension(extension(&name)),
            name,
            bytes: 9,
            picture: None,
        };
        ChildFileDraft { child, file }
    }

    fn uploaded(&mut self, child: Id<Child>, what: &str) -> ChildFileDraft {
        let one = self.file(child, what);
        let (person, sha256, at) = (self.teacher.person, one.file.sha256, self.world.now);
        self.world.put(Upload { id: Upload::of(person, sha256), person, sha256, bytes: 9, at }, []);
        one
    }

    fn draft(&mut self) -> NoticeDraft {
        let audience = Audience { include: vec![Target::Place(self.class)], except: Vec::new() };
        self.world.notice_draft(audience)
    }

    fn both(&mut self) -> Vec<ChildFileDraft> {
        vec![self.uploaded(self.li, "成绩"), self.uploaded(self.wang, "成绩")]
    }

    fn wish(&mut self, files: Vec<ChildFileDraft>) -> Act {
        let notice = self.draft();
        Act::SendChildFiles { notice, child_files: ChildFiles { files, keeps: false } }
    }

    fn refused(&mut self, files: Vec<ChildFileDraft>) -> Refusal {
        let act = self.wish(files);
        self.world.refuses(self.teacher.actor(), &act)
    }

    fn does(&mut self, act: &Act) -> Id<Notice> {
        self.world.does(self.teacher.actor(), act);
        self.world.release();
        act.notice().unwrap().id
    }

    fn sent(&mut self) -> Id<Notice> {
        let files = self.both();
        let act = self.wish(files);
        self.does(&act)
    }

    /// Whether somebody's computer holds the file of a child.
    fn sees(&self, person: Id<Person>, notice: Id<Notice>, child: Id<Child>) -> bool {
        let held = self.world.ask(|facts| feeds_of(facts, person)).unwrap();
        !held.is_disjoint(&self.world.feeds(ChildFile::of(notice, child)))
    }
}

#[test]
fn each_family_has_the_file_of_its_own_child_and_of_no_other() {
    let mut s = scene();
    let files = s.both();
    let act = s.wish(files);
    let id = act.notice().unwrap().id;
    s.world.does(s.teacher.actor(), &act);
    for person in [s.mother, s.other, s.colleague.person] {
        assert!(
            !s.sees(person, id, s.li) && !s.sees(person, id, s.wang),
            "it is still in its author's hands"
        );
    }
    s.world.release();
    assert!(s.sees(s.mother, id, s.li) && s.sees(s.other, id, s.wang));
    assert!(!s.sees(s.mother, id, s.wang) && !s.sees(s.other, id, s.li));
    for child in [s.li, s.wang] {
        assert!(s.sees(s.teacher.person, id, child) && s.sees(s.colleague.person, id, child));
        assert!(!s.sees(s.stranger.person, id, child), "of another class");
    }
    let named = List::WithFile(s.file(s.li, "成绩").file.sha256);
    assert_eq!(s.world.list::<ChildFile>(named).len(), 1, "one row names it, and one child");
    assert!(s.world.list::<Notice>(named).is_empty());
}

#[test]
fn what_goes_to_single_families_is_seen_by_no_colleague() {
    let mut s = scene();
    let files = vec![s.uploaded(s.li, "体检")];
    let notice = s.world.notice_draft(Audience { include: vec![Target::Child(s.li)], except: Vec::new() });
    let id = s.does(&Act::SendChildFiles { notice, child_files: ChildFiles { files, keeps: false } });
    assert!(s.sees(s.mother, id, s.li) && s.sees(s.teacher.person, id, s.li));
    assert!(!s.sees(s.colleague.person, id, s.li), "the colleague does not have the notice either");
}

#[test]
fn a_guardian_without_messages_has_no_file() {
    let mut s = scene();
    let uncle = s.world.guardian("舅舅").of(s.li, Relation::Other, &[Right::PickUp]).id();
    let id = s.sent();
    assert!(!s.sees(uncle, id, s.li));
}

#[test]
fn no_file_goes_to_the_wrong_child_whatever_a_computer_says() {
    let mut s = scene();
    let (li, wang) = (s.uploaded(s.li, "成绩"), s.uploaded(s.wang, "成绩"));
    let nobody = |one: &ChildFileDraft| Refusal::FileForNobody { name: one.file.name.clone() };
    let swapped = ChildFileDraft { child: s.wang, ..li.clone() };
    assert_eq!(s.refused(vec![swapped]), nobody(&li), "the name says whose it is");
    let beside = s.world.class(2024, 4);
    let zhao = s.world.child("赵子涵", beside);
    let far = s.uploaded(zhao, "成绩");
    assert_eq!(s.refused(vec![li.clone(), far.clone()]), nobody(&far), "not in the audience");
    let twice = Refusal::Malformed { field: "child_files".into() };
    assert_eq!(s.refused(vec![li.clone(), li.clone()]), twice);
    assert_eq!(s.refused(Vec::new()), twice, "a notice without files is another act");
    let missing = s.file(s.wang, "没有上传");
    assert_eq!(
        s.refused(vec![li.clone(), missing.clone()]),
        Refusal::FileMissing { name: missing.file.name }
    );
    let mut notice = s.draft();
    notice.ask = Ask::Sign;
    let sign = Act::SendChildFiles { notice, child_files: ChildFiles { files: vec![wang], keeps: false } };
    let refusal = s.world.refuses(s.teacher.actor(), &sign);
    assert_eq!(refusal, Refusal::Malformed { field: "child_files.ask".into() }, "what is signed is one text");
}

#[test]
fn whoever_left_the_class_in_the_hold_window_gets_no_file() {
    let mut s = scene();
    let files = s.both();
    let act = s.wish(files);
    let id = act.notice().unwrap().id;
    s.world.does(s.teacher.actor(), &act);
    let gone = Child { path: Vec::new(), ..s.world.get(s.li) };
    s.world.put(gone, [Feed::Child(s.li)]);
    s.world.release();
    assert!(!s.sees(s.mother, id, s.li) && s.sees(s.other, id, s.wang));
    assert!(s.sees(s.teacher.person, id, s.li), "its author still has it");
}

#[test]
fn recalled_the_files_are_its_authors_alone() {
    let mut s = scene();
    let id = s.sent();
    s.world.does(s.teacher.actor(), &crate::world::plans::recall(id));
    for person in [s.mother, s.other, s.colleague.person] {
        assert!(!s.sees(person, id, s.li) && !s.sees(person, id, s.wang));
    }
    assert!(s.sees(s.teacher.person, id, s.li));
}

#[test]
fn a_new_version_keeps_the_files_except_where_there_is_a_new_one() {
    let mut s = scene();
    let old = s.sent();
    s.world.pass(SignedDuration::from_hours(30));
    let mended = s.uploaded(s.li, "成绩（更正）");
    let notice = NoticeDraft { supersedes: Some(old), ..s.draft() };
    let files = vec![mended.clone()];
    let new = s.does(&Act::SendChildFiles { notice, child_files: ChildFiles { files, keeps: true } });
    assert_eq!(s.world.get(ChildFile::of(new, s.li)).file, mended.file);
    assert_eq!(s.world.get(ChildFile::of(new, s.wang)).file, s.file(s.wang, "成绩").file);
    assert!(s.sees(s.mother, new, s.li) && s.sees(s.other, new, s.wang));
    for person in [s.mother, s.other, s.colleague.person] {
        assert!(
            !s.sees(person, old, s.li) && !s.sees(person, old, s.wang),
            "the old ones went from the families"
        );
    }
    // Or none: a notice without files takes the place of one with them.
    let draft = s.draft();
    let notice = NoticeDraft { supersedes: Some(new), ..draft };
    s.does(&Act::SendNotice { notice });
    assert!(!s.sees(s.mother, new, s.li));
    // There is nothing to keep of nothing.
    let notice = s.draft();
    let alone = Act::SendChildFiles { notice, child_files: ChildFiles { files: Vec::new(), keeps: true } };
    let refusal = s.world.refuses(s.teacher.actor(), &alone);
    assert_eq!(refusal, Refusal::Malformed { field: "child_files".into() });
}
