import type { NextStep } from '../../commands/nextSteps.ts'
import type { StoredError } from '../../domain/pair.ts'
import { packError } from '../../rpc/packError.ts'
import type { Client } from '../../rpc/protocol.ts'
import type { ConnectionSummary, JobSummary } from '../../rpc/results.ts'
import type { Wording } from '../../views/wording.ts'
import type { Desk } from '../desk.ts'
import type { JobDraft } from './draft.ts'
import { estimateJob } from './estimateJob.ts'
import { howToMatch } from './howToMatch.ts'
import { judgeJob } from './judgeJob.ts'
import { listAllSources, readSourceFile } from './listSources.ts'
import { loadRows } from './loadRows.ts'
import type { JobWizardMessage, JobWizardState } from './messages.ts'
import { beginJob, type ExistingJob, editedJob, isJobUnsaved, type JobModel, withoutJob } from './model.ts'
import { changesOf, type PairRow, withMatches, withoutSources, withSameAddresses, withSources, withTarget } from './pairRows.ts'
import { rowsShown, shownJob } from './shownJob.ts'

export interface JobWizardWith {
  readonly engine: Client
  readonly wording: Wording
  readonly connections: () => readonly ConnectionSummary[]
  readonly jobs: () => readonly JobSummary[]
  readonly desk: Desk
  readonly stepsFor: (error: StoredError) => readonly { readonly title: string; readonly step: NextStep }[]
  readonly takeStep: (step: NextStep) => void
  readonly show: (state: JobWizardState) => void
}

export interface JobWizard {
  readonly state: JobWizardState
  readonly draft: JobDraft
  /** What *unsaved* is measured by. */
  readonly initial: JobDraft
  readonly rows: readonly PairRow[]
  readonly unsaved: boolean
  /** The job that is edited: the one that an estimate made, too. */
  readonly job: ExistingJob | undefined
  readonly savedRows: readonly PairRow[]
  receive(message: JobWizardMessage): Promise<void>
  end(): void
}

export interface JobOpening {
  readonly draft: JobDraft
  readonly initial?: JobDraft
  readonly rows: readonly PairRow[]
  /** As they were before a person began, where that isn't `rows`. */
  readonly initialRows?: readonly PairRow[]
  readonly existing?: ExistingJob
}

