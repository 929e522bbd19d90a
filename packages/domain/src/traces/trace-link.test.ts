import { describe, expect, it } from 'vitest';
import { noon, world } from '../spec/world.ts';
import { validate } from '../validate.ts';
import { readModel } from '../views/read-model.ts';
import { traceLink } from './trace-link.ts';

const job = { id: 'b1', traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' };

describe('trace-link', () => {
  it('has the id of the trace wherever the template wants it', () => {
    const trace = 'https://grafana.example/explore?left=%22{traceId}%22&t={traceId}';

    expect(traceLink(trace, job)).toBe(
      `https://grafana.example/explore?left=%22${job.traceparent.slice(3, 35)}%22&t=${job.traceparent.slice(3, 35)}`,
    );
  });

  it('is none where yard.json says nothing', () => {
    expect(traceLink(world().state.yard.links.trace, job)).toBeNull();
  });

  it.each([
    'https://jaeger.example/trace/',
    'javascript:alert(1)//{traceId}',
    'https://a.example/<b>{traceId}',
    '/{traceId}',
  ])('is refused as %s', (trace) => {
    expect(validate('yard', { links: { trace } })).toMatchObject({ ok: false });
  });

  it('stands in the read model, so that a page needs nothing else for it', () => {
    const links = { trace: 'https://jaeger.example/trace/{traceId}' };
    const { state } = world().yard({ links });

    expect(readModel(state, { now: noon, head: 'h', sequence: 1, by: 'mac', push: null }).trace).toBe(links.trace);
  });
});
