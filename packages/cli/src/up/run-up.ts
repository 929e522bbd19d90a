/**
 * `gityard up`: a whole yard on this machine, and its first build. Puts the parts together and tells in plain words what
 * happens; every part is the real one, and the only thing they share is the repository.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isFinished, type Job } from '@gityard/domain';
import type { LogLine } from '@gityard/telemetry';
import { newId, type Refs } from '@gityard/yard';
import { usageError } from '../errors.ts';
import { makeFolder } from '../start/make-folder.ts';
import { AgentProcesses } from './agent-processes.ts';
import { type LocalYard, startLocalYard } from './local-yard.ts';
import { Narrator } from './narrator.ts';
import type { SourceRepository } from './source-repository.ts';

export interface Up {
  readonly program: string;
  readonly agents: number;
  readonly port: number;
  /** Where everything is kept; a new folder under the system's temporary one when undefined. */
  readonly folder: string | undefined;
  readonly refs: Refs;
  readonly env: NodeJS.ProcessEnv;
  readonly source: SourceRepository | undefined;
  readonly allow: readonly string[];
  /** Names under which a proxy of this machine may pass on callers of the page. */
  readonly allowHosts: readonly string[];
  /** Ends it: the builds that run are finished first. */
  readonly stop: AbortSignal;
  readonly once: boolean;
  say(text: string): void;
  /** What matters less, or more. */
  tell(line: LogLine): void;
  /** The page is there to be looked at. */
  onPage(url: string): void;
}

export interface UpReport {
  readonly yard: string;
  readonly page: string;
  readonly folder: string;
  readonly repository: string;
  /** How the first build ended; null without one, or when it was stopped before. */
  readonly job: Job | null;
}

export async function runUp(up: Up): Promise<UpReport> {
  const folder = up.folder === undefined ? await mkdtemp(join(tmpdir(), 'gityard-')) : resolve(up.folder);
  await makeFolder(folder);
  const local = await startLocalYard({
    folder,
    port: up.port,
    refs: up.refs,
    env: up.env,
    allowHosts: up.allowHosts,
    tell: up.tell,
  });
  const abandoned = new AbortController();
  const onLost = (agent: string, how: string, left: number): void => {
    up.say(`agent ${agent} has ended: ${how}`);
    if (left > 0) return;
    up.say('no agent is left');
    // Who watches may start another; a script would wait for ever.
    if (up.once) abandoned.abort();
  };
  const agents = new AgentProcesses({ ...(await agentsOf(up)), folder, address: local.address, refs: up.refs, onLost });
  try {
    const narrator = new Narrator(local.yard.state, local.yard.now());
    const build = await submitted(local, up);
    up.say(`yard    ${local.address}  (git clone it)`);
    up.say(`page    ${local.page}`);
    if (local.guide !== null) up.say(`guide   ${local.guide}`);
    up.say(`files   ${folder}`);
    if (up.source) up.say(`builds  ${up.source.address}${up.source.branch === null ? '' : `, ${up.source.branch}`}`);
    up.onPage(local.page);
    for (let number = 1; number <= up.agents && !up.stop.aborted; number++) await agents.start(`build${number}`);
    const job = await follow(local, { ...up, stop: AbortSignal.any([up.stop, abandoned.signal]), build, narrator });
    return { yard: local.address, page: local.page, folder, repository: local.repository, job };
  } finally {
    await agents.stop();
    await local.close();
  }
}

async function agentsOf({ program, source, allow }: Up) {
  const repositories = [...(source ? [source.address] : []), ...allow];
  // The yard answers on loopback alone, so whoever can submit a command here can run it anyway.
  const allowed = { repositories, commands: true, unsandboxed: !(await hasSandbox()) };
  return { program, allow: allowed };
}

/** A trial must work where nothing is installed either; what a build ran in stands in its result. */
async function hasSandbox(): Promise<boolean> {
  const { chooseSandbox } = await import('@gityard/builder');
  return (await chooseSandbox({ unsandboxed: false })).ok;
}

/** The id of the first build; undefined where there is nothing to build. */
async function submitted({ yard }: LocalYard, { source }: Up): Promise<string | undefined> {
  if (!source) return undefined;
  const { address: repository, branch, commit } = source;
  const id = newId();
  const job = { repository, branch, commit };
  const outcome = await yard.perform('submit', { id, job, by: 'up', now: yard.now() });
  if (!outcome.ok) throw usageError(`--repo cannot be built: ${outcome.reason}`, 'name another repository');
  return id;
}

interface Follow extends Up {
  readonly build: string | undefined;
  readonly narrator: Narrator;
}

/** How long a script waits for somebody to act on a build that is stuck. */
const PATIENCE_MS = 20_000;

/** Tells everything until it is told to stop, or with `once` until that build has ended or nothing will come of it. */
async function follow({ yard }: LocalYard, { build, narrator, once, stop, say }: Follow): Promise<Job | null> {
  const theJob = (): Job | undefined => (build === undefined ? undefined : yard.state.jobs.get(build));
  let stuckSinceMs: number | undefined;
  const isHopeless = (job: Job): boolean => {
    const isStuck = narrator.stuckReasons(yard.state, job, yard.now()).length > 0;
    stuckSinceMs = isStuck ? (stuckSinceMs ?? performance.now()) : undefined;
    return stuckSinceMs !== undefined && performance.now() - stuckSinceMs > PATIENCE_MS;
  };
  return new Promise((settle) => {
    const end = (): void => {
      unfollow();
      stop.removeEventListener('abort', end);
      const job = theJob();
      settle(job && isFinished(job) ? job : null);
    };
    const look = (): void => {
      for (const line of narrator.lines(yard.state, yard.now())) say(line);
      const job = theJob();
      if (once && job && (isFinished(job) || isHopeless(job))) end();
    };
    const unfollow = yard.onChange(look);
    stop.addEventListener('abort', end);
    look();
    if (stop.aborted) end();
  });
}
