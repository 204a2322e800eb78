//! Governance: namespaces, quotas, labels, audit, admission.

mod admission_webhook_present;
mod bounds;
mod cron_job_present;
mod default_namespace;
mod fields;
mod foreign_workload_in_kube_system;
mod general_purpose_node_os;
mod instance_label_mismatch;
mod invalid_label;
mod labels;
mod misplaced_field;
mod namespace_present;
mod namespace_without_limit_range;
mod namespace_without_resource_quota;
mod namespace_without_service_account;
mod no_common_labels;
mod no_contact_annotation;
mod no_fargate_node;
mod no_owner_label;
mod policy_only_reported;
mod policy_webhook_can_be_left;
mod policy_webhook_fails_open;
mod secrets_sent_outside;
mod slow_webhook;
mod unlabelled_workload;
mod unrestricted_argo_cd_project;
mod unsorted_keys;
mod webhook_can_block_cluster;
mod webhooks;

use crate::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &default_namespace::DEFAULT_NAMESPACE,
    &foreign_workload_in_kube_system::FOREIGN_WORKLOAD_IN_KUBE_SYSTEM,
    &namespace_without_limit_range::NAMESPACE_WITHOUT_LIMIT_RANGE,
    &namespace_without_resource_quota::NAMESPACE_WITHOUT_RESOURCE_QUOTA,
    &unlabelled_workload::UNLABELLED_WORKLOAD,
    &no_common_labels::NO_COMMON_LABELS,
    &no_owner_label::NO_OWNER_LABEL,
    &no_contact_annotation::NO_CONTACT_ANNOTATION,
    &instance_label_mismatch::INSTANCE_LABEL_MISMATCH,
    &invalid_label::INVALID_LABEL,
    &admission_webhook_present::ADMISSION_WEBHOOK_PRESENT,
    &cron_job_present::CRON_JOB_PRESENT,
    &misplaced_field::MISPLACED_FIELD,
    &general_purpose_node_os::GENERAL_PURPOSE_NODE_OS,
    &policy_webhook_fails_open::POLICY_WEBHOOK_FAILS_OPEN,
    &policy_webhook_can_be_left::POLICY_WEBHOOK_CAN_BE_LEFT,
    &webhook_can_block_cluster::WEBHOOK_CAN_BLOCK_CLUSTER,
    &slow_webhook::SLOW_WEBHOOK,
    &namespace_present::NAMESPACE_PRESENT,
    &namespace_without_service_account::NAMESPACE_WITHOUT_SERVICE_ACCOUNT,
    &no_fargate_node::NO_FARGATE_NODE,
    &unsorted_keys::UNSORTED_KEYS,
    &secrets_sent_outside::SECRETS_SENT_OUTSIDE,
    &policy_only_reported::POLICY_ONLY_REPORTED,
    &unrestricted_argo_cd_project::UNRESTRICTED_ARGO_CD_PROJECT,
];
