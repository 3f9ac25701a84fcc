//! Programs of other people, at the version that was tried: compiled from the registry into target/xtask/tools, so that
//! nothing is installed outside the clone and the next run finds them.

use std::{fs, process::Command};

use anyhow::{Context, Result, bail};

use crate::sh;

/// Each is changed by hand: a newer one may judge the same commit otherwise.
pub(crate) const DENY: Tool = Tool { name: "cargo-deny", version: "0.20.2" };
pub(crate) const CYCLONEDX: Tool = Tool { name: "cargo-cyclonedx", version: "0.5.9" };

/// A program of the registry.
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
}

impl Tool {
    /// To be run as a part of Cargo, installed first where it is missing or another version.
    pub(crate) fn ready(&self) -> Result<Command> {
        let home = sh::root().join("target/xtask/tools");
        let program = home.join("bin").join(self.name);
        let subcommand = self.name.trim_start_matches("cargo-");
        let said = || sh::read(sh::program(&program).args([subcommand, "--version"]));
        let there = || said().is_ok_and(|said| self.is_in(&said));
        if !there() {
            println!(
                "    compiling {} {} into target/xtask/tools, once (2 minutes on two cores)",
                self.name, self.version
            );
            let build = home.join("build");
            let mut install = sh::program("cargo");
            install.args(["install", self.name, "--version", self.version, "--locked", "--quiet", "--force"]);
            install.arg("--root").arg(&home).arg("--target-dir").arg(&build);
            // It runs for seconds and is compiled for minutes: unoptimised it is compiled in a third of the time.
            install.args(["--profile", "dev"]).env("CARGO_PROFILE_DEV_DEBUG", "0");
            sh::run(&mut install).with_context(|| {
                format!(
                    "{} {} could not be installed, so nothing was checked. It comes from the registry, like every \
                     dependency: is the network there?",
                    self.name, self.version
                )
            })?;
            fs::remove_dir_all(&build)?;
        }
        if !there() {
            bail!("{} is not {} after it was installed", program.display(), self.version);
        }
        let mut command = sh::program(program);
        command.arg(subcommand);
        Ok(command)
    }

    /// Whether "cargo-deny 0.20.2" is this one.
    fn is_in(&self, said: &str) -> bool {
        said.split_whitespace().last() == Some(self.version)
    }
}

#[cfg(test)]
mod tests {
    use super::Tool;

    #[test]
    fn another_version_is_another_tool() {
        let tool = Tool { name: "cargo-deny", version: "0.20.2" };
        assert!(tool.is_in("cargo-deny 0.20.2\n"));
        assert!(!tool.is_in("cargo-deny 0.20.21\n"));
        assert!(!tool.is_in(""));
    }
}
