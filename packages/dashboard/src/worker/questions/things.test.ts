import { describe, expect, it } from 'vitest';
import { LEFT, RIGHT } from '../../testing/sample-builds.ts';
import { sampleThings } from '../../testing/sample-things.ts';
import { sampleYard } from '../../testing/sample-yard.ts';
import { build } from './artifacts/build.ts';
import { comparison } from './artifacts/comparison.ts';
import { manifests } from './artifacts/manifests.ts';
import { bornAt } from './born-at.ts';
import { branches } from './branches/branches.ts';
import { changes } from './changes/changes.ts';
import { toldIn } from './changes/told-in.ts';
import { lockHistory } from './locks/lock-history.ts';
import { locks } from './locks/locks.ts';
import { messages } from './messages/messages.ts';
import { thread } from './messages/thread.ts';

const now = '2026-03-01T12:00:00.000Z';
const model = sampleYard(now);
const at = model.head;
const world = () => {
  const things = sampleThings(now);
  return { ...things, reading: things.reading(model) };
};

describe('locks', () => {
  it('tells of every holder and of the whole line, and of a broken file beside them', async () => {
    const { reading, repository } = world();
    repository.put('state', 'shared/locks/broken.json', '{"name": 3}');

    const { locks: found, broken } = await locks(reading, { at });

    expect(found.map(({ name, holders, waiting }) => [name, holders.length, waiting.length])).toEqual([
      ['licences', 2, 0],
      ['publish', 1, 2],
      ['signing-key', 0, 0],
    ]);
    expect(broken).toMatchObject([{ path: 'shared/locks/broken.json' }]);
  });

  it('knows through whose hands a lock went, and nothing of what happened beside', async () => {
    const { rows } = await lockHistory(world().reading, { name: 'publish', at });

    expect(rows.map(({ operation, token, reason }) => [operation, token, reason])).toEqual([
      ['acquire', 12, 'release 4.21'],
      ['release', 11, null],
      ['break', null, 'build4 has been silent for an hour'],
    ]);
  });
});

