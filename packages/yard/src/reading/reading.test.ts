import { type ReadModel, readModel, type State } from '@gityard/domain';
import { expect, it } from 'vitest';
import { ended, scene, submitted } from '../spec/scene.ts';
import type { Yard } from '../yard.ts';
import { isRead, isValid, lackPast, stateOf, withPasts } from './reading.ts';

const NOW = '2026-03-01T12:00:00Z';

it('reads the same yard out of files as an agent does out of its store', async () => {
  const world = await scene();
  const yard = await world.start('mac');
  await submitted(yard, '01waits', NOW, { branch: 'main', labels: ['arm64'] });
  await ended(yard, '01ended', NOW);
  await world.person.commit('break things', {
    'shared/jobs/00/01bad.json': '{',
    'queue/wish.json': '{"command":["true"]}',
  });
  await yard.refresh();

  const files = filesOf(yard);
  expect(files.filter(({ bytes }) => bytes === undefined).map(({ path }) => path)).not.toContain('yard.json');
  expect(modelOf(stateOf(yard.head, files))).toEqual(modelOf(yard.state));
  expect(modelOf(yard.state)).toMatchObject({ jobs: [{ id: '01waits' }], quarantined: [{ code: 'INVALID_DATA' }] });
  await world.close();
});

it('needs no content of what is only counted', () => {
  const archived = 'shared/archive/jobs/2026/03/01/01ended.json';
  expect([archived, 'shared/metrics/2026-03.jsonl', 'README.md', 'src/main.c'].filter(isRead)).toEqual([]);
  expect(stateOf('c', [{ path: archived, oid: 'o', bytes: undefined }]).archive.size).toBe(1);
});

it('has the last valid version of a broken file in force, once the history told of it', async () => {
  const world = await scene();
  const yard = await world.start('mac');
  await submitted(yard, '01waits', NOW, { branch: 'main' });
  const [path = ''] = yard.paths('shared/jobs/');
  const whole = yard.read(path) ?? new Uint8Array();
  await world.person.commit('break it', { [path]: '{' });
  await yard.refresh();

  const broken = stateOf(yard.head, filesOf(yard));
  const past = { author: 'a person', at: NOW, lastValid: whole };
  const mended = withPasts(broken, new Map([[path, past]]));

  expect([isValid(path, whole), isValid(path, whole.slice(0, -3))]).toEqual([true, false]);
  expect(lackPast(broken)).toEqual([path]);
  expect(broken.jobs.size).toBe(0);
  expect(mended.jobs.get('01waits')).toEqual(yard.state.jobs.get('01waits'));
  expect(mended.broken.get(path)?.past).toEqual({ author: 'a person', brokenAt: NOW, restorable: true });
  expect(lackPast(mended)).toEqual([]);
  await world.close();
});

/** As a page gets them: content only where it matters. */
function filesOf(yard: Yard) {
  return yard.paths('').map((path, index) => {
    const bytes = isRead(path) ? yard.read(path) : undefined;
    return { path, oid: `${index}`, bytes };
  });
}

/** What a face shows, but for the names of blobs, which are made up here. */
function modelOf(state: State): ReadModel {
  return readModel(state, { now: NOW, head: 'head', sequence: 1, by: 'mac', push: null });
}
