import { auditYard, readLog } from '@gityard/yard';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestYard, testYard } from './agent.fixture.ts';
import { commitFile } from './person.fixture.ts';

describe('a file that a person broke', () => {
  let yard: TestYard;
  beforeEach(async () => {
    yard = await testYard();
  });
  afterEach(() => yard.close());

  it('is restored once, however many agents see it, and they go on as before', async () => {
    const agents = [await yard.start('build1'), await yard.start('build2')];
    for (const agent of agents) await agent.told('registered');
    const { yard: before } = yard.person.state;

    await commitFile(yard.repository, 'yard.json', '{ "lease": ');

    await yard.until('it is restored', (state) => state.quarantine.size === 1 && state.broken.size === 0);
    expect(yard.person.state.yard).toEqual(before);
    await commitFile(yard.repository, 'queue/later.json', '{ "command": ["true"] }');
    await yard.until('a job of later has run', (state) => [...state.jobs].some((it) => it.status === 'succeeded'));
    const judged = (await readLog(yard.person)).filter((row) => row.operation === 'quarantine');
    expect(judged).toMatchObject([{ subject: expect.stringMatching(/^restore yard\.json: it is not JSON/) }]);
    expect(await auditYard(yard.person)).toMatchObject({ ok: true });
  });

  it('is restored by an agent that started after it broke', async () => {
    await commitFile(yard.repository, 'yard.json', '{ "lease": ');

    const agent = await yard.start('build1');

    expect(await agent.told('quarantined')).toMatchObject({ path: 'yard.json' });
    await yard.until('it is restored', (state) => state.broken.size === 0);
  });
});
