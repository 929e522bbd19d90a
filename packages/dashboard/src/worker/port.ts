/** One end of the line between page and worker, so that both also run over a MessageChannel in a spec. */
export interface Port<In, Out> {
  post(message: Out): void;
  /** Only one listener: the last that was given. */
  listen(listener: (message: In) => void): void;
}

interface MessageEnd {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => unknown) | null;
}

export function portOf<In, Out>(end: MessageEnd): Port<In, Out> {
  return {
    post: (message) => end.postMessage(message),
    listen: (listener) => {
      end.onmessage = ({ data }) => listener(data as In);
    },
  };
}
