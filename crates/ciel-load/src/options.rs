use std::path::PathBuf;

/// Something that the user named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, a folder, or an archive.
    Path(PathBuf),
    /// Standard input, `-`.
    Stdin,
    /// The bytes of a file or an archive that the caller already holds, and what to call it.
    Bytes {
        /// The name of the source.
        name: String,
        /// Its content.
        bytes: Vec<u8>,
    },
}

impl Input {
    /// What a word of the command line stands for.
    #[must_use]
    pub fn from_argument(argument: impl Into<PathBuf>) -> Self {
        let path = argument.into();
        if path.as_os_str() == "-" {
            Self::Stdin
        } else {
            Self::Path(path)
        }
    }
}

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct LoadOptions {
    /// Whether the input is all there is (`--complete`, `--partial`); decided from the inputs where none.
    pub complete: Option<bool>,
    /// The programs that render charts and kustomizations.
    pub render: RenderOptions,
    /// The Kubernetes version that charts are rendered for (`1.33`, `v1.33.2`); the newest that Ciel knows where none.
    pub kube_version: Option<String>,
}

/// Which programs render. Where one is not given, an environment variable names it, or else it is looked for on
/// `PATH`.
#[derive(Clone, Debug, Default)]
pub struct RenderOptions {
    /// `helm`; else `CIEL_HELM`.
    pub helm: Option<PathBuf>,
    /// `kustomize`; else `CIEL_KUSTOMIZE`.
    pub kustomize: Option<PathBuf>,
    /// `kubectl`, whose `kubectl kustomize` serves where there is no `kustomize`; else `CIEL_KUBECTL`.
    pub kubectl: Option<PathBuf>,
}
