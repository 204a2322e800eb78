//! Archives, good and hostile.

use std::io::Write;

use ciel_load::{Input, LoadOptions, Progress, load};
use flate2::{Compression, write::GzEncoder};
use proptest::{collection::vec, prelude::*};

use crate::support::{Folder, POD, has_renderers, objects};

type Members<'a> = &'a [(&'a str, &'a [u8])];

fn tar(members: Members<'_>) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        // Past the crate's own checks, which refuse `..`.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append(&header, *content).unwrap();
    }
    builder.into_inner().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip(members: Members<'_>) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in members {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const MEMBERS: Members<'_> = &[
    ("deploy/web.yaml", POD.as_bytes()),
    ("README.md", b"apiVersion kind"),
    ("./b.json", br#"{"apiVersion": "v1", "kind": "Pod"}"#),
];

/// Checks the names of what an archive holds, whatever the archive's own name is.
fn check(bytes: &[u8], expected: &[&str]) {
    for name in ["a.tgz", "archive"] {
        let folder = Folder::new(&[]);
        folder.write(name, bytes);
        let loaded = folder.load(&[name]);
        let expected: Vec<_> = expected.iter().map(|it| format!("{name}!/{it}")).collect();
        assert_eq!(folder.names(&loaded), expected);
        assert_eq!(loaded.diagnostics, []);
        assert!(loaded.complete);
    }
}

#[test]
fn archives_are_known_by_their_content() {
    let expected = ["b.json", "deploy/web.yaml"];
    check(&tar(MEMBERS), &expected);
    check(&gzip(&tar(MEMBERS)), &expected);
    check(&zip(MEMBERS), &expected);
}

#[test]
fn paths_that_lead_out_lead_nowhere() {
    let members: Members<'_> = &[
        ("../../out.yaml", POD.as_bytes()),
        ("/etc/x.yaml", POD.as_bytes()),
    ];
    check(&tar(members), &["etc/x.yaml", "out.yaml"]);
}

#[test]
fn a_member_that_comes_twice_is_read_once() {
    check(
        &tar(&[("a.yaml", POD.as_bytes()), ("a.yaml", POD.as_bytes())]),
        &["a.yaml"],
    );
}

#[test]
fn a_single_compressed_file_is_a_file() {
    let folder = Folder::new(&[]);
    folder.write("a.yaml.gz", gzip(POD.as_bytes()));
    let loaded = folder.load(&[""]);
    assert_eq!(folder.names(&loaded), ["a.yaml.gz"]);
    assert_eq!(loaded.files[0].documents.len(), 1);
}

#[test]
fn one_archive_within_another_is_unfolded_and_no_more() {
    let inner = tar(&[("x.yaml", POD.as_bytes())]);
    let middle = zip(&[("inner.tar", &inner), ("y.yaml", POD.as_bytes())]);
    let folder = Folder::new(&[]);
    folder.write("outer.tgz", gzip(&tar(&[("middle.zip", &middle)])));
    let loaded = folder.load(&["outer.tgz"]);
    assert_eq!(
        folder.messages(&loaded),
        ["outer.tgz!/middle.zip!/inner.tar:1: an archive too deep within archives: not read"]
    );
    assert_eq!(folder.names(&loaded)[0], "outer.tgz!/middle.zip!/y.yaml");
}

#[test]
fn a_cut_archive_is_told_and_what_was_read_stands() {
    let whole = tar(MEMBERS);
    let folder = Folder::new(&[]);
    folder.write("a.tar", &whole[..1100]);
    let loaded = folder.load(&["a.tar"]);
    assert_eq!(folder.names(&loaded), ["a.tar!/deploy/web.yaml", "a.tar"]);
    assert!(loaded.diagnostics[0].is_error && !loaded.complete);
}

#[test]
fn what_is_compressed_otherwise_is_told_where_it_is_named() {
    let folder = Folder::new(&[]);
    folder.write("a.tar.xz", b"\xfd7zXZ\0\0\x04");
    assert_eq!(
        folder.messages(&folder.load(&["a.tar.xz"])),
        ["a.tar.xz:1: compressed with xz, which is not read"]
    );
}

#[test]
fn bytes_are_read_as_files_are() {
    for (bytes, expected) in [(POD.as_bytes().to_vec(), "-"), (tar(MEMBERS), "-!/b.json")] {
        let input = Input::Bytes {
            name: "-".to_owned(),
            bytes,
        };
        let loaded = load(&[input], &LoadOptions::default(), &Progress::default()).unwrap();
        assert_eq!(loaded.files[0].source.name, expected);
    }
}

#[test]
fn archives_within_folders_are_left_alone() {
    let folder = Folder::new(&[("a.yaml", POD)]);
    folder.write("dump.tgz", gzip(&tar(MEMBERS)));
    let loaded = folder.load(&[""]);
    assert_eq!(folder.names(&loaded), ["a.yaml"]);
    assert_eq!(loaded.skipped, 1);
}

const CHART: &[u8] = b"apiVersion: v2\nname: web\nversion: 1.0.0\n";
const TEMPLATE: &[u8] = b"apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Release.Name }}}\n";

#[test]
fn packaged_charts_are_rendered() {
    if !has_renderers() {
        return;
    }
    let members: Members<'_> = &[
        ("web/Chart.yaml", CHART),
        ("web/templates/pod.yaml", TEMPLATE),
    ];
    let folder = Folder::new(&[]);
    folder.write("web-1.0.0.tgz", gzip(&tar(members)));
    for named in ["", "web-1.0.0.tgz"] {
        let loaded = folder.load(&[named]);
        assert_eq!(folder.messages(&loaded), [""; 0]);
        assert_eq!(
            objects(&folder, loaded),
            ["web-1.0.0.tgz!/web/templates/pod.yaml: Pod web"]
        );
    }
}

#[test]
fn packaged_subcharts_belong_to_their_chart() {
    if !has_renderers() {
        return;
    }
    let sub: Members<'_> = &[
        (
            "db/Chart.yaml",
            b"apiVersion: v2\nname: db\nversion: 1.0.0\n",
        ),
        ("db/templates/pod.yaml", TEMPLATE),
    ];
    let sub = gzip(&tar(sub));
    let folder = Folder::new(&[]);
    folder.write("web/Chart.yaml", CHART);
    folder.write("web/charts/db-1.0.0.tgz", &sub);
    let members: Members<'_> = &[("web/Chart.yaml", CHART), ("web/charts/db-1.0.0.tgz", &sub)];
    folder.write("web.tgz", tar(members));
    for (named, expected) in [
        ("web", "web/charts/db/templates/pod.yaml: Pod web"),
        (
            "web.tgz",
            "web.tgz!/web/charts/db/templates/pod.yaml: Pod web",
        ),
    ] {
        let loaded = folder.load(&[named]);
        assert_eq!(folder.messages(&loaded), [""; 0]);
        assert_eq!(objects(&folder, loaded), [expected]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn damaged_archives_do_no_harm(
        which in 0..3_usize,
        damage in vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        let mut bytes = vec![tar(MEMBERS), gzip(&tar(MEMBERS)), zip(MEMBERS)].swap_remove(which);
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let folder = Folder::new(&[]);
        folder.write("box/a.tar", &bytes);
        folder.load(&["box/a.tar"]);
        let written: Vec<_> = std::fs::read_dir(folder.path("")).unwrap().collect();
        prop_assert_eq!(written.len(), 1);
    }
}
