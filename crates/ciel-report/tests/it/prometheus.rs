use std::collections::HashSet;

use ciel_report::Format;
use prometheus_parse::{Sample, Scrape, Value};

use crate::fixture::{Input, empty, hostile, many};

fn read(input: &Input) -> Vec<Sample> {
    let text = input.write(Format::Prometheus);
    let lines = text.lines().map(|line| Ok(line.to_owned()));
    Scrape::parse(lines).expect("the text format").samples
}

fn sum(samples: &[Sample], metric: &str) -> f64 {
    let same = samples.iter().filter(|sample| sample.metric == metric);
    same.map(|sample| match sample.value {
        Value::Gauge(value) => value,
        ref other => panic!("{metric} is no gauge: {other:?}"),
    })
    .sum()
}

#[test]
fn every_line_is_a_sample() {
    let text = hostile().write(Format::Prometheus);
    let lines = text.lines().filter(|line| !line.starts_with('#')).count();
    assert_eq!(read(&hostile()).len(), lines);
}

#[test]
fn every_metric_is_described_before_its_samples_and_once() {
    let text = many(1_000).write(Format::Prometheus);
    let mut described = Vec::new();
    for line in text.lines() {
        match line.split([' ', '{']).collect::<Vec<_>>().as_slice() {
            ["#", "HELP", name, ..] => {
                assert!(!described.contains(&(*name).to_owned()), "{name} twice");
                described.push((*name).to_owned());
            }
            ["#", "TYPE", name, kind] => assert_eq!(
                (described.last().map(String::as_str), *kind),
                (Some(*name), "gauge")
            ),
            [name, ..] => assert_eq!(described.last().map(String::as_str), Some(*name)),
            [] => panic!("an empty line"),
        }
    }
}

#[test]
fn no_series_stands_there_twice() {
    let text = hostile().write(Format::Prometheus);
    let mut seen = HashSet::new();
    for line in text.lines() {
        let series = line.rsplit_once(' ').map(|(series, _)| series);
        assert!(seen.insert(series), "{line}");
    }
}

#[test]
fn sums_by_check_and_namespace_are_the_findings() {
    let samples = read(&many(10_000));
    for metric in [
        "ciel_findings",
        "ciel_check_findings",
        "ciel_namespace_findings",
    ] {
        assert_eq!(sum(&samples, metric), 10_000.0, "{metric}");
    }
}

#[test]
fn namespaces_are_bounded() {
    let samples = read(&many(10_000));
    let namespaces: HashSet<_> = samples
        .iter()
        .filter(|sample| sample.metric == "ciel_namespace_findings")
        .map(|sample| sample.labels.get("namespace"))
        .collect();
    assert_eq!(namespaces.len(), 201);
    assert!(namespaces.contains(&Some("(others)")));
}

#[test]
fn nothing_is_zero() {
    assert_eq!(sum(&read(&empty()), "ciel_findings"), 0.0);
}

#[test]
fn what_could_not_be_read_is_counted() {
    let samples = read(&hostile());
    assert_eq!(sum(&samples, "ciel_sources_incomplete"), 1.0);
}
