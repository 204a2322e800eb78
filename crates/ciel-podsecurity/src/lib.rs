//! The Pod Security Standards, judged as the API server's admission of each version judges them.
//!
//! [`evaluate`] holds one pod (or pod template) to a level of a version and says what admission would say: whether the
//! pod is let in, the reasons, the details, word for word, and for each violation the places in the object that cause
//! it. [`enforced`] reads from a namespace's labels which level admission enforces there.
//!
//! The specification is the source of `k8s.io/pod-security-admission` v0.37.2 (`policy/*.go`); the code here was
//! written anew from it. Admission has one set of rules for all versions: a version is not what an old release did but
//! what the newest release does when a namespace is pinned to that version. So `v1.24` of today differs from what a
//! 1.24 server said (relaxations for user namespaces moved to 1.35, AppArmor's field is judged in every version).
//!
//! # What differs by version
//!
//! | control | level | since | later |
//! |---|---|---|---|
//! | `appArmorProfile` | baseline | 1.0 | |
//! | `capabilities_baseline` | baseline | 1.0 | replaced in restricted by `capabilities_restricted` from 1.22 |
//! | `hostNamespaces` | baseline | 1.0 | |
//! | `hostPathVolumes` | baseline | 1.0 | replaced in restricted by `restrictedVolumes` |
//! | `hostPorts` | baseline | 1.0 | |
//! | `hostProbesAndHostLifecycle` | baseline | 1.34 | |
//! | `privileged` | baseline | 1.0 | |
//! | `procMount` | baseline | 1.0 | 1.35: pods with `hostUsers: false` may; there restricted has `procMount_restricted` instead |
//! | `seLinuxOptions` | baseline | 1.0 | 1.31: type `container_engine_t` |
//! | `seccompProfile_baseline` | baseline | 1.0 | to 1.18 the alpha annotations, from 1.19 the field; replaced in restricted from 1.19 |
//! | `sysctls` | baseline | 1.0 | more sysctls in 1.27, 1.29, 1.32, 1.37 |
//! | `windowsHostProcess` | baseline | 1.0 | |
//! | `allowPrivilegeEscalation` | restricted | 1.8 | 1.25: not for Windows pods |
//! | `capabilities_restricted` | restricted | 1.22 | 1.25: not for Windows pods |
//! | `procMount_restricted` | restricted | 1.35 | |
//! | `restrictedVolumes` | restricted | 1.0 | |
//! | `runAsNonRoot` | restricted | 1.0 | 1.35: not for pods with `hostUsers: false` |
//! | `runAsUser` | restricted | 1.23 | 1.35: not for pods with `hostUsers: false` |
//! | `seccompProfile_restricted` | restricted | 1.19 | 1.25: not for Windows pods |
//!
//! A Windows pod is one that says so in `spec.os.name`; node selectors do not count. A version newer than
//! [`LATEST_MINOR`] is judged as that one.
//!
//! # What a pod is taken for
//!
//! Pods are judged as written. Of the API server's defaults only one is applied, since it alone changes verdicts: a
//! volume that names no source is an `emptyDir`. With `hostNetwork: true` the API server also copies each container
//! port to its `hostPort`; its message about a running pod then has `hostPort (…)` behind `host namespaces (…)`. Values
//! of the wrong type, which the API server would refuse to decode, are passed over or taken by their text.
//!
//! Where an operator fills in the rest of a pod ([`PodSpec::partial`](ciel_k8s::PodSpec), Tekton steps, Argo
//! workflows), what the template does not say is not held against it.
//!
//! # Cost
//!
//! The pod is read once, in one walk over its fields; a pod of up to four containers that breaks nothing is judged
//! without allocation.
//!
//! Architecture invariant: a function of the pod, the level and the version; no Snapshot, no I/O.

mod bad;
mod control;
mod controls;
mod evaluation;
mod labels;
mod pod;
mod quote;

pub use control::Control;
pub use controls::linux::{is_container_se_linux_type, is_safe_sysctl};
pub use evaluation::{Evaluation, Place, Violation, evaluate};
pub use labels::{Enforced, ParseError, enforced, parse_level, parse_version};

/// The newest minor version of Kubernetes 1.x whose rules are known.
pub const LATEST_MINOR: u32 = 37;
