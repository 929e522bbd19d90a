/** Where the artifacts of builds go beside the disk of the agent, with a store that is there, and one that is away for a while. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { auditYard, readLog } from '@gityard/yard';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestYard, testYard, UNHURRIED } from './agent.fixture.ts';
import type { AgentContext } from './context.ts';
import { Storage } from './storage.ts';
import { bringArtifacts } from './upkeep/bring-artifacts.ts';
import { cleanUpStores } from './upkeep/clean-up-stores.ts';

const never = new AbortController().signal;
const MAKES = ['sh', '-c', 'seq 1 2000 > "$GITYARD_ARTIFACTS/numbers.txt"; echo bytes > "$GITYARD_ARTIFACTS/app.bin"'];

describe('a store of artifacts', () => {
  let yard: TestYard;
  let store: string;
  beforeEach(async () => {
    yard = await testYard({ ...UNHURRIED, retention: { artifactBuilds: 1, storedDays: 0 } });
    store = yard.homeOf('store');
  });
  afterEach(() => yard.close());

  const upkeepOf = (agent: string): AgentContext =>
    ({
      yard: yard.person,
      self: { id: agent, home: yard.homeOf(agent) },
      storage: new Storage({
        home: yard.homeOf(agent),
        settings: { artifacts: store },
        env: {},
        onTrouble: () => undefined,
      }),
    }) as unknown as AgentContext;

  it('gets what a build made before its result is there, and the manifest says so', async () => {
    await yard.start('build1', { storage: { artifacts: store } });
    const id = await yard.add(MAKES);

    const job = await yard.untilStatus(id, 'succeeded');

    expect(yard.person.state.manifests.get(id)?.store).toEqual({ name: `folder ${store}`, prefix: `${id}/1` });
    expect(job.attempts[0]?.stages.at(-1)?.message).toBe(`artifacts: 2; uploaded to folder ${store}`);
    const packed = await readFile(join(store, id, '1', 'numbers.txt.gz'));
    expect(gunzipSync(packed).toString()).toMatch(/^1\n2\n.*\n2000\n$/s);
    expect(await auditYard(yard.person)).toMatchObject({ ok: true });
  });

  it('that is away costs no build: its artifacts stay, the stage says so, and the upkeep brings them later', async () => {
    // A file in the place of the folder.
    await writeFile(store, '');
    const agent = await yard.start('build1', { storage: { artifacts: store } });
    const id = await yard.add(MAKES);

    const job = await yard.untilStatus(id, 'succeeded');
    const told = await agent.told('storage-trouble');

    expect(told.text).toContain(`the artifacts of job ${id} stay on this agent for now`);
    const publish = job.attempts[0]?.stages.at(-1);
    expect(publish).toMatchObject({ status: 'Succeeded', warnings: 1 });
    expect(publish?.message).toContain('kept on this agent for now');
    expect(yard.person.state.manifests.get(id)?.store).toBeUndefined();
    await expect(bringArtifacts(upkeepOf('build1'), never)).rejects.toMatchObject({ code: 'REMOTE_UNREACHABLE' });

    await rm(store);
    expect(await bringArtifacts(upkeepOf('build1'), never)).toBe(`the artifacts of ${id} were brought to their store`);
    expect(await bringArtifacts(upkeepOf('build1'), never)).toBeNull();

    expect((await yard.person.refresh()).manifests.get(id)?.store?.prefix).toBe(`${id}/1`);
    expect(await readdir(join(store, id, '1'))).toEqual(['app.bin', 'numbers.txt.gz']);
    expect((await readLog(yard.person)).filter((it) => it.operation === 'place-artifacts')).toHaveLength(1);
    expect(await auditYard(yard.person)).toMatchObject({ ok: true });
  });

  it('keeps the newest builds of a branch', async () => {
    await yard.start('build1', { storage: { artifacts: store } });
    const [first, second] = [await yard.add(MAKES), await yard.add(MAKES)];
    for (const id of [first, second]) await yard.untilStatus(id, 'succeeded');

    expect(await cleanUpStores(upkeepOf('build1'), never)).toMatch(/^1 builds were removed from folder/);

    expect([first, second].filter((it) => existsSync(join(store, it)))).toHaveLength(1);
  });

  it('loses what nobody knows, after a day', async () => {
    await yard.person.perform('configure', {
      config: { retention: { ...yard.person.state.yard.retention, artifactBuilds: 0 } },
      reason: null,
      now: yard.person.now(),
    });
    const nobody = join(store, 'nobody', '1', 'app.bin');
    await mkdir(join(nobody, '..'), { recursive: true });
    await writeFile(nobody, 'x');

    expect(await cleanUpStores(upkeepOf('build1'), never)).toBeNull();
    await utimes(nobody, new Date('2026-01-01'), new Date('2026-01-01'));
    expect(await cleanUpStores(upkeepOf('build1'), never)).toMatch(/^1 builds were removed/);

    expect(existsSync(nobody)).toBe(false);
  });
});
