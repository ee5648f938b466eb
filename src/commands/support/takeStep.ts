import type { ConnectionNode } from '../../views/rows/node.ts'
import type { App } from '../app.ts'
import type { NextStep } from '../nextSteps.ts'

/** Does what a person chose to do about an error. What was deleted meanwhile is left alone. */
export async function takeStep(app: App, next: NextStep): Promise<void> {
  switch (next.step) {
    case 'showJobs':
    case 'showLog':
    case 'restartEngine':
      return app.run(next.step)
    case 'stopJob':
    case 'showJob':
    case 'reportJob': {
      const job = app.mirror.jobs.find(({ name }) => name === next.job)
      return job && app.run(next.step, { type: 'job', job: job.id })
    }
    default: {
      const connection = app.mirror.connections.find(({ name }) => name === next.connection)
      if (connection === undefined) return
      const node: ConnectionNode = { type: 'connection', connection: connection.id }
      if (next.step === 'reconfigure') return app.run('reconfigureConnection', node)
      if (next.step === 'enterCredentials') return app.run('enterCredentials', node)
      return app.run(next.step === 'test' ? 'testConnection' : 'trustCertificate', node)
    }
  }
}
