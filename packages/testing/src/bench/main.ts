/**
 * `npm run bench`: how many operations a second a team lands on one branch, with ours and with what it would use
 * otherwise, against one and the same Git server. Prints tables; keeps nothing but the file that was asked for.
 */
import { writeFile } from 'node:fs/promises';

import { temporaryFolder } from '../temporary.ts';
import { type BenchOptions, readArguments, USAGE } from './arguments.ts';
import { type CellResult, runCell } from './cell.ts';
import { type Figures, figuresOf } from './figures.ts';
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
  say(`Gityard bench: ${machine}\nevery history was checked: an operation lost or doubled ends the bench\n`);
  const measured = await measure(options);
  const targets = judge(measured);
  for (const delayMs of options.variants.length > 0 ? options.delaysMs : []) {
    if (delayMs > 0) say(`\n${delayMs} ms added to each request`);
    say(figuresTable(measured.rows.filter((it) => it.delayMs === delayMs)));
  }
  if (measured.micro.length > 0) say(`\n${microTable(measured.micro)}`);
  say(`\n${targetsTable(targets)}`);
  if (options.jsonFile)
    await writeFile(options.jsonFile, `${JSON.stringify({ machine, ...measured, targets }, null, 2)}\n`);
  if (options.isAssert && targets.some((it) => it.isPromise && it.verdict === 'NOT MET')) process.exitCode = 1;
}

async function measure(options: BenchOptions): Promise<Measured> {
  const rows: Figures[] = [];
  for (const delayMs of options.delaysMs)
    rows.push(...(await withServer(delayMs, (server) => measureCells(server, { options, delayMs }))));
  const micro = options.rows.length > 0 ? await withServer(0, (server) => measureMicros(server, options)) : [];
  return { rows, micro };
}

async function withServer<Result>(delayMs: number, use: (server: BenchServer) => Promise<Result>): Promise<Result> {
  const folder = await temporaryFolder();
  const server = await startServer({ folder: folder.path, delayMs });
  try {
    return await use(server);
  } finally {
    await server.close();
    await folder.remove();
  }
}

interface Cells {
  readonly options: BenchOptions;
  readonly delayMs: number;
}

async function measureCells(server: BenchServer, { options, delayMs }: Cells): Promise<Figures[]> {
  const cells: CellResult[] = [];
  const plans = planCells(options);
  for (const [index, plan] of plans.entries()) {
    progress(`${index + 1}/${plans.length} ${plan.variant}, ${plan.writers} writers, ${delayMs} ms added`);
    cells.push(await runCell(server, plan, index));
  }
  return options.writers.flatMap((writers) =>
    options.variants.map((variant) =>
      figuresOf(
        cells.filter((cell) => cell.variant === variant && cell.writers === writers),
        delayMs,
      ),
    ),
  );
}

async function measureMicros(server: BenchServer, { rows, size }: BenchOptions): Promise<MicroResult[]> {
  const results: MicroResult[] = [];
  for (const [index, name] of rows.entries()) {
    progress(`single figures ${index + 1}/${rows.length} ${name}`);
    results.push(...((await MICROS[name]?.({ server, size })) ?? []));
  }
  return results;
}

const say = (text: string): void => console.log(text);

/** Only a person who looks on wants to see it. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}\r`);
}

await main();
