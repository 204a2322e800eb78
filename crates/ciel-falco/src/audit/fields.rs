//! The fields of audit events: where in the event each is.

use ciel_fields::Value as FieldValue;
use serde_json::Value;

use super::{
    AuditEvent,
    json::{at, indented, pointed, text},
};
use crate::fields::PluginFieldInfo;

type Keys = &'static [&'static str];

/// A field with its argument, ready to be taken from events.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum AuditField {
    /// `jevt.value`: at a JSON pointer.
    Pointer(String),
    /// `jevt.obj`: the whole event.
    Document,
    /// `jevt.rawtime`: its time in nanoseconds.
    Time,
    /// One of the audit log's own.
    Own(Own),
    /// What no event of a log has.
    Absent,
}

/// Where a field of an audit event is. Events without `auditID` have none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Own {
    /// One value.
    One(Keys),
    /// The items of an array.
    Items(Keys),
    /// What is found with arrays unfolded.
    Unfolded(Option<usize>, Vec<&'static str>),
    /// The texts of arrays that are so found.
    Flat(Option<usize>, Vec<&'static str>),
    /// Images, or only their repositories. There are none where a container has none.
    Images(Option<usize>, &'static str, bool),
    FirstImage(bool),
    HostPorts(Option<usize>, &'static str),
    /// The user or group of each container: its own, the pod's, or 0.
    Effective(Option<usize>, &'static str, &'static str),
    AnyPrivileged,
    /// Whether a volume has this path of the host, or one with this start.
    HostPath(String),
    VolumeTypes(Option<usize>),
    Parameter(String),
    /// `ka.req.binding.subject.has_name`, which is no more than a word.
    True,
}

impl AuditField {
    /// The field of a declaration.
    pub(crate) fn new(info: &PluginFieldInfo, argument: Option<&str>) -> Self {
        let key = || argument.unwrap_or_default().to_owned();
        match info.name {
            "json.value" | "jevt.value" => return Self::Pointer(key()),
            "json.obj" | "jevt.obj" => return Self::Document,
            "json.rawtime" | "jevt.rawtime" => return Self::Time,
            _ => {}
        }
        let index = argument.and_then(|argument| argument.parse().ok());
        if let Some(keys) = one(info.name) {
            return Self::Own(Own::One(keys));
        }
        let own = match info.name {
            "ka.user.groups" => Own::Items(&["user", "groups"]),
            "ka.req.binding.subjects" => Own::Items(&["requestObject", "subjects"]),
            "ka.req.role.rules" => Own::Items(&["requestObject", "rules"]),
            "ka.req.pod.supplemental_groups" => Own::Items(&[
                "requestObject",
                "spec",
                "securityContext",
                "supplementalGroups",
            ]),
            "ka.uri.param" => Own::Parameter(key()),
            "ka.req.binding.subject.has_name" => Own::True,
            "ka.req.container.image" => Own::FirstImage(false),
            "ka.req.container.image.repository" => Own::FirstImage(true),
            "ka.req.container.privileged" => Own::AnyPrivileged,
            "ka.req.volume.hostpath" => Own::HostPath(key()),
            "ka.req.service.ports" => Own::Unfolded(index, spec(&["ports"])),
            "ka.sourceips" => Own::Flat(index, vec!["sourceIPs"]),
            "ka.req.pod.volumes.hostpath" => {
                Own::Unfolded(index, spec(&["volumes", "hostPath", "path"]))
            }
            "ka.req.pod.volumes.flexvolume_driver" => {
                Own::Unfolded(index, spec(&["volumes", "flexVolume", "driver"]))
            }
            "ka.req.pod.volumes.volume_type" => Own::VolumeTypes(index),
            name => {
                if let Some(part) = name.strip_prefix("ka.req.role.rules.") {
                    Own::Flat(index, vec!["requestObject", "rules", part_of(part)])
                } else if let Some(own) = container_field(name, index) {
                    own
                } else {
                    return Self::Absent;
                }
            }
        };
        Self::Own(own)
    }

    /// The value in an event.
    pub(crate) fn value<'e>(&self, event: &'e AuditEvent) -> Option<FieldValue<'e>> {
        let owned = |text: String| Some(FieldValue::owned(text));
        match self {
            Self::Absent => None,
            Self::Pointer(pointer) => shown(pointed(&event.value, pointer)?),
            Self::Document => owned(indented(&event.value)),
            Self::Time => owned(event.time.to_string()),
            Self::Own(own) => {
                event.value.get("auditID")?;
                own.value(&event.value)
            }
        }
    }
}

/// Fields that are one value at one place.
fn one(name: &str) -> Option<Keys> {
    Some(match name {
        "ka.auditid" => &["auditID"],
        "ka.stage" => &["stage"],
        "ka.auth.decision" => &["annotations", "authorization.k8s.io/decision"],
        "ka.auth.reason" => &["annotations", "authorization.k8s.io/reason"],
        "ka.user.name" => &["user", "username"],
        "ka.impuser.name" => &["impersonatedUser", "username"],
        "ka.verb" => &["verb"],
        "ka.uri" => &["requestURI"],
        "ka.target.name" | "ka.req.configmap.name" => &["objectRef", "name"],
        "ka.target.namespace" => &["objectRef", "namespace"],
        "ka.target.resource" => &["objectRef", "resource"],
        "ka.target.subresource" => &["objectRef", "subresource"],
        "ka.req.binding.role" => &["requestObject", "roleRef", "name"],
        "ka.req.configmap.obj" => &["requestObject", "data"],
        "ka.req.pod.host_ipc" => &["requestObject", "spec", "hostIPC"],
        "ka.req.pod.host_network" | "ka.req.container.host_network" => {
            &["requestObject", "spec", "hostNetwork"]
        }
        "ka.req.pod.host_pid" => &["requestObject", "spec", "hostPID"],
        "ka.req.pod.run_as_user" => &["requestObject", "spec", "securityContext", "runAsUser"],
        "ka.req.pod.run_as_group" => &["requestObject", "spec", "securityContext", "runAsGroup"],
        "ka.req.pod.fs_group" => &["requestObject", "spec", "securityContext", "fsGroup"],
        "ka.req.service.type" => &["requestObject", "spec", "type"],
        "ka.resp.name" => &["responseObject", "metadata", "name"],
        "ka.response.code" => &["responseStatus", "code"],
        "ka.response.reason" => &["responseStatus", "reason"],
        "ka.useragent" => &["userAgent"],
        _ => return None,
    })
}

/// A name as text that lives as long as the program.
fn part_of(part: &str) -> &'static str {
    match part {
        "apiGroups" => "apiGroups",
        "nonResourceURLs" => "nonResourceURLs",
        "verbs" => "verbs",
        _ => "resources",
    }
}

