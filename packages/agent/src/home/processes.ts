/**
 * `processes.json` in the agent's folder: the programs of the builds that run right now. An agent that is killed cannot end
 * them, and they would run on beside the next try; so its next life, which finds them here, does. Never in the way of a
 * build: without the file most of them are found by their environment.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildProcess } from '@gityard/builder';
import { readOwnJson } from './read-json.ts';

const pathOf = (home: string): string => join(home, 'processes.json');

export class Processes {
  private readonly home: string;
  private readonly running = new Map<string, BuildProcess>();

  constructor(home: string) {
    this.home = home;
  }

  started(build: string, process: BuildProcess): void {
    this.running.set(build, process);
    this.save();
  }

  ended(build: string): void {
    if (this.running.delete(build)) this.save();
  }

  // At once: between a program's start and this note we must not be doing anything else. Unsynced: a power cut ends them too.
  private save(): void {
    const path = pathOf(this.home);
    try {
      writeFileSync(`${path}.tmp`, `${JSON.stringify([...this.running.values()], null, 2)}\n`, { mode: 0o600 });
      renameSync(`${path}.tmp`, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    }
  }
}

/** Those of an earlier life, whether or not they still run. */
export async function notedProcesses(home: string): Promise<BuildProcess[]> {
  const value = await readOwnJson(pathOf(home)).catch(() => undefined);
  return Array.isArray(value) ? value.filter(isBuildProcess) : [];
}

function isBuildProcess(value: unknown): value is BuildProcess {
  const { group, started } = (value ?? {}) as Partial<BuildProcess>;
  return Number.isSafeInteger(group) && Number(group) > 1 && (started === null || typeof started === 'string');
}
