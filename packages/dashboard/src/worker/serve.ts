/** The worker's side of the line: finds the source, keeps looking, answers questions. */
import { answerTo } from './answer.ts';
import { Looking } from './looking.ts';
import type { Port } from './port.ts';
import type { FromPage, FromWorker } from './protocol.ts';
import { readingOf } from './reading.ts';
import { findSource } from './sources/find-source.ts';

export function serve(port: Port<FromPage, FromWorker>): void {
  let looking: Looking | undefined;
  const asked = new Map<number, AbortController>();
  const started = Promise.withResolvers<Looking>();

  port.listen((message) => {
    if (message.kind === 'start') {
      void findSource(message).then((source) => {
        looking = new Looking(source, (told) => port.post(told));
        looking.begin();
        started.resolve(looking);
      });
    } else if (message.kind === 'ask') {
      const { number, name } = message;
      const over = new AbortController();
      asked.set(number, over);
      void started.promise
        .then((it) => answerTo(name, { asked: message.asked, reading: readingOf(it, over.signal) }))
        .then((answer) => port.post({ number, ...answer }))
        .finally(() => asked.delete(number));
    } else if (message.kind === 'never-mind') asked.get(message.number)?.abort();
    else if (message.kind === 'look') looking?.now();
    else if (message.kind === 'token') void looking?.useToken(message.token);
  });
}
