//! Ciel and Kubernetes' own authorizer answer the same random requests in the same random clusters; the oracle is
//! tests/oracles/rbac.

#![expect(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails loudly"
)]

mod support;

use std::sync::Arc;

use ciel_core::{Source, SourceKind};
use ciel_rbac::{
    Binding, Power, PowerRequest, PowerSet, Rbac, ResourceRequest, RoleKind, SubjectKind,
};
use ciel_snapshot::{Snapshot, SnapshotBuilder};
use ciel_testkit::{Dice, ask, tool};
use serde_json::{Value, json};
use support::{ACCOUNTS, Identity, NAMES, NAMESPACES, Request, objects};

const SEED: u64 = 20_261_123;
/// No rule names it, and no object is there.
const NOBODYS: &str = "nobodys";

/// A cluster, and what is asked of it.
struct Question {
    objects: Vec<Value>,
    asked: Vec<(Identity, Request)>,
}

impl Question {
    fn line(&self) -> String {
        let requests: Vec<Value> = self.asked.iter().map(|(who, what)| what.of(who)).collect();
        json!({"objects": self.objects, "requests": requests}).to_string()
    }

    fn snapshot(&self) -> Snapshot {
        let list = json!({"apiVersion": "v1", "kind": "List", "items": self.objects}).to_string();
        let source = Source::new("cluster.json", SourceKind::File, list.as_str());
        let text = Arc::clone(&source.text);
        let mut builder = SnapshotBuilder::new(true);
        builder.add(source, ciel_yaml::parse(&text).documents);
        builder.build()
    }
}

/// What Kubernetes says of each request of each question.
fn answers(questions: &[Question]) -> Option<Vec<Vec<bool>>> {
    let oracle = tool("oracle-rbac")?;
    let answers = ask(&oracle, questions.iter().map(Question::line));
    assert_eq!(answers.len(), questions.len());
    let flags = answers.iter().map(|answer| {
        assert!(answer["error"].is_null(), "{answer}");
        let flags = answer["allowed"].as_array().unwrap().iter();
        flags.map(|flag| flag.as_bool().unwrap()).collect()
    });
    Some(flags.collect())
}

/// What Ciel's grants and rules say.
fn allows(rbac: &Rbac<'_>, who: &Identity, what: &Request) -> bool {
    let allows = |binding: &Binding<'_>| {
        let is_there = binding.is_cluster_wide()
            || (what.path.is_empty() && binding.namespace == Some(what.namespace.as_str()));
        let mut rules = rbac
            .role_of(binding)
            .into_iter()
            .flat_map(|role| rbac.rules(role));
        is_there
            && rules.any(|rule| {
                if what.path.is_empty() {
                    rule.allows(&ResourceRequest {
                        verb: &what.verb,
                        api_group: &what.group,
                        resource: &what.resource,
                        subresource: &what.subresource,
                        name: &what.name,
                    })
                } else {
                    rule.allows_url(&what.verb, &what.path)
                }
            })
    };
    if let Some((namespace, name)) = who.account {
        let grants = rbac.grants_of_account(namespace, name);
        return grants.iter().any(|grant| allows(grant.binding));
    }
    let is_for = |binding: &&Binding<'_>| {
        binding.subjects.iter().any(|subject| match subject.kind {
            SubjectKind::User(name) => name == who.user,
            SubjectKind::Group(name) => who.groups.iter().any(|group| group == name),
            SubjectKind::ServiceAccount(..) => false,
        })
    };
    rbac.bindings().iter().filter(is_for).any(allows)
}

