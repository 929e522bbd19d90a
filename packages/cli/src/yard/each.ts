/** For commands that take many ids: the same act for each, asked for at once, so that they share commits. */
import { type Answer, answer, type Reply } from '../command.ts';
import type { Context } from '../context.ts';
import { render } from '../text/render.ts';

/** One id is answered as itself, many as an array. What was done is told also when another of them was refused. */
export async function forEach(
  context: Context,
  ids: readonly string[],
  act: (id: string) => Promise<Reply>,
): Promise<Reply> {
  const [first, ...others] = [...new Set(ids)];
  if (first === undefined) return answer([], () => [['no job is like that']]);
  if (others.length === 0) return act(first);
  const replies = await Promise.all([first, ...others].map(act));
  const answers = replies.filter(isAnswer);
  const refused = replies.find((it) => !isAnswer(it));
  if (refused === undefined)
    return answer(
      answers.map((it) => it.value),
      () => answers.flatMap((it) => [...it.text()]),
    );
  for (const it of answers) context.note(render(it.text(), 'plain').trimEnd());
  return refused;
}

const isAnswer = (reply: Reply): reply is Answer => typeof reply === 'object' && 'text' in reply;
