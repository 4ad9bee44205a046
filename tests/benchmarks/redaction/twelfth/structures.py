"""Structure: keys in armour, connection strings, headers, cookies, Kubernetes, keys of frameworks, whole configuration files."""

from __future__ import annotations

import base64
import json
import random
import textwrap
from collections.abc import Callable
from urllib.parse import quote

from tests.benchmarks.redaction.twelfth.drawing import (
    AN,
    B64,
    HEX,
    URLSAFE,
    WORDS,
    b64,
    domain,
    host,
    password,
    pick,
    plain,
    uuid,
)
from tests.benchmarks.redaction.twelfth.tokens import jwt

Made = tuple[str, tuple[str, ...]]
"""A text, and what may not be left of it."""

PEM = (
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "DSA PRIVATE KEY",
    "PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "OPENSSH PRIVATE KEY",
)


def _armour(rng: random.Random, kind: str) -> tuple[str, list[str], str]:
    head = {
        "OPENSSH PRIVATE KEY": "b3BlbnNzaC1rZXktdjEA",
        "PRIVATE KEY": "MIIEvQIBADANBgkq",
        "EC PRIVATE KEY": "MHcCAQEEI",
    }
    body = head.get(kind, "MIIEowIBAAKCAQEA") + b64(rng, rng.choice((90, 600, 1100)))
    return f"-----BEGIN {kind}-----", textwrap.wrap(body, 64), f"-----END {kind}-----"


def pem_whole(rng: random.Random) -> Made:
    begin, lines, end = _armour(rng, rng.choice(PEM))
    block = "\n".join([begin, *lines, end])
    frames = (
        lambda: f"{block}\n",
        lambda: f'KEY = """{block}"""\n\n\ndef sign(data):\n    return _sign(KEY, data)\n',
        lambda: "tls:\n  port: 443\n  key: |\n" + textwrap.indent(block, "    ") + "\n  verify: true\n",
        lambda: "const key = [\n" + "".join(f"  '{line}',\n" for line in [begin, *lines, end]) + "].join('\\n');\n",
        lambda: "var key = " + " +\n    ".join(f'"{line}\\n"' for line in [begin, *lines, end]) + ";\n",
        lambda: 'resource "x" "k" {\n  key = <<EOT\n' + block + "\nEOT\n}\n",
        lambda: "\n".join(f"+{line}" for line in [begin, *lines, end]) + "\n",
    )
    return rng.choice(frames)(), tuple(lines)


def pem_cut(rng: random.Random) -> Made:
    begin, lines, end = _armour(rng, rng.choice(PEM))
    keep = rng.randint(1, len(lines))
    if rng.random() < 0.5:
        return f'import jwt\n\nKEY = """{begin}\n' + "\n".join(lines[:keep]), tuple(lines[:keep])
    rest = lines[-keep:]
    return "\n".join([*rest, end]) + '\n"""\n\n\ndef sign(data):\n    return _sign(KEY, data)\n', tuple(rest)


def pem_line(rng: random.Random) -> Made:
    begin, lines, end = _armour(rng, rng.choice(PEM))
    joined = "\\n".join([begin, *lines, end, ""])
    frames = (
        f'JWT_KEY="{joined}"\nPORT=1\n',
        json.dumps(
            {"type": "service_account", "project_id": "p-17", "private_key": "\n".join([begin, *lines, end, ""])},
            indent=2,
        ),
        f"signer = Signer.new('{joined}', alg: 'RS256')\n",
        f"key: {begin} {' '.join(lines)} {end}\n",
        f'env:\n  - name: KEY\n    value: "{joined}"\n',
    )
    return rng.choice(frames), tuple(lines)


def pgp(rng: random.Random) -> Made:
    lines = textwrap.wrap("lQOYBF" + b64(rng, 500), 64)
    text = [
        "-----BEGIN PGP PRIVATE KEY BLOCK-----",
        "Version: GnuPG v2",
        "",
        *lines,
        "=" + pick(rng, B64, 4),
        "-----END PGP PRIVATE KEY BLOCK-----",
    ]
    return "\n".join(text) + "\n", tuple(lines)


def putty(rng: random.Random) -> Made:
    public, private = textwrap.wrap(b64(rng, 140), 64), textwrap.wrap(b64(rng, 400), 64)
    head = ["PuTTY-User-Key-File-3: ssh-rsa", "Encryption: none", f"Comment: rsa-key-2026{rng.randint(1, 12):02}01"]
    rows = [*head, f"Public-Lines: {len(public)}", *public, f"Private-Lines: {len(private)}", *private]
    return "\n".join(rows) + f"\nPrivate-MAC: {pick(rng, HEX, 64)}\n", tuple(private)


