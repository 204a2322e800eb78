use std::fmt;

/// A reference to a container image in its parts, as container runtimes read it (the grammar of
/// <https://github.com/distribution/reference>): registry, repository, tag and digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageName<'a> {
    /// Host of the registry, with its port; `docker.io` where none is written.
    pub registry: &'a str,
    /// Whether the registry is written.
    pub registry_written: bool,
    /// Path within the registry, as written: `nginx`, `argoproj/argocli`.
    pub repository: &'a str,
    /// Tag, or empty.
    pub tag: &'a str,
    /// Digest with its algorithm (`sha256:…`), or empty.
    pub digest: &'a str,
}

/// Where images without a registry come from.
const DOCKER_HUB: &str = "docker.io";

impl<'a> ImageName<'a> {
    /// Splits a reference, with or without the scheme that container statuses put before it (`docker-pullable://`).
    /// Anything is split; what is no valid reference gives parts that match nothing: see [`Self::is_valid`].
    #[must_use]
    pub fn parse(image: &'a str) -> Self {
        let image = image.trim();
        let image = image.split_once("://").map_or(image, |(_, rest)| rest);
        let (name, digest) = image.split_once('@').unwrap_or((image, ""));
        let (registry, registry_written, path) = match name.split_once('/') {
            Some((host, rest)) if is_host(host) => (host, true, rest),
            _ => (DOCKER_HUB, false, name),
        };
        let last = path.rfind('/').map_or(0, |slash| slash + 1);
        let colon = path.get(last..).and_then(|base| base.find(':'));
        let (repository, tag) = match colon {
            Some(colon) => (
                path.get(..last + colon).unwrap_or_default(),
                path.get(last + colon + 1..).unwrap_or_default(),
            ),
            None => (path, ""),
        };
        Self {
            registry,
            registry_written,
            repository,
            tag,
            digest,
        }
    }

    /// The account or project that publishes it: the first part of the path, where there are several.
    #[must_use]
    pub fn publisher(&self) -> Option<&'a str> {
        self.repository
            .split_once('/')
            .map(|(publisher, _)| publisher)
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

    /// Whether it comes from Docker Hub.
    #[must_use]
    pub fn is_docker_hub(&self) -> bool {
        matches!(
            self.registry,
            DOCKER_HUB | "index.docker.io" | "registry-1.docker.io" | "registry.hub.docker.com"
        )
    }

    /// Host of the registry without its port.
    #[must_use]
    pub fn host(&self) -> &'a str {
        self.registry
            .rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
            .map_or(self.registry, |(host, _)| host)
    }

    /// Whether it is pinned to one content: by a whole digest, whatever its tag.
    #[must_use]
    pub fn is_pinned(&self) -> bool {
        is_digest(self.digest)
    }

    /// Registry and repository as runtimes complete them: `nginx` is `docker.io/library/nginx`.
    #[must_use]
    pub fn full_name(&self) -> FullName<'a> {
        FullName(*self)
    }

    /// Whether registries and runtimes take it. What stands in for a reference until something fills it in
    /// (`$(params.image)`, `{{ .Values.image }}`, a Kustomize placeholder in capitals) is none.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        is_registry(self.registry)
            && self.has_valid_path()
            && self.repository.len() <= LONGEST_NAME
            && (self.tag.is_empty() || is_tag(self.tag))
            && (self.digest.is_empty() || is_digest(self.digest))
    }

    fn has_valid_path(&self) -> bool {
        let (first, rest) = self
            .repository
            .split_once('/')
            .unwrap_or(("", self.repository));
        // What the grammar calls a host: see `is_host`.
        let is_first = first.is_empty() || is_path_part(first) || is_registry(first);
        is_first && !self.repository.starts_with('/') && rest.split('/').all(is_path_part)
    }
}

/// Registry and repository of an image as runtimes complete them, to be shown and compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FullName<'a>(ImageName<'a>);

