//! Which file of a crate uses which, and whether that goes round in circles. Cargo keeps crates apart; nothing but
//! this keeps the files of one crate apart.
//!
//! An arrow is a path in code that begins with `crate::` or `super::` and names another file. A file and the folder
//! under its name may use each other; names that the crate's root hands out belong to no file. Tests do not count.
//! The circles there are stand in cycles.txt with a reason; that list may only shrink.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use anyhow::Result;

use crate::{sh, tidy};

/// A module: the words after `crate`.
type Module = Vec<String>;

/// Prints the figures and gives the cycles.
pub(crate) fn look() -> Result<Vec<String>> {
    let mut crates: BTreeMap<String, BTreeMap<Module, String>> = BTreeMap::new();
    for path in tidy::files()? {
        let Some((home, inside)) = path.split_once("src/").filter(|(_, inside)| inside.ends_with(".rs"))
        else {
            continue;
        };
        // Test programs are read once, not lived in.
        if ["tests/", "benches/"].iter().any(|outside| home.starts_with(outside)) {
            continue;
        }
        if let Ok(text) = fs::read_to_string(sh::root().join(&path)) {
            crates.entry(home.trim_end_matches('/').to_owned()).or_default().insert(module_of(inside), text);
        }
    }
    let mut known = known(&fs::read_to_string(sh::root().join("xtask/cycles.txt"))?)?;
    let mut wrong = Vec::new();
    for (name, modules) in &crates {
        let arrows = arrows(modules);
        let count: usize = arrows.values().map(BTreeSet::len).sum();
        let knots = knots(&arrows);
        println!("    {name}: {} files, {count} arrows, {} cycles", modules.len(), knots.len());
        for knot in knots {
            let names: Vec<String> = knot.iter().map(|module| module.join("::")).collect();
            let key = format!("{name}: {}", names.join(", "));
            if known.remove(&key) {
                continue;
            }
            let inner =
                |from: &Module| arrows.get(from).into_iter().flatten().filter(|to| knot.contains(*to));
            let by: Vec<String> = knot
                .iter()
                .flat_map(|from| inner(from).map(|to| format!("{} → {}", from.join("::"), to.join("::"))))
                .collect();
            wrong.push(format!("{key} use each other ({})", by.join("; ")));
        }
    }
    wrong.extend(known.iter().map(|key| format!("{key} is no circle any more: take it out of cycles.txt")));
    Ok(wrong)
}

/// The circles of cycles.txt: `crate: file, file — reason`.
fn known(text: &str) -> Result<BTreeSet<String>> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (key, reason) = line.split_once(" — ").unwrap_or((line, ""));
            anyhow::ensure!(reason.len() >= 20, "cycles.txt: no reason in {line:?}");
            Ok(key.to_owned())
        })
        .collect()
}

fn module_of(inside: &str) -> Module {
    let path = inside.trim_end_matches(".rs").trim_end_matches("/mod");
    let words = path.split('/').map(str::to_owned).collect::<Vec<_>>();
    match words.as_slice() {
        [only] if only == "lib" || only == "main" => Vec::new(),
        _ => words,
    }
}

fn arrows(modules: &BTreeMap<Module, String>) -> BTreeMap<Module, BTreeSet<Module>> {
    let mut all = BTreeMap::new();
    for (from, text) in modules {
        let mut to = BTreeSet::new();
        for path in paths(&code_of(text), from) {
            let file =
                (1..=path.len()).rev().filter_map(|n| path.get(..n)).find(|part| modules.contains_key(*part));
            if let Some(file) = file.filter(|file| !from.starts_with(file) && !file.starts_with(from)) {
                to.insert(file.to_vec());
            }
        }
        all.insert(from.clone(), to);
    }
    all
}

