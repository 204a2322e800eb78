use std::{sync::Arc, time::Duration};

use ciel_core::{
    Alias, Applicability, Assessment, Check, Control, ControlResult, ControlStatus, Diagnostic,
    Finding, Fix, Framework, Location, ObjectRef, PatchOp, Profile, Related, Severity, Source,
    SourceId, SourceKind, Span, Timestamp, Tool, Topic,
    suppress::{Suppression, SuppressionKind},
};
use ciel_report::{Format, Report, TextStyle};

/// What a name can hold that means something to one of the formats.
pub(crate) const HOSTILE: &str =
    "a`b|c\n::error::d]]>e<script>alert('&\"')</script>%0A\0\u{202E}@team #1 [x](http://y) \\";

static PRIVILEGED: Check = Check {
    code: "POD001",
    name: "privileged-container",
    severity: Severity::Critical,
    severity_reason: "",
    since: "0.1.0",
    summary: "a container runs privileged",
    docs: "## What it does\n\nFinds containers that run privileged.\n\n## Why is this bad?\n\nThey own the node.\n",
    topic: Topic::Pod,
    profile: Profile::Security,
    frameworks: &[
        Control {
            framework: Framework::Pss,
            control: "baseline",
        },
        Control {
            framework: Framework::Cis112,
            control: "5.2.2",
        },
    ],
    aliases: &[Alias {
        tool: Tool::Trivy,
        id: "KSV-0017",
    }],
};

static NO_LIMIT: Check = Check {
    code: "REL001",
    name: "memory-limit-missing",
    severity: Severity::Low,
    severity_reason: "",
    since: "0.1.0",
    summary: "a container has no memory limit",
    docs: "## What it does\n\nFinds containers without a memory limit.\n",
    topic: Topic::Reliability,
    profile: Profile::All,
    frameworks: &[],
    aliases: &[],
};

const WEB: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      containers:
      - name: app
        securityContext:
          privileged: true
";

/// What a [`Report`] borrows.
pub(crate) struct Input {
    pub(crate) sources: Vec<Source>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) assessment: Option<Assessment>,
}

impl Input {
    pub(crate) fn report(&self) -> Report<'_> {
        Report {
            version: "0.1.0",
            sources: &self.sources,
            findings: &self.findings,
            diagnostics: &self.diagnostics,
            skipped: 2,
            complete: true,
            time: Some("2026-11-23T12:00:00Z".parse::<Timestamp>().expect("a time")),
            elapsed: Some(Duration::from_millis(1_500)),
            arguments: &[],
            assessment: self.assessment.as_ref(),
            fail_on: Some(Severity::High),
        }
    }

    pub(crate) fn write(&self, format: Format) -> String {
        let mut out = Vec::new();
        ciel_report::write(&self.report(), format, TextStyle::default(), &mut out)
            .expect("memory takes all");
        String::from_utf8(out).expect("UTF-8")
    }
}

/// Nothing at all.
pub(crate) fn empty() -> Input {
    Input {
        sources: Vec::new(),
        findings: Vec::new(),
        diagnostics: Vec::new(),
        assessment: None,
    }
}

/// A framework with a control of each kind.
pub(crate) fn with_controls() -> Input {
    let control = |id, status, reason: &str, findings| ControlResult {
        id,
        title: "Minimize the admission of privileged containers",
        status,
        reason: reason.to_owned(),
        checks: vec!["POD001"],
        findings,
        suppressed: 0,
    };
    Input {
        assessment: Some(Assessment {
            framework: Framework::Cis112,
            profile: "cis-1.12".to_owned(),
            title: "CIS Kubernetes Benchmark 1.12".to_owned(),
            controls: vec![
                control("5.2.2", ControlStatus::Failed, "2 findings: host-pid", 2),
                control("5.2.3", ControlStatus::Passed, "nothing found", 0),
                control(
                    "1.2.1",
                    ControlStatus::NotApplicable,
                    "no kube-apiserver",
                    0,
                ),
                control("1.1.1", ControlStatus::Manual, "files on the nodes", 0),
            ],
        }),
        ..empty()
    }
}

