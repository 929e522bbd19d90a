/** When each task of the upkeep was last done, by whom, and how it went: what the heartbeats of all agents say together. */
import type { ReadModel } from '../entities/read-model.ts';
import type { State } from '../state.ts';
import { isBefore } from '../time.ts';

export type UpkeepLine = ReadModel['upkeep'][number];

export function upkeepLines({ heartbeats }: Pick<State, 'heartbeats'>): readonly UpkeepLine[] {
  const newest = new Map<string, UpkeepLine>();
  for (const { agent, upkeep } of heartbeats) {
    for (const done of upkeep) {
      const before = newest.get(done.task);
      if (!before || isBefore(before.at, done.at)) newest.set(done.task, { ...done, agent });
    }
  }
  return [...newest.values()].sort((a, b) => (a.task < b.task ? -1 : 1));
}
