//! Values of flags, as Go reads them.

/// The seconds of a duration (`time.ParseDuration`): `1h30m`, `300s`, `500ms`, `0`. None for what is none.
pub(super) fn seconds(text: &str) -> Option<f64> {
    if text == "0" {
        return Some(0.0);
    }
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
    let mut total = 0.0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let end = rest.find(|char: char| !char.is_ascii_digit() && char != '.')?;
        let (number, tail) = rest.split_at(end);
        let unit_end = tail
            .find(|char: char| char.is_ascii_digit() || char == '.')
            .unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(unit_end);
        let factor = match unit {
            "h" => 3600.0,
            "m" => 60.0,
            "s" => 1.0,
            "ms" => 1e-3,
            "us" | "µs" => 1e-6,
            "ns" => 1e-9,
            _ => return None,
        };
        total += number.parse::<f64>().ok()? * factor;
        rest = tail;
    }
    Some(sign * total)
}

/// Whether an address, with a port or without, is of the loopback interface.
pub(super) fn is_loopback(address: &str) -> bool {
    let host = host(address);
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// The host of `host`, `host:port`, `[host]:port`.
fn host(address: &str) -> &str {
    if let Some((host, _)) = address
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        return host;
    }
    match address.split_once(':') {
        // More than one colon: an IPv6 address without a port.
        Some((host, port)) if !port.contains(':') => host,
        _ => address,
    }
}

/// Whether a URL is in plain text and of another machine.
pub(super) fn is_open_http(url: &str) -> bool {
    let Some(rest) = url.trim().strip_prefix("http://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    !is_loopback(authority)
}

#[cfg(test)]
mod tests {
    use super::{is_loopback, is_open_http, seconds};

    #[test]
    fn durations_are_read_as_go_does() {
        for (text, expected) in [
            ("300s", Some(300.0)),
            ("1m0s", Some(60.0)),
            ("1h30m", Some(5400.0)),
            ("0", Some(0.0)),
            ("0s", Some(0.0)),
            ("2", None),
            ("", None),
            ("5x", None),
        ] {
            assert_eq!(seconds(text), expected, "{text}");
        }
    }

    #[test]
    fn loopback_addresses_are_known() {
        for address in [
            "127.0.0.1",
            "127.0.0.1:10249",
            "::1",
            "[::1]:10249",
            "localhost:1",
        ] {
            assert!(is_loopback(address), "{address}");
        }
        for address in ["0.0.0.0", "", "::", "10.0.0.1:2379", ":10249"] {
            assert!(!is_loopback(address), "{address}");
        }
        assert!(is_open_http("http://10.0.0.1:2379/"));
        assert!(!is_open_http("http://localhost:2379"));
    }
}
