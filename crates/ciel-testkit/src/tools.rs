use std::path::{Path, PathBuf};

/// A program that `scripts/tools.sh` installs: `kubectl`, `oracle-podsecurity`. It is looked for in `CIEL_TOOLS`, or
/// in `ciel/tools` of the user's cache folder.
///
/// Where it is absent, says so and returns `None`, and the caller counts its test as skipped.
///
/// # Panics
/// Where it is absent and `CI` is `true`: there, a skipped test would be a lie.
#[must_use]
#[expect(clippy::panic, clippy::print_stderr, reason = "only tests call it")]
pub fn tool(name: &str) -> Option<PathBuf> {
    let path = folder()?.join(name);
    if path.is_file() {
        return Some(path);
    }
    let message = format!(
        "no {}: run make tools (for a browser: scripts/tools.sh browser)",
        path.display()
    );
    if std::env::var("CI").is_ok_and(|value| value == "true") {
        panic!("{message}");
    }
    eprintln!("skipped: {message}");
    None
}

fn folder() -> Option<PathBuf> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    variable("CIEL_TOOLS").map(PathBuf::from).or_else(|| {
        variable("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .or_else(|| variable("HOME").map(|home| Path::new(&home).join(".cache")))
            .map(|cache| cache.join("ciel/tools"))
    })
}
