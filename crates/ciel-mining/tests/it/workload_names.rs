use ciel_mining::{ImitationKind as Kind, imitation, is_genuine_image};

#[test]
fn imitations_are_seen() {
    for (name, component) in [
        ("kube-controller", "kube-controller-manager"),
        ("proxy-api", "kube-proxy"),
        ("kube-controler-manager", "kube-controller-manager"),
        ("kube-porxy", "kube-proxy"),
        ("kube-apisever", "kube-apiserver"),
        ("kube-pr0xy", "kube-proxy"),
        ("kubernetes-proxy", "kube-proxy"),
        ("k8s-scheduler", "kube-scheduler"),
        ("system-kube-proxy", "kube-proxy"),
        ("kube-api-server", "kube-apiserver"),
        ("corends", "coredns"),
        ("kubelte", "kubelet"),
        ("metrics-sever", "metrics-server"),
    ] {
        let found = imitation(name);
        assert_eq!(
            found.as_ref().map(|found| found.component),
            Some(component),
            "{name}: {found:?}"
        );
        assert_ne!(found.unwrap().kind, Kind::Exact, "{name}");
    }
}

#[test]
fn components_themselves_are_exact() {
    for name in [
        "kube-proxy",
        "coredns",
        "etcd",
        "kube-flannel-ds",
        "metrics-server",
    ] {
        assert_eq!(imitation(name).unwrap().kind, Kind::Exact, "{name}");
    }
}

#[test]
fn other_names_imitate_nothing() {
    for name in [
        "web",
        "api",
        "proxy",
        "kube-router",
        "kube-vip",
        "kube-prometheus",
        "kube-state-metrics",
        "kubernetes-dashboard",
        "api-proxy",
        "calico-kube-controllers",
        "kube-rbac-proxy",
        "system-monitor",
        "node-exporter",
        "kured",
        "kubed",
        "kube-green",
        "kubecost",
        "kubeshark",
        "kube-bench",
        "controller",
        "speaker",
        "argocd-server",
        "etcd-operator",
        "",
        "-",
        "kube-",
        "kube-ovn-controller",
        "cert-manager",
        "metrics",
        "longhorn-manager",
        "csi-node",
        "ingress-nginx-controller",
        "my-proxy",
        "scheduler",
    ] {
        assert_eq!(imitation(name), None, "{name}");
    }
}

#[test]
fn images_decide_who_is_genuine() {
    for (component, image, expected) in [
        ("kube-proxy", "registry.k8s.io/kube-proxy:v1.30.0", true),
        (
            "kube-proxy",
            "602401143452.dkr.ecr.us-west-2.amazonaws.com/eks/kube-proxy:v1.30.0-minimal-eksbuild.1",
            true,
        ),
        (
            "kube-proxy",
            "mcr.microsoft.com/oss/kubernetes/kube-proxy:v1.28.5",
            true,
        ),
        (
            "kube-proxy",
            "harbor.corp.example/k8s/kube-proxy:v1.30.0",
            true,
        ),
        ("coredns", "coredns/coredns:1.11", true),
        ("kube-proxy", "rancher/hyperkube:v1", true),
        ("kube-proxy", "someone/kube-proxy:1.0", false),
        (
            "kube-controller-manager",
            "kuberntesio/kube-controller:1.0.1",
            false,
        ),
        ("kube-proxy", "pauseyyf/pause", false),
        ("kube-proxy", "harbor.corp.example/team/app", false),
    ] {
        assert_eq!(
            is_genuine_image(component, image),
            expected,
            "{component} {image}"
        );
    }
}
