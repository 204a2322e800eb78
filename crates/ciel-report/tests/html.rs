//! The HTML report as a browser's parser sees it: hostile names stay text, nothing is loaded, every anchor is there.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::{borrow::Cow, collections::BTreeSet, sync::Arc};

use ciel_core::{
    Alias, Check, Control, Diagnostic, Finding, Fix, Framework, Location, ObjectRef, PatchOp,
    Profile, Related, Severity, Source, SourceId, SourceKind, Span, Timestamp, Tool, Topic,
    suppress::{Suppression, SuppressionKind},
};
use ciel_report::{Format, Report, TextStyle};
use html5ever::{ParseOpts, driver::parse_document, tendril::TendrilSink as _};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

static CHECK: Check = Check {
    code: "POD001",
    name: "privileged-container",
    severity: Severity::Critical,
    severity_reason: "it is the node",
    since: "0.1.0",
    summary: "container runs `privileged`",
    docs: "## Why is this bad?\nIt is.\n\n## References\n- <https://example.org/docs>\n",
    topic: Topic::Pod,
    profile: Profile::Security,
    frameworks: &[Control {
        framework: Framework::Cis112,
        control: "5.2.2",
    }],
    aliases: &[Alias {
        tool: Tool::Trivy,
        id: "KSV-0017",
    }],
};

/// What somebody could put into every name, path, message and line.
const HOSTILE: &str = "</pre></script><script>alert(1)</script><img src=x onerror=alert(1)>\" onclick='x' \u{202e}\u{0}`<b>`";

/// A report in which every text from outside is hostile.
struct Fixture {
    sources: Vec<Source>,
    findings: Vec<Finding>,
    diagnostics: Vec<Diagnostic>,
    arguments: Vec<String>,
}

impl Fixture {
    fn hostile() -> Self {
        let line = HOSTILE.replace('\n', " ");
        let text = format!("a: 1\n# {line}\nprivileged: {line} # comment\n# {line}\n---\nb: 2\n");
        let mut source = Source::new(HOSTILE, SourceKind::File, text);
        source.objects = 1;
        source.complete = false;
        let start = source.line_start(3).expect("a third line") + 12;
        let end = start + u32::try_from(line.len()).expect("short");
        let location = Location {
            source: SourceId(0),
            span: Span::new(start, end),
        };
        let object = Arc::new(ObjectRef {
            api_version: HOSTILE.to_owned(),
            kind: HOSTILE.to_owned(),
            namespace: HOSTILE.to_owned(),
            name: HOSTILE.to_owned(),
        });
        let related = Related {
            object: object.clone(),
            path: HOSTILE.to_owned(),
            location: Some(location),
            message: HOSTILE.to_owned(),
        };
        let fix = Fix {
            description: Cow::Borrowed(HOSTILE),
            applicability: ciel_core::Applicability::Unsafe,
            object: Span::new(0, 1),
            patch: vec![PatchOp::Replace {
                path: HOSTILE.to_owned(),
                value: HOSTILE.into(),
            }],
        };
        let finding = Finding {
            help: Cow::Borrowed(HOSTILE),
            location: Some(location),
            related: vec![related],
            fix: Some(Box::new(fix)),
            ..Finding::new(&CHECK, object, HOSTILE.to_owned(), HOSTILE.to_owned())
        };
        let waved = Finding {
            suppression: Some(Suppression {
                kind: SuppressionKind::Comment,
                reason: HOSTILE.to_owned(),
            }),
            ..finding.clone()
        };
        let twin = Finding {
            ordinal: 1,
            ..finding.clone()
        };
        let diagnostic = Diagnostic::error(HOSTILE)
            .with_help(HOSTILE)
            .at(SourceId(0), location.span);
        Self {
            sources: vec![source],
            findings: vec![finding, waved, twin],
            diagnostics: vec![diagnostic],
            arguments: vec!["scan".to_owned(), HOSTILE.to_owned()],
        }
    }

    fn html(&self) -> String {
        let report = Report {
            version: "0.0.0",
            sources: &self.sources,
            findings: &self.findings,
            diagnostics: &self.diagnostics,
            skipped: 2,
            complete: true,
            arguments: &self.arguments,
            time: Some(Timestamp(1_800_000_000)),
            elapsed: None,
            assessment: None,
            fail_on: Some(Severity::High),
        };
        let mut out = Vec::new();
        ciel_report::write(&report, Format::Html, TextStyle::default(), &mut out).expect("memory");
        String::from_utf8(out).expect("UTF-8")
    }
}

/// An element with its attributes.
#[derive(Debug)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(known, _)| known == name)?;
        Some(&found.1)
    }
}

/// All elements of a page in their order, and what the parser complained about.
fn parse(html: &str) -> (Vec<Element>, Vec<String>) {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let mut elements = Vec::new();
    collect(&dom.document, &mut elements);
    let errors = dom
        .errors
        .borrow()
        .iter()
        .map(ToString::to_string)
        .collect();
    (elements, errors)
}

