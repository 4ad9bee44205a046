/** The key: in the system's secret storage, and in the environment of the server; nowhere else. */

import * as vscode from 'vscode';

const NAME = 'grok.apiKey';

export class Key {
  constructor(private readonly secrets: vscode.SecretStorage) {}

  get(): Thenable<string | undefined> {
    return this.secrets.get(NAME);
  }

  /** True when a new key was stored. */
  async ask(): Promise<boolean> {
    const key = await vscode.window.showInputBox({
      title: vscode.l10n.t('Grok: Set API Key'),
      prompt: vscode.l10n.t('From console.x.ai. Kept in the secret storage of your system, never in settings or logs.'),
      placeHolder: 'xai-…',
      password: true,
      ignoreFocusOut: true,
      validateInput: (value) =>
        /\s/.test(value.trim()) ? vscode.l10n.t('A key has no spaces in it; paste the key alone.') : undefined,
    });
    if (!key?.trim()) {
      return false;
    }
    await this.secrets.store(NAME, key.trim());
    return true;
  }

  remove(): Thenable<void> {
    return this.secrets.delete(NAME);
  }

  onChange(then: () => void): vscode.Disposable {
    return this.secrets.onDidChange((event) => {
      if (event.key === NAME) {
        then();
      }
    });
  }
}
