/**
 * Lets bytes through whose digest is known beforehand, and keeps the last of them back until it is the right one: what was
 * damaged where it lay never arrives as a whole.
 */
import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';

export function checkedBytes(sha256: string): Transform {
  const hash = createHash('sha256');
  let held: Buffer | undefined;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      const before = held;
      held = chunk;
      done(null, before);
    },
    flush(done) {
      if (hash.digest('hex') === sha256) done(null, held);
      else done(new Error('an artifact is damaged where it lies: it has another digest'));
    },
  });
}
