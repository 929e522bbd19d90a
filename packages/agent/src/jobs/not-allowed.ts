/**
 * The job that this agent would claim if its owner allowed everything: an owner who waits for a build should not have to
 * guess why it does not come.
 */
import { denials, type Job, type Permission, pickJob, shellWord, whyIdle } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import { allowsOf } from '../registration.ts';

export interface NotAllowed {
  readonly job: Job;
  readonly text: string;
  /** The words after `gityard agent` that would allow it; empty where none would. */
  readonly allow: string;
}

export function notAllowed(context: AgentContext): NotAllowed | undefined {
  const { yard, self } = context;
  const agent = yard.state.agents.get(self.id);
  if (!agent || whyIdle(yard.state, agent, yard.now()) !== undefined) return undefined;
  const permission = allowsOf(context);
  const job = pickJob(yard.state, { ...agent, allows: freed(permission, yard.state.jobs) }, yard.now());
  if (!job) return undefined;
  const [first, ...others] = denials(permission, job);
  if (!first) return undefined;
  // A secret has a repository and a branch of its own, so it is a command of its own, once the rest is allowed.
  const denied = [first, ...others].filter((it, at) => at === 0 || !it.allow.includes('--secret'));
  const what = denied.map((it) => (it.what === 'commands' ? 'commands that a job brings' : it.what)).join(' and ');
  const rules = denied.flatMap(({ allow }) => allow).map(shellWord);
  const words = rules.length === 0 ? '' : ['allow', ...rules].join(' ');
  return { job, text: `job ${job.id} asks for ${what}, which is not allowed on agent ${self.id}`, allow: words };
}

/** As if everything were allowed; but whom it trusts is no matter of what it allows. */
function freed({ signatures, signers }: Permission, jobs: Iterable<Job>): Permission {
  const names = new Set([...jobs].flatMap((it) => it.secrets));
  const secrets = [...names].map((name) => ({ name, repositories: ['*'], refs: ['*'] }));
  const trusted = { ...(signatures && { signatures }), ...(signers && { signers }) };
  return { repositories: ['*'], commands: true, secrets, ...trusted };
}
