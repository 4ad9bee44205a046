"""Tokens with a form of their own, by kind. Each maker takes a ``Draw``."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from tests.benchmarks.redaction.fifth.drawing import ALNUM, BASE32, LOWER, UPPER, Draw

Maker = Callable[[Draw], str]


def _github(prefix: str) -> Maker:
    def make(d: Draw) -> str:
        body = d.an(30)
        number, digits = zlib.crc32(body.encode()), ""
        alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        while number:
            number, rest = divmod(number, 62)
            digits = alphabet[rest] + digits
        return f"{prefix}{body}{digits.rjust(6, '0')}"

    return make


def _p(prefix: str, size: int, alphabet: str = ALNUM) -> Maker:
    return lambda d: prefix + d.of(alphabet, size)


def _h(prefix: str, size: int) -> Maker:
    return lambda d: prefix + d.hex(size)


def _u(prefix: str, size: int, end: str = "") -> Maker:
    return lambda d: prefix + d.u(size) + end


def _id(prefix: str) -> Maker:
    return lambda d: prefix + d.uuid()


AI: dict[str, Maker] = {
    "xai": _p("xai-", 80),
    "openai old": lambda d: f"sk-{d.an(20)}T3BlbkFJ{d.an(20)}",
    "openai project": lambda d: f"sk-proj-{d.u(74)}T3BlbkFJ{d.u(74)}",
    "openai service account": lambda d: f"sk-svcacct-{d.u(74)}T3BlbkFJ{d.u(74)}",
    "openai short project": lambda d: f"sk-proj-{d.u(48)}",
    "anthropic": _u("sk-ant-api03-", 93, "AA"),
    "anthropic oauth": _u("sk-ant-oat01-", 93, "AA"),
    "anthropic session": _u("sk-ant-sid01-", 93, "AA"),
    "openrouter": _h("sk-or-v1-", 64),
    "groq": _p("gsk_", 52),
    "hugging face": _p("hf_", 34, ALNUM[:52]),
    "replicate": _p("r8_", 37),
    "perplexity": _p("pplx-", 48),
    "cerebras": _p("csk-", 48, LOWER),
    "fireworks": _p("fw_", 24),
    "deepseek": _h("sk-", 32),
    "nvidia": _u("nvapi-", 64),
    "langsmith": lambda d: f"lsv2_{d.one('pt', 'sk')}_{d.hex(32)}_{d.hex(10)}",
    "langfuse": _id("sk-lf-"),
    "pinecone": lambda d: f"pcsk_{d.an(5)}_{d.an(63)}",
    "elevenlabs": _h("sk_", 48),
    "tavily": lambda d: f"tvly-{d.one('', 'dev-', 'prod-')}{d.an(32)}",
    "google api": _u("AIza", 35),
    "google new": lambda d: f"AQ.Ab8R{d.u(46)}",
    "together": _u("tgp_v1_", 43),
    "voyage": _u("pa-", 43),
    "jina": lambda d: f"jina_{d.hex(32)}{d.u(28)}",
    "firecrawl": _h("fc-", 32),
    "e2b": _h("e2b_", 40),
    "vercel ai gateway": _p("vck_", 56),
    "wandb new": lambda d: f"wandb_v1_{d.an(27)}_{d.an(48)}",
    "helicone": lambda d: f"sk-helicone-{d.of(LOWER, 7)}-{d.of(LOWER, 7)}-{d.of(LOWER, 7)}-{d.of(LOWER, 7)}",
    "litellm": _u("sk-", 22),
    "moonshot": _p("sk-", 48),
    "stability": _p("sk-", 48),
}

CLOUD: dict[str, Maker] = {
    "aws id": lambda d: d.one("AKIA", "ASIA") + d.of(BASE32, 16),
    "aws session": lambda d: "IQoJb3JpZ2luX2VjE" + d.b64(210),
    "aws bedrock": lambda d: "ABSKQmVkcm9ja0FQSUtleS" + d.b64(84),
    "gcp oauth secret": _u("GOCSPX-", 28),
    "gcp access": _u("ya29.a0", 160),
    "gcp refresh": _u("1//0", 60),
    "azure client secret": lambda d: f"{d.an(3)}{d.digits(1)}Q~{d.of(ALNUM + '_.', 34)}",
    "azure storage key": lambda d: d.b64(64),
    "azure sas": lambda d: (
        f"sv=2022-11-02&ss=b&srt=co&sp=rl&se=2026-01-01T00:00:00Z&sig={d.b64(32).replace('+', '%2B').replace('/', '%2F').replace('=', '%3D')}"
    ),
    "azure ai new": lambda d: f"{d.an(52)}JQQJ99{d.of(UPPER, 2)}AC{d.an(8)}XJ3w3AAA{d.one('AACOG', 'BACOG')}{d.an(4)}",
    "azure devops new": lambda d: f"{d.an(52)}JQQJ99B{d.of(UPPER, 2)}CAAAAA{d.an(4)}AAASAZDO{d.an(4)}",
    "azure function": lambda d: f"{d.u(44)}AzFu{d.u(6)}==",
    "digitalocean": lambda d: d.one("dop_v1_", "doo_v1_", "dor_v1_") + d.hex(64),
    "heroku new": lambda d: "HRKU-AA" + d.u(58),
    "cloudflare origin ca": lambda d: f"v1.0-{d.hex(24)}-{d.hex(146)}",
    "fly": lambda d: "FlyV1 fm2_" + d.b64(120),
    "netlify": _p("nfp_", 36),
    "alibaba id": _p("LTAI5t", 18),
    "databricks": _h("dapi", 32),
    "planetscale": lambda d: d.one("pscale_tkn_", "pscale_pw_", "pscale_oauth_") + d.u(43),
    "supabase": _h("sbp_", 40),
    "supabase secret": lambda d: f"sb_secret_{d.u(22)}_{d.an(8)}",
    "terraform": lambda d: f"{d.an(14)}.atlasv1.{d.u(67)}",
    "vault": lambda d: f"hvs.CAESI{d.u(90)}",
    "vault old": _p("s.", 24),
    "vault batch": lambda d: f"hvb.AAAAAQ{d.u(140)}",
    "pulumi": _h("pul-", 40),
    "doppler": lambda d: f"dp.{d.one('pt', 'st.dev', 'ct', 'sa')}.{d.an(43)}",
    "1password": lambda d: f"ops_eyJ{d.b64url(240)}",
    "1password key": lambda d: (
        f"A3-{d.of(UPPER, 6)}-{d.of(UPPER, 6)}-{d.of(UPPER, 5)}-{d.of(UPPER, 5)}-{d.of(UPPER, 5)}-{d.of(UPPER, 5)}"
    ),
    "age": lambda d: "AGE-SECRET-KEY-1" + d.of("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58),
    "neon": _p("napi_", 64, LOWER),
    "aiven": _u("AVNS_", 19),
    "openshift": _u("sha256~", 43),
    "yandex iam": lambda d: f"t1.{d.u(60)}.{d.u(86)}",
    "yandex api": _u("AQVN", 36),
    "tencent id": _p("AKID", 32),
}

HOSTS: dict[str, Maker] = {
    "github classic": _github("ghp_"),
    "github oauth": _github("gho_"),
    "github app": _github("ghs_"),
    "github refresh": _p("ghr_", 76),
    "github fine": lambda d: f"github_pat_{d.an(22)}_{d.an(59)}",
    "gitlab": _u("glpat-", 20),
    "gitlab routable": lambda d: f"glpat-{d.u(27)}.0{d.digits(1)}.{d.of(LOWER, 9)}",
    "gitlab other": lambda d: (
        d.one("gldt-", "glrt-", "glcbt-", "glsoat-", "glimt-", "glagent-", "gloas-", "glft-") + d.u(26)
    ),
    "gitlab trigger": _h("glptt-", 40),
    "gitlab runner": _u("GR1348941", 20),
    "bitbucket": lambda d: f"ATBB{d.an(24)}{d.hex(8).upper()}",
    "atlassian": lambda d: f"ATATT3xFfGF0{d.u(163)}={d.hex(8).upper()}",
    "npm": _p("npm_", 36),
    "pypi": _u("pypi-AgEIcHlwaS5vcmc", 150),
    "rubygems": _h("rubygems_", 48),
    "crates": _p("cio", 32),
    "nuget": _p("oy2", 43, LOWER),
    "docker": _u("dckr_pat_", 27),
    "docker org": _u("dckr_oat_", 32),
    "artifactory": _p("AKCp", 69),
    "artifactory reference": _p("cmVmdGtu", 56),
    "sourcegraph": lambda d: f"sgp_{d.hex(16)}_{d.hex(40)}",
    "circleci": lambda d: f"CCIPAT_{d.an(22)}_{d.hex(40)}",
    "buildkite": _h("bkua_", 40),
    "clojars": _h("CLOJARS_", 60),
    "sonar": lambda d: d.one("squ_", "sqp_", "sqa_") + d.hex(40),
    "harness": lambda d: f"pat.{d.an(22)}.{d.hex(24)}.{d.an(20)}",
    "octopus": _p("API-", 26, UPPER),
    "trello": lambda d: f"ATTA{d.hex(64)}{d.hex(8).upper()}",
}

SAAS: dict[str, Maker] = {
    "slack bot": lambda d: f"xoxb-{d.digits(12)}-{d.digits(13)}-{d.an(24)}",
    "slack user": lambda d: f"xoxp-{d.digits(12)}-{d.digits(12)}-{d.digits(13)}-{d.hex(32)}",
    "slack app": lambda d: f"xapp-1-A{d.of(UPPER, 10)}-{d.digits(13)}-{d.hex(64)}",
    "slack refresh": lambda d: f"xoxe-1-{d.b64(108).replace('+', '0').replace('/', '1')}",
    "slack rotated": lambda d: f"xoxe.xoxp-1-{d.an(163)}",
    "slack hook": lambda d: f"https://hooks.slack.com/services/T{d.of(UPPER, 10)}/B{d.of(UPPER, 10)}/{d.an(24)}",
    "discord bot": lambda d: f"MT{d.an(24)}.G{d.an(5)}.{d.u(38)}",
    "discord hook": lambda d: f"https://discord.com/api/webhooks/{d.digits(18)}/{d.u(68)}",
    "teams hook": lambda d: (
        f"https://{d.word()}.webhook.office.com/webhookb2/{d.uuid()}@{d.uuid()}/IncomingWebhook/{d.hex(32)}/{d.uuid()}"
    ),
    "power automate": lambda d: (
        f"https://prod-{d.digits(2)}.westeurope.logic.azure.com:443/workflows/{d.hex(32)}/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig={d.u(43)}"
    ),
    "telegram": lambda d: f"{d.digits(10)}:AA{d.u(33)}",
    "twilio": _h("SK", 32),
    "sendgrid": lambda d: f"SG.{d.u(22)}.{d.u(43)}",
    "mailgun": _h("key-", 32),
    "mailgun new": lambda d: f"{d.hex(32)}-{d.hex(8)}-{d.hex(8)}",
    "mailchimp": lambda d: f"{d.hex(32)}-us{d.int(1, 21)}",
    "brevo": lambda d: f"xkeysib-{d.hex(64)}-{d.an(16)}",
    "brevo smtp": lambda d: f"xsmtpsib-{d.hex(64)}-{d.an(16)}",
    "resend": lambda d: f"re_{d.an(8)}_{d.an(24)}",
    "mailersend": _h("mlsn.", 64),
    "stripe": lambda d: d.one("sk_live_", "sk_test_", "rk_live_", "rk_test_") + d.of(ALNUM, d.choice([24, 99])),
    "stripe long": lambda d: f"sk_live_51{d.an(97)}",
    "stripe hook": _p("whsec_", 32),
    "svix": lambda d: f"whsec_{d.b64(24)}",
    "square": lambda d: f"EAAA{d.u(60)}",
    "square secret": _u("sq0csp-", 43),
    "shopify": lambda d: d.one("shpat_", "shpss_", "shpca_", "shppa_") + d.hex(32),
    "new relic": _p("NRAK-", 27, UPPER),
    "new relic insert": _u("NRII-", 32),
    "grafana": lambda d: f"glsa_{d.an(32)}_{d.hex(8)}",
    "grafana cloud": lambda d: f"glc_eyJ{d.b64url(90)}",
    "grafana old": lambda d: f"eyJrIjoi{d.b64(60)}",
    "sentry": lambda d: f"sntrys_eyJpYXQiO{d.b64(60)}_{d.u(43)}",
    "sentry user": _h("sntryu_", 64),
    "posthog": _p("phx_", 43),
    "dynatrace": lambda d: f"dt0c01.{d.of(BASE32, 24)}.{d.of(BASE32, 64)}",
    "launchdarkly": _id("sdk-"),
    "launchdarkly api": _id("api-"),
    "notion": _p("ntn_", 46),
    "notion old": _p("secret_", 43),
    "linear": _p("lin_api_", 40),
    "airtable": lambda d: f"pat{d.an(14)}.{d.hex(64)}",
    "figma": _u("figd_", 40),
    "postman": lambda d: f"PMAK-{d.hex(24)}-{d.hex(34)}",
    "hubspot": lambda d: f"pat-{d.one('na1', 'eu1')}-{d.uuid()}",
    "facebook": _p("EAA", 160),
    "twitter bearer": lambda d: f"{'A' * 22}{d.an(8)}%2B{d.an(30)}%3D{d.an(40)}",
    "mapbox": lambda d: f"sk.eyJ1Ijoi{d.b64url(60)}.{d.u(22)}",
    "contentful": _u("CFPAT-", 43),
    "tailscale": lambda d: f"tskey-{d.one('auth', 'api')}-{d.an(11)}CNTRL-{d.an(32)}",
    "braintree": lambda d: f"access_token$production${d.of(LOWER, 16)}${d.hex(32)}",
    "dropbox": _u("sl.", 135),
    "easypost": _p("EZAK", 54),
    "flutterwave": lambda d: f"FLWSECK_TEST-{d.hex(32)}-X",
    "shippo": lambda d: f"shippo_{d.one('live', 'test')}_{d.hex(40)}",
    "typeform": lambda d: f"tfp_{d.u(44)}_{d.u(14)}",
    "asana": lambda d: f"{d.one('1', '2')}/{d.digits(16)}/{d.digits(16)}:{d.hex(32)}",
    "plaid": lambda d: f"access-{d.one('sandbox', 'production')}-{d.uuid()}",
    "paddle": lambda d: f"pdl_live_apikey_{d.of(LOWER, 26)}_{d.an(22)}_{d.an(3)}",
    "honeycomb": _p("hcaik_01", 56, LOWER),
    "onesignal": _p("os_v2_app_", 103, LOWER),
    "fcm": lambda d: f"AAAA{d.an(7)}:APA91b{d.u(134)}",
    "inngest": _h("signkey-prod-", 64),
    "trigger": lambda d: f"tr_{d.one('dev', 'prod')}_{d.an(20)}",
    "prefect": _p("pnu_", 36),
    "nylas": lambda d: f"nyk_v0_{d.an(64)}",
    "zapier hook": lambda d: f"https://hooks.zapier.com/hooks/catch/{d.digits(8)}/{d.of(LOWER, 7)}/",
    "adyen": lambda d: f"AQE{d.b64(90)}-{d.b64(33)}-{d.of(ALNUM + '%^&;:', 16)}",
    "jwt": lambda d: d.jwt(),
    "bcrypt": lambda d: f"$2{d.one('a', 'b', 'y')}$1{d.int(0, 2)}${d.of(ALNUM + './', 53)}",
    "sha512 crypt": lambda d: f"$6${d.an(16)}${d.of(ALNUM + './', 86)}",
    "argon2": lambda d: f"$argon2id$v=19$m=65536,t=3,p=4${d.b64(16).rstrip('=')}${d.b64(32).rstrip('=')}",
    "django hash": lambda d: f"pbkdf2_sha256$600000${d.an(22)}${d.b64(32)}",
    "slack workspace": lambda d: f"xoxs-{d.digits(11)}-{d.digits(11)}-{d.digits(11)}-{d.hex(10)}",
}

TOKENS: dict[str, dict[str, Maker]] = {"ai": AI, "cloud": CLOUD, "code host": HOSTS, "saas": SAAS}
