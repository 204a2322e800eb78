//! The controls of baseline: no known way up to the node.

use super::standard;

standard! {
    APP_ARMOR_UNCONFINED = {
        code: "POD101",
        name: "pss-app-armor-unconfined",
        level: Baseline,
        summary: "AppArmor profile that baseline forbids",
        help: "leave the profile out, or name `RuntimeDefault` or `Localhost`",
        finds: "Finds `appArmorProfile.type` of the pod or a container that is neither `RuntimeDefault` nor \
                `Localhost`, and annotations `container.apparmor.security.beta.kubernetes.io/NAME` with another value \
                than `runtime/default`, `localhost/…` or nothing.",
        harm: "The runtime's AppArmor profile keeps containers from mounting file systems and from writing to the \
               parts of `/proc` and `/sys` that reach the node. `Unconfined` takes it away.",
        example: "securityContext:\n   appArmorProfile:\n     type: Unconfined",
        instead: "securityContext:\n   appArmorProfile:\n     type: RuntimeDefault",
        exceptions: "None. On nodes without AppArmor the field does nothing, but admission judges it all the same.",
    }
}

standard! {
    CAPABILITIES_ADDED = {
        code: "POD102",
        name: "pss-capabilities-added",
        level: Baseline,
        summary: "capability added beyond the runtime's default ones",
        help: "take the capability out of `capabilities.add`",
        finds: "Finds items of `capabilities.add` other than `AUDIT_WRITE`, `CHOWN`, `DAC_OVERRIDE`, `FOWNER`, \
                `FSETID`, `KILL`, `MKNOD`, `NET_BIND_SERVICE`, `SETFCAP`, `SETGID`, `SETPCAP`, `SETUID` and \
                `SYS_CHROOT`, spelled exactly so.",
        harm: "Capabilities beyond these change the node's network, load code into its kernel, trace other processes \
               or mount file systems.",
        example: "capabilities:\n   add: [NET_RAW]",
        instead: "capabilities:\n   drop: [ALL]\n   add: [NET_BIND_SERVICE]",
        exceptions: "From 1.22 on, restricted has a stricter control in its place.",
    }
}

standard! {
    HOST_NAMESPACES = {
        code: "POD103",
        name: "pss-host-namespaces",
        level: Baseline,
        summary: "pod shares a namespace of the node",
        help: "take the field out",
        finds: "Finds `hostNetwork`, `hostPID` and `hostIPC` that are true.",
        harm: "The pod sees the node's network, processes or shared memory: it reaches services that listen on \
               localhost only, is beyond network policies, and reads the environment of other processes.",
        example: "spec:\n   hostNetwork: true",
        instead: "spec:\n   hostNetwork: false",
        exceptions: "None.",
    }
}

standard! {
    HOST_PATH_VOLUME = {
        code: "POD104",
        name: "pss-host-path-volume",
        level: Baseline,
        summary: "volume that is a path of the node",
        help: "use another kind of volume, such as a persistent volume claim",
        finds: "Finds volumes with `hostPath`.",
        harm: "The pod reads, and without `readOnly` changes, files of the node: keys, sockets, other pods' volumes.",
        example: "volumes:\n - name: logs\n   hostPath:\n     path: /var/log",
        instead: "volumes:\n - name: logs\n   emptyDir: {}",
        exceptions: "In restricted the control of volume types says the same.",
    }
}

standard! {
    HOST_PORT = {
        code: "POD105",
        name: "pss-host-port",
        level: Baseline,
        summary: "container takes a port of the node",
        help: "take `hostPort` out and put a Service in front",
        finds: "Finds container ports with a `hostPort` other than 0.",
        harm: "The port is open on the node's addresses, outside of Services and often of network policies.",
        example: "ports:\n - containerPort: 8080\n   hostPort: 8080",
        instead: "ports:\n - containerPort: 8080",
        exceptions: "With `hostNetwork: true` the API server fills `hostPort` in, and its message about a running \
                     pod then names ports that the manifest does not have as host ports.",
    }
}

standard! {
    PROBE_HOST = {
        code: "POD106",
        name: "pss-probe-host",
        level: Baseline,
        summary: "probe or lifecycle hook names a host",
        help: "take `host` out, so that the pod itself is asked",
        finds: "Finds `httpGet.host` and `tcpSocket.host` of probes and lifecycle hooks that are not empty; in \
                versions from 1.34 on.",
        harm: "The kubelet sends the request, from the node's network: whoever writes the pod scans hosts and asks \
               services that the pod itself could not reach.",
        example: "livenessProbe:\n   httpGet:\n     host: 169.254.169.254\n     port: 80",
        instead: "livenessProbe:\n   httpGet:\n     path: /healthz\n     port: 8080",
        exceptions: "None; `127.0.0.1` and `localhost` are the node's, and count.",
    }
}

