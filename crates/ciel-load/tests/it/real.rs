//! Seven real projects: every object is read, nothing is lost or counted twice.
//!
//! `real.tsv` holds the number of objects of each kind, and of files that are left alone. They were found again by a
//! script that knows nothing of this crate: plain files read by PyYAML, charts and kustomizations rendered by hand.
//! `CIEL_RATCHET=update` writes the file anew.
//!
//! Left alone are, in `examples`: two configurations of Cassandra; in `ingress-nginx`: three Grafana dashboards and
//! their linter's configuration, Helm values, a JSON patch, Cloud Build's configuration within the chart; in
//! `longhorn`: values and a description of a chart that lies elsewhere; in `microservices-demo`: nine kustomize
//! components that no kustomization uses, and a patch of one.

use std::{collections::BTreeMap, fmt::Write};

use ciel_load::{Input, Progress, load};

use crate::support::{has_renderers, options, snapshot, text};

#[test]
fn every_object_of_real_projects_is_read_once() {
    let Some(suites) = ciel_testkit::suites_dir() else {
        return;
    };
    if !has_renderers() {
        return;
    }
    let mut found = String::new();
    for project in ciel_testkit::REAL_PROJECTS {
        let folder = suites.join("real").join(project);
        let inputs = [Input::Path(folder.clone())];
        let loaded = load(&inputs, &options(), &Progress::default()).unwrap();
        assert_eq!(loaded.diagnostics, [], "{project}");
        assert!(loaded.complete, "{project}");
        let prefix = text(&folder);
        assert!(
            loaded
                .files
                .iter()
                .all(|file| file.source.name.starts_with(&prefix)),
            "{project}"
        );
        writeln!(found, "{project}\tskipped\t{}", loaded.skipped).unwrap();
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for object in snapshot(loaded).objects() {
            *kinds.entry(object.kind().to_owned()).or_default() += 1;
        }
        for (kind, count) in kinds {
            writeln!(found, "{project}\t{kind}\t{count}").unwrap();
        }
    }
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/real.tsv");
    if std::env::var("CIEL_RATCHET").is_ok_and(|value| value == "update") {
        std::fs::write(golden, &found).unwrap();
    }
    let expected = std::fs::read_to_string(golden).expect("the golden file is there");
    assert_eq!(found, expected);
}
