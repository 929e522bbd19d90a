/**
 * The contract of a toolchain: by which files it is recognised, and which commands make up the stages of a project of
 * its kind. A toolchain only plans; running, counting, cancelling and collecting are the same for all of them.
 */
import type { Toolchain } from '@gityard/domain';
import type { ProjectGraph } from '../graph/project-graph.ts';
import type { ProblemMatcher } from '../stages/problem-matcher.ts';

/** Check has only commands of the repository, and only a canary runs them. */
export const COMMAND_STAGES = ['Restore', 'Build', 'Test', 'Check', 'Package'] as const;
export type CommandStage = (typeof COMMAND_STAGES)[number];

export interface Step {
  /** Program and arguments; never a line for a shell. */
  readonly argv: readonly string[];
  /** For logs and reasons, in the place of the words. */
  readonly shownAs?: string;
  /** What a person reads while it runs: "Restoring 127 packages…". */
  readonly progress: string;
}

export interface Plan {
  readonly steps: Readonly<Partial<Record<CommandStage, readonly Step[]>>>;
  /** Paths and patterns below the checkout that are artifacts without being declared. */
  readonly collect: readonly string[];
  /** Environment that this kind of tool needs to behave on a build server. */
  readonly environment: Readonly<Record<string, string>>;
  readonly reports: ReportPatterns;
  /** Beside those that every build has. */
  readonly matchers: readonly ProblemMatcher[];
  /**
   * Whether a command of the Test stage that ended so has run all of its tests, and failed for nothing but tests that
   * failed. Only then may its failure be overlooked where all of those are in quarantine; left out: never.
   */
  onlyTestsFailed?(end: TestEnd): boolean;
}

/** Paths and patterns below the checkout. The reports folder of the build is looked at as well, and always. */
export interface ReportPatterns {
  /** JUnit XML, TRX or TAP. */
  readonly tests: readonly string[];
  /** Cobertura, JaCoCo or lcov. */
  readonly coverage: readonly string[];
}

export interface TestEnd {
  readonly argv: readonly string[];
  readonly exitCode: number;
  /** The end of what the stage printed, as plain text. */
  readonly output: string;
}

/** What a toolchain may look at. All paths are absolute. */
export interface Ground {
  readonly source: string;
  readonly staging: string;
  readonly reports: string;
  readonly home: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Names at the top of the checkout. */
  readonly names: readonly string[];
  /** What a strategy narrows a build down to; null: everything, as its tool does it by itself. */
  readonly scope: Scope | null;
  /** Nothing that a tool remembers may be used, and the same commit gives the same bytes where the tool can. */
  readonly clean?: boolean;
  /** That many are reserved for the build; nothing, or 0: nobody said. */
  readonly cores?: number;
  /** Runs a command of the project as a build step would run, but outside the stages. */
  probe(argv: readonly string[]): Promise<Answer>;
}

export interface Answer {
  /** Null: it was ended by a signal, or never began. */
  readonly exitCode: number | null;
  readonly output: string;
  /** There is no such program on this machine. */
  readonly isMissing?: boolean;
}

/** Over which projects a build goes; ids of the graph of the same toolchain, in its order. */
export interface Scope {
  readonly graph: ProjectGraph;
  readonly build: readonly string[];
  /** Projects with tests. Each is among those that are built, or was built before. */
  readonly test: readonly string[];
  /** What packages are made of, where that is not what is built. */
  readonly pack?: readonly string[];
  /** False: what the packages are fixed by has not changed since they were restored in this folder. */
  readonly restore: boolean;
  /** Outputs of the projects that are not built lie there already, and must be taken as they are. */
  readonly reuse: boolean;
}

export interface ToolchainRules {
  readonly name: Toolchain;
  /** Its tool sees by itself what has to be made anew, so that what a build left is of use to the next one without a graph. */
  readonly decidesItself?: boolean;
  recognises(names: readonly string[]): boolean;
  plan(ground: Ground): Promise<Plan>;
  /** The projects of the checkout; without it, or null: one indivisible whole. A graph that cannot be (a cycle) is a BuildError. */
  graph?(ground: Ground): Promise<ProjectGraph | null>;
  /** What is part of every input hash: the versions of the tools, the properties of the build. Name → value. */
  inputs?(ground: Ground): Promise<Readonly<Record<string, string>>>;
}

const NO_REPORTS: ReportPatterns = { tests: [], coverage: [] };

/** For the parts of a plan that a toolchain has nothing to say about. */
export const NOTHING_PLANNED: Plan = { steps: {}, collect: [], environment: {}, reports: NO_REPORTS, matchers: [] };

export const isOn = (parameter: string | undefined): boolean => /^(true|1|yes|on)$/i.test(parameter ?? '');
export const isOff = (parameter: string | undefined): boolean => /^(false|0|no|off)$/i.test(parameter ?? '');
