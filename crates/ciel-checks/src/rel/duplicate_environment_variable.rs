use std::collections::HashMap;

use ciel_yaml::Node;

use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds environment variables that a container sets more than once, at each place.
    ///
    /// ## Why is this bad?
    /// The last one counts and the others are lost, without a word. With server-side apply the API server refuses the
    /// object.
    ///
    /// ## Example
    /// ```yaml
    /// env:
    /// - {name: LOG_LEVEL, value: debug}
    /// - {name: LOG_LEVEL, value: info}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// env:
    /// - {name: LOG_LEVEL, value: info}
    /// ```
    ///
    /// ## Exceptions
    /// A variable that is built up from its own earlier value (`$(PATH_LIST):/more`) is meant.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/>
    pub static DUPLICATE_ENVIRONMENT_VARIABLE = {
        code: "REL064",
        name: "duplicate-environment-variable",
        severity: Low,
        severity_reason: "all tools agree",
        since: "0.1.0",
        summary: "environment variable is set twice",
        profile: All,
        run: Container(duplicate_environment_variable),
        frameworks: [],
        aliases: [
            kubescape("C-0295"), kube_linter("duplicate-env-var"),
            kube_score("environment-variable-key-duplication"),
        ],
    }
}

fn duplicate_environment_variable(cx: &mut ContainerCx<'_>) {
    let mut places: HashMap<&str, Vec<(Node<'_>, Node<'_>)>> = HashMap::new();
    let mut order = Vec::new();
    let mut built = Vec::new();
    for entry in cx.container.env() {
        let Some(name) = entry.get("name") else {
            continue;
        };
        let text = name.scalar_text();
        let value = entry.str_at(&["value"]).unwrap_or_default();
        if value.contains("$(") && value.contains(&format!("$({text})")) {
            built.push(text);
        }
        let places = places.entry(text).or_default();
        if places.is_empty() {
            order.push(text);
        }
        places.push((name, entry));
    }
    for name in order {
        let places = places.get(name).map(Vec::as_slice).unwrap_or_default();
        let Some((last, lost)) = places.split_last() else {
            continue;
        };
        if lost.is_empty() || built.contains(&name) {
            continue;
        }
        let times = places.len();
        let container = cx.container.display();
        for (node, entry) in lost {
            let message = format!("{container} sets `{name}` {times} times, and this one is lost");
            cx.report(&DUPLICATE_ENVIRONMENT_VARIABLE, *node, message)
                .help("keep one of them")
                .fix_remove("remove the one that is lost", *entry)
                .safe_fix();
        }
        let message = format!("{container} sets `{name}` {times} times, and this one counts");
        cx.report(&DUPLICATE_ENVIRONMENT_VARIABLE, last.0, message)
            .help("keep one of them");
    }
}
