use std::sync::LazyLock;

use crate::PolicyRule;

/// A role that the API server makes for itself.
#[derive(Debug, Default)]
pub(crate) struct DefaultRole {
    /// Empty for a ClusterRole.
    pub(crate) namespace: &'static str,
    pub(crate) name: &'static str,
    /// Labels (all `true`) by which other roles gather its rules.
    pub(crate) labels: Vec<&'static str>,
    /// The labels by which it gathers rules.
    pub(crate) aggregates: Vec<&'static str>,
    /// Its rules, a line each: read where they are wanted, since a copy costs as much as the reading.
    lines: Vec<&'static str>,
}

impl DefaultRole {
    pub(crate) fn rules<'r>(&self) -> impl Iterator<Item = PolicyRule<'r>> {
        self.lines.iter().map(|line| rule(line))
    }
}

/// Whether the API server makes a ClusterRole of this name for itself.
#[must_use]
pub fn is_default_role(name: &str) -> bool {
    DEFAULT_ROLES
        .iter()
        .any(|role| role.namespace.is_empty() && role.name == name)
}

pub(crate) static DEFAULT_ROLES: LazyLock<Vec<DefaultRole>> =
    LazyLock::new(|| read(include_str!("data/default-roles.txt")));

fn read(text: &'static str) -> Vec<DefaultRole> {
    let mut roles: Vec<DefaultRole> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("role ") {
            let (namespace, name) = name.split_once('/').unwrap_or(("", name));
            roles.push(DefaultRole {
                namespace,
                name,
                ..DefaultRole::default()
            });
            continue;
        }
        let Some(role) = roles.last_mut() else {
            continue;
        };
        if let Some(label) = line.strip_prefix("label ") {
            role.labels.push(label);
        } else if let Some(label) = line.strip_prefix("aggregate ") {
            role.aggregates.push(label);
        } else {
            role.lines.push(line);
        }
    }
    roles
}

fn rule<'r>(line: &'r str) -> PolicyRule<'r> {
    let mut columns = line.split(';').map(str::trim_ascii_start);
    let mut words = || -> Vec<&'r str> {
        columns.next().map_or_else(Vec::new, |column| {
            // Most columns are one word, and splitting costs more than looking.
            if column.is_empty() || !column.contains(' ') {
                vec![column]
            } else {
                column.split(' ').collect()
            }
        })
    };
    let verbs = words();
    let groups: Vec<&str> = words();
    if groups == ["url"] {
        return PolicyRule {
            verbs,
            non_resource_urls: words(),
            ..PolicyRule::default()
        };
    }
    PolicyRule {
        origin: None,
        verbs,
        api_groups: groups
            .into_iter()
            .map(|group| if group == "-" { "" } else { group })
            .collect(),
        resources: words(),
        resource_names: words(),
        non_resource_urls: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{DEFAULT_ROLES, is_default_role};

    #[test]
    fn the_table_is_read() {
        assert_eq!(DEFAULT_ROLES.len(), 80);
        let rules = |name: &str| {
            DEFAULT_ROLES
                .iter()
                .find(|role| role.name == name)
                .map(|role| role.lines.len())
        };
        assert_eq!(rules("cluster-admin"), Some(2));
        assert_eq!(rules("system:aggregate-to-admin"), Some(2));
        assert!(is_default_role("view") && !is_default_role("cluster-admins"));
    }
}
