/// A program of the control plane or of a node whose settings manifests show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named for its program")]
pub enum Program {
    ApiServer,
    ControllerManager,
    Scheduler,
    Etcd,
    Kubelet,
    KubeProxy,
}

impl Program {
    /// Every program, in the order of its number.
    pub const ALL: [Self; 6] = [
        Self::ApiServer,
        Self::ControllerManager,
        Self::Scheduler,
        Self::Etcd,
        Self::Kubelet,
        Self::KubeProxy,
    ];

    /// The name of its file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ApiServer => "kube-apiserver",
            Self::ControllerManager => "kube-controller-manager",
            Self::Scheduler => "kube-scheduler",
            Self::Etcd => "etcd",
            Self::Kubelet => "kubelet",
            Self::KubeProxy => "kube-proxy",
        }
    }

    /// The section of the CIS Kubernetes Benchmark that is about its flags, with the dot behind it.
    pub(crate) const fn cis_section(self) -> &'static str {
        match self {
            Self::ApiServer => "1.2.",
            Self::ControllerManager => "1.3.",
            Self::Scheduler => "1.4.",
            Self::Etcd => "2.",
            Self::Kubelet => "4.2.",
            Self::KubeProxy => "4.3.",
        }
    }

    /// The program whose file a path names.
    pub(super) fn of_path(path: &str) -> Option<Self> {
        let file = path.rsplit('/').next().unwrap_or(path);
        Self::ALL.into_iter().find(|program| program.name() == file)
    }

    /// The program that an image is named for: `registry.k8s.io/kube-apiserver:v1.34.1`.
    pub(super) fn of_image(image: &str) -> Option<Self> {
        let without_digest = image.split('@').next().unwrap_or(image);
        let name = without_digest.rsplit('/').next().unwrap_or(without_digest);
        let name = name.split(':').next().unwrap_or(name);
        // Images of other builds carry the architecture: `kube-proxy-amd64`.
        let name = ["-amd64", "-arm64"]
            .into_iter()
            .find_map(|suffix| name.strip_suffix(suffix))
            .unwrap_or(name);
        Self::of_path(name)
    }

    /// Position in [`Program::ALL`].
    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}
