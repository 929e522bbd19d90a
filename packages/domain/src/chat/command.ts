/**
 * The commands that a message may hold instead of words: what each asks for, and how it is written. Scripts of older systems
 * print them as well, so their spelling is fixed.
 */
export type ChatCommand =
  | {
      readonly kind: 'task';
      readonly text: string;
      readonly tags: readonly string[];
      readonly parameters: Readonly<Record<string, unknown>>;
      readonly notify: boolean;
    }
  | { readonly kind: 'tasklist'; readonly tags: readonly string[] }
  | { readonly kind: 'taskstatus'; readonly id: string }
  | { readonly kind: 'approve' | 'reject'; readonly id: string; readonly reason: string | null }
  | { readonly kind: 'exec'; readonly bot: string; readonly script: string; readonly args: readonly string[] };

/** How each is written, for whoever wrote it otherwise. */
export const COMMAND_EXAMPLES = {
  task: '/task "Build app" tags:build,npm params:{"url":"https://git.example.org/app.git","branch":"main"}',
  tasklist: '/tasklist tags:build',
  taskstatus: '/taskstatus 01k9x',
  approve: '/approve 01k9x "the release is announced"',
  reject: '/reject 01k9x "not before the freeze is over"',
  msg: '/msg BuildMaster exec create-build-task.sh https://git.example.org/app.git main npm',
} as const;

export type Parsed =
  | { readonly ok: true; readonly command: ChatCommand }
  | { readonly ok: false; readonly problem: string; readonly example: string };

/** Whether a text is meant as a command, rightly written or not. `/msg` to somebody is one only where it says `exec`. */
export const isCommand = (text: string): boolean =>
  /^\s*\/(?:(?:task|tasklist|taskstatus|approve|reject)(?!\S)|msg\s+\S+\s+exec(?!\S))/.test(text);
