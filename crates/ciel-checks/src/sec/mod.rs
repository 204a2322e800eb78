//! Secrets and credentials.

mod credential_in_plain_text;
mod secret_in_config_map;
mod secret_literal_in_environment;
mod texts;

use crate::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &credential_in_plain_text::CREDENTIAL_IN_PLAIN_TEXT,
    &secret_literal_in_environment::SECRET_LITERAL_IN_ENVIRONMENT,
    &secret_in_config_map::SECRET_IN_CONFIG_MAP,
];
