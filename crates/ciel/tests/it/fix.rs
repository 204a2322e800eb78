//! `ciel fix` from end to end.

use std::{fs, path::Path};

use crate::run::{ciel, ciel_with_input, folder};

/// A pod with two safe fixes and several that are not.
const POD: &str = "\
# the shop's front
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
  - name: app # the program
    image: quay.io/acme/web:1.2.3
    securityContext:
      privileged: false # never
";

const FIXED: &str = "\
# the shop's front
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
  - name: app # the program
    image: quay.io/acme/web:1.2.3
    securityContext:
      privileged: false # never
      allowPrivilegeEscalation: false
      seccompProfile:
        type: RuntimeDefault
";

#[test]
fn a_diff_shows_what_would_change() {
    let folder = folder(&[("web.yaml", POD)]);
    let ran = ciel(folder.path(), &["fix", "web.yaml"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let wanted = "\
--- a/web.yaml
+++ b/web.yaml
@@ -8,3 +8,6 @@
     image: quay.io/acme/web:1.2.3
     securityContext:
       privileged: false # never
+      allowPrivilegeEscalation: false
+      seccompProfile:
+        type: RuntimeDefault
";
    assert_eq!(ran.stdout, wanted);
    assert!(
        ran.stderr
            .contains("2 findings can be fixed in 1 file, 0 left, 0 new"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("--unsafe-fixes"), "{}", ran.stderr);
    assert_eq!(read(folder.path(), "web.yaml"), POD);
}

#[test]
fn written_fixes_are_gone_from_the_next_scan() {
    let folder = folder(&[("web.yaml", POD)]);
    let ran = ciel(folder.path(), &["fix", "--write", "."]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("fixed web.yaml:7 POD002"),
        "{}",
        ran.stderr
    );
    assert_eq!(read(folder.path(), "web.yaml"), FIXED);
    let again = ciel(folder.path(), &["fix", "."]);
    assert_eq!(
        (again.code, again.stdout.as_str()),
        (0, ""),
        "{}",
        again.stderr
    );
}

#[test]
fn unsafe_fixes_are_made_when_asked_for() {
    let folder = folder(&[("web.yaml", POD)]);
    let ran = ciel(
        folder.path(),
        &[
            "fix",
            "--write",
            "--unsafe-fixes",
            "--select",
            "POD009",
            "web.yaml",
        ],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let text = read(folder.path(), "web.yaml");
    assert!(
        text.ends_with("      capabilities:\n        drop:\n        - ALL\n"),
        "{text}"
    );
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = folder(&[]);
    let ran = ciel_with_input(folder.path(), &["fix", "--write", "-"], POD);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (0, FIXED),
        "{}",
        ran.stderr
    );
}

#[test]
fn what_it_does_not_dare_is_said() {
    let text = POD.replace("    securityContext:\n", "    securityContext: &context\n");
    let text =
        format!("{text}  - name: b\n    image: quay.io/acme/b:1\n    securityContext: *context\n");
    let folder = folder(&[("web.yaml", &text)]);
    let ran = ciel(folder.path(), &["fix", "--write", "web.yaml"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("left  web.yaml:7 POD002"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("is shared through an anchor"),
        "{}",
        ran.stderr
    );
    assert_eq!(read(folder.path(), "web.yaml"), text);
}

#[test]
fn suppressed_findings_are_left_alone() {
    let text = POD.replace("# the program", "# ciel: ignore[POD002, POD016] by design");
    let folder = folder(&[("web.yaml", &text)]);
    let ran = ciel(folder.path(), &["fix", "web.yaml"]);
    assert_eq!(
        ran.stdout.matches("allowPrivilegeEscalation").count(),
        0,
        "{}",
        ran.stdout
    );
}

#[test]
fn options_of_reports_are_refused() {
    let folder = folder(&[("web.yaml", POD)]);
    let ran = ciel(folder.path(), &["fix", "--format", "json", "web.yaml"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("--format belongs to ciel scan"),
        "{}",
        ran.stderr
    );
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = folder(&[("real/web.yaml", POD)]);
    let real = folder.path().join("real/web.yaml");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("permissions");
    symlink("real/web.yaml", folder.path().join("link.yaml")).expect("a link");
    let ran = ciel(folder.path(), &["fix", "--write", "link.yaml"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(read(folder.path(), "real/web.yaml"), FIXED);
    assert!(folder.path().join("link.yaml").is_symlink());
    let mode = fs::metadata(&real).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    let names = fs::read_dir(folder.path().join("real"))
        .expect("a folder")
        .count();
    assert_eq!(names, 1, "nothing is left lying about");
}

#[cfg(unix)]
#[test]
fn read_only_files_are_not_written() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder(&[("web.yaml", POD)]);
    let path = folder.path().join("web.yaml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("permissions");
    let ran = ciel(folder.path(), &["fix", "--write", "web.yaml"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("it is read-only"), "{}", ran.stderr);
    assert_eq!(read(folder.path(), "web.yaml"), POD);
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("a file")
}
