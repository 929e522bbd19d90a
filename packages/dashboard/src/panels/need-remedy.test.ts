import { describe, expect, it } from 'vitest';
import { sampleYard } from '../testing/sample-yard.ts';
import { remedyOf } from './need-remedy.ts';

const need = (code: string, ...refs: string[]) => remedyOf({ code, text: '', refs }, { jobs: [] });

describe('need-remedy', () => {
  it('leads to the thing and says what mends it', () => {
    expect(need('job-failed', 'b1')).toMatchObject({
      path: ['jobs', 'b1'],
      wish: { op: 'retry', target: 'b1' },
      label: 'Retry',
    });
    expect(need('agent-silent', 'mac')).toMatchObject({
      path: ['servers', 'mac'],
      wish: null,
      command: 'gityard agent run',
    });
    expect(need('queue-paused')).toMatchObject({ path: null, wish: { op: 'resume-fleet' } });
    expect(need('queue-paused', 'Linux')).toMatchObject({ wish: { op: 'resume-pool', target: 'Linux' } });
  });

  it('lets a job go on that is held back, and runs again what another waits for', () => {
    const model = sampleYard('2026-03-01T12:00:00.000Z');
    const [job] = model.jobs;
    const stuck = (code: 'paused' | 'need-failed', ...refs: string[]) =>
      remedyOf(
        { code: 'job-stuck', text: '', refs: ['b1'] },
        {
          jobs: job ? [{ ...job, id: 'b1', reasons: [{ code, class: 'stuck', text: '', since: null, refs }] }] : [],
        },
      );

    expect(stuck('paused', 'b1')).toMatchObject({ label: 'Let go on', wish: { op: 'unpause', target: 'b1' } });
    expect(stuck('paused', 'Linux')).toMatchObject({ wish: null, command: 'gityard job why b1' });
    expect(stuck('need-failed', 'a1')).toMatchObject({ wish: { op: 'retry', target: 'a1' } });
  });

  it('keeps the name of a file one word in a command that somebody copies', () => {
    expect(need('file-broken', 'queue/a; rm -rf ~.json').command).toBe("git log -1 yard -- 'queue/a; rm -rf ~.json'");
  });

  it('has an answer to what it does not know', () => {
    expect(need('new-trouble', 'x')).toMatchObject({ path: null, wish: null, command: 'gityard health check' });
  });
});
