/** Makes a build that succeeded a point to go back to: an annotated tag, recorded in the yard. */
import { find, type Job, type Manifest, sameArtifacts } from '@gityard/domain';
import { type TagBuild, tagBuild, tagProject, type Yard } from '@gityard/yard';
import { checkBuild } from '../../artifacts/checked-build.ts';
import { findManifest, manifestFrom } from '../../artifacts/manifest-source.ts';
import { answer, defineCommand, type Reply } from '../../command.ts';
import type { Context } from '../../context.ts';
import { CliError, usageError } from '../../errors.ts';
import { argument, flag, optionalArgument } from '../../parameters.ts';
import { accessFor } from '../../start/access.ts';
import { dim, good, line } from '../../text/lines.ts';
import { foretell, performed } from '../../yard/act.ts';

export const command = defineCommand({
  name: 'rollback tag',
  summary: 'make a good build a point to go back to',
  details:
    'The tag is build-success-<branch>-<time>, in the repository of the yard: of the commit that was built where it has ' +
    'that, else of its own commit with the result. Twice is once. For a build that is no job of the yard give all four.',
  example: 'gityard rollback tag 01k9x',
  acts: true,
  parameters: {
    job: argument('job', 'a job that succeeded, or the beginning of its id'),
    branch: optionalArgument('branch', 'what was built, for a build that is no job of the yard'),
    commit: optionalArgument('commit', 'the commit that was built'),
    manifest: optionalArgument('manifest', 'a file with the manifest, or the name it has in the yard'),
    project: flag('also in the repository that was built'),
  },
  run: async (context, { job: id, branch, commit, manifest: word, project }) => {
    checkBuild({ branch, commit });
    const yard = await context.yard();
    const job = jobNamed(yard, id);
    const found = await manifestOf(context, { id: job?.id ?? id, branch, commit, word });
    if (!('manifest' in found)) return found.reply;
    const { manifest } = found;
    const wish = wishFrom(await context.identity(), { job, manifest, branch, commit, reason: context.reason });
    if (context.flags.dryRun) return foretold(context, wish);
    const done = await tagBuild(yard, wish);
    if (!done.ok) return done;
    const { point, made } = done.result;
    const inProject = project ? await projectTag(context, wish, point) : null;
    const value = { ...point, branch: wish.branch, made, stateCommit: done.commit, project: inProject };
    return answer(value, () => [
      line(
        good(point.tag),
        made ? ' is made' : ' was there already',
        dim(` of ${point.target.slice(0, 10)} (${point.targetIs})`),
      ),
      ...(inProject === null ? [] : [line(`in ${point.repository}: ${inProject.sort}`)]),
    ]);
  },
});

function jobNamed({ state }: Yard, id: string): Job | null {
  const found = find(state.jobs, id, 'job');
  if (found.ok) return found.value;
  if (found.code === 'AMBIGUOUS_ID')
    throw new CliError(found.code, found.reason, { hint: `write more of it: ${found.refs.join(', ')}` });
  return null;
}

interface Named {
  readonly id: string;
  readonly branch: string | undefined;
  readonly commit: string | undefined;
  readonly word: string | undefined;
}

/** The yard's own; what a person brings along is put there first, and must say the same where there is one. */
async function manifestOf(
  context: Context,
  { id, branch, commit, word }: Named,
): Promise<{ manifest: Manifest } | { reply: Reply }> {
  const yard = await context.yard();
  const known = yard.state.manifests.get(id);
  if (word === undefined) return { manifest: known ?? findManifest(yard, id) };
  const { manifest: brought } = await manifestFrom(context, word);
  const wish = { ...brought, job: id, branch: branch ?? brought.branch, commit: commit ?? brought.commit };
  if (known) {
    if (sameArtifacts(known, { ...wish, branch: known.branch, commit: known.commit })) return { manifest: known };
    throw new CliError('CONFLICT', `${id} has another manifest in the yard than ${word}`, {
      hint: 'leave the manifest out',
    });
  }
  const job = yard.state.jobs.get(id);
  // What cannot be tagged is not published for it either.
  if (job && job.status !== 'succeeded')
    throw new CliError('NOT_SUCCEEDED', `job ${id} is ${job.status}`, {
      hint: 'only what succeeded can be a rollback point',
    });
  wishFrom({ id: '' }, { job: job ?? null, manifest: wish, branch, commit, reason: null });
  const { schemaVersion: _, token: __, ...manifest } = wish;
  if (context.flags.dryRun) return { reply: await foretell(context, 'publish-manifest', { manifest }) };
  const done = await performed(context, 'publish-manifest', { manifest });
  return done.ok ? { manifest: done.result } : { reply: done };
}

interface Wanted {
  readonly job: Job | null;
  readonly manifest: Manifest;
  readonly branch: string | undefined;
  readonly commit: string | undefined;
  readonly reason: string | null;
}

function wishFrom({ id: by }: { id: string }, { job, manifest, branch, commit, reason }: Wanted): TagBuild {
  const built = job?.branch ?? manifest.branch ?? branch;
  if (built === undefined)
    throw usageError(
      `nobody says which branch ${manifest.job} built`,
      'give it after the job: rollback tag <job> <branch>',
    );
  const told = [branch !== undefined && branch !== built ? `branch ${built}` : '', otherCommit(commit, job, manifest)];
  const other = told.find((it) => it !== '');
  if (other !== undefined) throw new CliError('CONFLICT', `${manifest.job} built ${other}`, { hint: 'leave it out' });
  return { branch: built, commit: job?.commit ?? manifest.commit ?? commit ?? null, manifest, job, by, reason };
}

/** A person may write the beginning of a commit. */
function otherCommit(commit: string | undefined, job: Job | null, manifest: Manifest): string {
  const built = job?.commit ?? manifest.commit;
  if (commit === undefined || built === null) return '';
  const [one, two] = [commit.toLowerCase(), built.toLowerCase()];
  return one.startsWith(two) || two.startsWith(one) ? '' : `commit ${built}`;
}

async function foretold(context: Context, wish: TagBuild): Promise<Reply> {
  const { foretellTag } = await import('@gityard/yard');
  const decision = foretellTag(await context.yard(), wish);
  if (!decision.ok) return decision;
  const { tag } = decision.result;
  return answer({ dryRun: true, tag, branch: wish.branch, job: wish.manifest.job, summary: decision.summary }, () => [
    [`would make the tag ${tag} and record it`],
  ]);
}

async function projectTag(context: Context, { branch }: TagBuild, point: Parameters<typeof tagProject>[0]['point']) {
  const { env, cwd } = context.io;
  const found = { address: point.repository ?? '', source: 'the job' };
  return tagProject({ branch, point }, accessFor(found, { env, cwd, files: await context.localConfigs() }));
}
