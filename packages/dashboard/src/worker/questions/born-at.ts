/** When an id was made. Ids of Gityard begin with their time, so that their order is that of their things. */
import { type Time, toTime } from '@gityard/domain';

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/** null: it is no id of Gityard, e.g. one that was taken over from another system. */
export function bornAt(id: string): Time | null {
  if (!/^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(id)) return null;
  return toTime([...id.slice(0, 10)].reduce((ms, digit) => ms * 32 + DIGITS.indexOf(digit), 0));
}
