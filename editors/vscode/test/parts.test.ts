import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editIn } from '../src/fence';
import { findServer, type Surroundings } from '../src/find';
import { followUp, KEPT } from '../src/followup';
import { firstBlock, render } from '../src/markdown';
import { placeOf } from '../src/place';
import { budgetOf } from '../src/room';
import { assemble, variables } from '../src/split';
import { backoffMs, isAtLeast } from '../src/version';
import type { UsageAnswer } from '../src/wire';

function around(there: string[], more: Partial<Surroundings> = {}): Surroundings {
  return {
    setting: '',
    trusted: true,
    folders: ['/w'],
    home: '/home/me',
    privateFolder: '/private',
    environment: { PATH: '/usr/bin:relative:/w/bin' },
    windows: false,
    isExecutable: (file) => there.includes(file),
    ...more,
  };
}

const ALL = ['/w/.venv/bin/grok-ls', '/home/me/.local/bin/grok-ls', '/usr/bin/grok-ls', '/private/bin/grok-ls'];

test('the workspace comes before tools, PATH and the private environment', () => {
  const origins = ALL.map((_, at) => findServer(around(ALL.slice(at))));
  assert.deepEqual(
    origins.map((found) => found && 'origin' in found && found.origin),
    ['workspace', 'tool', 'path', 'private'],
  );
});

test('an untrusted workspace gives no program, not even by PATH', () => {
  assert.equal(findServer(around(['/w/.venv/bin/grok-ls', '/w/bin/grok-ls'], { trusted: false })), undefined);
});

test('a setting that names nothing is said, and nothing else is run', () => {
  assert.deepEqual(findServer(around(ALL, { setting: '/gone/grok-ls' })), { missing: '/gone/grok-ls' });
});

test('a relative entry of PATH is not looked at', () => {
  assert.equal(findServer(around(['relative/grok-ls'])), undefined);
});

test('what only the machine may say never travels with what a workspace may say', () => {
  const { settings, machine } = assemble(
    [
      { name: 'baseUrl', user: 'https://mine', workspace: 'https://theirs', machineOnly: true },
      { name: 'model', user: 'a', workspace: 'b', machineOnly: false },
      { name: 'review', user: undefined, workspace: undefined, machineOnly: false },
    ],
    {},
  );
  assert.deepEqual(machine, { baseUrl: 'https://mine', model: 'a', actions: {} });
  assert.deepEqual(settings, { model: 'b' });
});

test("the user's own action of a name wins over ours", () => {
  const said = [{ name: 'actions', user: { tests: { title: 'Mine' } }, workspace: undefined, machineOnly: false }];
  const { machine } = assemble(said, { tests: { title: 'Ours' }, document: {} });
  assert.deepEqual(machine['actions'], { tests: { title: 'Mine' }, document: {} });
});

test("a workspace's actions travel as the workspace's", () => {
  const theirs = { tests: { title: 'Theirs' } };
  const said = [{ name: 'actions', user: undefined, workspace: theirs, machineOnly: false }];
  const { settings, machine } = assemble(said, { tests: { title: 'Ours' } });
  assert.deepEqual(machine['actions'], { tests: { title: 'Ours' } });
  assert.deepEqual(settings['actions'], theirs);
});

test('markdown of a model can neither run, load nor call anything', () => {
  const attacks = [
    '<script>alert(1)</script>',
    '[x](command:quit)',
    '[x](javascript:alert(1))',
    '[x](file:///etc/passwd)',
    '[x](/etc/passwd)',
    '[x](../../secret.txt)',
    '[x](vscode://a.b/c)',
    '[x](data:text/html,hi)',
    '<a href="command:quit">x</a>',
  ];
  for (const attack of attacks) {
    assert.doesNotMatch(render(attack), /<(script|img|a)\b/, attack);
  }
  assert.doesNotMatch(render('![x](https://e.com/x.png)'), /<img/); // a link that the user may follow
  assert.match(render('[x](https://docs.x.ai)'), /<a href="https:\/\/docs\.x\.ai">x<\/a>/);
  assert.doesNotMatch(render('```"><script>\nx\n```'), /<script/);
});

test('places lead into the workspace only', () => {
  assert.deepEqual(placeOf('src/app.py:12'), { file: 'src/app.py', line: 12 });
  assert.deepEqual(placeOf('app.py#L3-L9'), { file: 'app.py', line: 3 });
  for (const text of ['/etc/passwd.txt', '../a.py', 'a/../../b.py', 'https://a.b/c.py', 'C:\\a.py', 'word']) {
    assert.equal(placeOf(text), undefined, text);
  }
});

