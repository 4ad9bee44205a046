/** Tokens and money by day, action and model: the server's own ledger as bars. No script runs in this view. */

import { execFile } from 'node:child_process';
import * as vscode from 'vscode';
import { money } from './wire';

interface Row {
  name: string;
  requests: number;
  cacheHits: number;
  errors: number;
  inputTokens: number | null;
  outputTokens: number | null;
  costUsd: number | null;
}

interface Report {
  by: string;
  rows: Row[];
  total: Row;
}

type Ask = (...words: string[]) => Promise<string>;

/** Runs the found server's own command line, with the environment that the server has. */
export function commandLine(command: string, environment: Record<string, string | undefined>): Ask {
  return (...words) =>
    new Promise((resolve, reject) => {
      const options = { env: environment, timeout: 60_000, windowsHide: true, maxBuffer: 16 * 1024 * 1024 };
      execFile(command, words, options, (error, stdout, stderr) => {
        // `doctor` ends with 1 when it has found something: that is an answer.
        if (error && !stdout) {
          reject(new Error(stderr.trim() || error.message));
        } else {
          resolve(stdout);
        }
      });
    });
}

export class UsageView {
  private panel: vscode.WebviewPanel | undefined;

  constructor(private readonly context: vscode.ExtensionContext) {}

  async show(ask: Ask): Promise<void> {
    const reports: Report[] = [];
    for (const by of ['day', 'action', 'model']) {
      reports.push(JSON.parse(await ask('usage', '--json', '--by', by)) as Report);
    }
    const media = vscode.Uri.joinPath(this.context.extensionUri, 'media');
    if (!this.panel) {
      const options = { enableScripts: false, enableCommandUris: false, localResourceRoots: [media] };
      this.panel = vscode.window.createWebviewPanel('grok-ls.usage', vscode.l10n.t('Grok: Usage'), vscode.ViewColumn.Active, options);
      this.panel.onDidDispose(() => (this.panel = undefined));
    }
    const webview = this.panel.webview;
    const style = webview.asWebviewUri(vscode.Uri.joinPath(media, 'usage.css')).toString();
    webview.html = page(reports, style, webview.cspSource);
    this.panel.reveal();
  }
}

function page(reports: Report[], style: string, source: string): string {
  const titles: Record<string, string> = { day: escaped(vscode.l10n.t('By day')), action: escaped(vscode.l10n.t('By action')), model: escaped(vscode.l10n.t('By model')) };
  const total = reports[0]?.total;
  const sum = total
    ? vscode.l10n.t('{0} requests, {1} tokens, {2}', total.requests, tokens(total).toLocaleString(), money(total.costUsd ?? 0))
    : '';
  const sections = reports.map((report) => `<h2>${titles[report.by] ?? ''}</h2>${chart(report)}`);
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${source}; base-uri 'none'; form-action 'none'">
<link rel="stylesheet" href="${style}">
<title>${escaped(vscode.l10n.t('Grok: Usage'))}</title>
</head>
<body>
<h1>${escaped(vscode.l10n.t('What Grok used on this machine'))}</h1>
<p>${escaped(sum)}</p>
${total?.requests ? sections.join('\n') : `<p>${escaped(vscode.l10n.t('Nothing was asked yet.'))}</p>`}
</body>
</html>`;
}

/** A table, so that a screen reader reads it; each row has a bar of its money and one of its tokens, beside the others'. */
function chart(report: Report): string {
  const usd = (row: Row): number => row.costUsd ?? 0;
  const [mostUsd, mostTokens] = [usd, tokens].map((size) => Math.max(...report.rows.map(size)));
  const rows = report.rows.map(
    (row) => `<tr><th scope="row">${escaped(row.name)}</th>
${bar('money', usd(row), mostUsd)}<td>${money(usd(row))}</td>
${bar('tokens', tokens(row), mostTokens)}<td>${tokens(row).toLocaleString()}</td>
<td>${row.requests}</td><td>${row.cacheHits}</td><td>${row.errors}</td></tr>`,
  );
  const head = (name: string, columns = 1): string => `<th scope="col" colspan="${columns}">${escaped(name)}</th>`;
  const heads = [
    head(vscode.l10n.t('Money'), 2),
    head(vscode.l10n.t('Tokens'), 2),
    head(vscode.l10n.t('Requests')),
    head(vscode.l10n.t('From cache')),
    head(vscode.l10n.t('Failed')),
  ];
  return `<table><thead><tr><td></td>${heads.join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table>`;
}

function bar(kind: string, size: number, most = 0): string {
  const width = most > 0 ? (100 * size) / most : 0;
  return `<td class="bar"><svg width="100%" height="12" aria-hidden="true"><rect class="${kind}" width="${width.toFixed(1)}%" height="12" rx="2"/></svg></td>`;
}

function tokens(row: Row): number {
  return (row.inputTokens ?? 0) + (row.outputTokens ?? 0);
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
