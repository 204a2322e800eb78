//! `ciel.toml`: what a project has decided about its scans.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use serde::Deserialize;

/// The file's name, searched for from the working folder upwards.
const NAME: &str = "ciel.toml";

/// What the file may say. The command line wins over it, but for `ignore`, which adds up.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// Settings of `ciel scan`.
    #[serde(default)]
    pub(crate) scan: ScanConfig,
    /// What the project has decided about its images.
    #[serde(default)]
    pub(crate) images: ImagesConfig,
    /// How much one container may ask for.
    #[serde(default)]
    pub(crate) resources: ResourcesConfig,
}

/// `[resources]`: quantities as Kubernetes writes them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ResourcesConfig {
    pub(crate) max_cpu_request: Option<String>,
    pub(crate) max_cpu_limit: Option<String>,
    pub(crate) max_memory_request: Option<String>,
    pub(crate) max_memory_limit: Option<String>,
}

/// `[images]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ImagesConfig {
    #[serde(default)]
    pub(crate) allowed_registries: Vec<String>,
    #[serde(default)]
    pub(crate) denied_registries: Vec<String>,
    #[serde(default)]
    pub(crate) floating_tags: Vec<String>,
    #[serde(default)]
    pub(crate) without_digest: Vec<String>,
}

/// `[scan]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ScanConfig {
    #[serde(default)]
    pub(crate) select: Vec<String>,
    #[serde(default)]
    pub(crate) ignore: Vec<String>,
    pub(crate) min_severity: Option<String>,
    pub(crate) profile: Option<String>,
    pub(crate) fail_on: Option<String>,
    pub(crate) complete: Option<bool>,
    pub(crate) allow_incomplete: Option<bool>,
}

/// Reads the named file, or the nearest `ciel.toml`; nothing where there is none.
pub(crate) fn load(named: Option<&Path>) -> anyhow::Result<Config> {
    let Some(path) = named.map(Path::to_owned).or_else(nearest) else {
        return Ok(Config::default());
    };
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("{} is no configuration of Ciel", path.display()))
}

fn nearest() -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    here.ancestors()
        .map(|folder| folder.join(NAME))
        .find(|path| path.is_file())
}
