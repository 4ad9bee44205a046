"""Tokens whose issuer prints them in one fixed form.

Prefixes, alphabets and lengths are facts: of the issuers' documentation and of the public rule sets of gitleaks, trufflehog,
detect-secrets and kingfisher (formats only, no text of theirs). `names` are what a developer calls the variable.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .drawing import (
    B32,
    B64,
    BECH32,
    DIGIT,
    HEX,
    LETTER,
    LOWER_NUM,
    UPPER_NUM,
    URL,
    WORD,
    Rng,
    b64_text,
    b64_url,
    github,
    jwt,
    some,
    uuid,
    wif,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of secret: how it is drawn, what it is called, and whether its form tells it without a name."""

    name: str
    names: tuple[str, ...]
    draw: Callable[[Rng], str]
    shaped: bool = True


def _kind(name: str, names: str, draw: Callable[[Rng], str]) -> Kind:
    return Kind(name, tuple(names.split("|")), draw)


def _sentry_org(rng: Rng) -> str:
    body = b64_text(
        f'{{"iat":{rng.randint(1_650_000_000, 1_770_000_000)}.123,"url":"https://sentry.io","region_url":"https://us.sentry.io","org":"acme"}}'
    )
    return f"sntrys_{body}_{some(rng, B64, 43)}"


AI = (
    _kind("xai", "xai api key|api key|grok key", lambda r: "xai-" + some(r, WORD, 80)),
    _kind(
        "openai_legacy", "openai api key|api key|key", lambda r: f"sk-{some(r, WORD, 20)}T3BlbkFJ{some(r, WORD, 20)}"
    ),
    _kind(
        "openai_project",
        "openai api key|api key|openai key",
        lambda r: f"sk-{r.choice(['proj', 'svcacct', 'admin'])}-{some(r, URL, 74)}T3BlbkFJ{some(r, URL, 74)}",
    ),
    _kind(
        "anthropic",
        "anthropic api key|claude key|api key",
        lambda r: f"sk-ant-{r.choice(['api03', 'admin01', 'oat01'])}-{some(r, URL, 93)}AA",
    ),
    _kind("openrouter", "openrouter api key|llm key", lambda r: "sk-or-v1-" + some(r, HEX, 64)),
    _kind("groq", "groq api key|api key", lambda r: "gsk_" + some(r, WORD, 52)),
    _kind("huggingface", "hf token|hugging face hub token|token", lambda r: "hf_" + some(r, LETTER, 34)),
    _kind("replicate", "replicate api token|token", lambda r: "r8_" + some(r, WORD, 37)),
    _kind("perplexity", "perplexity api key|pplx key", lambda r: "pplx-" + some(r, WORD, 48)),
    _kind("cerebras", "cerebras api key|api key", lambda r: "csk-" + some(r, LOWER_NUM, 48)),
    _kind("fireworks", "fireworks api key|api key", lambda r: "fw_" + some(r, WORD, 24)),
    _kind("deepseek", "deepseek api key|api key", lambda r: "sk-" + some(r, HEX, 32)),
    _kind("nvidia", "nvidia api key|nim key", lambda r: "nvapi-" + some(r, URL, 64)),
    _kind(
        "langsmith",
        "langsmith api key|langchain api key",
        lambda r: f"lsv2_{r.choice(['pt', 'sk'])}_{some(r, HEX, 32)}_{some(r, HEX, 10)}",
    ),
    _kind("pinecone", "pinecone api key|api key", lambda r: f"pcsk_{some(r, WORD, 6)}_{some(r, WORD, 63)}"),
    _kind("elevenlabs", "elevenlabs api key|xi api key", lambda r: "sk_" + some(r, HEX, 48)),
    _kind("tavily", "tavily api key|search key", lambda r: "tvly-" + r.choice(["", "dev-"]) + some(r, WORD, 32)),
    _kind("google_api", "google api key|gemini api key|maps key", lambda r: "AIza" + some(r, URL, 35)),
    _kind("voyage", "voyage api key", lambda r: "pa-" + some(r, URL, 43)),
    _kind(
        "azure_openai_long",
        "azure openai api key|api key",
        lambda r: f"{some(r, WORD, 52)}JQQJ99{some(r, UPPER_NUM, 8)}AC{some(r, WORD, 16)}",
    ),
)

