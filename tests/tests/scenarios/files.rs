//! Files: composed offline, sent in pieces, read by whoever sees the row that names them, and by nobody else.

mod answered;
mod full;
mod own;
mod uploads;

use data_encoding::BASE64;
use jiff::SignedDuration;
use xinmei_client::api::{Ask as _, Fault, conversation as talk, file, notice};
use xinmei_model::{
    Act, AnsweredBy, Ask, Attachment, Audience, Conversation, ConversationDraft, FileHash, FileKind, Hat, Id,
    List, Message, MessageText, Refusal, Role, RoleKind, Target, Upload, Verdict, extension, limits,
    wire::{BeginUpload, UploadStand},
};
use xinmei_tests::{Device, Guardian, Raw, World};

/// A PDF of so many bytes that no two tests share.
pub(super) fn pdf(seed: u8, bytes: usize) -> Vec<u8> {
    let mut content = b"%PDF-1.7\n".to_vec();
    content
        .extend((0..bytes.saturating_sub(9)).map(|at| seed.wrapping_mul(31).wrapping_add((at % 251) as u8)));
    content
}

/// Gives a file as the window does.
pub(super) async fn give(device: &Device, name: &str, content: &[u8]) -> Result<Attachment, Fault> {
    let (mut id, mut at) = (None, 0);
    loop {
        let piece = &content[at..content.len().min(at + limits::UPLOAD_PART_BYTES)];
        let give = file::Give {
            file: id,
            name: name.into(),
            bytes: u32::try_from(content.len()).unwrap(),
            at: u32::try_from(at).unwrap(),
            content: BASE64.encode(piece),
        };
        let given = give.answer(&device.client).await?;
        if let Some(attachment) = given.attachment {
            return Ok(attachment);
        }
        (id, at) = (Some(given.file), usize::try_from(given.have).unwrap());
    }
}

/// Reads a file as the command line does.
pub(super) async fn read(device: &Device, of: uuid::Uuid, sha256: FileHash) -> Result<Vec<u8>, Fault> {
    let mut content: Vec<u8> = Vec::new();
    loop {
        let at = u32::try_from(content.len()).unwrap();
        let piece = file::Read { of, sha256, at }.answer(&device.client).await?;
        if piece.content.is_empty() {
            return Ok(content);
        }
        content.extend(BASE64.decode(piece.content.as_bytes()).unwrap());
    }
}

fn letter(place: Target, files: Vec<Attachment>) -> notice::Send {
    notice::Send {
        audience: Audience { include: vec![place], except: Vec::new() },
        families_seen: 1,
        title: "研学同意书".into(),
        body: "见附件。".into(),
        ask: Ask::Nothing,
        answered_by: AnsweredBy::AnyGuardian,
        due: None,
        send_at: None,
        supersedes: None,
        keeps_answers: false,
        asks_again: Default::default(),
        changed: None,
        class_reads: false,
        reminds: false,
        alert: None,
        files,
    }
}

