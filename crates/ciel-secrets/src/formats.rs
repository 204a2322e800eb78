//! Tokens that are known by their beginning, from what their makers and the published lists of scanners say of them.

use std::ops::RangeInclusive;

use crate::Reach::{self, Cloud, Half, Service};

/// Letters that the random part of a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Letters {
    /// Letters and digits.
    Alphanumeric,
    /// Also `-` and `_`.
    Url,
    /// Also `-`, `_` and `.`.
    Dotted,
    /// Also `+`, `/` and `=`.
    Base64,
    /// Digits, `a` to `f`.
    LowerHex,
    /// Digits, and `a` to `f` large or small.
    Hex,
    /// Also `-`.
    DashedHex,
    /// Capitals and digits.
    Upper,
}

use Letters::{Alphanumeric, Base64, DashedHex, Dotted, Hex, LowerHex, Upper, Url};

impl Letters {
    /// Whether a byte is one of them.
    pub(crate) fn has(self, byte: u8) -> bool {
        match self {
            Self::Alphanumeric => byte.is_ascii_alphanumeric(),
            Self::Url => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'),
            Self::Dotted => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'),
            Self::Base64 => {
                byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_')
            }
            Self::LowerHex => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
            Self::Hex => byte.is_ascii_hexdigit(),
            Self::DashedHex => matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'),
            Self::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
        }
    }
}

/// What must be true of a token's body besides letters and length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// Nothing more than that it looks drawn by chance.
    Random,
    /// The last six letters are the CRC-32 of those before, in base 62.
    Base62Crc,
    /// Some text stands in it.
    Holds(&'static str),
    /// Bech32 with the prefix of age's identities.
    AgeIdentity,
}

/// A token that is known by its beginning.
#[derive(Debug)]
pub(crate) struct Format {
    /// How it begins.
    pub(crate) prefix: &'static str,
    /// What it is.
    pub(crate) what: &'static str,
    /// What it opens.
    pub(crate) reach: Reach,
    /// What follows the prefix is made of.
    pub(crate) letters: Letters,
    /// Length of what follows the prefix.
    pub(crate) length: RangeInclusive<usize>,
    /// What must be true besides.
    pub(crate) proof: Proof,
}

const fn f(
    prefix: &'static str,
    what: &'static str,
    reach: Reach,
    letters: Letters,
    shortest: usize,
    longest: usize,
) -> Format {
    Format {
        prefix,
        what,
        reach,
        letters,
        length: shortest..=longest,
        proof: Proof::Random,
    }
}

const fn checked(prefix: &'static str, what: &'static str) -> Format {
    Format {
        proof: Proof::Base62Crc,
        ..f(prefix, what, Service, Alphanumeric, 36, 36)
    }
}

const fn with(proof: Proof, format: Format) -> Format {
    // `..format` would drop a value in a constant function.
    Format {
        prefix: format.prefix,
        what: format.what,
        reach: format.reach,
        letters: format.letters,
        length: *format.length.start()..=*format.length.end(),
        proof,
    }
}

