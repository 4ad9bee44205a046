"""Secrets that their surroundings tell: keys in blocks, addresses with credentials, headers, cookies, files of known tools.

Every maker gives (language of the file, snippet, the pieces that must not survive).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

from .drawing import (
    B64,
    DIGIT,
    HEX,
    LOWER_NUM,
    UPPER_NUM,
    URL,
    WORD,
    Rng,
    b64_bytes,
    b64_text,
    jwt,
    password,
    pem,
    pem_body,
    some,
    url_password,
    uuid,
    word,
)

Made = tuple[str, str, tuple[str, ...]]
Maker = Callable[[Rng], Made]


def _user(rng: Rng) -> str:
    return rng.choice(["app", "svc_orders", "admin", "root", "deploy", "jenkins", "reporting", "web"])


def _host(rng: Rng) -> str:
    return rng.choice(
        ["db.acme.internal", "pg-01", "10.0.3.7", "localhost", "orders.acme.dev", "cache.acme.io", "127.0.0.1"]
    )


def _body_pieces(block: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in block.splitlines() if line.strip() and not line.startswith(("-", "PuTTY")))


def pem_block(rng: Rng) -> Made:
    label = rng.choice(
        [
            "RSA PRIVATE KEY",
            "EC PRIVATE KEY",
            "DSA PRIVATE KEY",
            "PRIVATE KEY",
            "ENCRYPTED PRIVATE KEY",
            "OPENSSH PRIVATE KEY",
        ]
    )
    block = pem(rng, label, rng.randint(4, 26), "b3BlbnNzaC1rZXktdjEAAAAA" if "OPENSSH" in label else "MII")
    pieces = _body_pieces(block)
    style = rng.randrange(7)
    if style == 0:
        return "document", block, pieces
    if style == 1:
        return "yaml", "tls.key: |\n" + "\n".join("  " + line for line in block.splitlines()), pieces
    if style == 2:
        return "python", f'PRIVATE_KEY = """{block}\n"""', pieces
    if style == 3:
        return "javascript", "const key = `" + block + "`;", pieces
    if style == 4:
        return (
            "terraform",
            "private_key = <<-EOT\n" + "\n".join("    " + line for line in block.splitlines()) + "\n  EOT",
            pieces,
        )
    if style == 5:
        return "go", "const key = `" + block + "\n`", pieces
    return "shell", f"cat > key.pem <<'EOT'\n{block}\nEOT", pieces


def pem_line(rng: Rng) -> Made:
    block = pem(rng, rng.choice(["RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY"]), rng.randint(3, 12))
    line = block.replace("\n", "\\n")
    pieces = _body_pieces(block)
    style = rng.randrange(5)
    if style == 0:
        return "dotenv", f'SIGNING_KEY="{line}\\n"', pieces
    if style == 1:
        return (
            "json",
            json.dumps(
                {"client_email": "svc@acme-prod.iam.gserviceaccount.com", "private_key": block + "\n"}, indent=2
            ),
            pieces,
        )
    if style == 2:
        return "javascript", f"const key = '{line}';", pieces
    if style == 3:
        rows = " +\n  ".join(f'"{row}\\n"' for row in block.splitlines())
        return "java", f"String key = {rows};", pieces
    rows = "\n".join(f'    "{row}\\n"' for row in block.splitlines())
    return "c", f"static const char key_pem[] =\n{rows};", pieces


def pem_cut(rng: Rng) -> Made:
    rows = pem(
        rng, rng.choice(["RSA PRIVATE KEY", "PRIVATE KEY", "OPENSSH PRIVATE KEY"]), rng.randint(8, 20)
    ).splitlines()
    rows = rows[:-1] if rng.random() < 0.5 else rows[rng.randint(1, 4) :]
    block = "\n".join(rows)
    return "document", block, _body_pieces(block)


def pgp_or_putty(rng: Rng) -> Made:
    if rng.random() < 0.5:
        body = pem_body(rng, 10)
        return (
            "document",
            f"-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n{body}\n=aB3x\n-----END PGP PRIVATE KEY BLOCK-----",
            _body_pieces(body),
        )
    body = pem_body(rng, 8)
    mac = some(rng, HEX, 64)
    text = f"PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: deploy\nPrivate-Lines: 8\n{body}\nPrivate-MAC: {mac}"
    return "document", text, _body_pieces(body)


def database_url(rng: Rng) -> Made:
    secret = url_password(rng)
    scheme = rng.choice(
        [
            "postgres",
            "postgresql",
            "mysql",
            "mongodb+srv",
            "mongodb",
            "redis",
            "amqp",
            "postgresql+asyncpg",
            "mysql+pymysql",
            "mssql",
            "rediss",
            "clickhouse",
            "nats",
            "ftp",
            "sftp",
            "smtp",
            "ldap",
            "couchdb",
            "snowflake",
            "cockroachdb",
        ]
    )
    user = "" if scheme.startswith("redis") and rng.random() < 0.7 else _user(rng)
    url = f"{scheme}://{user}:{secret}@{_host(rng)}:{rng.randint(1000, 9999)}/{rng.choice(['app', 'orders', '0', 'prod?sslmode=require'])}"
    language, text = rng.choice(
        [
            ("dotenv", f"DATABASE_URL={url}"),
            ("python", f'engine = create_engine("{url}", pool_size=5)'),
            ("yaml", f"    environment:\n      - DATABASE_URL={url}"),
            ("javascript", f"mongoose.connect('{url}');"),
            ("java", f'private static final String URL = "{url}";'),
            ("go", f'db, err := sql.Open("pgx", "{url}")'),
            ("rust", f'let pool = PgPool::connect("{url}").await?;'),
            ("ini", f"sqlalchemy.url = {url}"),
            ("shell", f"psql {url} -c 'select 1'"),
            ("shell", f"pg_dump --dbname={url} > dump.sql"),
            ("ruby", f"url: <%= ENV.fetch('DATABASE_URL') {{ '{url}' }} %>"),
            ("log", f"2026-03-02 ERROR could not connect to {url}: timeout"),
            ("csharp", f'var uri = new Uri("{url}");'),
            ("php", f"'dsn' => '{url}',"),
            ("document", f"Connect with `{url}`."),
            ("toml", f'database_url = "{url}"'),
        ]
    )
    return language, text, (secret,)


def web_url(rng: Rng) -> Made:
    secret = rng.choice([url_password(rng), some(rng, WORD, 20), some(rng, HEX, 40)])
    user = rng.choice([_user(rng), "oauth2", "x-access-token", "git", "__token__", "gitlab-ci-token"])
    host = rng.choice(
        [
            "git.acme.dev/team/app.git",
            "nexus.acme.io/repository/npm/",
            "pypi.acme.io/simple",
            "api.acme.io/v1",
            "proxy.acme.io:3128",
            "registry.acme.io/v2/",
        ]
    )
    url = f"https://{user}:{secret}@{host}"
    language, text = rng.choice(
        [
            ("shell", f"git clone {url}"),
            ("shell", f"git remote set-url origin {url}"),
            ("ini", f'[remote "origin"]\n\turl = {url}\n\tfetch = +refs/heads/*:refs/remotes/origin/*'),
            ("ini", f"[global]\nindex-url = {url}"),
            ("document", f"--extra-index-url {url}\nrequests==2.32.3"),
            ("shell", f"export HTTPS_PROXY={url}"),
            ("json", f'  "repository": "{url}",'),
            ("yaml", f"  source: {url}"),
            ("dockerfile", f"RUN pip install --index-url {url} acme-core"),
            ("document", f"{url}"),
            ("python", f'requests.get("{url}/items")'),
            ("toml", f'url = "{url}"'),
        ]
    )
    return language, text, (secret,)


def connection_string(rng: Rng) -> Made:
    secret = url_password(rng)
    key = rng.choice(["Password", "Pwd", "password", "PWD"])
    host, user = _host(rng), _user(rng)
    core = rng.choice(
        [
            f"Server={host};Database=Orders;User Id={user};{key}={secret};Encrypt=true",
            f"Data Source={host},1433;Initial Catalog=Orders;User ID={user};{key}={secret}",
            f"Driver={{ODBC Driver 18 for SQL Server}};Server={host};UID={user};{key}={secret}",
            f"host={host} port=5432 dbname=orders user={user} password={secret} sslmode=require",
            f"Host={host};Username={user};{key}={secret};Port=5432",
            f"{host}:6379,password={secret},ssl=True,abortConnect=False",
            f"jdbc:sqlserver://{host}:1433;databaseName=orders;user={user};password={secret}",
            f"jdbc:mysql://{host}:3306/orders?user={user}&password={secret}&useSSL=false",
            f"jdbc:oracle:thin:{user}/{secret}@//{host}:1521/ORCL",
            f"{user}:{secret}@tcp({host}:3306)/orders?parseTime=true",
        ]
    )
    language, text = rng.choice(
        [
            ("json", f'"ConnectionStrings": {{ "Default": "{core}" }}'),
            ("csharp", f'services.AddDbContext<Db>(o => o.UseSqlServer("{core}"));'),
            ("xml", f'<add name="Default" connectionString="{core}" providerName="System.Data.SqlClient" />'),
            ("python", f'conn = connect("{core}")'),
            ("dotenv", f"DB_DSN={core}" if " " not in core else f'DB_DSN="{core}"'),
            ("properties", f"db.url={core}"),
            ("go", f'db, err := sql.Open("driver", "{core}")'),
            ("yaml", f'  dsn: "{core}"'),
            ("java", f'DriverManager.getConnection("{core}");'),
            ("log", f"2026-03-02 ERROR cannot open '{core}'"),
        ]
    )
    return language, text, (secret,)


def azure_connection(rng: Rng) -> Made:
    key = b64_bytes(rng, rng.choice([64, 32]))
    core = rng.choice(
        [
            f"DefaultEndpointsProtocol=https;AccountName=acmeprod;AccountKey={key};EndpointSuffix=core.windows.net",
            f"Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey={key}",
            f"AccountEndpoint=https://acme.documents.azure.com:443/;AccountKey={key};",
            f"HostName=acme.azure-devices.net;DeviceId=dev1;SharedAccessKey={key}",
        ]
    )
    language, text = rng.choice(
        [
            ("json", f'"AzureWebJobsStorage": "{core}"'),
            ("dotenv", f'AZURE_CONN="{core}"'),
            ("python", f'client = from_connection_string("{core}")'),
            ("yaml", f'  connection: "{core}"'),
            ("csharp", f'var client = new BlobServiceClient("{core}");'),
        ]
    )
    return language, text, (key,)


def presigned_url(rng: Rng) -> Made:
    which = rng.randrange(4)
    if which == 0:
        signature = some(rng, HEX, 64)
        url = f"https://acme-prod.s3.amazonaws.com/a/b.zip?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20260302T114209Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature={signature}"
    elif which == 1:
        signature = some(rng, WORD, 40) + "%2B" + "%3D"
        url = f"https://acme.blob.core.windows.net/c/f.csv?sv=2024-11-04&se=2026-12-01T00%3A00%3A00Z&sr=b&sp=r&sig={signature}"
    elif which == 2:
        signature = some(rng, HEX, 512)
        url = f"https://storage.googleapis.com/acme/x.bin?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Expires=900&X-Goog-Signature={signature}"
    else:
        signature = some(rng, URL, 120)
        url = f"https://d1x2y3.cloudfront.net/v.mp4?Expires=1790000000&Signature={signature}&Key-Pair-Id=K2JCJMDEHXQW5F"
    language, text = rng.choice(
        [
            ("shell", f'curl -o out.zip "{url}"'),
            ("python", f'URL = "{url}"'),
            ("document", url),
            ("log", f"GET {url} 200"),
            ("json", f'"download": "{url}"'),
            ("javascript", f"const u = '{url}';"),
        ]
    )
    return language, text, (signature,)


def link_token(rng: Rng) -> Made:
    token = rng.choice([some(rng, HEX, 40), some(rng, URL, 43), some(rng, WORD, 32), uuid(rng)])
    name = rng.choice(
        [
            "token",
            "access_token",
            "reset_token",
            "invite_token",
            "api_key",
            "apikey",
            "auth",
            "key",
            "code",
            "session",
            "secret",
            "password_reset_token",
            "confirmation_token",
        ]
    )
    path = {"code": "oauth/callback?state=x&code=", "key": "maps/api/js?libraries=places&key="}.get(
        name, f"{rng.choice(['reset', 'invite', 'v1/items', 'verify', 'feed'])}?{name}="
    )
    url = f"https://app.acme.io/{path}{token}"
    language, text = rng.choice(
        [
            ("document", f"Open {url} to go on."),
            ("python", f'LINK = "{url}"'),
            ("log", f'10.0.0.7 - - [02/Mar/2026:11:42:09 +0000] "GET /{url.split("/", 3)[3]} HTTP/1.1" 200 512'),
            ("xml", f'<a href="{url}">Reset</a>'),
            ("javascript", f"fetch('{url}')"),
            ("shell", f"curl '{url}'"),
            ("json", f'"callback": "{url}"'),
        ]
    )
    return language, text, (token,)


def bearer(rng: Rng) -> Made:
    token = rng.choice(
        [some(rng, URL, 43), some(rng, HEX, 40), some(rng, WORD, 64), jwt(rng), uuid(rng), some(rng, WORD, 24)]
    )
    scheme = rng.choice(["Bearer", "Bearer", "Bearer", "Token", "token", "bearer", "ApiKey", "Api-Key"])
    language, text = rng.choice(
        [
            ("shell", f'curl -H "Authorization: {scheme} {token}" https://api.acme.io/v1/items'),
            ("shell", f"http GET api.acme.io/items 'Authorization:{scheme} {token}'"),
            ("python", f'headers = {{"Authorization": "{scheme} {token}", "Accept": "application/json"}}'),
            ("python", f'session.headers.update({{"Authorization": f"{scheme} {token}"}})'),
            ("python", f'headers["authorization"] = "{scheme} " + "{token}"'),
            ("javascript", f"headers: {{ Authorization: `{scheme} {token}` }},"),
            ("javascript", f"axios.defaults.headers.common['Authorization'] = '{scheme} {token}';"),
            ("javascript", f"req.setRequestHeader('Authorization', '{scheme} ' + '{token}');"),
            ("go", f'req.Header.Add("Authorization", "{scheme} {token}")'),
            ("java", f'.header("Authorization", "{scheme} {token}")'),
            (
                "csharp",
                f'client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("{scheme}", "{token}");',
            ),
            ("rust", f'.header(AUTHORIZATION, "{scheme} {token}")'),
            ("rust", f'.bearer_auth("{token}")'),
            ("php", f"'Authorization: {scheme} {token}',"),
            ("ruby", f"request['Authorization'] = '{scheme} {token}'"),
            ("swift", f'request.setValue("{scheme} {token}", forHTTPHeaderField: "Authorization")'),
            ("http", f"GET /v1/items HTTP/1.1\nHost: api.acme.io\nAuthorization: {scheme} {token}"),
            ("log", f"> authorization: {scheme} {token}"),
            ("log", f"DEBUG headers=[Accept: */*, Authorization: {scheme} {token}]"),
            ("yaml", f'  headers:\n    Authorization: "{scheme} {token}"'),
            ("yaml", f"    auth_header: {scheme} {token}"),
            ("json", f'"headers": {{ "Authorization": "{scheme} {token}" }}'),
            ("json", f'{{"key": "Authorization", "value": "{scheme} {token}", "type": "text"}}'),
            ("nginx", f'proxy_set_header Authorization "{scheme} {token}";'),
            ("ini", f'[http "https://git.acme.dev/"]\n\textraheader = AUTHORIZATION: {scheme} {token}'),
        ]
    )
    return language, text, (token,)


def basic_auth(rng: Rng) -> Made:
    user, secret = _user(rng), password(rng)
    blob = b64_text(f"{user}:{secret}")
    style = rng.randrange(9)
    if style == 0:
        return "shell", f"curl -H 'Authorization: Basic {blob}' https://api.acme.io", (blob,)
    if style == 1:
        return "python", f'headers = {{"Authorization": "Basic {blob}"}}', (blob,)
    if style == 2:
        return "json", f'{{"auths": {{"registry.acme.io": {{"auth": "{blob}"}}}}}}', (blob,)
    if style == 3:
        return "shell", f"curl -u '{user}:{secret}' https://api.acme.io/v1/items", (secret,)
    if style == 4:
        return "shell", f'curl --user "{user}:{secret}" -X DELETE https://api.acme.io/v1/items/4', (secret,)
    if style == 5:
        return "python", f'requests.get(url, auth=("{user}", "{secret}"), timeout=5)', (secret,)
    if style == 6:
        return "shell", f"wget --http-user={user} --http-password='{secret}' https://api.acme.io/x", (secret,)
    if style == 7:
        return "javascript", f"auth: {{ username: '{user}', password: '{secret}' }},", (secret,)
    return "python", f'auth = HTTPBasicAuth("{user}", "{secret}")', (secret,)


def cookie(rng: Rng) -> Made:
    value = rng.choice(
        [
            some(rng, URL, 32),
            some(rng, LOWER_NUM, 26),
            some(rng, HEX, 32),
            "s%3A" + some(rng, WORD, 32) + "." + some(rng, WORD, 43),
        ]
    )
    name = rng.choice(
        [
            "sessionid",
            "PHPSESSID",
            "JSESSIONID",
            "connect.sid",
            "_gitlab_session",
            "session",
            "sid",
            "laravel_session",
            "auth_token",
            "ASP.NET_SessionId",
            "remember_token",
            "__Host-session",
            "csrftoken",
            "_session_id",
        ]
    )
    language, text = rng.choice(
        [
            ("shell", f"curl -b '{name}={value}; theme=dark' https://app.acme.io/"),
            ("shell", f'curl -H "Cookie: theme=dark; {name}={value}" https://app.acme.io/'),
            ("shell", f"curl --cookie {name}={value} https://app.acme.io/"),
            ("http", f"GET / HTTP/1.1\nHost: app.acme.io\nCookie: {name}={value}; lang=de"),
            ("log", f"Set-Cookie: {name}={value}; Path=/; HttpOnly"),
            ("python", f'cookies = {{"{name}": "{value}"}}'),
            ("python", f'client.cookies.set("{name}", "{value}")'),
            ("javascript", f'document.cookie = "{name}={value}; path=/";'),
            ("json", f'{{"name": "{name}", "value": "{value}", "domain": "app.acme.io"}}'),
            ("document", f"app.acme.io\tFALSE\t/\tTRUE\t1790000000\t{name}\t{value}"),
        ]
    )
    return language, text, (value,)


def kubernetes(rng: Rng) -> Made:
    secrets = [password(rng), some(rng, HEX, 40)]
    blobs = [b64_text(secret) for secret in secrets]
    rows = "\n".join(
        f"  {key}: {blob}"
        for key, blob in zip(
            rng.sample(["password", "token", "username-db", "DB_PASS", "api-key", "config"], 2), blobs, strict=True
        )
    )
    return (
        "yaml",
        f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\n  namespace: prod\ntype: Opaque\ndata:\n{rows}",
        tuple(blobs),
    )


def kubeconfig(rng: Rng) -> Made:
    key = b64_text("-----BEGIN RSA PRIVATE KEY-----\n" + pem_body(rng, 6) + "\n-----END RSA PRIVATE KEY-----\n")
    token = jwt(rng, iss="kubernetes/serviceaccount")
    if rng.random() < 0.5:
        return "yaml", f"users:\n- name: admin\n  user:\n    client-key-data: {key}", (key,)
    return "yaml", f"users:\n- name: admin\n  user:\n    token: {token}", (token,)


def service_account(rng: Rng) -> Made:
    key = pem(rng, "PRIVATE KEY", 26)
    identity = some(rng, HEX, 40)
    data = {
        "type": "service_account",
        "project_id": "acme-prod",
        "private_key_id": identity,
        "private_key": key + "\n",
        "client_email": "svc@acme-prod.iam.gserviceaccount.com",
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    return "json", json.dumps(data, indent=2), (identity, *_body_pieces(key))


def password_hash(rng: Rng) -> Made:
    salt64 = "./" + WORD
    value = rng.choice(
        [
            f"$2b$12${some(rng, salt64, 53)}",
            f"$2y$10${some(rng, salt64, 53)}",
            f"$6${some(rng, salt64, 16)}${some(rng, salt64, 86)}",
            f"$5$rounds=5000${some(rng, salt64, 16)}${some(rng, salt64, 43)}",
            f"$1${some(rng, salt64, 8)}${some(rng, salt64, 22)}",
            f"$apr1${some(rng, salt64, 8)}${some(rng, salt64, 22)}",
            f"$argon2id$v=19$m=65536,t=3,p=4${some(rng, B64, 22)}${some(rng, B64, 43)}",
            f"pbkdf2_sha256$600000${some(rng, WORD, 22)}${some(rng, B64, 43)}=",
            f"{{SSHA}}{b64_bytes(rng, 24)}",
            f"$P$B{some(rng, salt64, 30)}",
            f"scrypt:32768:8:1${some(rng, WORD, 16)}${some(rng, HEX, 128)}",
            f"SCRAM-SHA-256$4096:{b64_bytes(rng, 16)}${b64_bytes(rng, 32)}:{b64_bytes(rng, 32)}",
        ]
    )
    language, text = rng.choice(
        [
            ("document", f"deploy:{value}"),
            ("document", f"deploy:{value}:19700:0:99999:7:::"),
            ("sql", f"INSERT INTO users (login, hash) VALUES ('{word(rng)}', '{value}');"),
            ("python", f'HASH = "{value}"'),
            ("yaml", f'  password: "{value}"'),
            ("yaml", f"    basicAuth: 'admin:{value}'"),
            ("json", f'"hash": "{value}"'),
        ]
    )
    return language, text, (value,)


def tool_file(rng: Rng) -> Made:
    secret = url_password(rng)
    token = some(rng, WORD, 36)
    user, host = _user(rng), "git.acme.dev"
    return rng.choice(
        [
            ("document", f"machine {host}\nlogin {user}\npassword {secret}", (secret,)),
            ("document", f"machine {host} login {user} password {secret}", (secret,)),
            ("document", f"{_host(rng)}:5432:orders:{user}:{secret}", (secret,)),
            ("document", f"*:5432:*:{user}:{secret}", (secret,)),
            ("ini", f"//npm.acme.io/:_authToken={token}\nregistry=https://npm.acme.io/", (token,)),
            (
                "ini",
                f"//npm.acme.io/:_password={b64_text(secret)}\n//npm.acme.io/:username={user}",
                (b64_text(secret),),
            ),
            ("ini", f"_auth={b64_text(user + ':' + secret)}\nalways-auth=true", (b64_text(user + ":" + secret),)),
            ("ini", f"[pypi]\nusername = {user}\npassword = {secret}", (secret,)),
            ("ini", f"[client]\nuser={user}\npassword={secret}", (secret,)),
            (
                "ini",
                f"[default]\naws_access_key_id = AKIA{some(rng, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}\naws_secret_access_key = {(raw := some(rng, B64, 40))}",
                (raw,),
            ),
            (
                "ini",
                f"[Interface]\nAddress = 10.8.0.2/24\nPrivateKey = {(raw := b64_bytes(rng, 32))}\n\n[Peer]\nAllowedIPs = 0.0.0.0/0",
                (raw,),
            ),
            ("ini", f"[Peer]\nPresharedKey = {(raw := b64_bytes(rng, 32))}\nEndpoint = vpn.acme.io:51820", (raw,)),
            ("document", f"https://{user}:{secret}@{host}", (secret,)),
            (
                "json",
                f'{{"auths": {{"https://index.docker.io/v1/": {{"auth": "{b64_text(user + ":" + secret)}"}}}}}}',
                (b64_text(user + ":" + secret),),
            ),
            (
                "xml",
                f"<server>\n  <id>nexus</id>\n  <username>{user}</username>\n  <password>{secret}</password>\n</server>",
                (secret,),
            ),
            (
                "xml",
                f'<packageSourceCredentials>\n  <acme>\n    <add key="Username" value="{user}" />\n    <add key="ClearTextPassword" value="{secret}" />\n  </acme>\n</packageSourceCredentials>',
                (secret,),
            ),
            ("toml", f'[registries.acme]\nindex = "https://crates.acme.io/index"\ntoken = "{token}"', (token,)),
            ("toml", f'[http-basic.acme]\nusername = "{user}"\npassword = "{secret}"', (secret,)),
            ("document", f"user {user}\npass {secret}", (secret,)),
            ("document", f'network={{\n    ssid="acme-office"\n    psk="{secret}"\n}}', (secret,)),
            ("document", f"username={user}\npassword={secret}\ndomain=ACME", (secret,)),
            ("ini", f"[{host}]\ntype = webdav\nuser = {user}\npass = {secret}", (secret,)),
            ("document", f"requirepass {secret}\nmaxmemory 2gb", (secret,)),
            (
                "document",
                f'sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="{user}" password="{secret}";',
                (secret,),
            ),
            ("document", f'{user} : PSK "{secret}"', (secret,)),
            ("document", f"snmp-server community {token} RO", (token,)),
            ("json", f'{{"github-oauth": {{"github.com": "{token}"}}}}', (token,)),
            (
                "json",
                f'{{"http-basic": {{"repo.acme.io": {{"username": "{user}", "password": "{secret}"}}}}}}',
                (secret,),
            ),
            ("yaml", f"github.com:\n    user: {user}\n    oauth_token: {token}\n    git_protocol: https", (token,)),
            ("yaml", f":rubygems_api_key: {token}", (token,)),
            (
                "properties",
                f"signing.keyId=24875D73\nsigning.password={secret}\nsigning.secretKeyRingFile=/x.gpg",
                (secret,),
            ),
            (
                "properties",
                f"storePassword={secret}\nkeyPassword={secret}\nkeyAlias=upload\nstoreFile=upload.jks",
                (secret,),
            ),
        ]
    )


def ansible_vault(rng: Rng) -> Made:
    rows = [some(rng, DIGIT, 80) for _ in range(rng.randint(4, 9))]
    if rng.random() < 0.5:
        return "document", "$ANSIBLE_VAULT;1.1;AES256\n" + "\n".join(rows), tuple(rows)
    return (
        "yaml",
        "db_password: !vault |\n          $ANSIBLE_VAULT;1.1;AES256\n" + "\n".join("          " + row for row in rows),
        tuple(rows),
    )


def openvpn_key(rng: Rng) -> Made:
    rows = [some(rng, HEX, 32) for _ in range(16)]
    return (
        "document",
        "<tls-auth>\n-----BEGIN OpenVPN Static key V1-----\n"
        + "\n".join(rows)
        + "\n-----END OpenVPN Static key V1-----\n</tls-auth>",
        tuple(rows),
    )


def seed_phrase(rng: Rng) -> Made:
    words = "abandon ability cage dance eagle fabric galaxy habit icon jacket kangaroo label machine narrow oak pact quality rabbit saddle table ugly vacuum wage yard zebra zone anchor basket canvas dolphin elbow fence glove hammer island jungle kite lemon mirror nephew".split()
    phrase = " ".join(rng.choice(words) for _ in range(rng.choice([12, 12, 24])))
    name = rng.choice(["MNEMONIC", "SEED_PHRASE", "mnemonic", "walletSeed", "recovery phrase"])
    language, text = rng.choice(
        [
            ("dotenv", f'MNEMONIC="{phrase}"'),
            ("javascript", f"const mnemonic = '{phrase}';"),
            ("document", f"{name}: {phrase}"),
            ("python", f'SEED_PHRASE = "{phrase}"'),
            ("yaml", f"mnemonic: {phrase}"),
            ("json", f'"mnemonic": "{phrase}"'),
        ]
    )
    return language, text, (phrase,)


def byte_array(rng: Rng) -> Made:
    raw = rng.randbytes(rng.choice([16, 32]))
    commas = ", ".join(f"0x{byte:02x}" for byte in raw)
    decimals = ", ".join(str(byte) for byte in raw)
    language, text, piece = rng.choice(
        [
            ("c", f"static const uint8_t aes_key[{len(raw)}] = {{ {commas} }};", commas),
            ("java", f"private static final byte[] SECRET_KEY = {{ {decimals} }};", decimals),
            ("go", f"var encryptionKey = []byte{{{commas}}}", commas),
            (
                "python",
                "SECRET_KEY = b'" + "".join(f"\\x{byte:02x}" for byte in raw) + "'",
                "".join(f"\\x{byte:02x}" for byte in raw),
            ),
            ("rust", f"const SIGNING_KEY: [u8; {len(raw)}] = [{commas}];", commas),
            ("javascript", f"const secretKey = Uint8Array.from([{decimals}]);", decimals),
            ("csharp", f"private static readonly byte[] EncryptionKey = new byte[] {{ {commas} }};", commas),
            ("python", f'ENCRYPTION_KEY = bytes.fromhex("{raw.hex()}")', raw.hex()),
        ]
    )
    return language, text, (piece,)


def sql_user(rng: Rng) -> Made:
    secret, user = url_password(rng), _user(rng)
    text = rng.choice(
        [
            f"CREATE USER {user} WITH PASSWORD '{secret}';",
            f"CREATE USER '{user}'@'%' IDENTIFIED BY '{secret}';",
            f"ALTER ROLE {user} WITH LOGIN ENCRYPTED PASSWORD '{secret}';",
            f'ALTER USER {user} IDENTIFIED BY "{secret}";',
            f"CREATE LOGIN {user} WITH PASSWORD = N'{secret}', CHECK_POLICY = OFF;",
            f"SET PASSWORD FOR '{user}'@'localhost' = PASSWORD('{secret}');",
            f"GRANT ALL ON app.* TO '{user}'@'%' IDENTIFIED BY '{secret}';",
            f"CREATE USER MAPPING FOR {user} SERVER s OPTIONS (user '{user}', password '{secret}');",
            f"SELECT dblink_connect('host=db1 user={user} password={secret}');",
            f"SELECT crypt('{secret}', gen_salt('bf')); -- password",
            f"INSERT INTO users (email, password) VALUES ('{user}', '{secret}');",
            f"UPDATE users SET password = MD5('{secret}') WHERE login = '{user}';",
        ]
    )
    return "sql", text, (secret,)


def login_call(rng: Rng) -> Made:
    secret, user = password(rng), _user(rng)
    language, text = rng.choice(
        [
            ("python", f'server.login("{user}", "{secret}")'),
            ("python", f'smtp.login(user="{user}", password="{secret}")'),
            ("python", f'ssh.connect("{_host(rng)}", username="{user}", password="{secret}")'),
            ("python", f'conn = pymysql.connect("{_host(rng)}", "{user}", "{secret}", "orders")'),
            ("python", f'self.client.login(username="{user}", password="{secret}")'),
            ("python", f'user.set_password("{secret}")'),
            ("java", f'DriverManager.getConnection(url, "{user}", "{secret}");'),
            ("java", f'new PasswordAuthentication("{user}", "{secret}".toCharArray());'),
            ("java", f'auth.inMemoryAuthentication().withUser("{user}").password("{{noop}}{secret}").roles("ADMIN");'),
            ("php", f"mysqli_connect('{_host(rng)}', '{user}', '{secret}', 'orders');"),
            ("php", f"$db = new mysqli('{_host(rng)}', '{user}', '{secret}');"),
            ("csharp", f'smtp.Credentials = new NetworkCredential("{user}", "{secret}");'),
            ("go", f'auth := smtp.PlainAuth("", "{user}", "{secret}", "mail.acme.io")'),
            ("go", f'req.SetBasicAuth("{user}", "{secret}")'),
            ("javascript", f"await signIn('{user}', '{secret}');"),
            ("javascript", f"const db = new Sequelize('orders', '{user}', '{secret}', {{ host: '{_host(rng)}' }});"),
            ("ruby", f"http.basic_auth '{user}', '{secret}'"),
            ("perl", f"DBI->connect('dbi:mysql:orders', '{user}', '{secret}');"),
            ("rust", f'.basic_auth("{user}", Some("{secret}"))'),
            ("kotlin", f'Credentials.basic("{user}", "{secret}")'),
            ("c", f'WiFi.begin("acme-office", "{secret}");'),
            ("c", f'mysql_real_connect(conn, "{_host(rng)}", "{user}", "{secret}", "orders", 0, NULL, 0);'),
        ]
    )
    return language, text, (secret,)


def cli_password(rng: Rng) -> Made:
    secret, user = url_password(rng), _user(rng)
    text = rng.choice(
        [
            f"mysql -u {user} -p{secret} orders < dump.sql",
            f"mysqldump -h {_host(rng)} -u{user} -p'{secret}' orders",
            f"PGPASSWORD={secret} psql -h {_host(rng)} -U {user}",
            f"PGPASSWORD='{secret}' pg_dump orders",
            f"sshpass -p '{secret}' ssh {user}@{_host(rng)}",
            f"sshpass -p {secret} scp a.tgz {user}@{_host(rng)}:/tmp",
            f"docker login -u {user} -p {secret} registry.acme.io",
            f"echo {secret} | docker login -u {user} --password-stdin",
            f"echo '{secret}' | sudo -S systemctl restart app",
            f"redis-cli -h {_host(rng)} -a {secret} ping",
            f"REDISCLI_AUTH={secret} redis-cli ping",
            f"openssl enc -aes-256-cbc -in a -out b -k {secret}",
            f"openssl rsa -in k.pem -passin pass:{secret}",
            f"zip -P {secret} out.zip file",
            f"7z a -p{secret} out.7z dir",
            f"keytool -genkey -storepass {secret} -keypass {secret} -alias app",
            f"mongo --username {user} --password {secret} orders",
            f"sqlcmd -S {_host(rng)} -U sa -P '{secret}' -Q 'select 1'",
            f"ldapsearch -x -D cn=admin -w {secret} -b dc=acme",
            f"net use X: \\\\srv\\share {secret} /user:{user}",
            f"rabbitmqctl add_user {user} {secret}",
            f"htpasswd -b .htpasswd {user} {secret}",
            f'echo "{user}:{secret}" | chpasswd',
            f"smbclient //srv/share -U {user}%{secret}",
            f"lftp -u {user},{secret} ftp.acme.io",
            f"influx -username {user} -password '{secret}'",
            f"nmcli dev wifi connect acme-office password {secret}",
            f"expect -c 'spawn su; expect Password:; send \"{secret}\\r\"'",
            f"cypher-shell -u neo4j -p {secret}",
            f"ansible all -m ping -e ansible_become_pass={secret}",
        ]
    )
    return "shell", text, (secret,)


def free_password(rng: Rng) -> Made:
    """Passwords in prose: chat, tickets, comments. Ninety in a hundred is what is asked for here."""
    secret, user = password(rng), _user(rng)
    language, text = rng.choice(
        [
            ("document", f"The password for the staging box is {secret}"),
            ("document", f"Login: {user} / {secret}"),
            ("document", f"user: {user}\npassword: {secret}"),
            ("document", f"Credentials: {user} / {secret}"),
            ("document", f"Use `{secret}` as the password."),
            ("document", f"Das Passwort lautet {secret}"),
            ("document", f"Passwort: {secret}"),
            ("document", f"Le mot de passe est {secret}"),
            ("document", f"La contraseña es {secret}"),
            ("document", f"log in as {user} with password {secret}"),
            ("document", f"pw: {secret}"),
            ("document", f"pwd = {secret}"),
            ("python", f"# the admin password is {secret}"),
            ("python", f"# TODO remove: password {secret}"),
            ("java", f"// login with {user} / {secret}"),
            ("javascript", f"// pass: {secret}"),
            ("c", f"/* default password: {secret} */"),
            ("sql", f"-- password for {user}: {secret}"),
            ("yaml", f"# root password: {secret}"),
            ("shell", f"# pw is {secret}"),
            ("document", f"wifi password: {secret}"),
            ("document", f"Username: {user}\nPassword: {secret}\nURL: https://app.acme.io"),
            ("document", f"| user | password |\n|---|---|\n| {user} | {secret} |"),
            ("document", f"@anna the new db password is `{secret}`, old one stops tonight"),
            ("log", f"Password for user {user} set to {secret}"),
            ("log", f"Generated password: {secret}"),
            ("document", f"Mein PW: {secret}"),
        ]
    )
    return language, text, (secret,)


def encoded_variable(rng: Rng) -> Made:
    secret = rng.choice([password(rng), f"password={password(rng)}", json.dumps({"api_key": some(rng, WORD, 32)})])
    blob = b64_text(secret)
    language, text = rng.choice(
        [
            ("dotenv", f"DB_PASSWORD_B64={blob}"),
            ("shell", f"echo {blob} | base64 -d > /run/password"),
            ("python", f'password = base64.b64decode("{blob}").decode()'),
            ("javascript", f"const password = atob('{blob}');"),
            ("go", f'password, _ := base64.StdEncoding.DecodeString("{blob}")'),
            ("yaml", f"secret_base64: {blob}"),
            ("csharp", f'var password = Encoding.UTF8.GetString(Convert.FromBase64String("{blob}"));'),
        ]
    )
    return language, text, (blob,)


def sentry_dsn(rng: Rng) -> Made:
    key, secret = some(rng, HEX, 32), some(rng, HEX, 32)
    url = f"https://{key}:{secret}@o{some(rng, DIGIT, 6)}.ingest.sentry.io/{some(rng, DIGIT, 7)}"
    return rng.choice(["python", "dotenv"]), f"SENTRY_DSN={url}", (secret,)


def otp_uri(rng: Rng) -> Made:
    secret = some(rng, UPPER_NUM.translate(str.maketrans("", "", "0189")), 32)
    uri = f"otpauth://totp/Acme:deploy?secret={secret}&issuer=Acme"
    language, text = rng.choice(
        [
            ("document", uri),
            ("python", f'URI = "{uri}"'),
            ("json", f'"otp": "{uri}"'),
            ("python", f'totp = pyotp.TOTP("{secret}")'),
        ]
    )
    return language, text, (secret,)


def aws_pair(rng: Rng) -> Made:
    key, secret = "AKIA" + some(rng, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16), some(rng, B64, 40)
    language, text = rng.choice(
        [
            ("python", f'boto3.client("s3", aws_access_key_id="{key}", aws_secret_access_key="{secret}")'),
            ("python", f'Session("{key}", "{secret}")'),
            ("java", f'new BasicAWSCredentials("{key}", "{secret}");'),
            ("javascript", f"credentials: {{ accessKeyId: '{key}', secretAccessKey: '{secret}' }},"),
            ("go", f'credentials.NewStaticCredentials("{key}", "{secret}", "")'),
            ("document", f"Access key ID,Secret access key\n{key},{secret}"),
            ("json", f'{{"AccessKeyId": "{key}", "SecretAccessKey": "{secret}"}}'),
            ("php", f"'credentials' => ['key' => '{key}', 'secret' => '{secret}'],"),
            ("csharp", f'new BasicAWSCredentials("{key}", "{secret}")'),
            ("rust", f'Credentials::new("{key}", "{secret}", None, None, "static")'),
            ("document", f"{key}:{secret}"),
        ]
    )
    return language, text, (key, secret)


def private_jwk(rng: Rng) -> Made:
    def value(count: int) -> str:
        return base64.urlsafe_b64encode(rng.randbytes(count)).decode().rstrip("=")

    if rng.random() < 0.5:
        secret = value(32)
        return "json", json.dumps({"kty": "oct", "kid": "k1", "alg": "HS256", "k": secret}), (secret,)
    secret = value(32)
    return (
        "json",
        json.dumps({"kty": "EC", "crv": "P-256", "x": value(32), "y": value(32), "d": secret}, indent=2),
        (secret,),
    )


MAKERS: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        pem_block, pem_line, pem_cut, pgp_or_putty, database_url, web_url, connection_string, azure_connection, presigned_url, link_token,
        bearer, basic_auth, cookie, kubernetes, kubeconfig, service_account, password_hash, tool_file, ansible_vault, openvpn_key,
        seed_phrase, byte_array, sql_user, login_call, cli_password, free_password, encoded_variable, sentry_dsn, otp_uri, aws_pair, private_jwk,
    )
}  # fmt: skip
