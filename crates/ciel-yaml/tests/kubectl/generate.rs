//! Files to read: some well-formed, some close to it, some soup.

use std::fmt::Write as _;

use crate::random::Random;
use crate::tables::{JSON_PIECES, JSON_SCALARS, KEYS, QUOTED, SNIPPETS, STREAMS, TAGS, WORDS};

pub(crate) struct File {
    pub(crate) text: String,
}

pub(crate) fn header(index: usize, document: usize) -> String {
    format!("apiVersion: x.io/v1\nkind: T\nmetadata:\n  name: c{index:07}-{document}\n")
}

/// Texts that each try one thing.
pub(crate) fn by_hand() -> Vec<File> {
    let mut files = Vec::new();
    let mut add = |make: &dyn Fn(usize) -> String| {
        let text = make(files.len());
        files.push(File { text });
    };
    for word in WORDS.iter().chain(QUOTED) {
        add(&|index| format!("{}spec: {word}\n", header(index, 0)));
        add(&|index| {
            format!(
                "{}spec:\n  a: {word}\n  b:\n  - {word}\n  - - {word}\n",
                header(index, 0)
            )
        });
        add(&|index| format!("{}spec: [{word}, {word} , [{word}]]\n", header(index, 0)));
        add(&|index| format!("{}spec: {{a: {word}, b: {word} }}\n", header(index, 0)));
        add(&|index| format!("{}spec:\n  {word}: a\n", header(index, 0)));
        add(&|index| format!("{}spec: {{{word}: a}}\n", header(index, 0)));
        add(&|index| format!("{}spec: {{{word} : a, {word}}}\n", header(index, 0)));
        add(&|index| format!("{}spec: [{word}: a]\n", header(index, 0)));
        add(&|index| format!("{}spec: {word}\n  {word}\n", header(index, 0)));
        add(&|index| format!("{}spec: |\n  {word}\n", header(index, 0)));
        for tag in TAGS {
            add(&|index| format!("{}spec: {tag} {word}\n", header(index, 0)));
        }
        add(&|index| format!("{}spec:\n  !!str {word}: !!str {word}\n", header(index, 0)));
        add(&|index| format!("{}spec: [&x {word}, *x]\n", header(index, 0)));
    }
    for key in KEYS {
        add(&|index| format!("{}spec:\n  {key}: 1\n", header(index, 0)));
        add(&|index| format!("{}spec:\n- {key}: 1\n  b: 2\n", header(index, 0)));
        add(&|index| format!("{}spec:\n  x: &x z\n  {key} : 1\n", header(index, 0)));
        add(&|index| format!("{}spec:\n  ? {key}\n  : 1\n", header(index, 0)));
        add(&|index| format!("{}spec: {{? {key} : 1}}\n", header(index, 0)));
        add(&|index| format!("{}spec: {{{key}: 1, {key}: 2}}\n", header(index, 0)));
    }
    for text in SNIPPETS {
        add(&|index| format!("{}{text}", header(index, 0)));
        add(&|index| format!("{}{text}", header(index, 0)).replace('\n', "\r\n"));
        add(&|index| format!("{}{}", header(index, 0), text.trim_end_matches('\n')));
    }
    for text in STREAMS {
        add(&|index| streams(text, index));
        add(&|index| streams(text, index).replace('\n', "\r\n"));
    }
    files
}

/// `@` stands for a header in YAML, `%` for the members of one in JSON.
fn streams(text: &str, index: usize) -> String {
    let mut made = String::new();
    for (document, part) in text.split('@').enumerate() {
        if document > 0 {
            made.push_str(&header(index, document));
        }
        for (member, part) in part.split('%').enumerate() {
            if member > 0 {
                write!(
                    made,
                    "\"apiVersion\":\"x.io/v1\",\"kind\":\"T\",\"metadata\":{{\"name\":\"c{index:07}-{document}{member}\"}}"
                )
                .unwrap();
            }
            made.push_str(part);
        }
    }
    made
}

