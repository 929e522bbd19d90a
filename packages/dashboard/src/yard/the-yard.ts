/** The yard of this page, over a worker of its own: nothing in the page itself ever holds a token or opens a connection. */

import { scriptUrl } from '../script-url.ts';
import { portOf } from '../worker/port.ts';
import workerUrl from '../worker/worker.ts?worker&url';
import { workerClient } from './worker-client.ts';
import { YardOfPage } from './yard.ts';

export const theYard = new YardOfPage((onTold) => {
  const worker = new Worker(scriptUrl(workerUrl), { type: 'module', name: 'gityard' });
  const client = workerClient(portOf(worker), onTold);
  const query = new URLSearchParams(location.search);
  client.tell({ kind: 'start', page: baseUrl(), source: query.get('source'), refs: query.get('refs') });
  return client;
});

/** The folder of the page, without what stands in its address besides. */
function baseUrl(): string {
  return new URL('.', location.href).href;
}
