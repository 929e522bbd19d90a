import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { LOG_LEVELS, type LogLine } from '@gityard/telemetry';
import { temporaryFolder } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Io } from '../start/io.ts';
import { openProgramLog } from './program-log.ts';
import { logSettings } from './settings.ts';

/** Of the kinds that must never get out; drawn for this spec, so that they open nothing. */
const SECRETS = [
  'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
  'glpat-x1Y2z3A4b5C6d7E8f9G0',
  'https://ann:t0pS3cret9@git.example/app.git',
  'password=Tr0ub4dor&3x',
];

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ path: folder, remove } = await temporaryFolder());
});
afterAll(() => remove());

const NO_FILES = { agentFile: {}, userFile: {} };
const settingsOf = (flags: object, env = {}, files: Parameters<typeof logSettings>[1]['files'] = NO_FILES) =>
  logSettings(flags, { env, cwd: folder, files });

/** What a program with these flags wrote to stderr. */
async function written(flags: object, lines: readonly LogLine[]): Promise<string> {
  let text = '';
  const stderr = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString();
      done();
    },
  });
  const io: Io = {
    cwd: folder,
    env: {},
    stdin: Readable.from([]),
    stdout: stderr,
    stderr,
    colour: 'plain',
    terminal: null,
  };
  const log = await openProgramLog(io, settingsOf(flags), { program: 'gityard agent run' });
  for (const line of lines) log.tell(line);
  await log.close();
  return text;
}

describe('the log of a program', () => {
  it('is sentences, for whoever watches a terminal', async () => {
    expect(await written({}, [{ level: 'info', text: 'job b1 claimed', facts: { job: 'b1' } }])).toBe(
      'job b1 claimed\n',
    );
  });

  it('tells what matters less only when asked to', async () => {
    const lines = LOG_LEVELS.map((level) => ({ level, text: level }));

    expect(await written({}, lines)).toBe('info\nwarn\nerror\n');
    expect(await written({ logLevel: 'debug' }, lines)).toBe('debug\ninfo\nwarn\nerror\n');
    expect((await written({ logLevel: 'error', logFormat: 'json' }, lines)).split('\n')).toHaveLength(2);
  });

  it('shows a terminal where a fault came from, when asked to tell all', async () => {
    const line = { level: 'error' as const, text: 'an answer failed', facts: { stack: 'TypeError: x\n    at y' } };

    expect(await written({ logLevel: 'debug' }, [line])).toBe('an answer failed\nTypeError: x\n    at y\n');
    expect(await written({}, [line])).toBe('an answer failed\n');
  });

  it('has nothing in it that looks like a secret, in whatever field it came', async () => {
    const names = ['agent', 'job', 'operation', 'commit', 'trace_id', 'span_id', 'reason', 'allow', 'path'];
    const lines = SECRETS.map((secret) => ({
      level: 'error' as const,
      text: `fetch failed: ${secret}`,
      facts: Object.fromEntries(names.map((name) => [name, secret])),
    }));

    const text = await written({ logFormat: 'json' }, lines);

    expect(
      text
        .trim()
        .split('\n')
        .map((it) => Object.keys(JSON.parse(it))),
    ).toEqual(SECRETS.map(() => ['level', 'program', 'time', ...names, 'msg']));
    for (const secret of ['ghp_16C7', 'glpat-x1', 't0pS3cret9', 'Tr0ub4dor']) expect(text).not.toContain(secret);
  });

  it('goes into a file, and into a new one when that was moved away', async () => {
    const file = join(folder, 'agent.log');
    const line = { level: 'info' as const, text: 'one' };

    expect(await written({ logFile: 'agent.log', logFormat: 'json' }, [line])).toBe('');
    await rename(file, `${file}.1`);
    await written({ logFile: 'agent.log' }, [line]);

    expect(JSON.parse(await readFile(`${file}.1`, 'utf8'))).toMatchObject({ level: 'info', msg: 'one' });
    expect(await readFile(file, 'utf8')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z INFO {2}one\n$/);
  });

  it('has no secret in a file of sentences either, nor the key of a page, and one line for each', async () => {
    const texts = [...SECRETS, 'page http://127.0.0.1:7420/#key=kNq0Y5vT1tMZzQ3bWb0s7xkE', 'two\nlines'];

    await written(
      { logFile: 'masked.log' },
      texts.map((text) => ({ level: 'warn', text })),
    );

    const kept = await readFile(join(folder, 'masked.log'), 'utf8');
    expect(kept.split('\n')).toHaveLength(texts.length + 1);
    for (const secret of ['ghp_16C7', 'glpat-x1', 't0pS3cret9', 'Tr0ub4dor', 'kNq0Y5vT'])
      expect(kept).not.toContain(secret);
    expect(kept).toContain('page http://127.0.0.1:7420/#key=***\n');
  });

  it('is set by flag, environment, agent file or user file, in that order', () => {
    const env = { GITYARD_LOG_FORMAT: 'json', GITYARD_LOG_LEVEL: 'warn' };
    const files = {
      agentFile: { log: { level: 'error', file: '/var/log/a' } },
      userFile: { log: { file: '/var/log/u' } },
    };

    const { format, level, file } = settingsOf({ logFormat: 'text' }, env, files);

    expect(format).toEqual({ value: 'text', source: 'flag' });
    expect(level).toEqual({ value: 'warn', source: 'environment GITYARD_LOG_LEVEL' });
    expect(file).toEqual({ value: '/var/log/a', source: 'agent file' });
  });

  it('refuses a word that means nothing, and says where it stands', () => {
    expect(() => settingsOf({}, { GITYARD_LOG_LEVEL: 'loud' })).toThrow('loud (environment GITYARD_LOG_LEVEL)');
  });
});
