/** Whether what lies in the cache of this machine is what its names say. Exits 1 when something is not. */
import { rm } from 'node:fs/promises';
import { cacheRoot } from '../../artifacts/cache-root.ts';
import { answer, defineCommand } from '../../command.ts';
import { flag } from '../../parameters.ts';
import { bad, good, line } from '../../text/lines.ts';
import { plural } from '../../text/words.ts';

export const command = defineCommand({
  name: 'cache verify',
  summary: 'check what is in the cache of this machine',
  details:
    'Builds check everything that they take, so damage costs a miss and no more; this finds it before. Exits 1 when there is some.',
  example: 'gityard cache verify --repair',
  parameters: { repair: flag('remove what is damaged; the next build brings it anew') },
  run: async (context, { repair }) => {
    const { verifyCache } = await import('@gityard/builder');
    const { folder } = await cacheRoot(context);
    const { verified, damaged } = await verifyCache(folder, async (path) => {
      if (repair) await rm(path, { force: true });
    });
    const ok = damaged.length === 0;
    const told = ok ? good('as it was kept') : bad(`${damaged.length} damaged${repair ? ', removed' : ''}`);
    return answer(
      { ok, folder, verified, damaged, repaired: repair },
      () => [
        line(`${plural(verified, 'file')} of the cache: `, told),
        ...damaged.map((it) => line(bad('damaged '), it)),
      ],
      ok ? 0 : 1,
    );
  },
});
