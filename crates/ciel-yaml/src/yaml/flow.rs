//! Flow style: `[…]` and `{…}`.

use super::Reader;
use super::properties::Properties;
use crate::bytes;
use crate::compose::Fault;

impl Reader<'_> {
    /// Reads the collection whose bracket stands here.
    pub(super) fn flow_collection(&mut self, properties: Properties) -> Result<(), Fault> {
        let start = self.at;
        let mapping = self.text.byte(start) == Some(b'{');
        let place = bytes::span(start, start + 1);
        self.composer.open(mapping, place, properties.anchor_id())?;
        self.flow += 1;
        self.at += 1;
        let close = if mapping { b'}' } else { b']' };
        self.key_allowed = true;
        loop {
            self.skip_to_token();
            if self.text.byte(self.at) == Some(close) {
                break;
            }
            self.check_unclosed(start)?;
            if mapping {
                self.flow_mapping_entry()?;
            } else {
                self.flow_sequence_entry()?;
            }
            self.skip_to_token();
            match self.text.byte(self.at) {
                Some(b',') => {
                    self.at += 1;
                    self.key_allowed = true;
                }
                Some(byte) if byte == close => break,
                _ => {
                    self.check_unclosed(start)?;
                    let wanted = if mapping { "`,` or `}`" } else { "`,` or `]`" };
                    return Err(self.unexpected(wanted));
                }
            }
        }
        self.at += 1;
        self.flow -= 1;
        self.key_allowed = false;
        self.composer.close(Some(bytes::offset(self.at)))
    }

    fn check_unclosed(&self, start: usize) -> Result<(), Fault> {
        if self.text.byte(self.at).is_some() && !self.at_any_document_mark() {
            return Ok(());
        }
        let message = "this bracket is not closed";
        Err(Fault::new(bytes::span(start, start + 1), message))
    }

    fn flow_mapping_entry(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let line = self.line;
        let explicit = self.text.byte(start) == Some(b'?');
        if explicit {
            self.at += 1;
            self.key_allowed = false;
            self.skip_to_token();
        }
        if explicit && self.flow_node_ended() {
            self.write_empty(self.at, Properties::default())?;
        } else {
            self.flow_node(self.at)?;
        }
        self.skip_to_token();
        if !self.at_value() {
            let after = self.composer.last_end();
            return self.write_empty(after, Properties::default());
        }
        if !explicit && !self.is_key(start, line) {
            return Err(self.stray_value());
        }
        self.flow_value()
    }

    fn flow_sequence_entry(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let line = self.line;
        let explicit = self.text.byte(start) == Some(b'?');
        if explicit {
            self.at += 1;
            self.key_allowed = false;
            self.skip_to_token();
        }
        let properties = self.flow_properties()?;
        match self.text.byte(self.at) {
            Some(b'[' | b'{') if !explicit => {
                self.flow_collection(properties)?;
                self.skip_to_token();
                if self.at_value() {
                    return Err(self.stray_value());
                }
                return Ok(());
            }
            Some(b',' | b']' | b'}') if !properties.is_empty() => {
                return self.write_empty(properties.end, properties);
            }
            _ => {}
        }
        let leaf = self.leaf_or_empty(properties)?;
        self.skip_to_token();
        if !self.at_value() && !explicit {
            return self.write_leaf(&leaf, properties);
        }
        if !explicit && !self.is_key(start, line) {
            return Err(self.stray_value());
        }
        self.composer.open(true, bytes::span(start, start), 0)?;
        self.write_leaf(&leaf, properties)?;
        if self.at_value() {
            self.flow_value()?;
        } else {
            let after = self.composer.last_end();
            self.write_empty(after, Properties::default())?;
        }
        self.composer.close(None)
    }

    /// Reads what follows the `:` that stands here.
    fn flow_value(&mut self) -> Result<(), Fault> {
        self.at += 1;
        self.key_allowed = false;
        let after = self.at;
        self.skip_to_token();
        if matches!(self.text.byte(self.at), Some(b',' | b']' | b'}')) {
            return self.write_empty(after, Properties::default());
        }
        self.flow_node(after)
    }

    fn flow_node(&mut self, after: usize) -> Result<(), Fault> {
        let properties = self.flow_properties()?;
        match self.text.byte(self.at) {
            Some(b'[' | b'{') => self.flow_collection(properties),
            _ if !properties.is_empty() && self.flow_node_ended() => {
                self.write_empty(after, properties)
            }
            _ => {
                let leaf = self.leaf()?;
                self.write_leaf(&leaf, properties)
            }
        }
    }

    fn flow_properties(&mut self) -> Result<Properties, Fault> {
        let mut properties = Properties::default();
        while self.at_property() {
            self.property(&mut properties)?;
            self.skip_to_token();
        }
        Ok(properties)
    }

    fn flow_node_ended(&self) -> bool {
        self.at_value() || matches!(self.text.byte(self.at), Some(b',' | b']' | b'}'))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check_error, check_value};

    #[test]
    fn brackets_make_the_tree() {
        for (written, value) in [
            ("[a, [b, ], {c: d}]", r#"["a",["b"],{"c":"d"}]"#),
            (
                "{a, b: , c:1, \"d\":2}",
                r#"{"a":null,"b":null,"c:1":null,"d":2}"#,
            ),
            ("[a: b, c : d, {e}]", r#"[{"a":"b"},{"c":"d"},{"e":null}]"#),
            ("{? a : b, ? c}", r#"{"a":"b","c":null}"#),
            ("[\n  a # c\n  ,b\n]", r#"["a","b"]"#),
            ("[a\n  b, -1, -]", r#"["a b",-1,"-"]"#),
            ("{http://x/y: 1}", r#"{"http://x/y":1}"#),
        ] {
            check_value(written, value);
        }
    }

    #[test]
    fn what_does_not_close_is_an_error() {
        check_error("a: [b\nc: 1\n", ":", "none may stand");
        check_error("a: [b\n", "[", "not closed");
        check_error("a: {b]\n", "]", "`,` or `}`");
        check_error("a: [,]\n", ",", "a value");
        check_error("a: {{ .Values.x }}\n", "{", "cannot be a key");
        check_error("a: [[b]: c]\n", ":", "none may stand");
    }
}
