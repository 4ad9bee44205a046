"""The words by which names announce a secret, or something about one, as data for ``names``."""

PASSWORD_WORDS = frozenset(
    "password passwd passphrase passcode passwort kennwort contraseña contrasena contrasenya senha motdepasse mdp passe pwd psk storepass keypass pwrd contrasinal haslo hasło"
    " wachtwoord lösenord losenord parola heslo salasana jelszo пароль 密码 密碼 パスワード 비밀번호 userpass dbpass rootpass mypass adminpass"
    " clave parol kodeord adgangskode geslo lozinka şifre sifre parolası requirepass masterauth rootpw adminpw userpw dbpw bindpw bindpasswd rootpwd adminpwd dbpwd userpwd sshpass smtppass pgpassword mysqlpwd passwords pw userpassword dbpassword".split()
)
SECRET_WORDS = frozenset(
    "secret secrets apikey apitoken authtoken accesstoken secretkey privatekey clientsecret appsecret bearer credential credentials cred creds"
    " authkey accesskey sharedkey webhook mnemonic signingkey encryptionkey masterkey token jwt cookie sessionid sessiontoken refreshtoken"
    " secretaccesskey idtoken deploykey licensekey salt pepper hmac otp totp dsn seedphrase apisecret hmackey seed phpsessid jsessionid sessid csrftoken xsrf wif presharedkey authtoken".split()
)
KEYED = frozenset(
    "api access secret private auth signing sign encryption encrypt encrypted master account shared client app application license licence deploy"
    " aes des hmac cipher crypto session storage integration consumer service subscription admin webhook jwt ssh db database vault host server"
    " services functions function azure openai anthropic mistral cohere together wandb datadog dd algolia okta jenkins stripe maps gemini deepl sendgrid"
    " mailgun twilio heroku cloudflare root cosmos primary secondary wallet eth ethereum bitcoin btc rails symmetric kms storage1 blob web"
    " hub bus trello mapquest rapidapi linkedin facebook fb recaptcha coinbase binance kraken infura alchemy etherscan bugsnag rollbar pagerduty opsgenie zendesk twitch spotify newsapi finnhub polygon giphy unsplash pexels tmdb omdb deepgram assemblyai elevenlabs replicate newrelic nr grafana honeycomb product activation write ingest instrumentation sdk preshared fernet nextauth django flask laravel weather map google firebase aws gcp amplitude segment sentry pinecone xai grok groq tavily search".split()
)
SAID = frozenset(
    "max min count num number length len size limit limits file files filename path paths dir url uri endpoint type types name names field fields"
    " regex regexp pattern policy hint label placeholder input expiry expires expiration ttl timeout age enabled required error errors message"
    " prompt title text format index header headers param params parameter prefix suffix env var public column attr attribute class view form"
    " page strength rules validator validation valid invalid option options manager provider factory service handler helper util utils config"
    " settings kind mode status state set list map reader writer parser lexer stream position pos offset start end line col budget usage used"
    " id ids arn ref reference version algorithm alg scheme method icon description desc help info warning generator store storage encoder"
    " hasher checker reset change changed forgot confirm requirement requirements schema model table template tag tags test tests case visible"
    " transport cost price per rate window counter counts bits bytes hex chars char separator sep delimiter split spec grant scope scopes callback func"
    " sha md aes rsa ecdsa algo curve grid family attempts history lifetime source location host port user username email domain bucket region address event action rule interface exception error listener subscriber upgrader badge trait impl loader resolver guard middleware controller command mixin dto entity builder mapper component plugin dialog modal screen startswith endswith strip encode decode replace join lower upper find append extend get pop has contains verifier matcher encoder authenticator credentialprovider policies".split()
)
NO_PASSWORD = frozenset(
    "by multi single first second third two one low high render test tests optimizer optimization compiler last final shader encoder decoder forward"
    " backward data band max min num did must all function module loop analysis inline next prev previous each per every half full partial pre post is"
    " does should could can will would has have to not no or and if of opt llvm codegen lowering rewrite transform blur depth shadow color gbuffer light"
    " lighting postprocess effect filter train eval validation inference sub main current build check lint type scan sweep gc mark mem fast slow clean cleanup dry extra initial".split()
)

ASIDE = frozenset(
    "value val b64 base plain plaintext str string raw old new current confirmation prod dev staging live default data hash hashed literal stdin".split()
)
"""Last words that say nothing about what the name holds: ``password_value``."""
WEAK_WORDS = frozenset("auth authorization key pat sid signature sig webhook appid oauth".split())
CODED = frozenset(
    "recovery backup access door unlock otp pin security verification activation gate alarm mfa invite pairing puk sms entry scratch".split()
)
"""``recovery_code``: what makes a code a secret."""
