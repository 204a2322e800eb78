//! Generated clusters on disk.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::ValueEnum;
use serde_json::Value;

use super::generate::{Form, Objects};
use super::yaml::to_yaml;

/// How the objects are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shape {
    /// A YAML file each, in folders of 50.
    Files,
    /// `kubectl get -o yaml`: one List.
    Yaml,
    /// `kubectl get -o json`: one List.
    Json,
}

/// A generated cluster.
#[derive(Clone, Copy)]
pub(super) struct Corpus {
    pub(super) objects: usize,
    pub(super) shape: Shape,
    pub(super) seed: u64,
}

impl Corpus {
    /// Writes it below a folder, unless it is there, and returns its path.
    pub(super) fn write(self, folder: &Path) -> Result<PathBuf> {
        let Self {
            objects,
            shape,
            seed,
        } = self;
        let name = match shape {
            Shape::Files => format!("files-{objects}-{seed}"),
            Shape::Yaml => format!("dump-{objects}-{seed}.yaml"),
            Shape::Json => format!("dump-{objects}-{seed}.json"),
        };
        let path = folder.join(&name);
        if path.exists() {
            return Ok(path);
        }
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let partial = folder.join(format!("{name}.partial"));
        match shape {
            Shape::Files => write_files(&partial, self),
            Shape::Yaml => write_dump(
                &partial,
                self,
                "apiVersion: v1\nitems:\n",
                &yaml_item,
                "kind: List\n",
            ),
            Shape::Json => write_dump(
                &partial,
                self,
                "{\n  \"apiVersion\": \"v1\",\n  \"items\": [\n",
                &json_item,
                JSON_END,
            ),
        }
        .with_context(|| format!("cannot write {}", partial.display()))?;
        fs::rename(&partial, &path)?;
        Ok(path)
    }
}

const JSON_END: &str =
    "\n  ],\n  \"kind\": \"List\",\n  \"metadata\": {\"resourceVersion\": \"\"}\n}\n";

fn write_files(folder: &Path, corpus: Corpus) -> Result<()> {
    for (number, object) in Objects::new(corpus.seed, Form::Manifest)
        .take(corpus.objects)
        .enumerate()
    {
        let folder = folder.join(format!("app-{:03}", number / 50));
        if number % 50 == 0 {
            fs::create_dir_all(&folder)?;
        }
        let kind = object
            .get("kind")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_lowercase();
        fs::write(
            folder.join(format!("{number:05}-{kind}.yaml")),
            to_yaml(&object),
        )?;
    }
    Ok(())
}

fn write_dump(
    path: &Path,
    corpus: Corpus,
    start: &str,
    item: &dyn Fn(usize, &Value) -> String,
    end: &str,
) -> Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    out.write_all(start.as_bytes())?;
    for (number, object) in Objects::new(corpus.seed, Form::Live)
        .take(corpus.objects)
        .enumerate()
    {
        out.write_all(item(number, &object).as_bytes())?;
    }
    out.write_all(end.as_bytes())?;
    Ok(out.flush()?)
}

fn yaml_item(_: usize, object: &Value) -> String {
    // A block scalar or nested line is two columns further in; `- ` takes the place of the first two.
    let text = to_yaml(object);
    let mut item = String::with_capacity(text.len() + text.len() / 8);
    for (number, line) in text.lines().enumerate() {
        item.push_str(match (number, line) {
            (0, _) => "- ",
            (_, "") => "",
            _ => "  ",
        });
        item.push_str(line);
        item.push('\n');
    }
    item
}

fn json_item(number: usize, object: &Value) -> String {
    let comma = if number == 0 { "" } else { ",\n" };
    let text = serde_json::to_string_pretty(object).unwrap_or_default();
    format!("{comma}    {}", text.replace('\n', "\n    "))
}
