use super::values::is_loopback;
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds kube-proxies whose metrics address is not of the loopback interface. Without one it is `127.0.0.1:10249`.
    ///
    /// ## Why is this bad?
    /// Nothing asks for credentials there: who reaches the node reads which Services there are and how traffic flows,
    /// and the configuration at `/configz`.
    ///
    /// ## Example
    /// ```yaml
    /// metricsBindAddress: 0.0.0.0:10249
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// metricsBindAddress: 127.0.0.1:10249
    /// ```
    ///
    /// ## Exceptions
    /// Prometheus from elsewhere needs the port; then a firewall should let only it through.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/>
    pub static KUBE_PROXY_METRICS_EXPOSED = {
        code: "NODE080",
        name: "kube-proxy-metrics-exposed",
        severity: Low,
        severity_reason: "metrics tell about Services and traffic, and give no control",
        since: "0.1.0",
        summary: "kube-proxy serves its metrics to the network",
        run: Component(&[Program::KubeProxy], kube_proxy_metrics_exposed),
        frameworks: [cis("4.3.1"), nsa("network-separation"), owasp2025("K06")],
        aliases: [kubescape("C-0291"), kube_bench("4.3.1"), kube_hunter("KHV049")],
    }
}

fn kube_proxy_metrics_exposed(cx: &mut ComponentCx<'_>) {
    const FLAG: &str = "metrics-bind-address";
    let Some(flag) = cx.flag(FLAG).filter(|flag| !flag.value.is_empty()) else {
        return;
    };
    if cx.component.value(FLAG).is_none_or(is_loopback) {
        return;
    }
    let setting = cx.setting(FLAG, &flag.value);
    let message = format!(
        "{} runs with {setting}: it tells its metrics to the network",
        cx.program()
    );
    let port = flag.value.rsplit_once(':').map(|(_, port)| port);
    let port = port.filter(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    let local = format!("127.0.0.1:{}", port.unwrap_or("10249"));
    let fix = cx.fix_of(&flag, &local.into());
    let report = cx.report_flag(&KUBE_PROXY_METRICS_EXPOSED, &flag, message);
    fix.apply(report.help("set it to `127.0.0.1:10249`"));
}
