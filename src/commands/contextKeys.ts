/** The context keys that menus, enablement and welcome views ask for, and when each is true. */
export const contextKeys = {
  'mailferry.ready': 'the engine answers',
  'mailferry.failed': 'the engine can’t be kept running',
  'mailferry.hasConnections': 'a connection is defined',
  'mailferry.hasSource': 'a source connection is defined',
  'mailferry.hasTarget': 'a target connection is defined',
  'mailferry.hasJobs': 'a job is defined',
  'mailferry.hasReconfigurable': 'a connection is defined that can be reconfigured: an Exchange or Office 365 one',
  'mailferry.hasRenewable': 'a connection is defined that signs in by a certificate',
  'mailferry.hasMailboxes': 'a job has mailboxes',
  'mailferry.hasStartable': 'a job has mailboxes that could be started',
  'mailferry.hasRun': 'a job ran, so that there is something to verify, to do again or to forget',
  'mailferry.hasWaiting': 'mailboxes wait for a person or a server',
  'mailferry.hasStale': 'a connection is stale',
  'mailferry.jobsGoOn': 'a job is wanted to run',
  'mailferry.sandboxRuns': 'the sandbox runs in a terminal of this window',
  'mailferry.connectionsFiltered': 'the connections are filtered',
  'mailferry.jobsFiltered': 'the mailboxes of the jobs are filtered',
} as const

export type ContextKey = keyof typeof contextKeys
