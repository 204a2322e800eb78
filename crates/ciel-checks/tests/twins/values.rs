//! What cases have in place of credentials and certificates: `{{name}}`. Credentials are made when the test runs, and open
//! nothing; certificates and their keys were made with OpenSSL, for `example.org`.

use std::fmt::Write as _;

use crate::maker::{Maker, base64};

/// The text with values in place of their names.
pub(crate) fn filled(text: &str) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("{{") {
        let (name, after) = behind.split_once("}}").unwrap();
        write!(filled, "{before}{}", value(name)).unwrap();
        rest = after;
    }
    filled + rest + "\n"
}

fn value(name: &str) -> String {
    let mut maker = Maker::new(name);
    match name {
        "ghp" => maker.checked("ghp_"),
        "npm" => maker.checked("npm_"),
        "akia" => format!("AKIA{}", maker.upper(16)),
        "awssecret" => maker.alnum(40),
        "hex40" => maker.hex(40),
        "azure" => maker.base64(64),
        "stripe" => format!("sk_live_51{}", maker.alnum(97)),
        "slack" => format!(
            "xoxb-{}-{}-{}",
            maker.digits(12),
            maker.digits(13),
            maker.alnum(24)
        ),
        "slackhook" => {
            let mut part = |start: &str| format!("{start}{}", maker.upper(10));
            let (team, app) = (part("T"), part("B"));
            let host = ["hooks.slack", ".com/services"].concat();
            format!("https://{host}/{team}/{app}/{}", maker.alnum(24))
        }
        "jwt" => maker
            .jwt(r#"{"iss":"kubernetes/serviceaccount","sub":"system:serviceaccount:app:web"}"#),
        "pemline" => private_key(&mut maker).replace('\n', "\\n"),
        "sshkey" => {
            let key = maker.pem(
                "OPENSSH PRIVATE KEY",
                b"openssh-key-v1\0\0\0\0\x04none\0\0\0\x04none\0\0\0\0\0\0\0\x01",
                290,
            );
            key.lines()
                .map(|line| format!("    {line}"))
                .collect::<Vec<_>>()
                .join("\n")
        }
        _ => match name.split_once(' ') {
            Some(("crt", name)) => pem(name, "crt"),
            Some(("key", name)) => pem(name, "key"),
            _ => format!("{{{{{name}}}}}"),
        },
    }
}

fn private_key(maker: &mut Maker) -> String {
    maker.pem(
        "PRIVATE KEY",
        &[
            0x30, 0x82, 0x04, 0xbd, 0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48,
            0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
        ],
        1217,
    )
}

/// A certificate or key of `certificates.txt`: a line with the name, then the lines of its bytes in base64.
fn pem(name: &str, what: &str) -> String {
    const CERTIFICATES: &str = include_str!("certificates.txt");
    let name = name.split(' ').next().unwrap();
    let head = format!("= {name}.{what}\n");
    let body = CERTIFICATES
        .split(&head)
        .nth(1)
        .unwrap_or_else(|| panic!("{head}"));
    let lines: Vec<&str> = body
        .lines()
        .take_while(|line| !line.starts_with('='))
        .collect();
    let dashes = "-".repeat(5);
    let label = match (what, name.starts_with("rsa")) {
        ("crt", _) => "CERTIFICATE",
        (_, true) => "PRIVATE KEY",
        (_, false) => "EC PRIVATE KEY",
    };
    let text = format!(
        "{dashes}BEGIN {label}{dashes}\n{}\n{dashes}END {label}{dashes}\n",
        lines.join("\n")
    );
    base64(text.as_bytes())
}
