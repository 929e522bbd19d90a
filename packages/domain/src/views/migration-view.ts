/** What raising the version of a yard would change, and whom it would shut out. Nobody can go back: older programs stop at the door. */
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import type { Versions } from '../versions/versions.ts';
import { agentHealth } from './agent-health.ts';

export interface MigrationView {
  readonly from: number;
  readonly to: number;
  readonly changes: readonly string[];
  /** Agents that give signs of life, by a program that could not read the yard any more. */
  readonly tooOld: readonly { readonly agent: string; readonly version: string; readonly reads: number }[];
}

export function migrationView(state: State, now: Time, { newest, migrations }: Versions): MigrationView {
  const from = state.yard.schemaVersion;
  const changes = migrations.filter(({ to }) => to > from).map(({ what }) => what);
  const alive = [...state.agents].filter(
    ({ id }) =>
      agentHealth(state.heartbeats.get(id), now, state.yard) !== 'silent' || state.heartbeats.get(id)?.stopped,
  );
  const tooOld = alive
    .map(({ id, version, newestSchema = 1 }) => ({ agent: id, version, reads: newestSchema }))
    .filter(({ reads }) => reads < newest && from < newest);
  return { from, to: newest, changes, tooOld };
}
