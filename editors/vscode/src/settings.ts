/**
 * The sole reader of `grok.*`. Splits what the user said (trusted, `machine`) from what may come from a workspace file
 * (`settings`), and keeps the settings that are only this extension's from the server.
 */

import * as vscode from 'vscode';
import { assemble, type Said, type ServerSettings } from './split';

const OURS = new Set(['server.path', 'server.package', 'livePreview', 'trace.server']);

interface Schema {
  contributes: { configuration: { properties: Record<string, { scope?: string }> } };
}

export class SettingsReader {
  /** Names of the server's settings (without `grok.`), and which of them only the user or machine may set. */
  private readonly names: string[];
  private readonly machineOnly: Set<string>;
  private started = '';

  constructor(manifest: unknown) {
    const properties = (manifest as Schema).contributes.configuration.properties;
    const short = (name: string): string => name.slice('grok.'.length);
    this.names = Object.keys(properties)
      .map(short)
      .filter((name) => !OURS.has(name));
    this.machineOnly = new Set(
      Object.entries(properties)
        .filter(([, schema]) => schema.scope === 'machine')
        .map(([name]) => short(name)),
    );
  }

  forServer(scope?: vscode.Uri): ServerSettings {
    const configuration = vscode.workspace.getConfiguration('grok', scope ?? null);
    const said: Said[] = this.names.map((name) => {
      const found = configuration.inspect(name);
      const workspace = found?.workspaceFolderValue ?? found?.workspaceValue;
      return {
        name,
        user: found?.globalValue,
        // VS Code does not report restricted values of an untrusted workspace here as unset, so the effective value decides.
        workspace: workspace === undefined ? undefined : configuration.get(name),
        machineOnly: this.machineOnly.has(name),
      };
    });
    return assemble(said, builtInActions());
  }

  /** For a server that starts: it learns the machine's values then and never again. */
  atStart(): ServerSettings {
    const found = this.forServer();
    this.started = JSON.stringify(found.machine);
    return found;
  }

  /** Whether a change needs a new server. */
  needsRestart(event: vscode.ConfigurationChangeEvent): boolean {
    return (
      event.affectsConfiguration('grok.server.path') ||
      (event.affectsConfiguration('grok') && JSON.stringify(this.forServer().machine) !== this.started)
    );
  }
}

/** Two actions that this extension adds by way of `grok.actions`; the user's own of the same name win. */
function builtInActions(): Record<string, object> {
  return {
    document: {
      title: vscode.l10n.t('Grok: Document'),
      kind: 'refactor.rewrite.grok',
      when: 'definition',
      instruction:
        'Add or complete the documentation comments of this code in the convention of its language and of the file. ' +
        'Say what a reader cannot see from the code. Change nothing but comments.',
    },
    tests: {
      title: vscode.l10n.t('Grok: Generate Tests'),
      kind: 'grok.tests',
      when: 'definition',
      result: 'explain',
      instruction:
        'Write unit tests for this code with the test library that the project uses, or the usual one of the language. ' +
        'Cover the edges. Answer with exactly one fenced code block that holds a whole test file, and nothing else.',
    },
  };
}

export function serverPath(): string {
  return vscode.workspace.getConfiguration('grok').get('server.path', '').trim();
}

export function packageToInstall(): string {
  return vscode.workspace.getConfiguration('grok').get('server.package', '').trim() || 'grok-ls';
}

export function keyVariable(): string {
  const name = vscode.workspace.getConfiguration('grok').get('apiKeyEnv', 'XAI_API_KEY').trim();
  return name || 'XAI_API_KEY';
}

export function wantsLivePreview(): boolean {
  return vscode.workspace.getConfiguration('grok').get('livePreview', true);
}