/// Without comments and without the tests at the end.
fn code_of(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// Every path that begins with `crate::` or `super::`, as words after `crate`.
fn paths(code: &str, from: &Module) -> Vec<Module> {
    let mut found = Vec::new();
    let mut read = 0;
    for (at, _) in code.match_indices("::") {
        if at < read {
            continue;
        }
        let (before, after) = code.split_at(at);
        let word = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        let begins = !before.trim_end_matches(word).ends_with(':');
        let start = match word {
            "crate" if begins => Vec::new(),
            "super" if begins => from.split_last().map(|(_, above)| above.to_vec()).unwrap_or_default(),
            _ => continue,
        };
        read = code.len() - tree(after.trim_start_matches("::"), &start, &mut found).len();
    }
    found
}

/// Reads `a::{b, c::d}` into the paths it names, and gives what stands after it.
fn tree<'t>(text: &'t str, start: &[String], found: &mut Vec<Module>) -> &'t str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = tree(rest, start, found).trim_start();
            match rest.strip_prefix(',') {
                Some(more) => rest = more,
                None => return rest.strip_prefix('}').unwrap_or(rest),
            }
        }
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let mut path = start.to_vec();
    match word {
        "" => return rest,
        "super" => drop(path.pop()),
        "self" => {}
        word => path.push(word.to_owned()),
    }
    if let Some(rest) = rest.strip_prefix("::") {
        return tree(rest, &path, found);
    }
    found.push(path);
    let after = rest.trim_start();
    match after.strip_prefix("as ") {
        Some(renamed) => renamed.trim_start().trim_start_matches(|c: char| c.is_alphanumeric() || c == '_'),
        None => rest,
    }
}

/// Sets of files that all reach each other.
fn knots(arrows: &BTreeMap<Module, BTreeSet<Module>>) -> Vec<BTreeSet<Module>> {
    let reach = |from: &Module| {
        let mut seen: BTreeSet<Module> = BTreeSet::new();
        let mut next: Vec<&Module> = arrows.get(from).into_iter().flatten().collect();
        while let Some(module) = next.pop() {
            if seen.insert(module.clone()) {
                next.extend(arrows.get(module).into_iter().flatten());
            }
        }
        seen
    };
    let reached: BTreeMap<&Module, BTreeSet<Module>> =
        arrows.keys().map(|from| (from, reach(from))).collect();
    let mut knots: Vec<BTreeSet<Module>> = Vec::new();
    for (from, seen) in &reached {
        if !seen.contains(*from) || knots.iter().any(|knot| knot.contains(*from)) {
            continue;
        }
        let back = seen.iter().filter(|to| reached.get(to).is_some_and(|seen| seen.contains(*from)));
        knots.push(back.cloned().collect());
    }
    knots
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Module, arrows, knots, module_of, paths};

    fn module(path: &str) -> Module {
        path.split("::").map(str::to_owned).collect()
    }

    #[test]
    fn paths_are_read_from_every_form_of_use() {
        let code = "
            use crate::{a::b, c::{self, d as e}, F};
            use super::{g, super::h};
            fn f() -> crate::i::J<super::k::L> { my_crate::no::way() }
        ";
        let mut found = paths(code, &module("x::y"));
        found.sort();
        let mut wanted = ["F", "a::b", "c", "c::d", "h", "i::J", "x::g", "x::k::L"].map(module);
        // From x::y, `super::super::h` is the crate's own h.
        wanted.sort();
        found.dedup();
        assert_eq!(found, wanted);
    }

    #[test]
    fn circles_are_found_and_families_are_not_circles() {
        let files = [
            ("lib.rs", "use crate::a::X;"),
            ("a.rs", "use crate::b::Y; mod c; use self::c::Z;"),
            ("a/c.rs", "use super::X; use crate::d;"),
            ("b.rs", "use crate::d;"),
            ("d.rs", "// use crate::a;\n#[cfg(test)]\nmod tests { use crate::a; }"),
        ];
        let modules: BTreeMap<Module, String> =
            files.iter().map(|(path, text)| (module_of(path), (*text).to_owned())).collect();
        assert!(knots(&arrows(&modules)).is_empty());

        let mut round = modules;
        round.insert(module_of("d.rs"), "use crate::a::X;".to_owned());
        let knots = knots(&arrows(&round));
        assert_eq!(knots.len(), 1);
        assert_eq!(knots[0].len(), 3);
    }
}
