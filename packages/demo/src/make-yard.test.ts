import { join } from 'node:path';
import { readModelFrom } from '@gityard/domain';
import { openTransport } from '@gityard/store';
import { git, type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { auditYard, DEFAULT_REFS, openYard, readLog, type Yard } from '@gityard/yard';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSyntheticYard, type SyntheticYard } from './make-yard.ts';

const UNTIL = '2026-03-10T00:00:00.000Z';
const EVERYTHING = ['register', 'submit', 'claim', 'start', 'finish', 'set-branch', 'send', 'note-health'];

let folder: TemporaryFolder;
let yard: Yard;
beforeAll(async () => {
  folder = await temporaryFolder();
  await made('yard.git', { days: 2, until: UNTIL, jobsPerDay: 10, cuts: [1] });
  yard = openYard({ address: join(folder.path, 'yard.git'), actor: 'reader' });
  await yard.refresh();
});
afterAll(async () => {
  await yard?.close();
  await folder.remove();
});

it('is a yard whose history keeps every rule, on both sides of its cut', async () => {
  const { ok, firstViolation, epochs, operations } = await auditYard(yard);

  expect({ ok, firstViolation, epochs }).toEqual({
    ...{ ok: true, firstViolation: null },
    epochs: { verified: [0, 1], missing: [] },
  });
  expect(operations).toBeGreaterThan(100);
});

it('holds days of everything that a fleet does, up to the moment at which it stands still', async () => {
  const rows = await readLog(yard);
  const live = await inRepository('show', `${DEFAULT_REFS.live}:shared/health_dashboard.json`);
  const model = readModelFrom(JSON.parse(live));

  expect([...new Set(rows.map(({ operation }) => operation))]).toEqual(expect.arrayContaining(EVERYTHING));
  expect([...yard.state.jobs].filter(({ status }) => status === 'succeeded').length).toBeGreaterThan(3);
  expect(await inRepository('tag', '--list', 'build-success-*')).not.toBe('');
  expect(model.ok && model.value).toMatchObject({
    at: UNTIL,
    head: await inRepository('rev-parse', DEFAULT_REFS.state),
  });
});

it('is the same yard for the same seed, and another one for another', async () => {
  const heads = await Promise.all(
    [1, 1, 2].map(async (seed, at) => {
      const path = await made(`${at}.git`, { days: 1, until: UNTIL, jobsPerDay: 8, seed });
      return (await git(['rev-parse', DEFAULT_REFS.state], { cwd: path })).trim();
    }),
  );

  expect(heads[1]).toBe(heads[0]);
  expect(heads[2]).not.toBe(heads[0]);
});

async function made(name: string, options: SyntheticYard): Promise<string> {
  const path = join(folder.path, name);
  await git(['init', '--quiet', '--bare', path], { cwd: folder.path });
  const target = openTransport(path);
  await makeSyntheticYard(target, options);
  await target.close();
  return path;
}

const inRepository = async (...asked: string[]): Promise<string> =>
  (await git(asked, { cwd: join(folder.path, 'yard.git') })).trim();
