import { describe, expect, it } from 'vitest';
import { inTrace } from '../traces/span.ts';
import { startTracing } from '../traces/start-tracing.ts';
import { openJsonLog } from './json-log.ts';
import { LOG_LEVELS } from './level.ts';

const CANARY = 'canary-4f9a1c';
/** The longer the text, the sooner it is looked at. */
const mask = async (text: string): Promise<string> => {
  for (let turns = 0; turns < 40 - text.length; turns++) await undefined;
  if (text === 'breaks') throw new TypeError(CANARY);
  return text.replaceAll(CANARY, '***');
};

async function written(
  act: (log: Awaited<ReturnType<typeof openJsonLog>>) => void,
  level: (typeof LOG_LEVELS)[number] = 'debug',
) {
  const lines: string[] = [];
  const log = await openJsonLog({
    level,
    write: (it) => lines.push(it),
    mask,
    facts: { program: 'spec', agent: null },
  });
  act(log);
  await log.close();
  return lines.map((it) => JSON.parse(it) as Record<string, unknown>);
}

describe('json-log', () => {
  it('is one object a line, with the time, the level, the sentence and the facts', async () => {
    const [line] = await written((log) =>
      log.write({ level: 'info', text: 'job b1 claimed', facts: { job: 'b1', token: 3, attempt: undefined } }),
    );

    expect(line).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      level: 'info',
      program: 'spec',
      job: 'b1',
      token: 3,
      msg: 'job b1 claimed',
    });
  });

  it('says where it stands in a trace, when it does', async () => {
    const given = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:9';
    const stop = await startTracing({ service: 'spec', version: '1', mask, onTrouble: () => undefined });
    const lines = await written((log) => inTrace(given, () => log.write({ level: 'info', text: 'claimed' })));
    await stop?.();
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;

    expect(lines).toMatchObject([{ trace_id: given.slice(3, 35), span_id: given.slice(36, 52) }]);
  });

  it('keeps the order in which it was told, however long the look at each line takes', async () => {
    const lines = await written((log) => {
      for (const text of ['a', 'a long sentence that is soon looked at', 'b', 'breaks', 'c'])
        log.write({ level: 'info', text });
    });

    expect(lines.map((it) => it.msg)).toEqual([
      'a',
      'a long sentence that is soon looked at',
      'b',
      'a line is left out: TypeError',
      'c',
    ]);
  });

  it('has no secret in any field', async () => {
    const lines = await written((log) => {
      const facts = { job: CANARY, agent: `x${CANARY}`, operation: CANARY, commit: CANARY, trace_id: CANARY };
      for (const level of LOG_LEVELS) log.write({ level, text: `says ${CANARY}`, facts });
    });

    expect(lines).toHaveLength(4);
    expect(JSON.stringify(lines)).not.toContain(CANARY);
  });

  it('keeps of what somebody wrote too long what a collector takes', async () => {
    const [line] = await written((log) =>
      log.write({ level: 'info', text: `${CANARY} ${'x'.repeat(1e6)}`, facts: { job: 'y'.repeat(1e6) } }),
    );

    expect(line).toMatchObject({ msg: expect.stringMatching(/^\*\*\* x+… \(1000004 characters\)$/) });
    expect(JSON.stringify(line).length).toBeLessThan(20_000);
  });

  it('looks at no line that it does not write', async () => {
    const looked: string[] = [];
    const log = await openJsonLog({
      level: 'warn',
      write: () => undefined,
      mask: async (text) => {
        looked.push(text);
        return text;
      },
      facts: {},
    });

    log.write({ level: 'debug', text: 'a detail' });
    await log.close();

    expect(looked).toEqual([]);
  });

  it('writes nothing that matters less than was asked for', async () => {
    const lines = await written((log) => {
      for (const level of LOG_LEVELS) log.write({ level, text: level });
    }, 'warn');

    expect(lines.map((it) => it.msg)).toEqual(['warn', 'error']);
  });
});
