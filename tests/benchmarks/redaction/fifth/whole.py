"""Secrets whose place is a form of its own: addresses with credentials, headers, keys in armour, files of tools."""

from __future__ import annotations

import base64
from collections.abc import Callable
from urllib.parse import quote

from tests.benchmarks.redaction.fifth.drawing import ALNUM, UPPER, Draw

Made = tuple[str, str, str, tuple[str, ...]]
"""File name, language around it, body, secrets in it."""


def url_password(d: Draw) -> Made:
    secret = quote(d.password("!#%*-_.@+=?"), safe="!*-_.=+")
    scheme = d.one(
        "postgres",
        "postgresql",
        "mysql",
        "mongodb",
        "mongodb+srv",
        "redis",
        "rediss",
        "amqp",
        "amqps",
        "mssql",
        "postgresql+asyncpg",
        "mysql+pymysql",
        "clickhouse",
        "ftp",
        "sftp",
        "smtp",
        "ldap",
        "nats",
        "mqtt",
        "cockroachdb",
        "https",
        "http",
        "socks5",
        "sqlserver",
        "oracle+cx_oracle",
        "jdbc:postgresql",
    )
    url = f"{scheme}://{d.user()}:{secret}@{d.host()}:{d.int(1000, 9999)}/{d.word()}{d.one('', '?sslmode=require', '?authSource=admin&retryWrites=true')}"
    return _addressed(d, url, secret)


def url_only_password(d: Draw) -> Made:
    secret = d.password("!*-_.")
    return _addressed(d, f"{d.one('redis', 'rediss')}://:{secret}@{d.host()}:6379/0", secret)


def url_token(d: Draw) -> Made:
    secret = d.an(40)
    url = d.one(
        f"https://{secret}@git.acme.example/acme/app.git",
        f"https://oauth2:{secret}@gitlab.acme.example/a/b.git",
        f"https://x-access-token:{secret}@github.com/a/b",
        f"https://{d.hex(32)}:{secret}@sentry.acme.example/42",
    )
    return _addressed(d, url, secret)


def _addressed(d: Draw, url: str, secret: str) -> Made:
    path, language, template = d.choice(
        (
            ("app.env", "none", "DATABASE_URL=«»\n"),
            ("app.env", "none", 'BROKER_URL="«»"\n'),
            ("db.py", "py", 'engine = create_engine("«»", echo=False)\n'),
            ("db.js", "js", "await mongoose.connect('«»');\n"),
            ("db.go", "go", 'db, err := sql.Open("driver", "«»")\n'),
            ("app.yaml", "yaml", "store:\n  url: «»\n"),
            ("app.json", "none", '{"url": "«»", "pool": 5}\n'),
            ("a.sh", "sh", "psql «» -c 'select 1'\n"),
            ("app.log", "none", "2026-01-02 10:00:01 ERROR cannot connect to «»: timed out\n"),
            ("alembic.ini", "none", "[alembic]\nsqlalchemy.url = «»\n"),
            ("README.md", "none", "Start it with `«»`.\n"),
            ("requirements.txt", "none", "flask==3.0\n--extra-index-url «»\n"),
            ("config", "none", '[remote "origin"]\n\turl = «»\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n'),
            ("Dockerfile", "none", "FROM a\nENV URL=«»\n"),
            ("a.rs", "rs", 'let pool = PgPool::connect("«»").await?;\n'),
            ("a.sh", "sh", "git clone «» && cd app\n"),
            ("a.txt", "none", "sqlalchemy.exc.OperationalError: (x) could not connect (Background: «»)\n"),
        )
    )
    return path, language, template.replace("«»", url), (secret,)


