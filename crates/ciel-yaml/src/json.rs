//! A JSON reader that writes straight to the tape.
//!
//! Own code, because no crate at hand gives a tape with byte offsets: `serde_json` drops places, `simd-json` and
//! `sonic-rs` drop them too (and need `unsafe`), and a cluster dump of 100 MB leaves no time for a detour.
//! The rules are those of Go's `encoding/json`: the last of duplicate keys counts, a lone surrogate is U+FFFD.

use std::sync::Arc;

use ciel_core::{Diagnostic, Span, limits};

use crate::Dialect;
use crate::bytes::{self, Text};
use crate::compose::{Fault, duplicate_warnings};
use crate::duplicates::KeyHashes;
use crate::number;
use crate::tree::{Document, DocumentBuilder, Kind, NodeId};

/// Reads one value.
pub(crate) struct Reader<'t> {
    source: &'t Arc<str>,
    text: Text<'t>,
    /// Offset of the next byte.
    at: usize,
    builder: DocumentBuilder,
    frames: Vec<Frame>,
    keys: KeyHashes,
    unsettled: bool,
    /// The first number that is too large: JSON, but no value.
    too_large: Option<Span>,
    warnings: Vec<(Span, Diagnostic)>,
    scratch: String,
}

struct Frame {
    id: NodeId,
    mapping: bool,
    len: usize,
    keys: usize,
}

/// One JSON value, as a document.
pub(crate) struct Value {
    pub(crate) document: Result<Document, Fault>,
    pub(crate) warnings: Vec<(Span, Diagnostic)>,
    /// Offset after its last byte.
    pub(crate) end: usize,
}

/// Reads the value that begins at an offset (blanks before it are skipped). None where there are only blanks.
///
/// # Errors
/// What is no JSON, and where.
pub(crate) fn read(source: &Arc<str>, at: usize, dialect: Dialect) -> Result<Option<Value>, Fault> {
    let mut reader = Reader {
        source,
        text: Text::new(source),
        at,
        builder: DocumentBuilder::new(Arc::clone(source)),
        frames: Vec::new(),
        keys: KeyHashes::default(),
        unsettled: false,
        too_large: None,
        warnings: Vec::new(),
        scratch: String::new(),
    };
    if reader.next_token().is_none() {
        return Ok(None);
    }
    reader.value()?;
    let mut builder = reader.builder;
    if reader.unsettled {
        builder = builder.resolve_mappings(dialect);
    }
    Ok(Some(Value {
        document: match reader.too_large {
            Some(span) if dialect == Dialect::Kubectl => {
                Err(Fault::new(span, "this number is too large"))
            }
            _ => Ok(builder.finish()),
        },
        warnings: reader.warnings,
        end: reader.at,
    }))
}

