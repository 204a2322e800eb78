//! TLS at the edge of the cluster, and the certificates that it rests on.

mod certificate_host_mismatch;
mod certificate_with_email;
mod certificates;
mod client_certificate_unchecked;
mod dangling_backend;
mod expired_certificate;
mod fetched_over_plain_http;
mod fields;
mod http_beside_https;
mod ingress_nginx_end_of_life;
mod ingress_nginx_injection;
mod ingress_nginx_snippet;
mod ingress_without_tls;
mod irrevocable_client_certificate;
mod kubeconfig;
mod load_balancer_without_certificate;
mod mesh_without_mtls;
mod nginx;
mod old_tls_at_edge;
mod program_skips_verification;
mod references;
mod secret_makers;
mod self_signed_in_front;
mod snippet_annotations_allowed;
mod tls_secret_missing;
mod tls_verification_off;
mod unusable_tls_secret;
mod vulnerable_ingress_nginx;
mod weak_certificate;
mod weak_certificate_request;

pub(crate) use certificates::Certificates;
pub(crate) use secret_makers::SecretMakers;

use crate::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &fetched_over_plain_http::FETCHED_OVER_PLAIN_HTTP,
    &ingress_without_tls::INGRESS_WITHOUT_TLS,
    &tls_secret_missing::TLS_SECRET_MISSING,
    &unusable_tls_secret::UNUSABLE_TLS_SECRET,
    &certificate_host_mismatch::CERTIFICATE_HOST_MISMATCH,
    &expired_certificate::EXPIRED_CERTIFICATE,
    &weak_certificate::WEAK_CERTIFICATE,
    &certificate_with_email::CERTIFICATE_WITH_EMAIL,
    &tls_verification_off::TLS_VERIFICATION_OFF,
    &irrevocable_client_certificate::IRREVOCABLE_CLIENT_CERTIFICATE,
    &ingress_nginx_snippet::INGRESS_NGINX_SNIPPET,
    &ingress_nginx_injection::INGRESS_NGINX_INJECTION,
    &ingress_nginx_end_of_life::INGRESS_NGINX_END_OF_LIFE,
    &vulnerable_ingress_nginx::VULNERABLE_INGRESS_NGINX,
    &load_balancer_without_certificate::LOAD_BALANCER_WITHOUT_CERTIFICATE,
    &dangling_backend::DANGLING_BACKEND,
    &snippet_annotations_allowed::SNIPPET_ANNOTATIONS_ALLOWED,
    &old_tls_at_edge::OLD_TLS_AT_EDGE,
    &program_skips_verification::PROGRAM_SKIPS_VERIFICATION,
    &mesh_without_mtls::MESH_WITHOUT_MTLS,
    &weak_certificate_request::WEAK_CERTIFICATE_REQUEST,
    &self_signed_in_front::SELF_SIGNED_IN_FRONT,
    &client_certificate_unchecked::CLIENT_CERTIFICATE_UNCHECKED,
    &http_beside_https::HTTP_BESIDE_HTTPS,
];
