//! Whether every package forbids unsafe code. `forbid` in Cargo.toml cannot be taken back in a source file, so the
//! compiler does the rest; this only sees to it that no package forgets to say so.

use std::fs;

use anyhow::Result;

use crate::{sh, tidy};

/// The one that needs it: a VFS of SQLite is a table of C callbacks. It is no part of any program.
const EXCEPT: &str = "tests/powercut/";
/// The only files in it that may allow what its Cargo.toml denies.
const THERE: [&str; 2] = ["tests/powercut/src/vfs.rs", "tests/powercut/src/vfs/"];

/// Gives the packages that do not forbid it, and the files that take it back where it is only denied.
pub(crate) fn look() -> Result<Vec<String>> {
    let files = tidy::files()?;
    let whole = fs::read_to_string(sh::root().join("Cargo.toml"))?;
    let mut wrong = Vec::new();
    for path in &files {
        let read = || fs::read_to_string(sh::root().join(path));
        if path.ends_with("Cargo.toml") {
            let level = level(&read()?, &whole);
            let wanted = if path.starts_with(EXCEPT) { "deny" } else { "forbid" };
            if level.as_deref() != Some(wanted) {
                let level = level.unwrap_or_else(|| "nothing".to_owned());
                wrong.push(format!("{path} says {level} about unsafe_code; it must say {wanted}"));
            }
        } else if path.starts_with(EXCEPT)
            && path.ends_with(".rs")
            && !THERE.iter().any(|there| path.starts_with(there))
            && read()?.contains("unsafe_code")
        {
            wrong.push(format!("{path} speaks of unsafe_code; in that package only src/vfs may"));
        }
    }
    if wrong.is_empty() {
        println!("    forbidden in every package but {EXCEPT}, which no program contains");
    }
    Ok(wrong)
}

/// What a package says about unsafe code, itself or by way of the workspace.
fn level(package: &str, workspace: &str) -> Option<String> {
    match value(package, "[lints]", "workspace").as_deref() {
        Some("true") => value(workspace, "[workspace.lints.rust]", "unsafe_code"),
        _ => value(package, "[lints.rust]", "unsafe_code"),
    }
}

/// A value in a section, without its quotation marks.
fn value(text: &str, section: &str, key: &str) -> Option<String> {
    let inside = text.lines().skip_while(|line| line.trim() != section).skip(1);
    let mut pairs = inside.take_while(|line| !line.starts_with('[')).filter_map(|line| line.split_once('='));
    pairs.find(|(name, _)| name.trim() == key).map(|(_, value)| value.trim().trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::level;

    #[test]
    fn a_package_says_it_itself_or_by_way_of_the_workspace() {
        let whole = "[workspace.lints.rust]\nunsafe_code = \"forbid\"\n";
        let said = |package: &str| level(package, whole);
        assert_eq!(said("[lints]\nworkspace = true\n").as_deref(), Some("forbid"));
        assert_eq!(said("[lints.rust]\n# Why.\nunsafe_code = \"deny\"\n").as_deref(), Some("deny"));
        assert_eq!(
            said("[lints.rust]\nmissing_docs = \"warn\"\n\n[lints.clippy]\nunsafe_code = \"forbid\"\n"),
            None
        );
        assert_eq!(said("[package]\nname = \"new\"\n"), None);
        assert_eq!(level("[lints]\nworkspace = true\n", "[workspace]\n"), None);
    }
}
