//! Pods and their containers.

mod allow_privilege_escalation;
mod apparmor_missing;
mod apparmor_unconfined;
mod cap_net_raw;
mod cap_sys_admin;
mod cap_sys_module;
mod capabilities;
mod caps_added;
mod caps_not_dropped;
mod commands;
mod container_socket;
mod default_account_automounts;
mod default_caps_added;
mod default_service_account;
mod host_aliases;
mod host_ipc;
mod host_network;
mod host_path;
mod host_path_in_persistent_volume;
mod host_paths;
mod host_pid;
mod host_port;
mod host_users;
mod host_volumes;
mod invalid_pod_security_label;
mod low_gid;
mod low_uid;
mod namespace_without_pod_security;
mod net_raw_not_dropped;
mod no_gmsa_credential_spec;
mod no_linux_hardening;
mod no_security_context;
mod permissive_pod_security_policy;
mod pod_security_level_violated;
mod policies;
mod policy_admits_capabilities;
mod policy_admits_host_ipc;
mod policy_admits_host_network;
mod policy_admits_host_pid;
mod policy_admits_privilege_escalation;
mod policy_admits_privileged;
mod policy_admits_root;
mod policy_keeps_capabilities;
mod privileged_container;
mod privileged_port;
mod privileged_security_context_constraints;
mod probe_elsewhere;
mod proc_mount;
mod profiles;
mod root_group;
mod run_as_root;
mod run_as_user_zero;
mod sandbox_without_cpu_limit;
mod sandbox_without_hardened_runtime;
mod sandbox_without_memory_limit;
mod sandboxes;
mod seccomp_missing;
mod seccomp_unconfined;
mod selinux_label_left_to_runtime;
mod selinux_options;
pub(crate) mod sensitive_host_path;
mod service_account_token_mounted;
mod shared;
mod ssh_server;
mod ssh_service;
pub(crate) mod standards;
mod sudo_in_command;
mod token;
mod token_with_rights;
mod unrestricted_volume_type;
mod unsafe_sysctls;
mod volume_ownership_changed_at_every_start;
mod volumes_without_group;
mod windows_host_process;
mod writable_host_path;
mod writable_root_fs;
mod writable_var_log;

use crate::Rule;
pub(crate) use token::has_token;

pub(crate) const RULES: &[&Rule] = &[
    &host_path_in_persistent_volume::HOST_PATH_IN_PERSISTENT_VOLUME,
    &privileged_container::PRIVILEGED_CONTAINER,
    &allow_privilege_escalation::ALLOW_PRIVILEGE_ESCALATION,
    &run_as_root::RUN_AS_ROOT,
    &run_as_user_zero::RUN_AS_USER_ZERO,
    &low_uid::LOW_UID,
    &low_gid::LOW_GID,
    &root_group::ROOT_GROUP,
    &writable_root_fs::WRITABLE_ROOT_FS,
    &caps_not_dropped::CAPS_NOT_DROPPED,
    &caps_added::CAPS_ADDED,
    &cap_sys_admin::CAP_SYS_ADMIN,
    &cap_sys_module::CAP_SYS_MODULE,
    &cap_net_raw::CAP_NET_RAW,
    &net_raw_not_dropped::NET_RAW_NOT_DROPPED,
    &default_caps_added::DEFAULT_CAPS_ADDED,
    &seccomp_missing::SECCOMP_MISSING,
    &seccomp_unconfined::SECCOMP_UNCONFINED,
    &apparmor_missing::APPARMOR_MISSING,
    &apparmor_unconfined::APPARMOR_UNCONFINED,
    &selinux_options::SELINUX_OPTIONS,
    &proc_mount::PROC_MOUNT,
    &unsafe_sysctls::UNSAFE_SYSCTLS,
    &no_security_context::NO_SECURITY_CONTEXT,
    &host_users::HOST_USERS,
    &windows_host_process::WINDOWS_HOST_PROCESS,
    &no_linux_hardening::NO_LINUX_HARDENING,
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
    &sandbox_without_cpu_limit::SANDBOX_WITHOUT_CPU_LIMIT,
    &sandbox_without_memory_limit::SANDBOX_WITHOUT_MEMORY_LIMIT,
    &ssh_service::SSH_SERVICE,
    &default_account_automounts::DEFAULT_ACCOUNT_AUTOMOUNTS,
    &token_with_rights::TOKEN_WITH_RIGHTS,
    &selinux_label_left_to_runtime::SELINUX_LABEL_LEFT_TO_RUNTIME,
    &no_gmsa_credential_spec::NO_GMSA_CREDENTIAL_SPEC,
    &volume_ownership_changed_at_every_start::VOLUME_OWNERSHIP_CHANGED_AT_EVERY_START,
    &policy_admits_privileged::POLICY_ADMITS_PRIVILEGED,
    &policy_admits_host_pid::POLICY_ADMITS_HOST_PID,
    &policy_admits_host_ipc::POLICY_ADMITS_HOST_IPC,
    &policy_admits_host_network::POLICY_ADMITS_HOST_NETWORK,
    &policy_admits_privilege_escalation::POLICY_ADMITS_PRIVILEGE_ESCALATION,
    &policy_admits_root::POLICY_ADMITS_ROOT,
    &policy_admits_capabilities::POLICY_ADMITS_CAPABILITIES,
    &policy_keeps_capabilities::POLICY_KEEPS_CAPABILITIES,
    &volumes_without_group::VOLUMES_WITHOUT_GROUP,
    &pod_security_level_violated::POD_SECURITY_LEVEL_VIOLATED,
    &invalid_pod_security_label::INVALID_POD_SECURITY_LABEL,
    &probe_elsewhere::PROBE_ELSEWHERE,
];
