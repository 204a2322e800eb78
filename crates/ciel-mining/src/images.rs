//! Images that are known to mine, are named after miners, or pretend to come from somebody well known.
use std::ops::Range;

use crate::{
    cases::{self, Case},
    literals,
    lookalike::{self, Likeness},
    miners,
    signal::{Signal, SignalKind, Signals, Strength},
};

/// An image reference in its parts, as container runtimes complete it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageName<'a> {
    /// Host of the registry; `docker.io` where none is written.
    pub registry: &'a str,
    /// Whether the registry is written.
    pub registry_written: bool,
    /// Path within the registry, as written (`nginx`, `bitnami/redis`).
    pub repository: &'a str,
    /// Tag, or empty.
    pub tag: &'a str,
}

impl<'a> ImageName<'a> {
    /// Splits a reference. Anything is split; what is no valid reference gives parts that match nothing.
    #[must_use]
    pub fn parse(image: &'a str) -> Self {
        let image = image.trim();
        let image = image.split_once("://").map_or(image, |(_, rest)| rest);
        let name = image.split('@').next().unwrap_or_default();
        let (first, rest) = name.split_once('/').unwrap_or(("", name));
        let is_host = first.contains(['.', ':']) || first == "localhost";
        let (registry, path) = if is_host {
            (first, rest)
        } else {
            ("docker.io", name)
        };
        let last = path.rfind('/').map_or(0, |slash| slash + 1);
        let colon = path
            .get(last..)
            .and_then(|tail| tail.find(':'))
            .map(|at| last + at);
        let (repository, tag) = match colon {
            Some(colon) => (
                path.get(..colon).unwrap_or_default(),
                path.get(colon + 1..).unwrap_or_default(),
            ),
            None => (path, ""),
        };
        Self {
            registry,
            registry_written: is_host,
            repository,
            tag,
        }
    }

    /// The account or project that publishes it: the first part of the path, where there are several.
    #[must_use]
    pub fn publisher(&self) -> Option<&'a str> {
        self.repository
            .split_once('/')
            .map(|(publisher, _)| publisher)
    }

    /// The last part of the path.
    #[must_use]
    pub fn base(&self) -> &'a str {
        self.repository.rsplit('/').next().unwrap_or_default()
    }

    /// Whether it comes from Docker Hub.
    #[must_use]
    pub fn is_docker_hub(&self) -> bool {
        matches!(
            self.registry,
            "docker.io" | "index.docker.io" | "registry-1.docker.io" | "registry.hub.docker.com"
        )
    }
}

/// Repositories that published cases name, with and without a tag.
static KNOWN: &[(&str, &Case)] = &[
    ("pauseyyf/pause", &cases::DERO_2023),
    ("kuberntesio/kube-controller", &cases::RBAC_BUSTER),
    ("kuberntesio/", &cases::RBAC_BUSTER),
    ("kannix/monero-miner", &cases::ARGO),
    ("ddsfdfsaadfs/dfsdf", &cases::KUBEFLOW),
    ("pocosow/centos", &cases::GRABOID),
    ("gakeaws/nginx", &cases::GRABOID),
    ("gakeaws/mysql", &cases::GRABOID),
    ("azurenql/", &cases::AZURENQL),
    ("docker123321/", &cases::DOCKER123321),
    ("cmd.cat/chattr", &cases::COMMANDO_CAT),
    ("kong/kubernetes-ingress-controller:3.4.0", &cases::KONG),
    ("arayan/monero-miner", &cases::ARGO),
    ("abafaeeee/monero-miner", &cases::ARGO),
    ("timonmat/xmr-stak-cpu", &cases::TWENTY_MILLION),
    ("hildeteamtnt/", &cases::HILDEGARD),
    ("madhuakula/k8s-goat-batch-check", &cases::TWENTY_MILLION),
];

/// Bytes of the longest reference that is looked at; a repository has at most 255, a digest adds some.
const LONGEST: usize = 1024;

