/** `objectives` of yard.json: how soon builds should begin and how reliably they should go, and how fast is too fast to miss it. */
import { patterns } from './patterns.ts';
import { closed, text } from './schema.ts';
import { group } from './setting.ts';
import type { TypeOf } from './type-of.ts';

const hours = (byDefault: number, description: string) =>
  ({ type: 'number', minimum: 0.1, maximum: 720, default: byDefault, description }) as const;
const rate = (byDefault: number, description: string) =>
  ({ type: 'number', minimum: 1, maximum: 1000, default: byDefault, description }) as const;

/** The figures for burning are those of the "Site Reliability Workbook" (Google, 2018), chapter 5, for 30 days. */
export const objectiveSchema = closed(
  {
    name: { ...text(100), minLength: 1, description: 'one objective of each name' },
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
    withinMinutes: { type: 'number', minimum: 0, maximum: 100_000, default: 5, description: 'of kind wait: how soon' },
    days: {
      type: 'integer',
      minimum: 1,
      maximum: 90,
      default: 30,
      description: 'the days that are counted, up to now',
    },
    burning: {
      ...group(
        closed(
          {
            fastHours: hours(1, 'the short time'),
            fastRate: rate(14.4, 'how many times faster over the short time'),
            slowHours: hours(6, 'the long time'),
            slowRate: rate(6, 'how many times faster over the long time'),
          },
          [],
        ),
      ),
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
