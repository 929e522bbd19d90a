/** What a process tells of itself. The first three are named as all programs name them; agents have
 * others, since node_exporter has these of itself. */
import { metric } from '../metric.ts';

export const process = {
  processStart: metric({
    name: 'process_start_time_seconds',
    type: 'gauge',
    help: 'When the process began',
    labels: {},
    by: 'server',
  }),
  processCpu: metric({
    name: 'process_cpu_seconds_total',
    type: 'counter',
    help: 'Processor time that the process has used',
    labels: {},
    by: 'server',
  }),
  processMemory: metric({
    name: 'process_resident_memory_bytes',
    type: 'gauge',
    help: 'Memory that the process holds',
    labels: {},
    by: 'server',
  }),
  programInfo: metric({
    name: 'gityard_build_info',
    type: 'gauge',
    help: 'Version of the program; always 1',
    labels: { version: 'one for each process' },
    by: 'both',
  }),
  looks: metric({
    name: 'gityard_looks_total',
    type: 'counter',
    help: 'Looks of this server at the yard',
    labels: { outcome: ['seen', 'failed'] },
    by: 'server',
  }),
  eventFollowers: metric({
    name: 'gityard_event_followers',
    type: 'gauge',
    help: 'Open streams of events: pages and programs that follow this server',
    labels: {},
    by: 'server',
  }),
  httpDuration: metric({
    name: 'http_server_request_duration_seconds',
    type: 'histogram',
    help: 'How long this server took to answer; streams, and what its door turned away, are left out',
    labels: {
      http_request_method: 'GET, HEAD, POST, DELETE; "_OTHER" for all else',
      http_route: 'as in openapi.json, with the names of its parameters; "" where there is none',
      http_response_status_code: 'three digits',
    },
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    by: 'server',
  }),
} as const;