/** The host's side of the job wizard, without VS Code. All mailboxes are here; the page is shown a part of them. */
export function createJobWizard(context: JobWizardWith, opening: JobOpening): JobWizard {
  const { engine, wording, desk } = context
  const { l10n } = wording
  let model: JobModel = beginJob(opening.draft, opening.initialRows ?? opening.rows, opening.existing, opening.initial)
  model = { ...model, rows: opening.rows }
  let running: AbortController | undefined
  let ended = false

  const shown = (): JobWizardState =>
    shownJob(model, {
      wording,
      connections: context.connections(),
      jobs: context.jobs(),
      nextSteps: model.failure === undefined ? [] : context.stepsFor(model.failure).map(({ title }) => title),
    })
  const put = (next: JobModel): void => {
    model = next
    if (!ended) context.show(shown())
  }
  const putRows = (rows: readonly PairRow[]): void => put({ ...model, rows, offset: model.offset >= rows.length ? 0 : model.offset })

  /** Does one thing that takes its time; another that is asked for takes its place. */
  const during = async (busy: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    running?.abort()
    const mine = new AbortController()
    running = mine
    put({ ...withoutJob(model, 'failure'), busy })
    try {
      await work(mine.signal)
    } catch (thrown) {
      if (!mine.signal.aborted) put({ ...model, failure: packError(thrown) })
    } finally {
      if (running === mine) put(withoutJob(model, 'busy'))
    }
  }

  const list = (search: string, offset: number): Promise<void> =>
    during(l10n.t('Asking the source for its mailboxes…'), async signal => {
      const { draft } = model
      const page = await engine.call('mailboxes.list', { connection: draft.source, search, offset, limit: rowsShown }, { signal })
      if (!signal.aborted) put({ ...model, directory: { ...page, offset } })
    })
  const addAll = (): Promise<void> =>
    during(l10n.t('Asking the source for its mailboxes…'), async signal => {
      const mailboxes = await listAllSources(engine, model.draft.source, signal)
      if (!signal.aborted) putRows(withSources(model.rows, mailboxes))
    })
  const takeSourceFile = async (): Promise<void> => {
    const file = await desk.chooseFile(l10n.t('Mailboxes of the source'))
    if (file === undefined) return
    await during(l10n.t('Reading {0}…', file.name), async signal => {
      const { preview, ...read } = await readSourceFile(engine, model.draft, file, signal)
      if (signal.aborted) return
      const sourceList = read.sourceList === undefined ? {} : { sourceList: read.sourceList }
      const rows = withMatches(withSources(model.rows, read.sources), read.pairs, true)
      put({ ...model, file: { name: file.name, preview }, rows, ...sourceList })
    })
  }
  const match = async (by: Extract<JobWizardMessage, { type: 'match' }>['by']): Promise<void> => {
    const how = await howToMatch(desk, l10n, by, model.sourceList)
    if (how === undefined) return
    await during(l10n.t('Matching mailboxes…'), async signal => {
      const { source, target } = model.draft
      const matched = await engine.call('job.matchPreview', { source, target, ...how }, { signal })
      if (!signal.aborted) put({ ...model, matched, rows: withMatches(model.rows, matched.pairs, by === 'csv' || model.rows.length === 0) })
    })
  }

  /** Saves the job; nothing where something has to be corrected first. */
  const save = async (): Promise<JobSummary | undefined> => {
    const { existing, draft } = model
    const others = context.jobs().filter(({ id }) => id !== existing?.id)
    const { plan } = judgeJob(
      wording,
      draft,
      others.map(({ name }) => name),
    )
    put({ ...model, all: true })
    if (plan === undefined) return undefined
    const { add, remove } = changesOf(model.initialRows, model.rows)
    return engine.call('job.save', {
      job: plan,
      ...(existing === undefined ? {} : { id: existing.id, before: { ...existing.settings } }),
      ...(add.length === 0 ? {} : { add }),
      ...(remove.length === 0 ? {} : { remove }),
    })
  }
  const saveAndClose = (start: boolean): Promise<void> =>
    during(l10n.t('Saving…'), async () => {
      const job = await save()
      if (job === undefined) return
      model = { ...model, initial: model.draft, initialRows: model.rows }
      if (start) await engine.call('job.queue', { name: job.id, delta: false })
      desk.inform(start ? l10n.t('“{0}” is saved and started.', job.name) : l10n.t('“{0}” is saved, not started.', job.name))
      desk.close()
    })
  const estimate = (): Promise<void> =>
    during(l10n.t('Saving…'), async signal => {
      const job = await save()
      if (job === undefined) return
      const unmatched = model.rows.filter(({ target }) => target === undefined)
      const saved = await loadRows(engine, job.id)
      const { id, name, settings } = job
      model = { ...model, initial: model.draft, existing: { id, name, settings }, initialRows: saved, rows: [...saved, ...unmatched] }
      const say = (busy: string): void => put({ ...model, busy })
      const lines = await estimateJob(engine, wording, id, { signal, say })
      if (!signal.aborted) put({ ...model, estimate: lines })
    })

  const take = async (message: JobWizardMessage): Promise<void> => {
    switch (message.type) {
      case 'edit':
        return put(editedJob(model, message.fields, message.edit))
      case 'list':
        return list(message.search, message.offset)
      case 'addListed': {
        const wanted = new Set(message.addresses)
        return putRows(
          withSources(
            model.rows,
            (model.directory?.list ?? []).filter(({ address }) => wanted.has(address)),
          ),
        )
      }
      case 'addAll':
        return addAll()
      case 'chooseSourceFile':
        return takeSourceFile()
      case 'match':
        return match(message.by)
      case 'sameAddresses':
        return putRows(withSameAddresses(model.rows))
      case 'rows':
        return put({ ...model, filter: { search: message.search, unmatched: message.unmatched }, offset: message.offset })
      case 'setTarget':
        return putRows(withTarget(model.rows, message.source, message.target.trim()))
      case 'remove':
        return putRows(withoutSources(model.rows, new Set(message.sources)))
      case 'estimate':
        return estimate()
      case 'save':
        return saveAndClose(message.start)
      case 'stop':
        return running?.abort()
      case 'step': {
        const next = model.failure && context.stepsFor(model.failure)[message.at]
        return next && context.takeStep(next.step)
      }
      case 'cancel':
        model = { ...model, initial: model.draft, initialRows: model.rows }
        return desk.close()
    }
  }

  return {
    get state() {
      return shown()
    },
    get draft() {
      return model.draft
    },
    get initial() {
      return model.initial
    },
    get rows() {
      return model.rows
    },
    get unsaved() {
      return isJobUnsaved(model)
    },
    get job() {
      return model.existing
    },
    get savedRows() {
      return model.initialRows
    },
    receive: message => take(message).catch((thrown: unknown) => put({ ...model, failure: packError(thrown) })),
    end() {
      ended = true
      running?.abort()
    },
  }
}
