//! The published cases that the signs rest on. Facts only, in our own words; the links lead to who found them.

/// One case that somebody found and published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Case {
    /// Short name, as in documentation: `Tesla 2018`.
    pub name: &'static str,
    /// Title of the publication.
    pub title: &'static str,
    /// Who published it.
    pub publisher: &'static str,
    /// When, as year-month-day, or as much of it as is known.
    pub date: &'static str,
    /// What happened, in one or two sentences.
    pub fact: &'static str,
    /// Where to read it.
    pub url: &'static str,
}

/// All cases, by date.
pub static CASES: &[&Case] = &[
    &TESLA,
    &DOCKER123321,
    &GRABOID,
    &KINSING,
    &KUBERNETES_GOAT,
    &KUBEFLOW,
    &AZURENQL,
    &WEAVE_SCOPE,
    &HILDEGARD,
    &TWENTY_MILLION,
    &SILOSCAPE,
    &KUBEFLOW_TENSORFLOW,
    &ARGO,
    &TEAMTNT_HUB,
    &LEMON_DUCK,
    &KISS_A_DOG,
    &SCARLETEEL,
    &DERO_2023,
    &RBAC_BUSTER,
    &PYLOOSE,
    &COMMANDO_CAT,
    &DERO_2024,
    &SELENIUM_GREED,
    &KONG,
    &DERO_2025,
    &JINX_0132,
];

/// The case that gave the question its name.
pub static TESLA: Case = Case {
    name: "Tesla 2018",
    title: "Lessons from the Cryptojacking Attack at Tesla",
    publisher: "RedLock",
    date: "2018-02-20",
    fact: "A Kubernetes console without a password let strangers in; one pod held AWS keys. They mined through a pool \
           of their own behind CloudFlare, on an unusual port and with little CPU, so that no list of pools knew it.",
    url: "https://www.coindesk.com/markets/2018/02/21/teslas-cloud-hit-by-crypto-mining-malware-attack/",
};

/// The first known series of mining images on Docker Hub.
pub static DOCKER123321: Case = Case {
    name: "docker123321 2018",
    title: "Cryptojacking invades cloud",
    publisher: "Kromtech",
    date: "2018-06-12",
    fact: "Seventeen images of one Docker Hub account, named after ordinary servers, carried a Monero miner and were \
           pulled five million times; cron lines of the host's root started them again.",
    url: "https://kromtech.com/blog/security-center/cryptojacking-invades-cloud-how-modern-containerization-trend-is-exploited-by-attackers",
};

/// A worm of containers.
pub static GRABOID: Case = Case {
    name: "Graboid 2019",
    title: "Graboid: First-Ever Cryptojacking Worm Found in Images on Docker Hub",
    publisher: "Palo Alto Networks Unit 42",
    date: "2019-10-16",
    fact: "A worm went through more than 2,000 open Docker engines with the images pocosow/centos and gakeaws/nginx, \
           and started and stopped miners on each other's hosts.",
    url: "https://unit42.paloaltonetworks.com/graboid-first-ever-cryptojacking-worm-found-in-images-on-docker-hub/",
};

/// The most common miner of open Docker and Kubernetes interfaces.
pub static KINSING: Case = Case {
    name: "kinsing 2020",
    title: "Threat Alert: Kinsing Malware Attacks Targeting Container Environments",
    publisher: "Aqua Security",
    date: "2020-04-03",
    fact: "A plain ubuntu container fetched a script with wget and ran it: it ended rival miners, turned protections \
           off, wrote itself into crontab, and started the miner kdevtmpfsi from /tmp.",
    url: "https://www.aquasec.com/blog/threat-alert-kinsing-malware-container-vulnerability/",
};

/// No attack: a cluster to learn on.
pub static KUBERNETES_GOAT: Case = Case {
    name: "Kubernetes Goat",
    title: "Analyzing crypto miner container",
    publisher: "Madhu Akula",
    date: "2020-06",
    fact: "In this training cluster the job batch-check runs an image with a miner's command hidden in a layer, to be \
           found by pupils.",
    url: "https://madhuakula.com/kubernetes-goat/",
};

