"""Secrets told by their place alone: an option of a command, an argument of a login, a column of an INSERT, an entry of a Kubernetes secret."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from grok_ls.redaction.columns import find_columns
from grok_ls.redaction.grades import is_plausible
from grok_ls.redaction.logins import find_logins
from grok_ls.redaction.made_up import is_made_up
from grok_ls.redaction.names import PASSWORD, secret_kind
from grok_ls.redaction.piece import standing
from grok_ls.redaction.sight import left, line_end, line_start, occurrences, within
from grok_ls.redaction.span import Found
from grok_ls.redaction.values import is_base64_text, is_random, is_stand_in
from grok_ls.redaction.verdict import is_chosen, is_name, is_path, is_secret, is_strong

_COMMANDS = re.compile(
    r"""(?x)(?:\b(?:mysql|mysqldump|mysqladmin|mariadb)\b[^\n|;]{0,120}?[\s"']-p
    | \b(?:sshpass|docker\ login|podman\ login|buildah\ login|skopeo\ login|helm\ registry\ login|sqlcmd|[oit]sql|mongo(?:sh|dump|restore|export|import)?|az\ login|oc\ login|bcp|openconnect|cypher-shell|influx|arangosh|rdesktop|hdbsql|snowsql|rabbitmqadmin)\b[^\n|;]{0,120}?\s-[pP][ =]?
    | \bredis-cli\b[^\n|;]{0,120}?\s-a[ ] | \b(?:curl|wget|https?|ab|xh)\b[^\n|;]{0,200}?\s(?:-u|--auth|--user|--proxy-user|-U|-a)[ =]?["']?[^\s:"']{1,60}:
    | \bnet\ use\b[^\n]{0,80}/user:\S+[ ] | \bnet\ use\ \S{1,20}\ \\\\\S{1,80}[ ](?=[^/\s]\S{3,60}\ /user:) | \brequirepass[ ]+ | \bmasterauth[ ]+ | \bsqlplus\b[^\n]{0,40}?\w+/ | \b\w{2,30}/(?=[^\s/@]{4,60}@(?://|\w+:\d))
    | \bhtpasswd\b[^\n|;]{0,80}?\s-\w*b\w*[ ](?:\S+[ ])?\S+[ ] | \b(?:zip|unzip|7za?|rar|unrar)\b[^\n|;]{0,80}?\s-(?:P[ ]?|p)
    | \bldap(?:search|modify|add|delete|whoami|passwd)\b[^\n|;]{0,200}?\s-w[ ] | (?<=[\s"'=])pass:(?=[^\s"'(){},;:]{4,}(?:[\s"'`]|\Z)) | \bkeytool\b[^\n|;]{0,200}?-(?:store|key)pass[ ]
    | \bopenssl\b[^\n|;]{0,160}?\s-k[ ] | \bsmbclient\b[^\n|;]{0,100}?\s-U[ ]?["']?[^\s%"']{1,40}% | \bipmitool\b[^\n|;]{0,100}?\s-P[ ] | \blftp\b[^\n|;]{0,80}?\s-u[ ]?[^\s,]{1,40}, | \brabbitmqctl\ (?:add_user|change_password)\ \S{1,40}[ ] | \bsnmp-server\ community[ ]+ | \bvault\ login[ ]+(?=\S*\d) | \bssh-keygen\b[^\n|;]{0,120}?\s-N[ ] | \bmosquitto_[ps]ub\b[^\n|;]{0,160}?\s-P[ ] | \btwine\b[^\n|;]{0,120}?\s-p[ ]
    | \bansible-vault\ encrypt_string[ ]+(?=["']) | \b(?:sudo\ -S|secret\ put\ \S{1,60}|login)[ ]{0,4}<<<[ ]{0,4} | \bsp_addlogin[ ]+N?'[^']{1,60}',[ ]*N? | \bpsexec\b[^\n|;]{0,100}?\s-p[ ]
    | ["'](?=[^\s:"']{1,40}:[^\n"']{4,80}["']\ *\|\ *(?:sudo\ )?chpasswd)[^\s:"']{1,40}:
    | \b(?:echo|printf)(?:\ -\w{1,3})?(?:\ ["']?%s(?:\\n)?["']?)?\ ["']?(?=[^\s|]{4,80}["']?\ *\|\ *(?:sudo\ -\w*S|[\w.-]+\ login\b|passwd\b|[\w\ ./-]{0,60}(?:\bsecrets?\ (?:set|put|create|add)|password|--\w*stdin)))
    | \bbundle\ config\b[^\n|;]{0,120}?[ ][^\s:/]{1,60}:(?!//)
    | \buseradd\b[^\n|;]{0,100}?\s-p[ ] | \bwpa_passphrase\ \S{1,40}\ | \brootpw(?:\ --\w{1,20}){0,3}\ (?!-) | \bnet\ user\ \S{1,40}\ (?!/) | \s/rp[ ] | (?i:\breg\ add\b[^\n]{0,200}passw[^\n]{0,60}?\s/d[ ]) | \bchpasswd[ ]<<<[ ]["']?[\w.-]{1,40}: | \bsp_addlinkedsrvlogin\b[^\n;]{0,160},\s{0,4}N?(?=["'])(?=[^\n,]{4,80}$)
    | \bprintf[ ]["'](?=[^\s"'|]{4,80}\\n["']?\ *\|\ *passwd\b) | \becho\ -n\ (?=["']?[^\s|]{4,80}["']?\ *\|\ *(?:base64|sha\d+sum|md5sum|pbcopy|xclip|openssl)) | \bx?freerdp\b[^\n|;]{0,120}?\s/p: | \bpass\S{0,20}[ =]<\((?:echo|printf)[ ](?:-n[ ])? | ::add-mask::
    | \bConvertTo-SecureString\ (?:-String\ )?)
    ["']?(?P<v>(?:[^\s"'`<>|;@]|@(?!//|[\w.-]{1,60}[:/])){4,})"""
)
_OPTION = re.compile(r"-(?:[pPaukwUb]|-auth|-user|-proxy-user|storepass|keypass)")
_LISTED = re.compile(r"[\"']\s{0,4},\s{0,4}[\[\"']")
_SINGLE = re.compile(r"[^\s\"',()\[\]]+")
_PARTS = frozenset(" \t\n\r\"'")
_ANCHORS = (
    "| gh secret",
    "bundle config",
    "rootpw ",
    "printf ",
    "/user:",
    "requirepass",
    "masterauth",
    "sqlplus",
    "@//",
    "pass:",
    "chpasswd",
    "SecureString",
    "htpasswd",
    "password-stdin",
    "sudo -S",
    "wpa_passphrase",
    "rabbitmqctl",
    "vault login",
    "ssh-keygen",
    "mosquitto_",
    "encrypt_string",
    "<<<",
    "sp_addlogin",
    "snmp-server",
    "net user ",
    "/rp ",
    "freerdp",
    "reg add",
    "REG ADD",
    "chpasswd",
    "sp_addlinked",
    "| passwd",
    "echo -n",
    "<(echo",
    "<(printf",
    "::add-mask::",
)
_CALLEES = (
    "ldap_bind database wifi.begin basic::new auth().basic credentials.basic basic_auth connect login logon log_in signin sign_in authenticate basicauth basic_auth credential credentials getconnection create_engine auth mysqli pdo"
    " connection bind simple_bind simple_bind_s bind_s"
    " create_user create_superuser createuser createtestuser add_user adduser sequelize ftp ftp_tls"
).split()
_ARGUMENTS = re.compile(
    r"\((?P<args>(?:[^()\"'`\n]|\"[^\"\n]{0,80}\"|'[^'\n]{0,80}'|`[^`\n]{0,80}`|\w{1,20}\([^()\n]{0,100}\)){3,60})\)"
)
_ARGUMENT = re.compile(r"([\"'`])((?:(?!\1)[^\\\n]|\\.){0,80})\1")
_HASHERS = (
    "hash_equals hashpw bcrypt.comparesync bcrypt.compare checkpw password_verify check_password_hash hash_password make_password generate_password_hash password_hash hashsync bcrypt.hash pbkdf2_hmac pbkdf2sync scrypt"
).split()
_HASHED = re.compile(r"\((?:\s?[\"']sha\d+[\"']\s?,)?\s?b?[\"'](?P<v>[^\"'\n]{4,80})[\"']")
_SIGNERS = (
    "symmetricsecuritykey aes.new des3.new openssl_encrypt openssl_decrypt oauth1userhandler oauthhandler oauth1 oauth2 hs256key::from_bytes from_secret jwt.sign jwt.encode jwt.verify jwt.decode createhmac signwith hmac.new cookieparser fernet secretkeyspec hmac256 hmac384 hmac512 createcipheriv createdecipheriv"
).split()
_CHARACTERS = re.compile(r"[\"']([^\"'\n]{4,80})[\"']\.(?:toCharArray|getBytes)\(")
_SECTION = re.compile(
    r"(?m)^[ \t]{0,40}(?:\[[\w.]{0,40}(?:secrets?|credentials)\]|(?:secrets?|stringData|credentials):)[ \t]*\r?\n(?P<body>(?:[ \t]{0,40}[\w.-]{1,60}[ \t]{0,8}[:=][^\n]{1,400}(?:\n|\Z)){1,30})"
)
_ENTRY = re.compile(r"(?m)[:=][ \t]{0,8}[\"']?(?P<v>[^\s\"',;]{6,400})[\"']?[ \t]{0,8}$")
_CALLED = tuple(_CALLEES), tuple(_HASHERS), tuple(_SIGNERS)
_GO_DSN = re.compile(r"(?<![\w:/])[\w.-]{1,40}:(?P<v>[^\s\"'`:@/]{4,80})@(?:tcp|unix|udp)\(")
_PGPASS = re.compile(r"(?m)^[\w.*-]{1,80}:(?:\d{2,5}|\*):[\w.*-]{1,60}:[\w.*-]{1,60}:(?P<v>\S{4,80})$")
_EXPECT = re.compile(r"(?i)expect\b[^\n]{0,60}assw[^\n]{0,60}\n\s*send\s+(?:--\s+)?\"(?P<v>[^\"\n\\]{4,80})")
_EXPECT_LINE = re.compile(r"(?i)passw\w{0,4}:?[^\n]{0,40}\bsend\s{1,4}(?:--\s{1,4})?\\?\"(?P<v>[^\"\n\\]{4,80})")
_USER_PASS = re.compile(
    r"(?m)^[ \t]{0,8}(?:user|username|login)[ \t]+\S{1,60}[ \t]*\r?\n[ \t]{0,8}pass(?:word)?[ \t]+(?P<v>\S{4,200})[ \t]*$"
)
_PROXY = re.compile(
    r"(?m)^[ \t]{0,8}(?:socks[45]|https?)[ \t]+[\d.a-z-]{4,60}[ \t]+\d{2,5}[ \t]+\S{1,60}[ \t]+(?P<v>\S{4,80})[ \t]*$"
)
_SESSION = re.compile(
    r"(?m)^\W{0,4}USER \S{1,60}[^\n]{0,40}\n(?:[^\n]{0,160}\n){0,3}?\W{0,4}PASS (?P<v>\S{4,80})[ \t\r]*$|^\W{0,4}\w{1,8} LOGIN \"?[^\s\"]{1,60}\"? \"?(?P<w>[^\s\"]{4,80})\"?[ \t\r]*$"
)
_TUNNEL = re.compile(r"<auth-user-pass>\s{0,8}\S{1,80}\s{1,8}(?P<v>\S{4,80})\s{0,8}</auth-user-pass>")
_BUNDLE = re.compile(r"BUNDLE_\w{1,80}[\"']?[:=][ \t]{0,4}[\"']?[\w.@-]{1,60}:(?P<v>[^\s\"':@/]{4,200})")
_CRYPT = re.compile(r"\bcrypt\s{0,4}\(\s{0,4}'(?P<v>[^'\n]{4,80})'\s{0,4},\s{0,4}gen_salt")
_BASIC = re.compile(
    r"basic_auth[ \t]{1,8}[\"'][^\"'\n]{1,60}[\"'][ \t]{0,8},[ \t]{0,8}[\"'](?P<v>[^\"'\n]{4,200})[\"']"
)
_NETRC = re.compile(r"(?i)\blogin[ \t]+(?!(?:and|or|with|your)\b)\S{1,80}\s{1,20}password[ \t]+(?P<v>\S{4,200})")
_INSERT = re.compile(
    r"(?i)\binsert\s+(?:or\s+\w+\s+)?into\s+[\w.\"`\[\]]{1,80}\s*\((?P<columns>[^()]{3,600})\)\s*values\s*\((?P<values>[^;]{3,4000})"
)
_INSERTS = ("insert", "into", "values")
_SQL_VALUE = re.compile(r"\s*(?:'((?:[^'\n]|'')*)'|\"([^\"\n]*)\"|([^,'\"()]+|\w+\([^()]*\)))\s*(,|\)|\Z)")
_AUTHS = re.compile(
    r"\"_?auth(?:Token)?\"\s*:\s*\"(?P<v>[A-Za-z0-9+/=_-]{8,})\"|:_(?:authToken|auth|password)\s*=\s*(?P<w>[^\s\"'$]{8,})"
)
_K8S = re.compile(r"(?m)^[ \t]{2,}[\w.-]+:[ ]*[\"']?(?P<v>[A-Za-z0-9+/]{4,}={0,2})[\"']?[ \t]*$")
_K8S_JSON = re.compile(r"\"[\w.-]+\"\s*:\s*\"(?P<v>[A-Za-z0-9+/]{4,}={0,2})\"")
_SECRET_KIND = re.compile(r"\"?kind\"?:[ \t]*\"?Secret\b")
_DATA = re.compile(r"(?m)^([ \t]*)data:[ \t]*\r?\n|\"data\"\s*:\s*\{")
_AWS_ID = re.compile(r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{12,16}")
_AWS_SECRET = re.compile(r"(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])")


_PORT = re.compile(r":(?:\d{2,5}|\*):[\w.*-]")
_BY_SIGN = (
    (_GO_DSN, ("@tcp(", "@unix(", "@udp(")),
    (_PGPASS, (":",)),
    (_EXPECT, ("xpect ",)),
    (_EXPECT_LINE, ('send "', 'send \\"', "send --")),
    (_NETRC, ("login ", "login\t")),
    (_BASIC, ("basic_auth",)),
    (_USER_PASS, ("pass ", "pass\t", "password ", "password\t")),
    (_CRYPT, ("gen_salt",)),
    (_PROXY, ("socks",)),
    (_SESSION, ("PASS ", " LOGIN ")),
    (_TUNNEL, ("<auth-user-pass>",)),
    (_BUNDLE, ("BUNDLE_",)),
)
"""Which pattern is tried where one of the signs stands in the text."""


def find_places(text: str) -> Iterator[Found]:
    yield from _commands(text)
    yield from _calls(text)
    yield from _lines(text)
    lowered = text.lower()
    if "insert" in lowered:
        yield from _inserts(text)
    if "auth" in text or ":_password" in text:
        for match in _AUTHS.finditer(text):
            group = "v" if match["v"] else "w"
            if not is_stand_in(match[group]):
                yield Found(*match.span(group), "TOKEN")
    yield from _kubernetes(text)
    yield from find_logins(text)
    for near in _AWS_ID.finditer(text):
        for match in _AWS_SECRET.finditer(text, *within(text, *near.span(), 300, 300)):
            if is_random(match.group()) and not match.group().islower():
                yield Found(*match.span(), "AWS_KEY")


def _commands(text: str) -> Iterator[Found]:
    done = -1
    for at in _anchors(text):
        if at < done:
            continue
        # A line at most, and a bounded piece of a long one.
        start = max(line_start(text, at), at - 500, done)
        done = line_end(text, at, 500)
        for match in _COMMANDS.finditer(text, start, done):
            if not is_stand_in(match["v"]) and not match["v"].startswith(("-", "$")):
                yield Found(*match.span("v"), "PASSWORD")

        if _LISTED.search(text, start, done) is not None:
            yield from _listed(text, start, done)


def _listed(text: str, start: int, end: int) -> Iterator[Found]:
    """The same where the arguments stand one by one, as in ``["mysql", "-u", "kim", ".."]``."""
    arguments = list(_SINGLE.finditer(text, start, end))
    ends = [*accumulate(len(argument.group()) + 1 for argument in arguments)]
    for match in _COMMANDS.finditer(" ".join(argument.group() for argument in arguments)):
        at = bisect_right(ends, match.start("v"))
        low = arguments[at].start() + match.start("v") - (ends[at - 1] if at else 0)
        if text.startswith(match["v"], low) and not is_stand_in(match["v"]) and match["v"][0] not in "-$":
            yield Found(low, low + len(match["v"]), "PASSWORD")


def _anchors(text: str) -> list[int]:
    """Where an option of a command, or a word that a password follows, stands."""
    found = [match.start() for match in _OPTION.finditer(text) if left(text, match.start()) in _PARTS]
    for word in standing(text, _ANCHORS):
        found.extend(occurrences(text, word))
    return sorted(found)


def _calls(text: str) -> Iterator[Found]:
    lowered = text.lower()
    callees, hashers, signers = _CALLED
    for at in occurrences(text, "("):
        head = left(lowered, at, 28).rstrip(" =")
        if head.endswith(callees):
            yield from _login(text, at)
        elif head.endswith(hashers):
            match = _HASHED.match(text, at)
            if match is not None and (is_chosen(match["v"]) or is_strong(match["v"])):
                yield Found(*match.span("v"), "PASSWORD")
        elif head.endswith(signers):
            line = text[at : at + 300].split("\n", 1)[0]
            for argument in _ARGUMENT.finditer(line):
                value = argument.group(2)
                if (is_made_up(value) or (is_strong(value) and len(value) > 9)) and not is_stand_in(value):
                    yield Found(at + argument.start(2), at + argument.end(2), "SECRET")
    if ".toCharArray(" in text:
        for match in _CHARACTERS.finditer(text):
            if is_chosen(match[1]) or is_strong(match[1]):
                yield Found(*match.span(1), "PASSWORD")


def _login(text: str, at: int) -> Iterator[Found]:
    match = _ARGUMENTS.match(text, at)
    if match is None:
        return
    base = match.start("args")
    arguments = list(_ARGUMENT.finditer(match["args"]))
    for place, argument in enumerate(arguments[1:], 1):
        value = argument.group(2)
        if (
            is_path(value)
            or re.fullmatch(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", value)
            or is_stand_in(value)
            or len(value) < 4
        ):
            continue
        if is_random(value) or (place == _password_place(arguments) and is_plausible(value)):
            yield Found(base + argument.start(2), base + argument.end(2), "PASSWORD")


def _password_place(arguments: list[re.Match[str]]) -> int:
    """Which argument of a login is the password: after the user's name, which comes after the host if there is one, and that after a realm."""
    if len(arguments) < 3:
        return 1
    first, second = (_HOSTED.fullmatch(argument.group(2)) for argument in arguments[:2])
    return 3 if len(arguments) == 4 and second and not first else 2


_HOSTED = re.compile(r"[\w-]+(?:\.[\w-]+)+|localhost")


def _lines(text: str) -> Iterator[Found]:
    for section in _SECTION.finditer(text) if "ecret" in text or "redentials" in text or "stringData" in text else ():
        for match in _ENTRY.finditer(text, *section.span("body")):
            value = match["v"]
            if (is_made_up(value) or (is_random(value) and len(value) > 11 and not is_path(value))) and not is_stand_in(
                value
            ):
                yield Found(*match.span("v"), "SECRET")
    if any(sign in text for sign in "|,;\t"):
        yield from find_columns(text)
    for pattern, words in _BY_SIGN:
        if any(word in text for word in standing(text, words)) and (pattern is not _PGPASS or _PORT.search(text)):
            for match in pattern.finditer(text):
                group = match.lastgroup or "v"
                if is_secret(match[group], PASSWORD, quoted=True) or (
                    pattern is _GO_DSN and not is_stand_in(match[group]) and not is_name(match[group])
                ):
                    yield Found(*match.span(group), "PASSWORD")


def _inserts(text: str) -> Iterator[Found]:
    """The values of the columns whose names announce a secret, in every row."""
    for match in _INSERT.finditer(text) if len(standing(text, _INSERTS, lowered=True)) == len(_INSERTS) else ():
        columns = [column.strip(' \t\r\n"`[]') for column in match["columns"].split(",")]
        kinds = [secret_kind(column) if column else None for column in columns]
        if not any(kinds):
            continue
        at = place = 0
        row = match["values"]
        while place < len(kinds) and (value := _SQL_VALUE.match(row, at)) is not None:
            group = 1 if value.group(1) is not None else 2
            kind = kinds[place]
            if kind is not None and value.group(group) and is_secret(value.group(group), kind, quoted=True):
                yield Found(
                    match.start("values") + value.start(group), match.start("values") + value.end(group), "PASSWORD"
                )
            at, place = value.end(), place + 1
            if value.group(4) == ")":
                following = re.compile(r"\s*,\s*\(").match(row, at)
                if following is None:
                    break
                at, place = following.end(), 0


def _kubernetes(text: str) -> Iterator[Found]:
    """The ``data`` of a Secret, before or after its kind, in the same document of the file."""
    done = -1
    for secret in _SECRET_KIND.finditer(text) if "Secret" in text else ():
        if secret.start() < done:
            continue
        low = max(text.rfind("\n---", 0, secret.start()), 0)
        done = text.find("\n---", secret.end())
        done = done if done >= 0 else len(text)
        for data in _DATA.finditer(text, low, done):
            if data.group(1) is None:
                stop = text.find("}", data.end())
                pattern = _K8S_JSON
            else:
                below = re.compile(rf"(?m)^(?![ \t]*(?:#|$))[ \t]{{0,{len(data.group(1))}}}\S").search(text, data.end())
                stop = below.start() if below is not None else len(text)
                pattern = _K8S
            for match in pattern.finditer(text, data.end(), stop if stop >= 0 else len(text)):
                if is_base64_text(match["v"]):
                    yield Found(*match.span("v"), "SECRET")
