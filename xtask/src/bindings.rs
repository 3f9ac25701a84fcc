//! Files generated from the code. They are committed, so that a change of the surface is seen in review.

use anyhow::{Context, Result, bail};
use xinmei_model::{POWERS, Power, Right};

/// Writes each generated file, or fails if one is stale.
pub(crate) fn write(check: bool) -> Result<()> {
    let openapi = serde_json::to_string_pretty(&xinmei_server::http::document())? + "\n";
    let files = [
        ("ui/src/lib/bindings.ts", xinmei_client::api::typescript()),
        ("docs/openapi.json", openapi),
        ("docs/authz.csv", authz()),
        ("docs/schema.sql", xinmei_server::store::SCHEMA.to_owned()),
    ];
    for (path, text) in files {
        let old = std::fs::read_to_string(path).unwrap_or_default();
        if old == text {
            continue;
        }
        if check {
            bail!("{path} is stale: run `cargo xtask bindings` and commit it");
        }
        std::fs::write(path, text).with_context(|| format!("{path} cannot be written"))?;
        println!("▸ wrote {path}");
    }
    Ok(())
}

/// Who may do what: operations of the server and powers of the roles, from the tables the code runs on.
fn authz() -> String {
    let mut csv = String::from("operation,role,relation,state,allow\n");
    for operation in xinmei_server::http::OPERATIONS {
        let line = format!("{} {},{},,,yes\n", operation.method.to_uppercase(), operation.path, operation.who);
        csv.push_str(&line);
    }
    let all = [
        Power::SeeClass,
        Power::SendNotices,
        Power::ActForFamilies,
        Power::Invite,
        Power::ManageEvents,
        Power::ManageShifts,
        Power::Administer,
    ];
    for (role, powers) in POWERS {
        for power in all {
            let allow = if powers.contains(&power) { "yes" } else { "no" };
            csv.push_str(&format!("{},{},at the place and below,role holds today,{allow}\n", kebab(power), kebab(role)));
        }
    }
    for right in Right::ALL {
        csv.push_str(&format!("feed child/{{id}}/{},guardian,holds the right,link stands and is not barred,yes\n", kebab(right)));
        csv.push_str(&format!("feed child/{{id}}/{},guardian,holds the right,barred or ended,no\n", kebab(right)));
    }
    csv
}

fn kebab(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
