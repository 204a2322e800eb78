//! The control plane and the nodes, as manifests show them: flags of static pods, kubelet and API server configuration files.

use crate::Rule;

pub(crate) const RULES: &[&Rule] = &[];
