/**
 * `npm run chaos`: one run, a line every few seconds on stderr, the report in a file, and an exit code that CI can use. With
 * `--outage` nothing goes wrong but that the remote is away for long.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { orUsage, UsageError } from '../usage.ts';
import { runChaos } from './run-chaos.ts';
import { runOutage } from './run-outage.ts';
import { outageSummary, summaryOf } from './summary.ts';

const USAGE = `npm run chaos -- [options]

  --seconds <number>   how long things go wrong; default 90
  --agents <number>    default 4
  --seed <number>      the same acts in the same order again; default: another one each time
  --outage <seconds>   another run: the remote is away for so long while builds end; 600 is ten real minutes
  --builds <number>    how many of them; default 24
  --keep               the folder of the run stays, with the agents' logs
  --out <file>         where the report goes; default reliability.json
`;

const parsed = () =>
  parseArgs({
    options: {
      seconds: { type: 'string', default: '90' },
      agents: { type: 'string', default: '4' },
      seed: { type: 'string' },
      outage: { type: 'string' },
      builds: { type: 'string', default: '24' },
      keep: { type: 'boolean', default: false },
      out: { type: 'string', default: 'reliability.json' },
      help: { type: 'boolean', short: 'h' },
    },
  }).values;
let values: ReturnType<typeof parsed>;
await orUsage(async () => {
  values = parsed();
  if (values.help) console.log(USAGE);
  else await main();
});

async function main(): Promise<void> {
  const signal = interruption();
  const [report, summary] =
    values.outage === undefined ? await chaos(signal) : await outage(positive(values.outage), signal);
  await writeFile(values.out, `${JSON.stringify(report, null, 2)}\n`);
  console.log(summary);
  process.exitCode = report.ok ? 0 : 1;
}

async function chaos(signal: AbortSignal) {
  const report = await runChaos({
    seconds: positive(values.seconds),
    agents: positive(values.agents),
    seed: values.seed === undefined ? Math.floor(Math.random() * 1e6) : positive(values.seed),
    keepsFolder: values.keep,
    signal,
    say,
  });
  return [report, summaryOf(report)] as const;
}

async function outage(seconds: number, signal: AbortSignal) {
  const [agents, builds] = [positive(values.agents), positive(values.builds)];
  const report = await runOutage({ seconds, agents, builds, signal, say });
  return [report, outageSummary(report)] as const;
}

/** Whoever is impatient ends the faults early; what was begun is brought to its end, and nothing stays behind. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return controller.signal;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function positive(text: string): number {
  const number = Number(text);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new UsageError(`"${text}" is not a number above 0`);
}
