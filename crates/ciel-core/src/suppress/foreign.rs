//! What users of other tools have already written into their objects, each in its tool's own syntax, scope and meaning.
//!
//! | tool | written as | holds for |
//! |---|---|---|
//! | kube-linter | annotations `ignore-check.kube-linter.io/CHECK: reason`, `kube-linter.io/ignore-all: reason` | the object |
//! | Checkov | annotations `checkov.io/skip1: CKV_K8S_20=reason` (also of the pods), comments `checkov:skip=CKV_K8S_20:reason` | the object; the document |
//! | Polaris | annotations `polaris.fairwinds.com/CHECK-exempt: "true"`, `polaris.fairwinds.com/exempt: "true"` | the object |
//! | kube-score | annotation `kube-score/ignore: check,check` (also of the pods) | the object |
//! | Trivy | comments `trivy:ignore:KSV-0017`, `trivy:ignore:KSV-0017:exp:2026-12-31`, `trivy:ignore:*` | the line or the entry below |
//! | KICS | comments `kics-scan ignore`, `kics-scan disable=ID,ID`; `kics-scan ignore-line`, `kics-scan ignore-block` | the file; the line or the entry below |
//! | Datree | annotations `datree.skip/RULE: reason` | the object |
//! | kubeaudit | labels of the pods `kubeaudit.io/allow-privileged: reason`, `container.kubeaudit.io/NAME.allow-privileged: reason` | the pods, one container |
//!
//! A word of such a syntax means that tool's checks only, never Ciel's own names, and a blanket exemption holds for what
//! that tool finds, not for what only Ciel sees.

use super::{CommentIgnore, Expiry, Ignore, Pick, comment::Comment};
use crate::Tool;

mod kics;
mod kubeaudit;

pub use kubeaudit::label;

/// Whose annotations: a tool may read those of the object only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The object as written.
    Object,
    /// The pods that it makes.
    Pods,
}

const KUBE_LINTER: &str = "ignore-check.kube-linter.io/";
const KUBE_LINTER_ALL: &str = "kube-linter.io/ignore-all";
const CHECKOV: [&str; 2] = ["checkov.io/skip", "bridgecrew.io/skip"];
const POLARIS: &str = "polaris.fairwinds.com/";
const KUBE_SCORE: &str = "kube-score/ignore";
const DATREE: &str = "datree.skip/";

/// What an annotation of another tool waves through.
#[must_use]
pub fn annotation(key: &str, value: &str, holder: Holder) -> Option<Ignore> {
    match key.as_bytes().first()? {
        b'i' if holder == Holder::Object => {
            let check = key.strip_prefix(KUBE_LINTER)?;
            Some(Ignore::new(one(Tool::KubeLinter, check), value))
        }
        b'k' if key == KUBE_LINTER_ALL && holder == Holder::Object => {
            Some(Ignore::new(vec![Pick::Tool(Tool::KubeLinter)], value))
        }
        b'k' if key == KUBE_SCORE => kube_score(value),
        b'c' | b'b' if CHECKOV.iter().any(|prefix| key.starts_with(prefix)) => {
            let (id, reason) = value.split_once('=').unwrap_or((value, ""));
            Some(Ignore::new(one(Tool::Checkov, id.trim()), reason))
        }
        b'd' if holder == Holder::Object => {
            let rule = key.strip_prefix(DATREE)?;
            Some(Ignore::new(one(Tool::Datree, rule), value))
        }
        b'p' if holder == Holder::Object => polaris(key.strip_prefix(POLARIS)?, value),
        _ => None,
    }
}

fn one(tool: Tool, id: &str) -> Vec<Pick> {
    vec![Pick::Id(tool, id.to_owned())]
}

fn polaris(name: &str, value: &str) -> Option<Ignore> {
    if !value.eq_ignore_ascii_case("true") {
        return None;
    }
    let picks = match name {
        "exempt" => vec![Pick::Tool(Tool::Polaris)],
        name => one(Tool::Polaris, name.strip_suffix("-exempt")?),
    };
    Some(Ignore::new(picks, "").without_reason())
}

