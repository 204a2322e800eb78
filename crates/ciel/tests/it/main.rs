//! Tests of the program as others call it: arguments, exit codes, and what comes out.

mod formats;
mod run;
mod scan;
mod schemas;
