/**
 * What is told of a task while it goes its way, in the language of the yard. The one table of these texts: agents put them
 * into messages, and whoever reaches people by other channels uses them too.
 */
import type { YardConfig } from '../entities/yard-config.ts';
import type { Time } from '../time.ts';

export type Language = YardConfig['language'];
export type TaskNotice = 'claimed' | 'completed' | 'failed';

export interface TaskNews {
  readonly notice: TaskNotice;
  readonly task: string;
  readonly worker: string;
  readonly at: Time;
}

type Texts = Readonly<Record<TaskNotice, (news: TaskNews) => string>>;

const TEXTS: Readonly<Record<Language, Texts>> = {
  en: {
    claimed: ({ task, worker, at }) => `🔨 [${stampOf(at)}] Build ${task} was taken by ${worker}`,
    completed: ({ task, worker, at }) => `✅ [${stampOf(at)}] Build ${task} was completed successfully by ${worker}`,
    failed: ({ task, worker, at }) => `❌ [${stampOf(at)}] Build ${task} failed on ${worker}`,
  },
  de: {
    claimed: ({ task, worker, at }) => `🔨 [${stampOf(at)}] Build ${task} wurde von ${worker} übernommen`,
    completed: ({ task, worker, at }) => `✅ [${stampOf(at)}] Build ${task} erfolgreich von ${worker} abgeschlossen`,
    failed: ({ task, worker, at }) => `❌ [${stampOf(at)}] Build ${task} ist auf ${worker} fehlgeschlagen`,
  },
};

export const taskNotice = (language: Language, news: TaskNews): string => TEXTS[language][news.notice](news);

/** `yyyy-MM-dd HH:mm:ss`, in UTC like every time of a yard. */
export const stampOf = (at: Time): string => `${at.slice(0, 10)} ${at.slice(11, 19)}`;
