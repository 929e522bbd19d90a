/**
 * An agent as a process of its own, of the built package: `<address> <home> <id>`; prints its events, a line of JSON each.
 * GITYARD_RELAY_KEY is the key of its site. SIGUSR2 makes its main thread spin for ten seconds, and on until its home holds a
 * file `spun-enough`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runAgent } from '@gityard/agent';

const [address = '', home = '', id = ''] = process.argv.slice(2);
const [drain, cancel] = [new AbortController(), new AbortController()];
process.on('SIGTERM', () => (drain.signal.aborted ? cancel : drain).abort());

process.on('SIGUSR2', () => {
  console.log(JSON.stringify({ kind: 'spinning' }));
  const endMs = performance.now() + 10_000;
  while (performance.now() < endMs || !existsSync(join(home, 'spun-enough')));
  console.log(JSON.stringify({ kind: 'spun' }));
});

const exit = await runAgent({
  address,
  home,
  id,
  graceMs: 500,
  relayKey: process.env.GITYARD_RELAY_KEY,
  relayHost: '127.0.0.1',
  drain: drain.signal,
  cancel: cancel.signal,
  onEvent: (event) => console.log(JSON.stringify(event)),
});
console.log(JSON.stringify({ kind: 'exit', ...exit }));
process.exitCode = exit.code;
