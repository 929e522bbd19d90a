/**
 * One process of a claim storm: registers an agent, claims until nothing is left, finishes what it claimed, and prints what
 * it won as one JSON line. Started by claim-storm.test.ts; its arguments are the yard's address and its own name.
 */
import type { Job } from '@gityard/domain';
import { openYard } from '@gityard/yard';

const [address = '', actor = ''] = process.argv.slice(2);
const now = (): string => new Date().toISOString();
const yard = openYard({ address, actor, deadlineMs: 240_000 });
const won: { id: string; token: number }[] = [];

await yard.refresh();
// Two slots: the finish of one job and the claim of the next then share a commit, as they do in a busy agent.
const agent = { id: actor, host: actor, boot: yard.boot, slots: 2, allows: { repositories: [], commands: true } };
await yard.perform('register', { agent, replaces: null, now: now() });
const finishing: Promise<void>[] = [];
for (;;) {
  const claimed = await yard.perform('claim', { agentId: actor, boot: yard.boot, now: now() });
  if (!claimed.ok && finishing.length === 0) break;
  await Promise.all(finishing.splice(0));
  if (!claimed.ok) continue;
  won.push({ id: claimed.result.id, token: claimed.result.token });
  finishing.push(finish(claimed.result));
}
await yard.close();
process.stdout.write(`${JSON.stringify(won)}\n`);

async function finish({ id, token }: Job): Promise<void> {
  const ending = { status: 'succeeded', cause: null, exitCode: 0, signal: null, reason: null, stages: [] } as const;
  const result = { exitCode: 0, artifacts: 0, manifest: null, log: null, tests: null, isolation: null };
  const finished = await yard.perform('finish', { jobId: id, agentId: actor, token, ...ending, result, now: now() });
  if (!finished.ok) throw new Error(`${actor} could not finish ${id}: ${finished.code}, ${finished.reason}`);
}
