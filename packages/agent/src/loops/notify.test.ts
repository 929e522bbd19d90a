/** Rules of yard.json, agents that can reach a channel, and people who hear of each thing once. */
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { YardConfig } from '@gityard/domain';
import { waitFor } from '@gityard/testing';
import { auditYard, readLog } from '@gityard/yard';
import { afterEach, describe, expect, it } from 'vitest';
import { type TestYard, testYard } from '../agent.fixture.ts';

const rule = (fields: Partial<YardConfig['notifications'][number]> = {}): YardConfig['notifications'][number] => ({
  name: 'ops',
  channel: 'team',
  when: ['job-failed', 'job-fixed'],
  minPriority: 10,
  threshold: 1,
  coolDownMinutes: 15,
  maxPerHour: 20,
  language: 'en',
  template: null,
  url: null,
  ...fields,
});

describe('an agent that can reach people', () => {
  let yard: TestYard;
  let people: Awaited<ReturnType<typeof listen>>;
  afterEach(async () => {
    await yard.close();
    await people.close();
  });

  async function listen() {
    const heard: string[] = [];
    let status = 200;
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      if (status === 200) heard.push(JSON.parse(body).title);
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      heard,
      answer: (next: number) => {
        status = next;
      },
      close: () => {
        server.closeAllConnections();
        return new Promise((resolve) => server.close(resolve));
      },
    };
  }

  async function startAble(id: string) {
    await mkdir(yard.homeOf(id), { recursive: true });
    const channels = { team: { kind: 'webhook', url: people.url } };
    await writeFile(join(yard.homeOf(id), 'notify.json'), JSON.stringify({ channels }));
    return yard.start(id);
  }

  const told = () =>
    yard.until(
      'it is sure',
      ({ notices }) => notices.size > 0 && [...notices].every((it) => Object.values(it.told).every((one) => one.sure)),
    );

  it('tells once that something broke, whoever of them does, and after a restart not again', async () => {
    people = await listen();
    yard = await testYard({ notifications: [rule()] });
    const first = await startAble('build1');
    await startAble('build2');
    await yard.beat('build1', (it) => it.channels.includes('team'));
    await yard.beat('build2', (it) => it.channels.includes('team'));

    await yard.untilStatus(await yard.add(['false']), 'failed');
    await told();
    first.drain();
    await first.exit;
    const again = await startAble('build1');
    await again.told('registered');
    await yard.untilStatus(await yard.add(['false']), 'failed');
    await yard.untilStatus(await yard.add(['true']), 'succeeded');

    expect(people.heard).toHaveLength(1);
    expect(people.heard[0]).toMatch(/^\[yard\] .* is broken$/);
    expect((await readLog(yard.person)).filter((it) => it.operation === 'announce')).toHaveLength(1);
    expect(await auditYard(yard.person)).toMatchObject({ ok: true });
  });

  it('goes on when nobody answers, says so in its heartbeats, and leaves it due', async () => {
    people = await listen();
    people.answer(404);
    yard = await testYard({ notifications: [rule()] });
    await startAble('build1');

    await yard.untilStatus(await yard.add(['false']), 'failed');
    const beat = await yard.beat('build1', (it) =>
      it.loops.some((loop) => loop.name === 'notify' && loop.error !== null),
    );
    await yard.until(
      'it is due again',
      ({ notices }) => Object.keys(notices.get('ops')?.told ?? { k: 1 }).length === 0,
    );

    expect(beat.loops.find((it) => it.name === 'notify')?.error).toContain('answered with status 404');
    await yard.untilStatus(await yard.add(['true']), 'succeeded');
    expect(people.heard).toEqual([]);
  });

  it('hears of nothing where no agent knows the channel', async () => {
    people = await listen();
    yard = await testYard({ notifications: [rule({ channel: 'unknown' })] });
    await startAble('build1');

    await yard.untilStatus(await yard.add(['false']), 'failed');
    await yard.beat('build1', (it) =>
      it.loops.some((loop) => loop.name === 'notify' && loop.doing.includes('no channel')),
    );

    expect(yard.person.state.notices.size).toBe(0);
  });

  it('tells that a line of work is well again', async () => {
    people = await listen();
    yard = await testYard({ notifications: [rule()] });
    await startAble('build1');
    // The same line of work: what a command is told by its place is no part of it.
    const flag = join(yard.homeOf('build1'), 'flag');
    const command = ['sh', '-c', `test -e ${flag}`];

    await yard.untilStatus(await yard.add(command), 'failed');
    await waitFor(() => people.heard.length === 1, { what: 'the alarm' });
    await told();
    await writeFile(flag, '');
    await yard.untilStatus(await yard.add(command), 'succeeded');
    await waitFor(() => people.heard.length === 2, { what: 'the all-clear' });

    expect(people.heard[1]).toMatch(/ is mended$/);
  });
});
