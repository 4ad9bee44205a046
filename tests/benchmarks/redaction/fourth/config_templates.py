"""How developers write a secret into configuration, scripts, documents and logs; placeholders as in `code_templates`.

`«B»` is the value as that format needs it without quotes (quoted only if the format would misread it otherwise).
"""

from __future__ import annotations

SHELL = (
    'export «UP»="«V»"',
    "export «UP»='«V»'",
    "export «UP»=«B»",
    "«UP»=«B»",
    "«snake»='«V»'",
    ': "${«UP»:=«V»}"',
    '«UP»="${«UP»:-«V»}"',
    "«UP»=«B» ./run.sh --verbose",
    'docker run -d --name app -e STAGE=prod -e «UP»="«V»" -p 8080:80 acme/app:1.4',
    "docker run --rm --env «UP»=«B» acme/app",
    "docker build --build-arg «UP»=«B» -t acme/app .",
    "deployctl --region eu --«kebab» «B» --yes",
    "deployctl --«kebab»=«B»",
    "deployctl --«kebab» '«V»' \\\n  --verbose",
    "kubectl create secret generic app --from-literal=«kebab»=«B»",
    "vault kv put secret/app «snake»=«B»",
    "aws ssm put-parameter --name /app/«kebab» --value '«V»' --type SecureString",
    "gh secret set «UP» --body '«V»'",
    "heroku config:set «UP»=«B» -a acme",
    "helm upgrade app ./chart --set app.«camel»=«B»",
    "curl -s -H 'X-«title-kebab»: «V»' https://«host»/v1/items",
    'curl -X POST "https://«host»/v1/login" -d "user=«user»&«snake»=«V»"',
    'curl -d \'{"«camel»": "«V»"}\' https://«host»/v1/items',
    'curl "https://«host»/v1/items?«snake»=«V»&page=2"',
    "cat > .env <<EOT\nSTAGE=prod\n«UP»=«V»\nEOT",
    'cat <<JSON > config.json\n{"host": "«host»", "«camel»": "«V»"}\nJSON',
    "echo '«V»' | deployctl login --«kebab»-stdin",
    'echo "«UP»=«V»" >> "$GITHUB_ENV"',
    "declare -r «UP»='«V»'",
    "readonly «UP»=«B»",
    "set -gx «UP» '«V»'",
    "sed -i 's/^«UP»=.*/«UP»=«V»/' .env",
    "# export «UP»=«V»",
    'if [ "$«UP»" = "«V»" ]; then',
    'printf "%s" "«V»" > /run/secrets/«snake»',
    "git config --global «flat».token «B»  # «title»",
    "ansible-playbook site.yml -e '«snake»=«V»'",
    "az login --service-principal -u app --«kebab» '«V»'",
)

POWERSHELL = (
    '$«camel» = "«V»"',
    '$env:«UP» = "«V»"',
    "$«Pascal» = ConvertTo-SecureString '«V»' -AsPlainText -Force",
    '@{ Host = "«host»"; «Pascal» = "«V»" }',
    'Connect-Service -Server «host» -«Pascal» "«V»"',
    '[Environment]::SetEnvironmentVariable("«UP»", "«V»", "Machine")',
    "[string]$«Pascal» = '«V»'",
    "set «UP»=«V»",
    'setx «UP» "«V»"',
)

