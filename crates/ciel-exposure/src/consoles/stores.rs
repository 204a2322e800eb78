//! Databases, queues and caches.

use super::{
    Console, Harm, consoles,
    login::{ASKS, LoginRule::Custom, NEVER, Sign::*, if_told, redis, told, unless},
};

/// Stores that strangers scan for: who finds one open reads it, or takes it hostage.
pub(super) static STORES: &[Console] = consoles! {
    "PostgreSQL", Store, unless(&[EnvIs("POSTGRES_HOST_AUTH_METHOD", "trust"), EnvIs("ALLOW_EMPTY_PASSWORD", "yes"),
            EnvIs("ALLOW_EMPTY_PASSWORD", "true")]), ports [5432], images ["=postgres", "bitnami/postgresql",
            "bitnamilegacy/postgresql", "postgis/postgis", "timescale/timescaledb", "pgvector/pgvector",
            "zalando/spilo", "cloudnative-pg/postgresql", "rhel8/postgresql-13", "rhel9/postgresql-15", "centos7/postgresql"],
        servers ["postgres", "entrypoint", "run.sh", "patroni"];
    "MySQL", Store, unless(&[EnvIs("MYSQL_ALLOW_EMPTY_PASSWORD", "yes"), EnvIs("MYSQL_ALLOW_EMPTY_PASSWORD", "true"),
            EnvIs("MYSQL_ALLOW_EMPTY_PASSWORD", "1"), EnvIs("ALLOW_EMPTY_PASSWORD", "yes"), Words("--skip-grant-tables")]),
        ports [3306], images ["=mysql", "mysql/mysql-server", "bitnami/mysql", "bitnamilegacy/mysql", "percona/percona-server",
            "=percona", "mysql/community-server"], servers ["mysqld", "entrypoint", "run.sh"];
    "MariaDB", Store, unless(&[EnvIs("MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", "yes"),
            EnvIs("MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", "true"), EnvIs("MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", "1"),
            EnvIs("MYSQL_ALLOW_EMPTY_PASSWORD", "yes"), EnvIs("MYSQL_ALLOW_EMPTY_PASSWORD", "true"),
            EnvIs("ALLOW_EMPTY_PASSWORD", "yes"), Words("--skip-grant-tables")]), ports [3306],
        images ["=mariadb", "bitnami/mariadb", "bitnamilegacy/mariadb", "linuxserver/mariadb"],
        servers ["mysqld", "mariadbd", "entrypoint", "run.sh"];
    "MongoDB", Store, told(&[Env("MONGO_INITDB_ROOT_USERNAME"), Env("MONGO_INITDB_ROOT_USERNAME_FILE"),
            Env("MONGODB_ROOT_PASSWORD"), Env("MONGODB_ROOT_PASSWORD_FILE"), Words("--auth"), Words("--keyFile"),
            Words("--config"), Words("-f "), Words("--clusterAuthMode"), EnvFrom], &[Words("--noauth"),
            EnvIs("ALLOW_EMPTY_PASSWORD", "yes")]), ports [27017], images ["=mongo", "bitnami/mongodb",
            "bitnamilegacy/mongodb", "percona/percona-server-mongodb", "mongodb/mongodb-community-server",
            "mongodb/mongodb-enterprise-server"], servers ["mongod", "mongos", "entrypoint", "run.sh"];
    "Redis", Store, Custom(redis), ports [6379], images ["=redis", "bitnami/redis",
            "bitnamilegacy/redis", "redis/redis-stack", "redis/redis-stack-server", "=valkey", "valkey/valkey",
            "bitnami/valkey", "eqalpha/keydb", "dragonflydb/dragonfly"],
        unless ["redis-sentinel", "--sentinel"], servers ["redis-server", "valkey-server", "keydb", "dragonfly", "entrypoint",
            "run", "start", "redis.conf"], other [16379, 26379, 9121];
    "Memcached", Store, if_told(&[Flag("-S"), Flag("-Y"), Env("MEMCACHED_PASSWORD"), EnvFrom]), ports [11211],
        images ["=memcached", "bitnami/memcached"], servers ["memcached", "entrypoint", "run.sh"];
    "Elasticsearch", Store, told(&[EnvIs("xpack.security.enabled", "true"), Env("ELASTIC_PASSWORD"),
            Env("ELASTICSEARCH_PASSWORD"), Mount("elasticsearch.yml"), Tag("8."), Tag("9."), EnvFrom],
            &[EnvIs("xpack.security.enabled", "false"), EnvIs("ES_SETTING_XPACK_SECURITY_ENABLED", "false"),
            Words("xpack.security.enabled=false")]), ports [9200], images ["elasticsearch/elasticsearch", "=elasticsearch",
            "elasticsearch/elasticsearch-oss", "bitnami/elasticsearch"], other [9300];
    "OpenSearch", Store, unless(&[EnvIs("DISABLE_SECURITY_PLUGIN", "true"), EnvIs("plugins.security.disabled", "true")]),
        ports [9200], images ["opensearchproject/opensearch", "bitnami/opensearch"], other [9300, 9600];
    "Apache Cassandra", Store, told(&[Mount("cassandra.yaml"), Env("CASSANDRA_AUTHENTICATOR"), Env("CASSANDRA_PASSWORD"),
            EnvFrom], &[]), ports [9042, 9160], images ["=cassandra", "bitnami/cassandra"],
        servers ["cassandra", "entrypoint", "run.sh"], other [7000, 7001, 7199];
    "ScyllaDB", Store, if_told(&[Flag("--authenticator"), Mount("scylla.yaml")]), ports [9042], images ["scylladb/scylla"],
        other [7000, 7001, 7199, 9180, 10000];
    "CouchDB", Store, if_told(&[Env("COUCHDB_USER"), Env("COUCHDB_PASSWORD"), Mount("local.ini"), Mount("local.d"), EnvFrom]),
        ports [5984], images ["=couchdb", "apache/couchdb", "bitnami/couchdb"], other [4369, 9100];
    "Couchbase", Store, ASKS, ports [8091, 8092, 8093, 11210], images ["couchbase/server", "=couchbase"];
    "InfluxDB", Store, told(&[Env("INFLUXDB_ADMIN_USER"), EnvIs("INFLUXDB_HTTP_AUTH_ENABLED", "true"),
            Env("DOCKER_INFLUXDB_INIT_PASSWORD"), Env("INFLUXDB_ADMIN_USER_PASSWORD"), Tag("2"), Tag("3"), EnvFrom],
            &[EnvIs("INFLUXDB_HTTP_AUTH_ENABLED", "false"), Words("--without-auth")]), ports [8086], images ["=influxdb",
            "bitnami/influxdb"];
    "ClickHouse", Store, if_told(&[Env("CLICKHOUSE_PASSWORD"), Env("CLICKHOUSE_ADMIN_PASSWORD"), Mount("users.xml"),
            Mount("users.d"), EnvFrom]), ports [8123, 9000], images ["=clickhouse", "clickhouse/clickhouse-server",
            "yandex/clickhouse-server", "bitnami/clickhouse", "altinity/clickhouse-server"], other [9009, 9363];
    "etcd", Store, if_told(&[Flag("--client-cert-auth"), EnvIs("ETCD_CLIENT_CERT_AUTH", "true"), Env("ETCD_ROOT_PASSWORD"),
            Flag("--config-file"), EnvFrom]), ports [2379], images ["etcd-development/etcd", "coreos/etcd", "bitnami/etcd",
            "=etcd", "etcd/etcd"], servers ["etcd", "entrypoint", "run.sh", "sh"], other [2380, 2381];
    "Apache ZooKeeper", Store, if_told(&[EnvIs("ZOO_ENABLE_AUTH", "yes"), Mount("jaas.conf"), EnvFrom]), ports [2181],
        images ["=zookeeper", "bitnami/zookeeper", "confluentinc/cp-zookeeper"], other [2888, 3888, 8080];
    "Apache Kafka", Store, if_told(&[Env("KAFKA_CLIENT_USERS"), Env("KAFKA_SASL_ENABLED_MECHANISMS"),
            Env("KAFKA_CFG_SASL_ENABLED_MECHANISMS"), Mount("server.properties"), Mount("jaas.conf"), EnvFrom]),
        ports [9092, 9094], images ["apache/kafka", "bitnami/kafka", "bitnamilegacy/kafka", "confluentinc/cp-kafka",
            "wurstmeister/kafka"], unless ["kafka-topics.sh", "kafka-console-consumer.sh"], other [9091, 9093, 9101];
    "RabbitMQ", Store, ASKS, ports [5672, 15672], images ["=rabbitmq", "bitnami/rabbitmq"], other [4369, 15692, 25672];
    "NATS", Store, if_told(&[Flag("--auth"), Flag("--user"), Flag("--config"), Flag("-c"), Mount("nats.conf"),
            Mount("nats-config")]), ports [4222], images ["=nats"], other [6222, 8222, 7777];
    "Microsoft SQL Server", Store, ASKS, ports [1433], images ["mssql/server", "mssql-server-linux"];
    "Oracle Database", Store, ASKS, ports [1521], images ["database/enterprise", "database/express", "gvenzl/oracle-xe",
            "gvenzl/oracle-free", "database/free"];
    "Neo4j", Store, unless(&[EnvIs("NEO4J_AUTH", "none")]), ports [7474, 7687], images ["=neo4j"];
    "ArangoDB", Store, unless(&[EnvIs("ARANGO_NO_AUTH", "1"), EnvIs("ARANGO_NO_AUTH", "true"),
            FlagIs("--server.authentication", "false")]), ports [8529], images ["=arangodb", "arangodb/arangodb"];
    "CockroachDB", Store, unless(&[FlagIs("--insecure", ""), Words("--insecure")]), ports [26257, 8080],
        images ["cockroachdb/cockroach"], servers ["cockroach", "start", "sh"];
    "RethinkDB", Store, if_told(&[Flag("--initial-password")]), ports [8080, 28015], images ["=rethinkdb"], other [29015];
    "TiDB", Store, ASKS, ports [4000], images ["pingcap/tidb"], other [10080];
    "Dgraph", Store, if_told(&[Flag("--security"), Flag("--acl")]), ports [8080, 9080], images ["dgraph/dgraph"];
    "Qdrant", Store, if_told(&[Env("QDRANT__SERVICE__API_KEY"), Mount("production.yaml"), Mount("config.yaml"), EnvFrom]),
        ports [6333, 6334], images ["qdrant/qdrant"], other [6335];
    "Weaviate", Store, told(&[EnvIs("AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED", "false"),
            EnvIs("AUTHENTICATION_APIKEY_ENABLED", "true"), EnvIs("AUTHENTICATION_OIDC_ENABLED", "true"), EnvFrom],
            &[EnvIs("AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED", "true")]), ports [8080, 50051],
        images ["semitechnologies/weaviate"];
    "Milvus", Store, if_told(&[Mount("milvus.yaml"), Mount("user.yaml"), EnvFrom]), ports [19530], images ["milvusdb/milvus"],
        other [9091];
    "Chroma", Store, if_told(&[Env("CHROMA_SERVER_AUTHN_PROVIDER"), Env("CHROMA_SERVER_AUTH_PROVIDER"), EnvFrom]),
        ports [8000], images ["chromadb/chroma", "chroma-core/chroma"];
    "MinIO", Store, ASKS, ports [9000, 9001], images ["minio/minio", "bitnami/minio"], servers ["minio", "entrypoint", "run.sh",
            "sh"];
    "SeaweedFS", Store, NEVER, ports [8333, 8888, 9333], images ["chrislusf/seaweedfs"], other [18888, 19333];
    "OpenLDAP", Store, ASKS, ports [389, 636, 1389, 1636], images ["osixia/openldap", "bitnami/openldap"];
};
