//! kubescape's regolibrary: what each of its rules flags in each of its cases, compared on the flagged paths.
//!
//! `regolibrary/cases/<rule>/<case>/{input, expected.json}`. A rule is answered by Ciel's checks that have one of the
//! rule's controls as an alias (`controls/*.json` say which controls use a rule), and [`ANSWERS`] names the checks where
//! a control gathers several rules about the same objects, or where no control uses a rule. Only these checks run, on an
//! input that is complete.
//!
//! Left out, and counted apart, are rules that do not judge manifests (see [`Rule::judges_manifests`]). Rules that no
//! check answers are listed as `not answered`.
//!
//! `CIEL_CASE=part-of-rule/case cargo test -p ciel-checks --test conformance regolibrary -- --nocapture` prints what
//! kubescape and Ciel say of the cases with that text in their names, and nothing else.

mod alerts;
mod compare;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use ciel_checks::{ImageOptions, Options, ProfileChoice, ResourceOptions, catalogue, scan};
use ciel_core::{Finding, Selector, Tool};
use ciel_k8s::Quantity;
use serde_json::Value;

use self::{alerts::Alert, compare::Comparison};

/// What answers a rule, where the rule's control does not say it: names of checks.
///
/// Control C-0211 ("apply security context") gathers rules about different fields of the same pods, C-0303 and C-0304
/// rules about different facts of the same sandboxes. The rules without a control are named by what they judge.
const ANSWERS: &[(&str, &[&str])] = &[
    // The control knows the rule by another name.
    ("CVE-2021-25741", &["sub-path-on-vulnerable-node"]),
    ("drop-capability-netraw", &["net-raw-not-dropped"]),
    ("immutable-container-filesystem", &["writable-root-fs"]),
    (
        "non-root-containers",
        &["run-as-root", "run-as-user-zero", "root-group", "low-gid"],
    ),
    (
        "rule-allow-privilege-escalation",
        &["allow-privilege-escalation"],
    ),
    (
        "resources-sandbox-cpu-limits",
        &["sandbox-without-cpu-limit", "resources-above-ceiling"],
    ),
    (
        "resources-sandbox-memory-limits",
        &["sandbox-without-memory-limit", "resources-above-ceiling"],
    ),
    (
        "rule-privileged-container",
        &["privileged-container", "cap-sys-admin"],
    ),
    ("set-fsgroup-value", &["volumes-without-group"]),
    (
        "set-fsgroupchangepolicy-value",
        &["volume-ownership-changed-at-every-start"],
    ),
    (
        "set-gmsacredentialspecname-value",
        &["no-gmsa-credential-spec"],
    ),
    ("set-hostprocess-true", &["windows-host-process"]),
    ("set-procmount-default", &["proc-mount"]),
    ("set-runasusername-value", &["run-as-root"]),
    ("set-seLinuxOptions", &["selinux-label-left-to-runtime"]),
    (
        "set-seccomp-profile",
        &["seccomp-missing", "seccomp-unconfined"],
    ),
    ("set-supplementalgroups-values", &["root-group"]),
    ("set-sysctls-params", &["unsafe-sysctls"]),
];

/// A rule of the library.
struct Rule {
    name: String,
    /// Its metadata file.
    metadata: Value,
    /// Ids of the controls that use it.
    controls: Vec<String>,
}

/// One case of a rule.
struct Case {
    /// `rule/case`
    name: String,
    folder: PathBuf,
}

/// What became of the cases.
#[derive(Default)]
struct Tally {
    cases: usize,
    not_manifests: usize,
    /// Of rules that no control uses and no check answers, so that nobody can ask for them, or without any input.
    not_used: usize,
    unanswered: BTreeMap<String, usize>,
    passing: BTreeSet<String>,
    /// Passing cases in which every alert has a finding at exactly one of its paths.
    exact: usize,
    /// Passing cases in which every single path has a finding.
    every_path: usize,
    /// Passing cases that a run of the whole catalogue does not answer as well, since another check speaks first.
    only_alone: Vec<String>,
    excepted: usize,
    failing: Vec<(String, String)>,
    problems: Vec<String>,
}