YAML = (
    "«snake»: «B»",
    '«camel»: "«V»"',
    "«kebab»: '«V»'",
    "service:\n  host: «host»\n  «snake»: «B»\n  retries: 3",
    "services:\n  app:\n    image: acme/app:1.4\n    environment:\n      STAGE: prod\n      «UP»: «B»",
    "services:\n  app:\n    environment:\n      - STAGE=prod\n      - «UP»=«V»",
    '    environment:\n      - "«UP»=«V»"',
    "env:\n  - name: STAGE\n    value: prod\n  - name: «UP»\n    value: «B»",
    'env:\n  - name: «UP»\n    value: "«V»"',
    "- { name: «UP», value: '«V»' }",
    "env:\n  «UP»: «B»\nsteps:\n  - run: make deploy",
    "steps:\n  - run: ./deploy.sh\n    env:\n      «UP»: '«V»'",
    "      - uses: acme/deploy@v2\n        with:\n          region: eu\n          «kebab»: «B»",
    'variables:\n  «UP»: "«V»"',
    "script:\n  - export «UP»=«V»\n  - make",
    "stringData:\n  «kebab»: «B»",
    "«snake»: >-\n  «V»",
    "«snake»: |\n  «V»",
    'app: {host: «host», «snake»: "«V»"}',
    "spring:\n  datasource:\n    url: jdbc:postgresql://«host»/app\n    «kebab»: «B»",
    '- name: log in\n  uri:\n    url: https://«host»/login\n    body: "user=«user»&«snake»=«V»"',
    'args: ["--«kebab»", "«V»"]',
    'command: ["sh", "-c", "deployctl --«kebab»=«V»"]',
    "# «snake»: «V»",
    "«UP»: !ENV ${«UP»:«V»}",
    "«snake»: &anchor «B»",
    "parameters:\n  «Pascal»:\n    Type: String\n    Default: «B»",
    "x-api:\n  auth:\n    type: «kebab»\n    value: «B»",
)

JSON = (
    '  "«camel»": "«V»",',
    '{\n  "host": "«host»",\n  "«snake»": "«V»",\n  "retries": 3\n}',
    '{"«kebab»":"«V»","stage":"prod"}',
    '"env": {\n  "STAGE": "prod",\n  "«UP»": "«V»"\n}',
    '{"name": "«UP»", "value": "«V»"}',
    '{ "key": "«snake»", "value": "«V»", "enabled": true }',
    '{\n  "name": "«camel»",\n  "type": "string",\n  "value": "«V»"\n}',
    '"Service": {\n  "Url": "https://«host»",\n  "«Pascal»": "«V»"\n}',
    '"args": ["--«kebab»", "«V»", "--yes"]',
    '"scripts": { "deploy": "«UP»=«V» node deploy.js" }',
    '"body": "{\\"«camel»\\":\\"«V»\\",\\"page\\":1}"',
    '"ParameterKey": "«Pascal»", "ParameterValue": "«V»"',
    '"outputs": { "«snake»": { "value": "«V»", "type": "string", "sensitive": true } }',
    '"«title»": "«V»"',
    '"headers": [{"name": "X-«title-kebab»", "value": "«V»"}]',
    '"source": ["import os\\n", "os.environ[\\"«UP»\\"] = \\"«V»\\"\\n"]',
)

INI = (
    "«snake» = «V»",
    "«snake»=«V»",
    "«UP» = «V»",
    "[service]\nhost = «host»\n«snake» = «V»\nretries = 3",
    "[«host»]\nusername = «user»\n«snake»: «V»",
    "; «snake» = «V»",
    'Environment="«UP»=«V»"',
    "Environment=STAGE=prod «UP»=«V»",
    'environment=STAGE="prod",«UP»="«V»"',
)

PROPERTIES = (
    "«dotted»=«V»",
    "«dotted» = «V»",
    "«dotted»: «V»",
    "app.service.«camel»=«V»",
    "spring.datasource.«kebab»=«V»",
    "«UP»=«V»",
    "#«dotted»=«V»",
    "systemProp.«dotted»=«V»",
)

TOML = (
    '«snake» = "«V»"',
    "«kebab» = '«V»'",
    '[service]\nhost = "«host»"\n«snake» = "«V»"',
    'env = { STAGE = "prod", «UP» = "«V»" }',
    '[env]\n«UP» = "«V»"',
    '"«snake»" = "«V»"',
    '«snake» = """«V»"""',
)

