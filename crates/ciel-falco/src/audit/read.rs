//! Audit logs: events, lists of them, arrays of those, one after the other.

use std::{
    io::{self, Read},
    vec,
};

use ciel_core::{Diagnostic, Timestamp, limits};
use serde_json::Value;

const SECOND: u64 = 1_000_000_000;

/// The byte order mark, in UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

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
    let start = start.strip_prefix(MARK).unwrap_or(start);
    let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
    first.is_some_and(|byte| begins(*byte))
}

/// Bytes that are asked for at once.
const CHUNK: usize = 64 << 10;

/// The events of an audit log: JSON values, each an `Event`, an `EventList`, or an array of these. A line that is broken is told
/// and passed over, and so is an event without a time. Only one value is in memory at a time.
#[derive(Debug)]
pub struct AuditLog<R> {
    input: R,
    chunk: Box<[u8]>,
    /// What has been read of the log and may still be needed.
    buffer: Vec<u8>,
    /// Whether nothing follows the buffer.
    ended: bool,
    /// Why, where that is not the end.
    failure: Option<io::Error>,
    /// How far the buffer has been taken in.
    at: usize,
    /// The line of the byte that `counted` says.
    line: usize,
    counted: usize,
    events: vec::IntoIter<AuditEvent>,
    diagnostics: Vec<Diagnostic>,
    untold: usize,
}

