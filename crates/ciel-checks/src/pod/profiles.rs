//! The profiles that confine a container: seccomp and AppArmor, as fields and as the annotations before them.

use ciel_k8s::EffectiveField;
use ciel_yaml::Node;
use serde_json::json;

use crate::{ContainerCx, Report, Rule};

/// What confines a container, in one of the two ways.
#[derive(Clone, Copy, Debug)]
pub(super) enum Profile<'s> {
    /// The runtime's profile, or one on the node.
    Confined,
    /// Something else, said by this field.
    Unconfined(EffectiveField<'s>),
    /// Nothing is said by a field that counts; the annotation, if there is one.
    Unset(Option<Node<'s>>),
}

/// Annotation of AppArmor's profile of the container whose name follows. Deprecated, in force still.
pub(super) const APPARMOR_ANNOTATION: &str = "container.apparmor.security.beta.kubernetes.io/";
const SECCOMP_CONTAINER_ANNOTATION: &str = "container.seccomp.security.alpha.kubernetes.io/";
const SECCOMP_POD_ANNOTATION: &str = "seccomp.security.alpha.kubernetes.io/pod";

/// The seccomp profile by the fields. The annotations mean nothing from Kubernetes 1.27 on.
pub(super) fn seccomp<'s>(cx: &ContainerCx<'s>) -> Profile<'s> {
    of_field(field(cx, "seccompProfile")).unwrap_or_else(|| {
        let template = cx.workload.template;
        let own = format!("{SECCOMP_CONTAINER_ANNOTATION}{}", cx.container.name());
        let annotation = template.annotation(&own);
        Profile::Unset(annotation.or_else(|| template.annotation(SECCOMP_POD_ANNOTATION)))
    })
}

/// The AppArmor profile: the container's field, else its annotation, else the pod's field.
pub(super) fn apparmor<'s>(cx: &ContainerCx<'s>) -> Profile<'s> {
    let said = field(cx, "appArmorProfile");
    let key = format!("{APPARMOR_ANNOTATION}{}", cx.container.name());
    let annotation = cx.workload.template.annotation(&key);
    match (said, annotation.and_then(Node::as_str)) {
        (EffectiveField::Container(_), _) | (_, None | Some("")) => {
            of_field(said).unwrap_or(Profile::Unset(None))
        }
        (_, Some(value)) if is_apparmor_profile(value) => Profile::Confined,
        _ => Profile::Unset(annotation),
    }
}

/// Whether an annotation's value names a profile that confines.
pub(super) fn is_apparmor_profile(value: &str) -> bool {
    value == "runtime/default" || value.starts_with("localhost/")
}

/// Whether a field's `type` names a profile that confines.
pub(super) fn is_confining_type(profile_type: &str) -> bool {
    matches!(profile_type, "RuntimeDefault" | "Localhost")
}

/// The `type` of a profile that is a file of the node's, where the file is not named.
pub(super) fn unnamed_file(profile: Node<'_>) -> Option<Node<'_>> {
    let profile_type = profile.get("type")?;
    let file = profile.str_at(&["localhostProfile"]).unwrap_or_default();
    (profile_type.scalar_text() == "Localhost" && file.is_empty()).then_some(profile_type)
}

/// The `type` of a profile that stands in a security context; a profile without one says nothing.
fn field<'s>(cx: &ContainerCx<'s>, name: &str) -> EffectiveField<'s> {
    let of = |profile: Node<'s>| profile.get("type");
    match cx.spec().effective(cx.container, name) {
        EffectiveField::Container(profile) => of(profile).map(EffectiveField::Container),
        EffectiveField::Pod(profile) => of(profile).map(EffectiveField::Pod),
        EffectiveField::Unset => None,
    }
    .unwrap_or(EffectiveField::Unset)
}

fn of_field(field: EffectiveField<'_>) -> Option<Profile<'_>> {
    let value = field.node()?;
    Some(if is_confining_type(value.scalar_text()) {
        Profile::Confined
    } else {
        Profile::Unconfined(field)
    })
}

/// Reports that no profile is named; the fix names the runtime's. `field` is one of `securityContext`.
pub(super) fn report_missing<'f, 's>(
    cx: &'f mut ContainerCx<'s>,
    rule: &'static Rule,
    field: &str,
    message: String,
) -> Report<'f, 's> {
    let container = cx.container.node;
    let path = format!(".securityContext.{field}");
    cx.report_missing(rule, container, &path, message)
        .help(format!(
            "set `{field}.type: RuntimeDefault`, for the whole pod at once"
        ))
        .fix_set(
            "use the runtime's profile",
            container,
            &["securityContext", field],
            json!({"type": "RuntimeDefault"}),
        )
}
