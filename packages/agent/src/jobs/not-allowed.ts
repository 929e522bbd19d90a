/**
 * The job that this agent would claim if its owner allowed everything: an owner who waits for a build should not have to
 * guess why it does not come.
 */
import { isListed, type Job, pickJob, whyIdle } from '@gityard/domain';
import type { AgentContext } from '../context.ts';

export interface NotAllowed {
  readonly job: Job;
  readonly text: string;
  /** The words after `gityard agent` that would allow it. */
  readonly allow: string;
}

export function notAllowed({ yard, self, policy }: AgentContext): NotAllowed | undefined {
  const agent = yard.state.agents.get(self.id);
  if (!agent || whyIdle(yard.state, agent, yard.now()) !== undefined) return undefined;
  const free = { ...agent, allows: { repositories: ['*'], commands: true } };
  const job = pickJob(yard.state, free, yard.now());
  if (!job) return undefined;
  const repository = job.repository !== null && !isListed(policy.repositories, job.repository) ? job.repository : null;
  const needsCommands = job.command !== null && !policy.commands;
  if (repository === null && !needsCommands) return undefined;
  const what = [repository, needsCommands ? 'commands that a job brings' : null]
    .filter((it) => it !== null)
    .join(' and ');
  const words = ['allow', repository && quoted(repository), needsCommands ? '--commands' : null]
    .filter((it) => it !== null)
    .join(' ');
  return { job, text: `job ${job.id} asks for ${what}, which is not allowed on agent ${self.id}`, allow: words };
}

/** The address is somebody else's text, and these words are there to be copied into a shell. */
const quoted = (address: string): string =>
  /^[\w@:/.+~-]+$/.test(address) ? address : `'${address.replaceAll("'", "'\\''")}'`;
