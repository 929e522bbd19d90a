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
    const { fingerprintsOf, readPolicySource, readTrust } = await import('@gityard/agent');
    const home = homePath(context.io.env);
    const [source, trust] = [await readPolicySource(home), await readTrust({ home })];
    const sources = Object.fromEntries(
      Object.keys(source.policy).map((name) => [name, name in source.given ? source.path : 'default']),
    );
    const signers = fingerprintsOf(trust);
    const { problems } = trust.signers;
    return answer({ path: source.path, policy: source.policy, sources, signers, problems }, () => [
      line(source.path ?? 'no policy.json', dim(source.path === null ? '  nothing may run (gityard agent allow)' : '')),
      ...basics(source.policy),
      ...everything(source),
      line(`jobs may be signed by ${signers.join(', ') || 'nobody'}`),
      ...problems.map((it) => line(bad(`${trust.path}, line ${it.line}: `), it.text)),
    ]);
  },
});
