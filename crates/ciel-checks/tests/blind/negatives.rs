//! Texts that look like credentials and are none.

use crate::maker::{Maker, base64};

type Build = fn(&mut Maker) -> String;

/// Name of the case, key in the ConfigMap, text.
pub(crate) const NEGATIVES: &[(&str, &str, Build)] = &[
    // Numbers that identify.
    ("uuid", "app.env", |m| {
        format!("TENANT_ID={}\nCLIENT_ID={}\n", m.uuid(), m.uuid())
    }),
    ("sha256 list", "sha256sums.txt", |m| {
        format!("{}  app.tar.gz\n{}  lib.tar.gz\n", m.hex(64), m.hex(64))
    }),
    ("git commit", "version.json", |m| {
        format!(
            "{{\"version\": \"1.4.2\", \"commit\": \"{}\"}}\n",
            m.hex(40)
        )
    }),
    ("image digest", "images.yaml", |m| {
        format!("app:\n  image: registry.k8s.io/app@sha256:{}\n", m.hex(64))
    }),
    ("npm integrity", "package-lock.json", |m| {
        format!(
            "{{\"packages\": {{\"node_modules/token-types\": {{\"version\": \"5.0.1\", \"integrity\": \"sha512-{}\"}}}}}}\n",
            m.base64(64)
        )
    }),
    ("go.sum", "go.sum", |m| {
        format!(
            "github.com/golang-jwt/jwt/v5 v5.2.1 h1:{}=\n",
            m.base64(32).trim_end_matches('=')
        )
    }),
    ("cargo checksum", "Cargo.lock", |m| {
        format!(
            "[[package]]\nname = \"secrecy\"\nchecksum = \"{}\"\n",
            m.hex(64)
        )
    }),
    ("etag and trace", "log.txt", |m| {
        format!(
            "etag=\"{}\" traceparent=00-{}-{}-01\n",
            m.hex(32),
            m.hex(32),
            m.hex(16)
        )
    }),
    ("ssh fingerprint", "known.txt", |m| {
        format!(
            "SHA256:{} deploy (ED25519)\n",
            m.base64(32).trim_end_matches('=')
        )
    }),
    ("ethereum address", "chain.yaml", |m| {
        format!(
            "contract: \"0x{}\"\ngenesis: \"0x{}\"\n",
            m.hex(40),
            m.hex(64)
        )
    }),
    ("grafana dashboard", "dashboard.json", |m| {
        format!(
            "{{\"uid\": \"{}\", \"panels\": [{{\"title\": \"Token errors\", \"expr\": \"sum(rate(auth_token_errors_total[5m]))\"}}]}}\n",
            m.alnum(12)
        )
    }),
    ("recaptcha site key", "web.js", |m| {
        format!("grecaptcha.render('x', {{sitekey: '6L{}'}});\n", m.url(38))
    }),
    ("stripe publishable", "web.env", |m| {
        format!("STRIPE_PUBLISHABLE={}{}\n", "pk_live_", m.alnum(24))
    }),
    // Encoded things that hide nothing.
    ("base64 of text", "motd.b64", |_| {
        base64(b"Welcome to the shop! Please report problems to the operators of the shop.")
    }),
    ("base64 png", "logo.yaml", |m| {
        format!("logo: data:image/png;base64,iVBORw0KGgo{}\n", m.base64(300))
    }),
    ("certificate", "ca.crt", |m| {
        m.pem("CERTIFICATE", &[0x30, 0x82, 0x03, 0x10, 0x30, 0x82], 788)
    }),
    ("public key", "jwt.pub", |m| {
        m.pem("PUBLIC KEY", &[0x30, 0x82, 0x01, 0x22, 0x30, 0x0d], 294)
    }),
    ("certificate request", "web.csr", |m| {
        m.pem("CERTIFICATE REQUEST", &[0x30, 0x82, 0x02], 600)
    }),
    ("dh parameters", "dhparam.pem", |m| {
        m.pem("DH PARAMETERS", &[0x30, 0x82, 0x01, 0x08], 268)
    }),
    ("pgp public key", "release.asc", |m| {
        m.pem("PGP PUBLIC KEY BLOCK", &[0x99, 0x01, 0x0d], 900)
    }),
    ("ssh public key", "authorized_keys", |m| {
        format!(
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{} ops@shop\n",
            m.alnum(43)
        )
    }),
    ("known hosts", "ssh_known_hosts", |m| {
        format!(
            "github.com ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAI{}=\n",
            m.alnum(103)
        )
    }),
    ("ca bundle in base64", "kubeconfig", |m| {
        let pem = m.pem("CERTIFICATE", &[0x30, 0x82, 0x03, 0x10], 788);
        format!(
            "apiVersion: v1\nkind: Config\nclusters:\n- name: a\n  cluster:\n    certificate-authority-data: {}\n    server: https://10.0.0.1:6443\n",
            base64(pem.as_bytes())
        )
    }),
    ("jwks", "jwks.json", |m| {
        format!(
            "{{\"keys\": [{{\"kty\": \"RSA\", \"kid\": \"{}\", \"use\": \"sig\", \"n\": \"{}\", \"e\": \"AQAB\"}}]}}\n",
            m.hex(20),
            m.url(342)
        )
    }),
    ("age recipient", ".sops.yaml", |m| {
        format!(
            "creation_rules:\n- age: age1{}\n",
            m.of("qpzry9x8gf2tvdw0s3jn54khce6mua7l", 58)
        )
    }),
    ("sops value", "secrets.enc.yaml", |m| {
        format!(
            "password: ENC[AES256_GCM,data:{},iv:{},tag:{},type:str]\n",
            m.base64(12),
            m.base64(32),
            m.base64(16)
        )
    }),
    ("sealed", "sealed.yaml", |m| {
        format!(
            "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nspec:\n  encryptedData:\n    password: AgB{}\n",
            m.alnum(340)
        )
    }),
    // Places where something will stand.
    ("aws example", "credentials", |_| {
        "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n".into()
    }),
    ("jwt.io example", "docs.md", |_| {
        format!(
            "Use eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.{}.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c\n",
            "eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ"
        )
    }),
    ("changeme", "app.env", |_| {
        "DB_PASSWORD=changeme\nADMIN_PASSWORD=<password>\nAPI_KEY=your-api-key-here\nTOKEN=xxxxxxxxxxxxxxxx\n".into()
    }),
    ("shell variables", "run.sh", |_| {
        "export PGPASSWORD=\"${DB_PASSWORD}\"\nTOKEN=$(cat /var/run/secrets/kubernetes.io/serviceaccount/token)\nSECRET=`openssl rand -base64 32`\nPASSWORD=\"$1\"\n".into()
    }),
    ("templates", "values.tpl", |_| {
        "password: {{ .Values.db.password | quote }}\ntoken: %{TOKEN}%\nsecret: @SECRET@\napiKey: #{ApiKey}#\nkey: __API_KEY__\n".into()
    }),
    ("spring defaults", "application.properties", |_| {
        "spring.datasource.password=${DB_PASSWORD:}\nspring.mail.password=${MAIL_PASSWORD:#{null}}\njasypt.encryptor.password=@vault.password@\n".into()
    }),
    ("empty", "values.yaml", |_| {
        "auth:\n  password: \"\"\n  token: null\n  secret: ~\n  existingSecret: shop-db\n  secretKey: postgres-password\n".into()
    }),
    ("urls without password", "urls.env", |_| {
        "A=postgres://shop@db/shop\nB=postgres://shop:${PW}@db/shop\nC=https://user:password@example.com/\nD=redis://redis:6379/0\nE=amqp://$(USER):$(PASS)@rabbit\n".into()
    }),
    ("placeholder tokens", "README.md", |_| {
        ["GITHUB_TOKEN=gh", "p_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\nSLACK=xoxb-your-token\nOPENAI_API_KEY=sk-...\nGOOGLE=AIzaSyXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX\n"].concat()
    }),
    ("wrong checksum", "t.txt", |m| {
        format!("{}{}\n", ["gh", "p_"].concat(), m.lower(36))
    }),
    ("vault references", "app.yaml", |_| {
        "password: vault:secret/data/shop#password\ntoken: ref+awssecrets://shop/token\napiKey: arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop-AbCdEf\nsecret: op://prod/shop/secret\nkey: sm://project/shop-key\n".into()
    }),
    ("pem placeholder", "key.pem", |_| {
        [
            "-----BEGIN RSA PRIV",
            "ATE KEY-----\n...\n-----END RSA PRIVATE KEY-----\n",
        ]
        .concat()
    }),
    // Names that say it, values that do not.
    ("admin email", "app.properties", |_| {
        "admin_email=admin@shop.io\nadmin.user=admin\nauth.username=shop\n".into()
    }),
    ("policy of passwords", "policy.yaml", |_| {
        "password_min_length: 12\npasswordPolicy: strict\npassword_expiry: 90d\nrequire_password: true\npassword_encryption: scram-sha-256\npassword_hash_algorithm: argon2id\n".into()
    }),
    ("oauth urls", "oidc.ini", |_| {
        "[auth.generic_oauth]\nauth_url = https://idp.shop.io/authorize\ntoken_url = https://idp.shop.io/token\ntoken_endpoint_auth_method = client_secret_post\nid_token_attribute_name = id\n".into()
    }),
    ("files of secrets", "app.conf", |_| {
        "ssl_certificate_key /etc/tls/tls.key;\npassword_file = /run/secrets/db\ntls.keystore.password.file=/etc/pw\ntoken_path: /var/run/secrets/token\nprivate-key-file: ./key.pem\n".into()
    }),
    ("names of secrets", "values.yaml", |_| {
        "secretName: shop-tls\nsecretRef:\n  name: shop-db\ntokenSecretName: api-token\npasswordSecret: shop-db-password\ncredentialsSecretKey: username\n".into()
    }),
    ("translations", "de.json", |_| {
        "{\"password\": \"Passwort\", \"passwordRepeat\": \"Passwort wiederholen\", \"invalidToken\": \"Das Token ist ungültig\", \"secret\": \"Geheimnis\"}\n".into()
    }),
    ("messages", "messages.properties", |_| {
        "login.password=Your password\nlogin.password.wrong=The password is wrong, try again\napi.token.expired=Token expired\n".into()
    }),
    ("schema", "openapi.yaml", |_| {
        "components:\n  schemas:\n    Login:\n      properties:\n        password:\n          type: string\n          format: password\n        token: {type: string}\n".into()
    }),
    ("schema in json", "schema.json", |_| {
        "{\"properties\": {\"password\": {\"type\": \"string\"}, \"secret\": \"string\", \"token\": \"string\"}}\n".into()
    }),
    ("comments", "app.ini", |_| {
        "; password = hunter2hunter2\n# token: ask the operators\n// secret: none\n".into()
    }),
    ("code in python", "hook.py", |_| {
        "password = os.environ[\"DB_PASSWORD\"]\ntoken = request.headers.get(\"X-Token\")\nsecret = config.secret\nkey = get_secret(name)\n".into()
    }),
    ("code in lua", "filter.lua", |_| {
        "local token = ngx.var.http_authorization\nif token == nil then return end\nlocal secret = os.getenv(\"SECRET\")\n".into()
    }),
    ("code in javascript", "app.js", |_| {
        "const password = process.env.DB_PASSWORD;\nlet apiKey = props.apiKey || '';\nthis.token = response.data.token;\n".into()
    }),
    ("sql", "init.sql", |_| {
        "CREATE TABLE users (name text, password varchar(255) NOT NULL, token uuid);\nALTER USER shop WITH PASSWORD :'pw';\n".into()
    }),
    ("scanner's own rules", "gitleaks.toml", |_| {
        "[[rules]]\nid = \"aws\"\nregex = '''AKIA[0-9A-Z]{16}'''\n[[rules]]\nid = \"github\"\nregex = '''ghp_[0-9a-zA-Z]{36}'''\n[[rules]]\nregex = '''-----BEGIN ((EC|RSA) )?PRIVATE KEY-----'''\n".into()
    }),
    ("grok patterns", "logstash.conf", |_| {
        "filter { grok { match => { \"message\" => \"password=%{DATA:pw} token=%{WORD:t}\" } } }\n"
            .into()
    }),
    ("docker config of helpers", "config.json", |_| {
        "{\"auths\": {\"registry.shop.io\": {}}, \"credHelpers\": {\"gcr.io\": \"gcloud\"}, \"credsStore\": \"ecr-login\"}\n".into()
    }),
    ("kubeconfig by file", "kubeconfig", |_| {
        "apiVersion: v1\nkind: Config\nusers:\n- name: sa\n  user:\n    tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token\n".into()
    }),
    ("workload identity", "wif.json", |_| {
        "{\"type\": \"external_account\", \"audience\": \"//iam.googleapis.com/projects/1/x\", \"token_url\": \"https://sts.googleapis.com/v1/token\", \"credential_source\": {\"file\": \"/var/run/secrets/tokens/gcp\"}}\n".into()
    }),
    ("supabase anon", "web.env", |m| {
        format!("ANON={}\n", m.jwt(r#"{"iss":"supabase","ref":"qhfzkrlqwnvpexmyusbd","role":"anon","iat":1700000000,"exp":2015360000}"#))
    }),
    ("booleans and numbers", "flags.env", |_| {
        "USE_TOKEN=true\nTOKEN_TTL=3600\nPASSWORD_ROTATION=30d\nSECRET_VERSION=latest\nAUTH_TYPE=basic\nAPI_KEY_HEADER=X-Api-Key\nTOKEN_AUDIENCE=sts.amazonaws.com\n".into()
    }),
    ("locales of keys", "keys.yaml", |_| {
        "key: app.kubernetes.io/name\npartition-key: customer_id\nprimary_key: order_number\nsort_key: created_at\ncache-key: homepage-products\n".into()
    }),
    ("prometheus", "prometheus.yml", |_| {
        "scrape_configs:\n- job_name: kubernetes-nodes\n  bearer_token_file: /var/run/secrets/kubernetes.io/serviceaccount/token\n  basic_auth:\n    username: prom\n    password_file: /etc/prom/pw\n".into()
    }),
    ("coredns", "Corefile", |_| {
        ".:53 {\n    errors\n    health {\n       lameduck 5s\n    }\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n       pods insecure\n    }\n    forward . /etc/resolv.conf\n}\n".into()
    }),
];
