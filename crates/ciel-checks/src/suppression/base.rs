use std::borrow::Cow;

/// From where paths of the configuration are meant: both with slashes, absolute.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathBase {
    /// The working folder, which names of sources are relative to.
    pub here: String,
    /// The folder of the configuration. Empty for none: names of sources are taken as they are.
    pub folder: String,
}

impl PathBase {
    /// The name of a source from the configuration's folder; as it is where it lies elsewhere.
    pub(super) fn relative<'n>(&self, name: &'n str) -> Cow<'n, str> {
        if self.folder.is_empty() || name == "-" {
            return name.into();
        }
        let joined = if name.starts_with('/') {
            name.to_owned()
        } else {
            format!("{}/{name}", self.here)
        };
        let full = resolve(&joined);
        let folder = resolve(&self.folder);
        match full.strip_prefix(&folder) {
            Some(rest) if folder == "/" || rest.starts_with('/') => {
                rest.trim_start_matches('/').to_owned().into()
            }
            _ => resolve_relative(name),
        }
    }
}

fn resolve_relative(name: &str) -> Cow<'_, str> {
    name.strip_prefix("./").unwrap_or(name).into()
}

/// Takes `.` and `..` out of an absolute path.
fn resolve(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_from_the_folder_of_the_configuration() {
        let base = PathBase {
            here: "/w/project/deploy".to_owned(),
            folder: "/w/project".to_owned(),
        };
        for (name, expected) in [
            ("web.yaml", "deploy/web.yaml"),
            ("./web.yaml", "deploy/web.yaml"),
            ("../chart/a.yaml", "chart/a.yaml"),
            ("/w/project/x.yaml", "x.yaml"),
            ("/w/projects/x.yaml", "/w/projects/x.yaml"),
            ("a.tgz!/deploy/web.yaml", "deploy/a.tgz!/deploy/web.yaml"),
            ("-", "-"),
        ] {
            assert_eq!(base.relative(name), expected, "{name}");
        }
    }
}
