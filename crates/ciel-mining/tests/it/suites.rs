use std::{
    fs,
    path::{Path, PathBuf},
};

use ciel_mining::{SignalKind as Kind, Strength, Verdict, assess, image_signals, signals_in_text};

fn root() -> Option<PathBuf> {
    let path = std::env::var_os("CIEL_SUITES")
        .map_or_else(|| PathBuf::from("../../../shared/suites"), PathBuf::from);
    path.is_dir().then_some(path)
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, out);
        } else if fs::metadata(&path).is_ok_and(|data| data.len() < 4 << 20) {
            out.push(path);
        }
    }
}

/// Files of the suites that are about miners: Falco's rules and the alerts of its replay.
fn is_about_miners(path: &Path) -> bool {
    let path = path.to_string_lossy();
    path.contains("falco/")
}

#[test]
fn no_real_manifest_mines() {
    let Some(root) = root() else {
        return;
    };
    let mut all = Vec::new();
    for folder in [
        "real",
        "kubernetes-goat",
        "polaris",
        "kube-linter",
        "kube-bench",
        "regolibrary",
        "pod-security",
        "falco/rules",
    ] {
        files(&root.join(folder), &mut all);
    }
    assert!(all.len() > 100, "suites not found");
    let mut wrong = Vec::new();
    for path in &all {
        let Ok(text) = fs::read_to_string(path) else {
            continue;
        };
        let signals = signals_in_text(&text);
        if assess(&signals) != Verdict::Clean {
            let strong: Vec<_> = signals
                .iter()
                .filter(|signal| signal.strength > Strength::Weak)
                .take(3)
                .collect();
            wrong.push(format!("{}: {strong:?}", path.display()));
        }
        for line in text.lines() {
            let Some((_, image)) = line.split_once("image: ") else {
                continue;
            };
            let image = image.trim().trim_matches(['"', '\'']);
            for signal in image_signals(image) {
                let expected = image.contains("k8s-goat-batch-check");
                if signal.strength > Strength::Weak && !expected && !is_about_miners(path) {
                    wrong.push(format!(
                        "{}: {image}: {}",
                        path.display(),
                        signal.description
                    ));
                }
            }
        }
        let loud = signals.iter().filter(|signal| {
            signal.kind == Kind::DownloadAndRun && signal.strength == Strength::Strong
        });
        for signal in loud {
            wrong.push(format!("{}: {}", path.display(), signal.excerpt));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
