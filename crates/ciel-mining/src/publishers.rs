//! Well-known registries and publishers of images, and those that look like them.
use ciel_core::ImageName;

use crate::{
    cases,
    images::span,
    lookalike::{self, Likeness},
    signal::{Signal, SignalKind, Signals, Strength},
};

/// Registries that many use, and that are worth pretending to be.
const REGISTRIES: &[&str] = &[
    "docker.io",
    "index.docker.io",
    "registry.hub.docker.com",
    "registry.k8s.io",
    "k8s.gcr.io",
    "gcr.io",
    "us.gcr.io",
    "eu.gcr.io",
    "asia.gcr.io",
    "quay.io",
    "ghcr.io",
    "mcr.microsoft.com",
    "public.ecr.aws",
    "registry.gitlab.com",
    "docker.elastic.co",
    "nvcr.io",
    "registry.access.redhat.com",
    "registry.redhat.io",
    "registry.suse.com",
    "cgr.dev",
    "docker.pkg.github.com",
    "container-registry.oracle.com",
    "registry.connect.redhat.com",
    "lscr.io",
    "icr.io",
    "xpkg.upbound.io",
    "registry.opensource.zalan.do",
    "docker.n8n.io",
    "registry.developers.crunchydata.com",
    "oci.external-secrets.io",
    "registry.cn-hangzhou.aliyuncs.com",
];

/// Registries that are near one of those by chance or by right.
const OTHER_REGISTRIES: &[&str] = &[
    "registry.k3s.io",
    "registry.k0s.io",
    "dhcr.io",
    "scr.io",
    "acr.io",
    "hcr.io",
    "cr.io",
    "vcr.io",
    "gcr.dev",
    "docker.com",
    "docker.co",
    "docker.dev",
    "docker.internal",
];

/// Publishers that many pull from.
const PUBLISHERS: &[&str] = &[
    "kubernetesio",
    "kubernetesui",
    "kubernetes",
    "kubernetes-sigs",
    "kubernetes-helm",
    "google-containers",
    "google_containers",
    "googlecontainer",
    "googlecontainertools",
    "googlecloudplatform",
    "mirrorgooglecontainers",
    "kubernetes-ingress-controller",
    "ingress-nginx",
    "library",
    "docker",
    "dockerhub",
    "bitnami",
    "bitnamicharts",
    "bitnamilegacy",
    "grafana",
    "prometheus",
    "prom",
    "prometheuscommunity",
    "istio",
    "envoyproxy",
    "hashicorp",
    "jenkins",
    "jenkinsci",
    "jenkinsx",
    "gitlab",
    "gitlab-org",
    "elastic",
    "opensearchproject",
    "confluentinc",
    "tensorflow",
    "pytorch",
    "nvidia",
    "kubeflow",
    "kubeflownotebookswg",
    "argoproj",
    "argoprojlabs",
    "fluxcd",
    "weaveworks",
    "linkerd",
    "traefik",
    "nginxinc",
    "nginx",
    "haproxytech",
    "haproxy",
    "openpolicyagent",
    "aquasec",
    "aquasecurity",
    "falcosecurity",
    "sysdig",
    "datadog",
    "newrelic",
    "dynatrace",
    "splunk",
    "amazon",
    "amazonlinux",
    "amazoncorretto",
    "microsoft",
    "metallb",
    "longhornio",
    "openebs",
    "minio",
    "velero",
    "jetstack",
    "keycloak",
    "sonatype",
    "portainer",
    "selenium",
    "mattermost",
    "calico",
    "cilium",
    "rancher",
    "rancherlabs",
    "coreos",
    "coredns",
    "flannel",
    "flannelcni",
    "flannel-io",
    "rook",
    "crossplane",
    "kyverno",
    "external-secrets",
    "victoriametrics",
    "timescale",
    "cockroachdb",
    "percona",
    "strimzi",
    "zalando",
    "sealedsecrets",
    "bitnami-labs",
    "kiwigrid",
    "openresty",
    "alpine",
    "ubuntu",
    "debian",
    "centos",
    "fedora",
    "redis",
    "redislabs",
    "mongodb",
    "mongo",
    "mysql",
    "mariadb",
    "postgres",
    "postgresql",
    "rabbitmq",
    "memcached",
    "elasticsearch",
    "wordpress",
    "busybox",
    "python",
    "golang",
    "openjdk",
    "eclipse-temurin",
    "adoptopenjdk",
    "cloudflare",
    "tailscale",
    "linuxserver",
    "homeassistant",
    "nextcloud",
    "sentry",
    "getsentry",
    "airbyte",
    "apache",
    "apachepulsar",
    "apacherocketmq",
    "clickhouse",
    "altinity",
    "kubevirt",
    "knative",
    "knative-releases",
    "tektoncd",
    "openshift",
    "redhat",
    "kedacore",
    "fluent",
    "fluentd",
    "jaegertracing",
    "openzipkin",
    "otel",
    "opentelemetry",
    "goharbor",
    "kong",
    "solsson",
    "oliver006",
    "quayio",
    "kubesphere",
    "loftsh",
    "teleport",
    "gravitational",
    "semitechnologies",
    "qdrant",
    "milvusdb",
    "ollama",
    "vllm",
    "huggingface",
    "rayproject",
    "mlflow",
    "jupyter",
    "jupyterhub",
    "seldonio",
    "kserve",
    "bentoml",
    "nacos",
    "apolloconfig",
    "k8s-staging",
    "projectcalico",
    "tigera",
    "kindest",
    "rancher-sandbox",
    "k3d-io",
    "spotify",
    "netflixoss",
    "uber",
    "airflow",
    "litmuschaos",
    "chaos-mesh",
    "sigstore",
    "anchore",
    "snyk",
    "twistlock",
    "stackrox",
    "neuvector",
    "kubescape",
    "armosec",
    "controlplane",
];

