"""Made-up secrets by kind: how the provider's keys look, and under which names people keep them. Nothing here is real.

Templates: ``{an36}`` = 36 letters and digits; see ``ALPHABETS``. A kind without a telling form has names only that announce it.
"""

from __future__ import annotations

import re
import uuid
from base64 import b64encode
from random import Random

ALPHABETS = {
    "an": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
    "u": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-",
    "hex": "0123456789abcdef",
    "HEX": "0123456789ABCDEF",
    "al": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "lo": "abcdefghijklmnopqrstuvwxyz0123456789",
    "up": "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
    "AN": "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    "d": "0123456789",
    "b": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    "bb": "abcdefghijklmnopqrstuvwxyz234567",
    "bt": "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
    "sym": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789!#%*-_=+",
}
_HOLE = re.compile(r"\{(uuid|jwt|b64of)?([A-Za-z]*?)(\d*)\}")


def fill(template: str, rng: Random) -> str:
    """``template`` with its holes filled at random."""

    def one(match: re.Match[str]) -> str:
        if match[1] == "uuid":
            return str(uuid.UUID(int=rng.getrandbits(128), version=4))
        if match[1] == "jwt":
            return jwt(rng)
        if match[1] == "b64of":
            return b64encode(rng.randbytes(int(match[3]))).decode()
        return "".join(rng.choices(ALPHABETS[match[2]], k=int(match[3])))

    return _HOLE.sub(one, template)


def jwt(rng: Random) -> str:
    def part(text: str) -> str:
        return b64encode(text.encode()).decode().rstrip("=").replace("+", "-").replace("/", "_")

    head = part('{"alg":"HS256","typ":"JWT"}')
    body = part(f'{{"sub":"{rng.randrange(10**9)}","iat":{rng.randrange(16 * 10**8, 18 * 10**8)}}}')
    return f"{head}.{body}.{fill('{u43}', rng)}"


