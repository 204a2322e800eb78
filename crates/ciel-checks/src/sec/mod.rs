//! Secrets and credentials.

mod certificate_request_for_admins;
mod cloud_credentials_mounted;
mod config_map_mounted;
mod credential_in_plain_text;
mod free_texts;
mod lasting_service_account_token;
mod missing_configuration_reference;
mod mounts;
mod no_external_secret_store;
mod open_bootstrap_token;
mod random_value;
mod references;
mod secret_in_command_line;
mod secret_in_config_map;
mod secret_in_custom_resource;
mod secret_in_environment;
mod secret_literal_in_environment;
mod secret_manifest;
mod secret_mounted;
mod texts;
mod unencrypted_volume;
mod volume_claim_mounted;
mod whole_secret_in_environment;

pub(crate) use references::MadeObjects;

use crate::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &credential_in_plain_text::CREDENTIAL_IN_PLAIN_TEXT,
    &secret_literal_in_environment::SECRET_LITERAL_IN_ENVIRONMENT,
    &secret_in_config_map::SECRET_IN_CONFIG_MAP,
    &secret_in_command_line::SECRET_IN_COMMAND_LINE,
    &secret_in_custom_resource::SECRET_IN_CUSTOM_RESOURCE,
    &secret_manifest::SECRET_MANIFEST,
    &secret_in_environment::SECRET_IN_ENVIRONMENT,
    &whole_secret_in_environment::WHOLE_SECRET_IN_ENVIRONMENT,
    &missing_configuration_reference::MISSING_CONFIGURATION_REFERENCE,
    &no_external_secret_store::NO_EXTERNAL_SECRET_STORE,
    &cloud_credentials_mounted::CLOUD_CREDENTIALS_MOUNTED,
    &secret_mounted::SECRET_MOUNTED,
    &config_map_mounted::CONFIG_MAP_MOUNTED,
    &volume_claim_mounted::VOLUME_CLAIM_MOUNTED,
    &unencrypted_volume::UNENCRYPTED_VOLUME,
    &random_value::RANDOM_VALUE,
    &certificate_request_for_admins::CERTIFICATE_REQUEST_FOR_ADMINS,
    &lasting_service_account_token::LASTING_SERVICE_ACCOUNT_TOKEN,
    &open_bootstrap_token::OPEN_BOOTSTRAP_TOKEN,
];
