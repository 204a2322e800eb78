//! Images: tags, digests, registries, where they come from.

mod deprecated_registry;
mod image;
mod image_not_always_pulled;
mod image_without_digest;
mod latest_tag;
mod public_registry_image;
mod pull_policy;
mod pull_policy_left_to_tag;
mod stale_latest_image;
mod untrusted_registry;

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
];
