//! Writes the files made from the code, or compares them: the window's types, who may do what, the server's API.
//!
//! An example and not a binary, so that the task runner itself needs nothing of the product.
#![allow(clippy::print_stdout, reason = "a command line prints")]

use std::{fs, path::Path, process::ExitCode};

use jiff::civil::{Date, date};
use serde::Serialize;
use uuid::Uuid;
use xinmei_model::{Id, Link, POWERS, Power, Relation, Right, Rights, RoleKind};
use xinmei_server::http;

fn main() -> ExitCode {
    let check = std::env::args().any(|arg| arg == "--check");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut stale = false;
    for (path, text) in [
        ("ui/src/lib/bindings.ts", xinmei_client::api::typescript()),
        ("docs/authz.csv", authz()),
        ("docs/schema.sql", xinmei_server::store::SCHEMA.to_owned()),
        ("docs/openapi.json", format!("{:#}\n", http::document())),
    ] {
        let file = root.join(path);
        if fs::read_to_string(&file).is_ok_and(|old| old == text) {
            continue;
        }
        if check {
            eprintln!("{path} is stale: run `cargo xtask bindings`");
            stale = true;
        } else if let Err(error) = fs::write(&file, text) {
            eprintln!("{path} was not written: {error}");
            stale = true;
        } else {
            println!("{path} written");
        }
    }
    if stale { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Who may do what: the powers of each hat, the rights of each guardian, the operations of the server. Each line is
/// asked of the code that decides it.
fn authz() -> String {
    let mut csv = String::from("operation,role,relation,state,allow\n");
    let mut line = |operation: &str, role: &str, relation: &str, state: &str, allow: bool| {
        let allow = if allow { "yes" } else { "no" };
        csv.push_str(&format!("{operation},{role},{relation},{state},{allow}\n"));
    };
    for power in Power::ALL {
        for (kind, powers) in POWERS {
            line(
                &name(&power),
                &name::<RoleKind>(kind),
                "at the place or below",
                "role holds",
                powers.contains(&power),
            );
        }
        line(&name(&power), "any staff", "elsewhere", "role holds", false);
        line(&name(&power), "any staff", "any", "role ended", false);
        line(&name(&power), "guardian", "any", "any", false);
    }
    for right in Right::ALL {
        for (state, link) in links(right) {
            line(&name(&right), "guardian", "own child", state, link.allows(right, TODAY));
        }
        line(&name(&right), "guardian", "other child", "any", false);
    }
    for operation in http::OPERATIONS {
        let call = format!("{} {}", operation.method.to_uppercase(), operation.path);
        for (who, rank) in WHO {
            let needed =
                WHO.iter().find(|(name, _)| *name == operation.who).map_or(u8::MAX, |(_, rank)| *rank);
            line(&call, who, "own school", "signed in", rank >= needed);
        }
    }
    csv
}

/// Who calls the server, each including the ones before.
const WHO: [(&str, u8); 4] = [("anyone", 0), ("device", 1), ("staff", 2), ("administrator", 3)];

const TODAY: Date = date(2026, 9, 1);

/// The code's own name of a value.
fn name<T: Serialize>(value: &T) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

/// A link in every state a right can be in.
fn links(right: Right) -> [(&'static str, Link); 7] {
    let (before, after) = (date(2026, 8, 1), date(2026, 10, 1));
    let others: Vec<Right> = Right::ALL.into_iter().filter(|other| *other != right).collect();
    let link = Link {
        id: Id::new(Uuid::nil()),
        guardian: Id::new(Uuid::nil()),
        guardian_name: String::new(),
        joined: true,
        on_paper: false,
        child: Id::new(Uuid::nil()),
        relation: Relation::Mother,
        relation_text: None,
        rights: Rights::granted(&[right], before, "roster"),
        undecided: false,
        from: before,
        to: None,
    };
    [
        ("granted", link.clone()),
        ("not granted", Link { rights: Rights::granted(&others, before, "roster"), ..link.clone() }),
        (
            "granted from a later day",
            Link { rights: Rights::granted(&[right], after, "roster"), ..link.clone() },
        ),
        ("link ended", Link { to: Some(before), ..link.clone() }),
        ("link not begun", Link { from: after, ..link.clone() }),
        ("no right at all, as a bar leaves it", Link { rights: Rights::default(), ..link.clone() }),
        ("remark undecided", Link { undecided: true, ..link }),
    ]
}
