import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryRemote, type Transport } from '@gityard/store';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createYard } from './create-yard.ts';
import { openYard } from './open-yard.ts';
import { DEFAULT_REFS } from './options.ts';
import type { Yard } from './yard.ts';

let home: string;
let remote: MemoryRemote;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'gityard-yard-'));
  remote = new MemoryRemote();
  await createYard({ address: remote.transport(), actor: 'founder' });
});
afterEach(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));

it('starts from the copy in its home: neither the state nor the logs are fetched a second time', async () => {
  await withYard(async (yard) => {
    await yard.refresh();
    await submit(yard, 'j1');
    const content = Buffer.from('a line');
    await yard.logs.publish([{ path: 'mac/logs/j1_1.md', content }], { agent: 'mac', job: 'j1', keep: 5 });
  });

  const fetched = await withYard(async (yard) => {
    const state = await yard.refresh();
    expect(state.jobs.get('j1')?.status).toBe('queued');
    expect(await yard.logs.filesOf('j1')).toMatchObject([{ path: 'mac/logs/j1_1.md' }]);
    await submit(yard, 'j2');
  });

  expect(fetched).toEqual([]);
  expect((await readdir(join(home, 'objects'))).filter((it) => it.endsWith('.git'))).toHaveLength(2);
});

it('knows a rewritten history from one life to the next, until a person accepts it', async () => {
  const before = remote.refs.get(DEFAULT_REFS.state) ?? '';
  await withYard(async (yard) => void (await yard.refresh()));
  remote.refs.delete(DEFAULT_REFS.state);
  await createYard({ address: remote.transport(), actor: 'somebody-else' });
  expect(remote.refs.get(DEFAULT_REFS.state)).not.toBe(before);

  await withYard((yard) => expect(yard.refresh()).rejects.toMatchObject({ code: 'HISTORY_REWRITTEN' }));
  await withYard(async (yard) => void (await yard.refresh()), { acceptRewrite: true });
  await withYard((yard) => expect(submit(yard, 'j1')).resolves.toMatchObject({ ok: true }));
});

/** The objects that were fetched while that yard was open. */
async function withYard(act: (yard: Yard) => Promise<void>, options: { acceptRewrite?: boolean } = {}) {
  const fetched: string[] = [];
  const address = listening(remote.transport(), fetched);
  const yard = openYard({ address, actor: 'mac', home, ...options });
  try {
    await act(yard);
  } finally {
    await yard.close();
  }
  return fetched;
}

function listening(transport: Transport, fetched: string[]): Transport {
  return {
    name: transport.name,
    readRefs: transport.readRefs.bind(transport),
    async fetchRef(request) {
      const answer = await transport.fetchRef(request);
      fetched.push(...answer.objects.map((it) => it.oid));
      return answer;
    },
    push: transport.push.bind(transport),
    close: transport.close.bind(transport),
  };
}

const submit = (yard: Yard, id: string) =>
  yard.perform('submit', { id, job: { command: ['true'] }, by: 'ada', now: '2026-03-01T12:00:00Z' });
