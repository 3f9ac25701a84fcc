//! Conversations, as they are read.
