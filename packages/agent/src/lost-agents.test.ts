import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type NodeProcess, startNode, waitFor } from '@gityard/testing';
import { auditYard } from '@gityard/yard';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { letCommandsRun, programFile, type TestYard, testYard, UNHURRIED } from './agent.fixture.ts';
import { notedProcesses } from './home/processes.ts';

/** Does that under its first token, and nothing under any other. */
const atFirst = (stay: string) => ['sh', '-c', `[ $GITYARD_TOKEN_NUMBER -gt 1 ] || { ${stay}; }`];

/** Notes its process and stays under its first token; under any other it fails when that process still lives. */
const staysAtFirst = (file: string, stay: string) => {
  const state = `cut -d' ' -f3 /proc/$(cat ${file})/stat 2>/dev/null`;
  const check = `case "$(${state})" in ""|Z|X) ;; *) exit 9 ;; esac`;
  return ['sh', '-c', `if [ $GITYARD_TOKEN_NUMBER -gt 1 ]; then ${check}; else echo $$ > ${file}; ${stay}; fi`];
};
const STUBBORN = 'trap "" TERM; for i in $(seq 90); do sleep 1; done';

describe('agents that are lost', () => {
  let yard: TestYard;
  let processes: NodeProcess[];
  beforeEach(async () => {
    yard = await testYard(UNHURRIED);
    processes = [];
  });
  afterEach(async () => {
    await Promise.all(processes.map((it) => it.dispose()));
    await yard.close();
  });

  async function startProcess(id: string, home = yard.homeOf(id)): Promise<NodeProcess> {
    await letCommandsRun(home);
    const agent = startNode(programFile, [yard.address, home, id], {
      // The mark of a life is left there, and has to be found there.
      env: { TMPDIR: tmpdir() },
    });
    processes.push(agent);
    return agent;
  }

  it('lets another take over at once when the process of the holder is gone from this machine', async () => {
    await yard.configure({ lease: { seconds: 600 } });
    const killed = await startProcess('build1');
    const id = await yard.add(atFirst('sleep 300'));
    await killed.waitForLine(/"stage":"Build","status":"Running"/);
    const other = await yard.start('build2');
    await other.told('registered');

    killed.kill('SIGKILL');

    const job = await yard.untilStatus(id, 'succeeded');
    expect(job.attempts).toMatchObject([
      { agent: 'build1', token: 1, status: 'lost' },
      { agent: 'build2', token: 2, status: 'succeeded' },
    ]);
    expect(job.attempts[0]?.reason).toMatch(/the process \d+ of build1 is gone/);
    expect(await auditYard(yard.person)).toMatchObject({ ok: true });
  });

  it('takes over from a holder that fell silent, and refuses and notes what that one brings later', async () => {
    const frozen = await startProcess('build1');
    const gate = yard.gate();
    const id = await yard.add(atFirst(gate.wait));
    await frozen.waitForLine(/"stage":"Build","status":"Running"/);
    const other = await yard.start('build2');
    await other.told('registered');

    frozen.kill('SIGSTOP');
    // Its build ends, and nobody hears of it. From now on seconds of silence are long enough.
    await gate.open();
    await yard.configure({ lease: { seconds: 6 } });
    await other.told('requeued');
    await yard.configure(UNHURRIED);
    const job = await yard.untilStatus(id, 'succeeded');
    frozen.kill('SIGCONT');
    await frozen.waitForLine(/"kind":"ended".*"status":"late"/);

    expect(job.attempts[0]).toMatchObject({ agent: 'build1', token: 1, status: 'lost' });
    expect(job.attempts[0]?.reason).toMatch(/build1 gave no sign of life for \d+ s/);
    const after = await yard.until('the late result is noted', (state) => {
      const known = state.jobs.get(id);
      return known?.attempts[0]?.late ? known : undefined;
    });
    expect(after).toMatchObject({ status: 'succeeded', token: 2 });
    expect(after.attempts[1]).toMatchObject({ agent: 'build2', status: 'succeeded' });
    expect(await auditYard(yard.person)).toMatchObject({ ok: true });
  });

  it('begins a new life in the folder of a killed one, and takes up again what that one held', async () => {
    const killed = await startProcess('build1');
    const id = await yard.add(atFirst('sleep 300'));
    await killed.waitForLine(/"stage":"Build","status":"Running"/);

    killed.kill('SIGKILL');
    await killed.exit;
    await startProcess('build1');

    const job = await yard.untilStatus(id, 'succeeded');
    expect(job.attempts).toMatchObject([{ status: 'lost' }, { agent: 'build1', token: 2, status: 'succeeded' }]);
    expect(job.attempts[0]?.reason).toMatch(/began anew|is gone/);
  });

  it('ends what its killed life left running before it claims anything, even where that hid its environment', async () => {
    const killed = await startProcess('build1');
    const file = yard.homeOf('process');
    const id = await yard.add(staysAtFirst(file, `exec env -i PATH="$PATH" sh -c '${STUBBORN}'`));
    await waitFor(() => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n'), {
      what: 'the build runs',
    });
    const group = Number(readFileSync(file, 'utf8'));
    await waitFor(async () => (await notedProcesses(yard.homeOf('build1'))).some((it) => it.group === group), {
      what: 'the agent noted it',
    });

    killed.kill('SIGKILL');
    await killed.exit;
    await startProcess('build1');

    const job = await yard.untilStatus(id, 'succeeded');
    expect(job.attempts).toMatchObject([{ status: 'lost' }, { agent: 'build1', status: 'succeeded' }]);
  });

  it('has the build of a killed agent ended by the one that takes over on the same machine', async () => {
    const killed = await startProcess('build1');
    const file = yard.homeOf('process');
    const id = await yard.add(staysAtFirst(file, STUBBORN));
    await waitFor(() => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n'), {
      what: 'the build runs',
    });
    await yard.beat('build1', (it) => it.jobs.length > 0);
    const other = await yard.start('build2');
    await other.told('registered');

    killed.kill('SIGKILL');

    const job = await yard.untilStatus(id, 'succeeded');
    expect(job.attempts).toMatchObject([{ status: 'lost' }, { agent: 'build2', status: 'succeeded' }]);
  });

  it('refuses a second daemon in one folder, naming the first', async () => {
    const first = await startProcess('build1');
    await first.waitForLine(/"kind":"registered"/);

    const second = await startProcess('build1');

    expect(await second.exit).toMatchObject({ code: 4 });
    expect(second.stdout.join()).toContain(`another agent (process ${first.pid})`);
  });

  it('refuses a second daemon under one id, while the first lives', async () => {
    const first = await yard.start('build1');
    await first.told('registered');
    await yard.until('it beats', async () => {
      await yard.person.live.refresh();
      return yard.person.state.heartbeats.has('build1');
    });

    const second = await yard.start('build1', { home: yard.homeOf('elsewhere') });

    expect(await second.exit).toMatchObject({ code: 4, reason: expect.stringContaining('lives already') });
  });
});
