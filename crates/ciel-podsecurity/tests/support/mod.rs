//! A seeded generator of pods: plausible and odd values in all fields that the controls look at.

use serde_json::{Map, Value, json};

/// Random numbers, and how odd the pod is that they make.
pub(crate) struct Dice {
    numbers: ciel_testkit::Dice,
    /// How often, in percent, a field that may be left out is there.
    filled: u64,
    /// How often, in percent, a value is one that some control forbids.
    odd: u64,
}

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            numbers: ciel_testkit::Dice::new(seed),
            filled: 50,
            odd: 50,
        }
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.numbers.below(bound)
    }

    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.numbers.chance(percent)
    }

    pub(crate) fn pick<'t, T: ?Sized>(&mut self, items: &[&'t T]) -> &'t T {
        self.numbers.pick(items)
    }

    /// One of the plausible values or, as often as this pod is odd, of the odd ones.
    fn value(&mut self, plausible: &[Value], odd: &[Value]) -> Value {
        let list = if odd.is_empty() || !self.chance(self.odd) {
            plausible
        } else {
            odd
        };
        let index = self.below(list.len() as u64);
        list[index as usize].clone()
    }

    /// Puts a value at a key, or nothing, or null.
    fn put(
        &mut self,
        into: &mut Map<String, Value>,
        key: &str,
        make: impl FnOnce(&mut Self) -> Value,
    ) {
        if self.chance(self.filled) {
            let value = if self.chance(3) {
                Value::Null
            } else {
                make(self)
            };
            into.insert(key.to_owned(), value);
        }
    }

    fn list(&mut self, most: u64, mut make: impl FnMut(&mut Self) -> Value) -> Value {
        let count = self.below(most + 1);
        (0..count).map(|_| make(self)).collect()
    }
}

const NAMES: [&str; 7] = ["a", "b", "c", "app", "side-car", "a\"b", ""];
const ANNOTATED: [&str; 5] = ["a", "b", "app", "nobody", ""];

/// A pod, as JSON.
pub(crate) fn pod(dice: &mut Dice) -> Value {
    dice.filled = [5, 30, 60, 90, 97][dice.below(5) as usize];
    dice.odd = [0, 3, 10, 50][dice.below(4) as usize];
    let mut metadata = Map::new();
    dice.put(&mut metadata, "annotations", annotations);
    let mut spec = Map::new();
    for key in ["hostNetwork", "hostPID", "hostIPC"] {
        dice.put(&mut spec, key, |dice| {
            dice.value(&[json!(false)], &[json!(true)])
        });
    }
    if dice.chance(30) {
        dice.put(&mut spec, "hostUsers", |dice| json!(dice.chance(30)));
    }
    if dice.chance(30) {
        let names = ["windows", "windows", "linux", "Windows", ""];
        dice.put(&mut spec, "os", |dice| json!({"name": dice.pick(&names)}));
    }
    if dice.chance(20) {
        let selector = json!({"kubernetes.io/os": dice.pick(&["windows", "linux"])});
        spec.insert("nodeSelector".to_owned(), selector);
    }
    dice.put(&mut spec, "securityContext", |dice| {
        security_context(dice, true)
    });
    dice.put(&mut spec, "volumes", |dice| dice.list(3, volume));
    for (key, most) in [
        ("initContainers", 2),
        ("containers", 3),
        ("ephemeralContainers", 2),
    ] {
        if key == "containers" || dice.chance(40) {
            let containers = dice.list(most, container);
            spec.insert(key.to_owned(), containers);
        }
    }
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec})
}

fn annotations(dice: &mut Dice) -> Value {
    const PREFIXES: [&str; 4] = [
        "container.apparmor.security.beta.kubernetes.io/",
        "container.seccomp.security.alpha.kubernetes.io/",
        "seccomp.security.alpha.kubernetes.io/pod",
        "example.org/unconfined",
    ];
    let plausible = ["runtime/default", "localhost/a", "docker/default"].map(Value::from);
    let odd = [
        "unconfined",
        "",
        "localhost",
        "runtime/default ",
        "a\"b\\c\n\t\u{7}\u{0}",
        "é\u{301}\u{a0}\u{2028}🦀\u{e0001}",
        "\u{301}",
        "\u{ad}\u{200b}",
    ]
    .map(Value::from);
    let mut map = Map::new();
    for _ in 0..dice.below(4) {
        let mut key = dice.pick(&PREFIXES).to_owned();
        if key.ends_with('/') {
            key.push_str(dice.pick(&ANNOTATED));
        }
        let value = if dice.chance(3) {
            Value::Null
        } else {
            dice.value(&plausible, &odd)
        };
        map.insert(key, value);
    }
    Value::Object(map)
}