def connection_string(d: Draw) -> Made:
    secret = d.password("!#%*-_.@+?")
    text = d.choice(
        (
            f"Server=tcp:{d.host()},1433;Initial Catalog=app;User ID={d.user()};Password={secret};Encrypt=True;",
            f"Data Source={d.host()};Database=app;Uid={d.user()};Pwd={secret};",
            f"Driver={{ODBC Driver 18 for SQL Server}};Server={d.host()};UID={d.user()};PWD={secret}",
            f"host={d.host()} port=5432 dbname=app user={d.user()} password={secret} sslmode=require",
            f"Host={d.host()};Port=5432;Username={d.user()};Password={secret};Database=app",
            f"{d.host()}:6379,password={secret},ssl=True,abortConnect=False",
            f"jdbc:sqlserver://{d.host()}:1433;databaseName=app;user={d.user()};password={secret}",
            f"jdbc:mysql://{d.host()}:3306/app?user={d.user()}&password={quote(secret, safe='!*-_.')}",
        )
    )
    left = secret if secret in text else quote(secret, safe="!*-_.")
    frame = d.choice(
        (
            ("appsettings.json", "none", '{"ConnectionStrings": {"Default": "«»"}}\n'),
            ("Db.cs", "cs", 'var connection = "«»";\n'),
            ("a.py", "py", 'conn = psycopg2.connect("«»")\n'),
            (
                "web.config",
                "none",
                '<connectionStrings>\n  <add name="Main" connectionString="«»" providerName="System.Data.SqlClient"/>\n</connectionStrings>\n',
            ),
            ("Db.java", "java", 'DriverManager.getConnection("«»");\n'),
            ("a.ps1", "ps1", "$c = '«»'\n"),
        )
    )
    return frame[0], frame[1], frame[2].replace("«»", text), (left,)


def oracle(d: Draw) -> Made:
    secret = d.password("")
    text = d.one(
        f"jdbc:oracle:thin:{d.user()}/{secret}@{d.host()}:1521:orcl",
        f"sqlplus {d.user()}/{secret}@//{d.host()}:1521/orcl",
    )
    return "a.sh", "sh", text + "\n", (secret,)


def account_key(d: Draw) -> Made:
    key = d.b64(64)
    text = (
        f"DefaultEndpointsProtocol=https;AccountName={d.word()}store;AccountKey={key};EndpointSuffix=core.windows.net"
    )
    return d.one("a.env", "a.properties"), "none", f"STORAGE={text}\n", (key,)


def service_bus(d: Draw) -> Made:
    key = d.b64(32)
    return (
        "a.json",
        "none",
        f'{{"bus": "Endpoint=sb://{d.word()}.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={key}"}}\n',
        (key,),
    )


def bearer(d: Draw) -> Made:
    secret = d.choice((d.an(40), d.u(43), d.jwt(), d.hex(64), d.uuid()))
    path, language, template = d.choice(
        (
            ("a.sh", "sh", 'curl -H "Authorization: Bearer «»" https://api.acme.example/me\n'),
            ("a.py", "py", 'headers = {"Authorization": "Bearer «»"}\n'),
            ("a.js", "js", "fetch(url, { headers: { Authorization: `Bearer «»` } });\n"),
            ("a.http", "none", "GET /me HTTP/1.1\nHost: api.acme.example\nAuthorization: Bearer «»\n"),
            ("a.go", "go", 'req.Header.Add("Authorization", "Bearer «»")\n'),
            ("a.java", "java", '.addHeader("Authorization", "Token «»")\n'),
            ("a.yaml", "yaml", "headers:\n  Authorization: Bearer «»\n"),
            ("a.har", "none", '{"name": "authorization", "value": "Bearer «»"}\n'),
            ("a.log", "none", "> Authorization: Bearer «»\n> Accept: */*\n"),
            ("a.py", "py", 'session.headers.update({\n    "authorization": "token «»",\n})\n'),
            ("a.rb", "rb", "request['Authorization'] = \"Bearer «»\"\n"),
            ("a.php", "php", "$headers[] = 'Authorization: Bearer «»';\n"),
            (
                "a.json",
                "none",
                '{"request": {"auth": {"type": "bearer", "bearer": [{"key": "token", "value": "«»", "type": "string"}]}}}\n',
            ),
            ("a.py", "py", 'auth = "Bearer " + "«»"\n'),
        )
    )
    return path, language, template.replace("«»", secret), (secret,)


