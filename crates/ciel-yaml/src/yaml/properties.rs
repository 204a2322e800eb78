//! Anchors, tags and aliases.

use super::Reader;
use crate::bytes;
use crate::compose::{AnchorId, Fault};
use crate::resolve::Tag;

/// The anchor and the tag before a node.
#[derive(Clone, Copy, Default)]
pub(super) struct Properties {
    pub(super) anchor: Option<AnchorId>,
    pub(super) tag: Option<Tag>,
    /// Offset behind the last of them; 0 where there is none.
    pub(super) end: usize,
}

impl Properties {
    pub(super) fn is_empty(self) -> bool {
        self.end == 0
    }

    pub(super) fn anchor_id(self) -> AnchorId {
        self.anchor.unwrap_or_default()
    }

    pub(super) fn tag(self) -> Tag {
        self.tag.unwrap_or(Tag::Absent)
    }
}

impl<'t> Reader<'t> {
    pub(super) fn at_property(&self) -> bool {
        matches!(self.text.byte(self.at), Some(b'&' | b'!'))
    }

    /// Adds the anchor or tag that begins here.
    pub(super) fn property(&mut self, properties: &mut Properties) -> Result<(), Fault> {
        let start = self.at;
        self.key_allowed = false;
        let repeated = if self.text.byte(start) == Some(b'&') {
            let name = self.name()?;
            self.anchor_count += 1;
            self.anchors.insert(name, self.anchor_count);
            properties.anchor.replace(self.anchor_count).is_some()
        } else {
            let tag = self.tag()?;
            properties.tag.replace(tag).is_some()
        };
        properties.end = self.at;
        if repeated {
            let message = "a node takes one anchor and one tag";
            return Err(Fault::new(bytes::span(start, self.at), message));
        }
        Ok(())
    }

    /// The anchor that the alias here names.
    pub(super) fn alias(&mut self) -> Result<AnchorId, Fault> {
        let start = self.at;
        self.key_allowed = false;
        let name = self.name()?;
        self.anchors.get(name).copied().ok_or_else(|| {
            let message = format!("no anchor `&{name}` stands before this alias");
            Fault::new(bytes::span(start, self.at), message)
        })
    }

    /// The name behind `&` or `*`.
    fn name(&mut self) -> Result<&'t str, Fault> {
        let start = self.at + 1;
        let mut end = start;
        while self.text.byte(end).is_some_and(is_word) {
            end += 1;
        }
        let ends_well = self.text.is_blank_or_end(end)
            || matches!(
                self.text.byte(end),
                Some(b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`')
            );
        self.at = end;
        if end == start || !ends_well {
            let message = "the name of an anchor consists of letters, digits, `-` and `_`";
            return Err(Fault::new(bytes::span(start - 1, end), message));
        }
        Ok(self.text.slice(start, end))
    }

    /// The tag that begins here: `!<uri>`, `!`, `!name`, `!!name`.
    fn tag(&mut self) -> Result<Tag, Fault> {
        let start = self.at;
        let verbatim = self.text.byte(start + 1) == Some(b'<');
        let mut end = start + 1 + usize::from(verbatim);
        let uri_start = end;
        while self.text.byte(end).is_some_and(is_uri) {
            end += 1;
        }
        let uri = self.text.slice(uri_start, end);
        if verbatim {
            end += usize::from(self.text.byte(end) == Some(b'>') && !uri.is_empty());
        }
        self.at = end;
        let fault = |message: &str| Err(Fault::new(bytes::span(start, end), message));
        if verbatim && !self.text.slice(start, end).ends_with('>') {
            return fault("a tag that begins with `!<` ends with `>`");
        }
        if !self.text.is_blank_or_end(end) {
            return fault("a blank has to follow a tag");
        }
        let Some(uri) = unescaped(uri) else {
            return fault("a `%` escape in this tag is no UTF-8");
        };
        if verbatim {
            return Ok(match uri.strip_prefix("tag:yaml.org,2002:") {
                Some(suffix) => Tag::core(suffix),
                None if uri == "!" => Tag::NonSpecific,
                None => Tag::Other,
            });
        }
        if uri.is_empty() {
            return Ok(Tag::NonSpecific);
        }
        let handle = uri.bytes().take_while(|&byte| is_word(byte)).count();
        match (
            handle,
            uri.get(handle..).and_then(|rest| rest.strip_prefix('!')),
        ) {
            (_, None) => Ok(Tag::Other),
            (_, Some("")) => fault("this tag has no name behind its handle"),
            (0, Some(suffix)) => Ok(Tag::core(suffix)),
            // Only a `%TAG` directive could have said what the handle means, and kubectl takes none.
            (_, Some(_)) => fault("nothing says what the handle of this tag means"),
        }
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

fn is_uri(byte: u8) -> bool {
    is_word(byte) || b";/?:@&=+$,.!~*'()[]%".contains(&byte)
}

/// Decodes the `%` escapes; none where they are no UTF-8.
fn unescaped(uri: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(uri.len());
    let mut rest = uri.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if byte == b'%' {
            let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = tail.get(2..)?;
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
