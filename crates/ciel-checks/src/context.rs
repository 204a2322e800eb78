use std::{
    cell::OnceCell,
    ops::{Deref, DerefMut},
    rc::Rc,
    sync::Arc,
};

use ciel_core::{Finding, ObjectRef};
use ciel_k8s::{Container, PodSpec};
use ciel_snapshot::{Object, ObjectId, Snapshot, Workload};
use ciel_yaml::Node;

use crate::{
    Analyses, ComponentCx, ConfigurationCx, Options, Report, Rule, Scan, img::Image,
    mine::Evidence, report::Place,
};

/// What every check has at hand: the snapshot, the analyses, the options, and where findings go.
pub struct Cx<'s> {
    scan: &'s Scan<'s>,
    findings: Vec<Finding>,
    last_ref: Option<(ObjectId, Arc<ObjectRef>)>,
    absences_count: bool,
}

impl<'s> Cx<'s> {
    pub(crate) fn new(scan: &'s Scan<'s>) -> Self {
        Self {
            scan,
            findings: Vec::new(),
            last_ref: None,
            absences_count: true,
        }
    }

    pub(crate) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    pub(crate) fn findings_mut(&mut self) -> &mut Vec<Finding> {
        &mut self.findings
    }

    /// The objects.
    #[must_use]
    pub fn snapshot(&self) -> &'s Snapshot {
        self.scan.snapshot
    }

    /// Analyses that checks share.
    #[must_use]
    pub fn analyses(&self) -> &'s Analyses<'s> {
        &self.scan.analyses
    }

    /// What the user asked for.
    #[must_use]
    pub fn options(&self) -> &'s Options {
        self.scan.options
    }

    /// Whether the input is all there is, so that what other files may hold can be called absent.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.scan.snapshot.is_complete()
    }

    /// A finding about a node that stands in an object.
    pub fn report_on(
        &mut self,
        rule: &'static Rule,
        object: Object<'s>,
        node: Node<'s>,
        message: impl Into<String>,
    ) -> Report<'_, 's> {
        self.push(rule, object, Place { node, missing: "" }, message.into())
    }

    /// A finding about a field that an object lacks: `missing` is its path from `parent`, which stands there, as in
    /// `.securityContext.runAsNonRoot`.
    pub fn report_missing_on(
        &mut self,
        rule: &'static Rule,
        object: Object<'s>,
        parent: Node<'s>,
        missing: &str,
        message: impl Into<String>,
    ) -> Report<'_, 's> {
        if !self.absences_count {
            return Report::dropped();
        }
        self.push(
            rule,
            object,
            Place {
                node: parent,
                missing,
            },
            message.into(),
        )
    }

    fn push(
        &mut self,
        rule: &'static Rule,
        object: Object<'s>,
        place: Place<'s, '_>,
        message: String,
    ) -> Report<'_, 's> {
        let object_ref = match &self.last_ref {
            Some((id, object_ref)) if *id == object.id() => Arc::clone(object_ref),
            _ => {
                let object_ref = Arc::new(object.to_ref());
                self.last_ref = Some((object.id(), Arc::clone(&object_ref)));
                object_ref
            }
        };
        self.findings
            .push(place.finding(&rule.check, object, object_ref, message));
        Report::new(self.findings.last_mut(), object)
    }
}

/// An object under a check.
pub struct ObjectCx<'s> {
    pub(crate) cx: Cx<'s>,
    /// The object.
    pub object: Object<'s>,
}

impl<'s> ObjectCx<'s> {
    /// A finding about a node of the object.
    pub fn report(
        &mut self,
        rule: &'static Rule,
        node: Node<'s>,
        message: impl Into<String>,
    ) -> Report<'_, 's> {
        self.cx.report_on(rule, self.object, node, message)
    }

    /// A finding about a field that the object lacks.
    pub fn report_missing(
        &mut self,
        rule: &'static Rule,
        parent: Node<'s>,
        missing: &str,
        message: impl Into<String>,
    ) -> Report<'_, 's> {
        self.cx
            .report_missing_on(rule, self.object, parent, missing, message)
    }
}

/// A pod, or a pod template, under a check.
pub struct PodCx<'s> {
    pub(crate) cx: Cx<'s>,
    /// The pod with the object that is or makes it.
    pub workload: Workload<'s>,
}

impl<'s> PodCx<'s> {
    pub(crate) fn new(mut cx: Cx<'s>, workload: Workload<'s>) -> Self {
        cx.absences_count = !workload.spec().partial;
        Self { cx, workload }
    }

    pub(crate) fn into_cx(mut self) -> Cx<'s> {
        self.cx.absences_count = true;
        self.cx
    }

    /// The object that is or makes the pod.
    #[must_use]
    pub fn object(&self) -> Object<'s> {
        self.workload.object
    }

    /// The pod's spec.
    #[must_use]
    pub fn spec(&self) -> PodSpec<'s> {
        self.workload.spec()
    }

    /// A finding about a node of the pod.
    pub fn report(
        &mut self,
        rule: &'static Rule,
        node: Node<'s>,
        message: impl Into<String>,
    ) -> Report<'_, 's> {
        self.cx.report_on(rule, self.workload.object, node, message)
    }

    /// A finding about a field that the pod lacks.
    pub fn report_missing(
        &mut self,
        rule: &'static Rule,
        parent: Node<'s>,
        missing: &str,
        message: impl Into<String>,
    ) -> Report<'_, 's> {
        self.cx
            .report_missing_on(rule, self.workload.object, parent, missing, message)
    }
}

/// A container of a pod under a check.
pub struct ContainerCx<'s> {
    pub(crate) pod: PodCx<'s>,
    /// The container.
    pub container: Container<'s>,
    mining: OnceCell<Rc<Evidence<'s>>>,
    image: OnceCell<Option<Image<'s>>>,
}

impl<'s> ContainerCx<'s> {
    pub(crate) fn new(pod: PodCx<'s>, container: Container<'s>) -> Self {
        Self {
            pod,
            container,
            mining: OnceCell::new(),
            image: OnceCell::new(),
        }
    }

    /// The container's image, split at the first question. `None` where there is none, or what stands there is no
    /// reference to an image.
    pub(crate) fn image(&self) -> Option<Image<'s>> {
        *self.image.get_or_init(|| Image::of(self.container))
    }

    /// Signs of mining in commands and environment, gathered at the first question.
    pub(crate) fn mining(&self) -> Rc<Evidence<'s>> {
        let evidence = || Rc::new(Evidence::of(self.container));
        Rc::clone(self.mining.get_or_init(evidence))
    }
}

impl<'s> Deref for ContainerCx<'s> {
    type Target = PodCx<'s>;

    fn deref(&self) -> &Self::Target {
        &self.pod
    }
}

impl DerefMut for ContainerCx<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.pod
    }
}

/// The snapshot as a whole under a check.
pub struct ClusterCx<'s> {
    pub(crate) cx: Cx<'s>,
}

macro_rules! deref_to_cx {
    ($($name:ident),*) => {$(
        impl<'s> Deref for $name<'s> {
            type Target = Cx<'s>;

            fn deref(&self) -> &Self::Target {
                &self.cx
            }
        }

        impl DerefMut for $name<'_> {
            fn deref_mut(&mut self) -> &mut Self::Target {
                &mut self.cx
            }
        }
    )*};
}

deref_to_cx!(ObjectCx, PodCx, ClusterCx, ComponentCx, ConfigurationCx);
