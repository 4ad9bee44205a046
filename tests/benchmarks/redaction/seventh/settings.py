"""Configuration files of products, as their manuals show them, with passwords in them; see ``documents``."""

from __future__ import annotations

SETTINGS: dict[str, tuple[str, ...]] = {
    "wordpress": (
        "<?php\ndefine( 'DB_NAME', '@W@' );\ndefine( 'DB_USER', '@U@' );\ndefine( 'DB_PASSWORD', '@P@' );\ndefine( 'DB_HOST', 'localhost' );\ndefine( 'FTP_PASS', '@P2@' );\n$table_prefix = 'wp_';\n",
    ),
    "framework_settings": (
        "DATABASES = {\n    'default': {\n        'ENGINE': 'django.db.backends.postgresql',\n        'NAME': '@W@',\n        'USER': '@U@',\n        'PASSWORD': '@P@',\n    }\n}\nEMAIL_HOST_USER = '@U@'\nEMAIL_HOST_PASSWORD = '@P2@'\n",
        "default: &default\n  adapter: mysql2\n  pool: 5\nproduction:\n  <<: *default\n  username: @U@\n  password: <%= ENV.fetch('DB_PASSWORD', '@P@') %>\nstaging:\n  <<: *default\n  password: @P2@\n",
        "spring:\n  datasource:\n    url: jdbc:mysql://@H@/@W@\n    username: @U@\n    password: @P@\n  mail:\n    password: '@P2@'\nmanagement:\n  endpoints.web.exposure.include: health\n",
        '{\n  "Logging": {"LogLevel": {"Default": "Information"}},\n  "ConnectionStrings": {"Main": "Data Source=@H@;Initial Catalog=@W@;User ID=@U@;Password=@P@"},\n  "Smtp": {"Host": "@H@", "Password": "@P2@"}\n}\n',
    ),
    "web_config": (
        '<configuration>\n  <system.net>\n    <mailSettings><smtp><network host="@H@" userName="@U@" password="@P@" /></smtp></mailSettings>\n  </system.net>\n  <system.web>\n    <identity impersonate="true" userName="LAN\\@U@" password="@P2@" />\n  </system.web>\n</configuration>\n',
    ),
    "monitoring": (
        "apiVersion: 1\ndatasources:\n  - name: Loki\n    type: loki\n    basicAuth: true\n    basicAuthUser: @U@\n    secureJsonData:\n      basicAuthPassword: @P@\n",
        "scrape_configs:\n  - job_name: @W@\n    basic_auth:\n      username: @U@\n      password: @P@\n    static_configs:\n      - targets: ['@H@:9100']\n",
        "global:\n  smtp_smarthost: '@H@:587'\n  smtp_auth_username: '@U@'\n  smtp_auth_password: '@P@'\nroute:\n  receiver: team\n",
        'output.elasticsearch:\n  hosts: ["https://@H@:9200"]\n  username: "@U@"\n  password: "@P@"\nlogging.level: info\n',
    ),
    "data_tools": (
        "@W@:\n  target: prod\n  outputs:\n    prod:\n      type: snowflake\n      account: ab12345\n      user: @U@\n      password: @P@\n      threads: 4\n",
        "AIRFLOW_CONN_@W@=postgresql://@U@:@P@@@H@:5432/@W@\nAIRFLOW__CORE__EXECUTOR=LocalExecutor\nAIRFLOW__SMTP__SMTP_PASSWORD=@P2@\n",
        'bootstrap.servers=@H@:9093\nsecurity.protocol=SASL_SSL\nsasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="@U@" password="@P@";\nssl.truststore.password=@P2@\n',
    ),
    "mail_servers": (
        "# /etc/postfix/sasl_passwd\n[@H@]:587 @U@:@P@\n",
        "defaults\nauth on\ntls on\naccount work\nhost @H@\nuser @U@\npassword @P@\n",
        "passdb {\n  driver = sql\n}\nconnect = host=localhost dbname=mail user=@U@ password=@P@\ndefault_pass_scheme = SHA512-CRYPT\n",
        "poll @H@ protocol IMAP\n  user '@U@' there with password '@P@' is 'jan' here\n",
        'set imap_user = "@U@"\nset imap_pass = "@P@"\nset smtp_pass = "@P2@"\nset sort = threads\n',
    ),
    "network_devices": (
        "hostname @W@-sw1\nenable secret 0 @P@\nusername @U@ privilege 15 password 0 @P2@\nsnmp-server community @P3@ RO\nline vty 0 4\n password @P4@\n login\n",
        "[@U@]\ntype=friend\nhost=dynamic\nsecret=@P@\ncontext=internal\n",
        '@U@ Cleartext-Password := "@P@"\n    Service-Type = Framed-User\n\nclient 10.0.0.0/8 {\n    secret = @P2@\n}\n',
        "config wifi-iface 'main'\n\toption ssid 'Office'\n\toption encryption 'psk2'\n\toption key '@P@'\n",
        "set system login user @U@ authentication plaintext-password \"@P@\"\nset vpn ipsec site-to-site peer 10.0.0.1 authentication pre-shared-secret '@P2@'\n",
    ),
    "backup_tools": (
        "[backup]\ntype = sftp\nhost = @H@\nuser = @U@\npass = @P@\n\n[crypt]\ntype = crypt\npassword = @P2@\n",
        "RESTIC_REPOSITORY=sftp:@U@@@H@:/backup\nRESTIC_PASSWORD=@P@\n",
        'repositories:\n    - path: ssh://@U@@@H@/./borg\nencryption_passphrase: "@P@"\n',
        "@H@ @U@ @P@ /srv/backup\nusername=@U@\npassword=@P2@\ndomain=LAN\n",
    ),
    "message_brokers": (
        "allow_anonymous false\nbridge_remote_username @U@\nremote_password @P@\nbridge_password @P2@\n",
        '<authenticationUser username="@U@" password="@P@" groups="admins,users"/>\n<networkConnector userName="@U@" password="@P2@" uri="static:(tcp://@H@:61616)"/>\n',
        "user @U@ on >@P@ ~* +@all\nuser default off\nrequirepass @P2@\n",
        "default_user = @U@\ndefault_pass = @P@\nloopback_users.guest = false\n",
        'authorization {\n  users = [\n    {user: @U@, password: @P@}\n    {user: ops, password: "@P2@"}\n  ]\n}\n',
    ),
    "database_servers": (
        '"pgbouncer" "@P@"\n"@U@" "@P2@"\n',
        '[mysqld]\nbind-address = 0.0.0.0\n\n[mysqldump]\nuser = @U@\npassword = @P@\n\n[client]\npassword="@P2@"\n',
        "primary_conninfo = 'host=@H@ port=5432 user=@U@ password=@P@ sslmode=prefer'\n",
        "<clickhouse>\n  <users>\n    <@U@x>\n      <password>@P@</password>\n      <profile>default</profile>\n    </@U@x>\n  </users>\n</clickhouse>\n",
        'db.createUser({ user: "@W@", pwd: "@P@", roles: ["readWrite"] })\ndb.changeUserPassword("@W@", "@P2@")\n',
    ),
    "test_tools": (
        '<HTTPSamplerProxy>\n  <elementProp name="password" elementType="HTTPArgument">\n    <stringProp name="Argument.value">@P@</stringProp>\n    <stringProp name="Argument.name">password</stringProp>\n  </elementProp>\n</HTTPSamplerProxy>\n',
        "*** Variables ***\n${USERNAME}    @U@\n${PASSWORD}    @P@\n\n*** Test Cases ***\nLogin\n    Input Password    id:pw    @P2@\n",
        '{"info": {"name": "@W@"}, "item": [{"request": {"auth": {"type": "basic", "basic": [{"key": "username", "value": "@U@", "type": "string"}, {"key": "password", "value": "@P@", "type": "string"}]}}}]}\n',
        'POST {{host}}/login\nContent-Type: application/json\n\n{\n  "user": "@U@",\n  "password": "@P@"\n}\n\n###\n@token = @K@\n',
        '{"tests": [{"commands": [{"command": "type", "target": "id=password", "value": "@P@"}, {"command": "click", "target": "id=ok", "value": ""}]}]}\n',
    ),
    "desktop_tools": (
        "<Server>\n  <Host>@H@</Host>\n  <User>@U@</User>\n  <Pass>@P@</Pass>\n</Server>\n",
        "full address:s:@H@\nusername:s:@U@\npassword:s:@P@\n",
        '{\n    "name": "@W@",\n    "protocol": "sftp",\n    "host": "@H@",\n    "username": "@U@",\n    "password": "@P@",\n    "passphrase": "@P2@"\n}\n',
        '{\n  "sqltools.connections": [{"name": "dev", "server": "@H@", "username": "@U@", "password": "@P@"}]\n}\n',
        "Host @W@\n  HostName @H@\n  User @U@\n  # password: @P@\n",
    ),
    "unattended_install": (
        "rootpw --plaintext @P@\nuser --name=@U@ --password=@P2@ --plaintext\ntimezone UTC\n",
        "d-i passwd/root-password password @P@\nd-i passwd/user-password password @P2@\nd-i passwd/user-password-again password @P2@\n",
        "#cloud-config\nusers:\n  - name: @U@\n    plain_text_passwd: @P@\nchpasswd:\n  list: |\n    root:@P2@\n  expire: false\n",
        "<AutoLogon>\n  <Password>\n    <Value>@P@</Value>\n  </Password>\n  <Username>@U@</Username>\n</AutoLogon>\n",
    ),
}