CLOUD = (
    _kind(
        "aws_id",
        "aws access key id|access key id|aws key",
        lambda r: r.choice(["AKIA", "ASIA", "AKIA"]) + some(r, B32, 16),
    ),
    _kind(
        "aws_session",
        "aws session token|session token",
        lambda r: "IQoJb3JpZ2luX2Vj" + some(r, B64, r.randint(300, 600)) + "=",
    ),
    _kind("aws_bedrock", "aws bearer token bedrock|bedrock key", lambda r: "ABSK" + some(r, B64, 124) + "=="),
    _kind("google_oauth_secret", "google client secret|client secret", lambda r: "GOCSPX-" + some(r, URL, 28)),
    _kind("google_access", "access token|google token", lambda r: "ya29." + some(r, URL, r.randint(120, 200))),
    _kind("google_refresh", "refresh token|google refresh token", lambda r: "1//0" + some(r, URL, r.randint(60, 99))),
    _kind(
        "azure_client_secret",
        "azure client secret|client secret|app secret",
        lambda r: f"{some(r, WORD, 3)}{r.choice(DIGIT)}Q~{some(r, URL + '.~', 34)}",
    ),
    _kind(
        "digitalocean",
        "digitalocean token|do token|do api token",
        lambda r: f"{r.choice(['dop', 'doo', 'dor'])}_v1_{some(r, HEX, 64)}",
    ),
    _kind("heroku", "heroku api key|api key", lambda r: "HRKU-AA" + some(r, URL, 58)),
    _kind(
        "cloudflare_origin",
        "cloudflare origin ca key|origin ca key",
        lambda r: f"v1.0-{some(r, HEX, 24)}-{some(r, HEX, 146)}",
    ),
    _kind("fly", "fly api token|fly token", lambda r: "fm2_" + some(r, B64, r.randint(180, 300))),
    _kind("netlify", "netlify auth token|netlify token", lambda r: "nfp_" + some(r, WORD, 36)),
    _kind("alibaba_id", "alibaba access key|access key id", lambda r: "LTAI" + some(r, WORD, 20)),
    _kind("databricks", "databricks token|dbx token", lambda r: "dapi" + some(r, HEX, 32) + r.choice(["", "-2", "-3"])),
    _kind(
        "planetscale",
        "database password|pscale token",
        lambda r: f"pscale_{r.choice(['tkn', 'pw', 'oauth'])}_{some(r, URL, 43)}",
    ),
    _kind(
        "supabase",
        "supabase access token|supabase secret key",
        lambda r: r.choice(["sbp_" + some(r, HEX, 40), f"sb_secret_{some(r, URL, 22)}_{some(r, URL, 8)}"]),
    ),
    _kind(
        "terraform",
        "tfe token|terraform cloud token|token",
        lambda r: f"{some(r, WORD, 14)}.atlasv1.{some(r, WORD, 67)}",
    ),
    _kind(
        "vault",
        "vault token|token",
        lambda r: r.choice(["hvs." + some(r, URL, 95), "hvb." + some(r, URL, 150), "s." + some(r, WORD, 24)]),
    ),
    _kind("pulumi", "pulumi access token", lambda r: "pul-" + some(r, HEX, 40)),
    _kind("doppler", "doppler token", lambda r: r.choice(["dp.pt.", "dp.ct.", "dp.sa."]) + some(r, WORD, 43)),
    _kind("doppler_service", "doppler token", lambda r: f"dp.st.{r.choice(['dev', 'prd', 'stg'])}.{some(r, WORD, 43)}"),
    _kind("onepassword", "op service account token", lambda r: "ops_eyJ" + some(r, URL, 320)),
    _kind(
        "onepassword_key",
        "op secret key|secret key",
        lambda r: (
            f"A3-{some(r, UPPER_NUM, 6)}-{some(r, UPPER_NUM, 11)}-{some(r, UPPER_NUM, 5)}-{some(r, UPPER_NUM, 5)}-{some(r, UPPER_NUM, 5)}"
        ),
    ),
    _kind("age", "age key|sops age key", lambda r: "AGE-SECRET-KEY-1" + some(r, BECH32, 58)),
    _kind("yandex", "yandex api key|yc key", lambda r: "AQVN" + some(r, URL, 36)),
    _kind("render", "render api key", lambda r: "rnd_" + some(r, WORD, 28)),
    _kind("tencent_id", "tencent secret id|secret id", lambda r: "AKID" + some(r, WORD, 32)),
    _kind("openshift", "openshift token|token", lambda r: "sha256~" + some(r, URL, 43)),
    _kind("scalingo", "scalingo api token", lambda r: "tk-us-" + some(r, URL, 48)),
    _kind("prefect", "prefect api key", lambda r: "pnu_" + some(r, WORD, 36)),
)

