"""Secrets told by the structure around them: each gives a text and what may not be left of it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from urllib.parse import quote

from tests.benchmarks.redaction.fourth import drawing
from tests.benchmarks.redaction.ninth.values import account, body, password
from tests.benchmarks.redaction.sixth.drawing import ALNUM, BASE64, HEX, HOSTS, USERS, WORDS, Dice

Made = tuple[str, tuple[str, ...]]
_LABELS = ("RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY", "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "DSA PRIVATE KEY", "PGP PRIVATE KEY BLOCK")  # fmt: skip


def _pem(dice: Dice) -> str:
    return drawing.pem(dice, dice.choice(_LABELS), dice.randint(6, 20))


def pem_file(dice: Dice) -> Made:
    pem = _pem(dice)
    return dice.choice(["{}\n", "key = '''{}'''\n", "$key = <<<EOT\n{}\nEOT;\n", "const key = `{}`;\n"]).format(
        pem
    ), body(pem)


def pem_literal(dice: Dice) -> Made:
    pem = _pem(dice)
    end = dice.choice(["\\n", "\\r\\n", "\\\\n"])
    return dice.choice(['key := "{}"\n', "const key = '{}';\n", '{{"k": "{}"}}\n', "KEY={}\n"]).format(pem.replace("\n", end)), body(pem)  # fmt: skip


def pem_indented(dice: Dice) -> Made:
    pem, pad = _pem(dice), " " * dice.randint(2, 8)
    return f"tls:\n  key: |\n{pad}" + pem.replace("\n", "\n" + pad) + "\n  on: true\n", body(pem)


def pem_pieces(dice: Dice) -> Made:
    lines = (pem := _pem(dice)).split("\n")
    head, mid, tail = dice.choice([('String k = "', '\\n" +\n    "', '";\n'), ("key = ('", "\\n'\n  '", "')\n"), ("const k = ['", "',\n  '", "'].join('\\n');\n"), ('const char *k = "', '\\n"\n "', '";\n')])  # fmt: skip
    return head + mid.join(lines) + tail, body(pem)


def pem_cut(dice: Dice) -> Made:
    lines = (pem := _pem(dice)).split("\n")
    part = dice.choice([lines[: dice.randint(3, 6)], lines[-dice.randint(3, 6) :], lines[2:-1]])
    return "\n".join(part), tuple(line for line in body(pem) if line in part)


def pem_cut_literal(dice: Dice) -> Made:
    lines = (pem := _pem(dice)).split("\n")
    part = dice.choice([lines[: dice.randint(3, 6)], lines[-dice.randint(3, 6) :]])
    return '    "private_key": "' * (part[0] == lines[0]) + "\\n".join(part), tuple(line for line in body(pem) if line in part)  # fmt: skip


def service_account(dice: Dice) -> Made:
    text, secrets = account(dice)
    return dice.choice(["{}", "GCP = '{}'", "export GOOGLE_CREDENTIALS='{}'"]).format(text), secrets


def kube(dice: Dice) -> Made:
    one, two = password(dice), dice.mixed(ALNUM, 32)
    coded = [base64.b64encode(value.encode()).decode() for value in (one, two)]
    return f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: {dice.choice(WORDS)}\ntype: Opaque\ndata:\n  {dice.choice(['password', 'db-pass', 'config', 'value'])}: {coded[0]}\n  {dice.choice(['token', 'api-key', 'cert', 'username'])}: {coded[1]}\n", tuple(coded)  # fmt: skip


def kube_string(dice: Dice) -> Made:
    return (
        f"kind: Secret\nstringData:\n  {dice.choice(['password', 'url', 'conf', 'dsn'])}: {(p := password(dice))}\n",
        (p,),
    )


def docker_auth(dice: Dice) -> Made:
    coded = base64.b64encode(f"{dice.choice(USERS)}:{password(dice)}".encode()).decode()
    return json.dumps({"auths": {"registry.nordwind-logistik.de": {"auth": coded}}}, indent=dice.choice([None, 2])), (coded,)  # fmt: skip


def _coded(make: Callable[[str], str]) -> Callable[[Dice], Made]:
    """A secret that is put in base64, with its plain form and its coded one."""

    def made(dice: Dice) -> Made:
        coded = base64.b64encode(make(password(dice)).encode()).decode()
        return dice.choice(["Authorization: Basic {}", 'headers = {{"Authorization": "Basic {}"}}', "PASSWORD_B64={}", 'req.Header.Set("Authorization", "Basic {}")', "echo {} | base64 -d", 'atob("{}")', 'base64.b64decode("{}")']).format(coded), (coded,)  # fmt: skip

    return made


def split(dice: Dice) -> Made:
    token = dice.choice(["ghp_" + dice.mixed(ALNUM, 36), "sk_live_" + dice.mixed(ALNUM, 24), "xai-" + dice.mixed(ALNUM, 80), "AKIA" + dice.mixed(drawing.B32, 16), dice.mixed(ALNUM, 40)])  # fmt: skip
    at, to = len(token) // 3, 2 * len(token) // 3
    a, b, c = token[:at], token[at:to], token[to:]
    shapes = ['api_key = "{}" + "{}" + "{}"', 'const apiKey = "{}" +\n  "{}" +\n  "{}";', 'token = ("{}"\n         "{}"\n         "{}")', 'secret = "".join(["{}", "{}", "{}"])', "$token = '{}' . '{}' . '{}';", 'API_KEY="{}""{}""{}"', 'api_key = "{}" \\\n  "{}" \\\n  "{}"', 'String apiKey = String.join("", "{}", "{}", "{}");', 'let token = ["{}", "{}", "{}"].concat();', "apiKey = `{}${{'{}'}}{}`"]  # fmt: skip
    return dice.choice(shapes).format(a, b, c), (a, b, c)


URLS = """{s}://{u}:{p}@{h}:5432/{w}|{s}://:{p}@{h}:6379/0|DATABASE_URL={s}://{u}:{p}@{h}/{w}?ssl=true|engine = create_engine("{s}://{u}:{p}@{h}/{w}")|git remote add o https://{u}:{p}@github.com/x/y.git
mongoose.connect('mongodb+srv://{u}:{p}@{h}/{w}?retryWrites=true')|sql.Open("mysql", "{u}:{p}@tcp({h}:3306)/{w}")|amqp.Dial("amqp://{u}:{p}@{h}:5672/")|proxy = "http://{u}:{p}@{h}:3128"|pip install --index-url https://{u}:{p}@{h}/simple x""".replace("\n", "|").split("|")  # fmt: skip
STRINGS = """Server={h};Database={w};User Id={u};Password={p};|"Data Source={h};Initial Catalog={w};User ID={u};Pwd={p};Encrypt=True"|host={h} port=5432 dbname={w} user={u} password={p}|DRIVER={{ODBC Driver 17}};SERVER={h};UID={u};PWD={p}|jdbc:mysql://{h}/{w}?user={u}&password={p}
jdbc:oracle:thin:{u}/{p}@{h}:1521:orcl|jdbc:sqlserver://{h};user={u};password={p};|psycopg2.connect("host={h} user={u} password='{p}'")|new SqlConnection("Server={h};Uid={u};Pwd={p};")|sqlplus {u}/{p}@{h}/ORCL|dsn: "pgsql:host={h};user={u};password={p}"|Endpoint=sb://{h}/;SharedAccessKeyName=Root;SharedAccessKey={k}=
DefaultEndpointsProtocol=https;AccountName={w};AccountKey={l}==;EndpointSuffix=core.windows.net|{h}:5432:{w}:{u}:{p}|machine {h} login {u} password {p}|{h}:6379,password={p},ssl=True|//{h}/:_authToken={a}|//{h}/:_password={p}|https://{w}.blob.core.windows.net/c?sv=2022-11-02&sig={q}%3D""".replace("\n", "|").split("|")  # fmt: skip
HEADERS = """Authorization: Bearer {a}|curl -H "Authorization: token {a}" https://{h}/|headers['X-Api-Key'] = '{a}';|req.Header.Add("PRIVATE-TOKEN", "{a}")|"Authorization": "Bearer {a}",|http.setRequestHeader("X-Auth-Token", "{a}");|.header("Authorization", format!("Bearer {{}}", "{a}"))|proxy_set_header Authorization "Bearer {a}";
x-goog-api-key: {a}|Ocp-Apim-Subscription-Key: {x}|X-Vault-Token: {a}|request.AddHeader("apikey", "{a}");|@Headers("Authorization: Bearer {a}")|HttpHeaders.AUTHORIZATION, "Bearer " + "{a}"|Proxy-Authorization: Bearer {a}|X-Amz-Security-Token: {a}|axios.defaults.headers.common['Authorization'] = `Bearer {a}`;|client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "{a}");""".replace("\n", "|").split("|")  # fmt: skip
COOKIES = """Cookie: sessionid={x}; theme=dark|Set-Cookie: connect.sid=s%3A{a}.{z}; Path=/; HttpOnly|document.cookie = "auth_token={a}";|cookies = {{"sessionid": "{x}"}}|curl -b 'PHPSESSID={y}' https://{h}/|Set-Cookie: JSESSIONID={X}; Secure|--cookie "laravel_session={a}"|Cookie: _ga=GA1.2.1; remember_token={a}|res.cookie('sid', '{a}', {{ httpOnly: true }})|http.Cookie{{Name: "session", Value: "{a}"}}""".replace("\n", "|").split("|")  # fmt: skip
QUERIES = """https://{h}/api?api_key={a}|https://{h}/reset?token={a}|GET /v1/x?access_token={a} HTTP/1.1|https://b.s3.amazonaws.com/k?X-Amz-Credential=x&X-Amz-Signature={z}|fetch(`https://{h}/x?key={a}`)|https://{h}/invite/accept?code={a}|wss://{h}/ws?auth={a}|https://{h}/cb?client_secret={a}&state=1|url = "https://{h}/feed?private_token={a}"|https://discord.com/api/webhooks/104412341234123412/{a}{a}|https://{h}/dl?signature={q}%3D&Expires=1""".replace("\n", "|").split("|")  # fmt: skip
HASHES = """password_hash: $2b$12${b}|{u}:$6$rounds=5000$abcdefgh${c}:19000:0:99999:7:::|pbkdf2_sha256$600000${s}${d}=|$argon2id$v=19$m=65536,t=3,p=4${s}${e}|'{u}', '$2y$10${b}'|$apr1$abcdefgh${f}""".replace("\n", "|").split("|")  # fmt: skip


