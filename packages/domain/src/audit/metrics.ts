/**
 * The lines of `shared/metrics` only grow, and only by operations. They are no part of the state, so this stands beside the
 * rules: it is told what the files said before a commit, and what they say after it.
 */
import { has, type Step, type Violation } from './rule.ts';

export interface MetricsChange {
  readonly id: string;
  /** Undefined: there was none. */
  readonly before: string | undefined;
  /** Undefined: there is none any more, or it cannot be read. */
  readonly after: string | undefined;
}

export function auditMetrics(step: Step, files: readonly MetricsChange[]): readonly Violation[] {
  return files.flatMap((it) => sentences(step, it).map((text) => ({ rule: 'metrics-kept', text })));
}

function sentences(step: Step, { id, before = '', after }: MetricsChange): readonly string[] {
  const name = `shared/metrics/${id}.jsonl`;
  if (after === undefined) return before === '' || has(step, 'prune') ? [] : [`${name} vanished`];
  if (!after.startsWith(before)) return [`line ${firstOther(before, after)} of ${name} was changed or taken away`];
  if (has(step, 'archive', 'record-attempt', 'import') || after.trim() === before.trim()) return [];
  return [`${name} was added to by no operation`];
}

function firstOther(before: string, after: string): number {
  const [was, is] = [before.split('\n'), after.split('\n')];
  return was.findIndex((line, at) => line !== is[at]) + 1;
}
