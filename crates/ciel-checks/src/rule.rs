use ciel_core::{Check, Topic};

use crate::{ClusterCx, ComponentCx, ConfigurationCx, ContainerCx, ObjectCx, PodCx, Program};

/// A check with the function that runs it.
#[derive(Debug)]
pub struct Rule {
    /// What it says of itself.
    pub check: Check,
    /// What it looks at, and how.
    pub run: Run,
}

/// What a rule looks at.
#[derive(Debug)]
pub enum Run {
    /// Every container of every pod: init, regular and ephemeral ones.
    Container(fn(&mut ContainerCx<'_>)),
    /// Every pod and pod template.
    Pod(fn(&mut PodCx<'_>)),
    /// Every pod and pod template, by the Pod Security Standards: all rules of this kind share one evaluation.
    PodSecurity,
    /// Every setting up of the programs: containers that run one, kubeadm's configuration, configuration files.
    Component(&'static [Program], fn(&mut ComponentCx<'_>)),
    /// Every configuration file of the kinds, given as group and kind: objects, and texts within other objects.
    Configuration(
        &'static [(&'static str, &'static str)],
        fn(&mut ConfigurationCx<'_>),
    ),
    /// Every object of the kinds, given as group and kind.
    Object(
        &'static [(&'static str, &'static str)],
        fn(&mut ObjectCx<'_>),
    ),
    /// Every object of whatever kind.
    AnyObject(fn(&mut ObjectCx<'_>)),
    /// The snapshot as a whole, once.
    Cluster(fn(&mut ClusterCx<'_>)),
}

/// The topic that a code's letters name.
///
/// # Panics
/// At compile time, for a code of no topic.
#[must_use]
#[expect(clippy::panic, reason = "evaluated at compile time")]
pub const fn topic_of(code: &str) -> Topic {
    let mut index = 0;
    #[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
    while index < Topic::ALL.len() {
        if starts_with(code.as_bytes(), Topic::ALL[index].prefix().as_bytes()) {
            return Topic::ALL[index];
        }
        index += 1;
    }
    panic!("the code belongs to no topic")
}

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
const fn starts_with(text: &[u8], prefix: &[u8]) -> bool {
    if text.len() < prefix.len() {
        return false;
    }
    let mut index = 0;
    while index < prefix.len() {
        if text[index] != prefix[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// Words for the lists of [`declare_check!`](crate::declare_check): frameworks' controls and tools' ids.
#[expect(
    missing_docs,
    reason = "each is named for the framework or tool whose id it takes"
)]
pub mod shorthand {
    use ciel_core::{Alias, Control, Framework, PssLevel, Tool};

    pub use ciel_core::PssLevel::{Baseline, Restricted};

    pub use crate::Run::*;

    #[must_use]
    pub const fn pss(level: PssLevel) -> Control {
        Control {
            framework: Framework::Pss,
            control: level.as_str(),
        }
    }

    macro_rules! controls {
        ($($name:ident => $framework:ident,)*) => {$(
            #[must_use]
            pub const fn $name(control: &'static str) -> Control {
                Control { framework: Framework::$framework, control }
            }
        )*};
    }

    macro_rules! tools {
        ($($name:ident => $tool:ident,)*) => {$(
            #[must_use]
            pub const fn $name(id: &'static str) -> Alias {
                Alias { tool: Tool::$tool, id }
            }
        )*};
    }

    controls! {
        cis => Cis112,
        nsa => Nsa12,
        owasp2022 => Owasp2022,
        owasp2025 => Owasp2025,
        mitre => Mitre,
        ms => MsMatrix,
    }

    tools! {
        trivy => Trivy,
        kubescape => Kubescape,
        checkov => Checkov,
        kube_linter => KubeLinter,
        polaris => Polaris,
        kube_score => KubeScore,
        kubeaudit => Kubeaudit,
        kubesec => Kubesec,
        popeye => Popeye,
        kube_bench => KubeBench,
        kube_hunter => KubeHunter,
        kubiscan => Kubiscan,
        rbac_police => RbacPolice,
        kics => Kics,
        snyk => Snyk,
        datree => Datree,
    }
}

/// Declares a check: its documentation (Markdown, with the sections "What it does", "Why is this bad?",
/// "Example", "Use instead", "Exceptions", "References"), its metadata and the function that runs it.
#[macro_export]
macro_rules! declare_check {
    (
        $(#[doc = $doc:literal])+
        pub static $ident:ident = {
            code: $code:literal,
            name: $name:literal,
            severity: $severity:ident,
            $(severity_reason: $reason:literal,)?
            since: $since:literal,
            summary: $summary:literal,
            $(profile: $profile:ident,)?
            run: $run:expr,
            frameworks: [$($framework:expr),* $(,)?],
            aliases: [$($alias:expr),* $(,)?] $(,)?
        }
    ) => {
        $(#[doc = $doc])+
        pub(crate) static $ident: $crate::Rule = {
            use $crate::shorthand::*;
            $crate::Rule {
                check: ::ciel_core::Check {
                    code: $code,
                    name: $name,
                    severity: ::ciel_core::Severity::$severity,
                    severity_reason: concat!($($reason)?),
                    since: $since,
                    summary: $summary,
                    docs: concat!($($doc, "\n"),+),
                    topic: $crate::topic_of($code),
                    profile: $crate::declare_check!(@profile $($profile)?),
                    frameworks: &[$($framework),*],
                    aliases: &[$($alias),*],
                },
                run: $run,
            }
        };
    };
    (@profile) => { ::ciel_core::Profile::Security };
    (@profile $profile:ident) => { ::ciel_core::Profile::$profile };
}
