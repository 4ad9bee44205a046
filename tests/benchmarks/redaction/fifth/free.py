"""Passwords in free context, one kind an idiom; and places where a token stands without any name."""

from __future__ import annotations

FREE: dict[str, tuple[str, ...]] = {
    "prose is": (
        "The password for the staging box is «v», please don't share.", "the root pw is «v»", "Admin password: «v»", "my password is «v» and it never expires", "Default credentials: «u» / «v»", "current passphrase is '«v»'",
        "The new password will be \"«v»\" from Monday.", "database password was «v» until May", "its password: «v»",
    ),
    "prose to": (
        "I changed the password to «v» yesterday.", "Password has been reset to «v».", "reset the admin password to '«v»'", "set password to `«v»` and restart", "we set the pw to «v» on all hosts", "please change it from «v» to something else (password)",
    ),
    "prose with": (
        "Log in as «u» with password «v».", "log in with «u»/«v»", "Login: «u» Password: «v»", "sign in using «u» and the password «v»", "Use «u» : «v» for the demo account.", "connect as «u» with the passphrase «v»", "ssh «u»@10.0.0.5 (pw: «v»)",
    ),
    "prose in brackets": ("Ask for the VPN password («v») at the desk.", "The wifi (password: «v») is slow.", "jumphost [pw=«v»] is down", "creds («u»:«v»)", "Guest network, key «v», valid in 2026"),
    "foreign": (
        "Das Passwort lautet «v»", "Passwort: «v»", "Kennwort für den Server: «v»", "Das neue Kennwort ist «v».", "le mot de passe est «v»", "Mot de passe : «v»", "la contraseña es «v»", "Contraseña: «v»", "a senha é «v»", "Senha: «v»",
        "la password è «v»", "het wachtwoord is «v»", "Hasło: «v»", "пароль: «v»", "пароль «v»", "密码：«v»", "密码是 «v»", "パスワード：«v»", "비밀번호: «v»", "Lösenord: «v»", "Şifre: «v»", "heslo: «v»", "salasana: «v»", "adgangskode: «v»",
    ),
    "comment": (
        "# pw: «v»", "// password «v»", "/* login: «u» pass: «v» */", "-- pass: «v»", "<!-- password: «v» -->", "# TODO remove: password was «v»", "; root password = «v»", "// creds: «u»:«v»", "# default pwd «v»", '""" password: «v» """', "REM password «v»",
        "# user «u», password «v»", "// test account: «u» / «v»", "{# pw «v» #}", "% password: «v»", "dnl password=«v»",
    ),
    "commit": ("Change db password to «v»", "Rotate password (old: «v»)", "Use password «v» in CI", "hotfix: hardcode pass «v»", "Revert \"set admin password to «v»\""),
    "log": (
        "[DEBUG] auth attempt user=«u» pass=«v» ip=10.0.0.4", "Jan  3 10:00:01 host app[211]: login «u» password «v» failed", "INFO  Generated password for «u»: «v»", "Your temporary password is: «v»", "A temporary password is generated for root@localhost: «v»",
        "ERROR 1045 using password '«v»'", "level=debug msg=\"login\" username=«u» password=«v»", "Initial admin password: «v»", "Please use the following password to proceed to installation:\n\n«v»\n", "{'user': '«u»', 'password': '«v»'}",
        "params: {\"username\"=>\"«u»\", \"password\"=>\"«v»\"}", "LoginRequest(username=«u», password=«v»)", "User{name='«u»', password='«v»'}", "&{Name:«u» Password:«v» Port:22}", "Namespace(user='«u»', password='«v»', port=1)",
        "map[password:«v» user:«u»]", "#<User name: \"«u»\", password: \"«v»\">", "array(2) { [\"password\"]=> string(9) \"«v»\" }", "[password] => «v»", "Struct { user: \"«u»\", password: \"«v»\" }", "password     | «v»", "password\t«v»",
    ),
    "terminal": ("$ sudo -i\n[sudo] password for «u»: «v»\n", "Enter password: «v»\nWelcome\n", "Password for '«u»': «v»\n", ">>> password = '«v»'\n>>> login('«u»', password)\n", "mysql> SET PASSWORD = '«v»';\n", "New password: «v»\nRetype new password: «v»\n", "Username: «u»\nPassword: «v»\n"),
    "comparison": ('if (password == "«v»") {', "if pw != '«v»':", 'return password.equals("«v»");', 'assert user.check_password("«v»")', "expect(user.password).toBe('«v»');", 'strcmp(password, "«v»") == 0', 'assert_eq!(cfg.password, "«v»");', 'self.assertEqual(conf.password, "«v»")',
                   'if (input.password === `«v»`)', "case '«v»': // admin password", "password.should eq '«v»'", 'hmac.compare_digest(password, b"«v»")', 'when "«v»" then :admin # password', 'Assert.Equal("«v»", options.Password);', "[ \"$PASSWORD\" = \"«v»\" ] || exit 1"),
    "default": ("password = password or '«v»'", 'password := getEnv("DB_PASSWORD", "«v»")', "const pw = opts.password || '«v»';", 'def login(user, password="«v»"):', '@click.option("--password", default="«v»")', "password = input('Password: ') or '«v»'", "fun login(password: String = \"«v»\")",
                'String pw = System.getenv().getOrDefault("PW", "«v»");', "password: ENV['PW'] || '«v»'", "PASSWORD=${PASSWORD:-«v»}", "$password ??= '«v»';", "password = os.environ['PW'] if 'PW' in os.environ else '«v»'", "password ||= \"«v»\"", "password = kwargs.pop('password', '«v»')"),
    "list": ("USERS = [('«u»', '«v»'), ('guest', 'guest')]  # user, password", 'users = {"«u»": "«v»"}  # passwords', "passwords = ['«v»', '«w»']", 'PASSWORDS = {\n    "«u»": "«v»",\n}', "const passwords = [\n  '«v»',\n  '«w»',\n];", "passwords:\n  - «v»\n  - «w»\n", "credentials: «u»:«v»",
             '{"username": "«u»", "password": "«v»"}', "@pytest.mark.parametrize('user,password', [('«u»', '«v»')])", "  | user | password |\n  | «u» | «v» |\n", "user,password\n«u»,«v»\n", "user;password;role\n«u»;«v»;admin\n", '[("password", "«v»")]'),
    "templating": ('f"user={user}&password=«v»"', "'user=' + user + '&password=«v»'", '"password=%s" % "«v»"', "String.format(\"pw:%s\", \"«v»\"); // password", 'print("password is «v»")', "echo \"Password: «v»\"", 'logger.info("using password {}", "«v»")', "console.log('password:', '«v»');",
                   'fmt.Printf("password=%s\\n", "«v»")', "<input type=\"password\" value=\"«v»\">", "<p>Password: <b>«v»</b></p>", "**Password:** «v»", "Password: `«v»`", "password = «v» // do not commit", "*Password*: «v»", "<td>Password</td><td>«v»</td>", "<dt>Password</dt>\n<dd>«v»</dd>"),
    "macro": ('#define PASSWORD "«v»"', '-DPASSWORD=\\"«v»\\"', "-Dpassword=«v»", "--password-file <(echo '«v»')", "password <- '«v»'", "(password . \"«v»\")", ":password \"«v»\"", "password => '«v»'", "password -> \"«v»\"", "<<\"password\">> => <<\"«v»\">>", "{password, \"«v»\"}", "password: !!str «v»",
              "password=«v»;", "PASSWORD %= «v»", "password:=«v»", "\\def\\password{«v»}", "'password', '«v»'", 'set_password("«v»")', ".password(\"«v»\")", ".withPassword('«v»')", "setPassword(\"«v»\");", "password(«v»)", "--password «v»", "/password:«v»", "PWD:«v»", "-pw «v»"),
}

