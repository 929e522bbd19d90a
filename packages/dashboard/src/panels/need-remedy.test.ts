import { describe, expect, it } from 'vitest';
import { remedyOf } from './need-remedy.ts';

const need = (code: string, ...refs: string[]) => remedyOf({ code, text: '', refs });

describe('need-remedy', () => {
  it('leads to the thing and says what mends it', () => {
    expect(need('job-failed', 'b1')).toMatchObject({
      path: ['jobs', 'b1'],
      wish: { op: 'retry', target: 'b1' },
      label: 'Run again',
    });
    expect(need('agent-silent', 'mac')).toMatchObject({
      path: ['servers', 'mac'],
      wish: null,
      command: 'gityard agent run',
    });
    expect(need('queue-paused')).toMatchObject({ path: null, wish: { op: 'resume-fleet' } });
    expect(need('queue-paused', 'Linux')).toMatchObject({ wish: { op: 'resume-pool', target: 'Linux' } });
  });

  it('keeps the name of a file one word in a command that somebody copies', () => {
    expect(need('file-broken', 'queue/a; rm -rf ~.json').command).toBe("git log -1 yard -- 'queue/a; rm -rf ~.json'");
  });

  it('has an answer to what it does not know', () => {
    expect(need('new-trouble', 'x')).toMatchObject({ path: null, wish: null, command: 'gityard health check' });
  });
});
