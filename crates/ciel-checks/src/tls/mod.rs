//! TLS at the edge of the cluster.

mod ingress_without_tls;

use crate::Rule;

pub(crate) const RULES: &[&Rule] = &[&ingress_without_tls::INGRESS_WITHOUT_TLS];