TOKENS: tuple[tuple[str, str, str], ...] = (
    # (kind, form, names it goes by, first word the most usual); the form alone must give it away
    ("xai", "xai-{an80}", "XAI_API_KEY xaiKey"),
    ("openai-old", "sk-{an20}T3BlbkFJ{an20}", "OPENAI_API_KEY openai.api_key"),
    ("openai-project", "sk-proj-{u74}T3BlbkFJ{u74}", "OPENAI_API_KEY apiKey"),
    ("openai-service", "sk-svcacct-{u74}T3BlbkFJ{u74}", "OPENAI_KEY key"),
    ("anthropic", "sk-ant-api03-{u93}AA", "ANTHROPIC_API_KEY claude_key"),
    ("anthropic-admin", "sk-ant-admin01-{u93}AA", "ANTHROPIC_ADMIN_KEY"),
    ("openrouter", "sk-or-v1-{hex64}", "OPENROUTER_API_KEY"),
    ("deepseek", "sk-{hex32}", "DEEPSEEK_API_KEY"),
    ("groq", "gsk_{an52}", "GROQ_API_KEY"),
    ("huggingface", "hf_{al34}", "HF_TOKEN"),
    ("replicate", "r8_{an37}", "REPLICATE_API_TOKEN"),
    ("perplexity", "pplx-{an48}", "PPLX_API_KEY"),
    ("cerebras", "csk-{lo48}", "CEREBRAS_API_KEY"),
    ("fireworks", "fw_{an24}", "FIREWORKS_API_KEY"),
    ("nvidia", "nvapi-{u64}", "NVIDIA_API_KEY"),
    ("langsmith", "lsv2_pt_{hex32}_{hex10}", "LANGCHAIN_API_KEY"),
    ("langfuse", "sk-lf-{uuid}", "LANGFUSE_SECRET_KEY"),
    ("pinecone", "pcsk_{an5}_{an63}", "PINECONE_API_KEY"),
    ("elevenlabs", "sk_{hex48}", "ELEVEN_API_KEY"),
    ("tavily", "tvly-{an32}", "TAVILY_API_KEY"),
    ("google-api", "AIza{u35}", "GOOGLE_API_KEY GEMINI_API_KEY"),
    ("aws-id", "AKIA{up16}", "AWS_ACCESS_KEY_ID"),
    ("aws-sts-id", "ASIA{up16}", "aws_access_key_id"),
    ("aws-session", "IQoJb3JpZ2lu{b240}", "AWS_SESSION_TOKEN"),
    ("aws-bedrock", "ABSK{b128}=", "AWS_BEARER_TOKEN_BEDROCK"),
    ("gcp-oauth-secret", "GOCSPX-{u28}", "client_secret"),
    ("gcp-access", "ya29.{u120}", "access_token"),
    ("gcp-refresh", "1//0{u60}", "refresh_token"),
    ("azure-client-secret", "{an3}8Q~{u34}", "AZURE_CLIENT_SECRET"),
    ("azure-storage", "{b64of64}", "AZURE_STORAGE_KEY AccountKey"),
    ("azure-devops", "{bb52}", "AZURE_DEVOPS_PAT"),
    ("digitalocean", "dop_v1_{hex64}", "DIGITALOCEAN_TOKEN do_token"),
    ("heroku-new", "HRKU-AA{u58}", "HEROKU_API_KEY"),
    ("cloudflare-ca", "v1.0-{hex24}-{hex146}", "CF_ORIGIN_CA_KEY"),
    ("fly", "FlyV1 fm2_{b120}", "FLY_API_TOKEN"),
    ("netlify", "nfp_{an36}", "NETLIFY_AUTH_TOKEN"),
    ("alibaba", "LTAI{an20}", "ALIBABA_ACCESS_KEY_ID"),
    ("databricks", "dapi{hex32}", "DATABRICKS_TOKEN"),
    ("planetscale", "pscale_tkn_{u43}", "PLANETSCALE_TOKEN"),
    ("planetscale-pw", "pscale_pw_{u43}", "DATABASE_PASSWORD"),
    ("supabase", "sbp_{hex40}", "SUPABASE_ACCESS_TOKEN"),
    ("supabase-secret", "sb_secret_{u31}", "SUPABASE_SECRET_KEY"),
    ("terraform", "{an14}.atlasv1.{an67}", "TFE_TOKEN"),
    ("vault", "hvs.{u90}", "VAULT_TOKEN"),
    ("pulumi", "pul-{hex40}", "PULUMI_ACCESS_TOKEN"),
    ("doppler", "dp.pt.{an43}", "DOPPLER_TOKEN"),
    ("1password", "ops_eyJ{an250}", "OP_SERVICE_ACCOUNT_TOKEN"),
    ("age", "AGE-SECRET-KEY-1{AN58}", "SOPS_AGE_KEY"),
    ("github-classic", "ghp_{an36}", "GITHUB_TOKEN gh_pat"),
    ("github-oauth", "gho_{an36}", "GH_TOKEN"),
    ("github-server", "ghs_{an36}", "token"),
    ("github-fine", "github_pat_{an22}_{an59}", "GITHUB_PAT"),
    ("gitlab", "glpat-{u20}", "GITLAB_TOKEN CI_JOB_TOKEN"),
    ("gitlab-routable", "glpat-{u27}.01.{lo9}", "GITLAB_TOKEN"),
    ("gitlab-deploy", "gldt-{u20}", "DEPLOY_TOKEN"),
    ("gitlab-runner", "glrt-{u20}", "RUNNER_TOKEN"),
    ("bitbucket", "ATBB{an32}", "BITBUCKET_APP_PASSWORD"),
    ("atlassian", "ATATT3xFfGF0{u170}={HEX8}", "JIRA_API_TOKEN"),
    ("npm", "npm_{an36}", "NPM_TOKEN"),
    ("pypi", "pypi-AgEIcHlwaS5vcmc{u150}", "TWINE_PASSWORD"),
    ("rubygems", "rubygems_{hex48}", "GEM_HOST_API_KEY"),
    ("crates", "cio{an32}", "CARGO_REGISTRY_TOKEN"),
    ("nuget", "oy2{lo43}", "NUGET_API_KEY"),
    ("docker", "dckr_pat_{u27}", "DOCKERHUB_TOKEN"),
    ("artifactory", "AKCp{an69}", "ARTIFACTORY_API_KEY"),
    ("sourcegraph", "sgp_{hex16}_{hex40}", "SRC_ACCESS_TOKEN"),
    ("slack-bot", "xoxb-{d12}-{d12}-{an24}", "SLACK_BOT_TOKEN"),
    ("slack-user", "xoxp-{d12}-{d12}-{d12}-{hex32}", "SLACK_TOKEN"),
    ("slack-app", "xapp-1-A{AN10}-{d13}-{hex64}", "SLACK_APP_TOKEN"),
    ("slack-hook", "https://hooks.slack.com/services/T{AN8}/B{AN10}/{an24}", "SLACK_WEBHOOK_URL"),
    ("discord-bot", "MT{an22}.G{an5}.{u38}", "DISCORD_TOKEN"),
    ("discord-hook", "https://discord.com/api/webhooks/{d18}/{u68}", "DISCORD_WEBHOOK"),
    (
        "teams-hook",
        "https://acme.webhook.office.com/webhookb2/{uuid}@{uuid}/IncomingWebhook/{hex32}/{uuid}",
        "TEAMS_WEBHOOK",
    ),
    ("telegram", "{d10}:AA{u33}", "TELEGRAM_BOT_TOKEN"),
    ("twilio-key", "SK{hex32}", "TWILIO_API_KEY"),
    ("sendgrid", "SG.{u22}.{u43}", "SENDGRID_API_KEY"),
    ("mailgun", "key-{hex32}", "MAILGUN_API_KEY"),
    ("mailchimp", "{hex32}-us14", "MAILCHIMP_API_KEY"),
    ("brevo", "xkeysib-{hex64}-{an16}", "BREVO_API_KEY"),
    ("resend", "re_{an8}_{an24}", "RESEND_API_KEY"),
    ("stripe-live", "sk_live_{an99}", "STRIPE_SECRET_KEY"),
    ("stripe-test", "sk_test_{an24}", "STRIPE_KEY"),
    ("stripe-restricted", "rk_live_{an24}", "STRIPE_RESTRICTED_KEY"),
    ("stripe-hook", "whsec_{an32}", "STRIPE_WEBHOOK_SECRET"),
    ("square", "EAAA{u60}", "SQUARE_ACCESS_TOKEN"),
    ("square-secret", "sq0csp-{u43}", "SQUARE_SECRET"),
    ("shopify", "shpat_{hex32}", "SHOPIFY_ACCESS_TOKEN"),
    ("shopify-secret", "shpss_{hex32}", "SHOPIFY_SHARED_SECRET"),
    ("newrelic", "NRAK-{AN27}", "NEW_RELIC_API_KEY"),
    ("grafana", "glsa_{an32}_{hex8}", "GRAFANA_TOKEN"),
    ("grafana-cloud", "glc_eyJ{an120}=", "GRAFANA_CLOUD_TOKEN"),
    ("sentry", "sntrys_eyJ{b100}=_{b43}", "SENTRY_AUTH_TOKEN"),
    ("sentry-user", "sntryu_{hex64}", "SENTRY_AUTH_TOKEN"),
    ("posthog", "phx_{an43}", "POSTHOG_PERSONAL_API_KEY"),
    ("sonar", "squ_{hex40}", "SONAR_TOKEN"),
    ("dynatrace", "dt0c01.{AN24}.{AN64}", "DT_API_TOKEN"),
    ("launchdarkly", "sdk-{uuid}", "LAUNCHDARKLY_SDK_KEY"),
    ("notion", "ntn_{an46}", "NOTION_TOKEN"),
    ("notion-old", "secret_{an43}", "NOTION_API_KEY"),
    ("linear", "lin_api_{an40}", "LINEAR_API_KEY"),
    ("airtable", "pat{an14}.{hex64}", "AIRTABLE_API_KEY"),
    ("figma", "figd_{u40}", "FIGMA_TOKEN"),
    ("postman", "PMAK-{hex24}-{hex34}", "POSTMAN_API_KEY"),
    ("hubspot", "pat-na1-{uuid}", "HUBSPOT_TOKEN"),
    ("facebook", "EAA{an150}ZD", "FB_ACCESS_TOKEN"),
    ("twitter-bearer", "AAAAAAAAAAAAAAAAAAAAA{an24}%3D{an50}", "TWITTER_BEARER_TOKEN"),
    ("mapbox", "sk.eyJ{an80}.{u22}", "MAPBOX_SECRET_TOKEN"),
    ("contentful", "CFPAT-{u43}", "CONTENTFUL_MANAGEMENT_TOKEN"),
    ("buildkite", "bkua_{hex40}", "BUILDKITE_API_TOKEN"),
    ("tailscale", "tskey-auth-{an12}CNTRL-{an32}", "TS_AUTHKEY"),
    ("jwt", "{jwt}", "token jwt"),
    ("bcrypt", "$2b$12${an53}", "password_hash"),
    ("sha512-crypt", "$6${an16}${an86}", "shadow"),
    ("argon2", "$argon2id$v=19$m=65536,t=3,p=4${b22}${b43}", "hash"),
    ("wif", "5K{bt49}", "wallet_wif"),
)

