/** What a metric is: its name in base units, what it counts or measures, and which labels it has, none of which may grow without end. */

export interface Metric<L extends string = string> {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** One sentence without its full stop. */
  readonly help: string;
  /** Of each label its values, where they are few and known; else in words what they are, and how many there may be. */
  readonly labels: Readonly<Record<L, readonly string[] | string>>;
  /** Of a histogram, upper bounds. */
  readonly buckets?: readonly number[];
  /** Who tells it: a server at `/metrics`, an agent in its file, both, or `gityard audit` and `gityard backup` in files. */
  readonly by: 'server' | 'agent' | 'both' | 'audit' | 'backup';
  /** What requirement R126 calls it. */
  readonly asked?: string;
}

/** Keeps the names of its labels, so that whoever tells it can forget none. */
export const metric = <const L extends string = never>(it: Metric<L>): Metric<L> => it;

export const NO_LABELS = {};

/** Every combination of the values of labels that are known beforehand: those series are there from the start, at nothing. */
export function knownSeries({ labels }: Metric): readonly Readonly<Record<string, string>>[] {
  let series: Record<string, string>[] = [{}];
  for (const [label, values] of Object.entries(labels)) {
    if (typeof values === 'string') return [];
    series = series.flatMap((it) => values.map((value) => ({ ...it, [label]: value })));
  }
  return series;
}
