//! A school to test with: a real server over HTTPS, real files, a clock that is moved by hand.
//!
//! Tests speak of people: `world.family("李建国", &[("李雨桐", class)])`. A world fails if anything is left over when
//! it ends: a wish without a verdict, a due timer that did not fire, a seat counted wrong.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "this crate is tests: a panic here is a finding"
)]

mod size;
mod world;

pub use size::Size;
pub use world::{
    World,
    device::{Device, PASSWORD},
    people::{Guardian, at},
    program::{self, Said, Seed, Served, Terminal},
    raw::Raw,
    wire,
};
