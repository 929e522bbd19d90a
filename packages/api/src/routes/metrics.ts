/** `GET /metrics`: what the read model knows as numbers, in the text format of Prometheus. */
import type { ReadModel } from '@gityard/domain';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from '../problem.ts';
import type { RouteContext } from './route.ts';

export function metrics(app: FastifyInstance, { options }: RouteContext): void {
  app.get('/metrics', async (_request, reply) => {
    const model = options.source.current();
    if (!model) return sendProblem(reply, { status: 503, code: 'NOT_READY', detail: 'the yard has not been read yet' });
    const { contentType, text } = await textOf(model);
    return reply.header('cache-control', 'no-store').type(contentType).send(text);
  });
}

async function textOf(model: ReadModel): Promise<{ contentType: string; text: string }> {
  // Most servers are never scraped.
  const { Gauge, Registry } = await import('prom-client');
  const registry = new Registry();
  for (const { name, help, label, values } of seriesOf(model)) {
    const gauge = new Gauge({ name, help, labelNames: [label], registers: [registry] });
    for (const [key, value] of Object.entries(values)) gauge.set({ [label]: key }, value);
  }
  return { contentType: registry.contentType, text: await registry.metrics() };
}

interface Series {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  readonly values: Readonly<Record<string, number>>;
}

function seriesOf({ totals, push }: ReadModel): readonly Series[] {
  const counts = { name: 'gityard_total', help: 'The totals of the read model.', label: 'of', values: totals };
  if (!push || push.perMinute === null || push.left === null) return [counts];
  const budget = {
    name: 'gityard_pushes_per_minute',
    help: 'Of the remote: how many there are (budget), how many agents made in the last minute, and how many are left.',
    label: 'kind',
    values: { budget: push.perMinute, used: push.used, left: push.left },
  };
  return [counts, budget];
}
