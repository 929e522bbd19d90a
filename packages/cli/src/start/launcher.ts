/**
 * Starts the program of an agent, and another one when a job has noted a trial. It reads what was noted, and never a yard: which
 * program runs does not depend on whether that can be reached. Every other end of the program is its own end, with its exit code,
 * for whoever keeps services running.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import {
  died,
  NO_PROGRAMS,
  nextStart,
  programFolder,
  readPrograms,
  type Start,
  writePrograms,
} from '@gityard/agent/programs';
import { programVersion } from '../version.ts';
import { LAUNCHER } from './launched-by.ts';

/** How long a program on trial has for its first heartbeat, and for staying: GITYARD_TRIAL_SECONDS, or this. */
const TRIAL_SECONDS = 300;
const GRACE_MS = 15_000;

export async function launch(home: string, words: readonly string[]): Promise<number> {
  const installed = await programVersion();
  const stopping = new Stopping();
  let how: string | undefined;
  try {
    for (;;) {
      const start = nextStart((await readPrograms(home)) ?? NO_PROGRAMS, installed, how);
      if (start.note) await writePrograms(home, start.note);
      const end = await run(start, { home, installed, words, stopping });
      how = end.how;
      const programs = (await readPrograms(home)) ?? NO_PROGRAMS;
      if (stopping.asked) return end.code;
      if (programs.trial) continue;
      const after = end.isDeath ? died(programs, { installed, how: end.how }) : null;
      if (after) await writePrograms(home, after);
      // While it may still be the machine, whoever keeps services running starts it again.
      if (!after?.returned) return end.code;
    }
  } finally {
    stopping.close();
  }
}

interface Running {
  readonly home: string;
  readonly installed: string;
  readonly words: readonly string[];
  readonly stopping: Stopping;
}

interface End {
  readonly code: number;
  /** In words, for the case that it was on trial. */
  readonly how: string;
  /** Not what an agent says of the world that it meets. */
  readonly isDeath: boolean;
}

async function run({ program, isTrial }: Start, { home, installed, words, stopping }: Running): Promise<End> {
  const entry = program ? join(programFolder(home), program.entry) : ownEntry();
  const child = spawn(process.execPath, [...process.execArgv, entry, ...words], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [LAUNCHER]: `${process.pid} ${installed}` },
    // In a group of its own: what a terminal sends to all of them would come twice, and the second time means more.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  stopping.passTo(child);
  const trial = isTrial ? watchTrial(home, child) : undefined;
  const end = await ended(child);
  trial?.end();
  return trial?.isOverdue() ? { ...end, how: `it had not proven itself after ${trialSeconds()} s` } : end;
}

/** What an agent ends with when it is told to, or when the yard, its policy or its disk leave it no other way. */
const IN_ORDER: readonly (number | null)[] = [0, 4, 5, 6, 7, 8];

const ownEntry = (): string => process.argv[1] ?? '';

function ended(child: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    child.once('error', (error) =>
      resolve({ code: 8, how: `it could not be started: ${error.message}`, isDeath: false }),
    );
    child.once('exit', (code, signal) => {
      const how = signal ? `it was ended by ${signal}` : `it ended with exit code ${code}`;
      const isDeath = signal !== null || !IN_ORDER.includes(code);
      resolve({ code: signal ? 128 + constants.signals[signal] : (code ?? 1), how, isDeath });
    });
  });
}

function trialSeconds(): number {
  const given = Number(process.env.GITYARD_TRIAL_SECONDS);
  return Number.isFinite(given) && given > 0 ? given : TRIAL_SECONDS;
}

/** What it noted is the fact: a program that hangs says nothing, and is stopped. */
function watchTrial(home: string, child: ChildProcess) {
  let overdue = false;
  let killing: NodeJS.Timeout | undefined;
  const timer = setTimeout(async () => {
    const { trial } = (await readPrograms(home)) ?? NO_PROGRAMS;
    if (trial === null) return;
    overdue = true;
    if (child.connected) child.disconnect();
    killing = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  }, trialSeconds() * 1000);
  const end = () => [timer, killing].forEach((it) => void clearTimeout(it));
  return { end, isOverdue: () => overdue };
}

/** Signals go to the program that runs. The end of our own parent is the end of all. */
class Stopping {
  asked = false;
  private child: ChildProcess | undefined;
  private readonly pass = (signal: NodeJS.Signals): void => {
    this.asked = true;
    this.child?.kill(signal);
  };
  private readonly orphaned = (): void => {
    this.asked = true;
    if (this.child?.connected) this.child.disconnect();
  };

  constructor() {
    for (const it of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(it, this.pass);
    process.on('disconnect', this.orphaned);
  }

  passTo(child: ChildProcess): void {
    this.child = child;
    if (this.asked) child.kill('SIGTERM');
  }

  close(): void {
    for (const it of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.off(it, this.pass);
    process.off('disconnect', this.orphaned);
  }
}
