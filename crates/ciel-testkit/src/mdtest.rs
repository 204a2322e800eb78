//! Tests of checks written as Markdown: prose says why, a `yaml` block is the input, and a comment
//! `# error: [privileged-container]` stands on the line where the finding must be. An optional quoted text behind it
//! must be part of the message. The file's stem names the check; only that check runs.
//!
//! Words behind `yaml` set the scene: `complete` (the input is all there is), `profile=pss-baseline@1.29` (as on the
//! command line), `allowed=quay.io,ghcr.io/acme`, `denied=…`, `floating=…` and `without-digest=…` (what is decided about
//! images, as in `ciel.toml`), `max-cpu-limit=2` and its like (ceilings, as there),
//! `now=2026-11-23` (the time at which certificates are judged).

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use ciel_checks::{ImageOptions, Options, ParseProfileError, ProfileChoice, ResourceOptions, scan};
use ciel_core::{Finding, Selector, Source, SourceKind, Timestamp};
use ciel_k8s::Quantity;
use ciel_snapshot::SnapshotBuilder;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// One `yaml` block of a Markdown file.
#[derive(Debug, Default)]
struct Block {
    heading: String,
    complete: bool,
    profile: ProfileChoice,
    images: ImageOptions,
    resources: ResourceOptions,
    now: Option<Timestamp>,
    text: String,
}

/// What must be, or was, found on a line: the check's name and (part of) its message.
type Found = BTreeMap<u32, Vec<(String, String)>>;

/// Runs every block of a Markdown file.
///
/// # Errors
/// Every difference between what was found and what should be; a file without a bad block, a clean block or a section
/// "Known limits".
pub fn run(path: &Path) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let check = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    if ciel_checks::find(check).is_none() {
        return Err(format!("{}: no check is called `{check}`", path.display()));
    }
    let blocks = blocks(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut problems = Vec::new();
    let (mut bad, mut clean) = (0, 0);
    for block in &blocks {
        let expected = expectations(&block.text);
        if expected.is_empty() {
            clean += 1
        } else {
            bad += 1
        }
        if let Err(problem) = compare(check, block, &expected) {
            problems.push(format!("## {}\n{problem}", block.heading));
        }
    }
    if bad == 0 || clean == 0 {
        problems.push(format!(
            "{bad} bad and {clean} clean blocks: at least one of each is needed"
        ));
    }
    if !text.contains("## Known limits") {
        problems.push("no section `## Known limits`".to_owned());
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(format!("{}\n{}", path.display(), problems.join("\n")))
    }
}

fn blocks(text: &str) -> Result<Vec<Block>, ParseProfileError> {
    let mut blocks = Vec::new();
    let mut heading = String::new();
    let mut in_heading = false;
    let mut open: Option<Block> = None;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                heading.clear();
                in_heading = true;
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let mut words = info.split_whitespace();
                if words.next() == Some("yaml") {
                    let words: Vec<&str> = words.collect();
                    let profile = words.iter().find_map(|word| word.strip_prefix("profile="));
                    open = Some(Block {
                        heading: heading.clone(),
                        complete: words.contains(&"complete"),
                        profile: profile.map_or(Ok(ProfileChoice::default()), str::parse)?,
                        images: image_options(&words),
                        resources: resource_options(&words),
                        now: words
                            .iter()
                            .find_map(|word| word.strip_prefix("now="))
                            .and_then(|word| word.parse().ok()),
                        text: String::new(),
                    });
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            Event::Text(text) | Event::Code(text) => match &mut open {
                Some(block) => block.text.push_str(&text),
                None if in_heading => heading.push_str(&text),
                None => {}
            },
            _ => {}
        }
    }
    Ok(blocks)
}

fn image_options(words: &[&str]) -> ImageOptions {
    let list = |key: &str| {
        let values = words.iter().find_map(|word| word.strip_prefix(key));
        let values = values.into_iter().flat_map(|values| values.split(','));
        values.map(str::to_owned).collect()
    };
    ImageOptions {
        allowed: list("allowed="),
        denied: list("denied="),
        floating_tags: list("floating="),
        without_digest: list("without-digest="),
    }
}

fn resource_options(words: &[&str]) -> ResourceOptions {
    let quantity = |key: &str| {
        let value = words.iter().find_map(|word| word.strip_prefix(key))?;
        Quantity::parse(value).ok()
    };
    ResourceOptions {
        max_cpu_request: quantity("max-cpu-request="),
        max_cpu_limit: quantity("max-cpu-limit="),
        max_memory_request: quantity("max-memory-request="),
        max_memory_limit: quantity("max-memory-limit="),
    }
}

fn expectations(text: &str) -> Found {
    const MARK: &str = "# error: [";
    let mut found = Found::new();
    for (line, number) in text.lines().zip(1..) {
        for part in line.split(MARK).skip(1) {
            let Some((names, rest)) = part.split_once(']') else {
                continue;
            };
            let message = rest
                .trim()
                .strip_prefix('"')
                .and_then(|rest| rest.rsplit_once('"'))
                .map_or("", |(text, _)| text);
            for name in names.split(',') {
                found
                    .entry(number)
                    .or_default()
                    .push((name.trim().to_owned(), message.to_owned()));
            }
        }
    }
    found
}

fn compare(check: &str, block: &Block, expected: &Found) -> Result<(), String> {
    let source = Source::new("test.yaml", SourceKind::File, block.text.as_str());
    let text = Arc::clone(&source.text);
    let parsed = ciel_yaml::parse(&text);
    if let Some((_, diagnostic)) = parsed
        .diagnostics
        .iter()
        .find(|(_, diagnostic)| diagnostic.is_error)
    {
        return Err(format!("the block does not parse: {}", diagnostic.message));
    }
    let mut builder = SnapshotBuilder::new(block.complete);
    builder.add(source, parsed.documents);
    let snapshot = builder.build();
    let options = Options {
        select: vec![Selector::new(check)],
        profile: block.profile.clone(),
        images: block.images.clone(),
        resources: block.resources,
        now: block.now,
        ..Options::default()
    };
    let findings = scan(&snapshot, &options);
    let line = |finding: &Finding| {
        let location = finding.location?;
        Some(
            snapshot
                .source(location.source)?
                .line_column(location.span.start)
                .line,
        )
    };
    let mut problems = Vec::new();
    let mut expected = expected.clone();
    for finding in &findings {
        let at = line(finding).unwrap_or_default();
        let wanted = expected.entry(at).or_default();
        let hit = wanted.iter().position(|(name, message)| {
            name == finding.check.name && finding.message.contains(message.as_str())
        });
        match hit {
            Some(index) => drop(wanted.remove(index)),
            None => problems.push(format!(
                "line {at}: unexpected [{}] {} at {}",
                finding.check.name, finding.message, finding.path
            )),
        }
    }
    for (at, missing) in expected {
        problems.extend(
            missing
                .iter()
                .map(|(name, message)| format!("line {at}: missing [{name}] {message}")),
        );
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.join("\n"))
    }
}
