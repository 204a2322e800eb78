use ciel_mining::{Verdict, assess, signals_in_text};

fn check(text: &str) {
    let signals = signals_in_text(text);
    assert_eq!(assess(&signals), Verdict::Clean, "{text}\n{signals:#?}");
}

#[test]
fn rules_that_look_for_miners_are_innocent() {
    check(
        "- list: miner_domains\n  items: [\"pool.minexmr.com\", \"xmr.crypto-pool.fr\", \"pool.supportxmr.com\"]\n- rule: Detect crypto miners using the Stratum protocol\n  condition: spawned_process and (proc.cmdline contains \"stratum+tcp\" or proc.cmdline contains \"stratum2+tcp\" or proc.cmdline contains \"xmrig --donate-level 1 -o pool.supportxmr.com:443\")\n",
    );
    check(
        "rule xmrig {\n meta:\n  author = \"x\"\n strings:\n  $a = \"stratum+tcp://\"\n  $b = \"--donate-level\"\n  $c = \"xmrig\"\n  $d = \"pool.minexmr.com:4444\"\n condition:\n  any of them\n}",
    );
    check(
        "title: Miner\nlogsource:\n  product: linux\ndetection:\n  selection:\n    CommandLine|contains:\n      - ' --cpu-priority='\n      - '--donate-level='\n      - 'stratum+tcp://'\n      - 'pool.minexmr.com:4444'\n  condition: selection\nlevel: high\n",
    );
    check(
        "groups:\n- name: security\n  rules:\n  - alert: CryptoMiner\n    expr: sum(rate(process_cpu{comm=~\"xmrig|minerd|cpuminer\"}[5m])) > 0\n    for: 5m\n    labels:\n      severity: critical\n    annotations:\n      summary: miner xmrig to pool.minexmr.com:4444\n",
    );
    check(
        "alert dns $HOME_NET any -> any 53 (msg:\"miner\"; dns_query; content:\"pool.minexmr.com\"; classtype:x; sid:1;)\nalert tcp any any -> any any (msg:\"stratum\"; content:\"mining.subscribe\"; flow:established; sid:2;)\n",
    );
    check(
        "apiVersion: cilium.io/v1alpha1\nkind: TracingPolicy\nspec:\n  kprobes:\n  - call: sys_execve\n    selectors:\n    - matchArgs:\n      - values: [\"xmrig\", \"minerd\"]\n",
    );
    check(
        "package k8s\ndeny[msg] { contains(input.review.object.spec.containers[_].image, \"xmrig\"); msg := \"xmrig\" }\nviolation[{\"msg\": msg}] { contains(x, \"stratum+tcp://pool.minexmr.com:4444\") }",
    );
}

#[test]
fn block_lists_are_innocent() {
    check("0.0.0.0 coinhive.com\n0.0.0.0 pool.minexmr.com\n0.0.0.0 supportxmr.com\n");
    check("127.0.0.1 localhost\n127.0.0.1 pool.supportxmr.com\n");
    check("||coinhive.com^\n||minexmr.com^$third-party\n");
    check(
        "minexmr.com:53 {\n  template ANY ANY minexmr.com. { rcode NXDOMAIN }\n}\n# block supportxmr.com\n",
    );
    check("xmrig\nkinsing\nkdevtmpfsi\nmasscan\nhttp://194.38.20.199/kinsing\n");
    check("- xmrig\n- nbminer\n- nmap\n");
    check("xmrig\nminerd\ncpuminer\nethminer\nkinsing\nkdevtmpfsi\n");
    check(
        "pool.minexmr.com:4444\nxmr.nanopool.org:14444\npool.supportxmr.com:3333\nxmr-eu.dwarfpool.com:8005\nmine.moneropool.com:3333\n",
    );
    check("blocked_processes:\n- xmrig\n- minerd\n- t-rex\n");
}

#[test]
fn prose_about_miners_is_innocent() {
    check("We found XMRig on the node. It connected to pool.supportxmr.com and mined Monero.");
    check(
        "Donate: BTC 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa, XMR 888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H",
    );
    check(
        "{\"contract\": \"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\", \"url\": \"https://x\", \"user\": \"a\", \"pass\": \"b\", \"pools\": []}",
    );
    check(
        "- name: ethermine\n  url: https://api.ethermine.org/miner/0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed/dashboard\n",
    );
    check("server 0.pool.ntp.org iburst\nlocal stratum 10\n");
    check("pools:\n  - url: postgres://db\n    user: a\n    pass: b\n");
    check("[mysqld]\nhuge-pages=on\nthreads=8\n");
}
