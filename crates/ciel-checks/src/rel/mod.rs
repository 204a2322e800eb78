//! Reliability: probes, resources, budgets, autoscalers, references that lead nowhere.

mod autoscaler;
mod autoscaler_cannot_scale;
mod autoscaler_minimum_below_three;
mod autoscaler_minimum_below_two;
mod autoscaler_without_requests;
mod autoscaler_without_target;
mod budget;
mod budget_above_autoscaler_minimum;
mod budget_blocks_evictions;
mod budget_selects_no_pods;
mod budget_without_demand;
mod cron_job_without_deadline;
mod duplicate_environment_variable;
mod fewer_than_three_replicas;
mod fleet;
mod identical_probes;
mod impossible_resources;
mod invalid_port;
mod invalid_volume_claim_template;
mod job_ttl;
mod many_dns_lookups;
mod missing_service_account;
mod naked_pod;
mod no_cpu_limit;
mod no_cpu_request;
mod no_disruption_budget;
mod no_ephemeral_storage_limit;
mod no_liveness_probe;
mod no_memory_limit;
mod no_memory_request;
mod no_node_affinity;
mod no_pod_anti_affinity;
mod no_priority_class;
mod no_readiness_probe;
mod no_rolling_update;
mod no_topology_spread;
mod no_unhealthy_pod_eviction_policy;
mod port_by_number;
mod ports;
mod probes;
mod references;
mod refused_restart_policy;
mod replicas_beside_autoscaler;
mod request_below_limit;
mod resources;
mod resources_above_ceiling;
mod restart_policy_never;
mod scaled_to_zero;
mod selector_mismatch;
mod served_without_memory_limit;
mod service_monitor_without_services;
mod service_without_pods;
mod several_disruption_budgets;
mod shared;
mod single_replica;
mod spread;
mod stateful_set_without_service;
mod topology_spread_mismatch;
mod undeclared_probe_port;
mod undeclared_target_port;
mod unknown_priority_class;
mod unnamed_port;
mod unusable_pull_secret;
mod unusual_traffic_policy;

use crate::Rule;

pub(crate) use fleet::Fleet;
pub(crate) use references::References;

pub(crate) const RULES: &[&Rule] = &[
    &no_cpu_limit::NO_CPU_LIMIT,
    &no_memory_limit::NO_MEMORY_LIMIT,
    &no_cpu_request::NO_CPU_REQUEST,
    &no_memory_request::NO_MEMORY_REQUEST,
    &request_below_limit::REQUEST_BELOW_LIMIT,
    &no_ephemeral_storage_limit::NO_EPHEMERAL_STORAGE_LIMIT,
    &impossible_resources::IMPOSSIBLE_RESOURCES,
    &served_without_memory_limit::SERVED_WITHOUT_MEMORY_LIMIT,
    &resources_above_ceiling::RESOURCES_ABOVE_CEILING,
    &no_liveness_probe::NO_LIVENESS_PROBE,
    &no_readiness_probe::NO_READINESS_PROBE,
    &identical_probes::IDENTICAL_PROBES,
    &undeclared_probe_port::UNDECLARED_PROBE_PORT,
    &naked_pod::NAKED_POD,
    &single_replica::SINGLE_REPLICA,
    &fewer_than_three_replicas::FEWER_THAN_THREE_REPLICAS,
    &scaled_to_zero::SCALED_TO_ZERO,
    &no_rolling_update::NO_ROLLING_UPDATE,
    &no_pod_anti_affinity::NO_POD_ANTI_AFFINITY,
    &no_node_affinity::NO_NODE_AFFINITY,
    &no_topology_spread::NO_TOPOLOGY_SPREAD,
    &topology_spread_mismatch::TOPOLOGY_SPREAD_MISMATCH,
    &no_priority_class::NO_PRIORITY_CLASS,
    &unknown_priority_class::UNKNOWN_PRIORITY_CLASS,
    &no_disruption_budget::NO_DISRUPTION_BUDGET,
    &budget_blocks_evictions::BUDGET_BLOCKS_EVICTIONS,
    &budget_above_autoscaler_minimum::BUDGET_ABOVE_AUTOSCALER_MINIMUM,
    &budget_without_demand::BUDGET_WITHOUT_DEMAND,
    &no_unhealthy_pod_eviction_policy::NO_UNHEALTHY_POD_EVICTION_POLICY,
    &budget_selects_no_pods::BUDGET_SELECTS_NO_PODS,
    &several_disruption_budgets::SEVERAL_DISRUPTION_BUDGETS,
    &autoscaler_minimum_below_two::AUTOSCALER_MINIMUM_BELOW_TWO,
    &autoscaler_minimum_below_three::AUTOSCALER_MINIMUM_BELOW_THREE,
    &autoscaler_cannot_scale::AUTOSCALER_CANNOT_SCALE,
    &autoscaler_without_target::AUTOSCALER_WITHOUT_TARGET,
    &replicas_beside_autoscaler::REPLICAS_BESIDE_AUTOSCALER,
    &autoscaler_without_requests::AUTOSCALER_WITHOUT_REQUESTS,
    &service_without_pods::SERVICE_WITHOUT_PODS,
    &service_monitor_without_services::SERVICE_MONITOR_WITHOUT_SERVICES,
    &undeclared_target_port::UNDECLARED_TARGET_PORT,
    &invalid_port::INVALID_PORT,
    &unnamed_port::UNNAMED_PORT,
    &port_by_number::PORT_BY_NUMBER,
    &unusual_traffic_policy::UNUSUAL_TRAFFIC_POLICY,
    &selector_mismatch::SELECTOR_MISMATCH,
    &stateful_set_without_service::STATEFUL_SET_WITHOUT_SERVICE,
    &invalid_volume_claim_template::INVALID_VOLUME_CLAIM_TEMPLATE,
    &missing_service_account::MISSING_SERVICE_ACCOUNT,
    &duplicate_environment_variable::DUPLICATE_ENVIRONMENT_VARIABLE,
    &cron_job_without_deadline::CRON_JOB_WITHOUT_DEADLINE,
    &job_ttl::JOB_TTL,
    &restart_policy_never::RESTART_POLICY_NEVER,
    &refused_restart_policy::REFUSED_RESTART_POLICY,
    &many_dns_lookups::MANY_DNS_LOOKUPS,
    &unusable_pull_secret::UNUSABLE_PULL_SECRET,
];
