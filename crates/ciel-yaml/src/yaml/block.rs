//! Block style: mappings and sequences by indentation.

use super::Reader;
use super::properties::Properties;
use super::scalar::Leaf;
use crate::bytes;
use crate::compose::Fault;

impl Reader<'_> {
    /// Reads a node, after blanks have been skipped. `after` is where the indicator before it ends; `indentless` says
    /// that a sequence may stand in the column of the mapping around it.
    pub(super) fn block_node(&mut self, indentless: bool, after: usize) -> Result<(), Fault> {
        // Properties on a line of their own are the node's; those on the line of a key are the key's.
        let mut own = Properties::default();
        let mut near = Properties::default();
        let mut key_start = None;
        loop {
            if self.block_ended() {
                return self.write_empty(after, joined(own, near)?);
            }
            if self.key_allowed && self.column() == self.indent && !self.belongs_here(indentless) {
                return self.write_empty(after, joined(own, near)?);
            }
            if !self.at_property() {
                break;
            }
            if self.key_allowed {
                key_start = Some(self.at);
            }
            let line = self.line;
            self.property(&mut near)?;
            self.skip_to_token();
            if self.line != line {
                own = joined(own, near)?;
                near = Properties::default();
                key_start = None;
            }
        }
        self.block_content(indentless, own, near, key_start)
    }

    /// Whether what stands in the column of the collection around it is the value that is awaited all the same.
    fn belongs_here(&self, indentless: bool) -> bool {
        match self.text.byte(self.at) {
            Some(b'-') => indentless && self.at_indicator(b'-'),
            // Only what could be a key is taken for the next one, and block scalars cannot.
            Some(b'|' | b'>') => true,
            _ => false,
        }
    }

    fn block_content(
        &mut self,
        indentless: bool,
        own: Properties,
        near: Properties,
        key_start: Option<usize>,
    ) -> Result<(), Fault> {
        match self.text.byte(self.at) {
            Some(b'-') if self.at_indicator(b'-') => {
                if !self.key_allowed {
                    let message = "a sequence may not begin on this line: put it on the next one";
                    return Err(Fault::new(self.here(), message));
                }
                let indentless = indentless && self.column() == self.indent;
                self.block_sequence(joined(own, near)?, indentless)
            }
            Some(b'?') if self.at_indicator(b'?') => {
                if !self.key_allowed {
                    return Err(self.unexpected("a value"));
                }
                let start = self.at;
                self.block_mapping(start, joined(own, near)?, None)
            }
            Some(b'|' | b'>') => self.block_scalar(joined(own, near)?),
            Some(b'[' | b'{') => {
                self.flow_collection(joined(own, near)?)?;
                self.skip_blanks();
                if self.at_value() {
                    return Err(self.stray_value());
                }
                Ok(())
            }
            _ => {
                let start = key_start.or(self.key_allowed.then_some(self.at));
                let line = self.line;
                let leaf = self.leaf_or_empty(near)?;
                match start {
                    Some(start) if self.at_value() && self.is_key(start, line) => {
                        self.block_mapping(start, own, Some((leaf, near)))
                    }
                    _ => self.write_leaf(&leaf, joined(own, near)?),
                }
            }
        }
    }

    /// Reads a mapping that begins at `start`, on the line that `at` is on, from behind its first key, or from its `?`.
    fn block_mapping(
        &mut self,
        start: usize,
        properties: Properties,
        first_key: Option<(Leaf, Properties)>,
    ) -> Result<(), Fault> {
        let outer = self.indent;
        self.indent = bytes::distance(self.line, start);
        let place = bytes::span(start, start);
        self.composer.open(true, place, properties.anchor_id())?;
        match first_key {
            Some((key, key_properties)) => {
                self.write_leaf(&key, key_properties)?;
                self.block_value()?;
            }
            None => self.explicit_entry()?,
        }
        loop {
            self.skip_to_token();
            if self.block_ended() {
                break;
            }
            // The column alone may be right by chance, behind a quoted text that ends on this line.
            if self.column() != self.indent || !self.key_allowed {
                return Err(self.misplaced());
            }
            if self.at_indicator(b'?') {
                self.explicit_entry()?;
            } else {
                self.simple_entry()?;
            }
        }
        self.composer.close(None)?;
        self.indent = outer;
        Ok(())
    }

    /// Reads a key on one line, its `:` and its value.
    fn simple_entry(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let line = self.line;
        let mut properties = Properties::default();
        while self.at_property() {
            self.property(&mut properties)?;
            self.skip_blanks();
        }
        if self.at_indicator(b'-') {
            let message = "a sequence entry where a key should stand";
            return Err(Fault::new(self.here(), message));
        }
        if matches!(self.text.byte(self.at), Some(b'[' | b'{')) {
            let message = "a mapping or sequence cannot be a key";
            return Err(Fault::new(self.here(), message));
        }
        let leaf = self.leaf_or_empty(properties)?;
        if !self.at_value() || !self.is_key(start, line) {
            let end = self.text.break_from(start);
            let written = self.text.slice(start, end).trim_end();
            let span = bytes::span(start, start + written.len());
            return Err(Fault::new(span, "a key without a `:` behind it"));
        }
        self.write_leaf(&leaf, properties)?;
        self.block_value()
    }

    /// Reads the value behind the `:` of a key on the same line.
    fn block_value(&mut self) -> Result<(), Fault> {
        self.at += 1;
        self.key_allowed = false;
        let after = self.at;
        self.skip_to_token();
        self.block_node(true, after)
    }

    /// Reads a key behind `?`, and its value, if a `:` follows in the same column.
    fn explicit_entry(&mut self) -> Result<(), Fault> {
        self.at += 1;
        self.key_allowed = true;
        let after = self.at;
        self.skip_to_token();
        self.block_node(true, after)?;
        self.skip_to_token();
        if self.block_ended() || self.column() != self.indent || !self.at_value() {
            let after = self.composer.last_end();
            return self.write_empty(after, Properties::default());
        }
        if !self.key_allowed {
            return Err(self.stray_value());
        }
        self.at += 1;
        let after = self.at;
        self.skip_to_token();
        self.block_node(true, after)
    }

    /// Reads a sequence whose first `-` stands here.
    fn block_sequence(&mut self, properties: Properties, indentless: bool) -> Result<(), Fault> {
        let outer = self.indent;
        self.indent = self.column();
        self.composer
            .open(false, bytes::span(self.at, self.at), properties.anchor_id())?;
        loop {
            self.at += 1;
            self.key_allowed = true;
            let after = self.at;
            self.skip_to_token();
            self.block_node(false, after)?;
            self.skip_to_token();
            if self.block_ended() {
                break;
            }
            let is_entry = self.column() == self.indent && self.at_indicator(b'-');
            if !is_entry || !self.key_allowed {
                if indentless && !is_entry {
                    break;
                }
                return Err(self.misplaced());
            }
        }
        self.composer.close(None)?;
        self.indent = outer;
        Ok(())
    }

    /// Something stands deeper than the entries of the collection that it is in, or is no entry.
    fn misplaced(&self) -> Fault {
        if self.at_value() {
            return self.stray_value();
        }
        let message = if !self.key_allowed {
            "this stands behind a value, and belongs to nothing"
        } else if self.column() == self.indent {
            "no entry of the sequence that it stands in"
        } else {
            "this line is indented deeper than the entries around it, and belongs to none of them"
        };
        Fault::new(self.rest_of_line(), message)
    }
}

