use ciel_mining::{proxyware_image, proxyware_in_argv};

use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that run a client of a service that pays for bandwidth (PacketStream, Honeygain, Peer2Profit,
    /// Traffmonetizer, Pawns …), by image or by program.
    ///
    /// ## Why is this bad?
    /// Strangers' traffic leaves from your address, for what they do with it you are asked, and the traffic is on your bill.
    /// Intruders earn so beside mining or instead of it, since it needs little of the processor and no scanner for malware
    /// minds the genuine image: Akamai found servers where the attackers started Peer2Profit and Honeygain in Docker (2023),
    /// Sysdig the same after Log4j (2023).
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: net
    ///   image: packetstream/psclient:latest
    /// ```
    ///
    /// ## Use instead
    /// Remove the workload, and find out who made it.
    /// ```yaml
    /// containers:
    /// - name: net
    ///   image: registry.example.com/shop/net:1.4.2
    /// ```
    ///
    /// ## Exceptions
    /// Exporters and detectors of such clients are left alone. If you sell your bandwidth on purpose, suppress the finding.
    ///
    /// ## References
    /// - <https://attack.mitre.org/techniques/T1496/002/>
    /// - <https://www.akamai.com/blog/security-research/proxyjacking-new-campaign-cybercriminal-side-hustle>
    /// - <https://sysdig.com/blog/proxyjacking-attackers-log4j-exploited/>
    pub static SELLS_BANDWIDTH = {
        code: "MINE011",
        name: "sells-bandwidth",
        severity: High,
        since: "0.1.0",
        summary: "container sells the cluster's bandwidth",
        run: Container(sells_bandwidth),
        frameworks: [mitre("T1496"), ms("MS-TA9039")],
        aliases: [],
    }
}

fn sells_bandwidth(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let by_image = container.image().and_then(proxyware_image);
    let (node, service) = match (by_image, container.node.get("image")) {
        (Some(service), Some(node)) => (node, service),
        _ => {
            let words = container.argv();
            let argv: Vec<&str> = words.iter().map(|word| word.scalar_text()).collect();
            let Some((at, service)) = proxyware_in_argv(&argv) else {
                return;
            };
            let Some(node) = words.get(at) else {
                return;
            };
            (*node, service)
        }
    };
    let message = format!(
        "{} runs the client of {service}, which sells bandwidth",
        container.display()
    );
    cx.report(&SELLS_BANDWIDTH, node, message)
        .help("remove the workload, and find out from the audit log who made it")
        .evidence("service", service);
}