def basic(d: Draw) -> Made:
    pair = f"{d.user()}:{d.password('!#-_.')}"
    secret = base64.b64encode(pair.encode()).decode()
    template = d.one(
        'curl -H "Authorization: Basic «»" https://a.example\n',
        'headers = {"Authorization": "Basic «»"}\n',
        "Authorization: Basic «»\n",
        "proxy-authorization: basic «»\n",
        "auth = 'Basic «»'\n",
    )
    return d.one("a.sh", "a.py", "a.txt"), "none", template.replace("«»", secret), (secret,)


def key_header(d: Draw) -> Made:
    secret = d.choice((d.an(32), d.hex(32), d.uuid(), d.u(43)))
    name = d.one(
        "X-Api-Key",
        "x-api-key",
        "PRIVATE-TOKEN",
        "X-Auth-Token",
        "X-Vault-Token",
        "Ocp-Apim-Subscription-Key",
        "X-Auth-Key",
        "api-key",
        "X-Figma-Token",
        "X-Shopify-Access-Token",
        "X-Gitlab-Token",
        "X-Access-Token",
        "DD-API-KEY",
        "X-RapidAPI-Key",
        "X-Amz-Security-Token",
        "apikey",
        "X-Hub-Signature-Secret",
        "X-Goog-Api-Key",
        "x-functions-key",
        "Circle-Token",
    )
    template = d.one(
        'curl -H "«n»: «»" https://a.example\n',
        "curl --header '«n»: «»' https://a.example\n",
        'headers = {"«n»": "«»"}\n',
        "«n»: «»\n",
        'req.Header.Set("«n»", "«»")\n',
        "{ '«n»': '«»' }\n",
        'wget --header="«n»: «»" https://a.example\n',
        '{"name": "«n»", "value": "«»"}\n',
        'Invoke-RestMethod -Headers @{"«n»"="«»"}\n',
        "http https://a.example «n»:«»\n",
    )
    return d.one("a.sh", "a.js", "a.http"), "none", template.replace("«n»", name).replace("«»", secret), (secret,)


def cookie(d: Draw) -> Made:
    secret = d.choice((d.an(32), d.hex(40), d.u(60)))
    name = d.one(
        "sessionid",
        "connect.sid",
        "JSESSIONID",
        "PHPSESSID",
        "session",
        "laravel_session",
        "_app_session",
        "auth_token",
        "ASP.NET_SessionId",
        "sid",
        "remember_token",
        ".AspNetCore.Cookies",
    )
    template = d.one(
        "Cookie: theme=dark; «n»=«»; lang=en\n",
        "Set-Cookie: «n»=«»; Path=/; HttpOnly\n",
        "curl -b '«n»=«»' https://a.example\n",
        'cookies = {"«n»": "«»"}\n',
        'curl --cookie "«n»=«»; lang=de" https://a.example\n',
        "document.cookie = '«n»=«»';\n",
        ".a.example\tTRUE\t/\tTRUE\t1790000000\t«n»\t«»\n",
    )
    return "a.txt", "none", template.replace("«n»", name).replace("«»", secret), (secret,)


