//! `pmatch`: whether a path is one of several, or lies below one.

use rustc_hash::FxHashMap;

use super::glob::Glob;

/// Paths by their parts. A path that lies below another is not needed, since whatever it would match the other does.
///
/// Parts with `?`, `*` or `[` are shell patterns; a part that is written out is tried before them. Empty parts do not
/// count: `//etc/` is `/etc`, and so is `etc`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Paths {
    parts: FxHashMap<Box<[u8]>, Below>,
    patterns: Vec<(Glob, Below)>,
}

/// What is below a part.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Below {
    /// Everything matches.
    All,
    /// Only these.
    Only(Paths),
}

/// A list of paths, or one that is `/` and so matches all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct PathSet(Below);

impl PathSet {
    /// A set of these paths.
    pub(super) fn new<'p>(paths: impl Iterator<Item = &'p [u8]>) -> Self {
        let mut root = Below::Only(Paths::default());
        for path in paths {
            root.add(&mut parts(path));
        }
        Self(root)
    }

    /// Whether one of the paths is this one or above it.
    pub(super) fn matches(&self, path: &[u8]) -> bool {
        self.0.matches(parts(path))
    }
}

fn parts(path: &[u8]) -> impl Iterator<Item = &[u8]> + Clone {
    path.split(|byte| *byte == b'/')
        .filter(|part| !part.is_empty())
}

impl Below {
    fn add(&mut self, rest: &mut dyn Iterator<Item = &[u8]>) {
        let Self::Only(paths) = self else {
            return;
        };
        match rest.next() {
            None => *self = Self::All,
            Some(part) => paths.at(part).add(rest),
        }
    }

    fn matches<'p>(&self, mut rest: impl Iterator<Item = &'p [u8]> + Clone) -> bool {
        let Self::Only(paths) = self else {
            return true;
        };
        let Some(part) = rest.next() else {
            return false;
        };
        paths
            .parts
            .get(part)
            .is_some_and(|below| below.matches(rest.clone()))
            || paths
                .patterns
                .iter()
                .any(|(glob, below)| glob.matches(part) && below.matches(rest.clone()))
    }
}

impl Paths {
    /// What is below this part, which is made if it is not there.
    fn at(&mut self, part: &[u8]) -> &mut Below {
        let none = || Below::Only(Self::default());
        if !part.iter().any(|byte| b"?*[".contains(byte)) {
            return self.parts.entry(part.into()).or_insert_with(none);
        }
        let glob = Glob::new(part, false);
        let place = self.patterns.iter().position(|(known, _)| *known == glob);
        let place = place.unwrap_or(self.patterns.len());
        if place == self.patterns.len() {
            self.patterns.push((glob, none()));
        }
        match self.patterns.get_mut(place) {
            Some((_, below)) => below,
            None => self.parts.entry(part.into()).or_insert_with(none),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_matches_at_or_below_one_of_the_list() {
        let check = |paths: &[&str], path: &str, expected: bool| {
            let set = PathSet::new(paths.iter().map(|path| path.as_bytes()));
            assert_eq!(
                set.matches(path.as_bytes()),
                expected,
                "{path} in {paths:?}"
            );
        };
        let paths = &["/var/run", "/etc", "/lib", "/usr/lib"];
        check(paths, "/var/run/docker", true);
        check(paths, "/var/run", true);
        check(paths, "/boot", false);
        check(paths, "/var/lib/messages", false);
        check(paths, "/var", false);
        check(paths, "/etcetera", false);
        check(&["/"], "/any", true);
        check(&["/usr/lib", "/usr"], "/usr/bin", true);
        check(&["/usr", "/usr/lib"], "/usr/bin", true);
        check(&["/home/*/.ssh"], "/home/ann/.ssh/id", true);
        check(&["/home/*/.ssh"], "/home/ann/x/.ssh", false);
        check(&["bash"], "bash", true);
        check(&["/var"], "", false);
    }
}