describe('changes', () => {
  it('goes back page by page, each operation a row and each commit once', async () => {
    const { reading, commits } = world();
    const seen: string[] = [];
    for (let from: string | null = at; from !== null; ) {
      const page = await changes(reading, { from, count: 50 });
      seen.push(...page.rows.map(({ key }) => key));
      from = page.next;
    }

    expect(seen).toHaveLength(commits.length + 1);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('takes the word of a person for what it is', () => {
    const [row] = toldIn({ commit: 'c', at: now, author: 'Ann', message: 'mend it\n\nOperation:\n' });

    expect(row).toMatchObject({ operation: '', by: 'Ann', subject: 'mend it', job: null });
  });
});

describe('messages', () => {
  it('finds a thread from any of its messages, with a receipt for each recipient', async () => {
    for (const id of ['01karmsg1', '01karmsg1b']) {
      const found = await thread(world().reading, { id, at, most: 50 });

      expect(found?.messages.map((it) => it.id)).toEqual(['01karmsg1', '01karmsg1b']);
      expect(found?.unread).toBe(0);
      const [first] = found?.messages ?? [];
      expect(first?.missing).toBe(5);
      expect(first?.receipts.filter((it) => it.readAt !== null).map((it) => it.reader)).toEqual(['build1', 'build3']);
    }
  });

  it('finds archived ones, spares requests, and says what it did not look through', async () => {
    const { reading, repository } = world();
    const old = { id: '01kaaaold', from: 'ada', to: 'all', sentAt: '2026-01-01T00:00:00Z', subject: 'old' };
    repository.put('state', 'shared/archive/messages/2026/01/01kaaaold.json', JSON.stringify(old));

    const found = await thread(reading, { id: '01kaaaold', at, most: 2 });

    expect(found?.messages).toMatchObject([{ subject: 'old' }]);
    expect(found?.unread).toBe(3);
    expect(repository.asked.filter((it) => it === 'blob')).toHaveLength(3);
    expect(await thread(reading, { id: 'nobody', at, most: 2 })).toBeNull();
    expect(await thread(reading, { id: '../../yard', at, most: 2 })).toBeNull();
  });

  it('comes to an end where messages answer each other in a ring', async () => {
    const { reading, repository } = world();
    const ring = (id: string, replyTo: string) => ({ id, replyTo, from: 'a', to: 'b', sentAt: now });
    repository.put('state', 'shared/archive/messages/2026/01/01kara.json', JSON.stringify(ring('01kara', '01karb')));
    repository.put('state', 'shared/archive/messages/2026/01/01karb.json', JSON.stringify(ring('01karb', '01kara')));

    expect((await thread(reading, { id: '01kara', at, most: 50 }))?.messages).toHaveLength(2);
  });

  it('gives heads of older ones, as those of the snapshot are', async () => {
    const first = await messages(world().reading, { at, before: null, count: 2 });

    expect(first.total).toBe(5);
    expect(first.heads.map(({ id }) => id)).toEqual(['01karmsg3', '01karmsg2']);
    const rest = await messages(world().reading, { at, before: first.next, count: 9 });
    expect(rest.heads).toMatchObject([{ id: '01karmsg1b' }, { id: '01karmsg1', missingAcks: 5 }, { id: '01karmsg0' }]);
    expect(rest.next).toBeNull();
  });
});

describe('artifacts', () => {
  it('lists builds newest first, and reads none of them for whoever is short of requests', async () => {
    const { reading, repository } = world();

    const thrifty = await manifests(reading, { at, count: 2, read: false });
    expect(thrifty).toMatchObject({ total: 3, builds: [{ job: RIGHT, facts: null }, { job: LEFT }] });
    expect(repository.asked).toEqual(['tree shared/manifests']);

    const { builds } = await manifests(reading, { at, count: 1, read: true });
    expect(builds[0]?.facts).toMatchObject({ agent: 'build3', files: 5, names: expect.arrayContaining(['sbom.json']) });
  });

  it('tells of one build where it comes from and who signed that', async () => {
    const found = await build(world().reading, { id: LEFT, at });

    expect(found).toMatchObject({
      id: LEFT,
      manifest: { agent: 'build1' },
      job: { status: 'succeeded', agent: 'build1', result: { isolation: 'bwrap' } },
      provenance: {
        builder: 'urn:gityard:acme:agent:build1',
        toolchain: 'maven 3.9.6',
        isolation: 'bwrap',
        signedBy: ['SHA256:9hSqGJqRk0yXo2bT7cVnD1'],
      },
    });
    expect(await build(world().reading, { id: 'nothing', at })).toBeNull();
  });

  it('compares two of them', async () => {
    const { comparison: found } = await comparison(world().reading, { left: LEFT, right: RIGHT, at });

    expect(found?.same).toEqual(['dist/cloud-agent.deb', 'dist/sbom.json']);
    expect(found?.checksum.map(({ path }) => path)).toEqual(['dist/cloud-ui.tar.gz']);
    expect(found?.size.map(({ path }) => path)).toEqual(['dist/cloud-docs.pdf']);
    expect(found?.missing.left).toEqual(['dist/debug.log']);
  });
});

describe('branches', () => {
  it('tells of profiles and of points to go back to, and of a config that a person broke', async () => {
    const { reading, repository } = world();

    const found = await branches(reading, { at });
    expect(found.profiles.map(({ name }) => name)).toEqual(['main', 'nightly', 'release/4.21']);
    expect(found.rollbacks).toMatchObject([{ branch: 'main', points: [{}, {}] }]);

    repository.put('state', 'shared/branches_config.json', '{"branches": {"main": {}}');
    const broken = await branches(reading, { at });
    expect(broken.profiles).toEqual([]);
    expect(broken.broken).toMatchObject([{ path: 'shared/branches_config.json' }]);
    expect(broken.rollbacks).toHaveLength(1);
  });
});

describe('born-at', () => {
  it('reads the time of an id, and of no other word', () => {
    expect(bornAt('01arz3ndektsv4rrffq69g5fav')).toBe('2016-07-30T23:54:10.259Z');
    expect(bornAt('release-7')).toBeNull();
  });
});
