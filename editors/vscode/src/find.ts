/**
 * Where the server is. The order: the user's setting, the workspace's virtual environment (trusted workspaces only: it is a program of
 * the repository), what `uv tool install` or `pipx install` installed, PATH, and last the private environment that *Install* makes.
 */

import * as path from 'node:path';

export type Origin = 'setting' | 'workspace' | 'tool' | 'path' | 'private';

export interface Found {
  command: string;
  origin: Origin;
}

export interface Surroundings {
  setting: string;
  trusted: boolean;
  folders: readonly string[];
  home: string;
  privateFolder: string;
  environment: Readonly<Record<string, string | undefined>>;
  windows: boolean;
  isExecutable: (file: string) => boolean;
}

/** The first that is there. A setting that names nothing is an answer too: falling back would run something else than was asked for. */
export function findServer(around: Surroundings): Found | { missing: string } | undefined {
  if (around.setting) {
    const command = expanded(around.setting, around.home);
    const file = path.isAbsolute(command) ? command : onPath(around, command);
    return file !== undefined && around.isExecutable(file) ? { command: file, origin: 'setting' } : { missing: command };
  }
  for (const [origin, file] of candidates(around)) {
    if (around.isExecutable(file)) {
      return { command: file, origin };
    }
  }
  return undefined;
}

export function executableIn(environment: string, windows: boolean, name = 'grok-ls'): string {
  return windows ? path.join(environment, 'Scripts', `${name}.exe`) : path.join(environment, 'bin', name);
}

function* candidates(around: Surroundings): Generator<[Origin, string]> {
  const { environment, windows, home } = around;
  if (around.trusted) {
    for (const folder of around.folders) {
      for (const name of ['.venv', 'venv', '.env']) {
        yield ['workspace', executableIn(path.join(folder, name), windows)];
      }
    }
  }
  const name = windows ? 'grok-ls.exe' : 'grok-ls';
  const bins = [environment['UV_TOOL_BIN_DIR'], environment['PIPX_BIN_DIR'], environment['XDG_BIN_HOME']];
  for (const bin of [...bins, path.join(home, '.local', 'bin')]) {
    if (bin) {
      yield ['tool', path.join(bin, name)];
    }
  }
  const there = onPath(around, 'grok-ls');
  if (there !== undefined) {
    yield ['path', there];
  }
  yield ['private', executableIn(around.privateFolder, windows)];
}

/** Absolute entries of PATH only: a relative one would be looked up in whatever folder is open. */
function onPath(around: Surroundings, command: string): string | undefined {
  const file = around.windows && !command.endsWith('.exe') ? `${command}.exe` : command;
  const value = around.environment['PATH'] ?? around.environment['Path'] ?? '';
  return value
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .filter((folder) => around.trusted || !around.folders.some((root) => isInside(folder, root)))
    .map((folder) => path.join(folder, file))
    .find((candidate) => around.isExecutable(candidate));
}

function isInside(folder: string, root: string): boolean {
  const relative = path.relative(root, folder);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}

function expanded(command: string, home: string): string {
  return command.startsWith('~/') ? path.join(home, command.slice(2)) : command;
}