NAMED: tuple[tuple[str, str, str], ...] = (
    # no telling form: the name gives it away
    ("aws-secret", "{b40}", "AWS_SECRET_ACCESS_KEY aws_secret_access_key secretAccessKey"),
    ("azure-openai", "{hex32}", "AZURE_OPENAI_API_KEY azureOpenAiKey AZURE_OPENAI_KEY"),
    ("mistral", "{an32}", "MISTRAL_API_KEY mistralKey"),
    ("cohere", "{an40}", "COHERE_API_KEY CO_API_KEY"),
    ("together", "{hex64}", "TOGETHER_API_KEY together_api_key"),
    ("wandb", "{hex40}", "WANDB_API_KEY wandb_key"),
    ("heroku-uuid", "{uuid}", "HEROKU_API_KEY heroku_api_key"),
    ("cloudflare", "{u40}", "CLOUDFLARE_API_TOKEN CF_API_TOKEN"),
    ("twilio-auth", "{hex32}", "TWILIO_AUTH_TOKEN twilio_auth_token authToken"),
    ("datadog", "{hex32}", "DD_API_KEY DATADOG_API_KEY"),
    ("datadog-app", "{hex40}", "DD_APP_KEY"),
    ("algolia", "{hex32}", "ALGOLIA_ADMIN_KEY ALGOLIA_API_KEY"),
    ("okta", "00{u40}", "OKTA_API_TOKEN OKTA_CLIENT_TOKEN"),
    ("auth0", "{u64}", "AUTH0_CLIENT_SECRET"),
    ("jenkins", "{hex34}", "JENKINS_TOKEN JENKINS_API_TOKEN"),
    ("plaid", "{hex30}", "PLAID_SECRET PLAID_CLIENT_SECRET"),
    ("paypal", "E{u79}", "PAYPAL_CLIENT_SECRET PAYPAL_SECRET"),
    ("spotify", "{hex32}", "SPOTIFY_CLIENT_SECRET"),
    ("postmark", "{uuid}", "POSTMARK_SERVER_TOKEN POSTMARK_API_TOKEN"),
    ("vercel", "{an24}", "VERCEL_TOKEN"),
    ("django", "django-insecure-{lo20}^&{lo20}@{lo6}", "SECRET_KEY"),
    ("flask", "{hex48}", "SECRET_KEY app.secret_key"),
    ("rails", "{hex128}", "SECRET_KEY_BASE secret_key_base"),
    ("laravel", "base64:{b64of32}", "APP_KEY"),
    ("jwt-secret", "{an32}", "JWT_SECRET jwtSecret JWT_SIGNING_KEY"),
    ("session-secret", "{hex32}", "SESSION_SECRET sessionSecret"),
    ("hmac-key", "{hex64}", "HMAC_KEY hmac_secret"),
    ("encryption-key", "{b64of32}", "ENCRYPTION_KEY encryptionKey AES_KEY"),
    ("wallet-key", "0x{hex64}", "PRIVATE_KEY DEPLOYER_PRIVATE_KEY privateKey"),
    ("fernet", "{b64of32}", "FERNET_KEY"),
    ("nextauth", "{b64of32}", "NEXTAUTH_SECRET AUTH_SECRET"),
    ("webhook-secret", "{hex40}", "WEBHOOK_SECRET GITHUB_WEBHOOK_SECRET"),
    ("client-secret", "{an40}", "CLIENT_SECRET clientSecret client_secret OAUTH_CLIENT_SECRET"),
    ("access-token", "{an48}", "ACCESS_TOKEN accessToken access_token"),
    ("refresh-token", "{u64}", "REFRESH_TOKEN refreshToken"),
    ("api-key", "{an32}", "API_KEY apiKey api_key ApiKey"),
    ("hex-key", "{hex32}", "API_KEY ApiKey api-key"),
    ("api-secret", "{an45}", "API_SECRET apiSecret consumer_secret"),
    ("license", "{AN5}-{AN5}-{AN5}-{AN5}", "LICENSE_KEY licenseKey"),
    ("storage-key", "{b64of64}", "STORAGE_ACCOUNT_KEY accountKey AZURE_STORAGE_ACCESS_KEY"),
    ("bot-token", "{u59}", "BOT_TOKEN botToken"),
    ("cosmos", "{b64of64}", "COSMOS_KEY COSMOSDB_PRIMARY_KEY"),
    ("search-key", "{an52}", "SEARCH_ADMIN_KEY AZURE_SEARCH_KEY"),
    ("short-token", "{an16}", "AUTH_TOKEN authToken X_AUTH_TOKEN"),
    ("admin-token", "{an20}", "ADMIN_TOKEN ADMIN_API_TOKEN INTERNAL_API_TOKEN"),
    ("otp-seed", "{up32}", "OTP_SECRET TOTP_SECRET"),
    ("pepper", "{an24}", "PASSWORD_PEPPER PEPPER"),
)

