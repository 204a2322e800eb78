//! Where things stand, in SARIF's words.

use ciel_core::{LineColumn, Location, ObjectRef};
use serde::Serialize;

use crate::Report;

/// The name of the folder where the scan ran: the one that GitHub and editors know as the top of the repository.
pub(super) const ROOT: &str = "%SRCROOT%";

/// SARIF's `location`.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) physical_location: Option<Physical>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) logical_locations: Option<[Logical; 1]>,
}

#[derive(Serialize)]
pub(super) struct Message {
    pub(super) text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

/// SARIF's `artifactLocation`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

/// SARIF's `region`; its columns count Unicode scalar values, as the run says.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

/// The object, which is what a finding is about wherever its text stands.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Logical {
    name: String,
    fully_qualified_name: String,
    kind: &'static str,
}

impl Place {
    pub(super) fn at(report: &Report<'_>, location: Location) -> Option<Self> {
        let (source, places) = report.places(location)?;
        let physical_location = Some(Physical {
            artifact_location: Artifact::of(&source.name),
            region: places.map(|(start, end)| Region::between(start, end)),
        });
        Some(Self {
            physical_location,
            ..Self::default()
        })
    }
}

impl Artifact {
    pub(super) fn of(name: &str) -> Self {
        let path = crate::words::file_path(name);
        // A base is promised to hold what is named relative to it.
        let is_below = !path.starts_with('/') && !path.split('/').any(|step| step == "..");
        Self {
            uri: uri(&path),
            uri_base_id: is_below.then_some(ROOT),
        }
    }
}

impl Region {
    pub(super) const fn between(start: LineColumn, end: LineColumn) -> Self {
        Self {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

impl Logical {
    pub(super) fn of(object: &ObjectRef, path: &str) -> Self {
        let steps = [&object.namespace, &object.kind, &object.name];
        let steps: Vec<&str> = steps
            .into_iter()
            .map(String::as_str)
            .filter(|step| !step.is_empty())
            .collect();
        Self {
            name: object.name.clone(),
            fully_qualified_name: format!("{}{path}", steps.join("/")),
            kind: "object",
        }
    }
}

/// A path as a URI reference (RFC 3986): what a path may not hold is percent-encoded.
fn uri(path: &str) -> String {
    use std::fmt::Write as _;

    let mut uri = String::with_capacity(path.len());
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => uri.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' | b'!' | b'@' | b'+' | b',' | b'=' => {
                uri.push(char::from(byte));
            }
            // Memory takes all.
            _ => drop(write!(uri, "%{byte:02X}")),
        }
    }
    uri
}
