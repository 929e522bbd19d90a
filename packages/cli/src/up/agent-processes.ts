/** The agents of a yard on one machine: real daemons in processes of their own, each with its own home, policy and log. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Refs } from '@gityard/yard';

export interface AgentsOptions {
  readonly program: string;
  readonly folder: string;
  readonly address: string;
  readonly refs: Refs;
  readonly allow: {
    readonly repositories: readonly string[];
    readonly commands: boolean;
    readonly unsandboxed: boolean;
  };
  /** One has ended although nobody told it to; `left` are still there. */
  onLost(agent: string, how: string, left: number): void;
}

/** Another daemon has its name or its home: mostly one of an earlier run, which is about to end. */
const DUPLICATE = 4;
const TRIES = 10;
const PAUSE_MS = 2_000;
const HOMES = 'agents';

/** Of all agents that there ever were. */
export async function homesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(folder, HOMES)).catch(() => []);
  return names.map((name) => join(folder, HOMES, name));
}

export class AgentProcesses {
  private readonly options: AgentsOptions;
  private readonly children: ChildProcess[] = [];
  /** Agents that live or are about to begin again. */
  private readonly present = new Set<string>();
  private stopping = false;

  constructor(options: AgentsOptions) {
    this.options = options;
    // However we end, nobody is left behind. To agents that drain already this is the second signal, which cancels.
    process.once('exit', this.signalAll);
  }

  async start(name: string, triesLeft = TRIES): Promise<void> {
    const { program, folder, address, refs, allow } = this.options;
    this.present.add(name);
    const home = join(folder, HOMES, name);
    await mkdir(home, { recursive: true });
    await writeFile(join(home, 'policy.json'), `${JSON.stringify(allow, null, 2)}\n`, { mode: 0o600 });
    const log = await open(join(home, 'agent.log'), 'a');
    try {
      const where = ['--yard', address, ...flagsOf(refs)];
      const child = spawn(process.execPath, [program, 'agent', 'run', ...where, '--agent', name], {
        // One file cannot hold the numbers of several agents.
        env: { ...process.env, GITYARD_HOME: home, GITYARD_METRICS_FILE: '', NO_COLOR: '1' },
        // Nothing is said over the channel: its end tells an agent that we are gone, however we went.
        stdio: ['ignore', log.fd, log.fd, 'ipc'],
        // Ctrl-C in the terminal must reach us alone: we decide whether it means drain or cancel.
        detached: true,
      });
      this.children.push(child);
      child.on('exit', (code, signal) => {
        if (this.stopping) return;
        if (code === DUPLICATE && triesLeft > 1)
          setTimeout(() => this.startAgain(name, triesLeft - 1), PAUSE_MS).unref();
        else this.lost(name, `${signal ?? `exit code ${code}`}; see ${join(home, 'agent.log')}`);
      });
    } finally {
      await log.close();
    }
  }

  private startAgain(name: string, triesLeft: number): void {
    if (this.stopping) return;
    this.start(name, triesLeft).catch((error: Error) => this.lost(name, error.message));
  }

  private lost(name: string, how: string): void {
    this.present.delete(name);
    this.options.onLost(name, how, this.present.size);
  }

  /** TERM to all: they finish what they build. Resolves when all are gone. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.signalAll();
    await Promise.all(this.children.map(ended));
    process.off('exit', this.signalAll);
  }

  private readonly signalAll = (): void => {
    for (const child of this.children) if (isRunning(child)) child.kill('SIGTERM');
  };
}

const flagsOf = ({ state, live, logs }: Refs): string[] =>
  Object.entries({ '--refs-state': state, '--refs-live': live, '--refs-logs': logs }).flat();

const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

function ended(child: ChildProcess): Promise<void> {
  return isRunning(child) ? new Promise((resolve) => child.once('exit', () => resolve())) : Promise.resolve();
}
