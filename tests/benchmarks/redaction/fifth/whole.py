"""Secrets whose place is a form of its own: addresses with credentials, headers, keys in armour, files of tools."""

from __future__ import annotations

import base64
from collections.abc import Callable
from urllib.parse import quote

from tests.benchmarks.redaction.fifth.drawing import Draw, Made
from tests.benchmarks.redaction.fifth.tools import (
    aws_file,
    docker_auth,
    kubeconfig,
    login_call,
    netrc,
    npmrc,
    option,
    pgpass,
    pypirc,
    service_account,
    tool_files,
    wp_config,
)


def url_password(d: Draw) -> Made:
    secret = quote(d.password("!#%*-_.@+=?"), safe="!*-_.=+")
    scheme = d.one(
        "postgres",
        "postgresql",
        "mysql",
        "mongodb",
        "mongodb+srv",
        "redis",
        "rediss",
        "amqp",
        "amqps",
        "mssql",
        "postgresql+asyncpg",
        "mysql+pymysql",
        "clickhouse",
        "ftp",
        "sftp",
        "smtp",
        "ldap",
        "nats",
        "mqtt",
        "cockroachdb",
        "https",
        "http",
        "socks5",
        "sqlserver",
        "oracle+cx_oracle",
        "jdbc:postgresql",
    )
    url = f"{scheme}://{d.user()}:{secret}@{d.host()}:{d.int(1000, 9999)}/{d.word()}{d.one('', '?sslmode=require', '?authSource=admin&retryWrites=true')}"
    return _addressed(d, url, secret)


def url_only_password(d: Draw) -> Made:
    secret = d.password("!*-_.")
    return _addressed(d, f"{d.one('redis', 'rediss')}://:{secret}@{d.host()}:6379/0", secret)


def url_token(d: Draw) -> Made:
    secret = d.an(40)
    url = d.one(
        f"https://{secret}@git.acme.example/acme/app.git",
        f"https://oauth2:{secret}@gitlab.acme.example/a/b.git",
        f"https://x-access-token:{secret}@github.com/a/b",
        f"https://{d.hex(32)}:{secret}@sentry.acme.example/42",
    )
    return _addressed(d, url, secret)


def _addressed(d: Draw, url: str, secret: str) -> Made:
    path, language, template = d.choice(
        (
            ("app.env", "none", "DATABASE_URL=«»\n"),
            ("app.env", "none", 'BROKER_URL="«»"\n'),
            ("db.py", "py", 'engine = create_engine("«»", echo=False)\n'),
            ("db.js", "js", "await mongoose.connect('«»');\n"),
            ("db.go", "go", 'db, err := sql.Open("driver", "«»")\n'),
            ("app.yaml", "yaml", "store:\n  url: «»\n"),
            ("app.json", "none", '{"url": "«»", "pool": 5}\n'),
            ("a.sh", "sh", "psql «» -c 'select 1'\n"),
            ("app.log", "none", "2026-01-02 10:00:01 ERROR cannot connect to «»: timed out\n"),
            ("alembic.ini", "none", "[alembic]\nsqlalchemy.url = «»\n"),
            ("README.md", "none", "Start it with `«»`.\n"),
            ("requirements.txt", "none", "flask==3.0\n--extra-index-url «»\n"),
            ("config", "none", '[remote "origin"]\n\turl = «»\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n'),
            ("Dockerfile", "none", "FROM a\nENV URL=«»\n"),
            ("a.rs", "rs", 'let pool = PgPool::connect("«»").await?;\n'),
            ("a.sh", "sh", "git clone «» && cd app\n"),
            ("a.txt", "none", "sqlalchemy.exc.OperationalError: (x) could not connect (Background: «»)\n"),
        )
    )
    return path, language, template.replace("«»", url), (secret,)


