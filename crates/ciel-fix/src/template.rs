//! Which value of a Helm chart decides about a field, as far as the template's text says so by itself.

/// The Helm value that a field of a rendered object comes from: `securityContext.privileged`, as `--set` would take it.
/// `pointer` is the field's JSON pointer in the object (RFC 6901).
///
/// Only where the template has one object, and where the field, or what it stands in, is at its own place in it and is
/// given by `.Values` and nothing else: as the whole of a scalar, or as a mapping by `toYaml`. What helpers, conditions
/// and loops make of values is not followed.
#[must_use]
pub fn value_behind(template: &str, pointer: &str) -> Option<String> {
    let steps: Vec<String> = crate::patch::steps(pointer);
    if template
        .lines()
        .filter(|line| line.starts_with("kind:"))
        .count()
        > 1
    {
        return None;
    }
    let fields = fields(template);
    // The field itself, else what it stands in.
    for depth in (1..=steps.len()).rev() {
        let (at, rest) = steps.split_at_checked(depth)?;
        let keys: Vec<&str> = at
            .iter()
            .map(String::as_str)
            .filter(|it| is_key(it))
            .collect();
        if at.last().is_none_or(|last| !is_key(last)) {
            continue;
        }
        let mut found = fields.iter().filter(|field| field.keys == keys);
        let Some(field) = found.next() else { continue };
        // A second one may be of another container, or of the other branch of a condition.
        if found.next().is_some() || !rest.iter().all(|step| is_plain_key(step)) {
            return None;
        }
        let Given { value, is_mapping } = field.given.as_ref()?;
        if !rest.is_empty() && !is_mapping {
            return None;
        }
        let rest = rest.iter().map(|step| format!(".{step}"));
        return Some(value.clone() + &rest.collect::<String>());
    }
    None
}

/// A step that is no index of a list.
fn is_key(step: &str) -> bool {
    step != "-" && step.parse::<usize>().is_err()
}

/// A step that stands in a value's path as it is.
fn is_plain_key(step: &str) -> bool {
    is_key(step)
        && step
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// A line `key:` of a template, with the keys that it stands below by its indentation.
struct Field<'t> {
    keys: Vec<&'t str>,
    given: Option<Given>,
}

/// What gives a field.
struct Given {
    /// The path behind `.Values`.
    value: String,
    /// Whether it is written out as YAML.
    is_mapping: bool,
}

fn fields(template: &str) -> Vec<Field<'_>> {
    let lines: Vec<&str> = template.lines().collect();
    let mut fields = Vec::new();
    let mut above: Vec<(usize, &str)> = Vec::new();
    // What the dot stands for in the blocks that are open; none where it is not known.
    let mut blocks: Vec<Option<String>> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let text = line.trim_start_matches([' ', '-']);
        let indent = line.len() - text.len();
        if let Some(action) = action(text) {
            follow(action, &mut blocks);
            continue;
        }
        let Some((key, rest)) = text.split_once(':').filter(|(key, _)| is_word(key)) else {
            continue;
        };
        above.retain(|(column, _)| *column < indent);
        above.push((indent, key));
        let dot = blocks.iter().rev().flatten().next().map(String::as_str);
        let is_last_known = blocks.last().is_none_or(Option::is_some);
        let next = || lines.get(number + 1).copied().unwrap_or_default();
        let written = if rest.trim().is_empty() { next() } else { rest };
        fields.push(Field {
            keys: above.iter().map(|(_, key)| *key).collect(),
            given: action(written.trim()).and_then(|it| given(it, dot.filter(|_| is_last_known))),
        });
    }
    fields
}

fn is_word(key: &str) -> bool {
    !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte))
}

/// The inside of a line that is `{{ … }}` and nothing else.
fn action(text: &str) -> Option<&str> {
    let inside = text.trim_end().strip_prefix("{{")?.strip_suffix("}}")?;
    let inside = inside.trim_start_matches('-').trim_end_matches('-').trim();
    (!inside.contains("{{")).then_some(inside)
}

/// Keeps account of the blocks that actions open and close.
fn follow(action: &str, blocks: &mut Vec<Option<String>>) {
    let (word, rest) = action.split_once(' ').unwrap_or((action, ""));
    match word {
        "with" => blocks.push(path(rest.trim()).map(str::to_owned)),
        // A condition does not change what the dot is.
        "if" => {
            let dot = blocks.last().cloned().flatten();
            blocks.push(dot.or_else(|| blocks.is_empty().then(String::new)));
        }
        "range" | "define" | "block" => blocks.push(None),
        "else" => blocks.last_mut().into_iter().for_each(|dot| *dot = None),
        "end" => drop(blocks.pop()),
        _ => {}
    }
}

