import { isTickStep, tickSteps } from '../../domain/cutover/step.ts'
import { MailferryError } from '../../domain/errors.ts'
import { exitCodes } from '../../domain/exitCodes.ts'
import { verb } from '../verb.ts'

export const cutoverTick = verb({
  words: 'cutover tick',
  positionals: ['DOMAIN', 'STEP'],
  summary: 'Tick a step of a domain’s cutover that only a person knows of.',
  details: `STEP is one of ${tickSteps.join(', ')}.
Kept in the ledger and journalled. Where a fact tells the state of the step, the fact counts.`,
  options: {
    undo: { type: 'boolean', help: 'Take the tick back.' },
    note: { type: 'string', value: 'TEXT', help: 'A few words of yours, shown beside it.' },
  },
  async run({ out, client }, { positionals: [domain = '', step = ''], values }) {
    if (!isTickStep(step)) throw new MailferryError('usage', { detail: `cutover tick: STEP is one of ${tickSteps.join(', ')}` })
    const done = values.undo !== true
    await client.call('cutover.tick', { domain, step, done, ...(values.note === undefined ? {} : { note: values.note }) })
    out.say({ event: 'ticked', domain, step, done }, `${domain}: ${step} is ${done ? 'ticked' : 'not ticked any more'}.`)
    return exitCodes.ok
  },
})