def _url(scheme: str, port: int, path: str) -> Callable[[random.Random], Made]:
    def make(rng: random.Random) -> Made:
        secret = quote(password(rng), safe="!*") if rng.random() < 0.7 else plain(rng)
        user = (
            rng.choice(("app", "root", "svc_web", "admin", rng.choice(WORDS), ""))
            if scheme == "redis"
            else rng.choice(("app", "svc_web", "admin"))
        )
        url = f"{scheme}://{user}:{secret}@{host(rng)}:{port}/{path}"
        frames = (
            f"DATABASE_URL={url}\nPORT=80\n",
            f'import db\n\nengine = db.connect("{url}", pool_size=5)\n',
            f"services:\n  web:\n    environment:\n      BACKEND: {url}\n",
            f'{{"url": "{url}", "pool": 5}}\n',
            f"2026-01-04 10:00:01 ERROR cannot reach {url}: timeout\n",
            f"$ cli --uri '{url}' status\nok\n",
        )
        return rng.choice(frames), (secret,)

    return make


def _one(*frames: str, value: Callable[[random.Random], str] = password) -> Callable[[random.Random], Made]:
    """One of ``frames``: ``S`` in ``<<S>>`` is the secret, ``<<H>>`` a host, ``<<W>>`` a word."""

    def make(rng: random.Random) -> Made:
        secret = value(rng)
        text = (
            rng.choice(frames)
            .replace("<<H>>", host(rng))
            .replace("<<D>>", domain(rng))
            .replace("<<W>>", rng.choice(WORDS))
        )
        return text.replace("<<S>>", secret), (secret,)

    return make


def _basic(rng: random.Random) -> str:
    return base64.b64encode(f"{rng.choice(WORDS)}:{password(rng)}".encode()).decode()


def kubernetes(rng: random.Random) -> Made:
    values = [
        base64.b64encode(text.encode()).decode() for text in (password(rng), password(rng), rng.choice(WORDS) + "-user")
    ]
    names = rng.sample(["password", "db-password", "api-key", "token", "ADMIN_PASS", "redis.conf", "session"], 2)
    rows = [f"  {name}: {value}" for name, value in zip(names, values, strict=False)]
    text = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\n  namespace: prod\ntype: Opaque\ndata:\n" + "\n".join(
        rows
    )
    return text + f"\n  username: {values[2]}\n---\napiVersion: v1\nkind: Service\n", tuple(values[:2])


def _bytes(rng: random.Random) -> Made:
    numbers = [rng.randint(0, 255) for _ in range(32)]
    row = ", ".join(f"0x{n:02x}" for n in numbers) if rng.random() < 0.6 else ", ".join(map(str, numbers))
    frames = (
        f"static const uint8_t aes_key[32] = {{ {row} }};\nint rounds = 14;\n",
        f"var signingKey = []byte{{{row}}}\n",
        f"private static final byte[] SECRET_KEY = {{{row}}};\n",
        f"encryption_key = bytes([{row}])\n",
    )
    return rng.choice(frames), (row,)


def _hash(rng: random.Random) -> str:
    bcrypt = f"$2b$12${pick(rng, './' + AN, 53)}"
    sha = f"$6${pick(rng, './' + AN, 16)}${pick(rng, './' + AN, 86)}"
    argon = f"$argon2id$v=19$m=65536,t=3,p=4${pick(rng, B64, 22)}${pick(rng, B64, 43)}"
    django = f"pbkdf2_sha256$600000${pick(rng, AN, 22)}${b64(rng, 32)}"
    return rng.choice((bcrypt, sha, argon, django))


def seed_phrase(rng: random.Random) -> Made:
    phrase = " ".join(rng.choice(WORDS) for _ in range(rng.choice((12, 24))))
    frames = (f'MNEMONIC="{phrase}"\nNETWORK=main\n', f'const mnemonic = "{phrase}";\n', f"seed_phrase: {phrase}\n")
    return rng.choice(frames), (phrase,)


def _long(alphabet: str, *sizes: int) -> Callable[[random.Random], str]:
    return lambda rng: pick(rng, alphabet, rng.choice(sizes))


