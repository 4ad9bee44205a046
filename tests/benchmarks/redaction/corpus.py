"""A seeded corpus of made-up secrets and personal data in the places where programmers leave them. Nothing in it is a real secret."""

from __future__ import annotations

import base64
import random
import re
import string
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from grok_ls.redaction.rules import COMMON as RULES

_CLASSES = {
    "an": string.ascii_letters + string.digits,
    "al": string.ascii_letters,
    "u": string.ascii_letters + string.digits + "_-",
    "hex": "0123456789abcdef",
    "lo": string.ascii_lowercase + string.digits,
    "up": string.ascii_uppercase + string.digits,
    "d": string.digits,
    "b32_": "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
    "b58_": "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
    "b64_": string.ascii_letters + string.digits + "+/",
    "bech": "023456789ACDEFGHJKLMNPQRSTUVWXYZ",
    "pw": string.ascii_letters + string.digits + "!@#%^*_-+.",
}
_HOLE = re.compile(r"\{(uuid|(?:an|al|u|hex|lo|up|d|b32_|b58_|b64_|bech|pw)(?=\d))(\d*)\}")


def fill(template: str, dice: random.Random) -> str:
    """``template`` with its holes filled at random: ``{an36}`` = 36 letters and digits."""

    def one(match: re.Match[str]) -> str:
        if match[1] == "uuid":
            return str(uuid.UUID(int=dice.getrandbits(128), version=4))
        value = "".join(dice.choices(_CLASSES[match[1]], k=int(match[2])))
        return value if len(value) < 6 or any(c.isdigit() for c in value) or match[1] == "al" else value[:-1] + "7"

    return _HOLE.sub(one, template)


@dataclass(frozen=True, slots=True)
class Case:
    """``text`` holds ``secrets``, each of which must be gone; ``kind`` is what the recall is averaged by."""

    kind: str
    text: str
    secrets: tuple[str, ...]
    path: str


# By the name beside it: (kind, name as words, template).
NAMED = (
    ("aws-secret", "aws secret access key", "{b64_40}"),
    ("azure-openai", "azure openai api key", "{hex32}"),
    ("mistral", "mistral api key", "{an32}"),
    ("cohere", "cohere api key", "{an40}"),
    ("together", "together api key", "{hex64}"),
    ("wandb", "wandb api key", "{hex40}"),
    ("cloudflare", "cloudflare api token", "{u40}"),
    ("heroku", "heroku api key", "{uuid}"),
    ("datadog", "datadog api key", "{hex32}"),
    ("algolia", "algolia admin key", "{hex32}"),
    ("okta", "okta api token", "00{u40}"),
    ("auth0", "auth0 client secret", "{u64}"),
    ("jenkins", "jenkins api token", "{hex34}"),
    ("plaid", "plaid secret", "{hex30}"),
    ("paypal", "paypal client secret", "{u80}"),
    ("spotify", "spotify client secret", "{hex32}"),
    ("postmark", "postmark server token", "{uuid}"),
    ("vercel", "vercel token", "{an24}"),
    ("twilio-auth", "twilio auth token", "{hex32}"),
    ("azure-storage", "storage account key", "{b64_86}=="),
    ("azure-devops", "azure devops pat", "{lo52}"),
    ("django", "secret key", "{pw50}"),
    ("rails", "secret key base", "{hex128}"),
    ("encryption", "encryption key", "{b64_43}="),
    ("signing", "jwt signing key", "{hex64}"),
    ("session-secret", "session secret", "{an32}"),
    ("wallet", "wallet private key", "0x{hex64}"),
    ("webhook-secret", "webhook secret", "{hex40}"),
    ("password", "password", "{pw12}"),
    ("db-password", "db password", "{pw16}"),
    ("admin-pass", "admin pass", "{pw10}"),
    ("passphrase", "key passphrase", "{pw20}"),
    ("refresh-token", "refresh token", "{u60}"),
    ("license", "license key", "{up5}-{up5}-{up5}-{up5}"),
)


def _styles(words: str) -> dict[str, str]:
    parts = words.split()
    return {
        "snake": "_".join(parts),
        "upper": "_".join(parts).upper(),
        "camel": parts[0] + "".join(p.title() for p in parts[1:]),
        "pascal": "".join(p.title() for p in parts),
        "kebab": "-".join(parts),
        "words": words,
    }


