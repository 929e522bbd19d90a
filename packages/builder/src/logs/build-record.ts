/**
 * Everything that a log of one build tells, as one plain value. Both log formats are drawn from it, so that they can
 * never tell different stories.
 */
import type { Artifact, Cause, Stage, TestTotals, Toolchain } from '@gityard/domain';

export interface CommandRecord {
  readonly stage: string;
  readonly argv: readonly string[];
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly durationMs: number;
}

export interface LogEvent {
  readonly at: string;
  readonly level: 'info' | 'warning' | 'error' | 'success';
  readonly text: string;
}

export interface BuildRecord {
  readonly schemaVersion: 1;
  readonly job: string;
  readonly attempt: number;
  readonly token: number;
  readonly agent: string;
  readonly repository: string | null;
  readonly branch: string | null;
  readonly commit: string | null;
  readonly toolchain: Toolchain | null;
  readonly isolation: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationMs: number;
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly cause: Cause | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly reason: string | null;
  readonly stages: readonly Stage[];
  readonly commands: readonly CommandRecord[];
  readonly events: readonly LogEvent[];
  readonly firstErrors: readonly string[];
  readonly tests: TestTotals | null;
  readonly artifacts: readonly Artifact[];
  readonly truncated: boolean;
  readonly outputBytes: number;
}
