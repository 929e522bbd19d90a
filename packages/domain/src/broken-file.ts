/** What helps with a file that cannot be read as what it should be, and with which code a write to it is refused. */
import { type Refused, refuse } from './decision.ts';
import type { BrokenFile } from './state.ts';

export function remedyOf({ code, past }: BrokenFile): string {
  if (code === 'NEWER_SCHEMA') return 'update gityard on this machine';
  return past?.restorable ? 'gityard quarantine restore puts its last valid version back' : 'mend it by a commit';
}

/** Nothing is written over what a person may still want to mend. */
export function refuseBroken(file: BrokenFile): Refused {
  const code = file.code === 'NEWER_SCHEMA' ? 'NEWER_SCHEMA' : 'INVALID_DATA';
  // To mend or to update is what every face advises for these codes; only the restoring is news.
  const remedy = code === 'INVALID_DATA' && file.past?.restorable ? `; ${remedyOf(file)}` : '';
  return refuse(code, `${file.path} ${file.reason}${remedy}`, [file.path]);
}
