use crate::{Rule, exp, gov, img, mine, net, node, pod, rbac, rel, sec, tls, ver};

/// Every check, by topic and code. A new check is one file and one line in its topic's table.
pub fn catalogue() -> impl Iterator<Item = &'static Rule> {
    TOPICS.iter().flat_map(|rules| rules.iter().copied())
}

static TOPICS: &[&[&Rule]] = &[
    pod::RULES,
    pod::standards::RULES,
    rbac::RULES,
    net::RULES,
    tls::RULES,
    img::RULES,
    sec::RULES,
    exp::RULES,
    mine::RULES,
    ver::RULES,
    gov::RULES,
    rel::RULES,
    node::RULES,
];

/// The check with a code or a name.
#[must_use]
pub fn find(code_or_name: &str) -> Option<&'static Rule> {
    catalogue().find(|rule| {
        rule.check.code.eq_ignore_ascii_case(code_or_name)
            || rule.check.name.eq_ignore_ascii_case(code_or_name)
    })
}