CONTEXTS: tuple[tuple[str, str], ...] = (
    ("a.py", '{snake} = "{v}"\n'),
    ("b.py", 'client = Client(host, {snake}="{v}", timeout=30)\n'),
    ("c.py", 'config = {"{snake}": \'{v}\', "debug": True}\n'),
    ("d.py", 'x = os.environ.get("{upper}", "{v}")\n'),
    ("e.py", 'if {snake} == "{v}":\n    ok()\n'),
    ("f.py", 'def connect({snake}: str = "{v}") -> None: ...\n'),
    ("a.js", "const {camel} = '{v}';\n"),
    ("b.ts", "export const cfg = { {camel}: `{v}`, port: 3 };\n"),
    ("c.js", 'const k = process.env.{upper} || "{v}";\n'),
    ("a.go", '{camel} := "{v}"\n'),
    ("b.go", 'cfg.{pascal} = []byte("{v}")\n'),
    ("c.go", 'os.Setenv("{upper}", "{v}")\n'),
    ("A.java", 'private static final String {upper} = "{v}";\n'),
    ("B.java", 'builder.{camel}("{v}").build();\n'),
    ("C.java", 'cfg.set{pascal}("{v}");\n'),
    ("a.rs", 'let {snake}: &str = "{v}";\n'),
    ("b.rs", '{snake}: String::from("{v}"),\n'),
    ("A.cs", 'public string {pascal} { get; set; } = "{v}";\n'),
    ("a.rb", "config.{snake} = '{v}'\n"),
    ("b.rb", 'ENV["{upper}"] ||= "{v}"\n'),
    ("c.rb", "{ {snake}: '{v}', :a => 1 }\n"),
    ("a.php", "define('{upper}', '{v}');\n"),
    ("b.php", "$config['{snake}'] = '{v}';\n"),
    ("A.kt", 'val {camel} = "{v}"\n'),
    ("A.swift", 'let {camel}: String = "{v}"\n'),
    ("a.c", '#define {upper} "{v}"\n'),
    ("a.cpp", 'std::string {camel}{"{v}"};\n'),
    ("a.sh", 'export {upper}="{v}"\n'),
    ("b.sh", "mytool --{kebab} {v} run\n"),
    ("c.sh", "mytool --{kebab}={v} run\n"),
    (".env", "{upper}={v}\n"),
    ("a.yaml", "app:\n  {snake}: {v}\n  debug: true\n"),
    ("b.yaml", '  - name: {upper}\n    value: "{v}"\n'),
    ("c.yaml", "    environment:\n      - {upper}={v}\n"),
    ("a.json", '{"a": 1, "{camel}": "{v}"}\n'),
    ("b.json", '{"body": "{\\"{snake}\\": \\"{v}\\"}"}\n'),
    ("a.toml", '{snake} = "{v}"\n'),
    ("a.ini", "[main]\n{snake} = {v}\n"),
    ("a.properties", "app.{kebab}={v}\n"),
    ("a.xml", "<config><{camel}>{v}</{camel}></config>\n"),
    ("b.xml", '<add key="{pascal}" value="{v}" />\n'),
    ("Dockerfile", "ENV {upper}={v}\n"),
    ("Dockerfile.b", "ENV {upper} {v}\n"),
    ("a.tf", 'variable "{snake}" {\n  default = "{v}"\n}\n'),
    ("b.tf", '  {snake} = "{v}"\n'),
    ("a.md", "The {words} is `{v}`.\n"),
    ("c.md", "# {words}: {v}\n"),
    ("a.lua", 'local {snake} = "{v}"\n'),
    ("A.scala", 'val {camel} = "{v}"\n'),
    ("a.ps1", "${pascal} = '{v}'\n"),
)
# Where a token of a known shape needs no name.
BARE: tuple[tuple[str, str], ...] = (
    ("a.py", 'client = Client("{v}")\n'),
    ("a.js", "fetch(url, { headers: { 'X-Thing': '{v}' } });\n"),
    ("a.sh", "curl -H 'X: {v}' https://api.corp.io\n"),
    ("a.log", "2025-01-01 12:00:00 ERROR request with {v} failed\n"),
    ("a.go", "// old: {v}\n"),
    ("a.json", '["{v}"]\n'),
    ("a.url", "https://api.corp.io/v1?x=1&k={v}\n"),
    ("emoji.py", '# \U0001f600\U0001f600\nx = "{v}"\n'),
    ("a.txt", "a\\n{v}\\nb\n"),
)
PERSONAL = (
    ("email", ("{lo6}.smith@{lo8}corp.io", "{lo9}@{lo6}mail.de")),
    ("phone", ("+1 415 {d3} {d4}", "+49 30 {d7}", "(415) 555-{d4}", "+44 20 {d4} {d4}", "415-867-{d4}")),
    ("user", ("{lo7}x",)),
    ("ip", ("52.{o}.{o}.{o}", "81.{o}.{o}.{o}")),
)
PERSONAL_CONTEXTS = (
    'contact = "{v}"\n',
    "# call {v} first\n",
    "  - value: {v}\n",
    '{"x": "{v}"}\n',
    "<td>{v}</td>\n",
    "INSERT INTO t VALUES ('{v}');\n",
)