def login_call(d: Draw) -> Made:
    secret = d.password("!#*-_.@")
    path, language, template = d.choice(
        (
            ("a.py", "py", 'server.login("«u»", "«»")\n'),
            ("a.py", "py", "requests.get(url, auth=('«u»', '«»'))\n"),
            ("a.py", "py", 'client.login(username="«u»", password="«»")\n'),
            ("a.py", "py", 'HTTPBasicAuth("«u»", "«»")\n'),
            ("a.py", "py", "MySQLdb.connect('«h»', '«u»', '«»', 'app')\n"),
            ("a.php", "php", "new PDO($dsn, '«u»', '«»');\n"),
            ("a.php", "php", "$db = mysqli_connect('«h»', '«u»', '«»', 'app');\n"),
            ("a.java", "java", 'DriverManager.getConnection(url, "«u»", "«»");\n'),
            ("a.cs", "cs", 'new NetworkCredential("«u»", "«»")\n'),
            ("a.go", "go", 'req.SetBasicAuth("«u»", "«»")\n'),
            ("a.js", "js", "await page.type('#password', '«»');\n"),
            ("a.py", "py", 'driver.find_element(By.ID, "password").send_keys("«»")\n'),
            ("a.js", "js", "cy.get('input[name=password]').type('«»');\n"),
            ("a.ts", "js", "await page.fill('[name=\"password\"]', '«»');\n"),
            ("a.rb", "rb", "fill_in 'Password', with: '«»'\n"),
            ("a.pl", "pl", "my $dbh = DBI->connect($dsn, '«u»', '«»');\n"),
            ("a.py", "py", "User.objects.create_user('«u»', 'kim@example.com', '«»')\n"),
            ("a.sh", "sh", "curl -u «u»:«» https://a.example\n"),
            ("a.sh", "sh", "curl --user '«u»:«»' https://a.example\n"),
            ("a.ino", "c", 'WiFi.begin("home-net", "«»");\n'),
            ("a.r", "r", 'dbConnect(drv, "«u»", "«»")\n'),
            ("a.py", "py", 'ssh.connect("«h»", 22, "«u»", "«»")\n'),
            ("a.js", "js", "const t = createTransport({ auth: { user: '«u»', pass: '«»' } });\n"),
            ("a.py", "py", 'zf.extractall(pwd=b"«»")\n'),
            ("a.dart", "dart", "auth.signInWithEmailAndPassword(email: mail, password: '«»');\n"),
            ("a.py", "py", 'user.set_password("«»")\n'),
            ("a.go", "go", 'bcrypt.CompareHashAndPassword(hash, []byte("«»"))\n'),
            ("a.robot", "none", "Input Password    id=pass    «»\n"),
            ("a.feature", "none", 'When I log in as "«u»" with password "«»"\n'),
            (
                "a.jmx",
                "none",
                '<stringProp name="Argument.name">password</stringProp>\n<stringProp name="Argument.value">«»</stringProp>\n',
            ),
        )
    )
    return path, language, template.replace("«u»", d.user()).replace("«h»", d.host()).replace("«»", secret), (secret,)


def option(d: Draw) -> Made:
    secret = d.password("*-_.")
    template = d.one(
        "mysql -h «h» -u «u» -p«» app < dump.sql\n",
        "mysqldump -u«u» -p'«»' app > dump.sql\n",
        "PGPASSWORD=«» psql -h «h» -U «u» app\n",
        "sshpass -p «» ssh «u»@«h»\n",
        "sshpass -p '«»' scp a b\n",
        "redis-cli -h «h» -a «» ping\n",
        "mongosh --host «h» -u «u» -p «» admin\n",
        "docker login -u «u» -p «» registry.acme.example\n",
        "echo «» | docker login -u «u» --password-stdin\n",
        "sqlcmd -S «h» -U «u» -P «» -Q 'select 1'\n",
        "ldapsearch -x -D cn=admin -w «» -b dc=acme\n",
        "openssl rsa -in key.pem -passin pass:«» -out k\n",
        "openssl enc -aes-256-cbc -k «» -in a\n",
        "keytool -genkey -storepass «» -keypass «» -alias a\n",
        "zip -P «» out.zip a\n",
        "7z x -p«» a.7z\n",
        "gpg --batch --passphrase «» -c a\n",
        "echo '«»' | sudo -S apt update\n",
        "htpasswd -bc .htpasswd «u» «»\n",
        "az login --service-principal -u app -p «» --tenant t\n",
        "wget --user=«u» --password='«»' https://a.example\n",
        "echo '«u»:«»' | chpasswd\n",
        "smbclient //«h»/share -U «u»%«»\n",
        "net use Z: \\\\srv\\share «» /user:«u»\n",
        "lftp -u «u»,«» ftp.a.example\n",
        "xfreerdp /u:«u» /p:«» /v:«h»\n",
        "helm repo add acme https://a.example --username «u» --password «»\n",
        "rabbitmqctl add_user «u» «»\n",
        "create user «u» identified by '«»';\n",
        "ALTER USER «u» WITH PASSWORD '«»';\n",
        "CREATE ROLE «u» LOGIN PASSWORD '«»';\n",
        "CREATE LOGIN «u» WITH PASSWORD = N'«»';\n",
        "SET PASSWORD FOR '«u»'@'%' = PASSWORD('«»');\n",
        "GRANT ALL ON *.* TO '«u»'@'%' IDENTIFIED BY '«»';\n",
        "nmcli dev wifi connect home password «»\n",
        "ansible all -m ping -e ansible_ssh_pass=«»\n",
        'expect "assword:"\nsend "«»\\r"\n',
        "curl -d 'user=«u»&password=«»' https://a.example\n",
        'curl -X POST -d \'{"user":"«u»","password":"«»"}\' https://a.example\n',
        "curl -F password=«» https://a.example\n",
        "http -a «u»:«» https://a.example\n",
    )
    text = template.replace("«u»", d.user()).replace("«h»", d.host()).replace("«»", secret)
    return d.one("run.sh", "history.txt", "setup.md"), "none", text, (secret,)


