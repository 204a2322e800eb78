//! Reliability: probes, resources, budgets, autoscalers, references that lead nowhere.

mod autoscaler;
mod budget;
mod budget_above_autoscaler_minimum;
mod budget_blocks_evictions;
mod budget_selects_no_pods;
mod budget_without_demand;
mod fewer_than_three_replicas;
mod fleet;
mod identical_probes;
mod impossible_resources;
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
mod probes;
mod request_below_limit;
mod resources;
mod scaled_to_zero;
mod served_without_memory_limit;
mod several_disruption_budgets;
mod shared;
mod single_replica;
mod spread;
mod topology_spread_mismatch;
mod undeclared_probe_port;
mod unknown_priority_class;

use crate::Rule;

pub(crate) use fleet::Fleet;

pub(crate) const RULES: &[&Rule] = &[
    &no_cpu_limit::NO_CPU_LIMIT,
    &no_memory_limit::NO_MEMORY_LIMIT,
    &no_cpu_request::NO_CPU_REQUEST,
    &no_memory_request::NO_MEMORY_REQUEST,
    &request_below_limit::REQUEST_BELOW_LIMIT,
    &no_ephemeral_storage_limit::NO_EPHEMERAL_STORAGE_LIMIT,
    &impossible_resources::IMPOSSIBLE_RESOURCES,
    &served_without_memory_limit::SERVED_WITHOUT_MEMORY_LIMIT,
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
];
