//! `ciel watch` on audit logs.

use std::fs;

use crate::run::{Ran, ciel};

const RULES: &str = "\
- rule: Secret read
  desc: Somebody reads secrets
  condition: ka.verb in (get, list) and ka.target.resource = secrets
  output: Secret read (user=%ka.user.name ns=%ka.target.namespace)
  priority: WARNING
  source: k8s_audit
  tags: [k8s]
";
pub(crate) const EVENT: &str = r#"{"kind":"Event","auditID":"a","stageTimestamp":"2026-11-23T03:44:05.8782Z","verb":"get","user":{"username":"ana"},"objectRef":{"resource":"secrets","namespace":"shop"}}"#;

fn watch(log: &str, args: &[&str]) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("audit.log"), log).expect("written");
    fs::write(folder.path().join("rules.yaml"), RULES).expect("written");
    let all = ["watch", "--replay", "audit.log", "--rules", "rules.yaml"];
    ciel(folder.path(), &[&all, args].concat())
}

#[test]
fn events_alert_as_those_of_captures() {
    let ran = watch(EVENT, &["--format", "json", "--fail-on", "warning"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(
        ran.json(),
        serde_json::json!({
            "time": "2026-11-23T03:44:05.878200000Z", "rule": "Secret read", "priority": "Warning",
            "source": "k8s_audit", "hostname": "",
            "output": "2026-11-23T03:44:05.878200000+0000: Warning Secret read (user=ana ns=shop)",
            "output_fields": {
                "evt.time.iso8601": 1_795_405_445_878_200_000_u64,
                "ka.target.namespace": "shop", "ka.user.name": "ana",
            },
            "tags": ["k8s"],
        })
    );
}

#[test]
fn a_broken_line_makes_the_log_incomplete() {
    let ran = watch(&format!("{EVENT}\n{{\"kind\":\n{EVENT}\n"), &[]);
    assert_eq!(ran.code, 3);
    assert_eq!(ran.stdout.lines().count(), 2);
    assert!(ran.stderr.contains("audit.log: line 2: "), "{}", ran.stderr);
}
