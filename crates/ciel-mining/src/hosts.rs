//! What the address says that a program is fetched from.

/// Kinds of places that programs are fetched from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostKind {
    /// A vendor's own installer over TLS (`https://get.helm.sh`).
    Vendor,
    /// Inside the cluster or a private network.
    Internal,
    /// Put together from variables.
    Variable,
    /// Some other host over TLS.
    Unknown,
    /// A place where anybody may put code (`raw.githubusercontent.com`).
    CodeHost,
    /// Without TLS: whoever sits on the way decides what runs.
    PlainHttp,
    /// A link shortener: the place is hidden.
    Shortener,
    /// A place for pasted text.
    Paste,
    /// A place for anonymous files, or free names for changing addresses.
    FileShare,
    /// A bare public address.
    RawAddress,
    /// The Tor network, or a gate to it.
    Tor,
}

impl HostKind {
    /// In a few words, for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Vendor => "a vendor's installer",
            Self::Internal => "an internal host",
            Self::Variable => "an address from variables",
            Self::Unknown => "a host over TLS",
            Self::CodeHost => "a host of anybody's code",
            Self::PlainHttp => "a host without TLS",
            Self::Shortener => "a link shortener",
            Self::Paste => "a paste site",
            Self::FileShare => "an anonymous file host",
            Self::RawAddress => "a bare IP address",
            Self::Tor => "the Tor network",
        }
    }
}

