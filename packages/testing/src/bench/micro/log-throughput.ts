/**
 * How much a build may print without waiting for us: a program that prints as fast as it can, through the process, the reader
 * of findings and the log on the disk. Once harmless lines, once lines of which each may be a finding.
 */
import { join } from 'node:path';
import { type Micro, summarise, timed } from './micro.ts';
import { oneBuild } from './one-build.ts';

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
      const job = { command: ['sh', '-c', script] };
      const ms = await timed(() => oneBuild({ job, folder: join(folder, `${kind}-${turn}`) }));
      speeds[kind].push((megabytes * 1000) / ms);
    }
  return [
    summarise({ key: 'log-throughput', what: `output of ${megabytes} MB into a log`, unit: 'MB/s' }, speeds.plain),
    summarise({ key: 'log-findings', what: 'the same, each line a finding', unit: 'MB/s' }, speeds.findings),
  ];
};
