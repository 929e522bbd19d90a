/** Takes over what a predecessor left in its repository: servers, jobs, locks, messages, branch profiles. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Report } from '@gityard/importer';
import { type Answer, answer, defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { argument, flag, option } from '../parameters.ts';
import { absoluteAddress } from '../start/address.ts';
import { bad, dim, good, type Line, line, warn } from '../text/lines.ts';

/** Rows on a screen; a report file has them all. */
const ROWS_SHOWN = 30;

export const command = defineCommand({
  name: 'import',
  summary: 'take over a predecessor repository',
  details:
    'Nothing starts by it: open jobs come paused, servers in maintenance, automatic builds off. What is imported already is left as it is, so it may be run again, also when more has come. Exits 1 when something needs a look, 7 when nothing can be read.',
  example: 'gityard import ../old-coordination --history --repair --report import.md',
  acts: true,
  parameters: {
    source: argument('path|url', 'a repository, or a plain folder'),
    ref: option('branch', 'of the repository; else the one that its HEAD names'),
    history: flag('also what later versions have lost'),
    repair: flag('read what is whole in damaged files, and both sides of a committed conflict'),
    redact: flag('write what holds a credential with that masked, instead of leaving it out'),
    report: option('file', 'write the whole report there: JSON, or Markdown when it ends in .md'),
  },
  run: async (context, args) => {
    const address = absoluteAddress(args.source, context.io.cwd);
    const { importPredecessor } = await import('@gityard/importer');
    const yard = await context.yard();
    const report = await importPredecessor(yard, {
      address,
      ref: args.ref ?? null,
      history: args.history,
      repair: args.repair,
      redact: args.redact,
      dryRun: context.flags.dryRun,
      by: (await context.identity()).id,
      reason: context.reason,
      signal: context.interruption(),
      onProgress: context.note,
    });
    if (args.report !== undefined) await writeReport(context, args.report, report);
    return drawn(report);
  },
});

async function writeReport(context: Context, file: string, report: Report): Promise<void> {
  const { markdownOf } = await import('@gityard/importer');
  const text = file.endsWith('.md') ? markdownOf(report) : `${JSON.stringify(report, null, 2)}\n`;
  await writeFile(resolve(context.io.cwd, file), text);
}

function drawn(report: Report): Answer {
  const { kinds, total, dryRun, losses, notes, rows } = report;
  const shown = rows.slice(0, ROWS_SHOWN);
  const more = rows.length - shown.length + report.rowsLeftOut;
  return answer(
    report,
    () => [
      ...Object.entries(kinds).flatMap(([kind, counts]) => countLine(kind, counts)),
      ...losses
        .slice(0, 10)
        .map((it) => line(dim(`${it.recovered} recovered that ${it.commit.slice(0, 10)} lost from ${it.path}`))),
      ...notes.slice(0, 15).map((it) => line(dim(`${it.count} × ${it.text}`))),
      ...shown.map(rowLine),
      ...(more > 0 ? [line(dim(`and ${more} more: --report import.md has them all`))] : []),
      line(
        dryRun
          ? 'nothing was written'
          : good(`${total.imported + total.repaired} things in ${report.commits.length} commits`),
      ),
    ],
    total.quarantined > 0 ? 1 : 0,
  );
}

function countLine(kind: string, counts: Report['total']): Line[] {
  const told = Object.entries(counts).filter(([, count]) => count > 0);
  return told.length === 0 ? [] : [line(`${kind}: `, told.map(([name, count]) => `${count} ${name}`).join(', '))];
}

const TONES = { quarantined: bad, dropped: dim, repaired: warn, imported: good, unchanged: dim } as const;

function rowLine({ kind, outcome, sourceId, id, reason, path, line: at, versions }: Report['rows'][number]): Line {
  const name = kind === 'file' ? '' : ` ${sourceId ?? id ?? ''}`;
  const often = versions > 1 ? ` (${versions} versions)` : '';
  return line(
    TONES[outcome](outcome),
    ` ${kind}${name} ${reason}${often}`,
    dim(` ${path}${at === null ? '' : `:${at}`}`),
  );
}
