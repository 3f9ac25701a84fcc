//! Scenarios over real HTTPS, noun by noun. One program: linking one for each noun takes minutes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod after;
mod alert;
mod author;
mod calendar;
mod changing;
mod check_in;
mod class_reads;
mod cli;
mod cli_conversation;
mod conference;
mod console;
mod conversation;
mod disk;
mod draw;
mod files;
mod history;
mod holidays;
mod hours;
mod inbox;
mod invites;
mod join;
mod ledger;
mod network;
mod notice;
mod notification;
mod paper;
mod push;
mod rehearsal;
mod report;
mod request;
mod rights;
mod signup;
mod taking_part;
mod themes;
mod wire;