const PASTES: &[&str] = &[
    "pastebin.com",
    "paste.ee",
    "hastebin.com",
    "dpaste.com",
    "dpaste.org",
    "ghostbin.com",
    "ghostbin.co",
    "rentry.co",
    "rentry.org",
    "controlc.com",
    "termbin.com",
    "sprunge.us",
    "ix.io",
    "paste.rs",
    "pastes.dev",
    "bpa.st",
    "ideone.com",
    "justpaste.it",
    "privatebin.net",
    "pst.moe",
    "paste.c-net.org",
    "textbin.net",
    "notes.io",
    "pasted.co",
    "paste.debian.net",
    "0bin.net",
];
const FILE_SHARES: &[&str] = &[
    "transfer.sh",
    "file.io",
    "anonfiles.com",
    "anonfile.com",
    "bashupload.com",
    "oshi.at",
    "0x0.st",
    "gofile.io",
    "temp.sh",
    "mediafire.com",
    "mega.nz",
    "catbox.moe",
    "litter.catbox.moe",
    "filebin.net",
    "sendspace.com",
    "zippyshare.com",
    "dropmefiles.com",
    "ufile.io",
    "uguu.se",
    "tmpfiles.org",
    "keep.sh",
    "cdn.discordapp.com",
    "duckdns.org",
    "ddns.net",
    "no-ip.org",
    "hopto.org",
    "zapto.org",
    "ngrok.io",
    "ngrok-free.app",
    "ngrok.app",
    "trycloudflare.com",
    "serveo.net",
    "localtunnel.me",
    "loca.lt",
    "portmap.io",
    "workers.dev",
    "ipfs.io",
    "teamtnt.red",
    "borg.wtf",
    "kiss.a-dog.top",
    "a-dog.top",
    "oracle.htxreceive.top",
    "htxreceive.top",
    "whatwill.be",
    "catbox.video",
    "pixeldrain.com",
    "1fichier.com",
    "anonymousfiles.io",
];
const SHORTENERS: &[&str] = &[
    "bit.ly",
    "tinyurl.com",
    "t.ly",
    "is.gd",
    "v.gd",
    "cutt.ly",
    "rb.gy",
    "goo.gl",
    "ow.ly",
    "shorturl.at",
    "tiny.cc",
    "t.co",
    "x.co",
];
const CODE_HOSTS: &[&str] = &[
    "raw.githubusercontent.com",
    "gist.githubusercontent.com",
    "gist.github.com",
    "github.com",
    "gitlab.com",
    "bitbucket.org",
    "codeberg.org",
    "gitee.com",
    "sourceforge.net",
    "jsdelivr.net",
    "githubusercontent.com",
    "gitea.com",
    "huggingface.co",
    "amazonaws.com",
    "storage.googleapis.com",
    "blob.core.windows.net",
    "aliyuncs.com",
    "myqcloud.com",
    "github.io",
    "gitlab.io",
    "pages.dev",
];
const TOR: &[&str] = &[
    "onion",
    "tor2web.org",
    "tor2web.io",
    "onion.ws",
    "onion.ly",
    "onion.pet",
    "onion.to",
    "onion.sh",
    "onion.cab",
    "onion.mn",
    "onion.glass",
    "d2web.org",
    "civiclink.network",
];
const VENDORS: &[&str] = &[
    "get.helm.sh",
    "helm.sh",
    "get.docker.com",
    "download.docker.com",
    "get.k3s.io",
    "get.k0s.sh",
    "get.rke2.io",
    "sh.rustup.rs",
    "static.rust-lang.org",
    "deb.nodesource.com",
    "rpm.nodesource.com",
    "install.python-poetry.org",
    "bootstrap.pypa.io",
    "astral.sh",
    "get.pnpm.io",
    "bun.sh",
    "deno.land",
    "dl.k8s.io",
    "storage.googleapis.com/kubernetes-release",
    "packages.cloud.google.com",
    "sdk.cloud.google.com",
    "cli.github.com",
    "apt.releases.hashicorp.com",
    "releases.hashicorp.com",
    "get.pulumi.com",
    "raw.githubusercontent.com/helm/",
    "raw.githubusercontent.com/kubernetes-sigs/",
    "raw.githubusercontent.com/kubernetes/",
    "raw.githubusercontent.com/homebrew/",
    "raw.githubusercontent.com/nvm-sh/",
    "raw.githubusercontent.com/aquasecurity/",
    "raw.githubusercontent.com/anchore/",
    "raw.githubusercontent.com/rancher/",
    "raw.githubusercontent.com/k3d-io/",
    "raw.githubusercontent.com/golangci/",
    "raw.githubusercontent.com/longhorn/",
    "run.linkerd.io",
    "istio.io",
    "get.istio.io",
    "fluxcd.io",
    "toolkit.fluxcd.io",
    "tailscale.com",
    "get.sdkman.io",
    "install.meteor.com",
    "yarnpkg.com",
    "dl.yarnpkg.com",
    "downloads.dockerslim.com",
    "awscli.amazonaws.com",
    "aka.ms",
    "packages.microsoft.com",
    "azurecliprod.blob.core.windows.net",
    "omnitruck.chef.io",
    "install.datadoghq.com",
    "s3.amazonaws.com/dd-agent",
    "download.newrelic.com",
    "repo.saltproject.io",
    "bootstrap.saltproject.io",
    "get.acme.sh",
    "get.glennr.nl",
    "starship.rs",
    "get.starship.rs",
    "sentry.io",
    "ollama.com",
    "ollama.ai",
    "get.arkade.dev",
    "go.dev",
    "dl.google.com",
    "golang.org",
    "my-netdata.io",
    "get.netdata.cloud",
    "packagecloud.io",
    "get.opentofu.org",
    "get.volta.sh",
    "fnm.vercel.app",
    "composer.github.io",
    "getcomposer.org",
    "rvm.io",
    "get.rvm.io",
    "nixos.org",
    "install.determinate.systems",
    "cdn.teleport.dev",
    "goteleport.com",
    "get.please.build",
    "kots.io",
    "k8s.kurl.sh",
    "kurl.sh",
    "get.okteto.com",
    "get.tilt.dev",
    "raw.githubusercontent.com/tilt-dev/",
    "updates.jenkins.io",
    "get.jenkins.io",
    "install.speedtest.net",
    "get.trivy.dev",
    "get.anchore.io",
    "toolbelt.treasuredata.com",
    "dvc.org",
    "get.enterprisedb.com",
    "artifacts.elastic.co",
    "repo1.maven.org",
    "repo.maven.apache.org",
    "archive.apache.org",
    "downloads.apache.org",
    "dlcdn.apache.org",
    "registry.npmjs.org",
    "pypi.org",
    "files.pythonhosted.org",
    "deb.debian.org",
    "archive.ubuntu.com",
    "security.ubuntu.com",
    "dl-cdn.alpinelinux.org",
    "get.gravitational.com",
    "litmuschaos.io",
    "raw.githubusercontent.com/litmuschaos/",
    "packages.confluent.io",
    "cdn.mysql.com",
    "get.k8s.io",
    "apt.kubernetes.io",
    "pkgs.k8s.io",
    "sdk.lunarg.com",
    "vector.dev",
    "sh.vector.dev",
    "grafana.com",
    "dl.grafana.com",
];

