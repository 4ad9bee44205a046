"""Passwords in the configuration formats of the usual tools."""

from __future__ import annotations

from tests.benchmarks.redaction.sixth.idioms import Templates

CONFIGS: dict[str, Templates] = {
    "ci_yaml": [
        (
            "text",
            "name: build\non: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    env:\n      DB_PASSWORD: @Q@\n    steps:\n      - uses: actions/checkout@v4\n      - run: make test",
        ),
        (
            "text",
            'image: node:20\nvariables:\n  DEPLOY_PASSWORD: "@S@"\ntest:\n  script:\n    - npm ci\n    - npm test',
        ),
        (
            "text",
            "version: 2.1\njobs:\n  build:\n    docker:\n      - image: cimg/postgres:14.0\n        environment:\n          POSTGRES_USER: @U@\n          POSTGRES_PASSWORD: @Q@",
        ),
        (
            "text",
            "pool:\n  vmImage: ubuntu-22.04\nvariables:\n  - name: sqlPassword\n    value: '@S@'\nsteps:\n  - script: ./deploy.sh",
        ),
        (
            "text",
            "services:\n  mysql:\n    image: mysql:8\n    env:\n      MYSQL_ROOT_PASSWORD: @Q@\n    ports: ['3306:3306']",
        ),
        ("text", "deploy:\n  script:\n    - lftp -u @U@,@Q@ @H@ -e 'mirror -R dist/ /www; quit'"),
        (
            "text",
            "      - uses: appleboy/ssh-action@v1\n        with:\n          host: @H@\n          username: @U@\n          password: @Q@",
        ),
    ],
    "terraform": [
        ("terraform", '  master_username = "@U@"\n  master_password = "@S@"'),
        (
            "text",
            'resource "aws_db_instance" "@W@" {\n  engine   = "postgres"\n  username = "@U@"\n  password = "@S@"\n}',
        ),
        ("text", 'variable "admin_password" {\n  type      = string\n  sensitive = true\n  default   = "@S@"\n}'),
        (
            "text",
            'resource "azurerm_linux_virtual_machine" "@W@" {\n  admin_username = "@U@"\n  admin_password = "@S@"\n}',
        ),
        (
            "text",
            'provisioner "remote-exec" {\n  connection {\n    type     = "ssh"\n    user     = "@U@"\n    password = "@S@"\n  }\n}',
        ),
        ("text", 'db_password = "@S@"\nregion = "eu-west-1"'),
        (
            "text",
            'module "@W@" {\n  source = "./modules/db"\n  environment = [{ name = "PGPASSWORD", value = "@S@" }]\n}',
        ),
    ],
    "ansible": [
        (
            "text",
            "- hosts: db\n  vars:\n    mysql_root_password: @Q@\n  tasks:\n    - name: user\n      mysql_user: name=@U@ password=@Q@ state=present",
        ),
        (
            "text",
            "[web]\n@H@ ansible_user=@U@ ansible_ssh_pass=@Q@\n\n[web:vars]\nansible_python_interpreter=/usr/bin/python3",
        ),
        ("text", "[win]\n@H@\n[win:vars]\nansible_password='@S@'\nansible_connection=winrm"),
        (
            "text",
            "- name: add user\n  ansible.builtin.user:\n    name: @U@\n    password: \"{{ '@S@' | password_hash('sha512') }}\"",
        ),
        ("text", "- name: db\n  community.postgresql.postgresql_user:\n    name: @U@\n    password: '@S@'"),
        ("text", '- ansible.builtin.expect:\n    command: passwd @U@\n    responses:\n      (?i)password: "@S@"'),
    ],
    "helm": [
        (
            "text",
            "postgresql:\n  auth:\n    username: @U@\n    password: @Q@\n    postgresPassword: @Q@\n    database: @W@",
        ),
        ("text", 'redis:\n  enabled: true\n  auth:\n    enabled: true\n    password: "@S@"'),
        ("text", "grafana:\n  adminUser: admin\n  adminPassword: '@S@'"),
        ("text", 'env:\n  - name: KC_DB_PASSWORD\n    value: "@S@"\n  - name: KC_DB\n    value: postgres'),
        (
            "text",
            "ingress:\n  annotations:\n    nginx.ingress.kubernetes.io/auth-type: basic\nsmtp:\n  host: @H@\n  user: @U@\n  pass: '@S@'",
        ),
    ],
    "kubernetes_plain": [
        (
            "text",
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: @W@\ntype: Opaque\nstringData:\n  username: @U@\n  password: @Q@",
        ),
        (
            "text",
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: @W@\nstringData:\n  application.properties: |\n    spring.datasource.username=@U@\n    spring.datasource.password=@Q@",
        ),
        ("text", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: @W@\ndata:\n  DB_HOST: @H@\n  DB_PASSWORD: @Q@"),
        (
            "text",
            "    spec:\n      containers:\n        - name: @W@\n          env:\n            - name: DB_PASSWORD\n              value: '@S@'",
        ),
    ],
    "compose": [
        (
            "text",
            "services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: @Q@\n      POSTGRES_DB: @W@",
        ),
        (
            "text",
            "services:\n  db:\n    image: mariadb\n    environment:\n      - MARIADB_ROOT_PASSWORD=@Q@\n      - MARIADB_DATABASE=@W@",
        ),
        (
            "text",
            "services:\n  cache:\n    image: redis:7\n    command: redis-server --requirepass @Q@ --appendonly yes",
        ),
        (
            "text",
            "services:\n  mq:\n    image: rabbitmq:3\n    environment: {RABBITMQ_DEFAULT_USER: @U@, RABBITMQ_DEFAULT_PASS: '@S@'}",
        ),
        (
            "text",
            "services:\n  s3:\n    image: minio/minio\n    environment:\n      MINIO_ROOT_USER: @U@\n      MINIO_ROOT_PASSWORD: ${MINIO_PASSWORD:-@Q@}",
        ),
        (
            "text",
            'services:\n  db:\n    image: mysql\n    healthcheck:\n      test: ["CMD", "mysqladmin", "ping", "-uroot", "-p@Q@"]',
        ),
    ],
    "nginx_and_servers": [
        (
            "text",
            'upstream @W@ { server 127.0.0.1:8000; }\nserver {\n  location / {\n    proxy_set_header X-Password "@S@";\n    proxy_pass http://@W@;\n  }\n}',
        ),
        ("text", "requirepass @Q@\nmasterauth @Q@\nmaxmemory 256mb"),
        ("text", "userlist ops\n  user @U@ insecure-password @Q@\n\nfrontend http\n  bind *:80"),
        ("text", 'rootdn "cn=admin,dc=lan"\nrootpw @Q@\ndirectory /var/lib/ldap'),
        ("text", "interface=wlan0\nssid=Office\nwpa_passphrase=@Q@\nchannel=6"),
        ("text", 'network={\n    ssid="Office"\n    psk="@S@"\n}'),
        ("text", "* client * @Q@ *\n@W@-vpn * @Q@"),
        ("text", 'conn office\n  left=%defaultroute\n\n: PSK "@S@"\n@U@ : XAUTH "@S@"'),
        ("text", "[@W@]\nconnection = mysql+pymysql://@U@:@Q@@@H@/@W@"),
    ],
    "ini": [
        ("ini", "password = @Q@"),
        ("ini", "smtp_password=@S@"),
        ("ini", "db.passwd = @Q@"),
        ("ini", "passphrase: @Q@"),
        ("text", '[client]\nuser=@U@\npassword="@S@"\nhost=@H@'),
        ("text", "[database]\ndriver = pgsql\nPASS = @Q@\nUSER = @U@"),
        ("text", "[security]\nadmin_user = admin\nadmin_password = @Q@\nsecret_key = @Q@"),
    ],
    "properties": [
        ("properties", "spring.datasource.password=@S@"),
        ("properties", "spring.mail.password: @Q@"),
        ("properties", "javax.net.ssl.trustStorePassword=@Q@"),
        ("properties", "hibernate.connection.password @Q@"),
        ("properties", "server.ssl.key-store-password=@S@"),
        (
            "properties",
            'sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="@U@" password="@S@";',
        ),
        ("properties", "sonar.password=@Q@"),
    ],
    "plist": [
        (
            "text",
            '<?xml version="1.0"?>\n<plist version="1.0">\n<dict>\n  <key>ServerPassword</key>\n  <string>@Q@</string>\n</dict>\n</plist>',
        ),
        (
            "text",
            "<dict>\n\t<key>SSID_STR</key>\n\t<string>Office</string>\n\t<key>Password</key>\n\t<string>@Q@</string>\n</dict>",
        ),
        (
            "text",
            "<dict>\n  <key>UserName</key><string>@U@</string>\n  <key>IncomingPassword</key><string>@Q@</string>\n</dict>",
        ),
    ],
    "xml": [
        ("xml", '    <add key="SmtpPassword" value="@Q@" />'),
        ("xml", '    <property name="hibernate.connection.password">@Q@</property>'),
        ("xml", '    <property name="password" value="@Q@"/>'),
        ("xml", "    <password>@Q@</password>"),
        ("xml", '    <datasource user="@U@" password="@Q@" url="jdbc:h2:mem:x"/>'),
        ("xml", '    <entry key="javax.persistence.jdbc.password">@Q@</entry>'),
        (
            "text",
            "<settings>\n  <servers>\n    <server>\n      <id>@W@</id>\n      <username>@U@</username>\n      <password>@Q@</password>\n    </server>\n  </servers>\n</settings>",
        ),
        ("text", '<tomcat-users>\n  <user username="@U@" password="@Q@" roles="manager-gui"/>\n</tomcat-users>'),
        (
            "text",
            '<packageSourceCredentials>\n  <internal>\n    <add key="Username" value="@U@" />\n    <add key="ClearTextPassword" value="@Q@" />\n  </internal>\n</packageSourceCredentials>',
        ),
        ("text", '<Resource name="jdbc/@W@" auth="Container" username="@U@" password="@Q@" maxTotal="20"/>'),
        (
            "text",
            "<UserAccounts>\n  <AdministratorPassword>\n    <Value>@Q@</Value>\n    <PlainText>true</PlainText>\n  </AdministratorPassword>\n</UserAccounts>",
        ),
    ],
    "credential_files": [
        ("text", "machine @H@\n  login @U@\n  password @Q@"),
        ("text", "machine @H@ login @U@ password @Q@"),
        ("text", "@H@:5432:@W@:@U@:@Q@"),
        ("text", "https://@U@:@Q@@@H@"),
        (
            "text",
            "[distutils]\nindex-servers = internal\n\n[internal]\nrepository = https://@H@/pypi\nusername = @U@\npassword = @Q@",
        ),
        ("text", "registry=https://@H@/npm/\n//@H@/npm/:username=@U@\n//@H@/npm/:_password=@B@"),
        (
            "text",
            '{\n  "http-basic": {\n    "@H@": {\n      "username": "@U@",\n      "password": "@S@"\n    }\n  }\n}',
        ),
        ("text", "default_user=@U@\nspring:\n  password=@Q@\n[mysql]\nuser=@U@\npassword=@Q@"),
    ],
    "build_tools": [
        (
            "text",
            "signingConfigs {\n    release {\n        storeFile file('a.jks')\n        storePassword '@S@'\n        keyAlias '@W@'\n        keyPassword '@S@'\n    }\n}",
        ),
        (
            "text",
            "repositories {\n    maven {\n        url 'https://@H@'\n        credentials {\n            username '@U@'\n            password '@S@'\n        }\n    }\n}",
        ),
        (
            "text",
            'signingConfigs {\n    create("release") {\n        storePassword = "@S@"\n        keyPassword = "@S@"\n    }\n}',
        ),
        ("text", 'credentials += Credentials("Nexus", "@H@", "@U@", "@S@")\nscalaVersion := "2.13.12"'),
        ("text", "realm=Nexus\nhost=@H@\nuser=@U@\npassword=@Q@"),
        ("text", 'config :@W@, @C@.Repo,\n  username: "@U@",\n  password: "@S@",\n  hostname: "@H@"'),
        ("text", '[registries.@W@]\nindex = "https://@H@/git/index"\ntoken = "@A@"'),
        ("text", "nexusUsername=@U@\nnexusPassword=@Q@\norg.gradle.jvmargs=-Xmx2g"),
        ("text", "bundle config https://@H@ @U@:@Q@\nbundle install"),
    ],
    "json_config": [
        ("json", '    "password": "@S@",'),
        ("json", '    "smtp": {"user": "@U@", "pass": "@S@"},'),
        ("json", '    "ConnectionStrings": {"Default": "Server=@H@;Database=@W@;User Id=@U@;Password=@Q@;"},'),
        ("json", '    "env": [{"name": "DB_PASSWORD", "value": "@S@"}],'),
        ("json", '    "key": "admin_password", "value": "@S@",'),
        ("json", '    "body": "{\\"user\\": \\"@U@\\", \\"password\\": \\"@Q@\\"}",'),
        ("json", '    "scripts": {"db": "mysql -uroot -p@Q@ @W@"},'),
    ],
    "toml": [
        ("toml", 'password = "@S@"'),
        ("toml", "db_passwd = '@S@'"),
        ("toml", 'auth = { user = "@U@", password = "@S@" }'),
        ("toml", '"admin.password" = "@S@"'),
    ],
    "env": [
        ("text", "APP_ENV=production\nDB_USER=@U@\nDB_PASSWORD=@Q@\nDB_HOST=@H@"),
        ("text", "export PGPASSWORD=@Q@\nexport PGHOST=@H@"),
        ("text", "MAIL_USERNAME=@U@\nMAIL_PASSWORD='@S@'\nMAIL_PORT=587"),
        ("text", 'ADMIN_PASS="@S@"\nADMIN_USER=@U@'),
        ("text", "REDIS_AUTH=@Q@\nREDIS_PORT=6379"),
        ("text", "RABBITMQ_PWD=@Q@"),
    ],
    "other_tongues": [
        ("python", 'passwort = "@S@"'),
        ("php", "$mot_de_passe = '@S@';"),
        ("javascript", "const senha = '@S@';"),
        ("java", 'String contrasena = "@S@";'),
        ("yaml", "  contraseña: @Q@"),
        ("ini", "kennwort = @Q@"),
        ("python", 'haslo = "@S@"'),
        ("csharp", 'var wachtwoord = "@S@";'),
        ("yaml", "  mot_de_passe: '@S@'"),
        ("python", 'lösenord = "@S@"'),
        ("text", "Zugangsdaten: Benutzer @U@, Passwort: @Q@"),
        ("text", "usuario: @U@\ncontraseña: @Q@"),
    ],
    "comments": [
        ("python", "# TODO remove, password is @Q@ for now"),
        ("python", "# default login: @U@ / @Q@"),
        ("javascript", "// password: @Q@"),
        ("javascript", "/* admin password = @Q@, change before release */"),
        ("java", '// old: setPassword("@S@");'),
        ("go", "// login with @U@ and password @Q@"),
        ("rust", "// pw: @Q@"),
        ("c", "/* the maintenance password of the panel is @Q@ */"),
        ("shell", "# mysql -u root -p@Q@"),
        ("sql", "-- password of the reporting user: @Q@"),
        ("yaml", "  # password: @Q@"),
        ("html", "    <!-- test account: @U@ password: @Q@ -->"),
        ("ini", "; password = @Q@"),
        ("python", "# pwd=@Q@"),
        ("ruby", "# the vault password is '@S@'"),
    ],
}
