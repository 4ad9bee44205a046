"""Secrets on command lines, in calls that log in, and in the files of tools."""

from __future__ import annotations

import base64

from tests.benchmarks.redaction.fifth.drawing import ALNUM, UPPER, Draw, Made


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
