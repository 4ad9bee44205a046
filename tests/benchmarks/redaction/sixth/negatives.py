"""Lines that look like secrets or personal data and are none: each must come through as it is."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from tests.benchmarks.redaction.sixth.drawing import BASE64, HEX, Dice, filled

ROWS = 1_500

TEMPLATES: tuple[str, ...] = (
    'sha256 = "@HEX64@"', "    integrity sha512-@B88@", '      "integrity": "sha512-@B88@",', "commit @HEX40@", "    rev: @HEX40@", 'checksum = "@HEX64@"', "@HEX64@  dist/@W@-1.@D@.0.tar.gz",
    "github.com/kestrel/@W@ v1.@D@.0 h1:@B43@=", "    --hash=sha256:@HEX64@ \\", 'uuid = "@UUID@"', "  - id: @UUID@", "{@UUID@}.Debug|Any CPU.ActiveCfg = Debug|Any CPU", 'const COLOR = "#@HEX6@";', "  background: #@HEX6@;",
    "max_tokens = @D@", "num_tokens=@D@, max_new_tokens=@D1@", 'api_key = os.environ["API_KEY"]', "const key = process.env.API_KEY;", 'password = os.getenv("DB_PASSWORD")', 'String password = System.getenv("DB_PASSWORD");',
    'password := os.Getenv("DB_PASSWORD")', "password: ${DB_PASSWORD}", "password: {{ .Values.db.password }}", "password: ${{ secrets.DB_PASSWORD }}", "DB_PASSWORD=", "API_KEY=<YOUR_KEY>", "api_key: your-api-key-here", 'apiKey = "YOUR_API_KEY"',
    'token = "xxxxxxxxxxxxxxxx"', "secret: changeme", 'password = "********"', 'password = getpass.getpass("Password: ")', 'password = input("Enter password: ")', 'const [password, setPassword] = useState("");',
    '"password": "Passwort",', '"forgotPassword": "Forgot your password?",', '"password": "Mot de passe",', "password: Contraseña", '<label for="password">Password</label>', '<input type="password" name="password" placeholder="Your password">',
    'raise ValueError("password must have at least 8 characters")', 'errors.add(:password, "is too short")', '"password.required": "Please enter a password",', "if not password:", "def check_password(self, raw_password):",
    "password_field = models.CharField(max_length=128)", "password: string;", "password?: string | null;", "private String password;", "public string Password { get; set; }", "let password: Option<String> = None;", "token: Token = None", "Password string `json:\"password\"`",
    "class PasswordResetTokenGenerator:", "PASSWORD_HASHERS = [\"django.contrib.auth.hashers.PBKDF2PasswordHasher\"]", 'secretName: @W@-credentials', "secretKeyRef: {name: @W@, key: password}", 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:@W@-abc',
    "vault kv get -field=password secret/@W@/db", 'tokenizer = AutoTokenizer.from_pretrained("gpt2")', 'TOKEN_REGEX = re.compile(r"[A-Za-z0-9_]{32,}")', "token = next(tokens)", "for token in tokenize(line):", "const token = await getToken(user);", "csrf_token = request.form.get('csrf_token')",
    "{% csrf_token %}", "password = config.get('db', 'password')", "password = kwargs.pop('password', None)", "user.password = hash(new_password)", "return password == other.password", "ALTER TABLE users ADD COLUMN password varchar(255);", "  password_digest text NOT NULL,",
    "SELECT id, password FROM users WHERE email = $1;", "https://example.com/api?token=<token>", "https://user:password@example.com/", "postgres://user:password@localhost:5432/db", "https://github.com/kestrel/@W@/commit/@HEX40@", "https://registry.npmjs.org/@W@/-/@W@-1.@D@.0.tgz",
    "mailto:someone@example.com", "user@example.org", "git@github.com:kestrel/@W@.git", "maintainer: info@example.net", "noreply@example.com", "192.168.1.@D2@", "10.0.0.@D2@", "127.0.0.1", "0.0.0.0", "192.0.2.@D2@", "198.51.100.@D2@", "203.0.113.@D2@", "nameserver 8.8.8.8", "nameserver 1.1.1.1",
    "::1", "fe80::1", "2001:db8::@HEX4@", "255.255.255.0", 'version = "1.@D@.3.4"', 'Assembly version 4.0.30319.42000', "oid = 1.3.6.1.4.1.311.21.20", "data:image/png;base64,@B88@@B88@", "src: url(data:font/woff2;base64,@B88@) format('woff2');",
    "//# sourceMappingURL=data:application/json;base64,@B88@", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ@B88@ build", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI@B43@", "!function(e,t){var n=e.@W@;return t(n.a,0x@HEX4@)}(this,function(e){return e});",
    '!function(e){var t={};function n(r){if(t[r])return t[r].exports;var o=t[r]={i:r,l:!1,exports:{}}}(e);', ".css-@HEX6@{display:flex;color:#@HEX6@}", "test_id = \"test_@W@_@HEX8@\"", "    case TokenKind.Identifier:", "ERROR_INVALID_PASSWORD = 1326", "enum Auth { Password, Token, ApiKey }",
    "SECRET_MANAGER_REGION = \"eu-west-1\"", "PASSWORD_MIN_LENGTH = @D@", "PASSWORD_RESET_TIMEOUT = 3600", "token_type = \"bearer\"", "grant_type=client_credentials", "auth_method: password", "authentication: password", "type: password", "order 20261121-@D@-4471", "ticket #48213@D@",
    "timestamp = 17600@D@12345", "const MAX = 9007199254740991;", "0x7fffffffffffffff", "uint64_t seed = 0x9E3779B97F4A7C15ULL;", "a = [0x12, 0x34, 0x56, 0x78]", "ETag: \"@HEX32@\"", "Digest: sha256:@HEX64@", "image: registry.local/@W@@sha256:@HEX64@", "FROM python:3.12-slim@sha256:@HEX64@",
    "cache_key = f\"{user}:{page}\"", "primary_key=True, unique=True", "foreign_key: order_id", "partition_key = \"customer\"", "key: value", "sort_key=\"created_at\"", "public_key = load(\"id.pub\")", "api_key_header = APIKeyHeader(name=\"X-API-Key\")", "Authorization: Bearer <token>",
    'headers["Authorization"] = f"Bearer {token}"', "Authorization: Bearer $TOKEN", 'curl -H "X-Api-Key: $API_KEY" https://@H@/v1', "mysql -u root -p\"$MYSQL_PASSWORD\"", "PGPASSWORD=$DB_PASS psql", "docker login -u $USER --password-stdin", "sshpass -e ssh host", "/usr/share/@W@/password.txt",
    "/home/$USER/bin", "/Users/Shared/@W@", "C:\\Users\\Public\\Documents", "~/.ssh/id_rsa.pub", "%USERPROFILE%\\Documents", "password-reset.component.ts", "import { PasswordInput } from './password-input';", "from django.contrib.auth.tokens import default_token_generator",
    "secrets.token_urlsafe(32)", "crypto.randomBytes(32).toString('hex')", "openssl rand -base64 32", "uuid.uuid4().hex", "Basic authentication is used here.", "The password is stored as a hash.", "Enter your password and press return.", "The token is valid for @D@ minutes.", "The secret is kept in the vault.",
    "# password is read from the environment", "// the api key comes from the settings", "passwords must match", "Wrong password, try again.", "password: required, at least 12 characters", "* @param password the password of the user", "@param token the token to check", ":param password: password of the account",
    "--password PASSWORD  the password to use", "-p, --password <password>", "usage: @W@ [--token TOKEN] [--user USER]", "password = None", "password = ''", "password: null", "password: true", "secret = false", "expect(password).toBeDefined()", "assert_nil user.password", "token: undefined,",
    "tel: number | undefined;", "phone = models.CharField(max_length=20)", "card_number: str", "iban = validate(value)", "    \"@W@\": \"^1.@D@.0\",", "translate('auth.password.label')", "t(\"login.password\")", "passwordHash VARCHAR(60)", "bcrypt.hashpw(password, bcrypt.gensalt())",
)  # fmt: skip


def _marks(dice: Dice) -> dict[str, str]:
    hexes = {f"HEX{size}": dice.text(HEX, size) for size in (4, 6, 8, 32, 40, 64)}
    return {
        **hexes,
        "UUID": "-".join(dice.text(HEX, size) for size in (8, 4, 4, 4, 12)),
        "B88": base64.b64encode(dice.randbytes(64)).decode(),
        "B43": dice.text(BASE64, 43),
    }


def lines(seed: int) -> Iterator[str]:
    """``ROWS`` lines, every template several times."""
    dice = Dice(f"{seed} negatives")
    for at in range(ROWS):
        marks, text = _marks(dice), TEMPLATES[at % len(TEMPLATES)]
        for name, value in marks.items():
            text = text.replace(f"@{name}@", value)
        yield filled(text, dice, lambda _: "")