def netrc(d: Draw) -> Made:
    secret = d.password("!#*-_.")
    return (
        ".netrc",
        "none",
        d.one(
            f"machine a.example login {d.user()} password {secret}\n",
            f"machine a.example\n  login {d.user()}\n  password {secret}\n\ndefault login anonymous password x\n",
        ),
        (secret,),
    )


def npmrc(d: Draw) -> Made:
    secret = d.choice((d.an(36), d.uuid(), d.b64(30)))
    return (
        ".npmrc",
        "none",
        f"registry=https://npm.acme.example/\n//npm.acme.example/:{d.one('_authToken', '_password', '_auth')}={secret}\nalways-auth=true\n",
        (secret,),
    )


def pypirc(d: Draw) -> Made:
    secret = d.password("!#*-_.")
    return (
        ".pypirc",
        "none",
        f"[distutils]\nindex-servers =\n    acme\n\n[acme]\nrepository = https://pypi.acme.example\nusername = {d.user()}\npassword = {secret}\n",
        (secret,),
    )


def pgpass(d: Draw) -> Made:
    secret = d.password("!#*-_.")
    return ".pgpass", "none", f"# host:port:db:user:password\n{d.host()}:5432:app:{d.user()}:{secret}\n", (secret,)


def docker_auth(d: Draw) -> Made:
    secret = base64.b64encode(f"{d.user()}:{d.password('!-_.')}".encode()).decode()
    return (
        "config.json",
        "none",
        f'{{\n\t"auths": {{\n\t\t"registry.acme.example": {{\n\t\t\t"auth": "{secret}"\n\t\t}}\n\t}}\n}}\n',
        (secret,),
    )


def wp_config(d: Draw) -> Made:
    first, second = d.password("!#*-_.@"), d.of(ALNUM + "!@#%^&*()-_[]{}<>~+=,.;:/?|", 64)
    return (
        "wp-config.php",
        "none",
        f"<?php\ndefine( 'DB_NAME', 'shop' );\ndefine( 'DB_PASSWORD', '{first}' );\ndefine( 'DB_HOST', 'localhost' );\ndefine( 'AUTH_KEY',         '{second}' );\n$table_prefix = 'wp_';\n",
        (first, second),
    )


def kubeconfig(d: Draw) -> Made:
    key = base64.b64encode(("-----BEGIN RSA PRIVATE" + " KEY-----\n" + d.b64(300)).encode()).decode()
    token = d.u(60)
    return (
        "config",
        "none",
        f"apiVersion: v1\nkind: Config\nusers:\n- name: admin\n  user:\n    client-key-data: {key}\n- name: bot\n  user:\n    token: {token}\n",
        (key, token),
    )


