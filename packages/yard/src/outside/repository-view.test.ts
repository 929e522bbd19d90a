import { type FetchRequest, MemoryRemote, type Transport } from '@gityard/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cutHistory } from '../compact/cut-history.ts';
import { createYard } from '../create-yard.ts';
import { newId } from '../ids.ts';
import { openYard } from '../open-yard.ts';
import { personOf } from '../spec/person.ts';
import type { Yard } from '../yard.ts';
import { repositoryView } from './repository-view.ts';

const now = '2026-03-01T12:00:00Z';
let remote: MemoryRemote;
let yard: Yard;
/** Refs that were fetched, one after the other. */
let fetched: string[];

beforeEach(async () => {
  remote = new MemoryRemote();
  await createYard({ address: remote.transport(), actor: 'founder' });
  fetched = [];
  yard = openYard({ address: watched(remote.transport()), actor: 'mac' });
  await yard.refresh();
});
afterEach(() => yard.close());

function watched(transport: Transport): Transport {
  const fetchRef = transport.fetchRef.bind(transport);
  return Object.assign(transport, {
    fetchRef: (request: FetchRequest) => {
      fetched.push(request.ref.replace('refs/heads/', ''));
      return fetchRef(request);
    },
  });
}

const submit = async (): Promise<string> => {
  const outcome = await yard.perform('submit', { id: newId(), job: { command: ['true'] }, by: 'ada', now });
  return (outcome.ok && outcome.commit) || '';
};
const text = (file: { bytes: Uint8Array | null } | undefined) => file?.bytes && Buffer.from(file.bytes).toString();
const put = (path: string, content: string) =>
  yard.logs.put([{ path, content: Buffer.from(content) }], { summary: 'log', isOver: () => false });

