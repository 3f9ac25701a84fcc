//! `cargo xtask promises`: what is saved survives power cuts, and everybody ends up with the same, at the size that
//! each commit is asked for. In release builds: the debug ones, a tenth as large, run with the other tests.

use anyhow::Result;

use crate::{args::Args, sh, steps::Steps};

/// Cuts of each of the three stories: 201,000 in all.
const CUTS: &str = "67000";
const HISTORIES: &str = "2000";

/// `cargo xtask promises`
pub(crate) fn run(args: Args) -> Result<()> {
    args.end()?;
    let mut steps = Steps::new();
    let packages = ["--package", "xinmei-tests", "--package", "xinmei-powercut"];
    steps.take("release build of the simulation and the power cuts (5 minutes the first time)", || {
        sh::run(sh::cargo("build").args(["--release", "--bins"]).args(packages))
    });
    steps.take("201,000 power cuts lose nothing that was saved (6 minutes)", || {
        sh::run(sh::program(sh::released("xinmei-powercut")).args(["--cuts", CUTS, "--jobs", "2"]))
    });
    steps.take("2,000 histories end with everybody holding the same (5 minutes)", || {
        sh::run(sh::program(sh::released("sim")).args(["--seed", "1", "--histories", HISTORIES]))
    });
    steps.end()
}
