import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer } from '../command.ts';
import { CliError, Interrupted } from '../errors.ts';
import { runHere } from '../program.fixture.ts';
import { lineOfEnd } from './begin-and-end.ts';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ path: folder, remove } = await temporaryFolder());
});
afterAll(() => remove());

/** Fails before anything is started: there is nothing to build. */
const failing = (...words: string[]) =>
  runHere(['up', '--repo', '.', ...words], { cwd: folder, env: { HOME: folder } });
const parsed = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((it) => JSON.parse(it) as Record<string, unknown>);

describe('a log that is kept', () => {
  it('begins and ends with the program, and says why it failed: stderr holds nothing but its lines', async () => {
    const { code, stdout, stderr } = await failing('--log-format', 'json');

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(parsed(stderr)).toMatchObject([
      { level: 'info', msg: 'gityard up begins', version: expect.any(String) },
      {
        ...{ level: 'error', code: 'USAGE', exitCode: 2, program: 'gityard up' },
        msg: expect.stringMatching(/^gityard up ends: \. holds no Git repository.*; name one/),
      },
    ]);
  });

  it('says so in its file, and the terminal hears of it as ever', async () => {
    const file = join(folder, 'up.log');

    const { stderr } = await failing('--log-file', file);

    expect(stderr).toMatch(/^gityard: \. holds no Git/);
    expect(await readFile(file, 'utf8')).toMatch(/Z INFO {2}gityard up begins\n\S+Z ERROR gityard up ends: /);
  });

  it('leaves the answer for programs where it was', async () => {
    const { stdout, stderr } = await failing('--json', '--log-format', 'json');

    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'USAGE' } });
    expect(parsed(stderr)).toHaveLength(2);
  });

  it('has the reason of an end, and the stack of what nobody foresaw alone', () => {
    const bug = new TypeError('x is undefined');

    expect(lineOfEnd('serve', { exitCode: 1, error: bug }).facts).toMatchObject({ code: 'INTERNAL', stack: bug.stack });
    expect(lineOfEnd('serve', { exitCode: 6, error: new CliError('DENIED', 'no') }).facts?.stack).toBeUndefined();
    expect(lineOfEnd('serve', { exitCode: 130, error: new Interrupted(130) })).toMatchObject({ level: 'warn' });
    expect(lineOfEnd('agent run', { exitCode: 0, reply: answer({ reason: 'drained' }, () => []) })).toMatchObject({
      text: 'gityard agent run ends: drained',
    });
    expect(lineOfEnd('serve', { exitCode: 0, reply: 0 })).toMatchObject({ level: 'info', text: 'gityard serve ends' });
  });
});
