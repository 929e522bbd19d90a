import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from './program.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await world.configure({ push: { perMinute: 1 } });
});
afterAll(() => world.remove());

describe('a command in a yard whose pushes are counted', () => {
  it('that has to wait says so, and goes on after some seconds', async () => {
    const { code, stderr } = await world.run(['lock', 'run', 'deploy', '--', 'true']);

    expect(code).toBe(0);
    expect(stderr).toBe('waiting for the push budget of this repository (1 a minute)\u2026\n');
    expect(await world.json(['lock', 'list'])).toEqual([]);
  });

  it('that pushes once waits for nothing and says nothing', async () => {
    const { code, stderr } = await world.run(['job', 'add', '--', 'true']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('sees in the status how many pushes there are', async () => {
    expect(await world.json(['status'])).toMatchObject({
      connection: { state: 'live', pushBudget: { perMinute: 1, used: 0, left: 1 } },
    });
    expect(await world.ok('status')).toContain('0 of 1 pushes a minute used');
  });
});
