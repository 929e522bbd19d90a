/**
 * The six stages of one build, with a seventh where there are checks, and how far each has come. Tells its listener of every change; what happens in a stage,
 * and why it failed, it is told.
 *
 *   Pending ──▶ Running ──▶ Succeeded | Failed | Cancelled        Pending ──▶ Skipped | Cancelled
 */
import type { Stage } from '@gityard/domain';

const STAGE_NAMES = ['Fetch', 'Restore', 'Build', 'Test', 'Check', 'Package', 'Publish'] as const;
export type StageName = (typeof STAGE_NAMES)[number];
/** Whoever reads results knows the others; this one is there where it has begun. */
const ALWAYS = STAGE_NAMES.filter((it) => it !== 'Check');

export interface Counts {
  readonly warnings: number;
  readonly errors: number;
}

export interface StageBook {
  start(name: StageName): void;
  count(name: StageName, counts: Counts): void;
  end(name: StageName, status: Stage['status'], message?: string | null): void;
  /** Whatever has not begun never will. */
  closeRest(status: 'Skipped' | 'Cancelled'): void;
  running(): StageName | null;
  list(): Stage[];
}

const MESSAGE_CHARACTERS = 1_000;

/** @param clean what takes out of a message whatever must not be seen */
export function openStageBook(onChange: () => void, clean = (text: string): string => text): StageBook {
  const stages = new Map<StageName, Stage>(ALWAYS.map((name) => [name, pending(name)]));
  const change = (name: StageName, part: Partial<Stage>) => {
    stages.set(name, { ...(stages.get(name) ?? pending(name)), ...part });
    onChange();
  };
  return {
    start: (name) => change(name, { status: 'Running', startedAt: new Date().toISOString() }),
    count(name, { warnings, errors }) {
      const stage = stages.get(name) ?? pending(name);
      stages.set(name, { ...stage, warnings: stage.warnings + warnings, errors: stage.errors + errors });
    },
    end(name, status, message = null) {
      const endedAt = stages.get(name)?.startedAt ? new Date().toISOString() : null;
      change(name, { status, endedAt, message: message === null ? null : clean(message).slice(0, MESSAGE_CHARACTERS) });
    },
    closeRest(status) {
      for (const name of STAGE_NAMES) if (stages.get(name)?.status === 'Pending') change(name, { status });
    },
    running: () => STAGE_NAMES.find((name) => stages.get(name)?.status === 'Running') ?? null,
    list: () => STAGE_NAMES.flatMap((name) => stages.get(name) ?? []),
  };
}

function pending(name: StageName): Stage {
  return { name, status: 'Pending', startedAt: null, endedAt: null, warnings: 0, errors: 0, message: null };
}