/// The path behind `.Values`, of an expression that is this and nothing else.
fn path(expression: &str) -> Option<&str> {
    let path = expression.strip_prefix('$').unwrap_or(expression);
    let path = path.strip_prefix(".Values.")?;
    let is_path = path
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"_.".contains(&byte));
    (is_path && !path.is_empty()).then_some(path)
}

/// What an expression gives: a value, or a mapping by `toYaml`; functions behind it dress it only.
fn given(action: &str, dot: Option<&str>) -> Option<Given> {
    // Not `default`: it takes `false` for nothing.
    const DRESS: [&str; 5] = ["nindent", "indent", "quote", "squote", "toYaml"];
    let mut parts = action.split('|').map(str::trim);
    let first = parts.next()?;
    let mut is_mapping = false;
    for part in parts {
        let function = part.split_whitespace().next()?;
        if !DRESS.contains(&function) {
            return None;
        }
        is_mapping |= function == "toYaml";
    }
    let source = match first.strip_prefix("toYaml ") {
        Some(source) => {
            is_mapping = true;
            source.trim()
        }
        None => first,
    };
    let value = match source {
        "." => dot.filter(|dot| !dot.is_empty())?,
        source => path(source)?,
    };
    Some(Given {
        value: value.to_owned(),
        is_mapping,
    })
}

#[cfg(test)]
mod tests {
    use super::value_behind;

    const TEMPLATE: &str = "\
apiVersion: apps/v1
kind: Deployment
spec:
  replicas: {{ .Values.replicaCount }}
  template:
    spec:
      {{- with .Values.podSecurityContext }}
      securityContext:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      hostNetwork: {{ .Values.hostNetwork | default true }}
      hostPID: true
      {{- range .Values.more }}
      dnsPolicy: {{ . }}
      {{- end }}
      containers:
        - name: {{ .Chart.Name }}
          securityContext: {{- toYaml $.Values.web.securityContext | nindent 12 }}
          image: \"{{ .Values.image.repository }}:{{ .Values.image.tag }}\"
          imagePullPolicy: {{ .Values.image.pullPolicy | quote }}
          {{- if .Values.resources }}
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          {{- end }}
          ports: {{ include \"ports\" . }}
";

    #[track_caller]
    fn check(pointer: &str, expected: Option<&str>) {
        assert_eq!(
            value_behind(TEMPLATE, pointer).as_deref(),
            expected,
            "{pointer}"
        );
    }

    #[test]
    fn fields_are_followed_to_their_values() {
        let container = "/spec/template/spec/containers/0";
        check("/spec/replicas", Some("replicaCount"));
        check(
            "/spec/template/spec/securityContext/fsGroup",
            Some("podSecurityContext.fsGroup"),
        );
        for (field, value) in [
            (
                "securityContext/privileged",
                "web.securityContext.privileged",
            ),
            ("securityContext", "web.securityContext"),
            ("imagePullPolicy", "image.pullPolicy"),
            ("resources/limits/memory", "resources.limits.memory"),
        ] {
            check(&format!("{container}/{field}"), Some(value));
        }
    }

    #[test]
    fn what_is_not_given_by_a_value_alone_is_not_guessed() {
        for pointer in [
            "/spec/template/spec/hostPID",
            "/spec/template/spec/hostNetwork",
            "/spec/template/spec/dnsPolicy",
            "/spec/template/spec/hostIPC",
            "/spec/template/spec/containers/0/image",
            "/spec/template/spec/containers/0/ports/0/hostPort",
            "/spec/template/spec/containers/0/imagePullPolicy/x",
            "",
        ] {
            check(pointer, None);
        }
    }

    #[test]
    fn two_places_are_none() {
        let containers = TEMPLATE.replace(
            "          ports:",
            "        - name: b\n          imagePullPolicy: {{ .Values.b }}\n          ports:",
        );
        let pointer = "/spec/template/spec/containers/0/imagePullPolicy";
        assert_eq!(value_behind(&containers, pointer), None);
        let objects = TEMPLATE.to_owned() + "---\nkind: Job\n";
        assert_eq!(value_behind(&objects, "/spec/replicas"), None);
    }
}
