/** What a state is after some changes: the one place that knows where each kind of change goes. */
import { appended } from './metrics/metrics-file.ts';
import type { Change, State } from './state.ts';
import type { Table } from './table.ts';

export function applyChanges(state: State, changes: readonly Change[]): State {
  return changes.reduce(applyChange, state);
}

function applyChange(state: State, change: Change): State {
  switch (change.kind) {
    case 'yard':
      return change.value ? { ...state, yard: change.value } : state;
    case 'branches':
      return {
        ...state,
        branches: change.value ?? { schemaVersion: 1, branches: {} },
      };
    case 'epoch':
      return { ...state, epoch: change.value };
    case 'archive': {
      const { of: kind, id, folder } = change;
      const left = applyChange(state, { kind, id, value: null });
      return { ...left, archive: withFiles(left.archive, folder, 1) };
    }
    case 'prune':
      return { ...state, archive: state.archive.without(change.id) };
    case 'metrics':
      return { ...state, metrics: state.metrics.with(change.id, appended(state.metrics, change)) };
    case 'metrics-gone':
      return { ...state, metrics: state.metrics.without(change.id) };
    case 'restore':
      return { ...state, broken: state.broken.without(change.id) };
    case 'queue-taken':
      return { ...state, queue: state.queue.without(change.id) };
    case 'queue-answer': {
      const file = state.queue.get(change.id);
      if (!file) return state;
      const answered = { ...file, answered: change.blob, refusal: change.reason };
      return { ...state, queue: state.queue.with(change.id, answered) };
    }
    default: {
      const table = TABLES[change.kind];
      return { ...state, [table]: placed<unknown>(state[table], change.id, change.value) };
    }
  }
}

/** Those of which there are many, each with its table. */
const TABLES = {
  agent: 'agents',
  job: 'jobs',
  lock: 'locks',
  message: 'messages',
  actor: 'actors',
  manifest: 'manifests',
  attestation: 'attestations',
  rollback: 'rollbacks',
  quarantine: 'quarantine',
  import: 'imports',
  history: 'history',
  notices: 'notices',
  secret: 'secrets',
  tests: 'tests',
  token: 'tokens',
} as const;

/** So many files more, or fewer, in a folder of the archive. */
export function withFiles(archive: State['archive'], id: string, more: number): State['archive'] {
  const files = (archive.get(id)?.files ?? 0) + more;
  return files > 0 ? archive.with(id, { id, files }) : archive.without(id);
}

function placed<T>(table: Table<T>, id: string, value: T | null): Table<T> {
  return value === null ? table.without(id) : table.with(id, value);
}
