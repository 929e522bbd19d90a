/** The list of metrics as a page of Markdown. */
import { METRICS } from './list.ts';
import type { Metric } from './metric.ts';

const TITLES: Readonly<Record<keyof typeof METRICS, string>> = {
  builds: 'Builds',
  fleet: 'Queue and agents',
  yard: 'Repository',
  process: 'Process',
  agent: 'An agent, in its file',
  audit: '`gityard audit`, in a file',
  backup: '`gityard backup`, in a file',
};

const INTRODUCTION = `# Metrics

Made from \`packages/telemetry/src/metrics/list\` by its spec; \`vitest --update\` makes it anew.

A server (\`gityard serve\`, \`gityard up\`) tells them at \`/metrics\`, an agent in the file that \`--metrics-file\` names, for the
textfile collector of node_exporter, each series with the label \`agent\`. No label holds a job, a branch or a commit.

Counters count what that server saw since it began, each thing once, however late it looked, and begin at nothing with every
start, as \`rate()\` and \`increase()\` expect. What ended while no server ran is in no counter. What stands under *Builds* as a
ratio comes from the records of the yard instead, and knows of everything.
`;

export function describeMetrics(): string {
  const sections = Object.entries(METRICS).map(([key, metrics]) => {
    const rows = Object.values<Metric>(metrics).map(rowOf);
    return `\n## ${TITLES[key as keyof typeof METRICS]}\n\n${HEAD}${rows.join('\n')}\n`;
  });
  return INTRODUCTION + sections.join('');
}

const HEAD = '| name | type | unit | labels | told by | what it is |\n|---|---|---|---|---|---|\n';

function rowOf(metric: Metric): string {
  const { name, type, help, labels, by, asked } = metric;
  const told = by === 'both' ? 'server, agent' : by;
  const is = asked === undefined ? help : `${help}. R126: ${asked}`;
  const cells = [`\`${name}\``, type, unitOf(metric), labelsOf(labels), told, is];
  return `| ${cells.join(' | ')} |`;
}

/** By the name, which ends with it, but for what says that it counts. */
export function unitOf({ name }: Pick<Metric, 'name'>): string {
  const [unit] = /(?:seconds|bytes|ratio)(?=(?:_total)?$)/.exec(name) ?? [];
  return unit ?? '';
}

const labelsOf = (labels: Metric['labels']): string =>
  Object.entries(labels)
    .map(([name, values]) => `\`${name}\`: ${typeof values === 'string' ? values : values.join(', ')}`)
    .join('; ');
