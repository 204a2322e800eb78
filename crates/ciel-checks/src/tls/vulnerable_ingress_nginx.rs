use ciel_core::Severity;

use super::nginx::{Version, is_controller, version};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds controllers of ingress-nginx, by image and version, with known ways to inject configuration.
    ///
    /// ## Why is this bad?
    /// Whoever may write an Ingress, and with the admission webhook on, before 1.11.5 and 1.12.1, every pod of the
    /// cluster (CVE-2025-1974, "IngressNightmare"), runs code in the controller and reads every Secret of the cluster.
    ///
    /// ## Example
    /// ```yaml
    /// image: registry.k8s.io/ingress-nginx/controller:v1.8.0
    /// args: [/nginx-ingress-controller, --validating-webhook=:8443]
    /// ```
    ///
    /// ## Use instead
    /// The last version of the line (1.13.8, 1.14.4, 1.15.0 or later), on the way to a controller that is kept up.
    ///
    /// ## Exceptions
    /// An image without a version in its tag cannot be judged.
    ///
    /// ## References
    /// - <https://kubernetes.io/blog/2025/03/24/ingress-nginx-cve-2025-1974/>
    /// - <https://github.com/kubernetes/ingress-nginx/issues/7837>
    /// - <https://github.com/kubernetes/kubernetes/issues/137560>
    pub static VULNERABLE_INGRESS_NGINX = {
        code: "TLS014",
        name: "vulnerable-ingress-nginx",
        severity: High,
        severity_reason: "critical where every pod can reach the weakness; the others need the right to write Ingresses",
        since: "0.1.0",
        summary: "ingress-nginx has a known way to inject configuration",
        run: Container(vulnerable_ingress_nginx),
        frameworks: [nsa("upgrading"), owasp2022("K10"), owasp2025("K07"), mitre("T1190")],
        aliases: [kubescape("C-0059")],
    }
}

/// A weakness, and in which versions it is mended: in each line of releases from one on. Lines that are not named are
/// mended if they are newer than the last of their major version that is.
struct Weakness {
    id: &'static str,
    mended: &'static [Version],
}

/// By date, the worst last where several are of one day.
const WEAKNESSES: [Weakness; 10] = [
    Weakness {
        id: "CVE-2021-25742",
        mended: &[(0, 49, 1), (1, 0, 1)],
    },
    Weakness {
        id: "CVE-2021-25745",
        mended: &[(1, 2, 0)],
    },
    Weakness {
        id: "CVE-2021-25746",
        mended: &[(1, 2, 0)],
    },
    Weakness {
        id: "CVE-2023-5043",
        mended: &[(1, 9, 0)],
    },
    Weakness {
        id: "CVE-2023-5044",
        mended: &[(1, 9, 0)],
    },
    Weakness {
        id: "CVE-2024-7646",
        mended: &[(1, 10, 4), (1, 11, 2)],
    },
    Weakness {
        id: IN_WEBHOOK,
        mended: &[(1, 11, 5), (1, 12, 1)],
    },
    Weakness {
        id: "CVE-2025-15566",
        mended: &[(1, 12, 5), (1, 13, 1)],
    },
    Weakness {
        id: "CVE-2026-24512",
        mended: &[(1, 13, 7), (1, 14, 3)],
    },
    Weakness {
        id: "CVE-2026-3288",
        mended: &[(1, 13, 8), (1, 14, 4), (1, 15, 0)],
    },
];
/// The weakness for which it takes no right to write Ingresses.
const IN_WEBHOOK: &str = "CVE-2025-1974";

impl Weakness {
    fn is_in(&self, version: Version) -> bool {
        let of_major = || self.mended.iter().filter(|mended| mended.0 == version.0);
        let own_line = of_major().find(|mended| mended.1 == version.1);
        own_line
            .or_else(|| of_major().next_back())
            .or(self.mended.last())
            .is_some_and(|mended| version < *mended)
    }
}

fn vulnerable_ingress_nginx(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let Some(image) = container.image().filter(|image| is_controller(image)) else {
        return;
    };
    let (Some(node), Some(version)) = (container.node.get("image"), version(image)) else {
        return;
    };
    let found: Vec<&str> = WEAKNESSES
        .iter()
        .filter(|weakness| weakness.is_in(version))
        .map(|weakness| weakness.id)
        .collect();
    let mut argv = container.argv().into_iter();
    let has_webhook = argv.any(|word| word.scalar_text().starts_with("--validating-webhook"));
    let is_open = has_webhook && found.contains(&IN_WEBHOOK);
    let worst = if is_open {
        Some(IN_WEBHOOK)
    } else {
        found.first().copied()
    };
    let Some(worst) = worst else { return };
    let others = match found.len() {
        1 => String::new(),
        count => format!(" and {} more", count - 1),
    };
    let (major, minor, patch) = version;
    let whom = if is_open {
        "every pod"
    } else {
        "whoever writes Ingresses"
    };
    let message = format!(
        "ingress-nginx {major}.{minor}.{patch} lets {whom} inject configuration: {worst}{others}"
    );
    let severity = if is_open {
        Severity::Critical
    } else {
        Severity::High
    };
    cx.report(&VULNERABLE_INGRESS_NGINX, node, message)
        .severity(severity)
        .evidence("weaknesses", found)
        .help("update the controller, and switch its admission webhook off until then");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(version: Version, expected: usize) {
        let found = WEAKNESSES.iter().filter(|weakness| weakness.is_in(version));
        assert_eq!(found.count(), expected, "{version:?}");
    }

    #[test]
    fn lines_of_releases_are_told_apart() {
        check((0, 33, 0), 10);
        check((0, 49, 1), 9);
        check((0, 51, 0), 9);
        check((1, 0, 0), 10);
        check((1, 10, 4), 4);
        check((1, 11, 5), 3);
        check((1, 12, 0), 4);
        check((1, 12, 5), 2);
        check((1, 14, 3), 1);
        check((1, 14, 4), 0);
        check((1, 15, 0), 0);
    }
}
