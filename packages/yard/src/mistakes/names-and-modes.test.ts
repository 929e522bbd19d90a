/** Names that other systems cannot hold, and entries that are no files: none is read, each is told of, all stay where they are. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pathOf } from '../files/paths.ts';
import { auditYard } from '../history/audit.ts';
import { judgeBroken } from '../quarantine.ts';
import { type Hand, type HandMadeFile, handMadeYard } from '../spec/hand.fixture.ts';
import { submitted } from '../spec/scene.ts';
import type { Yard } from '../yard.ts';

const now = '2026-03-01T12:00:00Z';
const path = pathOf('job', 'j1');
const lock = (name: string) => JSON.stringify({ name, token: 0, holders: [] });

let hand: Hand;
let yard: Yard;
beforeEach(async () => {
  hand = await handMadeYard();
  yard = await hand.start('mac');
  await submitted(yard, 'j1', now);
});
afterEach(() => hand.close());

describe('locks that are named', () => {
  const NAMES: Readonly<Record<string, string>> = {
    'with a backslash': 'a\\b',
    'like a device': 'CON',
    'with capitals': 'Deploy',
    'over two lines': 'x\ny',
    'like a flag': '-rf',
    'with a space at the end': 'aux ',
    'from right to left': 'a\u202egnp',
    'with nothing': '',
    'with dots': '..json',
    'at great length': 'a'.repeat(3_000),
    'in letters of another script': 'депло́й',
  };

  it('as no file can be on every system are told of, and stay where they are', async () => {
    const odd = Object.values(NAMES).map((name) => `shared/locks/${name}.json`);
    await hand.commit(
      'Locks by hand',
      Object.values(NAMES).map((name, at) => ({ path: odd[at] ?? '', content: lock(name) })),
    );
    await yard.refresh();

    expect([...yard.state.broken].map((it) => it.path).sort()).toEqual(odd.toSorted());
    for (const { reason } of yard.state.broken) expect(reason).toContain('has a name');
    expect(yard.state.locks.size).toBe(0);
    await submitted(yard, 'j2', now);
    expect(await hand.paths()).toEqual(expect.arrayContaining(odd));
    expect(await auditYard(yard)).toMatchObject({ ok: true });
  });

  it('in bytes that are no text are told of, and survive what others write beside them', async () => {
    const raw = Buffer.concat([Buffer.from('shared/locks/'), Buffer.from([0xff, 0xfe]), Buffer.from('.json')]);
    await hand.commit('A lock by hand', [{ path: raw, content: lock('x') }]);
    const before = await hand.git(['ls-tree', 'yard:shared/locks']);
    await yard.refresh();

    expect(yard.state.broken.size).toBe(1);
    await yard.perform('acquire', { name: 'deploy', holder: 'ann', ttlMs: 1e6, waitUntil: null, reason: null, now });
    expect(await hand.git(['ls-tree', 'yard:shared/locks'])).toContain(before);
  });

  it('twice, with and without a capital, are the one without', async () => {
    const files = ['deploy', 'Deploy'].map((it) => ({ path: `shared/locks/${it}.json`, content: lock('deploy') }));
    await hand.commit('Both', files);
    await yard.refresh();

    expect([...yard.state.locks].map((it) => it.name)).toEqual(['deploy']);
    expect([...yard.state.broken].map((it) => it.path)).toEqual(['shared/locks/Deploy.json']);
  });
});

describe('a job that became', () => {
  const submodule = 'c'.repeat(40);

  it.each<[string, Omit<HandMadeFile, 'path'>, string]>([
    ['a link', { mode: '120000', content: '/etc/passwd' }, 'has mode 120000'],
    ['a submodule', { mode: '160000', oid: submodule }, 'has mode 160000'],
    ['a program', { mode: '100755', content: '{}' }, 'has mode 100755'],
  ])('%s is read by nobody; what was valid stays in force and comes back', async (_, file, reason) => {
    const before = await hand.git(['cat-file', 'blob', `yard:${path}`]);
    await hand.commit('Oops', [{ path, ...file }]);
    await yard.refresh();
    const late = await hand.start('late');

    for (const { state } of [yard, late]) {
      expect(state.jobs.get('j1')?.status).toBe('queued');
      expect(state.broken.get(path)?.reason).toContain(reason);
    }
    await judgeBroken(late, { now });
    expect(late.state.broken.size).toBe(0);
    expect(await hand.git(['cat-file', 'blob', `yard:${path}`])).toBe(before);
    expect(await auditYard(late)).toMatchObject({ ok: true });
  });

  it('a folder is gone, which the audit names, and nothing is written over what lies there', async () => {
    const inside = `${path}/x.json`;
    const planted = await hand.commit('Oops', [{ path: inside, content: '{}' }]);
    await yard.refresh();

    expect(yard.state.jobs.has('j1')).toBe(false);
    expect([...yard.state.broken].map((it) => it.path)).toEqual([inside]);
    await expect(submitted(yard, 'j1', now)).rejects.toThrow(/x\.json/);
    await submitted(yard, 'j2', now);
    expect(await hand.paths()).toContain(inside);
    expect(await auditYard(yard)).toMatchObject({ firstViolation: { commit: planted, rule: 'job-kept' } });
  });
});
