/// The parts of an image reference by which products are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageName<'a> {
    /// Path without registry, tag and digest: `argoproj/argocli`.
    pub repository: &'a str,
    /// Tag, or empty.
    pub tag: &'a str,
}

impl<'a> ImageName<'a> {
    /// Splits a reference.
    #[must_use]
    pub fn parse(image: &'a str) -> Self {
        let name = image.trim().split('@').next().unwrap_or_default();
        let path = match name.split_once('/') {
            Some((host, rest)) if host.contains(['.', ':']) || host == "localhost" => rest,
            _ => name,
        };
        let (folders, last) = path.rsplit_once('/').unwrap_or(("", path));
        let (base, tag) = last.split_once(':').unwrap_or((last, ""));
        let end = match folders.len() {
            0 => base.len(),
            folders => folders + 1 + base.len(),
        };
        Self {
            repository: path.get(..end).unwrap_or_default(),
            tag,
        }
    }

    /// The last part of the path.
    #[must_use]
    pub fn base(&self) -> &'a str {
        self.repository.rsplit('/').next().unwrap_or_default()
    }

    /// Whether it is a repository, or a copy of it in somebody's registry: the path ends with it.
    #[must_use]
    pub fn is(&self, repository: &str) -> bool {
        self.repository
            .strip_suffix(repository)
            .is_some_and(|before| before.is_empty() || before.ends_with('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::ImageName;

    fn check(image: &str, repository: &str, tag: &str) {
        assert_eq!(ImageName::parse(image), ImageName { repository, tag });
    }

    #[test]
    fn references_are_split() {
        check("jenkins/jenkins:lts", "jenkins/jenkins", "lts");
        check("localhost:5000/a/b@sha256:00", "a/b", "");
        check(
            "registry.example/mirror/ollama/ollama:0.3@sha256:00",
            "mirror/ollama/ollama",
            "0.3",
        );
        check("flink", "flink", "");
        check("", "", "");
    }

    #[test]
    fn copies_are_recognised_and_names_that_only_sound_alike_are_not() {
        assert!(
            ImageName::parse("registry.example/mirror/jenkins/jenkins:1").is("jenkins/jenkins")
        );
        assert!(!ImageName::parse("corp/my-jenkins/jenkins-proxy").is("jenkins/jenkins"));
        assert!(!ImageName::parse("corp/xjenkins/jenkins").is("jenkins/jenkins"));
    }
}
