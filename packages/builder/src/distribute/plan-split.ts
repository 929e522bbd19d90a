/**
 * Whether a build is worth being split among several agents, and how: a job for each part of its projects, or for each agent
 * of a canary. Pure: what is known of the projects and of who can help comes in, and a plan or a reason comes out.
 */
import { type Child, MOST_CHILDREN, type Split } from '@gityard/domain';
import { criticalPath, type ProjectGraph } from '../graph/project-graph.ts';
import { groupWaves } from './group-waves.ts';
import { togetherSeconds } from './schedule.ts';

interface PlannedPart extends Pick<Child, 'part' | 'assignedTo'> {
  /** Indexes of parts before it. */
  readonly needs: readonly number[];
}

export interface SplitPlan extends Omit<Split, 'at' | 'children' | 'failure'> {
  readonly parts: readonly PlannedPart[];
  /** What an agent must have to take a part, beside what the job asks for. */
  readonly requires: readonly string[];
}

export type Planned = { readonly plan: SplitPlan } | { readonly whole: string };

export interface SplitQuestion {
  readonly graph: ProjectGraph;
  /** Expected of each project, where something is known of it. */
  readonly seconds: ReadonlyMap<string, number>;
  /** How many agents can help. */
  readonly agents: number;
  /** Into how many parts a wave is dealt out at most, when that is not one for each agent. */
  readonly mostParts?: number | undefined;
  readonly requires: readonly string[];
}

/** What nothing is known of takes as long as the others on average. */
const UNKNOWN_SECONDS = 10;
/** Below that, handing outputs on costs more than it brings. */
const LEAST_GAIN = 1.1;

export function planSplit(question: SplitQuestion): Planned {
  const { graph, agents, mostParts = agents, requires } = question;
  const count = graph.projects.length;
  if (count < 2) return { whole: count === 0 ? 'it has no projects' : 'it has one project only' };
  if (agents < 2) return { whole: 'no other agent could help' };
  const secondsOf = expectedSeconds(question);
  const seconds = (project: { readonly id: string }) => secondsOf.get(project.id) ?? UNKNOWN_SECONDS;
  const groups = groupWaves({ graph, most: mostParts, seconds });
  if (groups.length > MOST_CHILDREN)
    return { whole: `it would have ${groups.length} parts, more than ${MOST_CHILDREN}` };
  const alone = groups.reduce((sum, it) => sum + it.seconds, 0);
  const together = togetherSeconds(groups, agents);
  if (alone < together * LEAST_GAIN) return { whole: 'its projects wait for each other one after the other' };
  const parts = groups.map(({ wave, projects, needs }): PlannedPart => {
    const ids = projects.map((it) => it.id);
    return { part: { kind: 'part', wave, projects: ids }, needs, assignedTo: null };
  });
  const plan: SplitPlan = {
    kind: 'distributed',
    parts,
    waves: Math.max(...groups.map((it) => it.wave)) + 1,
    projects: count,
    agents,
    criticalPath: criticalPath(graph, seconds).path.map((it) => it.id),
    aloneSeconds: rounded(alone),
    togetherSeconds: rounded(together),
    requires,
  };
  return { plan };
}

function expectedSeconds({ graph, seconds }: SplitQuestion): ReadonlyMap<string, number> {
  const known = graph.projects.flatMap((it) => seconds.get(it.id) ?? []);
  const usual = known.length === 0 ? UNKNOWN_SECONDS : known.reduce((sum, it) => sum + it, 0) / known.length;
  // What took no time at all still has to be fetched and looked at.
  return new Map(graph.projects.map((it) => [it.id, Math.max(0.1, seconds.get(it.id) ?? usual)]));
}

const rounded = (seconds: number): number => Math.round(seconds * 10) / 10;

/** The first agent alone; when it is well, all others. */
export function planCanary([canary, ...others]: readonly string[]): Planned {
  if (canary === undefined || others.length === 0) return { whole: 'there is no other agent that could follow' };
  if (others.length >= MOST_CHILDREN) return { whole: `it would have more than ${MOST_CHILDREN} parts` };
  const partOf = (kind: 'canary' | 'follower', agent: string): PlannedPart => ({
    part: { kind, wave: kind === 'canary' ? 0 : 1, projects: [] },
    needs: kind === 'canary' ? [] : [0],
    assignedTo: agent,
  });
  const parts = [partOf('canary', canary), ...others.map((it) => partOf('follower', it))];
  const none = { projects: 0, criticalPath: [], aloneSeconds: 0, togetherSeconds: 0, requires: [] };
  return { plan: { kind: 'canary', parts, waves: 2, agents: parts.length, ...none } };
}
