"""Names of users in the paths of their home folders, in every way that systems, shares and shells write them. Part of layer 4.

A path of a web site, a module's alias (``~bootstrap/scss``) and a route (``/u/settings``) look much the same and stay: what stands for a home
only sometimes needs a file or a folder below that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grok_ls.redaction.sight import left, occurrences, right, search_left
from grok_ls.redaction.span import Found

_SEPARATOR = r"(?:/|\\{1,4}|%2f|%5c)"
_ROOT = re.compile(
    r"(?i)(?:(?:(?<![\w.])|(?<=-[IL]))(?:/export|/var|/usr|/data|/nfs|/private|/net/[\w.-]{1,40}|/mnt/[\w-]{1,20}|/media/[\w-]{1,20}|/volumes/[^/\n]{1,30})?/"
    r"|[a-z](?::|%3a)(?:\\{1,4}|/|%5c|%2f)|%2f"
    r"|\b(?:vscode[\w-]*|file|s?ftp|ssh|scp|rsync|wsl|nfs|smb|jetbrains|zed|cursor)://[^\s/]{0,60}/"
    r"|(?<!\\)(?:\\{2}|\\{4})[\w.$-]{2,40}\\{1,2}(?:[\w.$-]{1,30}\\{1,2})?|(?<![\w:])//wsl[\w.$]{0,20}/[\w.-]{1,30}/)\Z"
)
_NAME = r"[^\s/\\\"'`<>|:;,*?$%{}()\[\]&]"
# More words of a name are part of it if a separator ends them; in quotes, or at the end of a line, if they are written like names.
_USER = re.compile(
    rf"(?i:{_SEPARATOR})({_NAME}{{2,40}}(?:(?: |%20|\\ ){_NAME}{{1,20}}){{0,3}}(?=(?i:{_SEPARATOR}))"
    rf"|{_NAME}{{2,40}}(?:%20{_NAME}{{1,20}}|(?: [A-Z]{_NAME}{{1,20}}){{1,2}}(?=[\"'`\r\n]|\Z)){{0,1}})"
)
# ``/home2``, ``\\server\home$``, and the plural, which is a share's.
_KIND = re.compile(r"\d{0,2}\$?(?=[/\\%])")
_FOLDERS = ("home", "users", "documents and settings", "documents%20and%20settings")
_NOT_USERS = frozenset(
    "user users username you me name home public shared default runner app ubuntu root admin node vscode circleci travis vagrant jovyan linuxbrew ec2-user gitpod codespace build docker"
    " your-username yourname your_username youruser login guest local lib bin share all user1 foo bar someone somebody someuser git nobody www-data me.html new edit api list search tests test events contact contact-us about blog news index page pages dashboard settings profile deployer tmp project projects work workspace src data docs static assets media images about-us other foobar".split()
)
_NOT_SHARES = _NOT_USERS | frozenset(
    "dist software apps files dfs netlogon sysvol builds dev common temp archive backup backups pub install print config logs bin$ folder dir path wsl$ wsl.localhost".split()
)
_SURELY = r"\.\w|documents|desktop|downloads|appdata|public_html|onedrive|dropbox"
_BELOW = rf"(?i:{_SURELY}|pictures|library|projects?\b|repos\b)"
_FILE = r"(?:[\w.+@ -]{1,40}[/\\]{1,2}){0,8}[\w+-]{1,60}\.\w{1,5}\b"
_COMMAND = re.compile(
    r"\b(?:cd|cp|mv|ls|cat|rm|ssh|scp|rsync|source|vim?|nano|less|tail|head|mkdir|chmod|chown|ln|tar|find|open) (?:-\S{1,20} )?\Z"
)
# Each looked for where its sign stands.
_ELSEWHERE = (
    ("~", re.compile(rf"(?<![\w~/.\\)\]}}%@&?=#-])~([a-z_][\w.-]{{1,31}})/(?=(?i:{_SURELY}))")),
    ("/u/", re.compile(rf"(?<![\w./\\-])/u/([A-Za-z_][\w.-]{{1,31}})/(?={_BELOW}|{_FILE})")),
    ("/run/media/", re.compile(r"(?<![\w.])/run/media/([A-Za-z_][\w.-]{1,31})/")),
    ("/afs/", re.compile(r"(?<![\w.])/afs/[\w.-]{1,40}/(?:user|home|u)/(?:\w{1,2}/){0,2}([A-Za-z_][\w.-]{2,31})/")),
    (
        "\\\\",
        re.compile(
            rf"(?<!\\)(?:\\{{2}}[\w.-]{{2,40}}\\([A-Za-z_][\w.-]{{1,31}})\$?\\(?:(?={_BELOW}|{_FILE})|(?<=\$\\))"
            rf"|\\{{4}}[\w.-]{{2,40}}\\\\([A-Za-z_][\w.-]{{1,31}})\$?\\\\(?:(?={_BELOW}|{_FILE})|(?<=\$\\\\)))"
        ),
    ),
)
_TILDE = re.compile(r"~([a-z_][\w.-]{1,31})(?=/)")


def find_homes(text: str) -> Iterator[Found]:
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = text
    for folder in _FOLDERS:
        for at in occurrences(lowered, folder):
            end = at + len(folder)
            yield from _user_below(text, folder, at, end)
    for sign, pattern in _ELSEWHERE:
        for at in occurrences(text, sign):
            match = pattern.match(text, at)
            if match is None and sign == "~" and search_left(_COMMAND, text, at, 40):
                match = _TILDE.match(text, at)
            name = match and next(number for number, group in enumerate(match.groups(), 1) if group is not None)
            if match is not None and name and match[name].lower() not in _NOT_SHARES:
                yield Found(*match.span(name), "USER")


def _user_below(text: str, folder: str, at: int, end: int) -> Iterator[Found]:
    share = left(text, at) == "\\"
    if folder == "home" and (kind := _KIND.match(text, end + (share and right(text, end) in "sS"))) is not None:
        end = kind.end()
    user = _USER.match(text, end)
    if user is None or user[1].lower() in _NOT_USERS:
        return
    if folder == "users" and text[at] == "u" and left(text, at) == "/":
        # ``/users/..`` is a path of a site; the folder of macOS is ``/Users``.
        before = left(text, at - 1, 2).lower()
        if left(text, at - 1) not in {":", "\\", "/"} and not before.endswith((":", "%3a")):
            return
    if search_left(_ROOT, text, at, 84):
        yield Found(*user.span(1), "USER")
