/** Makes a yard again from a backup, in an empty repository, or in the place of one that is damaged. */
import { isHeld, shellWord } from '@gityard/domain';
import { openTransport } from '@gityard/store';
import { placeYard, prepareYard, type WrittenSince, writtenSince } from '@gityard/yard';
import { fromOption, placeFrom } from '../backup/from-option.ts';
import { chainOf, chosenBackup, knownBackups } from '../backup/known-backups.ts';
import { openChain } from '../backup/open-chain.ts';
import { openShelf } from '../backup/shelf.ts';
import { answer, defineCommand } from '../command.ts';
import { CliError, usageError } from '../errors.ts';
import { argument, flag, option } from '../parameters.ts';
import { accessFor } from '../start/access.ts';
import { withoutSecrets } from '../start/address.ts';
import { actorOf } from '../start/identity.ts';
import { dim, good, type Line, line } from '../text/lines.ts';
import { plural } from '../text/words.ts';
import { prepareRepository } from '../yard/prepare-repository.ts';

export const command = defineCommand({
  name: 'restore',
  summary: 'make a yard again from a backup',
  details:
    'Into an empty repository; a folder that is missing becomes one. All of it is read, put together and audited before ' +
    'anything is written. What was written to the yard after the backup is lost: jobs that ended since are built again, and ' +
    'claims and locks get higher tokens than any that were given out, so that nothing ends twice. Agents that saw more than ' +
    'the backup holds wait until their owner starts them once with --accept-rewrite.',
  example: 'gityard restore latest --from /mnt/backups/acme --into /srv/git/yard.git',
  acts: true,
  parameters: {
    which: argument('which', 'the id of a backup, the beginning of it, or latest'),
    from: fromOption,
    into: option('address', 'the repository: a path or an address; its former one, and every agent finds it again'),
    force: flag(
      'also where there is a yard, whose heads are kept, and also when its history breaks a rule; needs --reason',
    ),
  },
  run: async (context, { which, from, into, force }) => {
    const { io, flags, reason } = context;
    if (into === undefined) throw usageError('where to is missing', 'e.g. --into /srv/git/yard.git');
    if (force && reason === null)
      throw new CliError('REASON_REQUIRED', 'to replace a yard needs a reason', { hint: 'add --reason' });
    const shelf = await openShelf(context, placeFrom(from));
    const known = await knownBackups(shelf);
    const id = chosenBackup(known, { which, place: shelf.name });
    const chain = chainOf(known, id);
    const manifest = chain.at(-1);
    if (!manifest) throw new Error('a chain ends with the backup that was asked for');
    const actor = actorOf(await context.identity());
    const source = await openChain(shelf, chain);
    const ready = await prepareYard({ source, refs: manifest.refs, backup: id, actor, reason });
    if (!ready.ok) return ready;
    try {
      const { audit, yard } = ready;
      if (!audit.ok && !force)
        throw new CliError('INVALID_DATA', `the history in backup ${id} breaks a rule: ${audit.firstViolation?.text}`, {
          hint: 'choose another backup; --force with --reason restores it as it is',
        });
      const place = await prepareRepository({ dir: into, remote: undefined, cwd: io.cwd, dryRun: flags.dryRun });
      const shown = withoutSecrets(place.address);
      const told = { backup: id, at: manifest.at, into: shown, tokensAbove: ready.tokensAbove, dryRun: flags.dryRun };
      const held = [...yard.state.jobs].filter(isHeld).map((job) => job.id);
      if (flags.dryRun) return answer({ ...told, held }, () => [line('would restore ', good(id), ` into ${shown}`)]);
      const files = await context.localConfigs();
      const access = accessFor({ address: place.address, source: 'flag' }, { env: io.env, cwd: io.cwd, files });
      const target = openTransport(place.address, access);
      try {
        const { state } = manifest.refs;
        const lost = force ? await writtenSince(target, { ref: state, head: manifest.heads[state] ?? '' }) : null;
        const placed = await placeYard(ready, { target, replacing: force ? id : undefined });
        return answer({ ...told, ...placed, held, lost }, () => drawn({ ...told, ...placed, held, lost }));
      } finally {
        await target.close();
      }
    } finally {
      await ready.yard.close();
    }
  },
});

interface Told {
  readonly backup: string;
  readonly at: string;
  readonly into: string;
  readonly held: readonly string[];
  readonly replaced: readonly string[];
  readonly tagsLeft: readonly string[];
  /** Null: nobody can know here. */
  readonly lost: WrittenSince | null;
}

const drawn = ({ backup, at, into, held, replaced, tagsLeft, lost }: Told): Line[] => [
  line('restored ', good(backup), ` into ${into}`),
  [`what was written to the yard after ${at} is not in it: ${lostText(lost)}`],
  ...(held.length > 0 ? [[`${plural(held.length, 'job')} had a holder then: ${held.join(', ')}`]] : []),
  ...replaced.map((ref): Line => [dim(`what was there before is kept as ${ref}`)]),
  ...tagsLeft.map((tag): Line => [dim(`${tag} names a commit of a project: gityard rollback tag makes it again`)]),
  [],
  ['Next:'],
  [`  gityard audit --yard ${shellWord(into)}`],
  ['  start each agent once with gityard agent run --accept-rewrite, if it says HISTORY_REWRITTEN'],
];

/** An agent says itself what it holds of a job that is lost: its spool has it. */
function lostText(lost: WrittenSince | null): string {
  if (!lost) return 'how much that is, only a newer clone or an agent could tell (gityard spool list)';
  const jobs =
    lost.jobs.length === 0
      ? ''
      : `, about ${plural(lost.jobs.length, 'job')}: ${lost.jobs.slice(0, MOST_JOBS).join(', ')}`;
  return `${plural(lost.commits, 'commit')}${jobs}${lost.jobs.length > MOST_JOBS ? ' …' : ''}`;
}

const MOST_JOBS = 20;
