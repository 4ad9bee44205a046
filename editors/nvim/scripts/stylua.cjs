// node stylua.cjs PACKAGE --check|--write: StyLua over the Lua files below the working folder, with the settings of its .stylua.toml.
const fs = require('node:fs');
const path = require('node:path');

const [folder, mode] = process.argv.slice(2);
const stylua = require(path.join(folder, 'stylua_lib_node.cjs'));
const enums = { indent_type: stylua.IndentType, quote_style: stylua.QuoteStyle };

function settings() {
  const config = stylua.Config.new();
  for (const line of fs.readFileSync('.stylua.toml', 'utf8').trim().split('\n')) {
    const [, name, text] = /^(\w+) = (.+)$/.exec(line) ?? [];
    if (!name || !(name in config)) throw new Error(`.stylua.toml: StyLua has no setting in ${line}`);
    const value = JSON.parse(text);
    config[name] = enums[name] ? enums[name][value] : value;
    if (config[name] === undefined) throw new Error(`.stylua.toml: ${name} cannot be ${text}`);
  }
  return config;
}

let wrong = 0;
const files = fs.readdirSync('.', { recursive: true }).filter((name) => name.endsWith('.lua'));
for (const name of files.sort()) {
  const before = fs.readFileSync(name, 'utf8');
  // A configuration is used up by the call that it is given to.
  const after = stylua.formatCode(before, settings(), undefined, stylua.OutputVerification.Full);
  if (after === before) continue;
  wrong += 1;
  if (mode === '--write') fs.writeFileSync(name, after);
  console.log(`${mode === '--write' ? 'formatted' : 'not formatted'}: ${name}`);
}
if (files.length === 0) throw new Error('no Lua file is here');
console.log(`stylua: ${files.length} files, ${wrong} ${mode === '--write' ? 'formatted' : 'not formatted'}`);
process.exit(wrong && mode !== '--write' ? 1 : 0);