def cases(seed: int, each: int = 1) -> Iterator[Case]:
    """Every kind in every context, ``each`` times."""
    dice = random.Random(seed)
    for _ in range(each):
        for rule in RULES:
            for path, context in BARE:
                value = fill(rule.example, dice)
                yield Case(rule.name, context.replace("{v}", value), (_secret(rule.pattern, value),), path)
        for kind, words, template in NAMED:
            for path, context in CONTEXTS:
                value = fill(template, dice)
                text = context
                for style, name in _styles(words).items():
                    text = text.replace("{" + style + "}", name)
                yield Case(kind, text.replace("{v}", value), (value,), path)
        yield from _structured(dice)
        yield from _personal(dice)


def _secret(pattern: str, value: str) -> str:
    if "(?P<v>" not in pattern:
        return value
    match = re.search(pattern, value)
    return match["v"] if match else value


def _structured(dice: random.Random) -> Iterator[Case]:
    def pw() -> str:
        return fill("{an6}!{an6}", dice)

    body = [fill("{b64_64}", dice) for _ in range(6)]
    for kind in ("RSA ", "EC ", "", "OPENSSH ", "ENCRYPTED ", "DSA "):
        begin, end = f"-----BEGIN {kind}PRIVATE KEY-----", f"-----END {kind}PRIVATE KEY-----"
        secrets = tuple(body)
        lines = [begin, *body, end]
        for path, text in (
            ("k.txt", "\n".join(lines) + "\n"),
            ("k.py", 'K = """' + "\n".join(lines) + '"""\n'),
            ("k.json", '{"key": "' + "\\n".join(lines) + '\\n"}\n'),
            ("k.yaml", "key: |\n" + "".join(f"    {line}\n" for line in lines) + "b: 1\n"),
            ("k.go", "k := " + " +\n".join(f'"{line}\\n"' for line in lines) + "\n"),
            ("head.txt", "\n".join(lines[:-1]) + "\n"),
            ("tail.txt", "\n".join(lines[3:]) + "\n"),
            ("crlf.txt", "\r\n".join(lines) + "\r\n"),
        ):
            yield Case("pem", text, tuple(s for s in secrets if s in text), path)
    for scheme in ("postgres", "mysql", "mongodb+srv", "redis", "amqp", "https", "ftp", "jdbc:postgresql", "sftp"):
        for frame in ('url = "{u}"\n', "URL={u}\n", "url: {u}\n", "git clone {u}\n"):
            value = pw()
            yield Case("url", frame.replace("{u}", f"{scheme}://app:{value}@db.corp.io:5432/x"), (value,), "u")
    for frame in (
        "Server=db;Database=x;User Id=sa;Password={v};Encrypt=true", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey={v};EndpointSuffix=x",
        "Endpoint=sb://x.corp.io/;SharedAccessKeyName=R;SharedAccessKey={v}", "Driver={SQL};Server=x;Uid=sa;Pwd={v};", "jdbc:mysql://h/db?user=a&password={v}",
        "https://b.s3.amazonaws.com/k?X-Amz-Signature={v}&x=1", "https://a.blob.core.windows.net/c?sv=2020&sig={v}", "https://x.io/reset?token={v}", "https://x.io/cb?access_token={v}",
        "Authorization: Bearer {v}", "Authorization: Basic {v}", "Authorization: Token {v}", "X-Api-Key: {v}", "PRIVATE-TOKEN: {v}", "Cookie: sessionid={v}; theme=dark",
        "Set-Cookie: sid={v}; Path=/; HttpOnly", "mysql -u root -p{v} db", "curl -u admin:{v} https://x.io", "sshpass -p {v} ssh h", "redis-cli -a {v} ping",
        "CREATE USER a IDENTIFIED BY '{v}';", "ALTER USER a WITH PASSWORD '{v}';", "machine h login a password {v}", "db.connect('localhost', 'root', '{v}')",
        "//registry.npmjs.org/:_authToken={v}", 'docker login -u me -p {v} r.io', 'smtp.login("me@example.com", "{v}")', "net use Z: /user:me {v}", "PGPASSWORD={v} psql -h x",
        '{"auths": {"r.io": {"auth": "{v}"}}}', "requirepass {v}", "scott/{v}@//db:1521/x",
    ):  # fmt: skip
        for wrap in ("{f}\n", 's = "{f}"\n', "# {f}\n"):
            if '"' in frame and '"' in wrap:
                continue
            value = fill("{an24}", dice)
            yield Case("frame:" + frame[:34], wrap.replace("{f}", frame.replace("{v}", value)), (value,), "x")
    for _ in range(6):
        value = pw()
        encoded = base64.b64encode(value.encode()).decode()
        yield Case("k8s", f"kind: Secret\ndata:\n  password: {encoded}\n", (encoded,), "s.yaml")
        yield Case("k8s", f"kind: Secret\ndata:\n  other: {encoded}\n", (encoded,), "s.yaml")
        a, b = fill("{an12}", dice), fill("{an12}", dice)
        for joined in (
            f'password = "{a}" + "{b}"\n',
            f'password = ("{a}"\n    "{b}")\n',
            f"$password = '{a}' . '{b}';\n",
            f'token = "".join(["{a}", "{b}"])\n',
            f'api_key = "{a}" \\\n  "{b}"\n',
        ):
            yield Case("pieces", joined, (a, b), "p")
        yield Case(
            "again",
            f'password = "{a}"\n# {a} must not show\nurl = "/x/{a}/y"\nb = "{base64.b64encode(a.encode()).decode()}"\n',
            (a, base64.b64encode(a.encode()).decode()),
            "p.py",
        )


