/** What is wrong with a file of the repository: enough for a person to mend it. */
export interface Problem {
  readonly path: string;
  readonly blob: string;
  readonly code: 'INVALID_DATA' | 'TOO_LARGE' | 'NEWER_SCHEMA';
  readonly reason: string;
  readonly line: number | null;
}
