//! Consoles and servers that attackers look for: who they are by image and arguments, and whether they ask for a login.

use ciel_core::ImageName;
use ciel_k8s::Container;
use ciel_yaml::Node;

/// What a stranger can do who reaches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Harm {
    /// See how the cluster or the company works.
    Insight,
    /// Read or destroy data, use models and graphics cards.
    Data,
    /// Run code: submit jobs, notebooks, pipelines, containers.
    Code,
}

/// Whether it asks who is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Login<'a> {
    /// It has no login.
    Never,
    /// It has one, and this turns it off.
    Off(Node<'a>),
    /// It asks, as far as the manifest shows.
    Asks,
    /// It only talks to its own pod, as it is set up.
    Closed,
}

/// A product.
#[derive(Debug)]
pub struct Console {
    /// Its name.
    pub name: &'static str,
    /// Repositories of its images, without registry.
    images: &'static [&'static str],
    /// Words of which one must be among the arguments; empty for none.
    needs: &'static [&'static str],
    /// What the image's tag may have instead of one of these words; empty for nothing.
    tag: &'static str,
    /// Words of which none may be among the arguments.
    unless: &'static [&'static str],
    /// Where its console listens by default.
    pub ports: &'static [u16],
    /// Where it listens too, and not with its console.
    pub other_ports: &'static [u16],
    /// What a stranger can do.
    pub harm: Harm,
    login: fn(Container<'_>) -> Login<'_>,
}

impl Console {
    /// Whether it asks who is there, as the container is set up.
    #[must_use]
    pub fn login<'a>(&self, container: Container<'a>) -> Login<'a> {
        (self.login)(container)
    }

    fn is(&self, image: ImageName<'_>, words: &[&str]) -> bool {
        let has = |word: &&str| {
            words
                .iter()
                .any(|own| own.split('=').next() == Some(word) || own == word)
        };
        self.images.iter().any(|own| image.is(own))
            && (self.needs.is_empty()
                || self.needs.iter().any(&has)
                || (!self.tag.is_empty() && image.tag.contains(self.tag)))
            && !self.unless.iter().any(has)
    }
}

/// The product that a container runs, if it is one of these.
#[must_use]
pub fn console_of(container: Container<'_>) -> Option<&'static Console> {
    let image = ImageName::parse(container.image()?);
    let argv = container.argv();
    let words: Vec<&str> = argv.iter().map(|node| node.scalar_text()).collect();
    CONSOLES.iter().find(|console| console.is(image, &words))
}

fn never(_: Container<'_>) -> Login<'_> {
    Login::Never
}

fn asks(_: Container<'_>) -> Login<'_> {
    Login::Asks
}

/// The argument that says this, as `--flag=value` or `--flag value`; for an empty value, `--flag` alone or `--flag=true`.
fn argument<'a>(container: Container<'a>, flag: &str, wanted: &str) -> Option<Node<'a>> {
    let argv = container.argv();
    argv.iter().enumerate().find_map(|(at, node)| {
        let rest = node.scalar_text().trim().strip_prefix(flag)?;
        let value = match rest.strip_prefix('=') {
            Some(value) => value,
            None if !rest.is_empty() => return None,
            None if wanted.is_empty() => return Some(*node),
            None => argv.get(at + 1)?.scalar_text(),
        };
        let is_wanted = match wanted {
            "" => value != "false",
            wanted => value.trim_matches(['\'', '"']) == wanted,
        };
        is_wanted.then_some(*node)
    })
}

/// Whether an argument is there, with whatever value.
fn has_flag(container: Container<'_>, flag: &str) -> bool {
    container.argv().iter().any(|node| {
        let text = node.scalar_text().trim();
        text.strip_prefix(flag)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
    })
}

/// The value of an environment variable, as it stands in the manifest.
fn env<'a>(container: Container<'a>, name: &str) -> Option<Node<'a>> {
    container
        .env()
        .find(|entry| entry.str_at(&["name"]) == Some(name))?
        .get("value")
}

