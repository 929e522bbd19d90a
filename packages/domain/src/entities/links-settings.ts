/** `links` of yard.json: where to find what other systems know of a job. */
import { closed, nullableText, TRACE_LINK } from './schema.ts';
import { group } from './setting.ts';

export const linksSchema = group(
  closed(
    {
      trace: {
        ...nullableText(1000),
        pattern: TRACE_LINK,
        description: 'of a trace in Jaeger, Grafana or the like, e.g. "https://jaeger.example/trace/{traceId}"',
      },
    },
    [],
  ),
);
