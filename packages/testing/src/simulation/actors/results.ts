/**
 * Results of builds that the yard does not know yet, in the spool of the product on the disk of a simulated machine: kept
 * there before anything is said about them, and handed in by a loop of its own.
 */
import type { InputOf } from '@gityard/domain';
import { DEFAULT_REFS, openSpool, type Spool, type SpoolPlace } from '@gityard/yard';
import type { Life } from '../life.ts';
import type { Machine } from '../machine.ts';
import type { Agent } from './agent-context.ts';

export type Finish = InputOf<'finish'>;

const PLACE: SpoolPlace = { folder: 'spool/yard', address: 'simulated', stateRef: DEFAULT_REFS.state };
const LONGEST_WAIT_MS = 60_000;
const MOMENT_MS = 500;

export function openResults(life: Life): Promise<Spool> {
  const { machine, dice, ports } = life;
  const { name, files, locks } = machine;
  const newName = () => `${name}.spool.${Math.floor(dice.random() * 1e12).toString(36)}`;
  return openSpool({
    place: PLACE,
    identity: name,
    newName,
    disk: files.seenBy(life),
    ports,
    tryLock: locks.tryFor(life),
  });
}

/** As the agent's own loop: soon after something came, and again and again while the remote is away. */
export async function handInResults({ spool, bell, life, world, yard }: Agent): Promise<void> {
  const since = bell.count;
  if (waitingIn(life.machine).length > 0) {
    const asked = world.calls.noting(world.flaws.replays?.(yard) ?? yard);
    await spool.replay(asked);
    if (waitingIn(life.machine).length > 0) return life.ports.sleep(life.dice.about(MOMENT_MS));
  }
  await bell.wait({ since, ms: LONGEST_WAIT_MS });
}

/** The files of results that are not handed in yet. */
export const waitingIn = ({ files }: Machine): string[] => files.list(PLACE.folder).filter((it) => it.endsWith('.log'));

export interface RefusedResult {
  readonly input: Pick<Finish, 'jobId' | 'token'> | null;
}

/** What the yard did not take, as the machine tells its people. */
export function refusedOn({ files }: Machine): RefusedResult[] {
  const text = files.read(`${PLACE.folder}/refused.jsonl`)?.toString() ?? '';
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as RefusedResult]));
}
