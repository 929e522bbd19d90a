/** `gityard migrate`: raises the version of a yard, once all its agents have programs that can read it. */
import { type MigrationView, migrationView, VERSIONS } from '@gityard/domain';
import { answer, defineCommand } from '../command.ts';
import { CliError } from '../errors.ts';
import { flag } from '../parameters.ts';
import { type Line, line } from '../text/lines.ts';
import { performed } from '../yard/act.ts';

export const command = defineCommand({
  name: 'migrate',
  summary: 'raise the version of a yard to that of this program',
  details:
    'Programs of several versions work in one yard, which keeps the version of the oldest until this is said. Afterwards older ' +
    'programs refuse to write into it, and there is no way back. Files are rewritten when they change anyway.',
  example: 'gityard migrate --dry-run',
  acts: true,
  parameters: { force: flag('although agents that live now could not read it any more') },
  run: async (context, { force }) => {
    const state = await context.look();
    const view = migrationView(state, context.now(), VERSIONS);
    const { dryRun } = context.flags;
    if (view.from >= view.to || dryRun) return answer({ ...view, dryRun, commit: null }, () => told(view));
    if (view.tooOld.length > 0 && !force)
      throw new CliError('CONFLICT', `programs too old for version ${view.to}: ${tooOldText(view)}`, {
        hint: 'gityard agent update <id> first; --force shuts them out',
      });
    const config = { schemaVersion: view.to };
    const outcome = await performed(context, 'configure', { config, reason: context.reason });
    return outcome.ok
      ? answer({ ...view, dryRun, commit: outcome.commit }, () => [line(`the yard is of version ${view.to} now`)])
      : outcome;
  },
});

const tooOldText = ({ tooOld }: MigrationView): string =>
  tooOld.map(({ agent, version }) => `${agent} (${version || 'version unknown'})`).join(', ');

function told(view: MigrationView): Line[] {
  const { from, to, changes } = view;
  if (from >= to) return [line(`the yard is of version ${from}, the newest that this program knows: nothing to do`)];
  const shutOut = view.tooOld.length === 0 ? [] : [line(`too old for it: ${tooOldText(view)}`)];
  return [line(`version ${from} would become ${to}`), ...changes.map((it) => line(`  ${it}`)), ...shutOut];
}
