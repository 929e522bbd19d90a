/** Who was given a token for the API of a yard, and whether it is still good. */
import type { Time, TokenRecord } from '@gityard/domain';
import { isPast } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { dim } from '../../text/lines.ts';
import { table } from '../../text/table.ts';
import { newestFirst } from '../../tokens/audience.ts';

export const command = defineCommand({
  name: 'token list',
  summary: 'who has tokens for the API',
  details: 'The newest first. It never shows a token: those stand nowhere but with whom they were given to.',
  example: 'gityard token list',
  parameters: {},
  async run(context) {
    const rows = newestFirst(await context.look()).map((it) => ({ ...it, standing: standingOf(it, context.now()) }));
    return answer(rows, () =>
      rows.length === 0
        ? [[dim('no tokens')]]
        : table({
            heads: ['token', 'for', 'role', 'changes jobs of', 'until', ''],
            rows: rows.map(({ id, subject, role, namespaces, expiresAt, standing }) => {
              const scope = namespaces.length === 0 ? 'all' : namespaces.join(', ');
              return [id, subject, role, scope, expiresAt, standing];
            }),
          }),
    );
  },
});

function standingOf({ revokedAt, expiresAt }: TokenRecord, now: Time): 'good' | 'revoked' | 'expired' {
  if (revokedAt !== null) return 'revoked';
  return isPast(expiresAt, now) ? 'expired' : 'good';
}
