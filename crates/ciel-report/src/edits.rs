//! Fixes as changes of text, tried for a report within a budget: an edited text is parsed before its edit is given out,
//! and a report must not take longer than the scan.

use std::collections::{BTreeMap, HashMap};

use ciel_core::{Finding, Fix, Source, SourceId};
use ciel_fix::{Edit, Editor};
use similar::{ChangeTag, TextDiff};

use crate::{Report, change::ChangeLine, hush::hush, secrets::Secrets};

/// What a fix costs however small its source is, in bytes that are read again.
const LEAST: usize = 4 << 10;

/// The edits of the fixes that can be carried out in the text of a source, by finding.
pub(crate) struct Edits(HashMap<usize, Vec<Edit>>);

impl Edits {
    /// Tries the fixes of the findings that count, as far as the budget goes: bytes that are read again. What is left
    /// over has no edits here; `ciel fix` has them.
    pub(crate) fn of(report: &Report<'_>, budget: usize) -> Self {
        let mut by_source: BTreeMap<u32, Vec<(&Finding, &Fix)>> = BTreeMap::new();
        for finding in report.active() {
            if let (Some(at), Some(fix)) = (finding.location, finding.fix.as_deref()) {
                let of_source = by_source.entry(at.source.0).or_default();
                of_source.push((finding, fix));
            }
        }
        let mut found = HashMap::new();
        let mut left = budget;
        for (source, wanted) in by_source {
            let Some(source) = report.sources.get(source as usize) else {
                continue;
            };
            let cost = source.text.len() + LEAST;
            if source.kind.is_rendered() || source.name == "-" || cost > left {
                continue;
            }
            let Ok(editor) = Editor::new(source) else {
                continue;
            };
            for (finding, fix) in wanted {
                if cost > left {
                    break;
                }
                left -= cost;
                if let Ok(edits) = editor.edits(fix) {
                    found.insert(place_of(finding), edits);
                }
            }
        }
        Self(found)
    }

    /// Those of a finding, which has to be one of the report's own.
    pub(crate) fn get(&self, finding: &Finding) -> Option<&[Edit]> {
        self.0.get(&place_of(finding)).map(Vec::as_slice)
    }
}

/// Findings are told apart by where they stand: two of them may be equal.
fn place_of(finding: &Finding) -> usize {
    std::ptr::from_ref(finding).addr()
}

/// Lines of a difference beyond these are left out.
const LINES: usize = 40;

/// What edits do to the lines of a source, as people read it: with the line before, and what is or may be secret masked.
pub(crate) fn difference(
    source: &Source,
    id: SourceId,
    secrets: &Secrets,
    edits: &[Edit],
) -> Vec<ChangeLine> {
    let mut lines = Vec::new();
    for hunk in hunks(source, edits) {
        lines.push(ChangeLine {
            element: "span",
            text: format!("@ line {}", hunk.first),
        });
        tell(source, id, secrets, &hunk, &mut lines);
    }
    let surplus = lines.len() > LINES;
    lines.truncate(LINES);
    if surplus {
        lines.push(ChangeLine {
            element: "span",
            text: "…".to_owned(),
        });
    }
    lines
}

/// Whether a change can be told with its lines and some before and behind, without telling what is or may be secret.
pub(crate) fn is_open(
    source: &Source,
    id: SourceId,
    secrets: &Secrets,
    edits: &[Edit],
    context: u32,
) -> bool {
    hunks(source, edits).all(|hunk| {
        let first = hunk.first.saturating_sub(context).max(1);
        let mut numbers = first..=hunk.last + context;
        numbers.all(|number| {
            let line = source.line(number).unwrap_or_default();
            let before = number.checked_sub(1).and_then(|it| source.line(it));
            secrets.mask(source, id, number) == line && hush(line.into(), before) == line
        })
    })
}

/// Edits that stand near each other, and the lines that they touch, from 1.
struct Hunk<'e> {
    first: u32,
    last: u32,
    edits: &'e [Edit],
}

