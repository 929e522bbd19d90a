import { once } from 'node:events';
import { setImmediate as moment } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openStop } from './stop.ts';

it('does not take for silence of a build that it stood still itself, and notices silence all the same', async () => {
  const stop = openStop({ signal: new AbortController().signal, timeoutSeconds: 300, silentSeconds: 0.2 });
  stop.heard();

  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
  for (let turns = 0; turns < 2; turns++) await moment();

  expect(stop.signal.aborted).toBe(false);
  await once(stop.signal, 'abort');
  expect(stop.signal.reason).toMatchObject({ code: 'timeout', message: 'the build printed nothing for 0.2 s' });
  stop.close();
});
