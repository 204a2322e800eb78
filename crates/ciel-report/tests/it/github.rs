use ciel_report::Format;

use crate::fixture::{empty, hostile, many};

/// A command as the runner reads it: its name, its properties, its message.
type Command = (String, Vec<(String, String)>, String);

/// Reads a line as GitHub's runner does: a command begins with `::`, its properties end at the next `::`.
fn read(line: &str) -> Option<Command> {
    let (head, message) = line.strip_prefix("::")?.split_once("::")?;
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let properties = properties
        .split(',')
        .filter_map(|it| it.split_once('='))
        .map(|(key, value)| (key.to_owned(), decode(value)))
        .collect();
    Some((name.to_owned(), properties, decode(message)))
}

fn decode(text: &str) -> String {
    [
        ("%0A", "\n"),
        ("%0D", "\r"),
        ("%3A", ":"),
        ("%2C", ","),
        ("%25", "%"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (code, letter)| {
        text.replace(code, letter)
    })
}

#[test]
fn every_line_is_one_annotation() {
    let text = hostile().write(Format::Github);
    let commands: Vec<Command> = text
        .lines()
        .map(|line| read(line).expect("a command"))
        .collect();
    // Six findings that count, two things about the input.
    assert_eq!(commands.len(), 8);
    for (name, properties, message) in commands {
        assert!(
            matches!(name.as_str(), "error" | "warning" | "notice"),
            "{name}"
        );
        for (key, _) in properties {
            let known = ["file", "line", "endLine", "col", "endColumn", "title"];
            assert!(known.contains(&key.as_str()), "{key}");
        }
        assert!(!message.is_empty());
    }
}

#[test]
fn annotation_stands_beside_its_line() {
    let text = hostile().write(Format::Github);
    let line = text
        .lines()
        .find(|line| line.contains("file=deploy/web.yaml"));
    assert_eq!(
        line,
        Some(
            "::error file=deploy/web.yaml,line=10,endLine=10,col=23,endColumn=27,\
             title=POD001 privileged-container%3A critical::\
             Deployment shop/web: container `app`: a container runs privileged%0Achange it"
        )
    );
}

#[test]
fn hostile_name_comes_through_whole() {
    let text = hostile().write(Format::Github);
    let read: Vec<Command> = text.lines().filter_map(read).collect();
    assert!(
        read.iter()
            .any(|(_, _, message)| message.contains("c\n::error::d]]>e<script>"))
    );
}

#[test]
fn worst_come_first() {
    let text = many(1_000).write(Format::Github);
    let titles: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split("%3A ").nth(1)?.split("::").next())
        .collect();
    let mut sorted = titles.clone();
    let order = ["critical", "high", "medium", "low", "info"];
    sorted.sort_by_key(|title| order.iter().position(|it| it == title));
    assert_eq!(titles, sorted);
}

#[test]
fn last_line_says_what_github_does_not_show() {
    let text = many(1_000).write(Format::Github);
    assert_eq!(
        text.lines().last(),
        Some(
            "GitHub shows 10 annotations of a kind for one step; 390 errors, 190 warnings, 390 notices stand only in this log"
        )
    );
}

#[test]
fn nothing_says_nothing() {
    assert_eq!(empty().write(Format::Github), "");
}