/// Files by a seed.
pub(crate) fn random(seed: u64, count: usize) -> Vec<File> {
    // The names of the objects say which file they are from: behind those made by hand.
    let first = by_hand().len();
    (first..first + count)
        .map(|index| {
            let mut random = Random::new(seed.wrapping_mul(1_000_003).wrapping_add(index as u64));
            if random.one_in(5) {
                return File {
                    text: json_stream(&mut random, index),
                };
            }
            let documents = 1 + usize::from(random.one_in(6)) * random.below(4);
            let mut text = String::new();
            for document in 0..documents {
                if document > 0 || random.one_in(8) {
                    text.push_str(random.pick(&[
                        "---\n",
                        "---\n",
                        "--- \n",
                        "--- # c\n",
                        "---\n---\n",
                    ]));
                }
                text.push_str(&header(index, document));
                let mut body = match random.below(4) {
                    0 => soup(&mut random),
                    _ => tree(&mut random),
                };
                if random.one_in(3) {
                    body = mutated(&body, &mut random);
                }
                text.push_str(&body);
                if !text.ends_with('\n') && documents > 1 {
                    text.push('\n');
                }
            }
            if random.one_in(6) {
                text = text.replace('\n', "\r\n");
            }
            File { text }
        })
        .collect()
}

/// JSON objects one after the other, some of them mutated behind their metadata.
fn json_stream(random: &mut Random, index: usize) -> String {
    let mut text = String::new();
    for document in 0..1 + usize::from(random.one_in(3)) * random.below(4) {
        write!(
            text,
            "{{\"apiVersion\":\"x.io/v1\",\"kind\":\"T\",\"metadata\":{{\"name\":\"c{index:07}-{document}\"}}"
        )
        .unwrap();
        let mut rest = String::new();
        for key in ["spec", "data"] {
            write!(rest, ",{}\"{key}\": ", random.pick(&["", " ", "\n  "])).unwrap();
            json(random, 4, &mut rest);
        }
        rest.push_str(random.pick(&["}", "}", "\n}\n", "} "]));
        text.push_str(&if random.one_in(3) {
            mutated(&rest, random)
        } else {
            rest
        });
        text.push_str(random.pick(&["", "\n", "\n", "\n---\n", "\n\n"]));
    }
    text
}

fn json(random: &mut Random, depth: usize, text: &mut String) {
    match if depth == 0 {
        random.below(4)
    } else {
        random.below(7)
    } {
        0 | 1 => text.push_str(random.pick(JSON_SCALARS)),
        2 => {
            text.push('"');
            for _ in 0..random.below(5) {
                text.push_str(random.pick(JSON_PIECES));
            }
            text.push('"');
        }
        3 => write!(text, "{}", random.next() >> random.below(64)).unwrap(),
        4 => {
            text.push('[');
            for item in 0..random.below(4) {
                text.push_str(if item > 0 { ", " } else { "" });
                json(random, depth - 1, text);
            }
            text.push(']');
        }
        _ => {
            text.push('{');
            for item in 0..random.below(4) {
                text.push_str(if item > 0 { ",\n" } else { "" });
                write!(
                    text,
                    "\"{}\" :",
                    random.pick(&["a", "b", "c", "<<", "a b", "\\u0061", ""])
                )
                .unwrap();
                json(random, depth - 1, text);
            }
            text.push('}');
        }
    }
}

fn tree(random: &mut Random) -> String {
    let mut writer = Writer {
        random,
        text: String::new(),
        anchors: 0,
    };
    for key in ["spec", "data", "x"] {
        if key == "spec" || writer.random.one_in(4) {
            writer.text.push_str(key);
            writer.text.push(':');
            writer.value(0, 4);
        }
    }
    writer.text
}

