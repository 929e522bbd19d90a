/** How starting an agent fails when not the way to the yard, but this machine or this program is the cause. */
export class AgentError extends Error {
  readonly code: 'DUPLICATE_AGENT' | 'INVALID_DATA' | 'NEWER_SCHEMA' | 'POLICY' | 'DENIED';

  constructor(code: AgentError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AgentError';
    this.code = code;
  }
}
