//! What the school's IT does at the console, and what it is told when something is missing.

use std::{fs, path::PathBuf};

use serde_json::json;
use tempfile::TempDir;
use xinmei_model::RoleKind;
use xinmei_tests::{Guardian, Said, World, program};

/// A data folder, and the console beside it.
struct Console {
    data: PathBuf,
    _dir: Option<TempDir>,
}

impl Console {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self { data: dir.path().join("school"), _dir: Some(dir) }
    }

    async fn run(&self, args: &[&str]) -> Said {
        let mut command = program::command("xinmei-server");
        command.args(args).arg("--data").arg(&self.data);
        program::said(command).await
    }

    async fn does(&self, args: &[&str]) -> Said {
        let said = self.run(args).await;
        assert_eq!(said.code, 0, "{args:?}: {said:?}");
        said
    }

    async fn refused(&self, args: &[&str], words: &str) {
        let said = self.run(args).await;
        assert!(said.code == 1 && said.err.contains(words), "{args:?} does not say {words}: {said:?}");
    }
}

#[cfg(unix)]
fn mode(path: &std::path::Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test(flavor = "multi_thread")]
async fn strips_of_the_console_lead_to_the_school_as_it_was_last_served() {
    let world = World::new().await;
    world.appoint("何静", RoleKind::Administrator, "信息管理员", world.root()).await;
    let console = Console { data: world.data(), _dir: None };
    let id = world.person("何静").await.to_string();
    let strip = console.does(&["invite", "--id", &id, "--json"]).await.json();
    assert_eq!(strip["address"], json!(world.server().school.address.host));
    world.try_join(strip["link"].as_str().unwrap(), "").await.unwrap();
    let named =
        console.does(&["invite", "--id", &id, "--address", "school.example:8443", "--json"]).await.json();
    assert_eq!(named["address"], "school.example:8443");
    // With a certificate of the school's own, a strip pins nothing.
    let public = xinmei_server::school::Reached { host: "school.example:443".into(), private: false };
    world.ledger().write(move |tx| public.remember(tx.session())).await.unwrap();
    let strip = console.does(&["invite", "--id", &id, "--json"]).await.json();
    assert!(strip["link"].as_str().unwrap().contains("at=school.example:443&pin=&"), "{strip}");
    // Whoever may not join gets no strip that is refused later.
    let class = world.class("本部", 2024, 2).await;
    let child = world.child("李雨桐", class).await;
    world.link(&Guardian { barred: true, ..Guardian::parent("王某") }, child).await;
    let barred = world.person("王某").await.to_string();
    console.refused(&["invite", "--id", &barred], "cannot-be-invited").await;
    world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_all_a_restore_needs_and_a_lost_authority_is_not_made_anew() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    world.family("李建国", &[("李雨桐", class)]).await;
    let console = Console { data: world.data(), _dir: None };
    let to = world.dir.path().join("monday");
    console.does(&["backup", &to.display().to_string()]).await;
    for file in ["ca.pem", "ca-key.pem"] {
        assert_eq!(fs::read(to.join(file)).unwrap(), fs::read(world.data().join(file)).unwrap());
    }
    #[cfg(unix)]
    {
        assert_eq!(mode(&to), 0o700);
        for file in ["school.db", "ca.pem", "ca-key.pem"] {
            assert_eq!(mode(&to.join(file)), 0o600, "{file}");
        }
    }
    let (store, _, _) = xinmei_server::school::open(&to).unwrap();
    assert!(store.read(xinmei_server::school::has_devices).unwrap());
    // Restored without the key.
    fs::remove_file(to.join("ca-key.pem")).unwrap();
    let restored = Console { data: to.clone(), _dir: None };
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    restored.refused(&serve, "Restore ca-key.pem").await;
    fs::remove_file(to.join("ca.pem")).unwrap();
    restored.refused(&serve, "Restore both").await;
    assert!(!to.join("ca.pem").exists());
    world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_school_is_another_one_to_every_device_and_each_goes_on_with_what_it_holds() {
    let mut world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let (li, _) = world.family("李建国", &[("李雨桐", class)]).await;
    li.sync().await;
    let console = Console { data: world.data(), _dir: None };
    let to = world.dir.path().join("monday");
    console.does(&["backup", &to.display().to_string()]).await;
    // What happens after the backup is lost with the disk, and other things take the same revs.
    let later = world.child("赵子涵", class).await;
    world.link(&Guardian::parent("李建国"), later).await;
    li.sync().await;
    assert!(li.client.replica().unwrap().holdings().unwrap().contains("赵子涵"));
    world.kill_server().await;
    fs::remove_dir_all(world.data()).unwrap();
    fs::rename(&to, world.data()).unwrap();
    world.start().await;
    let instead = world.child("孙一诺", class).await;
    world.link(&Guardian::parent("李建国"), instead).await;
    li.sync().await;
    let held = li.client.replica().unwrap().holdings().unwrap();
    assert!(held.contains("孙一诺") && held.contains("李雨桐") && !held.contains("赵子涵"), "{held}");
    world.end(&[&li]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_or_foreign_database_leads_somewhere() {
    let console = Console::new();
    let init = ["init", "--name", "江畔实验小学"];
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    fs::create_dir(&console.data).unwrap();
    fs::write(console.data.join("school.db"), "").unwrap();
    console.refused(&serve, "xinmei-server init").await;
    console.does(&init).await;
    console.refused(&init, "holds a school already").await;
    console.refused(&["invite", "--person", "何静"], "Nobody").await;

    let foreign = Console::new();
    fs::create_dir(&foreign.data).unwrap();
    let file = foreign.data.join("school.db");
    rusqlite::Connection::open(&file).unwrap().execute("CREATE TABLE theirs (x)", []).unwrap();
    let there = fs::read(&file).unwrap();
    for command in [&serve[..], &init] {
        foreign.refused(command, "Move it away").await;
    }
    assert_eq!(fs::read(&file).unwrap(), there);
}

#[tokio::test]
async fn a_roster_of_somebody_who_may_not_import_is_not_even_read() {
    let world = World::new().await;
    world.appoint("何静", RoleKind::Administrator, "信息管理员", world.root()).await;
    let (parent, office) = (world.raw("李建国").await, world.raw("何静").await);
    // Not JSON: whoever reads it would say so.
    let answer = |status: (u16, String)| status.0;
    let body = || Some("x".repeat(1 << 20));
    assert_eq!(answer(parent.probe("POST", "/v1/imports", Some(&parent.token), body()).await), 404);
    assert_eq!(answer(office.probe("POST", "/v1/imports", Some(&office.token), body()).await), 422);
    world.end(&[]).await;
}
