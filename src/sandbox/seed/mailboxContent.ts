import type { MailboxLanguage } from '../exchange/language.ts'
import { type Random, seeded } from '../random.ts'
import { type SeedPlace, seedFolders } from './folders.ts'
import { type Correspondent, type MailKind, makeMail } from './mail.ts'
import { otherItems, type SeedOther } from './otherItems.ts'
import { type PlannedMail, planThreads } from './threads.ts'

export interface SeedMail {
  readonly kind: 'mail'
  readonly place: SeedPlace
  readonly mime: Buffer
  readonly received: Date
  readonly read: boolean
  readonly draft: boolean
  /** Follow-up flag. */
  readonly flag: 'none' | 'flagged' | 'complete'
  readonly categories: readonly string[]
}

export type SeedEntry = SeedMail | SeedOther

export interface MailboxSeed {
  readonly seed: number
  readonly owner: Correspondent
  readonly colleagues: readonly Correspondent[]
  readonly language: MailboxLanguage
  /** Messages; calendar, contacts, tasks and notes come on top, about a tenth as many. */
  readonly messages: number
  /** Sizes of attachments by this factor: 1 is real mail, up to 25 MB; 0 has none. */
  readonly scale: number
  /** The newest message's date. */
  readonly until: Date
}

const outsiders: readonly [Correspondent, ...Correspondent[]] = [
  { name: 'Jürgen Müller', address: 'j.mueller@mueller-soehne.example' },
  { name: '山田太郎', address: 'yamada@nippon.example' },
  { name: 'Ольга Смирнова', address: 'smirnova@zavod.example' },
  { name: 'Accounts, Payable', address: 'ap@supplier.example' },
  { name: 'Hélène Lefèvre', address: 'helene@atelier.example' },
]

/** A mailbox's content, written as it is read: the same for the same seed. */
export function* mailboxContent(options: MailboxSeed): Generator<SeedEntry> {
  const random = seeded(options.seed)
  const prefix = `${options.seed.toString(36)}.${options.owner.address.split('@')[0] ?? ''}`
  const mails = planThreads(random, {
    ...options,
    others: [...outsiders, ...options.colleagues],
    folders: seedFolders(options.language),
    prefix,
  })
  for (const planned of mails) {
    const mail = write(random, planned, options.scale)
    yield mail
    // People paste a message twice, and servers deliver one twice.
    if (random.next() < 0.01) yield mail
  }
  for (let number = 0; number < Math.ceil(options.messages / 150); number++) yield draft(random, options, `${prefix}.draft${number}`)
  yield* otherItems(random, options)
}

const categories = ['Red category', 'Kunde', 'Важно', '重要', 'Travel, 2024'] as const

function write(random: Random, planned: PlannedMail, scale: number): SeedMail {
  const { place, received } = planned
  const own = place.root === 'sentitems'
  return {
    kind: 'mail',
    place,
    received,
    mime: makeMail(random, {
      ...planned,
      sent: new Date(received.getTime() - random.between(0, 90) * 1000),
      kind: kindOf(random),
      attached: random.next() < 0.22 ? attachedBytes(random, scale) : 0,
      ...(random.next() < 0.06 ? { importance: random.next() < 0.8 ? ('high' as const) : ('low' as const) } : {}),
      asksReceipt: !own && random.next() < 0.04,
    }),
    read: own || random.next() < 0.8,
    draft: false,
    flag: random.next() < 0.06 ? (random.next() < 0.4 ? 'complete' : 'flagged') : 'none',
    categories: random.next() < 0.07 ? [random.pick(categories)] : [],
  }
}

/** Not yet sent: to somebody, from its owner, without a Message-ID. */
function draft(random: Random, { owner, until, scale }: MailboxSeed, id: string): SeedMail {
  const [planned] = planThreads(random, { owner, others: outsiders, folders: [], messages: 1, until, prefix: id })
  if (planned === undefined) throw new Error('A thread without a message')
  return {
    kind: 'mail',
    place: { root: 'drafts', path: [] },
    received: planned.received,
    mime: makeMail(random, {
      ...planned,
      messageId: undefined,
      from: owner,
      to: [random.pick(outsiders)],
      references: [],
      sent: planned.received,
      kind: 'html',
      attached: scale * 900,
    }),
    read: true,
    draft: true,
    flag: 'none',
    categories: [],
  }
}

function kindOf(random: Random): MailKind {
  const number = random.next()
  return number < 0.5 ? 'html' : number < 0.72 ? 'plain' : number < 0.96 ? 'utf8' : number < 0.985 ? 'signed' : 'sealed'
}

/** Log-normal around a median of 120 kB, with a long tail up to 25 MB as sent. */
function attachedBytes(random: Random, scale: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
  return Math.round(scale * Math.min(25e6, Math.max(2000, 120_000 * Math.exp(1.7 * normal))))
}
