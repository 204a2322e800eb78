//! The modes by which an API server decides.

use super::ComponentCx;
use crate::Rule;

/// What is wrong with the modes.
#[derive(Clone, Copy)]
pub(super) enum Finding {
    /// They have this one, or are not given: then it is the one that is taken.
    Holds(&'static str),
    /// They lack this one, and what follows.
    Lacks(&'static str, &'static str),
}

const FLAG: &str = "authorization-mode";

/// Reports modes that hold or lack one. Where they stand in a file of their own, that is judged instead.
pub(super) fn judge_modes(cx: &mut ComponentCx<'_>, rule: &'static Rule, finding: Finding) {
    let component = &cx.component;
    if component.has("authorization-config") || component.is_unknown(FLAG) {
        return;
    }
    let modes = component.items(FLAG);
    let what = match finding {
        Finding::Holds(mode) if modes.is_empty() || modes.contains(&mode) => {
            "every request is allowed".to_owned()
        }
        Finding::Lacks(mode, why) if !modes.contains(&mode) => {
            format!("without the authorization mode `{mode}`: {why}")
        }
        _ => return,
    };
    let subject = cx.program();
    let help = "set `--authorization-mode=Node,RBAC`";
    let Some(flag) = cx.flag(FLAG) else {
        let message = match finding {
            Finding::Holds(_) => format!("{subject} runs without `--{FLAG}`: {what}"),
            Finding::Lacks(..) => format!("{subject} runs {what}"),
        };
        let fix = cx.fix_of_absent(FLAG, &"Node,RBAC".into());
        fix.apply(cx.report_absent(rule, FLAG, message).help(help));
        return;
    };
    let fix = cx.fix_of(&flag, &with_both(&modes).into());
    let message = match finding {
        Finding::Holds(_) => {
            let setting = cx.setting(FLAG, &flag.value);
            format!("{subject} runs with {setting}: {what}")
        }
        Finding::Lacks(..) => format!("{subject} runs {what}"),
    };
    fix.apply(cx.report_flag(rule, &flag, message).help(help));
}

/// The modes that should be, with those that are, in their order: each of them may allow what those before do not.
fn with_both(modes: &[&str]) -> String {
    let others = modes.iter().copied();
    let others = others.filter(|mode| !matches!(*mode, "Node" | "RBAC" | "AlwaysAllow"));
    let all: Vec<_> = ["Node", "RBAC"].into_iter().chain(others).collect();
    all.join(",")
}
