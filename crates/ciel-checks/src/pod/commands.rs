//! Which programs a container's command line starts, as far as reading it tells.

use ciel_k8s::Container;
use ciel_yaml::Node;

/// The word of `command` and `args` that starts one of the programs: as the first word, or as a command of a shell
/// script in a later one. Programs are given by their file's name.
pub(super) fn starts<'s>(container: Container<'s>, programs: &[&str]) -> Option<Node<'s>> {
    let words = container.argv();
    words.into_iter().enumerate().find_map(|(index, word)| {
        let text = word.scalar_text();
        let is_script = text.contains(char::is_whitespace);
        let found = if is_script {
            script_starts(text, programs)
        } else {
            index == 0 && programs.contains(&file_name(text))
        };
        found.then_some(word)
    })
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether a shell script has one of the programs where a command begins.
fn script_starts(script: &str, programs: &[&str]) -> bool {
    const SEPARATORS: [char; 8] = ['\n', ';', '&', '|', '(', ')', '{', '`'];
    const BEFORE_COMMANDS: [&str; 10] = [
        "then", "do", "else", "!", "exec", "time", "nohup", "if", "while", "eval",
    ];
    script.split(SEPARATORS).any(|command| {
        let is_assignment = |word: &str| {
            let name = word.split_once('=').map_or("", |(name, _)| name);
            !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        };
        let mut words = command
            .split_whitespace()
            .map(|word| word.trim_matches(['"', '\'']))
            .skip_while(|word| BEFORE_COMMANDS.contains(word) || is_assignment(word));
        words
            .next()
            .is_some_and(|word| programs.contains(&file_name(word)))
    })
}

#[cfg(test)]
mod tests {
    use super::script_starts;

    #[track_caller]
    fn check(script: &str, expected: bool) {
        assert_eq!(script_starts(script, &["sudo"]), expected, "{script}");
    }

    #[test]
    fn commands_are_found_where_they_begin() {
        check("sudo cat", true);
        check("set -e\n  /usr/bin/sudo -u app run", true);
        check("test -f x && sudo rm x", true);
        check("if sudo -n true; then exec app; fi", true);
        check("PATH=/bin FOO=1 exec sudo app", true);
        check("echo $(sudo id)", true);
    }

    #[test]
    fn words_elsewhere_are_no_commands() {
        check("echo do not use sudo here", false);
        check("apt-get install -y sudo curl", false);
        check("sudoku start", false);
        check("./run --with=sudo", false);
    }
}
