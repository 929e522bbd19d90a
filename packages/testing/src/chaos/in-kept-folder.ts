/** A run in a folder of its own: kept, and named, when the run went wrong or somebody wants to look at it. */
import { temporaryFolder } from '../temporary.ts';
import { endLeftovers } from './leftovers.ts';

export interface KeptFolder {
  /** Also when all went well: the logs of the agents and all that they had. */
  readonly keeps: boolean;
  readonly say: (line: string) => void;
}

interface Report {
  readonly ok: boolean;
  readonly leftovers: number;
}

/** Whoever outlives the run spoils its report. */
export async function inKeptFolder<R extends Report>(
  run: (folder: string) => Promise<R>,
  { keeps, say }: KeptFolder,
): Promise<R> {
  const folder = await temporaryFolder();
  let ok = false;
  try {
    const found = await run(folder.path);
    const leftovers = await endLeftovers(folder.path);
    ok = found.ok && leftovers === 0;
    return { ...found, ok, leftovers };
  } finally {
    if (ok && !keeps) await folder.remove();
    else say(`what is left of the run is in ${folder.path}`);
  }
}
