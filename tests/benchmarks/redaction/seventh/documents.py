"""Documents as they lie around: reports, dumps, sessions, exports. ``@P@`` to ``@P4@`` are passwords, ``@K@`` a key of 32, ``@X@`` one in hexadecimal."""

from __future__ import annotations

REPORTS: dict[str, tuple[str, ...]] = {
    "postmortem": (
        "# Postmortem: @W@ outage, @T@\n\n## Timeline (UTC)\n\n* 09:12 pager goes off, @W@ returns 500\n* 09:20 Anna logs in to @H@ as root; the password from the wiki (@P@) no longer works\n* 09:41 we find that the migration had set it to @P2@\n* 10:02 traffic is back\n\n## Action items\n\n- rotate @P2@\n- put credentials into the vault\n",
        '# Incident 2026-@D@\n\nRoot cause: the job\'s service account still used the old password "@P@" after the rotation.\nWe verified by hand:\n\n    psql "host=@H@ user=@U@ password=@P@"\n    psql: FATAL: password authentication failed\n\nWith the new one (@P2@) the login worked at once.\n',
    ),
    "runbook": (
        "# Restarting the @W@ cluster\n\n1. ssh @U@@@H@ (password is in KeePass, currently @P@)\n2. sudo systemctl stop @W@\n3. Open https://@H@/admin, log in with admin and @P2@\n4. Click *Rebalance*\n",
        "## Backup restore\n\nThe archive is encrypted. Passphrase: @P@\n\n    gpg --batch --passphrase @P@ -d dump.gpg | pg_restore -d @W@\n\nThe database asks for a password; it's @P2@.\n",
    ),
    "onboarding": (
        'Welcome!\n\nHere is what you need on your first day:\n\n- Laptop PIN: ask IT\n- Wi-Fi: network "Kestrel-Office", password @P@\n- Jira: your e-mail address, initial password @P2@ (you will be asked to change it)\n- VPN: user @U@, secret @P3@\n',
        "| System | URL | Login | Kennwort |\n|---|---|---|---|\n| Jenkins | https://ci.lan | @U@ | @P@ |\n| Nexus | https://nexus.lan | admin | @P2@ |\n",
    ),
    "support_ticket": (
        "Ticket #@D@ - cannot sign in\n\nCustomer wrote:\n> I tried @U@ with @P@ and also with my old password @P2@ but it always says invalid.\n\nAgent: I have set a temporary one for you, @P3@. Please change it.\n",
        "Subject: Re: Re: account locked\n\nHi,\n\nmy login is @U@ and the pass is @P@ - can you try it yourself?\n\nThanks\n",
    ),
    "mail_thread": (
        "From: jan\nTo: anna\nSubject: access\n\nHi Anna,\n\ncould you send me the password for the staging DB?\n\n> Sure: @P@\n>\n> Anna\n\nThanks, and the one for the admin user?\n\n> That one is @P2@, unchanged since March.\n",
        "Hallo zusammen,\n\nab Montag gilt für den Fileserver ein neues Passwort: @P@\nDas alte (@P2@) wird am Freitag abgeschaltet.\n\nViele Grüße\n",
        "Bonjour,\n\nVoici vos identifiants : @U@ / @P@. Le mot de passe du wifi invité est désormais @P2@.\n\nCordialement\n",
    ),
    "chat_export": (
        '[{"user": "U1", "ts": "1760000@D@.1", "text": "anyone has the creds for grafana?"},\n {"user": "U2", "ts": "1760000@D@.2", "text": "admin / @P@"},\n {"user": "U1", "ts": "1760000@D@.3", "text": "thx. and the sa password of the sql box?"},\n {"user": "U2", "ts": "1760000@D@.4", "text": "should be @P2@"}]\n',
        "10:02 <jan> is the pw still @P@ ?\n10:03 <anna> no, since yesterday it's @P2@\n10:03 <jan> ok. i log in as @U@, right?\n10:05 <anna> yes\n",
    ),
    "code_review": (
        '**jan** commented on `src/@W@/db.py` line @D@\n\n> +    conn = connect(host, "@U@", "@P@")\n\nPlease do not commit the password. It is the same as on production (`@P2@`), isn\'t it?\n',
        "review: @N@\n- hard-coded password `@P@` in line @D@, move to the environment\n- rename @W@\n",
    ),
    "forum_question": (
        'I try to connect with JDBC and get ORA-01017.\n\n```java\nString url = "jdbc:oracle:thin:@@H@:1521:@W@";\nConnection c = DriverManager.getConnection(url, "@U@", "@P@");\n```\n\nIn SQL*Plus `sqlplus @U@/@P@@@W@` works. What am I doing wrong?\n',
        "Why does this fail?\n\n    import smtplib\n    s = smtplib.SMTP('@H@', 587)\n    s.starttls()\n    s.login('@U@', '@P@')\n\nsmtplib.SMTPAuthenticationError: (535, b'5.7.8 Username and Password not accepted')\n",
    ),
    "release_notes": (
        "## 2.@D@.0\n\n- The demo tenant's password changed from `@P@` to `@P2@`.\n- Faster @W@ export\n",
    ),
    "meeting_minutes": (
        "Minutes @T@\n\n3. Shared mailbox: Tom resets it, password will be @P@ from tomorrow.\n4. Door code stays.\n5. Printer admin: login admin, pw @P2@.\n",
    ),
}

