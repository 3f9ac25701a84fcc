//! The rules, noun by noun, asked as the school asks them. One program: linking one for each noun takes minutes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may panic")]
#![allow(missing_docs, unreachable_pub, reason = "seen by nobody else")]

mod acts;
mod alerts;
mod answers;
mod approval;
mod asking_again;
mod calendars;
mod changing;
mod child_files;
mod class_reads;
mod coming_later;
mod conferences;
mod conversations;
mod events;
mod family;
mod feeds;
mod fewer_seats;
mod files;
mod history;
mod hours;
mod inboxes;
mod meeting_plans;
mod names;
mod notices;
mod on_paper;
mod preferences;
mod recalling;
mod recipients;
mod reminding;
mod reports;
mod requests;
mod rights;
mod roster;
mod seats;
mod series;
mod settling;
mod shifts;
mod sign_up;
mod steps;
mod taking_part;
mod templates;
mod waitlist;
mod world;
