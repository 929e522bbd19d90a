/** What settings of a yard are made of: numbers with a default, and groups that may be left out. */
/** Twenty days: beyond some 24 the timers of Node fire at once. */
const LONGEST_SECONDS = 1_728_000;

/* @__NO_SIDE_EFFECTS__ */
export const seconds = (byDefault: number, minimum: number) =>
  ({
    type: 'number',
    minimum,
    maximum: LONGEST_SECONDS,
    default: byDefault,
    description: 'seconds',
  }) as const;
/* @__NO_SIDE_EFFECTS__ */
export const whole = (byDefault: number) => ({ type: 'integer', minimum: 0, default: byDefault }) as const;
/* @__NO_SIDE_EFFECTS__ */
export const group = <const T>(schema: T) => ({ ...schema, default: {} }) as const;
