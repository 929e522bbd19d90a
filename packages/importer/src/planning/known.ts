/** What a yard has already, by the ids that an import would give: in the state, or in the archive, which is read for this alone. */
import { archivedKindOf, type Job, type State, waitsAsImported } from '@gityard/domain';
import { readJson, type Yard } from '@gityard/yard';

export interface KnownThing {
  /** null of what was not imported, or bears no mark. */
  readonly digest: string | null;
  /** The mark itself, of a job that waits as it came. */
  readonly waiting: Job | null;
}

export type Known = (kind: 'job' | 'message' | 'lock' | 'agent' | 'branch', id: string) => KnownThing | undefined;

export function knownIn(yard: Pick<Yard, 'paths' | 'read'>, state: State): Known {
  const archived = archivedPaths(yard);
  return (kind, id) => {
    const here = inState(state, kind, id);
    if (here) return { digest: markOf(here), waiting: kind === 'job' ? waitingJob(state.jobs.get(id)) : null };
    const path = archived.get(`${kind} ${id}`);
    return path === undefined ? undefined : { digest: markOf(contentOf(yard, path)), waiting: null };
  };
}

const waitingJob = (job: Job | undefined): Job | null => (job && waitsAsImported(job) ? job : null);

function inState(state: State, kind: Parameters<Known>[0], id: string): object | undefined {
  if (kind === 'branch') return Object.hasOwn(state.branches.branches, id) ? state.branches.branches[id] : undefined;
  return { job: state.jobs, message: state.messages, lock: state.locks, agent: state.agents }[kind].get(id);
}

const ARCHIVE = 'shared/archive/';

function archivedPaths({ paths }: Pick<Yard, 'paths'>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const path of paths(ARCHIVE)) {
    const [, folder = '', id = ''] = /^shared\/archive\/(.+?)(?:\/[0-9a-f]{2})?\/([^/]+)\.json$/.exec(path) ?? [];
    const kind = archivedKindOf(folder) ?? archivedKindOf(path.slice(ARCHIVE.length, path.lastIndexOf('/')));
    if (kind) found.set(`${kind} ${id}`, path);
  }
  return found;
}

function contentOf({ read }: Pick<Yard, 'read'>, path: string): unknown {
  const bytes = read(path);
  const found = bytes && readJson(bytes);
  return found?.ok ? found.value : undefined;
}

function markOf(value: unknown): string | null {
  const mark = (value as { importedFrom?: { digest?: unknown } } | undefined)?.importedFrom;
  return typeof mark?.digest === 'string' ? mark.digest : null;
}