fn kube_score(list: &str) -> Option<Ignore> {
    let ids = list.split(',').map(str::trim).filter(|id| !id.is_empty());
    let mut picks: Vec<_> = ids
        .map(|id| Pick::Id(Tool::KubeScore, id.to_owned()))
        .collect();
    // kube-score lets the one imply the other.
    let resources = Pick::Id(Tool::KubeScore, "container-resources".to_owned());
    let implied = "container-ephemeral-storage-request-and-limit";
    let at = picks.iter().position(|pick| *pick == resources);
    if let Some(at) = at {
        picks.swap(0, at);
    }
    let mut ignore = Ignore::new(picks, "").without_reason();
    ignore.implied = at
        .map(|_| one(Tool::KubeScore, implied))
        .unwrap_or_default();
    (!ignore.picks.is_empty()).then_some(ignore)
}

/// What comments of Trivy, Checkov and KICS in a text wave through.
pub(super) fn comments(text: &str) -> impl Iterator<Item = CommentIgnore> {
    let trivy = memchr::memmem::find_iter(text.as_bytes(), b":ignore:");
    let checkov = memchr::memmem::find_iter(text.as_bytes(), b":skip=");
    let mut line = None;
    let trivy = trivy.filter_map(move |at| {
        let comment = Comment::around(text, at)?;
        // All rules of a line are read at its first.
        (line.replace(comment.start()) != Some(comment.start())).then_some(comment)
    });
    let trivy = trivy.flat_map(|comment| {
        let rules = comment.content().split_whitespace().filter_map(trivy_rule);
        rules.map(move |ignore| comment.covering_entry(ignore))
    });
    let checkov = checkov.filter_map(|at| {
        let comment = Comment::around(text, at)?;
        Some(comment.covering_document(checkov_rule(comment.content())?))
    });
    let kics = memchr::memmem::find_iter(text.as_bytes(), kics::MARK);
    let kics = kics.filter_map(|at| Comment::with(text, at));
    trivy.chain(checkov).chain(kics.flat_map(kics::comments))
}

/// `trivy:ignore:ID`, `trivy:ignore:ID:exp:2026-12-31`. An id with parameters (`ID[name=x]`) is kept with them, so that it
/// is told of: it would hold for less than Ciel can say.
fn trivy_rule(word: &str) -> Option<Ignore> {
    let word = word.trim_start_matches(['#', '/', '*']);
    let rule = ["trivy:", "tfsec:"]
        .iter()
        .find_map(|prefix| word.strip_prefix(prefix))?;
    let mut parts = rule.split(':');
    let mut ignore = None;
    let mut expiry = Expiry::Never;
    while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
        match key {
            "ignore" if value == "*" => ignore = Some(vec![Pick::Tool(Tool::Trivy)]),
            "ignore" if !value.is_empty() => ignore = Some(one(Tool::Trivy, value)),
            "exp" => expiry = Expiry::parse(value),
            _ => {}
        }
    }
    let mut ignore = Ignore::new(ignore?, "").without_reason();
    ignore.expiry = expiry;
    Some(ignore)
}

