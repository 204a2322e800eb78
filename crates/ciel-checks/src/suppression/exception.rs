use std::borrow::Cow;

use ciel_core::{Finding, ImageName, suppress::Ignore};
use ciel_snapshot::Object;
use globset::{Error, Glob, GlobBuilder, GlobSet, GlobSetBuilder};

use super::field::FieldPattern;

/// What an exception of the configuration is limited to, as written. An empty list limits nothing; of a list, one entry
/// is enough. Entries are globs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeText {
    /// Files and folders, as in `.gitignore`: without a slash at any depth, with one from the folder of the configuration.
    pub paths: Vec<String>,
    /// Kinds, in any case: `Deployment`, `apps/Deployment`.
    pub kinds: Vec<String>,
    /// Namespaces. What names none is in `default`; a Namespace is in itself.
    pub namespaces: Vec<String>,
    /// Names of objects.
    pub names: Vec<String>,
    /// Names of containers: only findings within them.
    pub containers: Vec<String>,
    /// Images of containers, as written or in full: only findings within these.
    pub images: Vec<String>,
    /// Fields, with all that is below them: `.spec.template.spec.containers[*].securityContext`.
    pub fields: Vec<String>,
    /// Labels (or annotations) of the object or its pods, with globs of their values: all must be there.
    pub labels: Vec<(String, String)>,
}

/// A glob that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeError {
    /// Which list.
    pub key: &'static str,
    /// What is wrong with which entry.
    pub message: String,
}

