//! Reads text as a shell would split it: commands, words, pipes, redirections. Our own, since crates that split words
//! (shlex, shell-words) know no operators and no places, and grammars of bash are too slow and refuse broken scripts.
use std::ops::Range;

/// Commands of one script that are looked at.
const COMMANDS: usize = 20_000;

/// A word after the shell has taken its quotes away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    /// With its quotes, in the text.
    pub(crate) span: Range<usize>,
    /// Where the unquoted text begins in the text, where it stands there unchanged.
    pub(crate) inner: Option<usize>,
}

/// One simple command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Command {
    pub(crate) words: Vec<Word>,
    /// Targets of `>` and `>>`.
    pub(crate) written: Vec<Word>,
    /// Whether it reads what the command before it writes.
    pub(crate) piped: bool,
}

impl Command {
    pub(crate) fn span(&self) -> Range<usize> {
        let mut all = self.words.iter().chain(&self.written);
        let Some(first) = all.next() else {
            return 0..0;
        };
        let (mut start, mut end) = (first.span.start, first.span.end);
        for word in all {
            start = start.min(word.span.start);
            end = end.max(word.span.end);
        }
        start..end
    }
}

/// Splits a script into its simple commands, those within `$(…)` and backticks included, after the command that
/// uses them.
pub(crate) fn parse(script: &str) -> Vec<Command> {
    let mut commands = Vec::new();
    let mut waiting = vec![(0..script.len(), 0)];
    while let Some((range, depth)) = waiting.pop() {
        let Some(part) = script.get(range.clone()) else {
            continue;
        };
        let mut reader = Reader::new(part, range.start);
        reader.read();
        commands.append(&mut reader.commands);
        if depth < 4 {
            waiting.extend(reader.nested.into_iter().map(|nested| (nested, depth + 1)));
        }
        if commands.len() >= COMMANDS {
            break;
        }
    }
    commands
}

struct Reader<'a> {
    text: &'a str,
    base: usize,
    at: usize,
    commands: Vec<Command>,
    current: Command,
    word: Option<Building>,
    redirected: bool,
    nested: Vec<Range<usize>>,
}

#[derive(Default)]
struct Building {
    text: String,
    start: usize,
    pieces: usize,
    inner: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, base: usize) -> Self {
        Self {
            text,
            base,
            at: 0,
            commands: Vec::new(),
            current: Command::default(),
            word: None,
            redirected: false,
            nested: Vec::new(),
        }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    fn read(&mut self) {
        while let Some(byte) = self.peek(0) {
            match byte {
                b' ' | b'\t' | b'\r' => {
                    self.end_word();
                    self.at += 1;
                }
                b'\n' | b';' => self.separator(1, false),
                b'&' if self.peek(1) == Some(b'&') => self.separator(2, false),
                b'&' if self.peek(1) == Some(b'>') => self.redirection(1),
                b'&' => self.separator(1, false),
                b'|' if self.peek(1) == Some(b'|') => self.separator(2, false),
                b'|' => {
                    let width = if self.peek(1) == Some(b'&') { 2 } else { 1 };
                    self.separator(width, true);
                }
                b'<' if self.peek(1) == Some(b'(') => self.substitution(2, b')'),
                b'>' | b'<' => self.redirection(0),
                b')' => self.separator(1, false),
                b'(' if self.word.is_none() => self.separator(1, false),
                b'#' if self.word.is_none() => self.comment(),
                b'$' if self.peek(1) == Some(b'(') => self.substitution(2, b')'),
                b'`' => self.substitution(1, b'`'),
                b'\'' => self.quoted(b'\''),
                b'"' => self.quoted(b'"'),
                b'\\' => self.escape(),
                _ => self.plain(),
            }
            if self.commands.len() >= COMMANDS {
                return;
            }
        }
        self.end_command(false);
    }

    fn building(&mut self) -> &mut Building {
        let start = self.at;
        self.word.get_or_insert_with(|| Building {
            start,
            ..Building::default()
        })
    }

    fn push(&mut self, range: Range<usize>) {
        let text = self.text;
        let piece = text.get(range.clone()).unwrap_or_default();
        let building = self.building();
        if building.pieces == 0 {
            building.inner = range.start;
        }
        building.pieces += 1;
        building.text.push_str(piece);
    }

    fn plain(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let length = rest
            .iter()
            .position(|byte| b" \t\r\n;&|<>()#$`'\"\\".contains(byte))
            .unwrap_or(rest.len())
            .max(1);
        // A `#`, `$` or parenthesis that opens nothing belongs to the word.
        self.push(self.at..self.at + length);
        self.at += length;
    }

    fn quoted(&mut self, quote: u8) {
        self.building();
        let open = self.at + 1;
        let bytes = self.text.as_bytes();
        let mut end = open;
        while let Some(byte) = bytes.get(end) {
            if *byte == quote {
                break;
            }
            if quote == b'"' && *byte == b'\\' {
                end += 1;
            }
            end += 1;
        }
        let end = end.min(bytes.len());
        if quote == b'"' {
            self.nested_in(open..end);
        }
        let piece = self.text.get(open..end).unwrap_or_default();
        if quote == b'"' && piece.contains('\\') {
            let unescaped = unescape(piece);
            let building = self.building();
            building.pieces += 2;
            building.text.push_str(&unescaped);
        } else {
            self.push(open..end);
        }
        self.at = end + 1;
    }

    /// Remembers `$(…)` and backticks within double quotes.
    fn nested_in(&mut self, range: Range<usize>) {
        let piece = self.text.get(range.clone()).unwrap_or_default();
        for (open, close, opener) in [("$(", b')', 2), ("`", b'`', 1)] {
            let mut from = 0;
            while let Some(found) = piece.get(from..).and_then(|rest| rest.find(open)) {
                let start = from + found + opener;
                let end = closing(piece, start, close);
                let base = self.base + range.start;
                self.nested.push(base + start..base + end);
                from = end.max(start) + 1;
                if self.nested.len() > COMMANDS {
                    return;
                }
            }
        }
    }

    fn substitution(&mut self, opener: usize, close: u8) {
        let start = self.at + opener;
        let end = closing(self.text, start, close);
        let after = (end + 1).min(self.text.len());
        self.nested.push(self.base + start..self.base + end);
        self.push(self.at..after);
        self.at = after;
    }

    fn escape(&mut self) {
        if self.peek(1) == Some(b'\n') {
            self.at += 2;
        } else if self
            .text
            .get(self.at + 1..)
            .is_some_and(|rest| rest.starts_with("\r\n"))
        {
            self.at += 3;
        } else {
            self.building().pieces += 1;
            let next = self
                .text
                .get(self.at + 1..)
                .and_then(|rest| rest.chars().next());
            let width = next.map_or(0, char::len_utf8);
            self.push(self.at + 1..self.at + 1 + width);
            self.at += 1 + width;
        }
    }

    fn comment(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    }

    fn redirection(&mut self, before: usize) {
        // `2>` : the number is the descriptor, no word.
        if self
            .word
            .as_ref()
            .is_some_and(|word| word.text.bytes().all(|byte| byte.is_ascii_digit()))
        {
            self.word = None;
        }
        self.end_word();
        self.at += before;
        self.redirected = self.peek(0) == Some(b'>');
        while matches!(self.peek(0), Some(b'>' | b'<' | b'&' | b'|')) {
            self.at += 1;
        }
    }

    fn separator(&mut self, width: usize, pipe: bool) {
        self.end_command(pipe);
        self.at += width;
    }

    fn end_word(&mut self) {
        let Some(word) = self.word.take() else {
            return;
        };
        let word = Word {
            inner: (word.pieces == 1).then_some(self.base + word.inner),
            span: self.base + word.start..self.base + self.at.min(self.text.len()),
            text: word.text,
        };
        if std::mem::take(&mut self.redirected) {
            self.current.written.push(word);
        } else {
            self.current.words.push(word);
        }
    }

    fn end_command(&mut self, pipe: bool) {
        self.end_word();
        self.redirected = false;
        let command = std::mem::take(&mut self.current);
        let empty = command.words.is_empty() && command.written.is_empty();
        let piped_through = empty && command.piped;
        if !empty {
            self.commands.push(command);
        }
        self.current.piped = pipe || piped_through;
    }
}

