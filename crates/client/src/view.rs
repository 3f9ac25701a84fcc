//! The answers of the door: what the replica holds, arranged for the hat that is on, one file for each noun.
//!
//! Views arrange and never decide: who may, what is open and who is told is asked of `model`.

mod alert;
mod ask;
mod attendance;
mod booking;
mod calendar;
mod check_in;
mod class;
mod commitment;
mod conference;
mod contest;
mod conversation;
mod course;
mod draw;
mod event;
mod family;
mod family_request;
mod file;
mod guest;
mod history;
mod holidays;
mod hours;
mod imports;
mod inbox;
mod keeping;
mod names;
mod notice;
pub(crate) mod notification;
mod outbox;
mod partner;
mod profile;
mod pupil;
mod reading;
mod report;
mod school;
mod series;
mod session;
mod shift;
#[cfg(test)]
mod stage;
mod swap;
mod template;
mod terms;
mod theme;
mod today;
mod trip;
mod turns;
mod venue;
mod volunteer;
mod wishes;
mod workbook;

pub(crate) use self::profile::me;
