/**
 * Groups the projects of a graph into parts that one agent each can build: the projects of a wave are dealt out to as many
 * agents as can help, so that all have about the same to do. Waves that one agent does alone become one part: nothing would
 * be gained by handing its outputs on. Pure.
 */
import { type Project, type ProjectGraph, wavesOf } from '../graph/project-graph.ts';

export interface Group {
  readonly wave: number;
  readonly projects: readonly Project[];
  readonly seconds: number;
  /** Indexes of groups before it. */
  readonly needs: readonly number[];
}

export interface Grouping {
  readonly graph: ProjectGraph;
  /** Into how many groups a wave is dealt out at most. */
  readonly most: number;
  seconds(project: Project): number;
}

export function groupWaves({ graph, most, seconds }: Grouping): readonly Group[] {
  const waves = wavesOf(graph).map((wave) => dealtOut(wave, { most, seconds }));
  const joined = withoutSoloRuns(waves);
  const lists = joined.flatMap((groups, wave) => groups.map((projects) => ({ wave, projects })));
  const groupOf = new Map(lists.flatMap(({ projects }, at) => projects.map((it) => [it.id, at] as const)));
  return lists.map(({ wave, projects }, at) => {
    const needed = projects.flatMap((it) => it.needs.map((id) => groupOf.get(id) ?? at));
    const needs = [...new Set(needed)].filter((it) => it !== at).sort((a, b) => a - b);
    return { wave, projects, needs, seconds: projects.reduce((sum, it) => sum + seconds(it), 0) };
  });
}

type Dealing = Pick<Grouping, 'most' | 'seconds'>;

/** The longest first, each to who has least to do. Within a group the order of the graph is kept. */
function dealtOut(wave: readonly Project[], { most, seconds }: Dealing): readonly (readonly Project[])[] {
  const hands = Array.from({ length: Math.max(1, Math.min(most, wave.length)) }, () => ({
    projects: [] as Project[],
    seconds: 0,
  }));
  for (const project of [...wave].sort((a, b) => seconds(b) - seconds(a))) {
    const least = hands.reduce((a, b) => (b.seconds < a.seconds ? b : a));
    least.projects.push(project);
    least.seconds += seconds(project);
  }
  return hands.map((it) => wave.filter((project) => it.projects.includes(project)));
}

function withoutSoloRuns(
  waves: readonly (readonly (readonly Project[])[])[],
): readonly (readonly (readonly Project[])[])[] {
  const joined: (readonly (readonly Project[])[])[] = [];
  for (const wave of waves) {
    const [before, solo] = [joined.at(-1), wave[0]];
    if (solo && wave.length === 1 && before?.length === 1)
      joined[joined.length - 1] = [[...(before[0] ?? []), ...solo]];
    else joined.push(wave);
  }
  return joined;
}
