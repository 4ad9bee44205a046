"""Small files of languages and tools that the other corpora leave out; the marks are those of ``seventh.documents``."""

from __future__ import annotations

CODE: dict[str, tuple[str, ...]] = {
    "objective_c": (
        '#import "Api.h"\n\nstatic NSString *const kPassword = @"@P@";\n\n- (void)login {\n    [self.client loginWithUser:@"@U@" password:@"@P2@"];\n    [request setValue:@"@K@" forHTTPHeaderField:@"X-Api-Key"];\n}\n',
    ),
    "fsharp_vb": (
        'let password = "@P@"\nlet conn = new SqlConnection(sprintf "Server=@H@;User=@U@;Password=@P2@")\n',
        'Dim strPassword As String = "@P@"\nConst ApiKey = "@K@"\nws.Unprotect Password:="@P2@"\n',
    ),
    "clojure_lisp": (
        '(def db {:user "@U@" :password "@P@"})\n(defn token [] "@K@")\n',
        '(setq smtpmail-auth-credentials \'(("@H@" 587 "@U@" "@P@")))\n(setq my-password "@P2@")\n',
    ),
    "haskell_ocaml": (
        'connInfo = defaultConnectInfo { connectUser = "@U@", connectPassword = "@P@" }\n\napiKey :: Text\napiKey = "@K@"\n',
        'let password = "@P@"\nlet () = Ftp.login conn ~user:"@U@" ~password:"@P2@"\n',
    ),
    "erlang": (
        '-define(PASSWORD, "@P@").\nconnect() -> epgsql:connect("@H@", "@U@", "@P2@", #{database => "@W@"}).\n',
    ),
    "julia_matlab": (
        'conn = LibPQ.Connection("host=@H@ user=@U@ password=@P@")\nconst SECRET = "@K@"\n',
        "conn = database('@W@', '@U@', '@P@');\npassword = '@P2@';\n",
    ),
    "nix": (
        '{ config, ... }: {\n  users.users.@W@.initialPassword = "@P@";\n  services.postgresql.initialScript = "ALTER USER @W@ PASSWORD \'@P2@\';";\n}\n',
    ),
    "solidity_tools": (
        'module.exports = {\n  networks: { sepolia: { url: "https://rpc.lan", accounts: ["0x@Z@"] } },\n  etherscan: { apiKey: "@K@" },\n};\n',
    ),
    "graphql": (
        'mutation {\n  login(email: "x", password: "@P@") { token }\n}\n',
        '{"query": "mutation { signIn(user: \\"@U@\\", password: \\"@P@\\") { id } }"}\n',
    ),
    "assembly_of_strings": (
        'pw = bytes([0x41]) + b"@P@"\npassword = b"@P2@".decode()\nsecret = "@K@".encode("utf-8")\n',
        "const password = Buffer.from('@P@');\nconst pass2 = `@P2@`;\nconst key = String.raw`@K@`;\n",
    ),
    "dataclass_defaults": (
        '@dataclass\nclass Config:\n    user: str = "@U@"\n    password: str = field(default="@P@")\n    api_key: SecretStr = SecretStr("@K@")\n',
        'class Settings(BaseSettings):\n    db_password: str = Field("@P@", env="DB_PASSWORD")\n    redis_password: Optional[str] = "@P2@"\n',
    ),
    "annotations": (
        '@Value("${db.password:@P@}")\nprivate String password;\n\n@DataSourceDefinition(name = "x", user = "@U@", password = "@P2@")\npublic class Db {}\n',
        '[Theory]\n[InlineData("@U@", "@P@")]\npublic void Login(string user, string password) { }\n',
    ),
    "ternary_defaults": (
        "const password = isProd ? process.env.PW : '@P@';\nlet token = opts.token ? opts.token : \"@K@\";\n",
        'password := cmp.Or(os.Getenv("PW"), "@P@")\nif pw == "" {\n\tpw = "@P2@"\n}\n',
    ),
    "return_values": (
        'def get_password(self):\n    return "@P@"\n\nget_token = lambda: "@K@"\n',
        "function password() { return '@P@'; }\nconst getSecret = () => '@K@';\n",
        'public String getPassword() {\n    return "@P@";\n}\n',
    ),
    "switch_by_stage": (
        'match stage {\n    "prod" => password = "@P@",\n    _ => password = "@P2@",\n}\n',
        "const passwords = {\n  dev: '@P@',\n  prod: '@P2@',\n};\n",
        'PASSWORDS = {"dev": "@P@", "prod": "@P2@"}\npassword = PASSWORDS[stage]\n',
    ),
    "mocks": (
        "jest.spyOn(config, 'get').mockReturnValue({ password: '@P@' });\nnock('https://x').post('/login', { user: '@U@', password: '@P2@' }).reply(200);\n",
        'when(repo.find("@U@")).thenReturn(new Account("@U@", "@P@"));\nwith patch.dict(os.environ, {"DB_PASSWORD": "@P2@"}):\n    pass\n',
    ),
    "asserts": (
        'assert decrypt(box) == "@P@"  # the password\nassertEquals("@P2@", config.getPassword());\nexpect(config.dbPassword).toEqual("@P3@");\n',
    ),
    "multi_assign": (
        'user, password = "@U@", "@P@"\nhost, db_user, db_pass = "@H@", "@U@", "@P2@"\n',
        "let [user, pass] = ['@U@', '@P@'];\n",
        'username, password := "@U@", "@P@"\n',
    ),
    "string_formats": (
        'dsn = "postgresql://{}:{}@{}/x".format("@U@", "@P@", host)\nurl = "mysql://%s:%s@db/x" % ("@U@", "@P2@")\n',
        'var url = String.format("https://%s:%s@host/", "@U@", "@P@");\n',
    ),
    "command_in_code": (
        'subprocess.run(["mysql", "-u", "@U@", "-p@P@"])\nos.system("sshpass -p @P2@ ssh root@@H@")\n',
        "exec(`pg_dump postgres://@U@:@P@@@H@/db`);\nspawn('redis-cli', ['-a', '@P2@']);\n",
    ),
}