/// Fields of the three lists of containers: `ka.req.pod.initContainers.image`.
fn container_field(name: &str, index: Option<usize>) -> Option<Own> {
    let (list, field) = name.strip_prefix("ka.req.pod.")?.split_once('.')?;
    let list = match list {
        "containers" => "containers",
        "initContainers" => "initContainers",
        "ephemeralContainers" => "ephemeralContainers",
        _ => return None,
    };
    let plain = |key: &'static str| Own::Unfolded(index, spec(&[list, key]));
    let secured = |key| Own::Unfolded(index, spec(&[list, "securityContext", key]));
    Some(match field {
        "name" => plain("name"),
        "command" => plain("command"),
        "args" => plain("args"),
        "image" => Own::Images(index, list, false),
        "image.repository" => Own::Images(index, list, true),
        "host_port" => Own::HostPorts(index, list),
        "privileged" => secured("privileged"),
        "allow_privilege_escalation" => secured("allowPrivilegeEscalation"),
        "read_only_fs" => secured("readOnlyRootFilesystem"),
        "run_as_user" => secured("runAsUser"),
        "run_as_group" => secured("runAsGroup"),
        "proc_mount" => secured("procMount"),
        "eff_run_as_user" => Own::Effective(index, list, "runAsUser"),
        "eff_run_as_group" => Own::Effective(index, list, "runAsGroup"),
        "add_capabilities" => Own::Unfolded(
            index,
            spec(&[list, "securityContext", "capabilities", "add"]),
        ),
        _ => return None,
    })
}

/// Keys below the spec of the object that was asked for.
fn spec(keys: &[&'static str]) -> Vec<&'static str> {
    [&["requestObject", "spec"], keys].concat()
}

impl Own {
    fn value<'e>(&self, event: &'e Value) -> Option<FieldValue<'e>> {
        match self {
            Self::One(keys) => shown(at(event, keys)?),
            Self::Items(keys) => list(at(event, keys)?.as_array()?.iter().map(text).collect()),
            Self::Unfolded(index, keys) => {
                let found = unfold(event, *index, keys)?;
                list(found.into_iter().flatten().map(text).collect())
            }
            Self::Flat(index, keys) => {
                let found = unfold(event, *index, keys)?;
                let arrays = found.into_iter().flatten().filter_map(Value::as_array);
                list(arrays.flatten().map(text).collect())
            }
            Self::Images(index, containers, repository) => {
                list(images(event, *index, containers, *repository)?)
            }
            Self::FirstImage(repository) => {
                let mut images = images(event, Some(0), "containers", *repository)?.into_iter();
                images.next().map(FieldValue::owned)
            }
            Self::HostPorts(index, containers) => list(ports(event, *index, containers)?),
            Self::Effective(index, containers, key) => {
                list(effective(event, *index, containers, key)?)
            }
            Self::AnyPrivileged => {
                let keys = spec(&["containers", "securityContext", "privileged"]);
                let found = unfold(event, None, &keys)?;
                truth(found.contains(&Some(&Value::Bool(true))))
            }
            Self::HostPath(path) => {
                let found = unfold(event, None, &spec(&["volumes", "hostPath", "path"]))?;
                let paths = found.into_iter().flatten().map(text);
                truth(is_path(paths, path))
            }
            Self::VolumeTypes(index) => {
                let volumes = unfold(event, *index, &spec(&["volumes", ""]))?;
                let volumes = volumes.into_iter().flatten().filter_map(Value::as_object);
                let keys = volumes.flat_map(serde_json::Map::keys);
                list(keys.filter(|key| *key != "name").cloned().collect())
            }
            Self::Parameter(name) => {
                parameter(&text(event.get("requestURI")?), name).map(FieldValue::owned)
            }
            Self::True => truth(true),
        }
    }
}

