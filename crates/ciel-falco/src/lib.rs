//! Falco's rule language: conditions, rule files, and what they mean, checked and compiled.
//!
//! A [`load::Loader`] takes rule files one after the other and says of each what Falco would say of it; what they mean
//! is a [`compile::Program`], in which every field, comparison and boolean operator stands once. [`condition`] reads
//! conditions; [`fields`] says what they can ask for.
//!
//! Architecture invariant: rules are judged here as Falco 0.44 (engine 0.63) judges them; nothing is read from the
//! disk or looked up in the network, and nothing is printed.

#![forbid(unsafe_code)]

pub mod audit;
pub mod compile;
pub mod condition;
pub mod engine;
pub mod fields;
pub mod load;
