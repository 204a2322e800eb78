//! Runs the Markdown tests of all checks: `resources/mdtest/<topic>/<check>.md`.

use std::path::Path;

fn mdtest(path: &Path) -> datatest_stable::Result<()> {
    ciel_testkit::mdtest::run(path).map_err(Into::into)
}

datatest_stable::harness! {
    { test = mdtest, root = "resources/mdtest", pattern = r"\.md$" },
}