def service_account(d: Draw) -> Made:
    lines = "\\n".join(d.b64(48) for _ in range(8))
    text = (
        f'{{\n  "type": "service_account",\n  "project_id": "acme-prod",\n  "private_key_id": "{d.hex(40)}",\n  "private_key": "-----BEGIN PRIVATE'
        + f' KEY-----\\n{lines}\\n-----END PRIVATE KEY-----\\n",\n  "client_id": "{d.digits(21)}"\n}}\n'
    )
    return "sa.json", "none", text, tuple(lines.split("\\n"))


def aws_file(d: Draw) -> Made:
    key, secret = "AKIA" + d.of(UPPER[:26] + "234567", 16), d.of(ALNUM + "+/", 40)
    form = d.one(
        f"[default]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\nregion = eu-central-1\n",
        f"User name,Access key ID,Secret access key\nbot,{key},{secret}\n",
        f'{{"AccessKeyId": "{key}", "SecretAccessKey": "{secret}", "Expiration": "2026-01-01T00:00:00Z"}}\n',
        f"aws configure set aws_access_key_id {key}\naws configure set aws_secret_access_key {secret}\n",
        f"boto3.client('s3', '{d.one('eu-west-1', 'us-east-1')}', aws_access_key_id='{key}', aws_secret_access_key='{secret}')\n",
        f"new AWS.Credentials('{key}', '{secret}')\n",
        f"{key}:{secret}\n",
        f'credentials := credentials.NewStaticCredentials("{key}", "{secret}", "")\n',
    )
    return "aws.txt", "none", form, (key, secret)


def presigned(d: Draw) -> Made:
    secret = d.choice((d.hex(64), quote(d.b64(32), safe="")))
    text = d.one(
        f"https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20260101T000000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature={secret}",
        f"https://a.blob.core.windows.net/c/f.zip?sp=r&st=2026-01-01&se=2027-01-01&spr=https&sv=2022-11-02&sr=b&sig={secret}",
        f"https://storage.googleapis.com/b/o?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Signature={secret}",
        f"https://d1.cloudfront.net/v.mp4?Expires=1790000000&Signature={secret}&Key-Pair-Id=K2",
    )
    return (
        "a.md",
        "none",
        d.one("See [the file](«»).\n", 'url = "«»"\n', "curl -O '«»'\n").replace("«»", text),
        (secret,),
    )


def link_token(d: Draw) -> Made:
    secret = d.choice((d.u(32), d.hex(40), d.uuid(), d.jwt()))
    url = f"https://app.acme.example/{d.one('reset?token=', 'invite?code=', 'verify?email=kim@example.com&token=', 'auth/callback?access_token=', 'cb#access_token=', 'api?apikey=', 'x?api_key=', 'hook?secret=', 'reset-password/', 'feed?auth_token=', 'cb?code=')}{secret}"
    return (
        d.one("mail.txt", "a.log", "a.py"),
        "none",
        d.one(
            f'<a href="{url}">Open</a>\n',
            f"GET {url} 200 in 12 ms\n",
            f'URL = "{url}"\n',
            f"Click {url} to continue.\n",
        ),
        (secret,),
    )


