/** What is to be done with a comment: decided by who wrote it, where, and what it asks for. Changes nothing. */
import {
  type CommandWish,
  type Commenter,
  chatRole,
  find,
  isCalled,
  isPersonsWord,
  type Job,
  mayWish,
  namespaceOf,
  personOf,
  roleForWish,
  type State,
} from '@gityard/domain';
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
  | { readonly does: 'wish'; readonly wish: CommandWish };

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
  const commenter = await commenterOf(login, state, host);
  if (chatRole(state.yard, commenter) === null)
    return { does: 'decline', why: `${login} has no role: neither chatOps nor people of yard.json gives one` };
  if (asked.does === 'usage') return refuse(asked.text, true);
  if (asked.does === 'why') return asked;
  const found = find(state.jobs, asked.wish.target, 'job');
  if (!found.ok)
    return refuse(found.code === 'AMBIGUOUS_ID' ? `${found.reason}: ${found.refs.join(', ')}` : found.reason);
  const wish = { ...asked.wish, target: found.value.id };
  const problem = hindrance(state, { commenter, wish, job: found.value });
  return problem === undefined ? { does: 'wish', wish } : refuse(problem);
}

const refuse = (text: string, isUsage = false): AnswerPlan => ({ does: 'refuse', text, isUsage });

/** The host is asked only about people whom the yard does not know. */
async function commenterOf(login: string, { yard }: State, host: PlanAnswer['host']): Promise<Commenter> {
  const isKnown = chatRole(yard, { login, mayPush: false }) !== null || yard.chatOps.writers === null;
  return { login, mayPush: !isKnown && (await host.mayPush(login)) };
}

interface Acting {
  readonly commenter: Commenter;
  readonly wish: CommandWish;
  readonly job: Job;
}

/** Whose word counts for an approval is said by the yard, once it is sure whose word it is. */
function hindrance({ yard }: State, { commenter, wish, job }: Acting): string | undefined {
  const { login } = commenter;
  if (isPersonsWord(wish)) {
    const person = personOf(yard, login) ?? login;
    return isCalled(person, login)
      ? undefined
      : `${login} is what ${person} is called elsewhere; ${person} has to say it`;
  }
  const role = chatRole(yard, commenter, job);
  if (role !== null && mayWish(role, wish)) return undefined;
  const namespace = namespaceOf(yard, job);
  const where = namespace === null ? '' : ` in namespace ${namespace}`;
  const has = role === null ? 'you have none there' : `yours is ${role}`;
  return `That takes the role ${roleForWish(wish)}${where}, and ${has}: chatOps and people of yard.json say who has which`;
}
