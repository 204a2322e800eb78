//! What runtimes tell of containers: names, images, mounts, labels.
//!
//! Captures have it in events that Falco's container plugin made (`container` among its asynchronous events) and in those
//! that older libraries made, one JSON object each; an agent may add what it asked a runtime itself.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::{Machine, Seen};
use crate::{
    Event,
    event::until_nul,
    schema::codes::{ASYNCEVENT_E, CONTAINER_JSON_2_E},
};

/// What a runtime tells of a container. Texts are empty where it tells nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ContainerFacts {
    /// The identifier that `container.id` shows.
    pub id: String,
    /// The whole identifier.
    pub full_id: String,
    /// The runtime, by the number that Falco's plugin has for it.
    pub runtime: u32,
    /// The container's name.
    pub name: String,
    /// The image as it was asked for.
    pub image: String,
    /// The image's identifier.
    pub image_id: String,
    /// The image's repository.
    pub image_repository: String,
    /// The image's tag.
    pub image_tag: String,
    /// The image's digest.
    pub image_digest: String,
    /// The address of the container or its pod.
    pub ip: String,
    /// The user who started it.
    pub user: String,
    /// What the network plugins told of the pod's interfaces, as JSON.
    pub cni: String,
    /// Whether it may do all that the host may.
    pub privileged: bool,
    /// Whether it sees the host's processes.
    pub host_pid: bool,
    /// Whether it has the host's network.
    pub host_network: bool,
    /// Whether it shares memory with the host's processes.
    pub host_ipc: bool,
    /// What of the host it has mounted.
    pub mounts: Vec<Mount>,
    /// Its labels.
    pub labels: BTreeMap<String, String>,
    /// The identifier of the pod's sandbox.
    pub sandbox_id: String,
    /// The labels of the pod.
    pub pod_labels: BTreeMap<String, String>,
}

/// A place of the host that a container has mounted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Mount {
    /// The path on the host, or the name of a volume.
    pub source: String,
    /// The path in the container.
    pub destination: String,
    /// The runtime's words for how.
    pub mode: String,
    /// Whether the container may write there.
    pub writable: bool,
    /// How later mounts spread.
    pub propagation: String,
}

impl ContainerFacts {
    /// Reads `{"container": {…}}`, as events hold it. What is missing or of another type is empty; `None` where there is no
    /// such object, or it has no identifier.
    #[must_use]
    pub fn parse(json: &[u8]) -> Option<Self> {
        let whole: Value = serde_json::from_slice(json).ok()?;
        let object = whole.get("container").unwrap_or(&whole);
        let text = |name| text(object, name);
        let is = |name| object.get(name).and_then(Value::as_bool) == Some(true);
        let facts = Self {
            id: text("id"),
            full_id: text("full_id"),
            runtime: object
                .get("type")
                .and_then(Value::as_u64)
                .and_then(|number| u32::try_from(number).ok())
                .unwrap_or(u32::from(u16::MAX)),
            name: text("name"),
            image: text("image"),
            image_id: text("imageid"),
            image_repository: text("imagerepo"),
            image_tag: text("imagetag"),
            image_digest: text("imagedigest"),
            ip: text("ip"),
            user: text("User"),
            cni: text("cni_json"),
            privileged: is("privileged"),
            host_pid: is("host_pid"),
            host_network: is("host_network"),
            host_ipc: is("host_ipc"),
            mounts: mounts(object),
            labels: labels(object, "labels"),
            sandbox_id: text("pod_sandbox_id"),
            pod_labels: labels(object, "pod_sandbox_labels"),
        };
        (!facts.id.is_empty()).then_some(facts)
    }

    /// The word that `container.type` shows.
    #[must_use]
    pub fn runtime_name(&self) -> &'static str {
        match self.runtime {
            0 => "docker",
            1 => "lxc",
            2 => "libvirt-lxc",
            3 => "mesos",
            4 => "rkt",
            6 => "cri",
            7 => "containerd",
            8 => "cri-o",
            9 => "bpm",
            11 => "podman",
            0xfffe => "host",
            _ => "",
        }
    }
}

fn text(object: &Value, name: &str) -> String {
    let text = object.get(name).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}

fn labels(object: &Value, name: &str) -> BTreeMap<String, String> {
    object
        .get(name)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
        .collect()
}

fn mounts(object: &Value) -> Vec<Mount> {
    let mount = |mount: &Value| Mount {
        source: text(mount, "Source"),
        destination: text(mount, "Destination"),
        mode: text(mount, "Mode"),
        writable: mount.get("RW").and_then(Value::as_bool) == Some(true),
        propagation: text(mount, "Propagation"),
    };
    let list = object.get("Mounts").and_then(Value::as_array);
    list.into_iter().flatten().map(mount).collect()
}

/// Containers that are remembered at once; a machine runs some hundred.
const MOST: usize = 16_384;

