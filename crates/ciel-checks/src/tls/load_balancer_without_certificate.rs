use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Services of type LoadBalancer that take traffic for HTTPS and serve it as plain HTTP: port 443 leads to a
    /// port that is called `http`, or to 80, or the cloud's annotation says that the pods speak HTTP, and no
    /// annotation gives the load balancer a certificate.
    ///
    /// ## Why is this bad?
    /// The port promises TLS and there is none: passwords, cookies and tokens cross the internet as they are.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Service
    /// metadata:
    ///   annotations:
    ///     service.beta.kubernetes.io/aws-load-balancer-backend-protocol: http
    /// spec:
    ///   type: LoadBalancer
    ///   ports: [{port: 443, targetPort: 8080}]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// metadata:
    ///   annotations:
    ///     service.beta.kubernetes.io/aws-load-balancer-backend-protocol: http
    ///     service.beta.kubernetes.io/aws-load-balancer-ssl-cert: arn:aws:acm:…
    /// ```
    ///
    /// ## Exceptions
    /// Where the load balancer passes TCP on, the pods may end TLS themselves, as those of Ingress controllers do; a
    /// Service whose annotations do not say otherwise is taken to do so.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/labels-annotations-taints/#service-beta-kubernetes-io-aws-load-balancer-ssl-cert>
    pub static LOAD_BALANCER_WITHOUT_CERTIFICATE = {
        code: "TLS015",
        name: "load-balancer-without-certificate",
        severity: Medium,
        since: "0.1.0",
        summary: "load balancer serves plain HTTP at the port of HTTPS",
        run: Object(&[("", "Service")], load_balancer_without_certificate),
        frameworks: [nsa("network-separation")],
        aliases: [kubescape("C-0231")],
    }
}

const AWS_PROTOCOL: &str = "service.beta.kubernetes.io/aws-load-balancer-backend-protocol";
const AWS_CERTIFICATE: &str = "service.beta.kubernetes.io/aws-load-balancer-ssl-cert";

fn load_balancer_without_certificate(cx: &mut ObjectCx<'_>) {
    let root = cx.object.root();
    let Some(spec) = root
        .get("spec")
        .filter(|spec| spec.str_at(&["type"]) == Some("LoadBalancer"))
    else {
        return;
    };
    let annotations = root.at(&["metadata", "annotations"]);
    if has_certificate(annotations) {
        return;
    }
    let protocol = annotations.and_then(|annotations| annotations.get(AWS_PROTOCOL));
    for port in spec.get("ports").into_iter().flat_map(Node::items) {
        let is_https = port.get("port").and_then(Node::as_i64) == Some(443)
            || port.str_at(&["name"]) == Some("https");
        if !is_https {
            continue;
        }
        if let (Some(protocol), Some(annotations)) = (protocol, annotations)
            && protocol.scalar_text() == "http"
        {
            let missing = format!("[\"{AWS_CERTIFICATE}\"]");
            let message = "load balancer has no certificate, and the pods speak plain HTTP";
            cx.report_missing(
                &LOAD_BALANCER_WITHOUT_CERTIFICATE,
                annotations,
                &missing,
                message,
            )
            .help("name a certificate by `aws-load-balancer-ssl-cert`");
            return;
        }
        let target = port.get("targetPort");
        let plain = target.filter(|target| matches!(target.scalar_text(), "http" | "80"));
        if let Some(node) = plain {
            let message = format!(
                "port 443 of the load balancer leads to port `{}`, and nothing ends TLS in between",
                node.scalar_text()
            );
            cx.report(&LOAD_BALANCER_WITHOUT_CERTIFICATE, node, message)
                .help(
                    "give the load balancer a certificate, or lead the port to one that speaks TLS",
                );
        }
    }
}

/// Whether some cloud's annotation gives the load balancer a certificate, in whatever words.
fn has_certificate(annotations: Option<Node<'_>>) -> bool {
    let mut keys = annotations.into_iter().flat_map(Node::entries);
    keys.any(|(key, value)| {
        let key = key.scalar_text();
        let words = key.rsplit('/').next().unwrap_or_default().split(['-', '.']);
        let mut words = words.filter(|word| {
            word.starts_with("cert") || matches!(*word, "ssl" | "tls" | "https" | "acm" | "arn")
        });
        !value.scalar_text().is_empty() && words.next().is_some()
    })
}
