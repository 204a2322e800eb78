//! How the files of the audit log are rotated.

use ciel_core::Tool;

use super::{ComponentCx, fix::SettingFix};
use crate::Rule;

/// A flag of the rotation.
pub(super) struct Rotation {
    pub(super) flag: &'static str,
    /// The least that is enough.
    pub(super) least: i64,
    /// What follows from less.
    pub(super) low: &'static str,
    /// What follows from none.
    pub(super) absent: &'static str,
}

/// The minor version of Kubernetes since which the defaults are large enough.
const WITH_DEFAULTS: u16 = 36;

/// Reports a flag of the rotation that is absent, low, or of no use.
pub(super) fn judge_rotation(cx: &mut ComponentCx<'_>, rule: &'static Rule, rotation: &Rotation) {
    let &Rotation {
        flag: name,
        least,
        low,
        absent,
    } = rotation;
    let help = format!("set `--{name}={least}` or more, together with `--audit-log-path`");
    let Some(flag) = cx.flag(name) else {
        if cx.is_before(WITH_DEFAULTS) {
            let message = format!("{} runs without `--{name}`: {absent}", cx.program());
            let has_log = cx.component.has("audit-log-path");
            let fix = if has_log {
                cx.fix_of_absent(name, &least.into())
            } else {
                SettingFix::None
            };
            fix.apply(cx.report_absent(rule, name, message).help(help));
        }
        return;
    };
    let number = cx
        .component
        .value(name)
        .and_then(|value| value.parse::<i64>().ok());
    let why = match number {
        None => return,
        Some(0) => absent,
        Some(number) if number < least => low,
        Some(_) if !cx.component.has("audit-log-path") && !cx.component.is_partial => {
            let message = format!("`--{name}` does nothing without `--audit-log-path`");
            let report = cx.report_flag(rule, &flag, message).help(help);
            // Of the three, kubescape is content with this one wherever it has a value.
            if name == "audit-log-maxage" {
                report.not_called(Tool::Kubescape, &["C-0131"]);
            }
            return;
        }
        Some(_) => return,
    };
    let setting = cx.setting(name, &flag.value);
    let message = format!("{} runs with {setting}: {why}", cx.program());
    let fix = if cx.component.has("audit-log-path") {
        cx.fix_of(&flag, &least.into())
    } else {
        SettingFix::None
    };
    fix.apply(cx.report_flag(rule, &flag, message).help(help));
}
