"""Keys in armour, and values that are encoded, split, escaped or cut."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from urllib.parse import quote

from tests.benchmarks.redaction.fifth.drawing import Draw, Made
from tests.benchmarks.redaction.fifth.tokens import AI, CLOUD, HOSTS, SAAS

KINDS = (
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "DSA PRIVATE KEY",
    "PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "OPENSSH PRIVATE KEY",
)


def _lines(d: Draw, count: int) -> list[str]:
    return [*(d.b64(48) for _ in range(count)), d.b64(d.int(20, 44))]


def _block(d: Draw) -> tuple[list[str], list[str]]:
    kind, body = d.choice(KINDS), _lines(d, d.int(4, 14))
    return [f"-----BEGIN {kind}-----", *body, f"-----END {kind}-----"], body


def pem(d: Draw) -> Made:
    block, body = _block(d)
    before = d.one("", "# key of the gateway\n", "some text before\n\n")
    return d.one("a.txt", "notes.md"), "none", before + "\n".join(block) + "\n", tuple(body)


def pem_crlf(d: Draw) -> Made:
    block, body = _block(d)
    return "a.txt", "none", "\r\n".join(block) + "\r\n", tuple(body)


def pem_yaml(d: Draw) -> Made:
    block, body = _block(d)
    indent = " " * d.int(2, 8)
    return (
        "a.yaml",
        "none",
        f"tls:\n  {d.one('key', 'privateKey', 'data', 'content')}: |\n"
        + "".join(f"{indent}{line}\n" for line in block)
        + "port: 1\n",
        tuple(body),
    )


def pem_literal(d: Draw) -> Made:
    block, body = _block(d)
    text = "\\n".join(block)
    path, language, template = d.choice(
        (
            ("a.js", "js", "const k = '«»';\n"),
            ("a.py", "py", 'K = "«»\\n"\n'),
            ("a.json", "none", '{"k": "«»\\n"}\n'),
            ("a.env", "none", 'K="«»"\n'),
            ("a.json", "none", '{"a": "{\\"k\\": \\"«»\\"}"}\n'),
        )
    )
    if template.startswith('{"a"'):
        text = text.replace("\\n", "\\\\n")
    return path, language, template.replace("«»", text), tuple(body)


def pem_pieces(d: Draw) -> Made:
    block, body = _block(d)
    form = d.int(0, 5)
    if form == 0:
        text = "String key =\n" + " +\n".join(f'    "{line}\\n"' for line in block) + ";\n"
    elif form == 1:
        text = "key = (\n" + "\n".join(f'    "{line}\\n"' for line in block) + "\n)\n"
    elif form == 2:
        text = "const key = [\n" + ",\n".join(f"  '{line}'" for line in block) + "\n].join('\\n');\n"
    elif form == 3:
        text = 'key = """' + "\n".join(block) + '"""\n'
    elif form == 4:
        text = "static const char key[] PROGMEM = \n" + "\n".join(f'"{line}\\n" \\' for line in block) + "\n;\n"
    else:
        text = "cat > key <<'EOF'\n" + "\n".join(block) + "\nEOF\n"
    return d.one("a.java", "a.py", "a.c"), "none", text, tuple(body)


def pem_comment(d: Draw) -> Made:
    block, body = _block(d)
    mark = d.one("# ", "// ", " * ", "> ", "+", "-", "    ", "-- ", "; ")
    return "a.txt", "none", "".join(f"{mark}{line}\n" for line in block), tuple(body)


def pem_cut(d: Draw) -> Made:
    block, body = _block(d)
    form = d.int(0, 2)
    if form == 0:
        lines = block[: d.int(3, len(block) - 2)]
    elif form == 1:
        lines = block[d.int(2, len(block) - 3) :]
    else:
        lines = block[2:-2]
    indent = d.one("", "    ", "  ")
    return (
        "a.txt",
        "none",
        "".join(f"{indent}{line}\n" for line in lines),
        tuple(line for line in body if line in lines),
    )


def pgp(d: Draw) -> Made:
    body = _lines(d, 10)
    text = (
        "-----BEGIN PGP PRIVATE KEY"
        + " BLOCK-----\nVersion: GnuPG v2\n\n"
        + "\n".join(body)
        + "\n=aB3d\n-----END PGP PRIVATE KEY BLOCK-----\n"
    )
    return "a.asc", "none", text, tuple(body)


def putty(d: Draw) -> Made:
    body = _lines(d, 6)
    mac = d.hex(40)
    return (
        "a.txt",
        "none",
        "PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nComment: imported\nPrivate-Lines: 7\n"
        + "\n".join(body)
        + f"\nPrivate-MAC: {mac}\n",
        tuple(body),
    )


def pem_encrypted(d: Draw) -> Made:
    body = _lines(d, 8)
    iv = d.hex(32).upper()
    return (
        "a.txt",
        "none",
        f"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,{iv}\n\n"
        + "\n".join(body)
        + "\n-----END RSA PRIVATE KEY-----\n",
        tuple(body),
    )


def jwk(d: Draw) -> Made:
    private = d.b64url(32)
    return (
        "jwks.json",
        "none",
        f'{{"keys": [{{"kty": "EC", "crv": "P-256", "kid": "a1", "x": "{d.b64url(32)}", "y": "{d.b64url(32)}", "d": "{private}"}}]}}\n',
        (private,),
    )


def ssh_body(d: Draw) -> Made:
    body = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ" + d.b64(180)
    return "a.env", "none", f"DEPLOY={body}\n", (body,)


def bytes_key(d: Draw) -> Made:
    numbers = [d.int(0, 255) for _ in range(d.choice([16, 32]))]
    form = d.int(0, 3)
    inner = ", ".join(f"0x{n:02x}" for n in numbers) if form < 2 else ", ".join(map(str, numbers))
    text = (
        f"static const uint8_t aes_key[] = {{ {inner} }};\n",
        f"var secretKey = []byte{{{inner}}}\n",
        f"byte[] encryptionKey = new byte[] {{ {inner} }};\n",
        f"const privateKey = new Uint8Array([{inner}]);\n",
    )[form]
    return d.one("a.c", "a.go", "a.js"), "none", text, (inner,)


def _token(d: Draw) -> str:
    return d.choice(
        (
            AI["openai project"],
            AI["groq"],
            HOSTS["github fine"],
            HOSTS["npm"],
            SAAS["slack bot"],
            CLOUD["databricks"],
            SAAS["sendgrid"],
            HOSTS["github classic"],
        )
    )(d)


def split_name(d: Draw) -> Made:
    value = d.choice((d.an(32), d.hex(40), d.password("!-_."), _token(d)))
    cut = len(value) // 2
    a, b = value[:cut], value[cut:]
    name = d.one("api_key", "password", "client_secret", "auth_token", "apiKey", "secretKey")
    text = d.choice(
        (
            f'{name} = "{a}" + "{b}"\n',
            f"{name} = '{a}' \\\n    '{b}'\n",
            f'{name} = ("{a}"\n    "{b}")\n',
            f"const {name} = `{a}` + `{b}`;\n",
            f'const {name} = ["{a}", "{b}"].join("");\n',
            f"${name} = '{a}' . '{b}';\n",
            f'std::string {name} = "{a}" "{b}";\n',
            f'{name} := "{a}" +\n\t"{b}"\n',
            f'{name} = "".join(["{a}", "{b}"])\n',
            f'{name} = "{a}"\n{name} += "{b}"\n',
            f'{name} = "{value[::-1]}"[::-1]\n',
            f"{name}: >\n  {a}\n  {b}\n",
            f'{name} = "{a}\\\n{b}"\n',
            f'String {name} = new StringBuilder().append("{a}").append("{b}").toString();\n',
            f"local {name} = '{a}' .. '{b}'\n",
            f'let {name} = concat!("{a}", "{b}");\n',
        )
    )
    return (
        d.one("a.py", "a.js", "a.txt"),
        "none",
        text,
        (value[::-1],) if value[::-1] in text and "[::-1]" in text else (a, b),
    )


def split_token(d: Draw) -> Made:
    value = _token(d)
    cut = d.int(12, len(value) - 12)
    a, b = value[:cut], value[cut:]
    text = d.one(
        f'x = "{a}" + "{b}"\n',
        f"const x = '{a}' +\n  '{b}';\n",
        f'["{a}",\n "{b}"].join("")\n',
        f'x = ("{a}"\n     "{b}")\n',
    )
    return d.one("a.py", "a.js"), "none", text, (a, b)


def escaped(d: Draw) -> Made:
    value = d.password("").capitalize() + d.one('"', "\\", "&", "<", "é", "'", "$") + d.an(4)
    form = d.int(0, 4)
    if form == 0:
        coded, text = json.dumps(value)[1:-1], '{"password": "«»", "ttl": 5}\n'
    elif form == 1:
        coded, text = (
            value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;"),
            '<add key="Password" value="«»"/>\n',
        )
    elif form == 2:
        coded, text = quote(value, safe=""), "https://app:«»@db.acme.example/x\n"
    elif form == 3:
        coded, text = value.replace("\\", "\\\\").replace('"', '\\"'), 'password = "«»"\n'
    else:
        coded, text = value.replace("'", "''"), "password: '«»'\n"
    return "a.txt", "none", text.replace("«»", coded), (coded,)


def unicode_escapes(d: Draw) -> Made:
    value = d.password("")
    coded = "".join(f"\\u{ord(c):04x}" for c in value) if d.int(0, 1) else "".join(f"\\x{ord(c):02x}" for c in value)
    return "a.js", "none", f"const password = '{coded}';\n", (coded,)


def base64_of(d: Draw) -> Made:
    value = d.choice(
        (_token(d), d.password("!-_."), f"password={d.password('')}", f'{{"password":"{d.password("")}"}}')
    )
    coded = base64.b64encode(value.encode()).decode()
    text = d.one(
        "API_TOKEN_B64=«»\n",
        "password: !!binary «»\n",
        'const password = atob("«»");\n',
        "echo «» | base64 -d > token\n",
        "password=$(echo '«»' | base64 --decode)\n",
        'password = base64.b64decode("«»").decode()\n',
        "$password = base64_decode('«»');\n",
        "apiVersion: v1\nkind: Secret\ndata:\n  config: «»\n",
        'token := mustDecode("«»")\n',
        'secret = Buffer.from("«»", "base64").toString();\n',
        "$pw = [Convert]::FromBase64String('«»')  # password\n",
        "base64 -d <<< «» | docker login --password-stdin\n",
        "printf %s «» | base64 -D | pbcopy  # password\n",
    )
    return d.one("a.sh", "a.py", "a.yaml"), "none", text.replace("«»", coded), (coded,)


def hex_of(d: Draw) -> Made:
    coded = d.password("!-").encode().hex()
    return (
        "a.py",
        "none",
        d.one(
            f'password = bytes.fromhex("{coded}")\n',
            f"password=$(echo {coded} | xxd -r -p)\n",
            f'String password = unhex("{coded}");\n',
        ),
        (coded,),
    )


def base64_token(d: Draw) -> Made:
    coded = base64.b64encode(_token(d).encode()).decode()
    return "a.yaml", "none", d.one("blob: «»\n", 'x = "«»"\n', '{"payload": "«»"}\n').replace("«»", coded), (coded,)


def again(d: Draw) -> Made:
    value = d.choice((d.an(24), d.password("-_.") + d.an(3)))
    later = d.one(
        f"curl https://a.example/?x={value}\n",
        f"# was {value} before\n",
        f"print('{value}')\n",
        f"{base64.b64encode(value.encode()).decode()}\n",
        f"log: got {value!r}\n",
    )
    coded = base64.b64encode(value.encode()).decode()
    return (
        "a.txt",
        "none",
        f'api_key = "{value}"\n\ndef f(): ...\n\n{later}',
        (value, coded) if coded in later else (value,),
    )


def token_cut(d: Draw) -> Made:
    value = _token(d)
    kept = value[: max(18, len(value) * d.int(50, 90) // 100)]
    return "a.py", "none", d.one(f'KEY = "{kept}', f"export X={kept}", f"client = Client('{kept}", f"# {kept}"), (kept,)


ARMOUR: dict[str, Callable[[Draw], Made]] = {
    "pem": pem,
    "pem with CRLF": pem_crlf,
    "pem in yaml": pem_yaml,
    "pem in a literal": pem_literal,
    "pem in pieces": pem_pieces,
    "pem in comments": pem_comment,
    "pem cut": pem_cut,
    "pgp": pgp,
    "putty": putty,
    "pem encrypted": pem_encrypted,
    "jwk": jwk,
    "ssh key body": ssh_body,
    "key in bytes": bytes_key,
    "split by name": split_name,
    "split token": split_token,
    "escaped": escaped,
    "unicode escapes": unicode_escapes,
    "base64 by name": base64_of,
    "hex by name": hex_of,
    "base64 of a token": base64_token,
    "the same again": again,
    "token cut": token_cut,
}
