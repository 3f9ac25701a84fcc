//! A file of its own for each child: matched by 学号, seen by its family and whoever sees the child, and by nobody else.

use jiff::SignedDuration;
use xinmei_client::api::{
    Fault,
    child_file::{Match, MatchedFile, SendFiles, StrayWhy},
    file, notice,
};
use xinmei_model::{
    Attachment, Audience, Child, ChildFileDraft, ChildFiles, Id, Notice, Place, RoleKind, Target,
};
use xinmei_tests::{Device, World};

use super::{give, letter, pdf, read};

/// Two families of a class with its two teachers.
struct Scene {
    world: World,
    class: Id<Place>,
    zhang: Device,
    sun: Device,
    li: Device,
    wang: Device,
    children: [Id<Child>; 2],
}

async fn scene() -> Scene {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let (li, one) = world.family("李建国", &[("李雨桐", class)]).await;
    let (wang, two) = world.family("王强", &[("王明", class)]).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let sun = world.staff("孙老师", RoleKind::SubjectTeacher, "数学老师", class).await;
    Scene { world, class, zhang, sun, li, wang, children: [one[0], two[0]] }
}

impl Scene {
    fn number(&self, n: usize) -> String {
        self.world.row(self.children[n]).unwrap().number
    }

    fn audience(&self) -> Audience {
        Audience { include: vec![Target::Place(self.class)], except: Vec::new() }
    }

    /// Gives these files, and takes what is matched.
    async fn matched(&self, files: &[Attachment], keeps: Option<Id<Notice>>) -> ChildFiles {
        let names = files.iter().map(|file| file.name.clone()).collect();
        let found = self.zhang.ask(Match { audience: self.audience(), names, keeps }).await;
        let given = found.children.iter().filter_map(|one| match one.file {
            MatchedFile::Given { at } => {
                Some(ChildFileDraft { child: one.child.id, file: files[at as usize].clone() })
            }
            _ => None,
        });
        ChildFiles { files: given.collect(), keeps: keeps.is_some() }
    }

    async fn send(&self, child_files: ChildFiles, supersedes: Option<Id<Notice>>) -> Id<Notice> {
        let letter = letter(Target::Place(self.class), Vec::new());
        let notice = notice::Send { families_seen: 2, supersedes, title: "期末成绩单".into(), ..letter };
        self.zhang.ask(SendFiles { notice, child_files }).await;
        let list = self.zhang.ask(notice::List {}).await.notices;
        list.iter().find(|line| line.pending.is_some()).unwrap().id
    }

    async fn released(&self) {
        self.zhang.sync().await;
        self.world.advance(SignedDuration::from_secs(121)).await;
        for device in [&self.zhang, &self.sun, &self.li, &self.wang] {
            device.sync().await;
        }
    }
}