/// Publishers of images that compute on GPUs, who are not in the list above.
const GPU_PUBLISHERS: &[&str] = &[
    "rocm",
    "intel",
    "rapidsai",
    "deepmind",
    "paddlepaddle",
    "paddlecloud",
    "mosaicml",
    "determinedai",
    "winglian",
    "axolotlai",
    "lmsysorg",
    "sglang",
    "openmmlab",
    "ultralytics",
    "anyscale",
    "dask",
    "horovod",
    "kaggle",
    "continuumio",
    "condaforge",
    "nvidiak8s",
    "localai",
    "triton",
    "runpod",
    "foldingathome",
    "allennlp",
    "stabilityai",
    "openvino",
    "clearml",
    "allegroai",
    "wandb",
];

/// Whether an image comes from a Docker Hub account that is not among the well-known ones: anybody may publish there.
/// Names without an account are Docker's own.
#[must_use]
pub fn is_of_unknown_account(name: &ImageName<'_>) -> bool {
    let Some(publisher) = name.publisher() else {
        return false;
    };
    let publisher = publisher.to_ascii_lowercase();
    let mut known = PUBLISHERS
        .iter()
        .chain(OTHER_PUBLISHERS)
        .chain(GPU_PUBLISHERS);
    name.is_docker_hub() && !known.any(|known| *known == publisher)
}

/// Names close to a publisher's that are somebody else's in good faith.
const OTHER_PUBLISHERS: &[&str] = &[
    "grafanas",
    "mongos",
    "linkerd2",
    "prometheus-operator",
    "prometheus-community",
    "kubernetes-csi",
    "kubernetesdashboard",
    "redisfab",
    "promtail",
    "sentryio",
    "alpine-docker",
    "debian-docker",
    "fedoraci",
    "centos7",
    "airbytes",
    "goharbors",
    "openebsio",
    "apaches",
    "kubevirts",
    "cillium-test",
    "elastico",
    "anchored",
    "rookio",
];