_WORDS = (
    "dragon summer Winter Sommer Hamburg london Arsenal tiger monkey falcon Galaxy pepper rocket velvet Copper shadow Mustang orchid bosco Dakota"
    " freedom Passw0rd kitten marble piano quartz Harvest lobster Granite maple"
).split()


def password(rng: Random) -> str:
    """As people choose them."""
    word, other = rng.choice(_WORDS), rng.choice(_WORDS)
    return rng.choice(
        (
            f"{word}{rng.randrange(1950, 2026)}!",
            f"{word}{rng.randrange(10, 9999)}",
            f"{word[:1].upper()}{word[1:]}#{rng.randrange(100)}",
            f"{word.lower().replace('a', '@').replace('o', '0').replace('e', '3')}{rng.randrange(100)}",
            f"{word}-{other}-{rng.randrange(100)}",
            f"{word}_{other}{rng.randrange(100)}",
            f"{word.capitalize()}{other.capitalize()}{rng.randrange(1000)}$",
            fill("{sym12}", rng),
            fill("{sym16}", rng),
            fill("{an10}", rng),
            fill("{lo8}7", rng),
            fill("{al6}{d2}!", rng),
            f"!{word}{rng.randrange(1000)}",
            f"S3cret{other}{rng.randrange(10)}",
            f"{word.lower()}{rng.randrange(10, 99)}{other.lower()}",
        )
    )


PASSWORD_NAMES = (
    "password PASSWORD db_password DB_PASSWORD dbPassword POSTGRES_PASSWORD MYSQL_ROOT_PASSWORD pwd passwd passphrase smtp_pass DB_PASS"
    " REDIS_PASSWORD adminPassword user_pwd passwort contraseña senha psk wifi_password KEYSTORE_PASSWORD rootPw ldap_bind_password"
    " spring.datasource.password sshPassword MONGO_INITDB_ROOT_PASSWORD motDePasse ftp_passwd"
).split()
