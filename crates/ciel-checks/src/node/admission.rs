//! Which admission plugins an API server is told to use.

use super::{ComponentCx, words::Flag};
use crate::Rule;

/// The flag that switches plugins on, besides those that are on by default.
pub(super) const ENABLE: &str = "enable-admission-plugins";
const DISABLE: &str = "disable-admission-plugins";
/// The flag of releases before 1.10, gone since 1.19: the whole list, without any by default.
const WHOLE: &str = "admission-control";

/// The last flag of a name that has a plugin among its items.
pub(super) fn flag_with<'s>(cx: &ComponentCx<'s>, name: &str, plugin: &str) -> Option<Flag<'s>> {
    let mut flags = cx.component.flags.iter().rev();
    let is_named = |flag: &Flag<'s>| flag.name == name || name == ENABLE && flag.name == WHOLE;
    let has = |flag: &Flag<'s>| flag.value.split(',').any(|item| item.trim() == plugin);
    flags.find(|flag| is_named(flag) && has(flag)).cloned()
}

/// Reports a plugin that is off by default and not switched on.
pub(super) fn want_enabled(cx: &mut ComponentCx<'_>, rule: &'static Rule, plugin: &str, why: &str) {
    let is_on = flag_with(cx, ENABLE, plugin).is_some()
        || cx.flag(ENABLE).is_none() && cx.component.items(ENABLE).contains(&plugin);
    let disabling = flag_with(cx, DISABLE, plugin);
    if (is_on && disabling.is_none()) || cx.component.is_unknown(ENABLE) {
        return;
    }
    let message = format!(
        "{} runs without the admission plugin `{plugin}`: {why}",
        cx.program()
    );
    let help = format!("add `{plugin}` to `--{ENABLE}`");
    let given = || cx.flag(ENABLE).or_else(|| cx.flag(WHOLE));
    match disabling.or_else(given) {
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
    let is_left_out = || flag_with(cx, ENABLE, plugin).is_none();
    let left_out = || cx.flag(WHOLE).filter(|_| is_left_out());
    let Some(flag) = flag_with(cx, DISABLE, plugin).or_else(left_out) else {
        return;
    };
    let message = format!(
        "{} switches the admission plugin `{plugin}` off: {why}",
        cx.program()
    );
    cx.report_flag(rule, &flag, message)
        .help(format!("take `{plugin}` out of `--{DISABLE}`"));
}
