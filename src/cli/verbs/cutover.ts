import { type CutoverStep, isTickStep, type Phase, type StepState } from '../../domain/cutover/step.ts'
import { exitCodes } from '../../domain/exitCodes.ts'
import type { CutoverResult } from '../../rpc/results.ts'
import { noticeText } from '../display/runDisplay.ts'
import { moment } from '../display/units.ts'
import { verb } from '../verb.ts'

export const cutover = verb({
  words: 'cutover',
  more: 'DOMAIN',
  summary: 'Show what is done and what is next when a domain moves from one server to another.',
  details: `Before the move, the move itself, after it: each step with its state from what the ledger knows. For steps that only a person knows of there is
mailferry cutover tick. Without DOMAIN every domain that connections or mailboxes depend on. The exit code is 10 while something is left to do.`,
  options: {
    job: { type: 'string', multiple: true, value: 'NAME', help: 'Only this job; else those the domain is about.' },
    live: {
      type: 'boolean',
      help: 'Ask DNS and Autodiscover too (without signing in), and the source’s directory for addresses in no job (by its verified sign-in).',
    },
    all: { type: 'boolean', help: 'Say of every step what to do, not only of the next ones.' },
  },
  async run({ out, client, stop }, { positionals, values }) {
    const answers = await client.call(
      'cutover.status',
      {
        ...(positionals.length === 0 ? {} : { domains: [...positionals] }),
        ...(values.job === undefined ? {} : { jobs: values.job }),
        ...(values.live ? { live: true } : {}),
      },
      { signal: stop, emit: event => event.event === 'notice' && out.warn(event, noticeText(event)) },
    )
    if (answers.length === 0) out.say({ event: 'none' }, 'No domain is known that a job depends on.')
    for (const answer of answers) out.say({ event: 'cutover', ...answer }, text(answer, values.all === true))
    const left = answers.some(({ steps }) => steps.some(({ state }) => state !== 'done' && state !== 'notNeeded'))
    return left ? exitCodes.completedWithDifferences : exitCodes.ok
  },
})

const phases: Readonly<Record<Phase, string>> = { before: 'Before the move', move: 'The move', after: 'After the move' }

const marks: Readonly<Record<StepState, string>> = {
  done: '[x]',
  open: '[ ]',
  blocked: '[ ] later:',
  unknown: '[?]',
  notNeeded: '[-] not needed:',
}

/** What to do is said of the first phase that something is left to do in, and of later ones once they have begun: before that it would only hide what comes first. */
function text({ domain, jobs, steps }: CutoverResult, all: boolean): string[] {
  const next = steps.find(isLeft)?.phase
  const begun = new Set(steps.flatMap(({ phase, state }) => (state === 'done' ? [phase] : [])))
  return [
    `${domain}${jobs.length === 0 ? '' : ` (${jobs.join(', ')})`}`,
    ...(['before', 'move', 'after'] as const).flatMap(phase => [
      `  ${phases[phase]}`,
      ...steps
        .filter(step => step.phase === phase)
        .flatMap(step => lines(step, all || ((phase === next || begun.has(phase)) && isLeft(step)))),
    ]),
    ...(next === undefined ? [] : hints(domain, steps)),
  ].map(line => line.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, moment))
}

const hints = (domain: string, steps: readonly CutoverStep[]): string[] => [
  ...(steps.some(({ id, state }) => isLeft({ state }) && isTickStep(id))
    ? [`What only you know, tick by the name in brackets: mailferry cutover tick ${domain} STEP`]
    : []),
  ...(steps.some(({ state }) => state === 'unknown') ? [`[?] DNS and Autodiscover may tell: mailferry cutover ${domain} --live`] : []),
]

const isLeft = ({ state }: Pick<CutoverStep, 'state'>): boolean => state === 'open' || state === 'unknown'

const lines = ({ id, title, state, parts, how, tick }: CutoverStep, explain: boolean): string[] => [
  `    ${marks[state]} ${title} (${id})`,
  ...(state === 'notNeeded' && !explain ? [] : parts.map(({ subject, detail }) => `          ${subject}: ${detail}`)),
  ...tickLine(parts, tick),
  ...(explain ? how.map(line => `        - ${line}`) : []),
]

/** A part that is done by the tick says so itself; what is left to say is the note. */
function tickLine(parts: CutoverStep['parts'], tick: CutoverStep['tick']): string[] {
  if (tick === undefined) return []
  const { at, note } = tick
  const told = parts.some(({ detail }) => detail.includes(`ticked on ${at}`))
  if (told) return note === undefined ? [] : [`          “${note}”`]
  return [`          ticked on ${at}${note === undefined ? '' : `: “${note}”`}`]
}
