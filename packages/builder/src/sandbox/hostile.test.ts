/**
 * Builds that want to do harm, through the builder's one door and in the sandbox that this machine would choose. Each ends
 * with a reason that names what it met, and leaves the agent, its neighbours and the next build of the same repository as
 * they were.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { digestsOf } from '../artifacts/digests.ts';
import type { BuildOutcome } from '../contract.ts';
import { runJob } from '../run-job.ts';
import { BOMBS, living, tracing } from '../specs/bombs.ts';
import { logOf, repository, request, temporaryFolder } from '../specs/world.ts';
import { openRegularFile } from '../workspace-files.ts';
import { chooseSandbox } from './ladder.ts';
import { type Limits, noSandbox, type Sandbox } from './sandbox.ts';

const LIMITS: Limits = { cores: 0, memoryBytes: 300e6, diskBytes: 40e6, processes: 100 };
const CANARY = 'canary-2d7f';

interface Agent {
  /** Its own folder, with what no build may see. */
  readonly home: string;
  readonly folder: string;
  run(script: string, part?: Parameters<typeof request>[0]): Promise<BuildOutcome>;
}

function agentWith(sandbox: Sandbox): Agent {
  const home = temporaryFolder();
  const folder = join(home, 'build');
  for (const name of ['keys', 'build', 'spool']) mkdirSync(join(home, name));
  for (const name of ['keys/agent.pem', 'policy.json', 'spool/1.json']) writeFileSync(join(home, name), CANARY);
  const run: Agent['run'] = (script, part = {}) =>
    runJob(
      request({
        folder,
        sandbox,
        limits: LIMITS,
        graceMs: 500,
        ...part,
        job: { command: ['bash', '-c', script], ...part.job },
      }),
    );
  return { home, folder, run };
}