/// The kind of host of an address, with or without a scheme.
#[must_use]
pub fn host_kind(url: &str) -> HostKind {
    let lower = url.trim_matches(['"', '\'']).to_ascii_lowercase();
    let (scheme, rest) = lower.split_once("://").unwrap_or(("", &lower));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host_port = authority.rsplit('@').next().unwrap_or_default();
    if host_port.contains(['$', '{', '%', '`']) || host_port.is_empty() {
        return HostKind::Variable;
    }
    let host = without_port(host_port);
    if is_under(host, TOR) {
        return HostKind::Tor;
    }
    if let Some(public) = is_public_address(host) {
        return if public {
            HostKind::RawAddress
        } else {
            HostKind::Internal
        };
    }
    if is_internal(host) {
        return HostKind::Internal;
    }
    if is_under(host, PASTES) {
        return HostKind::Paste;
    }
    if is_under(host, FILE_SHARES) {
        return HostKind::FileShare;
    }
    if is_under(host, SHORTENERS) {
        return HostKind::Shortener;
    }
    if scheme != "https" && scheme != "git" && scheme != "ssh" {
        return HostKind::PlainHttp;
    }
    if is_vendor(host, rest) {
        return HostKind::Vendor;
    }
    if is_under(host, CODE_HOSTS) {
        return HostKind::CodeHost;
    }
    HostKind::Unknown
}

fn without_port(host: &str) -> &str {
    if let Some(inner) = host.strip_prefix('[') {
        return inner.split(']').next().unwrap_or_default();
    }
    host.split(':').next().unwrap_or_default()
}

fn is_vendor(host: &str, address: &str) -> bool {
    VENDORS.iter().any(|vendor| match vendor.split_once('/') {
        Some(_) => address.starts_with(vendor),
        None => is_under(host, &[vendor]),
    })
}

fn is_under(host: &str, domains: &[&str]) -> bool {
    domains.iter().any(|domain| {
        host.strip_suffix(domain)
            .is_some_and(|head| head.is_empty() || head.ends_with('.'))
    })
}

fn is_internal(host: &str) -> bool {
    !host.contains('.')
        || [
            ".local",
            ".svc",
            ".internal",
            ".lan",
            ".intranet",
            ".corp",
            ".home",
            ".test",
            ".localhost",
            ".home.arpa",
        ]
        .iter()
        .any(|suffix| host.ends_with(suffix))
}

/// Whether a host is a bare address, and if so whether it is reachable from anywhere. Also one number
/// (`http://3232235777/`) and hexadecimal, which only those who hide write.
fn is_public_address(host: &str) -> Option<bool> {
    use std::net::{IpAddr, Ipv4Addr};
    let address = host.parse::<IpAddr>().ok().or_else(|| {
        let number = match host.strip_prefix("0x") {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => (host.len() >= 8)
                .then(|| host.parse::<u32>().ok())
                .flatten(),
        };
        number.map(|number| IpAddr::V4(Ipv4Addr::from(number)))
    })?;
    Some(match address {
        IpAddr::V4(v4) => {
            let shared = v4.octets().first() == Some(&100)
                && v4
                    .octets()
                    .get(1)
                    .is_some_and(|byte| (64..128).contains(byte));
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_unspecified()
                || shared)
        }
        IpAddr::V6(v6) => {
            !(v6.is_loopback()
                || v6.is_unspecified()
                || v6
                    .segments()
                    .first()
                    .is_some_and(|part| part & 0xfe00 == 0xfc00 || part & 0xffc0 == 0xfe80))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_told_apart() {
        for (url, expected) in [
            ("https://get.helm.sh/helm-v3.tar.gz", HostKind::Vendor),
            (
                "https://raw.githubusercontent.com/helm/helm/main/scripts/get-helm-3",
                HostKind::Vendor,
            ),
            (
                "https://raw.githubusercontent.com/somebody/x/main/a.sh",
                HostKind::CodeHost,
            ),
            ("http://get.helm.sh/x", HostKind::PlainHttp),
            (
                "http://45.9.148.35/chimaera/sh/setup.sh",
                HostKind::RawAddress,
            ),
            ("45.9.148.35/x.sh", HostKind::RawAddress),
            ("http://0x2d099423/x", HostKind::RawAddress),
            ("http://10.0.0.5:8080/x.sh", HostKind::Internal),
            ("http://192.0.2.1/x", HostKind::RawAddress),
            ("http://example.com/x", HostKind::PlainHttp),
            ("http://files/x.sh", HostKind::Internal),
            (
                "http://minio.storage.svc.cluster.local/x",
                HostKind::Internal,
            ),
            ("https://pastebin.com/raw/abc", HostKind::Paste),
            ("https://transfer.sh/abc/x", HostKind::FileShare),
            ("https://bit.ly/3x", HostKind::Shortener),
            ("http://abc.onion/x", HostKind::Tor),
            ("https://x.tor2web.io/x", HostKind::Tor),
            ("https://evil.example.net/i.sh", HostKind::Unknown),
            ("$URL/x", HostKind::Variable),
            ("https://${HOST}/x", HostKind::Variable),
            ("https://notpastebin.com/x", HostKind::Unknown),
        ] {
            assert_eq!(host_kind(url), expected, "{url}");
        }
    }
}
