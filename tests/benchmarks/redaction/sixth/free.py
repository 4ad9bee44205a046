"""Passwords in running text: nobody quotes them, names them twice or ends the line after them."""

from __future__ import annotations

from tests.benchmarks.redaction.sixth.idioms import Templates

FREE: dict[str, Templates] = {
    "docstring": [
        (
            "python",
            'def @N1@(host):\n    """Open the panel.\n\n    Log in as @U@ with the password @Q@ first.\n    """\n    return host',
        ),
        ("python", 'def @N1@():\n    """The staging password is "@S@"; ask the ops team for production."""'),
        (
            "python",
            'class @C@:\n    """Talks to the legacy box.\n\n    :param user: always @U@\n    :param password: currently @Q@\n    """',
        ),
        ("java", "/**\n * Connects with user <code>@U@</code> and password <code>@Q@</code>.\n */"),
        ("javascript", "/**\n * @param {string} password - e.g. on staging it is @Q@\n */"),
        ("rust", "/// Uses the shared password `@Q@` of the lab."),
        ("go", "// @C@ signs in with the password @Q@ which the vendor set."),
        ("csharp", "/// <summary>Signs in as @U@ (password: @Q@).</summary>"),
        ("elixir", '@doc """\nThe password for the demo tenant is @Q@.\n"""'),
        ("python", 'def @N1@():\n    """\n    >>> login("@U@", "@S@")\n    True\n    """'),
    ],
    "readme": [
        ("markdown", "Sign in with the user `@U@` and the password `@Q@`."),
        ("markdown", "The default credentials are **@U@** / **@Q@**."),
        ("markdown", "| user | password |\n| --- | --- |\n| @U@ | @Q@ |\n| guest | (none) |"),
        ("markdown", "* Username: @U@\n* Password: @Q@"),
        ("markdown", "Then open http://localhost:8080 and log in (login: @U@, password: @Q@)."),
        ("markdown", "The database password on the test machine is `@Q@`, please do not change it."),
        ("markdown", "Use @U@:@Q@ to log in."),
        ("markdown", "> **Note** the admin password was set to @Q@ on first start."),
        ("markdown", "Login: `@U@`  \nPassword: `@Q@`"),
        ("markdown", "When asked for a passphrase, type `@Q@`."),
    ],
    "commit_message": [
        (
            "text",
            "commit @X@4c1d0aa\nAuthor: build <build@users.noreply.github.com>\n\n    change the db password to @Q@",
        ),
        ("text", "fix(login): rotate the admin password from @Q@ to something better\n\nRefs #@D@"),
        ("text", "Remove the hard-coded password (@Q@) from the importer"),
        ("text", 'Revert "use @Q@ as the root password"\n\nThis reverts commit @X@.'),
        ("text", "wip: pw for the vpn is @Q@"),
        (
            "text",
            "diff --git a/app.ini b/app.ini\n@@ -1,3 +1,3 @@\n user = @U@\n-password = @Q@\n+password = ${DB_PASSWORD}",
        ),
    ],
    "log_line": [
        ("log", "@T@ 10:22:31 DEBUG auth attempt user=@U@ password=@Q@ result=ok"),
        ("log", '@T@ 10:22:31 INFO POST /login {"user":"@U@","password":"@Q@"} 200'),
        ("log", "@T@ 10:22:31 WARN login failed for @U@ with password '@S@'"),
        ("log", "@T@ 10:22:31 INFO [setup] generated admin password: @Q@"),
        ("log", "@T@ 10:22:31 INFO Please use the following password: @Q@"),
        ("log", "@T@ 10:22:31 TRACE params=[@U@, password=@Q@, remember=true]"),
        ("log", "@T@ 10:22:31 DEBUG exec: mysql -u@U@ -p@Q@ @W@"),
        ("log", "@T@ 10:22:31 INFO LoginForm(username='@U@', password='@Q@')"),
        ("log", "Initial root password for @H@ is @Q@"),
    ],
    "error_trace": [
        (
            "text",
            'Traceback (most recent call last):\n  File "app/db.py", line @D@, in connect\n    conn = connect(host, "@U@", password="@S@")\nOperationalError: could not connect to server',
        ),
        (
            "text",
            "java.sql.SQLException: Access denied for user '@U@'@'@H@' (using password: @Q@)\n\tat com.mysql.jdbc.SQLError.createSQLException(SQLError.java:1073)",
        ),
        (
            "text",
            "Error: connect ECONNREFUSED postgres://@U@:@Q@@@H@:5432/@W@\n    at TCPConnectWrap.afterConnect (net.js:1141:16)",
        ),
        (
            "text",
            "panic: login failed: user=@U@ pass=@Q@\n\ngoroutine 1 [running]:\nmain.main()\n\t/app/main.go:@D@ +0x1d",
        ),
        ("text", 'E   AssertionError: assert {"password": "@S@"} == {"password": None}\nE     Differing items:'),
        ("text", "thread 'main' panicked at src/main.rs:@D@: wrong password \"@S@\""),
        (
            "text",
            "subprocess.CalledProcessError: Command '['mysqldump', '-u', '@U@', '-p@Q@', '@W@']' returned non-zero exit status 2.",
        ),
        ("text", "ValueError: invalid literal in DSN: 'host=@H@ user=@U@ password=@Q@'"),
    ],
    "mail_text": [
        ("text", "Hi Anna,\n\nthe new password for the build server is @Q@. Please do not forward it.\n\nBest\nJan"),
        (
            "text",
            "Hello,\n\nyour account was created.\n\nUser: @U@\nPassword: @Q@\n\nPlease change it after the first login.",
        ),
        ("text", "Subject: vpn\n\nUse @Q@ as the password, it is valid until Friday."),
        ("text", "Hallo Peter,\n\ndas Passwort für den Server lautet @Q@.\n\nGruß\nTom"),
        ("text", "Bonjour,\n\nle mot de passe du serveur est @Q@.\n\nMerci"),
        ("text", "Hola,\n\nla contraseña del servidor es @Q@ y el usuario @U@.\n\nSaludos"),
        ("text", "Hi,\n\nI have reset your password to @Q@.\n\nIT"),
        ("text", "Hi,\n\nyour temporary password: @Q@\n\nIT"),
        ("text", "> what was the wifi password again?\n\nIt's @Q@\n"),
    ],
    "chat_and_tickets": [
        ("text", "[10:22] jan: what's the pw for staging?\n[10:23] anna: @Q@"),
        ("text", "[10:22] anna: pw is @Q@ don't tell anyone"),
        (
            "text",
            "OPS-@D@: cannot log in\n\nSteps: go to /admin, user @U@, password @Q@, press Login.\nExpected: works",
        ),
        ("text", "1. Open the site\n2. Enter @U@ and @Q@ as username and password\n3. Click login"),
        ("text", "FYI root pw on @H@ = @Q@"),
        ("text", "creds for the demo: @U@ / @Q@"),
        ("text", "ssh @U@@@H@ (pw @Q@)"),
        ("text", "Credentials: @U@:@Q@"),
    ],
    "notes_and_wiki": [
        ("text", "== Access ==\nServer: @H@\nUser: @U@\nPass: @Q@"),
        ("text", "h2. Login\n||Host||User||Password||\n|@H@|@U@|@Q@|"),
        ("text", "NAS - @U@ - @Q@\nRouter - admin password @Q@"),
        ("text", "host,user,password\n@H@,@U@,@Q@\n"),
        ("text", "name\tlogin\tpassword\nbuild\t@U@\t@Q@\n"),
        ("text", "* VPN: PIN and passphrase: @Q@\n* printer: none"),
        ("text", "Wifi guest network, key: @Q@"),
    ],
    "interface_text": [
        ("python", 'help_text = "Use @U@ and password @Q@ for the demo"'),
        ("javascript", "alert('Demo login: @U@, password: @Q@');"),
        ("html", "    <p>Log in with <code>@U@</code> and <code>@Q@</code> (password).</p>"),
        ("html", '    <input type="password" name="password" value="@Q@">'),
        ("html", '    <input type="hidden" name="api_password" value="@Q@" />'),
        ("java", 'log.info("Default password is @Q@");'),
        ("csharp", 'throw new Exception("Wrong password, expected @Q@");'),
        ("python", 'raise SystemExit("set the password to @Q@ first")'),
        ("yaml", "  description: the password is @Q@ by default"),
        ("json", '    "hint": "password: @Q@",'),
    ],
    "recorded_traffic": [
        (
            "text",
            "POST /login HTTP/1.1\nHost: @H@\nContent-Type: application/x-www-form-urlencoded\n\nusername=@U@&password=@Q@&remember=1",
        ),
        (
            "text",
            'POST /session HTTP/1.1\nHost: @H@\nContent-Type: application/json\n\n{"email": "x", "password": "@S@"}',
        ),
        ("text", "GET /cgi-bin/login?user=@U@&passwd=@Q@ HTTP/1.1\nHost: @H@"),
        ("text", "220 @H@ FTP\nUSER @U@\n331 Password required\nPASS @Q@\n230 Logged in"),
        ("text", "+OK ready\nUSER @U@\n+OK\nPASS @Q@\n+OK 3 messages"),
        ("text", "a001 LOGIN @U@ @Q@\na001 OK LOGIN completed"),
        (
            "text",
            '<soap:Header><wsse:UsernameToken><wsse:Username>@U@</wsse:Username><wsse:Password Type="PasswordText">@Q@</wsse:Password></wsse:UsernameToken></soap:Header>',
        ),
        (
            "text",
            "- request:\n    method: POST\n    body: grant_type=password&username=@U@&password=@Q@\n    uri: https://@H@/token",
        ),
    ],
}
