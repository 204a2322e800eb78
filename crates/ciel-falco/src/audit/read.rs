//! Audit logs: events, lists of them, arrays of those, one after the other.

use std::vec;

use ciel_core::{Diagnostic, Timestamp, limits};
use serde_json::Value;

const SECOND: u64 = 1_000_000_000;

/// Something that an API server did, or was asked to do.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEvent {
    /// When it got to its stage, in nanoseconds since 1970.
    pub time: u64,
    /// The whole event.
    pub value: Value,
}

/// Whether a file is an audit log rather than a capture, by what it begins with.
#[must_use]
pub fn looks_like_audit(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
    matches!(first, Some(b'{' | b'['))
}

/// The events of an audit log: JSON values, each an `Event`, an `EventList`, or an array of these. A line that is broken is told
/// and passed over, and so is an event without a time.
#[derive(Debug)]
pub struct AuditLog<'t> {
    text: &'t [u8],
    /// How far it was read.
    at: usize,
    /// The line of `counted`, and how far lines were counted.
    line: usize,
    counted: usize,
    events: vec::IntoIter<AuditEvent>,
    seen: usize,
    diagnostics: Vec<Diagnostic>,
    untold: usize,
}

impl<'t> AuditLog<'t> {
    /// Reads a whole file.
    #[must_use]
    pub fn new(text: &'t [u8]) -> Self {
        Self {
            text: text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text),
            at: 0,
            line: 1,
            counted: 0,
            events: Vec::new().into_iter(),
            seen: 0,
            diagnostics: Vec::new(),
            untold: 0,
        }
    }

    /// What was passed over so far, with the line that it stands in.
    #[must_use]
    pub fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        if self.untold > 0 {
            let message = format!("{} more parts of the log were passed over", self.untold);
            self.diagnostics.push(Diagnostic::error(message));
        }
        self.diagnostics
    }

    /// Reads the next value, if there is one.
    fn value(&mut self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace());
        self.at += blank.count();
        let rest = self.text.get(self.at..).unwrap_or_default();
        if rest.is_empty() {
            return false;
        }
        let start = self.at;
        let part = rest.get(..limits::AUDIT_VALUE_BYTES).unwrap_or(rest);
        let mut values = serde_json::Deserializer::from_slice(part).into_iter::<Value>();
        match values.next() {
            Some(Ok(value)) => {
                self.at += values.byte_offset().max(1);
                let mut events = Vec::new();
                self.take(value, start, &mut events);
                self.events = events.into_iter();
            }
            Some(Err(error)) => {
                self.at = next_line(self.text, start);
                let (line, column) = (error.line(), error.column());
                let reason = error.to_string();
                let reason = reason.split(" at line ").next().unwrap_or_default();
                let place = if line > 1 {
                    format!(" ({} lines below)", line - 1)
                } else {
                    format!(" (byte {column})")
                };
                self.tell(start, &format!("this is no JSON: {reason}{place}"));
            }
            None => self.at = self.text.len(),
        }
        true
    }

    /// Takes the events out of a value. Arrays nest no deeper than the reader of JSON lets them.
    fn take(&mut self, mut value: Value, start: usize, events: &mut Vec<AuditEvent>) {
        if let Value::Array(values) = value {
            for value in values {
                self.take(value, start, events);
            }
            return;
        }
        match value.get("kind").and_then(Value::as_str) {
            Some("Event") => self.event(value, start, events),
            Some("EventList") => match value.get_mut("items").map(Value::take) {
                Some(Value::Array(items)) => {
                    for item in items {
                        self.event(item, start, events);
                    }
                }
                _ => self.tell(start, "this EventList has no items"),
            },
            _ => self.tell(
                start,
                "this is no audit event: its `kind` is neither Event nor EventList",
            ),
        }
    }

    fn event(&mut self, value: Value, start: usize, events: &mut Vec<AuditEvent>) {
        let stamp = value.get("stageTimestamp").and_then(Value::as_str);
        match stamp.map(nanoseconds) {
            Some(Some(time)) => events.push(AuditEvent { time, value }),
            Some(None) => self.tell(
                start,
                "the event's `stageTimestamp` is no time of RFC 3339 after 1970",
            ),
            None => self.tell(start, "the event has no `stageTimestamp`"),
        }
    }

    fn tell(&mut self, start: usize, message: &str) {
        let between = self.text.get(self.counted..start).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', between).count();
        self.counted = self.counted.max(start);
        if self.diagnostics.len() < limits::DIAGNOSTICS_PER_SOURCE {
            let message = format!("line {}: {message}", self.line);
            self.diagnostics.push(Diagnostic::error(message));
        } else {
            self.untold += 1;
        }
    }
}

