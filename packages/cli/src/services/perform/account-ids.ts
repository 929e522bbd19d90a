/** The numbers of an account, as the system knows them. */
import { runWords } from './run-words.ts';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Null where nobody is named. */
export async function accountOf(user: string | undefined): Promise<Account | null> {
  if (user === undefined) return null;
  const [uid, gid] = await Promise.all(['-u', '-g'].map((what) => runWords(['id', what, '--', user])));
  return { uid: Number(uid), gid: Number(gid) };
}
