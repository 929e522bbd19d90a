/** The policy of this machine with the reason of each value; one that counts for nothing is told with what to do. */
import { answer, defineCommand } from '../../command.ts';
import { basics, everything } from '../../policy/shown.ts';
import { homePath } from '../../start/user-config.ts';
import { bad, dim, line } from '../../text/lines.ts';

export const command = defineCommand({
  name: 'agent policy',
  summary: 'what may run on this agent, and where each rule comes from',
  details:
    'Reads policy.json and allowed_signers as the daemon does: of /etc/gityard first, else of GITYARD_HOME. ' +
    'Exits 7 when one of them cannot be obeyed; then nothing may run.',
  example: 'gityard agent policy',
  parameters: {},
  run: async (context) => {
    const { fingerprintsOf, isExpired, limitsInForce, readPolicySource, readTrust } = await import('@gityard/agent');
    const home = homePath(context.io.env);
    const [source, trust] = [await readPolicySource(home), await readTrust({ home })];
    const sources = Object.fromEntries(
      Object.keys(source.policy).map((name) => [name, name in source.given ? source.path : 'default']),
    );
    const now = Date.now();
    const known = fingerprintsOf(trust);
    const expired = known.filter((it) => isExpired(trust, it, now));
    const signers = known.filter((it) => !expired.includes(it));
    const limitsNow = await limitsInForce(source.policy, home);
    const { problems } = trust.signers;
    const value = { path: source.path, policy: source.policy, limitsNow, sources, signers, expired, problems };
    return answer(value, () => [
      line(source.path ?? 'no policy.json', dim(source.path === null ? '  nothing may run (gityard agent allow)' : '')),
      ...basics(source.policy),
      ...everything(source, limitsNow),
      line(`jobs may be signed by ${signers.join(', ') || 'nobody'}`),
      ...expired.map((it) => line(bad('expired '), it, dim('  its jobs do not run (gityard key trust)'))),
      ...problems.map((it) => line(bad(`${trust.path}, line ${it.line}: `), it.text)),
    ]);
  },
});
