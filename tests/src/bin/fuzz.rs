//! `cargo xtask promises`: schemathesis makes calls from the OpenAPI file, right ones and wrong ones, as an administrator
//! and as a parent; no answer may be the server's own fault (S7).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]
#![allow(clippy::print_stdout, reason = "a command line")]

use std::process::Stdio;

use serde_json::Value;
use xinmei_model::RoleKind;
use xinmei_tests::{Guardian, Size, World};

/// Answers that never end, and the one that ends the caller's session.
const APART: [&str; 2] = ["/v1/live", "/v1/sessions/current"];

#[tokio::main]
async fn main() {
    let mut given = std::env::args().skip(1);
    let (Some(schemathesis), seed) = (given.next(), given.next().unwrap_or_else(|| "1".into())) else {
        panic!("usage: fuzz SCHEMATHESIS [SEED]");
    };
    let least = Size::of_run().pick(2_000_u64, 20_000, 200_000);
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let child = world.child("李雨桐", class).await;
    world.link(&Guardian::parent("李建国"), child).await;
    world.appoint("王敏", RoleKind::Administrator, "教务处", world.root()).await;
    let mut calls = 0;
    let mut round = 0;
    while calls < least {
        let seed = format!("{seed}{round}");
        let (office, family) = tokio::join!(
            run(&world, &schemathesis, "王敏", &seed),
            run(&world, &schemathesis, "李建国", &seed)
        );
        calls += office + family;
        round += 1;
    }
    println!("{calls} calls, no answer was the server's own fault; again: seed {seed}");
    world.end(&[]).await;
}

/// One run as somebody; how many calls it made.
async fn run(world: &World, schemathesis: &str, who: &str, seed: &str) -> u64 {
    let raw = world.raw(who).await;
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.json");
    let mut command = tokio::process::Command::new(schemathesis);
    command
        .args(["--no-color", "run", &format!("{}/openapi.json", world.server().url)])
        .args(["--header", &format!("Authorization: Bearer {}", raw.token)])
        .args(["--checks", "not_a_server_error", "--phases", "examples,coverage,fuzzing", "--mode", "all"])
        .args(["--max-examples", "310", "--seed", seed, "--workers", "1", "--continue-on-failure"])
        .args(["--suppress-health-check", "all", "--warnings", "off", "--request-timeout", "20"])
        .args(["--report", "json", "--report-json-path"])
        .arg(&report)
        .arg("--tls-verify")
        .arg(world.data().join("ca.pem"))
        .current_dir(folder.path())
        .env("SCHEMATHESIS_HOOKS", concat!(env!("CARGO_MANIFEST_DIR"), "/schemathesis/hooks.py"))
        .stdin(Stdio::null())
        .kill_on_drop(true);
    for path in APART {
        command.args(["--exclude-path", path]);
    }
    let mut output = command.output().await.unwrap();
    if !output.status.success() && String::from_utf8_lossy(&output.stdout).contains("Network Error") {
        // A line that was cut is no answer of the server's. It is asked the same once more; one that always cuts fails.
        println!(
            "as {who}, seed {seed}: the line was cut once:\n{}",
            String::from_utf8_lossy(&output.stdout)
        );
        output = command.output().await.unwrap();
    }
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "as {who}, seed {seed}:\n{said}");
    let report: Value = serde_json::from_slice(&std::fs::read(report).unwrap()).unwrap();
    let calls = report["test_cases"]["generated"].as_u64().unwrap();
    assert!(calls > 500, "{calls} calls are too few:\n{said}");
    println!("{calls} calls as {who}");
    calls
}
