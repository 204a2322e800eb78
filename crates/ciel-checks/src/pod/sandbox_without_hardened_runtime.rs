use ciel_snapshot::{Object, Snapshot};

use super::sandboxes;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds sandboxes for AI agents (`Sandbox`, `SandboxTemplate`) that do not run in gVisor, Kata Containers or
    /// another runtime with a kernel of its own. Where the RuntimeClass is in the input, its handler decides;
    /// where it is not, its name, and a name that says nothing is not reported.
    ///
    /// ## Why is this bad?
    /// A sandbox runs code that nobody has read, at the word of a model that strangers talk to. With runc, that
    /// code calls the node's own kernel: one flaw there, and it is on the node.
    ///
    /// ## Example
    /// ```yaml
    /// kind: SandboxTemplate
    /// spec:
    ///   podTemplate:
    ///     spec:
    ///       containers:
    ///       - name: python
    ///         image: python:3.13
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: SandboxTemplate
    /// spec:
    ///   podTemplate:
    ///     spec:
    ///       runtimeClassName: gvisor
    ///       containers:
    ///       - name: python
    ///         image: python:3.13
    /// ```
    ///
    /// ## Exceptions
    /// Clusters whose default runtime is a hardened one, and sandboxes for code of one's own.
    ///
    /// ## References
    /// - <https://agent-sandbox.sigs.k8s.io/>
    /// - <https://kubernetes.io/docs/concepts/containers/runtime-class/>
    pub static SANDBOX_WITHOUT_HARDENED_RUNTIME = {
        code: "POD049",
        name: "sandbox-without-hardened-runtime",
        severity: High,
        since: "0.1.0",
        summary: "sandbox for an AI agent shares the node's kernel",
        run: Object(sandboxes::KINDS, sandbox_without_hardened_runtime),
        frameworks: [mitre("T1611")],
        aliases: [kubescape("C-0297")],
    }
}

fn sandbox_without_hardened_runtime(cx: &mut ObjectCx<'_>) {
    let Some(spec) = sandboxes::pod_spec(cx.object) else {
        return;
    };
    let class = spec.get("runtimeClassName");
    let name = class.map_or("", |class| class.scalar_text());
    let hardened = hardened_class(cx.snapshot());
    const HELP: &str = "set `runtimeClassName` to a class for gVisor or Kata Containers";
    let report = match class {
        Some(class) if !name.is_empty() => {
            if shares_kernel(cx.snapshot(), name) != Some(true) {
                return;
            }
            let message = format!("sandbox runs in `{name}`, which shares the node's kernel");
            cx.report(&SANDBOX_WITHOUT_HARDENED_RUNTIME, class, message)
        }
        Some(class) => {
            let message = "sandbox names no runtime class, and shares the node's kernel";
            cx.report(&SANDBOX_WITHOUT_HARDENED_RUNTIME, class, message)
        }
        None => {
            let message = "sandbox names no runtime class, and shares the node's kernel";
            cx.report_missing(
                &SANDBOX_WITHOUT_HARDENED_RUNTIME,
                spec,
                ".runtimeClassName",
                message,
            )
        }
    };
    let report = report.help(HELP);
    if let Some(hardened) = hardened {
        let description = format!("run in `{hardened}`");
        report.fix_set(description, spec, &["runtimeClassName"], hardened);
    }
}

/// A class of the input that does not share the node's kernel.
fn hardened_class(snapshot: &Snapshot) -> Option<&str> {
    let mut classes = snapshot.of_kind("node.k8s.io", "RuntimeClass");
    let found = classes.find(|class| is_hardened(handler(*class)))?;
    Some(found.name())
}

fn handler(class: Object<'_>) -> &str {
    let handler = class.root().str_at(&["handler"]);
    handler
        .or_else(|| class.root().str_at(&["spec", "runtimeHandler"]))
        .unwrap_or_default()
}

/// Whether a runtime class shares the node's kernel, if that can be known.
fn shares_kernel(snapshot: &Snapshot, name: &str) -> Option<bool> {
    let class = snapshot.find("node.k8s.io", "RuntimeClass", "", name);
    if let Some(class) = class {
        return Some(!is_hardened(handler(class)));
    }
    const SHARING: [&str; 8] = [
        "runc",
        "crun",
        "youki",
        "nvidia",
        "docker",
        "containerd",
        "default",
        "sysbox-runc",
    ];
    match name {
        name if is_hardened(name) => Some(false),
        name if SHARING.contains(&name) => Some(true),
        _ => None,
    }
}

/// Whether a handler or class is called like a runtime with a kernel, or a WebAssembly machine, of its own.
fn is_hardened(name: &str) -> bool {
    const PARTS: [&str; 10] = [
        "gvisor",
        "runsc",
        "kata",
        "firecracker",
        "kuasar",
        "runv",
        "rund",
        "hypervisor",
        "wasm",
        "quark",
    ];
    let name = name.to_ascii_lowercase();
    PARTS.iter().any(|part| name.contains(part))
}