/// `checkov:skip=ID,ID:reason`
fn checkov_rule(comment: &str) -> Option<Ignore> {
    let rule = ["checkov:skip=", "bridgecrew:skip="]
        .iter()
        .find_map(|mark| comment.split_once(mark))?
        .1;
    let (ids, reason) = rule.split_once(':').unwrap_or((rule, ""));
    let ids = ids.split(',').filter_map(|id| id.split_whitespace().next());
    let picks: Vec<_> = ids
        .map(|id| Pick::Id(Tool::Checkov, id.to_owned()))
        .collect();
    (!picks.is_empty()).then(|| Ignore::new(picks, reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suppress::parse_comments;

    #[track_caller]
    fn check(key: &str, value: &str, holder: Holder, expected: Option<(&[&str], &str)>) {
        let ignore = annotation(key, value, holder);
        let found = ignore.as_ref().map(|ignore| {
            let picks: Vec<_> = ignore.picks.iter().map(ToString::to_string).collect();
            (picks, ignore.reason.as_str())
        });
        let expected = expected.map(|(picks, reason)| {
            (
                picks.iter().map(ToString::to_string).collect::<Vec<_>>(),
                reason,
            )
        });
        assert_eq!(found, expected, "{key}: {value}");
    }

    #[test]
    fn annotations_are_read_as_their_tools_do() {
        use Holder::{Object, Pods};
        let linter = "ignore-check.kube-linter.io/latest-tag";
        check(linter, "we pin", Object, Some((&["latest-tag"], "we pin")));
        check(linter, "we pin", Pods, None);
        check("kube-linter.io/ignore-all", "", Object, Some((&["*"], "")));
        check("kube-linter.io/ignore-all", "", Pods, None);
        let skip = "checkov.io/skip1";
        check(
            skip,
            "CKV_K8S_20=asked for",
            Pods,
            Some((&["CKV_K8S_20"], "asked for")),
        );
        check(skip, "CKV_K8S_20", Object, Some((&["CKV_K8S_20"], "")));
        let exempt = "polaris.fairwinds.com/cpuRequestsMissing-exempt";
        check(exempt, "TRUE", Object, Some((&["cpuRequestsMissing"], "")));
        check(exempt, "false", Object, None);
        check(
            "polaris.fairwinds.com/exempt",
            "true",
            Object,
            Some((&["*"], "")),
        );
        check("polaris.fairwinds.com/exempt", "true", Pods, None);
        let skip = "datree.skip/K8S_INCORRECT_KIND_VALUE_POD";
        let rule: &[&str] = &["K8S_INCORRECT_KIND_VALUE_POD"];
        check(skip, "a test", Object, Some((rule, "a test")));
        check(skip, "a test", Pods, None);
        let score = "kube-score/ignore";
        check(score, "a, b,", Pods, Some((&["a", "b"], "")));
        check("app.kubernetes.io/name", "x", Object, None);
    }

    #[track_caller]
    fn check_comment(text: &str, expected: &[(&str, &str, &str)]) {
        let (comments, _) = parse_comments(text, true);
        let found: Vec<_> = comments
            .iter()
            .map(|comment| {
                let picks: Vec<_> = comment
                    .ignore
                    .picks
                    .iter()
                    .map(ToString::to_string)
                    .collect();
                (
                    picks.join(","),
                    comment.ignore.reason.as_str(),
                    comment.covers.slice(text),
                )
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(picks, reason, covers)| ((*picks).to_owned(), *reason, *covers))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn comments_of_trivy_cover_lines_and_entries() {
        check_comment(
            "a: 1\nb: 2 #trivy:ignore:KSV017\n",
            &[("KSV017", "", "b: 2 #trivy:ignore:KSV017")],
        );
        check_comment(
            "x: 1\n# needed: trivy:ignore:AVD-KSV-0017 trivy:ignore:KSV-0001\na:\n  b: 2\nc: 3\n",
            &[
                ("AVD-KSV-0017", "", "a:\n  b: 2\n"),
                ("KSV-0001", "", "a:\n  b: 2\n"),
            ],
        );
        check_comment("a: trivy:ignore:KSV017\n", &[]);
    }

    #[test]
    fn comments_of_trivy_expire() {
        let rule = trivy_rule("trivy:ignore:KSV-0017:exp:2024-01-02").map(|rule| rule.expiry);
        assert_eq!(rule, Some(Expiry::parse("2024-01-02")));
    }

    #[test]
    fn comments_of_checkov_cover_their_document() {
        check_comment(
            "a: 1\n---\nb: 2\n# checkov:skip=CKV_K8S_1,CKV_K8S_2: because\n---\nc: 3\n",
            &[(
                "CKV_K8S_1,CKV_K8S_2",
                "because",
                "---\nb: 2\n# checkov:skip=CKV_K8S_1,CKV_K8S_2: because",
            )],
        );
    }
}