/// Kubeflow's dashboard as the door.
pub static KUBEFLOW: Case = Case {
    name: "Kubeflow 2020",
    title: "Misconfigured Kubeflow workloads are a security risk",
    publisher: "Microsoft",
    date: "2020-06-10",
    fact: "Kubeflow dashboards that had been opened to the internet were used to run an image with XMRig, \
           ddsfdfsaadfs/dfsdf:99, on tens of clusters.",
    url: "https://www.microsoft.com/en-us/security/blog/2020/06/10/misconfigured-kubeflow-workloads-are-a-security-risk/",
};

/// Six images that earned.
pub static AZURENQL: Case = Case {
    name: "azurenql 2020",
    title: "Attackers Cryptojacking Docker Images to Mine for Monero",
    publisher: "Palo Alto Networks Unit 42",
    date: "2020-06-25",
    fact: "The Docker Hub account azurenql offered six images that mined Monero, some through Tor; they were pulled \
           more than two million times.",
    url: "https://unit42.paloaltonetworks.com/cryptojacking-docker-images-for-mining-monero/",
};

/// An administrator's tool in the wrong hands.
pub static WEAVE_SCOPE: Case = Case {
    name: "TeamTNT, Weave Scope 2020",
    title: "Attackers Abusing Legitimate Cloud Monitoring Tools to Conduct Cyber Attacks",
    publisher: "Intezer",
    date: "2020-09-08",
    fact: "TeamTNT installed Weave Scope through open Docker interfaces, and ran commands and miners with it.",
    url: "https://intezer.com/blog/attackers-abusing-legitimate-cloud-monitoring-tools-to-conduct-cyber-attacks/",
};

/// TeamTNT's first campaign against Kubernetes.
pub static HILDEGARD: Case = Case {
    name: "Hildegard 2021",
    title: "Hildegard: New TeamTNT Cryptojacking Malware Targeting Kubernetes",
    publisher: "Palo Alto Networks Unit 42",
    date: "2021-02-03",
    fact: "A kubelet that allowed anonymous access was the way in; the malware ran xmrig under a name taken from the \
           system (bioset), hid it through LD_PRELOAD, and kept its binaries encrypted.",
    url: "https://unit42.paloaltonetworks.com/hildegard-malware-teamtnt/",
};

/// A census of mining images.
pub static TWENTY_MILLION: Case = Case {
    name: "Docker Hub 2021",
    title: "20 Million Miners: Finding Malicious Cryptojacking Images in Docker Hub",
    publisher: "Palo Alto Networks Unit 42",
    date: "2021-03-26",
    fact: "Thirty images of ten accounts mined for their makers and had been pulled twenty million times; nearly all \
           mined Monero, mostly with XMRig.",
    url: "https://unit42.paloaltonetworks.com/malicious-cryptojacking-images/",
};

/// Windows containers.
pub static SILOSCAPE: Case = Case {
    name: "Siloscape 2021",
    title: "Siloscape: First Known Malware Targeting Windows Containers to Compromise Cloud Environments",
    publisher: "Palo Alto Networks Unit 42",
    date: "2021-06-07",
    fact: "Malware in Windows containers broke out to the node and used the node's credentials against the cluster.",
    url: "https://unit42.paloaltonetworks.com/siloscape/",
};

/// Genuine images, strange entry points.
pub static KUBEFLOW_TENSORFLOW: Case = Case {
    name: "Kubeflow 2021",
    title: "New large-scale campaign targets Kubeflow",
    publisher: "Microsoft",
    date: "2021-06-08",
    fact: "Pods with the genuine images tensorflow/tensorflow:latest and latest-gpu appeared on many clusters at once; \
           their commands started XMRig on the processors and ethminer on the GPUs.",
    url: "https://techcommunity.microsoft.com/t5/azure-security-center/new-large-scale-campaign-targets-kubeflow/ba-p/2425750",
};

/// Argo Workflows without a password.
pub static ARGO: Case = Case {
    name: "Argo Workflows 2021",
    title: "New Attacks on Kubernetes via Misconfigured Argo Workflows",
    publisher: "Intezer",
    date: "2021-07-20",
    fact: "Argo Workflows servers that anybody could use ran the public image kannix/monero-miner with the attackers' \
           wallets as arguments.",
    url: "https://intezer.com/blog/new-attacks-on-kubernetes-via-misconfigured-argo-workflows/",
};

