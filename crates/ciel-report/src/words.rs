//! What several formats say in the same words: objects, places, texts without letters that could do harm.

use std::{borrow::Cow, fmt};

use ciel_core::{Check, Finding, LineColumn, Location, ObjectRef};

use crate::Report;

/// Where people find more about Ciel.
pub(crate) const HOME: &str = "https://github.com/ciel-security/ciel";

/// The page of a check.
pub(crate) fn docs_url(check: &Check) -> String {
    format!("{HOME}/blob/main/docs/checks/{}.md", check.name)
}

/// An object in one line: `Deployment shop/web`, `ClusterRole admin`.
pub(crate) struct Title<'a>(pub(crate) &'a ObjectRef);

impl fmt::Display for Title<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ObjectRef {
            kind,
            namespace,
            name,
            ..
        } = self.0;
        let slash = if namespace.is_empty() { "" } else { "/" };
        write!(f, "{kind} {namespace}{slash}{name}")
    }
}

/// Where a finding stands, for formats that know nothing but files.
pub(crate) struct Place<'a> {
    /// The file as seen from where the scan ran, without `./`; `cluster/NAMESPACE/KIND/NAME` for an object without one.
    pub(crate) path: Cow<'a, str>,
    /// Whether the path is that of a file: neither standard input nor an object of a cluster.
    pub(crate) is_file: bool,
    /// First and last place; none where the text was rendered.
    pub(crate) region: Option<(LineColumn, LineColumn)>,
}

impl<'a> Place<'a> {
    pub(crate) fn of(report: &Report<'a>, finding: &'a Finding) -> Self {
        finding
            .location
            .and_then(|at| Self::at(report, at))
            .unwrap_or_else(|| Self {
                path: cluster_path(&finding.object).into(),
                is_file: false,
                region: None,
            })
    }

    pub(crate) fn at(report: &Report<'a>, location: Location) -> Option<Self> {
        let (source, region) = report.places(location)?;
        Some(Self {
            path: file_path(&source.name),
            is_file: source.name != "-",
            region,
        })
    }

    /// The first line; 1 where there is none to name.
    pub(crate) fn line(&self) -> u32 {
        self.region.map_or(1, |(start, _)| start.line)
    }
}

/// `deploy/web.yaml`, `deploy/web.yaml:21:25`.
impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        match self.region {
            Some((start, _)) => write!(f, ":{}:{}", start.line, start.column),
            None => Ok(()),
        }
    }
}

/// A file's name as version control knows it, as long as the scan ran at the top of the tree.
pub(crate) fn file_path(name: &str) -> Cow<'_, str> {
    let mut path = name;
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    if cfg!(windows) {
        path.replace('\\', "/").into()
    } else {
        path.into()
    }
}

fn cluster_path(object: &ObjectRef) -> String {
    let steps = [&object.namespace, &object.kind, &object.name];
    let mut path = "cluster".to_owned();
    for step in steps.into_iter().filter(|step| !step.is_empty()) {
        path.push('/');
        path.push_str(&step.replace(['/', '\\'], "_"));
    }
    path
}

/// Text for one line that a terminal, a log or a browser shows: control characters, line breaks and marks that turn
/// the direction of writing are replaced.
#[must_use]
pub fn one_line(text: &str) -> Cow<'_, str> {
    replace(text, |letter| letter.is_control() || is_turning(letter))
}

/// Text of several lines, likewise: line feeds and tabs stay.
#[must_use]
pub fn lines(text: &str) -> Cow<'_, str> {
    replace(text, |letter| {
        (letter.is_control() && letter != '\n' && letter != '\t') || is_turning(letter)
    })
}

/// Marks with which text can be made to look like another, and the two code points that XML does not know.
pub(crate) fn is_turning(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}')
}

fn replace(text: &str, is_bad: impl Fn(char) -> bool) -> Cow<'_, str> {
    if text.chars().any(&is_bad) {
        let safe = |letter| if is_bad(letter) { '\u{FFFD}' } else { letter };
        text.chars().map(safe).collect::<String>().into()
    } else {
        text.into()
    }
}

/// Escapes in a line of JSON the control characters that JSON lets stand, and that a terminal may obey.
pub(crate) fn escape_controls(line: &mut Vec<u8>) {
    // U+0080 to U+009F are C2 80 to C2 9F; in JSON all of them, and U+007F, stand in strings.
    if !line.iter().any(|byte| matches!(byte, 0x7f | 0xc2)) {
        return;
    }
    let mut safe = Vec::with_capacity(line.len() + 16);
    let mut rest = line.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        let next = rest.peek().copied();
        match (byte, next) {
            (0x7f, _) => safe.extend_from_slice(b"\\u007f"),
            (0xc2, Some(second @ 0x80..=0x9f)) => {
                safe.extend_from_slice(format!("\\u00{second:02x}").as_bytes());
                rest.next();
            }
            _ => safe.push(byte),
        }
    }
    *line = safe;
}

/// At most so many bytes of a text, in whole letters.
pub(crate) fn shortened(text: &str, limit: usize) -> Cow<'_, str> {
    const MARK: char = '…';
    if text.len() <= limit {
        return text.into();
    }
    let end = text.floor_char_boundary(limit.saturating_sub(MARK.len_utf8()));
    let mut short = text.get(..end).unwrap_or_default().to_owned();
    short.push(MARK);
    short.into()
}

/// `1 object`, `2 objects`.
pub(crate) fn plural(count: usize, word: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {word}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_as_version_control_does() {
        for (name, path) in [
            ("deploy/web.yaml", "deploy/web.yaml"),
            ("./deploy/web.yaml", "deploy/web.yaml"),
            (".//./web.yaml", "web.yaml"),
            ("../web.yaml", "../web.yaml"),
            ("/tmp/web.yaml", "/tmp/web.yaml"),
            (".hidden", ".hidden"),
            ("-", "-"),
        ] {
            assert_eq!(file_path(name), path);
        }
    }

    #[test]
    fn objects_of_a_cluster_get_a_path() {
        let object = ObjectRef {
            kind: "Pod".to_owned(),
            name: "../web".to_owned(),
            ..ObjectRef::default()
        };
        assert_eq!(cluster_path(&object), "cluster/Pod/.._web");
    }

    #[test]
    fn letters_that_could_do_harm_are_replaced() {
        assert_eq!(one_line("a\nb\0c\u{202E}d"), "a\u{FFFD}b\u{FFFD}c\u{FFFD}d");
        assert_eq!(lines("a\nb\0c\u{1b}d"), "a\nb\u{FFFD}c\u{FFFD}d");
    }

    #[test]
    fn controls_are_escaped_in_json() {
        let mut line = "{\"a\u{9b}é\u{7f}\":\"©\u{80}\"}".as_bytes().to_vec();
        escape_controls(&mut line);
        let expected = "{\"a\\u009bé\\u007f\":\"©\\u0080\"}";
        assert_eq!(String::from_utf8_lossy(&line), expected);
    }

    #[test]
    fn texts_are_cut_between_letters() {
        assert_eq!(shortened("ééé", 6), "ééé");
        assert_eq!(shortened("éééé", 6), "é…");
    }
}