/// Names of the files somebody sees with a notice.
async fn sees(device: &Device, notice: Id<Notice>) -> Vec<String> {
    let opened = device.ask(notice::Open { notice, child: None }).await;
    opened.child_files.into_iter().map(|own| own.file.attachment.name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_family_gets_the_file_of_its_own_child_and_nobody_elses() {
    let mut s = scene().await;
    let (for_li, for_wang) = (format!("{}-李雨桐.pdf", s.number(0)), format!("{}.pdf", s.number(1)));
    s.world.kill_server().await;
    let mut files = Vec::new();
    for (seed, name) in [(1, for_li.as_str()), (2, &for_wang), (3, "合影.pdf")] {
        files.push(give(&s.zhang, name, &pdf(seed, 3_000)).await.unwrap());
    }
    let names = files.iter().map(|file| file.name.clone()).collect();
    let found = s.zhang.ask(Match { audience: s.audience(), names, keeps: None }).await;
    assert_eq!(found.children.len(), 2);
    assert_eq!(found.strays.len(), 1);
    assert!(found.strays[0].at == 2 && matches!(found.strays[0].why, StrayWhy::Unknown));
    let child_files = s.matched(&files, None).await;
    assert_eq!(child_files.files.len(), 2);
    let id = s.send(child_files, None).await;
    assert_eq!(sees(&s.zhang, id).await.len(), 2, "offline it waits with its files");
    s.world.start().await;
    s.released().await;

    assert_eq!(sees(&s.li, id).await, [for_li.as_str()]);
    assert_eq!(sees(&s.wang, id).await, [for_wang.as_str()]);
    assert_eq!(sees(&s.sun, id).await.len(), 2, "who sees the children sees their files");
    let own = s.li.ask(notice::Open { notice: id, child: None }).await.child_files.remove(0);
    assert_eq!(read(&s.li, own.id, files[0].sha256).await.unwrap(), pdf(1, 3_000));
    s.li.ask(file::Open { of: own.id, sha256: files[0].sha256 }).await;
    assert_eq!(std::fs::read(&s.li.opened()[0]).unwrap(), pdf(1, 3_000));
    // The other child's: neither by its row, nor by its hash.
    let other = s.wang.ask(notice::Open { notice: id, child: None }).await.child_files.remove(0);
    assert!(matches!(read(&s.li, other.id, files[1].sha256).await, Err(Fault::Invalid { .. })));
    assert_eq!(s.world.raw("李建国").await.file(files[1].sha256).await.0, 404);
    assert_eq!(s.world.raw("李建国").await.file(files[0].sha256).await.0, 200);

    // One was wrong: a new version brings the right one, and the others stay.
    let mended = give(&s.zhang, &format!("{}-李雨桐 更正.pdf", s.number(0)), &pdf(4, 3_000)).await.unwrap();
    let child_files = s.matched(std::slice::from_ref(&mended), Some(id)).await;
    assert_eq!(child_files.files.len(), 1);
    let new = s.send(child_files, Some(id)).await;
    s.released().await;
    assert_eq!(sees(&s.li, new).await, [mended.name]);
    assert_eq!(sees(&s.wang, new).await, [for_wang.as_str()]);
    let first = s.world.raw("李建国").await.file(files[0].sha256).await.0;
    assert_eq!(first, 404, "what was replaced is the author's alone");

    s.zhang.ask(notice::Recall { notice: new, words: String::new() }).await;
    s.zhang.sync().await;
    s.wang.sync().await;
    assert_eq!(s.world.raw("王强").await.file(files[1].sha256).await.0, 404);
    assert!(s.wang.client.replica().unwrap().file_stand(files[1].sha256).unwrap().is_none());
    assert_eq!(sees(&s.zhang, new).await.len(), 2, "the author keeps them");
    s.world.end(&[&s.zhang, &s.sun, &s.li, &s.wang]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_goes_out_by_the_command_line_and_what_is_nobodys_stops_it() {
    let s = scene().await;
    let folder = s.world.dir.path().join("3-2 班成绩");
    std::fs::create_dir(&folder).unwrap();
    let put = |name: &str, seed| std::fs::write(folder.join(name), pdf(seed, 500)).unwrap();
    put(&format!("{}-李雨桐.pdf", s.number(0)), 1);
    put("合影.pdf", 2);
    put(".DS_Store", 3);
    let terminal = s.world.terminal("张晓梅").await;
    let (class, path) = (s.class.to_string(), folder.to_string_lossy().into_owned());
    let args =
        ["notice", "send", "--title", "成绩", "--body", "见附件", "--to", &class, "--files-per-child", &path];
    let refused = terminal.run(&args).await;
    assert!(refused.code != 0 && refused.err.contains("nothing was sent"), "{refused:?}");
    assert!(refused.out.contains("not sent: 合影.pdf") && refused.out.contains("no file"), "{refused:?}");
    assert_eq!(terminal.does(&["outbox"]).await.out, "");
    terminal.does(&[&args[..], &["--skip-unmatched"]].concat()).await;
    s.released().await;
    let line = &s.li.ask(notice::List {}).await.notices[0];
    assert_eq!(sees(&s.li, line.id).await.len(), 1);
    assert_eq!(sees(&s.wang, line.id).await.len(), 0);
    s.world.end(&[&s.zhang, &s.sun, &s.li, &s.wang]).await;
}
