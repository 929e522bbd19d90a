/** The yard of this page, over a worker of its own: nothing in the page itself ever holds a token or opens a connection. */
import { line } from './line.ts';
import { keepOwnFiles } from './own-files.ts';
import { workerClient } from './worker-client.ts';
import { YardOfPage } from './yard.ts';

export const theYard = new YardOfPage((onTold) => workerClient(line, onTold));

const ownFiles = keepOwnFiles(() => theYard.newVersionIsThere());
export const takeNewVersion = (): void => ownFiles.takeNewVersion();

const stop = theYard.onChange(() => {
  const { model, connection } = theYard.view;
  if (model === undefined && connection.source === null) return;
  // The worker has spoken and nothing threw while that was drawn.
  setTimeout(() => ownFiles.started());
  stop();
});
