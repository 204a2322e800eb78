//! Every format over one report that holds what hostile manifests can put into it, read back with parsers and schemas
//! of others where there are any.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod codequality;
mod consumers;
mod controls;
mod csv;
mod fixture;
mod github;
mod gitlab;
mod golden;
mod junit;
mod markdown;
mod policyreport;
mod prometheus;
mod sarif;
mod speed;
mod text;
