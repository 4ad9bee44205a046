"""Lines that look like secrets and hold none: ``python -m tests.benchmarks.redaction.fifth.negatives --seed 3 [--show]``."""

from __future__ import annotations

import argparse

from grok_ls.api import redact
from tests.benchmarks.redaction.fifth.drawing import Draw, fill

LINES = """\
sha256:«64»
"integrity": "sha512-«b64»==",
"resolved": "https://registry.npmjs.org/left-pad/-/left-pad-1.3.0.tgz#«40»",
commit «40»
-   rev: «40»
image: acme/app@sha256:«64»
ETag: "«32»"
checksum = "«64»"
h1:«b32»=
    {file = "six-1.16.0.tar.gz", hash = "sha256:«64»"},
id: «uuid»
request_id = "«uuid»"
trace_id=«32» span_id=«16»
    color: #«6»;
background: url(data:image/png;base64,iVBORw0KGgo«b90»=);
src: url("data:font/woff2;base64,d09GMgABAAAAA«b90»") format("woff2");
//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbXX0=
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI«b43» build
"publicKey": "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A«b90»"
public_key = "«64»"
fingerprint: SHA256:«b43»
API_KEY = os.environ["API_KEY"]
password = os.environ.get("DB_PASSWORD")
const token = process.env.GITHUB_TOKEN;
token: ${{ secrets.GITHUB_TOKEN }}
password: ${DB_PASSWORD}
PASSWORD={{ vault_db_password }}
api_key: "<YOUR_API_KEY>"
export API_KEY=your-api-key-here
OPENAI_API_KEY=sk-xxxxxxxxxxxxxxxxxxxxxxxx
password: "********"
secretName: db-credentials
secretKeyRef: {name: app-secrets, key: password}
secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf"
vault_path = "secret/data/app/db"
max_tokens = 4096
token_count: 128000
tokens_per_minute: 90000
tokenizer = AutoTokenizer.from_pretrained("bert-base-uncased")
def verify_password(plain: str, hashed: str) -> bool:
password: str = Field(min_length=8, max_length=72)
password: string;
token: Optional[str] = None
private readonly tokenService: TokenService;
if (!password || password.length < 8) {
password_field = form.fields["password"]
label: "Enter your password",
"forgot_password": "Forgot your password?",
"password.reset.success": "Your password has been reset.",
placeholder="Password" type="password" autocomplete="current-password"
<label for="password">Password</label>
msgid "Invalid password"
errors.password = "Password must be at least 8 characters";
PASSWORD_RESET_TIMEOUT = 259200
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = []
ALTER TABLE users ADD COLUMN password_hash varchar(255) NOT NULL;
SELECT id, password_hash, reset_token FROM users WHERE email = $1;
CREATE INDEX idx_tokens_user ON tokens (user_id, created_at);
secret_key_base: <%= ENV["SECRET_KEY_BASE"] %>
cookie: { secure: true, sameSite: "lax", maxAge: 86400000 }
session_cookie_name = "acme_session"
Authorization: Bearer <token>
headers["Authorization"] = f"Bearer {token}"
curl -H "Authorization: Bearer $TOKEN" https://api.example.com
psql postgresql://localhost/app
DATABASE_URL=postgresql://user:password@localhost/app
https://example.com/reset?token={token}
git@github.com:acme/app.git
version: 3.14.159
OID 1.3.6.1.4.1.311.21.20
order 4711-0815-2024
tracking number 1Z999AA10123456784
ISBN 978-3-16-148410-0
127.0.0.1 192.168.1.10 10.0.0.1 8.8.8.8 203.0.113.9
user@example.com
timestamp: 1718000000123
const KEY_ENTER = 13, KEY_ESCAPE = "Escape";
key = "user_profile_settings"
keyboard_shortcut = "Ctrl+Shift+P"
primary_key=True, foreign_key="users.id"
sort_key: "created_at"
cache_key = f"user:{user_id}:profile"
translation_key = "auth.errors.invalid_credentials"
i18n.t("login.password.label")
[A-Za-z0-9_-]{20,}
PASSWORD_PATTERN = r"^(?=.*[a-z])(?=.*\\d)[A-Za-z\\d@$!%*?&]{8,}$"
function e(t,n){var r=t.password,o=n.token;return r&&o?a(r,o):null}
!function(e,t){"object"==typeof exports?module.exports=t():e.Foo=t()}(this,function(){return 1});
assert sha256(b"abc").hexdigest() == "«64»"
# test vector: «64»
UUID("«uuid»")
chunk-«8».js
.css-«7» { display: none }
class="MuiButton-root css-«7»-MuiButton"
id="svg-«8»" d="M12 2C6.48 2 2 6.48 2 12s4.48 10 10 10 10-4.48 10-10S17.52 2 12 2z"
build-id=«40»
Content-MD5: «b22»==
crc32: 0x«8»
color = 0xFF«6»
mac: 02:42:ac:11:00:02
kid: "2024-01-rotation"
pass  # nothing to do
test_pass_rate = 0.97
first_pass = run(model)
compass.heading = 270
bypass_cache: true
passengers: 4
passport.use(new LocalStrategy(verify))
"tokens": {"input": 1200, "output": 350}
CSRF_COOKIE_SECURE = True
csrf_token = get_token(request)
@csrf_exempt
<input type="hidden" name="csrfmiddlewaretoken" value="{{ csrf_token }}">
oauth_scopes: [read, write]
client_id = "web-frontend"
keystore: /etc/ssl/certs/app.jks
ssl_certificate_key /etc/nginx/ssl/site.key;
pin_memory=True, num_workers=4
LED_PIN = 13
pinned: true
error_code = "E1024"
status_code: 404
country_code = "DE"
postal_code: 10115
code = "def f(x):\\n    return x"
encode("utf-8"), decode("latin-1")
source_code = path.read_text()
access_code_field = None
credentials: "include",
seed = 42
random_seed: 1234567
salt_minion: web01
mnemonic = "mov"
""".splitlines()


def drawn(d: Draw) -> str:
    """The lines in a new order, each with values of its own."""
    lines = list(LINES)
    d.random.shuffle(lines)
    return "".join(_line(d, line) + "\n" for line in lines)


def _line(d: Draw, line: str) -> str:
    sizes = {str(n): d.hex(n) for n in (6, 7, 8, 16, 32, 40, 64)}
    coded = {f"b{n}": d.an(n) for n in (22, 43, 90)}
    return fill(line, uuid=d.uuid(), b64=d.b64(64).rstrip("="), b32=d.b64(32).rstrip("="), **sizes, **coded)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    alarms = 0
    for number in range(options.rounds):
        text = drawn(Draw(f"{options.seed}/{number}"))
        for start, end, kind in redact(text).findings:
            alarms += 1
            if options.show:
                print(kind, text[text.rfind("\n", 0, start) + 1 : text.find("\n", end)], "->", text[start:end])
    lines = options.rounds * len(LINES)
    print(f"{alarms} alarms in {lines} lines: {1000 * alarms / lines:.2f} in 1,000")


if __name__ == "__main__":
    main()
