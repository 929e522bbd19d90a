/** How fast the output of a build is looked through for secrets: five of them in all their forms, in the chunks of a pipe. */
import { openRedaction } from '@gityard/builder';
import { type Micro, summarise } from './micro.ts';

const CHUNK_BYTES = 64 * 1024;
const SECRETS = [
  'ghs-like-3kD9vQ2',
  'p@ss w/ord+7',
  'Xy7/Qe+Zr1TtLm',
  'a-longer-secret-0123456789-abcdefghij',
  'k3y="quoted"',
];

export const redactorSpeed: Micro = async ({ size }) => {
  const text = Buffer.from(
    Array.from(
      { length: 20_000 },
      (_, line) => `[12:00:${line % 60}] Compiling src/part-${line}.ts (${line * 7} bytes)\n`,
    ).join(''),
  );
  const redaction = openRedaction(() => undefined);
  for (const secret of SECRETS) redaction.hide(secret, 'a secret');
  const values: number[] = [];
  for (let turn = 0; turn < (size === 'quick' ? 5 : 30); turn++) {
    const output = redaction.openOutput(async () => undefined);
    const startedAt = performance.now();
    for (let at = 0; at < text.length; at += CHUNK_BYTES)
      await output.write(text.subarray(at, at + CHUNK_BYTES), 'stdout');
    await output.end();
    values.push(text.length / 1e6 / ((performance.now() - startedAt) / 1000));
  }
  return [summarise({ key: 'redactor', what: 'output looked through for 5 secrets', unit: 'MB/s' }, values)];
};
