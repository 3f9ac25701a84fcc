//! The few arguments there are.

use std::collections::VecDeque;

use anyhow::{Context, Result, bail};

/// What is left of the command line.
pub(crate) struct Args(VecDeque<String>);

impl Args {
    /// The process's own, without its name.
    pub(crate) fn of_process() -> Self {
        Self(std::env::args().skip(1).collect())
    }

    /// The next word.
    pub(crate) fn word(&mut self) -> Option<String> {
        self.0.pop_front()
    }

    /// Whether `name` is given.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|word| word != name);
        self.0.len() < before
    }

    /// The next value of `name`; call it again for the one after.
    pub(crate) fn value(&mut self, name: &str) -> Result<Option<String>> {
        let Some(at) = self.0.iter().position(|word| word == name) else { return Ok(None) };
        self.0.remove(at);
        let value = self.0.remove(at).with_context(|| format!("{name} needs a value"))?;
        Ok(Some(value))
    }

    /// Every word after `name`, up to the next `--`; it may be given several times.
    pub(crate) fn values(&mut self, name: &str) -> Vec<String> {
        let mut values = Vec::new();
        while let Some(at) = self.0.iter().position(|word| word == name) {
            self.0.remove(at);
            while self.0.get(at).is_some_and(|word| !word.starts_with("--")) {
                values.extend(self.0.remove(at));
            }
        }
        values
    }

    /// Nothing may be left.
    pub(crate) fn end(self) -> Result<()> {
        match self.0.front() {
            None => Ok(()),
            Some(word) => bail!("{word:?} is not understood; `cargo xtask help` lists what is"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Args;

    #[test]
    fn flags_values_and_what_is_left() {
        let words = ["--as", "parent", "--fresh", "--as", "teacher", "x"];
        let mut args = Args(words.map(str::to_owned).into());
        assert!(args.flag("--fresh"));
        assert!(!args.flag("--fresh"));
        assert_eq!(args.value("--as").unwrap().as_deref(), Some("parent"));
        assert_eq!(args.value("--as").unwrap().as_deref(), Some("teacher"));
        assert_eq!(args.value("--as").unwrap(), None);
        assert!(args.end().is_err());
    }

    #[test]
    fn several_values_may_follow_one_name() {
        let words = ["--as", "parent", "teacher", "--fresh", "--as", "coordinator"];
        let mut args = Args(words.map(str::to_owned).into());
        assert_eq!(args.values("--as"), ["parent", "teacher", "coordinator"]);
        assert!(args.flag("--fresh"));
        assert!(args.end().is_ok());
    }

    #[test]
    fn a_value_may_not_be_missing() {
        let mut args = Args(["--seed".to_owned()].into());
        assert!(args.value("--seed").is_err());
    }
}
