/** What is wrong with the text of an inbox file, by the reader of the inbox itself. Knows no yard, so ids are taken on trust. */
import {
  emptyState,
  OPERATIONS,
  SCHEMAS,
  type State,
  type UnknownField,
  unknownFields,
  validate,
} from '@gityard/domain';
import { lineOf, readJson, readWishes } from '@gityard/yard';
import type { LintFinding } from '../lint-config.ts';

const MOST_FINDINGS = 50;

export function checkQueueFile(bytes: Uint8Array): LintFinding[] {
  const read = readJson(bytes);
  // The reader fills defaults in, and the warnings are about what was written.
  const written = read.ok ? structuredClone(read.value) : undefined;
  const { wishes, problem } = readWishes(read, bytes);
  if (problem) return [{ level: 'error', line: problem.line, text: problem.reason, hint: null }];
  const text = new TextDecoder().decode(bytes);
  const isList = Array.isArray(written);
  const findings = (isList ? written : [written]).flatMap((value, at) => {
    const pointer = isList ? `/${at}` : '';
    const wish = wishes[at];
    const fault = wish && !('op' in wish) ? faultOfJob(wish) : undefined;
    const faults = fault === undefined ? [] : [finding('error', lineOf(text, pointer), fault)];
    return [...faults, ...unknownIn(value).map((it) => unknown(it, lineOf(text, `${pointer}/${it.path.join('/')}`)))];
  });
  return findings.slice(0, MOST_FINDINGS);
}

/** What the rules say of it without knowing any other job. */
function faultOfJob({
  repo,
  repository,
  command,
  labels,
}: object & Partial<Record<string, unknown>>): string | undefined {
  const job = { repository: repository ?? repo ?? null, command, labels } as Parameters<
    typeof OPERATIONS.submit
  >[1]['job'];
  const decision = OPERATIONS.submit(emptyYard(), { id: 'new', job, by: 'you', now: '2026-01-01T00:00:00.000Z' });
  return decision.ok ? undefined : decision.reason;
}

function emptyYard(): State {
  const checked = validate('yard', {});
  if (!checked.ok) throw new Error(checked.reason);
  return emptyState(checked.value);
}

function unknownIn(value: unknown): UnknownField[] {
  const isCommand = typeof value === 'object' && value !== null && 'op' in value;
  return unknownFields(value, isCommand ? SCHEMAS['queue-command'] : SCHEMAS['queue-job']);
}

const unknown = ({ text, hint }: UnknownField, line: number | null): LintFinding => ({
  level: 'warning',
  line,
  text,
  hint,
});
const finding = (level: LintFinding['level'], line: number | null, text: string): LintFinding => ({
  level,
  line,
  text,
  hint: null,
});
