/** `statuses` of yard.json: what hosts are told of the builds of their commits. */
import { closed, LINK, nullableText } from './schema.ts';
import { group } from './setting.ts';

export const statusesSchema = group(
  closed(
    {
      url: {
        ...nullableText(1000),
        pattern: LINK,
        description: 'of the page, where a status leads to its job; null = that of monitor.url',
      },
    },
    [],
  ),
);