fn security_context(dice: &mut Dice, of_pod: bool) -> Value {
    let mut map = Map::new();
    dice.put(&mut map, "runAsNonRoot", |dice| {
        dice.value(&[json!(true)], &[json!(false)])
    });
    dice.put(&mut map, "runAsUser", |dice| {
        dice.value(
            &[json!(1000), json!(1)],
            &[json!(0), json!(-1), json!(9_223_372_036_854_775_807_i64)],
        )
    });
    let profiles = ["RuntimeDefault", "Localhost"].map(Value::from);
    let odd = ["Unconfined", "", "runtime/default", "runtimedefault"].map(Value::from);
    for key in ["seccompProfile", "appArmorProfile"] {
        dice.put(&mut map, key, |dice| {
            let mut profile = Map::new();
            if !dice.chance(dice.odd / 4) {
                profile.insert("type".to_owned(), dice.value(&profiles, &odd));
            }
            dice.put(&mut profile, "localhostProfile", |_| json!("p.json"));
            Value::Object(profile)
        });
    }
    dice.put(&mut map, "seLinuxOptions", |dice| {
        let types = ["container_t", "container_init_t", "container_kvm_t", ""].map(Value::from);
        let odd = ["container_engine_t", "spc_t", "unconfined_t"].map(Value::from);
        let names = [json!("")];
        let mut options = Map::new();
        dice.put(&mut options, "type", |dice| dice.value(&types, &odd));
        dice.put(&mut options, "user", |dice| {
            dice.value(&names, &[json!("system_u")])
        });
        dice.put(&mut options, "role", |dice| {
            dice.value(&names, &[json!("object_r")])
        });
        dice.put(&mut options, "level", |_| json!("s0:c1,c2"));
        Value::Object(options)
    });
    dice.put(&mut map, "windowsOptions", |dice| {
        let mut options = Map::new();
        dice.put(&mut options, "hostProcess", |dice| {
            dice.value(&[json!(false)], &[json!(true)])
        });
        Value::Object(options)
    });
    if of_pod {
        dice.put(&mut map, "sysctls", |dice| dice.list(3, sysctl));
    } else {
        of_container(dice, &mut map);
    }
    Value::Object(map)
}

fn of_container(dice: &mut Dice, map: &mut Map<String, Value>) {
    for key in ["allowPrivilegeEscalation", "privileged"] {
        dice.put(map, key, |dice| dice.value(&[json!(false)], &[json!(true)]));
    }
    dice.put(map, "procMount", |dice| {
        dice.value(
            &[json!("Default")],
            &[json!("Unmasked"), json!("default"), json!("")],
        )
    });
    dice.put(map, "capabilities", |dice| {
        let common = [json!("NET_BIND_SERVICE")];
        let added = [
            "CHOWN",
            "NET_RAW",
            "SYS_ADMIN",
            "chown",
            "CAP_CHOWN",
            "ALL",
            "AUDIT_WRITE",
            "SYS_CHROOT",
            "",
        ]
        .map(Value::from);
        let odd_drops = [json!("all"), json!("NET_RAW"), Value::Null];
        let mut capabilities = Map::new();
        dice.put(&mut capabilities, "add", |dice| {
            dice.list(3, |dice| dice.value(&common, &added))
        });
        dice.put(&mut capabilities, "drop", |dice| {
            dice.list(2, |dice| dice.value(&[json!("ALL")], &odd_drops))
        });
        Value::Object(capabilities)
    });
}

