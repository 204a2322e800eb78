//! The control plane and the nodes, as manifests show them: flags of static pods, kubeadm's configuration, configuration
//! files of the kubelet and the API server.
//!
//! Whatever sets a program up is read into a [`Component`]: its settings under the names of its flags. A check says what
//! one setting has to be, and does not know where it stands.

mod admission;
mod admission_configuration;
mod always_admit_plugin;
mod always_allow_authorization;
mod always_pull_images_off;
mod anonymous_api_requests;
mod api_server_certificate_missing;
mod api_servers;
mod audit_log;
mod audit_log_kept_briefly;
mod audit_log_off;
mod audit_policy;
mod audit_policy_gaps;
mod audit_policy_logs_secrets;
mod audit_policy_missing;
mod authorization;
mod ciphers;
mod client_ca_missing;
mod component;
mod config;
mod context;
mod control_plane_listens_everywhere;
mod distributions;
mod egress_proxy_in_plain_text;
mod embedded;
mod encryption;
mod encryption_key_in_manifest;
mod etcd;
mod etcd_auto_tls;
mod etcd_ca_missing;
mod etcd_ca_shared;
mod etcd_client_auth_off;
mod etcd_client_certificate_missing;
mod etcd_over_plain_http;
mod etcd_peer_auth_off;
mod etcd_peer_auto_tls;
mod etcd_peers_without_tls;
mod etcd_without_tls;
mod event_rate_unlimited;
mod extended_service_account_tokens;
mod external_ips_allowed;
mod few_audit_log_files;
mod fix;
mod image_policy_fails_open;
mod insecure_port;
mod kernel_defaults_unprotected;
mod kube_proxy_metrics_exposed;
mod kubelet_always_allow;
mod kubelet_anonymous_auth;
mod kubelet_certificate_missing;
mod kubelet_certificate_rotation_off;
mod kubelet_certificate_unchecked;
mod kubelet_client_ca_missing;
mod kubelet_client_certificate_missing;
mod kubelet_events_unlimited;
mod kubelet_hostname_override;
mod kubelet_https_off;
mod kubelet_iptables_chains_off;
mod kubelet_read_only_port;
mod kubelet_server_certificate_rotation_off;
mod kubelet_streams_never_time_out;
mod long_request_timeout;
mod namespace_lifecycle_off;
mod node_authorizer_off;
mod node_restriction_off;
mod old_tls_version;
mod open_authentication_configuration;
mod open_authorization_configuration;
mod overridden_flag;
mod pod_pids_unlimited;
mod pod_security_admission_off;
mod pod_security_default_privileged;
mod pod_security_exemptions;
mod profiling_on;
mod program;
mod rbac_off;
mod request_header_ca_shared;
mod root_ca_missing;
mod seccomp_default_off;
mod secrets_stored_in_plain_text;
mod secrets_unencrypted_at_rest;
mod secure_port_off;
mod security_admission_off;
mod service_account_key_file_missing;
mod service_account_lookup_off;
mod service_account_plugin_off;
mod service_account_signing_key_missing;
mod shared_controller_credentials;
mod small_audit_log_files;
mod static_credentials_file;
mod static_pods_over_http;
mod terminated_pods_kept;
mod values;
mod verbose_component_log;
mod want;
mod weak_encryption_provider;
mod weak_tls_ciphers;
mod words;

pub(crate) use api_servers::{ApiServer, api_servers};
pub(crate) use component::Component;
pub(crate) use config::{components, components_in_file, sets_up};
pub use context::{ComponentCx, ConfigurationCx};
pub(crate) use distributions::{in_container, in_script};
pub(crate) use embedded::{Embedded, may_hold_files, scripts_in};
pub use program::Program;