def _table(table: list[str], secret: str) -> Callable[[Dice], Made]:
    """Fills one of the templates; the letters in ``secret`` name the parts that may not be left."""

    def made(dice: Dice) -> Made:
        template = dice.choice(table)
        url = table is URLS
        word = (
            quote(password(dice), safe="")
            if url or "jdbc" in template
            else password(dice).replace(";", "x").replace("'", "x")
        )
        part = {
            "u": dice.choice(USERS), "h": dice.choice(HOSTS), "w": dice.choice(WORDS), "p": word, "s": dice.choice(["postgresql", "mysql", "redis", "mongodb", "amqp", "ftp", "ldap", "https", "postgresql+asyncpg"]) if url else dice.mixed(ALNUM, 22),
            "a": dice.mixed(ALNUM, 40), "x": dice.mixed(HEX, 32), "X": dice.mixed(HEX, 32).upper(), "y": dice.mixed(ALNUM, 26), "z": dice.mixed(HEX, 64), "k": dice.mixed(BASE64, 43), "l": dice.mixed(BASE64, 86), "q": dice.mixed(ALNUM, 43),
            "b": dice.mixed(ALNUM + "./", 53), "c": dice.mixed(ALNUM + "./", 86), "d": dice.mixed(BASE64, 43), "e": dice.mixed(BASE64, 43), "f": dice.mixed(ALNUM, 22),
        }  # fmt: skip
        return template.format(**part), tuple(part[name] for name in secret if f"{{{name}}}" in template)

    return made


