import { MemoryRemote, openBundles } from '@gityard/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cutHistory } from '../compact/cut-history.ts';
import { auditYard } from '../history/audit.ts';
import { openYard } from '../open-yard.ts';
import { DEFAULT_REFS } from '../options.ts';
import { ended, type Scene, scene, submitted } from '../spec/scene.ts';
import type { Yard } from '../yard.ts';
import { type PreparedYard, placeYard, prepareYard } from './restore-yard.ts';
import { type SavedYard, saveYard } from './save-yard.ts';

const noon = '2026-03-01T12:00:00Z';

describe('a saved yard', () => {
  let world: Scene;
  let yard: Yard;
  const opened: Yard[] = [];
  beforeEach(async () => {
    world = await scene();
    yard = await world.start('mac');
    await ended(yard, 'old', noon);
    await submitted(yard, 'open', noon);
  });
  afterEach(async () => {
    for (const it of opened.splice(0)) await it.close();
    await world.close();
  });

  const save = (known?: SavedYard) =>
    saveYard({ transport: world.remote.transport(), refs: DEFAULT_REFS, known: known?.heads });

  async function prepared(...chain: readonly SavedYard[]): Promise<PreparedYard> {
    const files = chain.flatMap(({ parts }) => parts.map(({ ref, bytes }) => ({ bytes, name: ref })));
    const source = await openBundles(files, 'the backup');
    const ready = await prepareYard({ source, refs: DEFAULT_REFS, backup: 'b1', actor: 'ann', reason: 'fire' });
    if (!ready.ok) throw new Error(ready.reason);
    opened.push(ready.yard);
    return ready;
  }

  async function open(remote: MemoryRemote, actor: string): Promise<Yard> {
    const it = openYard({ address: remote.transport(), actor });
    opened.push(it);
    await it.refresh();
    return it;
  }

  it('is the same yard in a new repository, and its history is whole', async () => {
    const remote = new MemoryRemote();

    const placed = await placeYard(await prepared(await save()), { target: remote.transport() });

    const restored = await open(remote, 'pc');
    expect([...restored.state.jobs].map(({ id }) => id)).toEqual([...yard.state.jobs].map(({ id }) => id));
    expect(restored.state.yard).toEqual({ ...yard.state.yard, tokensAbove: 1_000 });
    expect(placed).toMatchObject({ head: restored.head, replaced: [], tags: [], tagsLeft: [] });
    expect(await auditYard(restored)).toMatchObject({ ok: true, operations: 4 });
  });

  it('is written as what came since, for whoever has the rest', async () => {
    const first = await save();
    await submitted(yard, 'later', noon);
    const second = await save(first);
    const third = await save(second);

    const { yard: restored } = await prepared(first, second);

    expect(second.parts.map(({ ref, since }) => [ref, since])).toEqual([
      [DEFAULT_REFS.state, first.heads[DEFAULT_REFS.state]],
    ]);
    expect(third).toEqual({ heads: second.heads, parts: [] });
    expect(restored.state.jobs.get('later')).toBeDefined();
  });

  it('keeps what was cut off its history, which goes on from what was saved before the cut', async () => {
    const first = await save();
    await submitted(yard, 'later', noon);
    await cutHistory(yard);
    const second = await save(first);

    const { audit } = await prepared(first, second);

    expect(second.parts.map(({ since }) => since)).toEqual([first.heads[DEFAULT_REFS.state], null]);
    expect(audit).toMatchObject({ ok: true, epochs: { verified: [0, 1], missing: [] } });
  });

  it('takes the place of no other yard, unless that is asked for: then the heads of that one are kept', async () => {
    const ready = await prepared(await save());
    await submitted(yard, 'later', noon);
    const target = world.remote.transport();
    const lost = world.remote.refs.get(DEFAULT_REFS.state);

    await expect(placeYard(ready, { target })).rejects.toMatchObject({ code: 'CONFLICT' });
    const { replaced } = await placeYard(ready, { target, replacing: 'b1' });

    expect(replaced).toContain('refs/gityard/replaced/b1/heads/yard');
    expect(world.remote.refs.get('refs/gityard/replaced/b1/heads/yard')).toBe(lost);
    expect((await open(world.remote, 'pc')).state.jobs.get('later')).toBeUndefined();
  });

  it('is gone on with by whoever saw no more than was saved, and by nobody else without a word', async () => {
    const other = await world.start('pc');
    const ready = await prepared(await save());
    await submitted(yard, 'later', noon);
    world.remote.refs.clear();
    world.remote.objects.clear();

    await placeYard(ready, { target: world.remote.transport() });

    await expect(other.refresh()).resolves.toMatchObject({ yard: { tokensAbove: 1_000 } });
    await expect(yard.refresh()).rejects.toMatchObject({ code: 'HISTORY_REWRITTEN' });
  });
});