#[test]
fn requests_are_allowed_as_kubernetes_allows_them() {
    const CLUSTERS: usize = 1_000;
    const REQUESTS: usize = 40;
    let mut dice = Dice::new(SEED);
    let questions: Vec<Question> = (0..CLUSTERS)
        .map(|_| Question {
            objects: objects(&mut dice),
            asked: (0..REQUESTS)
                .map(|_| (Identity::random(&mut dice), Request::random(&mut dice)))
                .collect(),
        })
        .collect();
    let Some(answers) = answers(&questions) else {
        return;
    };
    let mut different = Vec::new();
    let mut allowed = 0;
    for (question, answers) in questions.iter().zip(&answers) {
        let snapshot = question.snapshot();
        let rbac = Rbac::new(&snapshot);
        assert!(!rbac.is_cut());
        for ((who, what), expected) in question.asked.iter().zip(answers) {
            allowed += usize::from(*expected);
            if allows(&rbac, who, what) != *expected {
                different.push(format!(
                    "{what:?} of {who:?} in {}\nexpected {expected}",
                    question.line()
                ));
            }
        }
    }
    complain(&different, CLUSTERS * REQUESTS);
    // The generator must not drift into clusters in which all is forbidden.
    assert!(allowed > CLUSTERS * REQUESTS / 30, "{allowed} allowed");
}

fn complain(different: &[String], of: usize) {
    let shortest = different.iter().min_by_key(|difference| difference.len());
    if let Some(shortest) = shortest {
        panic!(
            "{} of {of} differ; the shortest:\n{shortest}",
            different.len()
        );
    }
}

/// What is asked about powers: whom, in which namespace, and which powers the answers are about.
struct Probe {
    who: Identity,
    namespace: &'static str,
    power: Power,
}

/// Every way of using every power, for somebody in a namespace.
fn probes(who: &Identity, namespace: &'static str) -> Vec<(Probe, Request)> {
    let mut probes = Vec::new();
    for power in Power::ALL {
        for request in power.requests() {
            // A RoleBinding in that namespace decides of nothing that is in none.
            let namespace = if request.is_cluster_wide {
                ""
            } else {
                namespace
            };
            for name in names(power, &request) {
                let probe = Probe {
                    who: who.clone(),
                    namespace,
                    power,
                };
                let request = request.request;
                probes.push((
                    probe,
                    Request {
                        verb: request.verb.to_owned(),
                        group: request.api_group.to_owned(),
                        resource: request.resource.to_owned(),
                        subresource: request.subresource.to_owned(),
                        name: name.to_owned(),
                        namespace: namespace.to_owned(),
                        path: String::new(),
                    },
                ));
            }
        }
    }
    probes
}

/// The names to ask for.
fn names(power: Power, request: &PowerRequest) -> Vec<&'static str> {
    match request.request.name {
        "" if request.is_nameless => vec![""],
        // Each object of these is worth having.
        "" if power == Power::ReadNodes => {
            let names = NAMES.into_iter().filter(|name| !name.is_empty());
            names.chain([NOBODYS]).collect()
        }
        "" => vec![NOBODYS],
        name => vec![name],
    }
}

/// The powers of everybody who was probed, by identity and namespace.
fn powers<'p>(
    probes: impl Iterator<Item = (&'p Probe, bool)>,
    mut is_asked: impl FnMut(&Probe) -> bool,
) -> PowerSet {
    probes
        .filter(|(probe, allowed)| *allowed && is_asked(probe))
        .fold(PowerSet::default(), |powers, (probe, _)| {
            powers.union(PowerSet::of(&[probe.power]))
        })
}

