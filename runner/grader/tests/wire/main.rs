//! Proofs about `grader::wire` through its public door. Read `decoder` first, then `properties`.

mod decoder;
mod properties;
