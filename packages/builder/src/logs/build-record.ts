/**
 * Everything that a log of one build tells, as one plain value. Both log formats are drawn from it, so that they can
 * never tell different stories.
 */
import type { Annotation, Artifact, Cause, Coverage, Stage, TestTotals, Toolchain } from '@gityard/domain';
import type { TestsTold } from '../reports/summarise.ts';
import type { LogGroup, LogTime } from './log-index.ts';

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
  /** The failed ones with their places and stacks, the slowest, and those that passed when they were tried again. */
  readonly testCases: TestsTold;
  /** What is missing in the totals, and why. */
  readonly unreadReports: readonly string[];
  /** They failed, or did so at first, and the build did not for them. */
  readonly flakyTests: readonly string[];
  readonly coverage: Coverage | null;
  readonly annotations: readonly Annotation[];
  readonly artifacts: readonly Artifact[];
  readonly truncated: boolean;
  readonly outputBytes: number;
  /** What the middle of the output lost. */
  readonly missing: { readonly fromByte: number; readonly bytes: number } | null;
  readonly groups: readonly LogGroup[];
  readonly times: readonly LogTime[];
  /** Markdown that the build wrote into the file GITYARD_SUMMARY. */
  readonly summary: string | null;
}