CODE_HOSTS = (
    _kind(
        "github", "github token|gh token|token", lambda r: github(r, r.choice(["ghp_", "gho_", "ghu_", "ghs_", "ghr_"]))
    ),
    _kind("github_pat", "github token|pat|gh pat", lambda r: f"github_pat_{some(r, WORD, 22)}_{some(r, WORD, 59)}"),
    _kind(
        "gitlab",
        "gitlab token|private token|ci token",
        lambda r: r.choice(["glpat-", "gldt-", "glptt-", "glrt-", "glsoat-", "glimt-", "glagent-"]) + some(r, URL, 20),
    ),
    _kind("gitlab_routable", "gitlab token|token", lambda r: f"glpat-{some(r, URL, 27)}.01.{some(r, LOWER_NUM, 9)}"),
    _kind("gitlab_job", "ci job token", lambda r: f"glcbt-{some(r, HEX, 2)}_{some(r, URL, 20)}"),
    _kind(
        "bitbucket",
        "bitbucket app password|bitbucket token",
        lambda r: "ATBB" + some(r, WORD, 24) + some(r, UPPER_NUM, 8),
    ),
    _kind(
        "atlassian",
        "jira api token|atlassian token|confluence token",
        lambda r: "ATATT3xFfGF0" + some(r, URL, 171) + "=" + some(r, HEX.upper(), 8),
    ),
    _kind("npm", "npm token|node auth token", lambda r: github(r, "npm_")),
    _kind("pypi", "pypi token|twine password", lambda r: "pypi-AgEIcHlwaS5vcmc" + some(r, URL, r.randint(100, 180))),
    _kind("rubygems", "rubygems api key|gem host api key", lambda r: "rubygems_" + some(r, HEX, 48)),
    _kind("crates", "cargo registry token|crates token", lambda r: "cio" + some(r, WORD, 32)),
    _kind("nuget", "nuget api key", lambda r: "oy2" + some(r, LOWER_NUM, 43)),
    _kind(
        "docker_pat",
        "docker token|docker hub token|docker password",
        lambda r: r.choice(["dckr_pat_", "dckr_oat_"]) + some(r, URL, 27),
    ),
    _kind(
        "artifactory",
        "artifactory api key|jfrog api key",
        lambda r: r.choice(["AKCp" + some(r, WORD, 69), "cmVmd" + some(r, WORD, 59)]),
    ),
    _kind(
        "sourcegraph",
        "src access token|sourcegraph token",
        lambda r: r.choice([f"sgp_{some(r, HEX, 16)}_{some(r, HEX, 40)}", "sgp_" + some(r, HEX, 40)]),
    ),
    _kind("circleci", "circle token|circleci api token", lambda r: f"CCIPAT_{some(r, WORD, 22)}_{some(r, HEX, 40)}"),
    _kind("buildkite", "buildkite api token", lambda r: "bkua_" + some(r, HEX, 40)),
    _kind("clojars", "clojars token|clojars password", lambda r: "CLOJARS_" + some(r, HEX, 60)),
    _kind("sonar", "sonar token|sonarqube token", lambda r: r.choice(["squ_", "sqp_", "sqa_"]) + some(r, HEX, 40)),
    _kind("harness", "harness api key", lambda r: f"pat.{some(r, URL, 22)}.{some(r, WORD, 24)}.{some(r, WORD, 20)}"),
    _kind("octopus", "octopus api key", lambda r: "API-" + some(r, UPPER_NUM, 26)),
    _kind("infracost", "infracost api key", lambda r: "ico-" + some(r, WORD, 32)),
    _kind("readme", "readme api key", lambda r: "rdme_" + some(r, LOWER_NUM, 70)),
)

