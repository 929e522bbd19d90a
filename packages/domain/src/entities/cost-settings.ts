/** `cost` of yard.json: what an hour of building costs, so that a team can see what its builds do. Nothing is charged by it. */
import { closed, listOf, mapOf, text, time } from './schema.ts';
import { group } from './setting.ts';
import type { TypeOf } from './type-of.ts';

const rate = { type: 'number', minimum: 0, maximum: 1e6 } as const;

const rates = {
  agents: { ...mapOf(rate), description: 'agent → what an hour of one build on it costs; before all others' },
  labels: { ...mapOf(rate), description: 'label of agents → the same; of several the highest' },
  pools: { ...mapOf(rate), description: 'pool of agents → the same' },
  others: {
    ...rate,
    type: ['number', 'null'],
    default: null,
    description: 'the same of all other agents; null: nobody knows',
  },
} as const;

const ratesSchema = closed(rates, []);
export type Rates = TypeOf<typeof ratesSchema>;

export const costSchema = {
  ...group(
    closed(
      {
        currency: { ...text(10), default: 'EUR', description: 'as it is written behind an amount' },
        ...rates,
        former: {
          ...listOf(
            closed({ until: { ...time, description: 'these rates hold for what ran before it' }, ...rates }, ['until']),
            {
              maxItems: 100,
            },
          ),
          description: 'rates as they were before, so that what ran then goes on costing what it cost then',
        },
      },
      [],
    ),
  ),
  description: 'what an hour of one build costs, by the agent that it runs on',
} as const;
