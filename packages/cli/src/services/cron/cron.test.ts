import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '@gityard/testing';
import { describe, expect, it } from 'vitest';
import { contentOf, HOSTILE, serviceFacts } from '../facts.fixture.ts';
import { cron, cronFile } from './cron.ts';
import { scheduleOf } from './schedule.ts';

describe('the schedule of cron', () => {
  it.each([
    [60, '* * * * *'],
    [300, '*/5 * * * *'],
    [3600, '0 * * * *'],
    [21_600, '0 */6 * * *'],
    [86_400, '0 0 * * *'],
  ])('has %i s as they are', (seconds, line) => {
    expect(scheduleOf(seconds)).toBe(line);
  });

  it.each([
    [30, /use --interval 60: /],
    [90, 'use --interval 60 or 120'],
    [2700, 'use --interval 1800 or 3600'],
    [18_000, 'use --interval 14400 or 21600'],
    [100_000, 'use --interval 86400'],
  ])('refuses %i s, and names what it can', (seconds, hint) => {
    const refused = { code: 'USAGE', hint: typeof hint === 'string' ? hint : expect.stringMatching(hint) };
    expect(() => scheduleOf(seconds)).toThrow(expect.objectContaining(refused));
  });
});

describe('an agent kept by cron', () => {
  it('is begun when the machine starts, and at every tick, as its account', () => {
    const { steps } = cron.plan(serviceFacts({ folders: { ...serviceFacts().folders, config: '/etc/100% git' } }));

    expect(contentOf(steps, 'gityard-agent-build1').split('\n').slice(1)).toEqual([
      `@reboot gityard /bin/sh '/etc/100\\% git/build1.run.sh'`,
      `* * * * * gityard /bin/sh '/etc/100\\% git/build1.run.sh'`,
      '',
    ]);
  });

  it('has a file that cron reads, whatever its id, and never that of another', () => {
    const names = ['a.b', 'a_b', 'a-b', 'a_2eb'].map(cronFile);

    expect(names.every((it) => /^[A-Za-z0-9_-]+$/.test(it))).toBe(true);
    expect(new Set(names).size).toBe(names.length);
  });

  it('leaves the crontab of a person as it is but for its own lines', () => {
    const { steps } = cron.plan(serviceFacts({ scope: 'user' }));

    expect(steps.find((it) => it.kind === 'crontab')).toMatchObject({
      lines: [`@reboot /bin/sh '/etc/gityard/build1.run.sh'`, `* * * * * /bin/sh '/etc/gityard/build1.run.sh'`],
    });
  });
});

describe('the script that is started', () => {
  async function world(environment: string) {
    const { path, remove } = await temporaryFolder();
    const node = join(path, `it's "100%" $HOME`, 'node');
    await mkdir(dirname(node));
    await writeFile(node, '#!/bin/sh\nprintf "%s\\n" "$@"; env; exec env printf "%s" end\n');
    await chmod(node, 0o755);
    const folders = { ...serviceFacts().folders, config: path };
    const facts = serviceFacts({
      program: [node, '/m.js'],
      flags: HOSTILE,
      home: path,
      folders,
      path: process.env.PATH ?? '',
      tokenFile: '/x/$y',
    });
    await writeFile(join(path, 'build1.env'), environment);
    const script = contentOf(cron.plan(facts).steps, '.run.sh');
    const run = () => promisify(execFile)('sh', ['-c', script], { env: { HOME: '/other' } });
    return { path, run, log: async () => readFile(join(path, 'agent.log'), 'utf8'), remove };
  }

  it('gives the daemon its words and its environment as they were written', async () => {
    const { path, run, log, remove } = await world('# one\nS3_KEY=a $HOME `id` "q"\nno line\nA B=c\n1X=d\nLAST=e f');

    await run();

    const lines = (await log()).split('\n');
    expect(lines.slice(0, 5 + HOSTILE.length)).toEqual(['/m.js', 'agent', 'run', '--agent', 'build1', ...HOSTILE]);
    expect(lines).toEqual(
      expect.arrayContaining([
        `GITYARD_HOME=${path}`,
        'GITYARD_TOKEN_FILE=/x/$y',
        'S3_KEY=a $HOME `id` "q"',
        'LAST=e f',
      ]),
    );
    expect(lines.filter((it) => /^(A B|1X|no)/.test(it))).toEqual([]);
    await remove();
  });

  it('keeps its log small: what is too large is moved away, and what was moved before goes', async () => {
    const { path, run, log, remove } = await world('');
    await writeFile(join(path, 'agent.log'), 'x'.repeat(10_485_761));
    await writeFile(join(path, 'agent.log.1'), 'older');

    await run();

    expect((await readFile(join(path, 'agent.log.1'))).length).toBe(10_485_761);
    expect((await log()).startsWith('/m.js')).toBe(true);
    await remove();
  });
});
