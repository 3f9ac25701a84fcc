//! Lints, generated files, and how large and how tangled the code is.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};

use crate::{
    bindings,
    step::{has, step},
};

/// Lines of a Rust or TypeScript file; lines of a component.
const FILE_LINES: usize = 400;
const COMPONENT_LINES: usize = 260;

/// Formatting, lints, generated files, sizes, cycles.
pub(crate) fn ci() -> Result<()> {
    step("Formatting", "cargo", &["fmt", "--all", "--check"])?;
    let lint = ["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"];
    step("Lints (some minutes at first)", "cargo", &lint)?;
    println!("▸ Generated files");
    bindings::write(true)?;
    if has("cargo-deny") {
        step("Dependencies: licences, sources, advisories", "cargo", &["deny", "--offline", "check", "bans", "licenses", "sources"])?;
    } else {
        println!("▸ cargo-deny is not installed: dependencies are pinned by the lock file, and not checked here");
    }
    sizes()?;
    cycles()?;
    println!("Tidy.");
    Ok(())
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !["target", "node_modules", "dist", "gen", "paraglide", ".git", ".demo"].contains(&name.as_str()) {
                sources(&path, found)?;
            }
        } else if name != "bindings.ts" && [".rs", ".ts", ".svelte"].iter().any(|end| name.ends_with(end)) {
            found.push(path);
        }
    }
    Ok(())
}

fn sizes() -> Result<()> {
    let mut found = Vec::new();
    sources(Path::new("."), &mut found)?;
    let (mut files, mut components, mut long) = (Vec::new(), Vec::new(), Vec::new());
    for path in found {
        let lines = fs::read_to_string(&path)?.lines().count();
        let component = path.extension().is_some_and(|end| end == "svelte");
        let (sizes, most) = if component { (&mut components, COMPONENT_LINES) } else { (&mut files, FILE_LINES) };
        sizes.push(lines);
        if lines > most {
            long.push(format!("{} has {lines} lines", path.display()));
        }
    }
    for (what, mut sizes) in [("files", files), ("components", components)] {
        sizes.sort_unstable();
        let at = |part: usize| sizes.get(sizes.len().saturating_sub(1) * part / 100).copied().unwrap_or_default();
        println!("▸ {} {what}: median {}, p90 {}, longest {} lines", sizes.len(), at(50), at(90), at(100));
    }
    if long.is_empty() { Ok(()) } else { bail!("too long; does each still have one job?\n  {}", long.join("\n  ")) }
}

/// Modules of a crate that need each other in a circle cannot be understood one at a time.
fn cycles() -> Result<()> {
    for krate in ["roster", "server", "client"] {
        let folder = PathBuf::from(format!("crates/{krate}/src"));
        let mut found = Vec::new();
        sources(&folder, &mut found)?;
        let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for path in found {
            let Some(module) = top_module(&folder, &path) else { continue };
            let text = fs::read_to_string(&path)?;
            let product = text.split("#[cfg(test)]").next().unwrap_or_default();
            uses.entry(module).or_default().extend(mentioned(product));
        }
        let known: BTreeSet<String> = uses.keys().cloned().collect();
        for (module, others) in &mut uses {
            others.retain(|other| known.contains(other) && other != module);
        }
        let tangled = tangle(&uses);
        println!("▸ {krate}: {} modules, {} in a circle", uses.len(), tangled.len());
        if !tangled.is_empty() {
            println!("  {}", tangled.into_iter().collect::<Vec<_>>().join(", "));
        }
    }
    Ok(())
}

fn top_module(folder: &Path, path: &Path) -> Option<String> {
    let first = path.strip_prefix(folder).ok()?.components().next()?.as_os_str().to_string_lossy().into_owned();
    let name = first.trim_end_matches(".rs").to_owned();
    (!["lib", "main"].contains(&name.as_str())).then_some(name)
}

/// Names that follow `crate::`, also inside braces.
fn mentioned(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for after in text.split("crate::").skip(1) {
        let list = after.strip_prefix('{').map_or(after, |list| list.split('}').next().unwrap_or_default());
        let parts: Vec<&str> =
            if after.starts_with('{') { list.split(',').collect() } else { vec![list] };
        for part in parts {
            let name: String =
                part.trim().chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            names.insert(name);
        }
    }
    names
}

/// Modules from which one comes back to where one was.
fn tangle(uses: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    let reach = |from: &String| {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&String> = uses.get(from).into_iter().flatten().collect();
        while let Some(next) = open.pop() {
            if seen.insert(next.clone()) {
                open.extend(uses.get(next).into_iter().flatten());
            }
        }
        seen
    };
    uses.keys().filter(|module| reach(module).contains(*module)).cloned().collect()
}