def jwt(dice: Dice) -> Made:
    token = drawing.jwt(dice)
    return dice.choice(["token = '{}'", "Authorization: Bearer {}", "# {}", "https://x.lan/?t={}", '{{"id_token":"{}"}}', "localStorage.setItem('t', '{}')", "{}"]).format(token), tuple(token.split(".")[1:])  # fmt: skip


def odd(dice: Dice) -> Made:
    """Keys without a prefix: bytes, hex, wallets, seed phrases."""
    listed = ", ".join(f"0x{dice.randint(0, 255):02x}" for _ in range(32))
    hexed, phrase, wif, blob = dice.mixed(HEX, 64), " ".join(dice.sample(WORDS, 12)), drawing.wif(dice), dice.blob(32)
    table = [
        ("static const uint8_t aes_key[32] = {{ {} }};", listed), ("key := []byte{{{}}} // secret", listed), ("private_key = '0x{}'", hexed), ("hmac_key = bytes.fromhex('{}')", hexed), ('<machineKey validationKey="{}" />', hexed.upper()),
        ('MNEMONIC="{}"', phrase), ("seed phrase: {}", phrase), ("wif = '{}'", wif), ("APP_KEY=base64:{}", blob), ("cipher = Fernet(b'{}')", blob.replace("+", "-").replace("/", "_")), ("new SecretKeySpec(\"{}\".getBytes(), \"AES\")", dice.mixed(ALNUM, 16)),
    ]  # fmt: skip
    template, value = dice.choice(table)
    return template.format(value), (value,)


STRUCTURES: dict[str, Callable[[Dice], Made]] = {
    "pem_file": pem_file, "pem_literal": pem_literal, "pem_indented": pem_indented, "pem_pieces": pem_pieces, "pem_cut": pem_cut, "pem_cut_literal": pem_cut_literal, "service_account": service_account,
    "kube": kube, "kube_string": kube_string, "docker_auth": docker_auth, "basic": _coded(lambda word: f"api:{word}"), "coded": _coded(lambda word: f"{word}{word}"), "split": split, "url": _table(URLS, "p"),
    "connection": _table(STRINGS, "pklaq"), "header": _table(HEADERS, "ax"), "cookie": _table(COOKIES, "axXyz"), "query": _table(QUERIES, "aqz"), "hash": _table(HASHES, "bcdef"), "jwt": jwt, "odd": odd,
}  # fmt: skip
