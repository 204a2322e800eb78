use super::nginx::is_controller;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds the controller of ingress-nginx, by its image, under its own name or in somebody's copy.
    ///
    /// ## Why is this bad?
    /// The project ended in March 2026: nobody mends what is found in it any more, and it stands where everybody
    /// can reach it.
    ///
    /// ## Example
    /// ```yaml
    /// image: registry.k8s.io/ingress-nginx/controller:v1.14.3
    /// ```
    ///
    /// ## Use instead
    /// A controller for the Gateway API, or another one for Ingresses that is kept up.
    ///
    /// ## Exceptions
    /// F5's `nginx/nginx-ingress` is another product. Chainguard's fork (`cgr.dev`) is kept up.
    ///
    /// ## References
    /// - <https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/>
    pub static INGRESS_NGINX_END_OF_LIFE = {
        code: "TLS013",
        name: "ingress-nginx-end-of-life",
        severity: High,
        since: "0.1.0",
        summary: "ingress-nginx is not maintained any more",
        run: Container(ingress_nginx_end_of_life),
        frameworks: [nsa("upgrading"), owasp2022("K10"), owasp2025("K07")],
        aliases: [kubescape("C-0292")],
    }
}

fn ingress_nginx_end_of_life(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let Some(image) = container.image().filter(|image| is_controller(image)) else {
        return;
    };
    if let Some(node) = container.node.get("image") {
        let message = format!(
            "{} runs ingress-nginx, which ended in March 2026: `{image}`",
            container.display()
        );
        cx.report(&INGRESS_NGINX_END_OF_LIFE, node, message)
            .help("move to a controller that is kept up, best for the Gateway API");
    }
}
