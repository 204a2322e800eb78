//! Pods and their containers.

mod commands;
mod container_socket;
mod default_account_automounts;
mod default_account_with_rights;
mod default_service_account;
mod host_aliases;
mod host_ipc;
mod host_network;
mod host_path;
mod host_paths;
mod host_pid;
mod host_port;
mod host_volumes;
mod invalid_pod_security_label;
mod namespace_without_pod_security;
mod permissive_pod_security_policy;
mod pod_security_level_violated;
mod privileged_container;
mod privileged_port;
mod privileged_security_context_constraints;
mod sandbox_without_hardened_runtime;
mod sandbox_without_limits;
mod sandboxes;
mod sensitive_host_path;
mod service_account_token_mounted;
mod ssh_server;
mod ssh_service;
pub(crate) mod standards;
mod sudo_in_command;
mod token;
mod unrestricted_volume_type;
mod writable_host_path;
mod writable_var_log;

use crate::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &privileged_container::PRIVILEGED_CONTAINER,
    &host_network::HOST_NETWORK,
    &host_pid::HOST_PID,
    &host_ipc::HOST_IPC,
    &host_port::HOST_PORT,
    &privileged_port::PRIVILEGED_PORT,
    &host_path::HOST_PATH,
    &sensitive_host_path::SENSITIVE_HOST_PATH,
    &writable_host_path::WRITABLE_HOST_PATH,
    &writable_var_log::WRITABLE_VAR_LOG,
    &container_socket::CONTAINER_SOCKET,
    &unrestricted_volume_type::UNRESTRICTED_VOLUME_TYPE,
    &host_aliases::HOST_ALIASES,
    &service_account_token_mounted::SERVICE_ACCOUNT_TOKEN_MOUNTED,
    &default_service_account::DEFAULT_SERVICE_ACCOUNT,
    &sudo_in_command::SUDO_IN_COMMAND,
    &ssh_server::SSH_SERVER,
    &permissive_pod_security_policy::PERMISSIVE_POD_SECURITY_POLICY,
    &privileged_security_context_constraints::PRIVILEGED_SECURITY_CONTEXT_CONSTRAINTS,
    &namespace_without_pod_security::NAMESPACE_WITHOUT_POD_SECURITY,
    &sandbox_without_hardened_runtime::SANDBOX_WITHOUT_HARDENED_RUNTIME,
    &sandbox_without_limits::SANDBOX_WITHOUT_LIMITS,
    &ssh_service::SSH_SERVICE,
    &default_account_automounts::DEFAULT_ACCOUNT_AUTOMOUNTS,
    &default_account_with_rights::DEFAULT_ACCOUNT_WITH_RIGHTS,
    &pod_security_level_violated::POD_SECURITY_LEVEL_VIOLATED,
    &invalid_pod_security_label::INVALID_POD_SECURITY_LABEL,
];
