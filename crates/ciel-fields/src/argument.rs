//! The argument of a field: which fields take one, how it stands in the text, and what it may be.

use std::sync::OnceLock;

use ciel_event::schema::EventCode;

use crate::{Argument, FieldError, FieldFlags, FieldId, FieldInfo};

/// What a field takes, and how it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Nothing.
    Nothing,
    /// `.NAME` or `[INDEX]` of a parameter.
    Parameter,
    /// `.NAME` of a parameter.
    NamedParameter,
    /// `.NAME` or `.CODE` of an event.
    Event,
    /// Nothing, `.src` or `.dst`.
    Side,
    /// `.NAME` of a cgroup subsystem.
    Subsystem,
    /// `[INDEX]`.
    Index,
    /// `[TIME]` in nanoseconds.
    Time,
    /// `[KEY]`.
    Key,
    /// `[INDEX]` or `[KEY]`.
    IndexOrKey,
}

/// An argument as it stands in the text.
#[derive(Clone, Copy)]
pub(crate) enum Written<'t> {
    /// None.
    Absent,
    /// After a point.
    Dotted(&'t str),
    /// In brackets, without quotes.
    Bracketed(&'t str),
}

fn form(info: &FieldInfo) -> Form {
    match info.id {
        FieldId::EvtArg => Form::Parameter,
        FieldId::EvtRawarg => Form::NamedParameter,
        FieldId::EvtTypeIs => Form::Event,
        FieldId::EvtAbspath => Form::Side,
        FieldId::ThreadCgroup => Form::Subsystem,
        FieldId::EvtAround => Form::Time,
        FieldId::ProcEnv | FieldId::ProcAenv => Form::IndexOrKey,
        _ => by_flags(info.flags),
    }
}

fn by_flags(flags: FieldFlags) -> Form {
    let takes = flags.contains(FieldFlags::ARG_REQUIRED) || flags.contains(FieldFlags::ARG_ALLOWED);
    match (
        takes,
        flags.contains(FieldFlags::ARG_INDEX),
        flags.contains(FieldFlags::ARG_KEY),
    ) {
        (false, ..) => Form::Nothing,
        (true, true, true) => Form::IndexOrKey,
        (true, false, true) => Form::Key,
        // Fields of the libraries themselves do not say which they take: ancestors are numbered.
        (true, _, false) => Form::Index,
    }
}

impl FieldInfo {
    /// How its argument is written after its name: `[N]`, `.NAME`; empty if it takes none. An argument that may be left out
    /// is not marked: see [`FieldFlags::ARG_REQUIRED`].
    #[must_use]
    pub fn argument_form(&self) -> &'static str {
        match form(self) {
            Form::Nothing => "",
            Form::Parameter | Form::NamedParameter | Form::Event | Form::Subsystem => ".NAME",
            Form::Side => ".src|.dst",
            Form::Index => "[N]",
            Form::Time => "[T]",
            Form::Key => "[KEY]",
            Form::IndexOrKey => "[N|KEY]",
        }
    }
}

/// Whether a name that is the argument of this field stands after a point.
pub(crate) fn dotted(id: FieldId) -> bool {
    matches!(
        id,
        FieldId::EvtArg
            | FieldId::EvtRawarg
            | FieldId::EvtTypeIs
            | FieldId::EvtAbspath
            | FieldId::ThreadCgroup
            | FieldId::ContainerLabel
            | FieldId::K8sPodLabel
            | FieldId::K8sRcLabel
            | FieldId::K8sSvcLabel
            | FieldId::K8sNsLabel
            | FieldId::K8sRsLabel
            | FieldId::K8sDeploymentLabel
    )
}

/// The field of this name.
fn named(name: &str) -> Option<&'static FieldInfo> {
    static SORTED: OnceLock<Vec<&'static FieldInfo>> = OnceLock::new();
    let sorted = SORTED.get_or_init(|| {
        let mut fields: Vec<_> = FieldInfo::all().iter().collect();
        fields.sort_by_key(|info| info.name);
        fields
    });
    let at = sorted.binary_search_by_key(&name, |info| info.name).ok()?;
    sorted.get(at).copied()
}

