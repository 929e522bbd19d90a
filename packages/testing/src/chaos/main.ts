/** `npm run chaos`: one run, a line every few seconds on stderr, the report in a file, and an exit code that CI can use. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { summaryOf } from './report.ts';
import { runChaos } from './run-chaos.ts';

const USAGE = `npm run chaos -- [options]

  --seconds <number>   how long things go wrong; default 90
  --agents <number>    default 4
  --seed <number>      the same acts in the same order again; default: another one each time
  --keep               the folder of the run stays, with the agents' logs
  --out <file>         where the report goes; default reliability.json
`;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '90' },
    agents: { type: 'string', default: '4' },
    seed: { type: 'string' },
    keep: { type: 'boolean', default: false },
    out: { type: 'string', default: 'reliability.json' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) console.log(USAGE);
else await main();

async function main(): Promise<void> {
  const interrupted = new AbortController();
  const stop = () => interrupted.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const report = await runChaos({
    seconds: positive(values.seconds),
    agents: positive(values.agents),
    seed: values.seed === undefined ? Math.floor(Math.random() * 1e6) : positive(values.seed),
    keepsFolder: values.keep,
    signal: interrupted.signal,
    say,
  });
  await writeFile(values.out, `${JSON.stringify(report, null, 2)}\n`);
  console.log(summaryOf(report));
  process.exitCode = report.ok ? 0 : 1;
}

function positive(text: string): number {
  const number = Number(text);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new TypeError(`"${text}" is not a number above 0`);
}