describe('a hostile build', () => {
  let agent: Agent;
  beforeEach(async ({ skip }) => {
    const choice = await chooseSandbox({ unsandboxed: false });
    if (!choice.ok && process.env.CI) throw new Error(choice.reason);
    skip(!choice.ok, choice.ok ? '' : choice.reason);
    agent = agentWith(choice.ok ? choice.sandbox : noSandbox);
  });

  it.each([
    ['forks without end', BOMBS.processes, 'reached its 100 processes'],
    ['eats memory', BOMBS.memory, 'ran out of its memory (limit 300 MB)'],
    ['fills the disk', BOMBS.someFiles, 'filled its disk space (limit 40 MB)'],
    ['fills the disk with empty files', BOMBS.emptyFiles, 'filled its disk space (limit 40 MB)'],
    ['fills the memory that programs share', BOMBS.sharedMemory, 'filled its temporary space (/dev/shm or /tmp)'],
  ])('that %s is ended, and told why; its neighbour ends well', async (_, script, verdict) => {
    const neighbour = agent.run('for i in 1 2 3 4 5; do sleep 0.2; done; echo neighbour is well', { token: 2 });

    const outcome = await agent.run(script);

    expect(outcome).toMatchObject({
      status: 'failed',
      cause: 'code',
      isolation: expect.stringMatching(/^(bwrap|systemd)/),
    });
    expect(outcome.reason).toContain(verdict);
    expect(await neighbour).toMatchObject({ status: 'succeeded' });
    expect(readdirSync(join(agent.folder, 'workspaces'))).toEqual([]);
  });

  it.each([
    ['prints without end', 'yes "one line of many" | head -c 200000000', 200_000_000],
    ['prints one line without end', "head -c 100000000 /dev/zero | tr '\\0' x", 100_000_000],
  ])('that %s fills neither the log nor the memory of its agent', async (_, script, printed) => {
    const maxLogBytes = 1024 ** 2;
    const before = process.memoryUsage().rss;
    let most = before;

    const outcome = await agent.run(script, {
      maxLogBytes,
      onOutput: () => {
        most = Math.max(most, process.memoryUsage().rss);
      },
    });

    expect(outcome.status).toBe('succeeded');
    const log = logOf(outcome);
    const [, leftOut] = /\[gityard: (\d+) bytes of output are left out here\]/.exec(log) ?? [];
    expect(Number(leftOut)).toBeGreaterThan(printed - maxLogBytes);
    expect(log.length).toBeLessThan(maxLogBytes + 1_000);
    for (const { content } of outcome.files) expect(content.length).toBeLessThan(2 * maxLogBytes);
    expect(most - before).toBeLessThan(80 * 1024 ** 2);
  });

  it('that escapes by a double fork is gone when it is cancelled', async () => {
    const word = `escapee-${Date.now()}`;
    const cancel = new AbortController();
    const script = `trap "" TERM; (setsid bash -c 'trap "" TERM HUP; : ${word}; env -i sleep 1000 & while :; do sleep 1; done' &) ; echo ready; while :; do sleep 1; done`;

    const outcome = await agent.run(script, {
      signal: cancel.signal,
      onOutput: (it) => Buffer.from(it).includes('ready\n') && cancel.abort(),
    });

    expect(outcome).toMatchObject({ status: 'cancelled', cause: 'cancelled' });
    expect(living(word)).toEqual([]);
  });

  it('reads no key, no policy, no workspace of others and nothing of root', async () => {
    mkdirSync(join(agent.folder, 'workspaces', 'other-1', 'source'), { recursive: true });
    writeFileSync(join(agent.folder, 'workspaces', 'other-1', 'source', 'plan.txt'), CANARY);
    const looks = [
      `cat ${agent.home}/keys/* ${agent.home}/policy.json ${agent.home}/spool/*`,
      `grep -rs ${CANARY.slice(0, 6)}-2 ${agent.folder} ${agent.home} /tmp --exclude-dir=b1-1`,
      'cat /proc/*/environ; cat /proc/1/root/etc/shadow /etc/shadow; ls -a /root /home',
      `ln -s ${agent.home}/keys/agent.pem link; cat link; cat /proc/self/cwd/../../../../keys/agent.pem`,
    ];

    const outcome = await agent.run(`${looks.join('; ')}; true`);

    expect(outcome.status).toBe('succeeded');
    expect(logOf(outcome).split('\n').slice(1).join('\n')).not.toContain(CANARY);
  });

  it('reaches no service of this machine', async () => {
    let requests = 0;
    const server = createServer((_, response) => {
      requests += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;

    const outcome = await agent.run(
      `for host in 127.0.0.1 ::1 localhost 169.254.169.254; do (exec 3<>/dev/tcp/$host/${port}) && echo reached; done; true`,
    );

    expect(logOf(outcome).split('\n')).not.toContain('reached');
    expect(requests).toBe(0);
  });

  it('ends nobody and looks into nobody but itself', async () => {
    const outcome = await agent.run(
      `kill -9 ${process.pid} ${process.ppid}; ls -d /proc/${process.pid} /proc/${process.ppid}; kill -9 -1; sleep 0.5`,
    );

    expect(outcome.status).not.toBe('cancelled');
    expect(logOf(outcome)).toContain(`(${process.pid}) - No such process`);
  });

  it('can neither trace its agent, nor read its memory, nor take hold of it', async () => {
    const outcome = await agent.run(tracing(process.pid));

    const answers = logOf(outcome).match(/^(trace|seize|read|hold|signal): .*$/gm);
    expect(answers).toHaveLength(5);
    for (const answer of answers ?? []) expect(answer).toMatch(/: (nobody|denied)$/);
  });

  it('gets no more rights by programs of root, namespaces or control groups', async () => {
    const outcome = await agent.run(
      'unshare -Urm true; cp /bin/sh own; chmod 6755 own; ./own -p -c id; echo $$ > /sys/fs/cgroup/memory/cgroup.procs; for at in /sys/fs/cgroup /proc/sys/kernel/core_pattern /dev/vda /dev/sda; do [ -w $at ] && echo "may write $at"; done; true',
    );

    const log = logOf(outcome).split('\n').slice(1).join('\n');
    expect(log).toContain('unshare failed');
    expect(log).not.toMatch(/euid=0|uid=0|may write/);
  });

  it('leaves nothing that the next git of ours obeys', async () => {
    const origin = repository({ 'a.txt': 'one' });
    const mark = join(agent.home, 'obeyed');
    const trap = `#!/bin/sh\ntouch ${mark}\n`;
    const config = `[core]\nfsmonitor = "touch ${mark}; false"\nhooksPath = hooks\nsshCommand = touch ${mark}\n[filter "x"]\nsmudge = touch ${mark}\n`;
    const script = `mkdir -p .git/hooks "$HOME/.config/git" ../index; for at in .git "$HOME" ..; do printf '%s' '${config}' > $at/config; printf '%s' '${config}' > $at/.gitconfig; done; for hook in post-checkout pre-commit; do printf '%s' '${trap}' > .git/hooks/$hook; chmod +x .git/hooks/$hook; done; echo '* filter=x' > .gitattributes; ls ${agent.folder}/mirrors`;

    const first = await agent.run(script, { job: { repository: origin.path, branch: 'main' } });
    origin.commit({ 'a.txt': 'two', '.gitattributes': '* filter=x\n' });
    const second = await agent.run('cat a.txt', { token: 2, job: { repository: origin.path, branch: 'main' } });

    expect(logOf(first)).toContain(`cannot access '${agent.folder}/mirrors'`);
    expect(logOf(second)).toContain('two');
    expect(existsSync(mark)).toBe(false);
  });

  it('cannot lead what we write into its home elsewhere', async () => {
    const victim = join(agent.home, 'policy.json');
    const links =
      'rm -rf .npmrc .nuget .config; ln -s ' +
      `${victim} .npmrc; ln -s ${agent.home} .nuget; mkdir -p .config/NuGet; ln -s ${victim} .config/NuGet/NuGet.Config`;

    await agent.run(`cd "$HOME" && ${links}`);
    const after = await agent.run('echo well', { token: 2 });

    expect(readFileSync(victim, 'utf8')).toBe(CANARY);
    expect(readdirSync(agent.home).sort()).toEqual(['build', 'keys', 'policy.json', 'spool']);
    expect(['succeeded', 'failed']).toContain(after.status);
  });

  it('hands in no links, no pipes, no folders of others as artifacts', async () => {
    const outside = join(agent.home, 'keys', 'agent.pem');
    const script = `cd "$GITYARD_ARTIFACTS"; ln -s ${outside} key; ln -s ${agent.home} all; mkfifo pipe; ln -s /etc etc; echo good > good; cd ..; mv artifacts moved; ln -s ${agent.home}/keys artifacts`;

    const outcome = await agent.run(script);

    expect(outcome.artifacts).toEqual([]);
    const { artifacts } = await agent.run(script.replace(/cd \.\..*/, 'true'), { token: 2 });
    expect(artifacts.map(({ path }) => path)).toEqual(['good']);
  });

  it('cannot change an artifact between its digest and its copy', async () => {
    const outcome = await agent.run(
      'cd "$GITYARD_ARTIFACTS"; echo one > a; (setsid bash -c "while :; do date +%N > a; done" &) ; sleep 0.2',
    );

    const [artifact] = outcome.artifacts;
    const handle = await openRegularFile(join(artifact?.file ?? '', '..'), 'a');
    expect(handle && (await digestsOf(handle))).toMatchObject({ sha256: artifact?.sha256 });
    await handle?.close();
  });

  it('can hide a folder as deep as it likes: it is removed all the same', async () => {
    const outcome = await agent.run(
      `perl -e 'for (1..3000) { mkdir "d"; chdir "d" } open(F, ">f")'; mkdir ro; touch ro/f; chmod 000 ro; true`,
    );

    // Where it was looked at while it grew, it counts as a way to hide what fills the disk.
    expect(outcome.reason ?? 'filled its disk space').toContain('filled its disk space');
    expect(readdirSync(join(agent.folder, 'workspaces'))).toEqual([]);
  });

  it('finds nothing of an unpacked archive outside of its workspace', async () => {
    const outcome = await agent.run(
      `printf evil > evil; tar -cPf a.tar --transform 's|^|../../../../|' evil; tar -xPf a.tar; tar -cPf b.tar --transform 's|^|${agent.home}/|' evil; tar -xPf b.tar; true`,
    );

    expect(outcome.status).toBe('succeeded');
    expect(existsSync(join(agent.home, 'evil')) || existsSync(join(agent.folder, 'evil'))).toBe(false);
  });
});
