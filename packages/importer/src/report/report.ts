/** What an import tells: how many of each kind came how, a row for each thing that did not simply come, and what was assumed. */
import type { Finding } from '../gathering/findings.ts';
import type { Place } from '../gathering/union.ts';
import type { Fate, Outcome } from '../planning/plan.ts';
import type { Unfit } from '../planning/shape-all.ts';
import { CANDIDATE_KINDS, type CandidateKind } from '../shapes/candidate.ts';

export interface Counts extends Record<Outcome, number> {
  /** Of those that came: how many only older versions had. */
  readonly recovered: number;
}
type ReportKind = CandidateKind | 'file';

export interface Row {
  readonly kind: ReportKind;
  readonly outcome: Outcome;
  readonly sourceId: string | null;
  /** Its id here. */
  readonly id: string | null;
  readonly reason: string;
  readonly path: string;
  readonly line: number | null;
  readonly commit: string | null;
  /** Of a file, how many of its versions. */
  readonly versions: number;
}

/** What one commit lost that came all the same. */
interface Loss {
  readonly commit: string;
  readonly path: string;
  readonly recovered: number;
}

export interface Report {
  readonly source: string;
  readonly commit: string | null;
  readonly dryRun: boolean;
  readonly history: { readonly commits: number } | null;
  /** Versions of files that were read, and files that hold nothing for a yard. */
  readonly read: number;
  readonly others: number;
  readonly total: Counts;
  readonly kinds: Readonly<Record<ReportKind, Counts>>;
  readonly losses: readonly Loss[];
  readonly notes: readonly { readonly text: string; readonly count: number }[];
  readonly rows: readonly Row[];
  /** More than are told one by one. */
  readonly rowsLeftOut: number;
  /** The commits that the import made. */
  readonly commits: readonly string[];
}

export interface ReportFacts
  extends Pick<Report, 'source' | 'commit' | 'dryRun' | 'history' | 'read' | 'others' | 'commits'> {
  readonly fates: readonly Fate[];
  readonly unfit: readonly Unfit[];
  readonly findings: Iterable<Finding>;
}

const ROWS_LIMIT = 20_000;

export function reportOf(facts: ReportFacts): Report {
  const { fates, unfit, findings, ...told } = facts;
  const rows = [
    ...[...findings].map(rowOfFinding),
    ...unfit.map((it) => rowOf({ ...it, id: null })),
    ...fates.flatMap((it) => (it.reason === null ? [] : [rowOf({ ...it, reason: it.reason })])),
  ];
  const kinds = countAll(fates, rows);
  return {
    ...told,
    total: sum(Object.values(kinds)),
    kinds,
    losses: lossesOf(fates),
    notes: notesOf(fates),
    rows: rows.slice(0, ROWS_LIMIT),
    rowsLeftOut: Math.max(0, rows.length - ROWS_LIMIT),
  };
}

const NONE: Counts = { imported: 0, repaired: 0, quarantined: 0, dropped: 0, unchanged: 0, recovered: 0 };

/** A file that was mended has nothing to be counted for: what was in it is. */
function countAll(fates: readonly Fate[], rows: readonly Row[]): Record<ReportKind, Counts> {
  const counts = Object.fromEntries([...CANDIDATE_KINDS, 'file'].map((it) => [it, { ...NONE }])) as Record<
    ReportKind,
    { -readonly [K in keyof Counts]: number }
  >;
  for (const { kind, outcome, lostIn } of fates) {
    counts[kind][outcome]++;
    if (lostIn !== null && (outcome === 'imported' || outcome === 'repaired')) counts[kind].recovered++;
  }
  for (const { kind, outcome, id } of rows) if (id === null) counts[kind][outcome]++;
  return counts;
}

const sum = (all: readonly Counts[]): Counts =>
  all.reduce(
    (total, it) =>
      Object.fromEntries(
        Object.entries(total).map(([key, count]) => [key, count + it[key as Outcome]]),
      ) as unknown as Counts,
    NONE,
  );

const rowOfFinding = ({ outcome, reason, place, versions }: Finding): Row => ({
  ...place,
  kind: 'file',
  outcome,
  sourceId: null,
  id: null,
  reason,
  versions,
});

const rowOf = ({
  kind,
  outcome,
  sourceId,
  id,
  reason,
  place,
}: Pick<Row, 'kind' | 'outcome' | 'sourceId' | 'id' | 'reason'> & { place: Place }): Row => ({
  kind,
  outcome,
  sourceId,
  id,
  reason,
  ...place,
  versions: 1,
});

function lossesOf(fates: readonly Fate[]): Loss[] {
  const losses = new Map<string, Loss>();
  for (const { lostIn, place, outcome } of fates) {
    if (lostIn === null || (outcome !== 'imported' && outcome !== 'repaired')) continue;
    const key = `${lostIn} ${place.path}`;
    const recovered = (losses.get(key)?.recovered ?? 0) + 1;
    losses.set(key, { commit: lostIn, path: place.path, recovered });
  }
  return [...losses.values()].sort((a, b) => b.recovered - a.recovered);
}

function notesOf(fates: readonly Fate[]): Report['notes'] {
  const counts = new Map<string, number>();
  const coming = fates.filter((it) => it.outcome === 'imported' || it.outcome === 'repaired');
  for (const text of coming.flatMap((it) => it.notes)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => ({ text, count })).sort((a, b) => b.count - a.count);
}
