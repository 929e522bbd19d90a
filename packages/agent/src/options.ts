/** How an agent is started, and how it ends. What a person may set; nothing here does anything. */
import type { CacheAccess, StorageSettings } from '@gityard/builder';
import type { State, Time } from '@gityard/domain';
import type { Refs, YardOptions } from '@gityard/yard';
import type { AgentEvent, EventPlace } from './events.ts';

export interface AgentOptions {
  /** Where the yard is: path, file://, http(s)://, ssh://, git@host:path. */
  readonly address: string;
  readonly token?: string;
  /** The file of a private key, for a yard behind ssh. */
  readonly sshKey?: string;
  readonly refs?: Refs;
  /** This agent's own folder (GITYARD_HOME): its lock, its policy, its builds, and what could not be handed in yet. */
  readonly home: string;
  readonly id: string;
  readonly pool?: string;
  readonly labels?: readonly string[];
  /** Builds at once. */
  readonly slots?: number;
  /** The absolute path of a program for tasks: then it takes these and no builds. */
  readonly processor?: string;
  /** What its builds remember outputs in, and by which name others know it; left out: as `storage` says. */
  readonly cache?: Pick<CacheAccess, 'cache' | 'shared'>;
  /** At most one job, then exit. */
  readonly once?: boolean;
  /** A person says that the yard's history is the one that counts, although it does not follow what was seen before. */
  readonly acceptRewrite?: boolean;
  readonly version?: string;
  /** Shared by the agents of a site, of which one then commits for all. */
  readonly relayKey?: string;
  /** The address of this machine under which the others of its site reach it. */
  readonly relayHost?: string;
  /** The program that started this one, and starts another in its place when a job of the yard asked for it. */
  readonly launcher?: { readonly installed: string };
  /** Where it remembers what was built, and puts what builds made; left out: on its own disk. */
  readonly storage?: StorageSettings;
  /** With less than this free on the disk of its home, or on that of its builds, it takes no jobs. */
  readonly leastFreeBytes?: number;
  /** Whether the workspace of every build that fails stays for a look, and not only where its job asks for it. */
  readonly keepFailed?: boolean;
  /** Where its numbers go, for the textfile collector of node_exporter; left out: nowhere. */
  readonly metricsFile?: string;
  /** Tells hosts of the builds of their commits, and answers what it told, in words; left out: another agent does. */
  readonly tellCommits?: (look: CommitLook) => Promise<string | null>;
  /** The service manager that started it, where one wants to hear of it. */
  readonly serviceManager?: ServiceManager;
  /** How long a build that was told to stop may take before it is killed. */
  readonly graceMs?: number;
  /** Aborted: no new claim, what runs is finished and handed in, its lease renewed until then. */
  readonly drain: AbortSignal;
  /** Aborted: builds are stopped and their jobs given back. */
  readonly cancel: AbortSignal;
  /** Plain facts for a terminal or a log. */
  onEvent?(event: AgentEvent, place: EventPlace): void;
  /** Told of every operation of ours that the yard answered. */
  readonly onPerformed?: YardOptions['onPerformed'];
}

export interface ServiceManager {
  /** Whoever tells it for so long nothing of `alive` is started anew; undefined: it does not watch. */
  readonly watchdogMs: number | undefined;
  /** Never rejects: an agent builds whether or not somebody listens. */
  tell(fact: {
    readonly alive: boolean;
    readonly ready?: boolean;
    readonly stopping?: boolean;
    readonly status: string;
  }): Promise<void>;
}

export interface CommitLook {
  readonly state: State;
  readonly now: Time;
  readonly signal: AbortSignal;
}

/** The exit codes of INTERFACE §3. */
export interface AgentExit {
  readonly code: 0 | 1 | 4 | 5 | 6 | 7 | 8;
  readonly reason: string;
  /** The error code of INTERFACE §3 when it ended by an error; null when it ended as it should, whatever became of the job. */
  readonly error: string | null;
  /** What a person can do about it. */
  readonly hint?: string;
}