use crate::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &anonymous_api_requests::ANONYMOUS_API_REQUESTS,
    &static_credentials_file::STATIC_CREDENTIALS_FILE,
    &external_ips_allowed::EXTERNAL_IPS_ALLOWED,
    &kubelet_client_certificate_missing::KUBELET_CLIENT_CERTIFICATE_MISSING,
    &kubelet_certificate_unchecked::KUBELET_CERTIFICATE_UNCHECKED,
    &always_allow_authorization::ALWAYS_ALLOW_AUTHORIZATION,
    &node_authorizer_off::NODE_AUTHORIZER_OFF,
    &rbac_off::RBAC_OFF,
    &event_rate_unlimited::EVENT_RATE_UNLIMITED,
    &always_admit_plugin::ALWAYS_ADMIT_PLUGIN,
    &always_pull_images_off::ALWAYS_PULL_IMAGES_OFF,
    &service_account_plugin_off::SERVICE_ACCOUNT_PLUGIN_OFF,
    &namespace_lifecycle_off::NAMESPACE_LIFECYCLE_OFF,
    &node_restriction_off::NODE_RESTRICTION_OFF,
    &pod_security_admission_off::POD_SECURITY_ADMISSION_OFF,
    &security_admission_off::SECURITY_ADMISSION_OFF,
    &profiling_on::PROFILING_ON,
    &audit_log_off::AUDIT_LOG_OFF,
    &audit_log_kept_briefly::AUDIT_LOG_KEPT_BRIEFLY,
    &few_audit_log_files::FEW_AUDIT_LOG_FILES,
    &small_audit_log_files::SMALL_AUDIT_LOG_FILES,
    &long_request_timeout::LONG_REQUEST_TIMEOUT,
    &service_account_lookup_off::SERVICE_ACCOUNT_LOOKUP_OFF,
    &service_account_key_file_missing::SERVICE_ACCOUNT_KEY_FILE_MISSING,
    &etcd_client_certificate_missing::ETCD_CLIENT_CERTIFICATE_MISSING,
    &api_server_certificate_missing::API_SERVER_CERTIFICATE_MISSING,
    &client_ca_missing::CLIENT_CA_MISSING,
    &etcd_ca_missing::ETCD_CA_MISSING,
    &secrets_unencrypted_at_rest::SECRETS_UNENCRYPTED_AT_REST,
    &weak_tls_ciphers::WEAK_TLS_CIPHERS,
    &old_tls_version::OLD_TLS_VERSION,
    &extended_service_account_tokens::EXTENDED_SERVICE_ACCOUNT_TOKENS,
    &secure_port_off::SECURE_PORT_OFF,
    &insecure_port::INSECURE_PORT,
    &kubelet_https_off::KUBELET_HTTPS_OFF,
    &request_header_ca_shared::REQUEST_HEADER_CA_SHARED,
    &verbose_component_log::VERBOSE_COMPONENT_LOG,
    &audit_policy_missing::AUDIT_POLICY_MISSING,
    &etcd_over_plain_http::ETCD_OVER_PLAIN_HTTP,
    &terminated_pods_kept::TERMINATED_PODS_KEPT,
    &shared_controller_credentials::SHARED_CONTROLLER_CREDENTIALS,
    &service_account_signing_key_missing::SERVICE_ACCOUNT_SIGNING_KEY_MISSING,
    &root_ca_missing::ROOT_CA_MISSING,
    &kubelet_server_certificate_rotation_off::KUBELET_SERVER_CERTIFICATE_ROTATION_OFF,
    &control_plane_listens_everywhere::CONTROL_PLANE_LISTENS_EVERYWHERE,
    &etcd_without_tls::ETCD_WITHOUT_TLS,
    &etcd_client_auth_off::ETCD_CLIENT_AUTH_OFF,
    &etcd_auto_tls::ETCD_AUTO_TLS,
    &etcd_peers_without_tls::ETCD_PEERS_WITHOUT_TLS,
    &etcd_peer_auth_off::ETCD_PEER_AUTH_OFF,
    &etcd_peer_auto_tls::ETCD_PEER_AUTO_TLS,
    &etcd_ca_shared::ETCD_CA_SHARED,
    &kubelet_anonymous_auth::KUBELET_ANONYMOUS_AUTH,
    &kubelet_always_allow::KUBELET_ALWAYS_ALLOW,
    &kubelet_client_ca_missing::KUBELET_CLIENT_CA_MISSING,
    &kubelet_read_only_port::KUBELET_READ_ONLY_PORT,
    &kubelet_streams_never_time_out::KUBELET_STREAMS_NEVER_TIME_OUT,
    &kubelet_iptables_chains_off::KUBELET_IPTABLES_CHAINS_OFF,
    &kubelet_hostname_override::KUBELET_HOSTNAME_OVERRIDE,
    &kubelet_events_unlimited::KUBELET_EVENTS_UNLIMITED,
    &kubelet_certificate_missing::KUBELET_CERTIFICATE_MISSING,
    &kubelet_certificate_rotation_off::KUBELET_CERTIFICATE_ROTATION_OFF,
    &kernel_defaults_unprotected::KERNEL_DEFAULTS_UNPROTECTED,
    &pod_pids_unlimited::POD_PIDS_UNLIMITED,
    &seccomp_default_off::SECCOMP_DEFAULT_OFF,
    &static_pods_over_http::STATIC_PODS_OVER_HTTP,
    &overridden_flag::OVERRIDDEN_FLAG,
    &kube_proxy_metrics_exposed::KUBE_PROXY_METRICS_EXPOSED,
    &secrets_stored_in_plain_text::SECRETS_STORED_IN_PLAIN_TEXT,
    &weak_encryption_provider::WEAK_ENCRYPTION_PROVIDER,
    &encryption_key_in_manifest::ENCRYPTION_KEY_IN_MANIFEST,
    &audit_policy_gaps::AUDIT_POLICY_GAPS,
    &audit_policy_logs_secrets::AUDIT_POLICY_LOGS_SECRETS,
    &pod_security_exemptions::POD_SECURITY_EXEMPTIONS,
    &image_policy_fails_open::IMAGE_POLICY_FAILS_OPEN,
    &pod_security_default_privileged::POD_SECURITY_DEFAULT_PRIVILEGED,
    &open_authentication_configuration::OPEN_AUTHENTICATION_CONFIGURATION,
    &open_authorization_configuration::OPEN_AUTHORIZATION_CONFIGURATION,
    &egress_proxy_in_plain_text::EGRESS_PROXY_IN_PLAIN_TEXT,
];