#[test]
fn powers_of_roles_are_what_kubernetes_allows() {
    const CLUSTERS: usize = 100;
    let mut dice = Dice::new(SEED + 1);
    let mut questions = Vec::new();
    let mut probed: Vec<Vec<Probe>> = Vec::new();
    for _ in 0..CLUSTERS {
        let mut objects = objects(&mut dice);
        let roles = objects
            .iter()
            .filter(|object| object["kind"] == "ClusterRole");
        let names: Vec<String> = roles
            .map(|role| role["metadata"]["name"].as_str().unwrap().to_owned())
            .collect();
        let mut asked = Vec::new();
        let mut own = Vec::new();
        for name in &names {
            objects.push(json!({
                "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
                "metadata": {"name": format!("holds-{name}")},
                "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": name},
                "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": format!("holder:{name}")}],
            }));
            for (probe, request) in
                probes(&Identity::user(&format!("holder:{name}"), &[]), "elsewhere")
            {
                asked.push((probe.who.clone(), request));
                own.push(probe);
            }
        }
        questions.push(Question { objects, asked });
        probed.push(own);
    }
    let Some(answers) = answers(&questions) else {
        return;
    };
    let mut different = Vec::new();
    let mut roles = 0;
    for ((question, probed), answers) in questions.iter().zip(&probed).zip(&answers) {
        let snapshot = question.snapshot();
        let rbac = Rbac::new(&snapshot);
        for object in snapshot.objects() {
            let Some((id, role)) = rbac
                .role(object)
                .filter(|(_, role)| role.kind == RoleKind::ClusterRole)
            else {
                continue;
            };
            roles += 1;
            let holder = format!("holder:{}", role.name);
            let answers = probed.iter().zip(answers.iter().copied());
            let expected = powers(answers, |probe| probe.who.user == holder);
            compare(
                role.name,
                question,
                rbac.powers(id),
                expected,
                &mut different,
            );
        }
    }
    complain(&different, roles);
    assert!(roles > CLUSTERS, "{roles} roles");
}

fn compare(
    who: &str,
    question: &Question,
    found: PowerSet,
    expected: PowerSet,
    different: &mut Vec<String>,
) {
    // By its name only: whoever may write all ConfigMaps has the greater power.
    let is_same = |power: Power| {
        found.has(power) == expected.has(power)
            || (power == Power::WriteAwsAuth && found.has(Power::WriteConfigMaps))
    };
    let wrong: Vec<(Power, bool)> = Power::ALL
        .into_iter()
        .filter(|power| !is_same(*power))
        .map(|power| (power, found.has(power)))
        .collect();
    if !wrong.is_empty() {
        let objects = json!(question.objects);
        different.push(format!(
            "{who}: power and whether Ciel says it: {wrong:?} in {objects}"
        ));
    }
}

#[test]
fn reaches_of_accounts_are_what_kubernetes_allows() {
    const CLUSTERS: usize = 40;
    let mut dice = Dice::new(SEED + 2);
    let accounts: Vec<(&str, &str)> = NAMESPACES
        .into_iter()
        .flat_map(|namespace| ACCOUNTS.map(|name| (namespace, name)))
        .collect();
    let mut probed = Vec::new();
    let mut requests = Vec::new();
    for (namespace, name) in &accounts {
        let who = Identity::account(namespace, name);
        for place in ["elsewhere", "kube-system"] {
            for (probe, request) in probes(&who, place) {
                requests.push((who.clone(), request));
                probed.push(probe);
            }
        }
    }
    let questions: Vec<Question> = (0..CLUSTERS)
        .map(|_| Question {
            objects: objects(&mut dice),
            asked: requests.clone(),
        })
        .collect();
    let Some(answers) = answers(&questions) else {
        return;
    };
    let mut different = Vec::new();
    for (question, answers) in questions.iter().zip(&answers) {
        let snapshot = question.snapshot();
        let rbac = Rbac::new(&snapshot);
        for (namespace, name) in &accounts {
            let user = format!("system:serviceaccount:{namespace}:{name}");
            let expected = powers(probed.iter().zip(answers.iter().copied()), |probe| {
                probe.who.user == user
                    && (probe.namespace != "kube-system"
                        || PowerSet::IN_NAMESPACES.has(probe.power))
            });
            let reach = rbac.reach_of_account(namespace, name);
            let found = reach.map(|(reach, _)| reach.powers).unwrap_or_default();
            compare(&user, question, found, expected, &mut different);
        }
    }
    complain(&different, CLUSTERS * accounts.len());
}