impl FullName<'_> {
    /// `index.docker.io` is the one other name that runtimes know for Docker Hub.
    fn registry(&self) -> &str {
        match self.0.registry {
            "index.docker.io" => DOCKER_HUB,
            registry => registry,
        }
    }

    /// What stands before the repository: the account of Docker Hub's official images, which nobody writes.
    fn account(&self) -> &'static str {
        let is_official = self.registry() == DOCKER_HUB && !self.0.repository.contains('/');
        if is_official { "library/" } else { "" }
    }

    /// Whether it is below a registry, or a path in one, given in whole parts: `docker.io`, `ghcr.io/acme`,
    /// `quay.io/acme/`. A registry stands for its subdomains, too (`amazonaws.com`). A place without a host is an
    /// account of Docker Hub; `library` is that of the official images.
    #[must_use]
    pub fn is_below(&self, place: &str) -> bool {
        let place = place.trim_end_matches('/');
        let (head, rest) = place.split_once('/').unwrap_or((place, ""));
        if head.is_empty() {
            return false;
        }
        let (host, path) = if is_host(head) {
            (head, rest)
        } else {
            (DOCKER_HUB, place)
        };
        let in_registry = self
            .registry()
            .strip_suffix(host)
            .is_some_and(|before| before.is_empty() || before.ends_with('.'));
        in_registry && (path.is_empty() || self.has_path(path))
    }

    /// Whether account and repository begin with the path, in whole parts.
    fn has_path(&self, path: &str) -> bool {
        let mut own = [self.account(), self.0.repository]
            .into_iter()
            .flat_map(str::bytes);
        path.bytes().all(|byte| own.next() == Some(byte)) && matches!(own.next(), None | Some(b'/'))
    }
}

impl fmt::Display for FullName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (account, repository) = (self.account(), self.0.repository);
        write!(f, "{}/{account}{repository}", self.registry())
    }
}

/// Bytes of the longest repository with its registry that runtimes take.
const LONGEST_NAME: usize = 255;

/// Bytes of the longest tag.
const LONGEST_TAG: usize = 128;

/// Whether the first part of a name is a registry rather than an account of Docker Hub. The grammar would take one with
/// capitals for a registry, too; in manifests it is a misspelt account.
fn is_host(first: &str) -> bool {
    first.contains(['.', ':']) || first == "localhost"
}

fn is_registry(registry: &str) -> bool {
    let (host, port) = registry.rsplit_once(':').unwrap_or((registry, "1"));
    if let Some(address) = registry.strip_prefix('[') {
        let (address, port) = address.split_once(']').unwrap_or(("", ""));
        let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
        return !address.is_empty()
            && address
                .bytes()
                .all(|byte| byte.is_ascii_hexdigit() || byte == b':')
            && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port));
    }
    let is_label = |label: &str| {
        let ends_well = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
        ends_well(label.bytes().next())
            && ends_well(label.bytes().next_back())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    host.split('.').all(is_label)
        && !port.is_empty()
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// Lower-case letters and digits, with `.`, `_`, `__` or hyphens between them.
fn is_path_part(part: &str) -> bool {
    let is_separator = |byte: u8| matches!(byte, b'.' | b'_' | b'-');
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    part.bytes().next().is_some_and(is_letter)
        && part.bytes().next_back().is_some_and(is_letter)
        && part
            .bytes()
            .all(|byte| is_letter(byte) || is_separator(byte))
        && !part.contains("..")
        && !part.contains("___")
}

fn is_tag(tag: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    tag.len() <= LONGEST_TAG
        && tag.bytes().next().is_some_and(is_word)
        && tag
            .bytes()
            .all(|byte| is_word(byte) || matches!(byte, b'.' | b'-'))
}

/// The grammar of the OCI image specification, and its lengths for the algorithms that it registers.
fn is_digest(digest: &str) -> bool {
    let Some((algorithm, hash)) = digest.split_once(':') else {
        return false;
    };
    let is_lower_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let digits = match algorithm {
        "sha256" | "blake3" => Some(64),
        "sha512" => Some(128),
        _ => None,
    };
    if let Some(digits) = digits {
        return hash.len() == digits && hash.bytes().all(is_lower_hex);
    }
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_encoded = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'=' | b'_' | b'-');
    algorithm
        .split(['+', '.', '_', '-'])
        .all(|part| !part.is_empty() && part.bytes().all(is_word))
        && !hash.is_empty()
        && hash.bytes().all(is_encoded)
}

#[cfg(test)]
mod tests {
    use super::ImageName;

    const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    #[track_caller]
    fn check(image: &str, expected: [&str; 4]) {
        let name = ImageName::parse(image);
        let parts = [name.registry, name.repository, name.tag, name.digest];
        assert_eq!(parts, expected, "{image}");
    }

