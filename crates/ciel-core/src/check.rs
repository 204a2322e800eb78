use crate::{Finding, Severity};

/// What a check says of itself: its names, how bad its findings are, what it is called elsewhere.
#[derive(Debug)]
pub struct Check {
    /// Short code, topic and number: `POD001`.
    pub code: &'static str,
    /// Kebab-case name of the bad thing, so that "ignore privileged-container" reads right.
    pub name: &'static str,
    /// How bad a finding is, unless the check decides otherwise for one.
    pub severity: Severity,
    /// Why this severity, where tools disagree about it.
    pub severity_reason: &'static str,
    /// First version of Ciel that has it.
    pub since: &'static str,
    /// One line, lower case: what is wrong.
    pub summary: &'static str,
    /// Markdown: what it does, why it is bad, an example, what to use instead, exceptions, references.
    pub docs: &'static str,
    /// What it is about.
    pub topic: Topic,
    /// In which profile it runs.
    pub profile: Profile,
    /// The controls of public frameworks that it answers.
    pub frameworks: &'static [Control],
    /// What other tools call it.
    pub aliases: &'static [Alias],
}

/// The part of the catalogue that a check belongs to; the letters of its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Pods and their containers.
    Pod,
    /// Roles and bindings.
    Rbac,
    /// Network policies and services.
    Network,
    /// TLS and certificates.
    Tls,
    /// Images and registries.
    Image,
    /// Secrets and credentials.
    Secret,
    /// Exposure and consoles.
    Exposure,
    /// Signs of mining.
    Mining,
    /// Versions and removed APIs.
    Version,
    /// Governance.
    Governance,
    /// Reliability.
    Reliability,
    /// The control plane and the nodes, as far as manifests show them.
    Node,
}

impl Topic {
    /// All topics, in the order of the catalogue.
    pub const ALL: [Self; 12] = [
        Self::Pod,
        Self::Rbac,
        Self::Network,
        Self::Tls,
        Self::Image,
        Self::Secret,
        Self::Exposure,
        Self::Mining,
        Self::Version,
        Self::Governance,
        Self::Reliability,
        Self::Node,
    ];

    /// The letters that codes of this topic begin with.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Pod => "POD",
            Self::Rbac => "RBAC",
            Self::Network => "NET",
            Self::Tls => "TLS",
            Self::Image => "IMG",
            Self::Secret => "SEC",
            Self::Exposure => "EXP",
            Self::Mining => "MINE",
            Self::Version => "VER",
            Self::Governance => "GOV",
            Self::Reliability => "REL",
            Self::Node => "NODE",
        }
    }

    /// The word in outputs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pod => "pods",
            Self::Rbac => "rbac",
            Self::Network => "network",
            Self::Tls => "tls",
            Self::Image => "images",
            Self::Secret => "secrets",
            Self::Exposure => "exposure",
            Self::Mining => "mining",
            Self::Version => "versions",
            Self::Governance => "governance",
            Self::Reliability => "reliability",
            Self::Node => "nodes",
        }
    }
}

/// In which profile a check runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// The default: what an attacker could use. Also part of `all`.
    Security,
    /// Only with `--profile all`: reliability, style, and hardening that most workloads cannot afford.
    All,
    /// In no profile: only where it is selected by name. For style that contradicts what most people do.
    Asked,
    /// Only with `--profile pss-…`: the Pod Security Standards themselves.
    PodSecurity,
}

impl Profile {
    /// The word in outputs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::All => "all",
            Self::Asked => "asked",
            Self::PodSecurity => "pss",
        }
    }
}

/// A level of the Pod Security Standards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PssLevel {
    /// Anything goes.
    Privileged,
    /// No known privilege escalation.
    Baseline,
    /// Hardening best practice.
    Restricted,
}

impl PssLevel {
    /// The word in labels and outputs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Privileged => "privileged",
            Self::Baseline => "baseline",
            Self::Restricted => "restricted",
        }
    }
}

/// A public framework of controls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Framework {
    /// Kubernetes Pod Security Standards; the control is the level.
    Pss,
    /// CIS Kubernetes Benchmark 1.12.
    Cis112,
    /// NSA/CISA Kubernetes Hardening Guide 1.2.
    Nsa12,
    /// OWASP Kubernetes Top 10, 2022.
    Owasp2022,
    /// OWASP Kubernetes Top 10, 2025 draft.
    Owasp2025,
    /// MITRE ATT&CK, Containers matrix.
    Mitre,
    /// Microsoft's threat matrix for Kubernetes.
    MsMatrix,
    /// SOC 2: the Trust Services Criteria of the AICPA, 2017.
    Soc2,
    /// PCI DSS 4.0.
    Pci,
    /// IT-Grundschutz of Germany's Federal Office for Information Security, 2023: Kubernetes and containers.
    Bsi,
}

impl Framework {
    /// All frameworks.
    pub const ALL: [Self; 10] = [
        Self::Pss,
        Self::Cis112,
        Self::Nsa12,
        Self::Owasp2022,
        Self::Owasp2025,
        Self::Mitre,
        Self::MsMatrix,
        Self::Soc2,
        Self::Pci,
        Self::Bsi,
    ];

