/**
 * Starts the worker and tells it whose page it is, as the first thing that the page does: while the code of the page is still
 * being fetched and read, the worker asks for the data. It has a file of its own in the build, before all others.
 */
import '../frame/guard.ts';
import { scriptUrl } from '../script-url.ts';
import { type Port, patient, portOf } from '../worker/port.ts';
import type { FromPage, FromWorker, Start } from '../worker/protocol.ts';
import workerUrl from '../worker/worker.ts?worker&url';

const KEY = /^#key=([\w-]+)$/;

const query = new URLSearchParams(location.search);
const start: Start = {
  page: new URL('.', location.href).href,
  source: query.get('source'),
  refs: query.get('refs'),
  key: takenKey(),
  hosts: allowedHosts(),
  visible: document.visibilityState === 'visible',
};
// By its name and not by a message: those wait until the page has read its own code and drawn itself.
const worker = new Worker(scriptUrl(workerUrl), { type: 'module', name: JSON.stringify(start) });
export const line: Port<FromWorker, FromPage> = patient(portOf(worker));

const see = (): void => line.post({ kind: 'visible', visible: document.visibilityState === 'visible' });
document.addEventListener('visibilitychange', see);
// Whoever comes back to a window that stayed in sight wants news as well.
addEventListener('focus', see);

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
