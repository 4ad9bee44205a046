// The file that VS Code loads when it starts, small because every other extension waits for it, and two that it loads when they are needed:
// the language client and the Markdown. `--tests`: also the unit tests, which run without an editor.
import { build } from 'esbuild';
import { readdirSync } from 'node:fs';

const common = { bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning' };
const later = { 'vscode-languageclient/node': './client.js', './markdown': './markdown.js' };
const apart = {
  name: 'apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /.*/ }, ({ path, kind }) =>
      kind === 'dynamic-import' && path in later ? { path: later[path], external: true } : undefined,
    ),
};
await build({
  ...common,
  entryPoints: { extension: 'src/extension.ts', client: 'vscode-languageclient/node', markdown: 'src/markdown.ts' },
  outdir: 'dist',
  external: ['vscode'],
  plugins: [apart],
  // As `require`: an older VS Code's extension host knows no `import()`.
  supported: { 'dynamic-import': false },
  minify: true,
  legalComments: 'none',
});
if (process.argv.includes('--tests')) {
  const entryPoints = readdirSync('test').filter((name) => name.endsWith('.test.ts')).map((name) => `test/${name}`);
  await build({ ...common, entryPoints, outdir: 'dist-test', external: ['vscode'] });
}
