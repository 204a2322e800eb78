use ciel_mining::wallets_in;

/// Published addresses: donation addresses of projects, test vectors of BIPs and EIPs, genesis coins.
const VALID: &[(&str, &str)] = &[
    (
        "Monero",
        "888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H",
    ),
    (
        "Monero",
        "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
    ),
    (
        "Monero",
        "48edfHu7V9Z84YzzMa6fUueoELZ9ZRXq9VetWzYGzKt52XU5xvqgzYnDK9URnRoJMk1j8nLwEVsaSWJ4fhdUyZijBGUicoD",
    ),
    (
        "Monero",
        "4LL9oSLmtpccfufTMvppY6JwXNouMBzSkbLYfpAV5Usx3skxNgYeYTRj5UzqtReoS44qo9mtmXCqY45DJ852K5Jv2bYXZKKQePHES9khPK",
    ),
    ("Bitcoin", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
    ("Bitcoin", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"),
    ("Bitcoin", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
    ("Bitcoin", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"),
    (
        "Bitcoin",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    ),
    ("Ethereum", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
    ("Ethereum", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"),
    ("Ethereum", "0xde0b295669a9fd93d5f28d9ec85e40f4cb697bae"),
    ("Dogecoin", "DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L"),
    ("Litecoin", "LVg2kJoFNg45Nbpy53h7Fe1wKyeXVRhMH9"),
    ("Dash", "XpESxaUmonkq8RaLLp46Brx2K39ggQe226"),
    ("Zcash or Flux", "t1Hsc1LR8yKnbbe3twRp88p6vFfC5t7DLbs"),
    (
        "Dero",
        "dero1qyq7zg0aa06vsh9z46w0ypms70haz55ff2vv60aph65j9dfn5mjv6qqfsf2k7",
    ),
    (
        "Bitcoin Cash",
        "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
    ),
    (
        "Kaspa",
        "kaspa:qr0lr4ml9fn3chekrqmjdkergxl93l4wrk3dankcgvjq776s9wn9jkdskewva",
    ),
];

#[test]
fn published_addresses_are_recognised() {
    let mut wrong = Vec::new();
    for (coin, address) in VALID {
        let found = wallets_in(address);
        if found.len() != 1
            || !found[0].coin.starts_with(coin)
            || found[0].span != (0..address.len())
        {
            wrong.push((coin, address, found));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn one_changed_character_breaks_an_address() {
    for (_, address) in VALID {
        // No checksum without mixed case.
        if address.starts_with("0xde0b") {
            continue;
        }
        let digits = address.find(':').map_or(4, |colon| colon + 2);
        for at in (digits..address.len()).step_by(5) {
            let mut bytes = address.as_bytes().to_vec();
            bytes[at] =
                match bytes[at] {
                    b'2' => b'3',
                    byte if byte.is_ascii_uppercase() && address.starts_with("BC") => {
                        if byte == b'Q' { b'P' } else { b'Q' }
                    }
                    b'A' => b'B',
                    byte if byte.is_ascii_uppercase() => b'A',
                    b'a' => b'c',
                    byte if byte.is_ascii_lowercase() => b'a',
                    _ => b'2',
                };
            let changed = String::from_utf8(bytes).unwrap();
            // The case of a digit in EIP-55 is no information.
            if changed == *address {
                continue;
            }
            assert_eq!(wallets_in(&changed), [], "{changed} from {address}");
        }
    }
}

#[test]
fn addresses_are_found_within_text() {
    let monero = VALID[1].1;
    let text = format!(
        "wallet={monero}.rig1, mail x@y, \"kaspa:qr0lr4ml9fn3chekrqmjdkergxl93l4wrk3dankcgvjq776s9wn9jkdskewva\""
    );
    let found = wallets_in(&text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(&text[found[0].span.clone()], monero);
    assert!(text[found[1].span.clone()].starts_with("kaspa:"));
}

#[test]
fn hashes_and_tokens_are_no_addresses() {
    for text in [
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "0x9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "0x0000000000000000000000000000000000000000",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0",
        "AKIAIOSFODNN7EXAMPLE",
        "k8sgoat850057846a8046a25b35f38f3a2649dce",
        "1BoatSLRHtKNngkdXEeobR76b53LETtpyU",
    ] {
        assert_eq!(wallets_in(text), [], "{text}");
    }
}
