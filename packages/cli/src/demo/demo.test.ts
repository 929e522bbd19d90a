import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder, waitFor } from '@gityard/testing';
import { auditYard, DEFAULT_REFS, openYard, readLog, type Yard } from '@gityard/yard';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHere } from '../program.fixture.ts';
import { demoFolder } from './demo-folder.ts';
import { runDemo } from './run-demo.ts';

describe('a demonstration', () => {
  let folder: TemporaryFolder;
  let yard: Yard;
  const said: string[] = [];
  const pages: string[] = [];
  const stop = new AbortController();
  let over: Promise<void>;
  let page: Response;
  beforeAll(async () => {
    folder = await temporaryFolder();
    over = runDemo({
      ...{ folder: folder.path, port: 0, refs: DEFAULT_REFS, env: { HOME: folder.path }, fleet: 4, days: 1, seed: 1 },
      ...{ still: false, stop: stop.signal },
      say: (text) => said.push(text),
      tell: ({ level, text }) => level === 'warn' && said.push(text),
      onPage: (url) => pages.push(url),
    });
    await Promise.race([over, waitFor(() => pages.length > 0, { what: 'its page is there' })]);
    const snapshot = `${new URL(pages[0] ?? '').origin}/api/v1/snapshot`;
    page = await waitFor(() => fetch(snapshot).then((it) => (it.ok ? it : undefined)), {
      what: 'it has read the yard',
    });
    yard = openYard({ address: join(folder.path, 'repositories', 'yard.git'), actor: 'reader' });
    await yard.refresh();
    const beginsAt = yard.now();
    await waitFor(
      async () => {
        const { jobs, agents } = await yard.refresh();
        return [...jobs].some(claimedSince(beginsAt)) && [...agents].some(({ mode }) => mode === 'maintenance');
      },
      { what: 'a job is claimed, and somebody has to act' },
    );
    await waitFor(
      async () => {
        await yard.live.refresh();
        return yard.state.heartbeats.size === 4;
      },
      { what: 'all have beaten' },
    );
    stop.abort();
    await over;
  });
  afterAll(async () => {
    stop.abort();
    await yard?.close();
    await folder.remove();
  });

  it('says what it is, in words and in the name of its yard', async () => {
    expect(said).toContain('this is a demonstration: its servers, builds and people are made up');
    expect(yard.state.yard.name).toBe('Demonstration (nothing here is real)');
    expect(page.status).toBe(200);
  });

  it('goes on with its past by operations that the audit knows, and ends when it is told to', async () => {
    const told = (await readLog(yard)).map(({ operation }) => operation);

    expect(said.filter((it) => it.startsWith('a part'))).toEqual([]);
    expect(told).toEqual(
      expect.arrayContaining(['register', 'submit', 'claim', 'start', 'finish', 'maintain', 'acquire']),
    );
    expect(await auditYard(yard)).toMatchObject({ ok: true });
    await expect(fetch(pages[0] ?? '')).rejects.toThrow();
  });
});

const claimedSince =
  (at: string) =>
  ({ attempts }: { attempts: readonly { startedAt: string }[] }): boolean =>
    attempts.some(({ startedAt }) => startedAt > at);

describe('the files of a demonstration', () => {
  let folder: TemporaryFolder;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder.remove());

  it('lie in a new folder, and go with it, unless somebody wants them', async () => {
    const [going, staying] = [
      await demoFolder({ home: undefined, cwd: folder.path, keep: false }),
      await demoFolder({ home: 'mine', cwd: folder.path, keep: false }),
    ];

    expect([going.isOurs, staying.isOurs, staying.path]).toEqual([true, false, join(folder.path, 'mine')]);
    await going.remove();
    await staying.remove();
    await expect(access(going.path)).rejects.toThrow();
    await access(staying.path);
  });

  it('are never written beside those of anybody', async () => {
    await mkdir(join(folder.path, 'work'));
    await writeFile(join(folder.path, 'work', 'file'), 'of a person');

    const { code, stderr } = await runHere(['demo', '--home', 'work', '--no-open'], { cwd: folder.path });

    expect([code, stderr]).toEqual([2, expect.stringContaining('is not empty')]);
  });
});