DUMPS: dict[str, tuple[str, ...]] = {
    "sql_dump": (
        "INSERT INTO `users` (`id`, `login`, `password`, `active`) VALUES\n(1, 'admin', '@P@', 1),\n(2, '@U@', '@P2@', 1),\n(3, 'guest', '@P3@', 0);\n",
        "COPY public.accounts (id, login, password, created) FROM stdin;\n1\tadmin\t@P@\t2026-01-01\n2\t@U@\t@P2@\t2026-01-02\n\\.\n",
        "UPDATE settings SET value='@P@' WHERE name='smtp_password';\nUPDATE users SET pass=MD5('@P2@') WHERE id=@D@;\n",
    ),
    "ldif": (
        "dn: uid=jan,ou=people,dc=lan\nobjectClass: inetOrgPerson\nuid: jan\nuserPassword: @P@\n\ndn: uid=ops,ou=people,dc=lan\nchangetype: modify\nreplace: userPassword\nuserPassword: @P2@\n",
    ),
    "password_export": (
        "url,username,password,name\nhttps://@H@,@U@,@P@,@W@\nhttps://ci.lan,admin,@P2@,ci\n",
        '"Group","Title","Username","Password","URL","Notes"\n"Root","@W@","@U@","@P@","https://@H@",""\n"Root","nas","admin","@P2@","",""\n',
        '<Entry>\n  <String><Key>UserName</Key><Value>@U@</Value></String>\n  <String><Key>Password</Key><Value ProtectInMemory="True">@P@</Value></String>\n</Entry>\n',
        '{"items": [{"name": "@W@", "login": {"username": "@U@", "password": "@P@", "totp": null}}]}\n',
    ),
    "notebook": (
        '{"cells": [{"cell_type": "code", "source": ["import pymssql\\n", "conn = pymssql.connect(server=\'@H@\', user=\'@U@\', password=\'@P@\', database=\'@W@\')\\n"], "outputs": [{"text": ["connected with @U@:@P@\\n"]}]}]}\n',
        "# %%\n%env DB_PASSWORD=@P@\n%sql postgresql://@U@:@P2@@@H@/@W@\n",
    ),
    "seed_data": (
        "User.create!(email: 'x', password: '@P@', admin: true)\nUser.find_or_create_by!(login: '@U@') { |u| u.password = '@P2@' }\n",
        "await prisma.user.create({ data: { login: '@U@', password: await hash('@P@', 10) } });\n",
        "User.objects.create_user('@U@', None, '@P@')\nadmin.set_password('@P2@')\n",
        "- model: auth.user\n  pk: 1\n  fields:\n    username: @U@\n    password: @P@\n",
    ),
    "firmware": (
        '#define WIFI_SSID "Office"\n#define WIFI_PASS "@P@"\n#define MQTT_PASSWORD "@P2@"\n\nvoid setup() {\n  WiFi.begin(WIFI_SSID, WIFI_PASS);\n}\n',
        'const char* ssid = "Office";\nconst char* pass = "@P@";\nstatic const struct cred { const char *user, *pw; } creds[] = { { "@U@", "@P2@" } };\n',
        'wifi:\n  ssid: Office\n  password: "@P@"\nota:\n  password: "@P2@"\napi:\n  encryption:\n    key: @B@\n',
    ),
    "scripts": (
        "$pw = ConvertTo-SecureString '@P@' -AsPlainText -Force\n$cred = New-Object PSCredential('@U@', $pw)\nNet-Login -User ops -Password '@P2@'\n",
        '@echo off\nset DBPASS=@P@\nnet use Z: \\\\@H@\\data @P2@ /user:@U@\nosql -U sa -P @P3@ -Q "select 1"\n',
        'on run\n  tell application "Terminal" to do script "x"\n  do shell script "reboot" user name "@U@" password "@P@" with administrator privileges\nend run\n',
        'spawn ssh @U@@@H@\nexpect "password:"\nsend "@P@\\r"\nset pass "@P2@"\n',
        'Set conn = CreateObject("ADODB.Connection")\nconn.Open "Provider=SQLOLEDB;Data Source=@H@;User ID=@U@;Password=@P@;"\nSheet1.Unprotect Password:="@P2@"\n',
    ),
}
