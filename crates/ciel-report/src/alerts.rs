//! Alerts of rules, for people and programs: `ciel watch`.

use std::io::{self, Write};

use ciel_falco::engine::Alert;
use serde::Serialize;

use crate::words::escape_controls;

/// The form of alerts, one a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AlertFormat {
    /// Time, priority, message.
    Text,
    /// One JSON object a line, with Falco's keys.
    Json,
}

#[derive(Serialize)]
struct Line<'a> {
    time: &'a str,
    rule: &'a str,
    priority: &'a str,
    source: &'a str,
    hostname: &'a str,
    output: &'a str,
    output_fields: &'a serde_json::Map<String, serde_json::Value>,
    tags: Vec<&'a str>,
}

/// Writes one alert on a line of its own; `hostname` is the machine that the event comes from.
///
/// # Errors
///
/// If `out` cannot be written to.
pub fn write_alert(
    alert: &Alert<'_>,
    hostname: &str,
    format: AlertFormat,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        AlertFormat::Text => {
            // What a program named itself must not command the terminal or begin a line of its own.
            let line: String = alert
                .output()
                .chars()
                .map(|letter| if letter.is_control() { '.' } else { letter })
                .collect();
            writeln!(out, "{line}")
        }
        AlertFormat::Json => {
            let line = Line {
                time: &alert.time(),
                rule: &alert.rule.name,
                priority: alert.rule.priority.as_str(),
                source: alert.rule.source.as_str(),
                hostname,
                output: &alert.output(),
                output_fields: &alert.fields,
                tags: alert.rule.tags.iter().map(String::as_str).collect(),
            };
            let mut line = serde_json::to_vec(&line)?;
            escape_controls(&mut line);
            line.push(b'\n');
            out.write_all(&line)
        }
    }
}
