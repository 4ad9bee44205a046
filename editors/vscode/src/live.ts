/** The edit as the model writes it, in a read-only document beside the code; it goes away when the edit is there. */

import * as path from 'node:path';
import * as vscode from 'vscode';
import { editIn } from './fence';
import type { Job, JobEvent, Jobs } from './jobs';
import type { Pages } from './pages';
import { wantsLivePreview } from './settings';

/** An answer that is ready sooner is not worth a flicker. */
const PATIENCE_MS = 400;

interface Live {
  uri: vscode.Uri;
  text: string;
  timer: NodeJS.Timeout;
}

export function livePreview(jobs: Jobs, pages: Pages): vscode.Disposable {
  const live = new Map<Job, Live>();
  return jobs.onEvent((event) => {
    if (event.kind === 'diff' && wantsLivePreview()) {
      const shown = live.get(event.job) ?? begin(event);
      shown.text += event.delta;
      pages.write(shown.uri, editIn(shown.text));
    } else if (event.kind === 'end') {
      const shown = live.get(event.job);
      live.delete(event.job);
      clearTimeout(shown?.timer);
      if (shown) {
        void pages.close(shown.uri);
      }
    }
  });

  function begin(event: JobEvent): Live {
    const file = path.posix.basename(vscode.Uri.parse(event.job.run.uri).path);
    const uri = pages.uri(`${event.job.token.slice(0, 8)}/${file} (Grok).diff`);
    const show = (): void => {
      const options = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true };
      void pages.show(uri, options).then(() => (live.has(event.job) ? undefined : pages.close(uri)));
    };
    const shown = { uri, text: '', timer: setTimeout(show, PATIENCE_MS) };
    live.set(event.job, shown);
    return shown;
  }
}
