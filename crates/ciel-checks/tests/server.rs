//! A real API server takes the manifests that the documentation and the tests of checks hold: no field misspelt, none in
//! the wrong place, no value of the wrong type. They are excerpts: what they leave out is not held against them, and kinds
//! that the server does not have are passed over.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test that reads and writes files, and fails loudly"
)]

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use ciel_checks::catalogue;
use ciel_testkit::Cluster;
use ciel_yaml::Node;

/// Blocks of tests in which something is wrong on purpose.
const ODD: [&str; 13] = [
    "allow-privilege-escalation-",
    "cap-net-raw-",
    "cap-sys-admin-",
    "cap-sys-module-",
    "caps-not-dropped-",
    "expired-certificate-",
    "impossible-resources-",
    "misplaced-field-",
    "pss-volume-type-",
    "run-as-root-",
    "secret-literal-in-environment-",
    "tls-verification-off-",
    "writable-root-fs-",
];

/// A block of YAML, and the heading that it stands under.
struct Block {
    heading: String,
    text: String,
}

fn blocks(markdown: &str) -> Vec<Block> {
    let is_comment = markdown.starts_with(' ');
    let mut blocks = Vec::new();
    let mut heading = String::new();
    let mut open: Option<Block> = None;
    for line in markdown.lines() {
        // Comments of documentation begin with a space.
        let line = line
            .strip_prefix(' ')
            .filter(|_| is_comment)
            .unwrap_or(line);
        if let Some(fence) = line.strip_prefix("```") {
            blocks.extend(open.take());
            if fence.starts_with("yaml") {
                let heading = heading.clone();
                open = Some(Block {
                    heading,
                    text: String::new(),
                });
            }
        } else if let Some(block) = &mut open {
            block.text.push_str(line);
            block.text.push('\n');
        } else if let Some(title) = line.strip_prefix("## ") {
            title.clone_into(&mut heading);
        }
    }
    blocks
}

/// The namespaces of the objects in a block that are whole enough to be sent; `None` where there is none of these.
fn namespaces(text: &str) -> Option<BTreeSet<String>> {
    let parsed = ciel_yaml::parse(&text.into());
    let mut namespaces = BTreeSet::new();
    let mut is_any = false;
    for document in &parsed.documents {
        let root = document.root();
        if root.is_null() {
            continue;
        }
        if root.str_at(&["apiVersion"]).is_none() || root.str_at(&["kind"]).is_none() {
            return None;
        }
        is_any = true;
        let lists = root.get("items").into_iter().flat_map(Node::items);
        for object in lists.chain([root]) {
            let namespace = object.str_at(&["metadata", "namespace"]);
            namespaces.extend(namespace.filter(is_label).map(str::to_owned));
        }
    }
    is_any.then_some(namespaces)
}

fn is_label(text: &&str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// What the server says of a folder of manifests, a line an object that it refuses.
fn refusals(cluster: &Cluster, folder: &Path, namespaces: &BTreeSet<String>) -> Vec<String> {
    let mut objects = String::new();
    for namespace in namespaces {
        let object = format!(
            "---\n{{apiVersion: v1, kind: Namespace, metadata: {{name: \"{namespace}\"}}}}\n"
        );
        objects.push_str(&object);
    }
    cluster
        .kubectl(&["apply", "--filename", "-"], &objects)
        .expect("namespaces");
    let folder = folder.display().to_string();
    let arguments = [
        "create",
        "--dry-run=server",
        "--validate=strict",
        "--filename",
        &folder,
    ];
    let said = cluster.kubectl(&arguments, "").err().unwrap_or_default();
    let lines = said
        .lines()
        .filter(|line| line.contains("error when creating"));
    lines.map(str::to_owned).collect()
}

/// Whether an answer is about something that is there and wrong.
fn is_wrong(line: &str) -> bool {
    line.contains("cannot be handled as")
        || ["Unsupported value: ", "Duplicate value: ", "Forbidden: "]
            .iter()
            .any(|word| line.contains(word))
        || line.matches("Invalid value: ").count()
            > line.matches("`selector` does not match template").count()
}

#[test]
fn documented_manifests_are_accepted() {
    let Some(cluster) = Cluster::start() else {
        return;
    };
    let folder = cluster.folder().join("documentation");
    fs::create_dir(&folder).expect("a folder");
    let mut all = BTreeSet::new();
    let mut count = 0;
    for rule in catalogue() {
        let blocks = blocks(rule.check.docs);
        for (index, block) in blocks.iter().enumerate() {
            let is_example = ["Example", "Use instead"].contains(&block.heading.as_str());
            let Some(namespaces) = namespaces(&block.text).filter(|_| is_example) else {
                continue;
            };
            all.extend(namespaces);
            count += 1;
            let name = format!("{}-{index}.yaml", rule.check.name);
            fs::write(folder.join(name), &block.text).expect("a file");
        }
    }
    assert!(count > 50, "{count} examples");
    complain(&refusals(&cluster, &folder, &all), is_wrong);
}

#[test]
fn tests_hold_no_misspelt_fields() {
    let Some(cluster) = Cluster::start() else {
        return;
    };
    let folder = cluster.folder().join("tests");
    fs::create_dir(&folder).expect("a folder");
    let mut all = BTreeSet::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("resources/mdtest");
    for topic in fs::read_dir(root).expect("a folder") {
        for file in fs::read_dir(topic.expect("an entry").path()).expect("a folder") {
            let path = file.expect("an entry").path();
            let stem = path.file_stem().expect("a name").to_string_lossy();
            let text = fs::read_to_string(&path).expect("text");
            for (index, block) in blocks(&text).iter().enumerate() {
                if let Some(namespaces) = namespaces(&block.text) {
                    all.extend(namespaces);
                    let name = format!("{stem}-{index}.yaml");
                    fs::write(folder.join(name), &block.text).expect("a file");
                }
            }
        }
    }
    complain(&refusals(&cluster, &folder, &all), |line| {
        let is_odd = ODD.iter().any(|name| line.contains(&format!("/{name}")));
        line.contains("cannot be handled as") && !is_odd
    });
}

fn complain(refusals: &[String], is_wrong: impl Fn(&str) -> bool) {
    let mut complaints = String::new();
    for line in refusals.iter().filter(|line| is_wrong(line)) {
        writeln!(complaints, "{line}").expect("memory");
    }
    assert!(complaints.is_empty(), "{complaints}");
}
