"""Which names announce a secret: the words of an identifier in any style, and what its last word says about the value."""

from __future__ import annotations

import re

PASSWORD_WORDS = frozenset(
    "password passwd passphrase passcode passwort kennwort contraseña contrasena contrasenya senha motdepasse mdp passe pwd psk storepass keypass pwrd contrasinal haslo hasło"
    " wachtwoord lösenord losenord parola heslo salasana jelszo пароль 密码 密碼 パスワード 비밀번호 userpass dbpass rootpass mypass adminpass"
    " clave parol kodeord adgangskode geslo lozinka şifre sifre parolası requirepass masterauth sshpass smtppass pgpassword mysqlpwd passwords pw userpassword dbpassword".split()
)
SECRET_WORDS = frozenset(
    "secret secrets apikey apitoken authtoken accesstoken secretkey privatekey clientsecret appsecret bearer credential credentials cred creds"
    " authkey accesskey sharedkey webhook mnemonic signingkey encryptionkey masterkey token jwt cookie sessionid sessiontoken refreshtoken"
    " secretaccesskey idtoken deploykey licensekey salt pepper hmac otp totp dsn seedphrase apisecret hmackey seed phpsessid jsessionid sessid csrftoken xsrf wif presharedkey authtoken".split()
)
_KEYED = frozenset(
    "api access secret private auth signing sign encryption encrypt encrypted master account shared client app application license licence deploy"
    " aes des hmac cipher crypto session storage integration consumer service subscription admin webhook jwt ssh db database vault host server"
    " services functions function azure openai anthropic mistral cohere together wandb datadog dd algolia okta jenkins stripe maps gemini deepl sendgrid"
    " mailgun twilio heroku cloudflare root cosmos primary secondary wallet eth ethereum bitcoin btc rails symmetric kms storage1 blob web"
    " hub bus trello mapquest rapidapi linkedin facebook fb recaptcha coinbase binance kraken infura alchemy etherscan bugsnag rollbar pagerduty opsgenie zendesk twitch spotify newsapi finnhub polygon giphy unsplash pexels tmdb omdb deepgram assemblyai elevenlabs replicate newrelic nr grafana honeycomb product activation write ingest instrumentation sdk preshared fernet nextauth django flask laravel weather map google firebase aws gcp amplitude segment sentry pinecone xai grok groq tavily search".split()
)
_SAID = frozenset(
    "max min count num number length len size limit limits file files filename path paths dir url uri endpoint type types name names field fields"
    " regex regexp pattern policy hint label placeholder input expiry expires expiration ttl timeout age enabled required error errors message"
    " prompt title text format index header headers param params parameter prefix suffix env var public column attr attribute class view form"
    " page strength rules validator validation valid invalid option options manager provider factory service handler helper util utils config"
    " settings kind mode status state set list map reader writer parser lexer stream position pos offset start end line col budget usage used"
    " id ids arn ref reference version algorithm alg scheme method icon description desc help info warning generator store storage encoder"
    " hasher checker reset change changed forgot confirm requirement requirements schema model table template tag tags test tests case visible"
    " cost price per rate window counter counts bits bytes hex chars char separator sep delimiter split spec grant scope scopes callback func"
    " sha md aes rsa ecdsa algo curve grid family attempts history lifetime source location host port user username email domain bucket region address event action rule interface exception error listener subscriber upgrader badge trait impl loader resolver guard middleware controller command mixin dto entity builder mapper component plugin dialog modal screen startswith endswith strip encode decode replace join lower upper find append extend get pop has contains verifier matcher encoder authenticator credentialprovider policies".split()
)
_CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]+|\d+")

_NO_PASSWORD = frozenset(
    "by multi single first second third two one low high render test tests optimizer optimization compiler last final shader encoder decoder forward"
    " backward data band max min num did must all function module loop analysis inline next prev previous each per every half full partial pre post is"
    " does should could can will would has have to not no or and if of opt llvm codegen lowering rewrite transform blur depth shadow color gbuffer light"
    " lighting postprocess effect filter train eval validation inference sub main current build check lint type scan sweep gc mark mem fast slow clean cleanup dry extra initial".split()
)
PASSWORD = "PASSWORD"
PIN = "PIN"
SECRET = "SECRET"


def words_of(name: str) -> list[str]:
    """``dbPassword``, ``DB_PASSWORD``, ``db-password`` -> db, password; digits are no words."""
    return [word.lower() for word in _CAMEL.findall(name) if not word.isdigit()]


def secret_kind(name: str) -> str | None:
    """``PASSWORD``, ``SECRET``, or None for a name that announces neither, or only something about one (``password_field``)."""
    words = words_of(name)
    if not words or len(words) > 14:
        return None
    head = words[-1]
    if (
        head
        in {
            "value",
            "val",
            "b64",
            "base",
            "plain",
            "plaintext",
            "str",
            "string",
            "raw",
            "old",
            "new",
            "current",
            "confirmation",
            "prod",
            "dev",
            "staging",
            "live",
            "default",
            "data",
            "hash",
            "hashed",
            "literal",
            "stdin",
        }
        and len(words) > 1
    ):
        words = words[:-1]
        head = words[-1]
    if head in PASSWORD_WORDS or head.endswith(("password", "passwd", "passphrase", "userpwd")):
        return PASSWORD
    if head == "pass" and (len(words) == 1 or words[-2] not in _NO_PASSWORD):
        return PASSWORD
    if words[-2:] == ["rediscli", "auth"]:
        return PASSWORD
    if words[-2:] == ["pin", "code"] or (head in {"pin", "pincode"} and (len(words) > 1 or head != "pin")):
        return PIN
    if head in {"phrase", "word"} and len(words) > 1 and words[-2] in {"pass", "seed"}:
        return PASSWORD if words[-2] == "pass" else SECRET
    if head in {"salt", "pepper"} and len(words) == 1:
        return "WEAK"
    if head in SECRET_WORDS:
        return SECRET
    if head in {"key", "keys"} and len(words) > 1 and words[-2] in _KEYED:
        return SECRET
    if head == "string" and len(words) > 1 and words[-2] == "connection":
        return SECRET
    if head == "id" and len(words) > 1 and words[-2] in {"session", "secret"}:
        return SECRET
    if (
        head
        in {
            "auth",
            "authorization",
            "key",
            "pat",
            "pin",
            "sid",
            "signature",
            "sig",
            "webhook",
            "appid",
            "pincode",
            "oauth",
        }
        or "rollbar" in words
        or words[-2:] == ["sonar", "login"]
    ):
        return "WEAK"
    if head not in _SAID and any(word in PASSWORD_WORDS for word in words):
        return PASSWORD
    if head not in _SAID and any(word in SECRET_WORDS for word in words):
        return SECRET
    return None
