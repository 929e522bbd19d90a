/** What the world keeps us from doing with artifacts: codes that faces know, and what a person can do about it. */
export type ArtifactErrorCode = 'CONFLICT' | 'INVALID_DATA' | 'NOT_FOUND' | 'TOO_LARGE';

export class ArtifactError extends Error {
  readonly code: ArtifactErrorCode;
  readonly hint: string;

  constructor(code: ArtifactErrorCode, message: string, hint = '') {
    super(message);
    this.name = 'ArtifactError';
    this.code = code;
    this.hint = hint;
  }
}
