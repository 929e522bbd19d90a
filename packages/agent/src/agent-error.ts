/** How starting an agent fails when this machine, and not the yard, is the cause. The message says what to do. */
export class AgentError extends Error {
  readonly code: 'DUPLICATE_AGENT' | 'INVALID_DATA';

  constructor(code: AgentError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AgentError';
    this.code = code;
  }
}
