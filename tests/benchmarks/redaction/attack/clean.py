"""Lines that hold no secret but tempt a detector: each must come back as it is. ``files`` adds what installed packages hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

from values import fill

TEMPTING = r"""
max_tokens = 500
password_field = "password"
password: str
PASSWORD_PAT = r"^(?=.*[A-Z])(?=.*\d).{8,}$"
TOKEN_PAT = re.compile(r"[A-Za-z0-9_-]{20,}")
NAME_PAT = "[a-zA-Z][a-zA-Z0-9-]*"
KEY_REGEX = r"sk-[a-zA-Z0-9]{48}"
SECRET_PATTERN = "^[0-9a-f]{32}$"
PIN_PAT = r"\d{4}-\d{2}"
_PATH_PAT = "(?P<v1>[^/]+)/(?P<v2>[0-9]+)"
api_key = os.environ["API_KEY"]
api_key = os.getenv("OPENAI_API_KEY", "")
password = getpass.getpass("Password: ")
password = input("Enter your password: ")
const token = process.env.GITHUB_TOKEN;
const apiKey = import.meta.env.VITE_API_KEY;
token: ${{ secrets.GITHUB_TOKEN }}
password: ${DB_PASSWORD}
password: {{ .Values.db.password }}
password: "{{ db_password }}"
API_KEY=<YOUR_API_KEY>
API_KEY=your-api-key-here
API_KEY=xxxxxxxxxxxxxxxxxxxxxxxx
API_KEY=changeme
password = "********"
password = ""
password = None
password=password
self.password = password
self.token = token_urlsafe(32)
token = secrets.token_hex(16)
secretName: db-credentials
secretKeyRef: {name: db, key: password}
tokenUrl: https://auth.acme.io/oauth/token
token_type: bearer
"passwordHint": "At least 12 characters"
"password": "Passwort",
"forgotPassword": "Forgot your password?",
"login.password.label": "Password",
"password.too_short": "Password must have at least 8 characters",
error.password.mismatch=The passwords do not match.
<label for="password">Password</label>
<input type="password" name="password" placeholder="Password" autocomplete="current-password">
<input type="password" id="pwd1" class="form-control-lg">
type="password"
auth: AuthService
key: Key = Key.ENTER
keyboard_key = "ArrowDown"
primary_key = True
foreign_key = "users.id"
public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB0Zt3tPqX5m7y9nR2vQkW8sLhJfDgKxCzVbNmQwErTy kim"
sort_key = lambda x: x[1]
cache_key = f"user:{user_id}:profile"
partition_key = "tenant-2024"
key = "user_profile_v2"
keys = ["alpha1", "beta2", "gamma3"]
i18n_key = "auth.password.reset.v2"
idempotency_key = "order-1024-retry-3"
storage_key = "settings.theme.v3"
translation_key: sensor_temp_2
config_key = "feature.x2.enabled"
session_key = "cart:v2"
token_count = 128000
num_tokens = len(tokens)
tokens = tokenizer.encode(text)
pad_token = "<|endoftext|>"
eos_token_id = 50256
special_tokens = ["[CLS]", "[SEP]"]
TOKEN_ENDPOINT = "https://login.acme.io/oauth2/v2.0/token"
SECRET_ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCdEf"
vault_path = "secret/data/prod/db"
op://Private/GitHub/token
password_hash = hash_password(password)
assert not user.check_password("")
if password == confirm_password:
raise ValueError("password is required")
logger.info("token expired, refreshing")
def reset_password(token: str, password: str) -> None:
password_validators = ["MinimumLengthValidator"]
AUTH_PASSWORD_VALIDATORS = []
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
from django.contrib.auth.password_validation import validate_password
import { tokenize } from './token-utils2';
export * from "./secret-manager-v1";
.password-input { color: #a1b2c3; }
background: url("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
--color-accent: #3f51b5ff;
integrity="sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC"
"integrity": "sha512-1NbaQn4XhkVHhKWyAeNNjYQ0e0Kb4nGvmV0SAPfwuZlZ6bs1u1gGf9Z7sBzlS0CkDN7eIzPLlzUNHV6lGwHIhg==",
"resolved": "https://registry.npmjs.org/lodash/-/lodash-4.17.21.tgz",
sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
checksum: md5:d41d8cd98f00b204e9800998ecf8427e
hash = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
commit 4b825dc642cb6eb9a060e54bf8d69288fbee4904
uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
rev = "8f3b2c1a9d4e5f60718293a4b5c6d7e8f9012345"
id = "123e4567-e89b-12d3-a456-426614174000"
request_id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
tenant_id = "72f988bf-86f1-41af-91ab-2d7cd011db47"
image: nginx@sha256:0d17b565c37bcbd895e9d92315a05c1c3c9a29f762b011a10c54a66cd53c9b31
version = "1.2.3.4"
ip = "127.0.0.1"
host: 10.0.12.7
nameserver 8.8.8.8
addr = "192.168.1.254"
oid = "1.3.6.1.4.1.311.21.8"
date = "2024-01-15T10:30:00Z"
order_no = "4539-2201-7712"
part = "555-01-9988x"
isbn = "978-3-16-148410-0"
timestamp = 1700000000000
x = 0x1f3870be274f6c49b3e31a0c6728957f
git@github.com:acme/app.git
user@example.com
@decorator.with_arg("x")
npm install @types/node@20.1.0
pip install package==1.2.3
/home/user/app
C:\Users\Public\x
-----BEGIN CERTIFICATE-----
-----BEGIN PUBLIC KEY-----
if "-----BEGIN RSA PRIVATE KEY-----" in text:
PEM_HEADER = "-----BEGIN PRIVATE KEY-----"
http://user:password@host/path
postgres://user:pass@localhost/db
redis://localhost:6379/0
https://${USER}:${TOKEN}@git.acme.io/a.git
Authorization: Bearer <token>
Authorization: Bearer $TOKEN
headers = {"Authorization": f"Bearer {token}"}
'Authorization': 'Basic ' + btoa(user + ':' + pass)
curl -u "$USER:$PASS" https://x.acme.io
mysql -u root -p app
docker login -u kim --password-stdin
ENV API_KEY=$API_KEY
ARG TOKEN
export TOKEN=$(cat token.txt)
SECRET_KEY = config("SECRET_KEY")
SECRET_KEY: changeme-in-production
jwt.decode(token, key, algorithms=["HS256"])
const { password, ...rest } = user;
type Credentials = { username: string; password: string };
interface Props { accessToken?: string; apiKey: string | undefined }
public string Password { get; set; }
private String password;
@Column(name = "password_hash", length = 60)
CREATE TABLE users (id INT, password VARCHAR(255), token CHAR(64));
ALTER TABLE users ADD COLUMN api_key varchar(64);
SELECT password FROM users WHERE token = ?
INSERT INTO users (name, password) VALUES (?, ?);
INSERT INTO users (name, password) VALUES (:name, :password);
grant_type=authorization_code&code=CODE
?token=TOKEN&x=1
aria-label="Show password"
data-testid="login-password-input-2"
cy.get('[data-cy=password]')
page.locator("#password-2fa")
$("#password1").val()
By.id("user_password2")
getElementById("new-password-1")
CONF_PASSWORD = "password2"
CONF_TOKEN = "access_token_v2"
GRANT_PASSWORD = "urn:ietf:params:oauth:grant-type:password"
TOKEN_TYPE_JWT = "urn:ietf:params:oauth:token-type:jwt"
PASSWORD_RESET_TIMEOUT = 259200
PASSWORD_RESET_URL = "/auth/v2/password-reset"
token_regex = r"ghp_[0-9a-zA-Z]{36}"
SecretStr = Annotated[str, "s3"]
key_type = "ed25519"
key_id = "projects/p1/keys/k2"
pass_rate = 0.95
pass_through = "h264"
compass = "north45"
bypass_code = "E404"
passed = "12/34"
passive = "v1beta2"
token = Token.LPAREN
token = "LPAREN2"
auth_backend = "oauth2"
auth_version = "AWS4-HMAC-SHA256"
salt_length = 16
seed = 42
seed = "1234"
random_seed = 20240101
pin = GPIO21
pin: "PA5"
pins = ["D13", "A0"]
signature = inspect.signature(f)
signature = "(a: int, b: str) -> None"
method_signature = "transfer(address,uint256)"
cookie_name = "session_v2"
session_cookie = "connect.sid"
credential_type = "x509"
credentials: "same-origin"
credentials = "include"
access_token = response.json()["access_token"]
access_token=access_token, refresh_token=refresh_token
csrf_token = "{{ csrf_token() }}"
jwt_algorithm = "RS256"
secret_version = "v12"
secret: my-app-secrets-v2
imagePullSecrets: [{name: regcred2}]
tls_secret = "wildcard-tls-2024"
webhook: https://acme.io/hooks/build
webhook_url = "https://example.com/webhook/v2"
phone = "555-0100"
card_type = "mc-4xxx"
"ssn": "XXX-XX-1234"
assert luhn("0000000000000000")
Phone: +1 (555) 555-0100
zip = "90210-1234"
range = "100-200-3000"
tel = "000-000-0000"
sk-learn-contrib
task_id = "sk-this-is-not-a-key"
risk-assessment-model-for-banks-2024
desk-lamp-with-adjustable-brightness
key-value-store-implementation-notes
xai-grok-code-fast-1
pk_test_key_name
hf_hub_download(repo_id="a/b")
npm_config_registry=https://registry.npmjs.org
npm_package_json
github_pat_name = "x"
AKIAIOSFODNN7 is how ids begin
SG.element.property
""".strip("\n")


def tempting() -> list[str]:
    return TEMPTING.split("\n")


def noise(rng: Random) -> Iterator[str]:
    """Random things that are no secrets: hashes, lock entries, ids, colours, source maps, fonts, test vectors."""
    for _ in range(60):
        yield fill('    {{file = "a-1.0-py3-none-any.whl", hash = "sha256:{hex64}"},'.replace("{{", "{ "), rng)
        yield fill('  "integrity": "sha512-{b86}==",', rng)
        yield fill('checksum = "{hex64}"', rng)
        yield fill("    --hash=sha256:{hex64} \\", rng)
        yield fill("github.com/acme/x v1.2.3 h1:{b43}=", rng)
        yield fill('source = "git+https://github.com/a/b?rev={hex40}#{hex40}"', rng)
        yield fill('        "sha": "{hex40}",', rng)
        yield fill('  id: "{uuid}",', rng)
        yield fill("color: #{hex6};", rng)
        yield fill('  "mappings": "AAAA,{al40};{al60}",', rng)
        yield fill("src: url(data:font/woff2;base64,{b120}) format('woff2');", rng)
        yield fill('image = "data:image/png;base64,iVBORw0KGgo{b160}"', rng)
        yield fill("{hex40} refs/heads/main", rng)
        yield fill('etag: W/"{hex32}"', rng)
        yield fill('expect(md5("abc")).toBe("{hex32}")', rng)
        yield fill(
            "uint8_t table[] = {{0x{hex2}, 0x{hex2}, 0x{hex2}, 0x{hex2}, 0x{hex2}, 0x{hex2}, 0x{hex2}, 0x{hex2}};".replace(
                "{{", "{ "
            ),
            rng,
        )
        yield fill("main.{hex8}.chunk.js", rng)
        yield fill('className="css-{lo6} MuiButton-{lo6}"', rng)
        yield fill('"@id": "urn:uuid:{uuid}"', rng)
        yield fill("  digest: sha256:{hex64}", rng)
        yield fill('ETag = "{hex32}-{d2}"', rng)
        yield fill("order {d10} shipped", rng)
        yield fill("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAB{b200} kim", rng)
        yield json.dumps(
            {
                "cell_type": "code",
                "id": fill("{hex8}", rng),
                "execution_count": 3,
                "outputs": [{"data": {"image/png": fill("iVBORw0KGgo{b120}", rng)}}],
            }
        )


_ENDINGS = frozenset(
    ".py .js .ts .json .toml .yml .yaml .css .html .md .rst .txt .c .h .sh .cfg .ini .xml .tmpl .pyi .lock .mjs .go .rb .java .rs".split()
)


def files(roots: list[Path], lines: int, rng: Random) -> Iterator[tuple[Path, str]]:
    """Whole files of ``roots`` in a random order until ``lines`` are reached."""
    found = sorted(
        p
        for root in roots
        for p in root.rglob("*")
        if p.suffix in _ENDINGS and p.is_file() and 0 < p.stat().st_size < 400_000
    )
    rng.shuffle(found)
    seen = 0
    for path in found:
        text = path.read_text(encoding="utf-8", errors="replace")
        seen += text.count("\n") + 1
        yield path, text
        if seen >= lines:
            return
