//! Who can reach which workload from outside: load balancers, node ports, Ingresses, Gateways, routes.
//!
//! [`Exposures`] follows the way in: from an Ingress, an HTTPRoute, an Istio VirtualService, an OpenShift Route and the
//! like to the Service behind it, and from each exposed Service by its selector to the pods. Serverless platforms
//! (Knative, KServe) open pods without any Service that somebody wrote. [`consoles`] knows the
//! consoles and servers that attackers look for. [`TlsHosts`] knows for which hosts some Ingress ends TLS.

pub mod consoles;
mod custom;
mod exposures;
mod guards;
mod ingress;
mod istio;
mod routers;
mod routes;
mod serverless;
mod service;

pub use custom::asked_services;
pub use exposures::{Exposure, Exposures, Step};
pub use ingress::{TlsHosts, is_internal_ingress, terminates_elsewhere};
pub use service::{Reach, public_by_annotation, service_reach};
