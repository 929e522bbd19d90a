/** `gityard demo`: the flags, and what is printed when it is over. The work is in demo/. */
import { answer, defineCommand } from '../command.ts';
import { LOG_FLAGS } from '../log/settings.ts';
import { flag, option, wholeNumber } from '../parameters.ts';
import { namesOf } from '../start/settings.ts';

const [PORT, FLEET, DAYS] = [7420, 20, 7];

export const command = defineCommand({
  name: 'demo',
  summary: 'a made-up fleet, to try the page without servers',
  details:
    'Writes a yard of its own with weeks of a past, and goes on with it in real time: servers beat, claim, build, fail, fall ' +
    'silent and come back, people ask for more. The page, the API and Git are the real ones. Nothing is built, and no other ' +
    'yard is touched. Ctrl-C ends it and removes its files.',
  example: 'gityard demo --fleet 20 --days 30',
  parameters: {
    fleet: wholeNumber('n', `made-up servers (${FLEET})`, { minimum: 1, maximum: 100 }),
    days: wholeNumber('n', `length of the past (${DAYS})`, { minimum: 1, maximum: 90 }),
    seed: wholeNumber('n', 'the same number makes the same past (1)'),
    port: wholeNumber('port', `where the page, the API and Git answer (${PORT}; 0 = any free one)`, {
      maximum: 65_535,
    }),
    home: option('folder', 'an empty folder for its files, which stay (a temporary one, which goes)'),
    keep: flag('leave the files of the temporary folder'),
    still: flag('the past alone: nothing moves'),
    noOpen: flag('do not open the page'),
    ...LOG_FLAGS,
  },
  run: async (context, { fleet = FLEET, days = DAYS, seed = 1, port = PORT, home, keep, still, noOpen }) => {
    const { io, flags } = context;
    const { demoFolder } = await import('../demo/demo-folder.ts');
    const folder = await demoFolder({ home, cwd: io.cwd, keep });
    const stop = context.interruption();
    try {
      const { runDemo } = await import('../demo/run-demo.ts');
      await runDemo({
        ...{ folder: folder.path, port, env: io.env, fleet, days, seed, still, stop },
        refs: namesOf(await context.refs()),
        say: (text) => context.note(text),
        tell: (line) => context.log.tell(line),
        onPage: (url) => {
          // The log that is kept has the address without its key.
          if (context.log.isKept && !flags.json) context.show({}, () => [[`page    ${url}`]]);
          if (!noOpen && io.terminal !== null) void import('../up/open-page.ts').then(({ openPage }) => openPage(url));
        },
      });
    } catch (error) {
      // Whoever stops it while it writes its past has what he wanted.
      if (!stop.aborted) throw error;
    } finally {
      await folder.remove();
    }
    const kept = folder.isOurs ? null : folder.path;
    return answer({ fleet, days, folder: kept }, () => [
      [
        kept === null
          ? 'the demonstration is over, and its files are gone'
          : `the demonstration is over; its files stay in ${kept}`,
      ],
    ]);
  },
});
