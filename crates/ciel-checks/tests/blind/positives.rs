//! Texts with one credential each, in files as people put them into ConfigMaps.

use crate::maker::{Maker, base64};

/// A text, the credential in it, and the number of its line in the text, counted from zero.
pub(crate) struct Planted {
    pub(crate) text: String,
    pub(crate) secret: String,
}

type Build = fn(&mut Maker) -> Planted;

/// `{}` in the template is the place of the secret.
fn put(template: &str, secret: String) -> Planted {
    Planted {
        text: template.replacen("{}", &secret, 1),
        secret,
    }
}

/// Name of the case, key in the ConfigMap, text.
pub(crate) const POSITIVES: &[(&str, &str, Build)] = &[
    // Clouds.
    ("aws pair", "credentials", |m| {
        let id = format!("{}{}", "AK", "IA") + &m.upper(16);
        put(
            &format!(
                "[default]\naws_access_key_id = {id}\naws_secret_access_key = {{}}\nregion = eu-west-1\n"
            ),
            m.base64(30),
        )
    }),
    ("aws secret in properties", "app.properties", |m| {
        put(
            "server.port=8080\ncloud.aws.credentials.secretKey={}\n",
            m.base64(30),
        )
    }),
    ("aws access key id", "run.sh", |m| {
        put(
            "#!/bin/sh\nexport AWS_ACCESS_KEY_ID={}\nexec ./run\n",
            format!("{}{}", "AK", "IA") + &m.upper(16),
        )
    }),
    ("gcp service account", "key.json", |m| {
        let key = m.pem(
            "PRIVATE KEY",
            &[0x30, 0x82, 0x04, 0xbd, 2, 1, 0, 0x30, 0x0d],
            1217,
        );
        let flat = key.replace('\n', "\\n");
        let secret = flat.split("\\n").nth(3).unwrap().to_owned();
        let text = format!(
            "{{\n  \"type\": \"service_account\",\n  \"project_id\": \"shop\",\n  \"private_key_id\": \"{}\",\n  \"private_key\": \"{flat}\",\n  \"client_email\": \"ci@shop.iam.gserviceaccount.com\"\n}}\n",
            m.hex(40)
        );
        Planted { text, secret }
    }),
    ("google api key", "config.js", |m| {
        put(
            "window.config = {\n  mapsKey: \"{}\"\n};\n",
            ["AI", "za"].concat() + &m.url(35),
        )
    }),
    ("google oauth client", "client.json", |m| {
        put(
            "{\"web\": {\"client_id\": \"1.apps.googleusercontent.com\",\n\"client_secret\": \"{}\"}}\n",
            ["GOC", "SPX-"].concat() + &m.url(28),
        )
    }),
    ("azure storage", "storage.conf", |m| {
        put(
            "conn = DefaultEndpointsProtocol=https;AccountName=shop;AccountKey={};EndpointSuffix=core.windows.net\n",
            m.base64(64),
        )
    }),
    ("azure sas", "upload.yaml", |m| {
        put(
            "url: https://shop.blob.core.windows.net/in?sv=2022-11-02&ss=b&srt=sco&sp=rwdlac&se=2030-01-01T00:00:00Z&spr=https&sig={}\n",
            m.base64(32)
                .replace('+', "%2B")
                .replace('/', "%2F")
                .replace('=', "%3D"),
        )
    }),
    ("azure client secret", "azure.json", |m| {
        let secret = m.alnum(3) + "8Q~" + &m.url(34);
        put(
            "{\n  \"tenantId\": \"72f988bf-86f1-41af-91ab-2d7cd011db47\",\n  \"aadClientSecret\": \"{}\"\n}\n",
            secret,
        )
    }),
    ("digitalocean", "do.env", |m| {
        put("DO={}\n", ["dop", "_v1_"].concat() + &m.hex(64))
    }),
    ("alibaba", "oss.properties", |m| {
        let id = ["LT", "AI5t"].concat() + &m.alnum(18);
        put(
            &format!("accessKeyId={id}\naccessKeySecret={{}}\n"),
            m.alnum(30),
        )
    }),
    // Forges, registries, CI.
    ("github classic", "hook.sh", |m| {
        let token = m.checked(&["gh", "p_"].concat());
        put(
            "curl -H \"Authorization: token {}\" https://api.github.com/user\n",
            token,
        )
    }),
    ("github actions", "notes.txt", |m| {
        let token = m.checked(&["gh", "s_"].concat());
        put("the token is {} and lives an hour\n", token)
    }),
    ("github fine-grained", "config.yaml", |m| {
        let token = format!(
            "{}{}_{}",
            ["github", "_pat_"].concat(),
            m.alnum(22),
            m.alnum(59)
        );
        put("github:\n  auth: {}\n", token)
    }),
    ("gitlab", "gitlab.toml", |m| {
        put(
            "[api]\nkey = \"{}\"\n",
            ["gl", "pat-"].concat() + &m.url(20),
        )
    }),
    ("gitlab runner", "config.toml", |m| {
        put(
            "concurrent = 4\n[[runners]]\n  token = \"{}\"\n",
            ["gl", "rt-"].concat() + &m.url(20),
        )
    }),
    ("npm", ".npmrc", |m| {
        let token = m.checked(&["np", "m_"].concat());
        put(
            "registry=https://registry.npmjs.org/\n//registry.npmjs.org/:_authToken={}\n",
            token,
        )
    }),
    ("pypi", ".pypirc", |m| {
        put(
            "[pypi]\nusername = __token__\npassword = {}\n",
            ["py", "pi-AgEIcHlwaS5vcmc"].concat() + &m.url(140),
        )
    }),
    ("docker hub", "login.sh", |m| {
        put(
            "echo {} | docker login -u ci --password-stdin\n",
            ["dckr", "_pat_"].concat() + &m.url(27),
        )
    }),
    ("rubygems", "gem.yml", |m| {
        put(
            ":rubygems_api_key: {}\n",
            ["ruby", "gems_"].concat() + &m.hex(48),
        )
    }),
    ("terraform cloud", ".terraformrc", |m| {
        let token = format!(
            "{}{}{}",
            m.alnum(14),
            [".atlas", "v1."].concat(),
            m.alnum(67)
        );
        put(
            "credentials \"app.terraform.io\" {\n  token = \"{}\"\n}\n",
            token,
        )
    }),
    ("vault service token", "agent.hcl", |m| {
        put("token = \"{}\"\n", ["hv", "s.CAES"].concat() + &m.url(90))
    }),
    ("atlassian", "jira.properties", |m| {
        let token = ["ATATT3x", "FfGF0"].concat() + &m.url(171) + "=" + &m.hex(8).to_uppercase();
        put("jira.url=https://x.atlassian.net\njira.auth={}\n", token)
    }),
    // Models.
    ("openai project", "llm.yaml", |m| {
        let token = ["sk-", "proj-"].concat() + &m.url(74) + "T3Blbk" + "FJ" + &m.url(74);
        put("provider: openai\nkey: {}\n", token)
    }),
    ("anthropic", "llm.env", |m| {
        put(
            "CLAUDE={}\n",
            ["sk-", "ant-api03-"].concat() + &m.url(93) + "AA",
        )
    }),
    ("hugging face", "start.py", |m| {
        put(
            "from huggingface_hub import login\nlogin(\"{}\")\n",
            ["h", "f_"].concat() + &m.letters(34),
        )
    }),
    ("databricks", "databricks.cfg", |m| {
        put(
            "[DEFAULT]\nhost = https://x.cloud.databricks.com\ntoken = {}\n",
            ["da", "pi"].concat() + &m.hex(32),
        )
    }),
    // Messages, mail, payment.
    ("slack bot", "bot.json", |m| {
        let token = format!(
            "{}{}-{}-{}",
            ["xo", "xb-"].concat(),
            m.digits(12),
            m.digits(13),
            m.alnum(24)
        );
        put("{\"slack\": {\"bot\": \"{}\"}}\n", token)
    }),
    ("slack webhook", "alertmanager.yml", |m| {
        let path = format!("T0{}/B0{}/{}", m.upper(9), m.upper(9), m.alnum(24));
        Planted {
            text: format!(
                "receivers:\n- name: ops\n  slack_configs:\n  - api_url: https://hooks.{}/services/{path}\n",
                "slack.com"
            ),
            secret: path,
        }
    }),
    ("discord webhook", "notify.yaml", |m| {
        let path = format!("{}/{}", m.digits(18), m.url(68));
        Planted {
            text: format!("discord: https://{}/api/webhooks/{path}\n", "discord.com"),
            secret: path,
        }
    }),
    ("telegram bot", "bot.env", |m| {
        put("BOT={}\n", format!("{}:AA{}", m.digits(10), m.url(33)))
    }),
    ("stripe live", "shop.ini", |m| {
        put(
            "[stripe]\nkey = {}\n",
            ["sk", "_live_"].concat() + &m.alnum(24),
        )
    }),
    ("stripe restricted", "billing.yaml", |m| {
        put("stripe: {}\n", ["rk", "_live_51"].concat() + &m.alnum(97))
    }),
    ("twilio", "sms.properties", |m| {
        let sid = "AC".to_owned() + &m.hex(32);
        put(
            &format!("twilio.account_sid={sid}\ntwilio.auth_token={{}}\n"),
            m.hex(32),
        )
    }),
    ("sendgrid", "mail.conf", |m| {
        put("relay = {}\n", format!("SG.{}.{}", m.url(22), m.url(43)))
    }),
    ("mailgun", "mail.toml", |m| {
        put("[mailgun]\nkey = \"{}\"\n", "key-".to_owned() + &m.hex(32))
    }),
    ("mailchimp", "news.yaml", |m| {
        put("mailchimp: {}\n", m.hex(32) + "-us12")
    }),
    ("shopify", "shop.env", |m| {
        put("SHOP={}\n", ["shp", "at_"].concat() + &m.hex(32))
    }),
    ("grafana service account", "grafana.yaml", |m| {
        put(
            "grafana:\n  auth: {}\n",
            format!("{}{}_{}", ["gl", "sa_"].concat(), m.alnum(32), m.hex(8)),
        )
    }),
    ("new relic", "newrelic.yml", |m| {
        put(
            "common:\n  key: {}\n",
            ["NR", "AK-"].concat() + &m.upper(27),
        )
    }),
    // Keys.
    ("rsa key", "tls.key", |m| {
        let text = m.pem(
            "RSA PRIVATE KEY",
            &[0x30, 0x82, 0x04, 0xa4, 2, 1, 0, 2, 0x82, 1, 1],
            1192,
        );
        Planted {
            secret: text.lines().nth(4).unwrap().to_owned(),
            text,
        }
    }),
    ("ssh key", "id_ed25519", |m| {
        let text = m.pem(
            "OPENSSH PRIVATE KEY",
            b"openssh-key-v1\0\0\0\0\x04none\0\0\0\x04none",
            360,
        );
        Planted {
            secret: text.lines().nth(3).unwrap().to_owned(),
            text,
        }
    }),
    ("ec key in yaml", "values.yaml", |m| {
        let pem = m.pem("EC PRIVATE KEY", &[0x30, 0x77, 2, 1, 1, 4, 0x20], 121);
        let secret = pem.lines().nth(1).unwrap().to_owned();
        let text = format!(
            "signing:\n  key: |\n    {}\n",
            pem.trim_end().replace('\n', "\n    ")
        );
        Planted { text, secret }
    }),
    ("age key", "keys.txt", |m| {
        put(
            "# created: 2024-05-01T10:00:00Z\n# public key: age1x\n{}\n",
            m.age(),
        )
    }),
    ("jwt", "client.env", |m| {
        let token = m.jwt(r#"{"iss":"https://issuer.shop.internal","sub":"svc-7731","scope":"write","iat":1700000000}"#);
        put("UPSTREAM=https://x.internal\nAUTH={}\n", token)
    }),
    ("supabase service role", "web.env", |m| {
        let token = m.jwt(r#"{"iss":"supabase","ref":"qhfzkrlqwnvpexmyusbd","role":"service_role","iat":1700000000,"exp":2015360000}"#);
        put("SUPABASE={}\n", token)
    }),
    // Connection strings and files of clients.
    ("postgres", "db.env", |m| {
        put(
            "DB=postgres://shop:{}@db.shop.svc:5432/shop?sslmode=require\n",
            m.alnum(18),
        )
    }),
    ("mongodb", "settings.json", |m| {
        put(
            "{\"mongo\": \"mongodb+srv://app:{}@cluster0.k1x2y.mongodb.net/shop\"}\n",
            m.alnum(16),
        )
    }),
    ("redis without user", "cache.yaml", |m| {
        put("cache: redis://:{}@redis:6379/0\n", m.alnum(20))
    }),
    ("amqp", "queue.toml", |m| {
        put(
            "[queue]\nurl = \"amqp://worker:{}@rabbit:5672/%2f\"\n",
            m.alnum(14),
        )
    }),
    ("jdbc", "application.yml", |m| {
        put(
            "spring:\n  datasource:\n    url: jdbc:mysql://db:3306/shop?user=shop&password={}\n",
            m.alnum(15),
        )
    }),
    ("ado.net", "appsettings.json", |m| {
        put(
            "{\"ConnectionStrings\": {\"Main\": \"Server=tcp:sql,1433;Database=shop;User ID=shop;Password={};Encrypt=True\"}}\n",
            m.password(),
        )
    }),
    ("kubeconfig token", "kubeconfig", |m| {
        put(
            "apiVersion: v1\nkind: Config\nclusters: []\nusers:\n- name: ci\n  user:\n    token: {}\n",
            m.url(48),
        )
    }),
    ("kubeconfig client key", "config", |m| {
        let pem = m.pem(
            "RSA PRIVATE KEY",
            &[0x30, 0x82, 0x04, 0xa4, 2, 1, 0, 2, 0x82, 1, 1],
            1192,
        );
        put(
            "apiVersion: v1\nkind: Config\nusers:\n- name: admin\n  user:\n    client-key-data: {}\n",
            base64(pem.as_bytes()),
        )
    }),
    ("docker config", "config.json", |m| {
        let auth = base64(format!("ci-bot:{}", m.alnum(20)).as_bytes());
        put(
            "{\"auths\": {\"registry.shop.io\": {\n\"auth\": \"{}\"}}}\n",
            auth,
        )
    }),
    ("url with password", "pip.conf", |m| {
        put(
            "[global]\nindex-url = https://ci:{}@pypi.shop.io/simple\n",
            m.alnum(22),
        )
    }),
    ("netrc", ".netrc", |m| {
        put("machine git.shop.io login ci password {}\n", m.alnum(19))
    }),
    ("pgpass", ".pgpass", |m| {
        put("db.shop.svc:5432:shop:shop:{}\n", m.alnum(17))
    }),
    // Names that say so.
    ("properties", "application.properties", |m| {
        put(
            "spring.datasource.username=shop\nspring.datasource.password={}\n",
            m.password(),
        )
    }),
    ("yaml", "config.yml", |m| {
        put(
            "smtp:\n  host: mail.shop.io\n  password: \"{}\"\n",
            m.password(),
        )
    }),
    ("json", "config.json", |m| {
        put(
            "{\n  \"db\": {\"user\": \"shop\", \"pass\": \"{}\"}\n}\n",
            m.alnum(16),
        )
    }),
    ("xml", "settings.xml", |m| {
        put(
            "<server>\n  <id>nexus</id>\n  <password>{}</password>\n</server>\n",
            m.alnum(16),
        )
    }),
    ("redis.conf", "redis.conf", |m| {
        put("appendonly yes\nrequirepass {}\n", m.alnum(24))
    }),
    ("php", "wp-config.php", |m| {
        put("<?php\ndefine('DB_PASSWORD', '{}');\n", m.password())
    }),
    ("bearer in nginx", "nginx.conf", |m| {
        put(
            "location / {\n  proxy_set_header Authorization \"Bearer {}\";\n}\n",
            m.alnum(40),
        )
    }),
    ("django", "settings.py", |m| {
        put(
            "DEBUG = False\nSECRET_KEY = 'django-insecure-{}'\n",
            m.of("abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)", 50),
        )
    }),
];
