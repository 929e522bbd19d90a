/** Where the worker begins. Everything that touches the network, a token or what is kept lives on this side. */
import { portOf } from './port.ts';
import type { Start } from './protocol.ts';
import { serve } from './serve.ts';

serve(portOf(self as unknown as Parameters<typeof portOf>[0]), JSON.parse(self.name) as Start);
