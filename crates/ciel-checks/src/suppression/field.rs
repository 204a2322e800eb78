/// A field of an object, with all that is below it. `*` stands for any part of one step: `containers[*]`, `.data.*`.
#[derive(Clone, Debug)]
pub(super) struct FieldPattern(String);

impl FieldPattern {
    pub(super) fn new(text: &str) -> Self {
        let text = text.trim().trim_end_matches('.');
        Self(if text.starts_with(['.', '[']) || text.is_empty() {
            text.to_owned()
        } else {
            format!(".{text}")
        })
    }

    /// Whether a path is this field, or below it.
    pub(super) fn covers(&self, path: &str) -> bool {
        let (pattern, path) = (self.0.as_bytes(), path.as_bytes());
        let (mut p, mut t) = (0, 0);
        // Where to go on when what follows a `*` does not fit: behind the `*`, one byte further in the path.
        let mut retry: Option<(usize, usize)> = None;
        loop {
            let is_end = matches!(path.get(t), None | Some(b'.' | b'['));
            match pattern.get(p) {
                None if is_end => return true,
                Some(b'*') => {
                    retry = Some((p + 1, t));
                    p += 1;
                    continue;
                }
                Some(wanted) if path.get(t) == Some(wanted) => {
                    p += 1;
                    t += 1;
                    continue;
                }
                _ => {}
            }
            match retry {
                // A `*` stays within its step.
                Some((behind, from))
                    if !matches!(path.get(from), None | Some(b'.' | b'[' | b']')) =>
                {
                    retry = Some((behind, from + 1));
                    (p, t) = (behind, from + 1);
                }
                _ => return false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, path: &str, expected: bool) {
        assert_eq!(
            FieldPattern::new(pattern).covers(path),
            expected,
            "{pattern} {path}"
        );
    }

    #[test]
    fn field_covers_itself_and_what_is_below() {
        check(".spec.hostPID", ".spec.hostPID", true);
        check("spec", ".spec.hostPID", true);
        check(".spec.host", ".spec.hostPID", false);
        check(".spec.containers", ".spec.containers[0].image", true);
        check(".spec.hostPID", ".spec", false);
    }

    #[test]
    fn star_stands_for_a_part_of_a_step() {
        let path = ".spec.containers[10].securityContext.privileged";
        check(".spec.containers[*].securityContext", path, true);
        check(".spec.*[*].securityContext", path, true);
        check(".spec.*.securityContext", path, false);
        check(".spec.containers[*]", path, true);
        check(".spec.con*ers[*].image", path, false);
        check(
            ".spec.containers[name=*].securityContext",
            ".spec.containers[name=app].securityContext",
            true,
        );
        check(".rules[*].verbs", ".rules[2].verbs[1]", true);
        check(".*", ".spec.x", true);
    }
}
