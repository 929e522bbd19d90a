/** Why a job waits, whether it can ever run, and when. */
import { type Explanation, explain } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { argument } from '../../parameters.ts';
import { bad, dim, good, type Line, line, warn } from '../../text/lines.ts';
import { plural, statusSpan } from '../../text/words.ts';
import { findJobAnywhere } from '../../yard/find.ts';

export const command = defineCommand({
  name: 'job why',
  summary: 'why a job waits, and whether it can ever run',
  example: 'gityard job why 01k9x',
  parameters: { id: argument('id', 'the id of the job, or its beginning') },
  run: async (context, { id }) => {
    const state = await context.look();
    const explanation = explain(state, findJobAnywhere(await context.yard(), id), context.now());
    return answer(explanation, () => explained(explanation));
  },
});

function explained({
  id,
  status,
  canEverRun,
  position,
  ahead,
  eta,
  expectedEnd,
  expiresAt,
  reasons,
}: Explanation): Line[] {
  const verdict =
    status !== 'queued' ? [] : [canEverRun ? good('will run') : bad('will never run unless someone acts')];
  const place = position === null ? [] : [dim(`  position ${position}, ${plural(ahead, 'job')} ahead`)];
  return [
    line('job ', id, ' is ', statusSpan(status), ...(verdict.length > 0 ? [' and ', ...verdict] : []), ...place),
    ...reasons.map((it) => line(it.class === 'stuck' ? bad('! ') : warn('· '), it.text, dim(`  [${it.code}]`))),
    ...estimated('its turn: ', eta),
    ...estimated('its end: ', expectedEnd),
    ...(expiresAt === null ? [] : [line(dim('expires: '), expiresAt)]),
  ];
}

const estimated = (what: string, { p50, p90 }: Explanation['eta']): Line[] =>
  p50 === null ? [] : [line(dim(what), `about ${p50}, at the latest ${p90} (9 of 10 times)`)];