fn collect(node: &Handle, elements: &mut Vec<Element>) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attributes = attrs.borrow();
        let attributes = attributes
            .iter()
            .map(|it| (it.name.local.to_string(), it.value.to_string()));
        elements.push(Element {
            name: name.local.to_string(),
            attributes: attributes.collect(),
            text: text_of(node),
        });
    }
    for child in node.children.borrow().iter() {
        collect(child, elements);
    }
}

fn text_of(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => node.children.borrow().iter().map(text_of).collect(),
    }
}

fn named<'e>(elements: &'e [Element], name: &'e str) -> impl Iterator<Item = &'e Element> {
    elements.iter().filter(move |it| it.name == name)
}

#[test]
fn hostile_text_makes_no_elements() {
    let (elements, errors) = parse(&Fixture::hostile().html());
    assert_eq!(errors, [""; 0]);
    assert_eq!(named(&elements, "script").count(), 1);
    for name in ["img", "iframe", "object", "embed", "base"] {
        assert_eq!(named(&elements, name).count(), 0, "{name}");
    }
}

#[test]
fn attributes_run_nothing_and_style_nothing() {
    let (elements, _) = parse(&Fixture::hostile().html());
    let names: BTreeSet<_> = elements
        .iter()
        .flat_map(|it| it.attributes.iter().map(|(name, _)| name.as_str()))
        .filter(|name| name.starts_with("on") || *name == "style" || *name == "srcset")
        .collect();
    assert!(names.is_empty(), "{names:?}");
}

#[test]
fn nothing_is_loaded() {
    let html = Fixture::hostile().html();
    let (elements, _) = parse(&html);
    for element in &elements {
        assert_eq!(element.attribute("src"), None, "{element:?}");
        let Some(target) = element.attribute("href") else {
            continue;
        };
        let is_link =
            element.name == "a" && (target.starts_with('#') || target.starts_with("https://"));
        assert!(is_link || target == "data:,", "{element:?}");
    }
    let style = named(&elements, "style").next().expect("a style");
    for word in ["http", "url(", "@import"] {
        assert!(!style.text.contains(word), "{word}");
    }
    let policy = named(&elements, "meta").find_map(|it| it.attribute("content"));
    assert!(policy.is_some_and(|it| it.starts_with("default-src 'none'; style-src 'sha256-")));
}

#[test]
fn ids_are_unique_and_every_anchor_has_one() {
    let (elements, _) = parse(&Fixture::hostile().html());
    let all: Vec<_> = elements
        .iter()
        .filter_map(|it| it.attribute("id"))
        .collect();
    let ids: BTreeSet<_> = all.iter().copied().collect();
    assert_eq!(all.len(), ids.len());
    for attribute in ["href", "aria-labelledby", "for"] {
        let targets = elements.iter().filter_map(|it| it.attribute(attribute));
        for target in targets.flat_map(str::split_whitespace) {
            let name = target.trim_start_matches('#');
            let is_outside = target.starts_with("https://") || target == "data:,";
            assert!(is_outside || ids.contains(name), "{attribute}={target}");
        }
    }
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    let (elements, _) = parse(&Fixture::hostile().html());
    let mut before = 0;
    for element in &elements {
        let level = match element.name.as_bytes() {
            [b'h', digit @ b'1'..=b'6'] => digit - b'0',
            _ => continue,
        };
        assert!(
            level <= before + 1,
            "h{level} after h{before}: {}",
            element.text
        );
        before = level;
    }
}

#[test]
fn what_hides_text_is_made_visible() {
    let html = Fixture::hostile().html();
    assert!(!html.contains(['\u{202e}', '\u{0}']));
    assert!(html.contains("⟨U+202E⟩⟨U+0000⟩"));
}

#[test]
fn findings_suppressions_and_diagnostics_are_told() {
    let (elements, _) = parse(&Fixture::hostile().html());
    let text = &elements[0].text;
    for part in [
        "2 critical findings in 1 object",
        "failed: 2 findings at or above high",
        "Suppressed findings",
        "Reason (comment)",
        "What could not be read was not judged",
        "cis-1.12 5.2.2",
        "trivy KSV-0017",
        "+ ",
        "2 more files are not Kubernetes",
    ] {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn the_flagged_part_is_marked() {
    let (elements, _) = parse(&Fixture::hostile().html());
    let mark = named(&elements, "mark").next().expect("a mark");
    assert!(mark.text.starts_with("</pre></script>"), "{}", mark.text);
}

#[test]
fn secrets_are_masked() {
    let mut fixture = Fixture::hostile();
    let span = fixture.findings[0].location.expect("a place").span;
    fixture.findings[0].secrets = vec![span];
    let (elements, _) = parse(&fixture.html());
    for element in named(&elements, "mark") {
        assert!(element.text.starts_with("</pr****"), "{}", element.text);
    }
}

#[test]
fn the_same_report_is_the_same_text() {
    let fixture = Fixture::hostile();
    assert_eq!(fixture.html(), fixture.html());
}
