/** What `gityard audit` says of the yard of a run, on a network that is well. */
import { gityard } from './program.ts';
import type { World } from './world.ts';

export interface Audited {
  readonly ok: boolean;
  readonly commits: number;
  readonly operations: number;
  readonly firstViolation: unknown;
}

export async function auditOf(world: World): Promise<Audited> {
  const env = { ...world.env, GITYARD_YARD: world.address, GITYARD_AGENT: 'judge' };
  const said = await gityard(['audit', '--json'], { env, cwd: world.folder });
  if (said.stdout === '') throw new Error(`the audit could not be made: ${said.stderr}`);
  return JSON.parse(said.stdout);
}
