/** For the commands that predict: what the yard knows of past builds, and what is asked about, by the profile of the branch. */
import {
  type AgentQuestion,
  type AttemptRecord,
  attemptRecords,
  branchOf,
  profileNamed,
  profilesOf,
  type State,
} from '@gityard/domain';
import type { Context } from '../context.ts';
import { absoluteAddress } from '../start/address.ts';

/** Lines that cannot be read are told of and left out. */
export function knownRecords(context: Context, state: State): readonly AttemptRecord[] {
  const { records, problems } = attemptRecords(state);
  for (const { file, line, reason } of problems.slice(0, MOST_PROBLEMS))
    context.note(`shared/metrics/${file}.jsonl${line === null ? '' : `:${line}`} is left out: ${reason}`);
  if (problems.length > MOST_PROBLEMS) context.note(`and ${problems.length - MOST_PROBLEMS} more`);
  return records;
}
const MOST_PROBLEMS = 5;

export interface Asked {
  readonly branch: string;
  readonly repo: string | undefined;
  readonly toolchain?: AgentQuestion['toolchain'] | undefined;
  readonly strategy?: AgentQuestion['strategy'] | undefined;
}

/** What is not said is taken from the profile of that name, or else of that branch where only one has it. */
export function questionOf({ io }: Context, state: State, { branch, repo, toolchain, strategy }: Asked): AgentQuestion {
  const repository = repo === undefined ? undefined : absoluteAddress(repo, io.cwd);
  const ofBranch = profilesOf(state).filter((it) => branchOf(it) === branch);
  const profile = profileNamed(state, branch) ?? (ofBranch.length === 1 ? ofBranch[0] : undefined);
  const isOther = repository !== undefined && profile?.repository !== repository;
  if (!profile || isOther) return { branch, repository, toolchain, strategy };
  return {
    branch: branchOf(profile),
    repository: profile.repository,
    toolchain: toolchain ?? profile.toolchain ?? undefined,
    strategy: strategy ?? profile.strategy,
    labels: profile.labels,
    requires: profile.requires,
    command: profile.command,
  };
}
