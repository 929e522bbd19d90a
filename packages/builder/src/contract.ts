/**
 * What goes into a build and what comes out of it. The builder gets one job and an abort signal; it does not know
 * why the signal was aborted, who holds a lease, or where results are published: it hands back files and facts.
 */
import type { Artifact, Cause, Findings, Job, SecretRule, Stage, TestTotals, Toolchain } from '@gityard/domain';
import type { CacheAccess } from './cache/build-cache.ts';
import type { Parts } from './distribute/parts.ts';
import type { SplitPlan } from './distribute/plan-split.ts';
import type { Budget } from './lodging/evict.ts';
import type { Limits, Sandbox } from './sandbox/sandbox.ts';
import type { BuildSecrets } from './secrets/build-secrets.ts';
import type { CommandStage, ToolchainRules } from './toolchains/toolchain.ts';

export interface BuildPolicy {
  /** Exact addresses, or prefixes with a trailing "*". Anything else is refused. */
  readonly repositories: readonly string[];
  /** Whether a job may bring a command of its own; or only those whose first word is listed. */
  readonly commands: boolean | readonly string[];
  /** Names of the agent's own environment that builds may see; a trailing "*" stands for whatever follows. */
  readonly environment?: readonly string[];
  /** Branches, with "*"; left out: all. */
  readonly refs?: readonly string[];
  readonly toolchains?: readonly Toolchain[];
  /** When programs of a build may reach the network; left out: while packages are restored. */
  readonly network?: 'never' | 'restore' | 'always';
  /** Images that a repository may ask to be built in, with "*" at the end for a prefix. */
  readonly images?: readonly string[];
  /** The image of the agent's own containers. */
  readonly image?: string | null;
  /** The only kind of sandbox that the owner lets builds run in. */
  readonly sandbox?: string | null;
  /** How much of it a repository may ask for, where that is more. */
  readonly networkAtMost?: 'never' | 'restore' | 'always';
  /** Which builds may have which secret; left out: none has any. */
  readonly secrets?: readonly SecretRule[];
  /** Absolute folders and files that builds may read beyond the system's software and their own. */
  readonly readable?: readonly string[];
}

/** A program of a build and its process group, in words by which both can be found again after we died. */
export interface BuildProcess {
  /** The id of the program, and of the group that it leads. */
  readonly group: number;
  /** Tells it from any other that ever gets the same id; null where the system does not say. */
  readonly started: string | null;
}

export interface BuildUpdate {
  readonly stages: readonly Stage[];
  readonly progress: string | null;
}

/** Who could take a part of a build. */
export interface Among {
  readonly kind: 'distributed' | 'canary';
  readonly agents: readonly string[];
}

export interface BuildRequest {
  readonly job: Job;
  readonly token: number;
  readonly attempt: number;
  readonly agent: string;
  /** The agent's own build root: mirrors, workspaces, artifacts, logs and the builds' home live below it. */
  readonly folder: string;
  readonly policy: BuildPolicy;
  /** The absolute path of the program that tasks are given to; without it there are none. */
  readonly processor?: string | undefined;
  readonly timeoutSeconds: number;
  /** How long a command may print nothing; left out: for as long as it likes. */
  readonly silentSeconds?: number;
  /** Aborted = cancel: TERM to the whole process group, `graceMs` later KILL. */
  readonly signal: AbortSignal;
  readonly graceMs?: number;
  readonly maxLogBytes?: number;
  /** What keeps it apart from the machine; without it nothing does, and its result says so. */
  readonly sandbox?: Sandbox;
  readonly limits?: Limits;
  /** Those that a repository may be built by; left out: all that there are. */
  readonly toolchains?: readonly ToolchainRules[];
  /** How much of the disk the kept workspaces may take. */
  readonly budget?: Budget;
  /** Without it nothing is remembered from build to build but what tools keep in the builds' home. */
  readonly cache?: CacheAccess;
  readonly secrets?: BuildSecrets;
  /** Whether the workspace of a build that fails stays for a look, although its job does not ask for it. */
  readonly keepFailed?: boolean;
  /** The last stage that runs; without it all do. */
  readonly until?: CommandStage | undefined;
  /** What the yard knows of single tests of this repository. */
  readonly knownTests?: readonly KnownTest[];
  /** It may be split among these agents, the preferred one first; without it, it is built here. */
  readonly among?: Among;
  /** Whatever it takes to build it with others, should only the repository ask for that. */
  withOthers?(job: Job): Promise<Partial<BuildRequest>>;
  /** What the repository asked for before it began anew. */
  readonly wished?: Wished;
  /** Where builds in an image of their own run; left out: in podman or docker. Else a sentence that says why not. */
  openContainer?(image: string): Promise<Sandbox | string>;
  /** A canary goes first: it has checks as well. */
  readonly isCanary?: boolean;
  /** It was split, and this attempt puts its parts together. */
  readonly parts?: Parts;
  onProgress(update: BuildUpdate): void;
  /** A program of the build has begun; the one before it is over. */
  onProcess?(process: BuildProcess): void;
  /** What the build prints. */
  onOutput?(chunk: Uint8Array): void;
  /** Byte for byte what goes into its log, with what the paths of its files on the logs branch begin with. */
  onLog?(piece: Uint8Array, stem: string): void;
}

/** How a build as a whole goes, where its repository has a say in that. */
export interface Wished {
  readonly strategy?: Job['strategy'];
  readonly image?: string | undefined;
}

export interface KnownTest {
  readonly name: string;
  /** Its failure alone does not make the build fail. */
  readonly quarantined: boolean;
}

/** How single tests ended, by their full names; of those that passed only the known ones. */
export interface TestRuns {
  readonly failed: readonly string[];
  readonly passed: readonly string[];
  /** Failed, and passed when they were tried again in the same build. */
  readonly retried: readonly string[];
}

/** An artifact with the absolute path of our own copy of it. */
export type StoredArtifact = Artifact & { readonly file: string };

/** A file for the logs branch; the path is relative to its root. */
export interface LogFile {
  readonly path: string;
  readonly content: Uint8Array;
}

export interface BuildOutcome {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly cause: Cause | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly reason: string | null;
  /** Resolved: what was really built. */
  readonly branch: string | null;
  readonly commit: string | null;
  readonly toolchain: Toolchain | null;
  readonly isolation: string;
  readonly stages: Stage[];
  readonly tests: TestTotals | null;
  readonly findings: Findings;
  /** Null: no report told of single tests. */
  readonly testRuns?: TestRuns | null;
  /** What the processor of a task answered; null for builds. */
  readonly text: string | null;
  readonly artifacts: StoredArtifact[];
  readonly files: LogFile[];
  readonly durationMs: number;
  /** Nothing was built: it is to be split like this. */
  readonly split?: SplitPlan;
}