/// Accounts that looked like nobody's.
pub static TEAMTNT_HUB: Case = Case {
    name: "TeamTNT, Docker Hub 2021",
    title: "Compromised Docker Hub Accounts Abused for Cryptomining Linked to TeamTNT",
    publisher: "Trend Micro",
    date: "2021-11-09",
    fact: "The Docker Hub account alpineos, with more than 150,000 pulls, held TeamTNT's images; one of them, dockerapi, \
           was started privileged with the host's files mounted through open Docker interfaces.",
    url: "https://www.trendmicro.com/en_us/research/21/k/compromised-docker-hub-accounts-abused-for-cryptomining-linked-t.html",
};

/// A Windows botnet that learned Docker.
pub static LEMON_DUCK: Case = Case {
    name: "LemonDuck 2022",
    title: "LemonDuck Targets Docker for Cryptomining Operations",
    publisher: "CrowdStrike",
    date: "2022-04-21",
    fact: "Through open Docker interfaces a container fetched a script disguised as a picture, which turned off a \
           cloud provider's monitoring, ended other miners by name and ran XMRig through a proxy.",
    url: "https://www.crowdstrike.com/en-us/blog/lemonduck-botnet-targets-docker-for-cryptomining-operations/",
};

/// Compiled on the victim's host.
pub static KISS_A_DOG: Case = Case {
    name: "Kiss-a-dog 2022",
    title: "New Kiss-a-Dog Cryptojacking Campaign Targeting Vulnerable Docker and Kubernetes Infrastructure",
    publisher: "CrowdStrike",
    date: "2022-10-26",
    fact: "A command that fetched a script and piped it to a shell escaped from a container to the host, hid XMRig \
           with rootkits, removed rival miners and cloud agents, and went on to other Docker and Redis servers.",
    url: "https://www.crowdstrike.com/en-us/blog/new-kiss-a-dog-cryptojacking-campaign-targets-docker-and-kubernetes/",
};

/// A miner as a distraction.
pub static SCARLETEEL: Case = Case {
    name: "SCARLETEEL 2023",
    title: "SCARLETEEL: Operation leveraging Terraform, Kubernetes, and AWS for data theft",
    publisher: "Sysdig",
    date: "2023-02-28",
    fact: "From an exposed service in a Kubernetes cluster the attackers started a miner, took the node's cloud \
           credentials, and stole data and Terraform state.",
    url: "https://www.sysdig.com/blog/cloud-breach-terraform-data-theft",
};

/// Names borrowed from the control plane.
pub static DERO_2023: Case = Case {
    name: "Dero 2023",
    title: "CrowdStrike Discovers First-Ever Dero Cryptojacking Campaign Targeting Kubernetes",
    publisher: "CrowdStrike",
    date: "2023-03-15",
    fact: "Where the API server let anonymous users in, a DaemonSet named proxy-api ran the image pauseyyf/pause on \
           every node: a Dero miner named after the pause container. A rival replaced it with Monero.",
    url: "https://www.crowdstrike.com/en-us/blog/crowdstrike-discovers-first-ever-dero-cryptojacking-campaign-targeting-kubernetes/",
};

/// Bindings with a name like the system's.
pub static RBAC_BUSTER: Case = Case {
    name: "RBAC-Buster 2023",
    title: "First-Ever Attack Leveraging Kubernetes RBAC to Backdoor Clusters",
    publisher: "Aqua Security",
    date: "2023-04-21",
    fact: "The attackers made a ClusterRole of nearly all rights, a service account kube-controller in kube-system and \
           a binding system:controller:kube-controller, then a DaemonSet kube-controller with the look-alike image \
           kuberntesio/kube-controller:1.0.1, which mined Monero.",
    url: "https://www.aquasec.com/blog/leveraging-kubernetes-rbac-to-backdoor-clusters/",
};

