import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mailPermissions, type Office365Side, office365Side } from '../../src/sandbox/sides/office365Side.ts'
import { startWorld } from '../../src/sandbox/world.ts'
import { cli } from '../support/cli.ts'
import { putMail, storeOf } from '../support/exchangeMailbox.ts'
import { largeMail } from '../support/largeMail.ts'
import { tempDir } from '../support/tempDir.ts'
import { writePlan } from '../support/tenants/plan.ts'

/** Tokens are JSON Web Tokens in the sandbox as they are at Microsoft's; addresses that upload without one have theirs in the query. */
const shapes = [/eyJ[\w-]+\.eyJ[\w-]+\./, /authtoken/i, /\/AttachmentSessions\(/i, /\bBearer\s/i]

describe('secrets of a migration between two tenants', function () {
  this.timeout(120_000)

  for (const [way, permissions] of [
    ['by import', undefined],
    ['by messages', mailPermissions],
  ] as const) {
    it(`never show, nor does mail: neither tokens nor addresses that work without one, ${way}, where requests fail either`, async () => {
      const set = permissions && { permissions }
      await using sandbox = await startWorld({ people: 1, messagesEach: 4 }, office365Side(set), office365Side(set))
      using dir = tempDir()
      const { leaving, receiving } = sandbox
      for (const { organisation, people } of [leaving]) {
        for (const person of people)
          putMail(storeOf(organisation, person), ['INBOX'], { mime: largeMail(5e6), received: Date.UTC(2024, 2, 4) })
      }
      writePlan(dir.path, sandbox)
      const outputs: string[] = []
      const run = async (...args: string[]) => {
        const { stdout, stderr } = await cli([...args, '--ledger', 'ledger.db', '--log', 'log'], { cwd: dir.path })
        outputs.push(stdout, stderr)
      }
      const users = 'users/{user}'
      const operations = [
        'POST importItem',
        `POST ${users}/messages/{message}/attachments/createUploadSession`,
        `POST ${users}/mailFolders/{folder}/messages`,
      ]
      for (const operation of operations) receiving.site.troubles.add({ trouble: { kind: 'dropAfter' }, operations: [operation], times: 1 })
      await run('apply', 'plan.json')
      await run('connection', 'test', 'new', '--json')
      await run('job', 'start', 'move', '--json')
      await run('job', 'delta', 'move')
      await run('job', 'report', 'move', '--out', 'report.json')
      await run('journal', '--json')
      await run('export', '--out', 'export.json')
      assert.deepEqual(mailsOf(receiving), mailsOf(leaving), 'it was migrated')
      const secrets = [leaving.application.secret, receiving.application.secret, 'The whole archive', 'Here it is.']
      const tells = (text: string) => [...secrets.filter(secret => text.includes(secret)), ...shapes.filter(shape => shape.test(text))]
      assert.deepEqual(outputs.flatMap(tells), [])
      for (const name of readdirSync(dir.path).filter(name => !name.endsWith('.secret'))) {
        assert.deepEqual(tells(readFileSync(join(dir.path, name), 'latin1')), [], name)
      }
    })
  }
})

const mailsOf = ({ organisation, people }: Office365Side): number[] =>
  people.map(person => [...storeOf(organisation, person).items.values()].filter(({ itemClass }) => itemClass === 'IPM.Note').length)
