use std::{borrow::Cow, collections::BTreeSet};

use ciel_yaml::NodeId;

use crate::{
    Control, Place, Violation,
    pod::Container,
    quote::{join_quoted, plural},
};

/// What one control has found so far: who breaks it, with which values, where. Empty, it has allocated nothing.
#[derive(Debug, Default)]
pub(crate) struct Bad<'a> {
    /// Whether the pod itself breaks it.
    pod: bool,
    /// Names of containers that break it, each container once, in order.
    pub(crate) containers: Vec<&'a str>,
    /// The forbidden values, sorted.
    pub(crate) values: BTreeSet<Cow<'a, str>>,
    places: Vec<Place<'a>>,
    last: Option<NodeId>,
}

impl<'a> Bad<'a> {
    pub(crate) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// A place that neither names a container nor the pod.
    pub(crate) fn place(&mut self, place: Place<'a>) {
        self.places.push(place);
    }

    /// A place in the pod's own fields.
    pub(crate) fn pod(&mut self, place: Place<'a>) {
        self.pod = true;
        self.places.push(place);
    }

    /// A place in a container.
    pub(crate) fn container(&mut self, container: &Container<'a>, place: Place<'a>) {
        if self.last != Some(container.node.id()) {
            self.last = Some(container.node.id());
            self.containers.push(container.name);
        }
        self.places.push(place);
    }

    pub(crate) fn value(&mut self, value: impl Into<Cow<'a, str>>) {
        self.values.insert(value.into());
    }

    /// `container "a"`, `containers "a", "b"`.
    pub(crate) fn container_words(&self) -> String {
        let noun = plural("container", "containers", self.containers.len());
        format!("{noun} {}", join_quoted(self.containers.iter().copied()))
    }

    /// Who breaks it: `pod`, `container "a"`, `pod and containers "a", "b"`.
    pub(crate) fn setters(&self) -> String {
        match (self.pod, self.containers.is_empty()) {
            (true, true) => "pod".to_owned(),
            (true, false) => format!("pod and {}", self.container_words()),
            (false, _) => self.container_words(),
        }
    }

    /// The forbidden values: `"a", "b"`.
    pub(crate) fn value_words(&self) -> String {
        join_quoted(self.values.iter().map(AsRef::as_ref))
    }

    /// The violation, if anything breaks the control; the detail is only written then.
    pub(crate) fn finish(
        self,
        control: Control,
        reason: &'static str,
        detail: impl FnOnce(&Self) -> String,
    ) -> Option<Violation<'a>> {
        if self.is_empty() {
            return None;
        }
        let detail = detail(&self);
        Some(Violation {
            control,
            reason,
            detail,
            places: self.places,
        })
    }
}
