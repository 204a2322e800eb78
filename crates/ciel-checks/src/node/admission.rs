//! Which admission plugins an API server is told to use.

use super::{ComponentCx, words::Flag};
use crate::Rule;

/// The flag that switches plugins on, besides those that are on by default.
pub(super) const ENABLE: &str = "enable-admission-plugins";
const DISABLE: &str = "disable-admission-plugins";

/// The last flag of a name that has a plugin among its items.
pub(super) fn flag_with<'s>(cx: &ComponentCx<'s>, name: &str, plugin: &str) -> Option<Flag<'s>> {
    let mut flags = cx.component.flags.iter().rev();
    let names = |flag: &&Flag<'s>| flag.value.split(',').any(|item| item.trim() == plugin);
    flags.find(|flag| flag.name == name && names(flag)).cloned()
}

/// Reports a plugin that is off by default and not switched on.
pub(super) fn want_enabled(cx: &mut ComponentCx<'_>, rule: &'static Rule, plugin: &str, why: &str) {
    let is_on = cx.component.items(ENABLE).contains(&plugin);
    let disabling = flag_with(cx, DISABLE, plugin);
    if (is_on && disabling.is_none()) || cx.component.is_unknown(ENABLE) {
        return;
    }
    let message = format!(
        "{} runs without the admission plugin `{plugin}`: {why}",
        cx.program()
    );
    let help = format!("add `{plugin}` to `--{ENABLE}`");
    match disabling.or_else(|| cx.flag(ENABLE)) {
        Some(flag) => cx.report_flag(rule, &flag, message).help(help),
        None => cx.report_absent(rule, ENABLE, message).help(help),
    };
}

/// Reports a plugin that is on by default and switched off.
pub(super) fn want_not_disabled(
    cx: &mut ComponentCx<'_>,
    rule: &'static Rule,
    plugin: &str,
    why: &str,
) {
    let Some(flag) = flag_with(cx, DISABLE, plugin) else {
        return;
    };
    let message = format!(
        "{} switches the admission plugin `{plugin}` off: {why}",
        cx.program()
    );
    cx.report_flag(rule, &flag, message)
        .help(format!("take `{plugin}` out of `--{DISABLE}`"));
}
