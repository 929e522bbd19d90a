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

/** Keeps what comes before somebody listens, and says it as soon as whoever does is ready. */
export function patient<In, Out>({ post, listen }: Port<In, Out>): Port<In, Out> {
  const waiting: In[] = [];
  listen((message) => void waiting.push(message));
  return {
    post,
    listen: (listener) => {
      listen(listener);
      queueMicrotask(() => waiting.splice(0).forEach(listener));
    },
  };
}
