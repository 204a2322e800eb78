/// The globs that match what a regular expression matches, where it is simple enough: plain text, `.*`, `.+`, `.`, escaped
/// characters, `^` and `$` at its ends, and alternatives of these.
pub(crate) fn globs(pattern: &str) -> Option<Vec<String>> {
    let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
    let pattern = pattern.strip_suffix('$').unwrap_or(pattern);
    pattern.split('|').map(glob).collect()
}

fn glob(pattern: &str) -> Option<String> {
    let mut glob = String::new();
    let mut rest = pattern.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '.' => match rest.peek() {
                Some('*') => {
                    rest.next();
                    glob.push('*');
                }
                Some('+') => {
                    rest.next();
                    glob.push_str("?*");
                }
                Some('?' | '{') => return None,
                _ => glob.push('?'),
            },
            '\\' => glob.push(rest.next().filter(|c| matches!(c, '.' | '-' | '/'))?),
            c if c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | ':') => {
                if matches!(rest.peek(), Some('*' | '+' | '?' | '{')) {
                    return None;
                }
                glob.push(c);
            }
            _ => return None,
        }
    }
    (!glob.is_empty()).then_some(glob)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, expected: Option<&[&str]>) {
        let expected = expected.map(|list| list.iter().map(ToString::to_string).collect());
        assert_eq!(globs(pattern), expected, "{pattern}");
    }

    #[test]
    fn simple_expressions_are_globs() {
        check("kube-system", Some(&["kube-system"]));
        check("kube-.*", Some(&["kube-*"]));
        check("^a.+$", Some(&["a?*"]));
        check("dev|test-.*", Some(&["dev", "test-*"]));
        check("a\\.b", Some(&["a.b"]));
        check("a.b", Some(&["a?b"]));
        check(".*", Some(&["*"]));
    }

    #[test]
    fn others_are_not() {
        for pattern in ["[ab]", "a*", "(a|b)c", "a{2}", "", "a|", "\\d", ".?"] {
            check(pattern, None);
        }
    }
}