def _personal(dice: random.Random) -> Iterator[Case]:
    for kind, templates in PERSONAL:
        for template in templates:
            for context in PERSONAL_CONTEXTS:
                value = fill(template, dice)
                while "{o}" in value:
                    value = value.replace("{o}", str(dice.randint(20, 220)), 1)
                shown = (
                    dice.choice(
                        (
                            f"/home/{value}/x.py",
                            f"/Users/{value}/x",
                            f"C:\\Users\\{value}\\x",
                            f"file:///c%3A/Users/{value}/x",
                        )
                    )
                    if kind == "user"
                    else value
                )
                yield Case(kind, context.replace("{v}", shown), (value,), "p")
    for context in PERSONAL_CONTEXTS:
        for number in (_card(dice, "4"), _card(dice, "52"), _iban(dice)):
            kind = "iban" if number[0].isalpha() else "card"
            yield Case(kind, context.replace("{v}", number), (number,), "p")
            spaced = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
            yield Case(kind, context.replace("{v}", spaced), (spaced,), "p")
        yield Case(
            "ssn",
            context.replace("{v}", v := f"{dice.randint(100, 660)}-{dice.randint(10, 99)}-{dice.randint(1000, 9999)}"),
            (v,),
            "p",
        )
        for value in national_ids(dice):
            yield Case("national-id", context.replace("{v}", value), (value,), "p")


def _card(dice: random.Random, head: str) -> str:
    digits = head + "".join(dice.choices(string.digits, k=15 - len(head)))
    total = sum(
        d if place % 2 else (2 * d - 9 if d > 4 else 2 * d) for place, d in enumerate(map(int, reversed(digits)))
    )
    return digits + str(-total % 10)


def _iban(dice: random.Random) -> str:
    account = "".join(dice.choices(string.digits, k=18))
    return f"DE{98 - int(account + '131400') % 97:02d}{account}"


def national_ids(dice: random.Random) -> Iterator[str]:
    number = dice.randint(10_000_000, 99_999_999)
    yield f"{number}{'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}"
    digits = [dice.randint(0, 9) for _ in range(9)]
    for size in (10, 11):
        digits.append(sum(d * w for d, w in zip(digits, range(size, 1, -1), strict=True)) * 10 % 11 % 10)
    cpf = "".join(map(str, digits))
    yield f"{cpf[:3]}.{cpf[3:6]}.{cpf[6:9]}-{cpf[9:]}"
    yield f"AB {dice.randint(10, 99)} {dice.randint(10, 99)} {dice.randint(10, 99)} C"
    body = f"1{dice.randint(50, 99)}{dice.randint(1, 12):02d}75{dice.randint(100, 999)}{dice.randint(100, 999)}"
    yield f"{body}{97 - int(body) % 97:02d}"
