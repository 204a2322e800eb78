use ciel_mining::{Verdict, assess, signals_in_text};

/// Files of every cluster, shortened.
#[test]
fn files_of_every_cluster_are_innocent() {
    for text in [
        "",
        "#!/bin/sh\nset -e\nsysctl -w net.core.somaxconn=1024\nmkdir -p /tmp/x\ncp /tmp/x/a /usr/bin/a\nexec /usr/bin/a -o out -u user -p 80\n",
        "#!/bin/bash\ncurl -fsSL https://get.helm.sh/helm.tgz | tar xz\nexec \"$@\"\n",
        ".:53 {\n errors\n health\n kubernetes cluster.local\n forward . /etc/resolv.conf\n cache 30\n}\n",
        "worker_processes 4;\nupstream pool { server a:3333; }\n",
        "global:\n  scrape_interval: 15s\nscrape_configs:\n- job_name: x\n  static_configs: [{targets: ['a:9100']}]\n",
        "{\"algo\": \"round-robin\", \"pool\": \"a:80\", \"user\": \"b\", \"url\": \"http://c\"}",
        "SHELL=/bin/sh\n*/5 * * * * root /usr/bin/backup.sh\n",
        "wallet: enabled\ncoin: EUR\ncurrency: USD\nworkers: 3\n",
        "randomx: 1\n",
        "nicehash: false\n",
        "rig: a\nalgorithm: sha256\n",
    ] {
        let signals = signals_in_text(text);
        assert_eq!(assess(&signals), Verdict::Clean, "{text}\n{signals:#?}");
    }
}
