/**
 * What it takes to keep an agent going, as values: the steps of an installation in their order, and those that take it away
 * again. Renderers make them from facts alone; `perform/` carries them out, prints them, or takes them back.
 */
import type { ServiceFacts } from './facts.ts';

export interface PlannedFile {
  readonly kind: 'file';
  readonly path: string;
  readonly content: string;
  /** Of its permissions, e.g. 0o644. */
  readonly mode: number;
  /** The account that it is given to; left out: whoever installs. */
  readonly owner?: string;
  /** It is there for a person to write into: begun when it is missing, never replaced. */
  readonly isForPerson?: boolean;
  /** As Windows reads its XML; left out: UTF-8. */
  readonly encoding?: 'utf16le';
}

export interface PlannedFolder {
  readonly kind: 'folder';
  readonly path: string;
  readonly mode: number;
  readonly owner?: string;
}

/** A block of our own in the crontab of whoever installs. */
interface PlannedCrontab {
  readonly kind: 'crontab';
  readonly lines: readonly string[];
}

export interface PlannedCommand {
  readonly kind: 'command';
  readonly words: readonly [string, ...string[]];
  /** What is not so when it fails, as a sentence; left out: its failure ends everything. */
  readonly otherwise?: string;
}

export type Step = PlannedFile | PlannedFolder | PlannedCrontab | PlannedCommand;

export interface Plan {
  readonly steps: readonly Step[];
  /** What a person should know of it. */
  readonly notes: readonly string[];
}

interface Undo {
  /** Before files and folders are removed. */
  readonly before: readonly PlannedCommand[];
  readonly after: readonly PlannedCommand[];
  /** Nothing but a signal tells the daemon to finish. */
  readonly signalsDaemon: boolean;
}

export const SERVICES = ['systemd', 'cron', 'launchd', 'schtasks'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** What an installed service is known by, without looking at any file. */
export type Installed = Pick<ServiceFacts, 'id' | 'scope' | 'user'> & { readonly uid: number | null };

/** What its daemon is told, for whoever wants to ask as it asks. */
export type DaemonFacts = Pick<ServiceFacts, 'flags' | 'userHome' | 'path' | 'tokenFile' | 'sshKey'>;

/** One way to keep an agent going. Pure: knows no disk, no time and no process. */
export interface Service {
  readonly name: ServiceName;
  /** Throws a USAGE error where what is asked for cannot be had. */
  readonly plan: (facts: ServiceFacts) => Plan;
  readonly undo: (installed: Installed) => Undo;
}

export const command = (...words: [string, ...string[]]): PlannedCommand => ({ kind: 'command', words });

export const whereItFails = (otherwise: string, planned: PlannedCommand): PlannedCommand => ({ ...planned, otherwise });
