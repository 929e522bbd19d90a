/**
 * One agent as a machine would keep it: `gityard agent run` in a process of its own with a home of its own, begun again when
 * it ends by itself. What can be done to it is done here; when, and to whom, is not decided here.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { type NodeProcess, startNode } from '../processes.ts';
import { PROGRAM } from './program.ts';
import type { AgentWord } from './timeline.ts';

export interface AgentSetup {
  readonly name: string;
  readonly home: string;
  readonly address: string;
  readonly slots: number;
  readonly env: Readonly<Record<string, string>>;
  readonly onWord: (agent: string, word: AgentWord) => void;
  /** All that it prints, for whoever wants to know afterwards what went wrong. */
  readonly onLine: (line: string) => void;
}

const AGAIN_MS = 1_000;
const DRAIN_MS = 15_000;
/** A loop that rests longer than this waits for a person: today a denial is probed every five minutes. */
const LONG_REST_MS = 60_000;

export class AgentProcess {
  readonly setup: AgentSetup;
  /** How often it ended without being told to. */
  endings = 0;
  isFrozen = false;
  private process: NodeProcess | undefined;
  private resting = false;

  constructor(setup: AgentSetup) {
    this.setup = setup;
  }

  get isUp(): boolean {
    return this.process !== undefined && !this.isFrozen;
  }

  /** It says that it will not try again for so long that somebody who looks after it would start it anew. */
  get needsAPerson(): boolean {
    return this.resting;
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  async prepare(): Promise<void> {
    await mkdir(this.setup.home, { recursive: true });
    const policy = '{ "commands": true, "sandbox": "none", "unsandboxed": true }\n';
    await writeFile(join(this.setup.home, 'policy.json'), policy, { mode: 0o600 });
  }

  start(): void {
    if (this.process) return;
    const { name, home, address, slots, env } = this.setup;
    const words = ['agent', 'run', '--json', '--yard', address, '--agent', name, '--slots', String(slots)];
    const started = startNode(PROGRAM, words, { env: { ...env, GITYARD_HOME: home }, cwd: home, endsWithUs: true });
    this.process = started;
    this.resting = false;
    started.onLine((line) => this.hear(line));
    void started.exit.then(() => this.ended(started));
  }

  async kill(): Promise<void> {
    const process = this.forget();
    process?.kill('SIGKILL');
    await process?.exit;
    await process?.dispose();
  }

  freeze(): void {
    this.process?.kill('SIGSTOP');
    this.isFrozen = true;
  }

  thaw(): void {
    this.process?.kill('SIGCONT');
    this.isFrozen = false;
  }

  /** Drains, as a service manager would have it: after a while it is killed. */
  async stop(): Promise<void> {
    this.thaw();
    const process = this.forget();
    if (!process) return;
    process.kill('SIGTERM');
    const patience = new AbortController();
    await Promise.race([process.exit, delay(DRAIN_MS, undefined, { signal: patience.signal })]);
    patience.abort();
    await process.dispose();
  }

  private forget(): NodeProcess | undefined {
    const { process } = this;
    this.process = undefined;
    this.isFrozen = false;
    return process;
  }

  private async ended(process: NodeProcess): Promise<void> {
    if (this.process !== process) return;
    this.endings += 1;
    await process.dispose();
    await delay(AGAIN_MS);
    if (this.process !== process) return;
    this.process = undefined;
    this.start();
  }

  private hear(line: string): void {
    this.setup.onLine(line);
    const word = wordIn(line);
    if (!word) return;
    if (word.kind === 'loop-failed') this.resting ||= (word.againInMs ?? 0) > LONG_REST_MS;
    this.setup.onWord(this.setup.name, word);
  }
}

function wordIn(line: string): AgentWord | undefined {
  if (!line.startsWith('{"kind"')) return undefined;
  try {
    return JSON.parse(line) as AgentWord;
  } catch {
    // Killed in the middle of a line.
    return undefined;
  }
}
