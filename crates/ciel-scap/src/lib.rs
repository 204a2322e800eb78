//! Capture files of Falco, Sysdig and Stratoshark: read, written, old events made new.

#![forbid(unsafe_code)]

#[expect(dead_code, reason = "the reader that uses it comes next")]
mod convert;
