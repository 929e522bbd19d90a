/** What questions may read, over a source: each blob is fetched once. */
import type { Looking } from './looking.ts';
import type { Reading } from './questions/question.ts';

export function readingOf(looking: Looking, signal: AbortSignal): Reading {
  const { source } = looking;
  return {
    model: looking.model,
    now: () => Date.now() + looking.skewMs,
    file: (place, path) => source.file(place, path, signal),
    blob: (oid) => source.blob(oid, signal),
    tree: (place, folder) => source.tree(place, folder, signal),
    commits: (from, wanted) => source.commits(from, wanted, signal),
    send: (wish) => source.send(wish, signal),
    linkFor: (wish) => source.linkFor(wish),
    linkTo: (thing) => source.linkTo(thing),
    signal,
  };
}
