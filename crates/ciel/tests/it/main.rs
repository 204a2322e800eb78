//! Tests of the program as others call it: arguments, exit codes, and what comes out.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod audit_server;
mod baseline;
mod captures;
mod checks;
mod events;
mod fix;
mod formats;
mod html;
mod import;
mod live;
mod readme;
mod real;
mod rules;
mod rules_test;
mod run;
mod scan;
mod schemas;
mod suppress;
mod watch_audit;
