//! `ciel scan --watch`.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, ChildStderr, Command, Stdio},
    sync::mpsc::{self, Receiver},
    time::Duration,
};

use crate::run::PRIVILEGED;

/// Ends the program with the test.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Lines as they come, each within a time in which any machine would have told it.
struct Lines(Receiver<String>);

impl Lines {
    fn of(stderr: ChildStderr) -> Self {
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self(receiver)
    }

    fn next(&self) -> String {
        self.0
            .recv_timeout(Duration::from_secs(30))
            .expect("a line")
    }
}

#[test]
fn changes_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("pod.yaml");
    std::fs::write(&path, PRIVILEGED).expect("a file");
    let report = folder.path().join("report.json");
    let mut child = Command::new(env!("CARGO_BIN_EXE_ciel"))
        .args([
            "scan",
            "--watch",
            "--select",
            "privileged-container",
            "--format",
        ])
        .arg(format!("json={}", report.display()))
        .arg(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let lines = Lines::of(child.stderr.take().expect("piped"));
    let _watching = Watching(child);
    assert_eq!(lines.next(), "ciel: watching; end with Ctrl-C");

    // The clocks of file systems are coarse.
    std::thread::sleep(Duration::from_millis(50));
    std::fs::write(&path, PRIVILEGED.replace("true", "false")).expect("a file");
    assert_eq!(lines.next(), "ciel: 0 new, 1 gone");
    let gone = lines.next();
    assert!(
        gone.starts_with("ciel: - POD001 privileged-container Pod/web"),
        "{gone}"
    );
    let report = std::fs::read_to_string(&report).expect("a report");
    assert!(report.contains("\"findings\": []"), "{report}");
}

#[test]
fn standard_input_is_refused() {
    let output = Command::new(env!("CARGO_BIN_EXE_ciel"))
        .args(["scan", "--watch", "-"])
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(
        message.contains("standard input cannot be watched"),
        "{message}"
    );
}
