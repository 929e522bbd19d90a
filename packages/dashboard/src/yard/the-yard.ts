/** The yard of this page, over a worker of its own: nothing in the page itself ever holds a token or opens a connection. */
import { line } from './line.ts';
import type { OwnFiles } from './own-files.ts';
import { workerClient } from './worker-client.ts';
import { YardOfPage } from './yard.ts';

export const theYard = new YardOfPage((onTold) => workerClient(line, onTold));

let ownFiles: OwnFiles | undefined;
export const takeNewVersion = (): void => (ownFiles ? ownFiles.takeNewVersion() : location.reload());

const stop = theYard.onChange(() => {
  const { model, connection } = theYard.view;
  if (model === undefined && connection.failure === null) return;
  stop();
  // The data are drawn, or none will come, and nothing threw meanwhile: now there is time for what lies behind.
  setTimeout(async () => {
    const { keepOwnFiles } = await import('./own-files.ts');
    ownFiles = keepOwnFiles({ script: import.meta.url, onNewVersion: () => theYard.newVersionIsThere() });
    ownFiles.started();
  });
});
