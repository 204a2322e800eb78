//! What checks of one setting have in common.

use ciel_core::Severity;

use serde_json::Value;

use super::{ComponentCx, fix::SettingFix};
use crate::Rule;

/// A setting, and what it has to be.
pub(super) struct Want {
    /// The flag's name.
    pub(super) flag: &'static str,
    /// What it has to be.
    pub(super) is: Is,
    /// What follows from its being otherwise, for the message.
    pub(super) why: &'static str,
    /// What to do.
    pub(super) help: &'static str,
}

/// A certificate and its key.
pub(super) struct Pair {
    /// The flags' names.
    pub(super) flags: [&'static str; 2],
    /// What follows from the want of one, for the message.
    pub(super) why: &'static str,
    /// What to do.
    pub(super) help: &'static str,
    /// Another severity than the check's own.
    pub(super) severity: Option<Severity>,
}

/// What a setting has to be.
#[derive(Clone, Copy)]
pub(super) enum Is {
    /// Given, and not empty.
    Set,
    /// True: where it is not given, it is false.
    True,
    /// False: where it is not given, it is true.
    False,
    /// Not false: where it is not given, it is true.
    NotFalse,
    /// Not true: where it is not given, it is false.
    NotTrue,
    /// Not given.
    Unset,
    /// Not given, and something else in its place.
    Replaced,
}

impl Is {
    /// The value that would be right, if there is one for everybody.
    fn good(self) -> Option<Value> {
        match self {
            Self::True | Self::NotFalse => Some(true.into()),
            Self::False | Self::NotTrue => Some(false.into()),
            Self::Set | Self::Unset | Self::Replaced => None,
        }
    }
}

/// Reports the setting if it is not as it has to be.
pub(super) fn judge(cx: &mut ComponentCx<'_>, rule: &'static Rule, want: &Want) {
    let Some(flag) = cx.flag(want.flag) else {
        let told = cx.component.value(want.flag);
        let wanted = match want.is {
            Is::Set if told.is_none() => cx.spelling(want.flag),
            Is::True if told != Some("true") => plain_setting(cx, want.flag, "true"),
            Is::False if told != Some("false") => plain_setting(cx, want.flag, "false"),
            _ => return,
        };
        let message = format!("{} runs without `{wanted}`: {}", cx.program(), want.why);
        let good = want.is.good();
        let fix = good.map_or(SettingFix::None, |good| cx.fix_of_absent(want.flag, &good));
        fix.apply(cx.report_absent(rule, want.flag, message).help(want.help));
        return;
    };
    let value = cx.component.value(want.flag);
    let given = value.and_then(boolean);
    let is_wrong = match want.is {
        Is::Set => value.is_some_and(str::is_empty),
        Is::Unset | Is::Replaced => !flag.value.is_empty(),
        Is::True | Is::NotFalse => given == Some(false),
        Is::False | Is::NotTrue => given == Some(true),
    };
    if is_wrong {
        let setting = cx.setting(want.flag, &flag.value);
        let message = format!("{} runs with {setting}: {}", cx.program(), want.why);
        let fix = match want.is.good() {
            Some(good) => cx.fix_of(&flag, &good),
            None if matches!(want.is, Is::Unset) => cx.fix_away(&flag),
            None => SettingFix::None,
        };
        fix.apply(cx.report_flag(rule, &flag, message).help(want.help));
    }
}

/// Reports files that belong together, a certificate and its key, if one or both are not given.
pub(super) fn judge_pair(cx: &mut ComponentCx<'_>, rule: &'static Rule, pair: &Pair) {
    let missing: Vec<_> = pair
        .flags
        .into_iter()
        .filter(|flag| !cx.component.has(flag))
        .collect();
    let names: Vec<_> = missing.iter().map(|flag| cx.spelling(flag)).collect();
    let message = format!(
        "{} runs without `{}`: {}",
        cx.program(),
        names.join("` and `"),
        pair.why
    );
    let given = missing.iter().find_map(|name| cx.flag(name));
    let severity = pair.severity.unwrap_or(rule.check.severity);
    let report = match (missing.as_slice(), given) {
        ([], _) => return,
        (_, Some(empty)) => cx.report_flag(rule, &empty, message),
        ([first, ..], None) => cx.report_absent_among(rule, first, message),
    };
    report.severity(severity).help(pair.help);
}

fn plain_setting(cx: &ComponentCx<'_>, name: &str, value: &str) -> String {
    cx.setting(name, value).trim_matches('`').to_owned()
}

/// A boolean as Go reads it (`strconv.ParseBool`).
pub(super) fn boolean(value: &str) -> Option<bool> {
    match value {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Some(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Some(false),
        _ => None,
    }
}
