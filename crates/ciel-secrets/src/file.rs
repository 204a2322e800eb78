//! What a file's name says of how its lines are to be read.

/// How the lines of a file are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// Settings, scripts, anything.
    Settings,
    /// A program: what is not quoted is an expression.
    Code,
    /// Written for people: documentation, messages and their translations. Names promise nothing there.
    Prose,
    /// Logins of `curl` and FTP, where words have spaces between.
    Netrc,
}

impl FileKind {
    /// By the name of the file; `Settings` for an empty name.
    pub(crate) fn of(name: &str) -> Self {
        const CODE: [&str; 18] = [
            "js", "mjs", "cjs", "ts", "jsx", "tsx", "py", "lua", "go", "java", "kt", "rb", "rs",
            "cs", "groovy", "scala", "php", "pl",
        ];
        const PROSE: [&str; 7] = ["md", "rst", "adoc", "html", "htm", "svg", "css"];
        const MESSAGES: [&str; 5] = ["messages", "i18n", "locale", "translation", "language"];
        let name = name.to_ascii_lowercase();
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
        if name.contains("netrc") {
            return Self::Netrc;
        }
        let is_of_messages = MESSAGES.iter().any(|word| stem.contains(word));
        if PROSE.contains(&extension)
            || (is_of_messages && !extension.is_empty())
            || is_language(stem, extension)
        {
            Self::Prose
        } else if CODE.contains(&extension) {
            Self::Code
        } else {
            Self::Settings
        }
    }
}

/// Whether it is called like a file of translations: `de.json`, `pt_BR.properties`.
fn is_language(stem: &str, extension: &str) -> bool {
    let is_file = matches!(
        extension,
        "json" | "properties" | "po" | "yml" | "yaml" | "ts"
    );
    let mut parts = stem.split(['_', '-']);
    let is_letters =
        |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let language = parts.next().is_some_and(is_letters);
    // `db.yml` and `ci.yml` are settings: alone, only these are taken for languages.
    const LANGUAGES: [&str; 16] = [
        "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sv", "tr", "uk", "zh",
        "da",
    ];
    let country = parts.next().is_none_or(is_letters);
    is_file && language && country && stem.get(..2).is_some_and(|code| LANGUAGES.contains(&code))
}

/// Whether a line is a comment in one of the languages that files are written in.
pub(crate) fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    ["#", ";", "//", "/*", "* ", "<!--", "-- ", "REM ", "%%"]
        .iter()
        .any(|mark| line.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::{FileKind, FileKind::*};

    #[track_caller]
    fn check(name: &str, expected: FileKind) {
        assert_eq!(FileKind::of(name), expected, "{name}");
    }

    #[test]
    fn names_say_how_to_read() {
        check("", Settings);
        check("application.properties", Settings);
        check("db.yml", Settings);
        check("messages", Settings);
        check("settings.py", Code);
        check("README.md", Prose);
        check("de.json", Prose);
        check("pt_BR.properties", Prose);
        check("messages_en.properties", Prose);
        check(".netrc", Netrc);
    }
}
