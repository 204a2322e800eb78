use ciel_core::PssLevel::{self, Baseline, Restricted};

use crate::{
    Control::*,
    controls::{containers, host, linux, restricted, volumes},
    evaluation::Violation,
    pod::Pod,
};

/// One control of the Pod Security Standards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant is the control's own id")]
pub enum Control {
    AppArmorProfile,
    CapabilitiesBaseline,
    HostNamespaces,
    HostPathVolumes,
    HostPorts,
    HostProbesAndHostLifecycle,
    Privileged,
    ProcMount,
    SeLinuxOptions,
    SeccompProfileBaseline,
    Sysctls,
    WindowsHostProcess,
    AllowPrivilegeEscalation,
    CapabilitiesRestricted,
    ProcMountRestricted,
    RestrictedVolumes,
    RunAsNonRoot,
    RunAsUser,
    SeccompProfileRestricted,
}

impl Control {
    /// The id in Kubernetes' own source: `capabilities_baseline`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::AppArmorProfile => "appArmorProfile",
            Self::CapabilitiesBaseline => "capabilities_baseline",
            Self::HostNamespaces => "hostNamespaces",
            Self::HostPathVolumes => "hostPathVolumes",
            Self::HostPorts => "hostPorts",
            Self::HostProbesAndHostLifecycle => "hostProbesAndHostLifecycle",
            Self::Privileged => "privileged",
            Self::ProcMount => "procMount",
            Self::SeLinuxOptions => "seLinuxOptions",
            Self::SeccompProfileBaseline => "seccompProfile_baseline",
            Self::Sysctls => "sysctls",
            Self::WindowsHostProcess => "windowsHostProcess",
            Self::AllowPrivilegeEscalation => "allowPrivilegeEscalation",
            Self::CapabilitiesRestricted => "capabilities_restricted",
            Self::ProcMountRestricted => "procMount_restricted",
            Self::RestrictedVolumes => "restrictedVolumes",
            Self::RunAsNonRoot => "runAsNonRoot",
            Self::RunAsUser => "runAsUser",
            Self::SeccompProfileRestricted => "seccompProfile_restricted",
        }
    }
}

/// From when and where a control holds.
pub(crate) struct Row {
    pub(crate) control: Control,
    level: PssLevel,
    /// First minor version that has it.
    since: u32,
    /// The minor version from which another control stands for it in restricted.
    replaced: u32,
    pub(crate) judge: Judge,
}

/// All controls, in the order in which admission lists their violations: baseline before restricted, each by id.
#[rustfmt::skip]
pub(crate) const ROWS: [Row; 19] = [
    row(AppArmorProfile,            Baseline,    0, NEVER, linux::app_armor),
    row(CapabilitiesBaseline,       Baseline,    0, 22,    containers::capabilities),
    row(HostNamespaces,             Baseline,    0, NEVER, host::namespaces),
    row(HostPathVolumes,            Baseline,    0, 0,     volumes::host_path),
    row(HostPorts,                  Baseline,    0, NEVER, host::ports),
    row(HostProbesAndHostLifecycle, Baseline,   34, NEVER, host::probes_and_lifecycle),
    row(Privileged,                 Baseline,    0, NEVER, containers::privileged),
    row(ProcMount,                  Baseline,    0, 35,    containers::proc_mount),
    row(SeLinuxOptions,             Baseline,    0, NEVER, linux::se_linux),
    row(SeccompProfileBaseline,     Baseline,    0, 19,    linux::seccomp_baseline),
    row(Sysctls,                    Baseline,    0, NEVER, linux::sysctls),
    row(WindowsHostProcess,         Baseline,    0, NEVER, host::process),
    row(AllowPrivilegeEscalation,   Restricted,  8, NEVER, restricted::privilege_escalation),
    row(CapabilitiesRestricted,     Restricted, 22, NEVER, restricted::capabilities),
    row(ProcMountRestricted,        Restricted, 35, NEVER, containers::proc_mount),
    row(RestrictedVolumes,          Restricted,  0, NEVER, volumes::restricted),
    row(RunAsNonRoot,               Restricted,  0, NEVER, restricted::run_as_non_root),
    row(RunAsUser,                  Restricted, 23, NEVER, restricted::run_as_user),
    row(SeccompProfileRestricted,   Restricted, 19, NEVER, restricted::seccomp),
];

const NEVER: u32 = u32::MAX;

/// From a pod, the control that is asked (two may share a function) and the minor version to the violation.
type Judge = for<'a> fn(&Pod<'a>, Control, u32) -> Option<Violation<'a>>;

const fn row(control: Control, level: PssLevel, since: u32, replaced: u32, judge: Judge) -> Row {
    Row {
        control,
        level,
        since,
        replaced,
        judge,
    }
}

impl Row {
    /// Whether the control is part of a level in a version.
    pub(crate) fn holds(&self, level: PssLevel, minor: u32) -> bool {
        if minor < self.since || self.level > level {
            return false;
        }
        level != Restricted || minor < self.replaced
    }
}
