/** What lies in the cache of this machine, and whose it is. */
import { cacheRoot } from '../../artifacts/cache-root.ts';
import { answer, defineCommand } from '../../command.ts';
import { dim, line } from '../../text/lines.ts';
import { table } from '../../text/table.ts';
import { plural, sizeText } from '../../text/words.ts';

export const command = defineCommand({
  name: 'cache stats',
  summary: 'what is in the cache of this machine',
  details: 'How often builds find something in it is told by gityard agent show and gityard status --verbose.',
  example: 'gityard cache stats',
  parameters: {},
  run: async (context) => {
    const { cacheFacts } = await import('@gityard/builder');
    const { folder, budgetBytes } = await cacheRoot(context);
    const facts = { ...(await cacheFacts(folder)), budgetBytes };
    return answer(facts, () => [
      line(
        `${plural(facts.entries, 'entry', 'entries')}, ${sizeText(facts.sizeBytes)} of ${sizeText(budgetBytes)}`,
        dim(` in ${folder}`),
      ),
      ...(facts.scopes.length === 0
        ? []
        : table({ heads: ['scope', 'entries'], rows: facts.scopes.map((it) => [it.scope, String(it.entries)]) })),
    ]);
  },
});
