//! The consoles: web interfaces and servers that do what whoever reaches them asks.

use super::{
    Console, Harm, consoles,
    login::{
        ASKS, LoginRule::Custom, NEVER, Sign::*, airflow, argo_cd, argo_workflows, code_server,
        docker, grafana, if_told, jenkins, kibana, kubectl_proxy, mlflow, nifi, notebook,
        prometheus, told, traefik, unless, vllm,
    },
};

/// Each of these was found open and used by somebody, or runs what a stranger sends it by design.
pub(super) static CONSOLES: &[Console] = consoles! {
    "Argo Workflows", Code, Custom(argo_workflows), ports [2746], images ["argoproj/argocli", "argoproj/argo-server"],
        needs ["server", "argo-server"];
    "Argo CD", Code, Custom(argo_cd), ports [8080, 8083], images ["argoproj/argocd", "argoproj/argo-cd"],
        needs ["argocd-server", "/usr/local/bin/argocd-server"], other [8083];
    "Kubeflow", Code, NEVER, ports [8082, 5000, 3000],
        images ["kubeflownotebookswg/centraldashboard", "kubeflow-images-public/centraldashboard",
            "kubeflow/centraldashboard", "kubeflow/kubeflow/central-dashboard", "kubeflownotebookswg/jupyter-web-app",
            "kubeflow/kubeflow/jupyter-web-app", "kubeflownotebookswg/notebook-controller"];
    "Kubeflow Pipelines", Code, NEVER, ports [3000, 8888], images ["ml-pipeline/frontend", "kubeflow/kfp-frontend",
            "ml-pipeline/api-server", "kubeflow/kfp-api-server"];
    "Weave Scope", Code, NEVER, ports [4040], images ["weaveworks/scope"],
        unless ["--mode=probe", "--probe-only", "--probe.docker"];
    "Jenkins", Code, Custom(jenkins), ports [8080, 8443], images ["jenkins/jenkins", "jenkins", "jenkinsci/blueocean",
            "bitnami/jenkins", "jenkinsci/jenkins", "jenkins4eval/jenkins"], other [50000];
    "Apache NiFi", Code, Custom(nifi), ports [8080, 8443], images ["apache/nifi"];
    "Apache Airflow", Code, Custom(airflow), ports [8080], images ["apache/airflow", "bitnami/airflow", "puckel/docker-airflow"],
        unless ["worker", "scheduler", "triggerer", "dag-processor", "celery"], other [5555, 8793, 8974, 9102];
    "Apache Zeppelin", Code, NEVER, ports [8080], images ["apache/zeppelin"];
    "Apache Flink", Code, NEVER, ports [8081], images ["flink", "apache/flink", "bitnami/flink"],
        unless ["taskmanager"], other [6121, 6122, 6123, 6124, 6125, 9249];
    "Apache Spark master", Code, NEVER, ports [8080, 7077, 6066], images ["bitnami/spark", "apache/spark"],
        needs ["master", "org.apache.spark.deploy.master.Master"];
    "Hadoop YARN", Code, NEVER, ports [8088], images ["apache/hadoop", "bde2020/hadoop-resourcemanager"],
        unless ["datanode", "namenode"];
    "Ray", Code, NEVER, ports [8265, 10001], images ["rayproject/ray", "rayproject/ray-ml", "rayproject/ray-llm"],
        other [6379, 8000, 8080];
    "Jupyter", Code, Custom(notebook), ports [8888],
        images ["jupyter/base-notebook", "jupyter/minimal-notebook", "jupyter/scipy-notebook",
            "jupyter/datascience-notebook", "jupyter/tensorflow-notebook", "jupyter/pyspark-notebook",
            "jupyter/all-spark-notebook", "jupyter/pytorch-notebook", "jupyter/r-notebook"];
    "JupyterHub", Code, ASKS, ports [8000, 8081], images ["jupyterhub/jupyterhub", "jupyterhub/k8s-hub",
            "jupyterhub/configurable-http-proxy"];
    "MLflow", Code, Custom(mlflow), ports [5000], images ["mlflow/mlflow", "bitnami/mlflow", "burakince/mlflow"];
    "Selenium", Code, NEVER, ports [4444], images ["selenium/hub", "selenium/standalone-chrome",
            "selenium/standalone-firefox", "selenium/standalone-edge", "selenium/standalone-chromium", "selenium/router"],
        other [5900, 7900];
    "Docker Engine API", Code, Custom(docker), ports [2375, 2376], images ["docker"], needs ["dockerd"], tag "dind";
    "kubectl proxy", Code, Custom(kubectl_proxy), ports [8001], images ["bitnami/kubectl", "rancher/kubectl",
            "lachlanevenson/k8s-kubectl", "alpine/k8s", "kubectl", "alpine/kubectl"], needs ["proxy"];
    "Ollama", Data, NEVER, ports [11434], images ["ollama/ollama"];
    "vLLM", Data, Custom(vllm), ports [8000], images ["vllm/vllm-openai", "vllm/vllm-openai-cpu", "rocm/vllm", "vllm"];
    "NVIDIA Triton", Data, NEVER, ports [8000, 8001], images ["nvidia/tritonserver", "tritonserver"], other [8002];
    "Text Generation Inference", Data, NEVER, ports [80, 3000], images ["huggingface/text-generation-inference"];
    "SGLang", Data, NEVER, ports [30000], images ["lmsysorg/sglang"];
    "llama.cpp server", Data, NEVER, ports [8080], images ["ggml-org/llama.cpp", "ggerganov/llama.cpp"];
    "Stable Diffusion WebUI", Code, NEVER, ports [7860], images ["universonic/stable-diffusion-webui",
            "ashleykza/stable-diffusion-webui"];
    "TorchServe", Code, NEVER, ports [8080, 8081], images ["pytorch/torchserve"], other [8082, 7070, 7071];
    "TensorFlow Serving", Data, NEVER, ports [8500, 8501], images ["tensorflow/serving"];
    "Seldon Core", Data, NEVER, ports [8000, 9000], images ["seldonio/seldon-core-executor", "seldonio/mlserver"],
        other [6000, 8082];
    "BentoML", Data, NEVER, ports [3000, 5000], images ["bentoml/yatai", "bentoml/bento-server"];
    "Longhorn", Data, NEVER, ports [8000], images ["longhornio/longhorn-ui"];
    "Kafka UI", Data, NEVER, ports [8080], images ["provectuslabs/kafka-ui", "kafbat/kafka-ui", "obsidiandynamics/kafdrop"];
    "Kubernetes Operational View", Insight, NEVER, ports [8080], images ["hjacobs/kube-ops-view"];
    "Octant", Code, NEVER, ports [7777], images ["vmware/octant", "antrea/octant-antrea-ubuntu"];
    "Prometheus", Insight, Custom(prometheus), ports [9090], images ["prom/prometheus", "prometheus/prometheus",
            "bitnami/prometheus"];
    "Alertmanager", Insight, Custom(prometheus), ports [9093], images ["prom/alertmanager", "prometheus/alertmanager",
            "bitnami/alertmanager"], other [9094];
    "Grafana", Insight, Custom(grafana), ports [3000], images ["grafana/grafana", "grafana/grafana-oss", "grafana/grafana-enterprise",
            "bitnami/grafana"];
    "Traefik dashboard", Insight, Custom(traefik), ports [8080, 9000], images ["traefik", "library/traefik"],
        other [80, 443, 8000, 8443];
    "Kubeflow notebook", Code, NEVER, ports [8888], images ["kubeflownotebookswg/jupyter",
            "kubeflownotebookswg/jupyter-scipy", "kubeflownotebookswg/jupyter-pytorch",
            "kubeflownotebookswg/jupyter-pytorch-full", "kubeflownotebookswg/jupyter-pytorch-cuda",
            "kubeflownotebookswg/jupyter-tensorflow", "kubeflownotebookswg/jupyter-tensorflow-full",
            "kubeflownotebookswg/jupyter-tensorflow-cuda", "kubeflownotebookswg/codeserver",
            "kubeflownotebookswg/codeserver-python", "kubeflownotebookswg/rstudio", "kubeflownotebookswg/rstudio-tidyverse"];
    "TensorFlow notebook", Code, Custom(notebook), ports [8888], images ["tensorflow/tensorflow"], needs ["jupyter"],
        tag "jupyter";
    "KServe models", Code, NEVER, ports [5000], images ["kserve/models-web-app"];
    "KServe", Data, NEVER, ports [8080], images ["kserve/sklearnserver", "kserve/huggingfaceserver", "kserve/xgbserver",
            "kserve/lgbserver", "kserve/paddleserver", "kserve/pmmlserver", "kfserving/sklearnserver"];
    "KubeRay API server", Code, NEVER, ports [8888], images ["kuberay/apiserver"];
    "Dask", Code, NEVER, ports [8786, 8787], images ["daskdev/dask"], needs ["dask-scheduler", "scheduler"];
    "Celery Flower", Code, if_told(&[Flag("--basic_auth"), Flag("--basic-auth"), Flag("--auth"), Env("FLOWER_BASIC_AUTH"),
            Env("FLOWER_OAUTH2_KEY"), EnvFrom]), ports [5555], images ["mher/flower"];
    "Prefect", Code, if_told(&[Env("PREFECT_SERVER_API_AUTH_STRING"), EnvFrom]), ports [4200],
        images ["prefecthq/prefect"], needs ["server", "prefect server start"];
    "Determined", Code, ASKS, ports [8080], images ["determinedai/determined-master"];
    "n8n", Code, ASKS, ports [5678], images ["n8nio/n8n"];
    "Node-RED", Code, if_told(&[Mount("settings.js")]), ports [1880], images ["nodered/node-red"];
    "Langflow", Code, told(&[EnvIs("LANGFLOW_AUTO_LOGIN", "false"), EnvFrom], &[EnvIs("LANGFLOW_AUTO_LOGIN", "true")]),
        ports [7860], images ["langflowai/langflow"];
    "Flowise", Code, if_told(&[Env("FLOWISE_USERNAME"), Tag("3."), EnvFrom]), ports [3000], images ["flowiseai/flowise"];
    "Open WebUI", Code, unless(&[EnvIs("WEBUI_AUTH", "false")]), ports [8080], images ["open-webui/open-webui"];
    "ComfyUI", Code, NEVER, ports [8188], images ["yanwk/comfyui-boot", "ai-dock/comfyui"];
    "LocalAI", Data, if_told(&[Env("LOCALAI_API_KEY"), Env("API_KEY"), Flag("--api-keys"), EnvFrom]), ports [8080],
        images ["localai/localai", "go-skynet/local-ai", "quay/go-skynet/local-ai"];
    "LiteLLM", Data, if_told(&[Env("LITELLM_MASTER_KEY"), Flag("--config"), EnvFrom]), ports [4000],
        images ["berriai/litellm", "berriai/litellm-database"];
    "Xinference", Data, if_told(&[Flag("--auth-config")]), ports [9997], images ["xprobe/xinference"];
    "LMDeploy", Data, if_told(&[Flag("--api-keys")]), ports [23333], images ["openmmlab/lmdeploy"];
    "Text Embeddings Inference", Data, if_told(&[Flag("--api-key"), Env("API_KEY"), EnvFrom]), ports [80, 3000],
        images ["huggingface/text-embeddings-inference"];
    "KoboldCpp", Data, NEVER, ports [5001], images ["koboldai/koboldcpp"];
    "TensorBoard", Data, NEVER, ports [6006], images ["tensorflow/tensorflow"], needs ["tensorboard"];
    "code-server", Code, Custom(code_server), ports [8080, 8443], images ["codercom/code-server", "coder/code-server",
            "linuxserver/code-server"];
    "OpenVSCode Server", Code, NEVER, ports [3000], images ["gitpod/openvscode-server", "linuxserver/openvscode-server"];
    "Theia", Code, NEVER, ports [3000], images ["theiaide/theia", "theiaide/theia-full"];
    "RStudio", Code, unless(&[EnvIs("DISABLE_AUTH", "true")]), ports [8787], images ["rocker/rstudio", "rocker/tidyverse",
            "rocker/verse"];
    "ttyd", Code, if_told(&[Flag("-c"), Flag("--credential"), Flag("-H"), Flag("--auth-header")]), ports [7681],
        images ["tsl0922/ttyd"];
    "Webtop", Code, if_told(&[Env("PASSWORD"), EnvFrom]), ports [3000, 3001], images ["linuxserver/webtop"];
    "Ubuntu desktop", Code, if_told(&[Env("HTTP_PASSWORD"), EnvFrom]), ports [80, 6080],
        images ["dorowu/ubuntu-desktop-lxde-vnc"];
    "Apache Guacamole", Code, ASKS, ports [8080], images ["guacamole/guacamole"];
    "Apache Solr", Code, if_told(&[Env("SOLR_AUTH_TYPE"), Mount("security.json"), EnvFrom]), ports [8983],
        images ["=solr", "bitnami/solr", "apache/solr"], servers ["solr"];
    "Apache Druid", Code, NEVER, ports [8888, 8081, 8090], images ["apache/druid"], unless ["historical", "middleManager"];
    "Apache Livy", Code, NEVER, ports [8998], images ["apache/livy"];
    "Kafka Connect", Code, NEVER, ports [8083], images ["confluentinc/cp-kafka-connect", "debezium/connect"];
    "Apache Spark history", Insight, NEVER, ports [18080], images ["apache/spark", "bitnami/spark"],
        needs ["org.apache.spark.deploy.history.HistoryServer"];
    "GoCD", Code, NEVER, ports [8153], images ["gocd/gocd-server"];
    "TeamCity", Code, ASKS, ports [8111], images ["jetbrains/teamcity-server"];
    "Rundeck", Code, ASKS, ports [4440], images ["rundeck/rundeck"];
    "Concourse", Code, unless(&[Flag("--no-really-i-dont-want-any-auth")]),
        ports [8080], images ["concourse/concourse"], unless ["worker"], other [2222];
    "Semaphore UI", Code, ASKS, ports [3000], images ["semaphoreui/semaphore"];
    "Tekton Dashboard", Code, NEVER, ports [9097], images ["tektoncd/dashboard/cmd/dashboard"],
        unless ["--read-only=true", "--read-only"];
    "Argo Rollouts dashboard", Code, NEVER, ports [3100], images ["argoproj/kubectl-argo-rollouts"], needs ["dashboard"];
    "Chaos Mesh", Code, unless(&[EnvIs("SECURITY_MODE", "false")]), ports [2333], images ["pingcap/chaos-dashboard",
            "chaos-mesh/chaos-dashboard"];
    "Litmus", Code, ASKS, ports [8185, 8080], images ["litmuschaos/litmusportal-frontend"];
    "Rancher", Code, ASKS, ports [80, 443], images ["rancher/rancher"];
    "Portainer", Code, unless(&[FlagIs("--no-auth", "")]), ports [9000, 9443], images ["portainer/portainer",
            "portainer/portainer-ce", "portainer/portainer-ee"], other [8000];
    "Headlamp", Code, ASKS, ports [4466], images ["headlamp-k8s/headlamp", "kinvolk/headlamp"];
    "Skooner", Code, ASKS, ports [4654], images ["skooner-k8s/skooner", "herbrandson/k8dash"];
    "Weave GitOps", Code, ASKS, ports [9001], images ["weaveworks/wego-app"];
    "Docker registry", Data, if_told(&[Env("REGISTRY_AUTH"), Env("REGISTRY_AUTH_HTPASSWD_PATH"),
            Env("REGISTRY_AUTH_TOKEN_REALM"), Mount("config.yml"), Mount("/etc/docker/registry"),
            Mount("/etc/distribution"), EnvFrom]), ports [5000], images ["=registry", "distribution/distribution"],
        unless ["garbage-collect"], other [5001];
    "ChartMuseum", Data, if_told(&[Env("BASIC_AUTH_USER"), Env("BASIC_AUTH_PASS"), Env("BEARER_AUTH"),
            Flag("--basic-auth-user"), Flag("--bearer-auth"), EnvFrom]), ports [8080], images ["helm/chartmuseum",
            "chartmuseum/chartmuseum"];
    "Kibana", Data, Custom(kibana), ports [5601], images ["kibana/kibana", "=kibana", "bitnami/kibana"];
    "OpenSearch Dashboards", Data, unless(&[EnvIs("DISABLE_SECURITY_DASHBOARDS_PLUGIN", "true")]), ports [5601],
        images ["opensearchproject/opensearch-dashboards"];
    "phpMyAdmin", Data, unless(&[Env("PMA_PASSWORD")]), ports [80, 8080], images ["=phpmyadmin", "phpmyadmin/phpmyadmin",
            "bitnami/phpmyadmin"];
    "Adminer", Data, ASKS, ports [8080], images ["=adminer"];
    "pgAdmin", Data, unless(&[EnvIs("PGADMIN_CONFIG_SERVER_MODE", "False")]), ports [80, 443], images ["dpage/pgadmin4"];
    "mongo-express", Data, told(&[Env("ME_CONFIG_BASICAUTH_USERNAME"), EnvFrom],
            &[EnvIs("ME_CONFIG_BASICAUTH", "false")]), ports [8081], images ["=mongo-express"];
    "Redis Commander", Data, if_told(&[Env("HTTP_USER"), EnvFrom]), ports [8081], images ["rediscommander/redis-commander"];
    "Redis Insight", Data, NEVER, ports [5540, 8001], images ["redis/redisinsight", "redislabs/redisinsight"];
    "Cerebro", Data, if_told(&[Env("AUTH_TYPE"), EnvFrom]), ports [9000], images ["lmenezes/cerebro"];
    "AKHQ", Data, NEVER, ports [8080], images ["tchiotludo/akhq"];
    "Redpanda Console", Data, NEVER, ports [8080], images ["redpandadata/console", "vectorized/console"];
    "Temporal UI", Data, if_told(&[EnvIs("TEMPORAL_AUTH_ENABLED", "true"), EnvFrom]), ports [8080, 8088],
        images ["temporalio/ui", "temporalio/web"];
    "Trino", Data, if_told(&[Mount("/etc/trino"), Mount("config.properties")]), ports [8080], images ["trinodb/trino"];
    "SonarQube", Data, ASKS, ports [9000], images ["=sonarqube", "bitnami/sonarqube"];
    "Nexus Repository", Data, ASKS, ports [8081], images ["sonatype/nexus3"];
    "Apache Superset", Data, ASKS, ports [8088], images ["apache/superset"];
    "Metabase", Data, ASKS, ports [3000], images ["metabase/metabase"];
    "Loki", Data, NEVER, ports [3100], images ["grafana/loki"];
    "MLServer", Data, NEVER, ports [8080, 8081], images ["seldonio/mlserver-slim"], other [8082];
    "kubeview", Insight, NEVER, ports [8000], images ["benc-uk/kubeview"];
    "Kubernetes Web View", Insight, NEVER, ports [8080], images ["hjacobs/kube-web-view"];
    "Hubble UI", Insight, NEVER, ports [80, 8081], images ["cilium/hubble-ui"];
    "Kubecost", Insight, NEVER, ports [9090], images ["kubecost1/frontend", "kubecost/frontend"];
    "OpenCost", Insight, NEVER, ports [9090], images ["opencost/opencost-ui"];
    "Goldilocks", Insight, NEVER, ports [8080], images ["fairwinds-ops-oss/goldilocks"], needs ["dashboard"];
    "Polaris dashboard", Insight, NEVER, ports [8080], images ["fairwinds/polaris"], needs ["dashboard"];
    "Falcosidekick UI", Insight, unless(&[EnvIs("FALCOSIDEKICK_UI_DISABLEAUTH", "true"), FlagIs("--disableauth", "")]),
        ports [2802], images ["falcosecurity/falcosidekick-ui"];
    "Capacitor", Insight, NEVER, ports [9000], images ["gimlet-io/capacitor"];
    "Jaeger", Insight, NEVER, ports [16686], images ["jaegertracing/all-in-one", "jaegertracing/jaeger-query",
            "jaegertracing/jaeger"], other [4317, 4318, 5775, 5778, 6831, 6832, 9411, 14250, 14268, 14269];
    "Zipkin", Insight, NEVER, ports [9411], images ["openzipkin/zipkin", "openzipkin/zipkin-slim"];
    "Prometheus Pushgateway", Insight, Custom(prometheus), ports [9091], images ["prom/pushgateway", "prometheus/pushgateway"];
    "Thanos Query", Insight, if_told(&[Flag("--http.config")]), ports [9090, 10902], images ["thanos/thanos",
            "thanosio/thanos", "bitnami/thanos"], needs ["query", "query-frontend"];
    "VictoriaMetrics", Insight, if_told(&[Flag("-httpAuth.username"), Flag("--httpAuth.username")]), ports [8428, 8481],
        images ["victoriametrics/victoria-metrics", "victoriametrics/vmselect"];
    "cAdvisor", Insight, if_told(&[Flag("--http_auth_file"), Flag("-http_auth_file")]), ports [8080],
        images ["cadvisor/cadvisor", "google/cadvisor"];
};
