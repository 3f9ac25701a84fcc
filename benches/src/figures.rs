//! Medians, percentiles, and the one table everything is printed in.

use std::time::Duration;

/// The head of the table.
pub const HEAD: &str = "\
| row | of the raw limit | product | raw limit | p50 | p99 | fsync a mutation | note |
|---|---|---|---|---|---|---|---|";

/// What one run of the product gave.
#[derive(Clone, Debug)]
pub struct Run {
    /// Mutations a second.
    pub rate: f64,
    /// Median time of one request.
    pub p50: Duration,
    /// 99th percentile.
    pub p99: Duration,
    /// Commits for each mutation.
    pub fsyncs: f64,
}

impl Run {
    /// From the times of all requests.
    pub fn of(mut times: Vec<Duration>, mutations: usize, took: Duration, commits: u64) -> Self {
        times.sort_unstable();
        let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
        Self {
            rate: mutations as f64 / took.as_secs_f64(),
            p50: at(0.5),
            p99: at(0.99),
            fsyncs: commits as f64 / mutations as f64,
        }
    }
}

/// The middle one of several.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Prints one row of the table: medians over the runs, the ratio pair by pair.
pub fn print(row: &str, runs: &[Run], raw: &[f64], note: &str) {
    let of = |f: fn(&Run) -> f64| median(runs.iter().map(f).collect());
    let ratio = median(runs.iter().zip(raw).map(|(run, raw)| run.rate / raw).collect());
    println!(
        "| {row} | {:.1} % | {:.0}/s | {:.0}/s | {:.1} ms | {:.1} ms | {:.3} | {note} |",
        ratio * 100.0,
        of(|run| run.rate),
        median(raw.to_vec()),
        of(|run| run.p50.as_secs_f64() * 1e3),
        of(|run| run.p99.as_secs_f64() * 1e3),
        of(|run| run.fsyncs),
    );
}

/// What machine this is, in one line.
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("unknown processor");
    let model = model.trim_start_matches([' ', '\t', ':']);
    let build = if cfg!(debug_assertions) { "DEBUG BUILD, figures mean nothing" } else { "release build" };
    format!("{cores} cores, {model}, {build}, SQLite {}", rusqlite::version())
}
