//! `ciel events` and `ciel watch` on the captures of the suites, as users of sysdig and Falco call them.

use std::{
    fs,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::{
    run::{Ran, ciel},
    schemas::{schema, validate},
};

/// A folder with captures and Falco's rules of the suites: `attack.scap`, `web.scap`, `rules/` and `rules.yaml`. Nothing
/// where the suites are absent.
pub(crate) fn suites() -> Option<tempfile::TempDir> {
    let suites = ciel_testkit::suites_dir()?.join("falco");
    let folder = tempfile::tempdir().expect("a folder");
    let copy = |from: PathBuf, to: &str| {
        fs::write(folder.path().join(to), fs::read(from).expect("a file")).expect("written");
    };
    copy(suites.join("captures/node-attack.scap"), "attack.scap");
    copy(suites.join("captures/node-web.scap"), "web.scap");
    fs::create_dir(folder.path().join("rules")).expect("a folder");
    for name in ciel_testkit::FALCO_RULES {
        copy(suites.join("rules").join(name), &format!("rules/{name}"));
    }
    copy(suites.join("rules/falco_rules.yaml"), "rules.yaml");
    Some(folder)
}

fn run(folder: &Path, args: &str) -> Ran {
    ciel(folder, &args.split(' ').collect::<Vec<_>>())
}

fn lines(ran: &Ran) -> Vec<Value> {
    let lines = ran.stdout.lines();
    lines
        .map(|line| serde_json::from_str(line).expect("one JSON object a line"))
        .collect()
}

#[track_caller]
fn check_refused(args: &[&str], expected: &[&str]) {
    let Some(folder) = suites() else { return };
    let ran = ciel(folder.path(), args);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
    for words in expected {
        assert!(ran.stderr.contains(words), "{words}: {}", ran.stderr);
    }
}

#[test]
fn a_wrong_field_is_named_with_the_right_one() {
    for (fields, expected) in [
        ("proc.nam", "did you mean `proc.name`?"),
        ("evt.num,fd.nme", "`fd.nme`"),
        ("evt.arg.nosuch", "no event has an argument `nosuch`"),
        ("proc.aname[x]", "must be a number"),
    ] {
        check_refused(&["events", "--fields", fields, "web.scap"], &[expected]);
    }
}

#[test]
fn a_wrong_filter_is_shown_with_its_place() {
    check_refused(
        &[
            "events",
            "--filter",
            "evt.type=open and proc.nam=x",
            "web.scap",
        ],
        &[
            "nonexistent field proc.nam\n  evt.type=open and proc.nam=x\n                    ^\n",
            "--list-fields",
        ],
    );
    check_refused(
        &["events", "--filter", "evt.type=open\nand foo", "web.scap"],
        &["'foo'\n  and foo\n      ^\n"],
    );
}

#[test]
fn a_time_is_told_how_to_be_written() {
    check_refused(
        &["events", "--from", "noon", "web.scap"],
        &["2026-11-23T12:00:00Z"],
    );
}

#[test]
fn what_is_read_is_not_written_over() {
    for option in ["--write", "--output"] {
        let args = ["events", option, "./web.scap", "web.scap"];
        check_refused(&args, &["name another file"]);
    }
    let args = [
        "watch", "--replay", "web.scap", "--rules", "rules", "-o", "web.scap",
    ];
    check_refused(&args, &["name another file"]);
}

#[test]
fn the_raw_form_has_no_fields() {
    check_refused(
        &[
            "events", "--format", "raw", "--fields", "evt.num", "web.scap",
        ],
        &["--format text or json"],
    );
}

#[test]
fn fields_are_listed_by_prefix() {
    let Some(folder) = suites() else { return };
    let ran = run(folder.path(), "events --list-fields fs.path.");
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.contains("  fs.path.nameraw"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("proc.name"));
    check_refused(
        &["events", "--list-fields", "nosuch"],
        &["no field begins with `nosuch`"],
    );
}

#[test]
fn fields_come_from_a_file_too() {
    let Some(folder) = suites() else { return };
    fs::write(
        folder.path().join("fields"),
        "# two\nevt.num\n\n evt.type \n",
    )
    .expect("written");
    let ran = run(
        folder.path(),
        "events --format json --limit 1 --fields-file fields web.scap",
    );
    assert_eq!(ran.stdout, "{\"evt.num\":1,\"evt.type\":\"execve\"}\n");
}

#[test]
fn lines_are_those_of_sysdig() {
    let Some(folder) = suites() else { return };
    let ran = run(folder.path(), "events --limit 2 web.scap");
    let words: Vec<&str> = ran
        .stdout
        .lines()
        .next()
        .expect("a line")
        .split(' ')
        .collect();
    assert_eq!(
        (words[0], words[3], words[5], words[6]),
        ("1", "setsid", "<", "execve")
    );
    assert_eq!(ran.stdout.lines().count(), 2);
}

#[test]
fn raw_lines_have_what_the_capture_has() {
    let Some(folder) = suites() else { return };
    let ran = run(folder.path(), "events --limit 1 --format raw web.scap");
    assert!(ran.stdout.contains("SYSCALL_EXECVE_"), "{}", ran.stdout);
    assert!(
        ran.stdout.contains(" exe=\"setsid\\x00\""),
        "{}",
        ran.stdout
    );
}

/// The times of the first event and of the eleventh.
fn times(folder: &Path) -> (u64, u64) {
    let ran = run(folder, "events --fields evt.rawtime --limit 11 web.scap");
    let times: Vec<u64> = ran
        .stdout
        .lines()
        .map(|line| line.parse().expect("a number"))
        .collect();
    (times[0], times[10])
}

#[test]
fn a_time_may_be_written_in_three_ways() {
    let Some(folder) = suites() else { return };
    let (first, eleventh) = times(folder.path());
    let offset = eleventh - first;
    let iso = run(
        folder.path(),
        "events --fields evt.time.iso8601 --limit 11 web.scap",
    );
    let iso = iso.stdout.lines().last().expect("a line").to_owned();
    assert!(iso.ends_with("+0000"), "{iso}");
    let iso = iso.replace("+0000", "Z");
    let relative = format!("+{}.{:09}", offset / 1_000_000_000, offset % 1_000_000_000);
    for from in [eleventh.to_string(), relative, iso] {
        let ran = run(
            folder.path(),
            &format!("events --fields evt.num --limit 1 --from {from} web.scap"),
        );
        assert_eq!(ran.stdout, "11\n", "{from}: {}", ran.stderr);
        let ran = run(
            folder.path(),
            &format!("events --fields evt.num --to {from} web.scap"),
        );
        assert_eq!(ran.stdout.lines().count(), 10, "{from}");
    }
}

#[test]
fn several_captures_follow_each_other() {
    let Some(folder) = suites() else { return };
    let count = |args: &str| run(folder.path(), args).stdout.lines().count();
    let (web, attack) = (count("events web.scap"), count("events attack.scap"));
    assert_eq!(count("events web.scap attack.scap"), web + attack);
    assert_eq!(
        count(&format!("events --limit {} web.scap attack.scap", web + 1)),
        web + 1
    );
}

#[test]
fn a_filtered_capture_holds_what_the_filter_shows() {
    let Some(folder) = suites() else { return };
    let folder = folder.path();
    let filter = ["--filter", "evt.type=connect or proc.name=cat"];
    let show = [
        "--format",
        "json",
        "--fields",
        "evt.rawtime,proc.cmdline,fd.name,proc.aname[2]",
    ];
    let expected = ciel(
        folder,
        &[&["events"], &filter[..], &show, &["attack.scap"]].concat(),
    );
    assert!(!expected.stdout.is_empty(), "{}", expected.stderr);
    for name in ["some.scap", "some.scap.gz"] {
        let write = ["--write", name, "attack.scap"];
        let ran = ciel(folder, &[&["events"], &filter[..], &write].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
        let again = ciel(folder, &[&["events"], &show[..], &[name]].concat());
        assert_eq!(again.stdout, expected.stdout, "{name}");
    }
}

#[test]
fn a_summary_counts_what_there_is() {
    let Some(folder) = suites() else { return };
    let events = run(folder.path(), "events web.scap").stdout.lines().count();
    let ran = run(folder.path(), "events --summary --format json web.scap");
    let summary = ran.json();
    validate(&schema("events-summary-v1.schema.json"), &summary);
    assert_eq!(summary["events"], events);
    let sum = |key: &str| -> u64 {
        let rows = summary[key].as_array().expect("rows");
        rows.iter().filter_map(|row| row["events"].as_u64()).sum()
    };
    assert_eq!(sum("types"), events as u64);
    let text = run(folder.path(), "events --summary web.scap").stdout;
    assert!(text.starts_with(&format!("{events} events in ")), "{text}");
}

#[test]
fn a_cut_capture_ends_with_3() {
    let Some(folder) = suites() else { return };
    let folder = folder.path();
    let whole = fs::read(folder.join("web.scap")).expect("a capture");
    fs::write(folder.join("cut.scap"), &whole[..whole.len() / 2]).expect("written");
    let ran = run(folder, "events cut.scap");
    assert_eq!(ran.code, 3);
    assert!(ran.stdout.lines().count() > 100);
    assert!(ran.stderr.contains("cut off"), "{}", ran.stderr);
    assert_eq!(run(folder, "events --allow-incomplete cut.scap").code, 0);
    let watch = "watch --rules rules --replay cut.scap --rule-matching all";
    assert_eq!(run(folder, watch).code, 3);
    assert_eq!(run(folder, &format!("{watch} --allow-incomplete")).code, 0);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let Some(folder) = suites() else { return };
    for args in [
        &["events", "--format", "json", "attack.scap", "web.scap"][..],
        &[
            "watch",
            "--rules",
            "rules",
            "--rule-matching",
            "all",
            "--replay",
            "attack.scap",
            "attack.scap",
            "attack.scap",
        ],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ciel"))
            .args(args)
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let ended = child.wait_with_output().expect("the program ends");
        assert_eq!(ended.status.code(), Some(0));
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    }
}

#[test]
fn standard_input_is_a_capture() {
    let Some(folder) = suites() else { return };
    let mut child = Command::new(env!("CARGO_BIN_EXE_ciel"))
        .args(["events", "--fields", "evt.num", "--limit", "1", "-"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let bytes = fs::read(folder.path().join("web.scap")).expect("a capture");
    // It stops reading after the first event.
    let _ = child.stdin.take().expect("piped").write_all(&bytes);
    let mut text = String::new();
    child
        .stdout
        .take()
        .expect("piped")
        .read_to_string(&mut text)
        .expect("UTF-8");
    assert_eq!(
        (child.wait().expect("the end").code(), text.as_str()),
        (Some(0), "1\n")
    );
}

/// Alerts of a run on the attack with Falco's stable rules.
fn alerts(folder: &Path, options: &str) -> Vec<Value> {
    let args = format!("watch --replay attack.scap --rules rules.yaml --format json {options}");
    let ran = run(folder, args.trim());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    lines(&ran)
}

#[test]
fn alerts_are_as_the_contract_has_them() {
    let Some(folder) = suites() else { return };
    let schema = schema("alert-v1.schema.json");
    let alerts = alerts(folder.path(), "");
    assert!(!alerts.is_empty());
    for alert in &alerts {
        validate(&schema, alert);
        assert_eq!(alert["hostname"], "node-1");
    }
    let ran = run(
        folder.path(),
        "watch --replay attack.scap --rules rules.yaml",
    );
    let texts: Vec<&str> = ran.stdout.lines().collect();
    let outputs: Vec<&str> = alerts
        .iter()
        .filter_map(|alert| alert["output"].as_str())
        .collect();
    assert_eq!(texts, outputs);
}

#[test]
fn every_rule_may_alert_of_one_event() {
    let Some(folder) = suites() else { return };
    let run = |mode: &str| {
        let args = format!("watch --replay attack.scap --rules rules --rule-matching {mode}");
        run(folder.path(), &args).stdout.lines().count()
    };
    assert!(run("all") > run("first"));
}

#[test]
fn rules_are_selected() {
    let Some(folder) = suites() else { return };
    let all = alerts(folder.path(), "");
    let has_tag = |alert: &Value, tag: &str| {
        let tags = alert["tags"].as_array().expect("tags");
        tags.iter().any(|it| it == tag)
    };
    for (options, is_kept) in [
        (
            "--priority critical",
            &(|alert: &Value| alert["priority"] == "Critical") as &dyn Fn(&Value) -> bool,
        ),
        ("--disable-tag T1555", &|alert| !has_tag(alert, "T1555")),
        ("--select-tag T1555,T1552", &|alert| {
            has_tag(alert, "T1555") || has_tag(alert, "T1552")
        }),
        ("--disable-rule Read*untrusted", &|alert| {
            alert["rule"] != "Read sensitive file untrusted"
        }),
    ] {
        let expected: Vec<&Value> = all.iter().filter(|alert| is_kept(alert)).collect();
        assert!(expected.len() < all.len(), "{options} selects nothing here");
        assert_eq!(
            alerts(folder.path(), options).iter().collect::<Vec<_>>(),
            expected,
            "{options}"
        );
    }
}

#[test]
fn words_that_name_no_rule_are_told() {
    let Some(folder) = suites() else { return };
    let watch = "watch --replay attack.scap --rules rules.yaml";
    for (options, expected) in [
        ("--disable-rule nosuch", "no rule is called `nosuch`"),
        ("--select-tag nosuch", "no rule is left"),
        ("--disable-tag nosuch", "no rule has the tag `nosuch`"),
    ] {
        let ran = run(folder.path(), &format!("{watch} {options}"));
        assert_eq!(ran.code, 0);
        assert!(ran.stderr.contains(expected), "{options}: {}", ran.stderr);
    }
}

#[test]
fn alerts_fail_a_run_where_they_shall() {
    let Some(folder) = suites() else { return };
    for (priority, code) in [("emergency", 0), ("critical", 1), ("debug", 1)] {
        let args = format!("watch --replay attack.scap --rules rules --fail-on {priority}");
        assert_eq!(run(folder.path(), &args).code, code, "{priority}");
    }
}

#[test]
fn without_containers_every_process_is_the_hosts() {
    let Some(folder) = suites() else { return };
    let args = "events --fields container.id --no-containers web.scap";
    let ran = run(folder.path(), args);
    assert!(
        ran.stdout
            .lines()
            .all(|line| line == "host" || line == "<NA>")
    );
}

#[test]
fn rules_that_do_not_load_are_shown_with_their_place() {
    let Some(folder) = suites() else { return };
    let rules = "- rule: x\n  desc: d\n  condition: evt.type=open and proc.nam=x\n  output: x\n  priority: NOTICE\n";
    fs::write(folder.path().join("broken.yaml"), rules).expect("written");
    let ran = run(
        folder.path(),
        "watch --replay attack.scap --rules rules.yaml broken.yaml",
    );
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    for words in [
        "broken.yaml:3:32: ",
        "[LOAD_ERR_COMPILE_CONDITION]",
        "ciel rules check",
    ] {
        assert!(ran.stderr.contains(words), "{words}: {}", ran.stderr);
    }
}

#[test]
fn what_cannot_be_watched_is_told() {
    check_refused(&["watch"], &["--replay FILE", "agent"]);
    check_refused(&["watch", "--replay", "web.scap"], &["--rules FILE"]);
    check_refused(
        &["watch", "--replay", "rules.yaml", "--rules", "rules"],
        &["rules.yaml", "this is no capture"],
    );
    check_refused(
        &["watch", "--replay", "nosuch.scap", "--rules", "rules"],
        &["nosuch.scap", "No such file"],
    );
    check_refused(
        &[
            "watch",
            "--replay",
            "web.scap",
            "--rules",
            "rules",
            "--fail-on",
            "high",
        ],
        &["emergency, alert, critical"],
    );
}

#[test]
fn reports_about_falcos_rules_are_valid() {
    let Some(folder) = suites() else { return };
    let folder = folder.path();
    let check = run(folder, "rules check --format json rules").json();
    validate(&schema("falco-load-results.schema.json"), &check);
    let list = run(folder, "rules list --format json rules").json();
    validate(&schema("rules-v1.schema.json"), &list);
    assert_eq!(list["rules"].as_array().map(Vec::len), Some(93));
    let rule = [
        "rules",
        "explain",
        "--format",
        "json",
        "Read ssh information",
        "rules",
    ];
    let rule = ciel(folder, &rule).json();
    validate(&schema("rule-v1.schema.json"), &rule);
}

#[test]
fn costs_are_told() {
    let Some(folder) = suites() else { return };
    let folder = folder.path();
    let watch = "watch --replay attack.scap --rules rules --rule-matching all";
    let plain = run(folder, watch);
    let ran = run(folder, &format!("{watch} --stats"));
    assert_eq!(ran.stdout, plain.stdout);
    for words in [" events: ", "  Event\n", "  openat\n", "  Rule\n"] {
        assert!(ran.stderr.contains(words), "{words}: {}", ran.stderr);
    }
    let ran = run(folder, &format!("{watch} --stats=stats.json"));
    assert_eq!(ran.stdout, plain.stdout);
    let stats = fs::read(folder.join("stats.json")).expect("the file");
    let stats: Value = serde_json::from_slice(&stats).expect("JSON");
    validate(&schema("watch-stats-v1.schema.json"), &stats);
    let matched = stats["rules"].as_array().into_iter().flatten();
    let matched: u64 = matched.filter_map(|it| it["matched"].as_u64()).sum();
    assert_eq!(matched as usize, plain.stdout.lines().count());
    check_refused(
        &[
            "watch",
            "--replay",
            "web.scap",
            "--rules",
            "rules",
            "--stats=web.scap",
        ],
        &["cannot be written at the same time"],
    );
}
