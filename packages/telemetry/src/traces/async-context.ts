/** Which span code is in the middle of, also behind an `await`: what OpenTelemetry's API asks of a runtime, by Node's own means. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context, ContextManager } from '@opentelemetry/api';

export class AsyncContext implements ContextManager {
  private readonly storage = new AsyncLocalStorage<Context>();
  private readonly root: Context;

  constructor(root: Context) {
    this.root = root;
  }

  active(): Context {
    return this.storage.getStore() ?? this.root;
  }

  with<Args extends unknown[], Act extends (...args: Args) => ReturnType<Act>>(
    context: Context,
    act: Act,
    self?: ThisParameterType<Act>,
    ...args: Args
  ): ReturnType<Act> {
    return this.storage.run(context, () => act.call(self, ...args));
  }

  bind<Target>(context: Context, target: Target): Target {
    if (typeof target !== 'function') return target;
    const bound = (...args: unknown[]): unknown => this.storage.run(context, () => target(...args));
    return bound as Target;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    this.storage.disable();
    return this;
  }
}