#[test]
fn regolibrary() {
    let Some(suites) = ciel_testkit::suites_dir() else {
        return;
    };
    let suite = suites.join("regolibrary");
    let wanted = std::env::var("CIEL_CASE").ok();
    let lists = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let mut exceptions = crate::exceptions(&lists.join("regolibrary.exceptions"));
    let mut tally = Tally::default();
    for rule in rules(&suite) {
        tally.run(
            &rule,
            cases(&suite, &rule),
            &mut exceptions,
            wanted.as_deref(),
        );
    }
    if wanted.is_some() {
        return;
    }
    assert!(tally.cases > 0, "the suite has no case");
    tally.print();
    let failing = tally.failing.iter();
    let failing = failing.map(|(case, problem)| format!("{case}{problem}"));
    tally.problems.extend(failing);
    let unknown = exceptions
        .keys()
        .map(|case| format!("{case}: no such case is judged"));
    tally.problems.extend(unknown);
    let list = lists.join("regolibrary.passing");
    if let Err(difference) = ciel_testkit::ratchet::check(&list, &tally.passing) {
        tally.problems.push(difference);
    }
    assert!(tally.problems.is_empty(), "{}", tally.problems.join("\n"));
}

impl Tally {
    fn run(
        &mut self,
        rule: &Rule,
        cases: Vec<Case>,
        exceptions: &mut BTreeMap<String, String>,
        wanted: Option<&str>,
    ) {
        self.cases += cases.len();
        let checks = rule.checks();
        for case in cases {
            if let Some(wanted) = wanted {
                if case.name.contains(wanted) {
                    describe(rule, &checks, &case);
                }
                continue;
            }
            if !rule.judges_manifests() {
                self.not_manifests += 1;
            } else if rule.controls.is_empty() && checks.is_empty() || case.files().is_empty() {
                self.not_used += 1;
            } else if checks.is_empty() && exceptions.remove(&case.name).is_some() {
                self.excepted += 1;
            } else if checks.is_empty() {
                *self.unanswered.entry(rule.name.clone()).or_default() += 1;
            } else {
                let is_excepted = exceptions.remove(&case.name).is_some();
                self.judge(rule, &checks, case, is_excepted);
            }
        }
    }

    fn judge(&mut self, rule: &Rule, checks: &[&'static str], case: Case, is_excepted: bool) {
        match compare(rule, checks, &case, false) {
            Err(_) if is_excepted => self.excepted += 1,
            Err(problem) => self.failing.push((case.name, problem)),
            Ok(_) if is_excepted => {
                self.problems
                    .push(format!("{}: passes, no exception", case.name));
            }
            Ok(comparison) => {
                self.exact += usize::from(comparison.is_exact());
                self.every_path += usize::from(comparison.has_every_path());
                if compare(rule, checks, &case, true).is_err() {
                    self.only_alone.push(case.name.clone());
                }
                self.passing.insert(case.name);
            }
        }
    }

    fn print(&self) {
        let unanswered: usize = self.unanswered.values().sum();
        let judged = self.cases - self.not_manifests - self.not_used;
        eprintln!(
            "regolibrary: {} cases, {} of rules that do not judge manifests, {} of rules in no control or without input; of the other {judged} \
             {} pass ({:.1} %), {} excepted, {} fail, {unanswered} not answered",
            self.cases,
            self.not_manifests,
            self.not_used,
            self.passing.len(),
            100.0 * count(self.passing.len()) / count(judged),
            self.excepted,
            self.failing.len(),
        );
        eprintln!(
            "of the passing cases {} point at exactly one of the alerts' paths, {} at every path; with the whole \
             catalogue on these do not pass: {:?}",
            self.exact, self.every_path, self.only_alone
        );
        eprintln!("not answered: {:?}", self.unanswered);
    }
}

/// A count as a number that can be divided.
fn count(cases: usize) -> f64 {
    u32::try_from(cases).map_or(f64::INFINITY, f64::from)
}

impl Rule {
    /// Whether the rule judges Kubernetes objects and nothing else: it asks for nothing that kubescape gathers
    /// elsewhere (`dynamicMatch`: descriptions by cloud providers, files and flags on nodes, results of image scans),
    /// some of the kinds that it matches can be written by people, no scanner of its own supplies a kind that it needs,
    /// and it is not a reminder to look by hand.
    fn judges_manifests(&self) -> bool {
        let resources = |key: &str| {
            let list = self.metadata.get(key).and_then(Value::as_array);
            list.into_iter().flatten()
        };
        let groups = || resources("match").flat_map(|entry| strings(entry, "apiGroups"));
        let by_hand = self
            .metadata
            .pointer("/attributes/actionRequired")
            .is_some();
        resources("dynamicMatch").next().is_none()
            && !by_hand
            && !groups().any(|group| group == "kubescape.io")
            && groups().any(|group| group != "hostdata.kubescape.cloud")
    }