/// Finds the field that a text begins with, and its argument.
pub(crate) fn split(text: &str) -> Result<(&'static FieldInfo, Written<'_>), FieldError> {
    let unknown = || FieldError::Unknown(text.to_owned());
    let (name, bracketed) = match text.split_once('[') {
        None => (text, None),
        Some((name, rest)) => (name, Some(rest)),
    };
    if let Some(info) = named(name) {
        let Some(rest) = bracketed else {
            return Ok((info, Written::Absent));
        };
        let inner = rest.strip_suffix(']').ok_or(FieldError::Argument {
            field: info.name,
            reason: "the argument does not end with `]`",
        })?;
        return Ok((info, Written::Bracketed(unquoted(inner))));
    }
    // `evt.arg.flags`: the longest name that a point follows.
    let mut end = text.len();
    while let Some(at) = text.get(..end).and_then(|head| head.rfind('.')) {
        let (name, rest) = text.split_at(at);
        if let Some(info) = named(name).filter(|info| dotted(info.id)) {
            return Ok((
                info,
                Written::Dotted(rest.strip_prefix('.').unwrap_or(rest)),
            ));
        }
        end = at;
    }
    Err(unknown())
}

/// What stands between two quotes of one kind, or all.
fn unquoted(text: &str) -> &str {
    ['"', '\'']
        .iter()
        .find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote))
        .unwrap_or(text)
}

/// Reads the argument as the field wants it.
pub(crate) fn read(
    info: &'static FieldInfo,
    written: Written<'_>,
) -> Result<Option<Argument>, FieldError> {
    let wrong = |reason| FieldError::Argument {
        field: info.name,
        reason,
    };
    let (text, in_brackets) = match written {
        Written::Absent => return absent(info),
        Written::Dotted(text) => (text, false),
        Written::Bracketed(text) => (text, true),
    };
    let key = || Argument::Key(text.to_owned());
    let argument = match (form(info), in_brackets) {
        (Form::Nothing, _) => return Err(wrong("takes no argument")),
        (Form::Parameter | Form::Index, true) => index(text)
            .map(Argument::Index)
            .ok_or_else(|| wrong("the argument in brackets must be a number"))?,
        (Form::Time, true) => text
            .parse()
            .map(Argument::Index)
            .map_err(|_| wrong("the argument in brackets must be nanoseconds since 1970"))?,
        (Form::Parameter | Form::NamedParameter, false) => key(),
        (Form::NamedParameter, true) => {
            return Err(wrong(
                "takes a name after a point, not a number in brackets",
            ));
        }
        (Form::Event, false) => event(text).ok_or_else(|| wrong("there is no such event"))?,
        (Form::Side, false) if matches!(text, "src" | "dst") => key(),
        (Form::Side, _) => return Err(wrong("takes `.src`, `.dst` or nothing")),
        (Form::Subsystem, false) if is_subsystem(text) => key(),
        (Form::Subsystem, _) => return Err(wrong("takes a cgroup subsystem after a point")),
        (Form::Key, _) if !text.is_empty() => key(),
        (Form::IndexOrKey, true) if !text.is_empty() => {
            index(text).map_or_else(key, Argument::Index)
        }
        (Form::Event, true) => return Err(wrong("takes the name of an event after a point")),
        (Form::Key | Form::IndexOrKey, true) => return Err(wrong("the brackets are empty")),
        (Form::Time | Form::Index | Form::Key | Form::IndexOrKey, false) => {
            return Err(wrong("takes its argument in brackets"));
        }
    };
    Ok(Some(argument))
}

/// No argument: an error only where one must follow. `evt.abspath` alone means the source.
fn absent(info: &'static FieldInfo) -> Result<Option<Argument>, FieldError> {
    if info.flags.contains(FieldFlags::ARG_REQUIRED) && info.id != FieldId::EvtAbspath {
        return Err(FieldError::Argument {
            field: info.name,
            reason: "needs an argument",
        });
    }
    Ok(None)
}

fn index(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // Falco reads 32 bits.
    digits
        .then(|| text.parse::<u32>().ok())
        .flatten()
        .map(u64::from)
}

fn event(text: &str) -> Option<Argument> {
    if let Some(code) = index(text) {
        return Some(Argument::Index(code));
    }
    EventCode::all()
        .any(|code| code.info().name == text)
        .then(|| Argument::Key(text.to_owned()))
}