NEUTRAL: tuple[tuple[str, str, str], ...] = (
    ("py", "py", 'client = Client("«v»")\n'), ("js", "js", "const c = new Client('«v»');\n"), ("txt", "none", "«v»\n"), ("md", "none", "Use `«v»` for now.\n"), ("log", "none", "2026-02-03 10:11:12 INFO sent with «v» ok\n"),
    ("json", "none", '{"a": ["«v»", 3]}\n'), ("yaml", "yaml", "args:\n  - «v»\n"), ("py", "py", "# «v»\n"), ("sh", "sh", "run «v» --fast\n"), ("html", "none", "<p>«v»</p>\n"), ("py", "py", 'x = foo(bar("«v»"), 3)\n'), ("csv", "none", "1,bot,«v»,true\n"),
    ("go", "go", 'c := New("«v»", 3)\n'), ("xml", "none", "<item>«v»</item>\n"), ("rs", "rs", 'let c = Client::new("«v»");\n'), ("md", "none", "see (\"«v»\")\n"), ("txt", "none", "got '«v>' back\n".replace("«v>", "«v»")), ("js", "js", "call(`«v»`, {a: 1});\n"),
    ("ipynb", "none", '{"source": ["c = Client(\\"«v»\\")\\n"]}\n'), ("py", "py", 'assert repr(x) == "<X «v»>"\n'), ("sql", "sql", "INSERT INTO t VALUES (3, '«v»');\n"), ("txt", "none", "line one «v»\nline two\n"),
)
