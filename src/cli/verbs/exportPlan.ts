import { exitCodes } from '../../domain/exitCodes.ts'
import { saveText } from '../saveText.ts'
import { verb } from '../verb.ts'

export const exportPlan = verb({
  words: 'export',
  summary: 'Write all connections, jobs and pairs as a plan file; never secrets.',
  options: { out: { type: 'string', value: 'FILE', help: 'Write to this file instead of standard output.' } },
  async run(app, { values }) {
    const plan = await app.client.call('plan.export', {})
    const text = JSON.stringify(plan, undefined, 2)
    if (values.out === undefined) app.out.say({ event: 'plan', plan }, text.split('\n'))
    else {
      const file = await saveText(app, values.out, `${text}\n`)
      app.out.say({ event: 'exported', file }, `Written to ${file}.`)
    }
    return exitCodes.ok
  },
})
