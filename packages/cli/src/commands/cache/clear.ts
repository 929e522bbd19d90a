/** Forgets what the cache of this machine holds: all of it, or of one repository. */
import { cacheRoot } from '../../artifacts/cache-root.ts';
import { answer, defineCommand } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { option } from '../../parameters.ts';
import { good, line } from '../../text/lines.ts';
import { plural, sizeText } from '../../text/words.ts';

export const command = defineCommand({
  name: 'cache clear',
  summary: 'forget what the cache of this machine holds',
  details:
    'What Redis or a store holds for others stays, and expires after a week. Builds that run meanwhile only miss it.',
  example: 'gityard cache clear --scope https://git.example.org/acme/app.git --dry-run',
  acts: true,
  parameters: { scope: option('repository', 'only of this one, as gityard cache stats names it') },
  run: async (context, { scope }) => {
    const { cacheFacts, clearCache } = await import('@gityard/builder');
    const { folder } = await cacheRoot(context);
    const { dryRun } = context.flags;
    const { scopes } = await cacheFacts(folder);
    if (scope !== undefined && !scopes.some((it) => it.scope === scope))
      throw new CliError('NOT_FOUND', `the cache of this machine holds nothing of ${scope}`, {
        hint: 'gityard cache stats names what it holds',
      });
    const cleared = await clearCache(folder, { scope, dryRun });
    return answer({ folder, scope: scope ?? null, dryRun, ...cleared }, () => [
      line(
        dryRun ? 'would remove ' : 'removed ',
        good(`${plural(cleared.removed, 'file')}, ${sizeText(cleared.sizeBytes)}`),
      ),
    ]);
  },
});
