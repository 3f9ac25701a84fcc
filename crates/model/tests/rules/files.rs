//! Files: what they may be called, what they may be, and who may carry them.

mod answered;

use jiff::SignedDuration;
use proptest::prelude::*;
use xinmei_model::{
    Act, Answer, Attachment, Audience, Child, Conversation, ConversationDraft, FileHash, FileKind, Id, List,
    Message, MessageText, Notice, NoticeDraft, Person, Picture, Refusal, Relation, Target, Upload, extension,
    file_name_of, holds_what_it_says, limits,
};

use crate::world::{World, people::*};

/// Names that were made to escape, to hide, or to be run.
const HOSTILE: &[&str] = &[
    "../../../etc/passwd",
    "..\\..\\autorun.inf",
    "/etc/shadow",
    "C:\\Windows\\System32\\cmd.exe",
    "a\0.pdf",
    "报名表\u{202E}fdp.exe",
    "报\u{200B}名表.pdf",
    "\u{FEFF}报名表.pdf",
    "CON",
    "con.pdf",
    "nul.txt.pdf",
    "LPT1.docx",
    "报名表.pdf.",
    "报名表.pdf ",
    " 报名表.pdf",
    ".bashrc",
    "...",
    "报名表.pdf.exe",
    "photo.jpg.desktop",
    "x.PDF",
    "a:b.pdf",
    "a|b?.pdf",
    "<img src=x onerror=alert(1)>.pdf",
    "报名表.pdf\n.sh",
    "e\u{301}.pdf",
    "\u{E0041}.pdf",
    "",
    "   ",
];

/// A scene: a class teacher, and a mother who talk about her child.
struct Scene {
    world: World,
    teacher: Staff,
    child: Id<Child>,
    mother: Id<Person>,
}

fn scene() -> Scene {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let teacher = world.teacher("张晓梅", class);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    Scene { world, teacher, child, mother }
}

fn family(child: Id<Child>) -> Audience {
    Audience { include: vec![Target::Child(child)], except: Vec::new() }
}

fn file(name: &str) -> Attachment {
    let sha256 = FileHash::of(name.as_bytes());
    Attachment {
        sha256,
        name: name.into(),
        kind: FileKind::of_extension(extension(name)),
        bytes: 9,
        picture: None,
    }
}

fn photo(name: &str) -> Attachment {
    let thumbnail = FileHash::of(b"small");
    let picture = Some(Picture { width: 640, height: 480, thumbnail, thumbnail_bytes: 5 });
    Attachment { picture, ..file(name) }
}

impl Scene {
    fn uploads(&mut self, person: Id<Person>, file: &Attachment) {
        for (sha256, bytes) in file.parts() {
            let at = self.world.now;
            self.world.put(Upload { id: Upload::of(person, sha256), person, sha256, bytes, at }, []);
        }
    }

    fn draft(&mut self, files: Vec<Attachment>) -> NoticeDraft {
        let draft = self.world.notice_draft(family(self.child));
        NoticeDraft { files, ..draft }
    }

    fn refused(&mut self, files: Vec<Attachment>) -> Refusal {
        let notice = self.draft(files);
        self.world.refuses(self.teacher.actor(), &Act::SendNotice { notice })
    }

    fn sent(&mut self, files: Vec<Attachment>) -> Id<Notice> {
        let notice = self.draft(files);
        let id = notice.id;
        self.world.does(self.teacher.actor(), &Act::SendNotice { notice });
        id
    }

    fn names(&self, file: &Attachment) -> usize {
        self.world.list::<Notice>(List::WithFile(file.sha256)).len()
            + self.world.list::<Message>(List::WithFile(file.sha256)).len()
            + self.world.list::<Answer>(List::WithFile(file.sha256)).len()
    }
}

fn malformed(field: &str) -> Refusal {
    Refusal::Malformed { field: field.into() }
}

