import type { ViewId } from './spec.ts'

/** What an empty view says; its text is `welcome.<name>` in `package.nls.json`. */
export interface Welcome {
  readonly name: string
  readonly view: ViewId
  readonly when: string
}

const trusted = 'isWorkspaceTrusted'
const ready = `${trusted} && mailferry.ready`

/** One for each reason that a view can be empty for. Without an engine the trees say why themselves, for only they know. */
export const welcomes: readonly Welcome[] = [
  { name: 'restricted', view: 'mailferry.connections', when: `!${trusted}` },
  { name: 'nothing', view: 'mailferry.connections', when: `${ready} && !mailferry.hasConnections` },
  { name: 'starting', view: 'mailferry.connections', when: `${trusted} && !mailferry.ready && !mailferry.failed` },
  { name: 'restricted', view: 'mailferry.jobs', when: `!${trusted}` },
  { name: 'noConnections', view: 'mailferry.jobs', when: `${ready} && !mailferry.hasSource && !mailferry.hasTarget` },
  { name: 'noTarget', view: 'mailferry.jobs', when: `${ready} && mailferry.hasSource && !mailferry.hasTarget` },
  { name: 'noSource', view: 'mailferry.jobs', when: `${ready} && !mailferry.hasSource && mailferry.hasTarget` },
  { name: 'noJob', view: 'mailferry.jobs', when: `${ready} && mailferry.hasSource && mailferry.hasTarget` },
]
