use ciel_core::limits;
use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds mappings whose keys are not in alphabetical order, anywhere in an object. It runs only when it is selected
    /// by name.
    ///
    /// ## Why is this bad?
    /// Where all manifests are kept in one order, as tools write them, a change shows up in comparisons as itself and
    /// not as lines that moved.
    ///
    /// ## Example
    /// ```yaml
    /// metadata:
    ///   name: web
    ///   labels: {app: web}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// metadata:
    ///   labels: {app: web}
    ///   name: web
    /// ```
    ///
    /// ## Exceptions
    /// The order means nothing to Kubernetes. Most people put `name` first, so no profile has this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/overview/working-with-objects/>
    pub static UNSORTED_KEYS = {
        code: "GOV020",
        name: "unsorted-keys",
        severity: Info,
        severity_reason: "only kube-linter asks, and only when told to; nearly every manifest puts `name` first",
        since: "0.1.0",
        summary: "keys are not in alphabetical order",
        profile: Asked,
        run: AnyObject(unsorted_keys),
        frameworks: [],
        aliases: [kube_linter("sorted-keys")],
    }
}

fn unsorted_keys(cx: &mut ObjectCx<'_>) {
    let root = cx.object.root();
    visit(cx, root, 0);
}

fn visit<'s>(cx: &mut ObjectCx<'s>, node: Node<'s>, depth: usize) {
    if depth > limits::DEPTH {
        return;
    }
    let mut last = "";
    let mut is_reported = false;
    for (key, value) in node.entries() {
        let name = key.scalar_text();
        if name < last && !is_reported {
            let message = format!("key `{name}` stands behind `{last}`");
            cx.report(&UNSORTED_KEYS, node, message)
                .help("put the keys into alphabetical order");
            is_reported = true;
        }
        last = name;
        visit(cx, value, depth + 1);
    }
    for item in node.items() {
        visit(cx, item, depth + 1);
    }
}