fn sysctl(dice: &mut Dice) -> Value {
    let always = [
        "kernel.shm_rmid_forced",
        "net.ipv4.ping_group_range",
        "net.ipv4.tcp_syncookies",
    ]
    .map(Value::from);
    let odd = [
        "net.ipv4.ip_local_reserved_ports",
        "net.ipv4.tcp_keepalive_time",
        "net.ipv4.tcp_fin_timeout",
        "net.ipv4.tcp_keepalive_intvl",
        "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_rmem",
        "net.ipv4.tcp_wmem",
        "net.ipv4.tcp_slow_start_after_idle",
        "net.ipv4.tcp_notsent_lowat",
        "net.ipv4.ip_local_port_range",
        "net.ipv4.ip_unprivileged_port_start",
        "kernel.msgmax",
        "kernel/shm_rmid_forced",
        "",
    ]
    .map(Value::from);
    json!({"name": dice.value(&always, &odd), "value": "1"})
}

fn volume(dice: &mut Dice) -> Value {
    const ALLOWED: [&str; 9] = [
        "configMap",
        "csi",
        "downwardAPI",
        "emptyDir",
        "ephemeral",
        "image",
        "persistentVolumeClaim",
        "projected",
        "secret",
    ];
    const FORBIDDEN: [&str; 21] = [
        "hostPath",
        "gcePersistentDisk",
        "awsElasticBlockStore",
        "gitRepo",
        "nfs",
        "iscsi",
        "glusterfs",
        "rbd",
        "flexVolume",
        "cinder",
        "cephfs",
        "flocker",
        "fc",
        "azureFile",
        "vsphereVolume",
        "quobyte",
        "azureDisk",
        "photonPersistentDisk",
        "portworxVolume",
        "scaleIO",
        "storageos",
    ];
    let mut map = Map::new();
    map.insert("name".to_owned(), json!(dice.pick(&NAMES)));
    let sources = [0, 1, 1, 1, 1, 1, 1, 2][dice.below(8) as usize];
    for _ in 0..sources {
        let kind = if dice.chance(dice.odd) {
            dice.pick(&FORBIDDEN)
        } else {
            dice.pick(&ALLOWED)
        };
        let source = if dice.chance(3) {
            Value::Null
        } else {
            json!({})
        };
        map.insert(kind.to_owned(), source);
    }
    Value::Object(map)
}

fn container(dice: &mut Dice) -> Value {
    let mut map = Map::new();
    dice.put(&mut map, "name", |dice| json!(dice.pick(&NAMES)));
    map.insert("image".to_owned(), json!("registry.example/app:1"));
    if dice.chance(95) {
        dice.put(&mut map, "securityContext", |dice| {
            security_context(dice, false)
        });
    }
    dice.put(&mut map, "ports", |dice| {
        dice.list(3, |dice| {
            let mut port = Map::new();
            port.insert("containerPort".to_owned(), json!(8080));
            dice.put(&mut port, "hostPort", |dice| {
                dice.value(
                    &[json!(0)],
                    &[json!(80), json!(8080), json!(9), json!(-1), json!(65536)],
                )
            });
            Value::Object(port)
        })
    });
    for key in ["livenessProbe", "readinessProbe", "startupProbe"] {
        if dice.chance(40) {
            dice.put(&mut map, key, handler);
        }
    }
    if dice.chance(40) {
        dice.put(&mut map, "lifecycle", |dice| {
            let mut lifecycle = Map::new();
            dice.put(&mut lifecycle, "postStart", handler);
            dice.put(&mut lifecycle, "preStop", handler);
            Value::Object(lifecycle)
        });
    }
    Value::Object(map)
}

fn handler(dice: &mut Dice) -> Value {
    let mut map = Map::new();
    for action in ["httpGet", "tcpSocket"] {
        dice.put(&mut map, action, |dice| {
            let mut target = json!({"port": 80});
            let hosts = [
                json!("10.0.0.1"),
                json!("localhost"),
                json!("example.org"),
                json!("a\"b"),
            ];
            if dice.chance(50) {
                target["host"] = dice.value(&[json!("")], &hosts);
            }
            target
        });
    }
    dice.put(&mut map, "exec", |_| json!({"command": ["true"]}));
    Value::Object(map)
}
