/** What the programs tell of themselves: traces, metrics, logs. Knows nothing of jobs, and is light until somebody listens. */
export {};
