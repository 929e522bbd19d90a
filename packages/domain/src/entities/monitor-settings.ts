/** `monitor` of yard.json: whom the issues of the health monitor are for, and how patient it is before it opens or closes one. */
import { closed, LINK, LOGIN, listOf, nullableText, text } from './schema.ts';
import { group } from './setting.ts';

const minutes = (byDefault: number, description: string) =>
  ({ type: 'number', minimum: 0, maximum: 43_200, default: byDefault, description }) as const;
const login = { ...text(100), pattern: LOGIN } as const;

export const monitorSchema = group(
  closed(
    {
      assignees: listOf(login, { maxItems: 10, uniqueItems: true, description: 'logins that each issue is given to' }),
      mentions: listOf(login, {
        maxItems: 20,
        uniqueItems: true,
        description: 'logins, or teams as organisation/team, that an issue of priority-high calls',
      }),
      labels: listOf({ ...text(50), minLength: 1 } as const, {
        maxItems: 20,
        uniqueItems: true,
        description: 'that each issue gets besides its own',
      }),
      off: listOf(text(50), { maxItems: 50, uniqueItems: true, description: 'checks that open no issue' }),
      graceMinutes: minutes(5, 'what has not lasted for so long opens no issue'),
      reopenMinutes: minutes(360, 'what comes back within it opens its old issue again'),
      settleMinutes: minutes(
        30,
        'what came back is closed when it was well for so long; twice as long each time, up to a day',
      ),
      lateMinutes: minutes(120, 'of the monitor itself: more between two of its runs is an issue; 0 = never'),
      mostOpen: {
        type: 'integer',
        minimum: 1,
        maximum: 100,
        default: 20,
        description: 'issues at once; one more tells of what has no room',
      },
      url: { ...nullableText(1000), pattern: LINK, description: 'of the page, which issues lead to' },
    },
    [],
  ),
);
