"""Secrets told by the structure around them, encoded ones, and personal data: each function makes one case of its kind."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from random import Random
from urllib.parse import quote

from values import fill, jwt, password

Made = tuple[str, list[str]]
"""A text, and what must not be left of it."""


def b64(text: str) -> str:
    return b64encode(text.encode()).decode()


def _body(rng: Random, lines: int = 12) -> list[str]:
    return [fill("{b64}", rng) for _ in range(lines)] + [fill("{b38}", rng) + "=="]


_KINDS = (
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "DSA PRIVATE KEY",
    "PRIVATE KEY",
    "OPENSSH PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
)


def pem_forms(rng: Random) -> dict[str, Made]:
    out: dict[str, Made] = {}
    for kind in _KINDS:
        body = _body(rng)
        head, tail = f"-----BEGIN {kind}-----", f"-----END {kind}-----"
        whole = "\n".join([head, *body, tail])
        name = kind.lower().replace(" ", "-")
        out[f"{name} plain"] = f"{whole}\n", body
        out[f"{name} python"] = f'KEY = """{whole}\n"""\n', body
        out[f"{name} one-line"] = f'{{"key": {json.dumps(whole)}}}\n', body
        out[f"{name} twice-escaped"] = json.dumps({"body": json.dumps({"key": whole})}) + "\n", body
        out[f"{name} env"] = 'KEY="' + whole.replace("\n", "\\n") + '"\n', body
        out[f"{name} yaml"] = (
            "tls:\n  key: |\n" + "".join(f"    {x}\n" for x in whole.split("\n")) + "  port: 5\n",
            body,
        )
        out[f"{name} yaml-deep"] = (
            "a:\n  b:\n    c: |-\n" + "".join(f"            {x}\n" for x in whole.split("\n")),
            body,
        )
        out[f"{name} crlf"] = whole.replace("\n", "\r\n") + "\r\n", body
        out[f"{name} js-lines"] = (
            "const k = [\n" + "".join(f"  '{x}',\n" for x in whole.split("\n")) + "].join('\\n');\n",
            body,
        )
        out[f"{name} java-plus"] = "String k = " + " +\n    ".join(f'"{x}\\n"' for x in whole.split("\n")) + ";\n", body
        out[f"{name} c-lines"] = (
            "const char k[] =\n" + "\n".join(f'  "{x}\\r\\n"' for x in whole.split("\n")) + ";\n",
            body,
        )
        out[f"{name} cut-end"] = "\n".join(["x = 1", head, *body[:5]]), body[:5]
        out[f"{name} cut-start"] = "\n".join([*body[4:], tail, "y = 2"]) + "\n", body[4:]
        out[f"{name} cut-both"] = "\n".join(body[2:9]) + "\n", body[2:9]
        out[f"{name} cut-midline"] = "\n".join([body[3][30:], *body[4:9], body[9][:20]]) + "\n", body[4:9]
        out[f"{name} comment"] = "".join(f"# {x}\n" for x in whole.split("\n")), body
        out[f"{name} diff"] = "".join(f"+{x}\n" for x in whole.split("\n")), body
        out[f"{name} heredoc"] = f"cat > k.pem <<'EOF'\n{whole}\nEOF\n", body
        out[f"{name} go-raw"] = f"const k = `{whole}`\n", body
        out[f"{name} xml"] = f"<key>{whole}</key>\n", body
        out[f"{name} base64"] = f"KEY_B64={b64(whole)}\n", [b64(whole)[40:400]]
        out[f"{name} single-line"] = f'key: "{head}{"".join(body)}{tail}"\n', body
        out[f"{name} spaces"] = f"KEY={head} {' '.join(body)} {tail}\n", body
        out[f"{name} quoted-mail"] = "".join(f"> {x}\n" for x in whole.split("\n")), body
    body = _body(rng)
    enc = ["Proc-Type: 4,ENCRYPTED", f"DEK-Info: AES-128-CBC,{fill('{HEX32}', rng)}", ""]
    out["pem proc-type"] = (
        "\n".join(["-----BEGIN RSA PRIVATE KEY-----", *enc, *body, "-----END RSA PRIVATE KEY-----"]),
        body,
    )
    pgp = [
        "-----BEGIN PGP PRIVATE KEY BLOCK-----",
        "Version: GnuPG v2",
        "",
        *body,
        f"={fill('{b4}', rng)}",
        "-----END PGP PRIVATE KEY BLOCK-----",
    ]
    out["pgp"] = "\n".join(pgp) + "\n", body
    putty = [
        "PuTTY-User-Key-File-3: ssh-ed25519",
        "Encryption: none",
        "Comment: kim",
        "Public-Lines: 2",
        fill("{b64}", rng),
        fill("{b40}", rng),
    ]
    lines = [fill("{b60}", rng)]
    out["putty"] = "\n".join([*putty, "Private-Lines: 1", *lines, f"Private-MAC: {fill('{hex64}', rng)}"]) + "\n", lines
    out["ssh2"] = (
        "\n".join(["---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----", *body, "---- END SSH2 ENCRYPTED PRIVATE KEY ----"]),
        body,
    )
    der = fill("{b64of600}", rng)
    out["der-base64"] = f'private static final String PRIVATE_KEY = "MII{der}";\n', [der]
    out["jwk"] = (
        json.dumps(
            {
                "kty": "RSA",
                "n": fill("{u342}", rng),
                "e": "AQAB",
                "d": (d := fill("{u342}", rng)),
                "p": (p := fill("{u171}", rng)),
            }
        ),
        [d, p],
    )
    out["jwk-ec"] = (
        json.dumps(
            {
                "kty": "EC",
                "crv": "P-256",
                "x": fill("{u43}", rng),
                "y": fill("{u43}", rng),
                "d": (d := fill("{u43}", rng)),
            }
        ),
        [d],
    )
    out["jwk-oct"] = json.dumps({"kty": "oct", "k": (k := fill("{u43}", rng)), "alg": "HS256"}), [k]
    out["wireguard"] = f"[Interface]\nPrivateKey = {(k := fill('{b64of32}', rng))}\nAddress = 10.0.0.2/32\n", [k]
    out["wireguard-psk"] = f"[Peer]\nPresharedKey = {(k := fill('{b64of32}', rng))}\n", [k]
    out["openvpn-static"] = (
        "-----BEGIN OpenVPN Static key V1-----\n"
        + "\n".join(hexes := [fill("{hex32}", rng) for _ in range(16)])
        + "\n-----END OpenVPN Static key V1-----\n",
        hexes,
    )
    out["ansible-vault-password"] = (
        f"ansible-playbook --vault-password-file <(echo {(v := password(rng))}) site.yml",
        [v],
    )
    return out


def encoded_forms(rng: Random) -> dict[str, Made]:
    p, q, t = password(rng), fill("{an32}", rng), fill("ghp_{an36}", rng)
    basic = b64(f"kim:{p}")
    out: dict[str, Made] = {}
    out["k8s"] = (
        f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: it\ntype: Opaque\ndata:\n  password: {b64(p)}\n  api-key: {b64(q)}\n",
        [b64(p), b64(q)],
    )
    out["k8s-data-first"] = (
        f"apiVersion: v1\ndata:\n  password: {b64(p)}\n  user: {b64('kim')}\nkind: Secret\nmetadata:\n  name: it\n",
        [b64(p)],
    )
    out["k8s-json"] = (
        json.dumps({"apiVersion": "v1", "kind": "Secret", "data": {"password": b64(p), "token": b64(t)}}, indent=2),
        [b64(p), b64(t)],
    )
    out["k8s-list"] = (
        f"apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Secret\n  data:\n    password: {b64(p)}\n",
        [b64(p)],
    )
    out["k8s-quoted"] = f'kind: Secret\napiVersion: v1\ndata:\n  db.password: "{b64(p)}"\n', [b64(p)]
    out["basic-header"] = f"Authorization: Basic {basic}\n", [basic]
    out["basic-code"] = f'headers = {{"Authorization": "Basic {basic}"}}\n', [basic]
    out["basic-curl"] = f"curl -H 'authorization: basic {basic}' https://svc.acme.io\n", [basic]
    out["basic-const"] = f'const AUTH = "Basic {basic}";\n', [basic]
    docker = b64(f"kim:{t}")
    out["docker-config"] = json.dumps({"auths": {"ghcr.io": {"auth": docker}}}, indent=2), [docker]
    out["dockerconfigjson"] = (
        f"kind: Secret\ndata:\n  .dockerconfigjson: {(v := b64(json.dumps({'auths': {'ghcr.io': {'auth': docker}}})))}\n",
        [v],
    )
    out["b64-token"] = f"DATA={b64(t)}\n", [b64(t)]
    out["b64-json"] = f"payload = '{(v := b64(json.dumps({'user': 'kim', 'password': p})))}'\n", [v]
    out["b64-twice"] = f"DATA={(v := b64(b64(f'token={t}')))}\n", [v]
    out["b64-env"] = f"PASSWORD_B64={(v := b64(p))}\n", [v]
    out["b64-url"] = f"DB={(v := b64(f'postgres://kim:{quote(p, safe=str())}@db1/app'))}\n", [v]
    out["b64-decode-call"] = f'base64.b64decode("{(v := b64(t))}")\n', [v]
    out["b64-echo"] = f"echo {(v := b64(f'password: {p}'))} | base64 -d\n", [v]
    out["hex-bytes"] = (
        "static const uint8_t aes_key[16] = {"
        + ", ".join(h := [f"0x{rng.randrange(256):02x}" for _ in range(16)])
        + "};\n",
        [", ".join(h)[:40]],
    )
    out["dec-bytes"] = (
        "private byte[] encryptionKey = {"
        + ", ".join(h := [str(rng.randrange(-128, 128)) for _ in range(32)])
        + "};\n",
        [", ".join(h)[:40]],
    )
    out["bytes-escape"] = (
        'secret_key = b"' + "".join(h := [f"\\x{rng.randrange(256):02x}" for _ in range(24)]) + '"\n',
        ["".join(h)],
    )
    units = "".join(f"\\u{ord(c):04x}" for c in t)
    out["unicode-escape"] = f'{{"token": "{units}"}}\n', [units]
    out["percent"] = f"next=https%3A%2F%2Fx.acme.io%2F%3Ftoken%3D{q}%26a%3D1\n", [q]
    out["html-entity"] = f'<a href="/x?a=1&amp;access_token={q}&amp;b=2">', [q]
    out["json-u0026"] = f'{{"next": "/x?a=1\\u0026api_key={q}\\u0026b=2"}}', [q]
    out["known-again"] = (
        f'TOKEN = "{t}"\n# the one with {t[:20]}\nlog("{b64(t)}")\nurl = "/x/{quote(t)}"\n',
        [t, b64(t)],
    )
    pw = "Zeta&9/kq+Lm=2"
    out["known-escaped"] = (
        f'db_password = "{pw}"\nurl = "postgres://kim:{quote(pw, safe="")}@db1/app"\n',
        [pw, quote(pw, safe="")],
    )
    out["split-lines"] = f'TOKEN = "{t[:16]}" \\\n    "{t[16:]}"\n', [t[16:]]
    out["joined"] = f'token = "".join(["{q[:10]}", "{q[10:20]}", "{q[20:]}"])\n', [q[:10], q[10:20], q[20:]]
    out["format"] = f'api_key = "{q[:16]}%s" % "{q[16:]}"\n', [q[:16], q[16:]]
    return out


def _header(name: str, template: str) -> Callable[[Random], Made]:
    def make(rng: Random) -> Made:
        v = fill(template, rng)
        forms = (
            f"{name}: {v}\n",
            f'headers = {{"{name}": "{v}"}}\n',
            f"curl -H '{name}: {v}' https://svc.acme.io\n",
            f'req.Header.Set("{name}", "{v}")\n',
            f'.header("{name}", "{v}")\n',
            f"headers: {{ '{name}': '{v}' }},\n",
            f"proxy_set_header {name} {v};\n",
            f'-H "{name}: {v}" \\\n',
            f'client.DefaultRequestHeaders.Add("{name}", "{v}");\n',
            f"headers['{name}'] = '{v}'\n",
            f'"{name}" => "{v}",\n',
            f"GET /x HTTP/1.1\r\nHost: svc.acme.io\r\n{name}: {v}\r\n\r\n",
            f"xhr.setRequestHeader('{name}', '{v}');\n",
            f'{{"key": "{name}", "value": "{v}"}}\n',
            f"{name.lower()}: {v}\n",
            f'{{"headers": [["{name}", "{v}"]]}}\n',
            f'@Headers("{name}: {v}")\n',
        )
        return rng.choice(forms), [v.split(" ")[-1]]

    return make


HEADERS: dict[str, Callable[[Random], Made]] = {
    "auth-bearer": _header("Authorization", "Bearer {an40}"),
    "auth-bearer-hex": _header("Authorization", "Bearer {hex32}"),
    "auth-token": _header("Authorization", "Token {hex40}"),
    "auth-token-word": _header("Authorization", "token {an40}"),
    "auth-apikey": _header("Authorization", "ApiKey {an40}"),
    "auth-raw": _header("Authorization", "{an40}"),
    "auth-genie": _header("Authorization", "GenieKey {uuid}"),
    "auth-ssws": _header("Authorization", "SSWS 00{u40}"),
    "proxy-auth": _header("Proxy-Authorization", "Bearer {an40}"),
    "x-api-key": _header("X-Api-Key", "{an40}"),
    "x-api-key-hex": _header("x-api-key", "{hex32}"),
    "api-key-header": _header("api-key", "{hex32}"),
    "ocp-apim": _header("Ocp-Apim-Subscription-Key", "{hex32}"),
    "private-token": _header("PRIVATE-TOKEN", "{an20}"),
    "x-auth-token": _header("X-Auth-Token", "{hex40}"),
    "x-vault": _header("X-Vault-Token", "{an26}"),
    "x-access-token": _header("X-Access-Token", "{an40}"),
    "x-csrf": _header("X-CSRF-Token", "{an64}"),
    "x-amz-token": _header("X-Amz-Security-Token", "{b200}"),
    "circle-token": _header("Circle-Token", "{hex40}"),
    "dd-api-key": _header("DD-API-KEY", "{hex32}"),
    "x-rapidapi": _header("X-RapidAPI-Key", "{hex8}msh{lo15}p1{lo4}jsn{hex12}"),
    "x-goog": _header("x-goog-api-key", "{an39}"),
    "x-shopify": _header("X-Shopify-Access-Token", "{hex32}"),
    "x-hub-signature": _header("X-Hub-Signature-256", "sha256={hex64}"),
    "x-secret": _header("X-Internal-Secret", "{an24}"),
}

_COOKIES = (
    "sessionid={lo32}",
    "PHPSESSID={lo26}",
    "JSESSIONID={HEX32}",
    "connect.sid=s%3A{u32}.{an43}",
    "auth_token={an40}",
    "_session_id={hex32}",
    "laravel_session={an200}",
    "remember_token={an60}",
    "csrftoken={an64}",
    ".AspNetCore.Cookies={u120}",
    "laravel_token={an40}",
    "sid={u30}",
    "wordpress_logged_in_{hex32}={an43}",
    "__Secure-next-auth.session-token={jwt}",
    "li_at={u120}",
    "token={jwt}",
)


def cookie(rng: Random) -> Made:
    pair = fill(rng.choice(_COOKIES), rng)
    v = pair.split("=", 1)[1]
    return rng.choice(
        (
            f"Cookie: theme=dark; {pair}; lang=en\n",
            f"Set-Cookie: {pair}; Path=/; HttpOnly\n",
            f'headers = {{"Cookie": "{pair}"}}\n',
            f"curl -b '{pair}' https://svc.acme.io\n",
            f'curl --cookie "{pair}; lang=en" https://svc.acme.io\n',
            f"document.cookie = '{pair}; path=/';\n",
            f"-H 'cookie: a=1; {pair}' \\\n",
            f"requests.get(u, cookies={{'{pair.split('=')[0]}': '{v}'}})\n",
            f"session.cookies.set('{pair.split('=')[0]}', '{v}')\n",
            f'{{"name": "{pair.split("=")[0]}", "value": "{v}", "domain": "svc.acme.io", "httpOnly": true}}\n',
            f"svc.acme.io\tTRUE\t/\tTRUE\t0\t{pair.split('=')[0]}\t{v}\n",
        )
    ), [v]


_PARAMETERS = "token access_token api_key apikey key sig signature auth code reset_token invite_token client_secret password X-Amz-Signature X-Goog-Signature sessionid jwt secret appid hmac st".split()


def parameter(rng: Random) -> Made:
    name = rng.choice(_PARAMETERS)
    v = fill(rng.choice(("{an32}", "{hex40}", "{u43}", "{hex64}")), rng)
    return rng.choice(
        (
            f"https://svc.acme.io/v1/x?a=1&{name}={v}\n",
            f"https://svc.acme.io/v1/x?{name}={v}&b=2\n",
            f'fetch("/v1/x?{name}={v}")\n',
            f"<a href='/x?{name}={v}'>\n",
            f"GET /x?{name}={v} HTTP/1.1\n",
            f"[link](https://svc.acme.io/x?{name}={v})\n",
            f"url: https://svc.acme.io/x?{name}={v}#top\n",
            f"curl 'https://svc.acme.io/x?{name}={v}'\n",
            f"wss://svc.acme.io/ws?{name}={v}\n",
            f"https://svc.acme.io/cb#{name}={v}\n" if name != "code" else f"https://svc.acme.io/cb?code={v}&state=1\n",
        )
    ), [v]


def clouds(rng: Random) -> dict[str, Made]:
    key = "-----BEGIN PRIVATE KEY-----\n" + "\n".join(body := _body(rng)) + "\n-----END PRIVATE KEY-----\n"
    account = {
        "type": "service_account",
        "project_id": "acme-1",
        "private_key_id": fill("{hex40}", rng),
        "private_key": key,
        "client_email": "svc@acme-1.iam.gserviceaccount.com",
        "client_id": fill("{d21}", rng),
    }
    s40, k64, sas = fill("{b40}", rng), fill("{b64of64}", rng), quote(fill("{b64of32}", rng), safe="")
    one = json.dumps(account)
    words = "abandon ability able about above absent absorb abstract absurd abuse access accident account accuse achieve acid acoustic acquire across act action actor actress actual".split()
    phrase = " ".join(rng.sample(words, 12))
    tok = fill("{an40}", rng)
    return {
        "gcp-json": (json.dumps(account, indent=2), body),
        "gcp-json-in-env": (f"GOOGLE_CREDENTIALS='{one}'\n", body),
        "gcp-json-escaped": (json.dumps({"creds": one}), body),
        "gcp-b64": (f"GCP_SA_KEY={b64(one)}\n", [b64(one)[:300]]),
        "aws-credentials": (
            f"[default]\naws_access_key_id = AKIA{fill('{up16}', rng)}\naws_secret_access_key = {s40}\n",
            [s40],
        ),
        "aws-beside": (f'boto3.client("s3", "AKIA{fill("{up16}", rng)}", "{s40}")\n', [s40]),
        "aws-csv": (f"Access key ID,Secret access key\nAKIA{fill('{up16}', rng)},{s40}\n", [s40]),
        "aws-json": (
            json.dumps(
                {
                    "AccessKeyId": "ASIA" + fill("{up16}", rng),
                    "SecretAccessKey": s40,
                    "SessionToken": (st := "FwoGZXIvYXdz" + fill("{b200}", rng)),
                }
            ),
            [s40, st],
        ),
        "azure-conn": (
            f"DefaultEndpointsProtocol=https;AccountName=acme;AccountKey={k64};EndpointSuffix=core.windows.net\n",
            [k64],
        ),
        "azure-bus": (
            f"Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={(v := fill('{b64of32}', rng))}\n",
            [v],
        ),
        "azure-iot": (
            f"HostName=acme.azure-devices.net;DeviceId=d1;SharedAccessKey={(v := fill('{b64of32}', rng))}",
            [v],
        ),
        "azure-cosmos": (f"AccountEndpoint=https://acme.documents.azure.com:443/;AccountKey={k64};\n", [k64]),
        "azure-sas": (
            f"https://acme.blob.core.windows.net/c/b?sv=2022-11-02&se=2026-01-01&sr=b&sp=r&sig={sas}\n",
            [sas],
        ),
        "azure-sp": (
            json.dumps(
                {
                    "appId": fill("{uuid}", rng),
                    "password": (v := fill("{an3}8Q~{u34}", rng)),
                    "tenant": fill("{uuid}", rng),
                }
            ),
            [v],
        ),
        "appinsights": (
            f"InstrumentationKey={(v := fill('{uuid}', rng))};IngestionEndpoint=https://x.in.applicationinsights.azure.com/\n",
            [v],
        ),
        "s3-presigned": (
            f"https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA{fill('{up16}', rng)}%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature={(v := fill('{hex64}', rng))}",
            [v],
        ),
        "gcs-presigned": (
            f"https://storage.googleapis.com/b/o?GoogleAccessId=x&Expires=1&Signature={(v := quote(fill('{b64of128}', rng), safe=''))}",
            [v],
        ),
        "seed-phrase": (f'MNEMONIC="{phrase}"\n', [phrase]),
        "seed-yaml": (f"wallet:\n  seed_phrase: {phrase}\n", [phrase]),
        "npmrc": (f"//registry.npmjs.org/:_authToken={tok}\n", [tok]),
        "npmrc-auth": (f"_auth={(v := b64(f'kim:{tok}'))}\n", [v]),
        "npmrc-password": (f"//npm.acme.io/:_password={(v := b64(password(rng)))}\n", [v]),
        "yarnrc": (f'npmAuthToken: "{tok}"\n', [tok]),
        "pip-url": (f"--extra-index-url https://kim:{tok}@pypi.acme.io/simple\n", [tok]),
        "cargo": (f'[registry]\ntoken = "{tok}"\n', [tok]),
        "kubeconfig": (f"users:\n- name: kim\n  user:\n    token: {tok}\n", [tok]),
        "kubeconfig-cert": (f"    client-key-data: {(v := b64(key))}\n", [v[40:300]]),
        "gh-hosts": (f"github.com:\n    user: kim\n    oauth_token: gho_{(v := fill('{an36}', rng))}\n", [v]),
        "composer-auth": (
            json.dumps({"http-basic": {"repo.acme.io": {"username": "kim", "password": (v := password(rng))}}}),
            [v],
        ),
        "sentry-dsn": (f"https://{(v := fill('{hex32}', rng))}@o12.ingest.sentry.io/45\n", [v]),
        "k8s-sa-token": (f"token: {(v := jwt(rng))}\n", [v]),
        "firebase": (
            f'const c = {{ apiKey: "AIza{(v := fill("{u35}", rng))}", authDomain: "a.firebaseapp.com" }};\n',
            [v],
        ),
        "ngrok": (f"authtoken: {(v := fill('{an27}_{an21}', rng))}\n", [v]),
        "slack-legacy-hook": (
            f'curl -X POST "https://hooks.slack.com/workflows/T{fill("{AN8}", rng)}/A{fill("{AN8}", rng)}/{fill("{d18}", rng)}/{(v := fill("{an24}", rng))}"',
            [v],
        ),
        "totp-uri": (f"otpauth://totp/Acme:kim?secret={(v := fill('{up32}', rng))}&issuer=Acme\n", [v]),
        "terraform-cloud-rc": (f'credentials "app.terraform.io" {{\n  token = "{tok}"\n}}\n', [tok]),
        "rclone": (f"[r]\ntype = s3\naccess_key_id = {fill('{AN20}', rng)}\nsecret_access_key = {s40}\n", [s40]),
        "mysql-cnf": (f"[client]\nuser=kim\npassword={(v := password(rng))}\n", [v]),
        "htpasswd-line": (f"kim:$apr1${fill('{an8}', rng)}${(v := fill('{an22}', rng))}\n", [v]),
        "shadow-line": (f"kim:$6${fill('{an16}', rng)}${(v := fill('{an86}', rng))}:19000:0:99999:7:::\n", [v]),
        "mysql-hash": (f"CREATE USER kim IDENTIFIED BY PASSWORD '*{(v := fill('{HEX40}', rng))}';\n", [v]),
    }


def _luhn(head: str, size: int, rng: Random) -> str:
    body = head + "".join(str(rng.randrange(10)) for _ in range(size - len(head) - 1))
    total = sum((d := int(c) * (2 - i % 2)) - 9 * (d > 9) for i, c in enumerate(reversed(body)))
    return body + str(-total % 10)


def _iban(country: str, bban: str) -> str:
    digits = "".join(str(int(c, 36)) for c in bban + country + "00")
    return f"{country}{98 - int(digits) % 97:02d}{bban}"


def _cpf(rng: Random) -> str:
    d = [rng.randrange(10) for _ in range(9)]
    for size in (10, 11):
        d.append(sum(x * w for x, w in zip(d, range(size, 1, -1), strict=False)) * 10 % 11 % 10)
    s = "".join(map(str, d))
    return f"{s[:3]}.{s[3:6]}.{s[6:9]}-{s[9:]}"


def person(rng: Random) -> dict[str, str]:
    first, last = (
        rng.choice("anna jonas maria peter li priya carlos".split()),
        rng.choice("berger novak silva tanaka okafor larsen".split()),
    )
    card = _luhn(rng.choice(("4", "51", "55", "2221")), 16, rng)
    iban = _iban("DE", fill("{d18}", rng))
    n = rng.randrange(10**8)
    ip = f"{rng.choice((23, 45, 81, 93, 151, 185, 203))}.{rng.randrange(60, 250)}.{rng.randrange(1, 250)}.{rng.randrange(1, 250)}"
    if ip.startswith("203.0.113"):
        ip = "93.184.216.34"
    nir = f"{rng.randrange(1, 3)}{rng.randrange(50, 99)}{rng.randrange(1, 13):02d}{rng.randrange(10, 95)}{rng.randrange(100, 999)}{rng.randrange(100, 999)}"
    return {
        "email": f"{first}.{last}{rng.randrange(100)}@{rng.choice(('gmail.com', 'web.de', 'acme.io', 'uni-koeln.de', 'outlook.co.uk', 'corp.acme.com.br'))}",
        "email-plus": f"{first}+{last}@{rng.choice(('gmail.com', 'posteo.de'))}",
        "phone-e164": f"+49{fill('{d10}', rng)}",
        "phone-spaced": f"+44 20 {fill('{d4} {d4}', rng)}",
        "phone-us": f"({rng.randrange(201, 989)}) {rng.randrange(200, 999)}-{fill('{d4}', rng)}",
        "phone-us-dash": f"{rng.randrange(201, 989)}-{rng.randrange(200, 999)}-{fill('{d4}', rng)}",
        "phone-us-dot": f"+1.{rng.randrange(201, 989)}.{rng.randrange(200, 999)}.{fill('{d4}', rng)}",
        "phone-de": f"+49 (0)171 {fill('{d7}', rng)}",
        "phone-de-national": f"0171/{fill('{d7}', rng)}",
        "phone-fr": f"06 {fill('{d2} {d2} {d2} {d2}', rng)}",
        "card": card,
        "card-spaced": " ".join(card[i : i + 4] for i in range(0, 16, 4)),
        "card-dashed": "-".join(card[i : i + 4] for i in range(0, 16, 4)),
        "amex": _luhn("37", 15, rng),
        "iban": iban,
        "iban-spaced": " ".join(iban[i : i + 4] for i in range(0, len(iban), 4)),
        "iban-gb": _iban("GB", "NWBK" + fill("{d14}", rng)),
        "iban-fr": _iban("FR", fill("{d23}", rng)),
        "iban-nl": _iban("NL", "ABNA" + fill("{d10}", rng)),
        "ssn": f"{rng.randrange(100, 665)}-{rng.randrange(10, 99)}-{rng.randrange(1000, 9999)}",
        "ipv4": ip,
        "ipv6": f"2a02:8109:{fill('{hex4}:{hex4}:{hex4}:{hex4}:{hex4}:{hex4}', rng)}",
        "ipv6-short": f"2a03:2880:f1{fill('{hex2}', rng)}:83::25d{rng.randrange(10)}",
        "cpf": _cpf(rng),
        "dni": f"{n:08d}{'TRWAGMYFPDXBNJZSQVHLCKE'[n % 23]}",
        "nino": f"AB {rng.randrange(10, 99)} {rng.randrange(10, 99)} {rng.randrange(10, 99)} C",
        "nir": f"{nir}{97 - int(nir) % 97:02d}",
    }


PLACES = (
    "V\n",
    'x = "V"\n',
    "// V\n",
    "# contact V for help\n",
    '{"it": "V"}\n',
    "it: V\n",
    "INSERT INTO t VALUES (1, 'V');\n",
    "<td>V</td>\n",
    "a,V,b\n",
    "log: got V from user\n",
    "it=V\n",
    "  assertEquals('V', it);\n",
    "(V)\n",
    "Call V.\n",
    "- V\n",
    "[V]\n",
    "| V |\n",
    "const c = { it: 'V', n: 1 };\n",
    '"a\\tV\\n"\n',
    "`V`\n",
    "it:V\n",
    "V,V\n",
    '{\\"it\\": \\"V\\"}\n',
)

HOMES = (
    "/home/V/src/app",
    "/Users/V/Library/x",
    "C:\\Users\\V\\AppData",
    "C:\\\\Users\\\\V\\\\Desktop",
    "file:///c%3A/Users/V/x.py",
    "file:///home/V/x.py",
    "/mnt/c/Users/V/x",
    'File "/home/V/app/x.py", line 3',
    "c:/users/V/x",
    "~V/.ssh" if False else "/home/V/.config",
    "\\\\?\\C:\\Users\\V\\x",
    "%2Fhome%2FV%2Fx",
    "-I/home/V/inc",
    "/export/home/V/x",
    "/var/home/V/x",
)
USERS = "kberger jonas.novak msilva anna_k tanaka42 plarsen DVogel".split()