def tool_files(d: Draw) -> Made:
    secret = d.password("!*-_.")
    path, text = d.choice(
        (
            (".htpasswd", f"{d.user()}:{(hash_ := '$apr1$' + d.an(8) + '$' + d.an(22))}\n"),
            (
                "database.yml",
                f"production:\n  adapter: mysql2\n  username: {d.user()}\n  password: {secret}\n  host: {d.host()}\n",
            ),
            (
                "secrets.toml",
                f'[connections.snowflake]\naccount = "acme"\nuser = "{d.user()}"\npassword = "{secret}"\n',
            ),
            ("pip.conf", f"[global]\nindex-url = https://{d.user()}:{secret}@pypi.acme.example/simple\n"),
            (
                "nuget.config",
                f'<packageSourceCredentials>\n  <acme>\n    <add key="Username" value="{d.user()}" />\n    <add key="ClearTextPassword" value="{secret}" />\n  </acme>\n</packageSourceCredentials>\n',
            ),
            ("bunfig.toml", f'[install.registry]\nurl = "https://r.example"\ntoken = "{secret}"\n'),
            (
                "auth.json",
                f'{{"http-basic": {{"repo.acme.example": {{"username": "{d.user()}", "password": "{secret}"}}}}}}\n',
            ),
            ("rclone.conf", f"[s3]\ntype = s3\nsecret_access_key = {secret}\n"),
            ("wpa_supplicant.conf", f'network={{\n  ssid="home"\n  psk="{secret}"\n}}\n'),
            ("msmtprc", f"account a\nhost a.example\nuser {d.user()}\npassword {secret}\n"),
            ("redis.conf", f"port 6379\nrequirepass {secret}\nmasterauth {secret}\n"),
            ("pgbouncer.txt", f'"{d.user()}" "{secret}"\n'),
            ("server.xml", f'<Connector port="8443" keystoreFile="a.jks" keystorePass="{secret}"/>\n'),
            ("tnsnames.txt", f"connect {d.user()}/{secret}@orcl\n"),
            ("krb5.conf", f"# kinit password: {secret}\n"),
            (
                "unattend.xml",
                f"<AdministratorPassword>\n  <Value>{secret}</Value>\n  <PlainText>true</PlainText>\n</AdministratorPassword>\n",
            ),
            (
                "FileZilla.xml",
                f'<Server>\n  <User>{d.user()}</User>\n  <Pass encoding="base64">{base64.b64encode(secret.encode()).decode()}</Pass>\n</Server>\n',
            ),
            ("jenkins.xml", f"<secret>{{{(s2 := d.b64(48))}}}</secret>\n"),
            ("mosquitto.conf", f"remote_username {d.user()}\nremote_password {secret}\n"),
            ("pppoe", f'"{d.user()}" * "{secret}" *\n'),
            ("proxychains.conf", f"socks5 10.0.0.1 1080 {d.user()} {secret}\n"),
            ("smb.credentials", f"username={d.user()}\npassword={secret}\ndomain=ACME\n"),
            ("cargo.toml", f'[registries.acme]\nindex = "https://a"\ntoken = "{secret}"\n'),
            ("bundle.yml", f'BUNDLE_GEMS__ACME__EXAMPLE: "{d.user()}:{secret}"\n'),
            ("fstab", f"//srv/share /mnt cifs username={d.user()},password={secret},uid=1000 0 0\n"),
            ("ovpn.txt", f"<auth-user-pass>\n{d.user()}\n{secret}\n</auth-user-pass>\n"),
            ("ntlm.properties", f"http.proxyUser={d.user()}\nhttp.proxyPassword={secret}\n"),
            (
                "wireguard.conf",
                f"[Interface]\nPrivateKey = {(s3 := d.b64(32))}\nAddress = 10.0.0.2/32\n[Peer]\nPresharedKey = {(s4 := d.b64(32))}\n",
            ),
        )
    )
    found = tuple(s for s in (secret, base64.b64encode(secret.encode()).decode(), hash_, s2, s3, s4) if s in text)
    return path, "none", text, found


WHOLE: dict[str, Callable[[Draw], Made]] = {
    "url with password": url_password,
    "url with password only": url_only_password,
    "url with token": url_token,
    "connection string": connection_string,
    "oracle": oracle,
    "storage connection": account_key,
    "service bus": service_bus,
    "bearer": bearer,
    "basic": basic,
    "key header": key_header,
    "cookie": cookie,
    "login call": login_call,
    "option": option,
    "netrc": netrc,
    "npmrc": npmrc,
    "pypirc": pypirc,
    "pgpass": pgpass,
    "docker auth": docker_auth,
    "wp-config": wp_config,
    "kubeconfig": kubeconfig,
    "service account": service_account,
    "aws pair": aws_file,
    "presigned": presigned,
    "link token": link_token,
    "tool file": tool_files,
}
