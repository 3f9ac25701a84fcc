//! Stub.
use std::path::Path;
use xinmei_model::{Id, Person};
use crate::{Result, Fail, edge::Edge, store::Session};
/// Stub.
pub async fn make(_dir: &Path, _edge: &Edge) -> Result<()> { Ok(()) }
/// Stub.
pub fn person_for(_session: &mut dyn Session, _role: &str) -> Result<Id<Person>> { Err(Fail::not_found()) }