struct Writer<'r> {
    random: &'r mut Random,
    text: String,
    anchors: usize,
}

impl Writer<'_> {
    /// Writes a value behind a `:` or `-`, with the line's end. `indent` is the column of the parent.
    fn value(&mut self, indent: usize, depth: usize) {
        self.properties();
        let kind = if depth == 0 {
            self.random.below(6)
        } else {
            self.random.below(12)
        };
        match kind {
            0 | 1 => {
                let word = self.random.pick(WORDS);
                self.text.push(' ');
                self.text.push_str(word);
                if self.random.one_in(8) {
                    let more = self.random.pick(WORDS);
                    write!(
                        self.text,
                        "\n{}{more}",
                        " ".repeat(indent + 1 + self.random.below(3))
                    )
                    .unwrap();
                }
                self.line_end();
            }
            2 => {
                let word = self.random.pick(QUOTED);
                self.text.push(' ');
                self.text.push_str(word);
                self.line_end();
            }
            3 => self.block_scalar(indent),
            4 if self.anchors > 0 => {
                let anchor = self.random.below(self.anchors);
                write!(self.text, " *x{anchor}").unwrap();
                self.line_end();
            }
            4 => self.line_end(),
            5 => {
                self.text.push(' ');
                self.flow(depth.min(3));
                self.line_end();
            }
            6..=8 => {
                self.line_end();
                let column = indent + 1 + self.random.below(3);
                self.mapping(column, depth - 1);
            }
            _ => {
                self.line_end();
                let column = indent + self.random.below(3);
                for _ in 0..=self.random.below(3) {
                    self.noise();
                    self.text.push_str(&" ".repeat(column));
                    self.text.push('-');
                    if self.random.one_in(3) {
                        let blanks = 1 + self.random.below(3);
                        self.text.push_str(&" ".repeat(blanks));
                        self.entries(column + 1 + blanks, depth.saturating_sub(2), false);
                    } else {
                        self.value(column, depth - 1);
                    }
                }
            }
        }
    }

    fn mapping(&mut self, column: usize, depth: usize) {
        self.entries(column, depth, true);
    }

    fn entries(&mut self, column: usize, depth: usize, indent_first: bool) {
        for entry in 0..=self.random.below(4) {
            if entry > 0 || indent_first {
                self.noise();
                self.text.push_str(&" ".repeat(column));
            }
            if self.random.one_in(12) && self.anchors > 0 {
                let anchor = self.random.below(self.anchors);
                if self.random.one_in(2) {
                    writeln!(self.text, "<<: *x{anchor}").unwrap();
                } else {
                    writeln!(self.text, "<<: [*x{anchor}, {{q: 1}}]").unwrap();
                }
                continue;
            }
            let key = if self.random.one_in(3) {
                (self.random.pick(KEYS)).to_owned()
            } else {
                format!("k{}", self.random.below(6))
            };
            if self.random.one_in(20) {
                write!(self.text, "? {key}\n{}", " ".repeat(column)).unwrap();
            } else {
                self.text.push_str(&key);
            }
            self.text.push(':');
            self.value(column, depth);
        }
    }

    fn properties(&mut self) {
        if self.random.one_in(10) {
            write!(self.text, " &x{}", self.anchors).unwrap();
            self.anchors += 1;
        }
        if self.random.one_in(15) {
            let tag = self.random.pick(TAGS);
            write!(self.text, " {tag}").unwrap();
        }
    }

    fn flow(&mut self, depth: usize) {
        if depth == 0 || self.random.one_in(3) {
            let word = if self.random.one_in(3) {
                self.random.pick(QUOTED)
            } else {
                self.random.pick(WORDS)
            };
            self.text.push_str(word);
            return;
        }
        let mapping = self.random.one_in(2);
        self.text.push(if mapping { '{' } else { '[' });
        for entry in 0..self.random.below(4) {
            if entry > 0 {
                self.text.push(',');
            }
            self.text
                .push_str(self.random.pick(&["", " ", " ", "\n  ", " # c\n  "]));
            if mapping || self.random.one_in(8) {
                let key = self.random.pick(KEYS);
                self.text.push_str(key);
                self.text.push_str(
                    self.random
                        .pick(&[": ", ": ", ":", " : ", ":\n   ", "\n  : "]),
                );
            }
            self.flow(depth - 1);
        }
        self.text
            .push_str(self.random.pick(&["", "", "", " ", ",", "\n"]));
        self.text.push(if mapping { '}' } else { ']' });
    }

    fn block_scalar(&mut self, indent: usize) {
        let headers = &[
            "|", ">", "|-", ">-", "|+", ">+", "|2", ">1", "|2-", "|+1", "| # c", ">  ",
        ];
        let header = self.random.pick(headers);
        write!(self.text, " {header}").unwrap();
        self.text.push('\n');
        let column = indent + 1 + self.random.below(3);
        for _ in 0..self.random.below(6) {
            match self.random.below(8) {
                0 => {}
                1 => self
                    .text
                    .push_str(&" ".repeat(self.random.below(column + 3))),
                2 => write!(self.text, "{} x", " ".repeat(column)).unwrap(),
                3 => write!(self.text, "{}\ty", " ".repeat(column)).unwrap(),
                4 => write!(self.text, "{}# no comment", " ".repeat(column)).unwrap(),
                _ => {
                    let word = self.random.pick(WORDS);
                    write!(self.text, "{}{word}", " ".repeat(column)).unwrap();
                }
            }
            self.text.push('\n');
        }
    }

    fn noise(&mut self) {
        match self.random.below(30) {
            0 => self.text.push('\n'),
            1 => self.text.push_str("   \n"),
            2 => self.text.push_str("# c\n"),
            3 => self.text.push_str("      # c: d\n"),
            4 => self.text.push_str(" \t\n"),
            _ => {}
        }
    }

    fn line_end(&mut self) {
        let end = self.random.pick(&[
            "\n", "\n", "\n", "\n", "\n", " \n", " # c\n", "\t\n", "\n\n",
        ]);
        self.text.push_str(end);
    }
}

