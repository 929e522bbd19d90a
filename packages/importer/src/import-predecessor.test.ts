/** Whole imports, from generated repositories of a predecessor into a yard in memory. */

import { MemoryRemote } from '@gityard/store';
import { makePredecessor, type PredecessorOptions, temporaryFolder } from '@gityard/testing';
import { auditYard, createYard, openYard, type Yard } from '@gityard/yard';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type ImportPredecessor, importPredecessor } from './import-predecessor.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function aYard(remote = new MemoryRemote()): Promise<Yard> {
  const yard = openYard({ address: remote.transport(), actor: 'importer' });
  closing.push(() => yard.close());
  await yard.refresh();
  return yard;
}

async function newRemote(): Promise<MemoryRemote> {
  const remote = new MemoryRemote();
  await createYard({ address: remote.transport(), actor: 'founder' });
  return remote;
}

async function aPredecessor(options: PredecessorOptions = {}) {
  const folder = await temporaryFolder();
  closing.push(() => folder.remove());
  return makePredecessor(folder.path, options);
}

const wish = (address: string, more: Partial<ImportPredecessor> = {}): ImportPredecessor => ({
  address,
  ref: null,
  history: false,
  repair: false,
  redact: false,
  dryRun: false,
  by: 'ann',
  reason: null,
  ...more,
});

describe('import-predecessor', () => {
  it('takes over what is there', async () => {
    const predecessor = await aPredecessor();
    const yard = await aYard(await newRemote());

    const report = await importPredecessor(yard, wish(predecessor.path));
    console.log(JSON.stringify({ ...report, rows: report.rows.slice(0, 20) }, null, 1));
    console.log(await auditYard(yard));
    const again = await importPredecessor(yard, wish(predecessor.path));
    console.log(JSON.stringify({ ...again, rows: again.rows.slice(0, 5) }, null, 1));
  });
  it('finds what was lost', async () => {
    const predecessor = await aPredecessor({ messages: 2000, losses: [102, 1001] });
    const yard = await aYard(await newRemote());
    console.time('import');
    const report = await importPredecessor(yard, wish(predecessor.path, { history: true }));
    console.timeEnd('import');
    console.log(
      JSON.stringify({ ...report, rows: report.rows.slice(0, 20) }, null, 1),
      predecessor.losses.map((it) => it.commit),
    );
    console.log(await auditYard(yard));
  });
});