    /// The id in outputs and for `--profile`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Pss => "pss",
            Self::Cis112 => "cis-1.12",
            Self::Nsa12 => "nsa-1.2",
            Self::Owasp2022 => "owasp-2022",
            Self::Owasp2025 => "owasp-2025",
            Self::Mitre => "mitre",
            Self::MsMatrix => "ms-matrix",
            Self::Soc2 => "soc2",
            Self::Pci => "pci",
            Self::Bsi => "bsi",
        }
    }
}

/// One control of one framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Control {
    /// The framework.
    pub framework: Framework,
    /// The id as the framework writes it.
    pub control: &'static str,
}

/// Another tool whose ids Ciel knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant is the tool's own name")]
pub enum Tool {
    Trivy,
    Kubescape,
    Checkov,
    KubeLinter,
    Polaris,
    KubeScore,
    Kubeaudit,
    Kubesec,
    Popeye,
    KubeBench,
    KubeHunter,
    Kubiscan,
    RbacPolice,
    Kics,
    Snyk,
    Datree,
}

impl Tool {
    /// The key in outputs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Trivy => "trivy",
            Self::Kubescape => "kubescape",
            Self::Checkov => "checkov",
            Self::KubeLinter => "kube-linter",
            Self::Polaris => "polaris",
            Self::KubeScore => "kube-score",
            Self::Kubeaudit => "kubeaudit",
            Self::Kubesec => "kubesec",
            Self::Popeye => "popeye",
            Self::KubeBench => "kube-bench",
            Self::KubeHunter => "kube-hunter",
            Self::Kubiscan => "kubiscan",
            Self::RbacPolice => "rbac-police",
            Self::Kics => "kics",
            Self::Snyk => "snyk",
            Self::Datree => "datree",
        }
    }
}

/// What one tool calls a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Alias {
    /// The tool.
    pub tool: Tool,
    /// Its id, as it writes it.
    pub id: &'static str,
}

impl Alias {
    /// Whether its tool means it by an id. Case does not matter, and Trivy has written its ids in several ways:
    /// `KSV-0017`, `KSV017` and `AVD-KSV-0017` are one.
    #[must_use]
    pub fn is_called(&self, id: &str) -> bool {
        self.id.eq_ignore_ascii_case(id)
            || (self.tool == Tool::Trivy
                && trivy_number(id).is_some_and(|number| trivy_number(self.id) == Some(number)))
    }
}

/// Series and number of an id of Trivy: `ksv` and 17.
fn trivy_number(id: &str) -> Option<(bool, u32)> {
    let head = id.get(..4).filter(|head| head.eq_ignore_ascii_case("AVD-"));
    let id = head.map_or(id, |head| id.get(head.len()..).unwrap_or_default());
    let is_manifest = match id.get(..3)? {
        series if series.eq_ignore_ascii_case("KSV") => true,
        series if series.eq_ignore_ascii_case("KCV") => false,
        _ => return None,
    };
    let number = id.get(3..)?;
    let number = number.strip_prefix('-').unwrap_or(number);
    let is_number = number.len() <= 6 && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        .then(|| number.parse().ok())
        .flatten()
        .map(|number| (is_manifest, number))
}

/// Names one check or several: a code (`POD001`), a name (`privileged-container`), the letters of a topic or
/// the beginning of a code (`POD`, `RBAC0`), or another tool's id (`KSV-0017`, `trivy:KSV-0017`). Case does not
/// matter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Selector(String);

impl Selector {
    /// A selector from what a user wrote. It may match nothing: ask [`Selector::matches`].
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// The text as the user wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it names this check.
    #[must_use]
    pub fn matches(&self, check: &Check) -> bool {
        let text = self.0.as_str();
        if text.is_empty() {
            return false;
        }
        self.is_exactly(check)
            || self.is_prefix_of(check)
            || check.aliases.iter().any(|alias| names_alias(text, alias))
    }

    /// Whether it names this finding: its check by code, name or prefix, or what another tool calls the finding itself.
    #[must_use]
    pub fn matches_finding(&self, finding: &Finding) -> bool {
        let mut aliases = finding.aliases().iter();
        self.is_exactly(finding.check)
            || (!self.0.is_empty() && self.is_prefix_of(finding.check))
            || aliases.any(|alias| names_alias(&self.0, alias))
    }

    /// Whether it names this check and no other: by its code or its name.
    #[must_use]
    pub fn is_exactly(&self, check: &Check) -> bool {
        check.code.eq_ignore_ascii_case(&self.0) || check.name.eq_ignore_ascii_case(&self.0)
    }

    fn is_prefix_of(&self, check: &Check) -> bool {
        let prefix = check.topic.prefix();
        self.0.len() >= prefix.len()
            && check
                .code
                .get(..self.0.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(&self.0))
    }
}

fn names_alias(text: &str, alias: &Alias) -> bool {
    let id = match text.split_once(':') {
        Some((tool, id)) if tool.eq_ignore_ascii_case(alias.tool.as_str()) => id,
        _ => text,
    };
    alias.is_called(id)
}
