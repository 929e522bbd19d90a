import type { MemoryFault } from '@gityard/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditYard } from '../history/audit.ts';
import { DEFAULT_REFS } from '../options.ts';
import { personOf } from '../spec/person.ts';
import { ended, type Scene, scene, submitted } from '../spec/scene.ts';
import type { Yard } from '../yard.ts';
import { cutHistory } from './cut-history.ts';
import { EPOCH_PATH, epochRef } from './epochs.ts';

const now = '2026-03-01T12:00:00Z';

describe('cutting the history', () => {
  let world: Scene;
  let yard: Yard;
  beforeEach(async () => {
    world = await scene();
    yard = await world.start('mac');
    await ended(yard, 'j1', now);
  });
  afterEach(() => world.close());

  const head = () => world.remote.refs.get(DEFAULT_REFS.state);

  it('keeps all files, begins with one commit, and names the one before, which stays under its ref', async () => {
    const [before, files, jobs] = [head(), yard.paths(''), [...yard.state.jobs]];

    const cut = await cutHistory(yard, { reason: 'spring cleaning' });

    expect(cut).toEqual({ epoch: 1, commit: head(), previousHead: before, commits: 3, operations: 2 });
    expect(world.remote.refs.get(epochRef(0))).toBe(before);
    await yard.refresh();
    expect(yard.paths('').filter((it) => it !== EPOCH_PATH)).toEqual(files);
    expect([...yard.state.jobs]).toEqual(jobs);
    expect(yard.state.epoch).toMatchObject({ epoch: 1, previousHead: before, commits: 3, operations: 2 });
  });

  it('is followed by programs that were at the head, behind it, or come later', async () => {
    const behind = await world.start('pc');
    await submitted(yard, 'j2', now);
    await cutHistory(yard);
    const late = await world.start('late');

    for (const [at, program] of [behind, yard, late].entries()) await submitted(program, `after${at}`, now);

    await late.refresh();
    expect([...late.state.jobs].map((it) => it.id).sort()).toEqual(['after0', 'after1', 'after2', 'j1', 'j2']);
    expect(await auditYard(late)).toMatchObject({ ok: true, epochs: { verified: [0, 1], missing: [] } });
  });

  it('does nothing to a history that was just cut', async () => {
    await cutHistory(yard);
    const cut = head();

    expect(await cutHistory(yard)).toBeNull();
    expect(head()).toBe(cut);
  });

  it('counts on over several cuts', async () => {
    await cutHistory(yard);
    await submitted(yard, 'j2', now);

    expect(await cutHistory(yard)).toMatchObject({ epoch: 2, commits: 5, operations: 3 });
    expect([...world.remote.refs.keys()]).toEqual(expect.arrayContaining([epochRef(0), epochRef(1)]));
  });

  it('makes one epoch when two do it at once', async () => {
    const other = await world.start('pc');

    const cuts = await Promise.all([cutHistory(yard), cutHistory(other)]);

    expect(cuts.filter((it) => it !== null)).toHaveLength(1);
    await yard.refresh();
    expect(yard.state.epoch?.epoch).toBe(1);
    expect(await auditYard(yard)).toMatchObject({ ok: true, epochs: { verified: [0, 1] } });
  });

  it('loses nothing of those who write meanwhile, and does nothing twice', async () => {
    const writers = await Promise.all(['w1', 'w2', 'w3'].map((it) => world.start(it)));
    const writing = writers.map(async (it) => {
      for (let at = 0; at < 20; at++) await submitted(it, `${it.actor}-${at}`, now);
    });
    const cuts = [];
    for (let at = 0; at < 3; at++) {
      await new Promise((resolve) => setImmediate(resolve));
      cuts.push(await cutHistory(yard));
    }
    await Promise.all(writing);

    await yard.refresh();
    expect(yard.state.jobs.size).toBe(61);
    const report = await auditYard(yard);
    expect(report).toMatchObject({ ok: true, operations: 62 });
    expect(report.epochs.verified.length).toBe(1 + cuts.filter((it) => it !== null).length);
  });

  it.each<[string, number, MemoryFault]>([
    ['before the old head was kept', 1, 'unreachable'],
    ['before the old head was kept, unheard of', 1, 'drop'],
    ['after the old head was kept', 1, 'lose-reply'],
    ['before the branch was moved', 2, 'unreachable'],
    ['before the branch was moved, unheard of', 2, 'drop'],
    ['after the branch was moved', 2, 'lose-reply'],
  ])('ends as if nothing had happened when it is stopped %s', async (_, push, fault) => {
    const { state } = yard;
    const first = world.remote.counters.pushes + push;
    // Whoever is stopped sends nothing more; a store that only loses an answer may send the same again.
    world.remote.faults.plan = (at) => (at === first ? fault : at > first ? 'unreachable' : undefined);
    await cutHistory(await world.start('stopped')).catch(() => undefined);
    world.remote.faults.plan = undefined;
    await submitted(yard, 'meanwhile', now);

    const again = await world.start('again');
    await cutHistory(again);

    await again.refresh();
    expect(again.state.jobs.size).toBe(state.jobs.size + 1);
    const { epoch = 0 } = again.state.epoch ?? {};
    const report = await auditYard(again);
    expect(report).toMatchObject({ ok: true, operations: 3, epochs: { missing: [] } });
    expect(report.epochs.verified.at(-1)).toBe(epoch);
    expect([...world.remote.refs.keys()].filter((it) => it.startsWith('refs/gityard/'))).toHaveLength(epoch);
  });

  it('says that the remote did not answer, as the store says it, when the old head may have been kept', async () => {
    world.remote.faults.plan = (push) => (push === world.remote.counters.pushes ? 'drop' : undefined);

    await expect(cutHistory(yard)).rejects.toMatchObject({ name: 'StoreError', code: 'TIMEOUT', mayHaveLanded: true });
  });

  it.each([
    ['keep the old head', 1],
    ['move the branch', 2],
  ])('changes nothing where the server lets nobody %s, and says so', async (_, push) => {
    const before = head();
    const first = world.remote.counters.pushes + push;
    const guarded: Yard = { ...yard, transport: guardedAt(first) };

    await expect(cutHistory(guarded)).rejects.toMatchObject({ code: 'DENIED', hint: expect.any(String) });

    expect(head()).toBe(before);
    expect(await cutHistory(yard)).toMatchObject({ epoch: 1 });
  });

  /** The repository, with a hook that declines from that push on. */
  function guardedAt(push: number): Yard['transport'] {
    const inner = world.remote.transport();
    return {
      name: inner.name,
      readRefs: inner.readRefs.bind(inner),
      fetchRef: inner.fetchRef.bind(inner),
      close: inner.close.bind(inner),
      push: (request) => {
        world.remote.faults.declines = world.remote.counters.pushes + 1 < push ? undefined : 'protected';
        return inner.push(request).finally(() => {
          world.remote.faults.declines = undefined;
        });
      },
    };
  }

  it.each([
    ['removed', null],
    ['broken', '{'],
  ])('cuts nothing again while the file that tells of the last cut is %s', async (_, text) => {
    await cutHistory(yard);
    await personOf(world.remote).commit('a slip', { [EPOCH_PATH]: text });
    const before = head();

    await expect(cutHistory(yard)).rejects.toMatchObject({ hint: expect.stringContaining(EPOCH_PATH) });
    expect([head(), world.remote.refs.has(epochRef(1))]).toEqual([before, false]);
  });

  it('leaves a ref alone that is there and is no part of this history', async () => {
    const strange = world.remote.refs.get(DEFAULT_REFS.live) ?? '';
    world.remote.refs.set(epochRef(0), strange);
    const before = head();

    await expect(cutHistory(yard)).rejects.toMatchObject({ code: 'REMOTE_INVALID' });

    expect([world.remote.refs.get(epochRef(0)), head()]).toEqual([strange, before]);
  });
});
