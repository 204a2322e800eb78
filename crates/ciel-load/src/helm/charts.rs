//! The charts of one run, and whose a file is.

use std::{
    collections::{BTreeMap, HashSet},
    path::{Path, PathBuf},
};

use super::Chart;
use crate::names;

/// Every chart that was found, those within others too, by their real folders.
#[derive(Debug, Default)]
pub(crate) struct Charts {
    found: BTreeMap<PathBuf, Chart>,
    /// Charts of which only a part was named, with that part.
    partly: BTreeMap<PathBuf, Chart>,
    /// Folders of charts that a kustomization inflates.
    inflated: HashSet<PathBuf>,
}

/// Whose a file is.
#[derive(Debug)]
pub(crate) enum Owner {
    /// No chart's.
    Nobody,
    /// A chart's, which speaks for it.
    Chart,
    /// It is the `Chart.yaml` of a chart to render.
    Itself(Chart),
    /// It belongs to a chart that is left alone, because it only serves others.
    Library,
}

impl Charts {
    /// Adds a chart that was found, by its real folder.
    pub(crate) fn add(&mut self, folder: PathBuf, chart: Chart) {
        self.found.insert(folder, chart);
    }

    /// Adds a part of a chart that was named without the chart. `name`: what the user calls the part.
    pub(crate) fn add_part(&mut self, folder: &Path, part: &Path, name: &str) {
        if let Some(chart) = self.partly.get_mut(folder) {
            chart.only.push(part.to_owned());
            return;
        }
        let file = folder.join("Chart.yaml");
        let file_name = part
            .strip_prefix(folder)
            .ok()
            .and_then(|rest| name.strip_suffix(&rest.display().to_string()))
            .map_or_else(
                || file.display().to_string(),
                |start| format!("{start}Chart.yaml"),
            );
        if let Some(mut chart) = Chart::read(&file, file_name) {
            chart.only.push(part.to_owned());
            self.partly.insert(folder.to_owned(), chart);
        }
    }

    /// Says that a kustomization renders the chart in a folder.
    pub(crate) fn inflate(&mut self, folder: &Path) {
        self.inflated.insert(folder.to_owned());
    }

    /// Whose the file at a real path is. A `Chart.yaml` is given out once.
    pub(crate) fn owner(&mut self, file: &Path) -> Owner {
        if self.is_named_part(file) {
            return Owner::Chart;
        }
        let folder = file.parent().unwrap_or(file);
        let is_chart_file = file.file_name().is_some_and(names::is_chart);
        if is_chart_file && self.found.contains_key(folder) {
            if self.inflated.contains(folder) || self.chart_around(folder).is_some() {
                return Owner::Chart;
            }
            // Its files must still be known as its own, so a copy stays.
            return match self.found.get(folder) {
                Some(chart) if chart.is_library() => Owner::Library,
                Some(chart) => Owner::Itself(chart.clone()),
                None => Owner::Nobody,
            };
        }
        match self.chart_around(file) {
            Some(chart) if chart.is_library() => Owner::Library,
            Some(_) => Owner::Chart,
            None => Owner::Nobody,
        }
    }

    /// Whether a chart speaks for the file at a real path.
    pub(crate) fn owns(&self, file: &Path) -> bool {
        self.is_named_part(file) || self.chart_around(file).is_some()
    }

    /// The charts of which only parts were named.
    pub(crate) fn into_parts(self) -> impl Iterator<Item = Chart> {
        let Self { found, partly, .. } = self;
        partly
            .into_iter()
            .filter(move |(folder, _)| !found.contains_key(folder))
            .map(|(_, chart)| chart)
    }

    fn is_named_part(&self, file: &Path) -> bool {
        self.partly
            .values()
            .any(|chart| chart.only.iter().any(|part| file.starts_with(part)))
    }

    /// The chart in a folder above that a file or another chart belongs to.
    fn chart_around(&self, path: &Path) -> Option<&Chart> {
        let above = path.ancestors().skip(1);
        let charts = above.filter_map(|folder| Some((folder, self.found.get(folder)?)));
        charts.enumerate().find_map(|(distance, (folder, chart))| {
            let rest = path.strip_prefix(folder).ok()?;
            // Only the nearest chart can reach for a file that lies anywhere; a chart of its own is no such file.
            let is_own = if distance == 0 && !self.found.contains_key(path) {
                chart.owns(rest)
            } else {
                chart.owns_by_place(rest)
            };
            is_own.then_some(chart)
        })
    }
}