STRUCTURES: dict[str, Callable[[random.Random], Made]] = {
    "pem-whole": pem_whole,
    "pem-cut": pem_cut,
    "pem-line": pem_line,
    "pgp": pgp,
    "putty": putty,
    "url-postgres": _url("postgresql", 5432, "app?sslmode=require"),
    "url-mongo": _url("mongodb+srv", 27017, "app?retryWrites=true"),
    "url-redis": _url("redis", 6379, "0"),
    "url-amqp": _url("amqps", 5671, "vhost"),
    "url-https": _url("https", 8443, "api/v2"),
    "url-smtp": _url("smtp", 587, ""),
    "key-value": _one(
        '"Default": "Server=<<H>>;Database=app;User Id=svc;Password=<<S>>;Encrypt=true"\n',
        'var cs = "Data Source=<<H>>;Initial Catalog=app;User=svc;Pwd=<<S>>;";\n',
        "dsn = host=<<H>> port=5432 user=app password=<<S>> dbname=app\n",
        '$dsn = "mysql:host=<<H>>;dbname=app;user=app;password=<<S>>";\n',
        "DRIVER={ODBC Driver 18 for SQL Server};SERVER=<<H>>;UID=svc;PWD=<<S>>;Encrypt=yes\n",
    ),
    "azure-connection": _one(
        "AZURE=DefaultEndpointsProtocol=https;AccountName=<<W>>;AccountKey=<<S>>;EndpointSuffix=core.windows.net\n",
        'conn = "Endpoint=sb://<<W>>.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=<<S>>"\n',
        "HostName=<<W>>.azure-devices.net;DeviceId=d1;SharedAccessKey=<<S>>\n",
        value=lambda rng: b64(rng, rng.choice((32, 64))),
    ),
    "jdbc": _one(
        "spring.datasource.url=jdbc:mysql://<<H>>:3306/app?user=app&password=<<S>>&useSSL=true\n",
        'String url = "jdbc:oracle:thin:svc/<<S>>@<<H>>:1521:ORCL";\n',
        "<jdbc>jdbc:sqlserver://<<H>>:1433;databaseName=app;user=svc;password=<<S>>;</jdbc>\n",
        'val u = "jdbc:postgresql://<<H>>/app?user=app&password=<<S>>"\n',
        value=plain,
    ),
    "presigned": _one(
        "https://<<W>>.s3.amazonaws.com/a.zip?X-Amz-Credential=x&X-Amz-Date=20260301T000000Z&X-Amz-Expires=900&X-Amz-Signature=<<S>>\n",
        'download("https://<<W>>.blob.core.windows.net/c/a.zip?sv=2024-11-04&se=2026-12-01&sp=r&sig=<<S>>")\n',
        "https://storage.googleapis.com/<<W>>/a.csv?X-Goog-Expires=900&X-Goog-Signature=<<S>>\n",
        value=_long(HEX, 64),
    ),
    "bearer": _one(
        'headers = {"Authorization": "Bearer <<S>>", "Accept": "application/json"}\n',
        "Authorization: Token <<S>>\nAccept: */*\n",
        'req.Header.Set("Authorization", "Bearer <<S>>")\n',
        "curl -H 'Authorization: Bearer <<S>>' https://<<H>>/v1/items\n",
        'request.setRequestHeader("Authorization", `Bearer <<S>>`);\n',
        value=_long(AN, 24, 40),
    ),
    "basic": _one(
        "Authorization: Basic <<S>>\nHost: <<H>>\n",
        'http.headers["Authorization"] = "Basic <<S>>"\n',
        '{"auths": {"<<H>>": {"auth": "<<S>>"}}}\n',
        "curl --header 'Authorization: Basic <<S>>' https://<<H>>\n",
        value=_basic,
    ),
    "api-key-header": _one(
        "curl https://<<H>>/v1 -H 'X-Api-Key: <<S>>'\n",
        'client.DefaultRequestHeaders.Add("X-Api-Key", "<<S>>");\n',
        "GET / HTTP/1.1\nHost: <<H>>\nPRIVATE-TOKEN: <<S>>\n",
        '.header("X-Auth-Token", "<<S>>")\n',
        "  proxy_set_header X-Api-Key <<S>>;\n",
        value=_long(AN, 20, 32),
    ),
    "cookie": _one(
        "Cookie: theme=dark; sessionid=<<S>>; lang=en\n",
        "Set-Cookie: JSESSIONID=<<S>>; Path=/; HttpOnly\n",
        'requests.get(url, cookies={"session": "<<S>>"})\n',
        "curl -b 'PHPSESSID=<<S>>' https://<<H>>/\n",
        value=_long(AN, 26, 32),
    ),
    "link-parameter": _one(
        "https://<<H>>/reset-password?token=<<S>>&lang=en\n",
        '<a href="https://<<H>>/invite?invite_token=<<S>>">Join</a>\n',
        "GET /callback?state=1&access_token=<<S>>&expires_in=3600 HTTP/1.1\n",
        "https://<<H>>/feed.ics?api_key=<<S>>\n",
        value=_long(AN, 24, 43),
    ),
    "jwt": _one(
        'token = "<<S>>"\n',
        "2026-01-04 INFO login ok <<S>> user=17\n",
        "https://<<H>>/ws?t=<<S>>\n",
        '{"id_token": "<<S>>", "expires_in": 3600}\n',
        "expect(verify('<<S>>')).toBe(true);\n",
        value=jwt,
    ),
    "password-hash": _one(
        "admin:<<S>>:19800:0:99999:7:::\n",
        "INSERT INTO users (login, hash) VALUES ('ops', '<<S>>');\n",
        "users:\n  - name: ops\n    passwd: <<S>>\n",
        'assert check("<<S>>")\n',
        value=_hash,
    ),
    "kubernetes": kubernetes,
    "django": _one(
        "DEBUG = False\nSECRET_KEY = 'django-insecure-<<S>>'\nALLOWED_HOSTS = []\n",
        'SECRET_KEY = "<<S>>"\nROOT_URLCONF = "app.urls"\n',
        value=_long(AN + "!@#%^&*(-_=+)", 50),
    ),
    "flask": _one(
        'app = Flask(__name__)\napp.secret_key = "<<S>>"\n',
        "app.config['SECRET_KEY'] = '<<S>>'\n",
        'app.config.update(SECRET_KEY="<<S>>", DEBUG=False)\n',
        value=_long(HEX, 32, 48),
    ),
    "rails": _one(
        "production:\n  secret_key_base: <<S>>\n",
        "config.secret_key_base = '<<S>>'\n",
        "RAILS_MASTER_KEY=<<S>>\n",
        value=_long(HEX, 32, 128),
    ),
    "laravel": _one(
        "APP_ENV=production\nAPP_KEY=base64:<<S>>\n", "'key' => 'base64:<<S>>',\n", value=lambda rng: b64(rng, 32)
    ),
    "encryption-key": _one(
        'ENCRYPTION_KEY = bytes.fromhex("<<S>>")\n',
        "encryption:\n  key: <<S>>\n",
        'var hmacKey = "<<S>>";\n',
        "signing_key: '<<S>>'\n",
        "const AES_KEY = Buffer.from('<<S>>', 'hex');\n",
        value=_long(HEX, 32, 64),
    ),
    "fernet": _one(
        'FERNET_KEY = "<<S>>"\n',
        "cipher = Fernet(b'<<S>>')\n",
        "export FERNET_KEY='<<S>>'\n",
        value=lambda rng: pick(rng, URLSAFE, 43) + "=",
    ),
    "byte-array": _bytes,
    "wallet": _one(
        'const PRIVATE_KEY = "0x<<S>>";\n',
        "DEPLOYER_PRIVATE_KEY=<<S>>\n",
        "accounts: ['0x<<S>>'], // private key of the deployer\n",
        'wallet = Wallet(private_key="0x<<S>>")\n',
        value=_long(HEX, 64),
    ),
    "seed-phrase": seed_phrase,
    "netrc": _one(
        "machine <<H>> login ops password <<S>>\n", "machine <<H>>\n  login ops\n  password <<S>>\n", value=plain
    ),
    "npmrc": _one(
        "//<<H>>/:_authToken=<<S>>\nregistry=https://<<H>>/\n",
        "//<<H>>/:_password=<<S>>\nemail=x@example.com\n",
        value=uuid,
    ),
    "oauth-client": _one(
        '{"web": {"client_id": "17-x.apps", "client_secret": "<<S>>", "redirect_uris": []}}\n',
        "client_id=web&client_secret=<<S>>&grant_type=client_credentials\n",
        'refresh_token: "<<S>>"\nexpires_in: 3600\n',
        value=_long(URLSAFE, 24, 40),
    ),
    "wifi": _one(
        'network={\n  ssid="Office"\n  psk="<<S>>"\n}\n',
        "wpa_passphrase=<<S>>\nssid=Office\n",
        "[wifi-security]\nkey-mgmt=wpa-psk\npsk=<<S>>\n",
    ),
    "vpn": _one(
        "[Interface]\nPrivateKey = <<S>>\nAddress = 10.0.0.2/32\n",
        "[Peer]\nPresharedKey = <<S>>\nAllowedIPs = 0.0.0.0/0\n",
        value=lambda rng: b64(rng, 32),
    ),
}