/// Nothing on disk.
pub static PYLOOSE: Case = Case {
    name: "PyLoose 2023",
    title: "PyLoose: first Python-based fileless attack on cloud workloads",
    publisher: "Wiz",
    date: "2023-07",
    fact: "A service that strangers could use was made to fetch Python from the web, which unpacked XMRig and ran it \
           from memory, without a file on disk.",
    url: "https://www.wiz.io/blog/pyloose-first-python-based-fileless-attack-on-cloud-workloads",
};

/// On the host, not in the container.
pub static COMMANDO_CAT: Case = Case {
    name: "Commando Cat 2024",
    title: "The Nine Lives of Commando Cat: Analysing a Novel Malware Campaign Targeting Docker",
    publisher: "Cado Security",
    date: "2024-02-01",
    fact: "Through open Docker interfaces containers were started with the host's file system mounted; a series of \
           programs then ran on the host itself, hid processes behind bind mounts, and mined.",
    url: "https://www.cadosecurity.com/blog/the-nine-lives-of-commando-cat-analysing-a-novel-malware-campaign-targeting-docker",
};

/// Named like what every GPU cluster has.
pub static DERO_2024: Case = Case {
    name: "Dero 2024",
    title: "Dero cryptojacking campaign adapts to evade detection",
    publisher: "Wiz",
    date: "2024-06-12",
    fact: "Anonymous access to the API server was used to start DaemonSets named k8s-device-plugin and \
           pytorch-container from Docker Hub images; the miner had wallet and pool built in, so no argument gave it away.",
    url: "https://www.wiz.io/blog/dero-cryptojacking-campaign-adapts-to-evade-detection",
};

/// Test servers.
pub static SELENIUM_GREED: Case = Case {
    name: "SeleniumGreed 2024",
    title: "SeleniumGreed: threat actors exploit exposed Selenium Grid services for cryptomining",
    publisher: "Wiz",
    date: "2024-07-25",
    fact: "Selenium Grid servers without a password ran Python that fetched a changed XMRig, whose pool address was \
           worked out at run time.",
    url: "https://www.wiz.io/blog/seleniumgreed-cryptomining-exploit-attack-flow-remediation-steps",
};

/// A genuine publisher, a false image.
pub static KONG: Case = Case {
    name: "Kong 2024",
    title: "Unauthorized image of Kong Ingress Controller 3.4.0",
    publisher: "Kong",
    date: "2024-12-23",
    fact: "Somebody with stolen access published kong/kubernetes-ingress-controller:3.4.0 with a miner that spoke to \
           pool.supportxmr.com; 3.4.1 replaced it ten days later.",
    url: "https://github.com/Kong/kubernetes-ingress-controller/issues/6907",
};

/// A worm that needs no server.
pub static DERO_2025: Case = Case {
    name: "Dero 2025",
    title: "Dero miner zombies biting through Docker APIs to build a cryptojacking horde",
    publisher: "Kaspersky",
    date: "2025-05",
    fact: "Two programs named nginx and cloud: the first finds open Docker interfaces and copies both to new \
           containers there, the second mines Dero with an encrypted wallet and node address.",
    url: "https://securelist.com/dero-miner-infects-containers-through-docker-api/116546/",
};

/// Straight from the release page.
pub static JINX_0132: Case = Case {
    name: "JINX-0132 2025",
    title: "DevOps tools targeted for cryptojacking",
    publisher: "Wiz",
    date: "2025-06-02",
    fact: "Open Nomad, Consul, Docker and Gitea servers were told to fetch XMRig from its own release page on GitHub \
           and run it, so that no address of the attackers appeared.",
    url: "https://www.wiz.io/blog/jinx-0132-cryptojacking-campaign",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_complete_and_in_order() {
        let mut last = "";
        for case in CASES {
            assert!(case.url.starts_with("https://"), "{}", case.name);
            assert!(case.fact.ends_with('.'), "{}", case.name);
            assert!(!case.title.is_empty() && !case.publisher.is_empty());
            assert!(
                case.date.get(..7) >= last.get(..7.min(last.len())),
                "{} out of order",
                case.name
            );
            last = case.date;
        }
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = CASES.iter().map(|case| case.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CASES.len());
    }
}