DOTENV = (
    "«UP»=«B»",
    '«UP»="«V»"',
    "«UP»='«V»'",
    "export «UP»=«B»",
    "# «UP»=«V»",
    "«UP»=«V» # rotate in march",
    "VITE_«UP»=«B»",
    "REACT_APP_«UP»=«V»",
)

XML = (
    "<«camel»>«V»</«camel»>",
    "<«kebab»>«V»</«kebab»>",
    '<add key="«Pascal»" value="«V»" />',
    '<property name="«camel»" value="«V»"/>',
    "<property>\n  <name>«dotted»</name>\n  <value>«V»</value>\n</property>",
    '<entry key="«dotted»">«V»</entry>',
    '<string name="«snake»">«V»</string>',
    '<connection host="«host»" «camel»="«V»"/>',
    "<key>«camel»</key>\n<string>«V»</string>",
    "<server>\n  <id>releases</id>\n  <username>«user»</username>\n  <«camel»>«V»</«camel»>\n</server>",
    '<meta-data android:name="«dotted»" android:value="«V»" />',
    '<setting name="«Pascal»" serializeAs="String">\n  <value>«V»</value>\n</setting>',
    '<input type="hidden" name="«snake»" value="«V»">',
    '<env name="«UP»" value="«V»"/>',
    "<!-- «camel»: «V» -->",
    '<param name="«kebab»"><![CDATA[«V»]]></param>',
    '<option name="«UP»" value="«V»" />',
    '<meta name="«kebab»" content="«V»">',
)

TERRAFORM = (
    '  «snake» = "«V»"',
    'variable "«snake»" {\n  type    = string\n  default = "«V»"\n}',
    'provider "acme" {\n  region = "eu"\n  «snake» = "«V»"\n}',
    'environment {\n  variables = {\n    STAGE = "prod"\n    «UP» = "«V»"\n  }\n}',
    'set_sensitive {\n  name  = "app.«camel»"\n  value = "«V»"\n}',
    'resource "aws_ssm_parameter" "«snake»" {\n  name  = "/app/«kebab»"\n  type  = "SecureString"\n  value = "«V»"\n}',
    "user_data = <<-EOT\n  #!/bin/bash\n  export «UP»=«V»\nEOT",
    '{ name = "«UP»", value = "«V»" },',
    'locals {\n  «snake» = "«V»"\n}',
)

DOCKERFILE = (
    "ENV «UP»=«B»",
    "ENV «UP» «V»",
    'ENV STAGE=prod \\\n    «UP»="«V»"',
    "ARG «UP»=«B»",
    "RUN export «UP»=«B» && make",
    "RUN deployctl login --«kebab» «B»",
    'CMD ["server", "--«kebab»", "«V»"]',
    'LABEL «dotted»="«V»"',
)

SQL = (
    "INSERT INTO settings (name, value) VALUES ('«snake»', '«V»');",
    "UPDATE settings SET value = '«V»' WHERE name = '«snake»';",
    "UPDATE accounts SET «snake» = '«V»' WHERE id = 4;",
    "SET app.«snake» = '«V»';",
    "-- «title»: «V»",
    "INSERT INTO accounts (id, login, «snake») VALUES (7, '«user»', '«V»');",
    "SELECT * FROM accounts WHERE login = '«user»' AND «snake» = '«V»';",
    "DECLARE @«Pascal» nvarchar(200) = N'«V»';",
    "CREATE CREDENTIAL app WITH IDENTITY = '«user»', SECRET = '«V»'; -- «title»",
    "OPTIONS (user '«user»', «snake» '«V»')",
)

MAKE = ("«UP» := «V»", "«UP» ?= «V»", "export «UP» = «V»", "\tdeployctl --«kebab» «V»")

NGINX = (
    'proxy_set_header X-«title-kebab» "«V»";',
    "fastcgi_param «UP» «V»;",
    "env «UP»=«V»;",
    'set $«snake» "«V»";',
    "SetEnv «UP» «V»",
    'RequestHeader set X-«title-kebab» "«V»"',
)