    /// The kinds that the rule looks at, with their groups; `*` stands for any group.
    fn kinds(&self) -> Vec<(String, String)> {
        let entries = self.metadata.get("match").and_then(Value::as_array);
        let mut kinds = Vec::new();
        for entry in entries.into_iter().flatten() {
            for group in strings(entry, "apiGroups") {
                let of_group = strings(entry, "resources").map(|kind| (group.clone(), kind));
                kinds.extend(of_group.collect::<Vec<_>>());
            }
        }
        kinds
    }

    /// Codes of the checks that answer the rule.
    fn is_answered_by_controls(&self) -> bool {
        ANSWERS.iter().all(|(rule, _)| *rule != self.name)
    }

    fn checks(&self) -> Vec<&'static str> {
        let named = ANSWERS.iter().find(|(rule, _)| *rule == self.name);
        let answers = |check: &ciel_core::Check| match named {
            Some((_, names)) => names.contains(&check.name),
            None => check.aliases.iter().any(|alias| {
                alias.tool == Tool::Kubescape && self.controls.iter().any(|id| id == alias.id)
            }),
        };
        let rules = catalogue().filter(|rule| answers(&rule.check));
        rules.map(|rule| rule.check.code).collect()
    }
}

/// The rules that have cases.
fn rules(suite: &Path) -> Vec<Rule> {
    let mut controls: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in crate::entries(&suite.join("controls")) {
        let control = json(&file);
        let id = control.get("controlID").and_then(Value::as_str).unwrap();
        for rule in strings(&control, "rulesNames") {
            controls.entry(rule).or_default().push(id.to_owned());
        }
    }
    let folders = crate::entries(&suite.join("cases")).into_iter();
    let rules = folders.map(|folder| {
        let name = crate::file_name(&folder);
        let metadata = json(&suite.join("rules").join(&name).join("rule.metadata.json"));
        // Controls name a rule as its metadata does, which is not always the folder's name.
        let own = metadata
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or(&name);
        let named = controls.get(own).or_else(|| controls.get(&name));
        Rule {
            controls: named.cloned().unwrap_or_default(),
            metadata,
            name,
        }
    });
    rules.collect()
}

fn cases(suite: &Path, rule: &Rule) -> Vec<Case> {
    let folders = crate::entries(&suite.join("cases").join(&rule.name)).into_iter();
    let cases = folders.map(|folder| Case {
        name: format!("{}/{}", rule.name, crate::file_name(&folder)),
        folder,
    });
    cases.collect()
}

impl Case {
    /// Every file of the input, which is one file or a folder, or lies beside what is expected of it. Two cases have
    /// none.
    fn files(&self) -> Vec<PathBuf> {
        let (mut input, mut beside) = (Vec::new(), Vec::new());
        for path in crate::entries(&self.folder) {
            match crate::file_name(&path).as_str() {
                name if name.starts_with("input") => add_files(path, &mut input),
                "expected.json" | "data.json" => {}
                _ => beside.push(path),
            }
        }
        if input.is_empty() { beside } else { input }
    }

    /// The settings that `data.json` gives the rule.
    fn settings(&self) -> Value {
        let file = self.folder.join("data.json");
        let inputs = file
            .is_file()
            .then(|| json(&file).get("postureControlInputs").cloned());
        inputs.flatten().unwrap_or_default()
    }

    /// Those about images.
    fn images(&self) -> ImageOptions {
        let inputs = self.settings();
        let list = |keys: &[&str]| {
            let values = keys.iter().flat_map(|key| strings(&inputs, key));
            values.collect::<Vec<_>>()
        };
        ImageOptions {
            allowed: list(&["imageRepositoryAllowList"]),
            denied: list(&["untrustedRegistries", "publicRegistries"]),
            floating_tags: list(&["floatingImageTags"]),
            without_digest: list(&["imageDigestExemptRepositories"]),
        }
    }

