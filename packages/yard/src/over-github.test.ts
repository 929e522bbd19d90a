import { world } from '@gityard/domain/spec';
import { type GithubServer, git, startGithubServer, type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { createYard } from './create-yard.ts';
import { auditYard } from './history/audit.ts';
import { readLog } from './history/log.ts';
import { openYard } from './open-yard.ts';
import type { Yard } from './yard.ts';

const now = '2026-03-01T12:00:00Z';

let folder: TemporaryFolder;
let server: GithubServer;
let mac: Yard;
let pc: Yard;
beforeEach(async () => {
  folder = await temporaryFolder();
  server = await startGithubServer({ root: folder.path });
  const { address, token } = server;
  await createYard({ address, token, actor: 'founder', reason: 'to try it' });
  [mac, pc] = [openYard({ address, token, actor: 'mac' }), openYard({ address, token, actor: 'pc' })];
  await Promise.all([mac.refresh(), pc.refresh()]);
});
afterEach(async () => {
  await Promise.all([mac.close(), pc.close()]);
  await server.close();
  await folder.remove();
});

const inRepository = async (...args: string[]) => (await git(args, { cwd: server.repository })).trim();

it('loses nothing between two writers, and answers with commits that are there', async () => {
  await Promise.all([mac, pc].map(register));
  const jobs = ['j1', 'j2', 'j3', 'j4', 'j5', 'j6'];

  const submitted = await Promise.all(jobs.map((id, at) => submit(at % 2 ? mac : pc, id)));
  const finished = await Promise.all([mac, pc].map(workUntilDone));

  const { jobs: known } = await mac.refresh();
  expect(finished.flat().sort()).toEqual(jobs);
  expect(jobs.map((id) => known.get(id)?.status)).toEqual(jobs.map(() => 'succeeded'));
  const commits = (await inRepository('rev-list', mac.refs.state)).split('\n');
  for (const it of submitted) expect(commits).toContain(it.ok && it.commit);

  const rows = await readLog(mac);
  const counts = ['submit', 'claim', 'finish'].map((name) => rows.filter((it) => it.operation === name).length);
  expect(counts).toEqual([6, 6, 6]);
  expect(rows.at(-1)).toMatchObject({ operation: 'begin', reason: 'to try it' });
  expect(await auditYard(mac)).toMatchObject({ ok: true, operations: rows.length - 1 });
});

it('keeps heartbeats on a live ref that grows, because it cannot replace a commit', async () => {
  await Promise.all([beat(mac), beat(pc)]);
  await beat(mac);

  await pc.live.refresh();
  expect([...pc.live.heartbeats()].map((it) => it.agent).sort()).toEqual(['mac', 'pc']);
  expect(await inRepository('rev-list', '--count', mac.refs.live)).toBe('4');
});

it('gets over a live ref that others replace or remove', async () => {
  await beat(mac);
  const tree = await inRepository('rev-parse', `${mac.refs.live}^{tree}`);
  await inRepository('update-ref', mac.refs.live, await inRepository('commit-tree', tree, '-m', 'replaced'));
  await beat(mac);

  await inRepository('update-ref', '-d', mac.refs.live);
  await expect(mac.live.refresh()).rejects.toMatchObject({ code: 'BRANCH_MISSING' });
  await beat(mac);

  expect(await inRepository('rev-list', '--count', mac.refs.live)).toBe('1');
});

const register = (yard: Yard) => {
  const allows = { repositories: [], commands: true };
  const agent = { id: yard.actor, host: yard.actor, boot: yard.boot, slots: 9, allows };
  return yard.perform('register', { agent, replaces: null, now });
};

const submit = (yard: Yard, id: string) => yard.perform('submit', { id, job: { command: ['true'] }, by: 'ada', now });

async function workUntilDone(yard: Yard): Promise<string[]> {
  const done: string[] = [];
  for (;;) {
    const claimed = await yard.perform('claim', { agentId: yard.actor, boot: yard.boot, now });
    if (!claimed.ok) return done;
    const { id: jobId, token } = claimed.result;
    const result = { exitCode: 0, artifacts: 0, manifest: null, log: null, tests: null, isolation: null };
    const end = {
      status: 'succeeded',
      cause: null,
      exitCode: 0,
      signal: null,
      reason: null,
      stages: [],
      result,
    } as const;
    const finished = await yard.perform('finish', { ...end, jobId, agentId: yard.actor, token, now });
    if (finished.ok) done.push(jobId);
  }
}

async function beat(yard: Yard): Promise<void> {
  const heartbeat = world().agent(yard.actor).beat(yard.actor).state.heartbeats.get(yard.actor);
  if (!heartbeat) throw new Error('an agent without a heartbeat');
  const number = (yard.live.heartbeats().get(yard.actor)?.beat ?? 0) + 1;
  await yard.live.beat({ heartbeat: () => ({ ...heartbeat, beat: number }), model: () => null });
}
