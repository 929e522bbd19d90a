/** Frees this machine's disk of workspaces of failed builds that nobody looked into for a week. */
import { KEEPING, removeOldFailed } from '@gityard/builder';
import type { AgentContext } from '../context.ts';
import { buildFolder } from '../home/build-folder.ts';

export async function failedWorkspaces({ options }: AgentContext): Promise<string | null> {
  const gone = await removeOldFailed(buildFolder(options.home), KEEPING);
  return gone.length === 0 ? null : `the workspaces of ${gone.length} failed builds were removed`;
}
