//! The checks that found something, and the frameworks whose controls they answer.

use std::collections::{BTreeMap, BTreeSet};

use ciel_core::{Check, Control, Finding, Framework};
use serde_json::{Value, json};

use super::{level, security_severity};
use crate::words::docs_url;

/// What a run has to describe besides its results, each with an index.
pub(super) struct Catalogue {
    /// Whether a baseline knows any of the findings: then each says whether it is new.
    pub(super) has_baseline: bool,
    rules: BTreeMap<&'static str, (usize, &'static Check)>,
    taxonomies: BTreeMap<&'static str, (usize, BTreeSet<&'static str>)>,
}

impl Catalogue {
    pub(super) fn of(findings: &[Finding]) -> Self {
        let mut rules = BTreeMap::new();
        let mut taxonomies: BTreeMap<_, (usize, BTreeSet<_>)> = BTreeMap::new();
        let mut add = |controls: &[Control]| {
            for control in controls {
                let (_, ids) = taxonomies.entry(control.framework.id()).or_default();
                ids.insert(control.control);
            }
        };
        for finding in findings {
            let check = finding.check;
            if rules.insert(check.code, (0, check)).is_none() {
                add(check.frameworks);
            }
            add(finding.own_frameworks.as_deref().unwrap_or_default());
        }
        for (at, (index, _)) in rules.values_mut().enumerate() {
            *index = at;
        }
        for (at, (index, _)) in taxonomies.values_mut().enumerate() {
            *index = at;
        }
        Self {
            has_baseline: findings.iter().any(|finding| finding.is_known),
            rules,
            taxonomies,
        }
    }

    pub(super) fn rule_index(&self, check: &Check) -> Option<usize> {
        self.rules.get(check.code).map(|(index, _)| *index)
    }

    pub(super) fn rules(&self) -> Vec<Value> {
        self.rules.values().map(|(_, it)| self.rule(it)).collect()
    }

    fn rule(&self, check: &Check) -> Value {
        let tags = check.frameworks.iter().map(tag);
        let tags: Vec<String> = ["security".to_owned(), check.topic.as_str().to_owned()]
            .into_iter()
            .chain(tags)
            .collect();
        let relationships: Vec<Value> = check
            .frameworks
            .iter()
            .map(|control| json!({"target": self.taxon(control), "kinds": ["relevant"]}))
            .collect();
        let mut rule = json!({
            "id": check.code,
            "name": check.name,
            "shortDescription": {"text": sentence(check.summary)},
            "fullDescription": {"text": sentence(&first_paragraph(check.docs))},
            "help": {"text": check.docs, "markdown": check.docs},
            "helpUri": docs_url(check),
            "defaultConfiguration": {"level": level(check.severity)},
            "properties": {
                "tags": tags,
                "security-severity": security_severity(check.severity),
                "precision": "high",
            },
        });
        if let (false, Some(fields)) = (relationships.is_empty(), rule.as_object_mut()) {
            fields.insert("relationships".to_owned(), relationships.into());
        }
        rule
    }

    /// A reference to a control.
    pub(super) fn taxon(&self, control: &Control) -> Value {
        let framework = control.framework.id();
        let index = self.taxonomies.get(framework).map(|(index, _)| *index);
        json!({"id": control.control, "toolComponent": {"name": framework, "index": index}})
    }

    pub(super) fn taxonomies(&self) -> Value {
        self.taxonomies
            .iter()
            .map(|(name, (_, ids))| {
                let taxa: Vec<Value> = ids.iter().map(|id| json!({"id": id})).collect();
                let title = Framework::ALL
                    .into_iter()
                    .find(|framework| framework.id() == *name)
                    .map_or("", title);
                json!({"name": name, "fullName": title, "shortDescription": {"text": sentence(title)}, "taxa": taxa})
            })
            .collect()
    }

    pub(super) fn supported_taxonomies(&self) -> Vec<Value> {
        let reference =
            |(name, (index, _)): (&&str, &(usize, _))| json!({"name": name, "index": index});
        self.taxonomies.iter().map(reference).collect()
    }
}

fn tag(control: &Control) -> String {
    format!("{}/{}", control.framework.id(), control.control)
}

const fn title(framework: Framework) -> &'static str {
    match framework {
        Framework::Pss => "Kubernetes Pod Security Standards",
        Framework::Cis112 => "CIS Kubernetes Benchmark 1.12",
        Framework::Nsa12 => "NSA/CISA Kubernetes Hardening Guide 1.2",
        Framework::Owasp2022 => "OWASP Kubernetes Top 10, 2022",
        Framework::Owasp2025 => "OWASP Kubernetes Top 10, 2025",
        Framework::Mitre => "MITRE ATT&CK, Containers matrix",
        Framework::MsMatrix => "Microsoft's threat matrix for Kubernetes",
        Framework::Soc2 => "SOC 2, Trust Services Criteria of 2017",
        Framework::Pci => "PCI DSS 4.0",
        Framework::Bsi => "IT-Grundschutz of the BSI, 2023",
    }
}

/// The standard wants sentences: a capital first, a full stop last.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let mut sentence: String = first.to_uppercase().chain(letters).collect();
    if !sentence.ends_with(['.', '!', '?', ':']) {
        sentence.push('.');
    }
    sentence
}

fn first_paragraph(docs: &str) -> String {
    let body = docs
        .lines()
        .map(str::trim)
        .skip_while(|line| line.is_empty() || line.starts_with('#'));
    body.take_while(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
