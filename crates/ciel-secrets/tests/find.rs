//! Formats of credentials: what is found, and what only looks like it. All of them are made up.

use ciel_secrets::{Named, Reach, find, mask};
use proptest::prelude::*;

/// Name, text, what is found in it.
const CASES: &[(&str, &str, Option<&str>)] = &[
    (
        "GITHUB",
        "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",
        Some("GitHub personal access token"),
    ),
    (
        "GITHUB_BAD",
        "ghp_Eeeby3abP3E2Zs8IQ9Y7aJZqhB6baeCN6Zj4",
        None,
    ),
    (
        "NPM",
        "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",
        Some("npm access token"),
    ),
    (
        "GITLAB",
        "https://oauth2:glpat-SIc47WQAmL9xVQ2zg4mZ@gitlab.example.org/x.git",
        Some("GitLab personal access token"),
    ),
    (
        "SLACK",
        "xoxb-955597971147-104974650752-d7V3DnI8lFPPwtV5ASPZHu8q",
        Some("Slack token"),
    ),
    (
        "HOOK",
        "https://hooks.slack.com/services/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",
        Some("Slack webhook"),
    ),
    (
        "GOOGLE",
        "AIzaoopoDzp7O8QuKEh6D0JCk39QmJWikyFE-xz",
        Some("Google API key"),
    ),
    ("STRIPE_TEST", "sk_test_UJ596lLlGUriAX1DyyXN9iYw", None),
    (
        "AZURE",
        "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=DZguhbtVtnKocmN6zXRm/LYODo/xhGOw5LK6KXA0dPBkrGj3APWwKz3GZvRb3qosyu3NK1FXQQ5N7krys09DCg==;EndpointSuffix=core.windows.net",
        Some("Azure storage account key"),
    ),
    (
        "AZURE_EMULATOR",
        "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
        None,
    ),
    (
        "BUS",
        "Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=x;SharedAccessKey=BzRH3mNsDoBslXumhNZDH7Xq10JNCeFdAkxYSPI9H6Y=",
        Some("Azure shared access key"),
    ),
    (
        "ENTRA",
        "hXX8Q~ZUon6uZ3FCH2n6WSZ1mvw4SKdWcWCiHSWY",
        Some("Azure client secret"),
    ),
    (
        "SAS",
        "https://shop.blob.core.windows.net/x?sv=2022-11-02&se=2030-01-01T00:00:00Z&sp=rw&sig=9H6EZ%2BVG1T7I4qEle9slbJs%2BT7tJgUbvcDDL%2BVNyUtw%3D",
        Some("Azure shared access signature"),
    ),
    (
        "VAULT",
        "hvs.WPLQCMK5kN1LZTSj1OLXdIWz",
        Some("HashiCorp Vault token"),
    ),
    (
        "DO",
        "dop_v1_23732881584d8c4fa2815d2802827283e0ad84173581569969e58b081006f7e3",
        Some("DigitalOcean token"),
    ),
    (
        "K8S",
        "eyJhbGciOiAiUlMyNTYiLCAia2lkIjogIngifQ.eyJpc3MiOiAia3ViZXJuZXRlcy9zZXJ2aWNlYWNjb3VudCIsICJzdWIiOiAic3lzdGVtOnNlcnZpY2VhY2NvdW50OnNob3A6ZGVwbG95In0.gqfRgVYruPWJiDELCrujke8PM3r804eluGRA35grOtWgIcFiI2TBAHS0GNzLZKF2zuJDMB0LO5UHWfCFWn05Gq",
        Some("Kubernetes service account token"),
    ),
    (
        "JWT",
        "eyJhbGciOiAiSFMyNTYifQ.eyJzdWIiOiAiZGVwbG95LWJvdCJ9.59Pb2P1JJeE5bzXsm9gvjoucOmKkV9Ikdf92qrjvWeR",
        Some("JSON Web Token"),
    ),
    (
        "JWT_EXAMPLE",
        "eyJhbGciOiAiSFMyNTYiLCAidHlwIjogIkpXVCJ9.eyJzdWIiOiAiMTIzNDU2Nzg5MCIsICJuYW1lIjogIkpvaG4gRG9lIn0.kipW8wXmWarqp1qhbpvjhzifE5128eNz6OrSZ3e1eYh",
        None,
    ),
    (
        "PEM",
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIIJKunqqNYGSDoo+ehJsAqHpcbbyntyA4655pLkBHvTZ\n-----END PRIVATE KEY-----",
        Some("private key"),
    ),
    (
        "PEM_EC",
        "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIGdaQrCKccBUJSdszPcMFlw1S0dBRc2FORaQdNuC/NPCoAoGCCqGSM49\nAwEHoUQDQgAEiYDhlsCsarN5whEhWApUktAVUIvEGz4TawgtLzXw8IhMob9WQQZu\nC7nyjQ205G9rvFoNhzisJ+MLXjqLsPjUaw==\n-----END EC PRIVATE KEY-----",
        Some("private key"),
    ),
    (
        "PEM_JSON",
        "{\"key\": \"-----BEGIN PRIVATE KEY-----\\nMC4CAQAwBQYDK2VwBCIEIIJKunqqNYGSDoo+ehJsAqHpcbbyntyA4655pLkBHvTZ\\n-----END PRIVATE KEY-----\"}",
        Some("private key"),
    ),
    (
        "CERT",
        "-----BEGIN CERTIFICATE-----\nMIIBLDCB36ADAgECAhQHzqDbf8aYSJGKzTYD4wfpuWQGQzAFBgMrZXAwDDEKMAgG\nA1UEAwwBeDAeFw0yNjExMjMxMzIwMDNaFw0yNjExMjQxMzIwMDNaMAwxCjAIBgNV\nBAMMAXgwKjAFBgMrZXADIQD9CgMIrbZ1tIgixwEs/En5Y9VDDId3MkSTWO3iA0iY\nl6NTMFEwHQYDVR0OBBYEFIYZIsmXIOctXa6XwH0+pqiyK5AbMB8GA1UdIwQYMBaA\nFIYZIsmXIOctXa6XwH0+pqiyK5AbMA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EA\nDLNe6XJwY3vsWF1iLHSI5cZ2Ugxgd2+ws/J/vqm0prAG4s0vPJFO/SkI/7sJJEKR\n6E0281j5xFpChz5qav9WCg==\n-----END CERTIFICATE-----",
        None,
    ),
    (
        "PEM_EXAMPLE",
        "-----BEGIN PRIVATE KEY-----\nxxxxxxxx\n-----END PRIVATE KEY-----",
        None,
    ),
    (
        "GCP",
        "{\"type\": \"service_account\", \"project_id\": \"shop\", \"private_key\": \"-----BEGIN PRIVATE KEY-----\\nMC4CAQAwBQYDK2VwBCIEIIJKunqqNYGSDoo+ehJsAqHpcbbyntyA4655pLkBHvTZ\\n-----END PRIVATE KEY-----\\n\", \"client_email\": \"a@shop.iam.gserviceaccount.com\"}",
        Some("Google Cloud service account key"),
    ),
    (
        "GCP_B64",
        "eyJ0eXBlIjogInNlcnZpY2VfYWNjb3VudCIsICJwcm9qZWN0X2lkIjogInNob3AiLCAicHJpdmF0ZV9rZXkiOiAiLS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tXG5NQzRDQVFBd0JRWURLMlZ3QkNJRUlJSkt1bnFxTllHU0RvbytlaEpzQXFIcGNiYnludHlBNDY1NXBMa0JIdlRaXG4tLS0tLUVORCBQUklWQVRFIEtFWS0tLS0tXG4iLCAiY2xpZW50X2VtYWlsIjogImFAc2hvcC5pYW0uZ3NlcnZpY2VhY2NvdW50LmNvbSJ9",
        Some("Google Cloud service account key"),
    ),
    (
        "KUBECONFIG",
        "kind: Config\nusers:\n- user:\n    client-certificate-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJMRENCMzZBREFnRUNBaFFIenFEYmY4YVlTSkdLelRZRDR3ZnB1V1FHUXpBRkJnTXJaWEF3RERFS01BZ0cKQTFVRUF3d0JlREFlRncweU5qRXhNak14TXpJd01ETmFGdzB5TmpFeE1qUXhNekl3TUROYU1Bd3hDakFJQmdOVgpCQU1NQVhnd0tqQUZCZ01yWlhBRElRRDlDZ01JcmJaMXRJZ2l4d0VzL0VuNVk5VkRESWQzTWtTVFdPM2lBMGlZCmw2TlRNRkV3SFFZRFZSME9CQllFRklZWklzbVhJT2N0WGE2WHdIMCtwcWl5SzVBYk1COEdBMVVkSXdRWU1CYUEKRklZWklzbVhJT2N0WGE2WHdIMCtwcWl5SzVBYk1BOEdBMVVkRXdFQi93UUZNQU1CQWY4d0JRWURLMlZ3QTBFQQpETE5lNlhKd1kzdnNXRjFpTEhTSTVjWjJVZ3hnZDIrd3MvSi92cW0wcHJBRzRzMHZQSkZPL1NrSS83c0pKRUtSCjZFMDI4MWo1eEZwQ2h6NXFhdjlXQ2c9PQotLS0tLUVORCBDRVJUSUZJQ0FURS0tLS0t\n    client-key-data: LS0tLS1CRUdJTiBFQyBQUklWQVRFIEtFWS0tLS0tCk1IY0NBUUVFSUdkYVFyQ0tjY0JVSlNkc3pQY01GbHcxUzBkQlJjMkZPUmFRZE51Qy9OUENvQW9HQ0NxR1NNNDkKQXdFSG9VUURRZ0FFaVlEaGxzQ3Nhck41d2hFaFdBcFVrdEFWVUl2RUd6NFRhd2d0THpYdzhJaE1vYjlXUVFadQpDN255alEyMDVHOXJ2Rm9OaHppc0orTUxYanFMc1BqVWF3PT0KLS0tLS1FTkQgRUMgUFJJVkFURSBLRVktLS0tLQ==\n",
        Some("key of a kubeconfig"),
    ),
    ("AKIA", "AKIAQU7C7USYZBOHKPJI", Some("AWS access key id")),
    ("AKIA_EXAMPLE", "AKIAIOSFODNN7EXAMPLE", None),
    (
        "INI",
        "[default]\naws_access_key_id = AKIAQU7C7USYZBOHKPJI\naws_secret_access_key = U6uG7M3BzSr6RsqUiCS2nK+ZYkaP2ZH4/WYMU4p/\n",
        Some("AWS secret access key"),
    ),
    (
        "AWS_SECRET_ACCESS_KEY",
        "U6uG7M3BzSr6RsqUiCS2nK+ZYkaP2ZH4/WYMU4p/",
        Some("AWS secret access key"),
    ),
    (
        "AWS_SECRET_ACCESS_KEY",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        None,
    ),
    ("COMMIT", "3b30e31f0c2d4e5f60718293a4b5c6d7e8f90a1b", None),
    (
        "DIGEST",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        None,
    ),
    (
        "LONG",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        None,
    ),
    (
        "GREETING",
        "hello world, this is a long text without any key",
        None,
    ),
];

