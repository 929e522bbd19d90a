/**
 * `npm run soak`: many simulated yards, to be left running over lunch or over night. A seed that found something is had again
 * with `npm run soak -- --seed 1234 --verbose`; once mended, it goes into `regressions.json`.
 */
import { readArguments, USAGE } from './arguments.ts';
import { reportText } from './report.ts';
import { runSeeds } from './run-seeds.ts';

async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2));
  if (options === 'help') return say(USAGE);

  const { seeds, isVerbose } = options;
  let done = 0;
  const totals = await runSeeds(seeds, {
    onLine: isVerbose && seeds.length === 1 ? say : undefined,
    onReport: ({ seed, violations }) =>
      progress(`${++done}/${seeds.length} seed ${seed}${violations.length > 0 ? ' FAILED' : ''}`),
  });
  say(reportText(totals));
  if (totals.failures.length > 0) process.exitCode = 1;
}

const say = (text: string): void => console.log(text);

/** Only a person who looks on wants to see it. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}\r`);
}

await main();
