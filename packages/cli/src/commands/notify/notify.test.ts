import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../program.fixture.ts';

let world: World;
const heard: string[] = [];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  heard.push(body);
  response.writeHead(request.url === '/gone' ? 410 : 200).end();
});
const urlOf = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
beforeAll(async () => {
  world = await makeWorld();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await world.remove();
});

describe('notify', () => {
  it('tests a channel of this machine, in its own shape', async () => {
    const env = { GITYARD_NOTIFY_TEAM_URL: urlOf('/hook'), GITYARD_NOTIFY_TEAM_KIND: 'slack' };

    expect(await world.json(['notify', 'test', 'team', '--dry-run'], { env })).toMatchObject({
      kind: 'slack',
      sent: false,
    });
    expect(heard).toEqual([]);
    expect(await world.json(['notify', 'test', 'team'], { env })).toMatchObject({ channel: 'team', sent: true });
    expect(JSON.parse(heard[0] ?? '').text).toContain('a test');
  });

  it.each([
    ['nowhere', {}, 3],
    ['../x', {}, 2],
    ['team', { GITYARD_NOTIFY_TEAM_URL: 'ftp://x.example' }, 7],
    ['team', { GITYARD_NOTIFY_TEAM_URL: 'https://x.example', GITYARD_NOTIFY_TEAM_KIND: 'pigeon' }, 7],
  ])('says what is wrong with %s %j', async (channel, env, code) => {
    expect((await world.run(['notify', 'test', channel], { env })).code).toBe(code);
  });

  it('says that it was not taken, and not where exactly it went', async () => {
    const { code, stderr } = await world.run(['notify', 'test', 'team'], {
      env: { GITYARD_NOTIFY_TEAM_URL: urlOf('/gone') },
    });

    expect(code).toBe(5);
    expect(stderr).toContain('status 410');
    expect(stderr).not.toContain('/gone');
  });

  it('lists the rules, and that nobody can follow one', async () => {
    await world.configure({ notifications: [{ name: 'ops', channel: 'team', when: ['needs-you'] }] });

    expect(await world.json(['notify', 'list'])).toMatchObject([
      { name: 'ops', channel: 'team', agents: [], told: [] },
    ]);
    expect(await world.ok('notify', 'list')).toContain('no agent knows it');
  });
});
