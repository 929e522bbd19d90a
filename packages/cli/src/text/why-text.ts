/** An explanation as people read it: the verdict, the reasons, and when its turn may come. */
import type { Explanation, Job } from '@gityard/domain';
import { bad, dim, good, type Line, line, warn } from './lines.ts';
import { splitFacts } from './split-text.ts';
import { plural, statusSpan } from './words.ts';

type Reason = Explanation['reasons'][number];

export function whyText(explanation: Explanation, job: Job): Line[] {
  const { id, status, canEverRun, position, ahead, eta, expectedEnd, expiresAt, reasons } = explanation;
  const verdict =
    status !== 'queued' ? [] : [canEverRun ? good('will run') : bad('will never run unless someone acts')];
  const place = position === null ? [] : [dim(`  position ${position}, ${plural(ahead, 'job')} ahead`)];
  return [
    line('job ', id, ' is ', statusSpan(status), ...(verdict.length > 0 ? [' and ', ...verdict] : []), ...place),
    ...reasons.map(reasonText),
    ...splitFacts(job).flatMap(([name, text]) => (text === '' ? [] : [line(dim(`${name}: `), text)])),
    ...estimated('its turn: ', eta),
    ...estimated('its end: ', expectedEnd),
    ...(expiresAt === null ? [] : [line(dim('expires: '), expiresAt)]),
  ];
}

export const reasonText = (it: Reason): Line =>
  line(it.class === 'stuck' ? bad('! ') : warn('· '), it.text, dim(`  [${it.code}]`));

const estimated = (what: string, { p50, p90 }: Explanation['eta']): Line[] =>
  p50 === null ? [] : [line(dim(what), `about ${p50}, at the latest ${p90} (9 of 10 times)`)];