fn is_subsystem(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use crate::{Argument, Field, FieldId};

    #[track_caller]
    fn check(text: &str, id: FieldId, argument: Option<Argument>) {
        let field = Field::parse(text).expect(text);
        assert_eq!((field.id, &field.argument), (id, &argument), "{text}");
    }

    fn key(text: &str) -> Option<Argument> {
        Some(Argument::Key(text.to_owned()))
    }

    #[test]
    fn fields_with_and_without_arguments() {
        check("proc.name", FieldId::ProcName, None);
        check("proc.aname", FieldId::ProcAname, None);
        check(
            "proc.aname[2]",
            FieldId::ProcAname,
            Some(Argument::Index(2)),
        );
        check("proc.args[0]", FieldId::ProcArgs, Some(Argument::Index(0)));
        check("evt.arg.flags", FieldId::EvtArg, key("flags"));
        check("evt.arg[0]", FieldId::EvtArg, Some(Argument::Index(0)));
        check("evt.args", FieldId::EvtArgs, None);
        check("evt.arg.args", FieldId::EvtArg, key("args"));
        check("evt.rawarg.res", FieldId::EvtRawarg, key("res"));
        check("proc.env[HOME]", FieldId::ProcEnv, key("HOME"));
        check("proc.env[\"HOME\"]", FieldId::ProcEnv, key("HOME"));
        check("proc.env['HOME']", FieldId::ProcEnv, key("HOME"));
        check("proc.aenv[1]", FieldId::ProcAenv, Some(Argument::Index(1)));
        check("fd.types", FieldId::FdTypes, None);
        check("fd.types[1]", FieldId::FdTypes, Some(Argument::Index(1)));
        check("thread.cgroup.cpuset", FieldId::ThreadCgroup, key("cpuset"));
        check("thread.cgroups", FieldId::ThreadCgroups, None);
        check("evt.abspath", FieldId::EvtAbspath, None);
        check("evt.abspath.src", FieldId::EvtAbspath, key("src"));
        check("evt.type.is.open", FieldId::EvtTypeIs, key("open"));
        check(
            "evt.type.is.3",
            FieldId::EvtTypeIs,
            Some(Argument::Index(3)),
        );
        check("evt.latency.human", FieldId::EvtLatencyHuman, None);
        check("evt.time.iso8601", FieldId::EvtTimeIso8601, None);
        let time = 1_404_996_934_793_590_564;
        check(
            "evt.around[1404996934793590564]",
            FieldId::EvtAround,
            Some(Argument::Index(time)),
        );
    }

    #[test]
    fn how_arguments_are_written() {
        for (name, form) in [
            ("proc.name", ""),
            ("proc.aname", "[N]"),
            ("proc.env", "[N|KEY]"),
            ("evt.arg", ".NAME"),
            ("k8s.pod.label", "[KEY]"),
        ] {
            let info = super::named(name).expect(name);
            assert_eq!(info.argument_form(), form, "{name}");
        }
    }

    #[test]
    fn fields_are_shown_as_they_were_written() {
        for text in [
            "proc.name",
            "proc.aname[2]",
            "evt.arg.flags",
            "evt.arg[0]",
            "proc.env[HOME]",
            "thread.cgroup.cpu",
            "evt.type.is.open",
            "evt.type.is.3",
            "evt.abspath.dst",
        ] {
            assert_eq!(Field::parse(text).expect(text).to_string(), text);
        }
    }

    #[test]
    fn texts_that_name_no_field() {
        for (text, reason) in [
            (
                "proc.nonsense",
                "there is no field `proc.nonsense`: `ciel events --list-fields` names them all",
            ),
            (
                "",
                "there is no field ``: `ciel events --list-fields` names them all",
            ),
            ("evt.arg", "`evt.arg`: needs an argument"),
            (
                "evt.arg.nonsense",
                "no event has an argument `nonsense`: `evt.args` shows those that an event has",
            ),
            (
                "evt.arg[x]",
                "`evt.arg`: the argument in brackets must be a number",
            ),
            (
                "evt.rawarg[0]",
                "`evt.rawarg`: takes a name after a point, not a number in brackets",
            ),
            (
                "proc.aname[x]",
                "`proc.aname`: the argument in brackets must be a number",
            ),
            (
                "proc.aname[1",
                "`proc.aname`: the argument does not end with `]`",
            ),
            ("proc.name[1]", "`proc.name`: takes no argument"),
            (
                "proc.aname.1",
                "there is no field `proc.aname.1`: `ciel events --list-fields` names them all",
            ),
            (
                "evt.abspath.other",
                "`evt.abspath`: takes `.src`, `.dst` or nothing",
            ),
            ("thread.cgroup", "`thread.cgroup`: needs an argument"),
            (
                "evt.type.is.nonsense",
                "`evt.type.is`: there is no such event",
            ),
        ] {
            let error = Field::parse(text).expect_err(text);
            assert_eq!(error.to_string(), reason, "{text}");
        }
    }

    #[test]
    fn every_field_of_the_table_is_found_by_its_name() {
        for info in crate::FieldInfo::all() {
            let found = super::named(info.name).map(|found| found.id);
            assert_eq!(found, Some(info.id), "{}", info.name);
        }
    }
}
