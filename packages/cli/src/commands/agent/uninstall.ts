/** `gityard agent uninstall`: takes away what `agent install` wrote, and nothing else. */
import { answer, defineCommand } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { flag, oneOf, option } from '../../parameters.ts';
import { uninstalledLines } from '../../services/shown.ts';
import { checkedName } from '../../start/identity.ts';

export const command = defineCommand({
  name: 'agent uninstall',
  summary: 'keep an agent going no more, and remove what that took',
  details:
    'What runs may finish first. A file that was changed since it was installed stays, and is told. The folder of the agent ' +
    'stays as well, and so does its account.',
  example: 'gityard agent uninstall --id build1 --dry-run',
  parameters: {
    id: option('id', 'of the agent (as --agent)'),
    scope: oneOf(['system', 'user'], 'where it was installed; else by who you are'),
    force: flag('also what was changed since'),
    dryRun: flag('only tell'),
  },
  async run(context, { id: named, scope: wished, force, dryRun }) {
    const [{ checkRights, foldersOf, kindOf }, { manifestPath, readManifest }, { uninstall }] = await Promise.all([
      import('../../services/find-facts.ts'),
      import('../../services/perform/manifest.ts'),
      import('../../services/perform/uninstall.ts'),
    ]);
    const id = named === undefined ? (await context.identity()).id : checkedName(named, '--id');
    const { scope } = kindOf({ with: undefined, scope: wished });
    const path = manifestPath(foldersOf(scope, context.io.env).config, id);
    const manifest = await readManifest(path);
    if (!manifest)
      throw new CliError('NOT_FOUND', `agent ${id} was not installed here (${path})`, {
        hint:
          scope === 'user'
            ? 'name it with --id; for one of the whole machine use sudo'
            : 'name it with --id; for one of yours use --scope user',
      });
    if (!dryRun) checkRights(scope);
    const result = await uninstall({ manifest, path, dryRun, force });
    const value = { agent: id, with: manifest.service, scope, home: manifest.home, dryRun, ...result };
    return answer(value, () => uninstalledLines(value));
  },
});