fn env_is<'a>(container: Container<'a>, name: &str, wanted: &str) -> Option<Node<'a>> {
    env(container, name).filter(|value| value.scalar_text().trim().eq_ignore_ascii_case(wanted))
}

fn off_or_asks(off: Option<Node<'_>>) -> Login<'_> {
    off.map_or(Login::Asks, Login::Off)
}

fn argo_workflows(container: Container<'_>) -> Login<'_> {
    // Before version 3 it did not ask unless told to.
    let image = ImageName::parse(container.image().unwrap_or_default());
    if image.tag.starts_with("v2.") && !has_flag(container, "--auth-mode") {
        return Login::Never;
    }
    off_or_asks(argument(container, "--auth-mode", "server"))
}

fn argo_cd(container: Container<'_>) -> Login<'_> {
    let off = argument(container, "--disable-auth", "");
    off_or_asks(off.or_else(|| env_is(container, "ARGOCD_SERVER_DISABLE_AUTH", "true")))
}

fn jenkins(container: Container<'_>) -> Login<'_> {
    let no_wizard = env(container, "JAVA_OPTS").filter(|value| {
        value
            .scalar_text()
            .contains("-Djenkins.install.runSetupWizard=false")
    });
    // Configuration as code brings the users instead of the wizard.
    off_or_asks(no_wizard.filter(|_| env(container, "CASC_JENKINS_CONFIG").is_none()))
}

fn nifi(container: Container<'_>) -> Login<'_> {
    // Without TLS it cannot ask for a login.
    off_or_asks(env(container, "NIFI_WEB_HTTP_PORT").filter(|port| !port.scalar_text().is_empty()))
}

fn grafana(container: Container<'_>) -> Login<'_> {
    off_or_asks(env_is(container, "GF_AUTH_ANONYMOUS_ENABLED", "true"))
}

fn prometheus(container: Container<'_>) -> Login<'_> {
    if has_flag(container, "--web.config.file") {
        Login::Asks
    } else {
        Login::Never
    }
}

fn vllm(container: Container<'_>) -> Login<'_> {
    let has_key = has_flag(container, "--api-key")
        || container
            .env()
            .any(|entry| entry.str_at(&["name"]) == Some("VLLM_API_KEY"));
    if has_key { Login::Asks } else { Login::Never }
}

fn mlflow(container: Container<'_>) -> Login<'_> {
    if argument(container, "--app-name", "basic-auth").is_some() {
        Login::Asks
    } else {
        Login::Never
    }
}

fn notebook(container: Container<'_>) -> Login<'_> {
    const FLAGS: [&str; 3] = [
        "--NotebookApp.token",
        "--ServerApp.token",
        "--IdentityProvider.token",
    ];
    let argv = container.argv();
    let off = argv.into_iter().find(|node| {
        let text = node.scalar_text();
        FLAGS.iter().any(|flag| {
            text.split(flag).nth(1).is_some_and(|rest| {
                let value = rest.strip_prefix('=').unwrap_or("?");
                let value = value.split_whitespace().next().unwrap_or_default();
                matches!(value, "" | "''" | "\"\"")
            })
        })
    });
    off_or_asks(off)
}

fn airflow(container: Container<'_>) -> Login<'_> {
    let off = ["AIRFLOW__API__AUTH_BACKENDS", "AIRFLOW__API__AUTH_BACKEND"]
        .into_iter()
        .find_map(|name| env_is(container, name, "airflow.api.auth.backend.default"));
    let off = off.or_else(|| {
        let name = "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS";
        env_is(container, name, "true")
    });
    off_or_asks(off)
}

fn docker(container: Container<'_>) -> Login<'_> {
    let argv = container.argv();
    let off = argv.into_iter().find(|node| {
        node.scalar_text().contains("tcp://") && node.scalar_text().ends_with(":2375")
    });
    off_or_asks(off.or_else(|| env_is(container, "DOCKER_TLS_CERTDIR", "")))
}

fn traefik(container: Container<'_>) -> Login<'_> {
    off_or_asks(argument(container, "--api.insecure", ""))
}

fn kubectl_proxy(container: Container<'_>) -> Login<'_> {
    argument(container, "--address", "0.0.0.0").map_or(Login::Closed, Login::Off)
}

macro_rules! consoles {
    ($($name:literal, $harm:ident, $login:ident, ports $ports:expr, images $images:expr
        $(, needs $needs:expr)? $(, tag $tag:literal)? $(, unless $unless:expr)? $(, other $other:expr)?;)*) => {
        &[$(Console {
            name: $name,
            images: &$images,
            needs: consoles!(@list $($needs)?),
            tag: concat!($($tag)?),
            unless: consoles!(@list $($unless)?),
            ports: &$ports,
            other_ports: consoles!(@list $($other)?),
            harm: Harm::$harm,
            login: $login,
        }),*]
    };
    (@list) => { &[] };
    (@list $list:expr) => { &$list };
}

/// Each of these was found open and used by somebody, or runs what a stranger sends it by design.
static CONSOLES: &[Console] = consoles! {
    "Argo Workflows", Code, argo_workflows, ports [2746], images ["argoproj/argocli", "argoproj/argo-server"],
        needs ["server", "argo-server"];
    "Argo CD", Code, argo_cd, ports [8080, 8083], images ["argoproj/argocd", "argoproj/argo-cd"],
        needs ["argocd-server", "/usr/local/bin/argocd-server"], other [8083];
    "Kubeflow", Code, never, ports [8082, 5000, 3000],
        images ["kubeflownotebookswg/centraldashboard", "kubeflow-images-public/centraldashboard",
            "kubeflow/centraldashboard", "kubeflow/kubeflow/central-dashboard", "kubeflownotebookswg/jupyter-web-app",
            "kubeflow/kubeflow/jupyter-web-app", "kubeflownotebookswg/notebook-controller"];
    "Kubeflow Pipelines", Code, never, ports [3000, 8888], images ["ml-pipeline/frontend", "kubeflow/kfp-frontend",
            "ml-pipeline/api-server", "kubeflow/kfp-api-server"];
    "Weave Scope", Code, never, ports [4040], images ["weaveworks/scope"],
        unless ["--mode=probe", "--probe-only", "--probe.docker"];
    "Jenkins", Code, jenkins, ports [8080, 8443], images ["jenkins/jenkins", "jenkins", "jenkinsci/blueocean",
            "bitnami/jenkins", "jenkinsci/jenkins", "jenkins4eval/jenkins"], other [50000];
    "Apache NiFi", Code, nifi, ports [8080, 8443], images ["apache/nifi"];
    "Apache Airflow", Code, airflow, ports [8080], images ["apache/airflow", "bitnami/airflow", "puckel/docker-airflow"],
        unless ["worker", "scheduler", "triggerer", "dag-processor", "celery"], other [5555, 8793, 8974, 9102];
    "Apache Zeppelin", Code, never, ports [8080], images ["apache/zeppelin"];
    "Apache Flink", Code, never, ports [8081], images ["flink", "apache/flink", "bitnami/flink"],
        unless ["taskmanager"], other [6121, 6122, 6123, 6124, 6125, 9249];
    "Apache Spark master", Code, never, ports [8080, 7077, 6066], images ["bitnami/spark", "apache/spark"],
        needs ["master", "org.apache.spark.deploy.master.Master"];
    "Hadoop YARN", Code, never, ports [8088], images ["apache/hadoop", "bde2020/hadoop-resourcemanager"],
        unless ["datanode", "namenode"];
    "Ray", Code, never, ports [8265, 10001], images ["rayproject/ray", "rayproject/ray-ml", "rayproject/ray-llm"],
        other [6379, 8000, 8080];
    "Jupyter", Code, notebook, ports [8888],
        images ["jupyter/base-notebook", "jupyter/minimal-notebook", "jupyter/scipy-notebook",
            "jupyter/datascience-notebook", "jupyter/tensorflow-notebook", "jupyter/pyspark-notebook",
            "jupyter/all-spark-notebook", "jupyter/pytorch-notebook", "jupyter/r-notebook"];
    "JupyterHub", Code, asks, ports [8000, 8081], images ["jupyterhub/jupyterhub", "jupyterhub/k8s-hub",
            "jupyterhub/configurable-http-proxy"];
    "MLflow", Code, mlflow, ports [5000], images ["mlflow/mlflow", "bitnami/mlflow", "burakince/mlflow"];
    "Selenium", Code, never, ports [4444], images ["selenium/hub", "selenium/standalone-chrome",
            "selenium/standalone-firefox", "selenium/standalone-edge", "selenium/standalone-chromium", "selenium/router"],
        other [5900, 7900];
    "Docker Engine API", Code, docker, ports [2375, 2376], images ["docker"], needs ["dockerd"], tag "dind";
    "kubectl proxy", Code, kubectl_proxy, ports [8001], images ["bitnami/kubectl", "rancher/kubectl",
            "lachlanevenson/k8s-kubectl", "alpine/k8s", "kubectl", "alpine/kubectl"], needs ["proxy"];
    "Ollama", Data, never, ports [11434], images ["ollama/ollama"];
    "vLLM", Data, vllm, ports [8000], images ["vllm/vllm-openai", "vllm/vllm-openai-cpu", "rocm/vllm", "vllm"];
    "NVIDIA Triton", Data, never, ports [8000, 8001], images ["nvidia/tritonserver", "tritonserver"], other [8002];
    "Text Generation Inference", Data, never, ports [80, 3000], images ["huggingface/text-generation-inference"];
    "SGLang", Data, never, ports [30000], images ["lmsysorg/sglang"];
    "llama.cpp server", Data, never, ports [8080], images ["ggml-org/llama.cpp", "ggerganov/llama.cpp"];
    "Stable Diffusion WebUI", Code, never, ports [7860], images ["universonic/stable-diffusion-webui",
            "ashleykza/stable-diffusion-webui"];
    "TorchServe", Code, never, ports [8080, 8081], images ["pytorch/torchserve"], other [8082, 7070, 7071];
    "TensorFlow Serving", Data, never, ports [8500, 8501], images ["tensorflow/serving"];
    "Seldon Core", Data, never, ports [8000, 9000], images ["seldonio/seldon-core-executor", "seldonio/mlserver"],
        other [6000, 8082];
    "BentoML", Data, never, ports [3000, 5000], images ["bentoml/yatai", "bentoml/bento-server"];
    "Longhorn", Data, never, ports [8000], images ["longhornio/longhorn-ui"];
    "Kafka UI", Data, never, ports [8080], images ["provectuslabs/kafka-ui", "kafbat/kafka-ui", "obsidiandynamics/kafdrop"];
    "Kubernetes Operational View", Insight, never, ports [8080], images ["hjacobs/kube-ops-view"];
    "Octant", Code, never, ports [7777], images ["vmware/octant", "antrea/octant-antrea-ubuntu"];
    "Prometheus", Insight, prometheus, ports [9090], images ["prom/prometheus", "prometheus/prometheus",
            "bitnami/prometheus"];
    "Alertmanager", Insight, prometheus, ports [9093], images ["prom/alertmanager", "prometheus/alertmanager",
            "bitnami/alertmanager"], other [9094];
    "Grafana", Insight, grafana, ports [3000], images ["grafana/grafana", "grafana/grafana-oss", "grafana/grafana-enterprise",
            "bitnami/grafana"];
    "Traefik dashboard", Insight, traefik, ports [8080, 9000], images ["traefik", "library/traefik"],
        other [80, 443, 8000, 8443];
};

#[cfg(test)]
mod tests {
    use super::CONSOLES;

    #[test]
    fn names_and_images_are_unique() {
        let mut seen = std::collections::HashSet::new();
        for console in CONSOLES {
            assert!(seen.insert(console.name), "{}", console.name);
            for image in console.images {
                assert!(seen.insert(image), "{image} of {}", console.name);
            }
        }
    }
}