/// The formats.
#[rustfmt::skip]
pub(crate) const FORMATS: &[Format] = &[
    // Clouds and clusters.
    f("dop_v1_", "DigitalOcean token", Cloud, LowerHex, 64, 64),
    f("doo_v1_", "DigitalOcean OAuth token", Cloud, LowerHex, 64, 64),
    f("dor_v1_", "DigitalOcean refresh token", Cloud, LowerHex, 64, 64),
    f("ABSK", "Amazon Bedrock API key", Cloud, Base64, 109, 272),
    f("AIza", "Google API key", Service, Url, 35, 35),
    f("GOCSPX-", "Google OAuth client secret", Service, Url, 28, 28),
    f("ya29.", "Google OAuth access token", Cloud, Url, 60, 2000),
    f("LTAI", "Alibaba Cloud access key id", Half, Alphanumeric, 12, 20),
    f("AKID", "Tencent Cloud secret id", Half, Alphanumeric, 32, 32),
    f("sha256~", "OpenShift token", Cloud, Url, 43, 43),
    f("hvs.", "HashiCorp Vault token", Cloud, Url, 24, 200),
    f("hvb.", "HashiCorp Vault batch token", Cloud, Url, 24, 300),
    f("dp.pt.", "Doppler token", Cloud, Alphanumeric, 40, 44),
    f("dp.st.", "Doppler service token", Cloud, Dotted, 40, 80),
    f("pul-", "Pulumi access token", Cloud, LowerHex, 40, 40),
    f("dapi", "Databricks token", Cloud, DashedHex, 32, 34),
    f("fm2_", "Fly.io token", Cloud, Base64, 100, 2000),
    f("HRKU-AA", "Heroku API key", Cloud, Url, 58, 58),
    f("rnd_", "Render API key", Cloud, Alphanumeric, 28, 40),
    f("tskey-", "Tailscale key", Cloud, Url, 30, 90),
    f("ops_eyJ", "1Password service account token", Cloud, Base64, 250, 2000),
    f("API-", "Octopus Deploy API key", Service, Upper, 26, 26),
    f("AKCp", "Artifactory API key", Service, Alphanumeric, 60, 80),
    f("v1.0-", "Cloudflare origin CA key", Cloud, DashedHex, 171, 171),
    f("AQVN", "Yandex Cloud API key", Cloud, Url, 35, 38),
    f("glagent-", "GitLab agent token", Cloud, Url, 50, 64),
    // Forges, registries, builds.
    checked("ghp_", "GitHub personal access token"),
    checked("gho_", "GitHub OAuth token"),
    checked("ghu_", "GitHub user token"),
    checked("ghs_", "GitHub server token"),
    checked("ghr_", "GitHub refresh token"),
    f("github_pat_", "GitHub personal access token", Service, Url, 82, 82),
    f("glpat-", "GitLab personal access token", Service, Dotted, 20, 320),
    f("glrt-", "GitLab runner token", Service, Dotted, 20, 320),
    f("GR1348941", "GitLab runner registration token", Service, Url, 20, 20),
    f("gldt-", "GitLab deploy token", Service, Url, 20, 64),
    f("glcbt-", "GitLab job token", Service, Url, 20, 64),
    f("glptt-", "GitLab trigger token", Service, Url, 40, 64),
    f("glft-", "GitLab feed token", Service, Url, 20, 64),
    f("glimt-", "GitLab mail token", Service, Url, 25, 64),
    f("gloas-", "GitLab application secret", Service, Url, 64, 64),
    f("glsoat-", "GitLab SCIM token", Service, Url, 20, 64),
    f("glffct-", "GitLab feature flags token", Service, Url, 20, 64),
    checked("npm_", "npm access token"),
    f("pypi-AgEIcHlwaS5vcmc", "PyPI token", Service, Url, 50, 1000),
    f("pypi-AgENdGVzdC5weXBpLm9yZ", "TestPyPI token", Service, Url, 50, 1000),
    f("dckr_pat_", "Docker Hub access token", Service, Url, 27, 36),
    f("dckr_oat_", "Docker Hub organization token", Service, Url, 27, 40),
    f("rubygems_", "RubyGems API key", Service, LowerHex, 48, 48),
    f("CLOJARS_", "Clojars token", Service, Alphanumeric, 60, 60),
    f("oy2", "NuGet API key", Service, Alphanumeric, 43, 43),
    f("bkua_", "Buildkite token", Service, LowerHex, 40, 40),
    f("CCIPAT_", "CircleCI token", Service, Url, 40, 90),
    f("sqp_", "SonarQube token", Service, LowerHex, 40, 40),
    f("squ_", "SonarQube token", Service, LowerHex, 40, 40),
    f("sqa_", "SonarQube token", Service, LowerHex, 40, 40),
    f("sgp_", "Sourcegraph token", Service, Url, 40, 60),
    f("ATATT3", "Atlassian API token", Service, Base64, 150, 220),
    f("ATCTT3", "Atlassian access token", Service, Base64, 150, 220),
    f("ATBB", "Bitbucket app password", Service, Alphanumeric, 32, 32),
    f("figd_", "Figma token", Service, Url, 38, 50),
    f("PMAK-", "Postman API key", Service, DashedHex, 59, 59),
    f("ico-", "Infracost API key", Service, Alphanumeric, 32, 32),
    f("pnu_", "Prefect API key", Service, Alphanumeric, 36, 36),
    f("nfp_", "Netlify token", Service, Alphanumeric, 36, 40),
    f("vercel_blob_rw_", "Vercel storage token", Service, Url, 40, 60),
    // Models.
    f("sk-ant-", "Anthropic API key", Service, Url, 80, 120),
    f("sk-proj-", "OpenAI API key", Service, Url, 40, 200),
    f("sk-svcacct-", "OpenAI API key", Service, Url, 40, 200),
    f("sk-admin-", "OpenAI admin key", Service, Url, 40, 200),
    with(Proof::Holds("T3BlbkFJ"), f("sk-", "OpenAI API key", Service, Alphanumeric, 48, 48)),
    f("sk-or-v1-", "OpenRouter API key", Service, LowerHex, 64, 64),
    f("hf_", "Hugging Face token", Service, Alphanumeric, 34, 40),
    f("api_org_", "Hugging Face organization token", Service, Alphanumeric, 34, 34),
    f("gsk_", "Groq API key", Service, Alphanumeric, 52, 52),
    f("xai-", "xAI API key", Service, Alphanumeric, 80, 80),
    f("pplx-", "Perplexity API key", Service, Alphanumeric, 48, 56),
    f("r8_", "Replicate token", Service, Alphanumeric, 37, 40),
    f("nvapi-", "NVIDIA API key", Service, Url, 60, 70),
    f("pcsk_", "Pinecone API key", Service, Url, 60, 80),
    f("lsv2_pt_", "LangSmith API key", Service, Url, 40, 50),
    // Messages and mail.
    f("xoxb-", "Slack token", Service, Url, 24, 200),
    f("xoxp-", "Slack token", Service, Url, 24, 200),
    f("xoxa-", "Slack token", Service, Url, 24, 200),
    f("xoxr-", "Slack token", Service, Url, 24, 200),
    f("xoxs-", "Slack token", Service, Url, 24, 200),
    f("xoxe-", "Slack token", Service, Url, 24, 200),
    f("xoxe.xoxp-", "Slack token", Service, Url, 100, 200),
    f("xoxe.xoxb-", "Slack token", Service, Url, 100, 200),
    f("xapp-1-", "Slack app token", Service, Url, 40, 200),
    f("SG.", "SendGrid API key", Service, Dotted, 66, 66),
    f("xkeysib-", "Brevo API key", Service, Url, 81, 81),
    f("xsmtpsib-", "Brevo SMTP key", Service, Url, 81, 81),
    f("key-", "Mailgun API key", Service, LowerHex, 32, 32),
    f("re_", "Resend API key", Service, Url, 33, 36),
    f("syt_", "Matrix access token", Service, Url, 40, 90),
    // Payment and shops.
    f("sk_live_", "Stripe live key", Service, Alphanumeric, 24, 120),
    f("rk_live_", "Stripe live key", Service, Alphanumeric, 24, 120),
    f("whsec_", "Stripe webhook secret", Service, Base64, 32, 64),
    f("shpat_", "Shopify access token", Service, Hex, 32, 32),
    f("shpca_", "Shopify access token", Service, Hex, 32, 32),
    f("shppa_", "Shopify access token", Service, Hex, 32, 32),
    f("shpss_", "Shopify shared secret", Service, Hex, 32, 32),
    f("sq0atp-", "Square access token", Service, Url, 22, 22),
    f("sq0csp-", "Square OAuth secret", Service, Url, 43, 43),
    f("access-production-", "Plaid access token", Service, DashedHex, 36, 36),
    f("access_token$production$", "Braintree access token", Service, Alphanumeric, 16, 64),
    f("EZAK", "EasyPost API key", Service, Alphanumeric, 54, 54),
    f("shippo_live_", "Shippo API key", Service, Hex, 40, 40),
    f("duffel_live_", "Duffel token", Service, Url, 43, 43),
    f("rzp_live_", "Razorpay key id", Half, Alphanumeric, 14, 14),
    f("FLWSECK-", "Flutterwave secret key", Service, Url, 34, 34),
    // Watching.
    f("glsa_", "Grafana service account token", Service, Url, 41, 41),
    f("glc_", "Grafana Cloud token", Cloud, Base64, 40, 400),
    f("NRAK-", "New Relic user key", Service, Upper, 27, 27),
    f("NRII-", "New Relic insert key", Service, Url, 32, 32),
    f("dt0c01.", "Dynatrace token", Service, Dotted, 89, 89),
    f("sntrys_", "Sentry organization token", Service, Base64, 60, 450),
    f("sntryu_", "Sentry user token", Service, LowerHex, 64, 64),
    f("phx_", "PostHog personal key", Service, Alphanumeric, 43, 52),
    // Data and others.
    f("pscale_pw_", "PlanetScale password", Service, Dotted, 32, 64),
    f("pscale_tkn_", "PlanetScale token", Service, Dotted, 32, 64),
    f("pscale_oauth_", "PlanetScale token", Service, Dotted, 32, 64),
    f("sbp_", "Supabase token", Cloud, LowerHex, 40, 40),
    f("sb_secret_", "Supabase secret key", Service, Url, 22, 60),
    f("lin_api_", "Linear API key", Service, Alphanumeric, 40, 40),
    f("ntn_", "Notion token", Service, Alphanumeric, 43, 50),
    f("tfp_", "Typeform token", Service, Dotted, 59, 59),
    f("rdme_", "ReadMe API key", Service, Alphanumeric, 70, 70),
    f("p8e-", "Adobe client secret", Service, Alphanumeric, 32, 32),
    f("fio-u-", "Frame.io token", Service, Url, 64, 64),
    f("tk-us-", "Scalingo token", Cloud, Url, 48, 48),
    f("CFPAT-", "Contentful token", Service, Url, 43, 43),
    f("EAAC", "Facebook access token", Service, Alphanumeric, 100, 300),
    f("EAAM", "Facebook access token", Service, Alphanumeric, 100, 300),
    f("amzn.mws.", "Amazon MWS token", Service, DashedHex, 36, 36),
    f("dnkey-", "Defined Networking key", Service, Url, 79, 79),
    with(Proof::AgeIdentity, f("AGE-SECRET-KEY-1", "age identity", Service, Upper, 58, 58)),
];