/// Signs that an image reference gives.
#[must_use]
pub fn image_signals(image: &str) -> Vec<Signal> {
    let mut out = Signals::default();
    // Longer than any registry takes: no image.
    if image.len() > LONGEST {
        return Vec::new();
    }
    let name = ImageName::parse(image);
    known(image, &name, &mut out);
    if out.iter().next().is_none() {
        named_after_miner(image, &name, &mut out);
    }
    if !out.has(SignalKind::MinerImage) {
        lookalike(image, &name, &mut out);
    }
    out.into_vec()
}

/// Where a part of the reference stands in it.
fn span(image: &str, part: &str) -> Range<usize> {
    image
        .find(part)
        .map_or(0..image.len(), |start| start..start + part.len())
}

fn known(image: &str, name: &ImageName<'_>, out: &mut Signals) {
    let full = if name.is_docker_hub() {
        name.repository.to_ascii_lowercase()
    } else {
        format!("{}/{}", name.registry, name.repository).to_ascii_lowercase()
    };
    let tagged = format!("{full}:{}", name.tag);
    let Some((entry, case)) = KNOWN.iter().find(|(entry, _)| {
        if entry.ends_with('/') {
            full.starts_with(entry)
        } else if entry.contains(':') {
            tagged == *entry
        } else {
            full == *entry
        }
    }) else {
        return;
    };
    out.push(Signal::new(
        SignalKind::MinerImage,
        Strength::Strong,
        image,
        span(image, name.repository),
        *entry,
        format!("is known from the case {}", case.name),
        case,
    ));
}

fn named_after_miner(image: &str, name: &ImageName<'_>, out: &mut Signals) {
    let repository = name.repository.to_ascii_lowercase();
    if miners::watches(&repository) {
        return;
    }
    for part in repository.split('/') {
        let mut starts = vec![0];
        starts.extend(part.match_indices(['-', '_', '.']).map(|(at, _)| at + 1));
        for start in starts {
            let tail = part.get(start..).unwrap_or_default();
            if let Some(miner) = literals::miner_at_start(tail) {
                out.push(Signal::new(
                    SignalKind::MinerImage,
                    Strength::Strong,
                    image,
                    span(&image.to_ascii_lowercase(), tail),
                    miner.name,
                    format!("is named after the miner {}", miner.name),
                    &cases::TWENTY_MILLION,
                ));
                return;
            }
        }
    }
    coin_and_miner(image, name.base(), out);
}

/// `zcash_mining`, `rvn-gpu-miner`: a coin beside a word of mining.
fn coin_and_miner(image: &str, base: &str, out: &mut Signals) {
    const COINS: &[&str] = &[
        "monero",
        "xmr",
        "ethereum",
        "eth",
        "etc",
        "bitcoin",
        "btc",
        "litecoin",
        "ltc",
        "dogecoin",
        "doge",
        "zcash",
        "zec",
        "ravencoin",
        "rvn",
        "kaspa",
        "kas",
        "dero",
        "verus",
        "vrsc",
        "raptoreum",
        "rtm",
        "zephyr",
        "zeph",
        "turtlecoin",
        "trtl",
        "aeon",
        "beam",
        "grin",
        "ergo",
        "qubic",
        "pkt",
        "crypto",
        "cryptocurrency",
        "coin",
        "cryptonight",
        "randomx",
        "pool",
    ];
    const WORDS: &[&str] = &["miner", "mining", "mine", "minerd", "hash", "rig", "miners"];
    let lower = base.to_ascii_lowercase();
    let words: Vec<&str> = lower
        .split(|character: char| !character.is_ascii_alphanumeric())
        .collect();
    let coin = words.iter().find(|word| COINS.contains(word));
    let mines = words.iter().any(|word| WORDS.contains(word));
    if let (Some(coin), true) = (coin, mines) {
        // A pool's name needs more: `mining-pool` is a pool's server.
        let strength = if *coin == "coin" || *coin == "pool" {
            Strength::Moderate
        } else {
            Strength::Strong
        };
        out.push(Signal::new(
            SignalKind::MinerImage,
            strength,
            image,
            span(image, base),
            (*coin).to_owned(),
            "is named after mining",
            &cases::TWENTY_MILLION,
        ));
    }
}

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

fn lookalike(image: &str, name: &ImageName<'_>, out: &mut Signals) {
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
