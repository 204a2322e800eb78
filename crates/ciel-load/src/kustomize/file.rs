//! What a kustomization file says.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use ciel_core::{Diagnostic, Span};
use ciel_yaml::{Document, Node};

/// A kustomization file, read.
#[derive(Debug)]
pub(crate) struct Kustomization {
    /// Its real path.
    pub(crate) file: PathBuf,
    /// What the user calls it.
    pub(crate) name: String,
    pub(crate) text: Arc<str>,
    /// Whether it is of use only within others (`kind: Component`).
    pub(crate) is_component: bool,
    /// Whether it makes any object at all.
    pub(crate) makes_objects: bool,
    pub(crate) references: Vec<Reference>,
    pub(crate) charts: Vec<ChartReference>,
    /// Why it could not be read.
    pub(crate) trouble: Vec<(Span, Diagnostic)>,
}

/// A path or an address that a kustomization names.
#[derive(Debug)]
pub(crate) struct Reference {
    pub(crate) value: String,
    pub(crate) span: Span,
    pub(crate) role: Role,
}

/// What a kustomization does with what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Objects, or a folder with another kustomization.
    Resource,
    /// Changes to objects, or configuration of kustomize itself: no objects of their own.
    Change,
    /// Content of a ConfigMap, a Secret, or values: whatever it is.
    Content,
}

/// A chart that a kustomization inflates (`helmCharts`).
#[derive(Debug)]
pub(crate) struct ChartReference {
    pub(crate) name: String,
    /// Where charts lie, relative to the kustomization.
    pub(crate) home: String,
    pub(crate) span: Span,
}

impl Kustomization {
    /// Reads a kustomization file. None where it is something else, such as a Flux `Kustomization`.
    pub(crate) fn read(file: &Path, name: String) -> Option<Self> {
        let (text, mut trouble) = match crate::file::read_file(file).map(crate::text::decode) {
            Ok(Ok(text)) => (text, Vec::new()),
            Ok(Err(error)) => (String::new(), vec![(Span::default(), error.diagnostic)]),
            Err(error) => {
                let diagnostic = crate::file::cannot_be_read(&error);
                (String::new(), vec![(Span::default(), diagnostic)])
            }
        };
        let text: Arc<str> = text.into();
        let parsed = ciel_yaml::parse(&text);
        trouble.extend(parsed.diagnostics.into_iter().filter(|(_, it)| it.is_error));
        let root = parsed.documents.first().map(Document::root);
        let api_version = root.and_then(|root| root.str_at(&["apiVersion"]));
        if api_version.is_some_and(|it| !it.starts_with("kustomize.config.k8s.io/")) {
            return None;
        }
        let mut kustomization = Self {
            file: file.to_owned(),
            name,
            is_component: root.and_then(|root| root.str_at(&["kind"])) == Some("Component"),
            makes_objects: false,
            references: Vec::new(),
            charts: Vec::new(),
            trouble,
            text: Arc::clone(&text),
        };
        if let Some(root) = root {
            kustomization.collect(root);
        }
        Some(kustomization)
    }

    /// The folder that its paths start from.
    pub(crate) fn folder(&self) -> &Path {
        self.file.parent().unwrap_or_else(|| Path::new("."))
    }

    /// The folder as the user calls it.
    pub(crate) fn folder_name(&self) -> &str {
        match self.name.rsplit_once('/') {
            Some((folder, _)) => folder,
            None => ".",
        }
    }

    fn collect(&mut self, root: Node<'_>) {
        const MAKERS: &[&str] = &[
            "resources",
            "bases",
            "components",
            "configMapGenerator",
            "secretGenerator",
            "generators",
            "helmCharts",
            "helmChartInflationGenerator",
        ];
        self.makes_objects = MAKERS
            .iter()
            .any(|key| root.get(key).is_some_and(|list| !list.is_empty()));
        for key in ["resources", "bases", "components"] {
            self.add_all(root.get(key), Role::Resource);
        }
        for key in ["generators", "transformers", "validators", "configurations"] {
            self.add_all(root.get(key), Role::Change);
        }
        self.add_all(root.get("patchesStrategicMerge"), Role::Change);
        for key in ["patches", "patchesJson6902", "replacements"] {
            for item in items(root.get(key)) {
                self.add(item.get("path"), Role::Change);
            }
        }
        self.add(root.at(&["openapi", "path"]), Role::Change);
        for key in ["configMapGenerator", "secretGenerator"] {
            for generator in items(root.get(key)) {
                for files in items(generator.get("files")) {
                    self.add_keyed(files);
                }
                self.add_all(generator.get("envs"), Role::Content);
                self.add(generator.get("env"), Role::Content);
            }
        }
        self.collect_charts(root);
    }

    fn collect_charts(&mut self, root: Node<'_>) {
        let globals = root.get("helmGlobals");
        let home = globals
            .and_then(|globals| globals.str_at(&["chartHome"]))
            .unwrap_or("charts");
        for chart in items(root.get("helmCharts")) {
            let Some(name) = chart.get("name") else {
                continue;
            };
            self.charts.push(ChartReference {
                name: name.scalar_text().to_owned(),
                home: home.to_owned(),
                span: name.span(),
            });
            self.add(chart.get("valuesFile"), Role::Content);
            self.add_all(chart.get("additionalValuesFiles"), Role::Content);
        }
        for chart in items(root.get("helmChartInflationGenerator")) {
            let Some(name) = chart.get("chartName") else {
                continue;
            };
            self.charts.push(ChartReference {
                name: name.scalar_text().to_owned(),
                home: chart.str_at(&["chartHome"]).unwrap_or(home).to_owned(),
                span: name.span(),
            });
            self.add(chart.get("values"), Role::Content);
        }
    }

    fn add_all(&mut self, list: Option<Node<'_>>, role: Role) {
        for item in items(list) {
            self.add(Some(item), role);
        }
    }

    /// A path; a text of several lines is no path but the thing itself.
    fn add(&mut self, node: Option<Node<'_>>, role: Role) {
        let Some(node) = node else {
            return;
        };
        let Some(value) = node.as_str().filter(|it| !it.is_empty()) else {
            return;
        };
        if !value.contains('\n') && !value.trim_start().starts_with('{') {
            self.references.push(Reference {
                value: value.to_owned(),
                span: node.span(),
                role,
            });
        }
    }

    /// `PATH` or `KEY=PATH`.
    fn add_keyed(&mut self, node: Node<'_>) {
        if let Some(value) = node.as_str() {
            let path = value.split_once('=').map_or(value, |(_, path)| path);
            self.references.push(Reference {
                value: path.to_owned(),
                span: node.span(),
                role: Role::Content,
            });
        }
    }
}

/// Items of a list; nothing where it is absent, or no list (kustomize refuses such a file itself).
fn items(list: Option<Node<'_>>) -> impl Iterator<Item = Node<'_>> {
    list.into_iter().flat_map(Node::items)
}
