import { world as domainWorld } from '@gityard/domain/spec';
import { MemoryRemote } from '@gityard/store';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createYard } from '../create-yard.ts';
import { openYard } from '../open-yard.ts';
import { DEFAULT_REFS } from '../options.ts';
import type { Yard } from '../yard.ts';

let remote: MemoryRemote;
let yard: Yard;
beforeEach(async () => {
  remote = new MemoryRemote();
  await createYard({ address: remote.transport(), actor: 'founder' });
  yard = openYard({ address: remote.transport(), actor: 'mac' });
  await yard.refresh();
});
afterEach(() => yard.close());

const publish = (job: string) => {
  const files = [{ path: `mac/logs/${job}_20260301T120000Z.json`, content: Buffer.from('{}') }];
  return yard.logs.publish(files, { agent: 'mac', job, keep: 10 });
};
const logged = async (job: string) => (await yard.logs.filesOf(job)).length;

async function beat(): Promise<void> {
  const heartbeat = domainWorld().agent('mac').beat('mac').state.heartbeats.get('mac');
  if (!heartbeat) throw new Error('a world without the beat that was put there');
  await yard.live.beat({ heartbeat: () => heartbeat, model: () => null });
}

it('logs are begun again where somebody removed them', async () => {
  await publish('j1');
  remote.refs.delete(DEFAULT_REFS.logs);

  await publish('j2');

  expect([await logged('j1'), await logged('j2')]).toEqual([0, 1]);
});

it('of the logs of an agent the oldest make room, whatever their jobs are called', async () => {
  const names = ['ffff', '01zz', '8888', '0000', 'aaaa'];

  for (const [at, name] of names.entries())
    await yard.logs.publish(
      [{ path: `mac/logs/${name}_2026010${at + 1}T000000Z.json`, content: new Uint8Array([1]) }],
      {
        ...{ agent: 'mac', job: name, keep: 3 },
      },
    );

  expect(await Promise.all(names.map(logged))).toEqual([0, 0, 1, 1, 1]);
});

it('logs go on from whatever somebody put in their place', async () => {
  await publish('j1');
  const other = new MemoryRemote();
  await createYard({ address: other.transport(), actor: 'another founder' });
  const begun = other.refs.get(DEFAULT_REFS.logs) ?? '';
  for (const [oid, object] of other.objects) remote.objects.set(oid, object);
  remote.refs.set(DEFAULT_REFS.logs, begun);

  await publish('j2');

  expect([await logged('j1'), await logged('j2')]).toEqual([0, 1]);
});

it('a state that was pushed to the live ref by mistake is gone with the next beat', async () => {
  remote.refs.set(DEFAULT_REFS.live, remote.refs.get(DEFAULT_REFS.state) ?? '');

  await beat();

  const { head, objects } = await remote.transport().fetchRef({ ref: DEFAULT_REFS.live, have: [] });
  expect(head).not.toBeNull();
  const text = objects.map((it) => Buffer.from(it.body).toString()).join();
  expect([text.includes('queue'), text.includes('heartbeats')]).toEqual([false, true]);
});
