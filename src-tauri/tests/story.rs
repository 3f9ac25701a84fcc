//! A family's whole way in the real window: an invite, a password, a seat wished for with the network cut, a computer
//! that dies, and the seat.

use std::path::Path;

use serde_json::Value;
use xinmei_tests::program::{self, Served};

use crate::drive::Window;

const PASSWORD: &str = "correct horse battery staple";
const SAVED: &str = "已保存在本机，联网后自动提交";

/// The demo school, served.
async fn school(data: &Path) -> Served {
    let mut demo = program::command("xinmei-server");
    let said = program::said({
        demo.args(["demo", "--data"]).arg(data);
        demo
    });
    let said = said.await;
    assert_eq!(said.code, 0, "{said:?}");
    program::serve(data, "127.0.0.1:0").await
}

async fn invite(data: &Path, address: &str) -> String {
    let mut invite = program::command("xinmei-server");
    invite.args(["invite", "--as", "parent", "--json", "--address", address, "--data"]).arg(data);
    let said = program::said(invite).await.json();
    said["link"].as_str().unwrap_or_else(|| panic!("no link in {said}")).to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_made_offline_survives_the_computer_and_is_confirmed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("school");
    let mut server = school(&data).await;
    let address = server.url.trim_start_matches("https://").to_owned();
    let link = invite(&data, &address).await;

    let window = Window::open(&[&link]).await;
    window.press("找到学校").await;
    window.fill("设一个密码", PASSWORD).await;
    window.fill("再输入一次", PASSWORD).await;
    window.press("加入江畔").await;
    window.reads("李雨桐").await;

    server.child.kill().await.unwrap();
    window.press("活动").await;
    window.click("《城南旧事》共读").await;
    window.press("报名").await;
    window.reads(SAVED).await;
    let left = window.die();

    // Without the school, without the keyring: the password opens what is here.
    let window = Window::open_in(left, &[]).await;
    window.fill("密码", PASSWORD).await;
    window.press("打开").await;
    window.press("活动").await;
    window.click("《城南旧事》共读").await;
    window.reads(SAVED).await;
    assert!(!window.text().await.contains("报名成功"), "nobody but the school confirms");

    let _server = program::serve(&data, &address).await;
    window.reads("报名成功").await;
    assert!(!window.text().await.contains(SAVED));
    let waiting = window.run("return document.body.innerText.includes('待提交')", Value::Null).await;
    assert_eq!(waiting, false);
    window.close().await;
}
