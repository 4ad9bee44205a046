"""Secrets that have a structure: keys in armour, addresses with credentials, headers, pieces and encodings."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from urllib.parse import quote

from tests.benchmarks.redaction.sixth.drawing import ALNUM, BASE64, HEX, URLSAFE, USERS, Dice, letters, strong, worded

Made = tuple[str, str, tuple[str, ...]]
"""Host language, lines (may hold ``@NAME@`` marks), and the pieces none of which may be left."""

ARMOUR = (
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "DSA PRIVATE KEY",
    "PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "OPENSSH PRIVATE KEY",
    "PGP PRIVATE KEY BLOCK",
)
PLAIN = ALNUM + "-_"


def _lines(dice: Dice) -> list[str]:
    return [dice.text(BASE64, 64) for _ in range(dice.randint(5, 14))] + [
        dice.text(BASE64, dice.randint(12, 40)) + "=="
    ]


def _armoured(dice: Dice) -> tuple[list[str], tuple[str, ...]]:
    kind, lines = dice.choice(ARMOUR), _lines(dice)
    return [f"-----BEGIN {kind}-----", *lines, f"-----END {kind}-----"], tuple(lines)


def pem_whole(dice: Dice) -> Made:
    lines, pieces = _armoured(dice)
    return (
        *dice.choice(
            [
                ("text", "\n".join(lines)),
                ("python", 'KEY = """' + "\n".join(lines) + '"""'),
                ("go", "const key = `" + "\n".join(lines) + "`"),
                ("shell", "cat > key.pem <<'EOF'\n" + "\n".join(lines) + "\nEOF"),
            ]
        ),
        pieces,
    )


def pem_escaped(dice: Dice) -> Made:
    lines, pieces = _armoured(dice)
    one = "\\n".join(lines)
    return (
        *dice.choice(
            [
                ("json", f'    "private_key": "{one}\\n",'),
                ("javascript", f"const key = '{one}';"),
                ("text", f'PRIVATE_KEY="{one}"'),
                ("yaml", f'  key: "{one}\\n"'),
                ("json", f'    "wrapped": "{{\\"key\\": \\"{one.replace(chr(92), chr(92) * 2)}\\"}}",'),
            ]
        ),
        pieces,
    )


def pem_indented(dice: Dice) -> Made:
    lines, pieces = _armoured(dice)
    block = "\n".join("      " + line for line in lines)
    return (
        *dice.choice(
            [
                ("text", "data:\n  tls:\n    key: |\n" + block),
                ("terraform", "  key = <<-EOT\n" + block + "\n  EOT"),
                ("xml", "    <key>\n" + block + "\n    </key>"),
                ("markdown", "\n" + block),
            ]
        ),
        pieces,
    )


def pem_cut_head(dice: Dice) -> Made:
    lines, pieces = _armoured(dice)
    at = dice.randint(1, 4)
    return "text", "\n".join(lines[at:]) + "\n\ndef next_one():\n    return @D@", pieces[at - 1 :]


def pem_cut_tail(dice: Dice) -> Made:
    lines, pieces = _armoured(dice)
    at = dice.randint(3, len(lines) - 2)
    return "text", "import os\n\nKEY = '''" * dice.randint(0, 1) + "\n".join(lines[:at]), pieces[: at - 1]


def pem_joined(dice: Dice) -> Made:
    lines, pieces = _armoured(dice)
    forms = [
        ("python", "KEY = (\n" + "\n".join(f'    "{line}\\n"' for line in lines) + "\n)"),
        ("java", "String key = " + "\n    + ".join(f'"{line}\\n"' for line in lines) + ";"),
        ("javascript", "const key = [\n" + "\n".join(f"  '{line}'," for line in lines) + "\n].join('\\n');"),
        ("c", "static const char key[] =\n" + "\n".join(f'    "{line}\\r\\n"' for line in lines) + ";"),
        ("php", "$key = " + "\n    . ".join(f'"{line}\\n"' for line in lines) + ";"),
        ("text", "--- a/key.pem\n+++ b/key.pem\n@@ -0,0 +1,9 @@\n" + "\n".join("+" + line for line in lines)),
        ("python", "\n".join("# " + line for line in lines)),
    ]
    return (*dice.choice(forms), pieces)


def putty(dice: Dice) -> Made:
    public, private = _lines(dice)[:3], _lines(dice)[:6]
    mac = dice.text(HEX, 64)
    head = "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: rsa-key\nPublic-Lines: 3\n" + "\n".join(public)
    return "text", f"{head}\nPrivate-Lines: 6\n" + "\n".join(private) + f"\nPrivate-MAC: {mac}", tuple(private)


SCHEMES = [
    "postgres",
    "postgresql",
    "mysql",
    "mongodb+srv",
    "redis",
    "rediss",
    "amqp",
    "https",
    "ftp",
    "sftp",
    "smtp",
    "ldap",
    "mysql+pymysql",
    "clickhouse",
    "nats",
    "mssql",
]


def url_credentials(dice: Dice) -> Made:
    secret = dice.choice(
        [
            lambda: dice.mixed(ALNUM, 14),
            lambda: quote(strong(dice), safe=""),
            lambda: worded(dice).rstrip("!$?").replace("#", "_"),
            lambda: letters(dice),
            lambda: dice.text("abcdefgh", 6),
        ]
    )()
    url = f"{dice.choice(SCHEMES)}://@U@:{secret}@@H@:@P@/@W@"
    return (
        *dice.choice(
            [
                ("python", f'ENGINE = create_engine("{url}")'),
                ("text", f"DATABASE_URL={url}"),
                ("yaml", f"  url: {url}"),
                ("javascript", f"mongoose.connect('{url}');"),
                ("log", f"@T@ 10:22:31 INFO connecting to {url}"),
                ("go", f'db, _ := sql.Open("pg", "{url}?sslmode=disable")\n_ = db'),
                ("markdown", f"Run `psql {url}`."),
                ("shell", f"git clone {url}"),
                ("java", f'@ImportResource("{url}")'),
            ]
        ),
        (secret,),
    )


def connection_string(dice: Dice) -> Made:
    secret = dice.choice([dice.mixed(PLAIN, 14), worded(dice), letters(dice)])
    azure, queue = dice.blob(64), dice.blob(32)
    forms = [
        (
            "csharp",
            f'var cs = "Server=tcp:@H@,1433;Initial Catalog=@W@;User ID=@U@;Password={secret};Encrypt=True;";',
            secret,
        ),
        ("xml", f'    <add name="Db" connectionString="Data Source=@H@;uid=@U@;pwd={secret}" />', secret),
        ("python", f'cnxn = pyodbc.connect("DRIVER={{ODBC Driver 17}};SERVER=@H@;UID=@U@;PWD={secret}")', secret),
        (
            "properties",
            f"spring.datasource.url=jdbc:mysql://@H@:3306/@W@?user=@U@&password={secret.split('#')[0].rstrip('!$?')}",
            secret.split("#")[0].rstrip("!$?"),
        ),
        ("java", f'String url = "jdbc:oracle:thin:@U@/{secret}@@H@:1521:@W@";', secret),
        ("shell", f"sqlplus @U@/{secret}@@H@:1521/@W@", secret),
        (
            "text",
            f"AZURE_STORAGE=DefaultEndpointsProtocol=https;AccountName=@W@;AccountKey={azure};EndpointSuffix=core.windows.net",
            azure,
        ),
        (
            "json",
            f'    "bus": "Endpoint=sb://@W@.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={queue}",',
            queue,
        ),
        ("python", f'DSN = "host=@H@ dbname=@W@ user=@U@ password={secret}"', secret),
        ("java", f'String url = "jdbc:sqlserver://@H@:1433;databaseName=@W@;user=@U@;password={secret};";', secret),
        ("go", f'db, err := sql.Open("mysql", "@U@:{secret}@tcp(@H@:3306)/@W@")', secret),
        ("csharp", f'var r = ConnectionMultiplexer.Connect("@H@:6380,password={secret},ssl=True");', secret),
    ]
    language, body, piece = dice.choice(forms)
    return language, body, (piece,)


def signed_url(dice: Dice) -> Made:
    aws, sas, gcs = dice.text(HEX, 64), quote(dice.blob(32), safe=""), dice.text(HEX, 256)
    language, body, piece = dice.choice(
        [
            (
                "python",
                f'URL = "https://@W@.s3.amazonaws.com/a.zip?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=900&X-Amz-Signature={aws}"',
                aws,
            ),
            (
                "markdown",
                f"[report](https://@W@.blob.core.windows.net/r/a.pdf?sv=2022-11-02&sr=b&sp=r&se=@T@&sig={sas})",
                sas,
            ),
            (
                "log",
                f"@T@ 10:22:31 INFO GET https://storage.googleapis.com/@W@/a?X-Goog-Expires=900&X-Goog-Signature={gcs} 200",
                gcs,
            ),
            ("shell", f"azcopy copy a.zip 'https://@W@.blob.core.windows.net/r?sv=2022-11-02&sig={sas}&sp=rw'", sas),
        ]
    )
    return language, body, (piece,)


def header(dice: Dice) -> Made:
    token, basic = dice.mixed(URLSAFE, 40), base64.b64encode(f"{dice.choice(USERS)}:{strong(dice)}".encode()).decode()
    language, body, piece = dice.choice(
        [
            ("shell", f'curl -H "Authorization: Bearer {token}" https://@H@/api', token),
            ("python", f'headers = {{"Authorization": "Token {token}"}}', token),
            ("javascript", f"fetch(url, {{ headers: {{ Authorization: 'Basic {basic}' }} }});", basic),
            ("go", f'req.Header.Add("Authorization", "Bearer {token}")', token),
            ("java", f'.header("X-Api-Key", "{token}")', token),
            ("text", f"GET /v1/me HTTP/1.1\nHost: @H@\nX-API-Key: {token}\nAccept: */*", token),
            ("shell", f'curl --header "PRIVATE-TOKEN: {token}" https://@H@/api/v4/projects', token),
            (
                "csharp",
                f'client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "{token}");',
                token,
            ),
            ("ruby", f"req['Authorization'] = 'Bearer {token}'", token),
            ("php", f"curl_setopt($ch, CURLOPT_HTTPHEADER, ['Authorization: Bearer {token}']);", token),
            ("text", f'nginx: proxy_set_header Authorization "Basic {basic}";', basic),
            ("swift", f'request.setValue("Bearer {token}", forHTTPHeaderField: "Authorization")', token),
            ("json", f'    "headers": {{"x-functions-key": "{token}"}},', token),
        ]
    )
    return language, body, (piece,)


def cookie(dice: Dice) -> Made:
    value = dice.choice(
        [dice.mixed(ALNUM, 32), dice.mixed(HEX, 40), f"s%3A{dice.mixed(URLSAFE, 32)}.{dice.mixed(ALNUM, 43)}"]
    )
    name = dice.choice(
        ["sessionid", "JSESSIONID", "connect.sid", "PHPSESSID", "_app_session", "auth_token", "laravel_session"]
    )
    return (
        *dice.choice(
            [
                ("text", f"GET / HTTP/1.1\nHost: @H@\nCookie: theme=dark; {name}={value}; lang=en"),
                ("text", f"HTTP/1.1 200 OK\nSet-Cookie: {name}={value}; Path=/; HttpOnly"),
                ("python", f'requests.get(url, cookies={{"{name}": "{value}"}})'),
                ("shell", f"curl -b '{name}={value}' https://@H@/me"),
                ("javascript", f"document.cookie = '{name}={value}; path=/';"),
            ]
        ),
        (value,),
    )


def url_parameter(dice: Dice) -> Made:
    value = dice.mixed(URLSAFE, 32)
    name = dice.choice(["access_token", "reset_token", "invite_token", "api_key", "apikey", "token", "auth"])
    return (
        *dice.choice(
            [
                ("markdown", f"https://@H@/password/reset?{name}={value}"),
                ("javascript", f"fetch('https://@H@/v1/@W@?{name}={value}&limit=@D@');"),
                ("log", f'10.0.0.1 - - "GET /v1/@W@?{name}={value} HTTP/1.1" 200 512'),
                ("python", f'URL = "https://@H@/hook?{name}={value}"'),
                ("html", f'    <a href="https://@H@/join?{name}={value}">join</a>'),
            ]
        ),
        (value,),
    )


def kubernetes(dice: Dice) -> Made:
    value = base64.b64encode((dice.mixed(PLAIN, 16)).encode()).decode()
    other = base64.b64encode(letters(dice).encode()).decode()
    return (
        "text",
        f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: @W@\ntype: Opaque\ndata:\n  {dice.choice(['password', 'DB_PASS', 'value', 'config'])}: {value}\n  {dice.choice(['token', 'key', 'admin'])}: {other}",
        (value, other),
    )


def docker_auth(dice: Dice) -> Made:
    value = base64.b64encode(f"{dice.choice(USERS)}:{strong(dice)}".encode()).decode()
    return (
        *dice.choice(
            [
                ("text", f'{{"auths": {{"@H@": {{"auth": "{value}"}}}}}}'),
                ("text", f"//@H@/npm/:_auth={value}"),
                ("text", f"machine:\n  auth: {value}"),
            ]
        ),
        (value,),
    )


def service_account(dice: Dice) -> Made:
    lines = _lines(dice)
    key_id = dice.text(HEX, 40)
    key = "-----BEGIN PRIVATE KEY-----\n" + "\n".join(lines) + "\n-----END PRIVATE KEY-----\n"
    body = json.dumps(
        {
            "type": "service_account",
            "project_id": "kestrel",
            "private_key_id": key_id,
            "private_key": key,
            "client_email": "svc@kestrel.iam.gserviceaccount.com",
        },
        indent=2,
    )
    return "text", dice.choice([body, "GOOGLE_CREDENTIALS='" + json.dumps(json.loads(body)) + "'"]), tuple(lines)


def framework_key(dice: Dice) -> Made:
    django, flask, rails, laravel = (
        dice.text("abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)", 50),
        dice.mixed(HEX, 32),
        dice.mixed(HEX, 128),
        dice.blob(32),
    )
    django = django.replace("@", "x")
    language, body, piece = dice.choice(
        [
            ("python", f'SECRET_KEY = "django-insecure-{django}"', django),
            ("python", f'app.config["SECRET_KEY"] = "{flask}"', flask),
            ("python", f'app.secret_key = b"{flask}"', flask),
            ("text", f"production:\n  secret_key_base: {rails}", rails),
            ("text", f"APP_NAME=Shop\nAPP_KEY=base64:{laravel}\nAPP_DEBUG=false", laravel),
            ("javascript", f"app.use(session({{ secret: '{flask}', resave: false }}));", flask),
            ("javascript", f"jwt.sign(payload, '{flask}', {{ expiresIn: '1h' }});", flask),
            ("php", f"define('AUTH_KEY', '{django}');", django),
            ("ruby", f"Devise.secret_key = '{rails}'", rails),
        ]
    )
    return language, body, (piece,)


def byte_array(dice: Dice) -> Made:
    data = dice.randbytes(32)
    hexed, plain = ", ".join(f"0x{b:02x}" for b in data), ", ".join(str(b) for b in data)
    language, body, piece = dice.choice(
        [
            ("go", f"var signingKey = []byte{{{hexed}}}", hexed),
            ("c", f"static const unsigned char aes_key[32] = {{ {hexed} }};", hexed),
            ("java", f"private static final byte[] SECRET_KEY = {{ {plain} }};", plain),
            ("rust", f"const ENCRYPTION_KEY: [u8; 32] = [{hexed}];", hexed),
            ("javascript", f"const secretKey = Uint8Array.from([{plain}]);", plain),
            ("csharp", f"private static readonly byte[] AesKey = {{ {hexed} }};", hexed),
        ]
    )
    return language, body, (piece,)


def wif_or_seed(dice: Dice) -> Made:
    wif = "5" + dice.choice("HJK") + dice.mixed("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", 49)
    seed = " ".join(
        dice.sample(
            "abandon ability able about above absent absorb abstract absurd abuse access accident account accuse achieve acid acoustic acquire across act action actor actress actual adapt add addict address adjust admit adult advance advice aerobic affair afford afraid again age agent agree ahead aim air airport aisle alarm album".split(),
            12,
        )
    )
    language, body, piece = dice.choice(
        [
            ("text", f"WALLET_WIF={wif}", wif),
            ("python", f'key = PrivateKey("{wif}")', wif),
            ("javascript", f"const mnemonic = '{seed}';", seed),
            ("text", f'MNEMONIC="{seed}"', seed),
            ("yaml", f"  seed_phrase: {seed}", seed),
            ("typescript", f"accounts: {{ mnemonic: '{seed}' }}", seed),
        ]
    )
    return language, body, (piece,)


def concatenated(dice: Dice) -> Made:
    first, second = dice.mixed(ALNUM, 14), dice.mixed(ALNUM, 14)
    token = "ghp_"
    language, body = dice.choice(
        [
            ("javascript", f'const apiKey = "{first}" + "{second}";'),
            ("java", f'String secret = "{first}"\n    + "{second}";'),
            ("python", f'api_token = ("{first}"\n    "{second}")'),
            ("php", f"$apiKey = '{first}' . '{second}';"),
            ("python", f'password = "".join(["{first}", "{second}"])'),
            ("javascript", f"const token = ['{first}', '{second}'].join('');"),
            ("shell", f'API_KEY="{first}"\\\n"{second}"'),
            ("go", f'const apiKey = "{token}{first}" +\n\t"{second}"'),
            ("csharp", f'var clientSecret = "{first}" +\n    "{second}";'),
            ("lua", f'local secret = "{first}" .. "{second}"'),
            ("sql", f"ALTER USER @W@ PASSWORD '{first}' || '{second}';"),
            ("c", f'const char *api_key = "{first}"\n    "{second}";'),
        ]
    )
    return language, body, (first, second)


def template_literal(dice: Dice) -> Made:
    secret = dice.mixed(ALNUM, 24)
    language, body = dice.choice(
        [
            ("javascript", f"const auth = `Bearer ${{prefix}}{secret}`;"),
            ("python", f'url = f"https://{{user}}:{secret}@{{host}}/x"'),
            ("javascript", f"const url = `postgres://${{user}}:{secret}@${{host}}/db`;"),
            ("kotlin", f'val url = "jdbc:postgresql://$host/db?user=$user&password={secret}"'),
            ("ruby", f'url = "redis://:{secret}@#{{host}}:6379"'),
            ("csharp", f'var cs = $"Server={{host}};Password={secret};";'),
            ("shell", f'curl -H "Authorization: Bearer {secret}" "$URL"'),
            ("swift", f'let url = "https://\\(host)/v1?api_key={secret}"'),
            ("javascript", f"headers['x-api-key'] = `{secret}`;"),
            ("python", f'dsn = f"host={{host}} password={secret} user={{user}}"'),
            ("scala", f'val url = s"mongodb://$user:{secret}@$host/db"'),
        ]
    )
    return language, body, (secret,)


def again(encode: Callable[[str], str]) -> Callable[[Dice], Made]:
    """A value that a plain assignment told, standing elsewhere in another form."""

    def made(dice: Dice) -> Made:
        secret = dice.mixed(ALNUM, 8) + dice.choice('+/&=%"') + dice.mixed(ALNUM, 7)
        other = encode(secret)
        literal = secret.replace('"', '\\"')
        language, first = dice.choice(
            [
                ("python", f'db_password = "{literal}"'),
                ("javascript", f'const apiSecret = "{literal}";'),
                ("go", f'dbPassword := "{literal}"'),
            ]
        )
        remark = "#" if language == "python" else "//"
        return language, f"{first}\n{remark} seen in the log: {other} (then it stopped)", (literal, other)

    return made


def broken(dice: Dice) -> Made:
    secret = dice.mixed(ALNUM, 40)
    language, body = dice.choice(
        [
            ("shell", f"export API_TOKEN={secret[:20]}\\\n{secret[20:]}"),
            ("yaml", f'  api_token: "{secret[:20]}\\\n    {secret[20:]}"'),
            ("yaml", f"  api_token: >-\n    {secret[:20]}\n    {secret[20:]}"),
            ("properties", f"app.secret.key={secret[:20]}\\\n  {secret[20:]}"),
            ("dockerfile", f'ENV API_TOKEN="{secret[:20]}\\\n{secret[20:]}"'),
        ]
    )
    return language, body, (secret[:20], secret[20:])


def paired_aws(dice: Dice) -> Made:
    key, secret = (
        dice.choice(["AKIA", "ASIA"]) + dice.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16),
        dice.mixed(BASE64, 40),
    )
    return (
        *dice.choice(
            [
                ("text", f"[default]\naws_access_key_id = {key}\naws_secret_access_key = {secret}"),
                (
                    "python",
                    f'client = boto3.client("s3", "eu-west-1", aws_access_key_id="{key}", aws_secret_access_key="{secret}")',
                ),
                ("java", f'new BasicAWSCredentials("{key}", "{secret}");'),
                ("text", f"User,Access key ID,Secret access key\nbuild,{key},{secret}"),
                ("javascript", f"AWS.config.update({{ accessKeyId: '{key}', secretAccessKey: '{secret}' }});"),
                ("text", f"{key} {secret}"),
                ("go", f'credentials.NewStaticCredentials("{key}", "{secret}", "")'),
                ("csharp", f'var c = new AmazonS3Client("{key}", "{secret}", RegionEndpoint.EUWest1);'),
            ]
        ),
        (key, secret),
    )


def _js(text: str) -> str:
    return text.replace("/", "\\/").replace('"', '\\"').replace("&", "\\u0026")


STRUCTURES: dict[str, Callable[[Dice], Made]] = {
    "pem_whole": pem_whole, "pem_escaped": pem_escaped, "pem_indented": pem_indented, "pem_cut_head": pem_cut_head, "pem_cut_tail": pem_cut_tail, "pem_joined": pem_joined, "putty": putty,
    "url_credentials": url_credentials, "connection_string": connection_string, "signed_url": signed_url, "header": header, "cookie": cookie, "url_parameter": url_parameter,
    "kubernetes_base64": kubernetes, "docker_auth": docker_auth, "service_account": service_account, "framework_key": framework_key, "byte_array": byte_array, "wif_or_seed": wif_or_seed,
    "concatenated": concatenated, "template_literal": template_literal, "line_break": broken, "aws_pair": paired_aws,
    "again_raw": again(str), "again_base64": again(lambda t: base64.b64encode(t.encode()).decode()), "again_url": again(lambda t: quote(t, safe="")), "again_escaped": again(_js),
}  # fmt: skip
