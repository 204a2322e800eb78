//! Ciel's reader beside the real kubectl, on thousands of generated files.
//!
//! `kubectl annotate --local` needs no cluster: it reads manifests, adds an annotation and prints JSON. The binary is
//! the one that `CIEL_KUBECTL` names, or where `scripts/tools.sh` puts it. Where there is none the test says that it
//! was skipped; under `CI=true` it fails.
//!
//! `CIEL_YAML_SEED` and `CIEL_YAML_FILES` choose other files than the usual ones, to hunt for differences.

#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test: it runs kubectl, and a failure is a panic"
)]

mod generate;
mod random;
#[rustfmt::skip]
mod tables;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use ciel_yaml::{Kind, Node, parse};

fn kubectl() -> Option<PathBuf> {
    let folder = |variable| std::env::var_os(variable).map(PathBuf::from);
    let path = folder("CIEL_KUBECTL")
        .or_else(|| Some(folder("CIEL_TOOLS")?.join("kubectl")))
        .or_else(|| Some(folder("XDG_CACHE_HOME")?.join("ciel/tools/kubectl")))
        .or_else(|| Some(folder("HOME")?.join(".cache/ciel/tools/kubectl")))?;
    path.is_file().then_some(path)
}

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

/// The same, or a word about why the test cannot run.
fn kubectl_or_skip() -> Option<PathBuf> {
    let found = kubectl();
    if found.is_none() {
        let message = "no kubectl: run scripts/tools.sh or set CIEL_KUBECTL";
        assert!(
            std::env::var_os("CI").is_none_or(|ci| ci != "true"),
            "{message}"
        );
        eprintln!("skipped: {message}");
    }
    found
}

#[test]
fn reads_the_suites_as_kubectl_does() {
    let (Some(kubectl), Some(suites)) = (kubectl_or_skip(), ciel_testkit::suites_dir()) else {
        return;
    };
    let mut compared = 0;
    for suite in ["real", "pod-security", "polaris", "kube-linter"] {
        let folder = suites.join(suite);
        let mut known: HashMap<String, usize> = HashMap::new();
        for file in walkdir(&folder) {
            let text: Arc<str> = std::fs::read_to_string(file).unwrap().into();
            for document in parse(&text).documents {
                // kubectl takes lists apart.
                let root = document.root();
                let items = root.get("items").filter(|items| items.is_sequence());
                for object in items.map_or(vec![root], |items| items.items().collect()) {
                    *known.entry(canonical(object)).or_default() += 1;
                }
            }
        }
        let printed: Arc<str> = run(&kubectl, &folder).0.into();
        for document in parse(&printed).documents {
            let object = canonical(document.root());
            let left = known.get_mut(&object).filter(|left| **left > 0);
            assert!(left.is_some(), "kubectl has in {suite}: {object}");
            *left.unwrap() -= 1;
            compared += 1;
        }
    }
    println!("{compared} objects compared");
    assert!(compared > 3_000, "{compared}");
}

/// The files of a folder that kubectl looks at.
fn walkdir(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(walkdir(&path));
        } else if path.extension().is_some_and(|extension| {
            extension == "yaml" || extension == "yml" || extension == "json"
        }) {
            files.push(path);
        }
    }
    files
}

#[test]
fn reads_what_kubectl_reads() {
    let Some(kubectl) = kubectl_or_skip() else {
        return;
    };
    let mut files: Vec<generate::File> = generate::by_hand();
    files.extend(generate::random(
        number("CIEL_YAML_SEED", 1),
        usize::try_from(number("CIEL_YAML_FILES", 8_000)).unwrap(),
    ));
    let verdicts = ask(&kubectl, &files);
    let mut compared = 0;
    let mut refused = 0;
    let mut differences = Vec::new();
    for (file, verdict) in files.iter().zip(&verdicts) {
        compared += 1;
        refused += usize::from(verdict.syntax_error.is_some());
        if let Err(difference) = compare(&file.text, verdict) {
            differences.push(format!("{difference}\n{}", file.text.escape_debug()));
        }
    }
    println!("{compared} files compared, kubectl refused {refused}");
    let shown = differences
        .len()
        .min(usize::try_from(number("CIEL_YAML_SHOWN", 20)).unwrap());
    assert!(
        differences.is_empty(),
        "{} of {compared} files differ:\n\n{}",
        differences.len(),
        differences[..shown].join("\n\n")
    );
}

/// What kubectl made of a file.
#[derive(Default)]
struct Verdict {
    /// Name and canonical form of each object, in order.
    objects: Vec<(String, String)>,
    syntax_error: Option<String>,
    /// Another error: the file was YAML, but no object that kubectl takes.
    other_error: Option<String>,
}