DOCUMENT = (
    "- **«title»**: `«V»`",
    "| «title» | `«V»` |",
    "«title»: «V»",
    "The «title» is `«V»`, please do not commit it.",
    "    «UP»=«V»",
    "```sh\nexport «UP»=«V»\n```",
    "<td>«title»</td><td>«V»</td>",
    "|«title»|«V»|",
    "1. Set «UP» to «V»",
    "* «title» — «V»",
)

LOG = (
    "2026-03-02 11:42:09,114 DEBUG [main] config: «snake»=«V»",
    '2026-03-02T11:42:09Z INFO  loaded {"«camel»":"«V»","stage":"prod"}',
    "Caused by: java.lang.IllegalStateException: bad «camel» '«V»'",
    "ValueError: invalid «title»: '«V»'",
    'level=info msg="request" «snake»=«V» status=401',
    "[11:42:09] GET /v1/items?«snake»=«V> 403".replace("«V>", "«V»"),
    "+ deployctl login --«kebab» «V»",
    '    raise AuthError(f"rejected «snake»=«V»")',
    "Config(host='«host»', «snake»='«V»', retries=3)",
    "Mar  2 11:42:09 web1 app[211]: X-«title-kebab»: «V»",
    "DEBUG request headers: {'X-«title-kebab»': '«V»', 'Accept': '*/*'}",
)

HTTP = (
    "GET /v1/items HTTP/1.1\nHost: «host»\nX-«title-kebab»: «V»",
    "@«camel» = «V»\n\n### list\nGET https://«host»/v1/items",
    "POST https://«host»/login\nContent-Type: application/x-www-form-urlencoded\n\nuser=«user»&«snake»=«V»",
    'POST https://«host»/login\nContent-Type: application/json\n\n{"user": "«user»", "«camel»": "«V»"}',
)

CONFIG: dict[str, tuple[str, ...]] = {
    "shell": SHELL,
    "powershell": POWERSHELL,
    "yaml": YAML,
    "json": JSON,
    "ini": INI,
    "properties": PROPERTIES,
    "toml": TOML,
    "dotenv": DOTENV,
    "xml": XML,
    "terraform": TERRAFORM,
    "dockerfile": DOCKERFILE,
    "sql": SQL,
    "make": MAKE,
    "nginx": NGINX,
    "document": DOCUMENT,
    "log": LOG,
    "http": HTTP,
}

NAMELESS: dict[str, tuple[str, ...]] = {
    "python": (
        'client = connect("«host»", "«V»")',
        'ITEMS = ["«V»", "eu", 3]',
        "# seen in the wild: «V»",
        'run("«V»")',
        'x = "«V»"',
    ),
    "javascript": (
        "connect('«host»', '«V»');",
        "const a = ['«V»', 'eu'];",
        "// «V»",
        "fetch(`https://«host»/x/«V»`);",
        "f({ a: '«V»' })",
    ),
    "java": ('Client c = new Client("«host»", "«V»");', 'List.of("«V»");', "/* «V» */"),
    "go": ('c := New("«host»", "«V»")', 'var xs = []string{"«V»"}'),
    "rust": ('let c = Client::new("«V»")?;', 'vec!["«V»"]'),
    "shell": ("./run.sh «V»", "echo «V»", "login «host» <<< '«V»'"),
    "yaml": ("- «V»", "value: «V»", "items: [«V», eu]"),
    "json": ('["«V»", 1]', '{"v": "«V»"}'),
    "log": ("2026-03-02 11:42:09 rejected: «V»", "unexpected value «V», giving up", "[debug] «V»"),
    "document": ("> try it with «V» and tell me", "(«V»)", "Someone pasted «V» into the chat."),
    "xml": ("<v>«V»</v>", '<item v="«V»"/>'),
    "sql": ("INSERT INTO t VALUES (1, '«V»');",),
}
