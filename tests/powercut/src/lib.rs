//! Promise R3: a power cut loses nothing that was saved.
//!
//! The real stores of server and client do real work over a VFS that keeps what they ask of the disk ([`vfs`], [`log`]).
//! Then the power is cut after any operation: what was synced is there, of the rest each 512-byte sector is kept, lost,
//! torn or garbled ([`disk`]). The real code opens what is left, and everything anybody was told of must be there, once
//! and whole ([`server`], [`client`]). [`run`] does that as often as asked for.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "this crate is a test: a panic here is a finding"
)]

pub mod chance;
pub mod client;
pub mod disk;
pub mod history;
pub mod log;
pub mod people;
pub mod run;
pub mod server;
pub mod vfs;
