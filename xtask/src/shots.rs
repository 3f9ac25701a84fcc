//! `cargo xtask shots`: pictures of the running window, for the README.

use anyhow::{Context, Result};

use crate::{
    args::Args,
    build,
    demo::{Demo, ROLES},
    screen::Screen,
    sh,
};

/// The window follows the desktop's theme.
const THEMES: [(&str, &str); 2] = [("light", "Adwaita"), ("dark", "Adwaita:dark")];

/// `cargo xtask shots`
pub(crate) fn run(args: Args) -> Result<()> {
    args.end()?;
    build::packages()?;
    // Always on a screen of its own: the pictures have one size and nobody's desktop is in them.
    let screen = Screen::start(&sh::root().join(".demo/screen"))?;
    let demo = Demo::start(&ROLES.map(str::to_owned), true, Some(screen))?;
    let screen = demo.screen.as_ref().context("no screen")?;
    let mut count = 0;
    for role in ROLES {
        for (theme, gtk) in THEMES {
            let to = sh::root().join("docs/pictures").join(format!("{role}-{theme}.png"));
            demo.picture(screen, role, &to, &[("GTK_THEME", gtk)])?;
            count += 1;
        }
    }
    println!("\n{count} pictures are in docs/pictures.");
    Ok(())
}
