/** `cost` of yard.json: what an hour of building costs, so that a team can see what its builds do. Nothing is charged by it. */
import { closed, mapOf, text } from './schema.ts';
import { group } from './setting.ts';

const rate = { type: 'number', minimum: 0, maximum: 1e6 } as const;

export const costSchema = {
  ...group(
    closed(
      {
        currency: { ...text(10), default: 'EUR', description: 'as it is written behind an amount' },
        agents: { ...mapOf(rate), description: 'agent → what an hour of one build on it costs; before all others' },
        labels: { ...mapOf(rate), description: 'label of agents → the same; of several the highest' },
        pools: { ...mapOf(rate), description: 'pool → the same' },
        others: { ...rate, type: ['number', 'null'], default: null, description: 'of all others; null: nobody knows' },
      },
      [],
    ),
  ),
  description: 'what an hour of one build costs, by the agent that it runs on',
} as const;
