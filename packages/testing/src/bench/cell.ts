/**
 * One cell of the table: so many writers of one variant on a repository of their own, all started at one word, and
 * the history checked afterwards. Gathers; what it means is worked out in figures.ts.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { type Child, startChild } from './child.ts';
import type { FromWriter, Go, Traffic, WriterOrder, WriterReport } from './messages.ts';
import { type BenchServer, trafficBetween, type World } from './server.ts';
import { isClean, verdictText, verify } from './verify.ts';

export interface CellPlan {
  readonly variant: string;
  readonly writers: number;
  readonly go: Go;
}

export interface CellResult {
  readonly variant: string;
  readonly writers: number;
  readonly reports: readonly WriterReport[];
  /** Of everything between "go" and the last report. */
  readonly traffic: Traffic;
}

export async function runCell(server: BenchServer, plan: CellPlan, number: number): Promise<CellResult> {
  const world = await server.makeWorld(`cell-${number}`);
  const result = await withWriters(plan, { world, number }, async (writers) => {
    const before = await world.traffic();
    for (const writer of writers) writer.send(plan.go);
    const reports = await Promise.all(writers.map(reportOf));
    return { ...plan, reports, traffic: trafficBetween(before, await world.traffic()) };
  });
  await check(world, result);
  return result;
}

interface Surroundings {
  readonly world: World;
  readonly number: number;
}

type Use = (writers: readonly Child[]) => Promise<CellResult>;

/** The writers are gone when this resolves, and what was still on its way with them. */
async function withWriters({ variant, writers }: CellPlan, { world, number }: Surroundings, use: Use) {
  const names = Array.from({ length: writers }, (_, index) => `c${number}w${index}`);
  const started: Child[] = [];
  try {
    for (const writer of names) started.push(await startWriter({ variant, writer, world }));
    await Promise.all(started.map(ready));
    return await use(started);
  } finally {
    await Promise.all(started.map((it) => it.stop()));
  }
}

export async function startWriter({ variant, writer, world }: { variant: string; writer: string; world: World }) {
  const folder = join(world.folder, writer);
  await mkdir(folder, { recursive: true });
  const order: WriterOrder = { variant, writer, url: world.url, folder };
  return startChild('writer', [JSON.stringify(order)]);
}

export async function ready(writer: Child): Promise<void> {
  const message = await writer.next<FromWriter>();
  if (message.kind === 'failed') throw new Error(message.text);
}

export async function reportOf(writer: Child): Promise<WriterReport> {
  const message = await writer.next<FromWriter>();
  if (message.kind === 'report') return message.report;
  throw new Error(message.kind === 'failed' ? message.text : `a writer said ${message.kind} instead of reporting`);
}

async function check({ repository, base }: World, { variant, writers, reports }: CellResult): Promise<void> {
  const claims = { landed: reports.flatMap((it) => it.landed), open: reports.flatMap((it) => it.open) };
  const verdict = await verify(repository, { base, claims });
  if (isClean(verdict)) return;
  throw new Error(`${variant} with ${writers} writers broke the history: ${verdictText(verdict)}`);
}