SESSIONS: dict[str, tuple[str, ...]] = {
    "shell_history": (
        "cd /srv/@W@\nls -la\nexport PGPASSWORD=@P@\npsql -h @H@ -U @U@\nmysql -u@U@ -p@P2@ @W@\ngit status\ncurl -u @U@:@P3@ https://@H@/api\n",
        "  501  sudo su -\n  502  echo @P@ | sudo -S systemctl restart @W@\n  503  sshpass -p @P2@ scp a.tgz @U@@@H@:/tmp\n  504  export API_KEY=@K@\n",
        ": 1760000123:0;docker run -d -e POSTGRES_PASSWORD=@P@ -p 5432:5432 postgres:16\n: 1760000130:0;htpasswd -bc .htpasswd @U@ @P2@\n",
    ),
    "terminal_transcript": (
        "$ ssh @U@@@H@\n@U@@@H@'s password: @P@\nLast login: Mon\n$ sudo -i\n[sudo] password for @U@: @P@\n# exit\n",
        "$ passwd\nCurrent password: @P@\nNew password: @P2@\nRetype new password: @P2@\npasswd: password updated successfully\n",
        "mysql> CREATE USER '@W@'@'%' IDENTIFIED BY '@P@';\nQuery OK, 0 rows affected (0.01 sec)\nmysql> SET PASSWORD FOR 'root'@'localhost' = '@P2@';\n",
    ),
    "environment_dump": (
        "HOSTNAME=@W@-1\nHOME=/root\nLANG=C.UTF-8\nDB_PASS=@P@\nRABBITMQ_DEFAULT_PASS=@P2@\nJWT_SECRET=@K@\nPATH=/usr/bin:/bin\nLDAP_BIND_PW=@P3@\nSHLVL=1\n",
    ),
    "process_list": (
        "root       812  0.0  0.1  12345  6789 ?  Ss  10:00  0:00 /usr/sbin/sshd -D\n@W@     1203  0.3  2.1 912345 99000 ?  Sl  10:01  0:12 java -Xmx1g -Djavax.net.ssl.keyStorePassword=@P@ -jar @W@.jar --spring.datasource.password=@P2@\nmysql    1311  0.1  1.0 712345 45000 ?  Sl  10:01  0:03 mysqldump -u @U@ --password=@P3@ @W@\n",
    ),
    "docker_inspect": (
        '[\n    {\n        "Config": {\n            "Env": [\n                "PATH=/usr/local/bin",\n                "MYSQL_ROOT_PASSWORD=@P@",\n                "MYSQL_USER=@U@",\n                "SMTP_PASS=@P2@"\n            ],\n            "Cmd": ["redis-server", "--requirepass", "@P3@"]\n        }\n    }\n]\n',
    ),
    "kubectl_output": (
        "Name:         @W@-7d9f\nContainers:\n  app:\n    Environment:\n      DB_USER:      @U@\n      DB_PASSWORD:  @P@\n      LOG_LEVEL:    info\n      API_TOKEN:    @K@\n",
        'Error from server (BadRequest): secret "@W@" invalid: stringData[password]: "@P@"\n',
    ),
    "ci_log": (
        '2026-03-01T10:00:00Z ##[group]Run deploy\n2026-03-01T10:00:00Z env:\n2026-03-01T10:00:00Z   SQL_PASSWORD: @P@\n2026-03-01T10:00:01Z + helm upgrade @W@ chart --set db.password=@P2@ --set image.tag=1.@D@\n2026-03-01T10:00:02Z Release "@W@" has been upgraded.\n',
        "[Pipeline] sh\n+ curl -s -X POST https://@H@/login --data username=@U@ --data password=@P@\n+ ansible-playbook site.yml --extra-vars db_password=@P2@\n",
    ),
    "terraform_plan": (
        '  # aws_db_instance.@W@ will be updated in-place\n  ~ resource "aws_db_instance" "@W@" {\n        id                  = "@W@"\n      ~ password            = "@P@" -> "@P2@"\n        username            = "@U@"\n    }\n\nPlan: 0 to add, 1 to change, 0 to destroy.\n',
    ),
    "ansible_verbose": (
        'TASK [@W@ : create user] ***\nok: [@H@] => {"changed": false, "invocation": {"module_args": {"login_password": "@P@", "login_user": "@U@", "name": "@W@", "password": "@P2@", "state": "present"}}}\n',
    ),
    "python_session": (
        ">>> import ldap3\n>>> c = ldap3.Connection('@H@', 'cn=admin,dc=lan', '@P@')\n>>> c.bind()\nTrue\n>>> user.check_password('@P2@')\nFalse\n>>> settings.DATABASES['default']['PASSWORD']\n'@P3@'\n",
    ),
    "test_failure": (
        "    def test_login(client):\n>       r = client.post('/login', data={'user': '@U@', 'pass': '@P@'})\nE       assert 401 == 200\n\n----- Captured log call -----\nWARNING auth:auth.py:@D@ bad password '@P@' for @U@, expected '@P2@'\n",
    ),
    "crash_report": (
        'Exception in thread "main" com.kestrel.DbException: login failed\n    url=jdbc:postgresql://@H@/@W@?user=@U@&password=@P@\n    at com.kestrel.Db.open(Db.java:@D@)\nSystem properties:\n  http.proxyPassword = @P2@\n  java.version = 17.0.2\n',
        '{"exception": {"values": [{"type": "AuthError", "stacktrace": {"frames": [{"function": "login", "vars": {"self": "<Client>", "username": "\'@U@\'", "password": "\'@P@\'"}}]}}]}, "extra": {"argv": ["app", "--db-password", "@P2@"]}}\n',
    ),
    "pull_request_diff": (
        'diff --git a/config/prod.exs b/config/prod.exs\n@@ -@D@,7 +@D@,7 @@ config :@W@, Repo,\n   username: "@U@",\n-  password: "@P@",\n+  password: "@P2@",\n   pool_size: 10\n',
        "diff --git a/src/main/resources/application.yml b/src/main/resources/application.yml\n@@ -1,6 +1,6 @@\n spring:\n   datasource:\n     username: @U@\n-    password: @P@\n+    password: ${DB_PASSWORD:@P2@}\n",
    ),
    "http_archive": (
        '{"log": {"entries": [{"request": {"method": "POST", "url": "https://@H@/session", "headers": [{"name": "Cookie", "value": "sid=@K@"}], "postData": {"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "login", "value": "@U@"}, {"name": "password", "value": "@P@"}], "text": "login=@U@&password=@P@"}}}]}}\n',
    ),
}
