/**
 * Looks whether the branches that are built by themselves have new commits, one question for each repository, and asks for the
 * jobs. A repository that cannot be reached keeps none of the others from being looked at.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { branchHeads, changedPaths } from '@gityard/builder';
import { type BranchProfile, branchOf, type InputOf, profilesOf, type ResultOf, type State } from '@gityard/domain';
import { newId, type Outcome } from '@gityard/yard';
import { textOf } from '../trouble.ts';
import { hasFilter, pathVerdict } from './path-verdict.ts';

export interface CheckedBranch {
  readonly name: string;
  readonly state: 'built' | 'skipped' | 'unchanged' | 'failed';
  readonly commit: string | null;
  readonly job: string | null;
  readonly text: string;
}

export interface CheckBranches {
  readonly state: State;
  /** GITYARD_HOME, for what is kept of repositories with paths. */
  readonly home: string;
  readonly by: string;
  readonly stop: AbortSignal;
  /** Null: it may be asked. Else why not. */
  readonly refusal?: (repository: string) => string | null;
  now(): string;
  perform(input: InputOf<'build-branch'>): Promise<Outcome<ResultOf<'build-branch'>>>;
}

const REPOSITORIES_AT_ONCE = 4;

export async function checkBranches(checking: CheckBranches): Promise<readonly CheckedBranch[]> {
  const profiles = profilesOf(checking.state).filter((it) => it.enabled && it.autoBuild);
  const repositories = [...new Set(profiles.map((it) => it.repository))];
  const folder = join(checking.home, 'branches');
  if (repositories.length > 0) await mkdir(folder, { recursive: true });
  const checked: CheckedBranch[] = [];
  const worker = async (): Promise<void> => {
    for (let next = repositories.pop(); next; next = repositories.pop())
      checked.push(...(await checkRepository({ ...checking, folder }, profiles.filter(of(next)))));
  };
  await Promise.all(Array.from({ length: REPOSITORIES_AT_ONCE }, worker));
  const order = new Map(profiles.map((it, at) => [it.name, at]));
  return checked.sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0));
}

type Checking = CheckBranches & { readonly folder: string };

const of = (repository: string) => (it: BranchProfile) => it.repository === repository;

async function checkRepository(checking: Checking, profiles: readonly BranchProfile[]): Promise<CheckedBranch[]> {
  const repository = profiles[0]?.repository ?? '';
  const failed = (text: string) => profiles.map((it) => told(it, 'failed', text));
  const refused = checking.refusal?.(repository) ?? null;
  if (refused !== null) return failed(refused);
  try {
    const { folder, stop } = checking;
    const heads = await branchHeads({ repository, branches: [...new Set(profiles.map(branchOf))], folder, stop });
    const checked: CheckedBranch[] = [];
    for (const profile of profiles) checked.push(await checkProfile(checking, profile, heads.get(branchOf(profile))));
    return checked;
  } catch (error) {
    checking.stop.throwIfAborted();
    return failed(textOf(error));
  }
}

async function checkProfile(
  checking: Checking,
  profile: BranchProfile,
  commit: string | undefined,
): Promise<CheckedBranch> {
  const { name, repository, lastCommit: known } = profile;
  if (commit === undefined)
    return told(profile, 'failed', `branch ${branchOf(profile)} does not exist in ${repository}`);
  if (commit === known) return { ...told(profile, 'unchanged', 'nothing new'), commit };
  const skip = await whyNot(checking, profile, commit);
  const wish = { name, commit, known, skip, id: newId(), by: checking.by, now: checking.now() };
  const done = await checking.perform(wish);
  if (!done.ok && (done.code === 'CONFLICT' || done.code === 'NOTHING_TO_DO'))
    return { ...told(profile, 'unchanged', done.reason), commit };
  if (!done.ok) return told(profile, 'failed', done.reason);
  const { job, skipped } = done.result;
  if (job !== null) return { ...told(profile, 'built', `job ${job}`), commit, job };
  return { ...told(profile, skipped === null ? 'unchanged' : 'skipped', skipped ?? 'was seen before'), commit };
}

/** The first commit of all is built: there is nothing to compare it with. */
async function whyNot({ folder, stop }: Checking, profile: BranchProfile, to: string): Promise<string | null> {
  const { repository, lastCommit: from } = profile;
  if (from === null || !hasFilter(profile)) return null;
  return pathVerdict(profile, await changedPaths({ repository, from, to, folder, stop }));
}

const told = ({ name }: BranchProfile, state: CheckedBranch['state'], text: string): CheckedBranch => ({
  name,
  state,
  commit: null,
  job: null,
  text,
});
