//! `ciel.toml`: what a project has decided about its scans.

mod ignore;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use ciel_checks::{PathBase, SuppressOptions};
use serde::Deserialize;
use toml::Spanned;

use ignore::IgnoreConfig;
pub(crate) use ignore::pick;

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
    /// Findings that the project has decided to live with.
    #[serde(default)]
    ignore: Vec<Spanned<IgnoreConfig>>,
    /// What `ignore` became.
    #[serde(skip)]
    pub(crate) suppress: SuppressOptions,
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
    pub(crate) foreign_ignores: Option<bool>,
}

/// Reads the named file, or the nearest `ciel.toml`; nothing where there is none.
pub(crate) fn load(named: Option<&Path>) -> anyhow::Result<Config> {
    match named.map(Path::to_owned).or_else(nearest) {
        Some(path) => read(&path),
        None => Ok(Config::default()),
    }
}

/// Reads a configuration.
pub(crate) fn read(path: &Path) -> anyhow::Result<Config> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    parse(&text, path).with_context(|| format!("{} is no configuration of Ciel", path.display()))
}

/// Reads the text of a configuration that is, or will be, at a path.
pub(crate) fn parse(text: &str, path: &Path) -> anyhow::Result<Config> {
    let mut config: Config = toml::from_str(text)?;
    let name = path.file_name().unwrap_or(path.as_os_str());
    let name = name.to_string_lossy();
    let exceptions = config.ignore.drain(..).map(|entry| {
        let line = text
            .get(..entry.span().start)
            .map(|before| before.matches('\n').count() + 1);
        let origin = format!("{name}:{}", line.unwrap_or(1));
        let exception = entry.into_inner().into_exception(&origin);
        exception.with_context(|| origin)
    });
    config.suppress.exceptions = exceptions.collect::<anyhow::Result<_>>()?;
    config.suppress.base = base_of(path);
    Ok(config)
}

/// Paths of a configuration are meant from its folder.
fn base_of(path: &Path) -> PathBase {
    let text = |path: &Path| path.to_string_lossy().replace('\\', "/");
    let folder = std::path::absolute(path).ok();
    let folder = folder.as_deref().and_then(Path::parent);
    PathBase {
        here: env::current_dir().map(|it| text(&it)).unwrap_or_default(),
        folder: folder.map(text).unwrap_or_default(),
    }
}

/// The nearest `ciel.toml`, here or above.
pub(crate) fn nearest() -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    here.ancestors()
        .map(|folder| folder.join(NAME))
        .find(|path| path.is_file())
}