fn truth(is: bool) -> Option<FieldValue<'static>> {
    Some(FieldValue::text(if is { "true" } else { "false" }))
}

/// A value as text.
fn shown(value: &Value) -> Option<FieldValue<'_>> {
    Some(match value {
        Value::String(text) => FieldValue::text(text),
        value => FieldValue::owned(text(value)),
    })
}

/// Texts; a list that is empty is no value.
fn list(texts: Vec<String>) -> Option<FieldValue<'static>> {
    let values = texts.into_iter().map(FieldValue::owned);
    (values.len() > 0).then(|| FieldValue::List(values.collect()))
}

/// What is behind these keys, in each item of the arrays on the way, or in the items of one index. Of items that lack it there is
/// nothing in its place; if the way ends before an array, there is nothing at all. An empty key stands for the value itself.
fn unfold<'e>(
    mut value: &'e Value,
    index: Option<usize>,
    keys: &[&str],
) -> Option<Vec<Option<&'e Value>>> {
    for (place, key) in keys.iter().enumerate() {
        if let Value::Array(items) = value {
            match index {
                Some(index) => value = items.get(index)?,
                None => {
                    let rest = keys.get(place..).unwrap_or_default();
                    let mut all = Vec::with_capacity(items.len());
                    for item in items {
                        match unfold(item, index, rest) {
                            Some(found) => all.extend(found),
                            None => all.push(None),
                        }
                    }
                    return Some(all);
                }
            }
        }
        if !key.is_empty() {
            value = value.get(key)?;
        }
    }
    Some(vec![Some(value)])
}

fn images(
    event: &Value,
    index: Option<usize>,
    containers: &'static str,
    repository: bool,
) -> Option<Vec<String>> {
    let found = unfold(event, index, &spec(&[containers, "image"]))?;
    let images: Option<Vec<String>> = found.into_iter().map(|image| image.map(text)).collect();
    let mut images = images?;
    if repository {
        for image in &mut images {
            let end = image.find(':').unwrap_or(image.len());
            image.truncate(end);
            let end = image.find('@').unwrap_or(image.len());
            image.truncate(end);
        }
    }
    Some(images)
}

/// Ports of the host, or where none is named, of the container: with the host's network they are the same.
fn ports(event: &Value, index: Option<usize>, containers: &'static str) -> Option<Vec<String>> {
    let mut ports = Vec::new();
    for of_one in unfold(event, index, &spec(&[containers, "ports"]))? {
        let Some(of_one) = of_one else { continue };
        for port in of_one.as_array()? {
            let number = port.get("hostPort").or_else(|| port.get("containerPort"));
            ports.extend(number.map(text));
        }
    }
    Some(ports)
}

fn effective(
    event: &Value,
    index: Option<usize>,
    containers: &'static str,
    key: &'static str,
) -> Option<Vec<String>> {
    let of_pod = at(event, &["requestObject", "spec", "securityContext", key]);
    let of_pod = of_pod.map_or_else(|| "0".to_owned(), text);
    let containers = match at(event, &["requestObject", "spec", containers])? {
        Value::Array(all) => match index {
            None => all.iter().collect(),
            Some(index) => vec![all.get(index)?],
        },
        one => vec![one],
    };
    let of_one = |container| at(container, &["securityContext", key]).map(text);
    let all = containers.into_iter();
    Some(
        all.map(|it| of_one(it).unwrap_or_else(|| of_pod.clone()))
            .collect(),
    )
}

fn is_path(mut paths: impl Iterator<Item = String>, wanted: &str) -> bool {
    match wanted.strip_suffix('*') {
        Some(start) => paths.any(|path| path.starts_with(start)),
        None => paths.any(|path| path == wanted),
    }
}

/// The first value of a parameter of a URI. Where one parameter is wrong there are none.
fn parameter(uri: &str, name: &str) -> Option<String> {
    let uri = uri.split('#').next()?;
    let (_, query) = uri.split_once('?')?;
    let mut value = None;
    for part in query.split('&').filter(|part| !part.is_empty()) {
        if part.contains(';') {
            return None;
        }
        let (key, of_key) = part.split_once('=').unwrap_or((part, ""));
        let (key, of_key) = (decoded(key)?, decoded(of_key)?);
        if key == name && value.is_none() {
            value = Some(of_key);
        }
    }
    value
}

/// Text with `+` for blanks and `%` before the two digits of other bytes.
fn decoded(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            byte => byte,
        });
    }
    Some(String::from_utf8_lossy(&out).into_owned())
}
