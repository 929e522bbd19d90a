/** What stands in a logbook: a head, events, and commands with what they printed. Lines of a file, each whole or not there. */
import type { Time } from '@gityard/domain';

export const LEVELS = ['info', 'warning', 'error', 'success'] as const;
export type Level = (typeof LEVELS)[number];

export interface Head {
  readonly id: string;
  /** As the script called it; it need not be a job of the yard. */
  readonly job: string;
  readonly branch: string;
  readonly commit: string;
  readonly agent: string;
  readonly startedAt: Time;
}

export type Entry =
  | {
      readonly kind: 'event';
      readonly at: Time;
      readonly level: Level;
      readonly text: string;
      readonly details?: string;
    }
  | {
      readonly kind: 'began';
      readonly at: Time;
      readonly run: string;
      readonly name: string;
      readonly argv: readonly string[];
    }
  | {
      readonly kind: 'ended';
      readonly at: Time;
      readonly run: string;
      readonly exitCode: number;
      readonly durationMs: number;
      readonly output: string;
      readonly outputBytes: number;
    };

export interface Final {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly exitCode: number;
  readonly at: Time;
  /** For which it was closed: the folder of its spool. */
  readonly yard: string;
}

/** A line that a power cut tore is left out: its writer was never told that it was kept. */
export function readEntries(text: string): readonly Entry[] {
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as Entry];
    } catch {
      return [];
    }
  });
}
