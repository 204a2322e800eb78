//! Which admission plugins an API server is told to use.

use super::{ComponentCx, fix::SettingFix, words::Flag};
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
    let runs_as_it_is = plugin != NEEDS_CONFIGURATION && plugin != NEEDS_POLICIES;
    let fix = match (&disabling, given()) {
        _ if !runs_as_it_is => SettingFix::None,
        (Some(_), _) if !is_on => SettingFix::None,
        (Some(flag), _) => without(cx, flag, plugin),
        (None, Some(flag)) => with(cx, &flag, plugin),
        // What is told besides counts no more when the flag is given.
        (None, None) => {
            let mut plugins = cx.component.items(ENABLE);
            plugins.push(plugin);
            cx.fix_of_absent(ENABLE, &plugins.join(",").into())
        }
    };
    let report = match disabling.or_else(given) {
        Some(flag) => cx.report_flag(rule, &flag, message),
        None => cx.report_absent(rule, ENABLE, message),
    };
    fix.apply(report.help(help));
}

/// The plugin that does nothing, or keeps the API server from starting, without a configuration of its own.
const NEEDS_CONFIGURATION: &str = "EventRateLimit";
/// The plugin that refuses every pod as long as there are no policies.
const NEEDS_POLICIES: &str = "PodSecurityPolicy";

fn with<'s>(cx: &ComponentCx<'s>, flag: &Flag<'s>, plugin: &str) -> SettingFix<'s> {
    let given = items(&flag.value).chain([plugin]);
    cx.fix_of(flag, &given.collect::<Vec<_>>().join(",").into())
}

/// The change of a flag that takes a plugin out of its list; without the flag where no other is in it.
pub(super) fn without<'s>(cx: &ComponentCx<'s>, flag: &Flag<'s>, plugin: &str) -> SettingFix<'s> {
    let rest: Vec<_> = items(&flag.value).filter(|item| *item != plugin).collect();
    if rest.is_empty() {
        cx.fix_away(flag)
    } else {
        cx.fix_of(flag, &rest.join(",").into())
    }
}

fn items(list: &str) -> impl Iterator<Item = &str> {
    list.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
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
    let disabling = flag_with(cx, DISABLE, plugin);
    let Some(flag) = disabling.clone().or_else(left_out) else {
        return;
    };
    let fix = match disabling {
        Some(_) => without(cx, &flag, plugin),
        None => with(cx, &flag, plugin),
    };
    let message = format!(
        "{} switches the admission plugin `{plugin}` off: {why}",
        cx.program()
    );
    let report = cx.report_flag(rule, &flag, message);
    fix.apply(report.help(format!("take `{plugin}` out of `--{DISABLE}`")));
}
