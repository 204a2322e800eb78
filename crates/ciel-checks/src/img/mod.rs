//! Images: tags, digests, registries, where they come from, and what they bring with them.

mod deprecated_registry;
mod git_repo_volume;
mod git_sync_command;
mod image;
mod image_not_always_pulled;
mod image_verification_not_enforced;
mod image_without_digest;
mod latest_tag;
mod moving_image_volume;
mod no_image_verification;
mod open_ended_repository;
mod public_registry_image;
mod pull_policy;
mod pull_policy_left_to_tag;
mod stale_latest_image;
mod tiller;
mod tiller_deployed;
mod tiller_open;
mod tiller_service;
mod untrusted_registry;
mod verification;

pub(crate) use image::Image;

use crate::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &latest_tag::LATEST_TAG,
    &image_without_digest::IMAGE_WITHOUT_DIGEST,
    &stale_latest_image::STALE_LATEST_IMAGE,
    &image_not_always_pulled::IMAGE_NOT_ALWAYS_PULLED,
    &pull_policy_left_to_tag::PULL_POLICY_LEFT_TO_TAG,
    &untrusted_registry::UNTRUSTED_REGISTRY,
    &public_registry_image::PUBLIC_REGISTRY_IMAGE,
    &deprecated_registry::DEPRECATED_REGISTRY,
    &open_ended_repository::OPEN_ENDED_REPOSITORY,
    &git_repo_volume::GIT_REPO_VOLUME,
    &git_sync_command::GIT_SYNC_COMMAND,
    &tiller_deployed::TILLER_DEPLOYED,
    &tiller_open::TILLER_OPEN,
    &tiller_service::TILLER_SERVICE,
    &no_image_verification::NO_IMAGE_VERIFICATION,
    &image_verification_not_enforced::IMAGE_VERIFICATION_NOT_ENFORCED,
    &moving_image_volume::MOVING_IMAGE_VOLUME,
];
