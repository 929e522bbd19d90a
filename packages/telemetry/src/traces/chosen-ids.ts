/** Ids of spans by chance, but for the one span at a time whose ids are known elsewhere. */
import type { IdGenerator } from '@opentelemetry/sdk-trace-base';

export interface Ids {
  /** 32 hexadecimal digits; used where a trace begins. */
  readonly traceId?: string | undefined;
  /** 16 hexadecimal digits. */
  readonly spanId?: string | undefined;
}

export class ChosenIds implements IdGenerator {
  private readonly random: IdGenerator;
  private chosen: Ids = {};

  constructor(random: IdGenerator) {
    this.random = random;
  }

  /** Whatever span is begun meanwhile has them. */
  with<Result>(ids: Ids, begin: () => Result): Result {
    this.chosen = ids;
    try {
      return begin();
    } finally {
      this.chosen = {};
    }
  }

  generateTraceId(): string {
    return this.chosen.traceId ?? this.random.generateTraceId();
  }

  generateSpanId(): string {
    return this.chosen.spanId ?? this.random.generateSpanId();
  }
}