    #[test]
    fn references_are_split() {
        check("nginx", ["docker.io", "nginx", "", ""]);
        check("nginx:1.2", ["docker.io", "nginx", "1.2", ""]);
        check("a/b:1@sha256:00", ["docker.io", "a/b", "1", "sha256:00"]);
        check("localhost/a", ["localhost", "a", "", ""]);
        check("localhost:5000/a/b", ["localhost:5000", "a/b", "", ""]);
        check("127.0.0.1:5000/a:b", ["127.0.0.1:5000", "a", "b", ""]);
        check("[::1]:5000/a", ["[::1]:5000", "a", "", ""]);
        check("ghcr.io/a/b:x", ["ghcr.io", "a/b", "x", ""]);
        check("Account/a", ["docker.io", "Account/a", "", ""]);
        check("a.b", ["docker.io", "a.b", "", ""]);
        check("host:5000", ["docker.io", "host", "5000", ""]);
        check(
            "docker-pullable://x.y/a@sha256:1",
            ["x.y", "a", "", "sha256:1"],
        );
        check(
            " jenkins/jenkins:lts ",
            ["docker.io", "jenkins/jenkins", "lts", ""],
        );
        check("", ["docker.io", "", "", ""]);
    }

    #[test]
    fn copies_are_recognised_and_names_that_only_sound_alike_are_not() {
        let is_jenkins = |image| ImageName::parse(image).is("jenkins/jenkins");
        assert!(is_jenkins("registry.example/mirror/jenkins/jenkins:1"));
        assert!(!is_jenkins("corp/my-jenkins/jenkins-proxy"));
        assert!(!is_jenkins("corp/xjenkins/jenkins"));
    }

    #[test]
    fn names_are_completed_as_runtimes_do() {
        let full = |image| ImageName::parse(image).full_name().to_string();
        assert_eq!(full("nginx:1"), "docker.io/library/nginx");
        assert_eq!(full("index.docker.io/a/b"), "docker.io/a/b");
        assert_eq!(full("quay.io/nginx"), "quay.io/nginx");
    }

    #[track_caller]
    fn pinned(digest: &str, expected: bool) {
        let image = format!("nginx:1@{digest}");
        assert_eq!(ImageName::parse(&image).is_pinned(), expected, "{image}");
    }

    #[test]
    fn whole_digests_pin() {
        pinned(DIGEST, true);
        pinned(&DIGEST.replace("sha256", "blake3"), true);
        pinned("sha512+b64:YWI-Yw==", true);
    }

    #[test]
    fn broken_digests_pin_nothing() {
        pinned("", false);
        pinned("sha256:", false);
        pinned("sha256:0123", false);
        pinned(&DIGEST.replace('a', "A"), false);
        pinned(&DIGEST.replace("sha256", "sha512"), false);
        pinned("algo:", false);
    }

    #[track_caller]
    fn below(image: &str, place: &str, expected: bool) {
        let found = ImageName::parse(image).full_name().is_below(place);
        assert_eq!(found, expected, "{image} below {place}");
    }

    #[test]
    fn places_are_compared_in_whole_parts() {
        below("nginx", "docker.io", true);
        below("nginx", "docker.io/library/", true);
        below("nginx", "library", true);
        below("acme/web", "acme", true);
        below("acme/web", "library", false);
        below("acmeevil/web", "docker.io/acme", false);
        below("quay.io/acme/web:1", "quay.io/acme", true);
        below("quay.io/acme/web:1", "quay.io/acme/web", true);
        below("quay.io.evil.example/acme/web", "quay.io", false);
        below("quay.io/acme", "", false);
        below(
            "1.dkr.ecr.eu-west-1.amazonaws.com/web",
            "amazonaws.com",
            true,
        );
        below("notamazonaws.com/web", "amazonaws.com", false);
        below("gcr.io:5000/web", "gcr.io", false);
        below("index.docker.io/acme/web", "docker.io/acme", true);
    }

    #[test]
    fn a_host_has_no_port() {
        let host = |image| ImageName::parse(image).host();
        assert_eq!(host("registry.example:5000/a"), "registry.example");
        assert_eq!(host("[::1]/a"), "[::1]");
        assert_eq!(host("a"), "docker.io");
    }

    #[test]
    fn valid_references() {
        let pinned = format!("nginx@{DIGEST}");
        for image in [
            "nginx",
            "a/b_c/d__e:1.2-x_y",
            "localhost:5000/a",
            "[::1]:5000/a",
            "a.b-c.io/d",
            "Account/a",
            &pinned,
        ] {
            assert!(ImageName::parse(image).is_valid(), "{image}");
        }
    }

    #[test]
    fn what_is_no_reference() {
        for image in [
            "",
            "IMAGE",
            "/a",
            "account/A",
            "$(params.image)",
            "{{ .Values.image }}",
            "a//b",
            "nginx:${TAG}",
            "nginx@sha256:12",
            "-a",
            "a/-b",
            "host.io:port/a",
            "a b",
            "a___b",
            "a:.b",
            "ghcr.io/",
        ] {
            assert!(!ImageName::parse(image).is_valid(), "{image}");
        }
    }
}
