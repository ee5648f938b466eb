import { parseArgs } from 'node:util'
import manifest from '../../package.json' with { type: 'json' }
import { asMailferryError } from '../domain/asMailferryError.ts'
import { keepHeapSmall } from './keepHeapSmall.ts'
import { openBoundedLog } from './process/boundedLog.ts'
import { engineProcess } from './process/engineProcess.ts'

/*
 * The engine as a process of its own, forked by an editor: `engine.js --ledger FILE --log FILE`. It speaks to its editor over Node's IPC alone; what it
 * prints is for the log. It ends when the editor is gone and nothing runs any more, or with a failure that the editor's log shows.
 */

keepHeapSmall()

const { values } = parseArgs({
  options: {
    ledger: { type: 'string' },
    log: { type: 'string' },
    'lease-ms': { type: 'string' },
    'take-over-after': { type: 'string' },
  },
})
const log = openBoundedLog(values.log ?? '', Date.now)

/** Where it was thrown, without the message: that may hold a server's words. */
function dies(error: unknown): never {
  const { code, stack } = asMailferryError(error)
  const cause = error instanceof Error ? error : undefined
  const at = (cause?.stack ?? stack ?? '').split('\n').filter(line => line.startsWith('    at '))
  log.write('engine.dies', {
    code,
    name: cause?.name,
    at: at
      .slice(0, 8)
      .map(line => line.trim())
      .join(' < '),
  })
  process.exit(1)
}

process.on('uncaughtException', dies)
process.on('unhandledRejection', dies)

const milliseconds = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text))
const leaseMs = milliseconds(values['lease-ms'])
const takeOverAfter = milliseconds(values['take-over-after'])

engineProcess({
  end: process,
  ledger: values.ledger,
  log,
  version: manifest.version,
  ...(leaseMs === undefined ? {} : { leaseMs }),
  ...(takeOverAfter === undefined ? {} : { takeOverAfter }),
}).then(() => process.exit(0), dies)
