use std::{collections::HashMap, fmt, sync::LazyLock};

/// The newest minor version of Kubernetes 1.x that the table knows.
pub const LATEST_KUBERNETES_MINOR: u16 = 37;

/// A version of Kubernetes or of another component: `1.22`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ComponentVersion {
    /// First number.
    pub major: u16,
    /// Second number.
    pub minor: u16,
}

impl ComponentVersion {
    /// A minor version of Kubernetes 1.x.
    #[must_use]
    pub const fn kubernetes(minor: u16) -> Self {
        Self { major: 1, minor }
    }

    fn parse(text: &str) -> Option<Self> {
        let (major, minor) = text.split_once('.')?;
        Some(Self {
            major: major.parse().ok()?,
            minor: minor.parse().ok()?,
        })
    }
}

impl fmt::Display for ComponentVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// What became, or becomes, of one version of an API.
#[derive(Debug)]
pub struct ApiLifecycle {
    /// Whose versions these are: `kubernetes`, or the name of the component that brings the API.
    pub component: &'static str,
    /// The first version that had it, where that is known.
    pub introduced: Option<ComponentVersion>,
    /// From this version on it is deprecated.
    pub deprecated: Option<ComponentVersion>,
    /// The first version without it: objects of this version can no longer be applied.
    pub removed: Option<ComponentVersion>,
    /// The `apiVersion` to use instead; empty where there is none.
    pub replacement: &'static str,
    /// Whether the fields are the same in the replacement, so that only `apiVersion` changes.
    pub same_fields: bool,
}

impl ApiLifecycle {
    /// Whether the API is Kubernetes' own.
    #[must_use]
    pub fn is_kubernetes(&self) -> bool {
        self.component == KUBERNETES
    }

    /// The name of the component for messages.
    #[must_use]
    pub fn component_name(&self) -> &'static str {
        match self.component {
            KUBERNETES => "Kubernetes",
            other => other,
        }
    }

    /// Whether it is gone in a version; `None` for the latest that is known.
    #[must_use]
    pub fn is_removed_in(&self, version: Option<ComponentVersion>) -> bool {
        reached(self.removed, self.known(version))
    }

    /// Whether it is deprecated, or gone, in a version; `None` for the latest that is known.
    #[must_use]
    pub fn is_deprecated_in(&self, version: Option<ComponentVersion>) -> bool {
        reached(self.deprecated, self.known(version)) || self.is_removed_in(version)
    }

    /// The latest Kubernetes has not reached every mark in the table; of other components only the past is in it.
    fn known(&self, version: Option<ComponentVersion>) -> Option<ComponentVersion> {
        version.or(self
            .is_kubernetes()
            .then_some(ComponentVersion::kubernetes(LATEST_KUBERNETES_MINOR)))
    }
}

fn reached(mark: Option<ComponentVersion>, version: Option<ComponentVersion>) -> bool {
    mark.is_some_and(|mark| version.is_none_or(|version| mark <= version))
}

/// What became of a version of an API that was deprecated or removed; `None` where it lives on, or is unknown.
/// Lists (`PodDisruptionBudgetList`) share the fate of their items.
#[must_use]
pub fn api_lifecycle(api_version: &str, kind: &str) -> Option<&'static ApiLifecycle> {
    let kinds = APIS.get(api_version)?;
    kinds
        .get(kind)
        .or_else(|| kinds.get(kind.strip_suffix("List")?))
        .or_else(|| kinds.get(ANY_KIND))
}

const KUBERNETES: &str = "kubernetes";
/// Stands for all kinds of a version.
const ANY_KIND: &str = "*";
const TABLE: &str = include_str!("lifecycle/apis.tsv");

static APIS: LazyLock<HashMap<&str, HashMap<&str, ApiLifecycle>>> = LazyLock::new(|| {
    let mut apis: HashMap<&str, HashMap<&str, ApiLifecycle>> = HashMap::new();
    for (api_version, kind, lifecycle) in TABLE.lines().filter_map(row) {
        apis.entry(api_version).or_default().insert(kind, lifecycle);
    }
    apis
});

