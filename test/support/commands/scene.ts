import type { App } from '../../../src/commands/app.ts'
import type { ConnectionSummary, JobSummary, PairSummary } from '../../../src/rpc/results.ts'
import type { Node } from '../../../src/views/rows/node.ts'
import { wording } from '../../views/build.ts'
import type { ScriptedEngine } from '../webview/scriptedEngine.ts'

interface Things {
  readonly connections?: readonly ConnectionSummary[]
  readonly jobs?: readonly JobSummary[]
  /** By the name of their job. */
  readonly pairs?: Readonly<Record<string, readonly PairSummary[]>>
}

export interface CommandScene {
  readonly app: App
  /** Commands that were called by name, and documents that were shown: title and text. */
  readonly ran: unknown[][]
  readonly documents: [title: string, text: string][]
  /** Ids of connections whose secret was deleted. */
  readonly secretsDeleted: string[]
  /** Secrets that were stored, by the connection's id. */
  readonly secretsStored: Map<string, string>
}

/** What commands work with, over an engine that answers as a test says. */
export function commandScene(engine: ScriptedEngine, { connections = [], jobs = [], pairs = {} }: Things): CommandScene {
  const ran: unknown[][] = []
  const documents: [string, string][] = []
  const secretsDeleted: string[] = []
  const secretsStored = new Map<string, string>()
  const pairsOf = (job: string): readonly PairSummary[] => pairs[jobs.find(({ id }) => id === job)?.name ?? ''] ?? []
  const app: Partial<Record<keyof App, unknown>> = {
    engine,
    wording,
    mirror: {
      connections,
      jobs,
      connection: (id: string) => connections.find(one => one.id === id),
      job: (id: string) => jobs.find(one => one.id === id),
      pair: (job: string, id: string) => pairsOf(job).find(one => one.id === id),
      pairs: async (job: string) => ({ pairs: pairsOf(job), total: pairsOf(job).length }),
      onDidChange: () => ({ dispose() {} }),
    },
    views: { selectedConnections: () => [], selectedJobs: () => [] },
    documents: { show: async (title: string, text: string) => void documents.push([title, text]) },
    secrets: {
      delete: async (id: string) => void secretsDeleted.push(id),
      async set(id: string, text: string) {
        secretsStored.set(id, text)
        return 'stored'
      },
    },
    run: async (...command: unknown[]) => void ran.push(command),
  }
  // Proof of the cast: what else an app has, no command under test may touch; it would find nothing there.
  return { app: app as unknown as App, ran, documents, secretsDeleted, secretsStored }
}

export const connectionNodes = (connections: readonly ConnectionSummary[]) =>
  connections.map(({ id }) => ({ type: 'connection', connection: id }) as const satisfies Node)
export const jobNodes = (jobs: readonly JobSummary[]) => jobs.map(({ id }) => ({ type: 'job', job: id }) as const satisfies Node)
export const pairNodes = ({ id: job }: JobSummary, pairs: readonly PairSummary[]) =>
  pairs.map(({ id }) => ({ type: 'pair', job, pair: id }) as const satisfies Node)
