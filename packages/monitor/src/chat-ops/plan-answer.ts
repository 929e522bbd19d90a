/** What is to be done with a comment: decided by who wrote it, where, and what it asks for. Changes nothing. */
import { type CommandWish, chatRole, mayWish, type Role, roleForWish, type State } from '@gityard/domain';
import { askedIn } from './command.ts';
import type { Comment } from './comment.ts';
import type { CommentHost } from './host.ts';

export type AnswerPlan =
  /** Nobody is answered. */
  | { readonly does: 'ignore'; readonly why: string }
  /** A sign at the comment, and no words: whoever may nothing here cannot have us talk. */
  | { readonly does: 'decline'; readonly why: string }
  | { readonly does: 'refuse'; readonly text: string; readonly isUsage: boolean }
  | { readonly does: 'why'; readonly job: string }
  | { readonly does: 'wish'; readonly wish: CommandWish; readonly role: Role };

export interface PlanAnswer {
  readonly comment: Comment;
  readonly state: State;
  readonly host: Pick<CommentHost, 'isOwn' | 'mayPush'>;
}

export async function planAnswer({ comment, state, host }: PlanAnswer): Promise<AnswerPlan> {
  const { login, issue, isPull } = comment;
  const asked = askedIn(comment.body);
  if (!asked) return { does: 'ignore', why: 'it asks for nothing' };
  if (!isPull && !(await host.isOwn(issue)))
    return { does: 'ignore', why: `#${issue} is neither a pull request nor an issue of the monitor` };
  const role = await roleOf(login, state, host);
  if (role === null) return { does: 'decline', why: `${login} has no role: chatOps of yard.json names none` };
  if (asked.does === 'usage') return { does: 'refuse', text: asked.text, isUsage: true };
  if (asked.does === 'why') return asked;
  if (mayWish(role, asked.wish)) return { ...asked, role };
  const text = `That takes the role ${roleForWish(asked.wish)}, and yours is ${role}: chatOps of yard.json says who has which`;
  return { does: 'refuse', text, isUsage: false };
}

/** The host is asked only about people whom the yard does not know. */
async function roleOf(login: string, { yard }: State, host: PlanAnswer['host']): Promise<Role | null> {
  const named = chatRole(yard.chatOps, { login, mayPush: false });
  if (named !== null || yard.chatOps.writers === null) return named;
  return chatRole(yard.chatOps, { login, mayPush: await host.mayPush(login) });
}