#[test]
fn nobody_carries_what_they_have_not_uploaded() {
    let mut scene = scene();
    let form = file("报名表.pdf");
    assert_eq!(scene.refused(vec![form.clone()]), Refusal::FileMissing { name: "报名表.pdf".into() });
    // That somebody else has it is nobody's business.
    scene.uploads(scene.mother, &form);
    assert_eq!(scene.refused(vec![form.clone()]), Refusal::FileMissing { name: "报名表.pdf".into() });
    scene.uploads(scene.teacher.person, &form);
    let other_length = Attachment { bytes: 8, ..form.clone() };
    assert_eq!(scene.refused(vec![other_length]), Refusal::FileMissing { name: "报名表.pdf".into() });
    let id = scene.sent(vec![form.clone()]);
    assert_eq!(scene.world.get(id).files, std::slice::from_ref(&form));
    assert_eq!(scene.names(&form), 1);
}

#[test]
fn a_picture_needs_its_thumbnail_at_the_school() {
    let mut scene = scene();
    let picture = photo("春游.jpg");
    let person = scene.teacher.person;
    let at = scene.world.now;
    let (sha256, bytes) = (picture.sha256, picture.bytes);
    scene.world.put(Upload { id: Upload::of(person, sha256), person, sha256, bytes, at }, []);
    assert_eq!(scene.refused(vec![picture.clone()]), Refusal::FileMissing { name: "春游.jpg".into() });
    scene.uploads(person, &picture);
    scene.sent(vec![picture.clone()]);
    let thumbnail = picture.picture.unwrap().thumbnail;
    assert_eq!(
        scene.world.list::<Notice>(List::WithFile(thumbnail)).len(),
        1,
        "who sees the notice may read it"
    );
}

#[test]
fn names_that_deceive_or_escape_are_refused() {
    let mut scene = scene();
    for name in HOSTILE {
        let refusal = scene.refused(vec![file(name)]);
        assert_eq!(refusal, malformed("files.name"), "{name:?}");
    }
    let long = format!("{}.pdf", "长".repeat(57));
    let limit = u32::try_from(limits::FILE_NAME_CHARS).unwrap();
    assert_eq!(scene.refused(vec![file(&long)]), Refusal::TooMany { field: "files.name".into(), limit });
}

#[test]
fn what_a_file_says_of_itself_must_hold_together() {
    let mut scene = scene();
    let form = file("报名表.pdf");
    let with = |kind| Attachment { kind, ..form.clone() };
    assert_eq!(scene.refused(vec![with(FileKind::Text)]), malformed("files.kind"));
    assert_eq!(scene.refused(vec![Attachment { bytes: 0, ..form.clone() }]), malformed("files"));
    let large = Attachment { bytes: limits::FILE_BYTES + 1, ..form.clone() };
    let over = |field: &str, limit| Refusal::TooMany { field: field.into(), limit };
    assert_eq!(scene.refused(vec![large]), over("files.bytes", limits::FILE_BYTES));
    assert_eq!(scene.refused(vec![file("春游.jpg")]), malformed("files"), "a picture has a thumbnail");
    assert_eq!(scene.refused(vec![photo("报名表.pdf")]), malformed("files"), "and nothing else has");
    let sized = |width| {
        let picture = photo("春游.jpg").picture.map(|picture| Picture { width, ..picture });
        Attachment { picture, ..photo("春游.jpg") }
    };
    for width in [0, limits::PICTURE_SIDE + 1, u32::MAX] {
        assert_eq!(scene.refused(vec![sized(width)]), malformed("files.picture"));
    }
    let heavy = photo("春游.jpg").picture.map(|picture| Picture { thumbnail_bytes: u32::MAX, ..picture });
    assert_eq!(
        scene.refused(vec![Attachment { picture: heavy, ..photo("春游.jpg") }]),
        malformed("files.thumbnail")
    );
    let many = (0..=limits::FILES_PER_NOTICE).map(|n| file(&format!("{n}.pdf"))).collect();
    assert_eq!(scene.refused(many), over("files", 10));
}