fn hunks<'e>(source: &Source, edits: &'e [Edit]) -> impl Iterator<Item = Hunk<'e>> {
    let line = |at: usize| {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        source.line_column(at).line
    };
    let is_near = move |a: &Edit, b: &Edit| line(b.range.start) <= line(a.range.end) + 2;
    edits.chunk_by(is_near).filter_map(move |edits| {
        let (first, last) = (edits.first()?, edits.last()?);
        Some(Hunk {
            first: line(first.range.start).saturating_sub(1).max(1),
            last: line(last.range.end),
            edits,
        })
    })
}

fn tell(
    source: &Source,
    id: SourceId,
    secrets: &Secrets,
    hunk: &Hunk<'_>,
    lines: &mut Vec<ChangeLine>,
) {
    let start = source.line_start(hunk.first).unwrap_or_default() as usize;
    let next = source.line_start(hunk.last + 1);
    let end = next.map_or(source.text.len(), |next| next as usize);
    let shown = |from: usize, to: usize| secrets.mask_range(source, id, from..to);
    let before = shown(start, end);
    let mut after = String::with_capacity(before.len());
    let mut at = start;
    for edit in hunk.edits {
        after.push_str(&shown(at, edit.range.start.max(at)));
        after.push_str(&edit.text);
        at = edit.range.end;
    }
    after.push_str(&shown(at, end.max(at)));
    // The name of a value stands above it, in the text that it belongs to.
    let first = hunk.first.checked_sub(1).and_then(|line| source.line(line));
    let (mut old, mut new) = (first.map(str::to_owned), first.map(str::to_owned));
    for change in TextDiff::from_lines(before.as_ref(), after.as_str()).iter_all_changes() {
        let (element, sign) = match change.tag() {
            ChangeTag::Equal => ("span", ' '),
            ChangeTag::Delete => ("del", '-'),
            ChangeTag::Insert => ("ins", '+'),
        };
        let line = change.value().trim_end_matches(['\n', '\r']);
        let above = if element == "del" { &old } else { &new };
        lines.push(ChangeLine {
            element,
            text: format!("{sign} {}", hush(line.into(), above.as_deref())),
        });
        if element != "ins" {
            old = Some(line.to_owned());
        }
        if element != "del" {
            new = Some(line.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use ciel_core::SourceKind;

    use super::*;

    const TEXT: &str = "a: 1\nenv:\n- name: PASSWORD\n  value: hunter2hunter2\nb: 2\nc: 3\n";

    fn source() -> Source {
        Source::new("a.yaml", SourceKind::File, TEXT)
    }

    fn edit(part: &str, text: &str) -> Edit {
        let at = TEXT.find(part).expect("it stands there");
        Edit {
            range: at..at + part.len(),
            text: text.to_owned(),
        }
    }

    #[track_caller]
    fn check(edits: &[Edit], expected: &[&str]) {
        let lines = difference(&source(), SourceId(0), &Secrets::default(), edits);
        let lines: Vec<_> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn lines_that_change_are_told_with_the_one_before() {
        check(
            &[edit("3\n", "4\nd: 5\n")],
            &["@ line 5", "  b: 2", "- c: 3", "+ c: 4", "+ d: 5"],
        );
    }

    #[test]
    fn what_may_be_secret_beside_a_change_is_masked() {
        check(
            &[edit("b: 2", "b: 3")],
            &["@ line 4", "    value: **************", "- b: 2", "+ b: 3"],
        );
        check(
            &[edit("hunter2hunter2", "hunter3hunter3")],
            &[
                "@ line 3",
                "  - name: PASSWORD",
                "-   value: **************",
                "+   value: **************",
            ],
        );
    }

    #[test]
    fn a_change_beside_a_secret_is_not_told_with_its_context() {
        let is_open = |edit: Edit| is_open(&source(), SourceId(0), &Secrets::default(), &[edit], 0);
        assert!(is_open(edit("c: 3", "c: 4")));
        assert!(!is_open(edit("b: 2", "b: 3")));
    }
}
