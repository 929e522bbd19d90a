/** Which of some jobs belong together: those that need others of them, are needed, or are parts of one. Pure. */
import type { JobRow } from '../../rows.ts';
import { type Layers, layersOf } from './layering.ts';

export interface LinkedJobs extends Layers {
  readonly jobs: ReadonlyMap<string, JobRow>;
  /** They need nothing here, and nothing needs them. */
  readonly alone: number;
}

export function linkedJobs(rows: readonly JobRow[]): LinkedJobs {
  const all = new Map(rows.map((job) => [job.id, job]));
  const needs = new Map(rows.map((job) => [job.id, job.needs.filter((id) => all.has(id))]));
  // A job that was split goes on when its parts have ended, so it stands behind them.
  for (const { id, parent } of rows) if (parent !== null) needs.get(parent)?.push(id);
  const linked = new Set([...needs].flatMap(([id, wanted]) => (wanted.length === 0 ? [] : [id, ...wanted])));
  const jobs = new Map(rows.filter(({ id }) => linked.has(id)).map((job) => [job.id, job]));
  const layers = layersOf([...jobs.keys()].map((id) => ({ id, needs: needs.get(id) ?? [] })));
  return { ...layers, jobs, alone: rows.length - jobs.size };
}
