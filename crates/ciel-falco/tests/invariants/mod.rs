//! What holds of any text: shared by tests and fuzz targets.

use std::sync::Arc;

use ciel_falco::{
    audit::AuditLog,
    compile::{Node, Program},
    condition,
    engine::{AuditEngine, Matching},
    load::Loader,
};

/// A condition is read or refused at a place within it; what was read means the same when it is written and read again.
pub(crate) fn condition(text: &str) {
    match condition::parse(text) {
        Err(error) => assert!(error.position.offset as usize <= text.len(), "{error:?}"),
        Ok(expr) => {
            let written = expr.to_string();
            match condition::parse(&written) {
                Ok(again) => assert_eq!(again.to_string(), written),
                // One level of parentheses more may be too many; and of quotes that a backslash ends, upstream's reader
                // sees another end.
                Err(error) => assert!(
                    written.contains('\\') || error.message.contains("depth"),
                    "{written}: {error:?}"
                ),
            }
        }
    }
}

/// A rule file loads or does not; what is said of it has its place in the text, and the program refers only backwards.
pub(crate) fn rules(text: &str) {
    let text: Arc<str> = Arc::from(text);
    let mut loader = Loader::new();
    let result = loader.load("fuzz.yaml", &text);
    assert!(result.errors.len() <= 1);
    let report = result.to_json(&|_| "");
    let successful = report
        .get("successful")
        .and_then(serde_json::Value::as_bool);
    assert_eq!(successful, Some(result.successful()));
    for error in &result.errors {
        if let Some(span) = error.context.place(&text, error.culprit.as_deref()) {
            assert!(span.start <= span.end && span.end as usize <= text.len());
        }
        assert!(!error.context.snippet(&text).is_empty());
    }
    refers_backwards(loader.program());
}

fn refers_backwards(program: &Program) {
    for (index, node) in program.nodes.iter().enumerate() {
        let parts = match node {
            Node::And(parts) | Node::Or(parts) => parts.to_vec(),
            Node::Not(inner) => vec![*inner],
            Node::Check(check) => {
                assert!(program.check(*check).is_some());
                Vec::new()
            }
        };
        assert!(parts.iter().all(|part| (part.0 as usize) < index));
    }
    for rule in &program.rules {
        assert!(program.node(rule.condition).is_some());
        let _ = rule.expression.to_lines();
    }
}

/// A log is read to its end, and no rule asks anything of its events that is not answered.
pub(crate) fn audit(bytes: &[u8]) {
    let rule = "- rule: r\n  desc: d\n  source: k8s_audit\n  priority: INFO\n  condition: >\n    jevt.rawtime exists and not ka.req.pod.containers.image.repository in (a) and not ka.req.volume.hostpath[/a*] = b\n  output: >\n    %jevt.obj %jevt.value[/a/0/~1] %ka.uri.param[a] %ka.req.pod.containers.host_port %ka.req.pod.containers.eff_run_as_user[0]\n    %ka.req.role.rules.verbs %ka.req.pod.volumes.volume_type %ka.req.container.image.repository %evt.plugininfo\n";
    let mut loader = Loader::new().with_audit();
    assert!(loader.load("rule.yaml", &Arc::from(rule)).successful());
    let mut engine = AuditEngine::new(loader.into_program(), Matching::All);
    let mut log = AuditLog::new(bytes);
    for event in log.by_ref() {
        assert!(engine.alerts(&event).len() <= 1);
    }
    let lines = bytes.split(|byte| *byte == b'\n').count();
    for diagnostic in log.into_diagnostics() {
        let line = diagnostic.message.strip_prefix("line ");
        let line = line.and_then(|rest| rest.split_once(':')?.0.parse::<usize>().ok());
        assert!(line.is_none_or(|line| (1..=lines).contains(&line)));
    }
}
