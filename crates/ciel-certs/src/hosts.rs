use crate::Certificate;

impl Certificate {
    /// Whether browsers take the certificate for a host. Only the subject alternative names count: common names have
    /// been passed over since 2017. A wildcard stands for one whole label on the left; a host that is a wildcard itself
    /// (`*.shop.example`, of an Ingress) is covered by the same wildcard only.
    #[must_use]
    pub fn covers(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        if let Ok(address) = host.parse() {
            return self.addresses.contains(&address);
        }
        let parent = host.split_once('.').map(|(_, parent)| parent);
        self.dns.iter().any(|name| {
            let name = name.trim_end_matches('.');
            name == host
                || name
                    .strip_prefix("*.")
                    .is_some_and(|covered| parent == Some(covered))
        })
    }
}
