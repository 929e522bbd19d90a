/** A comment as the event of a workflow tells of it. What is no new comment of a person is none. */

export interface Comment {
  readonly id: number;
  readonly issue: number;
  /** Of a pull request; else of an issue. */
  readonly isPull: boolean;
  readonly login: string;
  readonly body: string;
  /** owner/repo */
  readonly repository: string;
  readonly createdAt: string;
}

const LOGIN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** One that was edited says something else than people have read: it is not asked again. */
export function commentIn(event: unknown): Comment | undefined {
  const { action, comment, issue, repository } = fieldsOf(event);
  const { id, body, user, created_at: createdAt } = fieldsOf(comment);
  const { login, type } = fieldsOf(user);
  const { number, pull_request: pull } = fieldsOf(issue);
  const { full_name: name } = fieldsOf(repository);
  if (action !== 'created' || !isNumber(id) || !isNumber(number)) return undefined;
  if (typeof body !== 'string' || typeof login !== 'string' || typeof name !== 'string') return undefined;
  if (type === 'Bot' || !LOGIN.test(login)) return undefined;
  const at = typeof createdAt === 'string' && !Number.isNaN(Date.parse(createdAt)) ? createdAt : null;
  if (at === null) return undefined;
  return { id, issue: number, isPull: pull != null, login, body, repository: name, createdAt: at };
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const isNumber = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;