impl std::fmt::Display for ScopeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}`: {}", self.key, self.message)
    }
}

impl std::error::Error for ScopeError {}

/// A suppression of the configuration: which findings, where.
#[derive(Clone, Debug)]
pub struct Exception {
    /// Which findings, why, until when.
    pub(crate) ignore: Ignore,
    /// Where it is written, as people know it: `ciel.toml:12`.
    pub(crate) origin: String,
    scope: Scope,
}

impl Exception {
    /// An exception within a scope, written at `origin` (`ciel.toml:12`).
    ///
    /// # Errors
    /// For a glob that is none.
    pub fn new(
        ignore: Ignore,
        origin: impl Into<String>,
        scope: &ScopeText,
    ) -> Result<Self, ScopeError> {
        Ok(Self {
            ignore,
            origin: origin.into(),
            scope: Scope::new(scope)?,
        })
    }

    /// Which findings, why, until when.
    #[must_use]
    pub fn ignore(&self) -> &Ignore {
        &self.ignore
    }

    /// Where it is written: `ciel.toml:12`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    pub(crate) fn needs_paths(&self) -> bool {
        self.scope.paths.is_some()
    }

    /// Whether a finding stands within the scope. `path` is the name of its source from the configuration's folder.
    pub(crate) fn covers(
        &self,
        finding: &Finding,
        object: Option<Object<'_>>,
        path: Option<&str>,
    ) -> bool {
        self.scope.covers(finding, object, path)
    }
}

#[derive(Clone, Debug)]
struct Scope {
    paths: Option<GlobSet>,
    kinds: Option<GlobSet>,
    namespaces: Option<GlobSet>,
    names: Option<GlobSet>,
    containers: Option<GlobSet>,
    images: Option<GlobSet>,
    fields: Vec<FieldPattern>,
    labels: Vec<(String, GlobSet)>,
}

impl Scope {
    fn new(text: &ScopeText) -> Result<Self, ScopeError> {
        let words = |key, list: &[String]| set(key, list.iter().map(|word| vec![word.clone()]));
        let labels = text.labels.iter().filter_map(|(key, value)| {
            let values = words("labels", std::slice::from_ref(value)).transpose()?;
            Some(values.map(|values| (key.clone(), values)))
        });
        let kinds: Vec<_> = text.kinds.iter().map(|kind| kind.to_lowercase()).collect();
        Ok(Self {
            paths: set("paths", text.paths.iter().map(|path| path_globs(path)))?,
            kinds: words("kinds", &kinds)?,
            namespaces: words("namespaces", &text.namespaces)?,
            names: words("names", &text.names)?,
            containers: words("containers", &text.containers)?,
            images: words("images", &text.images)?,
            fields: text.fields.iter().map(|it| FieldPattern::new(it)).collect(),
            labels: labels.collect::<Result<_, _>>()?,
        })
    }

    fn covers(&self, finding: &Finding, object: Option<Object<'_>>, path: Option<&str>) -> bool {
        let is_in = |set: &Option<GlobSet>, word: &str| {
            set.as_ref().is_none_or(|globs| globs.is_match(word))
        };
        let names = &finding.object;
        is_in(&self.names, &names.name)
            && is_in(&self.namespaces, namespace_of(finding))
            && self
                .kinds
                .as_ref()
                .is_none_or(|globs| is_kind(globs, finding))
            && (self.paths.is_none() || path.is_some_and(|path| is_in(&self.paths, path)))
            && self.covers_container(finding, object)
            && self.covers_field(finding)
            && self.covers_labels(object)
    }

    fn covers_field(&self, finding: &Finding) -> bool {
        let stable = finding.stable_path.as_deref().unwrap_or_default();
        let mut fields = self.fields.iter();
        self.fields.is_empty()
            || fields.any(|field| field.covers(&finding.path) || field.covers(stable))
    }

    fn covers_container(&self, finding: &Finding, object: Option<Object<'_>>) -> bool {
        if self.containers.is_none() && self.images.is_none() {
            return true;
        }
        let Some(container) = container_of(finding) else {
            return false;
        };
        let is_named = |globs: &GlobSet| globs.is_match(container);
        let has_image = |globs: &GlobSet| {
            let workloads = object.into_iter().flat_map(Object::workloads);
            let mut containers = workloads.flat_map(|workload| workload.spec().containers());
            containers.any(|it| {
                it.node.str_at(&["name"]) == Some(container)
                    && it
                        .node
                        .str_at(&["image"])
                        .is_some_and(|image| is_image(globs, image))
            })
        };
        self.containers.as_ref().is_none_or(is_named) && self.images.as_ref().is_none_or(has_image)
    }

    fn covers_labels(&self, object: Option<Object<'_>>) -> bool {
        self.labels.is_empty() || object.is_some_and(|object| self.labels_are_on(object))
    }

    fn labels_are_on(&self, object: Object<'_>) -> bool {
        let metadata = object.view().metadata().into_iter();
        let of_pods = object
            .workloads()
            .filter_map(|workload| workload.template.metadata);
        let holders: Vec<_> = metadata.chain(of_pods).collect();
        self.labels.iter().all(|(key, values)| {
            holders.iter().any(|holder| {
                ["labels", "annotations"]
                    .iter()
                    .filter_map(|list| holder.at(&[list, key]))
                    .any(|value| values.is_match(value.scalar_text()))
            })
        })
    }
}

fn is_kind(globs: &GlobSet, finding: &Finding) -> bool {
    let kind = finding.object.kind.to_lowercase();
    if globs.is_match(&kind) {
        return true;
    }
    let group = ciel_k8s::group_of(&finding.object.api_version);
    globs.is_match(format!("{}/{kind}", group.to_lowercase()))
}

fn is_image(globs: &GlobSet, image: &str) -> bool {
    let name = ImageName::parse(image).full_name().to_string();
    globs.is_match(image) || globs.is_match(&name)
}

/// Kinds of core Kubernetes that live in no namespace, besides those whose names say so (`Cluster…`).
const CLUSTER_WIDE: &[&str] = &[
    "APIService",
    "CSIDriver",
    "CSINode",
    "CertificateSigningRequest",
    "CustomResourceDefinition",
    "IngressClass",
    "MutatingAdmissionPolicy",
    "MutatingAdmissionPolicyBinding",
    "MutatingWebhookConfiguration",
    "Node",
    "PersistentVolume",
    "PodSecurityPolicy",
    "PriorityClass",
    "RuntimeClass",
    "StorageClass",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
    "ValidatingWebhookConfiguration",
    "VolumeAttachment",
];

fn namespace_of(finding: &Finding) -> &str {
    let object = &finding.object;
    match object.kind.as_str() {
        "Namespace" => &object.name,
        _ if !object.namespace.is_empty() => &object.namespace,
        kind if kind.starts_with("Cluster") || CLUSTER_WIDE.contains(&kind) => "",
        _ => "default",
    }
}

/// The name of the container that a finding stands in.
pub(crate) fn container_of(finding: &Finding) -> Option<&str> {
    const ITEM: &str = "ontainers[name=";
    let path = finding.stable_path.as_deref()?;
    let (_, rest) = path.split_once(ITEM)?;
    rest.split_once(']').map(|(name, _)| name)
}

/// The globs of a file or a folder, as in `.gitignore`.
fn path_globs(pattern: &str) -> Vec<String> {
    let trimmed = pattern.trim_end_matches('/');
    let anchored = trimmed
        .strip_prefix("./")
        .or_else(|| trimmed.strip_prefix('/'));
    let base: Cow<'_, str> = match anchored {
        Some(rest) => rest.into(),
        None if trimmed.contains('/') => trimmed.into(),
        None => format!("**/{trimmed}").into(),
    };
    vec![format!("{base}/**"), base.into_owned()]
}

fn set(
    key: &'static str,
    list: impl ExactSizeIterator<Item = Vec<String>>,
) -> Result<Option<GlobSet>, ScopeError> {
    if list.len() == 0 {
        return Ok(None);
    }
    let error = |error: Error| ScopeError {
        key,
        message: error.to_string(),
    };
    let mut globs = GlobSetBuilder::new();
    for pattern in list.flatten() {
        globs.add(glob(key, &pattern).map_err(error)?);
    }
    globs.build().map(Some).map_err(error)
}

fn glob(key: &str, pattern: &str) -> Result<Glob, Error> {
    GlobBuilder::new(pattern)
        .literal_separator(key == "paths")
        .build()
}
