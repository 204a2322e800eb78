use std::{
    collections::HashMap,
    sync::{Arc, OnceLock, PoisonError, RwLock},
};

use ciel_core::{Diagnostic, limits};
use ciel_exposure::{Exposures, TlsHosts};
use ciel_mining::{Signal, image_signals};
use ciel_network::{NetworkPolicies, PodMakers, denies_metadata};
use ciel_rbac::Rbac;
use ciel_snapshot::{Object, PodIndex, ResourceRules, Snapshot};

use crate::{
    accounts::BoundAccounts,
    node::{ApiServer, Embedded, api_servers},
    rel::{Fleet, References},
    sec::MadeObjects,
    tls::{Certificates, SecretMakers},
    ver::Server,
};

/// Analyses that several checks share, each made at the first question.
#[derive(Debug)]
pub struct Analyses<'s> {
    snapshot: &'s Snapshot,
    pods: OnceLock<PodIndex<'s>>,
    bound_accounts: OnceLock<BoundAccounts<'s>>,
    rbac: OnceLock<Rbac<'s>>,
    exposures: OnceLock<Exposures<'s>>,
    tls_hosts: OnceLock<TlsHosts<'s>>,
    certificates: OnceLock<Certificates<'s>>,
    secret_makers: OnceLock<SecretMakers<'s>>,
    network_policies: OnceLock<NetworkPolicies<'s>>,
    made_secrets: OnceLock<MadeObjects<'s>>,
    embedded: OnceLock<Embedded<'s>>,
    api_servers: OnceLock<HashMap<String, ApiServer<'s>>>,
    pod_makers: OnceLock<PodMakers<'s>>,
    metadata_denied: OnceLock<bool>,
    resource_rules: OnceLock<ResourceRules<'s>>,
    fleet: OnceLock<Fleet<'s>>,
    node_with_open_sub_paths: OnceLock<Option<Object<'s>>>,
    references: OnceLock<References<'s>>,
    api_server: OnceLock<Option<Server<'s>>>,
    image_signals: RwLock<HashMap<&'s str, Arc<[Signal]>>>,
}

impl<'s> Analyses<'s> {
    /// Nothing is computed yet.
    #[must_use]
    pub fn new(snapshot: &'s Snapshot) -> Self {
        Self {
            snapshot,
            pods: OnceLock::new(),
            bound_accounts: OnceLock::new(),
            rbac: OnceLock::new(),
            exposures: OnceLock::new(),
            tls_hosts: OnceLock::new(),
            certificates: OnceLock::new(),
            secret_makers: OnceLock::new(),
            network_policies: OnceLock::new(),
            made_secrets: OnceLock::new(),
            embedded: OnceLock::new(),
            api_servers: OnceLock::new(),
            pod_makers: OnceLock::new(),
            metadata_denied: OnceLock::new(),
            resource_rules: OnceLock::new(),
            fleet: OnceLock::new(),
            node_with_open_sub_paths: OnceLock::new(),
            references: OnceLock::new(),
            api_server: OnceLock::new(),
            image_signals: RwLock::default(),
        }
    }