#[test]
fn what_is_signed_covers_the_files_too() {
    let mut scene = scene();
    let form = file("报名表.pdf");
    scene.uploads(scene.teacher.person, &form);
    let notice = scene.sent(vec![form]);
    let with = scene.world.get(notice);
    let without = Notice { files: Vec::new(), ..with.clone() };
    let renamed = Notice { files: vec![file("另一张.pdf")], ..with.clone() };
    assert_ne!(with.text_sha256(), without.text_sha256());
    assert_ne!(with.text_sha256(), renamed.text_sha256());
}

#[test]
fn a_new_version_may_carry_what_the_old_one_did() {
    let mut scene = scene();
    let (form, map) = (file("报名表.pdf"), file("路线.pdf"));
    scene.uploads(scene.teacher.person, &form);
    let old = scene.sent(vec![form.clone()]);
    scene.world.pass(SignedDuration::from_hours(30));
    assert_eq!(
        scene.refused(vec![form.clone(), map.clone()]),
        Refusal::FileMissing { name: "路线.pdf".into() }
    );
    scene.uploads(scene.teacher.person, &map);
    let draft = scene.draft(vec![form.clone(), map]);
    let notice = NoticeDraft { supersedes: Some(old), ..draft };
    let id = notice.id;
    scene.world.does(scene.teacher.actor(), &Act::SendNotice { notice });
    assert_eq!(scene.world.get(id).files.len(), 2);
    assert_eq!(scene.names(&form), 2, "the old version stays in its author's history");
}

#[test]
fn a_message_may_be_a_file_and_takes_it_along_when_deleted() {
    let mut scene = scene();
    let picture = photo("牙科病历.jpg");
    scene.uploads(scene.mother, &picture);
    let (id, said) = (scene.world.fresh::<Conversation>(), scene.world.fresh());
    let message = MessageText { id: said, text: " ".into(), quotes: None, files: vec![picture.clone()] };
    let with = scene.teacher.role.into();
    let conversation =
        ConversationDraft { id, child: scene.child, with, title: "请假".into(), message: message.clone() };
    let mother = guardian(scene.mother);
    let wordless = MessageText { files: Vec::new(), ..message };
    let empty = ConversationDraft { message: wordless, ..conversation.clone() };
    let refusal = scene.world.refuses(mother, &Act::OpenConversation { conversation: empty });
    assert_eq!(refusal, malformed("text"), "neither words nor a file");
    scene.world.does(mother, &Act::OpenConversation { conversation });
    assert_eq!(scene.world.get(said).files, std::slice::from_ref(&picture));
    assert_eq!(scene.names(&picture), 1);
    scene.world.does(mother, &Act::DeleteMessage { message: said });
    assert!(scene.world.get(said).files.is_empty());
    assert_eq!(scene.names(&picture), 0, "nobody reads it any more");
}

#[test]
fn an_upload_that_nothing_names_is_over_after_a_day() {
    let mut scene = scene();
    let form = file("报名表.pdf");
    scene.uploads(scene.mother, &form);
    let upload = scene.world.get(Upload::of(scene.mother, form.sha256));
    let later = |hours| scene.world.now + SignedDuration::from_hours(hours);
    assert!(!upload.is_over(later(23)) && upload.is_over(later(24)));
    assert_eq!(scene.world.list::<Upload>(List::UploadsOf(form.sha256)), std::slice::from_ref(&upload));
    assert_eq!(scene.world.list::<Upload>(List::UploadsBy(scene.mother)), [upload]);
}

