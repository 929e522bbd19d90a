/** What is asked of the place where people comment. */
export type Reaction = 'eyes' | '+1' | 'confused' | '-1';

export interface CommentHost {
  /** Whether it is an issue that the monitor opened. */
  isOwn(issue: number): Promise<boolean>;
  /** Whether the repository lets that person push. */
  mayPush(login: string): Promise<boolean>;
  /** @returns false: we had reacted so before */
  react(comment: number, reaction: Reaction): Promise<boolean>;
  /** What was commented since by whom we trust to write in our name. */
  answersSince(issue: number, since: string): Promise<readonly string[]>;
  comment(issue: number, body: string): Promise<void>;
}
