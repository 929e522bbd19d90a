/**
 * The contract of a strategy: over which projects of a checkout a build goes. It decides before the first command runs and is
 * told how far the build came; which commands these are is its toolchain's business, and running them the builder's.
 * Every member passes `strategy.contract.test.ts`.
 */
import type { CacheUse, Job, TestTotals } from '@gityard/domain';
import type { CacheAccess } from '../cache/build-cache.ts';
import type { ProjectGraph } from '../graph/project-graph.ts';
import type { Lodging } from '../lodging/lodging.ts';
import type { Recipe } from '../recipe.ts';
import type { Tree } from '../source/tree.ts';
import type { CommandStage, Ground, Scope, ToolchainRules } from '../toolchains/toolchain.ts';

/** What a strategy may look at. */
export interface Site {
  readonly job: Job;
  readonly agent: string;
  readonly commit: string | null;
  readonly ground: Ground;
  readonly rules: ToolchainRules;
  readonly recipe: Recipe;
  /** Null: one indivisible whole. */
  readonly graph: ProjectGraph | null;
  readonly tree: Tree;
  readonly lodging: Lodging;
  readonly cache: CacheAccess | null;
  /** Patterns of files among the outputs that tell of one run, and are made anew by each. */
  readonly reports: readonly string[];
  /** A line for the log. */
  tell(line: string): Promise<void>;
  check(): void;
}

/** What is decided for one build. */
export interface Course {
  /** Null: everything, as the tool does it by itself. */
  readonly scope: Scope | null;
  /** Nothing is run at all, and what an earlier build left among its artifacts is taken as it is. */
  readonly isDone: boolean;
  /** Whether each project of `scope.test` is tested by itself, so that its totals are known. */
  readonly testsApart: boolean;
  /** Stages that have nothing to do, whatever the toolchain or the recipe would do there. */
  readonly skipped: readonly CommandStage[];
  readonly built: string;
  readonly cache: CacheUse | null;
  /** Of tests that need not run again. */
  readonly knownTests: readonly TestTotals[];
  /** A stage has succeeded, or had nothing to do. */
  after(stage: CommandStage, end: StageEnd): Promise<void>;
  /** The tests of one project have succeeded. */
  afterTests(project: string, totals: TestTotals | null): Promise<void>;
}

interface StageEnd {
  readonly seconds: number;
  /** It had commands. */
  readonly ran: boolean;
  readonly tests: TestTotals | null;
}

export interface StrategyRules {
  readonly name: 'Incremental' | 'Clean' | 'Cached';
  /** Where it builds: in the workspace that is kept for the branch, in a fresh one, or in one that shares nothing at all. */
  readonly lodging: 'kept' | 'fresh' | 'clean';
  prepare(site: Site): Promise<Course>;
}

/** Everything, with nothing to remember. */
export function allOf(built: string): Course {
  return {
    scope: null,
    isDone: false,
    testsApart: false,
    skipped: [],
    built,
    cache: null,
    knownTests: [],
    after: async () => undefined,
    afterTests: async () => undefined,
  };
}

/** "its 5 projects", or whatever can be said of a whole. */
export const allInWords = (graph: ProjectGraph | null): string =>
  graph === null
    ? 'all of it'
    : graph.projects.length === 1
      ? 'its one project'
      : `all ${graph.projects.length} projects`;
