/** The yard of this page, over a worker of its own: nothing in the page itself ever holds a token or opens a connection. */

import { scriptUrl } from '../script-url.ts';
import { portOf } from '../worker/port.ts';
import workerUrl from '../worker/worker.ts?worker&url';
import { keepOwnFiles } from './own-files.ts';
import { workerClient } from './worker-client.ts';
import { YardOfPage } from './yard.ts';

const KEY = /^#key=([\w-]+)$/;

export const theYard = new YardOfPage((onTold) => {
  const worker = new Worker(scriptUrl(workerUrl), { type: 'module', name: 'gityard' });
  const client = workerClient(portOf(worker), onTold);
  const query = new URLSearchParams(location.search);
  const asked = { source: query.get('source'), refs: query.get('refs') };
  client.tell({ kind: 'start', page: baseUrl(), ...asked, key: takenKey(), hosts: allowedHosts() });
  const see = (): void => client.tell({ kind: 'visible', visible: document.visibilityState === 'visible' });
  document.addEventListener('visibilitychange', see);
  // Whoever comes back to a window that stayed in sight wants news as well.
  addEventListener('focus', see);
  see();
  return client;
});

const ownFiles = keepOwnFiles(() => theYard.newVersionIsThere());
export const takeNewVersion = (): void => ownFiles.takeNewVersion();

const stop = theYard.onChange(() => {
  const { model, connection } = theYard.view;
  if (model === undefined && connection.source === null) return;
  // The worker has spoken and nothing threw while that was drawn.
  setTimeout(() => ownFiles.started());
  stop();
});

// Pasted where the page is open already, the printed address changes nothing but the address: the page must begin anew with it.
addEventListener('hashchange', () => {
  if (KEY.test(location.hash)) location.reload();
});

/** The key that gityard printed. Nobody shall keep it or pass it on with the address, so it is taken out at once. */
function takenKey(): string | null {
  const key = KEY.exec(location.hash)?.[1];
  if (key === undefined) return null;
  history.replaceState(null, '', location.pathname + location.search);
  return key;
}

/** The folder of the page, without what stands in its address besides. */
function baseUrl(): string {
  return new URL('.', location.href).href;
}

/** A worker that came over the network is not bound by the policy of its page, so it is told, and keeps to it by itself. */
function allowedHosts(): string[] {
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '';
  return (
    /connect-src ([^;]*)/
      .exec(policy)?.[1]
      ?.split(/\s+/)
      .filter((it) => it.startsWith('http')) ?? []
  );
}
