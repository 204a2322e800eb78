//! Components that are known by their images.

use ciel_core::ImageName;

use super::version::Version;

/// A component, and the ends of the names of its repositories.
struct Component {
    name: &'static str,
    repositories: &'static [&'static str],
}

macro_rules! components {
    ($($name:literal [$($repository:literal)+];)*) => {
        &[$(Component { name: $name, repositories: &[$($repository),+] }),*]
    };
}

static ADDONS: &[Component] = components! {
    "Argo CD" ["argoproj/argocd" "argoproj/argo-cd"];
    "Grafana" ["grafana/grafana" "grafana/grafana-oss" "grafana/grafana-enterprise" "bitnami/grafana"];
    "Kyverno" ["kyverno/kyverno"];
    "Kubernetes Dashboard" ["kubernetes-dashboard-amd64" "kubernetesui/dashboard" "kubernetes-dashboard"];
    "Longhorn" ["longhornio/longhorn-manager"];
    "Rancher" ["rancher/rancher"];
    "Harbor" ["goharbor/harbor-core"];
    "Jenkins" ["jenkins/jenkins" "bitnami/jenkins"];
    "Ollama" ["ollama/ollama"];
    "Redis" ["library/redis" "bitnami/redis" "bitnamilegacy/redis"];
    "Apache Solr" ["library/solr" "bitnami/solr"];
    "Apache Flink" ["library/flink" "apache/flink" "bitnami/flink"];
    "Confluence" ["atlassian/confluence" "atlassian/confluence-server"];
    "ActiveMQ" ["apache/activemq-classic" "apache/activemq" "rmohr/activemq"];
    "GeoServer" ["kartoza/geoserver" "osgeo/geoserver" "geoserver"];
    "Secrets Store CSI driver" ["csi-secrets-store/driver"];
    "NFS CSI driver" ["sig-storage/nfsplugin"];
    "Azure File CSI driver" ["kubernetes-csi/azurefile-csi" "k8s/csi/azurefile-csi"];
    "Cilium" ["cilium/cilium"];
    "Istio" ["istio/pilot" "istio-release/pilot"];
    "Traefik" ["library/traefik" "traefik/traefik" "rancher/mirrored-library-traefik"];
    "Flux kustomize-controller" ["fluxcd/kustomize-controller"];
    "Flux helm-controller" ["fluxcd/helm-controller"];
    "NVIDIA Container Toolkit" ["nvidia/k8s/container-toolkit"];
    "NVIDIA GPU Operator" ["nvidia/gpu-operator"];
    "Chaos Mesh" ["chaos-mesh/chaos-mesh" "pingcap/chaos-mesh"];
    "kube-state-metrics" ["coreos/kube-state-metrics" "kube-state-metrics/kube-state-metrics"];
    "Fluent Bit" ["fluent/fluent-bit" "bitnami/fluent-bit" "bitnamilegacy/fluent-bit"];
    "MongoDB" ["library/mongo" "bitnami/mongodb" "bitnamilegacy/mongodb" "mongodb/mongodb-community-server"
        "mongodb/mongodb-enterprise-server"];
    "TeamCity" ["jetbrains/teamcity-server"];
    "n8n" ["n8nio/n8n" "n8n-io/n8n"];
    "Langflow" ["langflowai/langflow"];
};

static KUBECTL: &[Component] = components! {
    "kubectl" ["bitnami/kubectl" "bitnamilegacy/kubectl" "rancher/kubectl" "alpine/kubectl" "alpine/k8s"
        "lachlanevenson/k8s-kubectl" "dtzar/helm-kubectl" "roffe/kubectl" "registry.k8s.io/kubectl" "kubectl"];
};

/// The add-on that an image holds, and its version.
pub(super) fn addon(image: &ImageName<'_>) -> Option<(&'static str, Version)> {
    find(ADDONS, image)
}

/// The version of kubectl that an image ships.
pub(super) fn kubectl(image: &ImageName<'_>) -> Option<(&'static str, Version)> {
    let base = image.base();
    (base.contains("kubectl") || base == "k8s")
        .then(|| find(KUBECTL, image))
        .flatten()
}

fn find(
    components: &'static [Component],
    image: &ImageName<'_>,
) -> Option<(&'static str, Version)> {
    // The cheapest question first: most images are none of these.
    let version = Version::parse(image.tag)?;
    let base = image.base();
    let is = |repository: &&str| {
        if !repository.ends_with(base) {
            return false;
        }
        let (publisher, last) = repository.rsplit_once('/').unwrap_or(("", repository));
        last == base && (is_official(publisher, image) || image.is(repository))
    };
    let component = components
        .iter()
        .find(|component| component.repositories.iter().any(is))?;
    Some((component.name, version))
}

/// Whether it is an official image of Docker Hub, whose account nobody writes.
fn is_official(publisher: &str, image: &ImageName<'_>) -> bool {
    publisher == "library" && image.is_docker_hub() && !image.repository.contains('/')
}

#[cfg(test)]
mod tests {
    use ciel_core::ImageName;

    use super::{ADDONS, KUBECTL, addon, kubectl};

    #[track_caller]
    fn check(image: &str, expected: Option<&str>) {
        let name = ImageName::parse(image);
        let found = addon(&name)
            .or_else(|| kubectl(&name))
            .map(|(name, _)| name);
        assert_eq!(found, expected, "{image}");
    }

    #[test]
    fn components_are_known_by_their_images() {
        check("quay.io/argoproj/argocd:v2.1.8", Some("Argo CD"));
        check("redis:7.2.4", Some("Redis"));
        check(
            "registry.example/mirror/grafana/grafana:9.2.3",
            Some("Grafana"),
        );
        check("bitnami/kubectl:1.12.3", Some("kubectl"));
        check("registry.k8s.io/kubectl:v1.33.1", Some("kubectl"));
        check("traefik:v2.10.1", Some("Traefik"));
        check(
            "nvcr.io/nvidia/k8s/container-toolkit:v1.17.7-ubuntu20.04",
            Some("NVIDIA Container Toolkit"),
        );
        check(
            "mcr.microsoft.com/oss/v2/kubernetes-csi/azurefile-csi:v1.29.3",
            Some("Azure File CSI driver"),
        );
    }

    #[test]
    fn something_is_known_of_every_component() {
        let rows = include_str!("../../resources/versions/advisories.tsv").lines();
        let known: Vec<&str> = rows.filter_map(|row| row.split('\t').next()).collect();
        for component in ADDONS.iter().chain(KUBECTL) {
            assert!(known.contains(&component.name), "{}", component.name);
        }
    }

    #[test]
    fn others_are_not() {
        check("acme/redis:7.2.4", None);
        check("registry.example/redis:7.2.4", None);
        check("grafana/grafana:latest", None);
        check("grafana/loki:2.9.1", None);
        check("acme/k8s:1.12.3", None);
    }
}