/// Runs kubectl once over a folder with all files.
fn ask(kubectl: &Path, files: &[generate::File]) -> Vec<Verdict> {
    let folder = std::env::temp_dir().join(format!("ciel-yaml-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (index, file) in files.iter().enumerate() {
        std::fs::write(folder.join(file_name(index)), &file.text).unwrap();
    }
    let (printed, errors) = run(kubectl, &folder);
    std::fs::remove_dir_all(&folder).unwrap();

    let mut verdicts: Vec<Verdict> = files.iter().map(|_| Verdict::default()).collect();
    let mut index_of = HashMap::new();
    for index in 0..files.len() {
        index_of.insert(file_name(index), index);
    }
    for line in errors.lines() {
        let named = line
            .find(".yaml")
            .and_then(|at| line.get(at.checked_sub(7)?..at + 5));
        let Some(&index) = named.and_then(|name| index_of.get(name)) else {
            continue;
        };
        let slot = if line.contains("error parsing") || line.contains("error converting") {
            &mut verdicts[index].syntax_error
        } else {
            &mut verdicts[index].other_error
        };
        slot.get_or_insert_with(|| line.to_owned());
    }
    let printed: Arc<str> = printed.into();
    for document in parse(&printed).documents {
        let root = document.root();
        let name = root.str_at(&["metadata", "name"]).unwrap().to_owned();
        let index: usize = name[1..8].parse().unwrap();
        verdicts[index].objects.push((name, canonical(root)));
    }
    verdicts
}

/// What kubectl prints and complains of, for a folder and those in it.
fn run(kubectl: &Path, folder: &Path) -> (String, String) {
    let output = Command::new(kubectl)
        .args(["annotate", "--local", "-o", "json", "-R", "-f"])
        .arg(folder)
        .arg("k=v")
        .env("KUBECONFIG", "/dev/null")
        .output()
        .unwrap();
    (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

fn file_name(index: usize) -> String {
    format!("{index:07}.yaml")
}

fn compare(text: &str, verdict: &Verdict) -> Result<(), String> {
    let text: Arc<str> = text.into();
    let parsed = parse(&text);
    let error = parsed
        .diagnostics
        .iter()
        .find(|(_, diagnostic)| diagnostic.is_error);
    // kubectl looks at no fewer than four bytes behind a JSON value.
    let short_rest = text.rsplit('}').next().is_some_and(|rest| rest.len() < 6);
    if let Some(kubectl) = &verdict.syntax_error
        && error.is_none()
        && !(short_rest && kubectl.contains("json: offset"))
    {
        return Err(format!("kubectl refuses, Ciel does not: {kubectl}"));
    }
    let failed = verdict.syntax_error.is_some() || verdict.other_error.is_some();
    if let Some((span, diagnostic)) = error
        && !failed
        // kubectl is silent about it.
        && !diagnostic.message.contains("is read by nobody")
    {
        return Err(format!(
            "Ciel refuses, kubectl does not: {} ({span:?})",
            diagnostic.message
        ));
    }
    let found: Vec<_> = parsed
        .documents
        .iter()
        .map(|document| {
            let root = document.root();
            let name = root.str_at(&["metadata", "name"]).unwrap_or_default();
            (name.to_owned(), canonical(root))
        })
        .collect();
    if failed {
        for object in &verdict.objects {
            if !found.contains(object) {
                return Err(format!("kubectl has {object:?}, Ciel has {found:?}"));
            }
        }
        return Ok(());
    }
    // Go's maps have no order: of two keys that only look the same as strings, chance takes one.
    let by_chance = parsed.diagnostics.iter().any(|(span, diagnostic)| {
        diagnostic.message.contains("a second time")
            && !span.slice(&text).starts_with(|c: char| c.is_alphabetic())
    });
    if found == verdict.objects || by_chance {
        return Ok(());
    }
    Err(format!(
        "kubectl has {:?},\n   Ciel has {found:?}",
        verdict.objects
    ))
}

/// The object without metadata (kubectl adds to it), keys in order, as text.
fn canonical(node: Node<'_>) -> String {
    let mut text = String::new();
    write_canonical(node, true, &mut text);
    text
}

fn write_canonical(node: Node<'_>, top: bool, text: &mut String) {
    match node.kind() {
        Kind::Mapping => {
            let mut entries: Vec<_> = node
                .entries()
                .filter(|(key, _)| !top || key.scalar_text() != "metadata")
                .collect();
            entries.sort_by_key(|(key, _)| key.scalar_text());
            text.push('{');
            for (key, value) in entries {
                write!(text, "{:?}:", key.scalar_text()).unwrap();
                write_canonical(value, false, text);
                text.push(',');
            }
            text.push('}');
        }
        Kind::Sequence => {
            text.push('[');
            for item in node.items() {
                write_canonical(item, false, text);
                text.push(',');
            }
            text.push(']');
        }
        Kind::String => write!(text, "{:?}", node.scalar_text()).unwrap(),
        // kubectl prints a float without fraction like an integer.
        _ if node.scalar_text() == "-0" => text.push('0'),
        _ => text.push_str(node.scalar_text()),
    }
}
