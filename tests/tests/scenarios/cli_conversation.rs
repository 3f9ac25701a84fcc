//! A conversation by the command line alone.

use serde_json::json;
use xinmei_model::{Relation, RoleKind};
use xinmei_tests::{Guardian, Said, Terminal, World};

fn accepted(said: &Said) {
    assert!(said.after("saved").is_some() && said.after("accepted").is_some(), "{said:?}");
}

/// The messages of a conversation: id, number, who, what.
async fn show(terminal: &Terminal, conversation: &str) -> Vec<Vec<String>> {
    terminal.does(&["sync"]).await;
    terminal.does(&["conversation", "show", conversation]).await.cells()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_and_its_teachers_talk() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    world.appoint("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    world.appoint("罗文", RoleKind::SubjectTeacher, "任课教师", class).await;
    let child = world.child("李雨桐", class).await;
    world.link(&Guardian::parent("李建国"), child).await;
    world.link(&Guardian { relation: Relation::Mother, ..Guardian::parent("刘芳") }, child).await;
    world.appoint("何敏", RoleKind::Head, "德育主任", world.root()).await;
    world.appoint("陈静", RoleKind::Administrator, "信息管理员", world.root()).await;
    let (he, office) = (world.terminal("何敏").await, world.terminal("陈静").await);
    let (zhang, luo) = (world.terminal("张晓梅").await, world.terminal("罗文").await);
    let (li, liu) = (world.terminal("李建国").await, world.terminal("刘芳").await);

    let hats = office.does(&["conversation", "hats"]).await.cells();
    let he_hat = hats.iter().find(|hat| hat[1] == "何敏").unwrap()[0].clone();
    let partners = li.does(&["conversation", "partners", "--child", "李雨桐"]).await.cells();
    assert_eq!((partners[0][1].as_str(), partners[1][1].as_str()), ("张晓梅", "罗文"));
    let begin =
        ["conversation", "begin", "--child", "李雨桐", "--with", &partners[0][0], "--title", "数学书"];
    accepted(&li.does(&[&begin[..], &["雨桐今天忘带数学书了"]].concat()).await);
    zhang.does(&["sync"]).await;
    let lines = zhang.does(&["conversation", "list"]).await.cells();
    assert_eq!((lines.len(), lines[0][1].as_str(), lines[0][2].as_str()), (1, "李雨桐", "数学书"));
    let id = lines[0][0].clone();
    let first = show(&zhang, &id).await[0][0].clone();
    accepted(&zhang.does(&["send", &id, "已经借给她了", "--quotes", &first]).await);
    accepted(&zhang.does(&["conversation", "received", &first]).await);
    let said = show(&liu, &id).await;
    assert_eq!((said.len(), said[1][2].as_str(), said[1][3].as_str()), (2, "张晓梅", "已经借给她了"));
    let (form, out) = (world.dir.path().join("病历.PDF"), world.dir.path().join("out"));
    std::fs::write(&form, b"%PDF-1.7 of a doctor").unwrap();
    accepted(&li.does(&["send", &id, "--attach", form.to_str().unwrap()]).await);
    let with_file = show(&zhang, &id).await[2][0].clone();
    for name in ["病历.pdf", "病历 (2).pdf"] {
        zhang.does(&["conversation", "save", &id, &with_file, "--to", out.to_str().unwrap()]).await;
        assert_eq!(std::fs::read(out.join(name)).unwrap(), b"%PDF-1.7 of a doctor", "{name}");
    }
    std::fs::write(&form, b"#!/bin/sh").unwrap();
    let refused = li.run(&["send", &id, "--attach", form.to_str().unwrap()]).await;
    assert_eq!(refused.code, 1, "{refused:?}");
    accepted(&liu.does(&["conversation", "read", &id, "2", "--quietly"]).await);
    let not_hers = liu.run(&["conversation", "edit", &first, "改了"]).await;
    assert_eq!(not_hers.code, 1, "{not_hers:?}");

    let answer = said[1][0].clone();
    accepted(&zhang.does(&["conversation", "edit", &answer, "已经借给她一本了"]).await);
    accepted(&zhang.does(&["conversation", "delete", &answer]).await);
    let list = zhang.call("conversation.list", &json!({})).await;
    let luo_hat = list["substitutes"].as_array().unwrap().iter().find(|one| one["name"] == "罗文").unwrap();
    let luo_hat = luo_hat["role"].as_str().unwrap().to_owned();
    accepted(&zhang.does(&["conversation", "bring-in", &id, "--role", &luo_hat]).await);
    assert_eq!(show(&luo, &id).await.len(), 3);
    accepted(&office.does(&["inbox", "keep", "教导处", "--place", "本部", "--reader", &he_hat]).await);
    zhang.does(&["sync"]).await;
    let inboxes = zhang.does(&["inbox", "list"]).await.cells();
    assert_eq!((inboxes.len(), inboxes[0][1].as_str()), (1, "教导处"));
    accepted(&zhang.does(&["conversation", "bring-in", &id, "--inbox", "教导处"]).await);
    assert_eq!(show(&he, &id).await.len(), 3);
    accepted(&he.does(&["conversation", "take-out", &id, "--inbox", "教导处"]).await);
    accepted(&office.does(&["inbox", "close", "教导处"]).await);
    let closed = zhang.run(&["conversation", "bring-in", &id, "--inbox", "教导处"]).await;
    assert_eq!(closed.code, 1, "{closed:?}");
    accepted(&zhang.does(&["conversation", "hand-over", "--to", &luo_hat]).await);
    zhang.does(&["sync"]).await;
    assert!(zhang.does(&["conversation", "list"]).await.cells().is_empty());
    accepted(&luo.does(&["conversation", "end", &id]).await);
    li.does(&["sync"]).await;
    let late = li.run(&["send", &id, "还有一件事"]).await;
    assert_eq!(late.code, 1, "{late:?}");
    world.end(&[]).await;
}