impl Reader<'_> {
    fn value(&mut self) -> Result<(), Fault> {
        loop {
            let opened = match self.next_token() {
                Some(b'"') => {
                    self.string()?;
                    false
                }
                Some(b'{') => self.open(true)?,
                Some(b'[') => self.open(false)?,
                Some(b'-' | b'0'..=b'9') => {
                    self.number()?;
                    false
                }
                Some(b't') => self.literal("true", Kind::Bool)?,
                Some(b'f') => self.literal("false", Kind::Bool)?,
                Some(b'n') => self.literal("null", Kind::Null)?,
                _ => return Err(self.unexpected("a value")),
            };
            if !opened && self.after_value()? {
                return Ok(());
            }
        }
    }

    /// Goes on behind a value, up to where the next one begins. True where the outermost value has ended.
    fn after_value(&mut self) -> Result<bool, Fault> {
        loop {
            if self.builder.len() > limits::NODES {
                return Err(Fault::too_many_nodes(self.here()));
            }
            let Some(frame) = self.frames.last_mut() else {
                return Ok(true);
            };
            frame.len += 1;
            let mapping = frame.mapping;
            match self.next_token() {
                Some(b',') => {
                    self.at += 1;
                    if mapping {
                        self.next_token();
                        self.key()?;
                    }
                    return Ok(false);
                }
                Some(b'}') if mapping => self.close(),
                Some(b']') if !mapping => self.close(),
                _ if mapping => return Err(self.unexpected("`,` or `}`")),
                _ => return Err(self.unexpected("`,` or `]`")),
            }
        }
    }

    /// True if a value has to follow, false if the container was empty and has ended.
    fn open(&mut self, mapping: bool) -> Result<bool, Fault> {
        if self.frames.len() >= limits::DEPTH {
            return Err(Fault::too_deep(self.here()));
        }
        let kind = if mapping {
            Kind::Mapping
        } else {
            Kind::Sequence
        };
        let id = self.builder.open(kind, bytes::offset(self.at));
        self.frames.push(Frame {
            id,
            mapping,
            len: 0,
            keys: self.keys.len(),
        });
        self.at += 1;
        match self.next_token() {
            Some(b'}') if mapping => {}
            Some(b']') if !mapping => {}
            _ if mapping => {
                self.key()?;
                return Ok(true);
            }
            _ => return Ok(true),
        }
        self.close();
        Ok(false)
    }

    fn close(&mut self) {
        self.at += 1;
        let Some(frame) = self.frames.pop() else {
            return;
        };
        self.builder
            .close(frame.id, frame.len, bytes::offset(self.at));
        if frame.mapping {
            if self.keys.may_repeat(frame.keys) {
                let node = self.builder.peek().node(frame.id);
                self.unsettled |= duplicate_warnings(node, &mut self.warnings);
            }
            self.keys.truncate(frame.keys);
        }
    }

    fn key(&mut self) -> Result<(), Fault> {
        if self.text.byte(self.at) != Some(b'"') {
            return Err(self.unexpected("a key in double quotes"));
        }
        let id = self.string()?;
        self.keys.push(self.builder.peek().node(id).scalar_text());
        if self.next_token() != Some(b':') {
            return Err(self.unexpected("`:`"));
        }
        self.at += 1;
        Ok(())
    }

    fn string(&mut self) -> Result<NodeId, Fault> {
        let start = self.at;
        let body = start + 1;
        let mut end = self.text.string_end(body);
        if self.text.byte(end) == Some(b'"') {
            self.at = end + 1;
            return Ok(self.builder.scalar(
                Kind::String,
                bytes::span(start, self.at),
                bytes::span(body, end),
            ));
        }
        self.scratch.clear();
        let mut from = body;
        loop {
            self.scratch.push_str(self.text.slice(from, end));
            match self.text.byte(end) {
                Some(b'"') => break,
                Some(b'\\') => end = self.escape(end)?,
                Some(_) => {
                    let message = "a control character in a string: write it as an escape";
                    return Err(Fault::new(bytes::span(end, end + 1), message));
                }
                None => {
                    let message = "this string does not end";
                    return Err(Fault::new(bytes::span(start, body), message));
                }
            }
            from = end;
            end = self.text.string_end(from);
        }
        self.at = end + 1;
        Ok(self
            .builder
            .owned_scalar(Kind::String, bytes::span(start, self.at), &self.scratch))
    }

    /// Decodes the escape at an offset; gives the offset behind it.
    fn escape(&mut self, at: usize) -> Result<usize, Fault> {
        let decoded = match self.text.byte(at + 1) {
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(at),
            _ => {
                let message = "an escape that JSON does not know";
                return Err(Fault::new(bytes::span(at, at + 1), message));
            }
        };
        self.scratch.push(decoded);
        Ok(at + 2)
    }

    fn unicode_escape(&mut self, at: usize) -> Result<usize, Fault> {
        let Some(first) = self.text.hex(at + 2, 4) else {
            let message = "`\\u` wants four hexadecimal digits";
            return Err(Fault::new(bytes::span(at, at + 2), message));
        };
        let mut end = at + 6;
        let mut code = first;
        if (0xd800..0xdc00).contains(&first) && self.text.slice(end, end + 2) == "\\u" {
            let second = self.text.hex(end + 2, 4).unwrap_or_default();
            if (0xdc00..0xe000).contains(&second) {
                code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                end += 6;
            }
        }
        self.scratch
            .push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        Ok(end)
    }

    fn number(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let mut end = start + usize::from(self.text.byte(start) == Some(b'-'));
        match self.text.byte(end) {
            Some(b'0') => end += 1,
            Some(b'1'..=b'9') => end = self.text.digits_end(end),
            _ => return Err(self.unexpected("a number")),
        }
        let mut is_integer = true;
        if self.text.byte(end) == Some(b'.') {
            is_integer = false;
            end = self.required_digits(end + 1)?;
        }
        if matches!(self.text.byte(end), Some(b'e' | b'E')) {
            is_integer = false;
            end += 1;
            end += usize::from(matches!(self.text.byte(end), Some(b'+' | b'-')));
            end = self.required_digits(end)?;
        }
        self.at = end;
        let span = bytes::span(start, end);
        let text = self.text.slice(start, end);
        if is_integer && (text.len() < 19 || text.parse::<i64>().is_ok()) {
            if text == "-0" {
                self.builder.owned_scalar(Kind::Integer, span, "0");
            } else {
                self.builder.scalar(Kind::Integer, span, span);
            }
            return Ok(());
        }
        let float: f64 = text.parse().unwrap_or(f64::INFINITY);
        if !float.is_finite() {
            self.too_large = self.too_large.or(Some(span));
        }
        let canonical = number::json_float(float);
        if canonical == text {
            self.builder.scalar(Kind::Float, span, span);
        } else {
            self.builder.owned_scalar(Kind::Float, span, &canonical);
        }
        Ok(())
    }

    fn required_digits(&mut self, at: usize) -> Result<usize, Fault> {
        let end = self.text.digits_end(at);
        if end == at {
            self.at = at;
            return Err(self.unexpected("a digit"));
        }
        Ok(end)
    }

    fn literal(&mut self, word: &str, kind: Kind) -> Result<bool, Fault> {
        let end = self.at + word.len();
        if self.text.slice(self.at, end) != word {
            return Err(self.unexpected("a value"));
        }
        let span = bytes::span(self.at, end);
        self.builder.scalar(kind, span, span);
        self.at = end;
        Ok(false)
    }

    /// Skips blanks; gives the byte at which it stops.
    fn next_token(&mut self) -> Option<u8> {
        loop {
            match self.text.byte(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other,
            }
        }
    }

    fn here(&self) -> Span {
        let end = self.at
            + self
                .source
                .get(self.at..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8);
        bytes::span(self.at, end)
    }

    fn unexpected(&self, wanted: &str) -> Fault {
        let found = self.here().slice(self.source);
        let message = if found.is_empty() {
            format!("the text ends where {wanted} should stand")
        } else {
            format!("`{}` where {wanted} should stand", found.escape_debug())
        };
        Fault::new(self.here(), message)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, check_error};

    #[test]
    fn values_are_what_go_makes_of_them() {
        for (written, expected) in [
            (
                r#"{"a":1,"b":-0,"c":1.50,"d":1e3,"e":1.0}"#,
                r#"{"a":1,"b":0,"c":1.5,"d":1000,"e":1}"#,
            ),
            (
                r#"{"a":null,"b":true,"c":false,"d":[],"e":{}}"#,
                r#"{"a":null,"b":true,"c":false,"d":[],"e":{}}"#,
            ),
            (r#"{"a":"\ud83d\ude00\u00e9\/\n"}"#, r#"{"a":"😀é/\n"}"#),
            (
                r#"{"a":"\ud83d","b":"\ude00x","c":"\ud83dA"}"#,
                "{\"a\":\"\u{fffd}\",\"b\":\"\u{fffd}x\",\"c\":\"\u{fffd}A\"}",
            ),
            (
                r#"{"a":123456789012345678901}"#,
                r#"{"a":123456789012345680000.0}"#,
            ),
            ("[{\"a\" : 1 } ,\n\t2]", r#"[{"a":1},2]"#),
        ] {
            let expected = expected.replace("123456789012345680000.0", "1.2345678901234568e+20");
            check(written, &[&expected]);
        }
    }

    #[test]
    fn streams_of_values_are_documents() {
        check(
            "{\"a\":1}{\"b\":2}\n{\"c\":3}\n",
            &[r#"{"a":1}"#, r#"{"b":2}"#, r#"{"c":3}"#],
        );
        check(
            "{\"a\":1}\n---\nb: 2\n---\n{\"c\": 3}\n",
            &[r#"{"a":1}"#, r#"{"b":2}"#, r#"{"c":3}"#],
        );
    }

    #[test]
    fn flow_style_that_is_no_json_is_yaml() {
        check("{a: 1, \"b\": [x, ], }\n", &[r#"{"a":1,"b":["x"]}"#]);
        check("{\"a\": yes} # c\n", &[r#"{"a":true}"#]);
        check("[a, b]\n", &[r#"["a","b"]"#]);
    }

    #[test]
    fn errors_tell_the_place() {
        check_error("{\"a\": 1", "", "the text ends where `,` or `}`");
        check_error("{\"a\": \"x", "\"", "does not end");
        check_error("{\"a\": 1e999}", "1e999", "too large");
        check_error("{\"a\": tru]}", "]", "should stand");
    }

    #[test]
    fn one_bad_line_hides_no_other() {
        let (documents, errors) =
            crate::testing::read("{\"a\":1}\n{\"b\":2}\n{\"c\":]\n{\"d\":4}\n");
        assert_eq!(documents, [r#"{"a":1}"#, r#"{"b":2}"#, r#"{"d":4}"#]);
        assert_eq!(errors.len(), 1);
    }
}