TOOLS: dict[str, tuple[str, ...]] = {
    "cloudformation": (
        "Parameters:\n  DBPassword:\n    Type: String\n    Default: @P@\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUsername: @U@\n      MasterUserPassword: @P2@\n",
    ),
    "bicep_arm": (
        "param adminUser string = '@U@'\n@secure()\nparam adminPassword string = '@P@'\n",
        '{"parameters": {"administratorLoginPassword": {"value": "@P@"}, "sasToken": {"value": "@K@"}}}\n',
    ),
    "pulumi_cdk": (
        'new aws.rds.Instance("@W@", {\n  username: "@U@",\n  password: "@P@",\n});\nconst secret = SecretValue.unsafePlainText("@P2@");\n',
    ),
    "vagrant_packer": (
        'Vagrant.configure("2") do |config|\n  config.ssh.password = "@P@"\nend\n',
        '{"builders": [{"type": "vmware-iso", "ssh_username": "@U@", "ssh_password": "@P@"}]}\n',
    ),
    "chef_puppet_salt": (
        "default['mysql']['root_password'] = '@P@'\n",
        "class { 'postgresql::server':\n  postgres_password => '@P@',\n}\nmysql::db { '@W@':\n  user     => '@U@',\n  password => '@P2@',\n}\n",
        "mysql:\n  server:\n    root_password: '@P@'\n  user:\n    @W@:\n      password: @P2@\n",
    ),
    "systemd_supervisor": (
        '[Service]\nEnvironment=DB_PASSWORD=@P@\nEnvironment="API_KEY=@K@" LANG=C\nExecStart=/usr/bin/@W@ --password @P2@\n',
        '[program:@W@]\ncommand=/srv/run --db-pass=@P@\nenvironment=DB_PASS="@P2@",LANG="C"\n',
    ),
    "cron_and_make": (
        "MAILTO=ops\n0 3 * * * PGPASSWORD=@P@ pg_dump -U @U@ x > /b/x.sql\n5 3 * * * curl -u @U@:@P2@ https://@H@/ping\n",
        "DB_PASS := @P@\nexport TOKEN = @K@\n\nbackup:\n\tmysqldump -u@U@ -p@P2@ x > x.sql\n",
    ),
    "apache": (
        '<Location /admin>\n  AuthType Basic\n  AuthLDAPBindDN "cn=@U@,dc=lan"\n  AuthLDAPBindPassword "@P@"\n</Location>\nSetEnv DB_PASSWORD @P2@\nDBDParams "host=@H@ user=@U@ pass=@P3@"\n',
    ),
    "jenkins": (
        "<com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl>\n  <username>@U@</username>\n  <password>@P@</password>\n</com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl>\n",
        "credentials:\n  system:\n    domainCredentials:\n      - credentials:\n          - usernamePassword:\n              id: nexus\n              username: @U@\n              password: @P@\n          - string:\n              id: api\n              secret: @K@\n",
    ),
    "drone_travis": (
        "steps:\n  - name: publish\n    settings:\n      username: @U@\n      password: @P@\n      token: @K@\n",
        "env:\n  global:\n    - DB_PASSWORD=@P@\n    - API_TOKEN=@K@\ndeploy:\n  provider: npm\n  api_key: @X@\n",
    ),
    "sso_servers": (
        '{"realm": "@W@", "clients": [{"clientId": "web", "secret": "@K@"}], "users": [{"username": "@U@", "credentials": [{"type": "password", "value": "@P@"}]}]}\n',
        "identity_providers:\n  oidc:\n    hmac_secret: @K@\nauthentication_backend:\n  ldap:\n    password: @P@\n",
    ),
    "mobile": (
        'android {\n  signingConfigs {\n    create("release") {\n      storePassword = "@P@"\n      keyAlias = "up"\n      keyPassword = "@P2@"\n    }\n  }\n}\n',
        "RELEASE_STORE_PASSWORD=@P@\nRELEASE_KEY_PASSWORD=@P2@\nMYAPP_API_KEY=@K@\n",
        'match_password("@P@")\nENV["FASTLANE_PASSWORD"] = "@P2@"\n',
    ),
    "games_and_bots": (
        "server-port=25565\nrcon.password=@P@\nenable-rcon=true\n",
        "[bot]\nprefix = !\ntoken = @K@\n[lavalink]\npassword = @P@\n",
        'hostname "@W@"\nrcon_password "@P@"\nsv_password "@P2@"\n',
    ),
    "home_automation": (
        "mqtt:\n  broker: @H@\n  username: @U@\n  password: @P@\nalarm_control_panel:\n  - platform: manual\n    code: 482913\ncamera:\n  - platform: generic\n    stream_source: rtsp://@U@:@P2@@@H@/1\n",
    ),
    "office": (
        "Host\tUser\tPassword\tRemark\n@H@\t@U@\t@P@\tproduction\n",
        "Name;Login;Kennwort\nBerger;@U@;@P@\nLind;alind;@P2@\n",
    ),
    "latex_and_docs": (
        "\\section{Access}\nThe login is \\texttt{@U@} and the password \\texttt{@P@}.\n",
        ".. note::\n\n   Log in with ``@U@`` and the password ``@P@``.\n",
        "[NOTE]\n====\nUser: *@U@* +\nPassword: *@P@*\n====\n",
    ),
    "translated_notes": (
        "Логин: @U@\nПароль: @P@\n",
        "ユーザー名: @U@\nパスワード：@P@\n",
        "用户名：@U@\n密码：@P@\n",
        "Login: @U@\nHasło: @P@\n",
        "Användare: @U@\nLösenord: @P@\n",
        "Utente: @U@\nla password è @P@\n",
    ),
}