/// The properties of both places.
///
/// # Errors
/// Where both have an anchor, or both a tag.
fn joined(own: Properties, near: Properties) -> Result<Properties, Fault> {
    let twice =
        own.anchor.is_some() && near.anchor.is_some() || own.tag.is_some() && near.tag.is_some();
    if twice {
        let message = "a node takes one anchor and one tag";
        return Err(Fault::new(bytes::span(near.end, near.end), message));
    }
    Ok(Properties {
        anchor: own.anchor.or(near.anchor),
        tag: own.tag.or(near.tag),
        end: own.end.max(near.end),
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, check_error};

    #[test]
    fn indentation_makes_the_tree() {
        for (text, expected) in [
            (
                "a:\n- b\n- c: 1\n  d: 2\ne: 3\n",
                r#"{"a":["b",{"c":1,"d":2}],"e":3}"#,
            ),
            (
                "a:\n  - - 1\n    - 2\n  -\n    b: 1\n  -\n",
                r#"{"a":[[1,2],{"b":1},null]}"#,
            ),
            ("a:\nb:\n  c:\n", r#"{"a":null,"b":{"c":null}}"#),
            ("a: x\n  y\n\n  z\n", r#"{"a":"x y\nz"}"#),
            ("? a\n: - b\n? c\n", r#"{"a":["b"],"c":null}"#),
            ("a: # c\n  # d\n  b: 1 # e\n# f\n", r#"{"a":{"b":1}}"#),
            ("a:\t1\t\n", r#"{"a":1}"#),
            (
                "- &x !!str 1\n- !!str &y 2\n- [*x, *y]\n",
                r#"["1","2",["1","2"]]"#,
            ),
            ("a: &x\n  &y b: 1\nc: *y\n", r#"{"a":{"b":1},"c":"b"}"#),
            ("\"a\": b:c\nd#e: f #g\n", r##"{"a":"b:c","d#e":"f"}"##),
        ] {
            check(text, &[expected]);
        }
    }

    #[test]
    fn misplaced_lines_are_errors() {
        for (text, place, message) in [
            ("a: b: c\n", ":", "none may stand"),
            ("a: b\n  c: d\n", ":", "none may stand"),
            ("a: 1\n  b: 2\n", ":", "none may stand"),
            ("a: \"1\"\n  b: 2\n", "b: 2", "deeper"),
            ("a: \"1\" b: 2\n", "b: 2", "behind a value"),
            ("a:\n    - x\n  - y\n", "- y", "deeper"),
            ("a: 1\nb\n", "b", "without a `:`"),
            ("a: 1\n- b\n", "-", "sequence entry"),
            ("- a\nb: 1\n", "b: 1", "no entry"),
            ("a: - b\n", "-", "next one"),
            ("a:\n\tb: 1\n", "\t", "tab"),
            ("[a]: b\n", ":", "none may stand"),
            ("{a: b}: c\n", ":", "none may stand"),
            ("a: @b\n", "@", "where a value should stand"),
            ("a: &x &y 1\n", "&y", "one anchor"),
            ("a: &x *x\n", "*x", "takes no anchor"),
            ("%YAML 1.1\n---\na: 1\n", "%YAML 1.1", "directives"),
            ("a: 1\u{1}\n", "\u{1}", "U+0001"),
        ] {
            check_error(text, place, message);
        }
    }
}