describe('repository-view', () => {
  it('shows the state as it was fetched, and asks for nothing', async () => {
    const view = repositoryView(yard);
    await submit();
    fetched = [];

    const folder = await view.folder('state', 'shared/jobs');
    const [entry] = folder?.entries ?? [];

    expect(folder?.commit).toBe(yard.head);
    expect(entry).toMatchObject({ path: expect.stringMatching(/^shared\/jobs\/[0-9a-f]{2}\/.*\.json$/) });
    const file = await view.file('state', entry?.path ?? '');
    expect(file).toMatchObject({ oid: entry?.oid, bytes: { length: entry?.sizeBytes } });
    expect(await view.file(yard.head, entry?.path ?? '')).toEqual(file);
    expect(Buffer.from((await view.blob(entry?.oid ?? '')) ?? [])).toEqual(Buffer.from(file?.bytes ?? []));
    expect(fetched).toEqual([]);
  });

  it('shows what the state was, long after it went on', async () => {
    const view = repositoryView(yard);
    const person = personOf(remote);
    const first = await person.commit('begin a note', { 'notes/a.txt': 'one' });
    await person.commit('change it', { 'notes/a.txt': 'two' });
    await yard.refresh();

    const old = await view.file(first, 'notes/a.txt');

    expect(text(old)).toBe('one');
    expect(Buffer.from((await view.blob(old?.oid ?? '')) ?? []).toString()).toBe('one');
    expect((await view.folder(first, 'notes'))?.entries).toEqual([
      { path: 'notes/a.txt', oid: old?.oid, sizeBytes: 3 },
    ]);
    expect(text(await view.file('state', 'notes/a.txt'))).toBe('two');
  });

  it('tells the commits, newest first, and fetches the past once', async () => {
    const view = repositoryView(yard);
    const [first, second] = [await submit(), await submit()];
    const commitsOf = async (from: string, asked: object) =>
      (await view.commits(from, { count: 10, ...asked }))?.commits.map((it) => it.commit);

    expect(await commitsOf('state', { count: 2 })).toEqual([second, first]);
    fetched = [];
    expect(await commitsOf(first, { count: 1 })).toEqual([first]);
    expect((await commitsOf('state', {}))?.slice(0, 2)).toEqual([second, first]);
    expect(await commitsOf('state', { until: '2020-01-01T00:00:00Z' })).toEqual([]);
    expect(fetched).toEqual([]);
    const third = await submit();
    expect(await commitsOf('state', { count: 1 })).toEqual([third]);
  });

  it('tells which commits touched a file or a folder', async () => {
    const view = repositoryView(yard);
    const person = personOf(remote);
    const first = await person.commit('begin a note', { 'notes/a.txt': 'one' });
    await person.commit('something else', { 'notes.txt': 'x' });
    const third = await person.commit('change it', { 'notes/a.txt': 'two' });
    await yard.refresh();
    const touching = async (path: string) =>
      (await view.commits('state', { count: 10, path }))?.commits.map((it) => [it.commit, it.author, it.message]);

    const both = [
      [third, 'Ada', 'change it\n'],
      [first, 'Ada', 'begin a note\n'],
    ];
    expect(await touching('notes/a.txt')).toEqual(both);
    expect(await touching('notes')).toEqual(both);
    expect(await touching('nothing')).toEqual([]);
  });

  it('shows logs as they grow, and asks for them once a second at most', async () => {
    const view = repositoryView(yard);
    await put('mac/logs/j1.1.log', 'one');
    fetched = [];

    const files = await Promise.all([1, 2, 3].map(() => view.file('logs', 'mac/logs/j1.1.log')));

    expect(files.map(text)).toEqual(['one', 'one', 'one']);
    expect(fetched).toEqual(['yard-logs']);
    await put('mac/logs/j1.2.log', 'two');
    await expect.poll(async () => (await view.folder('logs', 'mac'))?.entries.length).toBe(2);
  });

  it('shows nothing that the three refs do not lead to', async () => {
    const elsewhere = new MemoryRemote();
    await createYard({ address: elsewhere.transport(), actor: 'stranger', config: { name: 'other' } });
    for (const [oid, object] of elsewhere.objects) remote.objects.set(oid, object);
    const [secret = ''] = [...elsewhere.refs.values()];
    remote.refs.set('refs/heads/secret', secret);
    const view = repositoryView(yard);

    expect(await view.folder(secret, '')).toBeUndefined();
    expect(await view.file(secret, 'yard.json')).toBeUndefined();
    expect(await view.commits(secret, { count: 1 })).toBeUndefined();
    for (const { oid, type } of elsewhere.objects.values())
      if (type === 'blob' && !(await isOurs(oid))) expect(await view.blob(oid)).toBeUndefined();
    for (const path of ['', '..', '../yard.json', '/etc/passwd', 'shared', 'shared/'])
      expect(await view.file('state', path), path).toBeUndefined();
  });

  it('knows no logs and no signs of life where there are none', async () => {
    remote.refs.delete('refs/heads/yard-logs');
    remote.refs.delete('refs/heads/yard-live');
    const view = repositoryView(yard);

    expect(await view.folder('logs', '')).toBeUndefined();
    expect(await view.folder('live', '')).toBeUndefined();
    expect(await view.commits('logs', { count: 1 })).toBeUndefined();
  });

  it('goes on after the history was cut, and still shows what was before', async () => {
    const view = repositoryView(yard);
    const first = await submit();
    expect((await view.commits('state', { count: 1 }))?.commits[0]?.commit).toBe(first);

    await cutHistory(yard);
    await yard.refresh();

    expect((await view.commits('state', { count: 1 }))?.commits[0]?.commit).toBe(yard.head);
    expect(await view.folder(first, 'shared/jobs')).toMatchObject({ commit: first });
  });

  async function isOurs(oid: string): Promise<boolean> {
    const own = new MemoryRemote();
    await createYard({ address: own.transport(), actor: 'founder' });
    return own.objects.has(oid);
  }
});