impl Iterator for AuditLog<'_> {
    type Item = AuditEvent;

    fn next(&mut self) -> Option<AuditEvent> {
        loop {
            if let Some(event) = self.events.next() {
                if self.seen == limits::AUDIT_EVENTS {
                    let limit = limits::AUDIT_EVENTS;
                    self.tell(
                        self.at,
                        &format!("more than {limit} events: the rest is passed over"),
                    );
                    self.at = self.text.len();
                    self.events = Vec::new().into_iter();
                    return None;
                }
                self.seen += 1;
                return Some(event);
            }
            if !self.value() {
                return None;
            }
        }
    }
}

/// The start of the next line that may begin a value.
fn next_line(text: &[u8], start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    memchr::memchr_iter(b'\n', rest)
        .map(|at| start + at + 1)
        .find(|at| matches!(text.get(*at), Some(b'{' | b'[')))
        .unwrap_or(text.len())
}

/// RFC 3339, with a fraction of any length.
fn nanoseconds(text: &str) -> Option<u64> {
    let (_, clock) = text.split_once('T')?;
    let seconds: Timestamp = text.parse().ok()?;
    let seconds = u64::try_from(seconds.0).ok()?;
    let fraction = match clock.split_once('.') {
        None => 0,
        Some((_, fraction)) => {
            let end = fraction.find(|letter: char| !letter.is_ascii_digit())?;
            let digits = fraction.get(..end).filter(|digits| !digits.is_empty())?;
            let digits = digits.get(..9).unwrap_or(digits);
            format!("{digits:0<9}").parse().ok()?
        }
    };
    seconds.checked_mul(SECOND)?.checked_add(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: &str = r#"{"kind":"Event","stageTimestamp":"2026-11-23T00:00:01.5Z"}"#;

    /// How many events a log has, and what is said of it.
    #[track_caller]
    fn check(text: &str, events: usize, told: &[&str]) {
        let mut log = AuditLog::new(text.as_bytes());
        assert_eq!(log.by_ref().count(), events, "{text}");
        let diagnostics = log.into_diagnostics();
        let messages: Vec<&str> = diagnostics.iter().map(|it| &*it.message).collect();
        assert_eq!(messages, told, "{text}");
    }

    #[test]
    fn events_lists_and_arrays() {
        let list = format!(r#"{{"kind":"EventList","items":[{EVENT},{EVENT}]}}"#);
        check("", 0, &[]);
        check(EVENT, 1, &[]);
        check(&list, 2, &[]);
        check(&format!("[{EVENT},{list}]"), 3, &[]);
        check(&format!("{EVENT}\n\n{list}\r\n[{EVENT}]\n"), 4, &[]);
        check(
            "{\n\"kind\": \"Event\",\n \"stageTimestamp\": \"2026-11-23T00:00:01Z\"\n}\n",
            1,
            &[],
        );
    }

    #[test]
    fn what_is_broken_is_told_and_passed_over() {
        check(
            &format!("{EVENT}\n{{\"kind\":\n{EVENT}\n"),
            2,
            &["line 2: this is no JSON: EOF while parsing an object (2 lines below)"],
        );
        check(
            &format!("nonsense\n{EVENT}"),
            1,
            &["line 1: this is no JSON: expected ident (byte 2)"],
        );
        check(
            &format!("{{\"kind\":\"Pod\"}}\n{EVENT}\n{{\"kind\":\"Event\"}}"),
            1,
            &[
                "line 1: this is no audit event: its `kind` is neither Event nor EventList",
                "line 3: the event has no `stageTimestamp`",
            ],
        );
    }

    #[test]
    fn times() {
        for (text, expected) in [
            ("1970-01-01T00:00:01Z", Some(1_000_000_000)),
            ("1970-01-01T01:00:01.25+01:00", Some(1_250_000_000)),
            ("1970-01-01T00:00:00.0000000019Z", Some(1)),
            ("1970-01-01", None),
            ("1969-12-31T23:59:59Z", None),
            ("1970-01-01T00:00:00.Z", None),
            ("yesterday", None),
        ] {
            assert_eq!(nanoseconds(text), expected, "{text}");
        }
    }
}
