import { describe, expect, it } from 'vitest';
import { headline } from './headline.ts';
import { sampleYard } from './testing/sample-yard.ts';

const noon = '2026-03-01T12:00:00.000Z';

describe('headline', () => {
  it('begins with what needs a person', () => {
    expect(headline(sampleYard(noon), noon)).toEqual({
      first: '2 things need you.',
      rest: '4 of 6 servers up. 3 jobs running, 5 waiting, 2 of them cannot run, 2 failed today.',
    });
  });

  it('is calm when all is well', () => {
    const [agent] = sampleYard(noon).agents;
    const calm = { agents: [agent], needsYou: [], totals: { running: 1 } };

    expect(headline(sampleYard(noon, calm), noon)).toEqual({
      first: 'All is well.',
      rest: 'The server is up. 1 job running, 0 waiting.',
    });
  });

  it('does not count a server that was stopped as one that is up', () => {
    const [agent] = sampleYard(noon).agents;
    const model = sampleYard(noon, {
      agents: [{ ...agent, status: 'Offline', stopped: true }],
      needsYou: [],
      totals: {},
    });

    expect(headline(model, noon)).toMatchObject({
      first: 'Nothing needs you.',
      rest: expect.stringContaining('0 of 1'),
    });
  });

  it('does not call a yard without servers well', () => {
    expect(headline(sampleYard(noon, { agents: [], needsYou: [], totals: {} }), noon)).toMatchObject({
      first: 'Nothing needs you.',
      rest: expect.stringContaining('No server has joined yet'),
    });
  });
});
