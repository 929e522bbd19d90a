/** The last requests of this worker, newest first, for people who want to know what the page asks and what it costs. */
import type { Request } from '../protocol.ts';

const MOST = 20;

export class RequestLog {
  requests: readonly Request[] = [];
  onNote: () => void = () => undefined;

  note(request: Request): void {
    this.requests = [request, ...this.requests].slice(0, MOST);
    this.onNote();
  }
}
