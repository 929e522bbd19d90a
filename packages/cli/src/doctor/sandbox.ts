/** In which sandbox builds run here, found out by running something in each; and why the others do not work. */
import type { Policy } from '@gityard/domain';
import type { Context } from '../context.ts';
import { homePath } from '../start/user-config.ts';
import { type Finding, fine, skipped, wrong } from './check.ts';

export async function checkSandbox({ io }: Context): Promise<Finding> {
  const [{ readPolicy, sandboxFor }, { probeLadder }] = await Promise.all([
    import('@gityard/agent'),
    import('@gityard/builder'),
  ]);
  const policy = await readPolicy(homePath(io.env));
  if (policy.repositories.length === 0 && policy.commands === false)
    return skipped('nothing is allowed to run here yet');
  const choice = await sandboxFor(policy);
  if (!choice.ok) return wrong(choice.reason, choice.hint);
  const rungs = await probeLadder();
  const others = rungs.filter(({ why }) => why !== null).map(({ name, why }) => `${name}: ${why}`);
  const { name } = choice.sandbox;
  const text =
    name === 'none'
      ? 'builds run without a sandbox, which the policy allows'
      : `builds run in ${name}, ${await networkText(policy, choice.sandbox)}`;
  return fine(others.length === 0 ? text : `${text} (not here: ${others.join('; ')})`);
}

/** What a build could reach, said plainly: services on the loopback of this machine often ask nobody who he is. */
async function networkText({ network }: Policy, { outward }: { readonly outward?: boolean }): Promise<string> {
  if (network === 'never') return 'without network';
  if (outward === undefined)
    return `with network ${network === 'always' ? '' : 'while packages are restored, '}as its engine makes it`;
  if (network === 'always') return "with network, this machine's loopback and metadata address in it";
  if (outward) return "with network while packages are restored, without this machine's loopback and metadata address";
  const { whyNoOutlet } = await import('@gityard/builder');
  const why = await whyNoOutlet();
  const how = why === null ? 'the sandboxes bwrap+cgroup and bwrap+prlimit leave it out' : why;
  return `with network while packages are restored, this machine's loopback and metadata address in it: ${how}`;
}