/// Two files, a chart, standard input, a live object; hostile names, suppressions, what could not be read.
pub(crate) fn hostile() -> Input {
    let mut sources = vec![
        source("./deploy/web.yaml", SourceKind::File, WEB),
        source("charts/shop/templates/web.yaml", SourceKind::Helm, WEB),
        source("-", SourceKind::Stdin, WEB),
        source(&format!("{HOSTILE}.yaml"), SourceKind::File, WEB),
        source("clean.yaml", SourceKind::File, WEB),
        source("broken.yaml", SourceKind::File, "a: [\n"),
    ];
    sources[5].objects = 0;
    sources[5].complete = false;
    let web = object("Deployment", "shop", "web");
    let mut findings = vec![
        privileged(&web, Some(0)),
        Finding {
            path: ".spec.template.spec.containers[0].resources.limits.memory".to_owned(),
            ..finding(&NO_LIMIT, &web, Some(0))
        },
        privileged(&web, Some(1)),
        privileged(&web, Some(2)),
        Finding {
            message: format!("container `{HOSTILE}` runs privileged"),
            help: HOSTILE.to_owned().into(),
            path: format!(".metadata.labels[\"{HOSTILE}\"]"),
            ..privileged(&object("Deployment", HOSTILE, HOSTILE), Some(3))
        },
        privileged(&object("Pod", "kube-system", "=cmd|' /C calc'!A0"), None),
        Finding {
            suppression: Some(Suppression {
                kind: SuppressionKind::Comment,
                reason: format!("known, says {HOSTILE}"),
            }),
            ..finding(&NO_LIMIT, &object("Pod", "shop", "agent"), Some(4))
        },
    ];
    number(&mut findings);
    let diagnostics = vec![
        Diagnostic::error("a flow sequence is not closed").at(SourceId(5), Span::new(3, 4)),
        Diagnostic::warning(format!("odd: {HOSTILE}")).with_help("look at it"),
    ];
    Input {
        sources,
        findings,
        diagnostics,
        assessment: None,
    }
}

/// Many findings, a thousand of them in each of so many files, of every severity.
pub(crate) fn many(count: usize) -> Input {
    let files = count.div_ceil(1_000);
    let sources = (0..files)
        .map(|at| source(&format!("deploy/{at}.yaml"), SourceKind::File, WEB))
        .collect();
    let objects: Vec<_> = (0..count.div_ceil(5))
        .map(|at| {
            object(
                "Deployment",
                &format!("team-{}", at % 500),
                &format!("web-{at}"),
            )
        })
        .collect();
    let mut findings: Vec<Finding> = (0..count)
        .map(|at| Finding {
            severity: Severity::WORST_FIRST[at % 5],
            path: format!(".spec.template.spec.containers[{at}].image"),
            ..privileged(&objects[at / 5], Some(at / 1_000))
        })
        .collect();
    number(&mut findings);
    Input {
        sources,
        findings,
        diagnostics: Vec::new(),
        assessment: None,
    }
}

fn number(findings: &mut [Finding]) {
    let identities: Vec<u64> = findings.iter().map(Finding::identity).collect();
    ciel_core::number_duplicates(findings, &identities);
}

fn source(name: &str, kind: SourceKind, text: &str) -> Source {
    let mut source = Source::new(name, kind, text);
    source.objects = 1;
    source
}

fn object(kind: &str, namespace: &str, name: &str) -> Arc<ObjectRef> {
    Arc::new(ObjectRef {
        api_version: "apps/v1".to_owned(),
        kind: kind.to_owned(),
        namespace: namespace.to_owned(),
        name: name.to_owned(),
    })
}

fn privileged(object: &Arc<ObjectRef>, source: Option<usize>) -> Finding {
    let path = "/spec/template/spec/containers/0/securityContext/privileged";
    Finding {
        related: vec![Related {
            object: object.clone(),
            path: ".spec".to_owned(),
            location: source.map(|source| place(source, "spec:")),
            message: "runs the container".to_owned(),
        }],
        fix: Some(Box::new(Fix {
            description: "set privileged to false".into(),
            applicability: Applicability::Unsafe,
            object: Span::new(0, u32::try_from(WEB.trim_end().len()).expect("small")),
            patch: vec![PatchOp::Replace {
                path: path.to_owned(),
                value: false.into(),
            }],
        })),
        ..finding(&PRIVILEGED, object, source)
    }
}

fn finding(check: &'static Check, object: &Arc<ObjectRef>, source: Option<usize>) -> Finding {
    let path = ".spec.template.spec.containers[0].securityContext.privileged".to_owned();
    let message = format!("container `app`: {}", check.summary);
    Finding {
        help: "change it".into(),
        location: source.map(|source| place(source, "true")),
        ..Finding::new(check, object.clone(), path, message)
    }
}

fn place(source: usize, text: &str) -> Location {
    let start = WEB.find(text).expect("it is there");
    let offset = |at: usize| u32::try_from(at).expect("small");
    Location {
        source: SourceId(offset(source)),
        span: Span::new(offset(start), offset(start + text.len())),
    }
}
