import assert from 'node:assert/strict'
import type { handlers as Handlers } from '../../src/commands/handlers.ts'
import { loadHandlers } from '../support/commands/loadCommand.ts'
import { person } from '../support/commands/person.ts'
import { commandScene, jobNodes } from '../support/commands/scene.ts'
import { scriptedEngine } from '../support/webview/scriptedEngine.ts'
import { job } from '../views/build.ts'

describe('a dry run in the editor', () => {
  let commands: typeof Handlers

  before(async () => {
    commands = await loadHandlers()
  })

  it('tells of each target mailbox what a person should see to, with the line that shows it, and once what nobody examined', async () => {
    const jobs = [job({ name: 'Move' })]
    const copy = { items: 7, bytes: 7000 }
    const tooLarge = { items: 0, bytes: 0 }
    const engine = scriptedEngine({
      'job.dryRun': (_, { emit }) => {
        const finding = { about: 'forwarding', state: 'attention', detail: '1 of the inbox rules forward or redirect mail' } as const
        emit?.({ event: 'readiness', job: 'Move', target: 'anna@new.test', findings: [{ ...finding, look: 'Get-InboxRule' }] })
        emit?.({ event: 'notExamined', job: 'Move', connection: 'New', what: ['Recoverable Items', 'the archive mailbox'] })
        for (const name of ['anna', 'ben'])
          emit?.({
            event: 'forecast',
            job: 'Move',
            source: `${name}@old.test`,
            target: `${name}@new.test`,
            folders: 1,
            copy,
            tooLarge,
            findings: [],
          })
        return { pairs: 2, unopened: 0, problems: 0, copy, tooLarge, estimatedMs: 60_000 }
      },
    })
    person.will()
    const { app, documents } = commandScene(engine, { jobs })
    await commands.dryRunJob(app, jobNodes(jobs)[0])
    const [, text = ''] = documents[0] ?? []
    const [whole, anna, ben] = text.split('## ')
    assert.match(whole ?? '', /Not examined, for the server doesn’t tell: Recoverable Items; the archive mailbox\./)
    assert.match(anna ?? '', /^anna@old\.test[\s\S]*- ! 1 of the inbox rules forward or redirect mail\s+Get-InboxRule/)
    assert.match(ben ?? '', /^ben@old\.test → ben@new\.test\s+7 messages \(7 kB\) would be copied\.\s*$/)
  })
})
