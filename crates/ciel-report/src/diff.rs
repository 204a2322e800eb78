//! What differs between two texts, as `diff -u` writes it.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};

use crate::TextStyle;

/// Lines of context around a change.
pub(crate) const CONTEXT: u32 = 3;

/// Writes a unified diff of a file, which `git apply` and `patch -p1` take. Nothing where nothing differs.
///
/// # Errors
/// Whatever the writer returns.
pub fn unified_diff(
    name: &str,
    before: &str,
    after: &str,
    style: TextStyle,
    out: &mut dyn Write,
) -> io::Result<()> {
    if before == after {
        return Ok(());
    }
    let bold = style.paint(Style::new().bold());
    let place = style.paint(AnsiColor::Cyan.on_default());
    let name = name.trim_start_matches("./").trim_start_matches('/');
    writeln!(out, "{bold}--- a/{name}{bold:#}")?;
    writeln!(out, "{bold}+++ b/{name}{bold:#}")?;
    let diff = TextDiff::from_lines(before, after);
    let mut diff_lines = diff.unified_diff();
    for hunk in diff_lines.context_radius(CONTEXT as usize).iter_hunks() {
        writeln!(out, "{place}{}{place:#}", hunk.header())?;
        for change in hunk.iter_changes() {
            let (sign, paint) = match change.tag() {
                ChangeTag::Equal => (' ', Style::new()),
                ChangeTag::Delete => ('-', AnsiColor::Red.on_default()),
                ChangeTag::Insert => ('+', AnsiColor::Green.on_default()),
            };
            let paint = style.paint(paint);
            let line = change.value();
            let text = line.strip_suffix('\n').unwrap_or(line);
            writeln!(out, "{paint}{sign}{text}{paint:#}")?;
            if text.len() == line.len() {
                writeln!(out, "\\ No newline at end of file")?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_is_what_patch_reads() {
        let mut out = Vec::new();
        unified_diff(
            "a.yaml",
            "a: 1\nb: 2\n",
            "a: 1\nb: 3",
            TextStyle::default(),
            &mut out,
        )
        .expect("memory");
        let wanted = "--- a/a.yaml\n+++ b/a.yaml\n@@ -1,2 +1,2 @@\n a: 1\n-b: 2\n+b: 3\n\\ No newline at end of file\n";
        assert_eq!(String::from_utf8_lossy(&out), wanted);
    }
}
