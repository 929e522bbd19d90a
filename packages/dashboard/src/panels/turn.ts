/** Whoever has much to draw waits for its turn here: one task for each, in the order in which they came, so that no task is long. */
let last: Promise<void> = Promise.resolve();

export function turn(): Promise<void> {
  last = last.then(nextTask);
  return last;
}

/** Not by a timer, which a browser holds back once some have followed each other. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
