import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BuildOutcome, BuildRequest } from './contract.ts';
import { runJob } from './run-job.ts';
import { stoppedClock } from './specs/clock.ts';
import { request, temporaryFolder } from './specs/world.ts';

const task = {
  text: 'Build app',
  parameters: { url: 'https://git.example.org/app', nested: { list: [1, { deep: true }] } },
  notify: false,
  message: null,
};

function processor(text: string): string {
  const path = join(temporaryFolder(), 'process.sh');
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

function taskRequest(text: string, more: Parameters<typeof request>[0] = {}): BuildRequest {
  return request({
    policy: { repositories: [], commands: false },
    processor: processor(text),
    ...more,
    job: { id: 't1', task, labels: ['build', 'npm'], submittedBy: 'ann', ...more.job },
  });
}

const workspaces = ({ folder }: BuildRequest): string[] => readdirSync(join(folder, 'workspaces'));

describe('run-task', () => {
  it('gives the processor one argument, a file with the task and all that is nested in it', async () => {
    const seen = join(temporaryFolder(), 'seen.json');
    const asked = taskRequest(`[ $# -eq 1 ] && cp "$1" '${seen}' && echo done`);

    const outcome = await runJob(asked);

    expect(outcome).toMatchObject({ status: 'succeeded', exitCode: 0, text: 'done\n' });
    const file = JSON.parse(readFileSync(seen, 'utf8'));
    expect(file).toMatchObject({
      Id: 't1',
      Text: 'Build app',
      Message: 'Build app',
      Tags: ['build', 'npm'],
      From: 'ann',
      Worker: 'build1',
    });
    expect(file.Parameters).toEqual(task.parameters);
    expect(file.Task.Parameters).toEqual(task.parameters);
    expect(workspaces(asked)).toEqual([]);
  });

  it('takes another exit code for a failure, and keeps what was printed', async () => {
    const outcome = await runJob(taskRequest('echo "Build failed: no such branch"; echo complaint >&2; exit 1'));

    expect(outcome).toMatchObject({
      status: 'failed',
      cause: 'code',
      exitCode: 1,
      reason: 'process.sh task.json ended with exit code 1',
      text: 'Build failed: no such branch\n',
    });
    expect(textOf(outcome, '.1.log')).toContain('complaint');
  });

  it('works in a folder of its own, in a clean environment, and keeps what is put into GITYARD_ARTIFACTS', async () => {
    const asked = taskRequest(
      'ls -A; echo "$GITYARD_JOB_ID $GITYARD_AGENT $CI"; echo x > "$GITYARD_ARTIFACTS/out.txt"',
    );

    const outcome = await runJob(asked);

    expect(outcome.text).toBe('t1 build1 true\n');
    expect(outcome.artifacts.map((it) => it.path)).toEqual(['out.txt']);
  });

  it('stops all of it when it is cancelled or takes too long, and leaves no folder', async () => {
    const cancel = new AbortController();
    const pass = stoppedClock();
    const waits = (onNumber: () => void, more: Parameters<typeof request>[0]) =>
      taskRequest('sleep 60 & echo $! ; mktemp > /dev/null; wait', {
        graceMs: 500,
        onOutput: (chunk) => /^\d/.test(Buffer.from(chunk).toString()) && onNumber(),
        ...more,
      });
    const cancelled = waits(() => cancel.abort('enough'), { signal: cancel.signal });
    const late = waits(() => pass(90), { timeoutSeconds: 90 });

    expect(await runJob(cancelled)).toMatchObject({ status: 'cancelled', reason: 'enough' });
    const outcome = await runJob(late);

    expect(outcome).toMatchObject({ status: 'failed', cause: 'timeout' });
    expect(outcome.text).toMatch(/^\d+\n$/);
    expect(isRunning(Number(outcome.text))).toBe(false);
    expect([...workspaces(cancelled), ...workspaces(late)]).toEqual([]);
  });

  it('keeps the end of a long answer', async () => {
    const outcome = await runJob(taskRequest('yes line | head -n 100000; echo the end'));

    expect(outcome.text).toMatch(/^…/);
    expect(outcome.text).toMatch(/the end\n$/);
    expect(outcome.text?.length).toBeLessThan(40_000);
  });

  it('refuses a task where there is no processor', async () => {
    expect(await runJob({ ...taskRequest('true'), processor: undefined })).toMatchObject({
      status: 'failed',
      cause: 'policy',
    });
  });
});

/** Whoever is dead and not buried yet has no environment any more. */
function isRunning(id: number): boolean {
  try {
    return readFileSync(`/proc/${id}/environ`, 'utf8') !== '';
  } catch {
    return false;
  }
}

const textOf = ({ files }: BuildOutcome, ending: string): string =>
  Buffer.from(files.find((it) => it.path.endsWith(ending))?.content ?? []).toString('utf8');