SAAS = (
    _kind(
        "slack_bot",
        "slack bot token|slack token|bot token",
        lambda r: f"xoxb-{some(r, DIGIT, 12)}-{some(r, DIGIT, 13)}-{some(r, WORD, 24)}",
    ),
    _kind(
        "slack_user",
        "slack user token|slack token",
        lambda r: f"xoxp-{some(r, DIGIT, 12)}-{some(r, DIGIT, 12)}-{some(r, DIGIT, 13)}-{some(r, HEX, 32)}",
    ),
    _kind(
        "slack_app",
        "slack app token",
        lambda r: f"xapp-1-A{some(r, UPPER_NUM, 10)}-{some(r, DIGIT, 13)}-{some(r, HEX, 64)}",
    ),
    _kind(
        "slack_config",
        "slack config token|refresh token",
        lambda r: r.choice([f"xoxe.xoxp-1-{some(r, WORD, 164)}", f"xoxe-1-{some(r, WORD, 146)}"]),
    ),
    _kind(
        "slack_webhook",
        "slack webhook url|webhook url",
        lambda r: (
            f"https://hooks.slack.com/services/T{some(r, UPPER_NUM, 8)}/B{some(r, UPPER_NUM, 10)}/{some(r, WORD, 24)}"
        ),
    ),
    _kind(
        "discord_bot",
        "discord token|bot token",
        lambda r: f"{b64_url(some(r, '123456789', 18).encode())}.G{some(r, URL, 5)}.{some(r, URL, 38)}",
    ),
    _kind(
        "discord_webhook",
        "discord webhook|webhook url",
        lambda r: f"https://discord.com/api/webhooks/{some(r, '123456789', 18)}/{some(r, URL, 68)}",
    ),
    _kind(
        "teams_webhook",
        "teams webhook url|webhook",
        lambda r: (
            f"https://acme.webhook.office.com/webhookb2/{uuid(r)}@{uuid(r)}/IncomingWebhook/{some(r, HEX, 32)}/{uuid(r)}"
        ),
    ),
    _kind("telegram", "telegram bot token|bot token", lambda r: f"{some(r, '123456789', 10)}:AA{some(r, URL, 33)}"),
    _kind("twilio_key", "twilio api key|api key sid", lambda r: "SK" + some(r, HEX, 32)),
    _kind("sendgrid", "sendgrid api key|smtp password", lambda r: f"SG.{some(r, URL, 22)}.{some(r, URL, 43)}"),
    _kind(
        "mailgun",
        "mailgun api key",
        lambda r: r.choice(["key-" + some(r, HEX, 32), f"{some(r, HEX, 32)}-{some(r, HEX, 8)}-{some(r, HEX, 8)}"]),
    ),
    _kind("mailchimp", "mailchimp api key", lambda r: f"{some(r, HEX, 32)}-us{r.randint(1, 21)}"),
    _kind("brevo", "brevo api key|sendinblue key", lambda r: f"xkeysib-{some(r, HEX, 64)}-{some(r, WORD, 16)}"),
    _kind("resend", "resend api key", lambda r: f"re_{some(r, WORD, 8)}_{some(r, WORD, 24)}"),
    _kind(
        "stripe",
        "stripe secret key|stripe key|stripe api key",
        lambda r: (
            f"{r.choice(['sk', 'rk'])}_{r.choice(['live', 'test'])}_{r.choice([some(r, WORD, 24), '51' + some(r, WORD, 97)])}"
        ),
    ),
    _kind("stripe_webhook", "stripe webhook secret|endpoint secret", lambda r: "whsec_" + some(r, WORD, 32)),
    _kind(
        "square",
        "square access token|square token",
        lambda r: r.choice(["EAAA" + some(r, URL, 60), "sq0csp-" + some(r, URL, 43), "sq0atp-" + some(r, URL, 22)]),
    ),
    _kind(
        "shopify",
        "shopify access token|shopify api secret",
        lambda r: r.choice(["shpat_", "shpss_", "shpca_", "shppa_"]) + some(r, HEX, 32),
    ),
    _kind("newrelic", "new relic api key|nr api key", lambda r: "NRAK-" + some(r, UPPER_NUM, 27)),
    _kind("newrelic_license", "new relic license key|license key", lambda r: some(r, HEX, 36) + "NRAL"),
    _kind(
        "grafana",
        "grafana token|grafana api key",
        lambda r: r.choice(
            [
                f"glsa_{some(r, WORD, 32)}_{some(r, HEX, 8)}",
                "glc_" + b64_text('{"o":"' + some(r, DIGIT, 6) + '","n":"ci","k":"' + some(r, WORD, 24) + '"}'),
            ]
        ),
    ),
    _kind("sentry", "sentry auth token", lambda r: r.choice([_sentry_org(r), "sntryu_" + some(r, HEX, 64)])),
    _kind("posthog", "posthog personal api key", lambda r: "phx_" + some(r, WORD, r.choice([43, 47]))),
    _kind("dynatrace", "dynatrace api token|dt api token", lambda r: f"dt0c01.{some(r, B32, 24)}.{some(r, B32, 64)}"),
    _kind("launchdarkly", "launchdarkly sdk key|ld sdk key", lambda r: f"{r.choice(['sdk', 'api'])}-{uuid(r)}"),
    _kind(
        "notion",
        "notion token|notion api key",
        lambda r: r.choice([f"ntn_{some(r, DIGIT, 11)}{some(r, WORD, 35)}", "secret_" + some(r, WORD, 43)]),
    ),
    _kind("linear", "linear api key", lambda r: "lin_api_" + some(r, WORD, 40)),
    _kind("airtable", "airtable api key|airtable token", lambda r: f"pat{some(r, WORD, 14)}.{some(r, HEX, 64)}"),
    _kind("figma", "figma token|figma access token", lambda r: "figd_" + some(r, URL, 40)),
    _kind("postman", "postman api key", lambda r: f"PMAK-{some(r, HEX, 24)}-{some(r, HEX, 34)}"),
    _kind("hubspot", "hubspot access token|private app token", lambda r: f"pat-{r.choice(['na1', 'eu1'])}-{uuid(r)}"),
    _kind(
        "facebook",
        "facebook access token|page access token",
        lambda r: r.choice(["EAAG", "EAAC", "EAAM"]) + some(r, WORD, r.randint(150, 190)),
    ),
    _kind(
        "twitter_bearer",
        "twitter bearer token|bearer token",
        lambda r: (
            "AAAAAAAAAAAAAAAAAAAAA" + some(r, WORD, 10) + "AAAAAAA%2B" + some(r, WORD, 20) + "%3D" + some(r, WORD, 50)
        ),
    ),
    _kind(
        "mapbox",
        "mapbox access token|mapbox secret token",
        lambda r: (
            f"sk.{b64_url(('{' + chr(34) + 'u' + chr(34) + ':' + chr(34) + 'acme' + chr(34) + ',' + chr(34) + 'a' + chr(34) + ':' + chr(34) + some(r, LOWER_NUM, 25) + chr(34) + '}').encode())}.{some(r, URL, 22)}"
        ),
    ),
    _kind("contentful", "contentful management token", lambda r: "CFPAT-" + some(r, URL, 43)),
    _kind(
        "tailscale",
        "tailscale auth key|ts authkey",
        lambda r: f"tskey-{r.choice(['auth', 'api', 'client'])}-{some(r, WORD, 17)}-{some(r, WORD, 32)}",
    ),
    _kind("typeform", "typeform token", lambda r: f"tfp_{some(r, WORD, 44)}_{some(r, WORD, 14)}"),
    _kind("easypost", "easypost api key", lambda r: r.choice(["EZAK", "EZTK"]) + some(r, WORD, 54)),
    _kind("shippo", "shippo api token", lambda r: f"shippo_{r.choice(['live', 'test'])}_{some(r, HEX, 40)}"),
    _kind("duffel", "duffel access token", lambda r: f"duffel_{r.choice(['live', 'test'])}_{some(r, URL, 43)}"),
    _kind("dropbox", "dropbox access token|dropbox token", lambda r: "sl." + some(r, URL, 135)),
    _kind("frameio", "frameio token", lambda r: "fio-u-" + some(r, URL, 64)),
    _kind("maxmind", "maxmind license key|geoip license key", lambda r: f"{some(r, WORD, 6)}_{some(r, WORD, 29)}_mmk"),
    _kind(
        "plaid_access",
        "plaid access token|access token",
        lambda r: f"access-{r.choice(['sandbox', 'production'])}-{uuid(r)}",
    ),
    _kind(
        "razorpay", "razorpay key id|razorpay key", lambda r: f"rzp_{r.choice(['live', 'test'])}_{some(r, WORD, 14)}"
    ),
    _kind(
        "paypal_braintree",
        "braintree access token",
        lambda r: f"access_token$production${some(r, LOWER_NUM, 16)}${some(r, HEX, 32)}",
    ),
    _kind("flutterwave", "flutterwave secret key|flw secret key", lambda r: f"FLWSECK_TEST-{some(r, HEX, 32)}-X"),
    _kind("adafruit", "adafruit io key|aio key", lambda r: "aio_" + some(r, WORD, 28)),
    _kind("wallet_wif", "wallet key|btc private key", wif),
    _kind("jwt", "token|access token|id token|jwt", lambda r: jwt(r, role="service_role", exp=1_900_000_000)),
    _kind("trello", "trello token", lambda r: "ATTA" + some(r, HEX, 64 + 8)),
)

SHAPED = AI + CLOUD + CODE_HOSTS + SAAS
