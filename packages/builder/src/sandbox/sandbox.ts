/**
 * The contract of what keeps a build apart from the machine (R132, research/reliability.md §2.3). One rung of the ladder is
 * chosen by a probe, never by looking at versions; it opens a cell for each build, and every program of the build starts in it.
 */
import type { StageName } from '../stages/stage-book.ts';

export interface Limits {
  /** 0 = what is sensible on this machine (effective-limits.ts); for cores: all of them. */
  readonly cores: number;
  readonly memoryBytes: number;
  /** What the build may write, in all. */
  readonly diskBytes: number;
  readonly processes: number;
}

export const NO_LIMITS: Limits = { cores: 0, memoryBytes: 0, diskBytes: 0, processes: 0 };

export interface CellRequest {
  /** Unique on this machine, safe as a file name. */
  readonly id: string;
  readonly limits: Limits;
  /** Absolute folders that the build may write, its workspace first; everything else it may write is gone with the cell. */
  readonly writable: readonly string[];
  /** One in a writable folder: stands for /tmp. */
  readonly temporary: string;
  /** Absolute folders and files beyond those of the system that it may read: toolchains, package sources. */
  readonly readable: readonly string[];
  /** Entries of the environment by which the next life of an agent that was killed finds what it left running. */
  readonly marks: Readonly<Record<string, string>>;
}

/** `outward`: not the machine's own services, where the sandbox can leave them out. `machine`: all that the machine reaches. */
export type Network = 'none' | 'outward' | 'machine';

export interface Program {
  readonly argv: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

export interface Confined extends Program {
  /** File descriptors from 3 on, to be closed by us once the program runs. */
  readonly descriptors: readonly number[];
  /** Why it cannot be started at all, as the system would say it. */
  readonly failure: NodeJS.ErrnoException | null;
  /** The first process only guards the others: it is never asked to end, for with it they would be killed at once. */
  readonly guarded: boolean;
  /** Called with the id of the first process. */
  onStart?(id: number): void;
}

export interface Cell {
  /** How the program is to be started so that it is confined. Network only where it is asked for. */
  confine(program: Program, wants: { readonly stage: StageName; readonly network: Network }): Promise<Confined>;
  /** What we wrote into its folders after its first program began the build may change as well. Does not follow links. */
  give(paths: readonly string[]): Promise<void>;
  /** Which limit struck since it was asked last, in words for a person; null: none. */
  verdict(): Promise<string | null>;
  /** How long the limit of cores held its programs back since this was asked last, where that is counted: no verdict, only slower. */
  heldBackMs?(): Promise<number>;
  /** Ends everything in it, escapees too, and gives back what it took of the machine. */
  close(): Promise<void>;
}

export interface Sandbox {
  /** As results name it: `bwrap+cgroup`, `systemd-run`, `podman`, `none`. */
  readonly name: string;
  /** Whether it knows a network that only leads out; false: `outward` is the network of the machine; neither: that of its engine. */
  readonly outward?: boolean;
  open(request: CellRequest): Promise<Cell>;
}

/** Nothing between a build and the machine: only where the owner of the agent allows it. */
export const noSandbox: Sandbox = {
  name: 'none',
  open: async () => ({
    confine: async (program) => ({ ...program, descriptors: [], failure: null, guarded: false }),
    give: async () => undefined,
    verdict: async () => null,
    close: async () => undefined,
  }),
};
