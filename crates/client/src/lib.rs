//! Everything on a person's computer except the window: the replica, the sync engine, the door, the command line.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

pub mod api;
mod attach;
mod camera;
mod client;
pub mod edge;
mod fault;
mod join;
mod keys;
mod opening;
mod outside;
mod paper;
pub mod profile;
pub mod replica;
mod snapshot;
pub mod socket;
pub mod sync;
mod tell;
mod topics;
mod view;

pub use client::{Client, Options};
pub use outside::{Outside, Printer};
pub use snapshot::{OutboxEntry, Snapshot, Unreadable};
pub use tell::{Teller, Telling};
pub use topics::TOPICS;
