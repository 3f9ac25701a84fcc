//! Identities. A typed id cannot be handed to the wrong function; on the wire it is a plain UUID.

use std::{cmp::Ordering, fmt, hash, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// The school's counter: each change takes the next one. Starts at 1; 0 means "nothing yet".
pub type Rev = u64;

/// The id of a `T`, a UUID (RFC 9562).
pub struct Id<T>(Uuid, PhantomData<fn() -> T>);

impl<T> Id<T> {
    /// Wraps a UUID that is known to name a `T`.
    #[must_use]
    pub const fn new(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// The untyped UUID, as stores and indexes want it.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> hash::Hash for Id<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl<T> FromStr for Id<T> {
    type Err = uuid::Error;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        s.parse().map(Self::new)
    }
}
impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(s)
    }
}
impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Uuid::deserialize(d).map(Self::new)
    }
}
impl<T> schemars::JsonSchema for Id<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Uuid::json_schema(generator)
    }
}

/// The id of a mutation: a UUIDv7 made when the wish was composed, so that a retry is the same wish.
pub type MutationId = Id<crate::Mutation>;

/// Everything this school derives ids from; fixed for good, or old rows would lose their names.
const NAMESPACE: Uuid = Uuid::from_u128(0x6e77_0b51_7c1e_5a0e_9a51_0f6a_d2f3_11c4);

/// An id that follows from what it is about (UUIDv5, RFC 9562 §5.5): the same pair has one row, by
/// construction, however often a request is repeated.
#[must_use]
pub fn derived<T>(what: &str, of: Uuid, by: Uuid) -> Id<T> {
    let mut name = Vec::with_capacity(what.len() + 32);
    name.extend_from_slice(what.as_bytes());
    name.extend_from_slice(of.as_bytes());
    name.extend_from_slice(by.as_bytes());
    Id::new(Uuid::new_v5(&NAMESPACE, &name))
}

/// A time-ordered id (UUIDv7, RFC 9562 §5.7) from milliseconds since 1970 and ten random bytes, both passed
/// in by the edge that owns a clock and a source of randomness.
#[must_use]
pub fn time_ordered<T>(unix_ms: u64, random: [u8; 10]) -> Id<T> {
    Id::new(uuid::Builder::from_unix_timestamp_millis(unix_ms, &random).into_uuid())
}

impl<T: 'static> ts_rs::TS for Id<T> {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &ts_rs::Config) -> String {
        "string".into()
    }
    fn inline(cfg: &ts_rs::Config) -> String {
        Self::name(cfg)
    }
}
