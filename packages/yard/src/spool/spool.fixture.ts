/** A yard in memory whose remote goes away and comes back, and a machine with a folder of its own. */
import { join } from 'node:path';
import type { InputOf } from '@gityard/domain';
import { MemoryRemote, openStore, type Ports } from '@gityard/store';
import { temporaryFolder } from '@gityard/testing';
import { createYard } from '../create-yard.ts';
import { newId } from '../ids.ts';
import { openYard } from '../open-yard.ts';
import { DEFAULT_REFS } from '../options.ts';
import type { Operation } from '../writing/compose.ts';
import type { Yard } from '../yard.ts';
import { spoolPlace } from './place.ts';
import { openSpool, type Spool, type SpoolOptions } from './spool.ts';

export const NOW = '2026-03-01T12:00:00Z';

export type SpoolWorld = Awaited<ReturnType<typeof spoolWorld>>;

export async function spoolWorld({ ports }: { ports?: Ports } = {}) {
  const remote = new MemoryRemote({ ports });
  await createYard({ address: remote.transport(), actor: 'founder' });
  const folder = await temporaryFolder();
  const opened: Yard[] = [];
  const placeOf = (home: string) =>
    spoolPlace(join(folder.path, home), { address: 'https://host/yard.git', refs: DEFAULT_REFS });
  return {
    remote,
    folder: folder.path,
    placeOf,
    async yard(actor: string): Promise<Yard> {
      const yard = openYard({ address: remote.transport(), actor, ports, deadlineMs: 60_000 });
      opened.push(yard);
      await yard.refresh();
      return yard;
    },
    spool: (home = 'home', options: Partial<SpoolOptions> = {}): Promise<Spool> =>
      openSpool({ place: placeOf(home), identity: 'mac', ...options }),
    goAway() {
      remote.faults.reads = 'unreachable';
      remote.faults.plan = () => 'unreachable';
    },
    comeBack() {
      remote.faults.reads = undefined;
      remote.faults.plan = undefined;
    },
    /** What a person commits by hand. */
    async commit(path: string, content: Uint8Array): Promise<void> {
      const author = { name: 'person', email: 'person@example.com' };
      const compose = () => ({ edits: [{ path, content }], message: 'by hand', author, answers: [null] });
      const store = openStore<null, null>({ transport: remote.transport(), ref: DEFAULT_REFS.state, compose });
      await store.perform(null);
      await store.close();
    },
    async close() {
      for (const yard of opened) await yard.close();
      await folder.remove();
    },
  };
}

export const submit = (id: string = newId(), job: InputOf<'submit'>['job'] = { command: ['true'] }): Operation => ({
  name: 'submit',
  input: { id, job, by: 'ada', now: NOW },
});

export const send = (id: string, subject = 'hi'): Operation => ({
  name: 'send',
  input: { id, message: { from: 'ada', to: 'all', subject, body: id }, now: NOW },
});

export const finish = (job: { readonly id: string; readonly token: number }, agentId = 'mac'): Operation<'finish'> => ({
  name: 'finish',
  input: {
    jobId: job.id,
    agentId,
    token: job.token,
    status: 'succeeded',
    cause: null,
    exitCode: 0,
    signal: null,
    reason: null,
    stages: [],
    result: { exitCode: 0, artifacts: 0, manifest: null, log: null, tests: null, isolation: 'none' },
    now: NOW,
  },
});

/** A job that an agent of that name holds. */
export async function heldJob(yard: Yard, id: string, agent = 'mac') {
  const allows = { commands: true, repositories: [] };
  const registering = { agent: { id: agent, host: 'h', boot: yard.boot, allows }, replaces: null, now: NOW };
  await yard.perform('register', registering);
  await yard.perform('submit', { id, job: { command: ['true'] }, by: 'ada', now: NOW });
  const claimed = await yard.perform('claim', { agentId: agent, boot: yard.boot, jobId: id, now: NOW });
  if (!claimed.ok) throw new Error(claimed.reason);
  return claimed.result;
}
