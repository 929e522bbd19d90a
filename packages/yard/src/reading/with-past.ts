/**
 * A program that starts after a file broke has never seen its valid version, and one that was away may have missed the
 * last. Both ask the history, once for each broken file, before anything is decided.
 */
import type { History, Transport } from '@gityard/store';
import { type Past, pastOf, pastsIn } from '../history/past.ts';
import { explained, unasked } from './explained.ts';
import type { View } from './view.ts';

export interface Where {
  readonly transport: Transport;
  readonly ref: string;
  readonly signal?: AbortSignal | undefined;
}

export const lacksPast = ({ state }: View): boolean => unasked(state).length > 0;

/** The same view, with the last valid version of each broken file in force. Throws StoreError. */
export async function withPast(view: View, { transport, ref, signal }: Where): Promise<View> {
  const paths = unasked(view.state).map((it) => it.path);
  return withPasts(view, await pastOf({ transport, ref, commit: view.snapshot.commit, paths, signal }));
}

/** The same, where the history was read already. */
export function withPastIn(view: View, history: History): View {
  const paths = unasked(view.state).map((it) => it.path);
  return paths.length === 0 ? view : withPasts(view, pastsIn(history, { commit: view.snapshot.commit, paths }));
}

function withPasts(view: View, pasts: ReadonlyMap<string, Past>): View {
  const files = unasked(view.state);
  const valid = files.flatMap(({ path }) => {
    const bytes = pasts.get(path)?.lastValid;
    return bytes ? [[path, bytes] as const] : [];
  });
  return {
    ...view,
    state: files.reduce((state, file) => explained(state, file, pasts.get(file.path)), view.state),
    lastValid: valid.length === 0 ? view.lastValid : new Map([...view.lastValid, ...valid]),
  };
}