fn soup(random: &mut Random) -> String {
    const PIECES: &[&str] = &[
        "a", "b: ", "c:\n", "- ", "-\n", "? ", ": ", ":\n", "\n", "\n", "\n  ", "\n  ", "\n    ",
        "\n ", " ", "  ", "\t", "[", "]", "{", "}", ", ", ",", "\"", "'", "\"q\"", "'q'", "&x ",
        "*x", "*x ", "!!str ", "! ", "|\n", ">\n", "|-\n", "# c", " # c\n", "<<: ", "1", "yes",
        "\\", "\\n", "%", "@", "...\n", "é", "\r", "\u{85}", "&y\n", "!t\n", "a: b", "- a\n",
        "x: y\n",
    ];
    let mut text = String::from("spec:");
    text.push_str(random.pick(&[" ", "\n  ", "\n"]));
    for _ in 0..1 + random.below(16) {
        text.push_str(random.pick(PIECES));
    }
    text
}

fn mutated(text: &str, random: &mut Random) -> String {
    const INSERTS: &[&str] = &[
        " ", "  ", "\n", "\t", ":", ": ", "-", "- ", "#", " #", "\"", "'", "[", "]", "{", "}", ",",
        "&", "*", "!", "|", ">", "?", "\\", "%", "a", "\r", "\u{feff}", "\n...\n", "\u{2029}",
    ];
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..1 + random.below(3) {
        let at = random.below(characters.len() + 1);
        match random.below(3) {
            0 if at < characters.len() => {
                characters.remove(at);
            }
            _ => {
                let insert = random.pick(INSERTS);
                characters.splice(at..at, insert.chars());
            }
        }
    }
    characters.into_iter().collect()
}
