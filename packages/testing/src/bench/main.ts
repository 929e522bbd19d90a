/**
 * `npm run bench`: how many operations a second a team lands on one branch, with ours and with what it would use
 * otherwise, against one and the same Git server. Prints tables; keeps nothing but the file that was asked for.
 */
import { writeFile } from 'node:fs/promises';

import { temporaryFolder } from '../temporary.ts';
import { type BenchOptions, readArguments, USAGE } from './arguments.ts';
import { type CellResult, runCell } from './cell.ts';
import { figuresOf } from './figures.ts';
import { describeMachine } from './machine.ts';
import { MICROS } from './micro/list.ts';
import type { MicroResult } from './micro/micro.ts';
import { planCells } from './plan.ts';
import { type BenchServer, startServer } from './server.ts';
import { figuresTable, microTable, targetsTable } from './table.ts';
import { judge, type Measured } from './targets.ts';

async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2));
  if (options === 'help') return say(USAGE);

  const machine = await describeMachine();
  const delay = options.delayMs > 0 ? `; ${options.delayMs} ms added to each request` : '';
  say(`Gityard bench: ${machine}${delay}\nevery history was checked: an operation lost or doubled ends the bench\n`);
  const measured = await measure(options);
  const targets = judge(measured);
  say(figuresTable(measured.rows));
  if (measured.micro.length > 0) say(`\n${microTable(measured.micro)}`);
  say(`\n${targetsTable(targets)}`);
  if (options.jsonFile)
    await writeFile(options.jsonFile, `${JSON.stringify({ machine, ...measured, targets }, null, 2)}\n`);
  if (options.isAssert && targets.some((it) => it.isPromise && it.verdict === 'NOT MET')) process.exitCode = 1;
}

async function measure(options: BenchOptions): Promise<Measured> {
  const folder = await temporaryFolder();
  const server = await startServer({ folder: folder.path, delayMs: options.delayMs });
  try {
    const rows = await measureCells(server, options);
    return { rows, micro: options.hasMicro ? await measureMicros(server, options) : [] };
  } finally {
    await server.close();
    await folder.remove();
  }
}

async function measureCells(server: BenchServer, options: BenchOptions): Promise<Measured['rows']> {
  const cells: CellResult[] = [];
  const plans = planCells(options);
  for (const [index, plan] of plans.entries()) {
    progress(`${index + 1}/${plans.length} ${plan.variant}, ${plan.writers} writers`);
    cells.push(await runCell(server, plan, index));
  }
  return options.writers.flatMap((writers) =>
    options.variants.map((variant) =>
      figuresOf(cells.filter((cell) => cell.variant === variant && cell.writers === writers)),
    ),
  );
}

async function measureMicros(server: BenchServer, { rounds }: BenchOptions): Promise<MicroResult[]> {
  const results: MicroResult[] = [];
  for (const [index, micro] of MICROS.entries()) {
    progress(`single figures ${index + 1}/${MICROS.length}`);
    results.push(...(await micro({ server, isQuick: rounds === 1 })));
  }
  return results;
}

const say = (text: string): void => console.log(text);

/** Only a person who looks on wants to see it. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}\r`);
}

await main();
