/** Snapshots of worlds, as a server would send them. */
import { type ReadModel, readModel, type State, type Time } from '@gityard/domain';
import { noon } from '@gityard/domain/spec';

export const modelOf = (state: State, now: Time = noon): ReadModel =>
  readModel(state, { now, head: 'c0ffee', sequence: 7, by: 'mac', push: null });
