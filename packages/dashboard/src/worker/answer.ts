/** Has a question answered. Whatever goes wrong becomes a failure that the page can show; nothing is thrown across the line. */
import { visibleText } from '../text/visible-text.ts';
import { failureOf } from './failure-of.ts';
import type { Failure } from './protocol.ts';
import { QUESTIONS, type QuestionName } from './questions/list.ts';
import type { Question, Reading } from './questions/question.ts';

export type Answered =
  | { readonly kind: 'answer'; readonly answer: unknown }
  | { readonly kind: 'no-answer'; readonly failure: Failure };

export async function answerTo(
  name: string,
  { asked, reading }: { readonly asked: unknown; readonly reading: Reading },
): Promise<Answered> {
  try {
    if (!isQuestion(name)) throw new Error(`nobody here knows the question ${name}`);
    const question = (await QUESTIONS[name]()) as Question<unknown, unknown>;
    return { kind: 'answer', answer: visibleText(await question(reading, asked)) };
  } catch (error) {
    return { kind: 'no-answer', failure: visibleText(failureOf(error)) };
  }
}

const isQuestion = (name: string): name is QuestionName => Object.hasOwn(QUESTIONS, name);
