/**
 * Which secret goes to the programs of which stage. What the recipe names for a stage goes there and nowhere else; what only
 * the job names goes to all of its programs. Every use is told in the log, by name.
 */
import type { BuildContext } from '../build-context.ts';
import { BuildError } from '../build-error.ts';
import { isOnBranch } from '../source/on-branch.ts';
import { COMMAND_STAGES, type CommandStage } from '../toolchains/toolchain.ts';
import { NO_SECRETS } from './build-secrets.ts';

/** Before the first program runs: a refusal should not come after an hour of building, and every value is hidden from then on. */
export async function giveSecrets(build: BuildContext): Promise<void> {
  const { request, found, redaction, folders, stop } = build;
  const names = [...new Set([...request.job.secrets, ...[...byStage(build).values()].flat()])].sort();
  if (names.length === 0) return;
  const { branch, commit } = found;
  const { repository } = request.job;
  const source = { repository, branch, commit, mirrors: folders.mirrors, stop: stop.signal };
  const use = { names, repository, branch, commit, isOnBranch: () => isOnBranch(source) };
  const given = await (request.secrets ?? NO_SECRETS).give(use);
  if (!given.ok) throw new BuildError('policy', given.reason);
  for (const [name, value] of Object.entries(given.values)) redaction.hide(value, `the secret ${name}`);
  found.secrets = given.values;
}

export function secretsFor(build: BuildContext, stage: CommandStage): Readonly<Record<string, string>> {
  const { request, found } = build;
  const wishes = byStage(build);
  const placed = new Set([...wishes.values()].flat());
  const forAll = request.job.secrets.filter((name) => !placed.has(name));
  const names = new Set([...(wishes.get(stage) ?? []), ...forAll]);
  const given = Object.entries(found.secrets).filter(([name]) => names.has(name));
  for (const [name] of given) tellUse(build, `secret ${name} given to stage ${stage}`);
  return Object.fromEntries(given);
}

/** What the recipe names; a command that the job brings has no part in it. */
function byStage({ request, found }: BuildContext): ReadonlyMap<CommandStage, readonly string[]> {
  const { secrets } = found.recipe;
  if (request.job.command !== null) return new Map();
  return new Map(COMMAND_STAGES.map((stage) => [stage, secrets[stage] ?? []]));
}

function tellUse(build: BuildContext, text: string): void {
  if (!build.events.some((it) => it.text === text)) build.note('info', text);
}
