use ciel_core::{Severity, suppress::SuppressionKind};

use crate::Report;

/// What a reader wants to know first, in sentences.
pub(super) struct Verdict {
    /// `2 critical and 5 high findings`
    pub(super) headline: String,
    /// Whether all was read: `complete`, or `incomplete: 2 of 7 files could not be read whole`.
    pub(super) reading: String,
    /// The names of what was scanned, as far as a line holds them.
    pub(super) subject: String,
    /// What was read.
    pub(super) scanned: String,
    /// Whether absences counted.
    pub(super) judged: &'static str,
    /// Whether the run fails, and why.
    pub(super) outcome: (&'static str, String),
}

impl Verdict {
    pub(super) fn of(report: &Report<'_>, objects: usize) -> Self {
        Self {
            headline: headline(report, objects),
            reading: reading(report),
            subject: subject(report),
            scanned: scanned(report),
            judged: if report.complete {
                "as a whole: what is absent from it counts as absent"
            } else {
                "as a part: what other files may hold is not called absent"
            },
            outcome: outcome(report),
        }
    }
}

fn headline(report: &Report<'_>, objects: usize) -> String {
    let summary = report.summary();
    let mut found = Severity::WORST_FIRST
        .into_iter()
        .filter(|severity| summary.count(*severity) > 0)
        .map(|severity| format!("{} {severity}", summary.count(severity)));
    let place = format!("in {}", plural(objects, "object"));
    match (found.next(), found.next()) {
        (None, _) if summary.objects == 0 => "No Kubernetes objects found".to_owned(),
        (None, _) => "Nothing found".to_owned(),
        (Some(only), None) => format!("{only} {} {place}", finding_word(summary.total())),
        (Some(worst), Some(next)) => format!("{worst} and {next} findings {place}"),
    }
}

const fn finding_word(count: usize) -> &'static str {
    if count == 1 { "finding" } else { "findings" }
}

fn reading(report: &Report<'_>) -> String {
    let errors = report.diagnostics.iter().filter(|it| it.is_error).count();
    let incomplete = report.summary().incomplete;
    match (errors, incomplete) {
        (0, 0) => "everything could be read".to_owned(),
        (errors, 0) => format!("{} while judging", plural(errors, "error")),
        (_, sources) => format!("{} could not be read whole", plural(sources, "source")),
    }
}

/// Names that stand in the subject; more are only counted.
const NAMED: usize = 3;

fn subject(report: &Report<'_>) -> String {
    let names: Vec<&str> = report
        .telling_sources()
        .map(|source| match source.name.as_str() {
            "-" => "standard input",
            name => name,
        })
        .collect();
    let folder = common_folder(&names);
    if names.len() > NAMED && !folder.is_empty() {
        return folder.trim_end_matches('/').to_owned();
    }
    let (named, others) = names.split_at(names.len().min(NAMED));
    let mut text = named.join(", ");
    if !others.is_empty() {
        text.push_str(&format!(" and {} more", others.len()));
    }
    text
}

/// What paths have in common, up to and with a slash.
pub(super) fn common_folder<'n>(names: &[&'n str]) -> &'n str {
    let Some((first, others)) = names.split_first() else {
        return "";
    };
    let mut same = first.len();
    for other in others {
        let bytes = first.bytes().zip(other.bytes());
        same = same.min(bytes.take_while(|(one, other)| one == other).count());
    }
    let bytes = first.as_bytes().get(..same).unwrap_or_default();
    let end = bytes.iter().rposition(|byte| *byte == b'/');
    end.and_then(|end| first.get(..=end)).unwrap_or_default()
}

fn scanned(report: &Report<'_>) -> String {
    let mut text = format!(
        "{} in {}",
        plural(report.summary().objects, "object"),
        plural(report.telling_sources().count(), "source")
    );
    if report.skipped > 0 {
        let other = if report.skipped == 1 {
            "is not Kubernetes"
        } else {
            "are not Kubernetes"
        };
        text.push_str(&format!(
            "; {} {other}",
            plural(report.skipped, "more file")
        ));
    }
    text
}

fn outcome(report: &Report<'_>) -> (&'static str, String) {
    let Some(least) = report.fail_on else {
        return ("not asked", "no severity fails this scan".to_owned());
    };
    let count = report.active().filter(|it| it.severity >= least).count();
    if count > 0 {
        let found = plural(count, "finding");
        return ("failed", format!("{found} at or above {least}"));
    }
    let outcome = if report.is_incomplete() {
        "incomplete"
    } else {
        "passed"
    };
    (outcome, format!("nothing at or above {least}"))
}

/// `1 object`, `2 objects`
pub(super) fn plural(count: usize, word: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {word}{ending}")
}

/// Where a suppression was written, in words.
pub(super) const fn suppressed_by(kind: SuppressionKind) -> &'static str {
    match kind {
        SuppressionKind::Comment => "comment",
        SuppressionKind::Annotation => "annotation",
        SuppressionKind::Config => "configuration",
    }
}

/// The command that makes the same report again, for a POSIX shell; empty where nobody said.
pub(super) fn command(arguments: &[String]) -> String {
    if arguments.is_empty() {
        return String::new();
    }
    let words = std::iter::once("ciel".to_owned()).chain(arguments.iter().map(|it| shell_word(it)));
    words.collect::<Vec<_>>().join(" ")
}

fn shell_word(word: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./=:,@+%".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_what_paths_share() {
        assert_eq!(common_folder(&["a/b/x.yaml", "a/b/y.yaml"]), "a/b/");
        assert_eq!(common_folder(&["a/bc/x.yaml", "a/bd/y.yaml"]), "a/");
        assert_eq!(common_folder(&["ü/a", "ö/a"]), "");
        assert_eq!(common_folder(&[]), "");
    }

    #[test]
    fn commands_are_quoted_for_the_shell() {
        let arguments = ["scan", "a b", "it's", "--format", "html=x.html"].map(str::to_owned);
        assert_eq!(
            command(&arguments),
            r"ciel scan 'a b' 'it'\''s' --format html=x.html"
        );
        assert_eq!(command(&[]), "");
    }
}
