//! A family's whole way in the real window: an invite, a password, a seat wished for with the network cut, a computer
//! that dies, and the seat.

use tempfile::TempDir;
use xinmei_tests::program::{self, Served, Terminal};

use crate::drive::Window;

/// Of everybody here.
pub(crate) const PASSWORD: &str = "correct horse battery staple";
/// What was decided without the school.
pub(crate) const SAVED: &str = "已保存在本机，联网后自动提交";

/// The demo school on a server that can be stopped.
pub(crate) struct School {
    data: TempDir,
    address: String,
    server: Served,
}

impl School {
    pub(crate) async fn demo() -> Self {
        let data = tempfile::tempdir().unwrap();
        let at = data.path().join("school");
        let mut demo = program::command("xinmei-server");
        demo.args(["demo", "--data"]).arg(&at);
        let said = program::said(demo).await;
        assert_eq!(said.code, 0, "{said:?}");
        let server = program::serve(&at, "127.0.0.1:0").await;
        let address = server.url.trim_start_matches("https://").to_owned();
        Self { data, address, server }
    }

    /// A link for somebody: `--as parent`, `--person 阎艳`.
    pub(crate) async fn invite(&self, who: &[&str]) -> String {
        let mut invite = program::command("xinmei-server");
        invite.args(["invite", "--json", "--address", &self.address]).args(who);
        invite.arg("--data").arg(self.data.path().join("school"));
        let said = program::said(invite).await;
        assert_eq!(said.code, 0, "{said:?}");
        said.json()["link"].as_str().unwrap().to_owned()
    }

    /// Somebody at a command line.
    pub(crate) async fn terminal(&self, who: &[&str]) -> Terminal {
        let terminal = Terminal::new();
        terminal.does(&["enrol", "--invite", &self.invite(who).await]).await;
        terminal
    }

    /// Notices go out at once, as an administrator may have it.
    pub(crate) async fn holds_nothing(&self) {
        let office = self.terminal(&["--as", "administrator"]).await;
        office.does(&["school", "hold", "--seconds", "0"]).await;
    }

    /// As when somebody pulls the plug.
    pub(crate) async fn stop(&mut self) {
        self.server.child.kill().await.unwrap();
    }

    pub(crate) async fn start(&mut self) {
        self.server = program::serve(&self.data.path().join("school"), &self.address).await;
    }
}

/// Somebody joins on a computer of their own; then this is on the screen.
pub(crate) async fn joins(school: &School, who: &[&str], reads: &str) -> Window {
    let window = Window::open(&[&school.invite(who).await]).await;
    enrols(&window, reads).await;
    window
}

/// What everybody types first.
pub(crate) async fn enrols(window: &Window, reads: &str) {
    window.press("找到学校").await;
    window.fill("设一个密码", PASSWORD).await;
    window.fill("再输入一次", PASSWORD).await;
    window.press("加入江畔").await;
    window.reads(reads).await;
}

/// The password opens what a computer holds.
pub(crate) async fn reopens(left: TempDir) -> Window {
    let window = Window::open_in(left, &[]).await;
    window.fill("密码", PASSWORD).await;
    window.press("打开").await;
    window
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_made_offline_survives_the_computer_and_is_confirmed() {
    let mut school = School::demo().await;
    let window = joins(&school, &["--as", "parent"], "李雨桐").await;
    school.stop().await;
    window.press("活动").await;
    window.click("《城南旧事》共读").await;
    window.press("报名").await;
    window.reads(SAVED).await;
    let left = window.die();

    // Without the school, without the keyring: the password opens what is here.
    let window = reopens(left).await;
    window.press("活动").await;
    window.click("《城南旧事》共读").await;
    window.reads(SAVED).await;
    assert!(!window.text().await.contains("报名成功"), "nobody but the school confirms");

    school.start().await;
    window.reads("报名成功").await;
    let text = window.text().await;
    assert!(!text.contains(SAVED) && !text.contains("待提交"), "{text}");
    window.close().await;
}
