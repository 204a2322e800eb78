//! Signs of cryptocurrency mining, the question in the project's name.
//!
//! What a string says is `ciel-mining`'s to know; here is where strings stand in objects, and what follows.

mod evidence;
mod gpu;
mod gpu_for_unknown_image;
mod gpu_with_mining_signs;
mod imitated_control_plane;
mod imitated_system_name;
mod intruder_commands;
mod lookalike_image;
mod miner_command;
mod miner_image;
mod mining_configuration;
mod mining_environment;
mod runs_download;
mod sells_bandwidth;

pub(crate) use evidence::Evidence;

use crate::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &miner_image::MINER_IMAGE,
    &lookalike_image::LOOKALIKE_IMAGE,
    &miner_command::MINER_COMMAND,
    &mining_environment::MINING_ENVIRONMENT,
    &mining_configuration::MINING_CONFIGURATION,
    &runs_download::RUNS_DOWNLOAD,
    &intruder_commands::INTRUDER_COMMANDS,
    &imitated_control_plane::IMITATED_CONTROL_PLANE,
    &imitated_system_name::IMITATED_SYSTEM_NAME,
    &gpu_with_mining_signs::GPU_WITH_MINING_SIGNS,
    &sells_bandwidth::SELLS_BANDWIDTH,
    &gpu_for_unknown_image::GPU_FOR_UNKNOWN_IMAGE,
];
