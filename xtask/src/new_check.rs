//! `cargo xtask new-check`: the skeleton of a check, its Markdown test and its line in the catalogue.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use ciel_core::Topic;

use crate::repo;

/// Writes the files and says what is left to do.
pub(crate) fn run(code: &str, name: &str) -> Result<()> {
    let code = code.to_uppercase();
    let topic = topic_of(&code)?;
    ensure!(
        is_kebab(name),
        "a name is lower case with hyphens and says the bad thing: privileged-container"
    );
    for taken in [code.as_str(), name] {
        if let Some(rule) = ciel_checks::find(taken) {
            bail!(
                "{taken} is taken by {} {}",
                rule.check.code,
                rule.check.name
            );
        }
    }

    let root = repo::root();
    let folder = topic.prefix().to_lowercase();
    let checks = root.join("crates/ciel-checks");
    let topic_file = checks.join(format!("src/{folder}/mod.rs"));
    let register = fs::read_to_string(&topic_file).with_context(|| {
        format!(
            "topic {folder} has no table yet: make {} as pod's is",
            topic_file.display()
        )
    })?;
    let register = add_to_table(&register, &code, name)?;

    let module = name.replace('-', "_");
    write_new(
        &checks.join(format!("src/{folder}/{module}.rs")),
        &source(&code, name),
    )?;
    write_new(
        &checks.join(format!("resources/mdtest/{folder}/{name}.md")),
        &markdown_test(name),
    )?;
    fs::write(&topic_file, register)?;
    repo::output(
        std::process::Command::new("rustfmt")
            .args(["--edition", "2024"])
            .arg(&topic_file),
    )?;

    println!(
        "crates/ciel-checks/src/{folder}/{module}.rs          what it finds, and why that is bad"
    );
    println!(
        "crates/ciel-checks/resources/mdtest/{folder}/{name}.md   the test: bad blocks, clean blocks, known limits"
    );
    println!("then: cargo test -p ciel-checks {name} && cargo xtask docs");
    Ok(())
}

fn topic_of(code: &str) -> Result<Topic> {
    let topic = Topic::ALL.into_iter().find(|topic| {
        let number = code.strip_prefix(topic.prefix()).unwrap_or_default();
        number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    topic.with_context(|| {
        let letters = Topic::ALL.map(Topic::prefix).join(", ");
        format!("{code} is no code: letters and three digits; the letters are {letters}")
    })
}

fn is_kebab(name: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
    };
    name.split('-').all(is_word)
}

/// Adds `mod x;` in alphabetical order, and `&x::X` where the code belongs among those of the table.
fn add_to_table(text: &str, code: &str, name: &str) -> Result<String> {
    let module = name.replace('-', "_");
    let line = format!("mod {module};\n");
    let position = |at: Option<usize>| {
        at.context("the topic's table looks unlike the others: add the check by hand")
    };
    let first_after = text
        .lines()
        .find(|it| it.starts_with("mod ") && **it > *line.trim_end());
    let at = match first_after {
        Some(after) => position(text.find(after))?,
        None => {
            let last = text.lines().rfind(|it| it.starts_with("mod "));
            match last {
                Some(last) => position(text.find(last))? + last.len() + 1,
                None => position(text.find("use "))?,
            }
        }
    };
    let mut text = text.to_owned();
    text.insert_str(at, &line);

    let entry = format!("&{module}::{}, ", module.to_uppercase());
    let table = position(text.find("RULES"))?;
    let rest = text.get(table..).unwrap_or_default();
    let next = ciel_checks::catalogue()
        .map(|rule| &rule.check)
        .filter(|check| check.code > code)
        .find_map(|check| {
            rest.find(&format!("::{},", constant(check.name)))
                .or(rest.find(&format!("::{}]", constant(check.name))))
        });
    let at = match next {
        Some(next) => rest.get(..next).and_then(|head| head.rfind('&')),
        None => rest.find("];"),
    };
    let at = table + position(at)?;
    // Behind a last entry without a comma, as rustfmt writes it on one line.
    let head = text.get(..at).unwrap_or_default().trim_end();
    let comma = if head.ends_with(',') || head.ends_with('[') {
        ""
    } else {
        ", "
    };
    text.insert_str(at, &format!("{comma}{entry}"));
    Ok(text)
}

fn constant(name: &str) -> String {
    name.replace('-', "_").to_uppercase()
}

fn write_new(path: &Path, text: &str) -> Result<()> {
    ensure!(!path.exists(), "{} is there already", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn source(code: &str, name: &str) -> String {
    let template = include_str!("new_check/check.rs.txt");
    template
        .replace("@CODE@", code)
        .replace("@NAME@", name)
        .replace("@CONSTANT@", &constant(name))
        .replace("@FUNCTION@", &name.replace('-', "_"))
        .replace("@VERSION@", env!("CARGO_PKG_VERSION"))
}

fn markdown_test(name: &str) -> String {
    include_str!("new_check/test.md.txt").replace("@NAME@", name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_name_their_topic() {
        assert_eq!(topic_of("RBAC007").ok(), Some(Topic::Rbac));
        assert!(topic_of("POD7").is_err());
        assert!(topic_of("XYZ001").is_err());
    }

    #[test]
    fn table_keeps_its_order() {
        let table = "mod a;\nmod z;\n\npub(crate) const RULES: &[&Rule] = &[&a::A, &z::Z];\n";
        let expected = "mod a;\nmod m_n;\nmod z;\n\npub(crate) const RULES: &[&Rule] = &[&a::A, &z::Z, &m_n::M_N, ];\n";
        assert_eq!(
            add_to_table(table, "POD999", "m-n").ok().as_deref(),
            Some(expected)
        );
    }
}
