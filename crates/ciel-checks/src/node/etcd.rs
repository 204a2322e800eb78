//! What checks of etcd have in common, and of those who talk to it.

use ciel_core::Severity;

use super::{
    ComponentCx,
    fix::SettingFix,
    values::is_loopback,
    want::{Pair, boolean, judge_pair},
};
use crate::Rule;

pub(super) use super::values::is_open_http;

/// Whom etcd talks to.
#[derive(Clone, Copy)]
pub(super) enum Side {
    Clients,
    Peers,
}

impl Side {
    const fn listening(self) -> &'static str {
        match self {
            Self::Clients => "listen-client-urls",
            Self::Peers => "listen-peer-urls",
        }
    }

    const fn authority(self) -> &'static str {
        match self {
            Self::Clients => "trusted-ca-file",
            Self::Peers => "peer-trusted-ca-file",
        }
    }
}

/// Whether an API server reaches etcd by a Unix socket.
pub(super) fn is_socket(cx: &ComponentCx<'_>) -> bool {
    let servers = cx.component.items("etcd-servers");
    !servers.is_empty() && servers.iter().all(|url| url.starts_with("unix:"))
}

/// Reports the files of a certificate that etcd is not given.
pub(super) fn want_files(
    cx: &mut ComponentCx<'_>,
    rule: &'static Rule,
    side: Side,
    flags: [&'static str; 2],
) {
    if is_private(cx, side) || cx.component.value(auto_tls(side)).and_then(boolean) == Some(true) {
        return;
    }
    let pair = Pair {
        flags,
        why: match side {
            Side::Clients => "it talks to clients in plain text",
            Side::Peers => "it talks to other members in plain text",
        },
        help: "give it a certificate of a CA for etcd, and listen at `https://` URLs",
        severity: Some(severity(cx, rule)),
    };
    judge_pair(cx, rule, &pair);
}

/// Reports a switch that asks for certificates and is not on.
pub(super) fn want_true(cx: &mut ComponentCx<'_>, rule: &'static Rule, side: Side, flag: &str) {
    let value = cx.component.value(flag);
    let is_unknown = cx.component.is_unknown(flag);
    if is_private(cx, side) || is_unknown || value.and_then(boolean) == Some(true) {
        return;
    }
    let severity = severity(cx, rule);
    let what = "whoever reaches it reads and writes all that it stores";
    let help = "ask for certificates of a CA that signs for nobody else";
    // Without an authority of its own it would ask for certificates of those that the machine trusts.
    let has_authority = cx.component.has(side.authority());
    let fix = match cx.flag(flag) {
        _ if !has_authority => SettingFix::None,
        Some(given) => cx.fix_of(&given, &true.into()),
        None => cx.fix_of_absent(flag, &true.into()),
    };
    let report = match cx.flag(flag) {
        Some(given) => {
            let setting = cx.setting(flag, &given.value);
            let message = format!("{} runs with {setting}: {what}", cx.program());
            cx.report_flag(rule, &given, message)
        }
        None => {
            let message = format!("{} runs without `--{flag}=true`: {what}", cx.program());
            cx.report_absent(rule, flag, message)
        }
    };
    fix.apply(report.severity(severity).help(help));
}

const fn auto_tls(side: Side) -> &'static str {
    match side {
        Side::Clients => "auto-tls",
        Side::Peers => "peer-auto-tls",
    }
}

/// Whether nobody outside of its pod reaches it: it listens on the loopback interface of a network of its own.
fn is_private(cx: &ComponentCx<'_>, side: Side) -> bool {
    if is_of_control_plane(cx) {
        return false;
    }
    let urls = cx.component.items(side.listening());
    urls.iter().all(|url| {
        let authority = url.split_once("://").map_or(*url, |(_, rest)| rest);
        is_loopback(authority.trim_end_matches('/'))
    }) && !cx.component.is_unknown(side.listening())
}

/// The check's own severity for the cluster's etcd, less for one that a workload brings for itself.
fn severity(cx: &ComponentCx<'_>, rule: &Rule) -> Severity {
    if is_of_control_plane(cx) {
        rule.check.severity
    } else {
        Severity::Medium
    }
}

/// Whether it is the cluster's own: a static pod, a pod on the host's network or in kube-system, or set up by kubeadm.
fn is_of_control_plane(cx: &ComponentCx<'_>) -> bool {
    let object = cx.object();
    let mut workloads = object.workloads().peekable();
    object.namespace() == "kube-system"
        || workloads.peek().is_none()
        || workloads.any(|workload| workload.spec().node.bool_at(&["hostNetwork"]) == Some(true))
}
