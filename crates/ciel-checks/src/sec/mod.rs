//! Secrets and credentials.

mod certificate_request_for_admins;
mod credential_in_plain_text;
mod lasting_service_account_token;
mod open_bootstrap_token;
mod secret_in_config_map;
mod secret_literal_in_environment;
mod texts;

use crate::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &credential_in_plain_text::CREDENTIAL_IN_PLAIN_TEXT,
    &secret_literal_in_environment::SECRET_LITERAL_IN_ENVIRONMENT,
    &secret_in_config_map::SECRET_IN_CONFIG_MAP,
    &certificate_request_for_admins::CERTIFICATE_REQUEST_FOR_ADMINS,
    &lasting_service_account_token::LASTING_SERVICE_ACCOUNT_TOKEN,
    &open_bootstrap_token::OPEN_BOOTSTRAP_TOKEN,
];
