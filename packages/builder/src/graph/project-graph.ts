/**
 * The projects of a checkout and which of them needs which: what a toolchain finds out, and what every strategy decides
 * from. Pure: whoever knows the projects can ask what a change concerns, in which waves they can be built, and which chain
 * of them takes longest.
 */

export interface Project {
  /** Its path below the checkout, with forward slashes, as its toolchain names it: `src/app/app.csproj`, `packages/a`, `core`. */
  readonly id: string;
  /** As people call it. */
  readonly name: string;
  /** Relative to the checkout; '' is its top. What lies in it belongs to it, unless it lies in the folder of another one as well. */
  readonly folder: string;
  /** Ids of the projects that have to be built before it. */
  readonly needs: readonly string[];
  /** Folders and files below the checkout that its build makes: what a cache keeps. */
  readonly outputs: readonly string[];
  /** There are tests in it that can be run by themselves. */
  readonly isTest: boolean;
  /** What its packages are fixed by, relative to the checkout. */
  readonly lockFiles: readonly string[];
  /** Files outside of its folder that it is made of as well (linked sources). */
  readonly extraInputs?: readonly string[];
}

export interface ProjectGraph {
  /** Each after those that it needs. */
  readonly projects: readonly Project[];
  /** Files that concern all of them: `Directory.Build.props`, `global.json`, a lock file at the top. */
  readonly shared: readonly string[];
}

/** These, and whatever needs one of them, however far away; in the order of the graph. */
export function withDependents({ projects }: ProjectGraph, ids: ReadonlySet<string>): readonly Project[] {
  const concerned = new Set<string>();
  for (const project of projects)
    if (ids.has(project.id) || project.needs.some((it) => concerned.has(it))) concerned.add(project.id);
  return projects.filter((it) => concerned.has(it.id));
}

/** These, and whatever they need, however far away; in the order of the graph. */
export function withNeeds({ projects }: ProjectGraph, ids: ReadonlySet<string>): readonly Project[] {
  const needed = new Set(ids);
  for (const project of projects.toReversed())
    if (needed.has(project.id)) for (const need of project.needs) needed.add(need);
  return projects.filter((it) => needed.has(it.id));
}

/** The project that a file belongs to: the one with the deepest folder around it. */
export function ownerOf({ projects }: ProjectGraph, path: string): Project | undefined {
  const around = projects.filter(({ folder }) => folder === '' || path.startsWith(`${folder}/`));
  return around.reduce<Project | undefined>(
    (best, it) => (best === undefined || it.folder.length > best.folder.length ? it : best),
    undefined,
  );
}

/** Projects of one wave need none of each other, only such of earlier waves. */
export function wavesOf({ projects }: ProjectGraph): readonly (readonly Project[])[] {
  const waveOf = new Map<string, number>();
  for (const project of projects)
    waveOf.set(project.id, Math.max(-1, ...project.needs.map((it) => waveOf.get(it) ?? -1)) + 1);
  const count = Math.max(-1, ...waveOf.values()) + 1;
  return Array.from({ length: count }, (_, wave) => projects.filter((it) => waveOf.get(it.id) === wave));
}

/** The chain of projects that wait for each other and take longest: no number of agents is faster than it. */
export function criticalPath(
  { projects }: ProjectGraph,
  seconds: (project: Project) => number,
): { readonly path: readonly Project[]; readonly seconds: number } {
  const until = new Map<string, { readonly path: readonly Project[]; readonly seconds: number }>();
  let longest = { path: [] as readonly Project[], seconds: 0 };
  for (const project of projects) {
    const before = project.needs.flatMap((it) => until.get(it) ?? []);
    const slowest = before.reduce((a, b) => (b.seconds > a.seconds ? b : a), {
      path: [] as readonly Project[],
      seconds: 0,
    });
    const mine = { path: [...slowest.path, project], seconds: slowest.seconds + seconds(project) };
    until.set(project.id, mine);
    if (mine.seconds > longest.seconds || longest.path.length === 0) longest = mine;
  }
  return longest;
}

/** Sorted so that each stands after those that it needs; answers the ids of a cycle where there is one. */
export function inOrder(projects: readonly Project[]): {
  readonly projects: readonly Project[];
  readonly cycle: readonly string[];
} {
  const byId = new Map(projects.map((it) => [it.id, it]));
  const done = new Map<string, Project>();
  const path: string[] = [];
  const visit = (project: Project): readonly string[] => {
    if (done.has(project.id)) return [];
    if (path.includes(project.id)) return [...path.slice(path.indexOf(project.id)), project.id];
    path.push(project.id);
    for (const need of project.needs) {
      const next = byId.get(need);
      const cycle = next ? visit(next) : [];
      if (cycle.length > 0) return cycle;
    }
    path.pop();
    done.set(project.id, project);
    return [];
  };
  for (const project of projects) {
    const cycle = visit(project);
    if (cycle.length > 0) return { projects, cycle };
  }
  return { projects: [...done.values()], cycle: [] };
}
