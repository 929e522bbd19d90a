/** Makes a token for the API of a yard, and shows it this once. */
import { isRole, ROLES } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { usageError } from '../../errors.ts';
import { duration, list, option } from '../../parameters.ts';
import { dim, good, line } from '../../text/lines.ts';
import { apiKey } from '../../tokens/api-key.ts';
import { audienceOf } from '../../tokens/audience.ts';
import { act } from '../../yard/act.ts';

const DAY_MS = 86_400_000;

export const command = defineCommand({
  name: 'token new',
  summary: 'make a token for the API',
  details:
    'A program shows it as "Authorization: Bearer …" to the server (gityard serve, gityard up) of this machine and user, whose key ' +
    'signs it. Developer: asks for builds, sees, downloads. BuildMaster: also cancels and looks after agents. Admin: also ' +
    'configures, and gives tokens to others. Who has it and until when stands in the yard, the token itself nowhere.',
  example: 'gityard token new --role Developer --name ci --expires 30d',
  acts: true,
  parameters: {
    role: option('role', `${ROLES.join(', ')}; else Developer`),
    name: option('name', 'in whose name its holder acts; else you'),
    namespaces: list('name,…', 'whose jobs alone it may change; else everything that the role may'),
    expires: duration('time', 'how long it is good, at most 90d; else 1d'),
  },
  async run(context, { role = 'Developer', name, namespaces, expires = DAY_MS }) {
    if (!isRole(role)) throw usageError(`${role} is no role`, `choose one of ${ROLES.join(', ')}`);
    const state = await context.look();
    const { signToken } = await import('@gityard/api');
    const { newId } = await import('@gityard/yard');
    const audience = audienceOf(state);
    const key = await apiKey(context.io.env, audience);
    const { id: by } = await context.identity();
    const issuedAt = new Date(context.now());
    const until = { issuedAt, expiresAt: new Date(issuedAt.getTime() + expires) };
    const wish = { id: newId(), subject: name ?? by, role, namespaces };
    const token = await signToken({ ...wish, ...until, audience }, key);
    const recorded = { ...wish, key: key.id, expiresAt: until.expiresAt.toISOString(), by };
    return act(context, 'issue-token', recorded, ({ result: { id, subject, expiresAt }, commit }) =>
      answer({ id, token, subject, role, namespaces, expiresAt, commit }, () => [
        [token],
        line(
          good(role),
          ` as ${subject}${namespaces.length === 0 ? '' : ` in ${namespaces.join(', ')}`} until ${expiresAt}`,
          dim(`  gityard token revoke ${id} takes it back`),
        ),
      ]),
    );
  },
});
