//! `docs/draw.md` written a second time, from the page alone. It reads the rows as they stand on the wire and shares nothing
//! with the first but SHA-256.

use std::{cmp::Reverse, collections::BinaryHeap, fmt::Write as _};

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// What a draw comes to.
pub struct Again {
    /// The roll's hash.
    pub roll: String,
    pub seed: String,
    /// As it stands in the result's row.
    pub outcome: Value,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.chars().map(|digit| digit.to_digit(16).unwrap() as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

fn sha256(lines: &[String]) -> String {
    let mut sha = Sha256::new();
    for line in lines {
        sha.update(line.as_bytes());
        sha.update(b"\n");
    }
    hex(&sha.finalize())
}

pub fn commitment(secret: &str) -> String {
    hex(&Sha256::digest(unhex(secret)))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn value_line(words: &str) -> String {
    ["value", &words.len().to_string(), words].join(" ")
}

pub fn roll_hash(roll: &Value) -> String {
    let mut lines = vec![
        "xinmei-draw-roll 1".to_owned(),
        ["event", text(&roll["event"])].join(" "),
        ["commitment", text(&roll["commitment"])].join(" "),
        value_line(text(&roll["public_value"])),
        ["decimals", &roll["decimals"].to_string()].join(" "),
    ];
    for session in roll["sessions"].as_array().unwrap() {
        lines.push(["session", text(&session["id"]), &session["seats"].to_string()].join(" "));
    }
    for entry in roll["entries"].as_array().unwrap() {
        let wishes: Vec<_> = entry["wishes"].as_array().unwrap().iter().map(Value::to_string).collect();
        let (size, misses) = (entry["size"].to_string(), entry["misses"].to_string());
        lines.push(["entry", text(&entry["id"]), &size, &misses, &wishes.join(",")].join(" "));
    }
    sha256(&lines)
}

fn ticket(seed: &str, entry: &Value) -> String {
    let nth = |number: u64| {
        let of = ["entry", text(&entry["id"]), &number.to_string()].join(" ");
        sha256(&["xinmei-draw-ticket 1".to_owned(), ["seed", seed].join(" "), of])
    };
    let mut smallest = nth(0);
    for number in 1..=entry["misses"].as_u64().unwrap() {
        let next = nth(number);
        if next < smallest {
            smallest = next;
        }
    }
    smallest
}

pub fn draw(roll: &Value, secret: &str, value: &str) -> Again {
    let hash = roll_hash(roll);
    let seed = sha256(&[
        "xinmei-draw-seed 1".to_owned(),
        ["secret", secret].join(" "),
        value_line(value),
        ["roll", &hash].join(" "),
    ]);
    let entries = roll["entries"].as_array().unwrap();
    let mut waiting = BinaryHeap::new();
    for (place, entry) in entries.iter().enumerate() {
        waiting.push(Reverse((ticket(&seed, entry), text(&entry["id"]).to_owned(), place)));
    }
    let sessions = roll["sessions"].as_array().unwrap();
    let mut free: Vec<u64> = sessions.iter().map(|session| session["seats"].as_u64().unwrap()).collect();
    let mut outcome = Vec::new();
    while let Some(Reverse((_, booking, place))) = waiting.pop() {
        let size = entries[place]["size"].as_u64().unwrap();
        let mut got = Value::Null;
        for wish in entries[place]["wishes"].as_array().unwrap() {
            let wish = usize::try_from(wish.as_u64().unwrap()).unwrap();
            if free[wish] >= size {
                free[wish] -= size;
                got = sessions[wish]["id"].clone();
                break;
            }
        }
        outcome.push(json!({ "entry": booking, "session": got }));
    }
    Again { roll: hash, seed, outcome: Value::Array(outcome) }
}
