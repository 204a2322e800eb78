//! Gets out of a chart what can be got: helm renders all of it or nothing.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use ciel_core::Diagnostic;

use super::{Chart, refusal, render::Trouble, vendor};
use crate::program::{self, Failure};

/// How many templates that do not render are left out, one after the other.
const LEFT_OUT: usize = 20;

/// How many of a chart's files of test values are tried where it does not render with its defaults.
const TRIED_VALUES: usize = 5;

/// One chart on its way through helm.
pub(super) struct Attempts<'a> {
    chart: &'a Chart,
    program: &'a Path,
    kube_version: &'a str,
    scratch: &'a Path,
    /// The chart, or a copy of it in `scratch`.
    folder: PathBuf,
    is_copy: bool,
    values: Option<PathBuf>,
    left_out: usize,
    /// What was lost on the way, and what to know.
    pub(super) troubles: Vec<Trouble>,
    /// Where parts of the copy come from, as [`vendor::Vendored::moved`].
    pub(super) moved: Vec<(String, String)>,
}

impl<'a> Attempts<'a> {
    pub(super) fn new(
        chart: &'a Chart,
        program: &'a Path,
        kube_version: &'a str,
        scratch: &'a Path,
    ) -> Self {
        Self {
            folder: std::path::absolute(&chart.folder).unwrap_or_else(|_| chart.folder.clone()),
            chart,
            program,
            kube_version,
            scratch,
            is_copy: false,
            values: None,
            left_out: 0,
            troubles: Vec::new(),
            moved: Vec::new(),
        }
    }

    /// Renders: as it is; else without the charts that are not here; else with values that its authors test it with;
    /// else without the templates that do not render. Gives the objects' text, empty where nothing helped.
    pub(super) fn run(&mut self) -> String {
        loop {
            let message = match self.template(self.values.as_deref()) {
                Ok(output) => match String::from_utf8(output) {
                    Ok(text) => return text,
                    Err(_) => "helm printed bytes that are no UTF-8".to_owned(),
                },
                Err(Failure::Refused(message)) => {
                    let is_mended = self.add_charts(&message)
                        || self.choose_values(&message)
                        || self.leave_out(&message);
                    if is_mended {
                        continue;
                    }
                    self.troubles.push(refusal::trouble(
                        self.chart,
                        "the chart is not rendered",
                        &message,
                    ));
                    return String::new();
                }
                Err(failure) => format!("{}: {failure}", self.program.display()),
            };
            let message = format!("the chart is not rendered: {message}");
            let trouble = Trouble::of_chart(self.chart, Diagnostic::error(message));
            self.troubles.push(trouble);
            return String::new();
        }
    }

    fn template(&self, values: Option<&Path>) -> Result<Vec<u8>, Failure> {
        let mut arguments: Vec<OsString> = vec![
            "template".into(),
            self.chart.release().into(),
            self.folder.clone().into(),
            "--include-crds".into(),
            "--namespace=default".into(),
            format!("--kube-version={}", self.kube_version).into(),
        ];
        if let Some(values) = values {
            arguments.push("--values".into());
            arguments.push(values.into());
        }
        program::run(self.program, &arguments, self.scratch)
    }

    /// Where charts that it depends on are missing: goes on with a copy that does not miss them.
    fn add_charts(&mut self, message: &str) -> bool {
        let Some(missing) = refusal::missing_charts(message).filter(|_| !self.is_copy) else {
            return false;
        };
        let Ok(vendored) = vendor::vendor(self.chart, &missing, self.scratch) else {
            return false;
        };
        self.folder = vendored.folder;
        self.is_copy = true;
        self.moved = vendored.moved;
        if let Some((_, span)) = vendored.lost.first() {
            let names: Vec<_> = vendored
                .lost
                .iter()
                .map(|(it, _)| format!("`{it}`"))
                .collect();
            let message = format!(
                "charts that this one depends on are not here, and what they make is not judged: {}",
                names.join(", ")
            );
            let folder = self.chart.folder_name();
            let help = format!("fetch them: `helm dependency build {folder}`");
            let mut trouble =
                Trouble::of_chart(self.chart, Diagnostic::error(message).with_help(help));
            trouble.diagnostics.iter_mut().for_each(|it| it.0 = *span);
            self.troubles.push(trouble);
        }
        true
    }

    /// A chart that wants values often has some to be tested with (`ci/NAME-values.yaml`, as chart-testing reads them).
    fn choose_values(&mut self, message: &str) -> bool {
        if self.values.is_some() || self.left_out > 0 || !refusal::wants_values(message) {
            return false;
        }
        self.values = values_of_tests(&self.folder)
            .into_iter()
            .find(|values| self.template(Some(values)).is_ok());
        let Some(values) = &self.values else {
            return false;
        };
        let message = format!(
            "rendered with the values of `ci/{}`: with its defaults the chart does not render: {}",
            values.file_name().unwrap_or_default().display(),
            refusal::short(message)
        );
        let trouble = Trouble::of_chart(self.chart, Diagnostic::warning(message));
        self.troubles.push(trouble);
        true
    }

    /// Goes on with a copy without the template that helm complains of: one bad file hides no other.
    fn leave_out(&mut self, message: &str) -> bool {
        let Some((rest, _)) = refusal::template(message) else {
            return false;
        };
        if self.left_out >= LEFT_OUT {
            return false;
        }
        self.left_out += 1;
        if !self.is_copy {
            let Ok(vendored) = vendor::vendor(self.chart, &[], self.scratch) else {
                return false;
            };
            self.folder = vendored.folder;
            self.is_copy = true;
        }
        // A template of a packaged subchart is no file here; nor is what a hostile message makes up.
        let is_inside = !Path::new(rest)
            .components()
            .any(|it| it.as_os_str() == "..");
        if !is_inside || fs::remove_file(self.folder.join(rest)).is_err() {
            return false;
        }
        let trouble = refusal::trouble(self.chart, "the template is not rendered", message);
        self.troubles.push(trouble);
        true
    }
}

fn values_of_tests(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = folder.join("ci").read_dir() else {
        return Vec::new();
    };
    let mut values: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with("-values.yaml"))
        .collect();
    values.sort_unstable();
    values.truncate(TRIED_VALUES);
    values
}
