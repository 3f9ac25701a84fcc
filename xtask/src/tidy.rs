//! How large things are. Figures are reported, limits are refused, and every exception stands in exceptions.txt with
//! its own limit and a reason; the list may only shrink.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::sh;

const RUST: usize = 400;
const TYPESCRIPT: usize = 400;
const COMPONENT: usize = 250;
/// Made by programs.
const GENERATED: [&str; 2] = ["ui/src/lib/bindings.ts", "ui/src/lib/paraglide/"];

/// One line of exceptions.txt: path, limit, reason.
struct Exception {
    path: String,
    limit: usize,
}

/// Prints the figures and gives what is too large.
pub(crate) fn look() -> Result<Vec<String>> {
    let files = files()?;
    let exceptions = exceptions(&fs::read_to_string(sh::root().join("xtask/exceptions.txt"))?)?;
    let mut wrong = Vec::new();
    let mut functions = Vec::new();
    for (name, ending, limit) in [
        ("Rust file", ".rs", RUST),
        ("TypeScript file", ".ts", TYPESCRIPT),
        ("component", ".svelte", COMPONENT),
    ] {
        let mut sizes = Vec::new();
        for path in files.iter().filter(|path| path.ends_with(ending)) {
            let Ok(text) = fs::read_to_string(sh::root().join(path)) else { continue };
            let lines = text.lines().count();
            sizes.push((lines, path.clone()));
            if ending == ".rs" {
                functions.extend(
                    functions_of(&text).into_iter().map(|(lines, f)| (lines, format!("{path}: {f}"))),
                );
            }
            let exception = exceptions.iter().find(|exception| exception.path == *path);
            match exception {
                Some(exception) if lines <= limit => {
                    wrong.push(format!(
                        "{path} fits again: take it out of exceptions.txt ({})",
                        exception.limit
                    ));
                }
                Some(exception) if lines > exception.limit => {
                    wrong.push(format!("{path} has {lines} lines; its exception allows {}", exception.limit));
                }
                None if lines > limit => {
                    wrong.push(format!(
                        "{path} has {lines} lines; {name}s have at most {limit}. Does it have one job?"
                    ));
                }
                _ => {}
            }
        }
        report(name, sizes);
    }
    report("Rust function", functions);
    for exception in &exceptions {
        if !files.contains(&exception.path) {
            wrong.push(format!("{} is gone: take it out of exceptions.txt", exception.path));
        }
    }
    Ok(wrong)
}

/// Everything that is, or is about to be, in the repository.
pub(crate) fn files() -> Result<Vec<String>> {
    let listed =
        sh::read(sh::program("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]))?;
    let hand_made = |path: &&str| !GENERATED.iter().any(|made| path.starts_with(made));
    let mut files: Vec<String> = listed
        .lines()
        .filter(hand_made)
        .filter(|path| sh::root().join(path).exists())
        .map(str::to_owned)
        .collect();
    files.sort();
    files.dedup();
    Ok(files)
}

fn exceptions(text: &str) -> Result<Vec<Exception>> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let mut words = line.splitn(3, ' ');
            let path = words.next().unwrap_or_default().to_owned();
            let limit = words.next().and_then(|word| word.parse().ok());
            let limit = limit.with_context(|| format!("exceptions.txt: no limit in {line:?}"))?;
            let reason = words.next().unwrap_or_default();
            anyhow::ensure!(reason.len() >= 20, "exceptions.txt: no reason in {line:?}");
            Ok(Exception { path, limit })
        })
        .collect()
}

fn report(name: &str, mut sizes: Vec<(usize, String)>) {
    sizes.sort();
    let at =
        |part: usize| sizes.get(sizes.len().saturating_sub(1) * part / 100).map_or(0, |(lines, _)| *lines);
    let longest = sizes.last().map_or("none", |(_, name)| name);
    let longest = Path::new(longest).display();
    println!(
        "    {name}s: {}, median {} lines, p90 {}, longest {} ({longest})",
        sizes.len(),
        at(50),
        at(90),
        at(100)
    );
}

/// Functions and their lines. The format is checked, so a function ends at the brace under its first letter.
fn functions_of(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let body = line.trim_start();
        let indent = line.len() - body.len();
        let mut words = body.split([' ', '(', '<']).filter(|word| !matches!(*word, "crate)" | "super)"));
        let before = words
            .by_ref()
            .take_while(|word| *word != "fn")
            .all(|word| matches!(word, "pub" | "async" | "const" | "unsafe" | "extern" | "default" | ""));
        let Some(name) = words.next().filter(|_| before && body.contains("fn ")) else { continue };
        let end = format!("{}}}", " ".repeat(indent));
        let ends_here = body.ends_with('}') || body.ends_with(';');
        let length = lines.iter().skip(at).position(|line| *line == end);
        if let (false, Some(length)) = (ends_here, length) {
            found.push((length + 1, name.to_owned()));
        } else if body.ends_with('}') {
            found.push((1, name.to_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{exceptions, functions_of};

    #[test]
    fn functions_are_measured() {
        let text = "\
impl X {
    pub(crate) async fn long(
        self,
    ) -> u8 {
        if x {
            fn inner() {
            }
        }
    }

    fn short() {}
    fn declared();
    let fn_like = call(fn_name);
}
";
        let found = functions_of(text);
        assert_eq!(found, [(8, "long".into()), (2, "inner".into()), (1, "short".into())]);
    }

    #[test]
    fn an_exception_needs_a_reason() {
        assert!(exceptions("a.rs 500 one table, read from top to bottom").is_ok());
        assert!(exceptions("a.rs 500").is_err());
        assert!(exceptions("a.rs long because of what it is").is_err());
        assert!(exceptions("# nothing\n\n").unwrap().is_empty());
    }
}
