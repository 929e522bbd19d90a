/** Takes a token for the API back. */
import { answer, defineCommand } from '../../command.ts';
import { argument } from '../../parameters.ts';
import { good, line } from '../../text/lines.ts';
import { act } from '../../yard/act.ts';

export const command = defineCommand({
  name: 'token revoke',
  summary: 'take a token for the API back, for good',
  details:
    'Servers heed it as soon as they have seen it in the yard: at the latest after the time that its agents poll in.',
  example: 'gityard token revoke 01jd7x --reason "the laptop is gone"',
  acts: true,
  parameters: { id: argument('token', 'its id; gityard token list shows them') },
  async run(context, { id }) {
    const { id: by } = await context.identity();
    return act(context, 'revoke-token', { id, by, reason: context.reason }, ({ result, commit }) =>
      answer({ ...result, commit }, () => [line(good(result.id), ` of ${result.subject} is revoked`)]),
    );
  },
});