/// What runtimes told of containers, by the identifier that `container.id` shows.
#[derive(Clone, Debug, Default)]
pub struct Containers {
    facts: FxHashMap<Box<[u8]>, Arc<ContainerFacts>>,
    /// In the order in which they came.
    order: VecDeque<Box<[u8]>>,
    /// The event that told of one last.
    told: Option<(u64, Arc<ContainerFacts>)>,
}

impl Containers {
    /// What is known of the container with this identifier.
    #[must_use]
    pub fn get(&self, id: &[u8]) -> Option<&ContainerFacts> {
        self.facts.get(id).map(AsRef::as_ref)
    }

    /// The container that the event of this number told of.
    #[must_use]
    pub fn told_by(&self, number: u64) -> Option<&ContainerFacts> {
        let (told, facts) = self.told.as_ref()?;
        (*told == number).then_some(facts)
    }

    /// Remembers a container. Of too many, the one that came first is forgotten.
    pub fn insert(&mut self, facts: Arc<ContainerFacts>) {
        let id: Box<[u8]> = facts.id.as_bytes().into();
        if self.facts.insert(id.clone(), facts).is_some() {
            return;
        }
        self.order.push_back(id);
        if self.order.len() > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.facts.remove(&oldest);
        }
    }

    /// Forgets a container.
    pub fn remove(&mut self, id: &[u8]) {
        if self.facts.remove(id).is_some() {
            self.order.retain(|known| **known != *id);
        }
    }
}

/// Remembers what an event tells of a container.
#[inline]
pub(super) fn apply(machine: &mut Machine, event: &Event<'_>, seen: &Seen) {
    let (json, added) = match event.code {
        CONTAINER_JSON_2_E => (event.text(0), true),
        ASYNCEVENT_E => match event.text(1) {
            Some(b"container") => (event.bytes(2).map(until_nul), true),
            Some(b"container_removed") => (event.bytes(2).map(until_nul), false),
            _ => return,
        },
        _ => return,
    };
    let Some(facts) = json.and_then(ContainerFacts::parse).map(Arc::new) else {
        return;
    };
    let containers = &mut machine.containers;
    containers.told = Some((seen.number, Arc::clone(&facts)));
    if added {
        containers.insert(facts);
    } else {
        containers.remove(facts.id.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Params, machine::MachineLimits, schema::EventCode};

    fn observe(machine: &mut Machine, code: EventCode, params: &[&[u8]]) -> u64 {
        let data = params.concat();
        let lengths: Vec<_> = params
            .iter()
            .map(|param| u32::try_from(param.len()).expect("short"))
            .collect();
        let event = Event {
            time: 1,
            tid: -1,
            cpu: 0,
            code,
            params: Params::new(&data, lengths),
        };
        machine.observe(&event).number
    }

    const NGINX: &[u8] = br#"{"container":{"id":"697956520d89","image":"nginx","imagerepo":"nginx","imagetag":"latest","ip":"172.17.0.2","labels":{"maintainer":"me","n":1},"name":"web","Mounts":[{"Source":"/a","Destination":"/b","RW":true}],"pod_sandbox_labels":null,"privileged":false,"type":0}}"#;

    #[test]
    fn an_event_tells_of_a_container() {
        let mut machine = Machine::new(MachineLimits::default());
        let json = [NGINX, b"\0"].concat();
        let number = observe(&mut machine, CONTAINER_JSON_2_E, &[&json]);
        let facts = machine.containers.get(b"697956520d89").expect("known");
        assert_eq!(
            (
                facts.name.as_str(),
                facts.image_tag.as_str(),
                facts.runtime_name()
            ),
            ("web", "latest", "docker")
        );
        assert_eq!(facts.labels.len(), 1);
        assert!(facts.mounts.iter().all(|mount| mount.writable));
        assert_eq!(machine.containers.told_by(number), Some(facts));
    }

    #[test]
    fn a_removed_container_is_still_that_of_its_event() {
        let mut machine = Machine::new(MachineLimits::default());
        let event = |name: &'static [u8]| [&[0; 4][..], name, NGINX].map(<[u8]>::to_vec);
        for name in [&b"container\0"[..], b"container_removed\0"] {
            let params = event(name);
            let params: Vec<_> = params.iter().map(Vec::as_slice).collect();
            observe(&mut machine, ASYNCEVENT_E, &params);
        }
        assert_eq!(machine.containers.get(b"697956520d89"), None);
        assert!(machine.containers.told_by(2).is_some());
    }

    #[test]
    fn what_is_no_container_tells_nothing() {
        for json in [
            "",
            "{}",
            "[]",
            r#"{"container":{"name":"a"}}"#,
            r#"{"container":7}"#,
        ] {
            assert_eq!(ContainerFacts::parse(json.as_bytes()), None, "{json}");
        }
    }

    #[test]
    fn memory_is_bounded() {
        let mut containers = Containers::default();
        for number in 0..MOST + 10 {
            containers.insert(Arc::new(ContainerFacts {
                id: number.to_string(),
                ..ContainerFacts::default()
            }));
        }
        assert_eq!(
            (containers.facts.len(), containers.order.len()),
            (MOST, MOST)
        );
        assert!(containers.get(b"9").is_none());
    }
}
