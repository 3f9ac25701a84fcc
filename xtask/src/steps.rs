//! Steps with their names, and one clear line at the end.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::sh;

/// Steps taken so far.
pub(crate) struct Steps {
    begun: Instant,
    passed: u32,
    failed: Vec<String>,
    took: Vec<(String, Duration)>,
}

impl Steps {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self { begun: Instant::now(), passed: 0, failed: Vec::new(), took: Vec::new() }
    }

    /// Takes one; a failure is kept, and the next one is taken all the same.
    pub(crate) fn take(&mut self, name: &str, f: impl FnOnce() -> Result<()>) {
        if sh::stopped() {
            return;
        }
        println!("\n[{}] {name} …", self.took.len() + 1);
        let begun = Instant::now();
        let end = f();
        self.took.push((name.to_owned(), begun.elapsed()));
        match end {
            Ok(()) => {
                self.passed += 1;
                println!("    ok, {}", time(begun.elapsed()));
            }
            Err(error) => {
                println!("    FAILED, {}: {error:#}", time(begun.elapsed()));
                self.failed.push(name.to_owned());
            }
        }
    }

    /// The last line: plain on a build server, which reads it.
    pub(crate) fn end(self) -> Result<()> {
        // Also of a run that was stopped: the longest steps are why.
        println!("\n{}", self.table());
        if sh::stopped() {
            bail!("stopped");
        }
        let took = time(self.begun.elapsed());
        let failed = self.failed.len();
        for name in &self.failed {
            println!("\nfailed: {name}");
        }
        println!();
        if sh::in_ci() {
            println!("{} passed, {failed} failed", self.passed);
        } else if failed == 0 {
            println!("{} steps passed in {took}.", self.passed);
        } else {
            println!("{} steps passed, {failed} failed in {took}.", self.passed);
        }
        if failed > 0 {
            bail!("{}", self.failed.join(", "));
        }
        Ok(())
    }
}

impl Steps {
    /// How long each step took.
    fn table(&self) -> String {
        let line = |(name, took): &(String, Duration)| format!("{:>14}  {name}\n", time(*took));
        self.took.iter().map(line).collect()
    }
}

/// Minutes and seconds.
pub(crate) fn time(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short() {
        assert_eq!(time(Duration::from_millis(1250)), "1.2 s");
        assert_eq!(time(Duration::from_secs(125)), "2 min 5 s");
    }
}
