use std::{
    cmp::Ordering,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
};

use ciel_core::{Assessment, Diagnostic, Finding, number_duplicates};
use ciel_k8s::{Container, TypeMeta};
use ciel_snapshot::{Object, Snapshot};
use ciel_yaml::Node;
use rayon::prelude::*;

use crate::{
    Analyses, ClusterCx, ComponentCx, ConfigurationCx, ContainerCx, Cx, ObjectCx, Options, PodCx,
    ProfileChoice, Program, Rule, Run, catalogue,
    drift::{Drift, drift},
    frameworks,
    node::{self, Component},
    pod::standards,
    suppression::Suppressions,
};

/// One run of the checks over one snapshot.
#[derive(Debug)]
pub struct Scan<'s> {
    pub(crate) snapshot: &'s Snapshot,
    pub(crate) options: &'s Options,
    pub(crate) analyses: Analyses<'s>,
    suppressions: Suppressions<'s>,
    plan: Plan,
    /// Which programs the objects set up, by [`Program::index`]: told as they are met.
    programs: [AtomicBool; Program::ALL.len()],
}

/// The rules that are on, by what they look at.
#[derive(Debug, Default)]
struct Plan {
    container: Vec<fn(&mut ContainerCx<'_>)>,
    pod: Vec<fn(&mut PodCx<'_>)>,
    pod_security: bool,
    /// By index of the type in the snapshot.
    object: Vec<Vec<fn(&mut ObjectCx<'_>)>>,
    cluster: Vec<fn(&mut ClusterCx<'_>)>,
    components: ComponentPlan,
    configuration: Vec<ConfigurationRule>,
}

/// A rule for configuration files: the kinds, as group and kind, and what it runs.
type ConfigurationRule = (
    &'static [(&'static str, &'static str)],
    fn(&mut ConfigurationCx<'_>),
);

/// The rules for the programs of the control plane and the nodes.
#[derive(Debug, Default)]
struct ComponentPlan {
    is_any: bool,
    /// By [`Program::index`].
    runs: [Vec<fn(&mut ComponentCx<'_>)>; Program::ALL.len()],
    /// By index of the type in the snapshot: which objects set up programs.
    types: Vec<SetsUp>,
}

/// Whether objects of a type set up programs.
#[derive(Clone, Copy, Debug, Default)]
struct SetsUp {
    /// By their fields.
    is_itself: bool,
    /// By files that they hold as text.
    has_files: bool,
    /// They are configuration files that some rule reads.
    is_configuration: bool,
}

/// From this many objects or sources on, more than one thread is worth its start.
pub(crate) const PARALLEL_FROM: usize = 64;

/// What the checks have to say of a snapshot.
#[derive(Debug, Default)]
pub struct Verdict {
    /// Findings in the order of the sources, by place, then code; suppressed ones are among them, marked.
    pub findings: Vec<Finding>,
    /// What could not be judged whole, and what is wrong with suppressions.
    pub diagnostics: Vec<Diagnostic>,
    /// What came of each control, where the profile is a framework.
    pub assessment: Option<Assessment>,
}

/// Runs the checks that the options enable over a snapshot.
#[must_use]
pub fn judge(snapshot: &Snapshot, options: &Options) -> Verdict {
    let scan = Scan {
        snapshot,
        options,
        analyses: Analyses::new(snapshot),
        suppressions: Suppressions::of(snapshot, options),
        plan: Plan::new(snapshot, options),
        programs: Default::default(),
    };
    let mut findings = scan.run();
    if let ProfileChoice::Framework(framework) = options.profile {
        frameworks::name_controls(framework, &mut findings);
    }
    let programs = scan.programs();
    let mut diagnostics = scan.analyses.diagnostics();
    diagnostics.append(&mut scan.suppressions.complaints());
    Verdict {
        assessment: frameworks::assess(
            snapshot,
            options,
            &programs,
            scan.analyses.embedded(),
            &findings,
        ),
        findings,
        diagnostics,
    }
}

/// The order of findings: of the sources, by place, then code and path.
fn by_place(a: &Finding, b: &Finding) -> Ordering {
    let key = |finding: &Finding| finding.location.map(|at| (at.source, at.span.start));
    key(a)
        .cmp(&key(b))
        .then_with(|| a.check.code.cmp(b.check.code))
        .then_with(|| a.path.cmp(&b.path))
}

/// The findings of [`judge`] alone.
#[must_use]
pub fn scan(snapshot: &Snapshot, options: &Options) -> Vec<Finding> {
    judge(snapshot, options).findings
}

impl Plan {
    fn new(snapshot: &Snapshot, options: &Options) -> Self {
        let mut plan = Self {
            object: vec![Vec::new(); snapshot.types().len()],
            ..Self::default()
        };
        for rule in catalogue().filter(|rule| options.enables(&rule.check)) {
            plan.add(snapshot, rule);
        }
        let types = snapshot.types().iter();
        plan.components.types = types.map(|types| SetsUp::of(&plan, types)).collect();
        plan
    }

    fn add(&mut self, snapshot: &Snapshot, rule: &'static Rule) {
        match &rule.run {
            Run::Container(run) => self.container.push(*run),
            Run::Pod(run) => self.pod.push(*run),
            Run::PodSecurity => self.pod_security = true,
            Run::Cluster(run) => self.cluster.push(*run),
            Run::Component(programs, run) => {
                self.components.is_any = true;
                for program in *programs {
                    if let Some(runs) = self.components.runs.get_mut(program.index()) {
                        runs.push(*run);
                    }
                }
            }
            Run::Configuration(kinds, run) => self.configuration.push((*kinds, *run)),
            Run::AnyObject(run) => self.object.iter_mut().for_each(|runs| runs.push(*run)),
            Run::Object(kinds, run) => {
                for (types, runs) in snapshot.types().iter().zip(&mut self.object) {
                    if kinds.iter().any(|(group, kind)| types.is(group, kind)) {
                        runs.push(*run);
                    }
                }
            }
        }
    }
}

impl SetsUp {
    fn of(plan: &Plan, types: &TypeMeta) -> Self {
        let is_any = plan.components.is_any;
        Self {
            is_itself: is_any && node::sets_up(types),
            has_files: (is_any || !plan.configuration.is_empty()) && node::may_hold_files(types),
            is_configuration: plan.wants(types),
        }
    }
}

impl Plan {
    /// Whether some rule reads configuration files of a type.
    fn wants(&self, types: &TypeMeta) -> bool {
        self.configuration
            .iter()
            .any(|(kinds, _)| kinds.iter().any(|(group, kind)| types.is(group, kind)))
    }

    /// The rules that read configuration files of a type.
    fn readers(&self, types: &TypeMeta) -> impl Iterator<Item = fn(&mut ConfigurationCx<'_>)> {
        self.configuration
            .iter()
            .filter(|(kinds, _)| kinds.iter().any(|(group, kind)| types.is(group, kind)))
            .map(|(_, run)| *run)
    }
}

// `&'s self`: the analyses are made at the first question and refer to the snapshot, so the scan is borrowed as long as
// they are.
impl<'s> Scan<'s> {
    /// The programs that were met.
    fn programs(&self) -> Vec<Program> {
        let seen = Program::ALL.iter().zip(&self.programs);
        seen.filter(|(_, seen)| seen.load(Relaxed))
            .map(|(program, _)| *program)
            .collect()
    }

    fn run(&'s self) -> Vec<Finding> {
        let objects: Vec<Object<'_>> = self.snapshot.objects().collect();
        let mut findings = if objects.len() < PARALLEL_FROM {
            self.judge(&objects)
        } else {
            let chunks = objects.par_chunks(PARALLEL_FROM);
            let parts: Vec<Vec<Finding>> = chunks.map(|chunk| self.judge(chunk)).collect();
            let mut findings = Vec::with_capacity(parts.iter().map(Vec::len).sum());
            // Each part is freed as soon as it is copied: of a large cluster they are a hundred megabytes.
            for part in parts {
                findings.extend(part);
            }
            findings
        };
        findings.append(&mut self.judge_whole());
        findings.retain(|finding| self.options.keeps(finding));
        if let Some(least) = self.options.min_severity {
            findings.retain(|finding| finding.severity >= least);
        }
        // Each part is in order, and mostly they are among each other.
        findings.sort_by(by_place);
        let identities: Vec<u64> = if objects.len() < PARALLEL_FROM {
            findings.iter().map(Finding::identity).collect()
        } else {
            findings.par_iter().map(Finding::identity).collect()
        };
        number_duplicates(&mut findings, &identities);
        findings
    }

    fn judge(&'s self, objects: &[Object<'_>]) -> Vec<Finding> {
        let mut cx = Cx::new(self);
        for object in objects {
            let Some(object) = self.snapshot.object(object.id()) else {
                continue;
            };
            let before = cx.findings_mut().len();
            cx = self.judge_object(cx, object);
            let new = cx.findings_mut().get_mut(before..).unwrap_or_default();
            self.suppressions.apply(Some(object), new);
        }
        let mut findings = cx.into_findings();
        findings.sort_by(by_place);
        findings
    }

    fn judge_object(&'s self, cx: Cx<'s>, object: Object<'s>) -> Cx<'s> {
        let mut object_cx = ObjectCx { cx, object };
        for run in self
            .plan
            .object
            .get(object.type_index())
            .into_iter()
            .flatten()
        {
            run(&mut object_cx);
        }
        let mut cx = self.judge_configuration(object_cx.cx, object);
        let maker = object.owner();
        for workload in object.workloads() {
            // What another object here has made is judged where it is made, but for what its maker does not know.
            let drift = maker.map(|maker| drift(maker, workload));
            let mut pod = PodCx::new(cx, workload);
            if self.plan.pod_security && drift.as_ref().is_none_or(Drift::is_any) {
                standards::judge(&mut pod);
            }
            if drift.as_ref().is_none_or(|drift| drift.pod) {
                for run in &self.plan.pod {
                    run(&mut pod);
                }
            }
            let containers =
                drift.map_or_else(|| workload.spec().containers(), |drift| drift.containers);
            for container in containers {
                pod = self.judge_container(pod, container);
            }
            cx = pod.into_cx();
        }
        cx
    }

    fn judge_container(&self, pod: PodCx<'s>, container: Container<'s>) -> PodCx<'s> {
        let mut container_cx = ContainerCx::new(pod, container);
        for run in &self.plan.container {
            run(&mut container_cx);
        }
        let PodCx { mut cx, workload } = container_cx.pod;
        if self.plan.components.is_any {
            let own = Component::of_container(container);
            for component in own.into_iter().chain(node::in_container(container)) {
                cx = self.judge_component(cx, workload.object, None, component);
            }
        }
        PodCx { cx, workload }
    }

    /// Configuration files, and the programs that an object sets up by its fields or by files in it.
    fn judge_configuration(&'s self, mut cx: Cx<'s>, object: Object<'s>) -> Cx<'s> {
        let sets_up = self.plan.components.types.get(object.type_index());
        let sets_up = sets_up.copied().unwrap_or_default();
        let types = object.types();
        if sets_up.is_configuration {
            let mut file = ConfigurationCx::of_object(cx, object);
            for run in self.plan.readers(types) {
                run(&mut file);
            }
            cx = file.into_cx();
        }
        if sets_up.is_itself {
            for component in node::components(&types.api_version, &types.kind, object.root()) {
                cx = self.judge_component(cx, object, None, component);
            }
        }
        if sets_up.has_files {
            cx = self.judge_files(cx, object);
        }
        cx
    }

    /// Files that an object holds as text.
    fn judge_files(&'s self, mut cx: Cx<'s>, object: Object<'s>) -> Cx<'s> {
        for file in self.analyses.embedded().in_object(object.id()) {
            let mut configuration = ConfigurationCx::of_file(cx, object, file);
            for run in self.plan.readers(&file.types) {
                run(&mut configuration);
            }
            cx = configuration.into_cx();
            if self.plan.components.is_any {
                for component in node::components_in_file(file) {
                    cx = self.judge_component(cx, object, Some(file.field), component);
                }
            }
        }
        if self.plan.components.is_any {
            for field in node::scripts_in(object) {
                for component in node::in_script(field) {
                    cx = self.judge_component(cx, object, None, component);
                }
            }
        }
        cx
    }

    fn judge_component(
        &self,
        cx: Cx<'s>,
        object: Object<'s>,
        anchor: Option<Node<'s>>,
        component: Component<'s>,
    ) -> Cx<'s> {
        let index = component.program().index();
        if let Some(seen) = self.programs.get(index) {
            seen.store(true, Relaxed);
        }
        let runs = self.plan.components.runs.get(index);
        let mut component = ComponentCx::new(cx, object, anchor, component);
        for run in runs.into_iter().flatten() {
            run(&mut component);
        }
        component.into_cx()
    }

    fn judge_whole(&'s self) -> Vec<Finding> {
        let mut cluster = ClusterCx { cx: Cx::new(self) };
        for run in &self.plan.cluster {
            run(&mut cluster);
        }
        let mut findings = cluster.cx.into_findings();
        for finding in &mut findings {
            let object = &finding.object;
            let group = ciel_k8s::group_of(&object.api_version);
            let object = self
                .snapshot
                .find(group, &object.kind, &object.namespace, &object.name);
            self.suppressions
                .apply(object, std::slice::from_mut(finding));
        }
        findings
    }
}