fn row(line: &'static str) -> Option<(&'static str, &'static str, ApiLifecycle)> {
    if line.starts_with('#') {
        return None;
    }
    let mut columns = line.split('\t');
    let component = columns.next()?;
    let (api_version, kind) = (columns.next()?, columns.next()?);
    let mut version = || columns.next().and_then(ComponentVersion::parse);
    let (introduced, deprecated, removed) = (version(), version(), version());
    let lifecycle = ApiLifecycle {
        component,
        introduced,
        deprecated,
        removed,
        replacement: columns.next()?,
        same_fields: columns.next()? == "same",
    };
    Some((api_version, kind, lifecycle))
}

#[cfg(test)]
mod tests {
    use super::{APIS, ComponentVersion, TABLE, api_lifecycle};

    fn check(
        api_version: &str,
        kind: &str,
        deprecated: &str,
        removed: &str,
        replacement: &str,
        same_fields: bool,
    ) {
        let found = api_lifecycle(api_version, kind).expect("it is in the table");
        assert_eq!(
            found.deprecated,
            ComponentVersion::parse(deprecated),
            "{api_version} {kind}"
        );
        assert_eq!(
            found.removed,
            ComponentVersion::parse(removed),
            "{api_version} {kind}"
        );
        assert_eq!(found.replacement, replacement, "{api_version} {kind}");
        assert_eq!(found.same_fields, same_fields, "{api_version} {kind}");
    }

    #[test]
    fn known_apis() {
        check(
            "extensions/v1beta1",
            "Ingress",
            "1.14",
            "1.22",
            "networking.k8s.io/v1",
            false,
        );
        check(
            "policy/v1beta1",
            "PodSecurityPolicy",
            "1.21",
            "1.25",
            "",
            false,
        );
        check(
            "policy/v1beta1",
            "PodDisruptionBudgetList",
            "1.21",
            "1.25",
            "policy/v1",
            true,
        );
        check("apps/v1beta2", "Deployment", "1.9", "1.16", "apps/v1", true);
        check("batch/v1beta1", "CronJob", "1.21", "1.25", "batch/v1", true);
        check(
            "autoscaling/v2beta2",
            "HorizontalPodAutoscaler",
            "1.23",
            "1.26",
            "autoscaling/v2",
            true,
        );
        check("v1", "Endpoints", "1.33", "", "discovery.k8s.io/v1", false);
        check(
            "cert-manager.io/v1alpha2",
            "Issuer",
            "1.4",
            "1.6",
            "cert-manager.io/v1",
            false,
        );
        check(
            "authentication.istio.io/v1alpha1",
            "Policy",
            "1.5",
            "1.6",
            "security.istio.io/v1",
            false,
        );
    }

    #[test]
    fn what_lives_on_is_not_in_the_table() {
        for (api_version, kind) in [
            ("v1", "Pod"),
            ("apps/v1", "Deployment"),
            ("networking.k8s.io/v1", "Ingress"),
            ("argoproj.io/v1alpha1", "Rollout"),
            ("cert-manager.io/v1", "Issuer"),
            ("v1", "List"),
        ] {
            assert!(
                api_lifecycle(api_version, kind).is_none(),
                "{api_version} {kind}"
            );
        }
    }

    #[test]
    fn every_row_is_read_and_has_a_mark() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        let rows: usize = APIS.values().map(|kinds| kinds.len()).sum();
        assert_eq!(lines, rows);
        for (api_version, kinds) in APIS.iter() {
            for (kind, row) in kinds {
                assert!(
                    row.deprecated.is_some() || row.removed.is_some(),
                    "{api_version} {kind}"
                );
                assert!(
                    row.removed.is_none() || row.removed >= row.deprecated,
                    "{api_version} {kind}"
                );
            }
        }
    }

    #[test]
    fn versions_are_judged_at_the_asked_one() {
        let found =
            api_lifecycle("policy/v1beta1", "PodDisruptionBudget").expect("it is in the table");
        let at = |minor| Some(ComponentVersion::kubernetes(minor));
        assert!(!found.is_deprecated_in(at(20)));
        assert!(found.is_deprecated_in(at(21)) && !found.is_removed_in(at(24)));
        assert!(found.is_removed_in(at(25)) && found.is_removed_in(None));
    }
}
