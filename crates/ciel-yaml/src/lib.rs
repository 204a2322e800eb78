//! YAML and JSON as kubectl reads them, into a compact tree whose every node knows its place in the text.
//!
//! [`parse`] turns a text into [`Document`]s and diagnostics; a document that fails does not take its neighbours
//! with it. Scalars are resolved by the rules of `sigs.k8s.io/yaml` (YAML 1.1 booleans, octal numbers, merge
//! keys; the last of duplicate keys wins), so that Ciel sees the object that the API server would see. [`parse_as`]
//! reads what is not meant for Kubernetes as those read it for whom it is meant.
//!
//! Architecture invariant: the only crate that knows how YAML and JSON are written; Kubernetes is unknown here.

mod base64;
mod bytes;
mod compose;
mod duplicates;
mod json;
mod number;
mod parse;
mod path;
mod resolve;
mod split;
#[cfg(test)]
mod testing;
mod tree;
mod utf8;
mod yaml;

pub use parse::{Dialect, Parsed, parse, parse_as};
pub use tree::{Document, DocumentBuilder, Entries, Items, Kind, Node, NodeId};
