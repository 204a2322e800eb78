use std::{
    fs,
    io::{self, Write as _},
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::tool;

/// How long the API server may take until it is ready. Alone it takes two seconds.
const START: Duration = Duration::from_secs(120);
/// How long `kubectl` may wait for an answer.
const REQUEST: &str = "60s";
const PAUSE: Duration = Duration::from_millis(200);
const TOKEN: &str = "for-tests-only";

const AUDIT_LOG: &str = "audit.log";
/// What is asked of the server by others than itself, with what it answers.
const AUDIT_POLICY: &str = "\
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: None
  users: ['system:apiserver']
- level: RequestResponse
";

/// Runs a program until it ends, or until standard input does: then the test is over, however it ended.
const LEASH: &str =
    "exec 3<&0; \"$@\" </dev/null 3<&- & own=$!; (cat <&3 >/dev/null; kill -9 $own) & wait $own";

/// A Kubernetes API server with its etcd on 127.0.0.1: no nodes, no controllers. Both end when this is dropped.
///
/// The programs are those of `KUBEBUILDER_ASSETS`, as with controller-runtime's envtest, or else what
/// `scripts/tools.sh apiserver etcd kubectl` has installed.
#[derive(Debug)]
pub struct Cluster {
    processes: Vec<Child>,
    kubectl: PathBuf,
    kubeconfig: PathBuf,
    folder: TempDir,
}

impl Cluster {
    /// Starts it and waits until it is ready. Where a program is absent, says so and returns `None`, and the caller counts
    /// its test as skipped.
    ///
    /// # Panics
    /// Where a program is absent and `CI` is `true`, and where the API server does not come up.
    #[must_use]
    #[expect(clippy::expect_used, reason = "only tests call it")]
    pub fn start() -> Option<Self> {
        let (etcd, server, kubectl) = (asset("etcd")?, asset("kube-apiserver")?, asset("kubectl")?);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut cluster = Self {
            processes: Vec::new(),
            kubectl,
            kubeconfig: folder.path().join("kubeconfig"),
            folder,
        };
        let [clients, peers, port] = free_ports().expect("free ports");
        let store = format!("http://127.0.0.1:{clients}");
        let peers = format!("http://127.0.0.1:{peers}");
        let path = |name: &str| cluster.folder.path().join(name).display().to_string();
        let (data, certificates, tokens) = (path("etcd"), path("certificates"), path("tokens.csv"));
        let (policy, log) = (path("audit-policy.yaml"), path(AUDIT_LOG));
        fs::write(&policy, AUDIT_POLICY).expect("a file");
        fs::write(&tokens, format!("{TOKEN},admin,admin,system:masters\n")).expect("a file");
        cluster.spawn(
            &etcd,
            &[
                ("data-dir", &data),
                ("listen-client-urls", &store),
                ("advertise-client-urls", &store),
                ("listen-peer-urls", &peers),
                ("unsafe-no-fsync", "true"),
                ("log-level", "error"),
            ],
        );
        // The server makes a certificate for itself; its key signs the tokens of service accounts too.
        let key = format!("{certificates}/apiserver.key");
        cluster.spawn(
            &server,
            &[
                ("etcd-servers", &store),
                ("bind-address", "127.0.0.1"),
                ("secure-port", &port.to_string()),
                ("advertise-address", "192.0.2.1"),
                ("endpoint-reconciler-type", "none"),
                ("cert-dir", &certificates),
                ("token-auth-file", &tokens),
                ("audit-policy-file", &policy),
                ("audit-log-path", &log),
                ("audit-log-mode", "blocking-strict"),
                ("authorization-mode", "RBAC"),
                ("allow-privileged", "true"),
                ("disable-admission-plugins", "ServiceAccount"),
                ("service-cluster-ip-range", "10.0.0.0/24"),
                ("service-account-issuer", "https://127.0.0.1"),
                ("service-account-key-file", &key),
                ("service-account-signing-key-file", &key),
            ],
        );
        fs::write(&cluster.kubeconfig, kubeconfig(port, &certificates)).expect("a file");
        cluster.wait();
        Some(cluster)
    }

    /// A kubeconfig for somebody who may do everything.
    #[must_use]
    pub fn kubeconfig(&self) -> &Path {
        &self.kubeconfig
    }

    /// A folder for files of the test, which goes with it.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The audit log, with everything that was asked of the server and what it answered, but for its own requests.
    #[must_use]
    pub fn audit_log(&self) -> PathBuf {
        self.folder.path().join(AUDIT_LOG)
    }

    /// Runs `kubectl` with a text as its standard input.
    ///
    /// # Errors
    /// What it says where it fails.
    pub fn kubectl(&self, arguments: &[&str], input: &str) -> Result<String, String> {
        let said = self
            .try_kubectl(arguments, input)
            .map_err(|error| error.to_string())?;
        if said.status.success() {
            Ok(String::from_utf8_lossy(&said.stdout).into_owned())
        } else {
            Err(String::from_utf8_lossy(&said.stderr).into_owned())
        }
    }

    fn try_kubectl(&self, arguments: &[&str], input: &str) -> io::Result<Output> {
        let mut child = Command::new(&self.kubectl)
            .env("KUBECONFIG", &self.kubeconfig)
            // What it learns of the server it keeps in the home folder, by address.
            .env("KUBECACHEDIR", self.folder.path().join("cache"))
            .arg("--request-timeout")
            .arg(REQUEST)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let stdin = child.stdin.take();
        thread::scope(|scope| {
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input.as_bytes())));
            child.wait_with_output()
        })
    }

    #[expect(clippy::expect_used, reason = "only tests call it")]
    fn spawn(&mut self, program: &Path, options: &[(&str, &str)]) {
        let name = program.file_name().unwrap_or_default();
        let log = self.folder.path().join(name).with_extension("log");
        let log = fs::File::create(log).expect("a file");
        let options = options
            .iter()
            .map(|(name, value)| format!("--{name}={value}"));
        let child = Command::new("sh")
            .args(["-c", LEASH, "sh"])
            .arg(program)
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("sh");
        self.processes.push(child);
    }

    #[expect(clippy::panic, reason = "only tests call it")]
    fn wait(&mut self) {
        let until = Instant::now() + START;
        loop {
            if self.kubectl(&["get", "namespace", "default"], "").is_ok() {
                return;
            }
            let has_ended = |child: &mut Child| !matches!(child.try_wait(), Ok(None));
            if self.processes.iter_mut().any(has_ended) || Instant::now() > until {
                let logs = ["etcd.log", "kube-apiserver.log"];
                let logs = logs.map(|name| last_lines(&self.folder.path().join(name)));
                panic!("the API server did not come up:\n{}", logs.join("\n"));
            }
            thread::sleep(PAUSE);
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for process in &mut self.processes {
            drop(process.stdin.take());
        }
        for process in &mut self.processes {
            // Nothing is left to do about one that cannot be waited for.
            let _ = process.wait();
        }
    }
}

fn asset(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("KUBEBUILDER_ASSETS").filter(|folder| !folder.is_empty());
    match folder {
        Some(folder) => Some(Path::new(&folder).join(name)),
        None => tool(name),
    }
}

/// Ports that were free a moment ago.
fn free_ports() -> io::Result<[u16; 3]> {
    let listen = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    let listeners = [listen()?, listen()?, listen()?];
    let [one, two, three] = listeners.map(|listener| listener.local_addr().map(|at| at.port()));
    Ok([one?, two?, three?])
}

fn kubeconfig(port: u16, certificates: &str) -> String {
    format!(
        "apiVersion: v1
kind: Config
current-context: test
contexts: [{{name: test, context: {{cluster: test, user: admin}}}}]
users: [{{name: admin, user: {{token: {TOKEN}}}}}]
clusters:
- name: test
  cluster:
    server: https://127.0.0.1:{port}
    certificate-authority: {certificates}/apiserver.crt
"
    )
}

fn last_lines(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(10);
    lines.get(from..).unwrap_or_default().join("\n")
}
