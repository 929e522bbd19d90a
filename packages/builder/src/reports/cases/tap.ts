/**
 * TAP 13 and 14, subtests included: only the leaves are tests, unless a test that holds others failed and none of those
 * did. Never fails: what is no line of TAP is somebody's talk.
 */
import { type Given, type TestCase, type TestReport, testCase } from '../test-case.ts';

interface Point {
  readonly given: Given;
  readonly depth: number;
}

const POINT = /^( *)(not )?ok\b(?: +\d+)?(?: +-)? ?(.*)$/;
const DIRECTIVE = /(?:^|[^\\])# *(skip|todo)\b/i;
const FACT = /^\s+(message|error|location|file|at|line|duration_ms|stack):\s*(.*)$/;
const NAME_JOINT = ' > ';

export function tapReport(text: string): TestReport {
  const points: Point[] = [];
  let facts: Map<string, string> | null = null;
  let plan: number | null = null;
  let bailed = false;
  for (const line of text.split(/\r?\n/)) {
    if (facts) {
      if (/^\s*\.\.\.\s*$/.test(line)) {
        learn(points, facts);
        facts = null;
      } else note(facts, line);
    } else if (/^\s+---\s*$/.test(line) && points.length > 0) facts = new Map();
    else if (/^Bail out!/.test(line)) bailed = true;
    else {
      plan = plan ?? planOf(line);
      const point = pointOf(line);
      if (point) points.push(point);
    }
  }
  const cases = leaves(points);
  const atTop = points.filter((it) => it.depth === 0).length;
  return { cases, complete: !bailed && plan !== null && plan <= atTop };
}

function planOf(line: string): number | null {
  const count = /^1\.\.(\d{1,9})\b/.exec(line)?.[1];
  return count === undefined ? null : Number(count);
}

function pointOf(line: string): Point | null {
  const [, indent, not, said] = POINT.exec(line.slice(0, 2_000)) ?? [];
  if (indent === undefined || said === undefined) return null;
  const directive = DIRECTIVE.exec(said);
  const name = said.slice(0, directive?.index ?? said.length).replace(/\\#/g, '#');
  const status = directive ? 'skipped' : not ? 'failed' : 'passed';
  return { depth: Math.floor(indent.length / 4), given: { name, status } };
}

function note(facts: Map<string, string>, line: string): void {
  const [, key, value] = FACT.exec(line.slice(0, 4_000)) ?? [];
  if (key !== undefined && value !== undefined && !facts.has(key)) facts.set(key, unquoted(value));
  // A block of text: its first line says the most.
  else if (/^[|>]-?$/.test(facts.get('error') ?? '')) facts.set('error', line.trim());
}

const unquoted = (text: string): string => text.replace(/^(['"])(.*)\1$/, '$2').replaceAll("''", "'");

function learn(points: Point[], facts: ReadonlyMap<string, string>): void {
  const last = points.pop();
  if (!last) return;
  const failed = last.given.status === 'failed';
  const place = /^(.*?):(\d{1,7})(?::\d+)?$/.exec(facts.get('location') ?? '');
  const line = Number(place?.[2] ?? facts.get('line'));
  const duration = Number(facts.get('duration_ms'));
  points.push({
    ...last,
    given: {
      ...last.given,
      message: failed ? (facts.get('error') ?? facts.get('message') ?? null) : null,
      file: place?.[1] ?? facts.get('file') ?? null,
      line: Number.isSafeInteger(line) ? line : null,
      durationMs: Number.isFinite(duration) ? Math.round(duration) : null,
    },
  });
}

/** A point comes after its subtests: what stands deeper since the last point of its depth belongs to it. */
function leaves(points: readonly Point[]): TestCase[] {
  const levels: Given[][] = [];
  for (const { given, depth } of points) {
    const inside = levels.splice(depth + 1).flat();
    const level = levelAt(levels, depth);
    const named = inside.map((it) => ({ ...it, suite: [given.name, it.suite].filter(Boolean).join(NAME_JOINT) }));
    const ownFault = given.status === 'failed' && !inside.some((it) => it.status === 'failed');
    level.push(...named, ...(inside.length === 0 || ownFault ? [given] : []));
  }
  return levels.flat().map(testCase);
}

function levelAt(levels: Given[][], depth: number): Given[] {
  while (levels.length <= depth) levels.push([]);
  return levels[depth] ?? [];
}
