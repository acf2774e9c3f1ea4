type Described = { help: string; labels: readonly string[] };

/** Each is called `scoreback_<name>_total`. */
export const counters = {
  webhooks: { help: 'Webhook requests, by what they were answered.', labels: ['connector', 'outcome'] },
  events_received: {
    help: 'Events that webhooks and polls brought.',
    labels: ['connector', 'source', 'outcome'],
  },
  events_dispatched: {
    help: 'Events after the ticket or record was read, by the code of their outcome.',
    labels: ['connector', 'outcome'],
  },
  decisions: { help: 'Verdicts recorded about asking, by the code of the reason.', labels: ['verdict', 'reason'] },
  emails: {
    help: 'Invitation and reminder emails handed to an email server.',
    labels: ['email_server', 'kind', 'outcome'],
  },
  responses_confirmed: { help: 'Responses that were confirmed, without tests.', labels: ['channel', 'metric'] },
  record_writes: {
    help: 'Records written to a connected account, by what became of the write.',
    labels: ['connector', 'connection', 'outcome'],
  },
  records_failed: { help: 'Records that were given up after the last try.', labels: ['connector', 'connection'] },
  values_written: { help: 'Field values that an account took for its records.', labels: ['connector', 'connection'] },
  vendor_calls: {
    help: 'Calls to the API of a connected account.',
    labels: ['connector', 'connection', 'lane', 'outcome'],
  },
  scrape_failures: { help: 'Look-ups of gauges that failed or took too long.', labels: ['source'] },
} as const satisfies Readonly<Record<string, Described>>;

/** Each is called `scoreback_<name>_seconds`. */
export const histograms = {
  webhook_duration: {
    help: 'Time until a webhook was answered.',
    labels: ['connector'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  },
  event_dispatch_delay: {
    help: 'Time from receiving an event to having processed it.',
    labels: ['connector'],
    buckets: [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600],
  },
  email_duration: {
    help: 'Time in which an email server took an email or refused it.',
    labels: ['email_server'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  },
  vendor_call_duration: {
    help: 'Time of a call to a connected account, without waiting for its turn.',
    labels: ['connector', 'lane'],
    buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  },
  job_duration: {
    help: 'Time of one run of a job.',
    labels: ['job', 'outcome'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 120],
  },
} as const satisfies Readonly<Record<string, Described & { buckets: number[] }>>;

/** Each is called `scoreback_<name>`. */
export const gauges = {
  connections: { help: 'Connections by status.', labels: ['connector', 'status'] },
  events_waiting: { help: 'Events that are still to be processed.', labels: ['connector', 'connection'] },
  write_back_backlog: {
    help: 'Record links that are out of sync and will be written.',
    labels: ['connector', 'connection'],
  },
  write_back_lag_seconds: {
    help: 'For how long the oldest of them has been out of sync; 0 without any.',
    labels: ['connector', 'connection'],
  },
  invitations_due: { help: 'Invitation and reminder emails that are due and have not left.', labels: [] },
  jobs: { help: 'Jobs by queue, counted every few seconds.', labels: ['queue', 'state'] },
  leases: { help: 'Connections, email servers and workspaces that this process works on.', labels: [] },
  vendor_quota_used_ratio: {
    help: "Share of this connection's quota that is in use, from 0 to 1.",
    labels: ['connector', 'connection'],
  },
} as const satisfies Readonly<Record<string, Described>>;

export type GaugeName = keyof typeof gauges;