standard! {
    PRIVILEGED_CONTAINER = {
        code: "POD107",
        name: "pss-privileged-container",
        level: Baseline,
        summary: "container runs privileged",
        help: "take `privileged` out",
        finds: "Finds containers with `securityContext.privileged: true`.",
        harm: "A privileged container has all capabilities and all devices of the node: it is the node.",
        example: "securityContext:\n   privileged: true",
        instead: "securityContext:\n   privileged: false",
        exceptions: "None.",
    }
}

standard! {
    UNMASKED_PROC_MOUNT = {
        code: "POD108",
        name: "pss-unmasked-proc-mount",
        level: Baseline,
        summary: "container's /proc is not masked",
        help: "take `procMount` out",
        finds: "Finds containers whose `procMount` is not `Default`.",
        harm: "The masked parts of `/proc` tell and change the state of the node's kernel.",
        example: "securityContext:\n   procMount: Unmasked",
        instead: "securityContext:\n   procMount: Default",
        exceptions: "In baseline from 1.35 on, pods with a user namespace of their own (`hostUsers: false`) may.",
    }
}

standard! {
    SELINUX_OPTIONS = {
        code: "POD109",
        name: "pss-selinux-options",
        level: Baseline,
        summary: "SELinux options that baseline forbids",
        help: "take the option out",
        finds: "Finds `seLinuxOptions` of the pod or a container with a user, a role, or a type other than \
                `container_t`, `container_init_t`, `container_kvm_t` and, from 1.31 on, `container_engine_t`.",
        harm: "Another type or user takes the container out of the confinement that SELinux gives containers; \
               `spc_t` is not confined at all.",
        example: "securityContext:\n   seLinuxOptions:\n     type: spc_t",
        instead: "securityContext:\n   seLinuxOptions:\n     level: s0:c123,c456",
        exceptions: "The level is free.",
    }
}

standard! {
    SECCOMP_UNCONFINED = {
        code: "POD110",
        name: "pss-seccomp-unconfined",
        level: Baseline,
        summary: "seccomp profile that baseline forbids",
        help: "leave the profile out, or name `RuntimeDefault` or `Localhost`",
        finds: "Finds `seccompProfile.type` of the pod or a container that is neither `RuntimeDefault` nor \
                `Localhost`; in versions up to 1.18, instead of it, the annotations \
                `seccomp.security.alpha.kubernetes.io/pod` and \
                `container.seccomp.security.alpha.kubernetes.io/NAME`.",
        harm: "Without a seccomp profile every system call of the node's kernel is open, with every flaw in it.",
        example: "securityContext:\n   seccompProfile:\n     type: Unconfined",
        instead: "securityContext:\n   seccompProfile:\n     type: RuntimeDefault",
        exceptions: "From 1.19 on, restricted has a stricter control in its place.",
    }
}

standard! {
    UNSAFE_SYSCTL = {
        code: "POD111",
        name: "pss-unsafe-sysctl",
        level: Baseline,
        summary: "sysctl beyond the safe ones",
        help: "take the sysctl out",
        finds: "Finds items of `securityContext.sysctls` beyond the list of the version: five names in 1.0, \
                `net.ipv4.ip_local_reserved_ports` from 1.27, the keepalive and `tcp_fin_timeout` ones from 1.29, \
                `tcp_rmem` and `tcp_wmem` from 1.32, `tcp_slow_start_after_idle` and `tcp_notsent_lowat` from 1.37.",
        harm: "A sysctl that is not confined to the pod changes the node for all pods on it.",
        example: "securityContext:\n   sysctls:\n   - name: kernel.msgmax\n     value: \"65536\"",
        instead: "securityContext:\n   sysctls:\n   - name: net.ipv4.tcp_syncookies\n     value: \"1\"",
        exceptions: "None.",
    }
}

standard! {
    WINDOWS_HOST_PROCESS = {
        code: "POD112",
        name: "pss-windows-host-process",
        level: Baseline,
        summary: "Windows pod runs as a process of the node",
        help: "take `hostProcess` out",
        finds: "Finds `windowsOptions.hostProcess: true` of the pod or a container.",
        harm: "A HostProcess container runs on the Windows node itself, not in a container.",
        example: "securityContext:\n   windowsOptions:\n     hostProcess: true",
        instead: "securityContext:\n   windowsOptions:\n     runAsUserName: ContainerUser",
        exceptions: "None.",
    }
}
