import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { MailferryError } from '../../domain/errors.ts'
import { exitCodes } from '../../domain/exitCodes.ts'
import { verb } from '../verb.ts'

export const exportPlan = verb({
  words: 'export',
  summary: 'Write all connections, jobs and pairs as a plan file; never secrets.',
  options: { out: { type: 'string', value: 'FILE', help: 'Write to this file instead of standard output.' } },
  async run({ out, client, cwd }, { values }) {
    const plan = await client.call('plan.export', {})
    const text = JSON.stringify(plan, undefined, 2)
    if (values.out === undefined) out.say({ event: 'plan', plan }, text.split('\n'))
    else {
      const file = resolve(cwd, values.out)
      await writeFile(file, `${text}\n`).catch(error => {
        throw new MailferryError(
          'file.unwritable',
          { file, cause: error instanceof Error ? error.message : String(error) },
          { cause: error },
        )
      })
      out.say({ event: 'exported', file }, `Written to ${file}.`)
    }
    return exitCodes.ok
  },
})