/// Adds the sign of an image whose registry or publisher looks like a well-known one.
pub(crate) fn lookalike(image: &str, name: &ImageName<'_>, out: &mut Signals) {
    let host = name
        .registry
        .split(':')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    if !image.is_ascii() {
        let readable = lookalike::skeleton(image);
        out.push(Signal::new(
            SignalKind::LookalikeImage,
            Strength::Strong,
            image,
            0..image.len(),
            readable.clone(),
            "has letters of another alphabet that look like Latin ones",
            &cases::RBAC_BUSTER,
        ));
        return;
    }
    if name.registry_written
        && let Some((known, likeness)) = like_registry(&host)
    {
        let strength = if likeness == Likeness::Misspelling {
            Strength::Moderate
        } else {
            Strength::Strong
        };
        push(image, name.registry, known, "registry", strength, out);
        return;
    }
    // In a private registry any path is its owner's choice.
    let public = name.is_docker_hub()
        || matches!(
            host.as_str(),
            "quay.io" | "ghcr.io" | "gcr.io" | "public.ecr.aws" | "registry.gitlab.com"
        );
    if let (true, Some(publisher)) = (public, name.publisher()) {
        if let Some((known, likeness)) = like_publisher(&publisher.to_ascii_lowercase()) {
            let strength = match likeness {
                Likeness::Separator => Strength::Weak,
                Likeness::Misspelling | Likeness::Transposition | Likeness::Homoglyph
                    if known.starts_with("kubernetes") =>
                {
                    Strength::Strong
                }
                _ => Strength::Moderate,
            };
            push(image, publisher, known, "publisher", strength, out);
        } else if name.is_docker_hub()
            && let Some(known) = squeezed_registry(&publisher.to_ascii_lowercase())
        {
            push(image, publisher, known, "registry", Strength::Weak, out);
        }
    }
}

fn push(
    image: &str,
    part: &str,
    known: &'static str,
    what: &str,
    strength: Strength,
    out: &mut Signals,
) {
    out.push(Signal::new(
        SignalKind::LookalikeImage,
        strength,
        image,
        span(image, part),
        known,
        format!("comes from `{part}`, which looks like the {what} `{known}` and is not"),
        &cases::RBAC_BUSTER,
    ));
}

fn like_registry(host: &str) -> Option<(&'static str, Likeness)> {
    let genuine = REGISTRIES.iter().chain(OTHER_REGISTRIES).any(|known| {
        host.strip_suffix(known)
            .is_some_and(|head| head.is_empty() || head.ends_with('.'))
    });
    if genuine || !host.contains('.') {
        return None;
    }
    if let Some(known) = under_another_domain(host) {
        return Some((known, Likeness::Separator));
    }
    REGISTRIES.iter().find_map(|known| {
        let likeness = lookalike::likeness(host, known)?;
        // One letter apart is near only in a long name: `ecr.io` is not `gcr.io`. Regions and mirrors are named so too.
        let near = match likeness {
            Likeness::Homoglyph => true,
            Likeness::Transposition => known.len() >= 6,
            Likeness::Misspelling | Likeness::Separator => known.len() >= 9,
        };
        near.then_some((*known, likeness))
    })
}

/// A registry's host with hyphens for points, as a domain of its own that anybody may buy: `registry.k8s-io.com`,
/// `docker-io.net`. Mirrors are named so too, below their owner's domain (`docker-io.mirror.example.com`).
fn under_another_domain(host: &str) -> Option<&'static str> {
    const INTERNAL: &[&str] = &[
        "local",
        "internal",
        "corp",
        "lan",
        "home",
        "intranet",
        "test",
        "svc",
        "private",
        "localdomain",
        "localhost",
        "example",
        "invalid",
    ];
    let (name, top) = host.rsplit_once('.')?;
    if INTERNAL.contains(&top) || !name.contains('-') {
        return None;
    }
    let letters =
        |text: &str| -> String { text.chars().filter(char::is_ascii_alphanumeric).collect() };
    let name = letters(name);
    REGISTRIES
        .iter()
        .copied()
        .find(|known| known.len() >= 6 && letters(known) == name)
}

fn like_publisher(publisher: &str) -> Option<(&'static str, Likeness)> {
    if PUBLISHERS.contains(&publisher) || OTHER_PUBLISHERS.contains(&publisher) {
        return None;
    }
    PUBLISHERS
        .iter()
        .filter(|known| known.len() >= 5)
        .find_map(|known| {
            let likeness = lookalike::likeness(publisher, known)?;
            Some((*known, likeness))
        })
}

/// A Docker Hub account that is a registry's host without its points.
fn squeezed_registry(publisher: &str) -> Option<&'static str> {
    let letters: String = publisher
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    REGISTRIES.iter().copied().find(|known| {
        known.len() >= 6
            && known
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .eq(letters.chars())
    })
}
