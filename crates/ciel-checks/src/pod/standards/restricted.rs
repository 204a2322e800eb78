//! The controls that restricted has beyond baseline: today's best practice.

use super::standard;

standard! {
    PRIVILEGE_ESCALATION_ALLOWED = {
        code: "POD113",
        name: "pss-privilege-escalation-allowed",
        level: Restricted,
        summary: "container does not forbid privilege escalation",
        help: "set `securityContext.allowPrivilegeEscalation: false` on the container",
        finds: "Finds containers whose `allowPrivilegeEscalation` is not false; in versions from 1.8 on.",
        harm: "A set-uid program in the image makes its caller root.",
        example: "containers:\n - name: app",
        instead: "containers:\n - name: app\n   securityContext:\n     allowPrivilegeEscalation: false",
        exceptions: "From 1.25 on, pods with `os.name: windows` are passed over.",
    }
}

standard! {
    CAPABILITIES_NOT_DROPPED = {
        code: "POD114",
        name: "pss-capabilities-not-dropped",
        level: Restricted,
        summary: "container keeps or adds capabilities",
        help: "set `capabilities.drop: [ALL]`, and add nothing but `NET_BIND_SERVICE`",
        finds: "Finds containers whose `capabilities.drop` lacks `ALL`, and items of `capabilities.add` other than \
                `NET_BIND_SERVICE`; in versions from 1.22 on. `all` in lower case does not count.",
        harm: "The runtime's default capabilities serve attacks that need root in the container, and few programs.",
        example: "containers:\n - name: app",
        instead: "containers:\n - name: app\n   securityContext:\n     capabilities:\n       drop: [ALL]",
        exceptions: "From 1.25 on, pods with `os.name: windows` are passed over.",
    }
}

standard! {
    VOLUME_TYPE = {
        code: "POD115",
        name: "pss-volume-type",
        level: Restricted,
        summary: "volume of a type that restricted forbids",
        help: "use a persistent volume claim, or `emptyDir`, `configMap`, `secret`, `projected`, `csi`",
        finds: "Finds volumes of other types than `configMap`, `csi`, `downwardAPI`, `emptyDir`, `ephemeral`, \
                `image`, `persistentVolumeClaim`, `projected` and `secret`.",
        harm: "The other types reach the node's disk, or storage whose servers and keys the author of the pod \
               chooses, past the cluster's administrators.",
        example: "volumes:\n - name: data\n   nfs:\n     server: nas.example\n     path: /data",
        instead: "volumes:\n - name: data\n   persistentVolumeClaim:\n     claimName: data",
        exceptions: "A volume that names no source is an `emptyDir`, and passes.",
    }
}

standard! {
    NON_ROOT_NOT_REQUIRED = {
        code: "POD116",
        name: "pss-non-root-not-required",
        level: Restricted,
        summary: "container may run as root",
        help: "set `securityContext.runAsNonRoot: true` on the pod",
        finds: "Finds `runAsNonRoot: false` of the pod or a container, and containers for which neither they nor \
                the pod set it.",
        harm: "Root in a container is root on the node as soon as anything lets it out.",
        example: "spec:\n   containers:\n   - name: app",
        instead: "spec:\n   securityContext:\n     runAsNonRoot: true\n   containers:\n   - name: app",
        exceptions: "From 1.35 on, pods with a user namespace of their own (`hostUsers: false`) may. A `false` on the \
                     pod counts even where every container says `true`.",
    }
}

standard! {
    ROOT_USER = {
        code: "POD117",
        name: "pss-root-user",
        level: Restricted,
        summary: "pod or container asks for user 0",
        help: "name another user, or leave it to the image",
        finds: "Finds `runAsUser: 0` of the pod or a container; in versions from 1.23 on.",
        harm: "User 0 is root. With `runAsNonRoot: true` beside it the container does not even start.",
        example: "securityContext:\n   runAsUser: 0",
        instead: "securityContext:\n   runAsUser: 10001",
        exceptions: "From 1.35 on, pods with a user namespace of their own (`hostUsers: false`) may.",
    }
}

standard! {
    NO_SECCOMP_PROFILE = {
        code: "POD118",
        name: "pss-no-seccomp-profile",
        level: Restricted,
        summary: "container runs without a seccomp profile",
        help: "set `securityContext.seccompProfile.type: RuntimeDefault` on the pod",
        finds: "Finds `seccompProfile.type` of the pod or a container that is neither `RuntimeDefault` nor \
                `Localhost`, and containers for which neither they nor the pod name a profile; in versions from \
                1.19 on.",
        harm: "Without a seccomp profile every system call of the node's kernel is open, with every flaw in it.",
        example: "spec:\n   containers:\n   - name: app",
        instead: "spec:\n   securityContext:\n     seccompProfile:\n       type: RuntimeDefault\n   containers:\n   - name: app",
        exceptions: "From 1.25 on, pods with `os.name: windows` are passed over.",
    }
}