fn is_denied<T: std::fmt::Debug>(answer: Result<T, Fault>, code: &str) {
    match answer {
        Err(Fault::Denied { code: found, .. }) => assert_eq!(found, code),
        other => panic!("{other:?}, not {code}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_composed_offline_brings_its_files_to_its_families_and_to_nobody_else() {
    let mut world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let (li, _) = world.family("李建国", &[("李雨桐", class)]).await;
    let other = world.class("本部", 2024, 3).await;
    let (zhao, _) = world.family("赵倩", &[("赵子涵", other)]).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    // One piece and a half, so that it is sent and fetched in several.
    let content = pdf(1, 400_000);
    world.kill_server().await;
    let form = give(&zhang, "研学同意书.PDF", &content).await.unwrap();
    assert_eq!((form.name.as_str(), form.kind), ("研学同意书.pdf", FileKind::Pdf));
    zhang.ask(letter(Target::Place(class), vec![form.clone()])).await;
    let zhang = zhang.reopen().await;
    assert!(
        !zhang.bytes().windows(40).any(|window| window == &content[1000..1040]),
        "it lies there encrypted"
    );
    world.start().await;
    zhang.sync().await;
    world.advance(SignedDuration::from_secs(121)).await;
    li.sync().await;
    let id = li.ask(notice::List {}).await.notices[0].id;
    let opened = li.ask(notice::Open { notice: id, child: None }).await;
    assert_eq!((opened.files.len(), opened.files[0].here, opened.files[0].opens), (1, 0, true));
    assert_eq!(read(&li, id.uuid(), form.sha256).await.unwrap(), content);

    // Once opened it is here without a network, as often as one likes; and it lies where it was opened under its own name.
    world.kill_server().await;
    li.ask(file::Open { of: id.uuid(), sha256: form.sha256 }).await;
    let lies = li.opened();
    assert_eq!(lies.len(), 1);
    assert_eq!(lies[0].file_name().unwrap(), "研学同意书.pdf");
    assert_eq!(std::fs::read(&lies[0]).unwrap(), content);
    let first = li.ask(file::Save { of: id.uuid(), sha256: form.sha256 }).await;
    let second = li.ask(file::Save { of: id.uuid(), sha256: form.sha256 }).await;
    assert_eq!((first.name.as_str(), second.name.as_str()), ("研学同意书.pdf", "研学同意书 (2).pdf"));
    world.start().await;

    // A family of another class knows the hash, and nothing comes of it.
    assert!(matches!(read(&zhao, id.uuid(), form.sha256).await, Err(Fault::Invalid { .. })));
    let stranger = world.raw("赵倩").await;
    let nothing = stranger.file(FileHash::of(b"never uploaded")).await;
    assert_eq!(stranger.file(form.sha256).await, nothing, "not yours is not there");
    assert_eq!(nothing.0, 404);

    // Taken back: the family loses the row, and the bytes with it. The author keeps both.
    zhang.ask(notice::Recall { notice: id, words: String::new() }).await;
    zhang.sync().await;
    li.sync().await;
    assert!(
        li.client.replica().unwrap().file_stand(form.sha256).unwrap().is_none(),
        "gone from this computer"
    );
    assert_eq!(world.raw("李建国").await.file(form.sha256).await.0, 404);
    assert_eq!(world.raw("张晓梅").await.file(form.sha256).await.0, 200);
    let client = li.client.clone();
    client.sign_out().await.unwrap();
    assert!(li.opened().is_empty(), "nothing stays open behind a person");
    world.end(&[&zhang, &zhao]).await;
}

/// A conversation between 李建国 and 张晓梅, opened by wire.
async fn talking(world: &World, raw: &mut Raw) -> (Id<Conversation>, Id<xinmei_model::Child>) {
    let class = world.class("本部", 2024, 2).await;
    let child = world.child("李雨桐", class).await;
    world.elsewhere("李建国").await;
    world.link(&Guardian::parent("李建国"), child).await;
    world.appoint("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let teacher = world.person("张晓梅").await;
    let with = world.list::<Role>(List::RolesOf(teacher))[0].id.into();
    let id = Id::new(uuid::Uuid::now_v7());
    let message = said("张老师好", Vec::new());
    let conversation = ConversationDraft { id, child, with, title: "数学书".into(), message };
    let verdict = raw.push(&Raw::wish(Hat::Guardian, Act::OpenConversation { conversation })).await;
    assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
    (id, child)
}

fn said(text: &str, files: Vec<Attachment>) -> MessageText {
    MessageText { id: Id::new(uuid::Uuid::now_v7()), text: text.into(), quotes: None, files }
}

fn attachment(name: &str, content: &[u8]) -> Attachment {
    Attachment {
        sha256: FileHash::of(content),
        name: name.into(),
        kind: FileKind::of_extension(extension(name)),
        bytes: u32::try_from(content.len()).unwrap(),
        picture: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nothing_names_is_swept_away_after_a_day() {
    let world = World::new().await;
    let mut raw = world.raw("李建国").await;
    let (conversation, child) = talking(&world, &mut raw).await;
    let (kept, lost) = (pdf(20, 500), pdf(21, 500));
    let (kept, lost) = (raw.upload(&kept).await, raw.upload(&lost).await);
    let message = said("见附件", vec![Attachment { sha256: kept, ..attachment("单.pdf", &pdf(20, 500)) }]);
    let id = message.id;
    let say = Act::SayMessage { conversation, child, message };
    assert!(matches!(raw.push(&Raw::wish(Hat::Guardian, say)).await, Verdict::Accepted { .. }));
    let sweep = async || {
        let school = &world.server().school;
        school.files.sweep(&school.ledger).await.unwrap()
    };
    world.advance(SignedDuration::from_hours(23)).await;
    assert_eq!(sweep().await, 0);
    world.advance(SignedDuration::from_hours(2)).await;
    assert_eq!(sweep().await, 1);
    assert_eq!((raw.file(kept).await.0, raw.file(lost).await.0), (200, 404));
    assert!(world.row(Upload::of(raw.person, lost)).is_none(), "nor does a row know of it");
    // Taken back within the time there is: nobody reads it any more, and the file goes.
    let second = raw.upload(&pdf(22, 500)).await;
    let message = said("", vec![Attachment { sha256: second, ..attachment("错.pdf", &pdf(22, 500)) }]);
    let wrong = message.id;
    let say = Act::SayMessage { conversation, child, message };
    assert!(matches!(raw.push(&Raw::wish(Hat::Guardian, say)).await, Verdict::Accepted { .. }));
    let teacher = world.raw("张晓梅").await;
    assert_eq!(teacher.file(second).await.0, 200);
    let delete = Act::DeleteMessage { message: wrong };
    assert!(matches!(raw.push(&Raw::wish(Hat::Guardian, delete)).await, Verdict::Accepted { .. }));
    assert_eq!(teacher.file(second).await.0, 404, "at once");
    world.advance(SignedDuration::from_hours(25)).await;
    assert_eq!(sweep().await, 1, "and from the disk when its day is over");
    assert!(world.row::<Message>(id).is_some_and(|said| said.files.len() == 1));
    world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_on_its_way_lets_other_wishes_pass_and_keeps_a_conversation_in_order() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let (li, children) = world.family("李建国", &[("李雨桐", class)]).await;
    world.appoint("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    li.sync().await;
    let teacher = world.person("张晓梅").await;
    let with = Some(world.list::<Role>(List::RolesOf(teacher))[0].id.into());
    let begin = |title: &str, files| talk::Begin {
        child: children[0],
        with,
        title: title.into(),
        text: "张老师好".into(),
        files,
    };
    let form = give(&li, "病历.pdf", &pdf(30, 300_000)).await.unwrap();
    let first = li.ask(begin("病历", vec![form])).await;
    let say =
        talk::Say {
            conversation: first.conversation, text: "谢谢".into(), quotes: None, files: Vec::new()
        };
    li.ask(say).await;
    let other = li.ask(begin("数学书", Vec::new())).await;
    let thread = li.ask(talk::Open { conversation: first.conversation, most: 9 }).await;
    assert_eq!(thread.messages[0].files[0].sent, Some(0), "it is shown that it waits");
    let outbox = li.ask(xinmei_client::api::sync::ListOutbox {}).await.items;
    let upload = outbox.iter().find_map(|item| item.upload.clone()).expect("files go first");
    assert_eq!((upload.files, upload.there, upload.percent), (1, 0, 0));
    // A push alone, as the driver makes it while the file is still being sent.
    while li.client.push_once().await.unwrap().is_some() {}
    assert!(world.row(other.conversation).is_some(), "the other one has passed");
    assert!(world.row(first.conversation).is_none());
    li.sync().await;
    let said: Vec<Message> = world.list(List::MessagesOf(first.conversation));
    assert_eq!(said.iter().map(|said| said.text.as_str()).collect::<Vec<_>>(), ["张老师好", "谢谢"]);
    assert_eq!(said[0].files.len(), 1);
    world.end(&[&li]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wish_whose_file_the_school_will_not_have_is_put_aside() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let (li, children) = world.family("李建国", &[("李雨桐", class)]).await;
    world.appoint("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    li.sync().await;
    let raw = world.raw("李建国").await;
    for n in 0..30_u8 {
        let begin = BeginUpload { sha256: FileHash::of(&[n]), bytes: limits::FILE_BYTES };
        let _ = raw.post::<_, UploadStand>("/v1/uploads", &begin).await;
    }
    let teacher = world.person("张晓梅").await;
    let with = Some(world.list::<Role>(List::RolesOf(teacher))[0].id.into());
    let files = vec![give(&li, "大.pdf", &pdf(31, 18 * 1024 * 1024)).await.unwrap()];
    let begin =
        talk::Begin { child: children[0], with, title: "病历".into(), text: "见附件".into(), files };
    let saved = li.ask(begin).await;
    li.sync().await;
    let fate = li.client.fate(saved.mutation).await.unwrap();
    assert!(
        matches!(&fate, xinmei_client::replica::Fate::Parked { code } if code == "upload-quota"),
        "{fate:?}"
    );
    li.ask(xinmei_client::api::sync::Seen { mutation: saved.mutation }).await;
    world.end(&[&li]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_deceives_is_never_opened() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let mut raw = world.raw("李建国").await;
    let (conversation, child) = talking(&world, &mut raw).await;
    let program = b"\x7FELF\x02 not a form".to_vec();
    let sha256 = raw.upload(&program).await;
    let mut ids = Vec::new();
    for name in ["报名表.pdf", "工具.exe", "页.html", "图.svg", "start.desktop"] {
        let message = said("请打开", vec![Attachment { sha256, ..attachment(name, &program) }]);
        ids.push(message.id);
        let say = Act::SayMessage { conversation, child, message };
        let verdict = raw.push(&Raw::wish(Hat::Guardian, say)).await;
        assert!(matches!(verdict, Verdict::Accepted { .. }), "{name}: {verdict:?}");
    }
    for name in ["../../报名表.pdf", "报名表\u{202E}fdp.exe", "CON.pdf", "报名表.pdf.exe", "a\0.pdf"]
    {
        let message = said("请打开", vec![Attachment { sha256, ..attachment(name, &program) }]);
        let say = Act::SayMessage { conversation, child, message };
        let verdict = raw.push(&Raw::wish(Hat::Guardian, say)).await;
        let malformed = Refusal::Malformed { field: "files.name".into() };
        assert_eq!(verdict, Verdict::Refused { refusal: malformed }, "{name:?}");
    }
    zhang.sync().await;
    let open = async |at: usize| file::Open { of: ids[at].uuid(), sha256 }.answer(&zhang.client).await;
    is_denied(open(0).await, "file-deceives");
    for at in 1..ids.len() {
        is_denied(open(at).await, "file-not-opened");
    }
    assert!(zhang.opened().is_empty());
    let saved = zhang.ask(file::Save { of: ids[1].uuid(), sha256 }).await;
    assert_eq!(std::fs::read(saved.path).unwrap(), program, "it may be kept");
    world.end(&[&zhang]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_holds_the_files_of_its_rows() {
    let world = World::new().await;
    let mut raw = world.raw("李建国").await;
    let (conversation, child) = talking(&world, &mut raw).await;
    let content = pdf(40, 5_000);
    let sha256 = raw.upload(&content).await;
    let message = said("", vec![attachment("单.pdf", &content)]);
    let say = Act::SayMessage { conversation, child, message };
    assert!(matches!(raw.push(&Raw::wish(Hat::Guardian, say)).await, Verdict::Accepted { .. }));
    let (to, ledger) = (world.dir.path().join("backup"), world.ledger());
    xinmei_server::backup::back_up(ledger.store(), &world.data(), &to).unwrap();
    let name = sha256.to_string();
    assert_eq!(std::fs::read(to.join("files").join(&name[..2]).join(&name)).unwrap(), content);
    world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guardian_whose_right_ended_loses_the_files_too() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let (li, children) = world.family("李建国", &[("李雨桐", class)]).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    li.sync().await;
    let with = Some(world.list::<Role>(List::RolesOf(zhang.person))[0].id.into());
    let content = pdf(50, 2_000);
    let files = vec![give(&li, "病历.pdf", &content).await.unwrap()];
    let sha256 = files[0].sha256;
    let begin = talk::Begin { child: children[0], with, title: "病历".into(), text: String::new(), files };
    let talk = li.ask(begin).await.conversation;
    li.sync().await;
    zhang.sync().await;
    let thread = zhang.ask(talk::Open { conversation: talk, most: 9 }).await;
    let of = thread.messages[0].id.uuid();
    assert_eq!(read(&zhang, of, sha256).await.unwrap(), content);
    // The father's right to messages ends: what he wrote and attached goes from his computer too.
    let ended = Guardian { rights: &[], ..Guardian::parent("李建国") };
    world.link(&ended, children[0]).await;
    li.sync().await;
    assert!(li.client.replica().unwrap().file_stand(sha256).unwrap().is_none());
    assert_eq!(world.raw("李建国").await.file(sha256).await.0, 404, "though it was his once");
    assert_eq!(read(&zhang, of, sha256).await.unwrap(), content, "the teacher still has it");
    world.end(&[&zhang]).await;
}
