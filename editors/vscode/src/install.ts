/** Installs the server into a virtual environment of its own, below this extension's storage; nothing else is touched. */

import { execFile } from 'node:child_process';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { executableIn } from './find';

const PYTHONS = process.platform === 'win32' ? ['py', 'python'] : ['python3', 'python3.13', 'python3.12', 'python3.11', 'python'];
const IS_NEW_ENOUGH = 'import sys; sys.exit(sys.version_info < (3, 11))';

export function privateEnvironment(context: vscode.ExtensionContext): string {
  return path.join(context.globalStorageUri.fsPath, 'server');
}

/** True when the server is there afterwards. Every failure is said to the user here. */
export async function install(
  context: vscode.ExtensionContext,
  what: string,
  log: vscode.LogOutputChannel,
): Promise<boolean> {
  const title = vscode.l10n.t('Grok: installing {0}', what);
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, cancelled) => {
      const stop = new AbortController();
      cancelled.onCancellationRequested(() => stop.abort());
      const run = (command: string, ...args: string[]): Promise<void> => execute(command, args, log, stop.signal);
      const target = privateEnvironment(context);
      try {
        progress.report({ message: vscode.l10n.t('looking for Python 3.11 or newer') });
        const python = await findPython(run);
        progress.report({ message: vscode.l10n.t('making a private environment') });
        await fs.rm(target, { recursive: true, force: true });
        await fs.mkdir(path.dirname(target), { recursive: true });
        // -P: or else -m would run a venv.py of the folder that the editor was started in.
        await run(python, '-P', '-m', 'venv', target);
        progress.report({ message: vscode.l10n.t('fetching packages') });
        const inside = executableIn(target, process.platform === 'win32', 'python');
        await run(inside, '-P', '-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', what);
        return true;
      } catch (error) {
        await fs.rm(target, { recursive: true, force: true });
        if (!cancelled.isCancellationRequested) {
          const why = error instanceof Error ? (error.message.split('\n').at(-1) ?? '') : String(error);
          const show = vscode.l10n.t('Show Log');
          const told = vscode.l10n.t('grok-ls could not be installed: {0}', why);
          void vscode.window.showErrorMessage(told, show).then((choice) => {
            if (choice === show) {
              log.show();
            }
          });
        }
        return false;
      }
    },
  );
}

async function findPython(run: (command: string, ...args: string[]) => Promise<void>): Promise<string> {
  for (const python of PYTHONS) {
    try {
      await run(python, '-c', IS_NEW_ENOUGH);
      return python;
    } catch {
      continue;
    }
  }
  throw new Error(vscode.l10n.t('Python 3.11 or newer was not found on PATH; install it and try again.'));
}

function execute(command: string, args: string[], log: vscode.LogOutputChannel, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { signal, timeout: 600_000, windowsHide: true }, (error, stdout, stderr) => {
      log.info(`${command} ${args.join(' ')}\n${stdout}${stderr}`.trim());
      if (error) {
        reject(new Error(stderr.trim() || error.message));
      } else {
        resolve();
      }
    });
  });
}
