import { readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startNode, type TemporaryFolder, temporaryFolder, waitFor } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diesAt, type FailingDisk, fullFrom, fullUntilAFileGoes } from './failing-disk.fixture.ts';
import { openSpoolLog, type SpoolLog } from './spool-log.ts';

const BATCH = 3;
const WRITER = fileURLToPath(new URL('./writer-program.fixture.ts', import.meta.url));
const nodeArguments = ['--import', createRequire(import.meta.url).resolve('tsx')];

/** What a process was told before it died. */
interface Told {
  readonly accepted: string[];
  batch: readonly string[];
  done: number;
}

const textsOf = (records: readonly { readonly body: Uint8Array }[]): string[] =>
  records.map((it) => Buffer.from(it.body).toString());

/** A life that appends, works a part off, and appends again: through every kind of step there is. */
async function live(log: SpoolLog, told: Told): Promise<void> {
  for (let round = 0; round < 2; round++) {
    for (let at = 0; at < BATCH + 1; at++) await accept(log, told, `${round}.${at}`);
    const batch = await log.take({ records: BATCH, bytes: 1 << 20 });
    if (!batch) throw new Error('something waits');
    told.batch = textsOf(batch.records);
    await log.done(batch.through);
    told.batch = [];
    told.done += BATCH;
  }
}

async function accept(log: SpoolLog, { accepted }: Told, text: string): Promise<void> {
  await log.append([Buffer.from(text)]);
  accepted.push(text);
}

describe('a log whose process dies', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  const open = (home = folder.path, disk?: FailingDisk['disk']) =>
    openSpoolLog({ folder: home, newName: () => 'log', limits: { segmentBytes: 80 }, disk });

  async function stepsOfALife(): Promise<number> {
    const { disk, steps } = diesAt(Number.POSITIVE_INFINITY);
    await live(await open(join(folder.path, 'whole'), disk), { accepted: [], batch: [], done: 0 });
    return steps();
  }

  /** In a folder of its own, on a disk of its own, until that disk fails. */
  async function lifeOn({ disk }: FailingDisk, home: string): Promise<{ told: Told; error: unknown }> {
    const told: Told = { accepted: [], batch: [], done: 0 };
    try {
      await live(await open(home, disk), told);
      return { told, error: undefined };
    } catch (error) {
      return { told, error };
    }
  }

  it('has every record that was accepted, in order, and the batch that was handed out, at whatever step it died', async () => {
    const steps = await stepsOfALife();
    for (let step = 1; step <= steps; step++) {
      const home = join(folder.path, String(step));
      const { told } = await lifeOn(diesAt(step), home);

      const log = await open(home);
      const waiting = textsOf(await log.waiting());
      // What it was not told any more may have come through: one record at the end, or that the batch is done.
      const kept = [told.done, told.done + BATCH].map((done) => told.accepted.slice(done));
      const fits = kept.filter(
        (it) => it.join() === waiting.slice(0, it.length).join() && waiting.length - it.length <= 1,
      );
      expect(fits, `step ${step}`).not.toEqual([]);
      const isHandedOut = told.batch.length > 0 && waiting[0] === told.batch[0];
      if (isHandedOut)
        expect(textsOf((await log.take({ records: 99, bytes: 1 << 20 }))?.records ?? [])).toEqual(told.batch);
      expect(await readdir(home)).not.toContain('damaged');
    }
    expect(steps).toBeGreaterThan(50);
  });

  it('has what was accepted when the disk was full at whatever write, and goes on when there is room', async () => {
    const steps = await stepsOfALife();
    for (let step = 1; step <= steps; step++) {
      const home = join(folder.path, String(step));
      const { told, error } = await lifeOn(fullFrom(step, step + 2), home);
      if (error !== undefined) expect(error).toMatchObject({ code: 'ENOSPC' });

      const log = await open(home);
      const waiting = textsOf(await log.waiting());
      expect(waiting, `step ${step}`).toEqual(told.accepted.slice(-waiting.length || told.accepted.length));
      expect(waiting.length).toBeGreaterThanOrEqual(told.accepted.length - told.done - BATCH);
      await accept(log, told, 'after');
      expect(textsOf(await log.waiting())).toEqual([...waiting, 'after']);
    }
  });

  it('gives its reserve up on a full disk, and has it again when something is done', async () => {
    const log = await open();
    await log.append([Buffer.from('a')]);
    const { size } = await stat(join(folder.path, 'reserve'));

    const crowded = await open(folder.path, fullUntilAFileGoes().disk);

    expect(await crowded.append([Buffer.from('b')])).toEqual([2]);
    expect(await readdir(folder.path)).not.toContain('reserve');
    await log.done(2);
    expect((await stat(join(folder.path, 'reserve'))).size).toBe(size);
  });

  it('has every record that processes were told of before they were killed, each in its order', async () => {
    const writers = ['a', 'b', 'c'].map((name) => startNode(WRITER, [folder.path, name], { nodeArguments }));
    await Promise.all(
      writers.map((it, at) => waitFor(() => it.stdout.length > 20 * (at + 1), { what: 'some are accepted' })),
    );
    for (const writer of writers) writer.kill('SIGKILL');
    await Promise.all(writers.map((it) => it.exit));

    const waiting = textsOf(await (await open()).waiting());
    for (const { stdout } of writers) {
      const [own] = stdout;
      const kept = waiting.filter((it) => it.startsWith(own?.[0] ?? '?'));
      expect(kept.slice(0, stdout.length)).toEqual([...stdout]);
    }
  });
});