def connection_string(d: Draw) -> Made:
    secret = d.password("!#%*-_.@+?")
    text = d.choice(
        (
            f"Server=tcp:{d.host()},1433;Initial Catalog=app;User ID={d.user()};Password={secret};Encrypt=True;",
            f"Data Source={d.host()};Database=app;Uid={d.user()};Pwd={secret};",
            f"Driver={{ODBC Driver 18 for SQL Server}};Server={d.host()};UID={d.user()};PWD={secret}",
            f"host={d.host()} port=5432 dbname=app user={d.user()} password={secret} sslmode=require",
            f"Host={d.host()};Port=5432;Username={d.user()};Password={secret};Database=app",
            f"{d.host()}:6379,password={secret},ssl=True,abortConnect=False",
            f"jdbc:sqlserver://{d.host()}:1433;databaseName=app;user={d.user()};password={secret}",
            f"jdbc:mysql://{d.host()}:3306/app?user={d.user()}&password={quote(secret, safe='!*-_.')}",
        )
    )
    left = secret if secret in text else quote(secret, safe="!*-_.")
    frame = d.choice(
        (
            ("appsettings.json", "none", '{"ConnectionStrings": {"Default": "«»"}}\n'),
            ("Db.cs", "cs", 'var connection = "«»";\n'),
            ("a.py", "py", 'conn = psycopg2.connect("«»")\n'),
            (
                "web.config",
                "none",
                '<connectionStrings>\n  <add name="Main" connectionString="«»" providerName="System.Data.SqlClient"/>\n</connectionStrings>\n',
            ),
            ("Db.java", "java", 'DriverManager.getConnection("«»");\n'),
            ("a.ps1", "ps1", "$c = '«»'\n"),
        )
    )
    return frame[0], frame[1], frame[2].replace("«»", text), (left,)


def oracle(d: Draw) -> Made:
    secret = d.password("")
    text = d.one(
        f"jdbc:oracle:thin:{d.user()}/{secret}@{d.host()}:1521:orcl",
        f"sqlplus {d.user()}/{secret}@//{d.host()}:1521/orcl",
    )
    return "a.sh", "sh", text + "\n", (secret,)


def account_key(d: Draw) -> Made:
    key = d.b64(64)
    text = (
        f"DefaultEndpointsProtocol=https;AccountName={d.word()}store;AccountKey={key};EndpointSuffix=core.windows.net"
    )
    return d.one("a.env", "a.properties"), "none", f"STORAGE={text}\n", (key,)


def service_bus(d: Draw) -> Made:
    key = d.b64(32)
    return (
        "a.json",
        "none",
        f'{{"bus": "Endpoint=sb://{d.word()}.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={key}"}}\n',
        (key,),
    )


def bearer(d: Draw) -> Made:
    secret = d.choice((d.an(40), d.u(43), d.jwt(), d.hex(64), d.uuid()))
    path, language, template = d.choice(
        (
            ("a.sh", "sh", 'curl -H "Authorization: Bearer «»" https://api.acme.example/me\n'),
            ("a.py", "py", 'headers = {"Authorization": "Bearer «»"}\n'),
            ("a.js", "js", "fetch(url, { headers: { Authorization: `Bearer «»` } });\n"),
            ("a.http", "none", "GET /me HTTP/1.1\nHost: api.acme.example\nAuthorization: Bearer «»\n"),
            ("a.go", "go", 'req.Header.Add("Authorization", "Bearer «»")\n'),
            ("a.java", "java", '.addHeader("Authorization", "Token «»")\n'),
            ("a.yaml", "yaml", "headers:\n  Authorization: Bearer «»\n"),
            ("a.har", "none", '{"name": "authorization", "value": "Bearer «»"}\n'),
            ("a.log", "none", "> Authorization: Bearer «»\n> Accept: */*\n"),
            ("a.py", "py", 'session.headers.update({\n    "authorization": "token «»",\n})\n'),
            ("a.rb", "rb", "request['Authorization'] = \"Bearer «»\"\n"),
            ("a.php", "php", "$headers[] = 'Authorization: Bearer «»';\n"),
            (
                "a.json",
                "none",
                '{"request": {"auth": {"type": "bearer", "bearer": [{"key": "token", "value": "«»", "type": "string"}]}}}\n',
            ),
            ("a.py", "py", 'auth = "Bearer " + "«»"\n'),
        )
    )
    return path, language, template.replace("«»", secret), (secret,)


def basic(d: Draw) -> Made:
    pair = f"{d.user()}:{d.password('!#-_.')}"
    secret = base64.b64encode(pair.encode()).decode()
    template = d.one(
        'curl -H "Authorization: Basic «»" https://a.example\n',
        'headers = {"Authorization": "Basic «»"}\n',
        "Authorization: Basic «»\n",
        "proxy-authorization: basic «»\n",
        "auth = 'Basic «»'\n",
    )
    return d.one("a.sh", "a.py", "a.txt"), "none", template.replace("«»", secret), (secret,)


