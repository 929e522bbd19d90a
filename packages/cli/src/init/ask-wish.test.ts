/** The questions at a real terminal: one that programs can sit at. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { git, temporaryFolder } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROGRAM } from '../program.fixture.ts';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ path: folder, remove } = await temporaryFolder());
});
afterAll(() => remove());

interface Sitting {
  readonly cwd: string;
  /** What is typed when a text is shown, each once and in this order. */
  readonly keys: readonly (readonly [shown: RegExp, keys: string])[];
}

/** A question that never comes leaves nobody sitting there. */
const PATIENCE_MS = 120_000;

async function atTerminal({ cwd, keys }: Sitting): Promise<{ shown: string; code: number }> {
  // Such a terminal has no size, and nothing can be drawn on it.
  const line = `stty cols 160 rows 50; exec '${process.execPath}' '${PROGRAM}' init`;
  const { CI: _, ...inherited } = process.env;
  const env = { ...inherited, HOME: folder, GITYARD_HOME: join(cwd, '../home'), TERM: 'xterm' };
  const child = spawn('script', ['-qec', line, '/dev/null'], { cwd, env, timeout: PATIENCE_MS });
  let drawn = '';
  let seen = 0;
  const left = [...keys];
  // A terminal ends its pieces anywhere, also within what it means by an escape.
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    drawn += piece;
    const [next] = left;
    if (!next?.[0].test(stripVTControlCharacters(drawn.slice(seen)))) return;
    seen = drawn.length;
    left.shift();
    child.stdin.write(next[1]);
  });
  const [code] = await once(child, 'close');
  return { shown: stripVTControlCharacters(drawn), code };
}

describe.skipIf(!existsSync('/usr/bin/script') && !process.env.CI)('init at a terminal', () => {
  it('asks four questions with good answers, shows what it will do, and does it when told so', async () => {
    const [origin, cwd] = [join(folder, 'app.git'), join(folder, 'app')];
    await git(['init', '--quiet', '--bare', origin], { cwd: folder });
    await git(['clone', '--quiet', origin, cwd], { cwd: folder });
    const enter = '\r';

    const { shown, code } = await atTerminal({
      cwd,
      keys: [
        [/Which repository becomes the yard/, enter],
        [/What is it called/, enter],
        [/first build server, which may build/, enter],
        [/nothing else: no other branch[\s\S]*Do it\?/, enter],
      ],
    });

    expect(code).toBe(0);
    expect(shown).toMatch(/would make refs\/heads\/yard\b/);
    expect(shown).toMatch(/Next:\s+gityard agent run\s+gityard job add\s+gityard status/);
    expect((await git(['for-each-ref', '--format=%(refname:short)'], { cwd: origin })).trim().split('\n')).toEqual([
      'yard',
      'yard-live',
      'yard-logs',
    ]);
    expect(JSON.parse(await git(['show', 'yard:yard.json'], { cwd: origin }))).toMatchObject({ name: 'app' });
    expect(JSON.parse(await readFile(join(folder, 'home/agent.json'), 'utf8'))).toEqual({ yard: origin });
    expect(JSON.parse(await readFile(join(folder, 'home/policy.json'), 'utf8'))).toMatchObject({
      repositories: [origin],
    });
  });

  it('does nothing when the answer is no, or Ctrl-C', async () => {
    const cwd = join(folder, 'empty');
    await mkdir(cwd);
    const questions = [
      [/Which repository/, '\r'],
      [/What is it called/, '\r'],
      [/first build server/, 'n'],
    ] as const;

    const [no, stopped] = await Promise.all([
      atTerminal({ cwd, keys: [...questions, [/Do it\?/, 'n']] }),
      atTerminal({ cwd, keys: [[/Which repository/, '\x03']] }),
    ]);

    expect([no.code, stopped.code]).toEqual([1, 130]);
    expect(no.shown).toContain('nothing was done');
    expect(existsSync(join(cwd, 'yard.git'))).toBe(false);
  });
});
