//! Makes a chart whose dependencies are not all there fit to be rendered without the network.
//!
//! Helm renders nothing at all of such a chart. A copy of it can be helped: dependencies from a neighbouring folder
//! (`file://../common`) are put where `helm dependency build` would put them, and those that lie elsewhere are taken
//! off its list. What these would have made is then missing, and said to be; the chart's own objects are judged.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use ciel_core::{Span, limits};
use ciel_yaml::{Document, Node};
use ignore::WalkBuilder;
use serde_json::Value;

use super::Chart;

/// Local charts that depend on local charts, and so on.
const DEPTH: usize = 5;

/// A copy of a chart that helm can render.
#[derive(Debug)]
pub(super) struct Vendored {
    pub(super) folder: PathBuf,
    /// Charts that it depends on and that are not on this machine, with their places in `Chart.yaml`.
    pub(super) lost: Vec<(String, Span)>,
    /// Where parts of the copy come from: the start of a path in it, and what to write instead.
    pub(super) moved: Vec<(String, String)>,
}

/// What a chart says of another that it depends on.
struct Dependency {
    name: String,
    /// The folder, for one in a neighbouring folder that is there.
    local: Option<PathBuf>,
    /// What follows `file://`.
    way: String,
    /// Whether the chart's default values leave it out.
    is_off: bool,
    span: Span,
}

/// Copies a chart into `scratch` and mends the copy. `missing`: what helm misses.
pub(super) fn vendor(chart: &Chart, missing: &[&str], scratch: &Path) -> io::Result<Vendored> {
    let folder = scratch.join("chart");
    copy(&chart.folder, &folder)?;
    let mut vendored = Vendored {
        lost: Vec::new(),
        moved: Vec::new(),
        folder,
    };
    let mut dropped = Vec::new();
    for dependency in dependencies(&chart.folder) {
        if !missing.contains(&dependency.name.as_str()) {
            continue;
        }
        let place = format!("charts/{}/", dependency.name);
        match dependency.local {
            Some(local) => {
                add(&local, &vendored.folder.join(&place), DEPTH)?;
                vendored.moved.push((place, dependency.way));
            }
            None => {
                dropped.push(dependency.name.clone());
                if !dependency.is_off {
                    vendored.lost.push((dependency.name, dependency.span));
                }
            }
        }
    }
    rewrite(&vendored.folder, &dropped)?;
    Ok(vendored)
}

/// Copies a local chart, and the local charts that it depends on into it.
fn add(from: &Path, to: &Path, depth: usize) -> io::Result<()> {
    copy(from, to)?;
    let Some(depth) = depth.checked_sub(1) else {
        return Ok(());
    };
    for dependency in dependencies(from) {
        let place = to.join("charts").join(&dependency.name);
        if let Some(local) = dependency.local.filter(|_| !place.exists()) {
            add(&local, &place, depth)?;
        }
    }
    rewrite(to, &[])
}

fn dependencies(folder: &Path) -> Vec<Dependency> {
    let values = parse(&folder.join("values.yaml"));
    let values = values.as_ref().map(Document::root);
    let documents = ["Chart.yaml", "requirements.yaml"].map(|name| parse(&folder.join(name)));
    let lists = documents
        .iter()
        .flatten()
        .filter_map(|document| document.root().get("dependencies"));
    lists
        .flat_map(Node::items)
        .filter_map(|item| {
            let name = item.get("name")?;
            let repository = item.str_at(&["repository"]).unwrap_or_default();
            let way = repository.strip_prefix("file://").unwrap_or_default();
            let local = folder.join(way);
            Some(Dependency {
                name: name.scalar_text().to_owned(),
                local: (!way.is_empty() && local.join("Chart.yaml").is_file()).then_some(local),
                way: format!("{}/", way.trim_end_matches('/')),
                is_off: item
                    .str_at(&["condition"])
                    .is_some_and(|condition| is_off(condition, values)),
                span: name.span(),
            })
        })
        // A name becomes a folder's.
        .filter(|it| !it.name.contains(['/', '\\']) && it.name != "..")
        .collect()
}

/// Whether a condition (`a.enabled,b.enabled`: the first that is there counts) is false in the default values.
fn is_off(condition: &str, values: Option<Node<'_>>) -> bool {
    let mut values = condition.split(',').filter_map(|path| {
        let keys: Vec<&str> = path.trim().split('.').collect();
        values?.bool_at(&keys)
    });
    values.next() == Some(false)
}

/// Writes the list of dependencies anew, without those that were dropped, and with whatever versions the local ones
/// have. JSON is YAML.
fn rewrite(folder: &Path, dropped: &[String]) -> io::Result<()> {
    for name in ["Chart.yaml", "requirements.yaml"] {
        let path = folder.join(name);
        let Some(document) = parse(&path) else {
            continue;
        };
        let mut json = document.root().to_json();
        let Some(Value::Array(list)) = json.get_mut("dependencies") else {
            continue;
        };
        list.retain(|it| {
            let name = it.get("name").and_then(Value::as_str).unwrap_or_default();
            !dropped.iter().any(|dropped| dropped == name)
        });
        for dependency in list {
            let repository = dependency.get("repository").and_then(Value::as_str);
            let is_local = repository.is_some_and(|it| it.starts_with("file://"));
            if let (true, Value::Object(fields)) = (is_local, dependency) {
                fields.insert("version".to_owned(), Value::from(">=0-0"));
            }
        }
        fs::write(path, json.to_string())?;
    }
    Ok(())
}

fn parse(path: &Path) -> Option<Document> {
    let bytes = crate::file::read_file(path).ok()?;
    let text = crate::text::decode(bytes).ok()?;
    let documents = ciel_yaml::parse(&text.into()).documents;
    documents.into_iter().next()
}

/// Copies the files of a folder, as helm would read them.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut bytes = 0_u64;
    let walk = WalkBuilder::new(from)
        .standard_filters(false)
        .follow_links(true)
        .build();
    for (count, entry) in walk.filter_map(Result::ok).enumerate() {
        if !entry.file_type().is_some_and(|it| it.is_file()) {
            continue;
        }
        let rest = entry.path().strip_prefix(from).unwrap_or(entry.path());
        let target = to.join(rest);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        bytes += entry.metadata().map_or(0, |it| it.len());
        if count >= limits::ARCHIVE_MEMBERS || bytes > limits::ARCHIVE_BYTES {
            return Err(io::Error::other("the chart is too large to be copied"));
        }
        fs::copy(entry.path(), target)?;
    }
    Ok(())
}
