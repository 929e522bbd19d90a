import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSpoolLog, type SpoolLog, type SpoolLogOptions } from './spool-log.ts';

const ALL = { records: 100, bytes: 1 << 20 };

describe('a log', () => {
  let folder: TemporaryFolder;
  let names = 0;
  beforeEach(async () => {
    folder = await temporaryFolder();
    names = 0;
  });
  afterEach(() => folder.remove());

  const open = (options: Partial<SpoolLogOptions> = {}): Promise<SpoolLog> =>
    openSpoolLog({ folder: folder.path, newName: () => `name-${++names}`, ...options });
  const add = (log: SpoolLog, ...texts: string[]) => log.append(texts.map((it) => Buffer.from(it)));
  const texts = async (log: SpoolLog) => (await log.waiting()).map((it) => Buffer.from(it.body).toString());
  const files = async () => (await readdir(folder.path)).filter((it) => it.endsWith('.log'));
  const onlyFile = async () => join(folder.path, (await files())[0] ?? '');

  it('keeps what was appended, numbered in its order, for whoever opens it next', async () => {
    expect(await add(await open(), 'a', 'b')).toEqual([1, 2]);
    expect(await add(await open(), 'c')).toEqual([3]);

    expect(await texts(await open())).toEqual(['a', 'b', 'c']);
    expect(await (await open()).count()).toBe(3);
  });

  it('removes a file again that a power cut brought back', async () => {
    const log = await open();
    await add(log, 'a', 'b');
    const path = await onlyFile();
    const content = await readFile(path);
    await log.done(2);
    await writeFile(path, content);

    expect(await (await open()).take(ALL)).toBeUndefined();

    expect(await files()).toEqual([]);
    expect(await add(await open(), 'c')).toEqual([3]);
  });

  it('hands the same batch out until it is done, although more has come', async () => {
    const log = await open();
    await add(log, 'a', 'b');
    const first = await log.take(ALL);
    await add(log, 'c');

    const again = await (await open()).take(ALL);

    expect(again).toEqual({ ...first, isNew: false });
    expect(first?.through).toBe(2);
    await log.done(2);
    expect(await log.take(ALL)).toMatchObject({ through: 3, records: [{ number: 3 }] });
    await log.done(3);
    expect(await log.take(ALL)).toBeUndefined();
  });

  it('hands out no more at once than is wished, and one at the least', async () => {
    const log = await open();
    await add(log, 'aaaa', 'bbbb', 'cccc');

    expect(await log.take({ records: 2, bytes: 100 })).toMatchObject({ through: 2 });
    await log.done(2);
    await add(log, 'd'.repeat(50), 'e');
    expect(await log.take({ records: 9, bytes: 10 })).toMatchObject({ through: 3 });
    await log.done(3);
    expect(await log.take({ records: 9, bytes: 10 })).toMatchObject({ through: 4 });
  });

  it('removes files whose records are done, and never gives a number twice', async () => {
    const log = await open({ limits: { segmentBytes: 60 } });
    for (const text of ['a', 'b', 'c', 'd', 'e', 'f']) await add(log, text);
    const before = await files();
    await log.done(4);

    expect(before).toHaveLength(2);
    expect(await files()).toEqual(before.slice(1));
    await log.done(6);
    expect(await files()).toEqual([]);
    expect(await add(await open(), 'g')).toEqual([7]);
  });

  it('accepts nothing that is over its limits, and goes on when there is room again', async () => {
    const log = await open({ limits: { records: 3, bytes: 200 } });
    await add(log, 'a', 'b');

    await expect(add(log, 'c', 'd')).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringContaining('3 records'),
    });
    await expect(add(log, 'x'.repeat(500))).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(await add(log, 'e')).toEqual([3]);
    expect(await texts(log)).toEqual(['a', 'b', 'e']);
    await log.done(3);
    expect(await add(log, 'f')).toEqual([4]);
  });

  it('leaves room for what matters more than what is content with a part of it', async () => {
    const log = await open({ limits: { bytes: 200 } });

    await expect(log.append([Buffer.alloc(90)], { share: 0.5 })).rejects.toMatchObject({ code: 'DISK_FULL' });

    expect(await log.append([Buffer.alloc(90)])).toEqual([1]);
  });

  it('gives those who come at once one write, each with its own answer', async () => {
    const log = await open({ limits: { records: 50 } });

    const answers = await Promise.allSettled(Array.from({ length: 60 }, (_, at) => add(log, String(at))));

    expect(answers.filter((it) => it.status === 'fulfilled')).toHaveLength(50);
    expect(await texts(log)).toEqual(Array.from({ length: 50 }, (_, at) => String(at)));
  });

  it('may be appended to by several at once', async () => {
    const logs = await Promise.all([open(), open(), open()]);

    const numbers = await Promise.all(
      logs.flatMap((log, at) => Array.from({ length: 10 }, async (_, count) => (await add(log, `${at}-${count}`))[0])),
    );

    expect([...numbers].sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
    expect(new Set(await texts(await open())).size).toBe(30);
  });

  it('lets one at a time work it off', async () => {
    const [log, other] = [await open(), await open()];

    const inner = await log.replaying(() => other.replaying(async () => 'both'));

    expect(inner).toEqual({ result: undefined });
    expect(await other.replaying(async () => 'alone')).toEqual({ result: 'alone' });
  });

  it('cuts an end that was torn, at whatever byte', async () => {
    await add(await open(), 'a', 'b', 'the last');
    const whole = await readFile(await onlyFile());
    const lastBytes = 22 + 'the last'.length;

    for (let cut = 1; cut < lastBytes; cut++) {
      await writeFile(await onlyFile(), whole.subarray(0, whole.length - cut));
      const log = await open();
      expect(await add(log, 'next')).toEqual([3]);
      expect(await texts(log)).toEqual(['a', 'b', 'next']);
    }
    expect(await readdir(folder.path)).not.toContain('damaged');
  });

  it('sets a damaged file aside as it was, says so, keeps what can be read and goes on', async () => {
    const told: string[] = [];
    await add(await open(), 'a', 'b', 'c');
    const bytes = await readFile(await onlyFile());
    bytes.writeUInt8(bytes.readUInt8(30) ^ 1, 30);
    await writeFile(await onlyFile(), bytes);

    const log = await open({ onDamage: (text) => told.push(text) });

    expect(await texts(log)).toEqual(['a', 'c']);
    expect(await texts(log)).toEqual(['a', 'c']);
    expect(told).toEqual([expect.stringContaining('1 before number 3 cannot be read')]);
    expect(await readFile(join(folder.path, 'damaged', (await files())[0] ?? ''))).toEqual(bytes);
    expect(await add(log, 'd')).toEqual([4]);
  });

  it('begins under another name when its checkpoint was lost, and hands everything out that is there', async () => {
    const told: string[] = [];
    const log = await open();
    await add(log, 'a', 'b');
    await log.take({ records: 1, bytes: 100 });
    await log.done(1);
    await truncate(join(folder.path, 'checkpoint'), 5);

    const next = await open({ onDamage: (text) => told.push(text) });

    expect(await next.checkpoint()).toEqual({ name: 'name-2', done: 0, planned: 0 });
    expect(await texts(next)).toEqual(['a', 'b']);
    expect(told).toEqual([expect.stringContaining('lost its checkpoint')]);
    await rm(join(folder.path, 'checkpoint'));
    await next.done(2);
    expect((await next.checkpoint()).name).toBe('name-3');
  });

  it('goes on under another name when it is told to, and hands out anew what was not done', async () => {
    const log = await open();
    await add(log, 'a', 'b');
    await log.take(ALL);

    await log.rename();

    expect(await log.checkpoint()).toEqual({ name: 'name-2', done: 0, planned: 0 });
    expect(await log.take(ALL)).toMatchObject({ through: 2 });
  });
});
