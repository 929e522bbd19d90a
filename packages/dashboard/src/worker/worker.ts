/** Where the worker begins. Everything that touches the network, a token or what is kept lives on this side. */
import { portOf } from './port.ts';
import { RequestLog } from './requests/request-log.ts';
import { serve } from './serve.ts';

// Sources call the global function, and so do the parts that they are made of: what is not seen here was not sent.
const log = new RequestLog();
globalThis.fetch = log.counted(globalThis.fetch.bind(globalThis));

serve(portOf(self as unknown as Parameters<typeof portOf>[0]), log);
