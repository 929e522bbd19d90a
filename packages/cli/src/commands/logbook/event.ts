/** Writes one event into a logbook. */
import { answer, defineCommand } from '../../command.ts';
import { append } from '../../logbook/book.ts';
import { LEVELS } from '../../logbook/entry.ts';
import { handIn } from '../../logbook/hand-in.ts';
import { argument, choiceArgument, flag, optionalArgument } from '../../parameters.ts';
import { homePath } from '../../start/user-config.ts';

const MOST_TEXT = 5_000;
const MOST_DETAILS = 50_000;

export const command = defineCommand({
  name: 'logbook event',
  summary: 'write one event into a logbook',
  example: 'gityard logbook event nightly_20251113T102030Z warning "disk is filling up" "4 GB left"',
  parameters: {
    log: argument('log', 'the id that init printed'),
    level: choiceArgument(LEVELS, 'what sort of event'),
    text: argument('text', 'what happened'),
    details: optionalArgument('details', 'more about it'),
    publish: flag('put what there is by now into the yard, too'),
  },
  async run(context, { log, level, text, details, publish }) {
    const at = new Date().toISOString();
    const event = { at, level, text: clip(text, MOST_TEXT), ...(details && { details: clip(details, MOST_DETAILS) }) };
    await append(homePath(context.io.env), log, { kind: 'event', ...event });
    const handedIn = publish ? await handIn(context, log) : null;
    return answer({ id: log, ...event, published: handedIn?.published ?? false }, () => []);
  },
});

const clip = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);
