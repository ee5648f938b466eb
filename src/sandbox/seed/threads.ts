import type { Random } from '../random.ts'
import type { SeedFolder, SeedPlace } from './folders.ts'
import type { Correspondent } from './mail.ts'
import { anyLanguage, type Language } from './words.ts'

/** One message of a thread, before it is written. */
export interface PlannedMail {
  readonly place: SeedPlace
  readonly language: Language
  readonly from: Correspondent
  readonly to: readonly Correspondent[]
  readonly subject: string
  readonly received: Date
  readonly id: string
  readonly messageId: string | undefined
  readonly references: readonly string[]
}

export interface ThreadOptions {
  readonly owner: Correspondent
  readonly others: readonly [Correspondent, ...Correspondent[]]
  readonly folders: readonly SeedFolder[]
  readonly messages: number
  readonly until: Date
  /** Makes ids unique among mailboxes. */
  readonly prefix: string
}

const tenYears = 10 * 365.25 * 24 * 3600 * 1000
const sent: SeedPlace = { root: 'sentitems', path: [] }

/** Ten years of conversations, more of them lately, in the order in which their messages came. */
export function planThreads(random: Random, options: ThreadOptions): PlannedMail[] {
  const mails: PlannedMail[] = []
  while (mails.length < options.messages) {
    const length = Math.min(1 + Math.floor(random.around(1.2)), 12, options.messages - mails.length)
    mails.push(...thread(random, options, length, mails.length))
  }
  return mails.sort((a, b) => a.received.getTime() - b.received.getTime())
}

function thread(random: Random, { owner, others, folders, until, prefix }: ThreadOptions, length: number, number: number): PlannedMail[] {
  const language = anyLanguage(random)
  const place = pickFolder(random, folders)
  const other = random.pick(others)
  const topic = random.pick(language.subjects)
  let time = until.getTime() - tenYears * random.next() ** 1.6 - length * 3_600_000
  const references: string[] = []
  return Array.from({ length }, (_, index) => {
    const own = random.next() < 0.38
    const id = `${prefix}.${number + index}`
    const from = own ? owner : other
    const messageId = random.next() < 0.02 ? undefined : `<${id}.${random.between(0, 0xffffff).toString(36)}@${from.address.split('@')[1]}>`
    time = Math.min(time + random.around(6 * 3_600_000), until.getTime() - 1000)
    const mail: PlannedMail = {
      place: own ? sent : place,
      language,
      from,
      to: [own ? other : owner, ...(random.next() < 0.2 ? [random.pick(others)] : [])],
      subject: index === 0 ? topic : `Re: ${topic}`,
      received: new Date(time - (time % 1000)),
      id,
      messageId,
      references: references.slice(-12),
    }
    if (messageId !== undefined) references.push(messageId)
    return mail
  })
}

function pickFolder(random: Random, folders: readonly SeedFolder[]): SeedPlace {
  let left = random.next() * folders.reduce((sum, { share }) => sum + share, 0)
  const found = folders.find(({ share }) => {
    left -= share
    return left < 0
  })
  return found ?? { root: 'inbox', path: [] }
}
