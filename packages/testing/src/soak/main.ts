/**
 * `npm run soak`: many simulated yards, to be left running over lunch (`--minutes 30`) or over night. A seed that found something is had again
 * with `npm run soak -- --seed 1234 --verbose`; once mended, it goes into `regressions.json`.
 */
import { orUsage } from '../usage.ts';
import { readArguments, seedsFrom, USAGE } from './arguments.ts';
import { reportText } from './report.ts';
import { runSeeds } from './run-seeds.ts';

async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2));
  if (options === 'help') return say(USAGE);

  const { first, count, minutes, isVerbose } = options;
  const endsMs = performance.now() + minutes * 60_000;
  let done = 0;
  const totals = await runSeeds(seedsFrom(first, count), {
    onLine: isVerbose && count === 1 ? say : undefined,
    onReport: ({ seed, violations }) =>
      progress(`${++done}${ofAll(count)} seed ${seed}${violations.length > 0 ? ' FAILED' : ''}`),
    isOver: () => performance.now() >= endsMs,
  });
  say(reportText(totals));
  if (totals.failures.length > 0) process.exitCode = 1;
}

const ofAll = (count: number): string => (Number.isFinite(count) ? `/${count}` : '');
const say = (text: string): void => console.log(text);

/** Only a person who looks on wants to see it. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}\r`);
}

await orUsage(main);
