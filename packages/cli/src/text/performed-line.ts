/** An operation that the yard answered, as a line of a log. */
import type { LogLine } from '@gityard/telemetry';
import type { Performed } from '@gityard/yard';

export function lineOfPerformed({ operations, answer, commit, retries }: Performed): LogLine {
  const names = [...new Set(operations.map((it) => it.name))].join(' + ');
  const refused = answer.answers.find((it) => !it.ok);
  const [accepted] = answer.answers.filter((it) => it.ok);
  const { job, token } = accepted?.subject ?? {};
  return {
    level: 'debug',
    text: refused?.ok === false ? `${names} is refused: ${refused.reason}` : `${names} is done`,
    facts: {
      operation: names,
      commit,
      retries,
      job,
      token,
      refusal: refused?.ok === false ? refused.code : null,
    },
  };
}