#[test]
fn a_name_is_mended_as_little_as_need_be() {
    for (typed, kept) in [
        ("2026 春游通知（终稿）.pdf", "2026 春游通知（终稿）.pdf"),
        ("IMG_2041.JPG", "IMG_2041.jpg"),
        ("/home/li/照片/春游.png", "春游.png"),
        ("C:\\Users\\li\\春游.png", "春游.png"),
        ("../../etc/passwd", "passwd"),
        ("报名表\u{202E}fdp.exe", "报名表fdp.exe"),
        ("报名表.pdf.exe", "报名表 pdf.exe"),
        ("CON.pdf", "文件 CON.pdf"),
        (".bashrc", "bashrc"),
        ("a\0b:c.txt", "ab c.txt"),
        ("", "文件"),
        ("...", "文件"),
        ("e\u{301}t\u{e9}.txt", "\u{e9}t\u{e9}.txt"),
    ] {
        assert_eq!(file_name_of(typed), kept, "{typed:?}");
    }
    let long = file_name_of(&format!("{}.docx", "长".repeat(300)));
    assert!(long.ends_with("长.docx") && long.chars().count() == limits::FILE_NAME_CHARS, "{long}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever a file was called: what is made of it may be used, and is left as it is the second time.
    #[test]
    fn a_mended_name_may_be_used(stem in "\\PC{0,80}|[a-zA-Z. /\\\\:]{0,20}|(con|NUL|lpt1)[. ]{0,3}", end in "(\\.[a-zA-Z]{1,12}){0,3}[. ]{0,2}") {
        let name = file_name_of(&format!("{stem}{end}"));
        let mut scene = scene();
        let file = file(&name);
        let is_picture = file.kind.is_picture();
        let refusal = scene.refused(vec![if is_picture { photo(&name) } else { file }]);
        prop_assert_eq!(refusal, Refusal::FileMissing { name: name.clone() });
        prop_assert_eq!(file_name_of(&name), name);
    }
}

#[test]
fn a_kind_is_told_by_the_bytes() {
    let yes: &[(&str, &[u8])] = &[
        ("pdf", b"%PDF-1.7\n"),
        ("jpg", b"\xFF\xD8\xFF\xE0rest"),
        ("jpeg", b"\xFF\xD8\xFF\xE1rest"),
        ("png", b"\x89PNG\r\n\x1A\nrest"),
        ("docx", b"PK\x03\x04rest"),
        ("doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        ("wav", b"RIFF\x10\0\0\0WAVE"),
        ("mp4", b"\0\0\0\x18ftypisom"),
        ("txt", "第一行\r\n第二行".as_bytes()),
        ("csv", b"\xEF\xBB\xBFa,b\n"),
        ("txt", b"\xC8\xCB\xCA\xC2"),
        ("exe", b"MZ"),
        ("svg", b"<svg onload=alert(1)>"),
    ];
    for (extension, bytes) in yes {
        assert!(holds_what_it_says(extension, bytes), "{extension}");
    }
    let no: &[(&str, &[u8])] = &[
        ("pdf", b"MZ\x90\0"),
        ("pdf", b"\n%PDF-1.7"),
        ("pdf", b"PK\x03\x04"),
        ("jpg", b"\x89PNG\r\n\x1A\n"),
        ("png", b"<svg/>"),
        ("png", b""),
        ("docx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        ("doc", b"{\\rtf1"),
        ("txt", b"#!/bin/sh\nrm -rf ~"),
        ("txt", b"\xEF\xBB\xBF  <script>"),
        ("txt", b"[Desktop Entry]\nExec=sh"),
        ("txt", b"@ECHO OFF"),
        ("txt", b"a\0b"),
        ("csv", b"\x7FELF\x02"),
        ("mp4", b"\0\0\0\x18ftypheic"),
    ];
    for (extension, bytes) in no {
        assert!(!holds_what_it_says(extension, bytes), "{extension} {bytes:?}");
    }
    for never in ["exe", "sh", "desktop", "html", "htm", "svg", "js", "docm", "xlsm", "bat", "msi", "zip", ""]
    {
        assert!(!FileKind::of_extension(never).opens(), "{never}");
    }
}

#[test]
fn a_hash_has_one_spelling() {
    let hash = FileHash::of(b"abc");
    let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(hash.to_string(), text);
    assert_eq!(text.parse(), Ok(hash));
    for wrong in [
        "",
        "ba",
        &text.to_uppercase(),
        &format!("{text}0"),
        &text.replace('b', "/"),
        "../../../../etc/passwd",
    ] {
        assert!(wrong.parse::<FileHash>().is_err(), "{wrong}");
    }
}