    /// The snapshot that they are about.
    #[must_use]
    pub fn snapshot(&self) -> &'s Snapshot {
        self.snapshot
    }

    /// The pods by namespace and label: what a Service, a policy or a budget selects.
    #[must_use]
    pub fn pods(&self) -> &PodIndex<'s> {
        self.pods.get_or_init(|| PodIndex::new(self.snapshot))
    }

    /// Which service accounts are bound to roles.
    pub(crate) fn bound_accounts(&self) -> &BoundAccounts<'s> {
        self.bound_accounts
            .get_or_init(|| BoundAccounts::of(self.rbac()))
    }

    /// What the analyses that were made could not look at whole.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let rbac = self.rbac.get().is_some_and(Rbac::is_cut).then(|| {
            format!(
                "aggregated roles gather more than {} rules: some allow more than was judged",
                limits::AGGREGATED_RULES
            )
        });
        let exposures = self.exposures.get().is_some_and(Exposures::is_cut).then(|| {
            format!(
                "Services lead to pods in more than {} ways: some exposed pods were not judged as such",
                limits::EXPOSED_PODS
            )
        });
        let is_cut = self.fleet.get().is_some_and(Fleet::is_cut)
            || self.references.get().is_some_and(References::is_cut);
        let fleet = is_cut.then(|| {
            format!(
                "selectors of Services and PodDisruptionBudgets select more than {} pods: some were not followed",
                limits::SELECTED_PODS
            )
        });
        let embedded = self.embedded.get().is_some_and(Embedded::is_cut).then(|| {
            format!(
                "a configuration file in a ConfigMap is larger than {} bytes and was not judged",
                limits::EMBEDDED_CONFIG_BYTES
            )
        });
        let policies = self
            .network_policies
            .get()
            .is_some_and(NetworkPolicies::is_cut)
            .then(|| {
                format!(
                    "network policies were compared {} times with pods: what some of them select is not known",
                    limits::SELECTOR_TRIALS
                )
            });
        rbac.into_iter()
            .chain(exposures)
            .chain(fleet)
            .chain(embedded)
            .chain(policies)
            .map(Diagnostic::error)
            .collect()
    }

    /// Secrets and ConfigMaps that something in the input makes.
    pub(crate) fn made_secrets(&self) -> &MadeObjects<'s> {
        self.made_secrets
            .get_or_init(|| MadeObjects::of(self.snapshot))
    }

    /// Who may do what.
    #[must_use]
    pub fn rbac(&self) -> &Rbac<'s> {
        self.rbac.get_or_init(|| Rbac::new(self.snapshot))
    }

    /// Which pods network policies select.
    #[must_use]
    pub fn network_policies(&self) -> &NetworkPolicies<'s> {
        self.network_policies
            .get_or_init(|| NetworkPolicies::new(self.snapshot))
    }

    /// Whether some network policy denies the clouds' metadata service outright.
    pub(crate) fn is_metadata_denied(&self) -> bool {
        *self
            .metadata_denied
            .get_or_init(|| denies_metadata(self.snapshot))
    }

    /// Custom resources whose controllers make pods.
    #[must_use]
    pub fn pod_makers(&self) -> &PodMakers<'s> {
        self.pod_makers
            .get_or_init(|| PodMakers::new(self.snapshot))
    }

    /// Who can be reached from outside.
    #[must_use]
    pub fn exposures(&self) -> &Exposures<'s> {
        self.exposures
            .get_or_init(|| Exposures::new(self.snapshot, || self.pods()))
    }

    /// For which hosts some Ingress ends TLS.
    #[must_use]
    pub fn tls_hosts(&self) -> &TlsHosts<'s> {
        self.tls_hosts.get_or_init(|| TlsHosts::new(self.snapshot))
    }

    /// Configuration files in ConfigMaps.
    pub(crate) fn embedded(&self) -> &Embedded<'s> {
        self.embedded.get_or_init(|| Embedded::of(self.snapshot))
    }

    /// What makes Secrets other than their manifests.
    pub(crate) fn secret_makers(&self) -> &SecretMakers<'s> {
        self.secret_makers
            .get_or_init(|| SecretMakers::new(self.snapshot))
    }

    /// The certificates that objects hold.
    pub(crate) fn certificates(&self) -> &Certificates<'s> {
        self.certificates
            .get_or_init(|| Certificates::new(self.snapshot))
    }

    /// What requests and limits containers have in their namespaces.
    #[must_use]
    pub fn resource_rules(&self) -> &ResourceRules<'s> {
        self.resource_rules
            .get_or_init(|| ResourceRules::new(self.snapshot))
    }

    /// What names and ServiceMonitors lead to.
    pub(crate) fn references(&self) -> &References<'s> {
        self.references
            .get_or_init(|| References::new(self.snapshot))
    }

    /// The API server whose version the input shows.
    pub(crate) fn api_server(&self) -> Option<Server<'s>> {
        *self
            .api_server
            .get_or_init(|| crate::ver::server(self.snapshot))
    }

    /// What Services, budgets and autoscalers lead to.
    pub(crate) fn fleet(&self) -> &Fleet<'s> {
        self.fleet
            .get_or_init(|| Fleet::new(self.snapshot, self.pods()))
    }

    /// A Node whose kubelet lets a `subPath` out of its volume.
    pub(crate) fn node_with_open_sub_paths(&self) -> Option<Object<'s>> {
        *self
            .node_with_open_sub_paths
            .get_or_init(|| crate::ver::vulnerable_node(self.snapshot))
    }

    /// API servers by the file of the CA that they take clients' certificates of.
    pub(crate) fn api_servers(&self) -> &HashMap<String, ApiServer<'s>> {
        self.api_servers.get_or_init(|| api_servers(self.snapshot))
    }

    /// Signs of mining in an image's name. A cluster runs few images many times, so each is looked at once.
    pub(crate) fn image_signals(&self, image: &'s str) -> Arc<[Signal]> {
        let known = self
            .image_signals
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(signals) = known.get(image) {
            return Arc::clone(signals);
        }
        drop(known);
        let signals: Arc<[Signal]> = image_signals(image).into();
        let mut known = self
            .image_signals
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        known.insert(image, Arc::clone(&signals));
        signals
    }
}
