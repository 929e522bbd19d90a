/**
 * What is fetched before the first paint comes in few files: text packs better together, and each file is a request. So all
 * that the frame needs is one file, with what the overview shares with other pages; what it alone draws is the other.
 */
import type { Rolldown } from 'vite';

const START = /\/dashboard\/src\/main\.ts$/;
const FIRST_PAGE = /\/pages\/overview\/overview-page\.ts$/;
/** What starts the worker, with all that it needs: a file that is there before the frame is. */
const LINE = /\/(?:yard\/line|frame\/guard|script-url|worker\/port)\.ts$|worker\.ts\?worker&url$/;

type Context = Rolldown.ChunkingContext;

export const firstLoad: Rolldown.CodeSplittingOptions = {
  includeDependenciesRecursively: false,
  groups: [
    { name: (id) => (LINE.test(id) ? 'line' : null), debugName: 'line', priority: 1 },
    { name: (id, context) => (isOfFrame(id, context) ? 'frame' : null), debugName: 'frame' },
  ],
};

const WORKER = /\/worker\/worker\.ts$/;

/** Of the domain, which is one import, only what reads a snapshot; the rest comes with the question that needs it. */
const DOMAIN = /\/domain\/src\/|#validators\//;
const OF_SNAPSHOT =
  /\/(?:domain\/src\/(?:read-model-from|check-with|interpret-schema|time)|sources\/model-in)\.ts$|#validators\/read-model$/;

export const firstWorker: Rolldown.CodeSplittingOptions = {
  includeDependenciesRecursively: false,
  groups: [{ name: (id, context) => (isOfWorker(id, context) ? 'looking' : null), debugName: 'looking' }],
};

const isOfWorker = (id: string, context: Context): boolean =>
  OF_SNAPSHOT.test(id) || (!DOMAIN.test(id) && needs(id, WORKER, context));

const isOfFrame = (id: string, context: Context): boolean =>
  !START.test(id) && (needs(id, START, context) || (needs(id, FIRST_PAGE, context) && isShared(id, context)));

/** Whether `whole` imports it, itself or through others, and not only when somebody asks. */
function needs(id: string, whole: RegExp, context: Context, seen = new Set<string>()): boolean {
  if (whole.test(id)) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  return importersOf(id, context).some((it) => needs(it, whole, context, seen));
}

/** Whether somebody imports it without the first page. */
function isShared(id: string, context: Context): boolean {
  if (FIRST_PAGE.test(id)) return false;
  return importersOf(id, context).some((it) => !needs(it, FIRST_PAGE, context) || isShared(it, context));
}

const importersOf = (id: string, context: Context): readonly string[] => context.getModuleInfo(id)?.importers ?? [];