test('generated tests are the first code block', () => {
  assert.deepEqual(firstBlock('Here:\n\n```ts\na\n```\n\n```js\nb\n```\n'), { code: 'a\n', language: 'ts' });
});

test('versions compare by number', () => {
  assert.ok(isAtLeast('0.10.0', '0.9.9') && isAtLeast('1.0.0.dev1', '1.0.0') && !isAtLeast('0.0.9', '0.1.0'));
});

test('a server that keeps stopping is given up after ever longer waits', () => {
  assert.deepEqual([1, 2, 3, 4, 5, 6].map(backoffMs), [1000, 2000, 4000, 8000, 16_000, undefined]);
});

test('a follow-up takes the earlier exchange along, cut to a bound', () => {
  const short = followUp('Why?', { question: '', answer: ' Because.\n' });
  assert.equal(short, 'Earlier question: Explain this code.\n\nEarlier answer:\nBecause.\n\nQuestion now: Why?');
  const long = followUp('Why?', { question: 'What is it?', answer: '😀'.repeat(KEPT + 5) });
  assert.ok(long.startsWith('Earlier question: What is it?\n'));
  assert.ok(long.includes(`Earlier answer, its first ${KEPT} characters:\n${'😀'.repeat(KEPT)}\n\nQuestion now: Why?`));
  assert.equal(followUp('Why?', { question: '', answer: '\n' }), 'Why?');
});

test('a request that does not fit is no used up budget, and more room ends the warning', () => {
  const used = (sessionTokens: number, todayUsd = 0, limit = 100): UsageAnswer => ({
    session: { tokens: sessionTokens, limit, remaining: limit ? limit - sessionTokens : null, costUsd: 0 },
    today: { costUsd: todayUsd, limit: 1 },
    jobs: [],
    breaker: 'closed',
  });
  assert.equal(budgetOf(used(40), undefined), 'open');
  assert.equal(budgetOf(used(40), used(40)), 'tooSmall');
  assert.equal(budgetOf(used(0), used(40)), 'open');
  assert.equal(budgetOf(used(40, 0, 500), used(40)), 'open');
  assert.equal(budgetOf(used(40, 0, 0), used(40)), 'open');
  assert.equal(budgetOf(used(100), undefined), 'usedUp');
  assert.equal(budgetOf(used(5, 1), undefined), 'usedUp');
});

test('what uv or pipx installed is found in the folders that their variables name, before the usual one', () => {
  const bins = { UV_TOOL_BIN_DIR: '/uv', PIPX_BIN_DIR: '/pipx', XDG_BIN_HOME: '/xdg' };
  const there = ['/uv/grok-ls', '/pipx/grok-ls', '/xdg/grok-ls', '/home/me/.local/bin/grok-ls'];
  const found = there.map((_, at) => findServer(around(there.slice(at), { environment: bins })));
  assert.deepEqual(found, there.map((command) => ({ command, origin: 'tool' })));
  assert.equal(findServer(around(['/uv/grok-ls'], { environment: {} })), undefined);
});

test('of an answer in the making only the edit is shown, and the words before it only until it begins', () => {
  assert.equal(editIn('A number is no text.\n'), 'A number is no text.\n');
  assert.equal(editIn('Words.\n\n```diff\n--- a/x\n'), '--- a/x\n');
  assert.equal(editIn('Words.\n\n```diff\n-a\n+b\n```\nMore words.\n'), '-a\n+b');
  assert.equal(editIn('```ts\na\n```\n\nand\n\n```ts\nb\n```'), 'a\nb');
  assert.equal(editIn('````md\n```ts\na\n```\n````\n'), '```ts\na\n```');
  assert.equal(editIn('~~~diff\n ```\n+a\n'), ' ```\n+a\n');
  assert.equal(editIn('Use `a` here'), 'Use `a` here');
  assert.equal(editIn('```'), '');
});

test("the command line gets the user's settings by the names and in the form that it reads", () => {
  const machine = { baseUrl: 'http://h/v1', 'budget.dailyUsd': 2.5, 'cache.ttlHours': 1, fallbacks: [{ model: 'm' }], reasoningEffort: null };
  assert.deepEqual(variables(machine), {
    GROK_LS_BASE_URL: 'http://h/v1',
    GROK_LS_BUDGET_DAILY_USD: '2.5',
    GROK_LS_CACHE_TTL_HOURS: '1',
    GROK_LS_FALLBACKS: '[{"model":"m"}]',
    GROK_LS_REASONING_EFFORT: 'null',
  });
});
