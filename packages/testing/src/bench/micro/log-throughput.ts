/**
 * How much a build may print without waiting for us: a program that prints as fast as it can, through the process, the reader
 * of findings and the log on the disk. Once harmless lines, once lines of which each may be a finding.
 */
import { join } from 'node:path';
import { runJob } from '@gityard/builder';
import { type Job, validate } from '@gityard/domain';
import { type Micro, summarise, timed } from './micro.ts';

const LINES = {
  plain: 'compiling src/components/some-module.ts into dist/components/some-module.js',
  findings: 'src/components/some-module.ts(12,3): warning TS6133: something is declared but its value is never read.',
};

export const logThroughput: Micro = async ({ server, size }) => {
  const { folder } = await server.makeEmpty('log-throughput');
  const megabytes = size === 'quick' ? 50 : 200;
  const turns = size === 'quick' ? 1 : 3;
  const speeds = { plain: [] as number[], findings: [] as number[] };
  for (let turn = 0; turn < turns; turn++)
    for (const kind of ['plain', 'findings'] as const) {
      const script = `yes "${LINES[kind]}" | head -c ${megabytes}000000`;
      const ms = await timed(() => printed(join(folder, `${kind}-${turn}`), script));
      speeds[kind].push((megabytes * 1000) / ms);
    }
  return [
    summarise({ key: 'log-throughput', what: `output of ${megabytes} MB into a log`, unit: 'MB/s' }, speeds.plain),
    summarise({ key: 'log-findings', what: 'the same, each line a finding', unit: 'MB/s' }, speeds.findings),
  ];
};

async function printed(folder: string, script: string): Promise<void> {
  const { status, reason } = await runJob({
    job: jobOf(['sh', '-c', script]),
    token: 1,
    attempt: 1,
    agent: 'bench',
    folder,
    policy: { repositories: [], commands: true },
    timeoutSeconds: 600,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  if (status !== 'succeeded') throw new Error(`the build ${status}: ${reason}`);
}

function jobOf(command: string[]): Job {
  const held = { id: 'b1', status: 'running', submittedAt: '2026-01-01T00:00:00Z', token: 1, agent: 'bench' };
  const checked = validate('job', { ...held, submittedBy: 'bench', command });
  if (!checked.ok) throw new Error(checked.reason);
  return checked.value;
}
