use super::ports;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds ports without a name in containers that declare several.
    ///
    /// ## Why is this bad?
    /// Services, probes and network policies can then only speak of the number, and have to be changed with it; nobody
    /// sees which port is for what.
    ///
    /// ## Example
    /// ```yaml
    /// ports:
    /// - containerPort: 8080
    /// - containerPort: 9090
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// ports:
    /// - {name: http, containerPort: 8080}
    /// - {name: metrics, containerPort: 9090}
    /// ```
    ///
    /// ## Exceptions
    /// A single port needs no name.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/service/>
    pub static UNNAMED_PORT = {
        code: "REL054",
        name: "unnamed-port",
        severity: Info,
        since: "0.1.0",
        summary: "port of a container has no name",
        profile: All,
        run: Container(unnamed_port),
        frameworks: [],
        aliases: [popeye("POP-108")],
    }
}

fn unnamed_port(cx: &mut ContainerCx<'_>) {
    let listed: Vec<_> = ports::ports(cx.container.node).collect();
    if listed.len() < 2 {
        return;
    }
    for port in listed {
        let Some(number) = port
            .get("containerPort")
            .filter(|_| ports::name(port).is_none())
        else {
            continue;
        };
        let message = format!("port `{}` has no name", number.scalar_text());
        cx.report(&UNNAMED_PORT, number, message)
            .help("name the port for what it is for");
    }
}
