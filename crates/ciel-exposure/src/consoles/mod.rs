//! Consoles and servers that attackers look for: who they are by image and arguments, and whether they ask for a login.

mod login;
mod products;
mod stores;

use std::{collections::HashMap, sync::LazyLock};

use ciel_core::ImageName;
use ciel_k8s::{Container, ContainerKind};
use ciel_yaml::Node;

pub use login::Login;
use login::LoginRule;

/// What a stranger can do who reaches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Harm {
    /// See how the cluster or the company works.
    Insight,
    /// Read or destroy data, use models and graphics cards.
    Data,
    /// Read, change and take hostage what a database, a queue or a cache holds.
    Store,
    /// Run code: submit jobs, notebooks, pipelines, containers.
    Code,
}

/// A product.
#[derive(Debug)]
pub struct Console {
    /// Its name.
    pub name: &'static str,
    /// Repositories of its images, without registry. With `=` before it, only the official image of Docker Hub and
    /// copies under `library/` are meant, as the word is too common.
    images: &'static [&'static str],
    /// Words of which one must be among the arguments; empty for none.
    needs: &'static [&'static str],
    /// What the image's tag may have instead of one of these words; empty for nothing.
    tag: &'static str,
    /// Words of which none may be among the arguments.
    unless: &'static [&'static str],
    /// Words of which one must be part of `command`, where there is one: the image has other programs too.
    servers: &'static [&'static str],
    /// Where it listens by default.
    pub ports: &'static [u16],
    /// Where it listens too, and not with what matters here.
    pub other_ports: &'static [u16],
    /// What a stranger can do.
    pub harm: Harm,
    login: LoginRule,
}

impl Console {
    /// Whether it asks who is there, as the container is set up.
    #[must_use]
    pub fn login<'a>(&self, container: Container<'a>) -> Login<'a> {
        self.login.of(container)
    }

    fn is_image(&self, image: ImageName<'_>) -> bool {
        self.images.iter().any(|own| match own.strip_prefix('=') {
            Some(official) => {
                image.repository == official
                    || image.repository.strip_prefix("library/") == Some(official)
            }
            None => image.is(own),
        })
    }

    /// Whether a container with an image of this product runs it: by its words, its tag and its command.
    fn suits(&self, image: ImageName<'_>, words: &[&str], command: Option<&str>) -> bool {
        let has = |word: &&str| {
            words
                .iter()
                .any(|own| own.split('=').next() == Some(word) || own == word)
        };
        (self.needs.is_empty()
            || self.needs.iter().any(&has)
            || (!self.tag.is_empty() && image.tag.contains(self.tag)))
            && !self.unless.iter().any(has)
            && (self.servers.is_empty()
                || command.is_none_or(|command| {
                    self.servers.iter().any(|server| command.contains(server))
                }))
    }
}

/// The products by the last part of their images' repositories: a container is compared with few.
static BY_BASE: LazyLock<HashMap<&'static str, Vec<&'static Console>>> = LazyLock::new(|| {
    let mut by_base: HashMap<&str, Vec<&Console>> = HashMap::new();
    for console in products::CONSOLES.iter().chain(stores::STORES) {
        for image in console.images {
            let path = image.trim_start_matches('=');
            let base = path.rsplit('/').next().unwrap_or(path);
            let of_base = by_base.entry(base).or_default();
            if !of_base.iter().any(|own| std::ptr::eq(*own, console)) {
                of_base.push(console);
            }
        }
    }
    by_base
});

/// The product that a container runs, if it is one of these. Init containers that end before the pod starts run none.
#[must_use]
pub fn console_of(container: Container<'_>) -> Option<&'static Console> {
    let is_init = container.kind == ContainerKind::Init
        && container.node.str_at(&["restartPolicy"]) != Some("Always");
    let image = ImageName::parse(container.image().filter(|_| !is_init)?);
    let candidates = BY_BASE.get(image.base())?;
    let argv = container.argv();
    let words: Vec<&str> = argv.iter().map(|node| node.scalar_text()).collect();
    let command = container.node.get("command").map(|_| words.join(" "));
    let suits = |console: &&Console| console.suits(image, &words, command.as_deref());
    let known = candidates
        .iter()
        .find(|console| console.is_image(image) && suits(console));
    // A copy under another path: the name, and the port that it says it listens on.
    let is_copy = |console: &&&Console| declares_one_of(container, console.ports) && suits(console);
    known
        .or_else(|| {
            let has_own_name = !COMMON_NAMES.contains(&image.base());
            candidates.iter().filter(|_| has_own_name).find(is_copy)
        })
        .copied()
}

/// Names of images that many products have.
const COMMON_NAMES: [&str; 18] = [
    "apiserver",
    "api-server",
    "capacitor",
    "console",
    "dashboard",
    "distribution",
    "docker",
    "frontend",
    "hub",
    "k8s",
    "kubectl",
    "models-web-app",
    "polaris",
    "registry",
    "router",
    "run",
    "server",
    "ui",
];

fn declares_one_of(container: Container<'_>, ports: &[u16]) -> bool {
    let declared = container.node.get("ports").into_iter();
    declared
        .flat_map(Node::items)
        .filter_map(|port| port.get("containerPort")?.as_i64())
        .any(|number| ports.iter().any(|port| i64::from(*port) == number))
}

macro_rules! consoles {
    ($($name:literal, $harm:ident, $login:expr, ports $ports:expr, images $images:expr
        $(, needs $needs:expr)? $(, tag $tag:literal)? $(, unless $unless:expr)? $(, servers $servers:expr)?
        $(, other $other:expr)?;)*) => {
        &[$(Console {
            name: $name,
            images: &$images,
            needs: consoles!(@list $($needs)?),
            tag: concat!($($tag)?),
            unless: consoles!(@list $($unless)?),
            servers: consoles!(@list $($servers)?),
            ports: &$ports,
            other_ports: consoles!(@list $($other)?),
            harm: Harm::$harm,
            login: $login,
        }),*]
    };
    (@list) => { &[] };
    (@list $list:expr) => { &$list };
}
use consoles;

#[cfg(test)]
mod tests {
    use super::{products::CONSOLES, stores::STORES};

    #[test]
    fn names_and_images_are_unique() {
        let mut seen = std::collections::HashSet::new();
        for console in CONSOLES.iter().chain(STORES) {
            assert!(seen.insert(console.name), "{}", console.name);
            if !console.needs.is_empty() || !console.unless.is_empty() {
                continue;
            }
            for image in console.images {
                assert!(seen.insert(image), "{image} of {}", console.name);
            }
        }
    }
}
