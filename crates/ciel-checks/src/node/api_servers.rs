use std::collections::HashMap;

use ciel_snapshot::{Object, Snapshot};

use super::{Component, Program, words::Flag};

/// An API server in the input.
#[derive(Debug)]
pub(crate) struct ApiServer<'s> {
    /// The object that runs it.
    pub(crate) object: Object<'s>,
    /// The CA that it takes clients' certificates of.
    pub(super) client_ca: Flag<'s>,
}

/// An API server for each file of a CA that API servers take clients' certificates of.
pub(crate) fn api_servers(snapshot: &Snapshot) -> HashMap<String, ApiServer<'_>> {
    let mut found = HashMap::new();
    for workload in snapshot.workloads() {
        for container in workload.spec().containers() {
            let component = Component::of_container(container);
            let own = component.filter(|own| own.program == Program::ApiServer);
            if let Some(flag) = own.and_then(|own| own.flag("client-ca-file").cloned()) {
                let file = flag.value.clone().into_owned();
                found.entry(file).or_insert(ApiServer {
                    object: workload.object,
                    client_ca: flag,
                });
            }
        }
    }
    found
}
