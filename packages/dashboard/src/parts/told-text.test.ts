import { describe, expect, it } from 'vitest';
import { sampleYard } from '../testing/sample-yard.ts';
import { serverWords, toldWords } from './told-text.ts';

describe('told-text', () => {
  it('calls machines servers, and leaves commands as they are typed', () => {
    expect(serverWords('no agent fits arm64; gityard agent resume mac lets it')).toBe(
      'no server fits arm64; gityard agent resume mac lets it',
    );
    expect(serverWords('shared/agents/build2.json was restored, see agent.json.')).toBe(
      'shared/agents/build2.json was restored, see agent.json.',
    );
    expect(serverWords('asks the agent.')).toBe('asks the server.');
    expect(toldWords('queue/stale.json is not taken up', '2026-03-01T12:00:00.000Z')).toMatch(/^queue/);
    expect(serverWords('waits for an agent')).toBe('waits for a server');
    expect(serverWords('agent-tray waits for 2 agents')).toBe('agent-tray waits for 2 servers');
  });

  it.each([
    ['by its program', '01m80r3zjhkk3qfxew9yacsr8t', '01m80r3z…sr8t'],
    ['by the API', '6615a902-b839-8ad4-8901-5ce85e0a1abe', '6615a902…1abe'],
  ])('names jobs, whose id was made %s, by what they build, and moments by the clock', (_, id, short) => {
    const now = '2026-03-01T12:00:00.000Z';
    const model = sampleYard(now);
    const jobs = { jobs: model.jobs.slice(0, 1).map((job) => ({ ...job, id })), finished: [] };
    const text = `job ${id} waits since 2026-03-01T11:50:00.000Z`;

    expect(toldWords(text, now, jobs)).toMatch(/^Job cloudstack main.* waits since \d\d:50$/);
    expect(toldWords(text, now).startsWith(`Job ${short} waits`)).toBe(true);
    const remedy = `; gityard job approve ${id} gives it`;
    expect(toldWords(`job ${id} needs approval${remedy}`, now, jobs)).toMatch(/^Job cloudstack main.* needs approval/);
    expect(toldWords(`job ${id} needs approval${remedy}`, now, jobs).endsWith(remedy)).toBe(true);
  });

  it('need not say a branch twice, and names no job by a command', () => {
    const now = '2026-03-01T12:00:00.000Z';
    const model = sampleYard(now);
    const jobs = {
      jobs: [],
      finished: model.jobs.slice(0, 1).map((job) => ({ ...job, id: '01kar7failed', branch: 'main' })),
    };
    const command = { jobs: [], finished: jobs.finished.map((job) => ({ ...job, repository: null })) };

    expect(toldWords('branch main: job 01kar7failed failed', now, jobs)).toBe('Branch main: job cloudstack failed');
    expect(toldWords('needs job 01kar7failed', now, command)).toBe('Needs job 01kar7failed');
  });
});
