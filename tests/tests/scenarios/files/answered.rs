//! Files that families send back: composed offline, opened by the author and by nobody else.

use xinmei_client::api::notice::ChildReply;
use xinmei_model::{FieldKind, FormField, Reply};

use super::*;

/// A notice that wants a form back, as it is sent.
fn wants_back(place: Target) -> notice::Send {
    let field = |label: &str, value, required| FormField { label: label.into(), value, required };
    let fields = vec![field("留言", FieldKind::Text, false), field("回执", FieldKind::File, true)];
    notice::Send { ask: Ask::FillIn { fields }, ..letter(place, Vec::new()) }
}

fn back(child: Id<xinmei_model::Child>, words: &str, files: &[Attachment], replaces: u32) -> ChildReply {
    let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
    let values = vec![words.to_owned(), names.join("\n")];
    ChildReply { child, reply: Reply::FillIn { values, files: files.to_vec() }, replaces }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_family_sends_back_offline_is_opened_by_its_author_and_by_nobody_else() {
    let mut world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let (li, children) = world.family("李建国", &[("李雨桐", class)]).await;
    let (zhao, _) = world.family("赵倩", &[("赵子涵", class)]).await;
    world.link(&Guardian::parent("刘芳"), children[0]).await;
    let liu = world.join("刘芳").await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    zhang.ask(notice::Send { families_seen: 2, ..wants_back(Target::Place(class)) }).await;
    zhang.sync().await;
    world.advance(SignedDuration::from_secs(121)).await;
    for device in [&li, &liu, &zhao] {
        device.sync().await;
    }
    let id = li.ask(notice::List {}).await.notices[0].id;

    // Without a network: kept on the computer, through a kill, and shown as on its way.
    world.kill_server().await;
    let content = pdf(61, 300_000);
    let form = give(&li, "回执.pdf", &content).await.unwrap();
    let replies = vec![back(children[0], "谢谢老师", std::slice::from_ref(&form), 0)];
    li.ask(notice::Answer { notice: id, replies, on_behalf_of: None }).await;
    let li = li.reopen().await;
    let opened = li.ask(notice::Open { notice: id, child: None }).await;
    let mine = &opened.sheet[0].answers[0];
    assert_eq!((mine.files.len(), mine.files[0].sent), (1, Some(0)));
    assert_eq!(read(&li, mine.id, form.sha256).await.unwrap(), content, "one's own is here");
    world.start().await;
    li.sync().await;

    zhang.sync().await;
    let opened = zhang.ask(notice::Open { notice: id, child: None }).await;
    let cell = opened.sheet.iter().find(|cell| cell.child.id == children[0]).unwrap();
    assert!(cell.done);
    let answer = &cell.answers[0];
    assert_eq!((answer.files[0].attachment.name.as_str(), answer.files[0].opens), ("回执.pdf", true));
    zhang.ask(file::Open { of: answer.id, sha256: form.sha256 }).await;
    assert_eq!(std::fs::read(&zhang.opened()[0]).unwrap(), content);
    let saved = zhang.ask(file::SaveAnswers { notice: id }).await;
    let name = format!("{} 李雨桐 回执.pdf", cell.number);
    assert_eq!((saved.files, saved.last.as_deref()), (1, Some(name.as_str())));

    // The family next door got the same notice, and knows the hash.
    assert!(matches!(read(&zhao, answer.id, form.sha256).await, Err(Fault::Invalid { .. })));
    assert_eq!(world.raw("赵倩").await.file(form.sha256).await.0, 404, "not yours is not there");

    // The mother adds a page a day and a half later; what the father sent stays without her ever having had it.
    world.advance(SignedDuration::from_hours(36)).await;
    liu.sync().await;
    let school = &world.server().school;
    school.files.sweep(&school.ledger).await.unwrap();
    let page = give(&liu, "第二页.pdf", &pdf(62, 900)).await.unwrap();
    let replies = vec![back(children[0], "补一页", &[form.clone(), page.clone()], 1)];
    let sent = liu.ask(notice::Answer { notice: id, replies, on_behalf_of: None }).await;
    liu.sync().await;
    let fate = liu.client.fate(sent.mutation).await.unwrap();
    assert!(matches!(fate, xinmei_client::replica::Fate::Settled { .. }), "{fate:?}");
    let teacher = world.raw("张晓梅").await;
    assert_eq!((teacher.file(form.sha256).await.0, teacher.file(page.sha256).await.0), (200, 200));
    world.end(&[&li, &liu, &zhang, &zhao]).await;
}
