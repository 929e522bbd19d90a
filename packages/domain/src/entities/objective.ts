/** `objectives` of yard.json: how soon builds should begin and how reliably they should go, and how fast is too fast to miss it. */
import { patterns } from './patterns.ts';
import { closed, text } from './schema.ts';
import { group } from './setting.ts';
import type { TypeOf } from './type-of.ts';

const hours = (byDefault: number) => ({ type: 'number', minimum: 0.1, maximum: 720, default: byDefault }) as const;
const rate = (byDefault: number) => ({ type: 'number', minimum: 1, maximum: 1000, default: byDefault }) as const;

/** The figures for burning are those of the "Site Reliability Workbook" (Google, 2018), chapter 5, for 30 days. */
export const objectiveSchema = closed(
  {
    name: { ...text(100), minLength: 1 },
    kind: {
      enum: ['wait', 'success'],
      description: 'wait: jobs begin soon enough; success: builds succeed, those aside that fail by their own code',
    },
    percent: {
      type: 'number',
      minimum: 0,
      maximum: 99.9999,
      default: 95,
      description: 'how many of a hundred; what is left of them is the error budget',
    },
    withinMinutes: { type: 'number', minimum: 0, maximum: 100_000, default: 5, description: 'of wait: how soon' },
    days: { type: 'integer', minimum: 1, maximum: 90, default: 30, description: 'of these last days' },
    burning: {
      ...group(closed({ fastHours: hours(1), fastRate: rate(14.4), slowHours: hours(6), slowRate: rate(6) }, [])),
      description:
        'it burns when its error budget goes so many times faster than it lasts, over the short time or the long one, and still in the last twelfth of it',
    },
    leastBad: {
      type: 'integer',
      minimum: 1,
      maximum: 1000,
      default: 3,
      description: 'fewer that went badly in that time are no fire: of two builds one is half',
    },
    ...patterns,
  },
  ['name', 'kind'],
);

export type Objective = TypeOf<typeof objectiveSchema>;
