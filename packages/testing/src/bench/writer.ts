/**
 * The program of one writer: opens one variant, says that it is ready, and at the word "go" lands one operation
 * after another for as long as it was told, first to warm up, then to be measured. It judges nothing.
 */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

import { type CpuTime, cpuSince, cpuTime } from './cpu.ts';
import { createJournal } from './journal.ts';
import type { FromWriter, Go, WriterOrder, WriterReport } from './messages.ts';
import { operationOf } from './operation.ts';
import { variantNamed } from './variants/list.ts';
import type { Variant } from './variants/variant.ts';

const order: WriterOrder = JSON.parse(process.argv[2] ?? '');
const { pending, worksIn, load } = variantNamed(order.variant);
const journal = createJournal();
let number = 0;

async function landUntil(variant: Variant, end: Date): Promise<void> {
  async function oneAfterAnother(): Promise<void> {
    do {
      const operation = operationOf(order.writer, ++number);
      journal.sent(operation.id);
      if (await variant.land(operation, end)) journal.landed(operation.id);
      else journal.gaveUp(operation.id);
    } while (Date.now() < end.getTime());
  }
  await Promise.all(Array.from({ length: pending }, oneAfterAnother));
}

async function work(variant: Variant, go: Go): Promise<WriterReport> {
  const end = new Date(Date.now() + go.warmUpMs + go.measureMs);
  const all = landUntil(variant, end);
  await Promise.race([all, delay(go.warmUpMs)]);
  journal.startMeasuring();
  const before = { at: performance.now(), cpu: cpuTime(), lostPushes: variant.lostPushes };
  await delay(go.measureMs);
  journal.stopMeasuring();
  const measuredMs = performance.now() - before.at;

  // Who is still in the middle when the grace is over reports it as open; its process is ended anyway.
  const grace = new AbortController();
  await Promise.race([all, delay(go.graceMs, undefined, { signal: grace.signal })]);
  grace.abort();
  return {
    writer: order.writer,
    ...journal.report(),
    measuredMs,
    retries: variant.lostPushes - before.lostPushes,
    cpu: ofVariant(cpuSince(before.cpu)),
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  };
}

const ofVariant = (cpu: CpuTime): CpuTime => (worksIn === 'programs' ? { ...cpu, ownMs: 0 } : cpu);

async function tell(message: FromWriter): Promise<void> {
  await new Promise<void>((resolve) => process.send?.(message, () => resolve()));
}

process.once('disconnect', () => process.exit());
const go = once(process, 'message');
try {
  const open = await load();
  const variant = await open(order);
  await tell({ kind: 'ready' });
  const [told] = (await go) as [Go];
  await tell({ kind: 'report', report: await work(variant, told) });
} catch (error) {
  await tell({ kind: 'failed', text: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
