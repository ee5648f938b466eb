import type { Kind } from '../connection.ts'
import { declare, delta, endMirroring, reconfigure, refreshAddresses, verify } from './after.ts'
import { lastDelta, lowerTtl, testConnections, whoUses } from './before.ts'
import type { ConnectionFacts, CutoverFacts } from './facts.ts'
import { accepted, autodiscover, byPerson, switchMx } from './move.ts'
import { type CutoverStep, isTickStep, type Phase, type StepId, type StepPart, together } from './step.ts'
import { howTo, titles } from './words.ts'

type Rule = (facts: CutoverFacts) => readonly StepPart[]

const directories: readonly Kind[] = ['exchange', 'office365']
const every: readonly Kind[] = ['exchange', 'office365', 'imap']

/** The steps in their order, each with the rule that tells its state. */
const rules: readonly (readonly [StepId, Phase, Rule])[] = [
  ['testConnections', 'before', testConnections],
  ['lastDelta', 'before', lastDelta],
  ['lowerTtl', 'before', lowerTtl],
  ['whoUses', 'before', whoUses],
  ['directorySync', 'move', facts => byPerson('directorySync', facts.sources, ['office365'], facts)],
  ['renameUsers', 'move', facts => byPerson('renameUsers', facts.sources, directories, facts)],
  ['removeAddresses', 'move', facts => byPerson('removeAddresses', facts.sources, directories, facts)],
  ['removeDomain', 'move', facts => accepted(false, facts.sources, facts)],
  ['addDomain', 'move', facts => accepted(true, facts.targets, facts)],
  ['giveAddresses', 'move', facts => byPerson('giveAddresses', facts.targets, every, facts)],
  ['switchMx', 'move', switchMx],
  ['autodiscover', 'move', autodiscover],
  ['declare', 'after', declare],
  ['reconfigureSource', 'after', facts => reconfigure(facts.sources, facts)],
  ['reconfigureTarget', 'after', facts => reconfigure(facts.targets, facts)],
  ['refreshAddresses', 'after', refreshAddresses],
  ['delta', 'after', delta],
  ['verify', 'after', verify],
  ['endMirroring', 'after', endMirroring],
]

/** The steps of one domain's cutover, in order. A fact decides where there is one; a person's tick does where none is to be had. */
export const checklist = (facts: CutoverFacts): readonly CutoverStep[] =>
  rules.map(([id, phase, rule]) => {
    const parts = rule(facts)
    const known = together(parts)
    const tick = isTickStep(id) ? facts.ticks[id] : undefined
    const step = { id, phase, title: titles[id], parts, how: howTo(id, facts.domain, kindsOf(facts.sources), kindsOf(facts.targets)) }
    if (tick === undefined) return { ...step, state: known }
    return { ...step, state: known === 'unknown' ? 'done' : known, tick }
  })

const kindsOf = (connections: readonly ConnectionFacts[]): ReadonlySet<Kind> =>
  new Set(connections.map(({ connection: { settings } }) => settings.kind))
