//! Histories by chance, and one that is stopped between any two steps. One program: each is linked for long.

mod seeds;
mod steps;