/// The offset of the bracket that closes what was opened before `start`; the end of the text where none does.
fn closing(text: &str, start: usize, close: u8) -> usize {
    let mut depth = 0_usize;
    for (offset, byte) in text.as_bytes().iter().enumerate().skip(start) {
        if *byte == close {
            if depth == 0 {
                return offset;
            }
            depth -= 1;
        } else if close == b')' && *byte == b'(' {
            depth += 1;
        }
    }
    text.len()
}

fn unescape(piece: &str) -> String {
    let mut text = String::with_capacity(piece.len());
    let mut characters = piece.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            text.push(character);
            continue;
        }
        match characters.next() {
            Some('\n') | None => {}
            Some(next @ ('"' | '\\' | '$' | '`')) => text.push(next),
            Some(next) => {
                text.push('\\');
                text.push(next);
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(script: &str, expected: &[&[&str]]) {
        let commands = parse(script);
        let words: Vec<Vec<&str>> = commands
            .iter()
            .map(|command| {
                command
                    .words
                    .iter()
                    .map(|word| word.text.as_str())
                    .collect()
            })
            .collect();
        assert_eq!(words, expected, "{script}");
        for word in commands.iter().flat_map(|command| &command.words) {
            assert!(
                script.get(word.span.clone()).is_some(),
                "{script}: {word:?}"
            );
            if let Some(inner) = word.inner {
                assert!(
                    script[inner..].starts_with(&word.text),
                    "{script}: {word:?}"
                );
            }
        }
    }

    #[test]
    fn commands_are_split_as_a_shell_does() {
        check(
            "a b; c && d || e | f &",
            &[&["a", "b"], &["c"], &["d"], &["e"], &["f"]],
        );
        check(
            "a 'b c' \"d \\\"e\\\"\" f\\ g",
            &[&["a", "b c", "d \"e\"", "f g"]],
        );
        check("# no\na # no\nb", &[&["a"], &["b"]]);
        check("a >/dev/null 2>&1 b", &[&["a", "b"]]);
        check(
            "sh -c \"$(curl -s x)\"",
            &[&["sh", "-c", "$(curl -s x)"], &["curl", "-s", "x"]],
        );
        check(
            "bash <(wget -qO- x) y",
            &[&["bash", "<(wget -qO- x)", "y"], &["wget", "-qO-", "x"]],
        );
        check("x=`id` y", &[&["x=`id`", "y"], &["id"]]);
        check("a \\\n  b", &[&["a", "b"]]);
        check("(a; b)", &[&["a"], &["b"]]);
        check("a 'unclosed", &[&["a", "unclosed"]]);
        check("é \\ü", &[&["é", "ü"]]);
    }

    #[test]
    fn pipes_and_redirections_are_kept() {
        let commands = parse("curl x |\n sh > /tmp/log");
        assert!(commands[1].piped);
        assert_eq!(commands[1].written[0].text, "/tmp/log");
    }
}