impl<R: Read> AuditLog<R> {
    /// Begins to read.
    #[must_use]
    pub fn new(input: R) -> Self {
        Self {
            input,
            chunk: vec![0; CHUNK].into(),
            buffer: Vec::new(),
            ended: false,
            failure: None,
            at: 0,
            line: 1,
            counted: 0,
            events: Vec::new().into_iter(),
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

    /// Reads on: something where the buffer is empty, else at least as much again as it has, lest a long value be looked at
    /// over and over. What has been taken in goes.
    fn fill(&mut self) {
        self.count_lines(self.at);
        self.buffer.drain(..self.at);
        (self.at, self.counted) = (0, 0);
        let is_start = self.buffer.is_empty() && self.line == 1;
        let wanted = if is_start {
            MARK.len()
        } else {
            2 * self.buffer.len()
        };
        loop {
            match self.input.read(&mut self.chunk) {
                Ok(0) => self.ended = true,
                Ok(count) => {
                    let read = self.chunk.get(..count).unwrap_or_default();
                    self.buffer.extend_from_slice(read);
                    if self.buffer.len() < wanted {
                        continue;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.ended = true;
                    self.failure = Some(error);
                }
            }
            break;
        }
        if is_start && self.buffer.starts_with(MARK) {
            self.at = MARK.len();
        }
    }

    /// Reads the next value, if there is one.
    fn value(&mut self) -> bool {
        loop {
            let rest = self.buffer.get(self.at..).unwrap_or_default();
            let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace());
            self.at += blank.count();
            let rest = self.buffer.get(self.at..).unwrap_or_default();
            if rest.is_empty() {
                if !self.ended {
                    self.fill();
                    continue;
                }
                if let Some(error) = self.failure.take() {
                    self.tell(self.at, &format!("the log cannot be read further: {error}"));
                }
                return false;
            }
            let mut values = serde_json::Deserializer::from_slice(rest).into_iter::<Value>();
            let error = match values.next() {
                Some(Ok(value)) => {
                    let start = self.at;
                    self.at += values.byte_offset().max(1);
                    let mut events = Vec::new();
                    self.take(value, start, &mut events);
                    self.events = events.into_iter();
                    return true;
                }
                Some(Err(error)) => error,
                None => return false,
            };
            let is_cut = error.is_eof() && !self.ended;
            if is_cut && rest.len() < limits::AUDIT_VALUE_BYTES {
                self.fill();
                continue;
            }
            let message = if is_cut {
                let limit = limits::AUDIT_VALUE_BYTES;
                format!("this value is longer than {limit} bytes")
            } else {
                no_json(&error)
            };
            self.tell(self.at, &message);
            self.next_line();
            return true;
        }
    }

    /// Goes to the next line that may begin a value.
    fn next_line(&mut self) {
        loop {
            let rest = self.buffer.get(self.at..).unwrap_or_default();
            let mut breaks = memchr::memchr_iter(b'\n', rest);
            let next = breaks.find(|at| !matches!(rest.get(at + 1), Some(byte) if !begins(*byte)));
            match next {
                // What follows the break may not have been read yet.
                Some(next) if next + 1 < rest.len() => {
                    self.at += next + 1;
                    return;
                }
                Some(next) if !self.ended => self.at += next,
                _ => self.at = self.buffer.len(),
            }
            if self.ended {
                return;
            }
            self.fill();
        }
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
        self.count_lines(start);
        if self.diagnostics.len() < limits::DIAGNOSTICS_PER_SOURCE {
            let message = format!("line {}: {message}", self.line);
            self.diagnostics.push(Diagnostic::error(message));
        } else {
            self.untold += 1;
        }
    }

    /// Counts lines up to a place.
    fn count_lines(&mut self, to: usize) {
        let between = self.buffer.get(self.counted..to).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', between).count();
        self.counted = self.counted.max(to);
    }
}

impl<R: Read> Iterator for AuditLog<R> {
    type Item = AuditEvent;

    fn next(&mut self) -> Option<AuditEvent> {
        loop {
            if let Some(event) = self.events.next() {
                return Some(event);
            }
            if !self.value() {
                return None;
            }
        }
    }
}

/// What is wrong with a value, and where in it.
fn no_json(error: &serde_json::Error) -> String {
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    match error.line() {
        0 | 1 => format!("this is no JSON: {reason} (byte {})", error.column()),
        line => format!("this is no JSON: {reason} ({} lines below)", line - 1),
    }
}

/// Whether a value of a log may begin with a byte.
const fn begins(byte: u8) -> bool {
    matches!(byte, b'{' | b'[')
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

    /// Gives out a few bytes at a time.
    struct Slow<'t>(&'t [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            let (now, later) = self.0.split_at(count);
            buffer[..count].copy_from_slice(now);
            self.0 = later;
            Ok(count)
        }
    }

    /// How many events a log has, and what is said of it.
    #[track_caller]
    fn check(text: &str, events: usize, told: &[&str]) {
        check_from(text.as_bytes(), events, told);
        check_from(Slow(text.as_bytes(), 1), events, told);
    }

    #[track_caller]
    fn check_from(text: impl Read, events: usize, told: &[&str]) {
        let mut log = AuditLog::new(text);
        assert_eq!(log.by_ref().count(), events);
        let diagnostics = log.into_diagnostics();
        let messages: Vec<&str> = diagnostics.iter().map(|it| &*it.message).collect();
        assert_eq!(messages, told);
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
    fn values_are_longer_than_what_is_read_at_once() {
        let list = format!(
            r#"{{"kind":"EventList","items":[{}]}}"#,
            vec![EVENT; 5_000].join(",\n")
        );
        let broken = format!("{{\"kind\": ?{}\n", "\nx".repeat(CHUNK));
        check(
            &format!("\u{feff}{list}\n{broken}{EVENT}\n?"),
            5_001,
            &[
                "line 5001: this is no JSON: expected value (byte 10)",
                &format!(
                    "line {}: this is no JSON: expected value (byte 1)",
                    5_003 + CHUNK
                ),
            ],
        );
    }

    /// Ends with an error.
    struct Broken<'t>(&'t [u8]);

    impl Read for Broken<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer)? {
                0 => Err(io::Error::other("gone")),
                count => Ok(count),
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let text = format!("{EVENT}\n{EVENT}\n");
        let told = ["line 3: the log cannot be read further: gone"];
        check_from(Broken(text.as_bytes()), 2, &told);
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
