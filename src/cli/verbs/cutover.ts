import type { CutoverStep, Phase, StepState } from '../../domain/cutover/step.ts'
import { exitCodes } from '../../domain/exitCodes.ts'
import type { CutoverResult } from '../../rpc/results.ts'
import { noticeText } from '../display/runDisplay.ts'
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

/** What to do is said of the first phase that something is left to do in: later ones would only hide it. */
function text({ domain, jobs, steps }: CutoverResult, all: boolean): string[] {
  const next = steps.find(isLeft)?.phase
  return [
    `${domain}${jobs.length === 0 ? '' : ` (${jobs.join(', ')})`}`,
    ...(['before', 'move', 'after'] as const).flatMap(phase => [
      `  ${phases[phase]}`,
      ...steps.filter(step => step.phase === phase).flatMap(step => lines(step, all || (phase === next && isLeft(step)))),
    ]),
  ]
}

const isLeft = ({ state }: CutoverStep): boolean => state === 'open' || state === 'unknown'

const lines = ({ id, title, state, parts, how, tick }: CutoverStep, explain: boolean): string[] => [
  `    ${marks[state]} ${title} (${id})`,
  ...(state === 'notNeeded' && !explain ? [] : parts.map(({ subject, detail }) => `          ${subject}: ${detail}`)),
  ...(tick === undefined ? [] : [`          ticked on ${tick.at}${tick.note === undefined ? '' : `: ${tick.note}`}`]),
  ...(explain ? how.map(line => `        - ${line}`) : []),
]