def key_header(d: Draw) -> Made:
    secret = d.choice((d.an(32), d.hex(32), d.uuid(), d.u(43)))
    name = d.one(
        "X-Api-Key",
        "x-api-key",
        "PRIVATE-TOKEN",
        "X-Auth-Token",
        "X-Vault-Token",
        "Ocp-Apim-Subscription-Key",
        "X-Auth-Key",
        "api-key",
        "X-Figma-Token",
        "X-Shopify-Access-Token",
        "X-Gitlab-Token",
        "X-Access-Token",
        "DD-API-KEY",
        "X-RapidAPI-Key",
        "X-Amz-Security-Token",
        "apikey",
        "X-Hub-Signature-Secret",
        "X-Goog-Api-Key",
        "x-functions-key",
        "Circle-Token",
    )
    template = d.one(
        'curl -H "«n»: «»" https://a.example\n',
        "curl --header '«n»: «»' https://a.example\n",
        'headers = {"«n»": "«»"}\n',
        "«n»: «»\n",
        'req.Header.Set("«n»", "«»")\n',
        "{ '«n»': '«»' }\n",
        'wget --header="«n»: «»" https://a.example\n',
        '{"name": "«n»", "value": "«»"}\n',
        'Invoke-RestMethod -Headers @{"«n»"="«»"}\n',
        "http https://a.example «n»:«»\n",
    )
    return d.one("a.sh", "a.js", "a.http"), "none", template.replace("«n»", name).replace("«»", secret), (secret,)


def cookie(d: Draw) -> Made:
    secret = d.choice((d.an(32), d.hex(40), d.u(60)))
    name = d.one(
        "sessionid",
        "connect.sid",
        "JSESSIONID",
        "PHPSESSID",
        "session",
        "laravel_session",
        "_app_session",
        "auth_token",
        "ASP.NET_SessionId",
        "sid",
        "remember_token",
        ".AspNetCore.Cookies",
    )
    template = d.one(
        "Cookie: theme=dark; «n»=«»; lang=en\n",
        "Set-Cookie: «n»=«»; Path=/; HttpOnly\n",
        "curl -b '«n»=«»' https://a.example\n",
        'cookies = {"«n»": "«»"}\n',
        'curl --cookie "«n»=«»; lang=de" https://a.example\n',
        "document.cookie = '«n»=«»';\n",
        ".a.example\tTRUE\t/\tTRUE\t1790000000\t«n»\t«»\n",
    )
    return "a.txt", "none", template.replace("«n»", name).replace("«»", secret), (secret,)


def presigned(d: Draw) -> Made:
    secret = d.choice((d.hex(64), quote(d.b64(32), safe="")))
    text = d.one(
        f"https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20260101T000000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature={secret}",
        f"https://a.blob.core.windows.net/c/f.zip?sp=r&st=2026-01-01&se=2027-01-01&spr=https&sv=2022-11-02&sr=b&sig={secret}",
        f"https://storage.googleapis.com/b/o?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Signature={secret}",
        f"https://d1.cloudfront.net/v.mp4?Expires=1790000000&Signature={secret}&Key-Pair-Id=K2",
    )
    return (
        "a.md",
        "none",
        d.one("See [the file](«»).\n", 'url = "«»"\n', "curl -O '«»'\n").replace("«»", text),
        (secret,),
    )


def link_token(d: Draw) -> Made:
    secret = d.choice((d.u(32), d.hex(40), d.uuid(), d.jwt()))
    url = f"https://app.acme.example/{d.one('reset?token=', 'invite?code=', 'verify?email=kim@example.com&token=', 'auth/callback?access_token=', 'cb#access_token=', 'api?apikey=', 'x?api_key=', 'hook?secret=', 'reset-password/', 'feed?auth_token=', 'cb?code=')}{secret}"
    return (
        d.one("mail.txt", "a.log", "a.py"),
        "none",
        d.one(
            f'<a href="{url}">Open</a>\n',
            f"GET {url} 200 in 12 ms\n",
            f'URL = "{url}"\n',
            f"Click {url} to continue.\n",
        ),
        (secret,),
    )


WHOLE: dict[str, Callable[[Draw], Made]] = {
    "url with password": url_password,
    "url with password only": url_only_password,
    "url with token": url_token,
    "connection string": connection_string,
    "oracle": oracle,
    "storage connection": account_key,
    "service bus": service_bus,
    "bearer": bearer,
    "basic": basic,
    "key header": key_header,
    "cookie": cookie,
    "login call": login_call,
    "option": option,
    "netrc": netrc,
    "npmrc": npmrc,
    "pypirc": pypirc,
    "pgpass": pgpass,
    "docker auth": docker_auth,
    "wp-config": wp_config,
    "kubeconfig": kubeconfig,
    "service account": service_account,
    "aws pair": aws_file,
    "presigned": presigned,
    "link token": link_token,
    "tool file": tool_files,
}
