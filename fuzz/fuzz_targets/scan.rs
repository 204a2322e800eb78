//! Any text as a manifest under every check and every report: nothing panics, places fit, JSON is JSON.
#![no_main]

use ciel_checks::{Options, ProfileChoice, judge};
use ciel_core::{Source, SourceKind};
use ciel_report::{Format, Report, TextStyle};
use ciel_snapshot::SnapshotBuilder;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let source = Source::new("fuzz.yaml", SourceKind::File, text);
    let parsed = ciel_yaml::parse(&source.text);
    let mut builder = SnapshotBuilder::new(true);
    builder.add(source, parsed.documents);
    let snapshot = builder.build();
    let options = Options {
        profile: ProfileChoice::All,
        ..Options::default()
    };
    let verdict = judge(&snapshot, &options);
    for finding in &verdict.findings {
        if let Some(at) = finding.location {
            let source = snapshot.source(at.source).expect("the one source");
            let (start, end) = (at.span.start as usize, at.span.end as usize);
            assert!(source.text.get(start..end).is_some(), "{finding:?}");
        }
    }
    let report = Report {
        version: "0.0.0",
        sources: snapshot.sources(),
        findings: &verdict.findings,
        diagnostics: &verdict.diagnostics,
        skipped: 0,
        complete: true,
        arguments: &[],
        time: None,
        elapsed: None,
        assessment: None,
        fail_on: None,
    };
    for format in Format::ALL {
        let mut out = Vec::new();
        ciel_report::write(&report, format, TextStyle::default(), &mut out).expect("memory");
        assert!(std::str::from_utf8(&out).is_ok());
    }
});
