import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemPorts } from '@gityard/store';
import { afterEach, describe, expect, it } from 'vitest';
import { auditYard } from '../history/audit.ts';
import { readLog } from '../history/log.ts';
import { type SpoolWorld, send, spoolWorld, submit } from './spool.fixture.ts';
import { mayComeBack, type Spool } from './spool.ts';

const AGENTS = ['a', 'b', 'c', 'd', 'e'];
const HOURS = 24;

describe('an outage of a day', () => {
  let world: SpoolWorld;
  afterEach(() => world.close());

  /** Nothing sleeps here: an hour is over when all have done what they do in one. */
  it('costs nothing of what five agents did in it: each lands once and in its order, and little is kept meanwhile', async () => {
    world = await spoolWorld({ ports: hurried() });
    const yards = await Promise.all(AGENTS.map((it) => world.yard(it)));
    const spools = await Promise.all(AGENTS.map((identity) => world.spool(identity, { identity })));
    world.goAway();
    let most = 0;
    for (let hour = 0; hour < HOURS; hour++) {
      for (const [at, spool] of spools.entries()) {
        await spool.accept(hourOf(AGENTS[at] ?? '', hour).map((operation) => ({ operation })));
        const error = await spool.replay(yards[at] ?? fail(), {}).catch((it: unknown) => it);
        expect(mayComeBack(error)).toBe(true);
      }
      most = Math.max(most, ...(await Promise.all(spools.map(sizeOf))));
    }
    world.comeBack();
    // The way back is no better than ways back are.
    world.remote.faults.plan = (push) => (push % 3 === 0 ? 'lose-reply' : push % 5 === 0 ? 'drop' : undefined);
    await Promise.all(spools.map((spool, at) => spool.replay(yards[at] ?? fail(), {})));

    const [yard] = yards;
    const state = await yard?.refresh();
    const history = (await readLog(yard ?? fail()))
      .toReversed()
      .map((it) => /(?:message|job) (\S+)/.exec(it.subject)?.[1] ?? '');
    for (const agent of AGENTS) {
      const own = history.filter((it) => it.startsWith(agent));
      expect(own).toHaveLength(HOURS * 5);
      expect(own).toEqual([...own].sort());
      expect(state?.actors.get(`${agent}.spool`)).toMatchObject({ operations: HOURS * 5 });
    }
    expect(state?.jobs.size).toBe(AGENTS.length * HOURS);
    expect(await Promise.all(spools.map((it) => it.count()))).toEqual(AGENTS.map(() => 0));
    expect(await auditYard(yard ?? fail())).toMatchObject({ ok: true, operations: AGENTS.length * HOURS * 5 });
    expect(most).toBeLessThan(200_000);
    expect(Math.max(...(await Promise.all(spools.map(sizeOf))))).toBe(0);
  });
});

const hourOf = (agent: string, hour: number) => {
  const id = `${agent}-${String(hour).padStart(2, '0')}`;
  return [submit(id), ...[0, 1, 2, 3].map((at) => send(`${id}-${at}`, `of hour ${hour}`))];
};

async function sizeOf({ place }: Spool): Promise<number> {
  const names = (await readdir(place.folder)).filter((it) => it.endsWith('.log'));
  const sizes = await Promise.all(names.map((it) => stat(join(place.folder, it))));
  return sizes.reduce((sum, it) => sum + it.size, 0);
}

/** A clock on which every wait is over at once, and its time has passed. */
function hurried() {
  let nowMs = Date.parse('2026-03-01T12:00:00Z');
  const sleep = async (ms: number) => {
    nowMs += ms;
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { ...systemPorts, monotonicMs: () => nowMs, wallMs: () => nowMs, sleep, random: () => 0.5 };
}

function fail(): never {
  throw new Error('there is one for each agent');
}
