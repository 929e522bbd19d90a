/** The past of a yard whose history was cut: read, audited and asked over the cuts, as far as it was kept. */
import { readFile } from 'node:fs/promises';
import { openBundle, openStore } from '@gityard/store';
import { temporaryFolder } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cutHistory } from '../compact/cut-history.ts';
import { bundleEpochs, dropEpochs, keptEpochs } from '../compact/epoch-refs.ts';
import { EPOCH_PATH, epochRef } from '../compact/epochs.ts';
import { pathOf } from '../files/paths.ts';
import { DEFAULT_REFS } from '../options.ts';
import { judgeBroken } from '../quarantine.ts';
import { ended, type Scene, scene, submitted } from '../spec/scene.ts';
import type { Yard } from '../yard.ts';
import { auditYard } from './audit.ts';
import { readLog } from './log.ts';

const now = '2026-03-01T12:00:00Z';
const jobPath = pathOf('job', 'j1');

describe('the past of a yard whose history was cut twice', () => {
  let world: Scene;
  let yard: Yard;
  beforeEach(async () => {
    world = await scene();
    yard = await world.start('mac');
    await submitted(yard, 'j1', now);
    await cutHistory(yard);
    await ended(yard, 'j2', now);
    await cutHistory(yard);
    await submitted(yard, 'j3', now);
  });
  afterEach(() => world.close());

  const drop = async (...epochs: number[]) => {
    const kept = await keptEpochs(yard.transport);
    await dropEpochs(
      yard.transport,
      kept.filter((it) => epochs.includes(it.epoch)),
    );
  };

  it('is told in one line, the cuts among it', async () => {
    const told = (await readLog(yard)).map((it) => it.operation);

    expect(told).toEqual(['submit', 'compact', 'cancel', 'submit', 'compact', 'submit', 'begin']);
  });

  it('is audited from the first commit to the last', async () => {
    expect(await auditYard(yard)).toMatchObject({
      ok: true,
      commits: 7,
      operations: 4,
      epochs: { verified: [0, 1, 2], missing: [] },
    });
  });

  it('is audited from where it begins when older epochs are gone, which is said', async () => {
    await drop(0);
    const report = await auditYard(yard);

    expect(report).toMatchObject({ ok: true, commits: 5, epochs: { verified: [1, 2], missing: [0] } });
    await drop(1);
    expect(await auditYard(yard)).toMatchObject({ ok: true, commits: 2, epochs: { verified: [2], missing: [0, 1] } });
  });

  it('is audited out of bundles when the epochs lie there', async () => {
    const { path: folder, remove } = await temporaryFolder();
    const bundles = await bundleEpochs(yard.transport, folder);
    await drop(0, 1);

    const elsewhere = await Promise.all(bundles.map(async (it) => openBundle(await readFile(it.path), it.path)));

    expect(await auditYard(yard, { elsewhere })).toMatchObject({ ok: true, commits: 7, epochs: { missing: [] } });
    expect(await bundleEpochs(yard.transport, folder)).toEqual([]);
    await remove();
  });

  it('still knows the last valid version of a file that broke after the cut', async () => {
    await world.person.commit('Oops', { [jobPath]: 'oops' });
    const late = await world.start('late');

    expect(late.state.jobs.get('j1')).toMatchObject({ id: 'j1', status: 'queued' });
    expect(await judgeBroken(late, { now })).toMatchObject([{ ok: true, result: { restored: true, author: 'Ada' } }]);
  });

  it('still knows it when the file was broken already when the history was cut', async () => {
    await world.person.commit('Oops', { [jobPath]: 'oops' });
    await cutHistory(yard);
    const late = await world.start('late');

    expect(late.state.jobs.get('j1')).toMatchObject({ id: 'j1', status: 'queued' });
    expect(late.state.broken.get(jobPath)?.past).toMatchObject({ author: 'Ada', restorable: true });
  });

  it('goes on without what is lost when its epoch is gone', async () => {
    await world.person.commit('Oops', { [jobPath]: 'oops' });
    await cutHistory(yard);
    await drop(0, 1, 2);
    const late = await world.start('late');

    expect(late.state.jobs.has('j1')).toBe(false);
    await submitted(late, 'j4', now);
  });

  it('names the commit that changed what the cut says', async () => {
    const said = (await world.person.read(EPOCH_PATH)) ?? '';
    const planted = await world.person.commit('Nobody looks here', {
      [EPOCH_PATH]: said.replace('"commits": 5', '"commits": 6'),
    });

    expect(await auditYard(yard)).toMatchObject({ firstViolation: { commit: planted, rule: 'epoch-kept' } });
  });
});

describe('a cut that somebody forged', () => {
  let world: Scene;
  beforeEach(async () => {
    world = await scene();
  });
  afterEach(() => world.close());

  /** Cuts by hand, as one would who wants to change something on the way. */
  async function forged(yard: Yard, { fields = {}, files = {} }: { fields?: object; files?: Record<string, string> }) {
    const compose = () => ({ edits: [], message: '', author: { name: '', email: '' }, answers: [] });
    const store = openStore<never, never>({ transport: yard.transport, ref: DEFAULT_REFS.state, compose });
    const base = await store.refresh();
    world.remote.refs.set(epochRef(0), base.commit);
    const truth = { epoch: 1, previousHead: base.commit, previousTree: base.tree, commits: 2, operations: 1 };
    const all = { ...files, [EPOCH_PATH]: JSON.stringify({ ...truth, ...fields }) };
    const edits = Object.entries(all).map(([path, text]) => ({ path, content: Buffer.from(text) }));
    const message = 'compact: epoch 1 begins\n\nOperation: compact\nTransaction: mac.b.epoch1\n';
    return (await store.replace(base, { edits, message, author: { name: 'mac', email: 'm@x' } })).commit;
  }

  it('is none when all it says is true', async () => {
    const yard = await world.start('mac');
    await submitted(yard, 'j1', now);
    await forged(yard, {});

    await yard.refresh();
    expect(await auditYard(yard)).toMatchObject({ ok: true, epochs: { verified: [0, 1] } });
  });

  it.each<[string, string, Parameters<typeof forged>[1]]>([
    ['changes a file on the way', 'epoch-files', { files: { 'yard.json': '{ "name": "mine" }' } }],
    ['leaves out a number', 'epoch-number', { fields: { epoch: 7 } }],
    ['miscounts the commits', 'epoch-count', { fields: { commits: 9 } }],
    ['miscounts the operations', 'epoch-count', { fields: { operations: 9 } }],
    ['names another tree', 'epoch-files', { fields: { previousTree: '0'.repeat(40) } }],
  ])('is told of by the audit when it %s', async (_, rule, forgery) => {
    const yard = await world.start('mac');
    await submitted(yard, 'j1', now);
    const commit = await forged(yard, forgery);
    // So that what it says can be followed, whatever number it gives itself.
    world.remote.refs.set(epochRef(6), world.remote.refs.get(epochRef(0)) ?? '');

    const late = await world.start('late');
    expect(await auditYard(late)).toMatchObject({ ok: false, firstViolation: { commit, rule } });
  });

  it('is not followed when it changes a file on the way', async () => {
    const yard = await world.start('mac');
    await submitted(yard, 'j1', now);
    await forged(yard, { files: { 'yard.json': '{ "name": "mine" }' } });

    await expect(yard.refresh()).rejects.toMatchObject({ code: 'HISTORY_REWRITTEN' });
    expect(yard.state.yard.name).toBe('acme');
  });
});
