//! `xinmei-desktop`: the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    xinmei_desktop::run()
}
