//! Makes clusters that look like real ones, the same for a seed on every machine.
//!
//! The mix of kinds is that of application repositories and of small production clusters: mostly Deployments, Services
//! and ConfigMaps, some RBAC, some of each other kind. So is the share of bad habits: half of the pods say nothing about
//! security, some are hardened, few are privileged.

pub(super) mod capture;
mod kinds;

use serde_json::{Value, json};

use super::random::Random;

/// The seed of all benchmarks.
pub(super) const SEED: u64 = 20_180_220;

/// What an object looks like: as its author wrote it, or as the API server returns it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A file of a repository.
    Manifest,
    /// An item of `kubectl get -o yaml`, with what the server adds.
    Live,
}

/// A kind's share of 1,000 objects, and what makes one.
type Share = (u64, fn(&mut Random, &App) -> Value);

const MANIFESTS: &[Share] = &[
    (270, kinds::deployment),
    (210, kinds::service),
    (150, kinds::config_map),
    (60, kinds::service_account),
    (40, kinds::secret),
    (45, kinds::role),
    (45, kinds::role_binding),
    (15, kinds::cluster_role),
    (15, kinds::cluster_role_binding),
    (45, kinds::ingress),
    (30, kinds::cron_job),
    (30, kinds::stateful_set),
    (15, kinds::network_policy),
    (15, kinds::autoscaler),
    (10, kinds::disruption_budget),
    (5, kinds::custom_resource_definition),
];

/// In a running cluster pods outnumber everything else.
const LIVE: &[Share] = &[(700, kinds::pod), (300, kinds::any_manifest)];

/// What the objects of one application share.
pub(super) struct App {
    namespace: String,
    name: String,
}

/// An endless row of objects.
pub(super) struct Objects {
    random: Random,
    form: Form,
    count: u64,
}

impl Objects {
    /// Objects of one form from a seed.
    pub(super) fn new(seed: u64, form: Form) -> Self {
        Self {
            random: Random::new(seed),
            form,
            count: 0,
        }
    }
}

impl Iterator for Objects {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        const NAMES: [&str; 16] = [
            "frontend",
            "cart",
            "checkout",
            "payments",
            "catalogue",
            "search",
            "orders",
            "users",
            "mailer",
            "gateway",
            "reports",
            "billing",
            "inventory",
            "shipping",
            "reviews",
            "images",
        ];
        self.count += 1;
        let random = &mut self.random;
        let app = App {
            namespace: format!("team-{:02}", random.below(24)),
            name: format!("{}-{}", random.pick(&NAMES), self.count),
        };
        let shares = if self.form == Form::Live {
            LIVE
        } else {
            MANIFESTS
        };
        let mut object = one_of(shares, random, &app);
        if self.form == Form::Live {
            add_server_fields(random, &mut object, self.count);
        }
        Some(object)
    }
}

fn one_of(shares: &[Share], random: &mut Random, app: &App) -> Value {
    let mut left = random.below(shares.iter().map(|(share, _)| share).sum());
    for (share, make) in shares {
        if left < *share {
            return make(random, app);
        }
        left -= share;
    }
    Value::Null
}

fn add_server_fields(random: &mut Random, object: &mut Value, count: u64) {
    let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) else {
        return;
    };
    metadata.insert("creationTimestamp".into(), json!("2026-09-14T08:21:07Z"));
    metadata.insert("generation".into(), json!(1 + random.below(40)));
    metadata.insert(
        "resourceVersion".into(),
        json!((184_000_000 + count).to_string()),
    );
    let (a, b, c, d, e) = (
        random.hex(8),
        random.hex(4),
        random.hex(3),
        random.hex(3),
        random.hex(12),
    );
    metadata.insert("uid".into(), json!(format!("{a}-{b}-4{c}-9{d}-{e}")));
}

#[cfg(test)]
mod tests {
    use super::{super::yaml::to_yaml, *};

    #[test]
    fn same_seed_makes_the_same_objects() {
        let objects = |seed| {
            Objects::new(seed, Form::Manifest)
                .take(50)
                .collect::<Vec<_>>()
        };
        assert_eq!(objects(7), objects(7));
        assert_ne!(objects(7), objects(8));
    }

    #[test]
    fn thousand_manifests_are_about_750_kilobytes() {
        let bytes: usize = Objects::new(SEED, Form::Manifest)
            .take(1_000)
            .map(|object| to_yaml(&object).len())
            .sum();
        assert!((700_000..800_000).contains(&bytes), "{bytes}");
    }

    #[test]
    fn every_object_has_a_kind_and_a_name() {
        for form in [Form::Manifest, Form::Live] {
            for object in Objects::new(SEED, form).take(2_000) {
                assert!(object.get("kind").is_some_and(Value::is_string), "{object}");
                assert!(
                    object
                        .pointer("/metadata/name")
                        .is_some_and(Value::is_string),
                    "{object}"
                );
            }
        }
    }
}
