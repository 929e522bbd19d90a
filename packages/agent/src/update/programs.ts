/**
 * `program/state.json` in an agent's folder: which program it runs, beside the one that was installed, and what became of the last
 * change. Each step is one write of this file, so that a machine that loses its power between two of them is at the one or the other.
 *
 *   job claimed ─▶ fetched, checked ─▶ trial ─▶ (the launcher starts it, once) ─▶ it beats and goes on with the job ─▶ current
 *                                        └─────── it ends, or says nothing in time ─▶ back to what ran before, ended
 *   current ─▶ (it works for an hour without an end) ─▶ nothing to go back to any more
 *          └─▶ (it dies three times before) ─▶ back to what ran before, returned
 *
 * Read by the launcher, which may be of another version than the program: fields are added, and none changes its meaning.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Program {
  readonly version: string;
  readonly integrity: string;
  /** Below the folder of programs: the file that Node runs. */
  readonly entry: string;
}

export interface Trial {
  readonly program: Program;
  /** The job that asked for it. */
  readonly job: string;
  /** It is started once: what ended before it had proven itself is not tried again. */
  readonly started: boolean;
}

/** What ran before `current`, for as long as that one may still be taken back. */
export interface Before {
  /** Null: the one that was installed. */
  readonly program: Program | null;
  readonly chosenOver: string | null;
  /** The job that brought `current`. */
  readonly job: string;
  /** Of `current`, that nobody had asked for. */
  readonly deaths: number;
}

export interface Programs {
  readonly schemaVersion: 1;
  /** Null: the one that was installed. */
  readonly current: Program | null;
  /** The version that was installed when `current` was chosen. Another one was installed by a person since, and wins. */
  readonly chosenOver: string | null;
  readonly trial: Trial | null;
  /** How the last change ended, until its job says the same. */
  readonly ended: { readonly job: string; readonly ok: boolean; readonly text: string } | null;
  readonly before: Before | null;
  /** Why the last change was taken back, until the next one, or until another program than this is installed. */
  readonly returned: { readonly text: string; readonly installed: string } | null;
}

export const NO_PROGRAMS: Programs = {
  schemaVersion: 1,
  current: null,
  chosenOver: null,
  trial: null,
  ended: null,
  before: null,
  returned: null,
};

export const programFolder = (home: string): string => join(home, 'program');
const statePath = (home: string): string => join(programFolder(home), 'state.json');

/** Undefined where nobody has ever allowed updates. What cannot be read stands for no choice: the installed program runs. */
export async function readPrograms(home: string): Promise<Programs | undefined> {
  let text: string;
  try {
    text = await readFile(statePath(home), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return programsFrom(text);
}

export function programsFrom(text: string): Programs {
  try {
    const value = JSON.parse(text) as Partial<Programs> | null;
    const { current = null, chosenOver = null, trial = null, ended = null } = value ?? {};
    const { before = null, returned = null } = value ?? {};
    const areWhole = [current, trial?.program ?? null, before?.program ?? null].every(isProgram);
    return areWhole ? { schemaVersion: 1, current, chosenOver, trial, ended, before, returned } : NO_PROGRAMS;
  } catch {
    return NO_PROGRAMS;
  }
}

/** What it names is run: nothing outside the folder. */
const ENTRY = /^(?!\.)[\w.+-]+(\/(?!\.\.?\/)[\w.@+-]+)+$/;
const isProgram = (program: Program | null): boolean =>
  program === null || (typeof program.version === 'string' && ENTRY.test(program.entry));

/** Written as one: after a power cut there is the one content or the other. */
export async function writePrograms(home: string, programs: Programs): Promise<void> {
  const { writeJson } = await import('../home/write-file.ts');
  await mkdir(programFolder(home), { recursive: true, mode: 0o700 });
  await writeJson(statePath(home), programs);
}

/** What the launcher starts next, and what it has to note before. `installed` is the version of the launcher's own program. */
export interface Start {
  /** Null: the installed one. */
  readonly program: Program | null;
  readonly isTrial: boolean;
  readonly note: Programs | null;
}

export function nextStart(programs: Programs, installed: string, how = 'it ended before it had proven itself'): Start {
  const { trial } = programs;
  if (trial?.started) return goOn(rolledBack(programs, how), installed, true);
  if (trial) {
    const note = { ...programs, trial: { ...trial, started: true } };
    return { program: trial.program, isTrial: true, note };
  }
  return goOn(programs, installed, false);
}

function goOn(programs: Programs, installed: string, changed: boolean): Start {
  const isOver = programs.current !== null && programs.chosenOver !== installed;
  const now = isOver ? { ...programs, current: null, chosenOver: null, before: null } : programs;
  return { program: now.current, isTrial: false, note: changed || isOver ? now : null };
}

function rolledBack(programs: Programs, how: string): Programs {
  const { trial } = programs;
  if (!trial) return programs;
  const text = `gityard ${trial.program.version} did not take over: ${how}`;
  return { ...programs, trial: null, ended: { job: trial.job, ok: false, text } };
}

/** The program on trial has proven itself, in its own words. */
export function confirmed(programs: Programs, installed: string): Programs {
  const { trial } = programs;
  if (!trial) return programs;
  const { version } = trial.program;
  const { current: program, chosenOver } = programs;
  const ended = {
    job: trial.job,
    ok: true,
    text: `gityard ${version} runs in the place of ${program?.version ?? installed}`,
  };
  const before = { program, chosenOver, job: trial.job, deaths: 0 };
  return { ...programs, current: trial.program, chosenOver: installed, trial: null, ended, before, returned: null };
}

/** Whoever starts services has its own patience between two starts; one bad day of a machine is no three. */
const MOST_DEATHS = 3;

/** The current program ended, and nobody had asked for that. Null: it stays whatever becomes of it. */
export function died(programs: Programs, { installed, how }: { installed: string; how: string }): Programs | null {
  const { current, before } = programs;
  if (!current || !before) return null;
  const deaths = before.deaths + 1;
  if (deaths < MOST_DEATHS) return { ...programs, before: { ...before, deaths } };
  const text =
    `gityard ${current.version}, which job ${before.job} had brought, died ${deaths} times in its first hours, ` +
    `and gityard ${before.program?.version ?? installed} runs again; the last time ${how}`;
  const { program, chosenOver } = before;
  return { ...programs, current: program, chosenOver, before: null, returned: { text, installed } };
}

/** It has worked for long enough: from here on its end is its own. */
export const settled = (programs: Programs): Programs => ({ ...programs, before: null });
