//! Passwords in addresses.

use crate::{
    Judgement, Promised, judge,
    promised::Line,
    strength::{is_documentation_host, weakness},
};

/// The password of the address around `://`: between the first colon and the last `@` before the path.
pub(crate) fn in_address(line: &Line<'_>) -> Option<Promised> {
    let rest = line.slice(line.mark_end..line.end);
    let is_end = |letter: char| {
        letter.is_whitespace()
            || matches!(
                letter,
                '/' | '?' | '#' | '"' | '\'' | '<' | '>' | '`' | '\\' | ','
            )
    };
    let authority = rest.split(is_end).next()?;
    let (user, host) = authority.rsplit_once('@')?;
    let (user, password) = user.split_once(':')?;
    let start = line.mark_end + user.len() + 1;
    from_login(user, password, host, start, "a password in an address")
}

/// The password before `@tcp(`, as Go's driver for MySQL has it: `user:password@tcp(host:3306)/name`.
pub(crate) fn in_data_source(line: &Line<'_>) -> Option<Promised> {
    let before = line.before();
    let login = before
        .rsplit(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '='))
        .next()?;
    let (user, password) = login.rsplit('/').next()?.split_once(':')?;
    let start = line.mark - password.len();
    from_login(user, password, "", start, "a password in an address")
}

/// A password of a login, if it is one.
pub(crate) fn from_login(
    user: &str,
    password: &str,
    host: &str,
    start: usize,
    what: &'static str,
) -> Option<Promised> {
    let judgement = weakness(judge(password), password)?;
    // Within an address, a colon in a password would be written `%3A`.
    if password.contains(':') {
        return None;
    }
    let is_of_documentation = is_documentation_host(host)
        || (user.starts_with("user") && judgement == Judgement::WellKnown);
    if is_of_documentation || user.eq_ignore_ascii_case(password) && user.len() < 3 {
        return None;
    }
    Some(Promised {
        what,
        name: start..start,
        span: start..start + password.len(),
        judgement,
        is_hash: false,
    })
}
