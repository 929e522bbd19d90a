import { describe, expect, it } from 'vitest';
import { MemoryKeeping } from '../testing/memory-keeping.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import { ScriptedSource } from '../testing/scripted-source.ts';
import { VirtualClock } from '../testing/virtual-clock.ts';
import { Looking } from './looking.ts';
import type { Told } from './protocol.ts';
import { type Source, SourceFailure } from './sources/source.ts';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const MINUTE_MS = 60_000;
const SHARED = 'https://acme.github.io/yard/';
const modelOf = (sequence: number, minutes = sequence) =>
  sampleYard(new Date(NOW + minutes * MINUTE_MS).toISOString(), { sequence });

describe('looking', () => {
  it('shows at once what an earlier visit saw, as remembered, until the source confirms or renews it', async () => {
    const keeping = new MemoryKeeping();
    const first = page({ keeping });
    first.scripted.model = modelOf(7);
    await first.see();

    const second = page({ keeping });
    second.scripted.model = modelOf(8);
    await second.see();

    expect(second.snapshots().map((it) => [it.model?.sequence, it.isRemembered])).toEqual([
      [7, true],
      [8, false],
    ]);
  });

  it('keeps the snapshot when looking fails, and says why', async () => {
    const { scripted, see, snapshots, connection, clock } = page();
    scripted.model = modelOf(7);
    await see();
    scripted.model = undefined;
    scripted.failure = { kind: 'rate-limited', reason: 'no more', until: NOW + 60 * MINUTE_MS };
    await clock.pass(MINUTE_MS);

    expect(snapshots()).toHaveLength(1);
    expect(connection()).toMatchObject({ state: 'limited', failure: { reason: 'no more' } });
    expect(connection()?.nextLookAt).toBeGreaterThanOrEqual(NOW + 60 * MINUTE_MS);
    expect(scripted.asked).toHaveLength(2);
  });

  it('tells a network that is away from a host that is', async () => {
    const host = page({ isHomeThere: true });
    const network = page({ isHomeThere: false });
    await Promise.all([host.see(), network.see()]);

    expect(host.connection()?.failure).toMatchObject({ kind: 'unavailable', reason: 'nobody is there' });
    expect(network.connection()?.failure).toMatchObject({ kind: 'offline', reason: 'this machine has no network' });
  });

  it('knows a rewritten history over a reload, and keeps what was there until somebody has seen it', async () => {
    const keeping = new MemoryKeeping();
    const before = page({ keeping });
    before.scripted.model = modelOf(50);
    await before.see();

    const after = page({ keeping });
    after.scripted.model = modelOf(3, 60);
    await after.see();
    expect(after.snapshots().at(-1)).toMatchObject({ rewritten: true, model: { sequence: 3 } });

    const reloaded = page({ keeping });
    await reloaded.see();
    expect(reloaded.snapshots().at(-1)?.rewritten).toBe(true);
    expect(reloaded.looking.newest.overwritten?.sequence).toBe(50);

    reloaded.looking.acceptHistory();
    expect(reloaded.snapshots().at(-1)?.rewritten).toBe(false);
    expect(keeping.snapshots.get('github.com/acme/yard')?.overwritten).toBeNull();
  });

  it('takes another yard that came to its address for what it is, and shows nothing of the one before', async () => {
    const keeping = new MemoryKeeping();
    const of = (yardId: string, sequence: number) => ({ ...modelOf(sequence), yardId });
    const stays = page({ keeping });
    stays.scripted.model = of('one', 50);
    await stays.see();
    stays.scripted.model = of('two', 3);
    await stays.clock.pass(20_000);
    const shown = stays.snapshots().map((it) => `${it.model?.yardId} ${it.rewritten}`);
    expect(new Set(shown)).toEqual(new Set(['one false', 'two false']));
    expect(shown.at(-1)).toBe('two false');

    const comes = page({ keeping, besides: { yardId: () => 'three' } });
    comes.scripted.model = of('three', 1);
    await comes.see();
    expect(comes.snapshots().map((it) => [it.model?.yardId, it.rewritten])).toEqual([['three', false]]);

    const again = page({ keeping, besides: { yardId: () => 'three' } });
    await again.see();
    expect(again.snapshots()).toMatchObject([{ model: { yardId: 'three' }, isRemembered: true }]);
  });

  it('does not take a copy of the host that lags behind for a rewritten history, unless it stays', async () => {
    const { scripted, see, snapshots, clock } = page();
    scripted.model = modelOf(50);
    await see();
    scripted.model = modelOf(49);
    await clock.pass(20_000);
    expect(snapshots().map((it) => [it.model?.sequence, it.rewritten])).toEqual([[50, false]]);

    await clock.pass(20_000);
    expect(snapshots().at(-1)).toMatchObject({ rewritten: true, model: { sequence: 49 } });
  });

  it('leaves nothing behind of what a token opened on an origin that other pages share', async () => {
    const keeping = new MemoryKeeping();
    const { scripted, see, looking, clock, snapshots } = page({ keeping, address: SHARED });
    await see();
    await looking.useToken('secret');
    scripted.model = modelOf(7);
    await clock.pass(20_000);

    expect(snapshots().at(-1)?.model?.sequence).toBe(7);
    expect(keeping.snapshots.size).toBe(0);
    await looking.keeping.keepObject('a', new Uint8Array(1));
    expect(keeping.objects.size).toBe(0);
  });

  it('leaves nothing behind of it either after the token was taken back', async () => {
    const keeping = new MemoryKeeping();
    const { scripted, see, looking, clock, snapshots, connection } = page({ keeping, address: SHARED });
    await see();
    await looking.useToken('secret');
    scripted.model = modelOf(7);
    await clock.pass(20_000);
    await looking.useToken(null);
    await clock.pass(20_000);
    looking.acceptHistory();

    expect(snapshots().at(-1)?.model?.sequence).toBe(7);
    expect(connection()).toMatchObject({ hasToken: false, mayKeep: false });
    expect(keeping.snapshots.size).toBe(0);
  });

  it('takes nothing of a look that began before a token was given', async () => {
    const { scripted, see, looking, clock, connection, snapshots } = page();
    let refuse: (failure: SourceFailure) => void = () => undefined;
    const { look } = scripted.source;
    scripted.source.look = () =>
      new Promise((_, reject) => {
        refuse = reject;
      });
    await see();
    await looking.useToken('secret');
    scripted.source.look = look;
    scripted.model = modelOf(7);
    await clock.pass(0);
    refuse(new SourceFailure({ kind: 'not-found', reason: 'private or misspelt' }));
    await clock.pass(1_000);

    expect(scripted.asked).toEqual(['look']);
    expect(snapshots().at(-1)?.model?.sequence).toBe(7);
    expect(connection()).toMatchObject({ state: 'live', failure: null });
  });

  it('speaks of no look where the source tells of each change by itself', async () => {
    const keeping = new MemoryKeeping();
    const before = page({ keeping });
    before.scripted.model = modelOf(7);
    await before.see();

    const after = page({ keeping });
    Object.assign(after.scripted.source, { follow: () => () => undefined });
    await after.see();

    expect(after.snapshots().at(-1)?.isRemembered).toBe(true);
    expect(after.connection()?.lookedAt).toBeNull();
  });

  it('looks again what it may do when a server that was away is there', async () => {
    let [tell, may]: [(state: 'live' | 'offline') => void, 'no' | 'direct'] = [() => undefined, 'no'];
    const { see, connection, clock } = page({
      besides: {
        commands: () => may,
        renewRights: async () => {
          may = 'direct';
        },
        follow: (listener) => {
          tell = (state) => listener({ kind: 'connection', state, reason: null, skewMs: 0 });
          return () => undefined;
        },
      },
    });
    await see();
    tell('live');
    await clock.pass(1);
    expect(connection()?.commands).toBe('no');

    tell('offline');
    tell('live');
    await clock.pass(1);

    expect(connection()).toMatchObject({ state: 'live', commands: 'direct' });
  });

  it('asks nothing in a tab that nobody sees', async () => {
    const { scripted, looking, see, connection, clock } = page();
    scripted.model = modelOf(7);
    await see();
    looking.see({ visible: false });
    await clock.pass(60 * MINUTE_MS);

    expect(scripted.asked).toHaveLength(1);
    expect(connection()).toMatchObject({ state: 'paused', nextLookAt: null });
  });
});

interface PageOptions {
  readonly keeping?: MemoryKeeping;
  readonly address?: string;
  readonly isHomeThere?: boolean;
  /** What the source can do besides. */
  readonly besides?: Partial<Source>;
}

function page({
  keeping = new MemoryKeeping(),
  address = 'https://ci.example/',
  isHomeThere = true,
  besides = {},
}: PageOptions = {}) {
  const clock = new VirtualClock(NOW);
  const scripted = new ScriptedSource();
  Object.assign(scripted.source, besides);
  const told: Told[] = [];
  const looking = new Looking({
    source: scripted.source,
    page: address,
    tell: (it) => void told.push(it),
    keeping,
    locks: undefined,
    clock,
    random: () => 0.5,
    askHome: async () => ({ isThere: isHomeThere, skewMs: 0 }),
    isOnline: () => true,
  });
  return {
    clock,
    scripted,
    looking,
    see: async () => {
      void looking.begin();
      looking.see({ visible: true });
      await clock.pass(1_000);
    },
    snapshots: () => told.filter((it) => it.kind === 'snapshot'),
    connection: () => told.findLast((it) => it.kind === 'connection')?.connection,
  };
}
