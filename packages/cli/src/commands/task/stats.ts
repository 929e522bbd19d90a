/** How many tasks went well and badly, and how long they took: printed, and written into a file for whoever collects it. */
import { resolve } from 'node:path';
import { type Language, type TaskStats, taskStats, tasksWith } from '@gityard/domain';
import { writeDurably } from '@gityard/yard';
import { answer, defineCommand } from '../../command.ts';
import { list, option } from '../../parameters.ts';
import { type Line, line } from '../../text/lines.ts';

export const command = defineCommand({
  name: 'task stats',
  summary: 'how many tasks succeeded and failed, and their average time',
  details: 'Of the tasks that are in the yard: those that ended long ago lie in its archive and are not counted.',
  example: 'gityard task stats --tags build --file metrics.json',
  parameters: {
    tags: list('a,b', 'only tasks that have all of them'),
    file: option('path', 'write the figures there as JSON, too'),
  },
  async run(context, { tags, file }) {
    const state = await context.look();
    const stats = taskStats(tasksWith(state, tags, context.now()));
    const figures = { ...stats, at: context.now() };
    if (file !== undefined)
      await writeDurably(resolve(context.io.cwd, file), Buffer.from(`${JSON.stringify(figures, null, 2)}\n`));
    return answer(figures, () => linesOf(stats, state.yard.language));
  },
});

const LABELS = {
  en: {
    total: 'Total',
    successful: 'Successful',
    failed: 'Failed',
    waiting: 'Waiting',
    running: 'Running',
    average: 'Average build time',
    minutes: 'minutes',
  },
  de: {
    total: 'Gesamt',
    successful: 'Erfolgreich',
    failed: 'Fehlgeschlagen',
    waiting: 'Wartend',
    running: 'Laufend',
    average: 'Durchschnittliche Buildzeit',
    minutes: 'Minuten',
  },
} as const satisfies Record<Language, object>;

/** What a script may look for comes first (R12); what has not ended yet, behind it. */
function linesOf(stats: TaskStats, language: Language): Line[] {
  const { AverageBuildTime: average } = stats;
  const labels = LABELS[language];
  return [
    line(`${labels.total}: ${stats.TotalBuilds}`),
    line(`${labels.successful}: ${stats.SuccessfulBuilds}`),
    line(`${labels.failed}: ${stats.FailedBuilds}`),
    line(`${labels.average}: ${average === null ? '-' : `${average} ${labels.minutes}`}`),
    ...(stats.WaitingBuilds > 0 ? [line(`${labels.waiting}: ${stats.WaitingBuilds}`)] : []),
    ...(stats.RunningBuilds > 0 ? [line(`${labels.running}: ${stats.RunningBuilds}`)] : []),
  ];
}
