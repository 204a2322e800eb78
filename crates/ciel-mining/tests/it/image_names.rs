use ciel_mining::{SignalKind as Kind, Strength, image_signals};

#[test]
fn images_of_miners() {
    for image in [
        "kannix/monero-miner",
        "docker.io/kannix/monero-miner:latest",
        "pauseyyf/pause:latest",
        "kuberntesio/kube-controller:1.0.1",
        "ddsfdfsaadfs/dfsdf:99",
        "pocosow/centos:7.6.1810",
        "azurenql/227_135:442",
        "alpineos/dockerapi:latest",
        "kong/kubernetes-ingress-controller:3.4.0",
        "metal3d/xmrig",
        "ghcr.io/someone/xmrig-docker:6",
        "miningcontainers/xmrig",
        "registry.internal/team/lolminer:1",
        "anyone/docker-ethminer",
        "a/cpuminer-opt",
        "a/zcash-mining",
        "a/xmr-gpu-rig",
        "servethehome/monero_cpu_moneropool",
        "ghcr.io/sethforprivacy/p2pool:latest",
    ] {
        let signals = image_signals(image);
        let mines = signals.iter().any(|signal| signal.kind == Kind::MinerImage);
        // One name says it only to those who know the account.
        let known = !image.starts_with("servethehome/");
        assert_eq!(mines, known, "{image}: {signals:?}");
    }
}

#[test]
fn images_that_pretend() {
    for image in [
        "kubrnetesio/kube-proxy:1",
        "kubernetsio/pause",
        "docker.io/kubernetesoi/pause",
        "registry.k8s.lo/pause:3.9",
        "registry.k8s.i0/pause",
        "docker.lo/library/nginx",
        "registry.k8s-io.com/pause:3.9",
        "quay-io.net/prometheus/prometheus",
        "ghrc.io/a/b",
        "quya.io/a/b",
        "gcr.lo/google-containers/pause",
        "bitnarni/redis",
        "bitnmai/redis",
        "grafanna/grafana",
        "ranhcer/rancher",
        "hashicrop/vault",
        "tensorfIow/tensorflow",
        "registry.gitIab.com/a/b",
        "docker.elastlc.co/elasticsearch/elasticsearch",
        "mcr.micros0ft.com/dotnet/runtime",
        "kubеrnetesio/pause",
    ] {
        let signals = image_signals(image);
        assert!(
            signals
                .iter()
                .any(|signal| signal.kind == Kind::LookalikeImage
                    && signal.strength >= Strength::Moderate),
            "{image}: {signals:?}"
        );
    }
}

#[test]
fn images_of_honest_people() {
    for image in [
        "nginx",
        "nginx:1.27",
        "busybox",
        "!*xmrig* & !*kannix/monero-miner*",
        "docker-io.mirror.example.com/library/nginx",
        "registry-k8s-io.corp/pause:3.9",
        "registry.k8s.io/pause:3.9",
        "k8s.gcr.io/kube-proxy:v1.20.0",
        "gcr.io/google_containers/pause",
        "eu.gcr.io/k8s-artifacts-prod/x",
        "us-docker.pkg.dev/a/b/c",
        "europe-west1-docker.pkg.dev/p/r/i",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app",
        "quay.io/prometheus/node-exporter",
        "quay.io/jetstack/cert-manager-controller",
        "ghcr.io/stefanprodan/podinfo",
        "lscr.io/linuxserver/x",
        "icr.io/x/y",
        "nvcr.io/nvidia/cuda",
        "ecr.io/a/b",
        "acr.io/a/b",
        "myregistry.azurecr.io/app",
        "cr.l5d.io/linkerd/proxy",
        "docker.redpanda.com/redpandadata/redpanda",
        "docker.getoutline.com/x/y",
        "registry.example.com/kubernetesio-mirror/pause",
        "harbor.corp/kubrnetes/x",
        "jenkinsx/builder",
        "jenkins/jenkins",
        "jenkinsci/blueocean",
        "bitnamilegacy/redis",
        "bitnamicharts/x",
        "grafana/loki",
        "grafanalabs/x",
        "prom/prometheus",
        "promtail/x",
        "istio/proxyv2",
        "linkerd2/x",
        "rancher/rancher",
        "ranchertest/x",
        "calico/node",
        "cilium/cilium",
        "coredns/coredns",
        "kubernetesui/dashboard",
        "kubeflownotebookswg/jupyter",
        "tensorflow/tensorflow:latest-gpu",
        "pytorch/pytorch",
        "redis/redis-stack",
        "redislabs/redismod",
        "mongodb/mongodb-community-server",
        "mongo-express",
        "elastic/elasticsearch",
        "elasticio/x",
        "apache/airflow",
        "apacherocketmq/rocketmq",
        "argoproj/argocd",
        "fluxcd/flux",
        "openebs/x",
        "longhornio/longhorn-manager",
        "metallb/controller",
        "traefik",
        "traefik/traefik",
        "traefikee/x",
        "hashicorp/vault",
        "minio/minio",
        "minio/mc",
        "percona/x",
        "keycloak/keycloak",
        "selenium/hub",
        "seleniarm/hub",
        "portainer/portainer",
        "kong/kubernetes-ingress-controller:3.4.1",
        "kong:3.4",
        "ethereum/client-go",
        "sethsimmons/simple-monerod",
        "metal3-io/ironic",
        "falcosecurity/falco",
        "a/xmrig-exporter",
        "a/cryptominer-detector",
        "itzg/minecraft-server",
        "process-mining/app",
        "data-miner/x",
        "textminer/x",
        "a/mining-dashboard",
        "docker/whalesay",
        "dockerhub/x",
        "docker.io/library/redis",
        "localhost:5000/x",
        "registry:5000/a/b",
        "busybox@sha256:0000000000000000000000000000000000000000000000000000000000000000",
        "",
        ":",
        "/",
        "a//b",
        "$(IMAGE)",
        "{{ .Values.image }}",
        "madhuakula/k8s-goat-hunger-check",
        "gcr.io/google-samples/microservices-demo/cartservice:v0.10.0",
        "googlecontainer/x",
        "kubesphere/ks-apiserver",
        "kindest/node",
        "k8s-staging/x",
        "oliver006/redis_exporter",
        "weaveworks/scope",
        "ubuntu/prometheus",
        "ubuntu/nginx",
        "debian/x",
        "nvidia/cuda",
        "amazon/aws-cli",
        "amazonlinux",
        "microsoft/x",
        "mcr.microsoft.com/windows/servercore",
        "sysdig/agent",
        "datadog/agent",
        "datadoghq/x",
        "splunk/splunk",
        "newrelic/x",
    ] {
        let signals = image_signals(image);
        assert!(
            signals
                .iter()
                .all(|signal| signal.strength == Strength::Weak),
            "{image}: {signals:?}"
        );
    }
}