    /// Those about requests and limits.
    fn resources(&self) -> ResourceOptions {
        let inputs = self.settings();
        let ceiling = |keys: &[&str]| {
            let value = keys.iter().flat_map(|key| strings(&inputs, key)).next();
            value.and_then(|text| Quantity::parse(&text).ok())
        };
        ResourceOptions {
            max_cpu_request: ceiling(&["cpu_request_max"]),
            max_cpu_limit: ceiling(&["cpu_limit_max", "sandbox_cpu_limit_max"]),
            max_memory_request: ceiling(&["memory_request_max"]),
            max_memory_limit: ceiling(&["memory_limit_max", "sandbox_memory_limit_max"]),
        }
    }

    fn alerts(&self) -> Vec<Alert> {
        alerts::read(&json(&self.folder.join("expected.json")))
    }
}

fn add_files(path: PathBuf, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in crate::entries(&path) {
            add_files(entry, files);
        }
    } else {
        files.push(path);
    }
}

/// What the checks find in a case, on objects of the kinds that the rule looks at (and on what it flags beside them).
/// `with_all`: everything runs, as a user would have it, and the checks' findings are picked out.
fn findings(
    rule: &Rule,
    checks: &[&'static str],
    case: &Case,
    with_all: bool,
) -> Result<Vec<Finding>, String> {
    let snapshot = crate::snapshot(&case.files())?;
    let options = if with_all {
        Options {
            profile: ProfileChoice::All,
            images: case.images(),
            resources: case.resources(),
            ..Options::default()
        }
    } else {
        Options {
            select: checks.iter().map(|code| Selector::new(code)).collect(),
            images: case.images(),
            resources: case.resources(),
            ..Options::default()
        }
    };
    let kinds = rule.kinds();
    let flagged: Vec<_> = case
        .alerts()
        .into_iter()
        .flat_map(|alert| alert.objects)
        .collect();
    let is_looked_at = |finding: &Finding| {
        let object = &finding.object;
        if flagged.iter().any(|flagged| flagged.kind == object.kind) {
            return true;
        }
        let group = ciel_k8s::group_of(&object.api_version);
        kinds
            .iter()
            .any(|(of_group, kind)| *kind == object.kind && (of_group == "*" || of_group == group))
    };
    let mut found = scan(&snapshot, &options);
    // A finding may have names of its own: fewer than its check, where the tool does not mean it, or more, where it
    // tells with all checks on what another check would tell.
    let answers = |finding: &Finding| {
        let is_of_checks = checks.contains(&finding.check.code);
        let Some(own) = &finding.own_aliases else {
            return is_of_checks;
        };
        let is_called_so = own.iter().any(|alias| {
            alias.tool == Tool::Kubescape && rule.controls.iter().any(|id| id == alias.id)
        });
        is_called_so && (is_of_checks || rule.is_answered_by_controls())
    };
    found.retain(|finding| answers(finding) && is_looked_at(finding));
    Ok(found)
}

/// `Err` with what differs, one line each.
fn compare(
    rule: &Rule,
    checks: &[&'static str],
    case: &Case,
    with_all: bool,
) -> Result<Comparison, String> {
    let found = findings(rule, checks, case, with_all)?;
    let comparison = Comparison::of(case.alerts(), &found);
    comparison.verdict().map(|()| comparison)
}

/// Prints a case for `CIEL_CASE`.
fn describe(rule: &Rule, checks: &[&'static str], case: &Case) {
    let state = match (rule.judges_manifests(), checks.is_empty()) {
        (false, _) => "does not judge manifests".to_owned(),
        (true, true) => "not answered".to_owned(),
        (true, false) => format!("answered by {checks:?}"),
    };
    eprintln!("== {} (controls {:?}): {state}", case.name, rule.controls);
    for with_all in [false, true] {
        match findings(rule, checks, case, with_all) {
            Err(problem) => eprintln!("{problem}"),
            Ok(found) => {
                let comparison = Comparison::of(case.alerts(), &found);
                let words = if with_all {
                    "whole catalogue"
                } else {
                    "selected"
                };
                let verdict = if comparison.verdict().is_ok() {
                    "passes"
                } else {
                    "FAILS"
                };
                eprintln!("{words}: {verdict}{comparison}");
            }
        }
    }
}

fn json(file: &Path) -> Value {
    let text = fs::read_to_string(file).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The strings of a list; none where there is no list.
fn strings<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = String> + use<'v> {
    let list = value.get(key).and_then(Value::as_array);
    let strings = list.into_iter().flatten().filter_map(Value::as_str);
    strings.map(str::to_owned)
}
