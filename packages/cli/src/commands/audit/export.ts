/** Writes the whole history of a yard into a file, for those who keep such a trail elsewhere, or ask it questions. */
import { link, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { auditTrail } from '@gityard/yard';
import { Counting, type Exported } from '../../audit-export/record.ts';
import { readSecretUses, secretUseFiles } from '../../audit-export/secret-uses.ts';
import { answer, defineCommand } from '../../command.ts';
import { CliError, usageError } from '../../errors.ts';
import { list, oneOf, option } from '../../parameters.ts';
import { bundleOption, openBundles } from '../../past/bundles.ts';
import { readTime, readWhen } from '../../past/when.ts';
import { dim, good, line } from '../../text/lines.ts';
import { plural } from '../../text/words.ts';

const FORMATS = ['jsonl', 'sqlite'] as const;
type Format = (typeof FORMATS)[number];

export const command = defineCommand({
  name: 'audit export',
  summary: 'write who did what into a file, as JSON lines or SQLite',
  details:
    'Every commit with its operations, and what it changed, over all cuts of the history; of what came since the last export, ' +
    'with --since and the head that it told. Tokens that were issued and revoked ' +
    'and secrets that were set are operations; who was given a secret is noted by each agent in its own folder, and joins with ' +
    '--secret-uses. The tables of SQLite are described in its own schema.',
  example: 'gityard audit export --format sqlite --since 30d --out audit.sqlite',
  parameters: {
    format: oneOf(FORMATS, 'else jsonl'),
    out: option('file', 'the file, which must not be there yet'),
    since: option('time|commit', 'only from then on: a time, how long ago, or what came after a commit'),
    until: option('time', 'only before then'),
    secretUses: list('path,…', 'folders of agents, or their secret-uses.jsonl'),
    bundle: bundleOption,
  },
  run: async (context, { format = 'jsonl', out, ...asked }) => {
    if (out === undefined) throw usageError('--out says which file', 'add --out <file>');
    const target = resolve(context.io.cwd, out);
    const now = context.now();
    const since = asked.since === undefined ? undefined : readWhen(asked.since, now);
    const until = asked.until === undefined ? undefined : readTime(asked.until, now);
    const uses = await secretUseFiles(asked.secretUses.map((it) => resolve(context.io.cwd, it)));
    const yard = await context.yard();
    const trail = await auditTrail(yard, { since, until, elsewhere: await openBundles(asked.bundle) });
    if (!trail.ok) return trail;
    const span = { since: trail.since ?? undefined, until };
    const counting = new Counting();
    let odd = 0;
    const exported: Exported = {
      head: {
        yard: yard.state.yard.name,
        head: yard.head,
        exportedAt: now,
        since: trail.since,
        after: trail.after,
        until: until ?? null,
        complete: !trail.isIncomplete,
      },
      commits: counting.commitsOf(trail.commits()),
      secretUses: counting.usesOf(readSecretUses(uses, { ...span, onOdd: () => odd++ })),
    };
    await writeNew(target, (part) => write(format, part, exported));
    const { counted } = counting;
    const value = { file: target, format, ...exported.head, ...counted, oddLines: odd };
    return answer(value, () => [
      line(good(target), `: ${plural(counted.commits, 'commit')}, ${plural(counted.operations, 'operation')}`),
      ...(trail.isIncomplete ? [[dim('the history was cut, and what came before is not here: --bundle adds it')]] : []),
      ...(odd > 0 ? [[dim(`${plural(odd, 'line')} of secret-uses.jsonl could not be read`)]] : []),
    ]);
  },
});

/** Loaded when it is asked for: SQLite is a megabyte. */
async function write(format: Format, path: string, exported: Exported): Promise<void> {
  if (format === 'sqlite') return (await import('../../audit-export/sqlite.ts')).writeSqlite(path, exported);
  return (await import('../../audit-export/json-lines.ts')).writeJsonLines(path, exported);
}

/** Whole, or not at all; a trail that somebody keeps is never written over. */
async function writeNew(target: string, make: (part: string) => Promise<void>): Promise<void> {
  const part = join(dirname(target), `.${basename(target)}.gityard-${process.pid}.part`);
  try {
    await make(part);
    await link(part, target);
  } catch (error) {
    throw failure(error as NodeJS.ErrnoException, target);
  } finally {
    await rm(part, { force: true });
  }
}

function failure(error: NodeJS.ErrnoException, target: string): Error {
  if (error.code === 'EEXIST')
    return new CliError('CONFLICT', `${target} is there already`, { hint: 'name another file, or take it away first' });
  if (error.code !== 'ENOENT') return error;
  return new CliError('NOT_FOUND', `there is no folder ${dirname(target)}`, { hint: 'make it first, or name another' });
}
