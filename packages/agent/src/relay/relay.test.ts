import { tmpdir } from 'node:os';
import { type NodeProcess, startNode, waitFor } from '@gityard/testing';
import { auditYard } from '@gityard/yard';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { letCommandsRun, programFile, type TestYard, testYard, UNHURRIED } from '../agent.fixture.ts';
import { KEY } from './relay.fixture.ts';
import { lockOf, siteOf } from './site.ts';

const LOCK = lockOf(siteOf(KEY));
const site = { relayKey: KEY, relayHost: '127.0.0.1' };

describe('agents with the key of a site', () => {
  let yard: TestYard;
  let processes: NodeProcess[];
  beforeEach(async () => {
    yard = await testYard();
    processes = [];
  });
  afterEach(async () => {
    await Promise.all(processes.map((it) => it.dispose()));
    await yard.close();
  });

  const relayIs = (fits: (holder: string) => boolean) =>
    yard.until('there is a relay', ({ locks }) => locks.get(LOCK)?.holders.find((it) => fits(it.holder))?.holder);

  async function startProcess(id: string): Promise<NodeProcess> {
    const home = yard.homeOf(id);
    await letCommandsRun(home);
    const agent = startNode(programFile, [yard.address, home, id], {
      env: { TMPDIR: tmpdir(), GITYARD_RELAY_KEY: KEY },
    });
    processes.push(agent);
    return agent;
  }

  const loopOf = (id: string, words: RegExp) =>
    yard.beat(id, ({ loops }) => loops.some((it) => it.name === 'relay' && words.test(it.doing)));

  it('elect one, through which the others claim, finish and beat under their own names', async () => {
    await yard.start('build1', site);
    await relayIs((it) => it === 'build1');
    await yard.start('build2', site);
    await loopOf('build2', /^commits through relay build1$/);
    await loopOf('build1', /^relay of this site, for \d+ agents$/);

    const jobs = await Promise.all(Array.from({ length: 6 }, () => yard.add(['true'])));
    for (const id of jobs) await yard.untilStatus(id, 'succeeded');

    const actor = (await yard.person.refresh()).actors.get('build2');
    expect(actor?.request).toBeGreaterThan(0);
    expect(await auditYard(yard.person)).toMatchObject({ ok: true });
  });

  it('go on by themselves when the relay is killed, and elect another', async () => {
    const killed = await startProcess('build1');
    await relayIs((it) => it === 'build1');
    const others = [await yard.start('build2', site), await yard.start('build3', site)];
    for (const it of others) await it.told('registered');
    await loopOf('build3', /^commits through relay build1$/);
    const before = await Promise.all(Array.from({ length: 4 }, () => yard.add(['sleep', '1'])));

    killed.kill('SIGKILL');
    // Of whoever is the next: its hold is to last, and that of the killed one not.
    await yard.configure(UNHURRIED);
    const after = await Promise.all(Array.from({ length: 4 }, () => yard.add(['true'])));

    for (const id of [...before, ...after]) await yard.untilStatus(id, 'succeeded');
    const next = await relayIs((it) => it !== 'build1');
    expect(['build2', 'build3']).toContain(next);
    await loopOf(next === 'build2' ? 'build3' : 'build2', new RegExp(`^commits through relay ${next}$`));
    const jobs = (await yard.person.refresh()).jobs;
    expect([...jobs].map((it) => it.attempts.filter(({ status }) => status === 'succeeded').length)).toEqual(
      [...before, ...after].map(() => 1),
    );
    expect(await auditYard(yard.person)).toMatchObject({ ok: true });
  });

  it('give the office back when the relay is stopped in order', async () => {
    const first = await yard.start('build1', site);
    await relayIs((it) => it === 'build1');
    const second = await yard.start('build2', site);
    await second.told('registered');

    first.drain();
    await first.exit;

    await relayIs((it) => it === 'build2');
    await waitFor(async () => (await yard.person.refresh()).locks.get(LOCK)?.holders.length === 1, {
      what: 'one relay is left',
    });
  });

  it('have nothing to do with agents that have none', async () => {
    const alone = await yard.start('build1');
    await alone.told('registered');
    const id = await yard.add(['true']);
    await yard.untilStatus(id, 'succeeded');

    expect(yard.person.state.locks.size).toBe(0);
    expect(yard.person.state.actors.get('build1')?.request).toBeUndefined();
  });
});
