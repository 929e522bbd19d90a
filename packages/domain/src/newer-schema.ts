/**
 * Whether the yard belongs to a newer program. Then what it says may mean something that we do not know: it is read as far
 * as it can be, nothing is written to it, and no job is begun.
 */
import { type Refused, refuse } from './decision.ts';
import type { State } from './state.ts';

export function newerSchema({ broken }: State): Refused | null {
  const newer = broken.get('yard.json');
  return newer?.code === 'NEWER_SCHEMA' ? refuse('NEWER_SCHEMA', `${newer.path} ${newer.reason}`, [newer.path]) : null;
}
