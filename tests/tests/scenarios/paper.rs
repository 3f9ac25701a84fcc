//! What the window prints, kept as a file; the window itself is played by the test.

use std::path::PathBuf;

use tokio::sync::oneshot;
use xinmei_client::api::{Fault, paper::Save};
use xinmei_tests::World;

#[tokio::test]
async fn what_is_printed_is_kept_under_its_title_and_never_over_another() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let (li, _) = world.family("李建国", &[("李雨桐", class)]).await;
    let save = || Save { title: "春游回执/李雨桐".into() };
    let fault = li.refused(save()).await;
    assert!(matches!(fault, Fault::Denied { ref code, .. } if code == "no-paper"), "{fault:?}");

    li.client.prints_with(Box::new(|path: PathBuf| {
        let (done, printed) = oneshot::channel();
        done.send(std::fs::write(path, b"%PDF-1.7 slip")).unwrap();
        printed
    }));
    let names = [li.ask(save()).await, li.ask(save()).await].map(|kept| (kept.folder, kept.name));
    let folder = &names[0].0;
    assert_eq!(names[0].1, "春游回执 李雨桐.pdf", "a title is no path");
    assert_eq!(names[1].1, "春游回执 李雨桐 (2).pdf");
    for (_, name) in &names {
        assert_eq!(std::fs::read(PathBuf::from(folder).join(name)).unwrap(), b"%PDF-1.7 slip");
    }
    assert_eq!(li.opened(), Vec::<PathBuf>::new(), "nothing of it lies about");
    world.end(&[&li]).await;
}

#[tokio::test]
async fn a_printer_that_fails_is_told_as_such_and_leaves_no_file() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let (li, _) = world.family("李建国", &[("李雨桐", class)]).await;
    li.client.prints_with(Box::new(|_| {
        let (done, printed) = oneshot::channel();
        done.send(Err(std::io::Error::other("no ink"))).unwrap();
        printed
    }));
    let fault = li.refused(Save { title: "回执".into() }).await;
    assert!(matches!(fault, Fault::Denied { ref code, .. } if code == "not-printed"), "{fault:?}");
    let downloads = world.dir.path().join("downloads");
    assert!(!downloads.join("回执.pdf").exists());
    world.end(&[&li]).await;
}
