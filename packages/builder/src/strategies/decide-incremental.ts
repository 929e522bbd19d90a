/** Which projects an Incremental build goes over, drawn from what changed since the build that left the workspace. Pure. */
import { type ProjectGraph, withDependents } from '../graph/project-graph.ts';
import type { KeptRecord } from '../lodging/kept-record.ts';
import type { Scope } from '../toolchains/toolchain.ts';
import { concernedBy } from './changes.ts';
import { allInWords } from './strategy.ts';
import { namesOf, shortCommit } from './words.ts';

export interface Decision {
  /** Null: all of it. */
  readonly scope: Scope | null;
  readonly isDone: boolean;
  readonly built: string;
}

export interface Since {
  readonly graph: ProjectGraph;
  readonly record: KeptRecord;
  readonly changed: readonly string[];
}

export function decideIncremental({ graph, record, changed }: Since): Decision {
  const { projects, shared, packages } = concernedBy(graph, changed, record.shared);
  const known = new Set(record.projects.map(({ id }) => id));
  const pending = new Set(record.pending);
  const changedIds = new Set(
    graph.projects.map(({ id }) => id).filter((id) => projects.has(id) || pending.has(id) || !known.has(id)),
  );
  const concerned = withDependents(graph, changedIds);
  const from = `build ${record.job} of commit ${shortCommit(record.commit)}`;
  const all = graph.projects.length;
  if (shared !== null && concerned.length === all)
    return { scope: null, isDone: false, built: `${allInWords(graph)} built, because ${shared} concerns all of them` };
  if (concerned.length === all)
    return {
      scope: null,
      isDone: false,
      built: `${changedInWords(graph, changedIds, pending)}; ${all} built with their dependents`,
    };

  const scope: Scope = {
    graph,
    build: concerned.map(({ id }) => id),
    test: concerned.filter(({ isTest }) => isTest).map(({ id }) => id),
    // Packages of what is kept belong to the result as well.
    pack: graph.projects.map(({ id }) => id),
    restore: packages || !record.isRestored || [...changedIds].some((id) => !known.has(id)),
    reuse: true,
  };
  if (concerned.length > 0) {
    const rest = `${concerned.length} built with their dependents, ${all - concerned.length} kept from ${from}`;
    return { scope, isDone: false, built: `${changedInWords(graph, changedIds, pending)}; ${rest}` };
  }
  const kept = `${allInWords(graph)} kept from ${from}`;
  return record.isFinished
    ? { scope, isDone: true, built: `nothing changed, so nothing was built: ${kept}` }
    : { scope, isDone: false, built: `nothing changed: ${kept}, which did not come to its end` };
}

function changedInWords(graph: ProjectGraph, changed: ReadonlySet<string>, pending: ReadonlySet<string>): string {
  const again = [...changed].filter((id) => pending.has(id)).length;
  const note = again === 0 ? '' : `, ${again} of them not built to the end before`;
  return `${changed.size} of ${graph.projects.length} projects changed (${namesOf(graph, changed)}${note})`;
}