#[test]
fn formats_are_known_and_examples_are_not() {
    for (name, text, expected) in CASES {
        let found = find(&[Named { name, text }]);
        let what: Vec<&str> = found.iter().map(|credential| credential.what).collect();
        let expected: Vec<&str> = expected.iter().copied().collect();
        assert_eq!(what, expected, "{name}");
    }
}

#[test]
fn a_secret_is_known_by_the_id_beside_it() {
    let secret = Named {
        name: "KEY",
        text: "U6uG7M3BzSr6RsqUiCS2nK+ZYkaP2ZH4/WYMU4p/",
    };
    let id = Named {
        name: "ID",
        text: "AKIAQU7C7USYZBOHKPJI",
    };
    assert_eq!(find(&[secret]), []);
    let found = find(&[id, secret]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].index, found[0].reach), (1, Reach::Cloud));
    assert_eq!(found[0].span, 0..40);
}

#[test]
fn a_credential_is_never_shown_in_full() {
    assert_eq!(mask("AKIAQU7C7USYZBOHKPJI"), "AKIA****");
    assert_eq!(mask("hunter2"), "****");
}

proptest! {
    #[test]
    fn spans_lie_in_the_text(text in "(?s).{0,200}|[-A-Za-z0-9=&?./~ \n]{0,200}") {
        let scope = [Named { name: "AWS_SECRET_ACCESS_KEY", text: &text }];
        for credential in find(&scope) {
            prop_assert!(text.get(credential.span).is_some());
        }
    }
}
