/**
 * A yard in a temporary folder that goes through what every yard does: begun, a job added, an agent that joins, beats on a thread
 * of its own, claims, builds and hands in, and the audit over all of it. Touches no yard of anybody's.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Finding, fine, wrong } from '../doctor/check.ts';
import { programVersion } from '../version.ts';

/** Builds may keep the machine busy; who asks (an update) waits longer still. */
const PATIENCE_MS = 120_000;
/** Does nothing, wherever it runs. */
const NOTHING = process.platform === 'win32' ? ['cmd', '/c', 'exit 0'] : ['true'];
const AGENT = 'self-check';

export async function checkTrialYard(): Promise<Finding> {
  const folder = await mkdtemp(join(tmpdir(), 'gityard-self-check-'));
  try {
    return await tried(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function tried(folder: string): Promise<Finding> {
  const { auditYard, createYard, newId, openYard } = await import('@gityard/yard');
  const address = join(folder, 'yard.git');
  await mkdir(address);
  await promisify(execFile)('git', ['init', '--quiet', '--bare', '--template=', '--', address]);
  const quick = { heartbeat: { intervalSeconds: 1 }, poll: { seconds: 0.2 }, push: { perMinute: 0 } };
  await createYard({ address, actor: AGENT, config: { name: AGENT, ...quick } });
  const yard = openYard({ address, actor: `${AGENT}-person` });
  try {
    await yard.refresh();
    const id = newId();
    const job = { command: NOTHING };
    const added = await yard.perform('submit', { id, job, by: AGENT, now: yard.now() });
    if (!added.ok) return wrong(`a job was refused: ${added.reason} [${added.code}]`, REPORT);
    const exit = await buildIt(address, join(folder, 'agent'));
    const { status } = (await yard.refresh()).jobs.get(id) ?? { status: 'gone' };
    if (status !== 'succeeded')
      return wrong(`a build in a yard of its own ended as ${status}: ${exit.reason}`, exit.hint ?? REPORT);
    const { ok, commits, firstViolation } = await auditYard(yard);
    return ok
      ? fine(`a build in a yard of its own succeeded, and ${commits} commits pass the audit`)
      : wrong(`commit ${firstViolation?.commit} of a yard of its own: ${firstViolation?.text}`, REPORT);
  } finally {
    await yard.close();
  }
}

const REPORT = 'install another version, and report it';

async function buildIt(address: string, home: string) {
  const { allow, runAgent } = await import('@gityard/agent');
  await mkdir(home);
  // Whether builds can be shut in here is what the doctor finds out; this is about the program.
  await allow(home, { commands: true, unsandboxed: true, sandbox: 'none' });
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const version = await programVersion();
  return runAgent({ address, home, id: AGENT, version, once: true, drain: signal, cancel: signal });
}
