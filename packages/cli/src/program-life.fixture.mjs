/**
 * The built program for one command after another, each in a message of its parent: `{ words, cwd, env }`. Answers with what a
 * process of its own would have printed, its exit code, and what would still keep that process from ending.
 */
import { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { runProgram } from '../dist/program.js';

const PATIENCE_MS = 60_000;

// Streams that are made when somebody first names them: no command is to be blamed for these.
void [process.stdout, process.stderr];

process.on('message', async ({ words, cwd, env }) => {
  const before = process.getActiveResourcesInfo();
  const printed = { stdout: '', stderr: '' };
  const writable = (name) =>
    new Writable({
      decodeStrings: false,
      write(chunk, _encoding, done) {
        printed[name] += chunk;
        done();
      },
    });
  const io = { cwd, env, stdin: Readable.from(['']), stdout: writable('stdout'), stderr: writable('stderr') };
  const code = await runProgram(words, { ...io, colour: 'plain', terminal: null });
  process.send({ code, ...printed, left: await leftOver(before) });
});

/** What holds a program open besides what did before, and does not go away by itself as it would while one ends. */
async function leftOver(before) {
  for (const sinceMs = performance.now(); ; await delay(5, undefined, { ref: false })) {
    const known = [...before];
    const left = process.getActiveResourcesInfo().filter((it) => {
      const at = known.indexOf(it);
      if (at >= 0) known.splice(at, 1);
      return at < 0;
    });
    if (left.length === 0 || performance.now() - sinceMs > PATIENCE_MS) return left;
  }
}
